//! What holds of every text: near-valid ones, changed vectors, and any bytes.

use mta_sts_core::lint::{self, Lint};
use mta_sts_core::published::policy::MAX_AGE_LIMIT;
use proptest::prelude::*;

use crate::RFC;
use crate::laws;
use crate::policies::CHANGES;
use crate::policy;
use crate::to_ascii;

/// Lines of a policy, right and wrong in the ways that people get them wrong.
fn near_policies() -> impl Strategy<Value = String> {
    let key = "version|mode|mx|max_age|Version|MODE|nmx|mx1|max-age|maxage|\"mode\"|v|contact|_x|id|mo de|- mx|";
    let sign = ": |:|=| = | : | |:\t|：|";
    let value = "STSv1|stsv1|enforce|testing|none|Enforce|\"none\"|report|604800|1d|9{8,11}|1 year|-1|\
        mail\\.example\\.com\\.?|\\*\\.example\\.net|a\\.example,b\\.example|10 a\\.example|192\\.0\\.2\\.1|\\*|\\*\\.com|\
        \\.d\\.example|https://a\\.example/|me@a\\.example|bücher\\.example|a\\.example:25|\\[\"a\\.b\", \"c\\.d\"\\]|\\PC{0,6}|";
    let line = (key, sign, value).prop_map(|(key, sign, value)| key + &sign + &value);
    let line = prop_oneof![6 => line, 1 => "# x|\\{|\\}|<p>|v=STSv1;|\u{feff}|\\s{1,3}|\\PC{0,8}"];
    let end = "\n|\r\n|\r|\n\n|;|, |\n |\u{85}|\u{2028}";
    let lines = prop::collection::vec((line, end), 0..9);
    lines.prop_map(|lines| lines.into_iter().map(|(line, end)| line + &end).collect())
}

/// Pieces that mean something in a record, in any order.
fn near_records() -> impl Strategy<Value = String> {
    let piece = "v=STSv1|v=TLSRPTv1|V|v|=|;|; | |\t|id=|ID=|id|rua=|RUA|mailto:|http://|https://|a@b\\.com|c\\.net|,|!|!10m|%21|%|\
        \"|\\\\|'|\n|\u{a0}|“|é|p=none|20260512T0930|[a-z]{30,36}|x=y|x|\\[|\\]|:|\\?|<|>";
    let pieces = |piece| prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat());
    prop_oneof![
        pieces(piece.boxed()),
        pieces(piece.boxed()).prop_map(|rest| "v=STSv1; ".to_owned() + &rest),
        pieces(piece.boxed()).prop_map(|rest| "v=TLSRPTv1; rua=".to_owned() + &rest),
    ]
}

/// A text with a piece cut out and another put in.
fn changed(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    (text, any::<prop::sample::Index>(), 0..4_usize, "\\PC{0,3}|[\r\n\t :;#*=.,\"!@]{0,4}").prop_map(
        |(text, at, cut, put)| {
            let chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len() + 1);
            let end = (at + cut).min(chars.len());
            chars[..at].iter().chain(&put.chars().collect::<Vec<_>>()).chain(&chars[end..]).collect()
        },
    )
}

fn any_policy() -> impl Strategy<Value = String> {
    let vectors: Vec<String> =
        CHANGES.iter().map(|(right, broken, _)| RFC.replacen(right, broken, 1)).chain([RFC.to_owned()]).collect();
    let vector = prop::sample::select(vectors);
    prop_oneof![near_policies(), near_policies().prop_map(|text| RFC.to_owned() + &text), changed(changed(vector))]
}

fn any_record() -> impl Strategy<Value = String> {
    prop_oneof![near_records(), changed(near_records()), any::<String>()]
}

/// A valid text that needs nothing has no correction, and every correction is lawful.
fn lawful(lint: impl Fn(&str) -> Lint, text: &str) -> Result<(), TestCaseError> {
    match lint(text).corrected {
        None => Ok(()),
        Some(after) => {
            prop_assert_ne!(&after, text);
            laws(lint, text, &after).map_err(TestCaseError::fail)
        }
    }
}

proptest! {
    #[test]
    fn a_corrected_policy_is_lawful(text in any_policy()) {
        lawful(policy, &text)?;
    }

    #[test]
    fn a_corrected_announce_record_is_lawful(text in any_record()) {
        lawful(lint::record, &text)?;
    }

    #[test]
    fn a_corrected_tls_rpt_record_is_lawful(text in any_record()) {
        lawful(lint::tls_rpt, &text)?;
    }

    #[test]
    fn no_bytes_make_it_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Some(text) = lint::policy(&body, to_ascii).corrected {
            laws(policy, &String::from_utf8_lossy(&body), &text).map_err(TestCaseError::fail)?;
        }
        let text = String::from_utf8_lossy(&body);
        lawful(lint::record, &text)?;
        lawful(lint::tls_rpt, &text)?;
    }

    /// Whatever is there besides, what stands on lines that are right comes through.
    #[test]
    fn right_lines_are_kept_whole(slips in prop::collection::vec("# \\PC{0,9}|| \t|nonsense|mx:|mx: \\*|contact=x", 7)) {
        let lines: Vec<&str> = RFC.split_inclusive('\n').collect();
        let mixed: Vec<[&str; 3]> = slips.iter().zip(lines.iter().chain([&""])).map(|(slip, &line)| [slip, "\n", line]).collect();
        let mixed = mixed.concat().concat();
        let kept = policy(&mixed).corrected.expect("blank lines at least were wrong");
        let kept: Vec<&str> = kept.split_inclusive('\n').filter(|line| !line.starts_with("contact: x")).collect();
        prop_assert_eq!(kept, lines);
    }

    #[test]
    fn a_time_with_a_unit_is_as_long_as_before(count in 1..400_u32, unit in 0..4_usize) {
        let (name, seconds) = [("h", 3600), (" days", 86_400), ("W", 604_800), (" minutes", 60)][unit];
        let age = (count * seconds).min(MAX_AGE_LIMIT);
        let corrected = policy(&RFC.replace("604800", &format!("{count}{name}"))).corrected;
        prop_assert_eq!(corrected, Some(RFC.replace("604800", &age.to_string())));
    }
}

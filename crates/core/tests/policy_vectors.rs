//! Vectors of the policy parser: a body, whether it is valid and usable, and each fault with the text at its place.

use mta_sts_core::published::policy::mx_pattern::MxPatternFault;
use std::fmt::Write;

use mta_sts_core::lint;
use mta_sts_core::published::policy::{self, Mode, PolicyFault};
use mta_sts_core::report::Severity;
use proptest::prelude::*;

/// RFC 8461 §3.2's example.
const RFC: &str = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800\n";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Is {
    /// The grammar accepts it whole.
    Valid,
    /// The grammar does not, and a policy can still be read.
    Readable,
    /// There is no policy in it.
    Void,
}

type Faults<'v> = &'v [(PolicyFault, &'v str)];
type Vector<'v> = (&'v str, Is, &'v [(PolicyFault, &'v str)]);

#[test]
#[expect(clippy::too_many_lines, reason = "a table is as long as there are faults")]
fn faults_are_found_at_their_place() {
    let with = |from: &str, to: &str| RFC.replace(from, to);
    let vectors: Vec<(String, Is, Faults<'_>)> = vec![
        (RFC.to_owned(), Is::Valid, &[]),
        (RFC.replace('\n', "\r\n"), Is::Valid, &[]),
        (RFC.trim_end().to_owned(), Is::Valid, &[]),
        (with("mode: enforce", "mode:enforce"), Is::Valid, &[]),
        (with("mode: enforce", "mode: \t enforce  \t"), Is::Valid, &[]),
        (with("mail.example.com", "MAIL.Example.COM"), Is::Valid, &[]),
        (with("604800", "0"), Is::Valid, &[]),
        (with("604800", "31557600"), Is::Valid, &[]),
        (with("604800", "0000604800"), Is::Valid, &[]),
        (with("604800", "31557601"), Is::Void, &[(PolicyFault::MaxAgeTooLong, "31557601")]),
        (with("604800", "9999999999"), Is::Void, &[(PolicyFault::MaxAgeTooLong, "9999999999")]),
        (with("604800", "00000604800"), Is::Void, &[(PolicyFault::MaxAgeInvalid, "00000604800")]),
        (with("604800", "-1"), Is::Void, &[(PolicyFault::MaxAgeInvalid, "-1")]),
        (with("604800", "+1"), Is::Void, &[(PolicyFault::MaxAgeInvalid, "+1")]),
        (with("604800", "604800s"), Is::Void, &[(PolicyFault::MaxAgeInvalid, "604800s")]),
        (with("604800", ""), Is::Void, &[(PolicyFault::MaxAgeInvalid, "")]),
        (with("max_age: 604800\n", ""), Is::Void, &[(PolicyFault::MaxAgeMissing, "")]),
        (with("enforce", "Enforce"), Is::Void, &[(PolicyFault::ModeInvalid, "Enforce")]),
        (with("enforce", "report"), Is::Void, &[(PolicyFault::ModeInvalid, "report")]),
        (with("mode: enforce\n", ""), Is::Void, &[(PolicyFault::ModeMissing, "")]),
        (with("STSv1", "stsv1"), Is::Void, &[(PolicyFault::VersionInvalid, "stsv1")]),
        (with("STSv1", "STSv10"), Is::Void, &[(PolicyFault::VersionInvalid, "STSv10")]),
        (with("version: STSv1\n", ""), Is::Void, &[(PolicyFault::VersionMissing, "")]),
        (with("mode", "\nmode"), Is::Readable, &[(PolicyFault::BlankLine, "")]),
        (format!("{RFC}\n"), Is::Readable, &[(PolicyFault::BlankLine, "")]),
        (format!("{RFC}  "), Is::Readable, &[(PolicyFault::BlankLine, "  ")]),
        (with("mode", " \tmode"), Is::Void, &[(PolicyFault::LeadingSpace, " \t")]),
        ("version: STSv1\n  mode: none\n  max_age: 1".to_owned(), Is::Void, &[(PolicyFault::LeadingSpace, "  "), (PolicyFault::LeadingSpace, "  ")]),
        // Several fields in one line.
        ("version: STSv1; mode: none; max_age: 1".to_owned(), Is::Void, &[(PolicyFault::LinesJoined, "version: STSv1; mode: none; max_age: 1")]),
        ("version: STSv1 mode: none max_age: 1\n".to_owned(), Is::Void, &[(PolicyFault::LinesJoined, "version: STSv1 mode: none max_age: 1")]),
        ("version: STSv1\\nmode: none\\nmax_age: 1\\n".to_owned(), Is::Void, &[(PolicyFault::LinesJoined, "version: STSv1\\nmode: none\\nmax_age: 1\\n")]),
        (with("mode: enforce\n", "mode: enforce, "), Is::Void, &[(PolicyFault::LinesJoined, "mode: enforce, mx: mail.example.com")]),
        (format!("{RFC}note: mode: x, mx: y\n"), Is::Valid, &[(PolicyFault::KeyUnknown, "note")]),
        (with("mail.example.com", "mail.mx:25"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::Port), "mail.mx:25")]),
        (with("mail.example.com", "https://mx.example.com"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::UrlOrAddress), "https://mx.example.com")]),
        // Servers as YAML has them.
        (with("mx: mail.example.com", "mx:\n  - mail.example.com\n  - \"a.example\""), Is::Void, &[(PolicyFault::YamlList, "mx:\n  - mail.example.com\n  - \"a.example\"")]),
        (with("mx: mail.example.com", "mx:\n- mail.example.com."), Is::Void, &[(PolicyFault::YamlList, "mx:\n- mail.example.com."), (PolicyFault::MxPattern(MxPatternFault::TrailingDot), "mail.example.com.")]),
        // The grammar's characters: those of UTF-8 but for ASCII's own controls.
        (format!("{RFC}note: a\u{85}b\n"), Is::Valid, &[(PolicyFault::KeyUnknown, "note")]),
        (format!("{RFC}note: \u{85}\n"), Is::Valid, &[(PolicyFault::KeyUnknown, "note")]),
        (format!("{RFC}note: a\tb\n"), Is::Void, &[(PolicyFault::LineInvalid, "note: a\tb")]),
        (format!("{RFC}note: a\u{7f}b\n"), Is::Void, &[(PolicyFault::LineInvalid, "note: a\u{7f}b")]),
        // Of the kinds that other readers of policies are tried with.
        ("version:STSv1\r\nmode:\tenforce\r\nmx:  \t\t *.example.com\nmax_age: 1\nmore:ext e  ns ion".to_owned(), Is::Valid, &[(PolicyFault::KeyUnknown, "more")]),
        (format!("{RFC}version: STSv2\n"), Is::Valid, &[(PolicyFault::KeyDuplicate, "version: STSv2")]),
        (format!("version: STSv2\n{RFC}"), Is::Void, &[(PolicyFault::VersionInvalid, "STSv2"), (PolicyFault::KeyDuplicate, "version: STSv1")]),
        (with("604800", "1e3"), Is::Void, &[(PolicyFault::MaxAgeInvalid, "1e3")]),
        (with("604800", "0x10"), Is::Void, &[(PolicyFault::MaxAgeInvalid, "0x10")]),
        (with("604800", "5 5"), Is::Void, &[(PolicyFault::MaxAgeInvalid, "5 5")]),
        (with("mail.example.com", "**.example"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::BadWildcard), "**.example")]),
        (with("mail.example.com", "test.example-"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::InvalidLabel), "test.example-")]),
        (with("mail.example.com", "*.EXAMPLE.com"), Is::Valid, &[]),
        (with("mail.example.com", "*.1.2.3.4"), Is::Valid, &[(PolicyFault::MxPattern(MxPatternFault::Ip), "*.1.2.3.4")]),
        (with("mail.example.com", ".example.com"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::LeadingDot), ".example.com")]),
        ("version:STSv1\nmode:none\nmax_age:0\nmx: m\u{f8}x.example".to_owned(), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::NonAscii), "m\u{f8}x.example")]),
        ("version:STSv1\nmode:none\nmax_age:0\n_bad:test".to_owned(), Is::Void, &[(PolicyFault::LineInvalid, "_bad:test")]),
        (format!("{RFC}# note\n"), Is::Void, &[(PolicyFault::Comment, "# note")]),
        (format!("{RFC}note\n"), Is::Void, &[(PolicyFault::LineInvalid, "note")]),
        (with("mode: enforce", "mode : enforce"), Is::Void, &[(PolicyFault::LineInvalid, "mode : enforce"), (PolicyFault::ModeMissing, "")]),
        (with("mode: enforce", "mode = enforce"), Is::Void, &[(PolicyFault::LineInvalid, "mode = enforce"), (PolicyFault::ModeMissing, "")]),
        (with("enforce", "\"enforce\""), Is::Void, &[(PolicyFault::LineInvalid, "mode: \"enforce\"")]),
        (with("enforce", "en\u{7}force"), Is::Void, &[(PolicyFault::LineInvalid, "mode: en\u{7}force")]),
        (with("mode", "Mode"), Is::Void, &[(PolicyFault::KeyCase, "Mode"), (PolicyFault::ModeMissing, "")]),
        (with("max_age", "max-age"), Is::Void, &[(PolicyFault::KeyTypo, "max-age"), (PolicyFault::MaxAgeMissing, "")]),
        (with("max_age", "maxage"), Is::Void, &[(PolicyFault::KeyTypo, "maxage"), (PolicyFault::MaxAgeMissing, "")]),
        (with("mode", "mde"), Is::Void, &[(PolicyFault::KeyTypo, "mde"), (PolicyFault::ModeMissing, "")]),
        (with("mx: mail", "nmx: mail"), Is::Valid, &[(PolicyFault::KeyTypo, "nmx")]),
        (format!("{RFC}contact: a@example.com\n"), Is::Valid, &[(PolicyFault::KeyUnknown, "contact")]),
        (format!("{RFC}mark: ünïcode ok\n"), Is::Valid, &[(PolicyFault::KeyUnknown, "mark")]),
        (format!("{RFC}contact:\n"), Is::Void, &[(PolicyFault::LineInvalid, "contact:")]),
        (format!("{RFC}mode: none\n"), Is::Valid, &[(PolicyFault::KeyDuplicate, "mode: none")]),
        (format!("mode: none\n{RFC}"), Is::Valid, &[
            (PolicyFault::VersionNotFirst, "version: STSv1"),
            (PolicyFault::KeyDuplicate, "mode: enforce"),
        ]),
        (with("mail.example.com", "mail.example.com."), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::TrailingDot), "mail.example.com.")]),
        (with("mail.example.com", "mail.example.com:25"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::Port), "mail.example.com:25")]),
        (with("mail.example.com", "192.0.2.1"), Is::Valid, &[(PolicyFault::MxPattern(MxPatternFault::Ip), "192.0.2.1")]),
        (with("mail.example.com", "2001:db8::1"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::IpLiteral), "2001:db8::1")]),
        (with("mail.example.com", "[2001:db8::1]"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::IpLiteral), "[2001:db8::1]")]),
        (with("mail.example.com", "[192.0.2.1]"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::IpLiteral), "[192.0.2.1]")]),
        (with("mail.example.com", "mail.example.com # ours"), Is::Void, &[(PolicyFault::Comment, "# ours")]),
        (with("mail.example.com", "mail.example.com\t#ours \t"), Is::Void, &[(PolicyFault::Comment, "#ours")]),
        (with("mail.example.com", "mail.example.com#ours"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::InvalidLabel), "mail.example.com#ours")]),
        (with("enforce", "enforce # at last"), Is::Void, &[(PolicyFault::Comment, "# at last")]),
        (with("604800", "604800 # a week"), Is::Void, &[(PolicyFault::Comment, "# a week")]),
        (with("enforce", "# enforce"), Is::Void, &[(PolicyFault::Comment, "# enforce"), (PolicyFault::ModeInvalid, "")]),
        (format!("{RFC}contact: you # me\n"), Is::Valid, &[(PolicyFault::KeyUnknown, "contact")]),
        (with("mx: mail.example.com", "mx:"), Is::Void, &[(PolicyFault::LineInvalid, "mx:")]),
        (with("mx: mail.example.com", "mx: \t"), Is::Void, &[(PolicyFault::LineInvalid, "mx:")]),
        (with("mx: mail.example.com", "mx: # mail"), Is::Void, &[(PolicyFault::Comment, "# mail"), (PolicyFault::LineInvalid, "mx: ")]),
        (with("mail.example.com", "a.example b.example"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::List), "a.example b.example")]),
        (with("mail.example.com", "10 a.example"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::Priority), "10 a.example")]),
        (with("mail.example.com", "me@example.com"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::UrlOrAddress), "me@example.com")]),
        (with("mail.example.com", "*"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::BadWildcard), "*")]),
        (with("mail.example.com", "bücher.example"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::NonAscii), "bücher.example")]),
        (with("mail.example.com", "a_b.example"), Is::Void, &[(PolicyFault::MxPattern(MxPatternFault::InvalidLabel), "a_b.example")]),
        (format!("\u{feff}{RFC}"), Is::Void, &[(PolicyFault::Bom, "\u{feff}")]),
        (RFC.replace('\n', "\r"), Is::Void, &[(PolicyFault::CrOnly, "\r")]),
        (r#" {"version": "STSv1"}"#.to_owned(), Is::Void, &[(PolicyFault::LegacyJson, r#" {"version": "STSv1"}"#)]),
        ("v=STSv1; id=1;".to_owned(), Is::Void, &[(PolicyFault::RecordPasted, "v=STSv1; id=1;")]),
        (String::new(), Is::Void, &[]),
        (" \r\n\t".to_owned(), Is::Void, &[]),
        ("<!DOCTYPE html>\n<p>mode: enforce".to_owned(), Is::Void, &[]),
        // Policies of known domains.
        ("version: STSv1\nmode: enforce\nmx: smtp.google.com\nmx: aspmx.l.google.com\nmx: *.aspmx.l.google.com\nmax_age: 86400\n".to_owned(), Is::Valid, &[]),
        ("version: STSv1\r\nmode: enforce\r\nmx: *.mail.protection.outlook.com\r\nmax_age: 604800\r\n".to_owned(), Is::Valid, &[]),
        ("version: STSv1\nmode: none\nmax_age: 86400\n".to_owned(), Is::Valid, &[]),
        ("version: STSv1\nmode: testing\nmax_age: 86400\n".to_owned(), Is::Void, &[(PolicyFault::MxMissing, "")]),
    ];
    let mut wrong = String::new();
    for (text, is, expected) in &vectors {
        check((text, *is, expected), &mut wrong);
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn check((text, is, expected): Vector<'_>, wrong: &mut String) {
    let parsed = policy::parse(text.as_bytes());
    let found: Vec<(PolicyFault, &str)> = parsed.issues.iter().map(|issue| (issue.kind, issue.span.of(text))).collect();
    let seen = match (parsed.is_valid(), parsed.is_usable()) {
        (true, _) => Is::Valid,
        (false, true) => Is::Readable,
        (false, false) => Is::Void,
    };
    if seen != is || found != expected {
        writeln!(wrong, "{text:?}: {seen:?}, expected {is:?}; {found:?}, expected {expected:?}")
            .expect("a string takes text");
    }
    let lint = lint::policy(text.as_bytes(), |_| None);
    if lint.valid != (is == Is::Valid) {
        writeln!(wrong, "{text:?}: the lint says valid: {}", lint.valid).expect("a string takes text");
    }
}

#[test]
fn an_address_is_one_finding_whatever_the_grammar_says_of_it() {
    for (address, valid) in
        [("192.0.2.1", true), ("[192.0.2.1]", false), ("2001:db8::1", false), ("[2001:db8::1]", false)]
    {
        let lint = lint::policy(RFC.replace("mail.example.com", address).as_bytes(), |_| None);
        let faults: Vec<_> = lint.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert_eq!(
            faults.iter().map(|finding| finding.rule.as_str()).collect::<Vec<_>>(),
            ["mx-pattern-ip"],
            "{address}"
        );
        assert_eq!((lint.valid, lint.usable), (valid, false), "{address}");
    }
}

/// The errors of a text, by rule.
fn errors(body: &[u8]) -> Vec<String> {
    let findings = lint::policy(body, |_| None).findings.into_iter();
    findings.filter(|finding| finding.severity == Severity::Error).map(|finding| finding.rule).collect()
}

#[test]
fn one_slip_over_several_lines_is_one_finding() {
    let one_line = "version: STSv1; mode: enforce; mx: mail.example.com; max_age: 604800";
    let list = "version: STSv1\nmode: enforce\nmx:\n  - mail.example.com\n  - *.example.net\nmax_age: 604800\n";
    for text in [one_line, &one_line.replace("; ", " "), &one_line.replace("; ", "\\n"), list] {
        assert_eq!(errors(text.as_bytes()), ["policy-line-invalid"], "{text}");
        let mode = policy::parse(text.as_bytes()).mode.map(|mode| mode.value);
        assert_eq!(mode, Some(Mode::Enforce), "{text}");
    }
    assert_eq!(errors(RFC.trim_end().replace('\n', "\n    ").as_bytes()), ["policy-leading-space"]);
}

#[test]
fn bytes_that_are_not_utf_8_are_a_fault_at_their_place() {
    for line in [&b"note: \xff"[..], b"contact: J\xfcrgen", b"note: \xed\xa0\x80"] {
        let body = [RFC.as_bytes(), line, b"\n"].concat();
        let parsed = policy::parse(&body);
        assert!(!parsed.is_valid() && !parsed.is_usable(), "{line:?}");
        let found: Vec<_> = parsed.issues.iter().filter(|issue| issue.kind == PolicyFault::NotUtf8).collect();
        assert_eq!(found.iter().map(|issue| issue.span.of(&parsed.text)).collect::<Vec<_>>(), ["\u{fffd}"], "{line:?}");
        assert_eq!(errors(&body), ["policy-utf16"], "{line:?}");
    }
}

#[test]
fn a_wildcard_that_none_of_a_providers_servers_fits_is_known_without_a_lookup() {
    let depth = |pattern: &str, mode: &str| {
        let text = RFC.replace("mail.example.com", pattern).replace("enforce", mode);
        let findings = lint::policy(text.as_bytes(), |_| None).findings.into_iter();
        findings.filter(|finding| finding.rule == "mx-pattern-wildcard-depth").map(|finding| finding.severity).next()
    };
    for pattern in ["*.mx.microsoft", "*.protection.outlook.com", "*.cloudflare.net"] {
        assert_eq!(depth(pattern, "enforce"), Some(Severity::Error), "{pattern}");
        assert_eq!(depth(pattern, "testing"), Some(Severity::Warning), "{pattern}");
        assert_eq!(depth(pattern, "none"), None, "{pattern}");
    }
    for pattern in [
        "*.a-v1.mx.microsoft",
        "*.mail.protection.outlook.com",
        "*.google.com",
        "*.l.google.com",
        "*.shop.com.au",
        "mx.microsoft",
    ] {
        assert_eq!(depth(pattern, "enforce"), None, "{pattern}");
    }
}

#[test]
fn utf16_is_one_fault_and_shown_as_text() {
    for big_endian in [false, true] {
        for mark in [&[][..], &[0xfeff]] {
            let units = mark.iter().copied().chain(RFC.encode_utf16());
            let body: Vec<u8> =
                units.flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
            let parsed = policy::parse(&body);
            assert_eq!(parsed.text, RFC);
            let kinds: Vec<PolicyFault> = parsed.issues.iter().map(|issue| issue.kind).collect();
            assert_eq!(kinds, [PolicyFault::Utf16]);
        }
    }
}

#[test]
fn of_a_key_given_twice_the_first_counts() {
    let parsed =
        policy::parse(b"version: STSv1\nmode: testing\nmode: enforce\nmax_age: 1\nmax_age: 2\nmx: a.example\n");
    assert_eq!(parsed.mode.map(|mode| mode.value), Some(Mode::Testing));
    assert_eq!(parsed.max_age.map(|age| age.value), Some(1));
}

#[test]
fn a_file_of_nonsense_has_a_bounded_list_of_faults() {
    let body = "nonsense\n".repeat(10_000);
    let parsed = policy::parse(body.as_bytes());
    assert!(parsed.issues.len() <= 70, "{}", parsed.issues.len());
    assert!(
        parsed.issues.iter().any(|issue| issue.kind == PolicyFault::ModeMissing),
        "what is missing is said all the same"
    );
}

/// A valid policy, from its values.
fn render(mode: &str, max_age: u32, mx: &[String]) -> String {
    let mx: String = mx.iter().fold(String::new(), |lines, host| lines + "mx: " + host + "\r\n");
    format!("version: STSv1\r\nmode: {mode}\r\n{mx}max_age: {max_age}\r\n")
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let parsed = policy::parse(&body);
        for issue in &parsed.issues {
            prop_assert!(parsed.text.get(issue.span.start..issue.span.end).is_some(), "{:?}", issue);
        }
    }

    #[test]
    fn no_change_of_a_policy_makes_it_panic(at in 0..RFC.len(), cut in 0..4_usize, text in "\\PC{0,3}|[\r\n\t :#*=.]{0,4}") {
        let end = (at + cut).min(RFC.len());
        let body = format!("{}{text}{}", &RFC[..at], &RFC[end..]);
        let parsed = policy::parse(body.as_bytes());
        for issue in &parsed.issues {
            prop_assert!(parsed.text.get(issue.span.start..issue.span.end).is_some(), "{:?} of {:?}", issue, body);
        }
        prop_assert!(!parsed.is_valid() || parsed.is_usable());
    }

    #[test]
    fn a_rendered_policy_reads_back(
        mode in "testing|enforce|none",
        max_age in 0..=policy::MAX_AGE_LIMIT,
        mx in proptest::collection::vec("(\\*\\.)?[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?(\\.[a-z]{2,5}){1,3}", 1..5),
    ) {
        let body = render(&mode, max_age, &mx);
        let parsed = policy::parse(body.as_bytes());
        prop_assert!(parsed.is_valid(), "{:?}", parsed.issues);
        let read: Vec<String> = parsed.mx.iter().map(|pattern| pattern.value.as_str().to_owned()).collect();
        prop_assert_eq!(render(parsed.mode.expect("a mode").value.as_str(), parsed.max_age.expect("an age").value, &read), body);
    }
}

#[test]
fn faults_past_those_that_are_kept_still_count() {
    let good = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 1209600\n";
    let crowded = format!("{good}{}", "x-a: b\n".repeat(100));
    assert!(policy::parse(crowded.as_bytes()).is_valid());
    for junk in ["# comment\n", "this is junk\n", "mx: bad*.example.com\n", "mode: Enforce\n# x\n"] {
        let text = format!("{crowded}{junk}");
        let parsed = policy::parse(text.as_bytes());
        assert!(!parsed.is_usable(), "{junk:?}");
        assert!(parsed.issues.iter().any(|issue| issue.kind.is_forbidden()), "{junk:?} is told");
    }
    let many = format!("{good}{}", "junk\n".repeat(100));
    let parsed = policy::parse(many.as_bytes());
    assert!(!parsed.is_valid() && parsed.issues.len() < 30, "{}", parsed.issues.len());
}

#[test]
fn white_space_that_is_not_the_grammars_makes_a_line_unreadable() {
    for blank in ["\u{a0}", "\u{3000}", "\u{b}"] {
        let text = format!("version: STSv1\n{blank}mode: enforce\nmx: mail.example.com\nmax_age: 1209600\n");
        assert!(!policy::parse(text.as_bytes()).is_usable(), "{blank:?}");
    }
}

#[test]
fn a_lint_of_thousands_of_lines_stays_short() {
    let text = format!("version: STSv1\nmode: enforce\nmax_age: 1209600\n{}", "mx: a.example.com\n".repeat(20_000));
    let findings = lint::policy(text.as_bytes(), |_| None).findings;
    assert!(findings.len() < 100, "{}", findings.len());
}

#[test]
fn one_bare_cr_makes_no_blank_lines_of_others() {
    let text = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\rmax_age: 1209600\r\n";
    let parsed = policy::parse(text.as_bytes());
    let kinds: Vec<PolicyFault> = parsed.issues.iter().map(|issue| issue.kind).collect();
    assert_eq!(kinds, [PolicyFault::CrOnly]);
    assert_eq!(parsed.max_age.map(|max_age| max_age.value), Some(1_209_600));
}

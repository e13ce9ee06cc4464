//! English: every word of the rules, by rule and case. Another language is another such table; nothing but what is shown would
//! change.

mod announce;
mod certificate;
mod dane;
mod delegation;
mod dnssec;
mod domain;
mod history;
mod live_mx;
mod misplaced;
mod mode;
mod mx_pattern;
mod policy_file;
mod policy_host;
pub(super) mod resolver;
mod tls_rpt;
mod txt_record;

use super::rule::{Answer, Detail};
use super::words::{Checked, Explanation, Title};

/// What findings are called, a section of the catalogue at a time.
pub(super) static TITLES: [&[Title]; 14] = [
    domain::TITLES,
    announce::TITLES,
    misplaced::TITLES,
    policy_host::TITLES,
    certificate::TITLES,
    policy_file::TITLES,
    mx_pattern::TITLES,
    live_mx::TITLES,
    mode::TITLES,
    tls_rpt::TITLES,
    dnssec::TITLES,
    dane::TITLES,
    delegation::TITLES,
    history::TITLES,
];

/// Why findings matter and what to do, a section of the catalogue at a time.
pub(super) static EXPLANATIONS: [&[Explanation]; 14] = [
    domain::EXPLANATIONS,
    announce::EXPLANATIONS,
    misplaced::EXPLANATIONS,
    policy_host::EXPLANATIONS,
    certificate::EXPLANATIONS,
    policy_file::EXPLANATIONS,
    mx_pattern::EXPLANATIONS,
    live_mx::EXPLANATIONS,
    mode::EXPLANATIONS,
    tls_rpt::EXPLANATIONS,
    dnssec::EXPLANATIONS,
    dane::EXPLANATIONS,
    delegation::EXPLANATIONS,
    history::EXPLANATIONS,
];

/// What rules check, a section of the catalogue at a time.
pub(super) static CHECKED: [&[Checked]; 14] = [
    domain::CHECKED,
    announce::CHECKED,
    misplaced::CHECKED,
    policy_host::CHECKED,
    certificate::CHECKED,
    policy_file::CHECKED,
    mx_pattern::CHECKED,
    live_mx::CHECKED,
    mode::CHECKED,
    tls_rpt::CHECKED,
    dnssec::CHECKED,
    dane::CHECKED,
    delegation::CHECKED,
    history::CHECKED,
];

/// The sections of the catalogue, in its order.
pub(super) static SECTIONS: [&str; 14] = [
    "The domain",
    "Announce record",
    "In the wrong place",
    "Policy host",
    "Certificate of the policy host",
    "Policy file",
    "Mail servers that the policy names",
    "Mail servers in the DNS",
    "Mode of the policy",
    "TLS reports",
    "DNSSEC",
    "DANE",
    "Run by a provider",
    "Changes over time",
];

/// What is said for an engineer where several rules say it in the same way; nothing where the rule says it.
pub(super) fn detail(detail: Detail) -> Option<&'static str> {
    Some(match detail {
        Detail::Own | Detail::Signed(_) | Detail::NotSigned(_) => return None,
        Detail::At => "At byte {at}: “{found}”.",
        Detail::AtAndOneMore => "At byte {at}: “{found}”. Also in one more place.",
        Detail::AtAndMore => "At byte {at}: “{found}”. Also in {more} more places.",
        Detail::CharactersAt => "At byte {at}: {characters}.",
        Detail::CharactersAtAndOneMore => "At byte {at}: {characters}. Also in one more place.",
        Detail::CharactersAtAndMore => "At byte {at}: {characters}. Also in {more} more places.",
        Detail::Found => "Found: {texts}.",
        Detail::FoundAndMore => "Found: {texts}, and more.",
        Detail::FoundElsewhere => "Found at {name}: “{found}”.",
        Detail::NoText => "There is no text in it.",
        Detail::ResolverAnswered => "The resolver answered {rcode}.",
        Detail::ResolverAnsweredWith => "The resolver answered {rcode}: {errors}.",
        Detail::NothingCame => "No answer came: {end}",
        Detail::NothingCameInTime => "No answer came in time.",
        Detail::RequestEnded => "The request ended with: {end}",
        Detail::HostAnswered => "The host answers {status}.",
        Detail::MaxAge => "max_age is {seconds} seconds.",
        Detail::AliasOf => "It is an alias of {target}.",
        Detail::ReadAt => "The record is read at {target}.",
        Detail::NoTxtAt => "There is no TXT record at {target}.",
    })
}

/// What is said for an engineer of some of the answers that mail relies on; nothing where it is about something else.
pub(super) fn answers(detail: Detail) -> Option<String> {
    let (what, answers) = match detail {
        Detail::Signed(answers) => ("Signed and valid", answers),
        Detail::NotSigned(answers) => ("Not signed", answers),
        _ => return None,
    };
    let names: Vec<&str> = answers.into_iter().flatten().map(answer_name).collect();
    Some(format!("{what}: {}.", names.join(", ")))
}

/// What an answer is of.
fn answer_name(answer: Answer) -> &'static str {
    match answer {
        Answer::AnnounceRecord => "the _mta-sts record",
        Answer::PolicyHost => "the policy host",
        Answer::MxRecords => "the MX records",
        Answer::ReportRecord => "the _smtp._tls record",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::template::{fill, has_all};

    /// What checks say of what they found.
    const ARGUMENTS: &str = "address addresses again all at before bytes characters charset domain end enforced errors \
                             fields found from gone host hosts id issuer left length limit matching mode more name names \
                             new operator pattern patterns places preference providers rcode seconds service since status \
                             strings target tested texts then type until wanted";

    const DETAILS: [Detail; 20] = [
        Detail::At,
        Detail::AtAndOneMore,
        Detail::AtAndMore,
        Detail::CharactersAt,
        Detail::CharactersAtAndOneMore,
        Detail::CharactersAtAndMore,
        Detail::Found,
        Detail::FoundAndMore,
        Detail::FoundElsewhere,
        Detail::NoText,
        Detail::ResolverAnswered,
        Detail::ResolverAnsweredWith,
        Detail::NothingCame,
        Detail::NothingCameInTime,
        Detail::RequestEnded,
        Detail::HostAnswered,
        Detail::MaxAge,
        Detail::AliasOf,
        Detail::ReadAt,
        Detail::NoTxtAt,
    ];

    fn titles() -> Vec<&'static str> {
        let all = TITLES.into_iter().flatten();
        let titles = all.flat_map(|title| title.cases.iter().map(|case| case.title).chain([title.title]));
        titles.filter(|title| !title.is_empty()).collect()
    }

    fn sentences() -> Vec<&'static str> {
        let all = TITLES.into_iter().flatten();
        let details = all.flat_map(|title| title.cases.iter().map(|case| case.detail).chain([title.detail]));
        let all = EXPLANATIONS.into_iter().flatten();
        let whys = all.flat_map(|words| words.cases.iter().map(|case| case.why).chain([words.why]));
        let checked = CHECKED.into_iter().flatten().map(|checked| checked.what);
        let own = details.chain(whys).chain(checked).filter(|sentence| !sentence.is_empty());
        own.chain(DETAILS.map(|of| detail(of).expect("it has its words"))).collect()
    }

    #[test]
    fn what_is_called_or_said_has_no_word_that_no_check_gives() {
        let mut unused: Vec<&str> = ARGUMENTS.split(' ').collect();
        for text in titles().into_iter().chain(sentences()) {
            assert!(has_all(text, |word| ARGUMENTS.split(' ').any(|known| known == word)), "{text}");
            fill(text, |word, _| unused.retain(|argument| *argument != word));
        }
        assert!(unused.is_empty(), "nothing says {unused:?}");
    }

    #[test]
    fn a_title_is_no_sentence_and_all_else_ends_in_a_stop() {
        for title in titles() {
            assert!(!title.ends_with('.') && !title.contains("  "), "{title}");
        }
        for sentence in sentences() {
            assert!(sentence.ends_with(['.', '?', '}']) && !sentence.contains("  "), "{sentence}");
        }
    }
}

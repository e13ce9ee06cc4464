//! Puts into words what became of files, why sessions failed, and what speaks for enforcing: each sentence of a language's
//! table, with what is known in its place.

use std::error::Error;
use std::fmt;

use super::cause::{Cause, CauseSums, Meaning};
use super::enforce::ENOUGH_SESSIONS;
use super::english::{self, Explanation};
use super::file::{FileOutcome, FileReading};
use super::limits::{SERVICE_LIMIT, TAKEN_LIMIT, UNPACKED_LIMIT};
use super::read_error::ReadError;
use super::safe_to_enforce::{EnforceReason, Enforceability, Names, Rate, Rates, SafeToEnforce};
use crate::advice::TEST_DAYS;
use crate::text::template::fill;

/// What became of a file.
pub(super) fn file(outcome: FileOutcome) -> FileReading {
    let FileOutcome { name, reports, duplicates, error, oddities } = outcome;
    FileReading {
        name,
        reports,
        duplicates,
        error: error.map(|error| error.to_string()),
        problem: error.map(ReadError::as_str),
        notes: oddities.into_iter().map(|oddity| english::oddity(oddity).to_owned()).collect(),
    }
}

impl Error for ReadError {}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&filled(english::error(*self), |word| word_of_error(*self, word)))
    }
}

fn word_of_error(error: ReadError, word: &str) -> Option<String> {
    const MB: usize = 1024 * 1024;
    Some(match (word, error) {
        ("taken limit", _) => (TAKEN_LIMIT / MB).to_string(),
        ("unpacked limit", _) => (UNPACKED_LIMIT / MB).to_string(),
        ("service limit", _) => (SERVICE_LIMIT / MB).to_string(),
        ("line", ReadError::NotJson { line, .. } | ReadError::RestNotJson { line, .. }) => line.to_string(),
        ("column", ReadError::NotJson { column, .. } | ReadError::RestNotJson { column, .. }) => column.to_string(),
        _ => return None,
    })
}

/// Why sessions failed.
pub(super) fn cause(sums: CauseSums<'_>) -> Cause {
    let Explanation { title, why, is_refused, steps } = *english::cause(sums.result_type);
    let why =
        if is_refused { [why, english::REFUSED[usize::from(sums.is_enforced)]].join(" ") } else { why.to_owned() };
    let meanings = sums.reasons.list.iter().filter_map(|tally| {
        let means = english::reason_code(&tally.name)?.to_owned();
        Some(Meaning { reason: tally.name.clone(), means })
    });
    Cause {
        result_type: sums.result_type.as_str().to_owned(),
        title: title.to_owned(),
        why,
        meanings: meanings.collect(),
        steps: steps.iter().map(|&step| step.to_owned()).collect(),
        failed: sums.failed,
        senders: sums.senders,
        mx_hosts: sums.mx_hosts,
        policy_types: sums.policy_types,
        days: sums.days,
        reasons: sums.reasons,
        points_at: sums.points_at,
    }
}

/// Whether the policy can be enforced, and why.
pub(super) fn enforceability(reasons: &[EnforceReason]) -> Enforceability {
    let enforced = reasons.iter().any(EnforceReason::is_of_enforced);
    Enforceability {
        verdict: reasons.iter().map(EnforceReason::speaks_for).max().unwrap_or(SafeToEnforce::Unknown),
        reasons: reasons.iter().map(|reason| self::reason(reason, enforced)).collect(),
        enforced,
    }
}

fn reason(reason: &EnforceReason, is_enforced: bool) -> String {
    let sentence = |template| filled(template, |word| word_of_reason(reason, word));
    let first = sentence(english::reason(reason));
    match english::consequence(reason, is_enforced) {
        Some(then) => [first, sentence(then)].join(" "),
        None => first,
    }
}

fn word_of_reason(reason: &EnforceReason, word: &str) -> Option<String> {
    use EnforceReason as R;
    Some(match (word, reason) {
        ("test days", _) => TEST_DAYS.to_string(),
        ("enough sessions", _) => ENOUGH_SESSIONS.to_string(),
        (
            "domain",
            R::NoReports { domain }
            | R::NoNumbersAbout { domain }
            | R::OtherDomains { domain, .. }
            | R::NumbersAboutOthers { domain, .. }
            | R::NoSessions { domain },
        ) => domain.clone(),
        ("domains", R::SeveralDomains { domains }) => listed(domains),
        ("others", R::OtherDomains { others, .. } | R::NumbersAboutOthers { others, .. }) => listed(others),
        ("first", R::FewDays { first, .. }) => first.to_string(),
        (
            "last",
            R::FewDays { last, .. }
            | R::FewDaysWithSessions { last, .. }
            | R::Stale { last, .. }
            | R::FewSessions { last, .. }
            | R::OneSender { last }
            | R::Failures { last, .. }
            | R::NoFailures { last, .. },
        ) => last.to_string(),
        (
            "day",
            R::EarlierFailures { day }
            | R::PolicyChanged { day }
            | R::FutureDay { day, .. }
            | R::FailuresElsewhere { day: Some(day), .. },
        ) => day.to_string(),
        ("reports", R::FutureDay { reports, .. }) => reports.to_string(),
        ("names", R::FutureDay { senders, .. }) => listed(senders),
        (
            "who",
            R::Failures { senders, .. } | R::FailuresElsewhere { senders, .. } | R::PolicyNotRead { senders, .. },
        ) => rates(senders),
        ("days", R::FewDays { days, .. } | R::Stale { days_ago: days, .. }) => days.to_string(),
        ("days", R::FewDaysWithSessions { days, .. }) => days.to_string(),
        ("senders", R::NoFailures { senders, .. }) => senders.to_string(),
        (
            "sessions",
            R::NeverApplied { sessions, .. }
            | R::FewSessions { sessions, .. }
            | R::Failures { sessions, .. }
            | R::NoFailures { sessions, .. }
            | R::PolicyNotFound { sessions },
        ) => sessions.to_string(),
        ("not found", R::NeverApplied { not_found, .. }) => not_found.to_string(),
        ("dane", R::NeverApplied { dane, .. }) => dane.to_string(),
        ("off", R::NeverApplied { off, .. }) => off.to_string(),
        (
            "failures",
            R::Failures { failures, .. }
            | R::FailuresElsewhere { failures, .. }
            | R::FailuresUnderDane { failures, .. },
        ) => failures.to_string(),
        ("times", R::PolicyNotRead { times, .. }) => times.to_string(),
        ("servers", R::Failures { at_own_servers, hosts, .. }) => servers(*at_own_servers, hosts),
        ("servers", R::NoFailures { at_own_servers, .. }) => servers(*at_own_servers, &Names::default()),
        ("hosts", R::FailuresElsewhere { hosts, .. } | R::FailuresUnderDane { hosts, .. }) => listed(hosts),
        ("hosts", R::ServersNotAllowed { hosts }) => hosts.join(", "),
        ("causes", R::Failures { causes, .. }) => {
            let clause = english::CAUSES[usize::from(causes.list.len() != 1)];
            filled(clause, |word| (word == "causes").then(|| listed(causes)))
        }
        ("causes", R::PolicyNotRead { causes, .. }) => listed(causes),
        ("headline", R::NothingToEnforce { headline, .. }) => headline.clone(),
        _ => return None,
    })
}

/// The mail servers at which sessions failed or not.
fn servers(are_own: bool, hosts: &Names) -> String {
    let clauses = if are_own { english::OWN_SERVERS } else { english::SERVERS };
    filled(clauses[usize::from(!hosts.list.is_empty())], |word| (word == "hosts").then(|| listed(hosts)))
}

/// Senders in a sentence, each with its share.
fn rates(Rates { list, more }: &Rates) -> String {
    let told = |rate: &Rate| {
        filled(english::RATE, |word| {
            Some(match word {
                "sender" if rate.sender.is_empty() => english::NAMELESS_SENDER.to_owned(),
                "sender" => rate.sender.clone(),
                "failures" => rate.failures.to_string(),
                "sessions" => rate.sessions.to_string(),
                "share" => share(rate.failures, rate.sessions),
                _ => return None,
            })
        })
    };
    listed(&Names { list: list.iter().map(told).collect(), more: *more })
}

/// What part of all it is, in percent. What is there is never called none.
pub(super) fn share(part: u64, all: u64) -> String {
    match u128::from(part) * 1000 / u128::from(all.max(1)) {
        0 => english::LEAST_SHARE.to_owned(),
        thousandths => format!("{}.{} %", thousandths / 10, thousandths % 10),
    }
}

/// Names in a sentence.
fn listed(Names { list, more }: &Names) -> String {
    let names = list.join(", ");
    if *more == 0 {
        return names;
    }
    filled(english::NAMES_AND_MORE, |word| match word {
        "names" => Some(names.clone()),
        "more" => Some(more.to_string()),
        _ => None,
    })
}

/// A sentence with what is known in place of the words in braces.
fn filled(template: &'static str, word: impl Fn(&str) -> Option<String>) -> String {
    fill(template, |name, out| {
        let known = word(name);
        debug_assert!(known.is_some(), "no sentence has the word {name}");
        out.push_str(&known.unwrap_or_default());
    })
}

#[cfg(test)]
mod tests {
    use super::super::model::ResultType;
    use super::*;
    use crate::report::Verdict;
    use crate::text::time::Date;

    fn names(names: &[&str], more: usize) -> Names {
        Names { list: names.iter().map(|&name| name.to_owned()).collect(), more }
    }

    /// Every reason, in each number and with each of its clauses.
    fn reasons() -> Vec<EnforceReason> {
        use EnforceReason as R;
        let date = |day: &str| Date::from_leading_digits(day).unwrap();
        let (first, last) = (date("20261109"), date("20261122"));
        let domain = || "shop.example".to_owned();
        let (one, many) = (names(&["one.example"], 0), names(&["one.example", "two.example"], 3));
        let mut reasons = vec![
            R::NoNumbers,
            R::SeveralDomains { domains: many.clone() },
            R::NoReports { domain: domain() },
            R::NoNumbersAbout { domain: domain() },
            R::OtherDomains { domain: domain(), others: one.clone() },
            R::NumbersAboutOthers { domain: domain(), others: many.clone() },
            R::NoSessions { domain: domain() },
            R::NoPastDay,
            R::Stale { last, days_ago: 28 },
            R::OneSender { last },
            R::EarlierFailures { day: first },
            R::ServersNotAllowed { hosts: Vec::new() },
            R::ServersNotAllowed { hosts: many.list.clone() },
            R::NothingToEnforce { verdict: Verdict::Missing, headline: "Nothing is published.".to_owned() },
            R::NotLookedUp,
            R::EnforcedAlready,
            R::PolicyChanged { day: first },
            R::OtherPolicy,
        ];
        let rates = || Rates {
            list: vec![
                Rate { sender: "Example Mail".to_owned(), failures: 3, sessions: 4 },
                Rate { sender: String::new(), failures: 1, sessions: 4000 },
            ],
            more: 1,
        };
        for number in 0..8 {
            let told = |bit: u64| if number & bit == 0 { 0 } else { bit };
            reasons.push(R::NeverApplied { sessions: 9, not_found: told(1), dane: told(2), off: told(4) });
        }
        for sessions in [1, 12] {
            reasons.push(R::FewDays { days: u32::try_from(sessions).unwrap(), first, last });
            reasons.push(R::FewDaysWithSessions { days: usize::try_from(sessions).unwrap(), last });
            reasons.push(R::FewSessions { sessions, last });
            reasons.push(R::PolicyNotFound { sessions });
            for day in [None, Some(last)] {
                for is_over in [false, true] {
                    let (hosts, senders) = (one.clone(), rates());
                    reasons.push(R::FailuresElsewhere { failures: sessions, hosts, senders, day, is_over });
                }
            }
            for hosts in [Names::default(), many.clone()] {
                reasons.push(R::FailuresUnderDane { failures: sessions, hosts });
            }
            let reports = usize::try_from(sessions).unwrap();
            reasons.push(R::FutureDay { reports, day: last, senders: one.clone() });
        }
        for is_so in [false, true] {
            for (fewer, sessions) in [(1, 1), (1, 30), (5, 30)] {
                let senders = usize::try_from(fewer).unwrap();
                reasons.push(R::NoFailures { senders, sessions, at_own_servers: is_so, last });
                for (hosts, causes) in [(Names::default(), one.clone()), (many.clone(), many.clone())] {
                    for can_be_chance in [false, true] {
                        let (hosts, causes) = (hosts.clone(), causes.clone());
                        let failures = fewer;
                        reasons.push(R::Failures {
                            failures,
                            sessions,
                            at_own_servers: is_so,
                            hosts,
                            causes,
                            senders: rates(),
                            can_be_chance,
                            is_enforced: false,
                            last,
                        });
                    }
                }
            }
            for times in [1, 5] {
                reasons.push(R::PolicyNotRead { times, causes: one.clone(), senders: rates(), is_rare: is_so });
            }
        }
        reasons
    }

    /// That a text is of whole sentences in which every word in braces was known; what is not fails as it is filled.
    fn is_whole(text: &str) {
        assert!(text.ends_with('.') && !text.contains(['{', '}']), "{text}");
        assert!(!text.contains("  ") && !text.contains(" . ") && !text.ends_with(" ."), "{text}");
        assert!(!text.contains('\u{2019}'), "one apostrophe, as in the rules: {text}");
    }

    #[test]
    fn every_reason_has_whole_sentences_of_its_own() {
        for is_enforced in [false, true] {
            let told: Vec<String> = reasons().iter().map(|reason| super::reason(reason, is_enforced)).collect();
            for (at, text) in told.iter().enumerate() {
                is_whole(text);
                assert!(!told[..at].contains(text), "{text}");
            }
        }
    }

    #[test]
    fn a_reason_tells_all_its_data() {
        let date = |day: &str| Date::from_leading_digits(day).unwrap();
        let told = EnforceReason::Failures {
            failures: 71,
            sessions: 345,
            at_own_servers: true,
            hosts: names(&["a.example", "b.example"], 6),
            causes: names(&["new"], 0),
            senders: Rates { list: vec![Rate { sender: "Example".to_owned(), failures: 1, sessions: 8 }], more: 0 },
            can_be_chance: false,
            is_enforced: false,
            last: date("20261122"),
        };
        let told = reason(&told, false);
        for data in
            ["71", "345", "Example", "12.5 %", "a.example, b.example", "6", "new", "2026-11-22", &TEST_DAYS.to_string()]
        {
            assert!(told.contains(data), "{data} is not in {told}");
        }
        // What a stranger calls a domain is no template.
        let domain = "{last} {domain}".to_owned();
        assert!(reason(&EnforceReason::NoReports { domain: domain.clone() }, false).contains(&domain));
    }

    #[test]
    fn every_cause_is_explained_and_each_otherwise() {
        let known: Vec<ResultType> = ResultType::KNOWN.into_iter().chain([ResultType::NotTold]).collect();
        let other = |name: &str| ResultType::Other(name.to_owned());
        for (at, cause) in known.iter().chain([&other("new")]).enumerate() {
            let Explanation { title, why, steps, .. } = english::cause(cause);
            assert!(!title.is_empty() && why.len() > 80 && !steps.is_empty(), "{cause:?}");
            steps.iter().chain([why]).for_each(|text| is_whole(text));
            let is_another = |earlier: &ResultType| english::cause(earlier).title != *title;
            assert!(known[..at].iter().all(is_another), "{cause:?}");
        }
        assert!(english::cause(&other("new")) == english::cause(&other("newer")));
    }

    #[test]
    fn errors_are_sentences_that_name_their_limit_or_place() {
        let errors = [
            (ReadError::TooMuch, &["20"][..]),
            (ReadError::UnpacksToTooMuch, &["64"]),
            (ReadError::OneTooMuch, &["20"]),
            (ReadError::OneUnpacksToTooMuch, &["64"]),
            (ReadError::Dmarc, &["DMARC"]),
            (ReadError::Msg, &[".eml"]),
            (ReadError::Form, &["--data-binary"]),
            (ReadError::NotJson { line: 31, column: 72 }, &["31", "72"]),
            (ReadError::RestNotJson { line: 31, column: 72 }, &["31", "72"]),
            (ReadError::Packed, &[]),
            (ReadError::BrokenGzip, &[]),
        ];
        for (error, data) in errors {
            let text = error.to_string();
            is_whole(&text);
            assert!(data.iter().all(|data| text.contains(data)), "{text}");
        }
    }
}

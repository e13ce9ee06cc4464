//! Numbers of sessions: read however they are written, and made to agree.

use super::model::{Failure, Policy};
use super::number::{SESSIONS_LIMIT, add};
use super::oddity::{Oddities, Oddity};
use super::tally::{self, NamedSessions};

/// Reads a number, and says what is odd about it: below zero is zero, a fraction is left out, and what does not fit is
/// the largest that does.
pub(super) fn read(text: &str) -> Result<(u64, Option<Oddity>), Oddity> {
    let text = text.trim();
    let (text, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    let is_exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if digits().next().is_none()
        || !digits().chain(is_exponent.bytes()).all(|digit| digit.is_ascii_digit())
        || is_exponent.is_empty()
    {
        return Err(Oddity::CountUnreadable);
    }
    if digits().all(|digit| digit == b'0') {
        return Ok((0, None));
    }
    if negative {
        return Ok((0, Some(Oddity::CountNegative)));
    }
    // One that does not fit moves the point past everything all the same.
    let shift = exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 });
    let point = i64::try_from(whole.len()).unwrap_or(0) + shift;
    let mut value: u64 = 0;
    let mut rest = digits();
    let mut at = 0;
    while at < point {
        let digit = rest.next();
        let next = value.checked_mul(10).and_then(|value| value.checked_add(u64::from(digit.unwrap_or(b'0') - b'0')));
        let Some(next) = next.filter(|next| *next <= SESSIONS_LIMIT) else {
            return Ok((SESSIONS_LIMIT, Some(Oddity::CountTooLarge)));
        };
        value = next;
        at += 1;
    }
    Ok((value, rest.any(|digit| digit != b'0').then_some(Oddity::CountFraction)))
}

/// Reads a number from a text, in which people and programs part its digits in threes; what is counted has no fraction.
pub(super) fn read_text(text: &str) -> Result<(u64, Option<Oddity>), Oddity> {
    let is_mark = |character: char| {
        matches!(character, ',' | '.' | '_' | '\'' | ' ' | '\u{a0}' | '\u{2009}' | '\u{2019}' | '\u{202f}')
    };
    let mut groups = text.trim().split(is_mark);
    let first = groups.next().unwrap_or_default();
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let is_parted = (1..=3).contains(&first.len()) && is_digits(first) && first != "0";
    if is_parted && groups.all(|group| group.len() == 3 && is_digits(group)) {
        return read(&text.chars().filter(char::is_ascii_digit).collect::<String>());
    }
    read(text)
}

/// Gives a policy its numbers and its failures theirs. What has no number gets its share of what the others leave of
/// the total, and at least one session, since otherwise there was nothing to report.
pub(super) fn settle(
    policy: &mut Policy,
    successful: Option<u64>,
    failed: Option<u64>,
    failures: Vec<(Failure, Option<u64>)>,
    oddities: &mut Oddities,
) {
    let told = failures.iter().filter_map(|(_, sessions)| *sessions).fold(0, add);
    let untold = failures.iter().filter(|(_, sessions)| sessions.is_none()).count() as u64;
    let rest = failed.unwrap_or(0).saturating_sub(told);
    let mut first = rest.checked_rem(untold).unwrap_or(0);
    policy.failures = failures
        .into_iter()
        .map(|(failure, sessions)| {
            let mut share = || rest.checked_div(untold).unwrap_or(0) + std::mem::take(&mut first);
            let sessions = sessions.unwrap_or_else(|| share().max(1));
            Failure { sessions, ..failure }
        })
        .collect();
    let sum = policy.failures.iter().map(|failure| failure.sessions).fold(0, add);
    policy.successful = successful.unwrap_or(0);
    policy.failed = match failed {
        None => sum,
        // What was seen to fail did, whatever the total says.
        Some(0) => largest_cause(&policy.failures),
        Some(failed) => policy.failures.iter().map(|failure| failure.sessions).fold(failed, u64::max),
    };
    if untold > 0 || successful.is_none() || failed.is_none() {
        oddities.note(Oddity::CountMissing);
    }
    if failed.is_some_and(|failed| failed != sum) {
        oddities.note(Oddity::CountsDiffer);
    }
}

/// Sessions of the most frequent reason, where no total tells how many there were. Rows may be about the same sessions (RFC
/// 8460 §4), and Mail.ru tells of one in two rows; but mostly those of one reason are about several hosts and addresses.
fn largest_cause(failures: &[Failure]) -> u64 {
    fn named(failure: &Failure) -> NamedSessions<'_> {
        NamedSessions { name: failure.result_type.as_str(), successful: None, failed: failure.sessions }
    }
    tally::by_name(failures.iter().map(named).collect()).iter().map(|cause| cause.failed).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::model::ResultType;
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_written() {
        use Oddity::{CountFraction, CountNegative, CountTooLarge, CountUnreadable};
        let max = SESSIONS_LIMIT;
        let numbers = [
            ("0", Ok((0, None))),
            ("5326", Ok((5326, None))),
            (" 00012 ", Ok((12, None))),
            ("+7", Ok((7, None))),
            ("-0.0", Ok((0, None))),
            ("-1", Ok((0, Some(CountNegative)))),
            ("2.0", Ok((2, None))),
            ("2.5", Ok((2, Some(CountFraction)))),
            ("0.9", Ok((0, Some(CountFraction)))),
            ("1e3", Ok((1000, None))),
            ("1.234E+3", Ok((1234, None))),
            ("1234e-2", Ok((12, Some(CountFraction)))),
            ("1e-9999999999999999999", Ok((0, Some(CountFraction)))),
            ("9007199254740991", Ok((max, None))),
            ("9007199254740992", Ok((max, Some(CountTooLarge)))),
            ("18446744073709551616", Ok((max, Some(CountTooLarge)))),
            ("1e9999999999999999999", Ok((max, Some(CountTooLarge)))),
            ("0e9999999999999999999", Ok((0, None))),
            ("", Err(CountUnreadable)),
            (".", Err(CountUnreadable)),
            ("1e", Err(CountUnreadable)),
            ("--1", Err(CountUnreadable)),
            ("12 sessions", Err(CountUnreadable)),
            ("1.2.3", Err(CountUnreadable)),
        ];
        for (text, number) in numbers {
            assert_eq!(read(text), number, "{text}");
        }
    }

    #[test]
    fn digits_of_a_text_are_parted_in_threes() {
        let texts =
            ["1,234,567", "1.234.567", "1 234 567", "1_234_567", "1'234'567", "1\u{a0}234\u{202f}567", "1234567"];
        for text in texts {
            assert_eq!(read_text(text), Ok((1_234_567, None)), "{text}");
        }
        assert_eq!(read_text("1.234"), Ok((1234, None)));
        assert_eq!(read_text("0.234"), Ok((0, Some(Oddity::CountFraction))));
        assert_eq!(read_text("1,23"), Err(Oddity::CountUnreadable));
        assert_eq!(read_text("12"), Ok((12, None)));
    }

    fn settled(failed: Option<u64>, counts: &[Option<u64>]) -> (u64, Vec<u64>) {
        let mut policy = Policy::default();
        let failures = counts.iter().map(|count| (Failure::default(), *count)).collect();
        settle(&mut policy, Some(0), failed, failures, &mut Oddities::default());
        (policy.failed, policy.failures.iter().map(|failure| failure.sessions).collect())
    }

    #[test]
    fn what_has_no_number_gets_its_share() {
        assert_eq!(settled(Some(10), &[Some(3), None, None]), (10, vec![3, 4, 3]));
        assert_eq!(settled(Some(3), &[Some(3), None]), (3, vec![3, 1]), "rows may be about the same sessions");
        assert_eq!(settled(None, &[None, Some(5)]), (6, vec![1, 5]));
        assert_eq!(settled(Some(0), &[Some(5)]), (5, vec![5]));
        assert_eq!(settled(Some(7), &[]), (7, vec![]));
    }

    #[test]
    fn a_total_beats_the_sum_of_rows_that_may_be_about_the_same_sessions() {
        use ResultType::{CertificateExpired, CertificateHostMismatch};
        let failed = |failed, types: [ResultType; 2]| {
            let mut policy = Policy::default();
            let failure = |result_type| (Failure { result_type, ..Failure::default() }, Some(4));
            let failures = types.into_iter().map(failure).collect();
            settle(&mut policy, Some(0), failed, failures, &mut Oddities::default());
            policy.failed
        };
        // One session can fail in two ways (RFC 8460 §4), and in each of them only once.
        assert_eq!(failed(Some(4), [CertificateExpired, CertificateHostMismatch]), 4);
        assert_eq!(failed(Some(4), [CertificateExpired, CertificateExpired]), 4);
        assert_eq!(failed(Some(3), [CertificateExpired, CertificateExpired]), 4);
        assert_eq!(failed(Some(9), [CertificateExpired, CertificateExpired]), 9);
        assert_eq!(failed(None, [CertificateExpired, CertificateHostMismatch]), 8);
        let other = |name: &str| ResultType::Other(name.to_owned());
        assert_eq!(failed(Some(0), [other("new"), other("new")]), 8);
        assert_eq!(failed(Some(0), [other("new"), other("newer")]), 4);
    }

    proptest! {
        #[test]
        fn no_number_is_lost(
            failed in prop::option::of(0..=SESSIONS_LIMIT),
            counts in prop::collection::vec(prop::option::of(0..=SESSIONS_LIMIT), 0..6),
        ) {
            let (total, each) = settled(failed, &counts);
            prop_assert!(failed.is_none_or(|failed| total >= failed));
            prop_assert!(each.iter().all(|sessions| *sessions <= total));
            prop_assert_eq!(each.len(), counts.len());
        }

        #[test]
        fn numbers_mean_what_floats_do(number in "-?[0-9]{1,4}(\\.[0-9]{1,4})?([eE][+-]?[0-9])?") {
            let float: f64 = number.parse().unwrap();
            let exact = read(&number).unwrap().0;
            let exact: f64 = exact.to_string().parse().unwrap();
            prop_assert!((exact - float.max(0.0).trunc()).abs() <= 1.0, "{} {}", exact, float);
        }
    }
}

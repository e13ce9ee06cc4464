//! The times of reports: RFC 3339 §5.6, and what senders write instead.

use crate::text::part;
use crate::text::time::Date;
use crate::text::time::Timestamp;

/// What was read, and how far it was from RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// With a time zone, as it should be.
    Whole(Timestamp),
    /// Without a time zone; read as UTC.
    NoZone(Timestamp),
    /// A day alone; its first moment in UTC.
    DayAlone(Timestamp),
    /// In another form.
    OtherForm(Timestamp),
}

impl Time {
    pub(super) fn value(self) -> Timestamp {
        match self {
            Self::Whole(time) | Self::NoZone(time) | Self::DayAlone(time) | Self::OtherForm(time) => time,
        }
    }
}

/// Reads a time: with any offset or none, `t` and `z` in either case, a space for the `T`, and a fraction of any length,
/// which is left out; seconds since 1970; and the date of a mail (RFC 5322 §3.3). None where it is no time, or lies before
/// 1970 or after 9999.
pub(super) fn parse(text: &str) -> Option<Time> {
    let text = text.trim();
    let other = of_number(text).or_else(|| of_mail(text));
    if let Some(time) = other {
        return Some(Time::OtherForm(time));
    }
    let day = day(text)?;
    let rest = part::from(text, DAY_LENGTH);
    if rest.is_empty() {
        return Some(Time::DayAlone(day.start()));
    }
    let clock = rest.strip_prefix(['T', 't', ' '])?;
    let minutes = clock_minutes(clock)?;
    let (second, zone) = match part::from(clock, CLOCK_LENGTH).strip_prefix(':') {
        None => (0, part::from(clock, CLOCK_LENGTH)),
        Some(rest) => {
            // RFC 3339 §5.7: 60 is a leap second.
            let second = two_digits(rest).filter(|second| *second <= 60)?;
            (second.min(59), fraction_skipped(part::from(rest, 2))?)
        }
    };
    let zone = zone.trim_start();
    let offset = match zone.as_bytes().first() {
        None => None,
        Some(b'Z' | b'z') => (zone.len() == 1).then_some(Some(0))?,
        Some(sign @ (b'+' | b'-')) => {
            let minutes = offset_minutes(part::from(zone, 1))?;
            Some(if *sign == b'+' { minutes } else { -minutes })
        }
        Some(_) if ["UTC", "GMT"].contains(&zone) => Some(0),
        Some(_) => return None,
    };
    let seconds = (minutes - offset.unwrap_or(0)) * 60 + second;
    let time = Timestamp::from_millisecond(day.start().as_millisecond() + seconds * 1000)?;
    Some(if offset.is_some() { Time::Whole(time) } else { Time::NoZone(time) })
}

/// Seconds since 1970, as names of files have them (RFC 8460 §5.1), or thousandths of them; fewer digits are no time of any
/// report.
pub(super) fn of_number(text: &str) -> Option<Timestamp> {
    let whole = text.split('.').next().unwrap_or_default();
    let number = whole.parse::<i64>().ok().filter(|_| whole.bytes().all(|byte| byte.is_ascii_digit()))?;
    Timestamp::from_millisecond(match whole.len() {
        9..=10 => number * 1000,
        12..=13 => number,
        _ => return None,
    })
}

/// `Tue, 24 Nov 2026 00:00:00 +0000 (UTC)`, its day of the week left out or not.
fn of_mail(text: &str) -> Option<Timestamp> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut words = text.split_ascii_whitespace();
    let (day, month, year, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))? + 1;
    let zone = match words.next() {
        Some(zone) if zone.starts_with(['+', '-']) => zone,
        _ => "Z",
    };
    match parse(&format!("{year}-{month:02}-{day:0>2}T{clock:0>8}{zone}"))? {
        Time::Whole(time) => Some(time),
        _ => None,
    }
}

const DAY_LENGTH: usize = "2026-11-24".len();
const CLOCK_LENGTH: usize = "09:30".len();

fn day(text: &str) -> Option<Date> {
    let day = text.get(..DAY_LENGTH)?.as_bytes();
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *day else { return None };
    Date::from_leading_digits(std::str::from_utf8(&[y0, y1, y2, y3, m0, m1, d0, d1]).ok()?)
}

/// `09:30`; `24:00` is the end of a day (RFC 8460 §4.1 speaks of it).
fn clock_minutes(text: &str) -> Option<i64> {
    let hour = two_digits(text)?;
    let minute = two_digits(text.get(2..)?.strip_prefix(':')?)?;
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= 24 * 60).then_some(minutes)
}

/// `01:00`, `0100` or `01`.
fn offset_minutes(text: &str) -> Option<i64> {
    let hour = two_digits(text)?;
    let rest = part::from(text, 2);
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let minute = if rest.is_empty() { 0 } else { two_digits(rest)? };
    (rest.len() <= 2 && hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn two_digits(text: &str) -> Option<i64> {
    text.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()
}

fn fraction_skipped(text: &str) -> Option<&str> {
    match text.strip_prefix(['.', ',']) {
        None => Some(text),
        Some(fraction) => {
            let rest = fraction.trim_start_matches(|digit: char| digit.is_ascii_digit());
            (rest.len() < fraction.len()).then_some(rest)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_are_read_however_they_are_written() {
        let times = [
            ("2026-11-24T00:00:00Z", "2026-11-24T00:00:00Z"),
            ("2026-11-24t23:59:59z", "2026-11-24T23:59:59Z"),
            ("2026-11-24T23:59:59.999999999Z", "2026-11-24T23:59:59Z"),
            ("2026-11-24T24:00:00Z", "2026-11-25T00:00:00Z"),
            ("2026-12-31T23:59:60Z", "2026-12-31T23:59:59Z"),
            ("2026-11-24T00:00:00+10:00", "2026-11-23T14:00:00Z"),
            ("2026-11-24T00:00:00-0330", "2026-11-24T03:30:00Z"),
            ("2026-11-24T00:00:00+01", "2026-11-23T23:00:00Z"),
            ("2026-11-24 09:30:15 UTC", "2026-11-24T09:30:15Z"),
            ("2026-11-24T09:30Z", "2026-11-24T09:30:00Z"),
            (" 2026-11-24T00:00:00Z\n", "2026-11-24T00:00:00Z"),
        ];
        for (text, time) in times {
            assert_eq!(parse(text), Some(Time::Whole(time.parse().unwrap())), "{text}");
        }
        let noon = "2026-11-24T12:00:00Z".parse().unwrap();
        assert_eq!(parse("2026-11-24T12:00:00"), Some(Time::NoZone(noon)));
        assert_eq!(parse("2026-11-24 12:00:00.5"), Some(Time::NoZone(noon)));
        assert_eq!(parse("2026-11-24"), Some(Time::DayAlone(noon.date().start())));
    }

    #[test]
    fn numbers_and_dates_of_mail_are_times() {
        let texts = [
            "1795478400",
            "1795478400.5",
            "1795478400000",
            "Tue, 24 Nov 2026 00:00:00 +0000",
            "24 nov 2026 00:00:00 GMT",
            "Tue, 24 Nov 2026 02:00:00 +0200 (EET)",
        ];
        for text in texts {
            assert_eq!(parse(text), Some(Time::OtherForm("2026-11-24T00:00:00Z".parse().unwrap())), "{text}");
        }
        for text in [
            "20",
            "20261124",
            "17954784000000",
            "Tue, 24 Nov 2026",
            "32 Nov 2026 00:00:00 +0000",
            "1 Foo 2026 00:00:00 Z",
        ] {
            assert!(!matches!(parse(text), Some(Time::OtherForm(_))), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        let texts = [
            "",
            "yesterday",
            "2026-11-31",
            "2026-11-24T",
            "2026-11-24T9:30:00Z",
            "2026-11-24T24:01:00Z",
            "2026-11-24T00:00:61Z",
            "2026-11-24T00:00:00.Z",
            "2026-11-24T00:00:00ZZ",
            "2026-11-24T00:00:00+24:00",
            "2026-11-24T00:00:00+1:00",
            "2026-11-24T00:00:00 CET",
            "1970-01-01T00:00:00+00:01",
            "1969-12-31",
            "9999-12-31T24:00:00Z",
            "2026-11-2é",
        ];
        for text in texts {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,30}|20[0-9]{2}-[01][0-9]-[0-3][0-9][Tt ]\\PC{0,12}|2026-11-24T09:30:00\\PC{0,9}") {
            _ = parse(&text);
        }
    }
}

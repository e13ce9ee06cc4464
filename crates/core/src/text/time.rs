//! Points in time, which the host gives: core has no clock.
//!
//! A date library would do this too, and weighs 25 KiB of packed WASM for its errors and time zones; this needs neither.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds left out. In JSON: RFC 3339, UTC, to the millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

const DAY_MS: i64 = 86_400_000;

/// 9999-12-31T23:59:59.999Z: RFC 3339 has four digits for the year.
const LATEST: i64 = 253_402_300_799_999;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self(0);

    /// A point in time by its milliseconds since 1970; none before that or after the year 9999.
    pub fn from_millisecond(ms: i64) -> Option<Self> {
        (0..=LATEST).contains(&ms).then_some(Self(ms))
    }

    /// Milliseconds since 1970.
    pub fn as_millisecond(self) -> i64 {
        self.0
    }

    /// Reads an HTTP date in the form that servers must write (RFC 9110 §5.6.7), `Sun, 06 Nov 1994 08:49:37 GMT`. The two
    /// obsolete forms are none.
    pub fn from_http_date(text: &str) -> Option<Self> {
        const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
        // From a Thursday on: that was the first day.
        const WEEKDAYS: &[u8] = b"ThuFriSatSunMonTueWed";
        if text.len() != 29 {
            return None;
        }
        let (weekday, rest) = text.split_once(',')?;
        let mut parts = rest.strip_prefix(' ')?.split(' ');
        let (day, month, year, time) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let place = |names: &[u8], name: &str| names.chunks(3).position(|known| known == name.as_bytes());
        let month = place(MONTHS, month)? + 1;
        let read: Self = format!("{year}-{month:02}-{day}T{time}Z").parse().ok()?;
        let is_right_day = i64::try_from(place(WEEKDAYS, weekday)?) == Ok(read.0 / DAY_MS % 7);
        (is_right_day && parts.next() == Some("GMT") && parts.next().is_none()).then_some(read)
    }

    /// The day, in UTC.
    pub fn date(self) -> Date {
        Date(self.0 / DAY_MS)
    }
}

/// A day of the Gregorian calendar from 1970 to 9999, in UTC. In JSON: as RFC 3339 writes it, `2026-11-24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Date(i64);

impl Date {
    /// The day that many days later; the last day of 9999 where that would be past it.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        Self((self.0 + i64::from(days)).min(LATEST / DAY_MS))
    }

    /// How many days it is after another; 0 where it is not.
    pub fn days_after(self, other: Self) -> u32 {
        u32::try_from(self.0 - other.0).unwrap_or(0)
    }

    /// Its first moment.
    pub fn start(self) -> Timestamp {
        Timestamp(self.0 * DAY_MS)
    }

    /// Eight digits, `20261124`, as iCalendar and the ids of announce records have them.
    pub fn digits(self) -> String {
        self.to_string().replace('-', "")
    }

    /// Reads the first eight characters of a text as [`Date::digits`] writes them.
    pub fn from_leading_digits(text: &str) -> Option<Self> {
        let number = |from: usize, to: usize| {
            let digits = text.get(from..to).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
            digits.parse::<i64>().ok()
        };
        let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
        let days = days(year, month, day);
        (year >= 1970 && (1..=12).contains(&month) && civil(days) == (year, month, day)).then_some(Self(days))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0 / DAY_MS);
        let ms = self.0 % DAY_MS;
        let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        match ms % 1000 {
            0 => f.write_str("Z"),
            fraction => write!(f, ".{fraction:03}Z"),
        }
    }
}

/// A text that is not a point in time as this module writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimestampError;

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a time in UTC from 1970 on, like 2026-11-24T09:30:00Z")
    }
}

impl std::error::Error for TimestampError {}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads RFC 3339 in UTC, with up to three digits of a second's fraction.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        parse(text).and_then(Self::from_millisecond).ok_or(TimestampError)
    }
}

#[cfg(feature = "types")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date-time",
            "description": "A point in time from 1970 to 9999, in UTC (RFC 3339), to the millisecond at most.",
            "pattern": r"^(19[7-9]|[2-9][0-9]{2})[0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\.[0-9]{1,3})?Z$",
        })
    }
}

#[cfg(feature = "types")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date",
            "description": "A day from 1970 to 9999, in UTC (RFC 3339).",
            "pattern": "^(19[7-9]|[2-9][0-9]{2})[0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        })
    }
}

impl TryFrom<String> for Timestamp {
    type Error = TimestampError;

    fn try_from(text: String) -> Result<Self, TimestampError> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(time: Timestamp) -> Self {
        time.to_string()
    }
}

fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let is_time = (1..=12).contains(&month) && hour < 24 && minute < 60 && second < 60;
    if !is_time || !(1..=3).contains(&fraction.len()) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let days = days(year, month, day);
    // A day that the month does not have comes out as one of the next month.
    if civil(days) != (year, month, day) {
        return None;
    }
    let fraction = format!("{fraction:0<3}").parse::<i64>().ok()?;
    Some(((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction)
}

fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut read = |width| {
        let part = parts.next().filter(|part| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        part.parse::<i64>().ok()
    };
    let numbers = [read(widths[0])?, read(widths[1])?, read(widths[2])?];
    parts.next().is_none().then_some(numbers)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar. Years are counted from March, so that the leap day ends one.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day counted from 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_and_read_as_rfc_3339() {
        let times = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400_000, "2000-02-29T00:00:00Z"),
            (1_795_512_600_007, "2026-11-24T09:30:00.007Z"),
            (4_107_542_399_000, "2100-02-28T23:59:59Z"),
            (LATEST, "9999-12-31T23:59:59.999Z"),
        ];
        for (ms, text) in times {
            assert_eq!(Timestamp(ms).to_string(), text);
            assert_eq!(text.parse(), Ok(Timestamp(ms)), "{text}");
        }
        assert_eq!("2026-11-24T09:30:00.5Z".parse(), Ok(Timestamp(1_795_512_600_500)));
    }

    #[test]
    fn every_day_has_one_date() {
        let mut expected = (1970, 1, 1);
        for day in 0..LATEST / DAY_MS {
            assert_eq!(civil(day), expected);
            assert_eq!(days(expected.0, expected.1, expected.2), day);
            let leap = expected.0 % 4 == 0 && (expected.0 % 100 != 0 || expected.0 % 400 == 0);
            let length = match expected.1 {
                2 => 28 + i64::from(leap),
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            expected = match expected {
                (year, 12, 31) => (year + 1, 1, 1),
                (year, month, day) if day == length => (year, month + 1, 1),
                (year, month, day) => (year, month, day + 1),
            };
        }
    }

    #[test]
    fn days_are_counted_across_months_and_years() {
        let date = |text: &str| Date::from_leading_digits(text).expect(text);
        for (from, days, to) in [
            ("20261124", 7, "2026-12-01"),
            ("20261224", 14, "2027-01-07"),
            ("20280228", 1, "2028-02-29"),
            ("21000228", 1, "2100-03-01"),
            ("20261124", 366, "2027-11-25"),
            ("99991230", 9, "9999-12-31"),
        ] {
            assert_eq!(date(from).plus_days(days).to_string(), to);
        }
        let noon = "2026-11-24T12:00:00Z".parse::<Timestamp>().expect("a time");
        assert_eq!(noon.date().start().to_string(), "2026-11-24T00:00:00Z");
        assert_eq!(noon.date(), date(&noon.date().digits()));
    }

    #[test]
    fn what_does_not_begin_with_a_date_is_none() {
        for text in ["", "2026112", "20261131T0930", "20260001", "19691231", "2026-11-24", "+2026112", "20\u{e9}61124"]
        {
            assert_eq!(Date::from_leading_digits(text), None, "{text}");
        }
    }

    #[test]
    fn http_dates_are_read_in_the_form_that_servers_must_write() {
        for (text, time) in [
            ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59Z"),
            ("Tue, 24 Nov 2026 09:30:00 GMT", "2026-11-24T09:30:00Z"),
        ] {
            assert_eq!(Timestamp::from_http_date(text).map(|read| read.to_string()).as_deref(), Some(time), "{text}");
        }
        for text in [
            "",
            "0",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 anF 1994 08:49:37 GMT",
            "Sun, 6 Nov 1994 08:49:37.0 GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:60 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 UTC",
            "Sun, 06 Nov 1994 08:49:37 gmt",
            "Sun, 06 Nov 1969 08:49:37 GMT",
            "S\u{fc}n, 06 Nov 994 08:49:37 GMT",
            "2026-11-24T09:30:00.000000000Z",
        ] {
            assert_eq!(Timestamp::from_http_date(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_time_is_refused() {
        let texts = [
            "",
            "2026-11-24",
            "2026-11-24T09:30:00",
            "2026-11-24T09:30:00+01:00",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "1969-12-31T23:59:59Z",
            "2026-1-01T00:00:00Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00.1234Z",
            "2026-01-01T+1:00:00Z",
        ];
        for text in texts {
            assert_eq!(text.parse::<Timestamp>(), Err(TimestampError), "{text}");
        }
    }
}

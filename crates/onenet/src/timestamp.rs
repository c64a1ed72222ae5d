//! Times as OneNET writes them.

use std::fmt;

use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Duration, PrimitiveDateTime, UtcDateTime};

/// The zone of every time without one. The reference (§1.6, open points) finds no source that says so
/// for uploads; the HTTP API labels its times Beijing time.
const BEIJING: Duration = Duration::hours(8);

const T_FORM: &[BorrowedFormatItem] = format_description!(
    version = 2,
    "[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond]]]"
);
const SPACE_FORM: &[BorrowedFormatItem] = format_description!(
    version = 2,
    "[year]-[month]-[day] [hour]:[minute]:[second][optional [.[subsecond]]]"
);
const T_SECONDS: &[BorrowedFormatItem] = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
const SPACE_SECONDS: &[BorrowedFormatItem] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
const SPACE_MILLIS: &[BorrowedFormatItem] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second].[subsecond digits:3]");

/// A moment, as a Beijing clock shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(PrimitiveDateTime);

impl Default for Timestamp {
    /// The beginning of 1970 in Beijing.
    fn default() -> Self {
        Self(PrimitiveDateTime::new(time::macros::date!(1970 - 01 - 01), time::Time::MIDNIGHT))
    }
}

impl Timestamp {
    /// The moment `utc`; the last eight hours of the year 9999 become its end.
    pub fn from_utc(utc: UtcDateTime) -> Self {
        let beijing = utc.saturating_add(BEIJING);
        Self(PrimitiveDateTime::new(beijing.date(), beijing.time()))
    }

    /// The moment so many seconds after the beginning of 1970 UTC; the end of the year 9999 for all that come later.
    pub fn from_unix_seconds(seconds: u64) -> Self {
        let utc =
            i64::try_from(seconds).ok().and_then(|seconds| UtcDateTime::from_unix_timestamp(seconds).ok());
        Self::from_utc(utc.unwrap_or(UtcDateTime::MAX))
    }

    /// Seconds since the beginning of 1970 UTC, 0 before it. Fractions are left out.
    pub fn to_unix_seconds(self) -> u64 {
        let seconds = self.0.saturating_sub(BEIJING).as_utc().unix_timestamp();
        u64::try_from(seconds).unwrap_or_default()
    }

    /// What a Beijing clock shows, as it is.
    pub(crate) fn from_date_time(date_time: PrimitiveDateTime) -> Self {
        Self(date_time)
    }

    /// What a Beijing clock shows.
    pub(crate) fn date_time(self) -> PrimitiveDateTime {
        self.0
    }

    /// Reads `YYYY-MM-DDThh:mm:ss` or `YYYY-MM-DD hh:mm:ss`, either with fractions of a second.
    ///
    /// The MQTT documents print the form with a space, the HTTP API demands the one with `T`, and the
    /// much-copied script sends `T` over MQTT (reference §1.6): both are accepted. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        // The parser would take a sign.
        text.starts_with(|first: char| first.is_ascii_digit()).then_some(())?;
        PrimitiveDateTime::parse(text, T_FORM)
            .or_else(|_| PrimitiveDateTime::parse(text, SPACE_FORM))
            .ok()
            .map(Self)
    }

    /// Milliseconds since 1970 in UTC, whole ones.
    pub fn unix_millis(self) -> i64 {
        let utc = self.0.saturating_sub(BEIJING).as_utc();
        utc.unix_timestamp() * 1_000 + i64::from(utc.millisecond())
    }

    /// The moment `seconds` later, or earlier where they are negative; kept within the years 0 to 9999, which are
    /// those that a text can name.
    pub fn shifted(self, seconds: i64) -> Self {
        let first = PrimitiveDateTime::new(time::macros::date!(0000 - 01 - 01), time::Time::MIDNIGHT);
        Self(self.0.saturating_add(Duration::seconds(seconds)).max(first))
    }

    /// `2016-08-15 14:47:00`: the form that the MQTT documents print.
    pub fn to_document_text(self) -> String {
        self.write(SPACE_SECONDS)
    }

    /// `2016-08-15T14:47:00`: the form of uploads.
    pub fn to_upload_text(self) -> String {
        self.write(T_SECONDS)
    }

    fn write(self, form: &[BorrowedFormatItem]) -> String {
        self.0.format(&form).expect("the forms name nothing that a date with a time lacks")
    }
}

impl fmt::Display for Timestamp {
    /// `2016-08-15 14:47:00.000`: the form in which the platform answers (reference §1.9).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write(SPACE_MILLIS))
    }
}

#[cfg(test)]
mod tests {
    use time::macros::utc_datetime;

    use super::*;

    #[test]
    fn counts_milliseconds_as_unix_does() {
        assert_eq!(Timestamp::default().unix_millis(), -28_800_000);
        let time = Timestamp::parse("2018-04-23 09:58:42.123").unwrap();
        assert_eq!(time.unix_millis(), 1_524_448_722_123);
        assert_eq!(Timestamp::parse("0000-01-01T00:00:00").unwrap().unix_millis() % 1_000, 0);
    }

    #[test]
    fn counts_seconds_as_tokens_do() {
        let time = Timestamp::from_utc(utc_datetime!(2016-08-15 06:47:00.9));
        assert_eq!(time.to_unix_seconds(), 1_471_243_620);
        assert_eq!(Timestamp::from_unix_seconds(1_471_243_620).to_document_text(), "2016-08-15 14:47:00");
        assert_eq!(Timestamp::default().to_unix_seconds(), 0, "eight hours before the first second");
        assert_eq!(Timestamp::from_unix_seconds(u64::MAX).to_document_text(), "9999-12-31 23:59:59");
    }

    #[test]
    fn reads_both_spellings_as_beijing_time() {
        let time = Timestamp::from_utc(utc_datetime!(2016-08-15 06:47:00));
        assert_eq!(Timestamp::parse("2016-08-15T14:47:00"), Some(time));
        assert_eq!(Timestamp::parse("2016-08-15 14:47:00"), Some(time));
        assert_eq!(Timestamp::parse("2016-08-15 14:47:00.000"), Some(time));
        assert_eq!(time.to_string(), "2016-08-15 14:47:00.000");
        assert_eq!(time.to_upload_text(), "2016-08-15T14:47:00");
    }

    #[test]
    fn moves_over_the_ends_of_days_and_of_time() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        assert_eq!(at("2016-12-31T23:59:59").shifted(1), at("2017-01-01T00:00:00"));
        assert_eq!(at("2016-03-01 00:00:00.250").shifted(-1), at("2016-02-29 23:59:59.250"));
        assert_eq!(at("9999-12-31T23:59:58").shifted(60).to_string(), "9999-12-31 23:59:59.999");
        assert_eq!(at("0001-01-01T00:00:00").shifted(-i64::from(u32::MAX)), at("0000-01-01T00:00:00"));
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "now",
            "2016-08-15",
            "2016-13-15T14:47:00",
            "2016-08-15T14:47:00Z",
            "15:00",
            "+2016-08-15T14:47:00",
            "-2016-08-15T14:47:00",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_the_ends_of_time() {
        assert_eq!(Timestamp::from_utc(UtcDateTime::MAX).to_string(), "9999-12-31 23:59:59.999");
        assert_eq!(Timestamp::from_utc(UtcDateTime::MIN).to_string(), "-9999-01-01 08:00:00.000");
    }
}

//! The time that types 6 and 7 carry in front of their data.

use std::fmt;

use time::{Date, Month, PrimitiveDateTime, Time};

use crate::timestamp::Timestamp;

/// A time in six bytes, to the second (reference §1.6).
///
/// ```text
/// byte   0          1        2        3        4        5
///      ┌──────────┬────────┬────────┬────────┬────────┬────────┐
///      │ year     │ month  │ day    │ hour   │ minute │ second │
///      │ - 2000   │ 1 … 12 │ 1 … 31 │ 0 … 23 │ 0 … 59 │ 0 … 59 │
///      └──────────┴────────┴────────┴────────┴────────┴────────┘
/// ```
///
/// Always a day that exists: the sister protocol EDP closes the connection on a bad one, and what is bad
/// no source says. The zone is unknown: the SDK fills the bytes with UTC, everything else on the platform
/// is Beijing time (§1.6, open points). Here it is Beijing time, as every time without a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortTime(PrimitiveDateTime);

impl ShortTime {
    /// Reads the six bytes.
    ///
    /// # Errors
    ///
    /// The first byte that is no part of a time.
    pub fn from_bytes(bytes: [u8; 6]) -> Result<Self, ShortTimeError> {
        let [year, month_number, day, hour, minute, second] = bytes;
        let check = |part, found, min, max| {
            if (min..=max).contains(&found) { Ok(()) } else { Err(ShortTimeError { part, found, min, max }) }
        };
        let year = FIRST_YEAR + i32::from(year);
        let month = Month::try_from(month_number).map_err(|_| ShortTimeError {
            part: TimePart::Month,
            found: month_number,
            min: 1,
            max: 12,
        })?;
        check(TimePart::Day, day, 1, month.length(year))?;
        check(TimePart::Hour, hour, 0, 23)?;
        check(TimePart::Minute, minute, 0, 59)?;
        check(TimePart::Second, second, 0, 59)?;
        let date = Date::from_calendar_date(year, month, day).expect("the day is one of its month");
        let time = Time::from_hms(hour, minute, second).expect("hour, minute and second are in range");
        Ok(Self(PrimitiveDateTime::new(date, time)))
    }

    /// The second in which `timestamp` lies, `None` outside the years 2000 to 2255.
    pub fn from_timestamp(timestamp: Timestamp) -> Option<Self> {
        let whole = timestamp.date_time().replace_nanosecond(0).ok()?;
        u8::try_from(whole.year() - FIRST_YEAR).ok()?;
        Some(Self(whole))
    }

    /// The moment it names.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_date_time(self.0)
    }

    /// The six bytes.
    pub fn to_bytes(self) -> [u8; 6] {
        let year =
            u8::try_from(self.0.year() - FIRST_YEAR).expect("both constructors keep the year in range");
        [year, self.0.month().into(), self.0.day(), self.0.hour(), self.0.minute(), self.0.second()]
    }
}

impl fmt::Display for ShortTime {
    /// `2016-12-22 22:22:22`: the spelling of the MQTT documents.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.0.date(), self.0.time());
        write!(f, "{date} {:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())
    }
}

/// The year that is byte 0.
const FIRST_YEAR: i32 = 2_000;

/// A part of a [`ShortTime`] that can be wrong, in the order of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimePart {
    /// Byte 1.
    Month,
    /// Byte 2.
    Day,
    /// Byte 3.
    Hour,
    /// Byte 4.
    Minute,
    /// Byte 5.
    Second,
}

impl TimePart {
    /// Its place among the six bytes.
    pub fn offset(self) -> usize {
        match self {
            Self::Month => 1,
            Self::Day => 2,
            Self::Hour => 3,
            Self::Minute => 4,
            Self::Second => 5,
        }
    }
}

impl fmt::Display for TimePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Month => "month",
            Self::Day => "day",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
        })
    }
}

/// Six bytes that are no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{part} of the time is {found}, expected {min} to {max}")]
pub struct ShortTimeError {
    /// The part at fault.
    pub part: TimePart,
    /// The byte it has.
    pub found: u8,
    /// The least it may be.
    pub min: u8,
    /// The most it may be; for days, in that month.
    pub max: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_the_documents_example() {
        let time = ShortTime::from_bytes([16, 12, 22, 22, 22, 22]).unwrap();
        assert_eq!(time.to_string(), "2016-12-22 22:22:22");
        assert_eq!(Some(time.timestamp()), Timestamp::parse("2016-12-22 22:22:22"));
        assert_eq!(time.to_bytes(), [16, 12, 22, 22, 22, 22]);
    }

    #[test]
    fn drops_what_six_bytes_cannot_say() {
        let short = |text| ShortTime::from_timestamp(Timestamp::parse(text).unwrap());
        assert_eq!(short("2016-12-22 22:22:22.999"), short("2016-12-22T22:22:22"));
        assert_eq!(short("2255-12-31 23:59:59").unwrap().to_bytes(), [255, 12, 31, 23, 59, 59]);
        assert_eq!(short("2256-01-01 00:00:00"), None);
        assert_eq!(short("1999-12-31 23:59:59"), None);
    }

    #[test]
    fn names_the_part_that_is_no_time() {
        let problem = |bytes| ShortTime::from_bytes(bytes).unwrap_err().to_string();
        assert_eq!(problem([16, 13, 1, 0, 0, 0]), "month of the time is 13, expected 1 to 12");
        assert_eq!(problem([16, 2, 30, 0, 0, 0]), "day of the time is 30, expected 1 to 29");
        assert_eq!(problem([16, 2, 0, 0, 0, 0]), "day of the time is 0, expected 1 to 29");
        assert_eq!(problem([16, 2, 1, 24, 0, 0]), "hour of the time is 24, expected 0 to 23");
        assert_eq!(problem([16, 2, 1, 0, 60, 0]), "minute of the time is 60, expected 0 to 59");
        assert_eq!(problem([16, 2, 1, 0, 0, 60]), "second of the time is 60, expected 0 to 59");
    }
}

//! A span of time: `start`, `end`, `duration`, any of them left out.

use onenet::Timestamp;
use time::format_description::BorrowedFormatItem;
use time::macros::{datetime, format_description};
use time::{Duration, PrimitiveDateTime};

use super::answer::Failure;
use super::request::Parameters;

/// As [`Timestamp`] writes itself.
const MILLIS: &[BorrowedFormatItem] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second].[subsecond digits:3]");

const FIRST: PrimitiveDateTime = datetime!(0000-01-01 00:00:00);

/// A span of time, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: Option<Timestamp>,
    pub(super) end: Option<Timestamp>,
}

impl Span {
    /// Reads `start`, `end` and `duration` in seconds: behind `start`, before `end`, or before `now`.
    pub(super) fn read(parameters: &Parameters, now: Timestamp) -> Result<Self, Failure> {
        let (start, end) = (parameters.time("start")?, parameters.time("end")?);
        let duration = parameters.number("duration", 1..=u32::MAX)?.map(i64::from);
        match (start, end, duration) {
            (Some(start), Some(end), _) if start > end => Err(Failure::InvalidParameter(
                "start is later than end, expected the earlier one as start".to_owned(),
            )),
            (_, _, None) => Ok(Self { start, end }),
            (Some(start), None, Some(duration)) => {
                Ok(Self { start: Some(start), end: Some(shifted(start, duration)) })
            }
            (None, Some(end), Some(duration)) => {
                Ok(Self { start: Some(shifted(end, -duration)), end: Some(end) })
            }
            (None, None, Some(duration)) => Ok(Self { start: Some(shifted(now, -duration)), end: None }),
            (Some(_), Some(_), Some(_)) => Err(Failure::InvalidParameter(
                "duration stands beside start and end, expected at most two of the three".to_owned(),
            )),
        }
    }

    pub(super) fn contains(self, at: Timestamp) -> bool {
        self.start.is_none_or(|start| start <= at) && self.end.is_none_or(|end| at <= end)
    }

    /// Whether it has neither end.
    pub(super) fn is_everything(self) -> bool {
        self.start.is_none() && self.end.is_none()
    }
}

/// `seconds` later, to the millisecond, between the years 0 and 9999: [`Timestamp`] reads no others.
fn shifted(at: Timestamp, seconds: i64) -> Timestamp {
    let shift = || {
        let date_time = PrimitiveDateTime::parse(&at.to_string(), MILLIS).ok()?;
        let moved = date_time.saturating_add(Duration::seconds(seconds)).max(FIRST);
        Timestamp::parse(&moved.format(MILLIS).ok()?)
    };
    // Never `None`: what a timestamp writes, it reads.
    shift().unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_over_the_ends_of_days_and_of_time() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        assert_eq!(shifted(at("2016-12-31T23:59:59"), 1), at("2017-01-01T00:00:00"));
        assert_eq!(shifted(at("2016-03-01 00:00:00.250"), -1), at("2016-02-29 23:59:59.250"));
        assert_eq!(shifted(at("9999-12-31T23:59:58"), 60), at("9999-12-31 23:59:59.999"));
        assert_eq!(shifted(at("0001-01-01T00:00:00"), -i64::from(u32::MAX)), at("0000-01-01T00:00:00"));
    }
}

//! A span of time: `start`, `end`, `duration`, any of them left out.

use onenet::Timestamp;

use super::answer::Failure;
use super::request::Parameters;

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
                Ok(Self { start: Some(start), end: Some(start.shifted(duration)) })
            }
            (None, Some(end), Some(duration)) => {
                Ok(Self { start: Some(end.shifted(-duration)), end: Some(end) })
            }
            (None, None, Some(duration)) => Ok(Self { start: Some(now.shifted(-duration)), end: None }),
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

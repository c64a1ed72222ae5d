//! Type 7: single-precision floats of numbered data streams (reference §1.6).

use super::super::error::{DecodeError, DecodeProblem, PayloadPart};
use super::cursor::Cursor;
use super::short_time::ShortTime;
use crate::data_point::{DataPoint, StreamId, Value};

/// The content of a payload of type 7 behind its type byte: good by construction.
///
/// ```text
/// byte   0        1 … 6    7         8    9        10   11 …
///      ┌────────┬────────┬──────────────┬─────────────┬──────────────────┬───────
///      │ 0x87   │ time   │ number,      │ count,      │ count × f32 LE   │ more
///      │        │        │ u16 BE       │ u16 BE      │                  │ runs …
///      └────────┴────────┴──────────────┴─────────────┴──────────────────┴───────
///        0x07 has no time
/// ```
///
/// There is no length: runs follow each other until the payload ends, and there is at least one. A run has
/// 1 to 500 floats, a message at most 500; the documents give the limit once and do not say for which.
/// They have numbers begin at 1, but the SDK's own sample sends 0: every number is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floats {
    time: Option<ShortTime>,
    runs: Vec<FloatRun>,
}

/// One run: a number and the floats that belong to it.
#[derive(Debug, Clone)]
pub struct FloatRun {
    /// The data stream of the first float.
    pub number: u16,
    /// The floats. What the second and all after it belong to, see [`FloatReading`].
    pub values: Vec<f32>,
}

impl PartialEq for FloatRun {
    /// Bit by bit: NaN is the same NaN, and -0 is not 0.
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
            && self.values.iter().map(|value| value.to_bits()).eq(other.values.iter().map(|v| v.to_bits()))
    }
}

impl Eq for FloatRun {}

/// What the floats of one run are. The sources disagree (§1.6, open points); the bytes are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FloatReading {
    /// One value each of the streams `number`, `number + 1` …, as the official document's words read: it
    /// calls the number "stream name" and the count "number of streams".
    #[default]
    ConsecutiveStreams,
    /// All of them values of the stream `number`, as the SDK's sample reads: two floats "dps" under one
    /// "ds_name".
    OneStream,
}

/// The most floats of a run, and of a message.
const MAX_FLOATS: usize = 500;

impl Floats {
    pub(super) fn new(time: Option<ShortTime>, runs: Vec<FloatRun>) -> Result<Self, FloatsError> {
        if runs.is_empty() {
            return Err(FloatsError::NoRuns);
        }
        for (index, run) in runs.iter().enumerate() {
            if !(1..=MAX_FLOATS).contains(&run.values.len()) {
                return Err(FloatsError::Count { run: index, count: run.values.len() });
            }
        }
        let count = runs.iter().map(|run| run.values.len()).sum();
        if count > MAX_FLOATS {
            return Err(FloatsError::TooMany { count });
        }
        Ok(Self { time, runs })
    }

    pub(super) fn decode(time: Option<ShortTime>, mut cursor: Cursor<'_>) -> Result<Self, DecodeError> {
        let mut runs = Vec::new();
        let mut total = 0;
        loop {
            let count_start = cursor.offset() + 2;
            let [n0, n1, c0, c1] = cursor.array(PayloadPart::RunHead)?;
            let number = u16::from_be_bytes([n0, n1]);
            let count = usize::from(u16::from_be_bytes([c0, c1]));
            let wrong = |problem| Err(DecodeError::new(count_start, problem));
            if !(1..=MAX_FLOATS).contains(&count) {
                return wrong(DecodeProblem::RunCount { found: count, limit: MAX_FLOATS });
            }
            total += count;
            if total > MAX_FLOATS {
                return wrong(DecodeProblem::TooManyFloats { found: total, limit: MAX_FLOATS });
            }
            let mut values = Vec::with_capacity(count);
            let (floats, _) = cursor.slice(PayloadPart::RunFloats, 4 * count)?.as_chunks();
            values.extend(floats.iter().map(|float| f32::from_le_bytes(*float)));
            runs.push(FloatRun { number, values });
            if cursor.rest().is_empty() {
                return Ok(Self { time, runs });
            }
        }
    }

    /// The runs as bytes.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut encoded = Vec::new();
        for run in &self.runs {
            let count = u16::try_from(run.values.len()).expect("no constructor takes a longer run");
            encoded.extend_from_slice(&run.number.to_be_bytes());
            encoded.extend_from_slice(&count.to_be_bytes());
            encoded.extend(run.values.iter().flat_map(|value| value.to_le_bytes()));
        }
        encoded
    }

    /// The time of all its floats, if it carries one.
    pub fn time(&self) -> Option<ShortTime> {
        self.time
    }

    /// Its runs, never none.
    pub fn runs(&self) -> &[FloatRun] {
        &self.runs
    }

    /// What it uploads, in the order of the bytes. Streams are called by their number in decimal, as the
    /// sister protocol EDP says; a run that goes past 65,535 goes on counting.
    pub fn points(&self, reading: FloatReading) -> Vec<DataPoint> {
        let at = self.time.map(|time| time.to_string());
        let mut points = Vec::new();
        for run in &self.runs {
            for (index, value) in run.values.iter().enumerate() {
                let number = usize::from(run.number)
                    + match reading {
                        FloatReading::ConsecutiveStreams => index,
                        FloatReading::OneStream => 0,
                    };
                let (stream, value) = (StreamId::from_number(number), Value::from_f32(*value));
                points.push(DataPoint { stream, at: at.clone(), value });
            }
        }
        points
    }
}

/// Floats that type 7 cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FloatsError {
    /// Nothing to upload.
    #[error("there is no run of floats")]
    NoRuns,
    /// A run without floats, or with too many.
    #[error("run {run} has {count} floats, expected 1 to {MAX_FLOATS}")]
    Count {
        /// The run's place, counted from 0.
        run: usize,
        /// How many floats it has.
        count: usize,
    },
    /// More than a message may have.
    #[error("message has {count} floats, the limit is {MAX_FLOATS}")]
    TooMany {
        /// How many all runs have.
        count: usize,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(floats: &Floats, reading: FloatReading) -> Vec<String> {
        let told = |point: &DataPoint| format!("{}={}", point.stream, point.value);
        floats.points(reading).iter().map(told).collect()
    }

    #[test]
    fn reads_a_run_both_ways() {
        let runs = vec![
            FloatRun { number: 0, values: vec![34.0, -20.3] },
            FloatRun { number: 9, values: vec![0.5] },
        ];
        let floats = Floats::new(None, runs).unwrap();
        assert_eq!(told(&floats, FloatReading::ConsecutiveStreams), ["0=34.0", "1=-20.3", "9=0.5"]);
        assert_eq!(told(&floats, FloatReading::OneStream), ["0=34.0", "0=-20.3", "9=0.5"]);
        assert_eq!(FloatReading::default(), FloatReading::ConsecutiveStreams);
    }

    #[test]
    fn goes_on_counting_past_the_last_number() {
        let runs = vec![FloatRun { number: 65_535, values: vec![1.0, f32::NAN] }];
        let floats = Floats::new(None, runs).unwrap();
        assert_eq!(told(&floats, FloatReading::default()), ["65535=1.0", r#"65536="NaN""#]);
    }

    #[test]
    fn takes_no_more_than_a_message_may_have() {
        let run = |count| FloatRun { number: 1, values: vec![0.0; count] };
        let problem = |runs| Floats::new(None, runs).unwrap_err().to_string();
        assert_eq!(problem(vec![]), "there is no run of floats");
        assert_eq!(problem(vec![run(1), run(0)]), "run 1 has 0 floats, expected 1 to 500");
        assert_eq!(problem(vec![run(501)]), "run 0 has 501 floats, expected 1 to 500");
        assert_eq!(problem(vec![run(250), run(251)]), "message has 501 floats, the limit is 500");
        assert!(Floats::new(None, vec![run(250), run(250)]).is_ok());
    }
}

//! From fields to a payload of `$dp`, one way for each payload type (reference §1.6).

use onenet::legacy::{
    BinaryError, Delimiters, DelimitersError, FloatRun, FloatsError, Payload, PayloadTooLong, PayloadType,
    ShortTime, TextError, TextField, TimedSimpleJsonError,
};
use onenet::{DataPoint, StreamId, Timestamp, Value};

use super::problem::{UploadField, UploadProblem};
use super::typed::{Row, Run, UploadForm, collect};

type Problem = (UploadField, UploadProblem);
type Problems = Vec<Problem>;

impl UploadForm {
    /// The data points that the fields say, as their payload type writes them.
    pub(super) fn data_points(&self, now: Timestamp) -> Result<Payload, Problems> {
        match self.payload_type {
            PayloadType::FullJson => {
                let points = self.points(|| Some(now.to_upload_text()))?;
                Payload::full_json(&points).map_err(|error| self.too_long(error))
            }
            PayloadType::SimpleJson => {
                let points = self.points(|| None)?;
                let repeats = |(index, point): &(usize, &DataPoint)| {
                    points[..*index].iter().any(|earlier| earlier.stream == point.stream)
                };
                if let Some((index, _)) = points.iter().enumerate().find(repeats) {
                    return Err(vec![(UploadField::Stream(index), UploadProblem::RepeatedStream)]);
                }
                Payload::simple_json(&points).map_err(|error| self.too_long(error))
            }
            PayloadType::TimedSimpleJson => {
                // The documents spell the times of this type with a space.
                let points = self.points(|| Some(now.to_document_text()))?;
                Payload::timed_simple_json(&points).map_err(|error| self.timed_problem(error))
            }
            PayloadType::Text => Payload::text(self.delimiters()?, &self.text_fields()?)
                .map_err(|error| self.text_problem(error)),
            PayloadType::TimedText => {
                Payload::timed_text(self.time()?, self.delimiters()?, &self.text_fields()?)
                    .map_err(|error| self.text_problem(error))
            }
            PayloadType::Floats => {
                let runs = collect(self.runs.iter().enumerate().map(|(index, run)| run.parse(index)))?;
                Payload::floats(self.time()?, runs).map_err(floats_problem)
            }
            PayloadType::Binary => self.binary_payload(),
        }
    }

    fn points(&self, now: impl Fn() -> Option<String>) -> Result<Vec<DataPoint>, Problems> {
        collect(self.rows.iter().enumerate().map(|(index, row)| row.point(index, &now)))
    }

    fn text_fields(&self) -> Result<Vec<TextField>, Problems> {
        collect(self.rows.iter().enumerate().map(|(index, row)| row.text_field(index)))
    }

    fn delimiters(&self) -> Result<Delimiters, Problems> {
        let one = |text: &str| {
            let mut characters = text.chars();
            // More than one character is as wrong as none.
            characters.next().filter(|_| characters.next().is_none())
        };
        let problem = |field| (field, UploadProblem::OneCharacter);
        let (inside, between) = match (one(&self.inside), one(&self.between)) {
            (Some(inside), Some(between)) => (inside, between),
            (inside, between) => {
                let inside = inside.is_none().then(|| problem(UploadField::Inside));
                let between = between.is_none().then(|| problem(UploadField::Between));
                return Err(inside.into_iter().chain(between).collect());
            }
        };
        Delimiters::new(inside, between).map_err(|error| {
            let field = match error {
                DelimitersError::NotAscii { found } if found == inside => UploadField::Inside,
                DelimitersError::NotAscii { .. } | DelimitersError::Equal { .. } => UploadField::Between,
            };
            vec![(field, UploadProblem::Separators(error))]
        })
    }

    /// The six-byte time, if one is typed.
    fn time(&self) -> Result<Option<ShortTime>, Problems> {
        let text = self.time.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let problem = match Timestamp::parse(text).map(ShortTime::from_timestamp) {
            Some(Some(time)) => return Ok(Some(time)),
            Some(None) => UploadProblem::ShortTime,
            None => UploadProblem::Time,
        };
        Err(vec![(UploadField::Time, problem)])
    }

    fn text_problem(&self, error: TextError) -> Problems {
        vec![match error {
            TextError::Separator { field, part, found } => {
                let at = match part {
                    onenet::legacy::FieldPart::Stream => UploadField::Stream(field),
                    onenet::legacy::FieldPart::Time => UploadField::At(field),
                    onenet::legacy::FieldPart::Value => UploadField::Value(field),
                };
                (at, UploadProblem::HoldsSeparator { part, found })
            }
            TextError::EmptyValue { field } => (UploadField::Value(field), UploadProblem::Empty),
            TextError::TooLong(error) => return self.too_long(error),
        }]
    }

    /// Said at the longest of the fields: that is the one to shorten.
    fn too_long(&self, PayloadTooLong { length }: PayloadTooLong) -> Problems {
        let fields = self.rows.iter().enumerate().flat_map(|(index, row)| {
            [(row.stream.len(), UploadField::Stream(index)), (row.value.len(), UploadField::Value(index))]
        });
        let longest = fields.max_by_key(|(length, _)| *length);
        longest.map(|(_, field)| (field, UploadProblem::TooLong { length })).into_iter().collect()
    }

    fn timed_problem(&self, error: TimedSimpleJsonError) -> Problems {
        match error {
            TimedSimpleJsonError::NoTime { point } => vec![(UploadField::At(point), UploadProblem::Time)],
            TimedSimpleJsonError::Repeated { point } => {
                vec![(UploadField::At(point), UploadProblem::Repeated)]
            }
            TimedSimpleJsonError::TooLong(error) => self.too_long(error),
        }
    }

    fn binary_payload(&self) -> Result<Payload, Problems> {
        let form = &self.binary;
        let stream =
            StreamId::parse(&form.stream).map_err(|_| (UploadField::BinaryStream, UploadProblem::Empty));
        let at = match form.at.trim() {
            "" => Ok(None),
            text if Timestamp::parse(text).is_some() => Ok(Some(text)),
            _ => Err((UploadField::BinaryAt, UploadProblem::Time)),
        };
        let file = form.file.as_ref().ok_or((UploadField::File, UploadProblem::Empty));
        let (stream, at, file) = match (stream, at, file) {
            (Ok(stream), Ok(at), Ok(file)) => (stream, at, file),
            (stream, at, file) => {
                return Err([stream.err(), at.err(), file.err()].into_iter().flatten().collect());
            }
        };
        let description = match form.description.trim() {
            "" => None,
            // An object as it is; anything else is a text, whatever JSON it may look like.
            text if text.starts_with('{') => Some(Value::from_text(text)),
            text => Some(Value::string(text)),
        };
        Payload::binary(&stream, at, description.as_ref(), file.bytes.to_vec()).map_err(|error| {
            let at = match error {
                BinaryError::Desc { .. } | BinaryError::HeaderTooLong { .. } => UploadField::Description,
                BinaryError::TooLong { .. } => UploadField::File,
            };
            vec![(at, UploadProblem::Binary(error))]
        })
    }
}

impl Row {
    fn point(&self, index: usize, now: impl Fn() -> Option<String>) -> Result<DataPoint, Problems> {
        let stream =
            StreamId::parse(&self.stream).map_err(|_| (UploadField::Stream(index), UploadProblem::Empty));
        let value = self.required_value(index).map(Value::from_text);
        let at = match (self.at.trim(), now()) {
            // A type without times shows no field for one.
            (_, None) => Ok(None),
            ("", now) => Ok(now),
            (text, _) if Timestamp::parse(text).is_some() => Ok(Some(text.to_owned())),
            (_, _) => Err((UploadField::At(index), UploadProblem::Time)),
        };
        match (stream, value, at) {
            (Ok(stream), Ok(value), Ok(at)) => Ok(DataPoint { stream, at, value }),
            (stream, value, at) => Err([stream.err(), value.err(), at.err()].into_iter().flatten().collect()),
        }
    }

    fn text_field(&self, index: usize) -> Result<TextField, Problems> {
        let value = self.required_value(index).map_err(|problem| vec![problem])?.to_owned();
        match (StreamId::parse(&self.stream), self.at.trim()) {
            (Ok(stream), "") => Ok(TextField::Named { stream, value }),
            (Ok(stream), at) if Timestamp::parse(at).is_some() => {
                Ok(TextField::Timed { stream, at: at.to_owned(), value })
            }
            (Ok(_), _) => Err(vec![(UploadField::At(index), UploadProblem::Time)]),
            (Err(_), "") => Ok(TextField::Numbered { value }),
            // A time stands between a stream and a value: without the stream there is no place for it.
            (Err(_), _) => Err(vec![(UploadField::Stream(index), UploadProblem::Empty)]),
        }
    }

    pub(super) fn required_value(&self, index: usize) -> Result<&str, Problem> {
        match self.value.as_str() {
            "" => Err((UploadField::Value(index), UploadProblem::Empty)),
            value => Ok(value),
        }
    }
}

impl Run {
    fn parse(&self, index: usize) -> Result<FloatRun, Problems> {
        let number = self.number.trim().parse();
        let number = number.map_err(|_| (UploadField::Number(index), UploadProblem::Number));
        let texts = self.values.split([',', ' ', '\n', '\t', '，']).filter(|text| !text.is_empty());
        let values: Result<Vec<f32>, Problem> = texts
            .map(|text| {
                let problem =
                    || (UploadField::Floats(index), UploadProblem::Float { found: text.to_owned() });
                // What is too large for a float would silently become infinite.
                text.parse().ok().filter(|value: &f32| value.is_finite()).ok_or_else(problem)
            })
            .collect();
        match (number, values) {
            (Ok(number), Ok(values)) => Ok(FloatRun { number, values }),
            (number, values) => Err([number.err(), values.err()].into_iter().flatten().collect()),
        }
    }
}

fn floats_problem(error: FloatsError) -> Problems {
    vec![match error {
        FloatsError::NoRuns => (UploadField::Floats(0), UploadProblem::Empty),
        FloatsError::Count { run, count: 0 } => (UploadField::Floats(run), UploadProblem::Empty),
        FloatsError::Count { run, count } => {
            (UploadField::Floats(run), UploadProblem::TooManyFloats { count })
        }
        FloatsError::TooMany { count } => (UploadField::Floats(0), UploadProblem::TooManyFloats { count }),
    }]
}

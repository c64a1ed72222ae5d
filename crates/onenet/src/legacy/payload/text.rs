//! Types 5 and 6: text with separators of its own choice (reference §1.6).

use super::super::error::{DecodeError, DecodeProblem, MAX_BODY, PayloadTooLong};
use super::field::{Delimiters, DelimitersError, TextError, TextField};
use super::short_time::ShortTime;
use crate::data_point::{DataPoint, StreamId, Value};

/// The text of a payload of type 5 or 6: good by construction, and exactly as it was written.
///
/// ```text
/// byte   0        1        2        3        4         5 …
///      ┌────────┬─────────────────┬────────┬─────────┬──────────
///      │ type 5 │ length, u16 BE  │ inside │ between │ fields …
///      └────────┴─────────────────┴────────┴─────────┴──────────
///
/// byte   0        1 … 6    7        8        9        10        11 …
///      ┌────────┬────────┬─────────────────┬────────┬─────────┬──────────
///      │ 0x86   │ time   │ length, u16 BE  │ inside │ between │ fields …
///      └────────┴────────┴─────────────────┴────────┴─────────┴──────────
///        0x06 has no time
///
/// #@temperature#2015-03-22 22:31:12#22.5@102@pm2.5#89@10
///    temperature = 22.5 at its time, "1" = 102, pm2.5 = 89, "3" = 10
/// ```
///
/// | field | is | source |
/// |---|---|---|
/// | `value` | of the stream called after its place, counted from 0 over all fields | official |
/// | `id,value` | of the stream `id` | official |
/// | `id,time,value` | of the stream `id` at `time` | official |
/// | `id,,value` | as `id,value` | 2015 text only |
/// | empty id or empty value | skipped; its place still counts | 2015 text only |
/// | more than two inner separators | refused | 2015 text only |
/// | a time that cannot be read | the time of arrival, also where type 6 has a default | 2015 text only |
///
/// Values are JSON strings, `"22.5"`: the text of 2015 stores them as strings, and no other says what they
/// become. Separators are one byte each and must be ASCII, the rest UTF-8: no source says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    delimiters: Delimiters,
    body: String,
    /// The points with their own times.
    points: Vec<DataPoint>,
}

impl Text {
    pub(super) fn new(delimiters: Delimiters, fields: &[TextField]) -> Result<Self, TextError> {
        let fields: Vec<String> = fields
            .iter()
            .enumerate()
            .map(|(index, field)| field.write(index, delimiters))
            .collect::<Result<_, _>>()?;
        let (inside, between) = (delimiters.inside(), delimiters.between());
        let body = format!("{inside}{between}{}", fields.join(between.encode_utf8(&mut [0; 4])));
        if body.len() > MAX_BODY {
            return Err(PayloadTooLong { length: body.len() }.into());
        }
        Ok(Self::parse(&body).expect("`TextField::write` lets nothing wrong in"))
    }

    /// Takes a text as somebody wrote it, its two separators first, byte for byte.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks. Offsets count from the first separator.
    pub fn parse(body: &str) -> Result<Self, DecodeError> {
        if body.len() > MAX_BODY {
            return Err(DecodeError::new(MAX_BODY, DecodeProblem::TooLong { length: body.len() }));
        }
        let delimiters = read_delimiters(body)?;
        let mut points = Vec::new();
        let mut offset = 2;
        for (place, field) in body[offset..].split(delimiters.between()).enumerate() {
            let point =
                read_field(place, field, delimiters.inside()).map_err(|error| error.behind(offset))?;
            points.extend(point);
            offset += field.len() + 1;
        }
        Ok(Self { delimiters, body: body.to_owned(), points })
    }

    /// Its separators.
    pub fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// The text after the length, as it was written, its two separators first.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What it uploads, in the order of the text; `default` is the time of those that have none.
    pub fn points(&self, default: Option<ShortTime>) -> Vec<DataPoint> {
        let default = default.map(|time| time.to_string());
        let with_default = |point: DataPoint| DataPoint { at: point.at.or_else(|| default.clone()), ..point };
        self.points.iter().cloned().map(with_default).collect()
    }
}

fn read_delimiters(body: &str) -> Result<Delimiters, DecodeError> {
    let mut characters = body.chars();
    let (Some(inside), Some(between)) = (characters.next(), characters.next()) else {
        let found = body.chars().count();
        return Err(DecodeError::new(body.len(), DecodeProblem::NoSeparators { found }));
    };
    Delimiters::new(inside, between).map_err(|error| match error {
        DelimitersError::NotAscii { found } => {
            let offset = if found == inside { 0 } else { 1 };
            DecodeError::new(offset, DecodeProblem::SeparatorNotAscii { found })
        }
        DelimitersError::Equal { found } => DecodeError::new(1, DecodeProblem::EqualSeparators { found }),
    })
}

/// The data point of a field, `None` where the field is skipped. Offsets count from the field.
fn read_field(place: usize, field: &str, inside: char) -> Result<Option<DataPoint>, DecodeError> {
    let parts: Vec<&str> = field.split(inside).collect();
    let (stream, at, value) = match parts[..] {
        [value] => (StreamId::from_number(place), None, value),
        [id, value] => match StreamId::parse(id) {
            Ok(stream) => (stream, None, value),
            Err(_) => return Ok(None),
        },
        [id, at, value] => match StreamId::parse(id) {
            Ok(stream) => (stream, Some(at.to_owned()).filter(|at| !at.is_empty()), value),
            Err(_) => return Ok(None),
        },
        _ => {
            let third = field.match_indices(inside).nth(2).map_or(0, |(offset, _)| offset);
            let problem = DecodeProblem::TooManyParts { field: place, found: parts.len() };
            return Err(DecodeError::new(third, problem));
        }
    };
    if value.is_empty() {
        return Ok(None);
    }
    Ok(Some(DataPoint { stream, at, value: Value::string(value) }))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(body: &str, expected: Expect) {
        let told = match Text::parse(body) {
            Ok(text) => {
                let told = |point: DataPoint| {
                    let at = point.at.map(|at| format!(" at {at}")).unwrap_or_default();
                    format!("{} = {}{at}\n", point.stream, point.value)
                };
                text.points(None).into_iter().map(told).collect()
            }
            Err(error) => format!("{error}\n"),
        };
        expected.assert_eq(&told);
    }

    #[test]
    fn reads_the_documents_example() {
        check(
            "#@temperature#2015-03-22 22:31:12#22.5@102@pm2.5#89@10",
            expect![[r#"
                temperature = "22.5" at 2015-03-22 22:31:12
                1 = "102"
                pm2.5 = "89"
                3 = "10"
            "#]],
        );
    }

    #[test]
    fn reads_the_edges_as_the_text_of_2015_says() {
        check(
            ",;a,,1;,2;,,3;b,;;4;c,noon,5;",
            expect![[r#"
                a = "1"
                5 = "4"
                c = "5" at noon
            "#]],
        );
        check(",;", expect![""]);
        check(",;,,,x", expect!["field 0 has 4 parts, expected at most 3: stream, time, value at byte 4\n"]);
        check(
            ",;温,1;a,b,c,d,e",
            expect!["field 1 has 5 parts, expected at most 3: stream, time, value at byte 13\n"],
        );
    }

    #[test]
    fn refuses_separators_that_separate_nothing() {
        check("", expect!["expected two separators, found 0 characters at byte 0\n"]);
        check("#", expect!["expected two separators, found 1 characters at byte 1\n"]);
        check("##a", expect!["both separators are '#', expected two different ones at byte 1\n"]);
        check("，;a", expect!["separator is '，', expected an ASCII character at byte 0\n"]);
        check("#；a", expect!["separator is '；', expected an ASCII character at byte 1\n"]);
    }

    #[test]
    fn writes_nothing_that_would_be_read_otherwise() {
        let stream = StreamId::parse("a").unwrap();
        let problem = |field: TextField| Text::new(Delimiters::default(), &[field]).unwrap_err().to_string();
        assert_eq!(
            problem(TextField::Numbered { value: "1;2".to_owned() }),
            "value of field 0 holds the separator ';'"
        );
        assert_eq!(
            problem(TextField::Timed { stream: stream.clone(), at: "1,5".to_owned(), value: "2".to_owned() }),
            "time of field 0 holds the separator ','"
        );
        assert_eq!(problem(TextField::Named { stream, value: String::new() }), "value of field 0 is empty");
        assert_eq!(
            problem(TextField::Numbered { value: "x".repeat(65_534) }),
            "body has 65536 bytes, the limit is 65535"
        );
    }
}

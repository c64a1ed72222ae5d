//! The device image (设备镜像): the state that a device has reported, the state that is desired of it, and where
//! the two differ.

use super::code::Code;
use super::document::Document;
use super::error::{DecodeError, Problem};
use crate::data_point::Value;

/// Names and values of a state, in the order of the text.
pub type State = Vec<(String, Value)>;

/// `{"state":{"desired":{…},"reported":{…}}}`, of which one may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageUpdate {
    body: String,
    desired: Option<State>,
    reported: Option<State>,
}

/// An update with neither desired nor reported state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is neither desired nor reported state")]
pub struct NothingToUpdate;

impl ImageUpdate {
    /// Writes an update in compact JSON.
    ///
    /// # Errors
    ///
    /// There is neither of both.
    pub fn new(desired: Option<State>, reported: Option<State>) -> Result<Self, NothingToUpdate> {
        let parts = [("desired", &desired), ("reported", &reported)];
        let members: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, state)| Some(format!(r#""{name}":{}"#, object(state.as_ref()?))))
            .collect();
        if members.is_empty() {
            return Err(NothingToUpdate);
        }
        let body = format!(r#"{{"state":{{{}}}}}"#, members.join(","));
        Ok(Self { body, desired, reported })
    }

    /// Reads the payload of `image/update`. No document says how long it may be, and how deeply nested.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks, with one of the codes 160 to 165.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        read_update(bytes).map_err(|error| error.rejected(rejection(&error.problem)))
    }

    /// The bytes to publish.
    pub fn encode(&self) -> Vec<u8> {
        self.body.clone().into_bytes()
    }

    /// The JSON as it was written.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What the device should be.
    pub fn desired(&self) -> Option<&[(String, Value)]> {
        self.desired.as_deref()
    }

    /// What the device is.
    pub fn reported(&self) -> Option<&[(String, Value)]> {
        self.reported.as_deref()
    }
}

fn read_update(bytes: &[u8]) -> Result<ImageUpdate, DecodeError> {
    let document = Document::decode(bytes)?;
    let state = document.required(document.root, "state")?;
    let members = document.members(state)?;
    let part = |name| members.get(name).map(|raw| read_state(&document, raw)).transpose();
    let (desired, reported) = (part("desired")?, part("reported")?);
    if desired.is_none() && reported.is_none() {
        return Err(document.wrong(state, Problem::NoDesiredOrReported));
    }
    Ok(ImageUpdate { body: document.source.to_owned(), desired, reported })
}

fn rejection(problem: &Problem) -> Code {
    match problem {
        Problem::NotUtf8 { .. } | Problem::NotJson { .. } => Code::IllegalJson,
        Problem::MissingMember { .. } => Code::NoState,
        Problem::NoDesiredOrReported => Code::NoDesiredOrReported,
        Problem::NotAnObject { .. }
        | Problem::OtherMember { .. }
        | Problem::NotEmpty { .. }
        | Problem::AnswerTooLong { .. }
        | Problem::NotAnArray { .. }
        | Problem::NotAString { .. }
        | Problem::NotInRange { .. }
        | Problem::StreamName(_)
        | Problem::TooDeep
        | Problem::KeyTooLong { .. }
        | Problem::KeyCharacter { .. } => Code::InvalidParameters,
    }
}

/// `{"state":{…},"metadata":{…},"version":2,"timestamp":1469574492}`: what is desired and not reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageDelta {
    body: String,
    state: State,
    version: Option<i64>,
    at: Option<i64>,
}

impl ImageDelta {
    /// Writes a difference in compact JSON: each name with its value and since when that is desired, in Unix seconds.
    /// `version` and `at` are those of the image; negative numbers count as 0.
    pub fn new(differences: &[(&str, &Value, i64)], version: i64, at: i64) -> Self {
        let (version, at) = (version.max(0), at.max(0));
        let state: State =
            differences.iter().map(|(name, value, _)| ((*name).to_owned(), (*value).clone())).collect();
        let metadata: Vec<String> = differences
            .iter()
            .map(|(name, _, since)| format!(r#"{}:{{"timestamp":{}}}"#, Value::string(name), since.max(&0)))
            .collect();
        let body = format!(
            r#"{{"state":{},"metadata":{{{}}},"version":{version},"timestamp":{at}}}"#,
            object(&state),
            metadata.join(",")
        );
        Self { body, state, version: Some(version), at: Some(at) }
    }

    /// Reads the payload of `image/update/delta` or `image/delta`. What is beside `state` may be missing, and
    /// what is in `metadata` is kept and not read.
    ///
    /// # Errors
    ///
    /// There is no object `state`, or a number is none.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let document = Document::decode(bytes)?;
        let state = read_state(&document, document.required(document.root, "state")?)?;
        let members = document.members(document.root)?;
        let number =
            |name| members.get(name).map(|raw| document.number(raw, name, (0, i64::MAX))).transpose();
        let (version, at) = (number("version")?, number("timestamp")?);
        Ok(Self { body: document.source.to_owned(), state, version, at })
    }

    /// The bytes to publish.
    pub fn encode(&self) -> Vec<u8> {
        self.body.clone().into_bytes()
    }

    /// The JSON as it was written.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What the device should be and is not.
    pub fn state(&self) -> &[(String, Value)] {
        &self.state
    }

    /// The version of the image.
    pub fn version(&self) -> Option<i64> {
        self.version
    }

    /// When it was told, in Unix seconds.
    pub fn at(&self) -> Option<i64> {
        self.at
    }
}

fn read_state<'a>(
    document: &Document<'a>,
    raw: &'a serde_json::value::RawValue,
) -> Result<State, DecodeError> {
    let members = document.members(raw)?;
    Ok(members.iter().map(|(name, value)| (name.to_owned(), Value::from_raw(value))).collect())
}

fn object(state: &State) -> String {
    let members: Vec<String> =
        state.iter().map(|(name, value)| format!("{}:{value}", Value::string(name))).collect();
    format!("{{{}}}", members.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(name: &str, json: &str) -> State {
        vec![(name.to_owned(), Value::parse(json).unwrap())]
    }

    #[test]
    fn writes_and_reads_updates() {
        let update =
            ImageUpdate::new(Some(state("color", r#""green""#)), Some(state("color", r#""red""#))).unwrap();
        let text = r#"{"state":{"desired":{"color":"green"},"reported":{"color":"red"}}}"#;
        assert_eq!(update.body(), text);
        assert_eq!(ImageUpdate::decode(text.as_bytes()), Ok(update));
        assert_eq!(ImageUpdate::new(None, None), Err(NothingToUpdate));
    }

    #[test]
    fn rejects_each_mistake_with_its_code() {
        for (text, code, problem) in [
            ("", 160, "payload is not JSON (line 1, column 1): found the end at byte 0"),
            ("{\"state\":", 160, "payload is not JSON (line 1, column 10): found the end at byte 9"),
            ("{}", 163, "member \"state\" is missing at byte 0"),
            ("[]", 165, "expected an object, found an array at byte 0"),
            ("{\"state\":{}}", 164, "state has neither desired nor reported at byte 9"),
            ("{\"state\":1}", 165, "expected an object, found a number at byte 9"),
            ("{\"state\":{\"desired\":null}}", 165, "expected an object, found null at byte 20"),
        ] {
            let error = ImageUpdate::decode(text.as_bytes()).unwrap_err();
            assert_eq!((error.code.map(Code::number), error.to_string().as_str()), (Some(code), problem));
        }
    }

    #[test]
    fn writes_and_reads_differences() {
        let delta = ImageDelta::new(&[("color", &Value::string("green"), 1_469_574_492)], 2, 1_469_574_492);
        let text = concat!(
            r#"{"state":{"color":"green"},"metadata":{"color":{"timestamp":1469574492}},"#,
            r#""version":2,"timestamp":1469574492}"#
        );
        assert_eq!(delta.body(), text);
        assert_eq!(ImageDelta::decode(text.as_bytes()), Ok(delta));
        let bare = ImageDelta::decode(br#"{ "state": {} }"#).unwrap();
        assert_eq!((bare.version(), bare.at(), bare.encode().len()), (None, None, 15));
    }
}

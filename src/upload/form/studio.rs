//! From fields to messages of a thing model (reference §3.3).

use onenet::Value;
use onenet::studio::{
    DecodeError, DesiredVersion, Identifier, IdentifierError, Message, MessageId, Moment, Params, Point,
    Request, Topic,
};
use onenet::sys::Tree;

use super::content::Content;
use super::draft;
use super::model::{Filled, ModelForm};
use super::problem::{UploadField, UploadProblem};
use super::suite::{millis, wrong_name};
use super::typed::{Row, UploadForm, collect};
use super::upload::Upload;

type Problem = (UploadField, UploadProblem);
type Problems = Vec<Problem>;

/// The texts that only thing models need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudioForm {
    /// The thing model, if one was imported.
    pub model: ModelForm,
    /// The time of all that a form of the thing model reports; empty for the time of arrival.
    pub at: String,
    /// The event, without a thing model.
    pub event: String,
    /// Its value, a JSON object.
    pub event_value: String,
    /// Identifiers whose desired values are asked for or cleared.
    pub names: String,
    /// The `params` of a pack.
    pub pack: String,
    /// The `params` of a history.
    pub history: String,
}

impl Default for StudioForm {
    /// What the documents' examples say.
    fn default() -> Self {
        Self {
            model: ModelForm::default(),
            at: String::new(),
            event: "alarm".to_owned(),
            event_value: r#"{"level":2}"#.to_owned(),
            names: "temperature".to_owned(),
            pack: pack_template(r#"{"value":55}"#),
            history: pack_template(
                r#"[{"value":55,"time":1524448722123},{"value":56,"time":1524448782123}]"#,
            ),
        }
    }
}

fn pack_template(moment: &str) -> String {
    format!(
        "[\n  {{\n    \"properties\": {{\n      \"wendu\": {moment}\n    }},\n    \"events\": {{}}\n  }}\n]"
    )
}

/// A message around typed params.
struct Envelope {
    text: String,
    /// Bytes before the typed params.
    before: usize,
}

impl UploadForm {
    /// What the form asks the studio for.
    pub(super) fn studio_upload(&self) -> Result<Upload, Problems> {
        let id = MessageId::parse(self.id.trim())
            .map_err(|error| (UploadField::Id, UploadProblem::StudioId(error)));
        let device = self.sender.names().map_err(wrong_name);
        let params = self.params();
        let (id, device, params) = match (id, device, params) {
            (Ok(id), Ok(device), Ok(params)) => (id, device, params),
            (id, device, params) => {
                let (device, params) = (device.err().unwrap_or_default(), params.err().unwrap_or_default());
                return Err(id.err().into_iter().chain(device).chain(params).collect());
            }
        };
        let request = Request::new(id, params.params);
        let topic = request.topic().to_string();
        let payload = match params.raw {
            // What was typed goes out as it was typed.
            Some(raw) => self.envelope(raw).text.into_bytes(),
            None => Message::Request(request).encode(),
        };
        Ok(Upload::told(device.topic(Tree::Sys, &topic), payload, self.qos))
    }

    fn params(&self) -> Result<Typed<'_>, Problems> {
        let form = &self.studio;
        let params = match self.content() {
            Content::Event => Params::EventPost(vec![self.event()?]),
            Content::DesiredGet => {
                let names = names(&form.names).map(|name| identifier(name, UploadField::Names));
                let names = collect(names.map(|name| name.map_err(|problem| vec![problem])))?;
                Params::DesiredGet(some(names, UploadField::Names)?)
            }
            Content::DesiredDelete => {
                let versions = collect(names(&form.names).map(desired_version))?;
                Params::DesiredDelete(some(versions, UploadField::Names)?)
            }
            Content::Pack => return self.raw(&form.pack, "thing/pack/post"),
            Content::History => return self.raw(&form.history, "thing/history/post"),
            // The others are of other protocols: the list of contents offers none of them.
            _ => Params::PropertyPost(self.properties()?),
        };
        Ok(Typed { params, raw: None })
    }

    fn properties(&self) -> Result<Vec<Point>, Problems> {
        let Some(filled) = &self.studio.model.filled else {
            return collect(self.rows.iter().enumerate().map(|(index, row)| row.property(index)));
        };
        let time = self.time_of_all();
        let wanted = filled.entries().enumerate().filter(|(_, (_, entry))| entry.on);
        let points = collect(wanted.map(|(index, (property, entry))| {
            match (&time, entry.draft.value(&property.data_type)) {
                (_, Err(fault)) => Err(vec![(UploadField::Property(index), UploadProblem::Fault(fault))]),
                (time, Ok(value)) => {
                    let time = time.as_ref().ok().copied().flatten();
                    Ok(Point { identifier: property.identifier.clone(), moment: Moment { value, time } })
                }
            }
        }));
        match (time, points) {
            (Ok(_), Ok(points)) => some(points, UploadField::Property(0)),
            (time, points) => Err(time.err().into_iter().chain(points.err().into_iter().flatten()).collect()),
        }
    }

    fn event(&self) -> Result<Point, Problems> {
        let Some((event, drafts)) = self.studio.model.filled.as_ref().and_then(Filled::chosen_event) else {
            return self.plain_event();
        };
        let time = self.time_of_all();
        let json = draft::object(drafts, &event.output);
        match (time, json) {
            (Ok(time), Ok(json)) => {
                let moment = Moment { value: Value::from_text(&json), time };
                Ok(Point { identifier: event.identifier.clone(), moment })
            }
            (time, json) => {
                let wrong = drafts
                    .iter()
                    .zip(&event.output)
                    .position(|(draft, parameter)| draft.value(&parameter.data_type).is_err());
                let field = UploadField::Parameter(wrong.unwrap_or(0));
                let json = json.err().map(|fault| (field, UploadProblem::Fault(fault)));
                Err(time.err().into_iter().chain(json).collect())
            }
        }
    }

    fn plain_event(&self) -> Result<Point, Problems> {
        let form = &self.studio;
        let identifier = identifier(form.event.trim(), UploadField::Event);
        let value = Value::parse(&form.event_value)
            .map_err(|error| (UploadField::EventValue, UploadProblem::params(error)));
        match (identifier, value, self.time_of_all()) {
            (Ok(identifier), Ok(value), Ok(time)) => Ok(Point { identifier, moment: Moment { value, time } }),
            (identifier, value, time) => {
                Err(identifier.err().into_iter().chain(value.err()).chain(time.err()).collect())
            }
        }
    }

    fn time_of_all(&self) -> Result<Option<u64>, Problem> {
        let at = millis(&self.studio.at).map_err(|problem| (UploadField::Time, problem))?;
        Ok(at.map(i64::unsigned_abs))
    }

    /// Params that are typed as JSON, read as the platform reads them.
    fn raw<'a>(&self, typed: &'a str, topic: &str) -> Result<Typed<'a>, Problems> {
        let topic = Topic::parse(topic).expect("these are topics of the thing model");
        // Alone, lest it end the envelope and begin another.
        Value::parse(typed).map_err(|error| vec![(UploadField::Params, UploadProblem::params(error))])?;
        let Envelope { text, before } = self.envelope(typed);
        let wrong = |error: DecodeError| {
            let offset = error.offset.saturating_sub(before);
            vec![(UploadField::Params, UploadProblem::Params(place(typed, offset), error.problem))]
        };
        match Message::decode(&topic, text.as_bytes()) {
            Ok(Message::Request(request)) => Ok(Typed { params: request.params, raw: Some(typed) }),
            // On these topics there is nothing but requests.
            Ok(Message::Reply(_) | Message::Custom(_)) => {
                Err(vec![(UploadField::Params, UploadProblem::Empty)])
            }
            Err(error) => Err(wrong(error)),
        }
    }

    /// The message around typed params. An id that is none is told elsewhere, and another stands in for it.
    fn envelope(&self, params: &str) -> Envelope {
        let id = MessageId::parse(self.id.trim()).unwrap_or_else(|_| MessageId::from_number(1));
        let head = format!(r#"{{"id":"{id}","version":"1.0","params":"#);
        let before = head.len();
        Envelope { text: format!("{head}{params}}}"), before }
    }
}

/// What is asked for, and the text that says so where one was typed.
struct Typed<'a> {
    params: Params,
    raw: Option<&'a str>,
}

impl Row {
    fn property(&self, index: usize) -> Result<Point, Problems> {
        let identifier = identifier(self.stream.trim(), UploadField::Stream(index));
        let value = self.required_value(index).map(Value::from_text);
        match (identifier, value, self.millis(index)) {
            (Ok(identifier), Ok(value), Ok(time)) => {
                Ok(Point { identifier, moment: Moment { value, time: time.map(i64::unsigned_abs) } })
            }
            (identifier, value, time) => {
                Err(identifier.err().into_iter().chain(value.err()).chain(time.err()).collect())
            }
        }
    }
}

fn identifier(text: &str, field: UploadField) -> Result<Identifier, Problem> {
    Identifier::parse(text).map_err(|error| match error {
        IdentifierError::Empty => (field, UploadProblem::Empty),
        error @ IdentifierError::Character { .. } => (field, UploadProblem::Identifier(error)),
    })
}

/// The names in a list, with commas or white space between them.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\n', '\t', '，', '、']).filter(|name| !name.is_empty())
}

/// `power:2` clears version 2 alone, `power` any.
fn desired_version(text: &str) -> Result<DesiredVersion, Problems> {
    let split = text.rsplit_once(':').and_then(|(name, version)| Some((name, version.parse().ok()?)));
    let (name, version) = split.map_or((text, None), |(name, version)| (name, Some(version)));
    let identifier = identifier(name, UploadField::Names).map_err(|problem| vec![problem])?;
    Ok(DesiredVersion { identifier, version })
}

/// At least one of them.
fn some<T>(items: Vec<T>, field: UploadField) -> Result<Vec<T>, Problems> {
    if items.is_empty() { Err(vec![(field, UploadProblem::Empty)]) } else { Ok(items) }
}

/// The line and the column of the byte at `offset`, both counted from 1.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    (before.matches('\n').count() + 1, column)
}

#[cfg(test)]
mod tests;

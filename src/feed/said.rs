//! What a message of a platform with tokens is, by its topic (reference §2.4, §3.2).

use onenet::studio::{self, Data, Params};
use onenet::sys::Address;
use onenet::{DataPoint, StreamId, Value, suite};

/// A message whose topic says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// One of the suite, or why it cannot be read.
    Suite(suite::Topic, Result<suite::Message, suite::DecodeError>),
    /// One of a thing model, or why it cannot be read.
    Studio(studio::Topic, Result<studio::Message, studio::DecodeError>),
}

/// Something that the platform wants an answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The id of a command, or of a message of a thing model.
    pub id: String,
    /// The topic of the answer.
    pub reply: String,
    /// What an answer to it looks like; empty where it is any text.
    pub template: String,
}

impl Ask {
    /// Whether this message is an answer to it. Commands have a topic each for it; requests of a thing model share
    /// one, and are told apart by their ids.
    pub fn is_answered_by(&self, topic: &str, payload: &[u8]) -> bool {
        self.reply == topic
            && (self.template.is_empty()
                || studio::Message::id_of(payload).is_some_and(|id| id.as_str() == self.id))
    }
}

impl Said {
    /// Reads a message, `None` where no platform with tokens has such a topic.
    pub fn of(topic: &str, payload: &[u8]) -> Option<Self> {
        let address = Address::parse(topic).ok()?;
        if let Ok(topic) = studio::Topic::parse(address.rest()) {
            let message = studio::Message::decode(&topic, payload);
            return Some(Self::Studio(topic, message));
        }
        let topic = suite::Topic::of(&address).ok()?;
        let message = suite::Message::decode(&topic, payload);
        Some(Self::Suite(topic, message))
    }

    /// What it asks of the device that hears it on `topic`.
    pub fn ask(&self, topic: &str) -> Option<Ask> {
        let address = Address::parse(topic).ok()?;
        let reply = |rest: String| address.device.topic(address.tree, &rest);
        match self {
            Self::Suite(suite::Topic::CommandRequest(id), _) => {
                let rest = suite::Topic::CommandResponse(id.clone()).to_string();
                Some(Ask { id: id.to_string(), reply: reply(rest), template: String::new() })
            }
            Self::Suite(..) => None,
            Self::Studio(topic @ studio::Topic::Request(function), Ok(message))
                if function.direction() == studio::Direction::Down =>
            {
                let rest = topic.reply()?.to_string();
                let Some(id) = message.id() else {
                    let studio::Function::CustomDown(id) = function else { return None };
                    return Some(Ask { id: id.to_string(), reply: reply(rest), template: String::new() });
                };
                let success = studio::Reply::success(id.clone());
                let success = match message {
                    studio::Message::Request(request) => success.with_data(&request.params),
                    studio::Message::Reply(_) | studio::Message::Custom(_) => success,
                };
                let template = studio::Message::Reply(success).encode();
                let template = String::from_utf8(template).unwrap_or_default();
                Some(Ask { id: id.to_string(), reply: reply(rest), template })
            }
            Self::Studio(..) => None,
        }
    }

    /// The values in it, each exactly as it was sent.
    pub fn points(&self) -> Vec<DataPoint> {
        match self {
            Self::Suite(_, Ok(message)) => suite_points(message),
            Self::Studio(_, Ok(studio::Message::Request(request))) => request_points(&request.params),
            Self::Studio(_, Ok(studio::Message::Reply(reply))) => match &reply.data {
                Some(Data::Values(values)) => named(values),
                Some(Data::SubOutput { output, .. }) => named(output),
                Some(Data::Desired(desired)) => {
                    let point = |one: &studio::Desired| point(one.identifier.as_str(), None, &one.value);
                    desired.iter().filter_map(point).collect()
                }
                Some(Data::Devices(_) | Data::Other(_)) | None => Vec::new(),
            },
            Self::Studio(_, Ok(studio::Message::Custom(_)) | Err(_)) | Self::Suite(_, Err(_)) => Vec::new(),
        }
    }

    /// Whether it says that something was refused, or cannot be read.
    pub fn is_trouble(&self) -> bool {
        match self {
            Self::Suite(_, Ok(suite::Message::Rejected(_)) | Err(_)) | Self::Studio(_, Err(_)) => true,
            Self::Studio(_, Ok(studio::Message::Reply(reply))) => !reply.code.is_success(),
            Self::Suite(suite::Topic::LoginRejected | suite::Topic::LogoutRejected, _) => true,
            Self::Suite(..) | Self::Studio(..) => false,
        }
    }

    /// Whether its values are those of data streams or properties, not parameters of a call.
    pub fn is_state(&self) -> bool {
        match self {
            Self::Suite(..) => true,
            Self::Studio(topic, _) => !matches!(
                topic.function(),
                studio::Function::Service(_) | studio::Function::SubService | studio::Function::EventPost
            ),
        }
    }
}

/// The data that a reply to a request has, where documents say so: to be filled in.
trait WithData {
    fn with_data(self, params: &Params) -> Self;
}

impl WithData for studio::Reply {
    fn with_data(self, params: &Params) -> Self {
        match params {
            Params::PropertyGet(names) => {
                let value = Value::from_text("null");
                let empty = |name: &studio::Identifier| studio::Named {
                    identifier: name.clone(),
                    value: value.clone(),
                };
                self.with(Data::Values(names.iter().map(empty).collect()))
            }
            Params::Service { .. } => self.with(Data::Values(Vec::new())),
            _ => self,
        }
    }
}

fn suite_points(message: &suite::Message) -> Vec<DataPoint> {
    let state = |state: Option<&[(String, Value)]>| -> Vec<DataPoint> {
        state.unwrap_or_default().iter().filter_map(|(name, value)| point(name, None, value)).collect()
    };
    match message {
        suite::Message::DataPoints(points) => {
            let one =
                |one: &suite::Point| point(one.stream.as_str(), one.at.map(|at| at.to_string()), &one.value);
            points.points().iter().filter_map(one).collect()
        }
        suite::Message::ImageUpdate(update) => {
            state(update.desired()).into_iter().chain(state(update.reported())).collect()
        }
        suite::Message::ImageDelta(delta) => state(Some(delta.state())),
        suite::Message::Accepted(_)
        | suite::Message::Rejected(_)
        | suite::Message::Command(_)
        | suite::Message::Answer(_)
        | suite::Message::Empty
        | suite::Message::Raw(_) => Vec::new(),
    }
}

fn request_points(params: &Params) -> Vec<DataPoint> {
    let moment = |name: &studio::Identifier, moment: &studio::Moment| {
        point(name.as_str(), moment.time.map(|time| time.to_string()), &moment.value)
    };
    let points = |points: &[studio::Point]| -> Vec<DataPoint> {
        points.iter().filter_map(|point| moment(&point.identifier, &point.moment)).collect()
    };
    let series = |series: &[studio::Series]| -> Vec<DataPoint> {
        let each = |one: &studio::Series| -> Vec<DataPoint> {
            one.moments.iter().filter_map(|one_moment| moment(&one.identifier, one_moment)).collect()
        };
        series.iter().flat_map(each).collect()
    };
    match params {
        Params::PropertyPost(posted) | Params::EventPost(posted) => points(posted),
        Params::PropertySet(values)
        | Params::Service { identifier: _, input: values }
        | Params::SubPropertySet { device: _, values }
        | Params::SubService { device: _, identifier: _, input: values } => named(values),
        Params::PackPost(batches) => batches
            .iter()
            .flat_map(|batch| points(&batch.properties).into_iter().chain(points(&batch.events)))
            .collect(),
        Params::HistoryPost(batches) => batches
            .iter()
            .flat_map(|batch| series(&batch.properties).into_iter().chain(series(&batch.events)))
            .collect(),
        Params::PropertyGet(_)
        | Params::DesiredGet(_)
        | Params::DesiredDelete(_)
        | Params::SubLogin(_)
        | Params::SubLogout(_)
        | Params::TopoAdd(..)
        | Params::TopoDelete(..)
        | Params::TopoGet
        | Params::TopoChange(_)
        | Params::SubPropertyGet { .. }
        | Params::OtaInform(_) => Vec::new(),
    }
}

fn named(values: &[studio::Named]) -> Vec<DataPoint> {
    values.iter().filter_map(|one| point(one.identifier.as_str(), None, &one.value)).collect()
}

/// A value, `None` where its name is empty.
fn point(name: &str, at: Option<String>, value: &Value) -> Option<DataPoint> {
    Some(DataPoint { stream: StreamId::parse(name).ok()?, at, value: value.clone() })
}

#[cfg(test)]
mod tests;

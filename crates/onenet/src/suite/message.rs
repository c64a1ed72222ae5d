//! The content of a topic.

use super::answer::Answer;
use super::code::Code;
use super::data_points::DataPoints;
use super::error::{DecodeError, Problem};
use super::image::{ImageDelta, ImageUpdate};
use super::reply::{Accepted, Rejected};
use super::topic::Topic;

/// What a message says, by the topic on which it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// On `dp/post/json`: values of data streams.
    DataPoints(DataPoints),
    /// On `dp/post/json/accepted`: they were taken.
    Accepted(Accepted),
    /// On `…/rejected` of data points, of answers and of images: why not.
    Rejected(Rejected),
    /// On `cmd/request/{id}`: a command, as it was given to the platform.
    Command(Vec<u8>),
    /// On `cmd/response/{id}`: what the device answers.
    Answer(Answer),
    /// On `image/update`: desired and reported state.
    ImageUpdate(ImageUpdate),
    /// On `image/update/delta` or `image/delta`: where they differ.
    ImageDelta(ImageDelta),
    /// Where the topic says it all: `image/get`, `login`, `logout`, `cmd/response/{id}/accepted`.
    Empty,
    /// Where no document says what there is: what the platform says of images and of sub-devices but for
    /// rejections and differences, and everything on `thing/…`.
    Raw(Vec<u8>),
}

impl Message {
    /// Reads the payload of a PUBLISH on `topic`.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks, with the code that a device gets to see for it.
    pub fn decode(topic: &Topic, payload: &[u8]) -> Result<Self, DecodeError> {
        match topic {
            Topic::DataPoints => DataPoints::decode(payload).map(Self::DataPoints),
            Topic::DataPointsAccepted => Accepted::decode(payload).map(Self::Accepted),
            Topic::DataPointsRejected
            | Topic::CommandRejected(_)
            | Topic::ImageUpdateRejected
            | Topic::ImageGetRejected => Rejected::decode(payload).map(Self::Rejected),
            Topic::CommandRequest(_) => Ok(Self::Command(payload.to_vec())),
            Topic::CommandResponse(_) => Answer::new(payload).map(Self::Answer),
            Topic::CommandAccepted(_) => empty(payload),
            Topic::ImageUpdate => ImageUpdate::decode(payload).map(Self::ImageUpdate),
            Topic::ImageUpdateDelta | Topic::ImageDelta => ImageDelta::decode(payload).map(Self::ImageDelta),
            Topic::ImageGet | Topic::Login | Topic::Logout => {
                empty(payload).map_err(|error| error.rejected(Code::IllegalData))
            }
            Topic::ImageUpdateAccepted
            | Topic::ImageGetAccepted
            | Topic::LoginAccepted
            | Topic::LoginRejected
            | Topic::LogoutAccepted
            | Topic::LogoutRejected
            | Topic::LogoutNotify
            | Topic::Thing(_) => Ok(Self::Raw(payload.to_vec())),
        }
    }

    /// The bytes to publish.
    pub fn encode(&self) -> Vec<u8> {
        match self {
            Self::DataPoints(points) => points.encode(),
            Self::Accepted(accepted) => accepted.encode(),
            Self::Rejected(rejected) => rejected.encode(),
            Self::Command(bytes) | Self::Raw(bytes) => bytes.clone(),
            Self::Answer(answer) => answer.bytes().to_vec(),
            Self::ImageUpdate(update) => update.encode(),
            Self::ImageDelta(delta) => delta.encode(),
            Self::Empty => Vec::new(),
        }
    }
}

fn empty(payload: &[u8]) -> Result<Message, DecodeError> {
    match payload.len() {
        0 => Ok(Message::Empty),
        length => Err(DecodeError::new(0, Problem::NotEmpty { length })),
    }
}

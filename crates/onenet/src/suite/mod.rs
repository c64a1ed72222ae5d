//! The suite, MQTT物联网套件: data streams, commands and a device image, each asked for on one topic and answered
//! on others (reference §2.4).
//!
//! A [`Topic`] is the part behind `$sys/{product ID}/{device name}/` or, for sub-devices, `$subdev/…/`: which
//! message it carries, which way, and where the platform answers. A [`Message`] is its content:
//! [`Message::decode`] takes topic and bytes, [`Message::encode`] gives the bytes. Every message is good by
//! construction and stays exactly as it was written. What is wrong with bytes is a [`DecodeError`]: an offset,
//! a [`Problem`], and the [`Code`] with which the platform rejects it.
//!
//! | message | topic | as JSON |
//! |---|---|---|
//! | [`DataPoints`] | `dp/post/json` | `{"id":1,"dp":{"stream":[{"v":value,"t":seconds?}]}}` |
//! | [`Accepted`] | `dp/post/json/accepted` | `{"id":1}` |
//! | [`Rejected`] | `…/rejected` | `{"id":1?,"err_code":98,"err_msg":"illegal data"}` |
//! | [`Answer`] | `cmd/response/{id}` | any bytes, less than 1 KB |
//! | [`ImageUpdate`] | `image/update` | `{"state":{"desired":{…}?,"reported":{…}?}}` |
//! | [`ImageDelta`] | `image/update/delta` or `image/delta` | `{"state":{…},"metadata":{…},"version":2,"timestamp":seconds}` |

mod command_id;
mod known;
mod topic;

mod message;

mod answer;
mod data_points;
mod image;
mod reply;

mod code;
mod error;

mod document;

pub use answer::{Answer, MAX_ANSWER};
pub use code::Code;
pub use command_id::CommandId;
pub use data_points::{
    DataPoints, DataPointsError, MAX_DEPTH, MAX_NAME, MessageId, MessageIdError, Point, StreamName,
    StreamNameError,
};
pub use error::{DecodeError, Problem};
pub use image::{ImageDelta, ImageUpdate, NothingToUpdate, State};
pub use message::Message;
pub use reply::{Accepted, Rejected};
pub use topic::{ThingTopic, Topic};

//! MQTT 3.1.1 frames: a byte stream, cut anywhere, into strictly checked packets, and packets into bytes.
//!
//! `mqttbytes` reads and writes the packets. This crate adds what both ends of a conversation need and
//! it lacks: collecting frames out of chunks, refusing what the specification forbids but `mqttbytes`
//! lets through, refusing to write what would not fit, and errors that name the offset.
//!
//! Knows single frames only. Whether a packet may come *now* is for `session` and `simulator` to say.
//!
//! Reading order: [`Frames`] and [`Frame`], the rules in `strict`, [`encode()`], [`FrameError`].

mod encode;
mod error;
mod frames;
mod name;
mod strict;

pub use encode::encode;
pub use error::{EncodeError, FrameError, FrameProblem};
pub use frames::{Frame, Frames};
pub use mqttbytes::QoS;
pub use mqttbytes::v4::{
    ConnAck, Connect, ConnectReturnCode, LastWill, Login, Packet, PubAck, PubComp, PubRec, PubRel, Publish,
    SubAck, Subscribe, SubscribeFilter, SubscribeReasonCode, UnsubAck, Unsubscribe,
};
pub use name::name;

/// The largest remaining length four bytes can say, in bytes (MQTT 3.1.1 §2.2.3).
pub const MAX_REMAINING_LENGTH: usize = 268_435_455;

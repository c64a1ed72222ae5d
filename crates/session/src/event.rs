//! What happened, told in the order in which it happened.

use std::time::Duration;

use bytes::Bytes;

use crate::error::CloseReason;
use crate::message::Message;

/// Something that happened in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A whole frame arrived: these bytes, fixed header included. What it meant follows.
    Received(Bytes),
    /// The server accepted the login (§3.2).
    Connected {
        /// The server says that it has kept this client's session. Some say so wrongly.
        session_present: bool,
        /// From CONNECT to CONNACK.
        round_trip: Duration,
    },
    /// A PUBLISH at QoS 1 is acknowledged (§3.4).
    Acknowledged {
        /// The packet identifier that [`Session::publish`](crate::Session::publish) gave.
        packet_id: u16,
        /// From PUBLISH to PUBACK.
        round_trip: Duration,
    },
    /// A SUBSCRIBE is answered, filter by filter (§3.9).
    Subscribed {
        /// The packet identifier of the SUBSCRIBE.
        packet_id: u16,
        /// One answer for each filter, in their order.
        granted: Vec<Granted>,
    },
    /// An UNSUBSCRIBE is acknowledged (§3.11).
    Unsubscribed {
        /// The packet identifier of the UNSUBSCRIBE.
        packet_id: u16,
    },
    /// A message arrived; at QoS 1 its PUBACK is already queued (§3.3).
    Message {
        /// The message.
        message: Message,
        /// The server may have sent it before (§3.3.1.1).
        dup: bool,
    },
    /// A PINGREQ is answered (§3.13).
    Pinged {
        /// From PINGREQ to PINGRESP.
        round_trip: Duration,
    },
    /// Bytes that arrived and were no good frame: from the beginning of the one at fault, or of one whose end
    /// never came. How many there are depends on how the stream was cut. Comes before `Closed` or not at all.
    Unread(Bytes),
    /// It is over. The last event.
    Closed(CloseReason),
}

/// The server's answer to one topic filter (§3.9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granted {
    /// `0x00`: messages arrive at QoS 0.
    AtMostOnce,
    /// `0x01`: messages arrive at QoS 1 at most.
    AtLeastOnce,
    /// `0x02`: messages arrive at QoS 2 at most.
    ExactlyOnce,
    /// `0x80`: the server refuses this filter.
    Refused,
}

impl From<&frame::SubscribeReasonCode> for Granted {
    fn from(code: &frame::SubscribeReasonCode) -> Self {
        match code {
            frame::SubscribeReasonCode::Success(frame::QoS::AtMostOnce) => Self::AtMostOnce,
            frame::SubscribeReasonCode::Success(frame::QoS::AtLeastOnce) => Self::AtLeastOnce,
            frame::SubscribeReasonCode::Success(frame::QoS::ExactlyOnce) => Self::ExactlyOnce,
            frame::SubscribeReasonCode::Failure => Self::Refused,
        }
    }
}

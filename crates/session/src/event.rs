//! What happened, told in the order in which it happened.

use std::time::Duration;

use bytes::Bytes;

use crate::acknowledgement::Acknowledgement;
use crate::error::CloseReason;
use crate::message::Message;

/// Something that happened in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A whole frame arrived: these bytes, fixed header included. What it meant follows.
    Received(Bytes),
    /// The server accepted the login (§3.2). What is sent again is already queued.
    Connected {
        /// The server says that it has kept this client's session. Some say so wrongly.
        session_present: bool,
        /// What that means beside what this side wanted and knows.
        resumption: Resumption,
        /// From CONNECT to CONNACK.
        round_trip: Duration,
    },
    /// A message at QoS 1 or 2 is acknowledged for good: its PUBACK (§3.4) or PUBCOMP (§3.7) came.
    Acknowledged {
        /// The packet identifier that [`Session::publish`](crate::Session::publish) gave.
        packet_id: u16,
        /// From its first packet on this connection to this one.
        round_trip: Duration,
    },
    /// The server has taken a message at QoS 2: its PUBREC came, and PUBREL is already queued (§4.3.3).
    Released {
        /// The packet identifier that [`Session::publish`](crate::Session::publish) gave.
        packet_id: u16,
        /// From PUBLISH to PUBREC.
        round_trip: Duration,
    },
    /// A clean session ended before the server answered this message: it may have arrived or not. Comes before
    /// `Closed`. What can be done is said at [`Session::unsettled`](crate::Session::unsettled).
    Unsettled {
        /// Its packet identifier.
        packet_id: u16,
    },
    /// A clean session began, and nobody had decided about this unsettled message before: it is no longer held.
    Abandoned {
        /// Its packet identifier, free again.
        packet_id: u16,
        /// The message. `None` after the server has taken it: then only the end of its exchange is missing.
        message: Option<Message>,
    },
    /// The connection ended before the last so many messages at QoS 0 were transmitted: they are gone. Comes before
    /// `Closed` or not at all.
    NeverLeft {
        /// How many.
        messages: u64,
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
    /// A message arrived; at QoS 1 its PUBACK is already queued, at QoS 2 its PUBREC (§3.3).
    Message {
        /// The message.
        message: Message,
        /// The server may have sent it before (§3.3.1.1).
        dup: bool,
    },
    /// A message at QoS 2 arrived once more before it was released. It was told already; PUBREC is queued (§4.3.3).
    Duplicate {
        /// The server's packet identifier.
        packet_id: u16,
    },
    /// An acknowledgement that nothing waits for: an echo of an earlier connection. It changes nothing. A PUBREC
    /// is answered with PUBREL and a PUBREL with PUBCOMP all the same, so that the server can finish.
    Stray {
        /// What came.
        acknowledgement: Acknowledgement,
        /// The packet identifier that it names.
        packet_id: u16,
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

/// How a login that was accepted stands to the session before it (§3.1.2.4, §3.2.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumption {
    /// Neither side has one.
    New,
    /// The server has kept the session, and it goes on.
    Resumed,
    /// This side has kept something, the server nothing. What was not acknowledged is sent again all the same, and
    /// may arrive twice even at QoS 2; subscriptions are gone.
    Lost,
    /// A clean session is asked for or was the last one, and the server says that it has kept one, which
    /// MQTT-3.2.2-1 and §3.1.2.4 forbid. Taken for [`New`](Self::New).
    Claimed,
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

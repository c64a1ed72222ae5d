//! How a visit ends: what the client is told, in a code and in a fixed word that the page turns into a
//! sentence.

use std::fmt;

use tokio_websockets::CloseCode;

/// Why a visit is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The request names a host this relay does not answer to.
    HostRefused,
    /// The page's origin is not let in, or there is none and there must be one.
    OriginRefused,
    /// No upstream has that name.
    UnknownUpstream,
    /// The client's first byte is not that of a CONNECT, or did not come in time.
    NotMqtt,
    /// The client sent text; MQTT is binary (MQTT 3.1.1 §6).
    TextMessage,
    /// The client broke the WebSocket protocol.
    Protocol,
    /// One message of the client was over the limit.
    TooBig,
    /// The client left two pings unanswered.
    ClientSilent,
    /// The client said goodbye.
    ClientClosed,
    /// The client's connection broke.
    ClientGone,
    /// The upstream did not take the connection.
    DialRefused,
    /// The upstream's name has no address.
    NameNotResolved,
    /// The upstream did not answer in time.
    DialTimedOut,
    /// The upstream ended the connection in order.
    UpstreamEnded,
    /// The upstream's connection broke.
    UpstreamError,
    /// The relay is being stopped.
    Draining,
}

impl Ending {
    /// The word for it, as it stands in the close frame and in the log.
    pub fn reason(self) -> &'static str {
        match self {
            Self::HostRefused => "host-refused",
            Self::OriginRefused => "origin-refused",
            Self::UnknownUpstream => "unknown-upstream",
            Self::NotMqtt => "not-mqtt",
            Self::TextMessage => "text-message",
            Self::Protocol => "protocol",
            Self::TooBig => "too-big",
            Self::ClientSilent => "client-silent",
            Self::ClientClosed => "client-closed",
            Self::ClientGone => "client-gone",
            Self::DialRefused => "dial-refused",
            Self::NameNotResolved => "name-not-resolved",
            Self::DialTimedOut => "dial-timed-out",
            Self::UpstreamEnded => "upstream-ended",
            Self::UpstreamError => "upstream-error",
            Self::Draining => "draining",
        }
    }

    /// The code for the close frame, `None` where the client is the one who ended it.
    pub fn code(self) -> Option<CloseCode> {
        match self {
            Self::HostRefused
            | Self::OriginRefused
            | Self::UnknownUpstream
            | Self::NotMqtt
            | Self::ClientSilent => Some(CloseCode::POLICY_VIOLATION),
            Self::TextMessage => Some(CloseCode::UNSUPPORTED_DATA),
            Self::Protocol => Some(CloseCode::PROTOCOL_ERROR),
            Self::TooBig => Some(CloseCode::MESSAGE_TOO_BIG),
            Self::ClientClosed | Self::ClientGone => None,
            // 4000–4999 are free for applications (RFC 6455 §7.4.2).
            Self::DialRefused => CloseCode::try_from(4502).ok(),
            Self::NameNotResolved => CloseCode::try_from(4503).ok(),
            Self::DialTimedOut => CloseCode::try_from(4504).ok(),
            Self::UpstreamEnded => Some(CloseCode::NORMAL_CLOSURE),
            Self::UpstreamError => Some(CloseCode::INTERNAL_SERVER_ERROR),
            Self::Draining => Some(CloseCode::SERVICE_RESTART),
        }
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())
    }
}

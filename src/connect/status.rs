//! How the connection stands, and why it ended.

use std::time::Duration;

use onenet::Generation;
use session::{CloseReason, OptionsError, Resumption, ReturnCode};

/// How the connection stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Not connected and not trying: never was, left, or ended for a reason that trying again will not mend.
    Offline(Option<Ending>),
    /// Waiting for the link.
    Opening,
    /// CONNECT is sent, CONNACK awaited.
    LoggingIn,
    /// The login is accepted.
    Online {
        /// What the platform has kept of the session before.
        resumption: Resumption,
        /// Whether it forgets this one at its end.
        clean_session: bool,
        /// From CONNECT to CONNACK.
        round_trip: Duration,
    },
    /// Lost; the next try comes by itself.
    Waiting {
        /// Until then.
        seconds: u64,
        /// Tries since it last held.
        tries: u32,
        /// Whether a login was accepted before; otherwise it never came about.
        lost: bool,
        /// Why it was lost.
        ending: Ending,
    },
    /// Lost, and the browser says that there is no network: tried again when there is one.
    NoNetwork {
        /// Whether a login was accepted before; otherwise it never came about.
        lost: bool,
        /// Why it was lost.
        ending: Ending,
    },
    /// Another tab of this browser has this device there. Tried again until it has left.
    InAnotherTab,
}

impl Status {
    /// Whether uploads can be sent.
    pub fn is_online(&self) -> bool {
        matches!(self, Self::Online { .. })
    }

    /// Whether an upload at QoS 1 or 2 is accepted, to be sent now or after the login.
    pub fn holds_uploads(&self) -> bool {
        match self {
            Self::Opening
            | Self::LoggingIn
            | Self::Online { .. }
            | Self::Waiting { .. }
            | Self::NoNetwork { .. } => true,
            Self::Offline(_) | Self::InAnotherTab => false,
        }
    }

    /// Whether something is connected or trying to be.
    pub fn is_active(&self) -> bool {
        !matches!(self, Self::Offline(_))
    }
}

/// Why a connection ended against the person's wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// MQTT says why.
    Session(CloseReason),
    /// The platform answered the login of a device of this generation with a code.
    Refused(Generation, ReturnCode),
    /// The platform hung up on the login of a device of this generation.
    HungUpAtLogin(Generation, LinkEnd),
    /// The link ended, and MQTT cannot say why.
    Link(LinkEnd),
    /// The login cannot be written as a CONNECT.
    Unsendable(OptionsError),
    /// Every login was accepted and cut off within seconds: somebody else may be logging in as this device.
    PushedOut,
    /// The platform hung up again and again on the same upload, which a stored session must send again.
    HungUpOnUpload,
}

impl Ending {
    /// The same, where a device of this generation had not been logged in yet.
    #[must_use]
    pub fn at_login(self, generation: Generation) -> Self {
        match self {
            Self::Session(CloseReason::Refused(code)) => Self::Refused(generation, code),
            Self::Link(end) if end.is_hang_up() => Self::HungUpAtLogin(generation, end),
            other => other,
        }
    }

    /// Whether the platform hung up: for a reason that it keeps to itself.
    pub fn is_hang_up(&self) -> bool {
        match self {
            Self::Link(end) => end.is_hang_up(),
            Self::HungUpAtLogin(..) => true,
            Self::Session(_)
            | Self::Refused(..)
            | Self::Unsendable(_)
            | Self::PushedOut
            | Self::HungUpOnUpload => false,
        }
    }

    /// Whether trying again in the same way could help. More tries of a refused login could get the device
    /// banned, and the rest needs somebody to change something first.
    pub fn may_mend(&self) -> bool {
        match self {
            Self::Session(CloseReason::Refused(_))
            | Self::Refused(..)
            | Self::Unsendable(_)
            | Self::PushedOut
            | Self::HungUpOnUpload => false,
            Self::Session(_) | Self::HungUpAtLogin(..) => true,
            Self::Link(LinkEnd::Forbidden) => false,
            Self::Link(end) => !matches!(
                end.refusal(),
                Some(RelayRefusal::UnknownUpstream | RelayRefusal::OriginRefused | RelayRefusal::HostRefused)
            ),
        }
    }
}

/// How a link ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkEnd {
    /// It did not open in time.
    OpenTimedOut,
    /// The browser does not let this page use the address.
    Forbidden,
    /// The WebSocket closed with this code and reason (RFC 6455 §7.4). 1006: without a word.
    Closed {
        /// The code.
        code: u16,
        /// The reason, often empty.
        reason: String,
    },
    /// The platform in this page closed it, as the real one does without a word.
    HungUp,
    /// The far end is gone.
    Vanished,
}

impl LinkEnd {
    /// What the relay says with it, if it is one of the relay's words.
    pub fn refusal(&self) -> Option<RelayRefusal> {
        let Self::Closed { code, reason } = self else { return None };
        RelayRefusal::from_close(*code, reason)
    }

    /// Whether the other side ended it on purpose and without a reason, as a platform does with a device that
    /// logs in elsewhere. Links that break end otherwise.
    pub fn is_hang_up(&self) -> bool {
        match self {
            Self::Closed { code, .. } => matches!(code, 1000 | 1005),
            Self::HungUp => true,
            Self::OpenTimedOut | Self::Forbidden | Self::Vanished => false,
        }
    }
}

/// What the relay means by the code and the reason of a close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayRefusal {
    /// It has no upstream of this name.
    UnknownUpstream,
    /// It does not serve pages from where this one was loaded.
    OriginRefused,
    /// It does not answer to the name by which this page reached it.
    HostRefused,
    /// What it got first was no CONNECT.
    NotMqtt,
    /// It heard nothing from this page for too long.
    ClientSilent,
    /// It serves as many as it can.
    OverCapacity,
    /// The upstream refused the connection.
    DialRefused,
    /// The upstream's name is unknown.
    NameNotResolved,
    /// The upstream did not answer.
    DialTimedOut,
    /// The upstream closed the connection: with OneNET, the platform hung up.
    UpstreamEnded,
    /// The connection to the upstream broke.
    UpstreamError,
    /// A message was too big for it.
    TooBig,
    /// It is shutting down.
    Draining,
}

impl RelayRefusal {
    fn from_close(code: u16, reason: &str) -> Option<Self> {
        Some(match (code, reason) {
            (1008, "unknown-upstream") => Self::UnknownUpstream,
            (1008, "origin-refused") => Self::OriginRefused,
            (1008, "host-refused") => Self::HostRefused,
            (1008, "not-mqtt") => Self::NotMqtt,
            (1008, "client-silent") => Self::ClientSilent,
            (1013, _) => Self::OverCapacity,
            (4502, _) => Self::DialRefused,
            (4503, _) => Self::NameNotResolved,
            (4504, _) => Self::DialTimedOut,
            (1000, _) => Self::UpstreamEnded,
            (1011, _) => Self::UpstreamError,
            (1009, _) => Self::TooBig,
            (1012, _) => Self::Draining,
            _ => return None,
        })
    }
}

//! What a rule is: an id, a sentence in two languages, where it comes from and what breaking it brings.

use std::fmt;

use super::id::RuleId;
use super::reading::Reading;

/// One thing that the platform demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// What is demanded, as a sentence.
    pub english: &'static str,
    /// What is demanded, as a Chinese sentence.
    pub chinese: &'static str,
    /// The documents that say so, by the short names of the reference (§0), and where in them.
    pub source: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
    /// What the real platform does about whoever breaks it.
    pub consequence: Consequence,
    /// What the sources disagree on. [`Readings`](super::Readings) says which of them is followed.
    pub disputed: Option<Dispute>,
}

/// How sure a rule is (reference §0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Official text and an independent capture or SDK agree.
    A,
    /// Official text only.
    B,
    /// One source that is not official.
    C,
    /// Sources disagree.
    Disputed,
    /// Nothing public says so: it is how the simulated platform does it.
    Unknown,
}

impl Confidence {
    /// The letter of the reference: A, B, C, X or U.
    pub fn letter(self) -> char {
        match self {
            Self::A => 'A',
            Self::B => 'B',
            Self::C => 'C',
            Self::Disputed => 'X',
            Self::Unknown => 'U',
        }
    }
}

/// What the real platform does about whoever breaks a rule. There is no error packet: whoever is not
/// answered with a code is told nothing (reference §1.3, §2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consequence {
    /// It closes the connection without a word.
    Close,
    /// It answers with this code: of a CONNACK, of a SUBACK (0x80), or errno of the HTTP API.
    Refuse(u8),
    /// It acts as if nothing had come.
    Ignore,
    /// It takes the message and says on the topic for rejections, to a device that is subscribed, with this
    /// code that it is no good.
    Reject(u16),
    /// It leaves it, and everything behind it, for the next second.
    Delay,
    /// It closes the connection and refuses the device for [`BAN`](super::sys::BAN).
    Ban,
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Close => f.write_str("closes"),
            Self::Refuse(code @ 0x80..) => write!(f, "refuses with {code:#04x}"),
            Self::Refuse(code) => write!(f, "refuses with {code}"),
            Self::Ignore => f.write_str("ignores"),
            Self::Reject(code) => write!(f, "rejects with {code}"),
            Self::Delay => f.write_str("delays"),
            Self::Ban => f.write_str("closes and bans"),
        }
    }
}

/// Sources that disagree about a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dispute {
    /// What there is to choose from.
    pub readings: &'static [Reading],
    /// The place in `readings` of the one that is followed by default.
    pub default: usize,
}

/// Where in a form a broken rule shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// What every CONNECT begins with: protocol name, level and flags.
    Connect,
    /// 设备 ID or, on platforms with tokens, 设备名称: the client identifier.
    DeviceId,
    /// 产品 ID, the user name.
    ProductId,
    /// 鉴权信息 or, on platforms with tokens, the token: the password.
    AuthInfo,
    /// The keep alive of a CONNECT.
    KeepAlive,
    /// The will of a CONNECT.
    Will,
    /// The topic of a message.
    Topic,
    /// The content of a message.
    Payload,
    /// The QoS of a message.
    Qos,
    /// The RETAIN flag of a message.
    Retain,
    /// The filter of a subscription.
    Filter,
    /// No single field: when something is sent, or whether anything is.
    Conversation,
    /// The body of a command over HTTP.
    Command,
}

/// A rule that nobody disagrees about.
pub(super) const fn rule(
    id: RuleId,
    english: &'static str,
    chinese: &'static str,
    (source, confidence): (&'static str, Confidence),
    consequence: Consequence,
) -> Rule {
    Rule { id, english, chinese, source, confidence, consequence, disputed: None }
}

/// A rule that sources disagree about.
pub(super) const fn disputed(
    id: RuleId,
    english: &'static str,
    chinese: &'static str,
    source: &'static str,
    consequence: Consequence,
    readings: &'static [Reading],
) -> Rule {
    // The first of every dispute is its default, in `reading` too.
    let disputed = Some(Dispute { readings, default: 0 });
    Rule { disputed, ..rule(id, english, chinese, (source, Confidence::Disputed), consequence) }
}

//! What an upload is made from, and which of it each protocol has.

use onenet::Generation;

/// What an upload is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Data points from fields: to `$dp`, or to `dp/post/json` of the suite.
    Points,
    /// A text body to `$dp`, byte for byte.
    Body,
    /// The answer to a command of the suite.
    CommandAnswer,
    /// Desired or reported state for the device image of the suite (设备镜像).
    ImageUpdate,
    /// Asks for the device image.
    ImageGet,
    /// Properties of a thing model (属性上报).
    Properties,
    /// An event of a thing model (事件上报).
    Event,
    /// Asks for desired values (获取期望值).
    DesiredGet,
    /// Clears desired values (清除期望值).
    DesiredDelete,
    /// Properties and events of several devices at once (批量上报).
    Pack,
    /// Properties and events of the past (历史数据上报).
    History,
    /// Anything to any topic.
    Message,
}

impl Content {
    /// What a protocol has, in the order in which it is offered.
    pub fn all(generation: Generation) -> &'static [Self] {
        match generation {
            Generation::Legacy => &[Self::Points, Self::Body, Self::Message],
            Generation::Suite => {
                &[Self::Points, Self::CommandAnswer, Self::ImageUpdate, Self::ImageGet, Self::Message]
            }
            Generation::Studio => &[
                Self::Properties,
                Self::Event,
                Self::DesiredGet,
                Self::DesiredDelete,
                Self::Pack,
                Self::History,
                Self::Message,
            ],
        }
    }

    /// Where it goes, behind the names of the device; `None` for what goes to a topic of its own.
    pub fn rest(self) -> Option<&'static str> {
        match self {
            Self::Points => Some("dp/post/json"),
            Self::ImageUpdate => Some("image/update"),
            Self::ImageGet => Some("image/get"),
            Self::Properties => Some("thing/property/post"),
            Self::Event => Some("thing/event/post"),
            Self::DesiredGet => Some("thing/property/desired/get"),
            Self::DesiredDelete => Some("thing/property/desired/delete"),
            Self::Pack => Some("thing/pack/post"),
            Self::History => Some("thing/history/post"),
            Self::Body | Self::CommandAnswer | Self::Message => None,
        }
    }

    /// A text that names it in a list of choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Points => "points",
            Self::Body => "body",
            Self::CommandAnswer => "command-answer",
            Self::ImageUpdate => "image-update",
            Self::ImageGet => "image-get",
            Self::Properties => "properties",
            Self::Event => "event",
            Self::DesiredGet => "desired-get",
            Self::DesiredDelete => "desired-delete",
            Self::Pack => "pack",
            Self::History => "history",
            Self::Message => "message",
        }
    }

    /// The content of a protocol that a text names; its first where the text names none.
    pub fn from_key(generation: Generation, key: &str) -> Self {
        let all = Self::all(generation);
        all.iter().copied().find(|content| content.key() == key).unwrap_or(all[0])
    }
}

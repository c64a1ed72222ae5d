//! Topics of the suite behind the names of the device (reference §2.4).

use std::fmt;

use super::command_id::CommandId;
use super::known::unknown;
use crate::sys::{Address, Device, Direction, TopicError, Tree};

/// A topic of the suite, in the tree of a device or of a sub-device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// `dp/post/json`, up: data points.
    DataPoints,
    /// `dp/post/json/accepted`, down: they were taken.
    DataPointsAccepted,
    /// `dp/post/json/rejected`, down: they were not, and why.
    DataPointsRejected,

    /// `cmd/request/{id}`, down: a command.
    CommandRequest(CommandId),
    /// `cmd/response/{id}`, up: the answer to the command with the same id.
    CommandResponse(CommandId),
    /// `cmd/response/{id}/accepted`, down: the answer was taken.
    CommandAccepted(CommandId),
    /// `cmd/response/{id}/rejected`, down: it was not, and why.
    CommandRejected(CommandId),

    /// `image/update`, up: desired or reported state for the device image.
    ImageUpdate,
    /// `image/update/accepted`, down: the image was updated.
    ImageUpdateAccepted,
    /// `image/update/rejected`, down: it was not, and why.
    ImageUpdateRejected,
    /// `image/update/delta`, down: where desired and reported state differ, by the page on topics.
    ImageUpdateDelta,
    /// `image/delta`, down: the same by the design document.
    ImageDelta,
    /// `image/get`, up: asks for the device image.
    ImageGet,
    /// `image/get/accepted`, down: the device image.
    ImageGetAccepted,
    /// `image/get/rejected`, down: why there is none.
    ImageGetRejected,

    /// `login`, up, of sub-devices alone: it is here.
    Login,
    /// `login/accepted`, down: it may send.
    LoginAccepted,
    /// `login/rejected`, down: it may not.
    LoginRejected,
    /// `logout`, up, of sub-devices alone: it is gone.
    Logout,
    /// `logout/accepted`, down: it is logged out.
    LogoutAccepted,
    /// `logout/rejected`, down: it is not.
    LogoutRejected,
    /// `logout/notify`, down: the platform has logged it out.
    LogoutNotify,

    /// `thing/json/…` and `thing/tlv/…`: named in the design document, and laid out nowhere.
    Thing(ThingTopic),
}

impl Topic {
    /// Reads the topic of an address.
    ///
    /// # Errors
    ///
    /// The platform has no such topic. Offsets count from the beginning of the address.
    pub fn of(address: &Address<'_>) -> Result<Self, TopicError> {
        Self::parse(address.tree, address.rest()).map_err(|error| error.behind(address.rest_offset()))
    }

    /// Reads the part behind the names: `dp/post/json`.
    ///
    /// # Errors
    ///
    /// The platform has no such topic in this tree. Offsets count from the beginning of `rest`.
    pub fn parse(tree: Tree, rest: &str) -> Result<Self, TopicError> {
        let levels: Vec<&str> = rest.split('/').collect();
        let id = |level: &str| {
            let start = level.as_ptr().addr() - rest.as_ptr().addr();
            CommandId::parse(level).map_err(|error| error.behind(start))
        };
        let topic = match *levels {
            ["dp", "post", "json"] => Self::DataPoints,
            ["dp", "post", "json", "accepted"] => Self::DataPointsAccepted,
            ["dp", "post", "json", "rejected"] => Self::DataPointsRejected,
            ["cmd", "request", level] => Self::CommandRequest(id(level)?),
            ["cmd", "response", level] => Self::CommandResponse(id(level)?),
            ["cmd", "response", level, "accepted"] => Self::CommandAccepted(id(level)?),
            ["cmd", "response", level, "rejected"] => Self::CommandRejected(id(level)?),
            ["image", "update"] => Self::ImageUpdate,
            ["image", "update", "accepted"] => Self::ImageUpdateAccepted,
            ["image", "update", "rejected"] => Self::ImageUpdateRejected,
            ["image", "update", "delta"] => Self::ImageUpdateDelta,
            ["image", "delta"] => Self::ImageDelta,
            ["image", "get"] => Self::ImageGet,
            ["image", "get", "accepted"] => Self::ImageGetAccepted,
            ["image", "get", "rejected"] => Self::ImageGetRejected,
            ["login"] => Self::Login,
            ["login", "accepted"] => Self::LoginAccepted,
            ["login", "rejected"] => Self::LoginRejected,
            ["logout"] => Self::Logout,
            ["logout", "accepted"] => Self::LogoutAccepted,
            ["logout", "rejected"] => Self::LogoutRejected,
            ["logout", "notify"] => Self::LogoutNotify,
            ["thing", "json" | "tlv", "up"] => Self::thing(rest, Direction::Up),
            ["thing", "json" | "tlv", "up", "accepted" | "rejected"] => Self::thing(rest, Direction::Down),
            ["thing", "json" | "tlv", "down", level] => {
                id(level)?;
                Self::thing(rest, Direction::Down)
            }
            ["thing", "json" | "tlv", "down_reply", level] => {
                id(level)?;
                Self::thing(rest, Direction::Up)
            }
            ["thing", "json" | "tlv", "down_reply", level, "accepted" | "rejected"] => {
                id(level)?;
                Self::thing(rest, Direction::Down)
            }
            _ => return Err(unknown(rest)),
        };
        if topic.is_in(tree) { Ok(topic) } else { Err(TopicError::Unknown { offset: 0 }) }
    }

    fn thing(rest: &str, direction: Direction) -> Self {
        Self::Thing(ThingTopic { rest: rest.to_owned(), direction })
    }

    /// The whole topic of a device.
    pub fn write(&self, tree: Tree, device: &Device) -> String {
        device.topic(tree, &self.to_string())
    }

    /// Whether the tree has it: images and things are of devices alone, logins of sub-devices alone.
    pub fn is_in(&self, tree: Tree) -> bool {
        match self {
            Self::DataPoints
            | Self::DataPointsAccepted
            | Self::DataPointsRejected
            | Self::CommandRequest(_)
            | Self::CommandResponse(_)
            | Self::CommandAccepted(_)
            | Self::CommandRejected(_) => true,
            Self::ImageUpdate
            | Self::ImageUpdateAccepted
            | Self::ImageUpdateRejected
            | Self::ImageUpdateDelta
            | Self::ImageDelta
            | Self::ImageGet
            | Self::ImageGetAccepted
            | Self::ImageGetRejected
            | Self::Thing(_) => tree == Tree::Sys,
            Self::Login
            | Self::LoginAccepted
            | Self::LoginRejected
            | Self::Logout
            | Self::LogoutAccepted
            | Self::LogoutRejected
            | Self::LogoutNotify => tree == Tree::Subdev,
        }
    }

    /// Which way it goes.
    pub fn direction(&self) -> Direction {
        match self {
            Self::DataPoints
            | Self::CommandResponse(_)
            | Self::ImageUpdate
            | Self::ImageGet
            | Self::Login
            | Self::Logout => Direction::Up,
            Self::DataPointsAccepted
            | Self::DataPointsRejected
            | Self::CommandRequest(_)
            | Self::CommandAccepted(_)
            | Self::CommandRejected(_)
            | Self::ImageUpdateAccepted
            | Self::ImageUpdateRejected
            | Self::ImageUpdateDelta
            | Self::ImageDelta
            | Self::ImageGetAccepted
            | Self::ImageGetRejected
            | Self::LoginAccepted
            | Self::LoginRejected
            | Self::LogoutAccepted
            | Self::LogoutRejected
            | Self::LogoutNotify => Direction::Down,
            Self::Thing(topic) => topic.direction,
        }
    }

    /// Where the platform says that it took what came up on this topic; `None` for a topic down.
    pub fn accepted(&self) -> Option<Self> {
        self.reply("accepted")
    }

    /// Where the platform says that it did not take what came up on this topic; `None` for a topic down.
    pub fn rejected(&self) -> Option<Self> {
        self.reply("rejected")
    }

    /// Whatever goes up is answered one level below itself.
    fn reply(&self, word: &str) -> Option<Self> {
        let tree = if self.is_in(Tree::Sys) { Tree::Sys } else { Tree::Subdev };
        match self.direction() {
            Direction::Up => Self::parse(tree, &format!("{self}/{word}")).ok(),
            Direction::Down => None,
        }
    }
}

impl fmt::Display for Topic {
    /// The part behind the names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DataPoints => "dp/post/json",
            Self::DataPointsAccepted => "dp/post/json/accepted",
            Self::DataPointsRejected => "dp/post/json/rejected",
            Self::CommandRequest(id) => return write!(f, "cmd/request/{id}"),
            Self::CommandResponse(id) => return write!(f, "cmd/response/{id}"),
            Self::CommandAccepted(id) => return write!(f, "cmd/response/{id}/accepted"),
            Self::CommandRejected(id) => return write!(f, "cmd/response/{id}/rejected"),
            Self::ImageUpdate => "image/update",
            Self::ImageUpdateAccepted => "image/update/accepted",
            Self::ImageUpdateRejected => "image/update/rejected",
            Self::ImageUpdateDelta => "image/update/delta",
            Self::ImageDelta => "image/delta",
            Self::ImageGet => "image/get",
            Self::ImageGetAccepted => "image/get/accepted",
            Self::ImageGetRejected => "image/get/rejected",
            Self::Login => "login",
            Self::LoginAccepted => "login/accepted",
            Self::LoginRejected => "login/rejected",
            Self::Logout => "logout",
            Self::LogoutAccepted => "logout/accepted",
            Self::LogoutRejected => "logout/rejected",
            Self::LogoutNotify => "logout/notify",
            Self::Thing(topic) => &topic.rest,
        })
    }
}

/// A topic behind `thing/json/` or `thing/tlv/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingTopic {
    /// All of it, `thing/` included.
    rest: String,
    direction: Direction,
}

impl ThingTopic {
    /// The part behind the names: `thing/json/up`.
    pub fn as_str(&self) -> &str {
        &self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::super::known::KNOWN;
    use super::*;
    use crate::sys::TopicPart;

    #[test]
    fn knows_every_topic_and_writes_it_again() {
        for known in KNOWN {
            let rest = known.replace('+', "4b9772c8-5ef0-46e0-8ca7-cf8d6afd433a");
            let trees = [Tree::Sys, Tree::Subdev].map(|tree| Topic::parse(tree, &rest));
            let topic = trees.iter().flatten().next().unwrap();
            assert_eq!(topic.to_string(), rest);
            for (tree, read) in [Tree::Sys, Tree::Subdev].into_iter().zip(&trees) {
                assert_eq!(read.is_ok(), topic.is_in(tree), "{rest}");
            }
            let replies = [topic.accepted(), topic.rejected()];
            assert!(
                replies.iter().all(|reply| reply.is_some() == (topic.direction() == Direction::Up)),
                "{rest}"
            );
        }
    }

    #[test]
    fn writes_the_topic_of_a_device() {
        let topic = "$subdev/321016/lamp/login";
        let address = Address::parse(topic).unwrap();
        let login = Topic::of(&address).unwrap();
        assert_eq!(login.write(address.tree, &address.device), topic);
        assert_eq!(login.rejected(), Some(Topic::LoginRejected));
    }

    #[test]
    fn says_where_a_topic_leaves_those_it_knows() {
        let error = |rest| Topic::parse(Tree::Sys, rest).unwrap_err();
        assert_eq!(error("dp/post/xml"), TopicError::Unknown { offset: 8 });
        assert_eq!(error("thing/property/post"), TopicError::Unknown { offset: 6 });
        assert_eq!(error("dp/post/json/accepted/x"), TopicError::Unknown { offset: 22 });
        assert_eq!(error("dp/post"), TopicError::Incomplete { missing: TopicPart::Rest, offset: 7 });
        assert_eq!(
            error("cmd/request"),
            TopicError::Incomplete { missing: TopicPart::CommandId, offset: 11 }
        );
        assert_eq!(
            error("cmd/request/"),
            TopicError::Incomplete { missing: TopicPart::CommandId, offset: 12 }
        );
        assert_eq!(error("cmd/request/a.b"), TopicError::Character { character: '.', offset: 13 });
        assert_eq!(error("login"), TopicError::Unknown { offset: 0 }, "that is a sub-device's");
        assert_eq!(error(""), TopicError::Unknown { offset: 0 });
    }
}

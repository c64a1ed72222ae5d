//! What the two platforms with tokens share (reference §2, §3): the suite, with data streams, and the studio,
//! with a thing model.
//!
//! A device talks in a tree of its own, `$sys/{product ID}/{device name}/…`; a gateway of the suite also in
//! those of its sub-devices, `$subdev/{product ID}/{device name}/…`. [`Address`] is such a topic taken apart,
//! [`Filter`] a subscription within a tree. What stands behind the names belongs to the platform: `suite::Topic`
//! and `studio::Topic`.

mod name;

mod address;
mod filter;
mod topic_error;

pub use address::{Address, Device, Direction, MAX_LEVELS, Tree};
pub use filter::{Filter, MAX_FILTER_LENGTH};
pub use name::{DeviceName, MAX_NAME_LENGTH, NameError, ProductId};
pub use topic_error::{TopicError, TopicPart};

/// One of the two platforms with tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Platform {
    /// MQTT物联网套件: data streams (reference §2).
    Suite,
    /// OneNET Studio, today's merged platform: a thing model (reference §3).
    Studio,
}

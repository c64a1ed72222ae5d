//! Messages of the studio, OneJSON (reference §3.3): requests and replies, whose middle part depends on the topic.

mod content;
mod role;

pub(super) use content::walk;
pub(super) use role::Role;

//! What the legacy platform accepts (reference §1.2–§1.8): [`RULES`], and what checks against them.

mod list;

mod reading;

mod login;
mod publication;
mod subscription;

pub use list::RULES;
pub use login::{Login, check_login};
pub use publication::{Publication, Taken, check_publish, take_publish};
pub use reading::{KeepAlive, Qos, Retain, TopicCharacters, TopicsPerDevice, Will};
pub use subscription::{TOPICS_PER_PRODUCT, check_subscribe};

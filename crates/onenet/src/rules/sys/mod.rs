//! What the platforms with tokens accept (reference §2.2–§2.4, §3.1–§3.3): [`RULES`], and what checks against them.
//!
//! [`check_login`], [`check_publish`] and [`check_subscribe`] are asked about one packet, [`check_rate`] about
//! one more of what has been counted. Whether values fit a thing model is for
//! `studio::ThingModel` to say.

mod list;

mod reading;

mod login;
mod publication;
mod rate;
mod subscription;

pub use list::RULES;
pub use login::{KEEP_ALIVES, Login, check_login};
pub use publication::{MAX_PAYLOAD, Publication, check_publish};
pub use rate::{Activity, BAN, Rate, check_rate, rate};
pub use reading::{CommandSize, DeltaTopic, MessageIds, ProductIds, StudioLogins};
pub use subscription::{FILTERS_PER_PACKET, Subscription, check_subscribe, topics_per_device};

//! What the studio does about messages of its devices (reference §3.2, §3.3): properties, events, desired values,
//! packs and histories, sub-devices; and what it asks of them.
//!
//! Every request is answered on `…/reply`, to who is subscribed. What is said nowhere is settled here: a request that
//! does not fit in one place changes nothing at all, and is answered with the code that the device log has for it; one
//! whose `id` cannot be read is answered with the id `0`. Setting a desired value sends nothing to the device: it asks.
//! A sub-device that logs in is bound to its gateway by that.

mod uplink;

mod request;

mod property;

mod desired;

mod batch;

mod gateway;

mod call;
mod reply;

pub use call::STUDIO_TIMEOUT;
pub(crate) use gateway::MAX_BOUND;

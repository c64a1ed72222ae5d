//! What messages of the thing model carry: JSON that its topic tells how to read (reference §3.3).
//!
//! ```text
//! request   {"id":"123","version":"1.0","params":…}
//! reply     {"id":"123","code":200,"msg":"success","data":…}
//! ```
//!
//! | file | is |
//! |---|---|
//! | `content` | [`Message`]: one of these two, or the bytes of a product with a format of its own |
//! | `request`, `reply` | [`Request`] and [`Reply`], by function |
//! | `part` | what stands in them: points, batches, devices |
//! | `read`, `write` | their JSON |
//! | `limit` | what the platform says a message may have at most |
//!
//! The order of members is free, unknown members are passed over, and of a repeated member of the envelope
//! the last one counts. Values are kept as they were written, numbers digit by digit; white space around
//! them is not.

mod content;
mod limit;
mod part;
mod read;
mod reply;
mod request;
mod write;

#[cfg(test)]
mod tests;

pub use content::Message;
pub use part::{Batch, Desired, DesiredVersion, Device, Moment, Named, Point, Series, SubToken};
pub use reply::{Data, Reply};
pub use request::{Params, Request};

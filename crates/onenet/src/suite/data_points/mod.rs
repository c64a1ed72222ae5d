//! Data points, and what they are made of.

mod id;
mod message;
mod stream;
mod value;

pub use id::{MessageId, MessageIdError};
pub use message::{DataPoints, DataPointsError, Point};
pub use stream::{MAX_NAME, StreamName, StreamNameError};
pub use value::MAX_DEPTH;

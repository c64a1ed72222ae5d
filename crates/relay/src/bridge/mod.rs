//! One visit of a client: its WebSocket on one side, a byte pipe to an upstream on the other, and bytes
//! both ways in fixed memory. Looks at one byte, the first, to keep strangers' protocols out; otherwise
//! knows no MQTT.

mod dial;
mod ending;
mod pump;
mod socket;
mod visit;

mod cut;

pub use cut::MAX_MESSAGE;
pub use ending::Ending;
pub use visit::{Target, Visit};

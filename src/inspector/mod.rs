//! Every frame, both ways, and what every byte of it means.

mod capture;
mod summary;
mod value;

mod attention;
mod dump;
mod key;
mod outline;
mod place;

mod view;

pub use attention::{Attention, Notice, Target};
pub use capture::{Capture, Captured, Direction, Pair};
pub use dump::Part;
pub use place::{Piece, Place};
pub use summary::{gist, summary};
pub use value::value_text;
pub use view::{Anatomy, AnatomyProps};

//! The inspector as it is drawn.

mod anatomy;

pub use anatomy::{Anatomy, AnatomyProps};

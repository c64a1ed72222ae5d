//! The panel that shows what arrives.

mod auto_replies;
mod entry;
mod listening;
mod panel;

pub use panel::{FeedPanel, FeedPanelProps};

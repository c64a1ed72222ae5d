//! What the session made of a frame that it did not expect.

use session::CloseReason;

use crate::connect::Oddity;

/// What was odd about a frame that arrived, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// It changed nothing.
    Odd(Oddity),
    /// It broke a rule, so that the connection was closed.
    Ended(CloseReason),
}

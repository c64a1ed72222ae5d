//! What the docs say of the tests is so.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

mod conformance;
mod messages;

mod source;

//! Frames as people see them: every frame that was recorded, frames of every packet type, broken ones as a
//! tree; and what holds for any bytes.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

mod any_bytes;
mod broken;
mod good;
mod packets;
mod platforms;
mod samples;
mod size;
mod told;
mod vectors;

//! Messages of the suite (reference §2.4): JSON for data points and images, any bytes for commands.

mod content;
mod role;

pub(super) use content::walk;
pub(super) use role::Role;

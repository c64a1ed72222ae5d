//! What a PUBLISH carries, by its topic: here the dissector is picked. A folder a generation of OneNET; what
//! all of them are written in stands beside them.

mod carries;
mod json;
mod legacy;
mod message;
mod role;
mod studio;
mod suite;

pub(crate) use carries::Carries;

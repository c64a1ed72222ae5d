//! The packets of MQTT 3.1.1, one walk each. What they carry is walked over by `payload`.

mod acknowledgement;
mod connect;
mod fixed_header;
mod publish;
mod subscribe;
mod token;
mod walk;

pub(crate) use walk::{Walk, walk};

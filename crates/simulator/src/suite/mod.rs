//! What the suite does about messages of its devices (reference §2.4): data points, answers to commands, the device
//! image, sub-devices.
//!
//! Everything that goes up is answered on `…/accepted` or `…/rejected`, to who is subscribed. What is said nowhere is
//! settled here: `image/get/accepted` has the whole image, `image/update/accepted` its version and time; a difference
//! is told after every update while there is one; `accepted` of sub-devices is empty. What the design document names
//! on `thing/…` and lays out nowhere is taken and not answered.

mod uplink;

mod data_point;

mod command;

mod image;

mod sub_device;

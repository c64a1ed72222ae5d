//! Who is let in (reference §1.2, §1.3).

use std::time::Duration;

use frame::Connect;
use onenet::credentials::is_decimal;

use crate::event::{DropReason, RefusalCode};
use crate::options::KnownDevice;

/// The longest device or product ID, in characters. The real ones have about nine; nothing says more.
const MAX_ID_LENGTH: usize = 64;

/// A CONNECT that keeps the rules, whoever sent it.
pub(crate) struct Login {
    pub(crate) device_id: String,
    pub(crate) product_id: String,
    auth_info: String,
    pub(crate) keep_alive: Duration,
}

impl Login {
    /// Takes a CONNECT and the frame that it came as.
    ///
    /// # Errors
    ///
    /// The rule of reference §1.2 that it breaks: there is no CONNACK for that (§1.3).
    pub(crate) fn read(connect: Connect, frame: &[u8]) -> Result<Self, DropReason> {
        if connect_flags(frame) & LOGIN_FLAGS != LOGIN_FLAGS {
            return Err(DropReason::LoginMissing);
        }
        if connect.keep_alive == 0 {
            return Err(DropReason::KeepAliveZero);
        }
        // Two empty fields are there by their flags and read as no login.
        let (product_id, auth_info) =
            connect.login.map(|login| (login.username, login.password)).unwrap_or_default();
        Ok(Self {
            device_id: connect.client_id,
            product_id,
            auth_info,
            keep_alive: Duration::from_secs(u64::from(connect.keep_alive)),
        })
    }

    /// Whether the device may log in. Unknown device: 2; everything else wrong: 4 (reference §1.3).
    pub(crate) fn judge(&self, known: &[KnownDevice]) -> Result<(), RefusalCode> {
        if known.is_empty() {
            return self.judge_form();
        }
        let device = known.iter().find(|known| known.device_id == self.device_id);
        let device = device.ok_or(RefusalCode::ClientId)?;
        if device.product_id != self.product_id || device.auth_info != self.auth_info {
            return Err(RefusalCode::BadLogin);
        }
        Ok(())
    }

    /// What can be told of a device that nobody has named: ids are decimal digits, auth info is there.
    fn judge_form(&self) -> Result<(), RefusalCode> {
        let is_id = |id: &str| is_decimal(id) && id.len() <= MAX_ID_LENGTH;
        if !is_id(&self.device_id) {
            return Err(RefusalCode::ClientId);
        }
        if !is_id(&self.product_id) || self.auth_info.is_empty() {
            return Err(RefusalCode::BadLogin);
        }
        Ok(())
    }
}

/// Bits 7 and 6 of the connect flags: user name and password follow.
const LOGIN_FLAGS: u8 = 0xC0;

/// The connect flags, which tell an empty field from one that is missing.
//
// byte   0        1 …                2 … 7          8       9
//      ┌────────┬──────────────────┬──────────────┬───────┬───────
//      │ 0x10   │ remaining length │ 00 04 "MQTT" │ level │ flags …
//      └────────┴──────────────────┴──────────────┴───────┴───────
fn connect_flags(frame: &[u8]) -> u8 {
    let length_bytes = 1 + frame.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count();
    frame.get(1 + length_bytes + 7).copied().unwrap_or_default()
}

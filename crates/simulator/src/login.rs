//! What a CONNECT says (reference §1.2), and which of its rules it breaks.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use frame::{Connect, LastWill};
use onenet::legacy::Topic;
use onenet::rules::legacy::{Publication, Taken};
use onenet::rules::{Consequence, Finding, Readings, RuleId, legacy};

use crate::connection::Request;
use crate::reason::{DropReason, RefusalCode};
use crate::sys::{self, Products, SysLogin};
use crate::will::Will;

/// A CONNECT that the connection survives, whoever sent it.
pub(crate) struct Login {
    pub(crate) device_id: String,
    pub(crate) product_id: String,
    pub(crate) auth_info: String,
    pub(crate) keep_alive: Duration,
    pub(crate) clean_session: bool,
    pub(crate) will: Option<Will>,
    /// The first rule it breaks whose breaking is answered with a code.
    pub(crate) finding: Option<Finding>,
    /// What it says besides, where it is one with a token.
    pub(crate) sys: Option<Box<SysLogin>>,
}

impl fmt::Debug for Login {
    /// Leaves the auth info out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("device_id", &self.device_id)
            .field("product_id", &self.product_id)
            .field("keep_alive", &self.keep_alive)
            .field("clean_session", &self.clean_session)
            .field("finding", &self.finding)
            .finish_non_exhaustive()
    }
}

/// What a CONNECT asks for; `frame` is what it came as.
pub(crate) fn read(connect: Connect, frame: &[u8], readings: &Readings, products: &Products) -> Request {
    let said = connect.login.as_ref().map(|login| (login.username.as_str(), login.password.as_str()));
    let (product_id, password) = said.unwrap_or_default();
    match products.platform(product_id, password) {
        Some(platform) => sys::read(connect, connect_flags(frame), platform, readings),
        None => read_legacy(connect, frame, readings),
    }
}

fn read_legacy(connect: Connect, frame: &[u8], readings: &Readings) -> Request {
    // Two empty fields are there by their flags and read as no login.
    let (product_id, auth_info) =
        connect.login.map(|login| (login.username, login.password)).unwrap_or_default();
    let login = legacy::Login {
        flags: connect_flags(frame),
        ..legacy::Login::new(&connect.client_id, &product_id, &auth_info, connect.keep_alive)
    };
    let mut finding = None;
    for found in legacy::check_login(&login, readings) {
        match found.consequence() {
            Consequence::Close | Consequence::Ban => return Request::Drop(DropReason::Rule(found)),
            Consequence::Refuse(_) => finding = finding.or(Some(found)),
            Consequence::Ignore | Consequence::Reject(_) | Consequence::Delay => {}
        }
    }
    let will = match connect.last_will.map(|will| read_will(will, readings)).transpose() {
        Ok(will) => will,
        Err(found) => return Request::Drop(DropReason::Rule(found)),
    };
    let seconds = readings.keep_alive.effective(connect.keep_alive);
    Request::LogIn(Login {
        device_id: connect.client_id,
        product_id,
        auth_info,
        keep_alive: Duration::from_secs(seconds.into()),
        clean_session: connect.clean_session,
        will,
        finding,
        sys: None,
    })
}

/// A will, or the first rule that it breaks: those for a message, and that it is for subscribers, whom `$dp` and
/// `$crsp` cannot have (reference §1.2).
fn read_will(will: LastWill, readings: &Readings) -> Result<Will, Finding> {
    let publication =
        Publication { topic: &will.topic, payload: &will.message, qos: will.qos as u8, retain: will.retain };
    match legacy::take_publish(&publication, readings) {
        Err(findings) => Err(findings.into_iter().next().unwrap_or(Finding::new(RuleId::Will))),
        Ok(Taken::Message(Topic::User(topic))) => {
            let payload = Bytes::copy_from_slice(&will.message);
            Ok(Will { topic, payload, qos: will.qos, retain: will.retain })
        }
        Ok(Taken::Upload(_) | Taken::Message(_)) => Err(Finding::new(RuleId::Will)),
    }
}

/// The code that a finding of a login is answered with.
pub(crate) fn refusal_code(finding: &Finding) -> RefusalCode {
    match finding.consequence() {
        Consequence::Refuse(number) => RefusalCode::from_number(number).unwrap_or(RefusalCode::BadLogin),
        Consequence::Close
        | Consequence::Ignore
        | Consequence::Reject(_)
        | Consequence::Delay
        | Consequence::Ban => RefusalCode::BadLogin,
    }
}

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

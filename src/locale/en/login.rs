//! What goes into which field of a login, and what a platform answers to it.

use onenet::Generation;
use onenet::credentials::Field;
use onenet::doctor::{Answer, Meaning, meaning};
use onenet::token::{KeyError, KeyProblem, Version};

use super::connect::destination_name;
use crate::connect::{Lifetime, TokenSource};
use crate::locale::words::LoginWords;

pub(super) const LOGIN: LoginWords = LoginWords {
    generation: "What the device speaks",
    generation_name,
    generation_hint: |generation| match generation {
        Generation::Legacy => "Numeric device ID, numeric product ID, auth info. Data points go to $dp.",
        Generation::Suite => {
            "Device name, product ID and a signed token. For products with data streams on mqtts.heclouds.com."
        }
        Generation::Studio => {
            "Device name, product ID and a signed token. For products with a thing model (OneJSON)."
        }
    },
    misdirected: |destination| {
        let there = destination.generations().iter().map(|generation| generation_name(*generation));
        format!(
            "“{}” speaks {}. Choose that, or another place to connect to.",
            destination_name(destination),
            there.collect::<Vec<_>>().join(" or ")
        )
    },

    client_id: |generation| match generation {
        Generation::Legacy => "Device ID (client ID)",
        Generation::Suite | Generation::Studio => "Device name (client ID)",
    },
    client_id_hint: |generation| match generation {
        Generation::Legacy => None,
        Generation::Suite | Generation::Studio => Some("The device's name, not its numeric device ID."),
    },
    product_id: "Product ID (user name)",
    product_id_hint: |generation| match generation {
        Generation::Legacy => None,
        Generation::Suite => Some("A number; ten letters and digits for newer products."),
        Generation::Studio => Some("Ten letters and digits."),
    },
    secret: |generation| match generation {
        Generation::Legacy => "Auth info (password)",
        Generation::Suite | Generation::Studio => "Token (password)",
    },

    source: "Where the token comes from",
    source_name: |source| match source {
        TokenSource::Key => "Signed in this page, with the key",
        TokenSource::Pasted => "A token from elsewhere",
    },
    key: "Device key",
    key_hint: "As the device's page shows it: Base64, with its = at the end. It signs a fresh token at every login and never leaves this page.",
    token_hint: "version=…&res=…&et=…&method=…&sign=…",
    key_to_check: "Device key, to check the signature (optional)",
    key_to_check_hint: "With it this page finds out how a wrong signature came about. It is not sent.",
    method: "Method",
    version: "Version",
    version_name: |version| match version {
        version if *version == Version::DEVICE => format!("{version} (devices)"),
        version if *version == Version::APPLICATION => format!("{version} (applications)"),
        version => version.to_string(),
    },
    lifetime: "Valid for",
    lifetime_name: |lifetime| match lifetime {
        Lifetime::Hour => "1 hour",
        Lifetime::Day => "1 day",
        Lifetime::Month => "30 days",
        Lifetime::Year => "365 days",
        Lifetime::Until => "Until …",
    },
    expiry: "Valid until",
    expiry_hint: "Beijing time such as 2030-01-01 12:00, or seconds since 1970.",
};

pub(super) const UNNAMEABLE: &str =
    "A token cannot name this: take away every slash and everything that cannot be seen.";

pub(super) const EXPIRY_PROBLEM: &str =
    "Give a date and time such as 2030-01-01 12:00, or seconds since 1970 such as 1893470400.";

pub(super) fn generation_name(generation: Generation) -> &'static str {
    match generation {
        Generation::Legacy => "Legacy OneNET ($dp)",
        Generation::Suite => "MQTT suite (data streams)",
        Generation::Studio => "OneNET Studio (thing model)",
    }
}

/// A field inside a sentence.
pub(super) fn field(generation: Generation, field: Field) -> &'static str {
    match (field, generation.has_tokens()) {
        (Field::DeviceId, false) => "device ID",
        (Field::DeviceId, true) => "device name",
        (Field::ProductId, _) => "product ID",
        (Field::AuthInfo, false) => "auth info",
        (Field::AuthInfo, true) => "token",
    }
}

/// A key that signs nothing.
pub(super) fn key_error(error: KeyError) -> String {
    match error.problem {
        KeyProblem::Empty => "Fill in the device key; without it no token can be signed.".to_owned(),
        KeyProblem::Character(_)
        | KeyProblem::BehindPadding
        | KeyProblem::Digits { .. }
        | KeyProblem::Padding { .. } => {
            format!("{} Copy it once more from the device's page.", key_problem(error))
        }
    }
}

/// What is wrong with a key.
pub(super) fn key_problem(error: KeyError) -> String {
    let KeyError { offset, problem } = error;
    match problem {
        KeyProblem::Empty => "The key is empty.".to_owned(),
        KeyProblem::Character(character) => {
            format!("The key has {character:?} at byte {offset}, which is not Base64.")
        }
        KeyProblem::BehindPadding => {
            format!("The key goes on behind its =, at byte {offset}: two texts may have been put together.")
        }
        KeyProblem::Digits { digits } => format!(
            "The key has {digits} Base64 characters, which are no whole number of bytes: one is missing or too many."
        ),
        KeyProblem::Padding { expected, found } => {
            format!("The key ends with {found} =, and its length asks for {expected}.")
        }
    }
}

/// A login that was answered with a code.
pub(super) fn refused(generation: Generation, code: u8) -> String {
    let meaning = meaning(generation, Answer::Code(code));
    let mqtt = match (meaning, code) {
        (Meaning::Undocumented, 1) => " In MQTT 3.1.1 it means: protocol version not supported.",
        (Meaning::Undocumented, 2) => " In MQTT 3.1.1 it means: client ID not accepted.",
        (Meaning::Undocumented, 3) => " In MQTT 3.1.1 it means: server unavailable.",
        (Meaning::Undocumented, 5) => " In MQTT 3.1.1 it means: not authorized.",
        _ => "",
    };
    format!("Login refused: CONNACK {code}. {}{mqtt}", meant(meaning))
}

/// A login on which the platform hung up, after what is known of that.
pub(super) fn hung_up(generation: Generation, known: &str) -> String {
    format!("{known} {}", meant(meaning(generation, Answer::Closed)))
}

fn meant(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Accepted => "The login is accepted.",
        Meaning::ProtocolLevel => {
            "The platform does not speak this version. This page speaks MQTT 3.1.1; check that the address is an MQTT server's."
        }
        Meaning::DeviceId => {
            "The platform knows no such device. Check the device ID: it is a number that the platform gave out."
        }
        Meaning::Unavailable => "The platform is unavailable. Connect again later.",
        Meaning::AuthInfo => {
            "The product ID or the auth info is wrong. Check both fields; an API key may stand in for the auth info."
        }
        Meaning::NotAllowed => {
            "The connection is not authorized. Check the auth info, and that the device belongs to this product."
        }
        Meaning::Token => {
            "Platforms with tokens say no more than this: the device may be unknown, the token another device's or expired, its signature wrong. Go through what the login check says; with the device key it also checks the signature."
        }
        Meaning::Undocumented => {
            "This platform is not known to send this code: check that the place to connect to is the right one."
        }
        Meaning::Reserved => "MQTT 3.1.1 has no such code. Check that the address is an MQTT server's.",
        Meaning::MalformedLegacy => {
            "At a login it hangs up on a CONNECT that breaks its rules, such as one without product ID or auth info. Check the fields."
        }
        Meaning::MalformedOrBanned => {
            "At a login it hangs up on an empty field, a will, a session that is not clean, and a keep alive outside of 10 to 1800 s; and for five minutes after too many logins. Check these, then wait a little."
        }
    }
}

/// A length of time: `59 s`, `23 h 59 min 58 s`, `364 days 23 h`.
pub(super) fn length(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min {} s", seconds % 60),
        (0, _, _) => format!("{hours} h {minutes} min {} s", seconds % 60),
        (1, 0, _) => "1 day".to_owned(),
        (1, _, _) => format!("1 day {hours} h"),
        (2..=3_650, 0, _) => format!("{days} days"),
        (2..=3_650, _, _) => format!("{days} days {hours} h"),
        _ => format!("{} years", days / 365),
    }
}

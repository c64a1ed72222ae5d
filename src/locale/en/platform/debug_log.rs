//! What happens on platforms with tokens, as their debug log says it, with their own codes.

use onenet::doctor::Field;
use onenet::studio::{self, Identifier, Problem};
use onenet::suite;
use onenet::sys::{DeviceName, ProductId};
use simulator::{LoginFault, LoginRefusal, Outcome, SysEvent, Told, Why};

use crate::doctor::Spot;
use crate::locale::en::doctor::DOCTOR;
use crate::locale::en::login::length;
use crate::locale::en::rules::rule_broken;
use crate::locale::en::sys::{decode_problem, fault, studio_code, suite_code};
use crate::platform::is_of_studio;
use crate::widgets::shortened;

pub(super) fn sys_event(event: &SysEvent) -> String {
    match event {
        SysEvent::LoginRefused { refusal, .. } => login_refused(refusal),
        SysEvent::SignatureUnchecked { device_id, .. } => format!(
            "Device {device_id}: the signature was not checked, for the platform does not know this device's key"
        ),
        SysEvent::Subscribed { device_id, filters } => {
            format!("Device {device_id} subscribed to {}, granted at QoS 0", filters.join(", "))
        }
        SysEvent::Unsubscribed { device_id, filters } => {
            format!("Device {device_id} unsubscribed from {}", filters.join(", "))
        }
        SysEvent::Uplink { topic, outcome, told, .. } => {
            format!("Up {topic}: {}{}", judged(topic, outcome), heard(*told))
        }
        SysEvent::EventPosted { device_id, identifier, value, .. } => {
            format!("Device {device_id} reported the event {identifier}: {}", shortened(value.as_json()))
        }
        SysEvent::DesiredChanged { device_id, identifiers } => {
            format!("Desired values of device {device_id} changed: {}", names(identifiers))
        }
        SysEvent::ImageUpdated { device_id, version, delta } => {
            let delta = match delta {
                None => ", desired and reported state do not differ".to_owned(),
                Some(told) => format!(", with a difference to tell{}", heard(*told)),
            };
            format!("Image of device {device_id} is at version {version}{delta}")
        }
        SysEvent::SubDeviceLoggedIn { device_id, gateway_id } => {
            format!("Sub-device {device_id} came online by the gateway {gateway_id}")
        }
        SysEvent::SubDeviceLoggedOut { device_id, gateway_id } => {
            format!("Sub-device {device_id} of the gateway {gateway_id} went offline")
        }
        SysEvent::CallSent { call, topic, .. } => format!("Down {topic}: call {call} sent"),
        SysEvent::CallAnswered { call, device_id, code } => match code {
            Some(code) => format!("Device {device_id} answered call {call}: {}", studio_code(*code)),
            None => format!("Device {device_id} answered call {call}"),
        },
        SysEvent::CallTimedOut { call, device_id } => {
            format!("Device {device_id} did not answer call {call} in time")
        }
        SysEvent::RateExceeded { device_id, finding } => {
            format!("Too often, device {device_id}: {}", rule_broken(finding))
        }
        SysEvent::Banned { device_id, finding, until } => {
            format!("Device {device_id} is refused until {until}: {}", rule_broken(finding))
        }
    }
}

fn login_refused(refusal: &LoginRefusal) -> String {
    let LoginRefusal { client_id, product_id, fault, .. } = refusal;
    // A key or a token may stand in the wrong field.
    let device = DeviceName::parse(client_id).map_or("•••", |_| client_id);
    let product = ProductId::parse(product_id).map_or("•••", |_| product_id);
    let code = fault.log_code().map(|code| format!(" (device log: {})", studio_code(code)));
    format!("Login of {product}/{device}: {}{}", login_fault(refusal), code.unwrap_or_default())
}

/// What is wrong with a login, and what to do.
fn login_fault(LoginRefusal { fault, platform, diagnoses, .. }: &LoginRefusal) -> String {
    match fault {
        LoginFault::Banned { seconds } => format!(
            "the device did too much and is refused for {} more; switch the rate limits off to let it in",
            length(*seconds)
        ),
        LoginFault::Names => {
            "the client ID must be a device name and the user name a product ID; check both fields".to_owned()
        }
        LoginFault::NotAToken => {
            "the password is no token; sign one with the device key and log in with that".to_owned()
        }
        LoginFault::Token(_) => {
            let worst = diagnoses.iter().find(|diagnosis| diagnosis.field == Field::Password);
            let why = worst.map(|diagnosis| (DOCTOR.problem)(diagnosis, Spot::Token, (*platform).into()));
            format!("the token cannot be read. {}", why.unwrap_or_default())
        }
        LoginFault::Version => "version in the token must be 2018-10-31 for a device".to_owned(),
        LoginFault::Resource => {
            "res in the token names something else than this device; sign one for this device".to_owned()
        }
        LoginFault::Expired { seconds } => {
            format!("the token expired {} ago; sign a new one", length(*seconds))
        }
        LoginFault::UnknownDevice => {
            "the product has no such device; check product ID and device name".to_owned()
        }
        LoginFault::Signature => {
            "the signature is not that of this device's key; check the key and how it signs".to_owned()
        }
    }
}

fn judged(topic: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Taken { problems } if problems.is_empty() => "accepted".to_owned(),
        Outcome::Taken { problems } => format!("accepted, though: {}", said(problems)),
        Outcome::Refused { code, why } => {
            let code = if is_of_studio(topic) {
                studio_code(studio::Code(*code))
            } else {
                suite_code(suite::Code::from_number(u16::try_from(*code).unwrap_or(u16::MAX)))
            };
            let why = match why {
                Why::Rule(finding) => format!(". {}", rule_broken(finding)),
                Why::Unreadable(error) => {
                    format!(". {} (At byte {}.)", decode_problem(&error.problem), error.offset)
                }
                Why::Problems(problems) => format!(". {}", said(problems)),
                Why::Code => String::new(),
            };
            format!("refused, {code}{why}")
        }
    }
}

/// Problems with the places they are at.
pub(in crate::locale::en) fn said(problems: &[Problem]) -> String {
    let said = problems.iter().map(|problem| match problem.path.steps() {
        [] => fault(&problem.fault),
        _ => format!("{}: {}", problem.path, fault(&problem.fault)),
    });
    said.collect::<Vec<_>>().join(" ")
}

fn heard(told: Told) -> &'static str {
    match told {
        Told::Sent | Told::None => "",
        Told::NotSubscribed => " (not told: the device is not subscribed to that)",
        Told::NotOnline => " (not told: the device is not online)",
    }
}

fn names(identifiers: &[Identifier]) -> String {
    identifiers.iter().map(Identifier::as_str).collect::<Vec<_>>().join(", ")
}

//! Connecting: places, problems, endings.

use onenet::Generation;
use onenet::credentials::{CredentialsError, CredentialsProblem};
use session::CloseReason;

use super::payload::topic_problem;
use crate::connect::{
    AddressProblem, ConnectProblem, Destination, Ending, LinkEnd, RelayRefusal, Status, WillProblem,
};
use crate::locale::words::span;

pub(super) fn destination_name(destination: &Destination) -> String {
    match destination {
        Destination::InPage => "Simulated platform in this page".to_owned(),
        Destination::Upstream(name) => match name.as_str() {
            "simulator" => "Relay: simulated platform".to_owned(),
            "onenet" => "Relay: OneNET (legacy, $dp)".to_owned(),
            "onenet-suite" => "Relay: OneNET MQTT suite".to_owned(),
            "onenet-studio" => "Relay: OneNET Studio".to_owned(),
            name => format!("Relay: {name}"),
        },
        Destination::Address => "Another WebSocket address …".to_owned(),
    }
}

pub(super) fn destination_hint(destination: &Destination) -> String {
    match destination {
        Destination::InPage => "Nothing to install, and no network in between.",
        Destination::Upstream(_) => "Through the relay that served this page; it makes the TCP connection.",
        Destination::Address => "A relay, or any server that speaks MQTT over WebSocket.",
    }
    .to_owned()
}

pub(super) fn connect_problem(problem: ConnectProblem) -> String {
    match problem {
        ConnectProblem::Credentials(generation, error) => credentials_error(generation, error),
        ConnectProblem::Unnameable => super::login::UNNAMEABLE.to_owned(),
        ConnectProblem::Key(error) => super::login::key_error(error),
        ConnectProblem::DemoKey => "This is the key of the demo device. Copy the key of your own device from its page on the platform.".to_owned(),
        ConnectProblem::Expiry => super::login::EXPIRY_PROBLEM.to_owned(),
        ConnectProblem::KeepAlive => {
            "Give a whole number from 0 to 65535; 120 is a good choice for OneNET.".to_owned()
        }
        ConnectProblem::Will(problem) => will_problem(problem),
        ConnectProblem::UploadFirst => {
            "The upload below has mistakes. Correct it, or do not upload after the login.".to_owned()
        }
        ConnectProblem::Address(problem) => match problem {
            AddressProblem::Scheme => "Give an address that begins with ws:// or wss://.",
            AddressProblem::Character => "An address holds neither white space nor #.",
            AddressProblem::Secret => "Leave user name and password out of the address; the fields below are for them.",
            AddressProblem::Host => "Give a host name, and a port from 1 to 65535 if any.",
            AddressProblem::Insecure => {
                "This page was opened over https, where browsers forbid ws://. Use a wss:// address, or open this page over http."
            }
        }
        .to_owned(),
    }
}

fn will_problem(problem: WillProblem) -> String {
    match problem {
        WillProblem::Topic(problem) => topic_problem(problem),
        WillProblem::TooLong { length } => {
            format!("The text has {length} bytes; a will has room for 65535. Shorten it.")
        }
    }
}

pub(super) fn credentials_error(generation: Generation, error: CredentialsError) -> String {
    let field = super::login::field(generation, error.field);
    match error.problem {
        CredentialsProblem::Empty => {
            format!("Fill in the {field}; no device can log in without it.")
        }
        CredentialsProblem::TooLong { length } => {
            format!("The {field} has {length} bytes; MQTT has room for 65535. Shorten it.")
        }
        CredentialsProblem::Nul => format!("The {field} holds a null character (U+0000). Remove it."),
    }
}

pub(super) fn status(status: &Status) -> String {
    match status {
        Status::Offline(_) => "Not connected".to_owned(),
        Status::Opening => "Opening the link …".to_owned(),
        Status::LoggingIn => "CONNECT sent, waiting for CONNACK …".to_owned(),
        Status::Online { round_trip, .. } => format!("Login accepted (CONNACK 0, {})", span(*round_trip)),
        Status::NoNetwork { lost: true, .. } => {
            "Connection lost, and this computer has no network; tried again as soon as it has".to_owned()
        }
        Status::NoNetwork { lost: false, .. } => {
            "This computer has no network; tried again as soon as it has".to_owned()
        }
        Status::InAnotherTab => {
            "Another tab has this device. Disconnect it there, or log in as another device here. This tab tries again by itself.".to_owned()
        }
        Status::Waiting { tries, lost: true, .. } => format!("Connection lost; next try is number {tries}"),
        Status::Waiting { tries, lost: false, .. } => {
            format!("Could not connect; next try is number {tries}")
        }
    }
}

pub(super) fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Session(reason) => close_reason(reason),
        Ending::Refused(generation, code) => super::login::refused(*generation, code.number()),
        Ending::HungUpAtLogin(generation, end) => super::login::hung_up(*generation, &link_end(end)),
        Ending::Link(end) => link_end(end),
        Ending::PushedOut => {
            "Every login was accepted and cut off within seconds, three times in a row: somebody else may be logging in as this device, and each login ends the other's connection. Stop the other one or use another device, then connect again.".to_owned()
        }
        Ending::HungUpOnUpload => {
            "The platform hung up three times in a row on the oldest upload that waits: it probably breaks one of the platform's rules. Press “Do not send” beside it and connect again. If there is no such button, the platform's stored session may know it already: connect once with “Clean session”, then it can be taken back.".to_owned()
        }
        Ending::Unsendable(error) => {
            format!("This login cannot be written as a CONNECT ({error}). Check the fields.")
        }
    }
}

pub(super) fn close_reason(reason: &CloseReason) -> String {
    match reason {
        CloseReason::Disconnected => "Disconnected.".to_owned(),
        CloseReason::Refused(code) => format!("Login refused: CONNACK {}.", code.number()),
        CloseReason::LinkClosed => "The link closed.".to_owned(),
        CloseReason::NoConnack => {
            "No CONNACK within 6 s. The other side may be no MQTT server; check “Connect to”.".to_owned()
        }
        CloseReason::NoPingResponse => "No PINGRESP within 5 s; the link is probably dead.".to_owned(),
        CloseReason::Violation(violation) => {
            format!(
                "The server broke MQTT 3.1.1 ({violation}). Check that the address is an MQTT 3.1.1 server's."
            )
        }
    }
}

pub(super) fn link_end(end: &LinkEnd) -> String {
    if let Some(refusal) = end.refusal() {
        return match refusal {
            RelayRefusal::UnknownUpstream => {
                "The relay has no upstream of this name. Choose another, or start the relay with --upstream."
            }
            RelayRefusal::OriginRefused => {
                "The relay takes no connections from this page's address. Restart it with --allow-origin and this page's address."
            }
            RelayRefusal::HostRefused => {
                "The relay does not answer to this host name. Restart it with --public-host and the name, or use its IP address."
            }
            RelayRefusal::ClientSilent => "The relay heard nothing from this page for too long.",
            RelayRefusal::NotMqtt => "The relay says that the first packet was no CONNECT.",
            RelayRefusal::OverCapacity => "The relay is full. Try again later.",
            RelayRefusal::DialRefused => {
                "The relay could not reach the upstream: it refused the connection. Check the upstream's address and port."
            }
            RelayRefusal::NameNotResolved => {
                "The relay cannot find the upstream's host name. Check its spelling and the relay's network."
            }
            RelayRefusal::DialTimedOut => {
                "The upstream did not answer the relay. Check the relay's network and firewall."
            }
            RelayRefusal::UpstreamEnded => {
                "The platform hung up. OneNET does so without a word when a packet breaks its rules, or when the same device logs in elsewhere."
            }
            RelayRefusal::UpstreamError => "The connection between relay and upstream broke.",
            RelayRefusal::TooBig => "The packet is too big for the relay.",
            RelayRefusal::Draining => "The relay is shutting down or restarting.",
        }
        .to_owned();
    }
    match end {
        LinkEnd::OpenTimedOut => {
            "No connection within 4 s. Check the address, and that the relay is running.".to_owned()
        }
        LinkEnd::Forbidden => {
            "The browser does not let this page use the address. Pages opened over https may use wss:// only.".to_owned()
        }
        LinkEnd::Closed { code: 1006, .. } => {
            "Could not connect, or the connection broke. Check that the relay or server is running and the address is right.".to_owned()
        }
        LinkEnd::Closed { code, reason } => {
            format!("The other side closed the link (code {code}{}).", after_comma(reason))
        }
        LinkEnd::HungUp => {
            "The platform hung up without a word, as the real OneNET does. The debug log says why.".to_owned()
        }
        LinkEnd::Vanished => "The link is gone. Reload this page.".to_owned(),
    }
}

pub(super) fn after_comma(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(", {reason}") }
}

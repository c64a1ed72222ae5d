//! English. Terms as the MQTT 3.1.1 specification and OneNET's documents have them.

use onenet::credentials::{CredentialsError, CredentialsProblem, Field};
use onenet::legacy::{DecodeError, DecodeProblem, PayloadType, TopicError};
use session::{CloseReason, CommandError, Granted, Qos, ReturnCode, TopicProblem};
use simulator::{CommandState, DropReason, RefusalCode};

use super::words::{Words, span};
use crate::connect::{AddressProblem, ConnectProblem, Destination, Ending, LinkEnd, RelayRefusal, Status};
use crate::feed::{SubscriptionState, Unreadable};
use crate::platform::Happening;
use crate::upload::{Content, Fate, UploadProblem};

pub(super) const WORDS: Words = Words {
    title: "OneNET device",
    tagline: "Be a OneNET device in the browser: log in, upload, receive, answer. Every byte is made in this page.",
    language: "Language",

    connect_title: "Connect",
    destination: "Connect to",
    destination_name,
    destination_hint,
    address: "WebSocket address",
    device_id: "Device ID (client ID)",
    product_id: "Product ID (user name)",
    auth_info: "Auth info (password)",
    show: "Show",
    hide: "Hide",
    keep_alive: "Keep alive (seconds)",
    clean_session: "Clean session",
    upload_first: "Upload the values below as soon as the login is accepted",
    foreign_id: "OneNET's IDs are digits only; the platform will refuse this one.",
    connect_problem,
    connect: "Connect",
    connect_again: "Connect again",
    disconnect: "Disconnect",
    try_now: "Try now",
    status,
    session_present: "The platform says that it kept this device's session.",
    ending,

    upload_title: "Upload",
    content: "Content",
    content_name,
    stream: "Data stream",
    value: "Value",
    at: "Time",
    at_hint: "Beijing time; leave empty for now.",
    payload_type: "Payload type",
    payload_type_name,
    qos_name,
    body: "JSON body (sent as it is)",
    topic: "Topic",
    topic_hint: "OneNET takes letters, digits, _ and / only.",
    text: "Message text",
    upload_problem,
    preview: |topic, bytes| format!("{bytes} bytes to {topic}"),
    preview_hint: "The first byte is the payload type, the next two are the body's length, high byte first.",
    upload: "Upload",
    connect_to_upload: "Connect first, then upload.",
    outbox_title: |count, evicted| match evicted {
        0 => format!("Uploads: {count}"),
        _ => format!("Uploads: {count} (the first {evicted} no longer listed)"),
    },
    outbox_empty: "Every upload and what became of it will be listed here.",
    packet_id: |id| format!("packet id {id}"),
    fate,
    send_again: "Send again",

    feed_title: "Received",
    counts: |received, shown, evicted| format!("{received} received = {shown} shown + {evicted} evicted"),
    clear: "Clear",
    feed_empty: "Whatever the platform or other devices send appears here as it arrives. Connect, then send a command from the simulated platform.",
    latest: "Latest value of every stream",
    command: "command",
    retained: "retained",
    empty_payload: "(empty payload)",
    unreadable,
    answer_label: "Answer to the command",
    answer_example: "Your answer",
    answer: "Answer",
    answered: |text| format!("Answered: {text}"),
    subscriptions: |count| match count {
        0 => "Subscribe to a topic".to_owned(),
        _ => format!("Topics subscribed to: {count}"),
    },
    subscribe_label: "Topic",
    subscribe_hint: "Commands ($creq) arrive without subscribing.",
    subscribe: "Subscribe",
    unsubscribe: "Unsubscribe",
    unsubscribe_from: |filter| format!("Unsubscribe from {filter}"),
    subscription,
    topic_problem,

    platform_title: "Simulated platform",
    platform_hint: "It runs inside this page. The real platform never tells a device why it hung up; this one does.",
    command_label: "Send a command to the device",
    send_command: "Send",
    no_device: "No device is online. Connect one first.",
    command_refused,
    command_state: |state| match state {
        CommandState::Created => "created",
        CommandState::Sent => "sent, answer awaited",
        CommandState::Answered => "answered",
    },
    stored: "Stored data points",
    nothing_stored: "None yet. What devices upload appears here.",
    device: |id, online| format!("Device {id} ({})", if online { "online" } else { "offline" }),
    stream_count: |id, count| format!("{id} ({count} in all)"),
    platform_log: "Platform log",
    happening,
};

fn destination_name(destination: &Destination) -> String {
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

fn destination_hint(destination: &Destination) -> String {
    match destination {
        Destination::InPage => "Nothing to install, and no network in between.",
        Destination::Upstream(_) => "Through the relay that served this page; it makes the TCP connection.",
        Destination::Address => "A relay, or any server that speaks MQTT over WebSocket.",
    }
    .to_owned()
}

fn connect_problem(problem: ConnectProblem) -> String {
    match problem {
        ConnectProblem::Credentials(error) => credentials_error(error),
        ConnectProblem::KeepAlive => {
            "Give a whole number from 1 to 65535; 120 is a good choice for OneNET.".to_owned()
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

fn credentials_error(error: CredentialsError) -> String {
    let field = match error.field {
        Field::DeviceId => "device ID",
        Field::ProductId => "product ID",
        Field::AuthInfo => "auth info",
    };
    match error.problem {
        CredentialsProblem::Empty => {
            format!("Fill in the {field}; without it the platform hangs up without a word.")
        }
        CredentialsProblem::TooLong { length } => {
            format!("The {field} has {length} bytes; MQTT has room for 65535. Shorten it.")
        }
        CredentialsProblem::Nul => format!("The {field} holds a null character (U+0000). Remove it."),
    }
}

fn status(status: &Status) -> String {
    match status {
        Status::Offline(_) => "Not connected".to_owned(),
        Status::Opening => "Opening the link …".to_owned(),
        Status::LoggingIn => "CONNECT sent, waiting for CONNACK …".to_owned(),
        Status::Online { round_trip, .. } => format!("Login accepted (CONNACK 0, {})", span(*round_trip)),
        Status::Waiting { seconds, tries, .. } => {
            format!("Connection lost; try {tries} in {seconds} s")
        }
    }
}

fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Session(reason) => close_reason(reason),
        Ending::Link(end) => link_end(end),
        Ending::Unsendable(error) => {
            format!("This login cannot be written as a CONNECT ({error}). Check the fields.")
        }
    }
}

fn close_reason(reason: &CloseReason) -> String {
    match reason {
        CloseReason::Disconnected => "Disconnected.".to_owned(),
        CloseReason::Refused(code) => {
            let meaning = match code {
                ReturnCode::ProtocolVersion => {
                    "The platform does not speak this version. This page speaks MQTT 3.1.1; check that the address is an MQTT server's."
                }
                ReturnCode::ClientId => {
                    "The platform knows no such device. Check the device ID: it is a number that the platform gave out."
                }
                ReturnCode::Unavailable => "The platform is unavailable. Connect again later.",
                ReturnCode::Credentials => {
                    "The product ID or the auth info is wrong. Check both fields; an API key may stand in for the auth info."
                }
                ReturnCode::NotAuthorized => {
                    "The connection is not authorized. Check the auth info, and that the device belongs to this product."
                }
            };
            format!("Login refused: CONNACK {}. {meaning}", code.number())
        }
        CloseReason::LinkClosed => "The link closed.".to_owned(),
        CloseReason::NoConnack => {
            "No CONNACK within 6 s. The other side may be no MQTT server; check “Connect to”.".to_owned()
        }
        CloseReason::NoPingResponse => "No PINGRESP within 10 s; the link is probably dead.".to_owned(),
        CloseReason::Violation(violation) => {
            format!(
                "The server broke MQTT 3.1.1 ({violation}). Check that the address is an MQTT 3.1.1 server's."
            )
        }
    }
}

fn link_end(end: &LinkEnd) -> String {
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
                "The platform hung up. OneNET does so without a word when a packet breaks its rules."
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
            "The platform hung up without a word, as the real OneNET does. The platform log says why.".to_owned()
        }
        LinkEnd::Vanished => "The link is gone. Reload this page.".to_owned(),
    }
}

fn after_comma(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(", {reason}") }
}

fn content_name(content: Content) -> &'static str {
    match content {
        Content::Point => "Data point ($dp)",
        Content::Body => "JSON body ($dp)",
        Content::Message => "Message (user topic)",
    }
}

fn payload_type_name(payload_type: PayloadType) -> &'static str {
    match payload_type {
        PayloadType::FullJson => "JSON",
        PayloadType::SimpleJson => "simple JSON, no time",
    }
}

fn qos_name(qos: Qos) -> &'static str {
    match qos {
        Qos::AtMostOnce => "0 · at most once",
        Qos::AtLeastOnce => "1 · at least once",
    }
}

fn upload_problem(problem: UploadProblem) -> String {
    match problem {
        UploadProblem::Empty => "Fill this in.".to_owned(),
        UploadProblem::Time => "Write it like 2016-08-15T14:47:00, or leave it empty for now.".to_owned(),
        UploadProblem::TooLong { length } => {
            format!("The body has {length} bytes; its two-byte length has room for 65535. Shorten it.")
        }
        UploadProblem::Body(error) => decode_error(error),
        UploadProblem::Topic(problem) => topic_problem(problem),
    }
}

fn decode_error(error: DecodeError) -> String {
    let problem = match error.problem {
        DecodeProblem::Empty => "The payload is empty".to_owned(),
        DecodeProblem::ReservedBit(byte) => format!("Reserved bit 6 of the type byte {byte:#04x} is set"),
        DecodeProblem::UnknownType(0x17) => {
            "Type 23 (0x17) is documented nowhere; the script that calls it float is wrong, floats are type 7 (0x07, 0x87)".to_owned()
        }
        DecodeProblem::UnknownType(number) => format!("There is no payload type {number}"),
        DecodeProblem::UnreadType(number) => format!("This page cannot read payload type {number} yet"),
        DecodeProblem::Truncated => "The payload ends inside its length".to_owned(),
        DecodeProblem::Length { announced, found } => {
            format!("The length field says {announced} bytes, but {found} follow")
        }
        DecodeProblem::TooLong { length } => format!("The body has {length} bytes, the limit is 65535"),
        DecodeProblem::NotUtf8 => "The body is not UTF-8".to_owned(),
        DecodeProblem::NotJson { line, column } => {
            return format!("Not JSON at line {line}, column {column} (byte {}).", error.offset);
        }
        DecodeProblem::NotAnObject => "Here must be a JSON object {…}".to_owned(),
        DecodeProblem::MissingMember { member } => format!("The member \"{member}\" is missing"),
        DecodeProblem::NotAnArray { member } => format!("\"{member}\" must be an array […]"),
        DecodeProblem::NotAString { member } => format!("\"{member}\" must be a string"),
        DecodeProblem::EmptyStreamId => "The data stream's name is empty".to_owned(),
    };
    format!("{problem} (byte {}).", error.offset)
}

fn topic_problem(problem: TopicProblem) -> String {
    match problem {
        TopicProblem::Empty => "Fill in a topic.".to_owned(),
        TopicProblem::Wildcard => "A topic to publish to holds no wildcard + or #.".to_owned(),
        TopicProblem::MisplacedWildcard => "A wildcard fills its level, and # comes last.".to_owned(),
        TopicProblem::Nul => "The topic holds a null character (U+0000). Remove it.".to_owned(),
        TopicProblem::TooLong { length } => format!("The topic has {length} bytes, the limit is 65535."),
    }
}

fn topic_error(error: TopicError) -> String {
    match error {
        TopicError::Empty => "the topic is empty".to_owned(),
        TopicError::Reserved => "topics that begin with $ belong to the platform".to_owned(),
        TopicError::Character { character, offset } => {
            format!("{character:?} at byte {offset} of the topic is not allowed")
        }
        TopicError::TooLong { length } => format!("the topic has {length} characters, the limit is 1024"),
    }
}

fn fate(fate: Fate) -> String {
    match fate {
        Fate::Waiting => "waiting for PUBACK …".to_owned(),
        Fate::Sent => "sent (QoS 0: no acknowledgement)".to_owned(),
        Fate::Acknowledged(round_trip) => format!("acknowledged, {}", span(round_trip)),
        Fate::Unknown => "connection lost before the PUBACK: it may have arrived or not".to_owned(),
        Fate::Refused(CommandError::NotConnected) => "not sent: no connection".to_owned(),
        Fate::Refused(CommandError::NoFreePacketId) => {
            "not sent: all 65535 packet ids wait for their acknowledgement".to_owned()
        }
        Fate::Refused(CommandError::Topic(problem)) => format!("not sent: {}", topic_problem(problem)),
        Fate::Refused(CommandError::NoFilter) => "not sent: no topic".to_owned(),
        Fate::Refused(CommandError::Encode(error)) => format!("not sent: too long for MQTT ({error})"),
    }
}

fn unreadable(unreadable: Unreadable) -> String {
    match unreadable {
        Unreadable::Payload(error) => {
            format!("Looks like a $dp payload, but cannot be read: {}", decode_error(error))
        }
        Unreadable::NotText { offset } => format!("Not text: no UTF-8 from byte {offset} on."),
    }
}

fn subscription(state: SubscriptionState) -> &'static str {
    match state {
        SubscriptionState::Wanted => "after the next login",
        SubscriptionState::Asked => "waiting for SUBACK …",
        SubscriptionState::Answered(Granted::AtMostOnce) => "subscribed, QoS 0",
        SubscriptionState::Answered(Granted::AtLeastOnce) => "subscribed, QoS 1",
        SubscriptionState::Answered(Granted::ExactlyOnce) => "subscribed, QoS 2",
        SubscriptionState::Answered(Granted::Refused) => "refused by the platform (0x80)",
    }
}

fn command_refused(error: &simulator::CommandError) -> String {
    match error {
        simulator::CommandError::UnknownDevice(id) => format!("There is no device {id}."),
        simulator::CommandError::NotOnline(id) => format!("Device {id} is not online. Connect it first."),
        simulator::CommandError::Id(error) => {
            format!("The command's id cannot be used: {}.", topic_error(*error))
        }
        simulator::CommandError::IdUsed => "The command's id is already used. Send it again.".to_owned(),
        simulator::CommandError::BodyTooLong { length } => {
            format!("The command has {length} bytes; it must be under 64 KB. Shorten it.")
        }
    }
}

fn happening(happening: &Happening) -> String {
    match happening {
        Happening::LoggedIn { device_id } => format!("Device {device_id} logged in"),
        Happening::Refused(code) => {
            let reason = match code {
                RefusalCode::ProtocolVersion => "protocol version not supported",
                RefusalCode::ClientId => "the device ID is none that the platform gives out",
                RefusalCode::Unavailable => "no room",
                RefusalCode::BadLogin => "wrong product ID or auth info",
            };
            format!("Login refused: CONNACK {}, {reason}", code.number())
        }
        Happening::HungUp { device_id, reason } => {
            format!("Hung up on {}: {}", whose(device_id.as_deref()), drop_reason(reason))
        }
        Happening::Left { device_id } => format!("Left: {}", whose(device_id.as_deref())),
    }
}

fn whose(device_id: Option<&str>) -> String {
    device_id.map_or_else(|| "a connection without login".to_owned(), |id| format!("device {id}"))
}

fn drop_reason(reason: &DropReason) -> String {
    match reason {
        DropReason::TooManyConnections => "too many connections".to_owned(),
        DropReason::ConnectTimeout => "no CONNECT in time".to_owned(),
        DropReason::BeforeConnect => "the first packet was no CONNECT".to_owned(),
        DropReason::Malformed(error) => format!("the packet is not MQTT 3.1.1 ({error})"),
        DropReason::LoginMissing => "CONNECT without user name or password".to_owned(),
        DropReason::KeepAliveZero => "keep alive is 0".to_owned(),
        DropReason::SecondConnect => "a second CONNECT on one connection".to_owned(),
        DropReason::TakenOver => "the same device logged in elsewhere".to_owned(),
        DropReason::KeepAlive => "no packet for 1.5 times the keep alive".to_owned(),
        DropReason::Undecodable(error) => {
            format!("the upload to $dp cannot be read: {}", decode_error(*error))
        }
        DropReason::RetainedUpload => "an upload to $dp with RETAIN set".to_owned(),
        DropReason::Qos2 => "the simulated platform does not speak QoS 2".to_owned(),
        DropReason::CommandByDevice => "a device published to $creq, where only the platform may".to_owned(),
        DropReason::Topic(error) => topic_error(*error),
        DropReason::ServerPacket => "a packet that only servers send".to_owned(),
        DropReason::TooSlow => "the device reads too slowly".to_owned(),
    }
}

//! English. Terms as the MQTT 3.1.1 specification and OneNET's documents have them.

mod arrival;
mod capture_file;
mod connect;
mod console;
mod doctor;
mod fault;
mod feed;
mod frames;
mod front;
mod inspector;
mod lanes;
mod login;
mod payload;
mod platform;
mod rules;
mod sending;
mod snippet;
mod sys;
mod upload;
mod uploading;

use simulator::CommandState;

use self::connect::connect_problem;
use self::feed::{subscription, unreadable};
pub(super) use self::front::FRONT;
use self::payload::topic_problem;
use self::platform::{command_refused, happening};
use self::rules::finding;
use self::upload::{encoding_name, fate, payload_type_name, preview_hint, upload_problem};
use super::words::Words;

pub(super) const WORDS: Words = Words {
    front: &FRONT,

    doctor: doctor::DOCTOR,
    finding,
    connect_problem,

    content: "Content",
    stream: "Data stream",
    value: "Value",
    at: "Time",
    at_hint: "Beijing time; leave empty for now.",
    at_hint_text: "Beijing time; leave empty for none.",
    value_not_json: "This is no JSON; it will be sent as a text in quotation marks.",
    text_hint: "Without a stream, the row's place is the stream's name, counted from 0.",
    inside: "Separator inside a row",
    between: "Separator between rows",
    short_time: "Time for all",
    short_time_hint: "Six bytes behind the type byte; leave empty for none.",
    add_row: "Add a row",
    remove_row: |row| format!("Remove row {row}"),
    run_number: "First stream's number",
    floats: "Floats",
    floats_hint: "Whether the floats of a run belong to consecutive streams or to one, the documents do not settle: see “Where the documents disagree”.",
    file: "File",
    file_hint: "Up to 3 MB, such as a picture.",
    file_picked: |name, bytes| format!("{name}, {bytes} bytes"),
    file_too_big: |bytes| {
        format!("This file has {bytes} bytes; the platform takes 3 MB at most. Pick a smaller one.")
    },
    file_unreadable: "The browser could not read this file. Pick it again.",
    description: "Description (text or JSON object)",
    payload_type: "Payload type",
    payload_type_name,
    body: "Text body (sent as it is)",
    topic: "Topic",
    topic_hint: "OneNET takes letters, digits, _ and / only.",
    encoding: "The text is",
    encoding_name,
    text: "Message text",
    upload_problem,
    preview: |topic, bytes| format!("{bytes} bytes to {topic}"),
    preview_hint,
    upload: "Upload",
    upload_anyway: "Upload anyway",
    connect_to_upload: "Connect first, then upload.",
    outbox_title: |count, evicted| match evicted {
        0 => format!("Uploads: {count}"),
        _ => format!("Uploads: {count} (the first {evicted} no longer listed)"),
    },
    outbox_empty: "Every upload and what became of it will be listed here.",
    packet_id: |id| format!("packet id {id}"),
    fate,
    send_again: "Send again",
    sending: sending::SENDING,
    uploading: uploading::UPLOADING,

    counts: |received, shown, evicted| format!("{received} received = {shown} shown + {evicted} evicted"),
    clear: "Clear",
    feed_empty: "Whatever the platform or other devices send appears here as it arrives. Connect, then send a command from the simulated platform.",
    feed_empty_elsewhere: "Whatever the platform or other devices send appears here as it arrives: commands without asking, other messages after you subscribe to their topic.",
    latest: "Latest value of every stream",
    command: "command",
    retained: "retained",
    more_points: |count| format!("… and {count} more data points"),
    empty_payload: "(empty payload)",
    unreadable,
    answer_label: |command| format!("Answer to the command {command}"),
    answer_example: "Your answer",
    answer: "Answer",
    answered: |text| format!("Answered: {text}"),
    auto_replies: |working| match working {
        0 => "Answer automatically".to_owned(),
        _ => format!("Answering automatically: {working}"),
    },
    auto_reply_hint: "{{id}} is the command's id, {{value}} what arrived, {{now}} the time. The first answer that fits is given.",
    replies_stopped: "Automatic answers are switched off: more than 100 a second, so something answers in circles. Check the topics, then switch them on again.",
    auto_reply_on: "Answer",
    reply_filter: "Messages on (+ and # allowed)",
    reply_topic: "Answer to topic",
    reply_text: "Answer",
    add: "Add",
    remove: "Remove",
    subscriptions: |count| match count {
        0 => "Subscribe to a topic".to_owned(),
        _ => format!("Topics subscribed to: {count}"),
    },
    subscribe_label: "Topic",
    subscribe_hint: "Commands ($creq) arrive without subscribing.",
    subscribe: "Subscribe",
    subscribe_anyway: "Subscribe anyway",
    unsubscribe: "Unsubscribe",
    unsubscribe_from: |filter| format!("Unsubscribe from {filter}"),
    subscription,
    topic_problem,
    arrival: arrival::ARRIVAL,

    platform_hint: "It runs inside this page. The real platform never tells a device why it hung up; this one does.",
    command_label: "Send a command to the device",
    send_command: "Send",
    no_device: "No device is online. Connect one first.",
    command_refused,
    command_state: |state| match state {
        CommandState::Created => "created",
        CommandState::Sent => "sent, answer awaited",
        CommandState::Answered => "answered",
        CommandState::Expired => "expired",
    },
    stored: "Stored data points",
    stored_at: "Time (Beijing)",
    nothing_stored: "None yet. What devices upload appears here.",
    device: |id, online| format!("Device {id} ({})", if online { "online" } else { "offline" }),
    stream_count: |id, count| format!("{id} ({count} in all)"),
    readings: "Where the documents disagree",
    readings_hint: "The sources contradict each other here. The platform in this page and the checks before sending follow what is chosen.",
    platform_log: "Debug log",
    happening,
    fault: fault::FAULT,
    console: console::CONSOLE,

    inspector: inspector::INSPECTOR,

    capture_file: capture_file::CAPTURE_FILE,

    snippet: snippet::SNIPPET,
    frames: frames::FRAMES,
    lanes: lanes::LANES,
};

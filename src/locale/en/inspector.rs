//! The inspector: every frame, and what every byte of it means.

mod fault;

pub(super) use self::fault::fault;
use crate::inspector::Part;
use crate::locale::words::InspectorWords;

pub(super) const INSPECTOR: InspectorWords = InspectorWords {
    fields: "Fields",
    more_fields: |count| format!("{count} more …"),

    hex: "Bytes",
    hex_hint: "Arrow keys go from byte to byte, Enter pins, Escape lets go.",
    part: |part| match part {
        Part::FixedHeader => "Fixed header",
        Part::VariableHeader => "Variable header",
        Part::Payload => "Payload",
        Part::Undecoded => "Undecoded",
    },
    byte_label: |offset, byte, field| format!("Offset {offset}, byte {byte}, {field}"),
    wrong_byte: "the first wrong byte",
    marked_byte: "marked",

    explanation: "Explanation",
    explanation_hint: "Point at a field or at a byte to see what it means; click to keep it.",
    release: "Let go",
    value: "Value",
    bytes: "Bytes",
    offset: |offset| format!("offset {offset} ({offset:#06x})"),
    place: "Where",
    offset_and_length: |offset, length| {
        let unit = if length == 1 { "byte" } else { "bytes" };
        format!("offset {offset} ({offset:#06x}), {length} {unit}")
    },
    this_byte: "This byte",
    bits: "Bits",
    clause: "Source",
    reference: "reference",

    empty: "(empty)",
    hidden: "hidden",
    flag: |is_set| if is_set { "1, set" } else { "0, not set" },
    byte_count: |count| if count == 1 { "1 byte".to_owned() } else { format!("{count} bytes") },
    seconds: |seconds| format!("{seconds} s"),
    moment: |number, time| format!("{number}: {time} (Beijing time)"),
    connack_code,
    suback_code,
    qos,
    payload_type: |number| {
        Some(match number {
            1 => "1: JSON with times",
            2 => "2: binary",
            3 => "3: short JSON",
            4 => "4: short JSON with times",
            5 => "5: delimited text",
            6 => "6: delimited text with a time",
            7 => "7: floats",
            _ => return None,
        })
    },

    login: |client, keep_alive| format!("{client}, keep alive {keep_alive} s"),
    session_present: "session kept",
    more_filters: |count| format!("+{count} more"),
    no_frame: "not an MQTT packet",
    incomplete: |missing| match missing {
        Some(1) => "broken: 1 byte missing".to_owned(),
        Some(missing) => format!("broken: {missing} bytes missing"),
        None => "broken: ends in the fixed header".to_owned(),
    },
    surplus: |surplus| match surplus {
        1 => "broken: 1 byte too many".to_owned(),
        surplus => format!("broken: {surplus} bytes too many"),
    },
    unreadable: "broken: cannot be read",

    wrong: "This frame is broken.",
    show_wrong: "Go to the byte",
    hides: "In a broken frame nobody can tell which bytes are the password or the token: all that may be are hidden until passwords are shown.",
    fault,
};

/// Reference §1.3, MQTT 3.1.1 §3.2.2.3.
fn connack_code(code: u8) -> String {
    let meaning = match code {
        0 => "accepted",
        1 => "protocol version not supported",
        2 => "client ID (device ID or device name) not accepted",
        3 => "platform unavailable",
        4 => "wrong user name (product ID) or password (auth info or token)",
        5 => "not authorized",
        _ => "no such code",
    };
    format!("{code}: {meaning}")
}

/// MQTT 3.1.1 §3.9.3.
fn suback_code(code: u8) -> String {
    match code {
        0..=2 => format!("{code}: granted, QoS {code}"),
        0x80 => "0x80: refused".to_owned(),
        _ => format!("{code:#04x}: no such code"),
    }
}

/// MQTT 3.1.1 §4.3.
fn qos(qos: u8) -> String {
    let meaning = match qos {
        0 => "at most once",
        1 => "at least once",
        2 => "exactly once",
        _ => "no such QoS",
    };
    format!("{qos}: {meaning}")
}

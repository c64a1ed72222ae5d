//! The message as byte arrays of C, a line of comment for each field.

use session::Qos;

use super::literal::c_bytes;
use super::recipe::{Password, Recipe};
use crate::locale::Words;

/// A piece of a frame that gets a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The type and the remaining length (MQTT 3.1.1 §2.2).
    FixedHeader,
    /// `MQTT` (§3.1.2.1).
    ProtocolName,
    /// 4 (§3.1.2.2).
    ProtocolLevel,
    /// The connect flags (§3.1.2.3).
    ConnectFlags,
    /// The keep alive in seconds (§3.1.2.10).
    KeepAlive,
    /// The client identifier with its length (§3.1.3.1).
    ClientId,
    /// The user name with its length (§3.1.3.4).
    UserName,
    /// The password with its length (§3.1.3.5).
    Password,
    /// The topic name with its length (§3.3.2.1).
    Topic,
    /// The packet identifier (§3.3.2.2).
    PacketId,
    /// The payload (§3.3.3).
    Payload,
}

/// Both frames as arrays.
pub(super) fn write(recipe: &Recipe, words: &Words) -> String {
    let code = &words.snippet.code;
    let hidden = match &recipe.password {
        Password::Hidden { length } => format!("/* {} */\n", (code.hidden_bytes)(*length)),
        Password::Shown(_) => String::new(),
    };
    let connect = array("connect_frame", &recipe.connect, &connect_parts(recipe), words);
    let publish = array("publish_frame", &recipe.publish, &publish_parts(recipe), words);
    format!(
        "/* {intro} */\n\n/* CONNECT: {first} */\n{hidden}{connect}\n/* PUBLISH: {then} */\n{publish}",
        intro = (code.c_intro)(recipe.server.host(), recipe.server.port()),
        first = (code.send_first)(recipe.connect.len()),
        then = (code.send_then)(recipe.publish.len()),
    )
}

fn array(name: &str, frame: &[u8], parts: &[(Part, usize)], words: &Words) -> String {
    let mut text = format!("const unsigned char {name}[{}] = {{\n", frame.len());
    // What comes before the parts is the fixed header, whose length varies.
    let measured: usize = parts.iter().map(|(_, length)| length).sum();
    let (header, mut rest) = frame.split_at(frame.len().saturating_sub(measured));
    let mut add = |part: Part, bytes: &[u8]| {
        if !bytes.is_empty() {
            text.push_str(&format!(
                "    /* {} */\n{}",
                (words.snippet.code.part)(part),
                c_bytes(bytes, "    ")
            ));
        }
    };
    add(Part::FixedHeader, header);
    for (part, length) in parts {
        let bytes;
        (bytes, rest) = rest.split_at((*length).min(rest.len()));
        add(*part, bytes);
    }
    text.push_str("};\n");
    text
}

/// The parts of the CONNECT behind its fixed header, each with its length in bytes.
fn connect_parts(recipe: &Recipe) -> [(Part, usize); 7] {
    [
        (Part::ProtocolName, 6),
        (Part::ProtocolLevel, 1),
        (Part::ConnectFlags, 1),
        (Part::KeepAlive, 2),
        (Part::ClientId, 2 + recipe.client_id.len()),
        (Part::UserName, 2 + recipe.username.len()),
        (Part::Password, 2 + recipe.password.len()),
    ]
}

/// The parts of the PUBLISH behind its fixed header, each with its length in bytes.
fn publish_parts(recipe: &Recipe) -> [(Part, usize); 3] {
    let packet_id = match recipe.message.qos {
        Qos::AtMostOnce => 0,
        Qos::AtLeastOnce | Qos::ExactlyOnce => 2,
    };
    [
        (Part::Topic, 2 + recipe.message.topic.len()),
        (Part::PacketId, packet_id),
        (Part::Payload, recipe.message.payload.len()),
    ]
}

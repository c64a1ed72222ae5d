//! Base64, with `+/` or with `-_`, with or without `=`.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
use dissect::{PacketType, split};

use super::gather::{Found, Gather, Wrong};
use super::pasted::PasteProblemKind;

/// Texts of fewer characters are taken for Base64 only if they are nothing but that.
const LONG: usize = 16;

/// Reads a text that is Base64: one word a line, more than hex digits in it, and a frame at the beginning.
pub(super) fn read(text: &str) -> Option<Found> {
    let outer = text.trim().trim_matches(['"', '\'', '`']);
    // Base64 has no spaces within a line, which words and hex usually have.
    if outer.is_empty() || outer.lines().any(|line| line.trim().contains(char::is_whitespace)) {
        return None;
    }
    let from = text.len() - text.trim_start().trim_start_matches(['"', '\'', '`']).len();
    let mut clean = Vec::with_capacity(outer.len());
    let mut bad = None;
    let mut padded = false;
    for (at, character) in outer.char_indices().filter(|(_, character)| !character.is_whitespace()) {
        match u8::try_from(character) {
            Ok(b'=') => padded = true,
            Ok(byte) if !padded && (byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)) => {
                clean.push(byte);
            }
            Ok(_) | Err(_) => {
                bad = Some(Wrong { at: from + at, kind: PasteProblemKind::NotBase64 { found: character } });
                break;
            }
        }
    }
    let more_than_hex = clean.iter().any(|byte| byte.is_ascii_alphabetic() && !byte.is_ascii_hexdigit());
    if !more_than_hex || bad.is_some() && clean.len() < LONG {
        return None;
    }
    if bad.is_none() && clean.len() % 4 == 1 {
        bad = Some(Wrong { at: from + outer.len(), kind: PasteProblemKind::Base64Length });
    }
    clean.truncate(clean.len() - usize::from(clean.len() % 4 == 1));
    let bytes = decode(&clean);
    let first = *bytes.first()?;
    let begins = PacketType::of_first_byte(first).is_some_and(|packet_type| match packet_type {
        PacketType::Publish => true,
        PacketType::Pubrel | PacketType::Subscribe | PacketType::Unsubscribe => first & 15 == 2,
        PacketType::Connect
        | PacketType::Connack
        | PacketType::Puback
        | PacketType::Pubrec
        | PacketType::Pubcomp
        | PacketType::Suback
        | PacketType::Unsuback
        | PacketType::Pingreq
        | PacketType::Pingresp
        | PacketType::Disconnect => first & 15 == 0,
    });
    let whole = split(&bytes).rest.is_empty();
    if !begins || !(whole || padded || clean.len() >= LONG) {
        return None;
    }
    let mut gather = Gather::default();
    gather.add(None, bytes);
    Some((gather.finish(), bad))
}

/// The bytes; those before what is wrong.
fn decode(clean: &[u8]) -> Vec<u8> {
    let encoding = if clean.iter().any(|byte| b"-_".contains(byte)) { BASE64URL_NOPAD } else { BASE64_NOPAD };
    let mut bytes = vec![0; encoding.decode_len(clean.len()).unwrap_or_default()];
    let written = encoding.decode_mut(clean, &mut bytes).unwrap_or_else(|partial| partial.written);
    bytes.truncate(written);
    bytes
}

//! Any bytes as what `$dp` carries, and as every text that OneNET reads.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onenet::legacy::{Binary, Payload, READABLE_TYPES, Topic, UserTopic};
use onenet::{StreamId, Timestamp, Value};
use serde::de::IgnoredAny;

fuzz_target!(|bytes: &[u8]| {
    check_payload(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        check_text(text);
    }
});

/// Reading gives an offset inside the bytes, or what writes the same ones again.
fn check_payload(bytes: &[u8]) {
    match Payload::decode(bytes) {
        Ok(payload) => {
            let mut written = payload.encode();
            // Bit 7 of types 1 to 5 has no meaning: the one thing that is not kept.
            if matches!(bytes[0] & 0x3F, 1..=5) {
                written[0] |= bytes[0] & 0x80;
            }
            assert_eq!(written, bytes);
            for point in payload.points() {
                assert!(is_json(point.value.as_json()), "{}", point.value);
            }
        }
        Err(error) => assert!(error.offset <= bytes.len(), "{error}"),
    }
}

fn check_text(text: &str) {
    for payload_type in READABLE_TYPES {
        match Payload::parse_body(payload_type, text) {
            Ok(payload) => assert_eq!(payload.body(), Some(text)),
            Err(error) => assert!(error.offset <= text.len(), "{error}"),
        }
    }
    if let Err(error) = Binary::parse(text, Vec::new()) {
        assert!(error.offset <= text.len(), "{error}");
    }
    if let Ok(value) = Value::parse(text) {
        assert!(is_json(value.as_json()), "{value}");
    }
    let _ = Topic::parse(text);
    let _ = UserTopic::parse(text);
    let _ = StreamId::parse(text);
    if let Some(timestamp) = Timestamp::parse(text) {
        let again = timestamp.to_string();
        assert_eq!(Timestamp::parse(&again).map(|timestamp| timestamp.to_string()), Some(again));
    }
}

/// Whether it is one JSON value, be its numbers as large as they like.
fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

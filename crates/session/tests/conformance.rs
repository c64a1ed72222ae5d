//! Normative statements of MQTT 3.1.1 that no conversation of the other tests shows. Above each test stand the numbers;
//! `docs/conformance.md` has all of them.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use bytes::Bytes;
use frame::{FrameProblem, Frames};
use session::{Event, Message, Options, Qos, Session, TopicProblem, check_filter, check_topic, matches};
use web_time::Instant;

// MQTT-2.2.2-1, MQTT-2.2.2-2, MQTT-3.6.1-1, MQTT-3.8.1-1, MQTT-3.10.1-1, MQTT-3.14.1-1.
#[test]
fn every_first_byte_with_other_flags_than_its_type_has_is_refused() {
    for first in 0..=u8::MAX {
        let (packet_type, flags) = (first >> 4, first & 0x0F);
        let is_good = match packet_type {
            0 | 15 => false,
            // QoS 3, and DUP at QoS 0.
            3 => flags & 0b0110 != 0b0110 && flags & 0b1110 != 0b1000,
            6 | 8 | 10 => flags == 0b0010,
            _ => flags == 0,
        };
        let mut frames = Frames::new(100);
        frames.push(&[first]);
        assert_eq!(frames.poll_frame().is_ok(), is_good, "{first:#04x}");
        if is_good {
            continue;
        }
        let events = hear(&[first]);
        assert!(matches!(events.last(), Some(Event::Closed(_))), "{first:#04x}: {events:?}");
    }
}

// MQTT-1.5.3-1, MQTT-1.5.3-2.
#[test]
fn a_text_that_is_no_utf_8_or_holds_u_0000_ends_the_connection() {
    for topic in [&b"a\xFF"[..], b"\xED\xA0\x80", b"a\0"] {
        let events = hear(&publish(topic));
        assert!(matches!(events.last(), Some(Event::Closed(_))), "{topic:02x?}: {events:?}");
    }
    let mut frames = Frames::new(100);
    frames.push(&publish(b"\xED\xA0\x80"));
    assert_eq!(frames.poll_frame().unwrap_err().problem, FrameProblem::NotUtf8, "a surrogate");
}

// MQTT-1.5.3-3.
#[test]
fn a_byte_order_mark_is_a_character_like_others() {
    let events = hear(&publish(b"\xEF\xBB\xBFa"));
    let told = events.iter().find_map(|event| match event {
        Event::Message { message, .. } => Some(message.topic.clone()),
        _ => None,
    });
    assert_eq!(told.as_deref(), Some("\u{FEFF}a"));
    let message = Message { topic: "\u{FEFF}a".to_owned(), ..empty() };
    assert_eq!(message.frame(None).unwrap(), publish(b"\xEF\xBB\xBFa"));
    assert!(!matches("a", "\u{FEFF}a"));
}

// MQTT-1.5.3-2, MQTT-4.7.3-2, MQTT-4.7.3-3, MQTT-4.7.1-1.
#[test]
fn topics_that_no_frame_may_carry_are_refused_before_they_are_sent() {
    let long = "a".repeat(65_536);
    for (text, name, filter) in [
        ("a\0", Some(TopicProblem::Nul), Some(TopicProblem::Nul)),
        (
            &*long,
            Some(TopicProblem::TooLong { length: 65_536 }),
            Some(TopicProblem::TooLong { length: 65_536 }),
        ),
        (&long[1..], None, None),
        ("a/+", Some(TopicProblem::Wildcard), None),
        ("#", Some(TopicProblem::Wildcard), None),
        ("a+", Some(TopicProblem::Wildcard), Some(TopicProblem::MisplacedWildcard)),
    ] {
        assert_eq!(
            (check_topic(text).err(), check_filter(text).err()),
            (name, filter),
            "{:?}",
            &text[..2.min(text.len())]
        );
    }
    for client_id in ["\0", "a\0b"] {
        let options = Options { client_id: client_id.to_owned(), ..Options::default() };
        assert_eq!(Session::new(&options).unwrap_err().to_string(), "a text holds U+0000");
    }
}

// MQTT-4.7.3-4.
#[test]
fn topics_that_only_look_alike_are_different() {
    // The same letter as one character and as two.
    assert!(!matches("caf\u{E9}", "cafe\u{301}") && !matches("A", "a") && !matches("a", "a/"));
}

// MQTT-3.1.2-13, MQTT-3.1.2-15, MQTT-3.1.2-18, MQTT-3.1.2-20.
#[test]
fn a_login_carries_only_the_fields_that_its_flags_announce() {
    let bare = Options { client_id: "1".to_owned(), ..Options::default() };
    let named = Options { username: "2".to_owned(), ..bare.clone() };
    assert_eq!(bare.frame().unwrap(), b"\x10\x0D\x00\x04MQTT\x04\x02\x00\x78\x00\x011"[..]);
    assert_eq!(named.frame().unwrap(), b"\x10\x10\x00\x04MQTT\x04\x82\x00\x78\x00\x011\x00\x012"[..]);
}

// MQTT-3.8.3-3, MQTT-3.10.3-2.
#[test]
fn a_subscription_to_nothing_is_not_sent() {
    let mut session = connected();
    let refusals = [
        session.subscribe(&[], Qos::AtMostOnce, now()).unwrap_err(),
        session.unsubscribe(&[], now()).unwrap_err(),
    ];
    assert_eq!(refusals.map(|refusal| refusal.to_string()), ["no topic filter", "no topic filter"]);
    assert_eq!(session.poll_transmit(), None);
}

// MQTT-3.8.1-1, MQTT-3.10.1-1, MQTT-3.8.3-1, MQTT-3.10.3-1, MQTT-2.3.1-1.
#[test]
fn several_filters_stand_one_behind_the_other() {
    let mut session = connected();
    session.subscribe(&["a/#", "温"], Qos::AtLeastOnce, now()).unwrap();
    session.unsubscribe(&["a/#", "温"], now()).unwrap();
    let said = [session.poll_transmit().unwrap(), session.poll_transmit().unwrap()];
    assert_eq!(said[0], b"\x82\x0E\x00\x01\x00\x03a/#\x01\x00\x03\xE6\xB8\xA9\x01"[..]);
    assert_eq!(said[1], b"\xA2\x0C\x00\x02\x00\x03a/#\x00\x03\xE6\xB8\xA9"[..]);
}

/// What a session tells about bytes of its server.
fn hear(bytes: &[u8]) -> Vec<Event> {
    let mut session = connected();
    session.handle_input(bytes, now());
    std::iter::from_fn(|| session.poll_event()).collect()
}

/// Logged in, everything drained.
fn connected() -> Session {
    let options = Options { client_id: "1".to_owned(), keep_alive: 0, ..Options::default() };
    let mut session = Session::new(&options).unwrap();
    session.handle_open(now());
    session.handle_input(b"\x20\x02\x00\x00", now());
    while session.poll_transmit().is_some() {}
    while session.poll_event().is_some() {}
    session
}

/// A PUBLISH at QoS 0 without content.
fn publish(topic: &[u8]) -> Bytes {
    let length = u8::try_from(2 + topic.len()).unwrap();
    [&[0x30, length, 0, length - 2], topic].concat().into()
}

fn empty() -> Message {
    Message { topic: String::new(), payload: Bytes::new(), qos: Qos::AtMostOnce, retain: false }
}

#[expect(clippy::disallowed_methods, reason = "tests need some instant, and nothing here takes time")]
fn now() -> Instant {
    Instant::now()
}

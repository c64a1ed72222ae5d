//! A real session against the platform, both on one virtual clock, their bytes cut anywhere.

#![expect(clippy::unwrap_used, reason = "also in helpers a panic is a failed test")]

mod away;
mod burst;
mod device;
mod fault;
mod pair;
mod promise;
mod step;
mod transcript;
mod world;

use std::time::Duration;

use bytes::Bytes;
use onenet::legacy::Payload;
use onenet::{DataPoint, StreamId, Value};
use proptest::prelude::*;
use session::{CloseReason, Event, Options, Qos, ReturnCode};

use pair::Pair;

#[test]
fn a_login_an_upload_a_command_and_its_answer() {
    let mut pair = Pair::new(&[usize::MAX]);
    pair.log_in();
    pair.publish("$dp", &upload(55), Qos::AtLeastOnce);
    pair.drive();
    pair.command("7", b"fan on");
    pair.drive();

    let events = pair.events();
    assert!(matches!(events[0], Event::Connected { session_present: false, .. }), "{events:?}");
    assert!(matches!(events[1], Event::Acknowledged { packet_id: 1, .. }), "{events:?}");
    let Event::Message { message, .. } = &events[2] else { panic!("{events:?}") };
    assert_eq!((message.topic.as_str(), &message.payload[..]), ("$creq/7", &b"fan on"[..]));

    pair.publish("$crsp/7", b"fan is on", Qos::AtLeastOnce);
    pair.drive();
    assert_eq!(pair.platform.command("7").unwrap().answer.as_deref(), Some(&b"fan is on"[..]));
    assert_eq!(pair.stored("wendu"), ["55"]);
}

#[test]
fn a_wrong_device_id_is_refused_with_code_2() {
    let mut pair = Pair::with(&Options { client_id: "board".to_owned(), ..pair::device() }, &[usize::MAX]);
    pair.log_in();
    assert_eq!(pair.events(), [Event::Closed(CloseReason::Refused(ReturnCode::ClientId))]);
}

#[test]
fn pings_keep_a_silent_device_logged_in_for_a_day() {
    let mut pair = Pair::new(&[usize::MAX]);
    pair.log_in();
    pair.pass(Duration::from_secs(24 * 3_600));
    let events = pair.events();
    let pings = events.iter().filter(|event| matches!(event, Event::Pinged { .. })).count();
    assert_eq!(pings, 24 * 3_600 / 120);
    assert!(pair.session.is_connected());
}

#[test]
fn a_silent_platform_is_given_up() {
    let mut pair = Pair::new(&[usize::MAX]);
    pair.log_in();
    pair.deaf = true;
    pair.pass(Duration::from_secs(131));
    assert_eq!(pair.events().last(), Some(&Event::Closed(CloseReason::NoPingResponse)));
}

#[test]
fn a_broken_upload_gets_the_device_thrown_out_without_a_word() {
    let mut pair = Pair::new(&[usize::MAX]);
    pair.log_in();
    pair.publish("$dp", b"\x17\x00\x00", Qos::AtLeastOnce);
    pair.drive();
    assert_eq!(pair.events().last(), Some(&Event::Closed(CloseReason::LinkClosed)));
}

/// Something a device may do at any time.
#[derive(Debug, Clone)]
enum Deed {
    Upload(u16),
    UploadUnsurely(u16),
    Say(Vec<u8>),
    Subscribe,
    Unsubscribe,
    BeCommanded,
    Wait(u16),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        any::<u16>().prop_map(Deed::Upload),
        any::<u16>().prop_map(Deed::UploadUnsurely),
        prop::collection::vec(any::<u8>(), 0..300).prop_map(Deed::Say),
        Just(Deed::Subscribe),
        Just(Deed::Unsubscribe),
        Just(Deed::BeCommanded),
        (0u16..300).prop_map(Deed::Wait),
    ];
    prop::collection::vec(deed, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn nothing_is_lost_whatever_a_device_does_and_however_its_bytes_are_cut(
        deeds in deeds(),
        cuts in prop::collection::vec(1usize..50, 1..6),
    ) {
        let mut pair = Pair::new(&cuts);
        pair.log_in();
        let mut stored = Vec::new();
        let (mut acknowledged, mut commands, mut heard, mut subscribed) = (0, 0, 0, false);
        for deed in deeds {
            match deed {
                Deed::Upload(value) => {
                    pair.publish("$dp", &upload(value), Qos::AtLeastOnce);
                    stored.push(value.to_string());
                    acknowledged += 1;
                }
                Deed::UploadUnsurely(value) => {
                    pair.publish("$dp", &upload(value), Qos::AtMostOnce);
                    stored.push(value.to_string());
                }
                Deed::Say(payload) => {
                    pair.publish("room", &payload, Qos::AtLeastOnce);
                    acknowledged += 1;
                    heard += usize::from(subscribed);
                }
                Deed::Subscribe => {
                    pair.subscribe("room");
                    subscribed = true;
                }
                Deed::Unsubscribe => {
                    pair.unsubscribe("room");
                    subscribed = false;
                }
                Deed::BeCommanded => {
                    commands += 1;
                    pair.command(&commands.to_string(), b"fan on");
                }
                Deed::Wait(seconds) => pair.pass(Duration::from_secs(seconds.into())),
            }
            pair.drive();
        }
        let events = pair.events();
        let count = |wanted: fn(&Event) -> bool| events.iter().filter(|event| wanted(event)).count();
        prop_assert!(pair.session.is_connected(), "{:?}", events.last());
        prop_assert_eq!(count(|event| matches!(event, Event::Acknowledged { .. })), acknowledged);
        prop_assert_eq!(count(|event| matches!(event, Event::Message { .. })), heard + commands);
        prop_assert_eq!(pair.stored("wendu"), stored);
    }
}

/// The bytes that upload a value of the data stream `wendu`.
fn upload(value: u16) -> Vec<u8> {
    let stream = StreamId::parse("wendu").unwrap();
    let value = Value::parse(&value.to_string()).unwrap();
    Payload::full_json(&[DataPoint { stream, at: None, value }]).unwrap().encode()
}

/// The bytes of a command or a message.
fn bytes(payload: &[u8]) -> Bytes {
    Bytes::copy_from_slice(payload)
}

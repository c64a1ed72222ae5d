//! Bytes tried out on a connection of their own.

use std::time::Duration;

use bytes::Bytes;
use onenet_web::client::LinkEvent;
use onenet_web::connect::{ConnectForm, LinkEnd, Place};
use onenet_web::inspector::{Probe, ProbeEnd, ProbeStage, draft};

use super::captured::captured;
use super::stage::{Stage, hear, openly, say};

fn login(device: &str) -> Bytes {
    let form = ConnectForm { device_id: device.to_owned(), ..ConnectForm::default() };
    draft::login(&form, onenet::Timestamp::default()).expect("a good form")
}

fn elsewhere() -> Place {
    Place::Address("ws://relay.example/mqtt/onenet".to_owned())
}

fn closed(stage: &Stage) -> Option<ProbeEnd> {
    match stage.state().probe.clone()?.stage {
        ProbeStage::Closed(end) => Some(end),
        ProbeStage::Opening | ProbeStage::Open => None,
    }
}

#[test]
fn a_login_is_answered_and_silence_ends_it() {
    let mut stage = Stage::new();
    stage.act(|client| client.probe(Place::InPage, openly(login("1"))));
    assert_eq!(stage.state().probe, Some(Probe { connection: 1, stage: ProbeStage::Open }));
    assert_eq!(captured(&stage), ["1 sent CONNECT ↔ 2 (composed)", "2 received CONNACK ↔ 1"]);
    stage.pass(Duration::from_millis(9_999));
    assert_eq!(closed(&stage), None);
    stage.pass(Duration::from_millis(1));
    assert_eq!(closed(&stage), Some(ProbeEnd::Silent));
    assert_eq!(stage.state().console.snapshot.online_device(), None, "the link is closed");
}

#[test]
fn the_platform_hangs_up_on_a_flipped_bit() {
    let mut stage = Stage::new();
    let mut bytes = login("1").to_vec();
    // The reserved bit of the connect flags.
    bytes[9] |= 1;
    stage.act(|client| client.probe(Place::InPage, openly(Bytes::from(bytes))));
    assert_eq!(closed(&stage), Some(ProbeEnd::Link(LinkEnd::HungUp)));
    assert_eq!(captured(&stage), ["1 sent CONNECT (composed)"]);
}

#[test]
fn a_device_that_is_connected_stays_so_while_another_is_tried_out() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    let next = stage.state().capture.next_packet_id();
    stage.act(|client| client.probe(Place::InPage, openly(login("1"))));
    assert_eq!(
        captured(&stage)[4..],
        ["5 sent CONNECT ↔ 6 (composed)", "6 received CONNACK ↔ 5"],
        "answers are told apart by connection"
    );
    let state = stage.state();
    assert_eq!(state.capture.iter().map(|frame| frame.connection).collect::<Vec<_>>(), [1, 1, 1, 1, 2, 2]);
    assert!(state.status.is_online());
    assert_eq!(state.capture.next_packet_id(), next);
}

#[test]
fn the_next_probe_ends_the_one_before() {
    let mut stage = Stage::new();
    stage.act(|client| client.probe(elsewhere(), openly(Bytes::from_static(b"\xC0\x00"))));
    let mut first = stage.answer();
    say(&first, LinkEvent::Opened);
    say(&first, LinkEvent::Bytes(Bytes::from_static(b"\xD0\x00\x20")));
    stage.settle();
    assert_eq!(hear(&mut first).as_deref(), Some(&b"\xC0\x00"[..]));
    stage.act(|client| client.probe(elsewhere(), openly(Bytes::from_static(b"\xE0\x00"))));
    assert_eq!(stage.state().probe, Some(Probe { connection: 2, stage: ProbeStage::Opening }));
    assert!(first.incoming.is_closed());
    assert_eq!(
        captured(&stage),
        ["1 sent PINGREQ ↔ 2 (composed)", "2 received PINGRESP ↔ 1", "3 received CONNACK"],
        "what was left is captured"
    );
}

#[test]
fn a_link_that_does_not_open_ends_it() {
    let mut stage = Stage::new();
    stage.act(|client| client.probe(elsewhere(), openly(Bytes::from_static(b"\xC0\x00"))));
    stage.pass(Duration::from_secs(4));
    assert_eq!(closed(&stage), Some(ProbeEnd::Link(LinkEnd::OpenTimedOut)));
    assert!(captured(&stage).is_empty());
}

#[test]
fn a_frame_larger_than_any_ends_it() {
    let mut stage = Stage::new();
    stage.act(|client| client.probe(elsewhere(), openly(Bytes::from_static(b"\xC0\x00"))));
    let far = stage.answer();
    say(&far, LinkEvent::Opened);
    say(&far, LinkEvent::Bytes(Bytes::from_static(b"\x30\xFF\xFF\xFF\x7F")));
    for _ in 0..65 {
        say(&far, LinkEvent::Bytes(Bytes::from(vec![0; 64 * 1024])));
    }
    stage.settle();
    assert_eq!(closed(&stage), Some(ProbeEnd::TooLarge));
    assert_eq!(captured(&stage), ["1 sent PINGREQ (composed)", "2 received PUBLISH "]);
}

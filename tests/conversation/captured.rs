//! What is captured of a conversation: every frame, in order, with what answers it.

use std::time::Duration;

use bytes::Bytes;
use dissect::Head;
use expect_test::expect;
use onenet_web::client::{LinkEvent, Raw};
use onenet_web::inspector::{Captured, Direction, draft};
use onenet_web::locale::{Language, Words};
use onenet_web::state::Action;
use onenet_web::upload::{Upload, UploadForm};
use proptest::prelude::*;
use session::Qos;

use super::stage::{Stage, accept, hear, openly, say};

/// A line for every frame kept: `1 sent CONNECT ↔ 2`.
pub fn captured(stage: &Stage) -> Vec<String> {
    stage.state().capture.iter().map(line).collect()
}

fn line(frame: &Captured) -> String {
    let way = match frame.direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
    };
    let head = Head::read(&frame.bytes);
    let name = head.packet_type.map_or("?", |packet_type| packet_type.name());
    let topic = head.topic.map_or_else(String::new, |topic| format!(" {topic}"));
    let pair = frame.pair.map_or_else(String::new, |pair| format!(" ↔ {}", pair.number));
    let composed = if frame.composed { " (composed)" } else { "" };
    format!("{} {way} {name}{topic}{pair}{composed}", frame.number)
}

fn bytes(stage: &Stage, number: u64) -> Bytes {
    stage.state().capture.get(number).expect("it is kept").bytes.clone()
}

#[test]
fn a_login_and_an_upload_are_captured_with_their_answers() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    stage.subscribe("room");
    stage.pass(Duration::from_secs(120));
    assert_eq!(
        captured(&stage),
        [
            "1 sent CONNECT ↔ 2",
            "2 received CONNACK ↔ 1",
            "3 sent PUBLISH $dp ↔ 4",
            "4 received PUBACK ↔ 3",
            "5 sent SUBSCRIBE room ↔ 6",
            "6 received SUBACK ↔ 5",
            "7 sent PINGREQ ↔ 8",
            "8 received PINGRESP ↔ 7",
        ]
    );
    let state = stage.state();
    assert_eq!(state.capture.get(7).unwrap().moment, Duration::from_secs(120));
    assert!(state.capture.iter().all(|frame| frame.connection == 1));
    assert_eq!(
        draft::login(&state.connect, onenet::Timestamp::default()),
        Some(state.capture.get(1).unwrap().bytes.clone())
    );
}

#[test]
fn the_next_upload_is_sent_as_its_draft_says() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    let form = UploadForm::default();
    let now = onenet::Timestamp::parse("2016-08-15T14:47:00").unwrap();
    let draft = draft::upload(&form, now, stage.state().capture.next_packet_id()).unwrap();
    stage.act(|client| client.upload(form.parse(now).unwrap()));
    assert_eq!(bytes(&stage, 5), draft);
}

#[test]
fn a_message_is_captured_before_its_acknowledgement_and_kept_once() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    say(&far, LinkEvent::Bytes(Bytes::from_static(b"\x32\x07\x00\x01a\x00\x09hi")));
    stage.settle();
    let captured = captured(&stage);
    assert_eq!(captured[3..], ["4 received PUBLISH a ↔ 5", "5 sent PUBACK ↔ 4"]);
    let state = stage.state();
    let payload = state.history.newest_first().next().unwrap().payload.clone();
    assert_eq!(payload.as_ptr(), state.capture.get(4).unwrap().bytes[7..].as_ptr());
}

#[test]
fn a_goodbye_is_captured_and_the_next_connection_has_a_number_of_its_own() {
    let mut stage = Stage::new();
    stage.connect(|form| form.upload_first = false);
    stage.act(|client| client.disconnect());
    stage.connect(|form| form.upload_first = false);
    let expected = [
        "1 sent CONNECT ↔ 2",
        "2 received CONNACK ↔ 1",
        "3 sent DISCONNECT",
        "4 sent CONNECT ↔ 5",
        "5 received CONNACK ↔ 4",
    ];
    assert_eq!(captured(&stage), expected);
    let connections: Vec<u32> = stage.state().capture.iter().map(|frame| frame.connection).collect();
    assert_eq!(connections, [1, 1, 1, 2, 2]);
}

#[test]
fn what_a_server_sends_that_is_no_good_frame_is_captured_too() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    let broken = b"\x30\x04\x00\x02a#\x40\x02\x00\x01\x30\x09";
    say(&far, LinkEvent::Bytes(Bytes::from_static(broken)));
    stage.settle();
    assert_eq!(stage.statuses().last().unwrap(), "waiting 1");
    let captured = captured(&stage);
    assert_eq!(
        captured[3..],
        ["4 received PUBLISH a#", "5 received PUBACK ↔ 3", "6 received PUBLISH"],
        "as frames, as far as they are"
    );
    assert_eq!(bytes(&stage, 6), b"\x30\x09".as_slice());
    assert_eq!(stage.fates(), ["queued"], "behind a broken frame nothing is believed");
}

#[test]
fn a_frame_whose_end_never_comes_is_captured_when_the_link_closes() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let far = stage.answer();
    say(&far, LinkEvent::Opened);
    say(&far, LinkEvent::Bytes(Bytes::from_static(b"\x20\x02")));
    drop(far);
    stage.settle();
    assert_eq!(captured(&stage), ["1 sent CONNECT", "2 received CONNACK"]);
    assert_eq!(bytes(&stage, 2), b"\x20\x02".as_slice());
}

#[test]
fn composed_bytes_are_sent_as_they_are_and_may_be_answered() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    while hear(&mut far).is_some() {}
    let composed = Bytes::from_static(b"\x34\x06\x00\x01a\x00\x63x\xC0\x00\x82");
    stage.act(|client| client.compose(openly(composed.clone())));
    assert_eq!(hear(&mut far), Some(composed));
    say(&far, LinkEvent::Bytes(Bytes::from_static(b"\x50\x02\x00\x63\xD0\x00\x20\x02\x00\x00")));
    stage.settle();
    assert!(stage.state().status.is_online());
    assert_eq!(
        captured(&stage)[3..],
        [
            "4 sent PUBLISH a ↔ 7 (composed)",
            "5 sent PINGREQ ↔ 8 (composed)",
            "6 sent SUBSCRIBE (composed)",
            "7 received PUBREC ↔ 4",
            "8 received PINGRESP ↔ 5",
            "9 received CONNACK",
        ]
    );
    assert_eq!(stage.state().capture.next_packet_id(), 2, "the session's own identifiers go on");
}

#[test]
fn composed_bytes_go_nowhere_without_a_login() {
    let mut stage = Stage::new();
    stage.act(|client| client.compose(openly(Bytes::from_static(b"\xC0\x00"))));
    stage.connect_elsewhere();
    stage.act(|client| client.compose(openly(Bytes::from_static(b"\xC0\x00"))));
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    let captured = captured(&stage);
    assert_eq!(captured, ["1 sent CONNECT ↔ 2", "2 received CONNACK ↔ 1", "3 sent PUBLISH $dp"]);
}

#[test]
fn counts_go_on_after_the_frames_are_forgotten() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    stage.apply(Action::ClearCapture);
    stage.act(|client| client.upload(Upload::message("room".to_owned(), "hi".to_owned())));
    assert_eq!(captured(&stage), ["5 sent PUBLISH room ↔ 6", "6 received PUBACK ↔ 5"]);
    let state = stage.state();
    assert_eq!((state.capture.captured(), state.capture.evicted()), (6, 4));
}

#[test]
fn debug_output_of_the_state_holds_no_password() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    let debug = format!("{:?}", *stage.state());
    assert!(!debug.contains("JHFDJF55586jhk") && !debug.contains("74, 72, 70, 68"), "{debug}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn the_same_frames_are_captured_whatever_the_cuts(cuts in prop::collection::vec(1usize..40, 1..8)) {
        let frames = |cuts: &[usize]| {
            let mut stage = Stage::with_cuts(cuts);
            stage.connect(|_| {});
            stage.subscribe("room");
            stage.act(|client| client.upload(Upload::message("room".to_owned(), "hi".to_owned())));
            stage.act(|client| client.disconnect());
            let frames: Vec<Captured> = stage.state().capture.iter().cloned().collect();
            let way = |direction| {
                let of = frames.iter().filter(move |frame| frame.direction == direction);
                of.map(|frame| frame.bytes.clone()).collect::<Vec<_>>()
            };
            (way(Direction::Sent), way(Direction::Received), frames.iter().filter(|frame| frame.pair.is_some()).count())
        };
        // CONNECT, PUBLISH, SUBSCRIBE and PUBLISH are answered; so is the message that comes back.
        let (sent, received, paired) = frames(&cuts);
        prop_assert_eq!((sent.len(), received.len(), paired), (6, 5, 10));
        prop_assert_eq!((sent, received, paired), frames(&[usize::MAX]));
    }
}

#[test]
fn a_composed_password_is_hidden_in_whatever_frame_it_ends_up() {
    let mut stage = Stage::new();
    stage.connect_elsewhere();
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    // A login whose remaining length is too small: its end looks like a PUBLISH.
    let bytes = Bytes::from_static(
        b"\x10\x15\x00\x04MQTT\x04\xC2\x00\x3C\x00\x01a\x00\x01b\x00\x0530key\x6B\x65\x79",
    );
    stage.act(|client| client.compose(Raw { bytes, secret: true }));
    let composed: Vec<_> = stage
        .state()
        .capture
        .iter()
        .filter(|frame| frame.composed)
        .map(|frame| (frame.bytes.len(), frame.secrets()))
        .collect();
    assert!(composed.len() > 1, "{composed:?}");
    for (length, secrets) in &composed[1..] {
        let all = 0..*length;
        assert_eq!(*secrets, [all]);
    }
}

#[test]
fn what_was_not_expected_is_said_at_its_frame() {
    let mut stage = Stage::new();
    stage.connect_to_server(false);
    let mut far = stage.answer();
    accept(&mut stage, &mut far, 0);
    stage.upload(1, Qos::AtLeastOnce);
    // PUBACK of nothing; then PUBREC for what waits for PUBACK.
    for bytes in [b"\x40\x02\x00\x63", b"\x50\x02\x00\x01"] {
        say(&far, LinkEvent::Bytes(Bytes::copy_from_slice(bytes)));
        stage.settle();
    }
    let said: Vec<(u64, String)> = stage
        .state()
        .capture
        .iter()
        .filter_map(|frame| Some((frame.number, (english().sending.remark)(frame.remark.as_deref()?))))
        .collect();
    expect![[r#"
        [
            (
                4,
                "Changes nothing: nothing waits for PUBACK 99.",
            ),
            (
                5,
                "The server broke MQTT 3.1.1 (PUBREC for packet identifier 1, which waits for PUBACK). Check that the address is an MQTT 3.1.1 server's.",
            ),
        ]
    "#]]
    .assert_debug_eq(&said);
}

fn english() -> &'static Words {
    Language::English.words()
}

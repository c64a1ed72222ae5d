//! Scripts, and the transcripts that they make.

use std::time::Duration;

use bytes::Bytes;
use expect_test::Expect;
use web_time::Instant;

use frame::{Frames, MAX_REMAINING_LENGTH, Packet};

use self::Step::{
    Close, Disconnect, Enqueue, GiveUp, Input, Open, Publish, Raw, Retry, Subscribe, Timeout, Unsubscribe,
};
use crate::{Change, Event, Message, Options, Outbound, Qos, Session, Store};

/// One line of a script. The last number is the time in milliseconds since CONNECT.
pub(super) enum Step {
    Open,
    Input(&'static str, u64),
    Timeout(u64),
    Close,
    Publish(&'static str, &'static str, Qos, u64),
    /// Publish now or once the login is accepted; nothing but a topic.
    Enqueue(&'static str, Qos, u64),
    Retry(u16),
    GiveUp(u16),
    Subscribe(&'static str, u64),
    Unsubscribe(&'static str, u64),
    /// Bytes that the session did not make.
    Raw(&'static str, u64),
    Disconnect,
}

/// The zero of every script: the one clock that is read, and only to have some instant.
#[expect(clippy::disallowed_methods, reason = "tests need some instant to count from")]
pub(crate) fn start() -> Instant {
    use std::sync::LazyLock;
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    *START
}

pub(super) fn at(millis: u64) -> Instant {
    start() + Duration::from_millis(millis)
}

pub(super) fn options() -> Options {
    Options {
        client_id: "29455901".to_owned(),
        username: "12555524".to_owned(),
        password: "JHFDJF55586jhk".to_owned(),
        ..Options::default()
    }
}

/// The same device with a session that the server keeps.
pub(super) fn keeping() -> Options {
    Options { clean_session: false, ..options() }
}

pub(super) fn idle() -> Session {
    Session::new(&options()).unwrap()
}

pub(super) fn connected() -> Session {
    let mut session = idle();
    transcript(&mut session, &[Open, Input("20 02 00 00", 0)]);
    session
}

#[track_caller]
pub(super) fn check<const N: usize>(script: [Step; N], expected: Expect) {
    expected.assert_eq(&transcript(&mut idle(), &script));
}

#[track_caller]
pub(super) fn check_from_connect<const N: usize>(script: [Step; N], expected: Expect) {
    let mut session = idle();
    transcript(&mut session, &[Open]);
    expected.assert_eq(&transcript(&mut session, &script));
}

#[track_caller]
pub(super) fn check_connected<const N: usize>(script: [Step; N], expected: Expect) {
    expected.assert_eq(&transcript(&mut connected(), &script));
}

/// Runs the script and compares the story: frames by name, changes where they belong, no deadlines.
#[track_caller]
pub(super) fn check_story<const N: usize>(session: &mut Session, script: [Step; N], expected: Expect) {
    let lines = run(session, &script);
    let story = lines.iter().filter(|line| !line.starts_with("deadline") && !line.starts_with("received"));
    let story = story.map(|line| match line.strip_prefix("transmit ") {
        Some(hex) => format!("transmit {}\n", said(&bytes(hex))),
        None => format!("{line}\n"),
    });
    expected.assert_eq(&story.collect::<String>());
}

/// What the session says and tells, frame by frame; not what it changes in its store.
pub(super) fn transcript(session: &mut Session, script: &[Step]) -> String {
    let lines = run(session, script);
    let shown = lines.iter().filter(|line| !line.starts_with("change"));
    shown.map(|line| format!("{line}\n")).collect()
}

fn run(session: &mut Session, script: &[Step]) -> Vec<String> {
    let mut lines = Vec::new();
    // What was done outside of the script changed the store before.
    while session.poll_change().is_some() {}
    let mut folded = session.store().clone();
    for step in script {
        match step {
            Open => session.handle_open(start()),
            Input(hex, millis) => session.handle_input(&bytes(hex), at(*millis)),
            Timeout(millis) => session.handle_timeout(at(*millis)),
            Close => session.handle_close(),
            Publish(topic, payload, qos, millis) => {
                let message = message(topic, &bytes(payload), *qos);
                lines.push(format!("{:?}", session.publish(message, at(*millis))));
            }
            Enqueue(topic, qos, millis) => {
                let message = message(topic, b"", *qos);
                lines.push(format!("{:?}", session.enqueue(message, at(*millis))));
            }
            Retry(packet_id) => lines.push(format!("{:?}", session.retry(*packet_id))),
            GiveUp(packet_id) => lines.push(format!("{:?}", session.give_up(*packet_id))),
            Subscribe(filter, millis) => {
                lines.push(format!("{:?}", session.subscribe(&[filter], Qos::AtLeastOnce, at(*millis))));
            }
            Unsubscribe(filter, millis) => {
                lines.push(format!("{:?}", session.unsubscribe(&[filter], at(*millis))));
            }
            Raw(hex, millis) => {
                let bytes = Bytes::from(bytes(hex));
                lines.push(format!("{:?}", session.send_raw(bytes, at(*millis))));
            }
            Disconnect => lines.push(format!("{:?}", session.disconnect(start()))),
        }
        while let Some(change) = session.poll_change() {
            lines.push(format!("change {}", changed(&change)));
            folded.apply(change);
        }
        assert!(folded == *session.store(), "every change was told");
        while let Some(transmit) = session.poll_transmit() {
            lines.push(format!("transmit {}", hex(&transmit)));
        }
        while let Some(event) = session.poll_event() {
            lines.push(match event {
                Event::Received(frame) => format!("received {}", hex(&frame)),
                Event::Unread(bytes) => format!("unread {}", hex(&bytes)),
                Event::Closed(reason) => format!("Closed: {reason}"),
                event => format!("{event:?}"),
            });
        }
        if let Some(deadline) = session.poll_timeout() {
            lines.push(format!("deadline {} ms", (deadline - start()).as_millis()));
        }
    }
    lines
}

/// A change in few words.
fn changed(change: &Change) -> String {
    match change {
        Change::Accepted(Outbound { packet_id, message, sent }) => {
            let sent = if *sent { "sent" } else { "waiting" };
            format!("Accepted {packet_id} {} QoS {} {sent}", message.topic, message.qos.bits())
        }
        change => format!("{change:?}"),
    }
}

/// A frame in few words.
fn said(bytes: &[u8]) -> String {
    let mut frames = Frames::new(MAX_REMAINING_LENGTH);
    frames.push(bytes);
    let packet = frames.poll_frame().unwrap().unwrap().packet;
    let name = frame::name(&packet);
    match packet {
        Packet::Publish(publish) => {
            let dup = if publish.dup { " DUP" } else { "" };
            format!("{name} {} {} QoS {}{dup}", publish.pkid, publish.topic, publish.qos as u8)
        }
        Packet::PubAck(frame::PubAck { pkid })
        | Packet::PubRec(frame::PubRec { pkid })
        | Packet::PubRel(frame::PubRel { pkid })
        | Packet::PubComp(frame::PubComp { pkid }) => format!("{name} {pkid}"),
        Packet::Subscribe(subscribe) => format!("{name} {}", subscribe.pkid),
        _ => name.to_owned(),
    }
}

/// A session with this store whose login the server has accepted, claiming to know it or not.
pub(super) fn resumed(options: &Options, store: Store, session_present: bool) -> Session {
    let mut session = Session::resume(options, store).unwrap();
    let connack = if session_present { "20 02 01 00" } else { "20 02 00 00" };
    run(&mut session, &[Open, Input(connack, 0)]);
    session
}

pub(super) fn message(topic: &str, payload: &[u8], qos: Qos) -> Message {
    Message { topic: topic.to_owned(), payload: Bytes::copy_from_slice(payload), qos, retain: false }
}

pub(super) fn bytes(hex: &str) -> Vec<u8> {
    hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

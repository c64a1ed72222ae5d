//! Scripts, and the transcripts that they make.

use std::time::Duration;

use bytes::Bytes;
use expect_test::Expect;
use web_time::Instant;

use self::Step::{Close, Disconnect, Input, Open, Publish, Raw, Subscribe, Timeout, Unsubscribe};
use crate::{Event, Message, Options, Qos, Session};

/// One line of a script. The last number is the time in milliseconds since CONNECT.
pub(super) enum Step {
    Open,
    Input(&'static str, u64),
    Timeout(u64),
    Close,
    Publish(&'static str, &'static str, Qos, u64),
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

pub(super) fn transcript(session: &mut Session, script: &[Step]) -> String {
    let mut lines = Vec::new();
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
    lines.iter().map(|line| format!("{line}\n")).collect()
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

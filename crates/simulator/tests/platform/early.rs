//! What a device sends before its CONNACK (reference §1.3).

use std::time::Duration;

use expect_test::expect;
use frame::{Packet, encode};
use simulator::{Options, Platform};

use crate::script::*;

fn slow() -> Options {
    Options { login_delay: Duration::from_secs(2), ..Options::default() }
}

#[test]
fn ignores_what_comes_before_the_connack() {
    let platform: Platform = check_with(
        slow(),
        [
            open(),
            send(1, connect("1", "2")),
            send(1, upload(1, 3, r#"{"a":1}"#)),
            wait(1.9),
            send(1, Packet::PingReq),
            wait(0.1),
            send(1, upload(2, 3, r#"{"a":2}"#)),
        ],
        expect![[r#"
              event  Opened 1
              event  Ignored 1: rule before-connack
              event  Ignored 1: rule before-connack
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBACK 2
              event  Stored 1 1 1
        "#]],
    );
    assert_eq!(platform.device("1").unwrap().received(), 1);
}

#[test]
fn judges_a_login_when_it_is_answered() {
    check_with(
        slow(),
        [
            open(),
            open(),
            send(1, connect("board", "2")),
            send(2, connect("1", "2")),
            wait(1.0),
            close(2),
            wait(1.0),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
              event  Closed 2 nobody
            1 ← CONNACK 2 session present false
            1 ← close
              event  Refused 1 2: illegal client id, rule device-id-decimal
        "#]],
    );
}

#[test]
fn shows_nobody_the_password_of_a_login_that_waits() {
    let login = encode(&connect("1", "2")).unwrap();
    for arrived in [login.len(), login.len() - 1] {
        let mut stage = Stage::new(slow());
        stage.run(open());
        stage.run(bytes(1, &login[..arrived]));
        let shown = format!("{:?}", stage.platform);
        assert!(!shown.contains("JHFDJF"), "{arrived} bytes: {shown}");
    }
}

#[test]
fn the_cuts_do_not_matter_before_the_connack_either() {
    let frames = [connect("1", "2"), publish("a", 0, b"early"), publish("$dp", 1, b"")];
    let whole: Vec<u8> = frames.iter().flat_map(|packet| encode(packet).unwrap()).collect();
    let transcripts = [whole.len(), 40, 7, 1].map(|size| {
        let mut stage = Stage::new(slow());
        stage.run(open());
        for chunk in whole.chunks(size) {
            stage.run(bytes(1, chunk));
        }
        stage.run(wait(2.0));
        stage.transcript
    });
    assert!(transcripts.iter().all(|transcript| *transcript == transcripts[0]), "{transcripts:#?}");
}

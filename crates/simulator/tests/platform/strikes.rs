//! Faults that end connections, or keep them from beginning: each tells so, and wills and sessions know.

use std::time::Duration;

use expect_test::expect;
use frame::Packet;
use simulator::{Faults, RefusalCode, Strike, When};

use crate::faults::{logged_in, ping};
use crate::script::*;

#[test]
fn cuts_a_connection_inside_a_frame() {
    let cut = Faults { cut: Some(When::Nth(2)), cut_after: Some(3), ..Faults::default() };
    check(
        logged_in(
            cut,
            [
                ping(1),
                send(1, publish("a", 7, b"")),
                open(),
                send(2, connect_again("1", "2")),
                // Never the whole frame.
                set_faults("", Faults { cut: Some(When::Each(1)), cut_after: Some(99), ..Faults::default() }),
                ping(2),
                open(),
                set_faults("", Faults { cut: Some(When::Each(1)), cut_after: Some(0), ..Faults::default() }),
                send(3, connect_again("1", "2")),
            ],
        ),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PINGRESP
            1 ← bytes b"@\x02\0"
            1 ← close
              event  Forwarded a from 1 to 0, discarded 0
              event  Struck 1 1 PUBACK 7: cut after 3 bytes
              event  Dropped 1 1: a fault cut the connection
              event  Opened 2
            2 ← CONNACK 0 session present true
              event  LoggedIn 2 1
            2 ← bytes b"\xd0"
            2 ← close
              event  Struck 2 1 PINGRESP: cut after 1 bytes
              event  Dropped 2 1: a fault cut the connection
              event  Opened 3
            3 ← close
              event  LoggedIn 3 1
              event  Struck 3 1 CONNACK: cut after 0 bytes
              event  Dropped 3 1: a fault cut the connection
        "#]],
    );
}

#[test]
fn cuts_a_connection_now_with_what_was_under_way_on_it() {
    let slow = Faults { delay: Duration::from_secs(5), ..Faults::default() };
    check(
        logged_in(slow, [ping(1), ping(1), strike("1", Strike::Cut), wait(5.0)]),
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
          event  Struck 1 1 PINGRESP: delayed by 5s
          event  Struck 1 1 PINGRESP: delayed by 5s
          gives  1 struck
        1 ← close
          event  Struck 1 1: cut after 0 bytes
          event  Struck 1 1: discarded 2
          event  Dropped 1 1: a fault cut the connection
    "#]],
    );
}

#[test]
fn a_half_open_connection_lets_nothing_pass_and_tells_nobody() {
    check(
        logged_in(
            Faults::default(),
            [
                send(1, subscribe(1, [("a", 0)])),
                strike("1", Strike::HalfOpen),
                ping(1),
                open(),
                send(2, connect("3", "2")),
                send(2, publish("a", 1, b"into the void")),
                wait(179.0),
                send(2, Packet::PingReq),
                // It is dropped for its silence, and does not hear that either.
                wait(1.0),
                close(1),
                open(),
                send(3, connect_again("1", "2")),
            ],
        ),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
              gives  1 struck
              event  Struck 1 1: half-open
              event  Struck 1 1: unread 2
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            2 ← PUBACK 1
              event  Struck 1 1 PUBLISH 1: half-open
              event  Forwarded a from 3 to 1, discarded 0
            2 ← PINGRESP
              event  Dropped 1 1: rule keep-alive-silence
              event  Opened 3
            3 ← CONNACK 0 session present true
            3 ← PUBLISH a QoS 1 id 1 DUP into the void
              event  LoggedIn 3 1
              event  Resent 3 1 1, PUBRELs 0
        "#]],
    );
}

#[test]
fn a_connection_goes_half_open_at_a_frame_and_stays_so() {
    let half_open = Faults { half_open: Some(When::Nth(2)), ..Faults::default() };
    check(
        logged_in(
            half_open,
            [
                // In one piece: what follows in it is not read either.
                Step::Bytes(1, [0xC0, 0x00].repeat(4)),
                ping(1),
                command("1", "7", "?"),
                set_faults("", Faults::default()),
                ping(1),
                // It can still be cut, and then the device hears of it.
                strike("", Strike::Cut),
            ],
        ),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PINGRESP
              event  Struck 1 1 PINGRESP: half-open
              event  Struck 1 1: unread 2
              event  CommandSent 7 1
              event  Struck 1 1 PUBLISH: half-open
              event  Struck 1 1: unread 2
              gives  1 struck
            1 ← close
              event  Struck 1 1: cut after 0 bytes
              event  Dropped 1 1: a fault cut the connection
        "#]],
    );
}

#[test]
fn refuses_the_next_login_with_a_code() {
    let steps = RefusalCode::ALL.into_iter().enumerate().flat_map(|(index, code)| {
        let refusing = Faults { refuse_login: Some(code), ..Faults::default() };
        let number = index as u64 + 2;
        [set_faults("1", refusing), open(), send(number, connect("1", "2"))]
    });
    check(
        logged_in(Faults::default(), []).chain(steps).chain([open(), send(7, connect("1", "2"))]),
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Opened 2
            2 ← CONNACK 1 session present false
            2 ← close
              event  Struck 2 1: login-refused with 1
              event  Refused 2 1: protocol version not supported
              event  Opened 3
            3 ← CONNACK 2 session present false
            3 ← close
              event  Struck 3 1: login-refused with 2
              event  Refused 3 2: illegal client id
              event  Opened 4
            4 ← CONNACK 3 session present false
            4 ← close
              event  Struck 4 1: login-refused with 3
              event  Refused 4 3: service unavailable
              event  Opened 5
            5 ← CONNACK 4 session present false
            5 ← close
              event  Struck 5 1: login-refused with 4
              event  Refused 5 4: bad user name or password
              event  Opened 6
            6 ← CONNACK 5 session present false
            6 ← close
              event  Struck 6 1: login-refused with 5
              event  Refused 6 5: not authorised
              event  Opened 7
            1 ← close
            7 ← CONNACK 0 session present false
              event  Dropped 1 1: the device logged in again on another connection
              event  LoggedIn 7 1
        "#]],
    );
}

#[test]
fn kicks_a_device_as_its_second_login_would() {
    check(
        [
            open(),
            open(),
            send(1, connect("9", "2")),
            send(1, subscribe(1, [("room", 0)])),
            send(2, connect_with_will("1", "2", "room", 0, true)),
            strike("1", Strike::TakeOver),
            send(1, subscribe(2, [("room", 0)])),
            // Nobody is there any more.
            strike("1", Strike::TakeOver),
            strike("7", Strike::TakeOver),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 9
            1 ← SUBACK 1 [00]
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
              gives  1 struck
            2 ← close
            1 ← PUBLISH room QoS 0 id 0 gone
              event  Struck 2 1: taken-over
              event  Dropped 2 1: the device logged in again on another connection
              event  WillPublished room of 1 to 1, discarded 0
            1 ← SUBACK 2 [00]
              gives  0 struck
              gives  device not found: 7
        "#]],
    );
}

#[test]
fn strikes_every_connection_at_once() {
    check(
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            strike("", Strike::TakeOver),
            open(),
            send(3, connect("1", "2")),
            strike("", Strike::Cut),
            strike("", Strike::Cut),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              gives  1 struck
            1 ← close
              event  Struck 1 1: taken-over
              event  Dropped 1 1: the device logged in again on another connection
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
              gives  2 struck
            2 ← close
            3 ← close
              event  Struck 2 nobody: cut after 0 bytes
              event  Dropped 2 nobody: a fault cut the connection
              event  Struck 3 1: cut after 0 bytes
              event  Dropped 3 1: a fault cut the connection
              gives  0 struck
        "#]],
    );
}

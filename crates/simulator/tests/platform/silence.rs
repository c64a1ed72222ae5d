//! Devices that say nothing (reference §1.2): deadlines on virtual time.

use std::time::Duration;

use expect_test::expect;
use frame::Packet;
use simulator::Options;

use crate::script::*;

#[test]
fn drops_a_connection_without_a_connect() {
    check(
        [open(), wait(9.9), bytes(1, &[0x10]), wait(0.1)],
        expect![[r#"
          event  Opened 1
        1 ← close
          event  Dropped 1 nobody: no CONNECT in time
    "#]],
    );
}

#[test]
fn drops_a_silent_device_at_one_and_a_half_times_its_keep_alive() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            wait(179.9),
            send(1, Packet::PingReq),
            wait(179.9),
            // Half a packet is not heard.
            bytes(1, &[0xC0]),
            wait(0.1),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PINGRESP
            1 ← close
              event  Dropped 1 1: rule keep-alive-silence
        "#]],
    );
}

#[test]
fn tells_when_to_come_back() {
    let mut stage = Stage::new(Options::default());
    assert_eq!(stage.platform.poll_timeout(), None);
    let start = stage.now;
    stage.run(open());
    assert_eq!(stage.platform.poll_timeout(), Some(start + Duration::from_secs(10)));
    stage.run(send(1, connect("1", "2")));
    assert_eq!(stage.platform.poll_timeout(), Some(start + Duration::from_secs(180)));
    stage.run(open());
    assert_eq!(stage.platform.poll_timeout(), Some(start + Duration::from_secs(10)));
    stage.run(close(2));
    stage.run(close(1));
    assert_eq!(stage.platform.poll_timeout(), None);
}

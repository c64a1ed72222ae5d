//! Who is let in, who is refused and who is closed without a word (reference §1.2, §1.3).

use expect_test::expect;
use frame::{Connect, LastWill, Packet, QoS};
use simulator::Options;

use crate::script::*;

#[test]
fn lets_a_well_formed_login_in() {
    let platform = check(
        [open(), send(1, connect("29455901", "12555524"))],
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 29455901
    "#]],
    );
    let device = platform.device("29455901").unwrap();
    assert!(device.online());
    assert_eq!(device.product_id(), "12555524");
}

#[test]
fn refuses_what_is_not_well_formed() {
    check(
        [
            open(),
            send(1, connect("board", "12555524")),
            open(),
            send(2, connect("29455901", "product")),
            open(),
            // Empty auth info; then empty product ID too.
            bytes(3, b"\x10\x12\x00\x04MQTT\x04\xC2\x00\x78\x00\x011\x00\x012\x00\x00"),
            open(),
            bytes(4, b"\x10\x11\x00\x04MQTT\x04\xC2\x00\x78\x00\x011\x00\x00\x00\x00"),
            open(),
            send(5, connect(&"1".repeat(65), "12555524")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 2 session present false
            1 ← close
              event  Refused 1 2: illegal client id, rule device-id-decimal
              event  Opened 2
            2 ← CONNACK 4 session present false
            2 ← close
              event  Refused 2 4: bad user name or password, rule product-id-decimal
              event  Opened 3
            3 ← CONNACK 4 session present false
            3 ← close
              event  Refused 3 4: bad user name or password, rule auth-info-empty
              event  Opened 4
            4 ← CONNACK 4 session present false
            4 ← close
              event  Refused 4 4: bad user name or password, rule product-id-empty
              event  Opened 5
            5 ← CONNACK 2 session present false
            5 ← close
              event  Refused 5 2: illegal client id, rule device-known
        "#]],
    );
}

#[test]
fn lets_only_known_devices_in() {
    let devices = vec![known("29455901", "12555524", "JHFDJF55586jhk")];
    let options = Options { devices, ..Options::default() };
    let platform = check_with(
        options,
        [
            open(),
            send(1, connect("29455902", "12555524")),
            open(),
            send(2, connect("29455901", "12555525")),
            open(),
            send(3, connect_with("29455901", "12555524", "wrong")),
            open(),
            send(4, connect("29455901", "12555524")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 2 session present false
            1 ← close
              event  Refused 1 2: illegal client id, rule device-known
              event  Opened 2
            2 ← CONNACK 4 session present false
            2 ← close
              event  Refused 2 4: bad user name or password, rule login-matches
              event  Opened 3
            3 ← CONNACK 4 session present false
            3 ← close
              event  Refused 3 4: bad user name or password, rule login-matches
              event  Opened 4
            4 ← CONNACK 0 session present false
              event  LoggedIn 4 29455901
        "#]],
    );
    assert_eq!(platform.devices().count(), 1);
}

#[test]
fn closes_without_a_word_on_a_connect_that_breaks_the_rules() {
    let mut keep_alive_zero = Connect::new("1");
    keep_alive_zero.keep_alive = 0;
    keep_alive_zero.set_login("2", "x");
    check(
        [
            // No flags but clean session.
            open(),
            bytes(1, b"\x10\x0d\x00\x04MQTT\x04\x02\x00\x78\x00\x011"),
            // User name without password.
            open(),
            bytes(2, b"\x10\x10\x00\x04MQTT\x04\x82\x00\x78\x00\x011\x00\x012"),
            open(),
            send(3, Packet::Connect(keep_alive_zero)),
            // Reserved connect flag.
            open(),
            bytes(4, b"\x10\x13\x00\x04MQTT\x04\xC3\x00\x78\x00\x011\x00\x012\x00\x01x"),
            // Another protocol name.
            open(),
            bytes(5, b"\x10\x0f\x00\x06MQIsdp\x03\x02\x00\x78\x00\x011"),
        ],
        expect![[r#"
              event  Opened 1
            1 ← close
              event  Dropped 1 nobody: rule login-flags: found 0b00000010
              event  Opened 2
            2 ← close
              event  Dropped 2 nobody: rule login-flags: found 0b10000010
              event  Opened 3
            3 ← close
              event  Dropped 3 nobody: rule keep-alive-range: found 0
              event  Opened 4
            4 ← close
              event  Dropped 4 nobody: malformed frame: reserved connect flag is set at byte 9 of the frame
              event  Opened 5
            5 ← close
              event  Dropped 5 nobody: malformed frame: protocol name is not MQTT at byte 4 of the frame
        "#]],
    );
}

#[test]
fn closes_on_a_will_that_no_subscriber_may_have() {
    let will = |topic: &str, payload: &[u8]| {
        let Packet::Connect(mut connect) = connect("1", "2") else { unreachable!() };
        connect.last_will = Some(LastWill::new(topic, payload, QoS::AtLeastOnce, false));
        Packet::Connect(connect)
    };
    let upload = b"\x03\x00\x07{\"a\":1}";
    check(
        [
            open(),
            send(1, will("$dp", upload)),
            open(),
            send(2, will("$dp", b"gone")),
            open(),
            send(3, will("$creq/7", b"gone")),
            open(),
            send(4, will("room/#", b"gone")),
            open(),
            send(5, will("", b"gone")),
            open(),
            send(6, will("$crsp/7", b"gone")),
            open(),
            send(7, will("room", b"gone")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← close
              event  Dropped 1 nobody: rule will
              event  Opened 2
            2 ← close
              event  Dropped 2 nobody: rule payload: reserved bit 6 is set in type byte 0x67 at byte 0
              event  Opened 3
            3 ← close
              event  Dropped 3 nobody: rule topic-command
              event  Opened 4
            4 ← close
              event  Dropped 4 nobody: malformed frame: topic name holds a wildcard at byte 22 of the frame
              event  Opened 5
            5 ← close
              event  Dropped 5 nobody: malformed frame: topic is empty at byte 17 of the frame
              event  Opened 6
            6 ← close
              event  Dropped 6 nobody: rule will
              event  Opened 7
            7 ← CONNACK 0 session present false
              event  LoggedIn 7 1
        "#]],
    );
}

#[test]
fn says_that_it_cannot_read_a_password_that_is_no_text() {
    check(
        [open(), bytes(1, b"\x10\x14\x00\x04MQTT\x04\xC2\x00\x78\x00\x011\x00\x012\x00\x02x\xFF")],
        expect![[r#"
              event  Opened 1
            1 ← close
              event  Dropped 1 nobody: malformed frame: password is not UTF-8, which this server cannot read at byte 20 of the frame
        "#]],
    );
}

#[test]
fn answers_another_protocol_level_with_code_1() {
    check(
        [open(), bytes(1, b"\x10\x0d\x00\x04MQTT\x05\x02\x00\x78\x00\x011")],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 1 session present false
            1 ← close
              event  Refused 1 1: protocol version not supported, rule protocol-level: found 5
        "#]],
    );
}

#[test]
fn closes_on_anything_before_connect() {
    check(
        [
            open(),
            send(1, Packet::PingReq),
            open(),
            bytes(2, b"GET / HTTP/1.1\r\n"),
            open(),
            bytes(3, &[0x30, 0x03]),
        ],
        expect![[r#"
              event  Opened 1
            1 ← close
              event  Dropped 1 nobody: rule first-packet
              event  Opened 2
            2 ← close
              event  Dropped 2 nobody: malformed frame: fixed-header flags are 0111, must be 0000 at byte 0 of the frame
              event  Opened 3
        "#]],
    );
}

#[test]
fn closes_on_a_second_connect() {
    let login = || send(1, connect("29455901", "12555524"));
    check(
        [open(), login(), login()],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
            1 ← close
              event  Dropped 1 29455901: rule second-connect
        "#]],
    );
}

#[test]
fn drops_the_older_connection_of_a_device_before_it_answers_the_new_one() {
    let platform = check(
        [
            open(),
            open(),
            send(1, connect("29455901", "12555524")),
            send(2, connect("29455901", "12555524")),
            close(1),
            send(1, Packet::PingReq),
            send(2, Packet::PingReq),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
            1 ← close
            2 ← CONNACK 0 session present false
              event  Dropped 1 29455901: the device logged in again on another connection
              event  LoggedIn 2 29455901
            2 ← PINGRESP
        "#]],
    );
    assert!(platform.device("29455901").unwrap().online());
}

#[test]
fn keeps_the_older_connection_where_the_new_login_is_refused() {
    check(
        [
            open(),
            open(),
            send(1, connect("29455901", "12555524")),
            send(2, connect("29455901", "product")),
            send(1, Packet::PingReq),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
            2 ← CONNACK 4 session present false
            2 ← close
              event  Refused 2 4: bad user name or password, rule product-id-decimal
            1 ← PINGRESP
        "#]],
    );
}

#[test]
fn ends_with_a_disconnect_and_ignores_what_follows() {
    let platform = check(
        [open(), send(1, connect("29455901", "12555524")), bytes(1, &[0xE0, 0x00, 0xC0, 0x00]), close(1)],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
            1 ← close
              event  Closed 1 29455901
        "#]],
    );
    assert!(!platform.device("29455901").unwrap().online());
    assert_eq!(platform.poll_timeout(), None);
}

#[test]
fn notices_a_lost_connection() {
    let platform = check(
        [open(), open(), send(1, connect("29455901", "12555524")), close(1), close(2)],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 29455901
              event  Closed 1 29455901
              event  Closed 2 nobody
        "#]],
    );
    assert!(!platform.device("29455901").unwrap().online());
}

#[test]
fn drops_a_device_that_sends_what_only_a_server_may() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, Packet::PingResp),
            open(),
            send(2, connect("1", "2")),
            bytes(2, &[0x90, 0x03, 0, 1, 0]),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← close
              event  Dropped 1 1: a packet that only a server may send
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
            2 ← close
              event  Dropped 2 1: a packet that only a server may send
        "#]],
    );
}

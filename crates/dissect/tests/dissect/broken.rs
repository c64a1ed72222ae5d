//! Broken frames: what is shown of them, and where the fault is said to be. Each was read by eye.

use dissect::{Problem, dissect};
use expect_test::expect_file;

use crate::told::tell_leaves;

#[test]
fn a_broken_frame_is_shown_up_to_the_fault() {
    let mut told = String::new();
    for (name, frame) in FRAMES {
        told.push_str(&format!("# {name}\n\n{}\n", tell_leaves(frame)));
    }
    expect_file!["broken_frames.txt"].assert_eq(&told);
}

#[test]
fn a_broken_payload_is_shown_up_to_the_fault() {
    let mut told = String::new();
    for (name, payload) in PAYLOADS {
        let frame = to_dp(payload);
        assert!(matches!(dissect(&frame).fault.unwrap().problem, Problem::Payload(_)), "{name}");
        // The parts in front of the payload are the same in all of them.
        let leaves = tell_leaves(&frame);
        let payload: String = leaves.split_inclusive('\n').skip(4).collect();
        told.push_str(&format!("# {name}\n\n{payload}\n"));
    }
    expect_file!["broken_payloads.txt"].assert_eq(&told);
}

/// A PUBLISH whose payload begins at byte 7.
fn to_dp(payload: &[u8]) -> Vec<u8> {
    [&[0x30, payload.len() as u8 + 5], &b"\x00\x03$dp"[..], payload].concat()
}

/// One for every rule of MQTT, and for every way to end too early or too late.
const FRAMES: &[(&str, &[u8])] = &[
    ("nothing at all", b""),
    ("only a first byte", b"\x30"),
    ("a remaining length that goes on", b"\x30\x80\x80"),
    ("reserved packet type", b"\xF0\x00"),
    ("another protocol", b"GET / HTTP/1.1\r\n"),
    ("flags of SUBSCRIBE", b"\x80\x06\x00\x01\x00\x01a\x00"),
    (
        "flags of CONNECT: all of it may be a secret",
        b"\x11\x15\x00\x04MQTT\x04\xC2\x00\x3C\x00\x01a\x00\x01b\x00\x01c",
    ),
    ("DUP at QoS 0", b"\x38\x04\x00\x01aX"),
    ("QoS 3", b"\x36\x06\x00\x01a\x00\x01X"),
    ("remaining length of five bytes", b"\x30\x80\x80\x80\x80\x01"),
    ("length of PINGRESP", b"\xD0\x01\x00"),
    ("length of PUBACK, cut off", b"\x40\x03\x00\x01"),
    ("protocol name of MQTT 3.1", b"\x10\x10\x00\x06MQIsdp\x03\x02\x00\x3C\x00\x02ab"),
    ("protocol level 5", b"\x10\x0D\x00\x04MQTT\x05\x02\x00\x3C\x00\x00\x00"),
    ("reserved connect flag", b"\x10\x0D\x00\x04MQTT\x04\x03\x00\x3C\x00\x01a"),
    ("will QoS without a will", b"\x10\x0D\x00\x04MQTT\x04\x0A\x00\x3C\x00\x01a"),
    ("password without user name", b"\x10\x10\x00\x04MQTT\x04\x42\x00\x3C\x00\x01a\x00\x01b"),
    ("client id longer than the frame", b"\x10\x10\x00\x04MQTT\x04\x82\x00\x3C\x00\x09a\x00\x01b"),
    ("client id that is not UTF-8", b"\x10\x10\x00\x04MQTT\x04\x82\x00\x3C\x00\x01\xFF\x00\x01b"),
    ("user name with U+0000", b"\x10\x11\x00\x04MQTT\x04\x82\x00\x3C\x00\x01a\x00\x02b\x00"),
    ("bytes behind the user name", b"\x10\x12\x00\x04MQTT\x04\x82\x00\x3C\x00\x01a\x00\x01b\x00\x00"),
    ("no password", b"\x10\x10\x00\x04MQTT\x04\xC2\x00\x3C\x00\x01a\x00\x01b"),
    (
        "a password of bytes is no fault",
        b"\x10\x14\x00\x04MQTT\x04\xC2\x00\x3C\x00\x01a\x00\x01b\x00\x02\xFF\xFE",
    ),
    (
        "bytes behind a password of bytes",
        b"\x10\x15\x00\x04MQTT\x04\xC2\x00\x3C\x00\x01a\x00\x01b\x00\x02\xFF\xFE!",
    ),
    ("password cut off", b"\x10\x19\x00\x04MQTT\x04\xC2\x00\x3C\x00\x01a\x00\x01b\x00\x07sec"),
    ("wildcard in a will topic", b"\x10\x13\x00\x04MQTT\x04\x06\x00\x3C\x00\x01a\x00\x02b#\x00\x00"),
    ("flags of CONNACK", b"\x20\x02\x02\x00"),
    ("return code of CONNACK", b"\x20\x02\x00\x06"),
    ("no topic name", b"\x30\x00"),
    ("empty topic name", b"\x30\x04\x00\x00hi"),
    ("wildcard in a topic name", b"\x30\x06\x00\x04a/+b"),
    ("U+0000 in a topic name", b"\x30\x04\x00\x02a\x00"),
    ("topic name that is not UTF-8", b"\x30\x06\x00\x04ab\xE6b"),
    ("topic name longer than the frame", b"\x30\x05\x00\x09abc"),
    ("packet identifier 0", b"\x32\x06\x00\x01a\x00\x00X"),
    ("half a packet identifier", b"\x32\x04\x00\x01a\x01"),
    ("remaining length too small", b"\x30\x05\x00\x06topic!hello"),
    ("remaining length too large", b"\x30\x0F\x00\x05topichello"),
    ("packet identifier 0 of PUBACK", b"\x40\x02\x00\x00"),
    ("SUBSCRIBE without a filter", b"\x82\x02\x00\x01"),
    ("SUBSCRIBE without the byte behind the filter", b"\x82\x05\x00\x01\x00\x01a"),
    ("requested QoS 3", b"\x82\x06\x00\x01\x00\x01a\x03"),
    ("filter that is not UTF-8, in front of a wrong QoS", b"\x82\x0A\x00\x01\x00\x01\xFF\x00\x00\x01a\x07"),
    ("return code of SUBACK", b"\x90\x04\x00\x01\x00\x03"),
    ("another frame behind it", b"\xC0\x00\xD0\x00"),
    ("a broken topic, cut off", b"\x30\x20\x00\x04a\xFFbc\x03"),
];

/// A sample of what `$dp` refuses.
const PAYLOADS: &[(&str, &[u8])] = &[
    ("nothing", b""),
    ("JSON without a type byte", b"{\"t\":1}"),
    ("unknown type", b"\x09\x00\x00"),
    ("the script's TYPE_FLOAT", b"\x17\x00\x01\x00\x01\x00\x00\x08\x42"),
    ("half a length", b"\x03\x00"),
    ("length with its bytes swapped", b"\x03\x07\x00{\"t\":1}"),
    ("length too small", b"\x03\x00\x06{\"t\":1}"),
    ("text that is not UTF-8", b"\x03\x00\x08{\"t\":\"\xCE\xC2"),
    ("JSON that ends too early", b"\x03\x00\x06{\"t\":1"),
    ("JSON with single quotes", b"\x03\x00\x07{'t':1}"),
    ("JSON with a comma too many", b"\x03\x00\x08{\"t\":1,}"),
    ("JSON with a Chinese colon", "\x03\x00\x09{\"t\"：1}".as_bytes()),
    ("JSON with a leading zero", b"\x03\x00\x08{\"t\":01}"),
    ("JSON with something behind it", b"\x03\x00\x09{\"t\":1} x"),
    ("JSON with True", b"\x03\x00\x0A{\"t\":True}"),
    ("type 3 with a list", b"\x03\x00\x03[1]"),
    ("type 3 with an empty name", b"\x03\x00\x06{\"\":1}"),
    ("type 4 without times", b"\x04\x00\x07{\"t\":1}"),
    ("type 1 without datapoints", b"\x01\x00\x1C{\"datastreams\":[{\"id\":\"a\"}]}"),
    ("type 1 with a number as id", b"\x01\x00\x1B{\"datastreams\":[ {\"id\":7}]}"),
    (
        "type 1 with an object as datapoints",
        b"\x01\x00\x2D{\"datastreams\":[{\"id\":\"a\",\"datapoints\":{} }]}",
    ),
    ("type 2 without ds_id", b"\x02\x00\x02{}\x00\x00\x00\x00"),
    ("type 2 with a wrong binary length", b"\x02\x00\x0D{\"ds_id\":\"a\"}\x00\x00\x00\x09abc"),
    ("type 2 over 3 MB", b"\x02\x00\x0D{\"ds_id\":\"a\"}\x00\x31\x00\x00abc"),
    ("type 5 with one separator", b"\x05\x00\x01,"),
    ("type 5 with equal separators", b"\x05\x00\x04,,ab"),
    ("type 5 with a Chinese separator", "\x05\x00\x07，;ab1".as_bytes()),
    ("type 5 with four parts", b"\x05\x00\x0B,;1;a,b,c,d"),
    ("type 6 in the thirteenth month", b"\x86\x10\x0D\x01\x00\x00\x00\x00\x03,;1"),
    ("type 7 with half a time", b"\x87\x10\x0C\x01"),
    ("type 7 without runs", b"\x07"),
    ("type 7 with a run of none", b"\x07\x00\x01\x00\x00"),
    ("type 7 with 501 floats", b"\x07\x00\x01\x01\xF5\x00\x00\x08\x42"),
    ("type 7 with half a float", b"\x07\x00\x01\x00\x02\x00\x00\x08\x42\x00\x00"),
];

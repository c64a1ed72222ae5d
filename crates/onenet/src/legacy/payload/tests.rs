//! What each type is written as, and what each kind of damage is called.

use expect_test::{Expect, expect};

use super::super::error::{DecodeError, DecodeProblem, PayloadTooLong};
use super::*;
use crate::data_point::{DataPoint, StreamId, Value};

/// The upload of the script that most beginners copy.
const WENDU: &str =
    r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}"#;

#[test]
fn writes_the_scripts_upload_byte_for_byte() {
    let built = Payload::full_json(&[point("wendu", Some("2016-08-15T14:47:00"), "55")]).unwrap();
    check_bytes(&built, &[b"\x01\x00\x57", WENDU.as_bytes()].concat());
    assert_eq!(Payload::parse_body(PayloadType::FullJson, WENDU), Ok(built));
}

#[test]
fn writes_a_binary_behind_its_header() {
    let stream = StreamId::parse("image").unwrap();
    let bare = Payload::binary(&stream, None, None, vec![]).unwrap();
    check_bytes(&bare, b"\x02\x00\x11{\"ds_id\":\"image\"}\x00\x00\x00\x00");

    let desc = Value::string("door");
    let full = Payload::binary(&stream, Some("2015-03-22 22:31:12"), Some(&desc), b"\xFFfoo".to_vec());
    let full = full.unwrap();
    let header = br#"{"ds_id":"image","at":"2015-03-22 22:31:12","desc":"door"}"#;
    check_bytes(&full, &[b"\x02\x00\x3A", &header[..], b"\x00\x00\x00\x04\xFFfoo"].concat());
    assert_eq!(full.points(), [point("image", Some("2015-03-22 22:31:12"), r#""/2Zvbw==""#)]);
    assert_eq!(full.body(), None);
}

#[test]
fn writes_the_sdks_simple_json_byte_for_byte() {
    let built = Payload::simple_json(&[point("temperature", None, "22.5")]).unwrap();
    check_bytes(&built, b"\x03\x00\x14{\"temperature\":22.5}");
}

#[test]
fn writes_values_by_stream_and_time() {
    let points = [point("a", Some("t1"), "1"), point("b", Some("t1"), "2"), point("a", Some("t2"), "3")];
    let built = Payload::timed_simple_json(&points).unwrap();
    let [a1, b1, a2] = points;
    check_bytes(&built, b"\x04\x00\x22{\"a\":{\"t1\":1,\"t2\":3},\"b\":{\"t1\":2}}");
    assert_eq!(built.points(), [a1.clone(), a2, b1]);

    let again = Payload::timed_simple_json(&[a1.clone(), a1]);
    assert_eq!(again, Err(TimedSimpleJsonError::Repeated { point: 1 }));
    let timeless = Payload::timed_simple_json(&[point("a", None, "1")]);
    assert_eq!(timeless, Err(TimedSimpleJsonError::NoTime { point: 0 }));
}

#[test]
fn writes_texts_with_and_without_a_time() {
    let fields = [
        TextField::Numbered { value: "102".to_owned() },
        TextField::Named { stream: StreamId::parse("pm2.5").unwrap(), value: "89".to_owned() },
    ];
    let text = Payload::text(Delimiters::default(), &fields).unwrap();
    check_bytes(&text, b"\x05\x00\x0E,;102;pm2.5,89");
    assert_eq!(text.points(), [point("0", None, r#""102""#), point("pm2.5", None, r#""89""#)]);

    let timed = Payload::timed_text(Some(time()), Delimiters::default(), &fields).unwrap();
    check_bytes(&timed, b"\x86\x10\x0C\x16\x16\x16\x16\x00\x0E,;102;pm2.5,89");
    let at = Some("2016-12-22 22:22:22");
    assert_eq!(timed.points(), [point("0", at, r#""102""#), point("pm2.5", at, r#""89""#)]);

    let untimed = Payload::timed_text(None, Delimiters::default(), &fields).unwrap();
    check_bytes(&untimed, b"\x06\x00\x0E,;102;pm2.5,89");
    assert_eq!(Payload::parse_body(PayloadType::TimedText, ",;102;pm2.5,89"), Ok(untimed));
}

#[test]
fn writes_the_sdks_floats_byte_for_byte() {
    let runs = vec![FloatRun { number: 0, values: vec![34.0, -20.3] }];
    let floats = Payload::floats(Some(time()), runs.clone()).unwrap();
    check_bytes(&floats, b"\x87\x10\x0C\x16\x16\x16\x16\x00\x00\x00\x02\x00\x00\x08\x42\x66\x66\xA2\xC1");
    let at = Some("2016-12-22 22:22:22");
    assert_eq!(floats.points(), [point("0", at, "34.0"), point("1", at, "-20.3")]);
    let one_stream = floats.points_as(FloatReading::OneStream);
    assert_eq!(one_stream, [point("0", at, "34.0"), point("0", at, "-20.3")]);

    let untimed = Payload::floats(None, runs).unwrap();
    check_bytes(&untimed, b"\x07\x00\x00\x00\x02\x00\x00\x08\x42\x66\x66\xA2\xC1");
}

#[test]
fn groups_neighbours_of_one_data_stream() {
    let points = [point("a", None, "1"), point("a", None, "2"), point("b", None, "\"x\"")];
    expect![[r#"{"datastreams":[{"id":"a","datapoints":[{"value":1},{"value":2}]},{"id":"b","datapoints":[{"value":"x"}]}]}"#]]
        .assert_eq(Payload::full_json(&points).unwrap().body().unwrap());
}

#[test]
fn keeps_the_body_as_it_was_written() {
    let body = "{ \"a\" : 127.10,\n \"b\": 12345678901234567890123 }";
    let read = Payload::decode(&payload(3, body.as_bytes())).unwrap();
    assert_eq!(read.body(), Some(body));
    assert_eq!(read.points(), [point("a", None, "127.10"), point("b", None, "12345678901234567890123")]);

    let twice = r#"{"a":{"t":1e0,"t":2}, "a":{}}"#;
    let read = Payload::decode(&payload(4, twice.as_bytes())).unwrap();
    assert_eq!(read.body(), Some(twice));
    assert_eq!(read.points(), [point("a", Some("t"), "1e0"), point("a", Some("t"), "2")]);
}

#[test]
fn ignores_bit_7_where_it_has_no_meaning() {
    let read = Payload::decode(&payload(0x81, WENDU.as_bytes())).unwrap();
    assert_eq!(read.encode(), payload(1, WENDU.as_bytes()));
    assert_eq!(Payload::decode(&payload(0x85, b",;1")), Payload::decode(&payload(5, b",;1")));
}

#[test]
fn refuses_a_type_byte_that_means_nothing() {
    check_refusal(b"", expect!["payload is empty, a type byte was expected at byte 0"]);
    check_refusal(b"\x41\x00\x02{}", expect!["reserved bit 6 is set in type byte 0x41 at byte 0"]);
    check_refusal(b"\x00\x00\x02{}", expect!["payload type 0 is unknown, expected 1 to 7 at byte 0"]);
    check_refusal(b"\x08\x00\x02{}", expect!["payload type 8 is unknown, expected 1 to 7 at byte 0"]);
    let script = expect![
        "type byte 0x17 means type 23, which is documented nowhere, whatever the script's TYPE_FLOAT says: floats are 0x07, with a time 0x87 at byte 0"
    ];
    check_refusal(b"\x17\x00\x02{}", script);
}

#[test]
fn refuses_broken_framing_with_the_offset() {
    check_refusal(
        b"\x01\x00",
        expect!["payload ends inside its length: expected 2 bytes, found 1 at byte 2"],
    );
    check_refusal(b"\x01\x00\x03{}", expect!["length field says 3 bytes, 2 follow at byte 1"]);
    check_refusal(b"\x03\x00\x03{\"\xFF", expect!["found byte 0xff, expected UTF-8 at byte 5"]);
    check_refusal(b"\x86\x10", expect!["payload ends inside its time: expected 6 bytes, found 1 at byte 2"]);
    check_refusal(
        b"\x86\x10\x02\x1E\0\0\0\0\x02,;",
        expect!["day of the time is 30, expected 1 to 29 at byte 3"],
    );
    check_refusal(
        b"\x86\x10\x02\x1D\0\0\0\0\x03,;",
        expect!["length field says 3 bytes, 2 follow at byte 7"],
    );
    check_refusal(b"\x05\0\x02,,", expect!["both separators are ',', expected two different ones at byte 4"]);
}

#[test]
fn refuses_broken_binaries_with_the_offset() {
    let check = |rest: &[u8], reason: Expect| check_refusal(&[b"\x02", rest].concat(), reason);

    check(b"", expect!["payload ends inside its header length: expected 2 bytes, found 0 at byte 1"]);
    check(b"\0\x09{}", expect!["payload ends inside its header: expected 9 bytes, found 2 at byte 5"]);
    check(b"\0\x02{}", expect![[r#"member "ds_id" is missing at byte 3"#]]);
    check(b"\0\x0B{\"ds_id\":5}", expect![[r#"expected a string as "ds_id", found a number at byte 12"#]]);
    check(b"\0\x0C{\"ds_id\":\"\"}", expect!["data stream id is empty at byte 12"]);
    check(
        b"\0\x0D{\"ds_id\":\"a\"}\0\0",
        expect!["payload ends inside its binary length: expected 4 bytes, found 2 at byte 18"],
    );
    check(b"\0\x0D{\"ds_id\":\"a\"}\0\0\0\x02x", expect!["binary length says 2 bytes, 1 follow at byte 16"]);
    check(
        b"\0\x0D{\"ds_id\":\"a\"}\0\x30\0\x01x",
        expect!["binary has 3145729 bytes, the limit is 3145728 at byte 16"],
    );
}

#[test]
fn refuses_broken_floats_with_the_offset() {
    let check = |rest: &[u8], reason: Expect| check_refusal(&[b"\x07", rest].concat(), reason);

    check(b"", expect!["payload ends inside number and count of a run: expected 4 bytes, found 0 at byte 1"]);
    check(b"\0\x01\0\0", expect!["run has 0 floats, expected 1 to 500 at byte 3"]);
    check(b"\0\x01\x01\xF5", expect!["run has 501 floats, expected 1 to 500 at byte 3"]);
    check(
        b"\0\x01\0\x01\0\0\0\0\0",
        expect!["payload ends inside number and count of a run: expected 4 bytes, found 1 at byte 10"],
    );
    check(
        b"\0\x01\0\x02\0\0\0\0\0",
        expect!["payload ends inside the floats of a run: expected 8 bytes, found 5 at byte 10"],
    );
    let full = [b"\0\x01\x01\xF4", &[0; 2_000][..], b"\0\x01\0\x01\0\0\0\0"].concat();
    check(&full, expect!["message has 501 floats up to here, the limit is 500 at byte 2007"]);
}

#[test]
fn refuses_broken_json_with_the_offset() {
    let check = |first, body: &str, reason: Expect| check_refusal(&payload(first, body.as_bytes()), reason);

    check(1, "", expect!["body is not JSON (line 1, column 1): found the end at byte 3"]);
    check(1, "{\"a\":1", expect!["body is not JSON (line 1, column 7): found the end at byte 9"]);
    check(1, "{\"a\":\n tru}", expect!["body is not JSON (line 2, column 5): found '}' at byte 13"]);
    check(1, "{\"温度\":}", expect!["body is not JSON (line 1, column 7): found '}' at byte 13"]);
    check(1, "{} x", expect!["body is not JSON (line 1, column 4): found 'x' at byte 6"]);
    check(1, "[]", expect!["expected a JSON object, found an array at byte 3"]);
    check(1, "{}", expect![[r#"member "datastreams" is missing at byte 3"#]]);
    check(
        1,
        r#"{"datastreams":{}}"#,
        expect![[r#"expected an array as "datastreams", found an object at byte 18"#]],
    );
    check(1, r#"{"datastreams":[[]]}"#, expect!["expected a JSON object, found an array at byte 19"]);
    check(1, r#"{"datastreams":[{}]}"#, expect![[r#"member "id" is missing at byte 19"#]]);
    check(
        1,
        r#"{"datastreams":[{"id":5}]}"#,
        expect![[r#"expected a string as "id", found a number at byte 25"#]],
    );
    check(1, r#"{"datastreams":[{"id":""}]}"#, expect!["data stream id is empty at byte 25"]);
    check(1, r#"{"datastreams":[{"id":"a"}]}"#, expect![[r#"member "datapoints" is missing at byte 19"#]]);
    check(
        1,
        r#"{"datastreams":[{"id":"a","datapoints":5}]}"#,
        expect![[r#"expected an array as "datapoints", found a number at byte 42"#]],
    );
    check(
        1,
        r#"{"datastreams":[{"id":"a","datapoints":[{"at":"x"}]}]}"#,
        expect![[r#"member "value" is missing at byte 43"#]],
    );
    check(3, "[1]", expect!["expected a JSON object, found an array at byte 3"]);
    check(3, r#"{"":1}"#, expect!["data stream id is empty at byte 7"]);
    check(4, r#"{"a":1}"#, expect!["expected a JSON object, found a number at byte 8"]);
    check(4, r#"{"a":{},"":null}"#, expect!["data stream id is empty at byte 14"]);
}

#[test]
fn refuses_a_body_that_two_bytes_cannot_measure() {
    let long = Value::string(&"x".repeat(65_536));
    let points = [DataPoint { value: long, ..point("a", None, "0") }];
    assert_eq!(Payload::simple_json(&points), Err(PayloadTooLong { length: 65_544 }));
    let body = format!("{{\"a\":\"{}\"}}", "x".repeat(65_536));
    let problem = DecodeProblem::TooLong { length: 65_544 };
    for payload_type in [PayloadType::SimpleJson, PayloadType::Text] {
        let refused = Payload::parse_body(payload_type, &body);
        assert_eq!(refused, Err(DecodeError { offset: 65_535, problem }));
    }
}

#[test]
fn says_which_types_have_no_text_body() {
    for payload_type in READABLE_TYPES {
        let refused = Payload::parse_body(payload_type, "").unwrap_err();
        let no_body = refused.problem == DecodeProblem::NoBody(payload_type);
        assert_eq!(payload_type.has_body(), !no_body, "{payload_type:?}: {refused}");
    }
}

fn time() -> ShortTime {
    ShortTime::from_bytes([16, 12, 22, 22, 22, 22]).unwrap()
}

fn point(stream: &str, at: Option<&str>, value: &str) -> DataPoint {
    DataPoint {
        stream: StreamId::parse(stream).unwrap(),
        at: at.map(str::to_owned),
        value: Value::parse(value).unwrap(),
    }
}

fn payload(first: u8, body: &[u8]) -> Vec<u8> {
    [&[first][..], &(body.len() as u16).to_be_bytes(), body].concat()
}

#[track_caller]
fn check_bytes(built: &Payload, bytes: &[u8]) {
    assert_eq!(built.encode(), bytes);
    assert_eq!(Payload::decode(bytes).as_ref(), Ok(built));
}

#[track_caller]
fn check_refusal(bytes: &[u8], reason: Expect) {
    reason.assert_eq(&Payload::decode(bytes).unwrap_err().to_string());
}

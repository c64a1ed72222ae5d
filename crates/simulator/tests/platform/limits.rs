//! Everything the platform holds has an end, and what it forgets is counted.

use expect_test::expect;
use frame::{Packet, encode};
use onenet::rules::{Finding, RuleId};
use simulator::{DropReason, Event, Limits, Options};

use crate::script::*;

#[test]
fn closes_a_connection_too_many() {
    let limits = Limits { connections: 1, ..Limits::default() };
    check_with(
        limited(limits),
        [open(), open(), send(2, connect("1", "2")), send(1, connect("1", "2"))],
        expect![[r#"
              event  Opened 1
            2 ← close
              event  Opened 2
              event  Dropped 2 nobody: too many connections
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
        "#]],
    );
}

#[test]
fn refuses_a_frame_over_the_limit_at_its_header() {
    let limits = Limits { remaining_length: 100, ..Limits::default() };
    check_with(
        limited(limits),
        [open(), send(1, connect("1", "2")), bytes(1, &[0x30, 101])],
        expect![[r#"
          event  Opened 1
        1 ← CONNACK 0 session present false
          event  LoggedIn 1 1
        1 ← close
          event  Dropped 1 1: malformed frame: remaining length 101 is over the limit of 100 bytes at byte 1 of the frame
    "#]],
    );
}

#[test]
fn keeps_the_newest_points_of_a_stream() {
    let limits = Limits { points_per_stream: 3, ..Limits::default() };
    let mut stage = uploading(limits);
    for value in 0..10 {
        stage.run(send(1, upload(0, 3, &format!(r#"{{"a":{value}}}"#))));
    }
    stage.run(send(1, upload(0, 3, r#"{"b":1}"#)));
    let device = stage.platform.device("1").unwrap();
    let values: Vec<&str> = device.stream("a").unwrap().points().map(|point| point.value.as_json()).collect();
    assert_eq!(values, ["7", "8", "9"]);
    assert_eq!(device.stream("a").unwrap().evicted(), 7);
    assert_eq!(device.stream("b").unwrap().evicted(), 0);
    assert_eq!((device.received(), device.evicted()), (11, 7));
}

#[test]
fn forgets_the_stream_that_was_silent_longest() {
    let limits = Limits { streams_per_device: 2, ..Limits::default() };
    let mut stage = uploading(limits);
    for body in [r#"{"a":1}"#, r#"{"b":1}"#, r#"{"a":2}"#, r#"{"c":1}"#] {
        stage.run(send(1, upload(0, 3, body)));
    }
    let device = stage.platform.device("1").unwrap();
    let streams: Vec<&str> = device.streams().map(|(id, _)| id.as_str()).collect();
    assert_eq!(streams, ["a", "c"]);
    assert_eq!((device.received(), device.evicted()), (4, 1));
}

#[test]
fn keeps_the_bytes_of_a_device_within_their_limit() {
    let limits = Limits { bytes_per_device: 10_000, ..Limits::default() };
    let mut stage = uploading(limits);
    for stream in 0..8 {
        stage.run(send(1, upload(0, 3, &format!(r#"{{"{stream}":"{}"}}"#, "x".repeat(3_000)))));
    }
    let device = stage.platform.device("1").unwrap();
    let streams: Vec<&str> = device.streams().map(|(id, _)| id.as_str()).collect();
    assert_eq!(streams, ["5", "6", "7"]);
    assert_eq!((device.received(), device.evicted()), (8, 5));
}

#[test]
fn no_upload_makes_a_device_hold_more_than_its_bytes() {
    let limit = Limits::default().bytes_per_device;
    let mut stage = uploading(Limits::default());
    let values = |count: usize| vec![r#"{"value":1}"#; count].join(",");
    let many_points = format!(r#"{{"datastreams":[{{"id":"a","datapoints":[{}]}}]}}"#, values(5_000));
    let long_name =
        format!(r#"{{"datastreams":[{{"id":"{}","datapoints":[{}]}}]}}"#, "n".repeat(30_000), values(2_500));
    let many_names = |prefix: char| {
        let fields: Vec<String> = (0..5_000).map(|n| format!(r#""{prefix}{n}":{}"#, n % 10)).collect();
        format!("{{{}}}", fields.join(","))
    };
    let long_names = |prefix: char| {
        let fields: Vec<String> = (0..100).map(|n| format!(r#""{prefix}{n:0600}":1"#)).collect();
        format!("{{{}}}", fields.join(","))
    };
    let large_value = format!(r#"{{"a":"{}"}}"#, "x".repeat(65_000));
    let mut uploads = vec![(1, many_points), (1, long_name), (3, large_value)];
    uploads.extend(('a'..='f').flat_map(|prefix| [(3, many_names(prefix)), (3, long_names(prefix))]));
    for (payload_type, body) in uploads.iter().cycle().take(50) {
        assert!(body.len() > 30_000, "{}", body.len());
        stage.run(send(1, upload(0, *payload_type, body)));
        let device = stage.platform.device("1").unwrap();
        let held = held(device);
        assert!(held <= limit, "{held} after {}", &body[..40]);
        let kept: usize = device.streams().map(|(_, stream)| stream.points().len()).sum();
        assert_eq!(device.received(), device.evicted() + kept as u64);
    }
}

#[test]
fn the_device_that_holds_most_makes_room_for_all() {
    let limits = Limits { stored_bytes: 20_000, bytes_per_device: 100_000, ..Limits::default() };
    let mut stage = uploading(limits);
    stage.run(open());
    stage.run(send(2, connect("2", "2")));
    let large = format!(r#"{{"a":"{}"}}"#, "x".repeat(3_000));
    for _ in 0..6 {
        stage.run(send(1, upload(0, 3, &large)));
    }
    for _ in 0..3 {
        stage.run(send(2, upload(0, 3, &large)));
    }
    let counts = ["1", "2"].map(|id| {
        let device = stage.platform.device(id).unwrap();
        (device.received(), device.evicted())
    });
    assert_eq!(counts, [(6, 3), (3, 0)]);
}

#[test]
fn drops_who_makes_unfinished_frames_too_many() {
    let limits = Limits { unfinished_bytes: 1_000, ..Limits::default() };
    let unfinished = |length: usize| [&[0x30, 0xFF, 0x7F][..], &vec![0; length - 3]].concat();
    check_with(
        limited(limits),
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            send(2, connect("2", "2")),
            bytes(1, &unfinished(600)),
            bytes(2, &unfinished(400)),
            bytes(2, &[0]),
            bytes(1, &[0; 400]),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 2
            2 ← close
              event  Dropped 2 2: too many bytes of unfinished frames
        "#]],
    );
}

#[test]
fn gives_the_room_of_unfinished_frames_back() {
    let limits = Limits { unfinished_bytes: 1_000, ..Limits::default() };
    let begun = [&[0x30, 0xFF, 0x7F][..], &[0; 597]].concat();
    let mut stage = Stage::new(limited(limits));
    for number in 1..10 {
        // One that is closed, one that is dropped, and one whose frame is whole at last.
        let [closed, dropped, whole] = [3 * number - 2, 3 * number - 1, 3 * number];
        for step in [open(), send(closed, connect("1", "2")), bytes(closed, &begun), close(closed)] {
            stage.run(step);
        }
        for step in [open(), send(dropped, connect("2", "2")), bytes(dropped, &[0x30, 0xFF])] {
            stage.run(step);
        }
        stage.run(bytes(dropped, &[0xFF, 0xFF, 0xFF]));
        stage.run(open());
        stage.run(send(whole, connect("3", "2")));
        let frame = encode(&upload(0, 3, &format!(r#"{{"a":"{}"}}"#, "x".repeat(590)))).unwrap();
        for half in frame.chunks(400) {
            stage.run(bytes(whole, half));
        }
    }
    assert!(!stage.transcript.contains("unfinished"), "{}", stage.transcript);
    assert_eq!(stage.transcript.matches("malformed").count(), 9);
    assert_eq!(stage.transcript.matches("Stored").count(), 9);
}

#[test]
fn passes_on_no_message_over_the_limit() {
    let limits = Limits { message_bytes: 10, ..Limits::default() };
    check_with(
        limited(limits),
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("a", 0)])),
            send(1, publish("a", 0, b"ten bytes.")),
            send(1, publish("a", 0, b"ten bytes and more")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← PUBLISH a QoS 0 id 0 ten bytes.
              event  Forwarded a from 1 to 1, discarded 0
              event  Forwarded a from 1 to 0, discarded 1
        "#]],
    );
}

#[test]
fn takes_a_binary_of_three_megabytes() {
    let mut stage = uploading(Limits::default());
    let binary =
        [&b"\x02\x00\x0D{\"ds_id\":\"a\"}\x00\x30\x00\x00"[..], &vec![0; 3 * 1_024 * 1_024]].concat();
    stage.run(send(1, publish("$dp", 1, &binary)));
    assert!(stage.transcript.ends_with("1 ← PUBACK 1\n  event  Stored 1 1 1\n"), "{}", stage.transcript);
}

#[test]
fn keeps_the_newest_point_however_large() {
    let mut stage = uploading(Limits { bytes_per_device: 0, ..Limits::default() });
    for body in [r#"{"a":1}"#, r#"{"b":2}"#] {
        stage.run(send(1, upload(0, 3, body)));
    }
    let device = stage.platform.device("1").unwrap();
    assert_eq!(device.streams().count(), 1);
    assert_eq!(device.stream("b").unwrap().points().len(), 1);
}

#[test]
fn forgets_the_offline_device_whose_login_is_longest_ago() {
    let limits = Limits { devices: 2, ..Limits::default() };
    let platform = check_with(
        limited(limits),
        [
            open(),
            send(1, connect("1", "2")),
            open(),
            send(2, connect("2", "2")),
            open(),
            send(3, connect("3", "2")),
            close(2),
            open(),
            send(4, connect("4", "2")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 2
              event  Opened 3
            3 ← CONNACK 3 session present false
            3 ← close
              event  Refused 3 3: service unavailable
              event  Closed 2 2
              event  Opened 4
            4 ← CONNACK 0 session present false
              event  LoggedIn 4 4
        "#]],
    );
    let devices: Vec<&str> = platform.devices().map(simulator::Device::id).collect();
    assert_eq!(devices, ["1", "4"]);
    assert_eq!(platform.devices_evicted(), 1);
}

#[test]
fn forgets_the_oldest_command() {
    let limits = Limits { commands: 2, ..Limits::default() };
    let platform = check_with(
        limited(limits),
        [
            open(),
            send(1, connect("1", "2")),
            command("1", "a", "?"),
            command("1", "b", "?"),
            command("1", "c", "?"),
            send(1, publish("$crsp/a", 0, b"late")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← PUBLISH $creq/a QoS 0 id 0 ?
              event  CommandSent a 1
            1 ← PUBLISH $creq/b QoS 0 id 0 ?
              event  CommandSent b 1
            1 ← PUBLISH $creq/c QoS 0 id 0 ?
              event  CommandSent c 1
              event  AnswerDiscarded a 1
        "#]],
    );
    assert!(platform.command("a").is_none());
    assert_eq!(platform.commands_evicted(), 1);
}

#[test]
fn forgets_the_oldest_commands_when_answers_are_large() {
    let mut stage = uploading(Limits { command_bytes: 1_000, ..Limits::default() });
    for id in ["a", "b", "c"] {
        stage.run(command("1", id, "?"));
    }
    stage.run(send(1, publish("$crsp/b", 0, &[b'x'; 998])));
    let ids: Vec<&str> = stage.platform.commands().map(|command| command.id.as_str()).collect();
    assert_eq!(ids, ["b", "c"], "998 and two bodies of one byte");
    stage.run(send(1, publish("$crsp/c", 0, b"!")));
    assert_eq!(stage.platform.commands().count(), 1);
    assert_eq!(stage.platform.commands_evicted(), 2);
}

#[test]
fn drops_a_device_that_nobody_carries_frames_to() {
    let limits = Limits { unpolled_bytes: 100, ..Limits::default() };
    check_with(
        limited(limits),
        [open(), send(1, connect("1", "2")), bytes(1, &[0xC0, 0x00].repeat(51))],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← close
              event  Dropped 1 1: too many bytes wait for the device
        "#]],
    );
}

#[test]
fn counts_the_events_nobody_polled() {
    let mut stage = Stage::new(limited(Limits { unpolled_events: 2, ..Limits::default() }));
    let connection = stage.platform.handle_open(stage.now);
    stage.platform.handle_input(connection, b"\xC0\x00", stage.now);
    let other = stage.platform.handle_open(stage.now);
    assert_eq!(stage.platform.events_discarded(), 1);
    let reason = DropReason::Rule(Finding::new(RuleId::FirstPacket));
    let dropped = Event::Dropped { connection, device_id: None, reason };
    assert_eq!(stage.platform.poll_event(), Some(dropped));
    assert_eq!(stage.platform.poll_event(), Some(Event::Opened { connection: other }));
}

#[test]
fn says_nothing_after_a_close() {
    let mut stage = Stage::new(Options::default());
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    let connection = stage.platform.handle_open(stage.now);
    stage.platform.handle_input(connection, b"\x10", stage.now);
    stage.platform.handle_close(connection, stage.now);
    stage.platform.handle_input(connection, b"\x00", stage.now);
    assert_eq!(stage.platform.poll_transmit(), None);
    stage.run(send(1, Packet::Disconnect));
    assert!(stage.transcript.ends_with("Closed 1 1\n"), "{}", stage.transcript);
}

/// Device 1 on connection 1.
fn uploading(limits: Limits) -> Stage {
    let mut stage = Stage::new(limited(limits));
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    stage
}

/// Bytes of the data points of a device and of the names of its data streams.
fn held(device: &simulator::Device) -> usize {
    let point = |point: &simulator::Point| size_of_val(point) + point.value.as_json().len();
    let stream = |stream: &simulator::Stream| stream.points().map(point).sum::<usize>();
    device.streams().map(|(id, points)| id.as_str().len() + stream(points)).sum()
}

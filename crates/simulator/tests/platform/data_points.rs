//! Subscriptions to the data points of another device: `/{device id}/{stream}` (reference §1.5).

use expect_test::expect;
use onenet::legacy::FloatReading;
use onenet::rules::Readings;
use simulator::Options;

use crate::script::*;

#[test]
fn passes_every_data_point_on_as_the_json_of_its_value() {
    let full = r#"{"datastreams":[{"id":"wendu","datapoints":[{"value":127.10},{"value":"hot"}]},{"id":"shidu","datapoints":[{"value":{"a":[1]}}]}]}"#;
    check(
        [
            open(),
            open(),
            open(),
            send(1, connect("1", "2")),
            send(2, connect("3", "2")),
            send(3, connect("4", "5")),
            send(2, subscribe(1, [("/1/wendu", 1), ("/1/shidu", 0), ("/10/wendu", 0)])),
            send(3, subscribe(1, [("/1/wendu", 0)])),
            send(1, upload(0, 1, full)),
            // At the uploader's QoS.
            send(1, upload(7, 3, r#"{"wendu":1,"other":2}"#)),
            send(2, unsubscribe(2, "/1/wendu")),
            send(1, upload(8, 3, r#"{"wendu":2}"#)),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
              event  Opened 3
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 4
            2 ← SUBACK 1 [01, 00, 00]
            3 ← SUBACK 1 [00]
            2 ← PUBLISH /1/wendu QoS 0 id 0 127.10
            2 ← PUBLISH /1/wendu QoS 0 id 0 "hot"
            2 ← PUBLISH /1/shidu QoS 0 id 0 {"a":[1]}
              event  Stored 1 1 3
              event  PointsForwarded from 1 to 3, discarded 0
            2 ← PUBLISH /1/wendu QoS 1 id 1 1
            1 ← PUBACK 7
              event  Stored 1 1 2
              event  PointsForwarded from 1 to 1, discarded 0
            2 ← UNSUBACK 2
            1 ← PUBACK 8
              event  Stored 1 1 1
        "#]],
    );
}

#[test]
fn reads_floats_as_asked() {
    let watch = |floats| {
        let readings = Readings { floats, ..Readings::default() };
        let mut stage = Stage::new(Options { readings, ..Options::default() });
        for step in [open(), send(1, connect("1", "2")), send(1, subscribe(1, [("/1/0", 0), ("/1/1", 0)]))] {
            stage.run(step);
        }
        stage.transcript.clear();
        stage.run(send(1, publish("$dp", 0, b"\x07\x00\x00\x00\x02\x00\x00\x08\x42\x66\x66\xA2\xC1")));
        stage.transcript
    };
    expect![[r#"
        1 ← PUBLISH /1/0 QoS 0 id 0 34.0
        1 ← PUBLISH /1/1 QoS 0 id 0 -20.3
          event  Stored 1 1 2
          event  PointsForwarded from 1 to 2, discarded 0
    "#]]
    .assert_eq(&watch(FloatReading::ConsecutiveStreams));
    expect![[r#"
        1 ← PUBLISH /1/0 QoS 0 id 0 34.0
        1 ← PUBLISH /1/0 QoS 0 id 0 -20.3
          event  Stored 1 1 2
          event  PointsForwarded from 1 to 2, discarded 0
    "#]]
    .assert_eq(&watch(FloatReading::OneStream));
}

#[test]
fn keeps_data_points_for_a_subscriber_that_is_away() {
    check(
        [
            open(),
            open(),
            send(1, connect("1", "2")),
            send(2, connect_again("3", "2")),
            send(2, subscribe(1, [("/1/wendu", 0)])),
            close(2),
            send(1, upload(0, 3, r#"{"wendu":1}"#)),
            open(),
            send(3, connect_again("3", "2")),
        ],
        expect![[r#"
              event  Opened 1
              event  Opened 2
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            2 ← SUBACK 1 [00]
              event  Closed 2 3
              event  Stored 1 1 1
              event  PointsForwarded from 1 to 0, kept 1, discarded 0
              event  Opened 3
            3 ← CONNACK 0 session present true
            3 ← PUBLISH /1/wendu QoS 0 id 0 1
              event  LoggedIn 3 3
              event  CaughtUp 3 1
        "#]],
    );
}

#[test]
fn passes_on_what_comes_over_http() {
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("/1/wendu", 1)])),
            act(|platform, now| {
                let payload = onenet::legacy::Payload::decode(b"\x03\x00\x0B{\"wendu\":5}").unwrap();
                let unknown = platform.store("9", &payload.points(), now).unwrap_err();
                platform.store("1", &payload.points(), now).unwrap();
                unknown.to_string()
            }),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [01]
              gives  device not found: 9
            1 ← PUBLISH /1/wendu QoS 0 id 0 5
              event  Stored HTTP 1 1
              event  PointsForwarded from 1 to 1, discarded 0
        "#]],
    );
}

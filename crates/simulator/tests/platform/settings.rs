//! What whoever runs the platform may set while it runs: the readings it follows, and its clock.

use std::time::Duration;

use bytes::Bytes;
use expect_test::expect;
use onenet::legacy::UserTopic;
use onenet::rules::Readings;
use onenet::rules::legacy::{KeepAlive, TopicCharacters};
use simulator::{CommandOptions, NewDevice, Options, Platform};
use time::macros::utc_datetime;
use web_time::Instant;

use crate::script::*;

#[test]
fn a_command_is_sent_at_the_last_moment_that_was_told_however() {
    let mut stage = Stage::new(Options::default());
    stage.run(open());
    stage.run(send(1, connect("1", "2")));
    let topic = UserTopic::parse("a").unwrap();
    let told: [fn(&mut Platform, &UserTopic, Instant); 4] = [
        |platform, topic, now| assert_eq!(platform.publish("2", topic, Bytes::new(), now), 0),
        |platform, _, now| assert!(platform.store("1", &[], now).is_ok()),
        |platform, _, now| assert!(platform.create_device(NewDevice::default(), now).is_err()),
        |platform, _, now| assert_eq!(platform.handle_open(now).to_string(), "2"),
    ];
    for (number, tell) in told.into_iter().enumerate() {
        let id = number.to_string();
        stage.platform.send_command("1", &id, Bytes::new(), CommandOptions::default(), stage.now).unwrap();
        stage.now += Duration::from_secs(1);
        tell(&mut stage.platform, &topic, stage.now);
        while stage.platform.poll_transmit().is_some() {}
        let command = stage.platform.command(&id).unwrap();
        assert!(command.sent_at > Some(command.created_at), "{number}");
    }
}

#[test]
fn follows_other_readings_from_now_on() {
    let follow = |readings: Readings| {
        act(move |platform, _| {
            platform.follow(readings);
            String::new()
        })
    };
    let without_underscore =
        Readings { topic_characters: TopicCharacters::NoUnderscore, ..Readings::default() };
    check(
        [
            open(),
            send(1, connect("1", "2")),
            send(1, subscribe(1, [("app_topic", 0)])),
            follow(without_underscore),
            send(1, subscribe(2, [("my_topic", 0)])),
            // What was granted stays granted; what is published is judged anew.
            send(1, publish("apptopic", 0, b"fine")),
            send(1, publish("app_topic", 0, b"not any more")),
            follow(Readings { keep_alive: KeepAlive::UpTo240, ..Readings::default() }),
            open(),
            send(2, connect("1", "2")),
            send(2, publish("app_topic", 0, b"fine again")),
        ],
        expect![[r#"
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
            1 ← SUBACK 1 [00]
            1 ← SUBACK 2 [80]
              event  SubscriptionRefused 1 1 my_topic: rule filter-characters: '_' at byte 2 is not allowed in a topic
              event  Forwarded apptopic from 1 to 0, discarded 0
            1 ← close
              event  Dropped 1 1: rule topic-characters: '_' at byte 3 is not allowed in a topic
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 1
              event  Forwarded app_topic from 1 to 0, discarded 0
        "#]],
    );
}

#[test]
fn tells_the_time_by_the_clock_as_it_is_set() {
    let mut stage = Stage::new(Options::default());
    for step in [open(), send(1, connect("1", "2")), send(1, upload(0, 3, r#"{"a":1}"#))] {
        stage.run(step);
    }
    // The computer slept for three hours, in which its instants stood still.
    stage.now += Duration::from_secs(1);
    stage.platform.set_clock(stage.now, utc_datetime!(2016-08-15 09:47:01));
    stage.run(send(1, upload(0, 3, r#"{"a":2}"#)));
    stage.run(wait(2.5));
    stage.run(send(1, upload(0, 3, r#"{"a":3}"#)));
    // Somebody puts the clock right, backwards.
    stage.platform.set_clock(stage.now, utc_datetime!(2016-08-15 09:40:00));
    stage.run(send(1, upload(0, 3, r#"{"a":4}"#)));
    stage.run(command_with(CommandOptions::default(), "1", "7", "?"));
    expect![[r#"
        a 2016-08-15 14:47:00.000 1
        a 2016-08-15 17:47:01.000 2
        a 2016-08-15 17:47:03.500 3
        a 2016-08-15 17:40:00.000 4
    "#]]
    .assert_eq(&stored(&stage.platform, "1"));
    let command = stage.platform.command("7").unwrap();
    assert_eq!(command.created_at.to_string(), "2016-08-15 17:40:00.000");
    assert_eq!(command.sent_at, Some(command.created_at));
}

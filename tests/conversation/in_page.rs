//! A device and the platform inside the page.

use std::time::Duration;

use bytes::Bytes;
use onenet::rules::Readings;
use onenet::rules::legacy::KeepAlive;
use onenet_web::feed::AutoReply;
use onenet_web::upload::{Upload, UploadForm};
use proptest::prelude::*;
use session::Qos;

use super::stage::Stage;

#[test]
fn logs_in_and_uploads_the_first_values() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    assert_eq!(stage.statuses(), ["opening", "logging in", "online"]);
    assert_eq!(stage.fates(), ["acknowledged"]);

    let state = stage.state();
    let device = state.console.snapshot.online_device().unwrap();
    assert_eq!(device.id, "29455901");
    assert_eq!(device.streams[0].id, "wendu");
    assert_eq!(device.streams[0].newest, [("1970-01-01 08:00:00.000".to_owned(), "55".to_owned())]);
}

#[test]
fn uploads_nothing_first_unless_told_to() {
    let mut stage = Stage::new();
    stage.connect(|form| form.upload_first = false);
    assert!(stage.fates().is_empty());
    assert!(stage.state().status.is_online());
}

#[test]
fn a_command_arrives_and_its_answer_goes_back() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    stage.act(|client| client.send_command("29455901".to_owned(), r#"{"led":1}"#.to_owned()));
    let command = {
        let state = stage.state();
        let entry = state.history.newest_first().next().unwrap().clone();
        assert_eq!(entry.payload, r#"{"led":1}"#);
        assert_eq!(state.history.latest().next().unwrap().1.value.as_json(), "1");
        entry.reading.ask.clone().unwrap().id
    };
    stage.act(|client| client.upload(Upload::answer(&command, "done")));
    assert!(stage.all_acknowledged());
    let state = stage.state();
    assert_eq!(state.console.snapshot.commands[0].answer.as_deref(), Some("done"));
}

#[test]
fn commands_are_answered_automatically_when_asked_to() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    let reply = AutoReply { on: true, text: "got {{value}}".to_owned(), ..AutoReply::default() };
    stage.act(|client| client.reply(vec![reply]));
    stage.act(|client| client.send_command("29455901".to_owned(), "fan on".to_owned()));
    assert!(stage.all_acknowledged());
    assert_eq!(stage.state().console.snapshot.commands[0].answer.as_deref(), Some("got fan on"));
}

#[test]
fn answers_that_go_round_in_circles_are_stopped() {
    let mut stage = Stage::new();
    stage.connect(|form| form.upload_first = false);
    let reply = |filter: &str, topic: &str| AutoReply {
        on: true,
        filter: filter.to_owned(),
        topic: topic.to_owned(),
        text: "{{value}}".to_owned(),
    };
    stage.act(|client| client.reply(vec![reply("a", "b"), reply("b", "a")]));
    stage.subscribe("a");
    stage.subscribe("b");
    stage.act(|client| client.upload(Upload::message("a".to_owned(), "round".to_owned())));
    assert!(stage.state().replies_stopped);
    assert!(stage.state().replies.iter().all(|reply| !reply.on));
    assert_eq!(stage.fates(), ["acknowledged"; 101], "what was sent is acknowledged");
}

#[test]
fn the_platform_follows_the_reading_that_is_chosen() {
    let mut stage = Stage::new();
    let strict = Readings { keep_alive: KeepAlive::From120, ..Readings::default() };
    stage.act(|client| client.follow(strict));
    stage.connect(|form| form.keep_alive = "60".to_owned());
    assert_eq!(stage.statuses().last().unwrap(), "waiting 1", "it hung up");
    stage.act(|client| client.follow(Readings::default()));
    stage.act(|client| client.try_now());
    assert!(stage.state().status.is_online());
}

#[test]
fn a_command_for_nobody_is_refused_in_the_console() {
    let mut stage = Stage::new();
    stage.act(|client| client.send_command("29455901".to_owned(), "hello".to_owned()));
    assert!(stage.state().console.refused.is_some());
}

#[test]
fn stays_connected_through_silence() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    stage.statuses();
    stage.pass(Duration::from_secs(3_600));
    assert_eq!(stage.statuses(), Vec::<String>::new(), "pings keep it alive");
    assert!(stage.state().status.is_online());
}

#[test]
fn hears_itself_on_a_topic_it_subscribed_to() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    stage.subscribe("room/heat");
    let upload = Upload {
        topic: "room/heat".to_owned(),
        payload: Bytes::from_static(b"27.50"),
        qos: Qos::AtLeastOnce,
        summary: String::new(),
    };
    stage.act(|client| client.upload(upload));
    let state = stage.state();
    let (stream, latest) = state.history.latest().next().unwrap();
    assert_eq!((stream.as_str(), latest.value.as_json()), ("room/heat", "27.50"));
}

#[test]
fn a_second_login_takes_the_first_ones_place() {
    let mut stage = Stage::new();
    stage.connect(|_| {});
    stage.statuses();
    stage.connect(|form| form.device_id = "29455902".to_owned());
    assert_eq!(stage.statuses(), ["opening", "logging in", "online"]);
    let state = stage.state();
    let online: Vec<_> = state.console.snapshot.devices.iter().filter(|device| device.online).collect();
    assert_eq!(online.len(), 1);
    assert_eq!(online[0].id, "29455902");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn chunk_boundaries_mean_nothing(cuts in prop::collection::vec(1usize..40, 1..8)) {
        let mut stage = Stage::with_cuts(&cuts);
        stage.connect(|_| {});
        for value in 0..5 {
            let mut form = UploadForm::default();
            form.rows[0].value = value.to_string();
            let upload = form.parse(onenet::Timestamp::parse("2016-08-15T14:47:00").unwrap()).unwrap();
            stage.act(|client| client.upload(upload));
        }
        stage.act(|client| client.send_command("29455901".to_owned(), "hello".to_owned()));
        prop_assert_eq!(stage.fates(), ["acknowledged"; 6]);
        let state = stage.state();
        prop_assert_eq!(state.console.snapshot.devices[0].streams[0].count, 6);
        prop_assert_eq!(&state.history.newest_first().next().unwrap().payload[..], b"hello");
    }
}

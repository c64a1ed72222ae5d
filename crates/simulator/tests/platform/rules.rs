//! Every rule of the platform, broken: what it does then is what the list of rules says.

use std::collections::BTreeSet;
use std::time::Duration;

use frame::{Connect, LastWill, Packet, QoS};
use onenet::rules::legacy::{KeepAlive, Qos, RULES, Retain, TopicCharacters, TopicsPerDevice, Will};
use onenet::rules::{Consequence, Readings, RuleId};
use simulator::{Limits, Options};

use crate::script::*;

/// A conversation that breaks one rule and no other.
struct Case {
    rule: RuleId,
    options: Options,
    script: Vec<Step>,
}

#[test]
fn every_rule_is_enforced_as_the_list_says() {
    let mut broken = BTreeSet::new();
    for Case { rule, options, script } in cases() {
        let mut stage = Stage::new(options);
        for step in script {
            stage.run(step);
        }
        assert_eq!(stage.broken, [rule], "{}", stage.transcript);
        let answer = match rule.consequence() {
            Consequence::Close => "← close\n".to_owned(),
            Consequence::Refuse(0x80) => "80]\n".to_owned(),
            Consequence::Refuse(5) => "error  command body".to_owned(),
            Consequence::Refuse(code) => format!("CONNACK {code} session present false\n1 ← close\n"),
            Consequence::Ignore => format!("Ignored 1: rule {rule}\n"),
            other @ (Consequence::Reject(_) | Consequence::Delay | Consequence::Ban) => {
                panic!("{rule}: the legacy platform never {other}")
            }
        };
        assert!(stage.transcript.contains(&answer), "{rule}: no {answer:?} in\n{}", stage.transcript);
        broken.insert(rule);
    }
    let spared: Vec<&str> =
        RULES.iter().map(|rule| rule.id).filter(|id| !broken.contains(id)).map(RuleId::as_str).collect();
    assert!(spared.is_empty(), "no conversation breaks {spared:?}: add one to `cases`");
}

#[test]
fn the_other_readings_take_what_the_suggested_ones_refuse() {
    let readings = Readings { keep_alive: KeepAlive::UpTo240, ..Readings::default() };
    let mut stage = Stage::new(Options { readings, ..Options::default() });
    let start = stage.now;
    stage.run(open());
    stage.run(send(1, keep_alive(0)));
    assert!(stage.broken.is_empty(), "{}", stage.transcript);
    assert_eq!(stage.platform.poll_timeout(), Some(start + Duration::from_secs(360)), "0 means 240");
}

fn cases() -> Vec<Case> {
    [connects(), conversations(), publishes(), uploads(), subscriptions(), commands()]
        .into_iter()
        .flatten()
        .collect()
}

fn connects() -> Vec<Case> {
    let first = |rule, packet| Case { script: vec![open(), packet], ..case(rule) };
    let mut with_will = Connect::new("1");
    with_will.keep_alive = 120;
    with_will.set_login("2", "x");
    with_will.last_will = Some(LastWill::new("a", *b"gone", QoS::AtMostOnce, false));
    let known = Options { devices: vec![known("1", "2", "x")], ..Options::default() };
    vec![
        first(RuleId::ProtocolName, bytes(1, b"\x10\x0f\x00\x06MQIsdp\x03\x02\x00\x78\x00\x011")),
        first(RuleId::ProtocolLevel, bytes(1, b"\x10\x0d\x00\x04MQTT\x05\x02\x00\x78\x00\x011")),
        first(RuleId::ReservedFlag, flags(0xC3)),
        first(RuleId::LoginFlags, flags(0x82)),
        first(RuleId::LoginFlags, flags(0x42)),
        first(RuleId::WillFlags, flags(0xE2)),
        Case {
            options: reading(|readings| readings.will = Will::Refused),
            ..first(RuleId::Will, send(1, Packet::Connect(with_will)))
        },
        first(RuleId::KeepAliveRange, send(1, keep_alive(0))),
        Case {
            options: reading(|readings| readings.keep_alive = KeepAlive::From120),
            ..first(RuleId::KeepAliveRange, send(1, keep_alive(119)))
        },
        Case {
            options: reading(|readings| readings.keep_alive = KeepAlive::UpTo1200),
            ..first(RuleId::KeepAliveRange, send(1, keep_alive(1_201)))
        },
        Case {
            options: reading(|readings| readings.keep_alive = KeepAlive::UpTo240),
            ..first(RuleId::KeepAliveRange, send(1, keep_alive(241)))
        },
        first(RuleId::DeviceIdEmpty, send(1, connect("", "2"))),
        first(RuleId::DeviceIdDecimal, send(1, connect("board", "2"))),
        Case { options: known.clone(), ..first(RuleId::DeviceKnown, send(1, connect("2", "2"))) },
        first(
            RuleId::ProductIdEmpty,
            bytes(1, b"\x10\x12\x00\x04MQTT\x04\xC2\x00\x78\x00\x011\x00\x00\x00\x01x"),
        ),
        first(RuleId::ProductIdDecimal, send(1, connect("1", "product"))),
        first(
            RuleId::AuthInfoEmpty,
            bytes(1, b"\x10\x12\x00\x04MQTT\x04\xC2\x00\x78\x00\x011\x00\x012\x00\x00"),
        ),
        Case { options: known, ..first(RuleId::LoginMatches, send(1, connect_with("1", "2", "y"))) },
    ]
}

fn conversations() -> Vec<Case> {
    let login_delay = Duration::from_secs(1);
    vec![
        Case { script: vec![open(), send(1, Packet::PingReq)], ..case(RuleId::FirstPacket) },
        logged_in(RuleId::SecondConnect, [send(1, connect("1", "2"))]),
        Case {
            options: Options { login_delay, ..Options::default() },
            ..logged_in(RuleId::BeforeConnack, [send(1, publish("a", 0, b"early")), wait(1.0)])
        },
        logged_in(RuleId::OneConnection, [open(), send(2, connect("1", "2"))]),
        logged_in(RuleId::KeepAliveSilence, [wait(180.0)]),
    ]
}

fn publishes() -> Vec<Case> {
    let message = |rule, topic: &str| logged_in(rule, [send(1, publish(topic, 1, b""))]);
    vec![
        logged_in(RuleId::TopicEmpty, [bytes(1, b"\x30\x02\x00\x00")]),
        logged_in(RuleId::TopicEmpty, [bytes(1, b"\x82\x05\x00\x01\x00\x00\x00")]),
        logged_in(RuleId::TopicWildcard, [bytes(1, b"\x30\x04\x00\x02a#")]),
        message(RuleId::TopicCharacters, "a b"),
        Case {
            options: reading(|readings| readings.topic_characters = TopicCharacters::NoUnderscore),
            ..message(RuleId::TopicCharacters, "app_topic")
        },
        Case {
            options: reading(|readings| readings.topic_characters = TopicCharacters::NoDigits),
            ..message(RuleId::TopicCharacters, "room/1")
        },
        message(RuleId::TopicLength, &"a".repeat(1_025)),
        message(RuleId::TopicReserved, "$sys/1/2/dp/post/json"),
        message(RuleId::TopicCommand, "$creq/7"),
        logged_in(RuleId::QosRange, [bytes(1, b"\x36\x05\x00\x01a\x00\x01")]),
        Case {
            options: reading(|readings| readings.qos = Qos::UpTo1),
            ..logged_in(RuleId::Qos, [bytes(1, b"\x34\x05\x00\x01a\x00\x01")])
        },
        Case {
            options: reading(|readings| readings.retain = Retain::Refused),
            ..logged_in(RuleId::Retain, [send(1, retained("a", b"now"))])
        },
    ]
}

fn uploads() -> Vec<Case> {
    let too_large =
        [b"\x02\x00\x0D{\"ds_id\":\"a\"}\x00\x30\x00\x01".to_vec(), vec![0; 3 * 1_024 * 1_024 + 1]].concat();
    let no_limit = Limits { remaining_length: 4 * 1_024 * 1_024, ..Limits::default() };
    let upload = |rule, payload: &[u8]| logged_in(rule, [send(1, publish("$dp", 1, payload))]);
    vec![
        logged_in(RuleId::UploadRetain, [send(1, retained("$dp", b"\x03\x00\x07{\"a\":1}"))]),
        upload(RuleId::Payload, b"\x17\x00\x00"),
        upload(RuleId::Payload, b"\x03\x00\x01{"),
        upload(RuleId::BodySize, &[&b"\x01\xFF\xFF"[..], &[b' '; 65_536]].concat()),
        Case { options: limited(no_limit), ..upload(RuleId::BinarySize, &too_large) },
        upload(RuleId::FloatCount, b"\x07\x00\x01\x01\xF5"),
        upload(RuleId::FloatCount, b"\x07\x00\x01\x00\x00"),
    ]
}

fn subscriptions() -> Vec<Case> {
    let filter = |rule, filter: &str| logged_in(rule, [send(1, subscribe(1, [(filter, 0)]))]);
    let topics = |count| (0..count).map(|n| send(1, subscribe(1, [(&format!("a{n}"), 0)])));
    let fifty = reading(|readings| readings.topics_per_device = TopicsPerDevice::UpTo50);
    let other_device = [open(), send(2, connect("3", "2")), send(2, subscribe(1, [("one/more", 0)]))];
    // Data points of another device are no topics of the product, but of the device.
    let data = (0..99).map(|n| send(1, subscribe(1, [(&format!("/1/a{n}"), 0)])));
    vec![
        filter(RuleId::FilterWildcard, "room/+"),
        filter(RuleId::FilterReserved, "$dp"),
        filter(RuleId::FilterCharacters, "温度"),
        filter(RuleId::FilterLength, &"a".repeat(1_025)),
        logged_in(RuleId::TopicsPerDevice, data.chain(topics(2))),
        Case { options: fifty, ..logged_in(RuleId::TopicsPerDevice, topics(51)) },
        logged_in(RuleId::TopicsPerProduct, topics(100).chain(other_device)),
    ]
}

fn commands() -> Vec<Case> {
    vec![logged_in(RuleId::CommandSize, [command("1", "7", Box::leak("x".repeat(65_536).into_boxed_str()))])]
}

fn case(rule: RuleId) -> Case {
    Case { rule, options: Options::default(), script: Vec::new() }
}

/// Device 1 of product 2 logs in, then goes on.
fn logged_in(rule: RuleId, script: impl IntoIterator<Item = Step>) -> Case {
    let login = [open(), send(1, connect("1", "2"))];
    Case { script: login.into_iter().chain(script).collect(), ..case(rule) }
}

fn reading(choose: impl FnOnce(&mut Readings)) -> Options {
    let mut options = Options::default();
    choose(&mut options.readings);
    options
}

/// A CONNECT with these connect flags and all fields that they could ask for.
fn flags(flags: u8) -> Step {
    let mut frame = b"\x10\x13\x00\x04MQTT\x04\x00\x00\x78\x00\x011\x00\x012\x00\x01x".to_vec();
    frame[9] = flags;
    if flags & 0xC0 != 0xC0 {
        frame.truncate(18);
        frame[1] = 16;
    }
    bytes(1, &frame)
}

fn keep_alive(seconds: u16) -> Packet {
    let mut connect = Connect::new("1");
    connect.keep_alive = seconds;
    connect.set_login("2", "x");
    Packet::Connect(connect)
}

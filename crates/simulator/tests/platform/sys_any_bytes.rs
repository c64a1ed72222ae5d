//! Devices of all generations at once, of which one says anything, cut anywhere: no panic, the cuts change nothing, and
//! what the platform holds stays within its limits.

use std::time::Duration;

use bytes::Bytes;
use frame::encode;
use onenet::Value;
use proptest::prelude::*;
use simulator::{Event, Limits, Options, Platform, Transmit};
use web_time::Instant;

use crate::script::*;
use crate::studio::MODEL;
use crate::tokens::*;

proptest! {
    #[test]
    fn any_bytes_after_a_login_do_the_same_whatever_the_cuts(
        who in 0usize..3,
        bytes in prop::collection::vec(any::<u8>(), 0..80),
        cuts in cuts(),
    ) {
        prop_assert_eq!(converse(who, false, &bytes, &[]), converse(who, false, &bytes, &cuts));
    }

    #[test]
    fn almost_good_conversations_do_the_same_whatever_the_cuts(
        who in 0usize..3,
        rates in any::<bool>(),
        frames in prop::collection::vec(frame(), 0..12),
        flip in prop::option::of((0usize..400, 0u8..8)),
        cuts in cuts(),
    ) {
        let mut bytes = frames.concat();
        if let Some((at, bit)) = flip && let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        prop_assert_eq!(converse(who, rates, &bytes, &[]), converse(who, rates, &bytes, &cuts));
    }

    #[test]
    fn any_password_that_is_none_gets_connack_4(password in "\\PC{0,80}|(version|res|et|method|sign)=[a-z0-9/%&=+]{0,60}") {
        let mut stage = Stage::new(two_devices());
        for step in [today(), open(), send(1, log_in_with("321016", "ESP8266_01", &password))] {
            stage.run(step);
        }
        // Without a password the rules about fields close the connection before.
        let answer = "1 ← CONNACK 4 session present false\n1 ← close\n";
        prop_assert!(
            password.is_empty() || stage.transcript.contains(answer),
            "{}",
            stage.transcript
        );
        prop_assert!(stage.transcript.contains("1 ← close\n"), "{}", stage.transcript);
    }

    #[test]
    fn calls_and_their_answers_stay_within_the_limits(steps in prop::collection::vec(0u8..10, 0..60)) {
        let limits = Limits { commands: 4, command_bytes: 3_000, profile_bytes: 400, ..Limits::default() };
        let mut stage = Stage::new(Options { limits, ..Options::default() });
        studio_device().into_iter().for_each(|step| stage.run(step));
        for step in steps {
            people(&mut stage.platform, step, stage.now);
            stage.run(wait(f64::from(step) / 2.0));
            let call = stage.platform.calls().next_back().map(|call| call.message_id.clone());
            let id = call.unwrap_or_default();
            stage.run(studio("thing/property/set_reply", &format!(r#"{{"id":"{id}","code":{step}}}"#)));
            prop_assert!(stage.platform.calls().count() <= 4);
        }
    }
}

/// What the platform said and what happened, and what its devices have in the end.
type Outcome = (Vec<(u64, Transmit)>, Vec<Event>, Vec<(String, u64)>);

/// A device of each platform is logged in and subscribed, then the one with the number `who` says `bytes`, cut at
/// `cuts`, with `rates` or without; the people around the platform are busy meanwhile.
fn converse(who: usize, rates: bool, bytes: &[u8], cuts: &[usize]) -> Outcome {
    let devices = vec![known("29455901", "12555524", "JHFDJF55586jhk")];
    let mut stage = Stage::new(Options { devices, rates, ..with_model(MODEL) });
    stage.run(today());
    let platform = &mut stage.platform;
    let logins = [
        (log_in("VRqhDHF2wL", "my_tv"), "$sys/VRqhDHF2wL/my_tv/#"),
        (log_in("321016", "ESP8266_01"), "$sys/321016/ESP8266_01/#"),
        (connect("29455901", "12555524"), "a"),
    ];
    let connections = logins.map(|(login, filter)| {
        let connection = platform.handle_open(stage.now);
        for packet in [login, subscribe(1, [(filter, 0)])] {
            platform.handle_input(connection, &encode(&packet).unwrap(), stage.now);
        }
        connection
    });
    let connection = connections[who];
    (0..10).for_each(|step| people(platform, step, stage.now));

    let (mut transmits, mut events) = (Vec::new(), Vec::new());
    drain(platform, &mut transmits, &mut events);
    let mut begin = 0;
    let ends = cuts.iter().copied().filter(|cut| *cut < bytes.len()).chain([bytes.len()]);
    for end in ends {
        platform.handle_input(connection, &bytes[begin..end], stage.now);
        begin = end;
        drain(platform, &mut transmits, &mut events);
    }
    while let Some(next) = platform.poll_timeout() {
        platform.handle_timeout(next);
        drain(platform, &mut transmits, &mut events);
    }
    let counts = platform.devices().map(|device| (device.id().to_owned(), device.received())).collect();
    (transmits, events, counts)
}

/// One of the things that people around the platform do. Whether it can be done is not asked.
fn people(platform: &mut Platform, step: u8, now: Instant) {
    let (studio, suite) = ("VRqhDHF2wL/my_tv", "321016/ESP8266_01");
    let timeout = Duration::from_secs(5);
    let _ = match step {
        0 => platform.set_properties(studio, named([("power", "true")]), now).map(drop),
        1 => platform.get_properties(studio, vec![identifier("power")], now).map(drop),
        2 => platform.invoke_service(studio, identifier("blink"), named([("times", "1")]), now).map(drop),
        3 => platform.set_desired(studio, named([("power", "false")]), now),
        4 => platform.clear_desired(studio, &[identifier("power")]).map(drop),
        5 => platform.call_command(suite, "c1", Bytes::from_static(b"x"), timeout, now).map(drop),
        6 => platform.set_image(suite, vec![("a".to_owned(), Value::string("x"))], now),
        7 => platform.call_command(studio, "c2", Bytes::new(), timeout, now).map(drop),
        8 => platform.set_desired(studio, named([("label", &format!("\"{}\"", "x".repeat(300)))]), now),
        _ => platform.set_image(studio, Vec::new(), now),
    };
}

fn drain(platform: &mut Platform, transmits: &mut Vec<(u64, Transmit)>, events: &mut Vec<Event>) {
    while let Some((connection, transmit)) = platform.poll_transmit() {
        transmits.push((connection.to_string().parse().unwrap(), transmit));
    }
    while let Some(event) = platform.poll_event() {
        events.push(event);
    }
}

/// Ascending places to cut.
fn cuts() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0usize..300, 0..20).prop_map(|cuts| cuts.into_iter().collect())
}

/// A frame that a device of either platform may send, more or less.
fn frame() -> impl Strategy<Value = Vec<u8>> {
    let own =
        prop_oneof![Just("$sys/321016/ESP8266_01"), Just("$sys/VRqhDHF2wL/my_tv"), Just("$subdev/321016/a"),];
    let rest = prop_oneof![
        Just("dp/post/json"),
        Just("cmd/response/c1"),
        Just("image/update"),
        Just("image/get"),
        Just("login"),
        Just("logout"),
        Just("thing/property/post"),
        Just("thing/property/set_reply"),
        Just("thing/service/blink/invoke_reply"),
        Just("thing/property/desired/get"),
        Just("thing/property/desired/delete"),
        Just("thing/event/post"),
        Just("thing/pack/post"),
        Just("thing/history/post"),
        Just("thing/sub/login"),
        Just("thing/sub/topo/get"),
        Just("custome/up"),
    ];
    let body = prop_oneof![
        Just(r#"{"id":1,"dp":{"a":[{"v":1,"t":9223372036854775807}]}}"#),
        Just(r#"{"state":{"reported":{"a":1}}}"#),
        Just(r#"{"id":"1","params":{"temperature":{"value":1,"time":18446744073709551615}}}"#),
        Just(r#"{"id":"1","params":{"alarm":{"value":{"level":1}}}}"#),
        Just(r#"{"id":"1","params":["power"]}"#),
        Just(r#"{"id":"1","params":{"power":{}}}"#),
        Just(r#"{"id":"1","params":[{"properties":{"power":[{"value":true}]}}]}"#),
        Just(r#"{"id":"1","params":{"productID":"1","deviceName":"a"}}"#),
        Just(r#"{"id":"1","code":200,"msg":"success"}"#),
        Just(""),
        Just("{"),
    ];
    let topic = prop_oneof![
        8 => (own, rest).prop_map(|(own, rest)| format!("{own}/{rest}")),
        1 => Just("a".to_owned()),
        1 => Just("$dp".to_owned()),
    ];
    prop_oneof![
        8 => (topic.clone(), 0u16..2, body).prop_map(|(topic, id, body)| publish(&topic, id, body.as_bytes())),
        2 => (topic.clone(), prop::collection::vec(any::<u8>(), 0..40))
            .prop_map(|(topic, body)| publish(&topic, 0, &body)),
        1 => topic.clone().prop_map(|topic| subscribe(1, [(&topic, 0)])),
        1 => topic.prop_map(|topic| unsubscribe(1, &topic)),
        1 => Just(frame::Packet::PingReq),
    ]
    .prop_map(|packet| encode(&packet).unwrap().to_vec())
}

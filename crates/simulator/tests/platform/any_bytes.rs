//! Any bytes, any cuts: no panic, and the cuts change nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use frame::encode;
use proptest::prelude::*;
use simulator::{
    Chunks, CommandOptions, Event, Fault, Faults, Options, Platform, RefusalCode, Scope, Transmit, When,
};

use crate::script::*;

proptest! {
    #[test]
    fn any_bytes_do_the_same_whatever_the_cuts(
        bytes in prop::collection::vec(any::<u8>(), 0..80),
        cuts in cuts(),
    ) {
        prop_assert_eq!(converse(&bytes, &[]), converse(&bytes, &cuts));
    }

    #[test]
    fn any_bytes_after_a_login_do_the_same_whatever_the_cuts(
        bytes in prop::collection::vec(any::<u8>(), 0..80),
        cuts in cuts(),
    ) {
        let bytes = [login(), bytes].concat();
        prop_assert_eq!(converse(&bytes, &[]), converse(&bytes, &cuts));
    }

    #[test]
    fn almost_good_conversations_do_the_same_whatever_the_cuts(
        frames in prop::collection::vec(frame(), 0..12),
        flip in prop::option::of((0usize..400, 0u8..8)),
        cuts in cuts(),
    ) {
        let mut bytes = [login(), frames.concat()].concat();
        if let Some((at, bit)) = flip && let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << bit;
        }
        prop_assert_eq!(converse(&bytes, &[]), converse(&bytes, &cuts));
    }

    #[test]
    fn faults_strike_the_same_whatever_the_cuts(
        frames in prop::collection::vec(frame(), 0..12),
        faults in faults(),
        cuts in cuts(),
    ) {
        let bytes = [login(), frames.concat()].concat();
        let whole = carried(converse_with(faults.clone(), &bytes, &[]));
        prop_assert_eq!(whole, carried(converse_with(faults, &bytes, &cuts)));
    }

    #[test]
    fn any_time_and_value_is_stored(at in "\\PC{0,24}", value in "[0-9]{1,30}(\\.[0-9]{1,30})?") {
        let at = at.replace(['"', '\\'], "");
        let body = format!(r#"{{"datastreams":[{{"id":"a","datapoints":[{{"at":"{at}","value":"{value}"}}]}}]}}"#);
        let mut stage = Stage::new(Options::default());
        for step in [open(), bytes(1, &login()), send(1, upload(1, 1, &body))] {
            stage.run(step);
        }
        let device = stage.platform.device("29455901").unwrap();
        let point = device.stream("a").unwrap().latest().unwrap();
        prop_assert_eq!(point.value.as_json(), format!("\"{value}\""));
        prop_assert!(!point.at.to_string().is_empty());
    }
}

/// What the platform said and what happened, and what its devices have in the end.
type Outcome = (Vec<(u64, Transmit)>, Vec<Event>, Vec<(u64, u64)>);

fn converse(bytes: &[u8], cuts: &[usize]) -> Outcome {
    converse_with(Faults::default(), bytes, cuts)
}

/// The bytes that were sent on each connection and whether it was closed, and the rest of an outcome.
type Carried = (BTreeMap<u64, (Vec<u8>, bool)>, Vec<Event>, Vec<(u64, u64)>);

/// `bytes` on one connection in pieces that end at `cuts`, another device listening. Drained after each, and
/// once more when time has passed.
fn converse_with(faults: Faults, bytes: &[u8], cuts: &[usize]) -> Outcome {
    let mut stage = Stage::new(Options::default());
    for step in [
        open(),
        send(1, connect("2", "12555524")),
        send(1, subscribe(1, [("a", 1), ("b", 0), ("/29455901/a", 2)])),
    ] {
        stage.run(step);
    }
    let platform = &mut stage.platform;
    let connection = platform.handle_open(stage.now);
    platform.set_faults(&Scope::Platform, faults).unwrap();
    platform.send_command("2", "c", Bytes::new(), CommandOptions::default(), stage.now).unwrap();

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
    let counts = platform.devices().map(|device| (device.received(), device.evicted())).collect();
    (transmits, events, counts)
}

/// An outcome, but for how what is sent falls into chunks, and when.
fn carried((transmits, mut events, counts): Outcome) -> Carried {
    let mut carried: BTreeMap<u64, (Vec<u8>, bool)> = BTreeMap::new();
    for (connection, transmit) in transmits {
        let (bytes, closed) = carried.entry(connection).or_default();
        assert!(!*closed, "nothing follows a close");
        match transmit {
            Transmit::Frame(sent) | Transmit::Chunk(sent) => bytes.extend_from_slice(&sent),
            Transmit::Close => *closed = true,
        }
    }
    let depends_on_cuts =
        |fault: &Fault| matches!(fault, Fault::Merged | Fault::Delayed(_) | Fault::Unread(_));
    events.retain(|event| !matches!(event, Event::Struck { fault, .. } if depends_on_cuts(fault)));
    (carried, events, counts)
}

fn drain(platform: &mut Platform, transmits: &mut Vec<(u64, Transmit)>, events: &mut Vec<Event>) {
    while let Some((connection, transmit)) = platform.poll_transmit() {
        transmits.push((connection.to_string().parse().unwrap(), transmit));
    }
    while let Some(event) = platform.poll_event() {
        events.push(event);
    }
}

/// Of a device with a will.
fn login() -> Vec<u8> {
    encode(&connect_with_will("29455901", "12555524", "b", 2, true)).unwrap().to_vec()
}

/// Every frame meets something.
fn faults() -> impl Strategy<Value = Faults> {
    let when = || {
        let when = prop_oneof![
            (0u32..8).prop_map(When::Nth),
            (0u32..4).prop_map(When::Each),
            (0u16..1_001).prop_map(When::PerMille),
        ];
        prop::option::of(when)
    };
    let chunks = prop_oneof![
        Just(Chunks::Whole),
        (0usize..9).prop_map(Chunks::Split),
        any::<Duration>().prop_map(Chunks::Merge),
    ];
    let refusal = prop::option::of((0..RefusalCode::ALL.len()).prop_map(|index| RefusalCode::ALL[index]));
    let rest = (any::<u64>(), any::<Duration>(), any::<Duration>(), chunks, refusal);
    let whens = (when(), when(), when(), when(), when(), when(), when(), when());
    (rest, prop::option::of(0usize..9), whens).prop_map(|(rest, cut_after, whens)| {
        let (seed, delay, jitter, chunks, refuse_login) = rest;
        let (cut, half_open, lose_puback, lose_pubrec, lose_pubrel, lose_pubcomp, lose_pingresp, duplicate) =
            whens;
        Faults {
            seed,
            delay,
            jitter,
            chunks,
            cut,
            cut_after,
            half_open,
            lose_puback,
            lose_pubrec,
            lose_pubrel,
            lose_pubcomp,
            lose_pingresp,
            duplicate,
            refuse_login,
        }
    })
}

/// Ascending places to cut.
fn cuts() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::btree_set(0usize..300, 0..20).prop_map(|cuts| cuts.into_iter().collect())
}

/// A frame that a device may send.
fn frame() -> impl Strategy<Value = Vec<u8>> {
    let id = 0u16..3;
    prop_oneof![
        (id.clone(), "[a-c]{0,1}", "[0-9]{1,3}").prop_map(|(id, stream, value)| upload(
            id,
            3,
            &format!(r#"{{"{stream}":{value}}}"#)
        )),
        (id.clone(), "[abc$]{1,2}").prop_map(|(id, topic)| publish(&topic, id, b"hello")),
        ("[abc$]{1,2}", "x?").prop_map(|(topic, payload)| retained(&topic, payload.as_bytes())),
        (id.clone(), "[cd]").prop_map(|(id, command)| publish(&format!("$crsp/{command}"), id, b"done")),
        (1u16..9, "[abc#$]{1,2}", 0u8..3).prop_map(|(id, filter, qos)| subscribe(id, [(&filter, qos)])),
        (1u16..9, "[abc#$]{1,2}").prop_map(|(id, filter)| unsubscribe(id, &filter)),
        (1u16..4).prop_map(puback),
        (1u16..4, 0usize..3).prop_map(|(id, step)| [pubrec, pubrel, pubcomp][step](id)),
        (1u16..4, "[abc$]{1,2}").prop_map(|(id, topic)| exactly_once(&topic, id, b"hello")),
        (1u16..4).prop_map(|id| again(exactly_once("$dp", id, b"\x03\x00\x07{\"a\":1}"))),
        Just(frame::Packet::PingReq),
        Just(frame::Packet::Disconnect),
    ]
    .prop_map(|packet| encode(&packet).unwrap().to_vec())
}

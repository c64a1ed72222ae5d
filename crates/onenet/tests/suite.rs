//! Messages of the suite: recorded ones are read and written again to the same bytes, generated ones read back,
//! and no topic, filter or payload does harm.
//!
//! Reads the vectors of kind `message` in `vectors.json` beside this file, or in the file that the environment
//! variable `ONENET_VECTORS` names.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use onenet::Value;
use onenet::suite::{
    Accepted, Answer, Code, CommandId, DataPoints, ImageDelta, ImageUpdate, Message, MessageId, Point,
    Rejected, State, StreamName, Topic,
};
use onenet::sys::{Address, Device, DeviceName, Direction, Filter, ProductId, Tree};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

#[test]
fn recorded_messages_are_read_and_written_again() {
    let (mut faults, mut read) = (Vec::new(), 0);
    for vector in vectors() {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let (name, topic) = (text(&vector["name"]), text(&vector["inputs"]["topic"]));
        if vector["kind"] != "message" || !is_of_suite(&topic) {
            continue;
        }
        let payload = match vector.get("hex") {
            Some(hex) => data_encoding::HEXLOWER_PERMISSIVE.decode(text(hex).as_bytes()).unwrap(),
            None => text(&vector["text"]).into_bytes(),
        };
        match check_recorded(&topic, &payload, &text(&vector["direction"])) {
            Ok(()) => read += 1,
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
    }
    println!("{read} messages of the suite read back");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(env::var_os("ONENET_VECTORS").is_some() || read > 0, "the file holds no messages of the suite");
}

/// Whether it is a topic of the suite: not of `$dp`, and not of the studio.
fn is_of_suite(topic: &str) -> bool {
    let rest = topic.splitn(4, '/').nth(3).unwrap_or_default();
    let is_of_studio = ["thing/", "ota/", "custome/"].iter().any(|head| rest.starts_with(head));
    ["$sys/", "$subdev/"].iter().any(|tree| topic.starts_with(tree)) && !is_of_studio
}

fn check_recorded(topic: &str, payload: &[u8], direction: &str) -> Result<(), String> {
    let address = Address::parse(topic).map_err(|error| error.to_string())?;
    let read = Topic::of(&address).map_err(|error| error.to_string())?;
    if read.write(address.tree, &address.device) != topic {
        return Err(format!("its topic is written as {read}"));
    }
    let expected = match direction {
        "c2s" => Some(Direction::Up),
        "s2c" => Some(Direction::Down),
        _ => None,
    };
    if expected.is_some_and(|expected| read.direction() != expected) {
        return Err(format!("goes {:?}, not {expected:?}", read.direction()));
    }
    let message = Message::decode(&read, payload).map_err(|error| error.to_string())?;
    if message.encode() != payload {
        return Err(format!("is written as {}", String::from_utf8_lossy(&message.encode())));
    }
    // What the platform says is written by us as the platform writes it.
    let made = match &message {
        Message::Accepted(accepted) => Accepted::new(accepted.id()).encode(),
        Message::Rejected(rejected) if rejected.code().text() == Some(rejected.text()) => match read {
            Topic::DataPointsRejected => Rejected::data_points(rejected.id(), rejected.code()),
            _ => Rejected::plain(rejected.code()),
        }
        .encode(),
        _ => return Ok(()),
    };
    // A record may have white space that the wire has not.
    let json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).unwrap();
    if json(&made) == json(payload) {
        Ok(())
    } else {
        Err(format!("we would write {}", String::from_utf8_lossy(&made)))
    }
}

fn vectors() -> Vec<serde_json::Value> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = match env::var_os("ONENET_VECTORS") {
        // Cargo starts tests in the package; a person names the file from the workspace.
        Some(path) if !Path::new(&path).exists() => package.join("../..").join(path),
        Some(path) => PathBuf::from(path),
        None => package.join("tests/vectors.json"),
    };
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

proptest! {
    #[test]
    fn reads_back_what_it_writes((topic, message) in messages()) {
        prop_assert_eq!(Message::decode(&topic, &message.encode()), Ok(message));
    }

    #[test]
    fn reads_back_the_data_points_it_was_given(points in vec(points(), 0..6)) {
        let written = DataPoints::new(MessageId::new(1).unwrap(), &points).unwrap();
        let (mut found, mut given) = (written.points().to_vec(), points);
        // Those of one stream are written together, in their order.
        found.sort_by(|a, b| a.stream.cmp(&b.stream));
        given.sort_by(|a, b| a.stream.cmp(&b.stream));
        prop_assert_eq!(found, given);
    }

    #[test]
    fn any_bytes_are_read_or_refused_inside_the_message(
        topic in topics(),
        bytes in prop_oneof![
            vec(any::<u8>(), 0..60),
            "[{}\\[\\]\":,0-9a\n\u{6E29}]{0,30}".prop_map(String::into_bytes),
        ],
    ) {
        check_any(&topic, &bytes)?;
    }

    #[test]
    fn any_damage_to_a_good_message_is_read_or_refused_inside_it(
        (topic, message) in messages(),
        other in topics(),
        at in any::<prop::sample::Index>(),
        to in any::<u8>(),
    ) {
        let good = message.encode();
        check_any(&other, &good)?;
        if !good.is_empty() {
            let mut changed = good.clone();
            changed[at.index(good.len())] = to;
            check_any(&topic, &changed)?;
            check_any(&topic, &good[..at.index(good.len())])?;
        }
        check_any(&topic, &[&good[..], &[to]].concat())?;
    }

    #[test]
    fn any_topic_is_read_or_refused_inside_it(
        text in prop_oneof![".{0,40}", "\\$(sys|subdev)/[a-z0-9_-]{0,3}/[a-z]{0,3}/[a-z/+#.]{0,20}"],
    ) {
        match Address::parse(&text) {
            Ok(address) => {
                prop_assert_eq!(address.to_string(), text.as_str());
                match Topic::of(&address) {
                    Ok(topic) => prop_assert_eq!(topic.write(address.tree, &address.device), text),
                    Err(error) => prop_assert!(error.offset() <= text.len(), "{}", error),
                }
            }
            Err(error) => prop_assert!(error.offset() <= text.len(), "{}", error),
        }
    }

    #[test]
    fn any_rest_is_a_topic_or_refused_inside_it(rest in "(dp|cmd|image|login|thing|/|post|json|up|[a-z.]){0,8}") {
        for tree in [Tree::Sys, Tree::Subdev] {
            match Topic::parse(tree, &rest) {
                Ok(topic) => prop_assert_eq!(topic.to_string(), rest.as_str()),
                Err(error) => prop_assert!(error.offset() <= rest.len(), "{}", error),
            }
        }
    }

    #[test]
    fn any_filter_is_read_or_refused_inside_it(
        text in prop_oneof![".{0,40}", "\\$(sys|subdev)/[a-z+]{0,3}/[a-z#]{0,3}/[a-z/+#.]{0,20}", "[a/]{500,530}"],
    ) {
        if let Err(error) = Filter::parse(&text) {
            prop_assert!(error.offset() <= text.len(), "{}", error);
        }
    }

    #[test]
    fn reads_back_every_topic_of_every_device(topic in topics(), product in "[0-9a-zA-Z]{1,10}", name in "[\\w&&[:ascii:]-]{1,64}") {
        let device = Device {
            product: ProductId::parse(&product).unwrap(),
            name: DeviceName::parse(&name).unwrap(),
        };
        let tree = if topic.is_in(Tree::Sys) { Tree::Sys } else { Tree::Subdev };
        let text = topic.write(tree, &device);
        let address = Address::parse(&text).unwrap();
        prop_assert_eq!(&address.device, &device);
        prop_assert_eq!(Topic::of(&address), Ok(topic));
        prop_assert_eq!(Filter::parse(&text).unwrap().rest(), address.rest());
    }
}

/// Reading gives an offset inside `bytes` or what writes the same ones again.
fn check_any(topic: &Topic, bytes: &[u8]) -> Result<(), TestCaseError> {
    match Message::decode(topic, bytes) {
        Ok(message) => prop_assert_eq!(message.encode(), bytes),
        Err(error) => {
            prop_assert!(error.offset <= bytes.len(), "{}", error);
            prop_assert_eq!(error.code.is_some(), topic.direction() == Direction::Up);
        }
    }
    DataPoints::read_id(bytes);
    Ok(())
}

/// A topic of every kind.
fn topics() -> impl Strategy<Value = Topic> {
    let fixed = [
        Topic::DataPoints,
        Topic::DataPointsAccepted,
        Topic::DataPointsRejected,
        Topic::ImageUpdate,
        Topic::ImageUpdateAccepted,
        Topic::ImageUpdateRejected,
        Topic::ImageUpdateDelta,
        Topic::ImageDelta,
        Topic::ImageGet,
        Topic::ImageGetAccepted,
        Topic::ImageGetRejected,
        Topic::Login,
        Topic::LogoutNotify,
        Topic::parse(Tree::Sys, "thing/tlv/down_reply/7").unwrap(),
    ];
    prop_oneof![prop::sample::select(fixed.to_vec()), command_topics()]
}

fn command_topics() -> impl Strategy<Value = Topic> {
    let ids = "[0-9a-f-]{1,36}".prop_map(|id| CommandId::parse(&id).unwrap());
    (ids, 0..4).prop_map(|(id, kind)| match kind {
        0 => Topic::CommandRequest(id),
        1 => Topic::CommandResponse(id),
        2 => Topic::CommandAccepted(id),
        _ => Topic::CommandRejected(id),
    })
}

/// A message of every kind, and a topic on which it goes.
fn messages() -> impl Strategy<Value = (Topic, Message)> {
    let id = || CommandId::parse("7").unwrap();
    prop_oneof![
        (ids(), vec(points(), 0..5)).prop_map(|(id, points)| {
            (Topic::DataPoints, Message::DataPoints(DataPoints::new(id, &points).unwrap()))
        }),
        ids().prop_map(|id| (Topic::DataPointsAccepted, Message::Accepted(Accepted::new(id)))),
        (option::of(ids()), codes()).prop_map(|(id, code)| {
            (Topic::DataPointsRejected, Message::Rejected(Rejected::data_points(id, code)))
        }),
        codes().prop_map(move |code| {
            (Topic::CommandRejected(id()), Message::Rejected(Rejected::plain(code)))
        }),
        vec(any::<u8>(), 0..40).prop_map(move |bytes| (Topic::CommandRequest(id()), Message::Command(bytes))),
        vec(any::<u8>(), 0..40).prop_map(move |bytes| {
            (Topic::CommandResponse(id()), Message::Answer(Answer::new(bytes).unwrap()))
        }),
        (option::of(states()), states()).prop_map(|(desired, reported)| {
            (Topic::ImageUpdate, Message::ImageUpdate(ImageUpdate::new(desired, Some(reported)).unwrap()))
        }),
        (states(), 0..i64::MAX, 0..i64::MAX).prop_map(|(state, version, at)| {
            let state: Vec<(&str, &Value, i64)> =
                state.iter().map(|(name, value)| (name.as_str(), value, at)).collect();
            (Topic::ImageDelta, Message::ImageDelta(ImageDelta::new(&state, version, at)))
        }),
        Just((Topic::ImageGet, Message::Empty)),
        vec(any::<u8>(), 0..40).prop_map(|bytes| (Topic::ImageGetAccepted, Message::Raw(bytes))),
    ]
}

fn ids() -> impl Strategy<Value = MessageId> {
    (0..=i32::MAX as u32).prop_map(|number| MessageId::new(number).unwrap())
}

fn codes() -> impl Strategy<Value = Code> {
    prop_oneof![(95..170_u16), any::<u16>()].prop_map(Code::from_number)
}

fn states() -> impl Strategy<Value = State> {
    vec(("\\PC{0,8}", values()), 0..4)
}

fn points() -> impl Strategy<Value = Point> {
    ("\\$?[A-Za-z0-9_.]{1,29}", option::of(0..i64::MAX), values()).prop_map(|(stream, at, value)| Point {
        stream: StreamName::parse(&stream).unwrap(),
        at,
        value,
    })
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        "\\PC{0,8}".prop_map(|text| Value::string(&text)),
        prop::sample::select(vec![
            "127.10",
            "-0",
            "1e3",
            "true",
            "null",
            "{ \"a.b\" : [1, {}] }",
            "[[[[[ 1 ]]]]]"
        ])
        .prop_map(|json| Value::parse(json).unwrap()),
    ]
}

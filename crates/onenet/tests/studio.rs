//! What holds for messages and thing models whatever they say: they read back, no bytes do harm, and every
//! recorded message of the real platform is read.
//!
//! `ONENET_VECTORS=path/to/vectors.json cargo test -p onenet --test studio` checks another file of records.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::{env, fs};

use onenet::Value;
use onenet::studio::{
    Batch, Code, Data, DataType, Decimal, Desired, DesiredVersion, Device, Function, Identifier, Message,
    MessageId, Moment, Named, Params, Point, Reply, Request, Series, SubToken, ThingModel, Topic,
    default_object,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

#[test]
fn recorded_messages_are_read_and_written_again() {
    let mut read = 0;
    for vector in vectors() {
        let inputs = &vector["inputs"];
        let payload = if vector["kind"] == "message" { &vector["text"] } else { &inputs["payload_text"] };
        let (Some(topic), Some(payload)) = (inputs["topic"].as_str(), payload.as_str()) else { continue };
        // $sys/{product ID}/{device name}/…
        let Some(behind) = topic.strip_prefix("$sys/").and_then(|rest| rest.splitn(3, '/').nth(2)) else {
            continue;
        };
        // The tree of the other generation has topics there, too.
        if !["thing/property", "thing/event", "thing/service", "thing/pack", "thing/history", "thing/sub"]
            .iter()
            .any(|tree| behind.starts_with(tree))
        {
            continue;
        }
        let name = &vector["name"];
        let topic = Topic::parse(behind).unwrap_or_else(|error| panic!("{name}: {error}"));
        let message = Message::decode(&topic, payload.as_bytes());
        let message = message.unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = String::from_utf8(message.encode()).unwrap();
        assert_eq!(written, without_white_space(payload), "{name}");
        read += 1;
    }
    println!("{read} messages of the thing model");
    // A file of one's own may have none of them.
    assert!(read > 0 || env::var_os("ONENET_VECTORS").is_some());
}

proptest! {
    #[test]
    fn reads_back_the_requests_it_writes(request in requests()) {
        let topic = request.topic();
        let message = Message::Request(request);
        prop_assert_eq!(Message::decode(&topic, &message.encode()), Ok(message));
    }

    #[test]
    fn reads_back_the_replies_it_writes((topic, reply) in replies()) {
        let message = Message::Reply(reply);
        prop_assert_eq!(Message::decode(&topic, &message.encode()), Ok(message));
    }

    #[test]
    fn any_bytes_are_read_or_refused_inside_the_payload(topic in topics(), bytes in vec(any::<u8>(), 0..60)) {
        check_any(&topic, &bytes)?;
    }

    #[test]
    fn any_text_of_json_signs_is_read_or_refused_inside_the_payload(
        topic in topics(),
        rest in "[{}\\[\\]\":,0-9a\n\u{6E29}]{0,30}",
    ) {
        check_any(&topic, rest.as_bytes())?;
        check_any(&topic, format!(r#"{{"id":"1","code":2,"params":{rest}}}"#).as_bytes())?;
        check_any(&topic, format!(r#"{{"id":"1","code":2,"data":{{{rest}}}}}"#).as_bytes())?;
    }

    #[test]
    fn any_damage_to_a_good_message_is_read_or_refused(
        request in requests(),
        topic in topics(),
        at in any::<prop::sample::Index>(),
        to in any::<u8>(),
        keep in any::<prop::sample::Index>(),
    ) {
        let own = request.topic();
        let good = Message::Request(request).encode();
        let mut changed = good.clone();
        changed[at.index(good.len())] = to;
        check_any(&own, &changed)?;
        check_any(&own, &good[..keep.index(good.len())])?;
        check_any(&own, &[&good[..], &[to]].concat())?;
        check_any(&topic, &good)?;
    }

    #[test]
    fn any_text_is_a_topic_or_refused_inside_it(
        text in prop_oneof![".{0,30}", "(thing|custome|ota)(/(property|sub|service|topo|post|reply|up|down|invoke|\u{6E29}|)){0,4}"],
    ) {
        match Topic::parse(&text) {
            Ok(topic) => prop_assert_eq!(topic.to_string(), text),
            Err(onenet::studio::TopicError::Unknown { offset }) => prop_assert!(text.is_char_boundary(offset)),
            Err(_) => {}
        }
    }

    #[test]
    fn any_damage_to_a_thing_model_is_read_or_refused(
        at in any::<prop::sample::Index>(),
        to in prop_oneof![any::<u8>(), prop::sample::select(b"{}[]\",:0-.e ".to_vec())],
        keep in any::<prop::sample::Index>(),
        request in requests(),
    ) {
        let mut changed = GREENHOUSE.to_vec();
        changed[at.index(GREENHOUSE.len())] = to;
        for bytes in [&changed[..], &changed[..keep.index(GREENHOUSE.len())]] {
            match ThingModel::import(bytes) {
                Ok(model) => use_model(&model, &request),
                Err(error) => prop_assert!(error.offset <= bytes.len(), "{}", error),
            }
        }
    }

    #[test]
    fn what_is_typed_as_a_number_is_kept_digit_by_digit(number in "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,25})?") {
        let value = DataType::Double(onenet::studio::Limits::default()).parse(&number).unwrap();
        prop_assert_eq!(value.as_json(), &*number);
        let decimal = Decimal::parse(&number).unwrap();
        prop_assert_eq!(decimal.as_str(), &*number);
    }

    #[test]
    fn any_text_can_be_typed_into_any_field(text in ".{0,12}") {
        for property in &greenhouse().properties {
            if let Ok(value) = property.data_type.parse(&text) {
                property.data_type.check(&value);
            }
        }
    }

    #[test]
    fn decimals_are_ordered_like_the_numbers_they_are(one in any::<i64>(), other in any::<i64>(), places in 0..30) {
        let compare = |one: String, other: String| Decimal::parse(&one).unwrap().compare(&Decimal::parse(&other).unwrap());
        prop_assert_eq!(compare(one.to_string(), other.to_string()), one.cmp(&other));
        prop_assert_eq!(compare(format!("{one}e-{places}"), format!("{other}e-{places}")), one.cmp(&other));
        prop_assert_eq!(compare(format!("{one}e{places}"), format!("{one}.0E{places}")), Ordering::Equal);
    }

    #[test]
    fn steps_are_counted_exactly(base in -1000_i64..1000, step in 1_i64..100, count in 0_i64..1000, off in 0_i64..100) {
        let tenths = |number: i64| Decimal::parse(&format!("{number}e-1")).unwrap();
        let value = tenths(base + step * count + off);
        prop_assert_eq!(value.is_in_steps(&tenths(base), &tenths(step)), Some(off % step == 0));
    }
}

/// Reading gives an offset inside `bytes` or what reads back.
fn check_any(topic: &Topic, bytes: &[u8]) -> Result<(), TestCaseError> {
    match Message::decode(topic, bytes) {
        Ok(message) => {
            if let Message::Request(request) = &message {
                request.check_limits();
                greenhouse().check(request);
            }
            if let Message::Reply(reply) = &message {
                greenhouse().check_reply(topic.function(), reply);
            }
            prop_assert_eq!(Message::decode(topic, &message.encode()), Ok(message));
        }
        Err(error) => prop_assert!(error.offset <= bytes.len(), "{}", error),
    }
    Ok(())
}

/// Whatever was imported, nothing panics.
fn use_model(model: &ThingModel, request: &Request) {
    for property in &model.properties {
        property.data_type.check(&property.data_type.default_value());
    }
    for event in &model.events {
        default_object(&event.output);
    }
    model.check(request);
}

static GREENHOUSE: &[u8] = include_bytes!("greenhouse.json");

fn greenhouse() -> ThingModel {
    ThingModel::import(GREENHOUSE).unwrap()
}

fn requests() -> impl Strategy<Value = Request> {
    (ids(), option::of("[0-9.]{0,4}"), params()).prop_map(|(id, version, params)| Request {
        id,
        version,
        params,
    })
}

fn params() -> impl Strategy<Value = Params> {
    let upward = prop_oneof![
        points().prop_map(Params::PropertyPost),
        points().prop_map(Params::EventPost),
        vec(identifiers(), 0..4).prop_map(Params::DesiredGet),
        vec((identifiers(), option::of(any::<u64>())), 0..4).prop_map(|versions| {
            let one = |(identifier, version)| DesiredVersion { identifier, version };
            Params::DesiredDelete(versions.into_iter().map(one).collect())
        }),
        vec(batches(points()), 0..3).prop_map(Params::PackPost),
        vec(batches(series()), 0..3).prop_map(Params::HistoryPost),
        devices().prop_map(Params::SubLogin),
        devices().prop_map(Params::SubLogout),
        (devices(), texts()).prop_map(|(device, token)| Params::TopoAdd(device, SubToken(token))),
        (devices(), texts()).prop_map(|(device, token)| Params::TopoDelete(device, SubToken(token))),
        Just(Params::TopoGet),
    ];
    let downward = prop_oneof![
        named().prop_map(Params::PropertySet),
        vec(identifiers(), 0..4).prop_map(Params::PropertyGet),
        (identifiers(), named()).prop_map(|(identifier, input)| Params::Service { identifier, input }),
        vec(devices(), 0..3).prop_map(Params::TopoChange),
        (devices(), vec(identifiers(), 0..4))
            .prop_map(|(device, names)| Params::SubPropertyGet { device, names }),
        (devices(), named()).prop_map(|(device, values)| Params::SubPropertySet { device, values }),
        (devices(), identifiers(), named()).prop_map(|(device, identifier, input)| Params::SubService {
            device,
            identifier,
            input
        }),
        option::of(values()).prop_map(Params::OtaInform),
    ];
    prop_oneof![upward, downward]
}

/// Replies with the data that their topics have.
fn replies() -> impl Strategy<Value = (Topic, Reply)> {
    let desired = (identifiers(), values(), option::of(any::<u64>()))
        .prop_map(|(identifier, value, version)| Desired { identifier, value, version });
    let data = prop_oneof![
        named().prop_map(|values| (Function::PropertyGet, Data::Values(values))),
        named().prop_map(|values| (Function::SubPropertyGet, Data::Values(values))),
        (identifiers(), named()).prop_map(|(name, values)| (Function::Service(name), Data::Values(values))),
        vec(desired, 0..3).prop_map(|values| (Function::DesiredGet, Data::Desired(values))),
        vec(devices(), 0..3).prop_map(|devices| (Function::TopoGet, Data::Devices(devices))),
        (devices(), identifiers(), named()).prop_map(|(device, identifier, output)| {
            (Function::SubService, Data::SubOutput { device, identifier, output })
        }),
        // `null` is no data at all.
        (0..1000_u16).prop_map(|number| {
            (Function::PropertyPost, Data::Other(Value::from_text(&number.to_string())))
        }),
    ];
    (ids(), any::<i64>(), option::of(texts()), data, any::<bool>()).prop_map(
        |(id, code, msg, (function, data), bare)| {
            let data = if bare { None } else { Some(data) };
            (Topic::Reply(function), Reply { id, code: Code(code), msg, data })
        },
    )
}

fn topics() -> impl Strategy<Value = Topic> {
    let functions = prop_oneof![
        prop::sample::select(Function::FIXED.to_vec()),
        identifiers().prop_map(Function::Service),
        identifiers().prop_map(Function::CustomDown),
    ];
    (functions, 0..5).prop_map(|(function, which)| match which {
        0..=2 => Topic::Request(function),
        3 => Topic::Reply(function),
        _ => Topic::TopoResult,
    })
}

fn batches<T: std::fmt::Debug>(
    parts: impl Strategy<Value = Vec<T>> + Clone,
) -> impl Strategy<Value = Batch<T>> {
    (option::of(devices()), parts.clone(), parts).prop_map(|(device, properties, events)| Batch {
        device,
        properties,
        events,
    })
}

fn points() -> impl Strategy<Value = Vec<Point>> + Clone {
    vec((identifiers(), moments()).prop_map(|(identifier, moment)| Point { identifier, moment }), 0..4)
}

fn series() -> impl Strategy<Value = Vec<Series>> + Clone {
    let one = (identifiers(), vec(moments(), 0..3))
        .prop_map(|(identifier, moments)| Series { identifier, moments });
    vec(one, 0..3)
}

fn named() -> impl Strategy<Value = Vec<Named>> {
    vec((identifiers(), values()).prop_map(|(identifier, value)| Named { identifier, value }), 0..4)
}

fn moments() -> impl Strategy<Value = Moment> + Clone {
    (values(), option::of(any::<u64>())).prop_map(|(value, time)| Moment { value, time })
}

fn devices() -> impl Strategy<Value = Device> + Clone {
    (texts(), texts()).prop_map(|(product, name)| Device { product, name })
}

fn ids() -> impl Strategy<Value = MessageId> {
    "[0-9]{1,13}".prop_map(|text| MessageId::parse(&text).unwrap())
}

/// Names of the greenhouse among any others.
fn identifiers() -> impl Strategy<Value = Identifier> + Clone {
    let known = prop::sample::select(vec!["temperature", "fan", "mode", "soil", "dry", "water"]);
    prop_oneof![known.prop_map(str::to_owned), "[^/+#\u{0}]{1,6}"]
        .prop_map(|text| Identifier::parse(&text).unwrap())
}

fn values() -> impl Strategy<Value = Value> + Clone {
    let json = prop::sample::select(vec!["{}", "[{ }]", "true", "1.50", "-0", "1e400", r#"{"a":[null]}"#]);
    prop_oneof![json.prop_map(Value::from_text), texts().prop_map(|text| Value::from_text(&text))]
}

fn texts() -> impl Strategy<Value = String> + Clone {
    "\\PC{0,8}"
}

/// The same JSON without what stands between its parts.
fn without_white_space(json: &str) -> String {
    let (mut inside, mut escaped) = (false, false);
    json.chars()
        .filter(|&c| {
            let keep = inside || !c.is_ascii_whitespace();
            if c == '"' && !escaped {
                inside = !inside;
            }
            escaped = inside && c == '\\' && !escaped;
            keep
        })
        .collect()
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

//! Topics and messages of the platforms with tokens: what is shown of them, and what is wrong with broken ones. Each
//! was read by eye.

use dissect::{Field, Head, Node, Problem, Value, dissect};
use expect_test::{expect, expect_file};
use frame::{Connect, Packet, Publish, QoS, Subscribe, SubscribeFilter, Unsubscribe, encode};

use crate::samples::{BROKEN_MESSAGES, FILTERS, MESSAGES, TOKENS};
use crate::told::{tell, tell_leaves};

const SYS: &str = "$sys/VRqhDHF2wL/my_tv/";

#[test]
fn every_message_has_a_tree() {
    let mut told = String::new();
    for (topic, payload) in MESSAGES {
        told.push_str(&format!("# {topic}\n\n{}\n", behind_fixed_header(&tell(&publish(topic, payload)))));
    }
    expect_file!["messages.txt"].assert_eq(&told);
}

#[test]
fn a_broken_message_is_shown_up_to_the_fault() {
    let mut told = String::new();
    for (topic, payload) in BROKEN_MESSAGES {
        let frame = publish(topic, payload);
        let leaves = tell_leaves(&frame);
        // The first three leaves are the fixed header and the length of the topic.
        let shown: String = leaves.split_inclusive('\n').skip(3).collect();
        told.push_str(&format!("# {topic} {payload}\n\n{shown}\n"));
    }
    expect_file!["broken_messages.txt"].assert_eq(&told);
}

#[test]
fn filters_are_taken_apart_like_topics() {
    let mut told = String::new();
    for filter in FILTERS {
        let mut subscribe = Subscribe::new((*filter).to_owned(), QoS::AtMostOnce);
        subscribe.pkid = 1;
        let frame = encode(&Packet::Subscribe(subscribe)).unwrap();
        let leaves = tell_leaves(&frame);
        let shown: String = leaves.split_inclusive('\n').skip(4).collect();
        told.push_str(&format!("# {filter}\n\n{shown}\n"));
    }
    expect_file!["filters.txt"].assert_eq(&told);
}

#[test]
fn the_first_filter_that_no_platform_takes_is_the_fault() {
    let filter = |rest: &str| SubscribeFilter::new(format!("{SYS}{rest}"), QoS::AtMostOnce);
    let mut subscribe = Subscribe::new_many([filter("#"), filter("cmd+"), filter("#/a")]);
    subscribe.pkid = 1;
    let told = dissect(&encode(&Packet::Subscribe(subscribe)).unwrap()).fault.unwrap().to_string();
    expect!["wildcard at byte 57 does not stand alone, or # does not stand last (byte 57 of the frame)"]
        .assert_eq(&told);
    let topics = vec![format!("{SYS}cmd+")];
    let unsubscribe = encode(&Packet::Unsubscribe(Unsubscribe { pkid: 1, topics })).unwrap();
    assert_eq!(dissect(&unsubscribe).fault, None, "giving it back does no harm");
}

#[test]
fn a_login_is_named_after_its_password() {
    for (password, [client_id, user_name]) in [
        ("um151515", [Field::Text, Field::Text]),
        ("res", [Field::Text, Field::Text]),
        ("res=products", [Field::DeviceName, Field::ProductId]),
        ("et=1&method=md5", [Field::DeviceName, Field::ProductId]),
    ] {
        let mut connect = Connect::new("my_tv");
        connect.set_login("VRqhDHF2wL", password);
        let frame = encode(&Packet::Connect(connect)).unwrap();
        let dissection = dissect(&frame);
        assert_eq!(
            dissection.fault, None,
            "{password}: whether it lets anybody in is for the platform to say"
        );
        let content = |field| content(&dissection.root, field);
        assert_eq!(
            (content(Field::ClientId), content(Field::UserName)),
            (client_id, user_name),
            "{password}"
        );
        let secret = frame.len() - password.len()..frame.len();
        assert_eq!(dissection.secrets(), [secret]);
    }
}

#[test]
fn a_token_is_taken_apart_however_it_is_written() {
    let mut told = String::new();
    for token in TOKENS {
        let mut connect = Connect::new("d");
        connect.set_login("p", *token);
        let leaves = tell_leaves(&encode(&Packet::Connect(connect)).unwrap());
        let shown: String = leaves.split_inclusive('\n').skip(11).collect();
        told.push_str(&format!("# {token}\n\n{shown}\n"));
    }
    expect_file!["tokens.txt"].assert_eq(&told);
}

#[test]
fn the_token_of_a_sub_device_is_secret() {
    let shown = |payload: &str| {
        let frame = publish("$sys/a/gateway/thing/sub/topo/add", payload);
        let dissection = dissect(&frame);
        let mut masked = frame.clone();
        dissection.secrets().into_iter().for_each(|secret| masked[secret].fill(b'*'));
        String::from_utf8_lossy(&masked[masked.len() - payload.len()..]).into_owned()
    };
    let good = r#"{"id":"1","params":{"deviceName":"d","productID":"p","sasToken":"sign=x"}}"#;
    assert_eq!(shown(good), r#"{"id":"1","params":{"deviceName":"d","productID":"p","sasToken":********}}"#);
    // Spelt so that it is found by reading alone, and broken.
    let escaped = good.replace("sasToken", r"sasT\u006Fken");
    assert_eq!(shown(&escaped), "*".repeat(escaped.len()));
    assert_eq!(shown(&good[..good.len() - 1]), "*".repeat(good.len() - 1));
    let reply = publish("$sys/a/gateway/thing/sub/topo/add/reply", r#"{"id":"1","code":200}"#);
    assert_eq!(dissect(&reply).secrets(), []);
}

#[test]
fn the_token_of_a_sub_device_is_secret_in_a_frame_that_nobody_can_send() {
    let payload = r#"{"id":"1","params":{"deviceName":"d","productID":"p","sasToken":"version=2018-10-31&sign=######"}}"#;
    for (name, first, topic) in [
        ("QoS 3", 0x36, "$sys/a/gateway/thing/sub/topo/add"),
        ("DUP at QoS 0", 0x38, "$sys/a/gateway/thing/sub/topo/add"),
        ("a space in the device name", 0x30, "$sys/a/my gateway/thing/sub/topo/add"),
        ("a product that is none", 0x30, "$sys/a_b/gateway/thing/sub/topo/delete"),
        ("a level that is missing", 0x30, "$sys/gateway/thing/sub/topo/add"),
        ("no $", 0x30, "sys/a/gateway/thing/sub/topo/add"),
    ] {
        let mut publish =
            Publish::new(topic, if first == 0x36 { QoS::AtLeastOnce } else { QoS::AtMostOnce }, payload);
        publish.pkid = 1;
        let mut frame = encode(&Packet::Publish(publish)).unwrap().to_vec();
        frame[0] = first;
        // Also while it arrives.
        for end in 1..=frame.len() {
            let (mut shown, frame) = (frame[..end].to_vec(), &frame[..end]);
            assert_eq!(Head::read(frame).may_hold_secrets(), Head::read(frame).topic.is_some(), "{name}");
            dissect(frame).secrets().into_iter().for_each(|secret| shown[secret].fill(b'*'));
            assert!(!shown.contains(&b'#'), "{name}: {}", String::from_utf8_lossy(&shown));
        }
    }
}

#[test]
fn a_fault_has_the_code_of_its_platform() {
    let code = |topic: &str, payload: &str| {
        dissect(&publish(&format!("{SYS}{topic}"), payload)).fault.unwrap().problem.code()
    };
    assert_eq!(code("dp/post/json", "{}"), Some((98, "illegal data")));
    assert_eq!(code("image/update", "{"), Some((160, "illegal json")));
    assert_eq!(code("image/update", r#"{"state":{}}"#), Some((164, "desired or reported key not found")));
    assert_eq!(code("cmd/response/1", &"x".repeat(1_024)), Some((99, "maximum payload size exceeded")));
    assert_eq!(code("thing/property/post", "{}"), Some((312, "invalid msg id")));
    assert_eq!(code("thing/property/set_reply", r#"{"id":"1","code":"200"}"#), Some((304, "resp error")));
    // The platform does not refuse what it sends itself.
    assert_eq!(code("dp/post/json/accepted", "{}"), None);
    assert_eq!(code("thing/property/set", "{}"), None);
}

#[test]
fn a_message_that_has_not_wholly_arrived_is_wrong_only_where_no_byte_can_put_it_right() {
    let frame = publish(&format!("{SYS}dp/post/json"), r#"{"id":-1.5,"dp":{"温":1}}"#);
    let problem = |length: usize| dissect(&frame[..length]).fault.unwrap().problem;
    for length in 0..frame.len() {
        assert!(matches!(problem(length), Problem::Incomplete { .. }), "{length}");
    }
    let frame = publish(&format!("{SYS}dp/post/json"), "{\"id\":x ");
    let fault = dissect(&frame[..frame.len() - 1]).fault.unwrap();
    assert!(matches!(fault.problem, Problem::Incomplete { .. }), "{fault}");
    let frame = publish(&format!("{SYS}dp/post/json"), "{\"id\":x      ");
    let fault = dissect(&frame[..frame.len() - 1]).fault.unwrap();
    assert!(matches!(fault.problem, Problem::Suite { .. }), "{fault}");
    let topic = publish(&format!("{SYS}dp/pst"), "{}");
    let fault = dissect(&topic[..topic.len() - 1]).fault.unwrap();
    assert!(matches!(fault.problem, Problem::Topic(_)), "{fault}");
    let question = publish(&format!("{SYS}image/get"), "abc");
    let fault = dissect(&question[..question.len() - 1]).fault.unwrap();
    assert_eq!(
        fault.to_string(),
        "payload has 3 bytes, it must be empty (98 illegal data) at byte 35 of the frame"
    );
    let half = dissect(&topic[..20]).fault.unwrap();
    assert!(matches!(half.problem, Problem::Incomplete { .. }), "{half}");
}

#[test]
fn times_are_numbers_and_codes_have_names() {
    let value = |topic: &str, payload: &str, field: Field| {
        let dissection = dissect(&publish(&format!("{SYS}{topic}"), payload));
        assert_eq!(dissection.fault, None);
        find(&dissection.root, field).unwrap().value.clone()
    };
    let named = |name: &str| Value::Name(name.to_owned());
    let points = r#"{"id":1,"dp":{"a":[{"v":1,"t":1552289676}]}}"#;
    assert_eq!(value("dp/post/json", points, Field::UnixSeconds), Value::Number(1_552_289_676));
    let property = r#"{"id":"1","params":{"a":{"value":1,"time":1524448722123}}}"#;
    assert_eq!(value("thing/property/post", property, Field::UnixMillis), Value::Number(1_524_448_722_123));
    let rejected = r#"{"id":-1,"err_code":98,"err_msg":"illegal data"}"#;
    assert_eq!(value("dp/post/json/rejected", rejected, Field::ErrorCode), named("98 illegal data"));
    let unknown = r#"{"err_code":7,"err_msg":""}"#;
    assert_eq!(value("image/get/rejected", unknown, Field::ErrorCode), Value::Text);
    let reply = r#"{"id":"1","code":309}"#;
    assert_eq!(value("thing/event/post/reply", reply, Field::ReplyCode), named("309 identifier not exist"));
}

fn find(node: &Node, field: Field) -> Option<&Node> {
    if node.field == field {
        return Some(node);
    }
    node.children.iter().find_map(|child| find(child, field))
}

/// What the text behind the length of a field is.
fn content(root: &Node, field: Field) -> Field {
    find(root, field).unwrap().children.last().unwrap().field
}

/// The parts behind the length of the topic.
fn behind_fixed_header(told: &str) -> String {
    told.split_inclusive('\n').skip_while(|line| !line.contains("FieldLength")).skip(1).collect()
}

fn publish(topic: &str, payload: &str) -> Vec<u8> {
    encode(&Packet::Publish(Publish::new(topic, QoS::AtMostOnce, payload))).unwrap().to_vec()
}

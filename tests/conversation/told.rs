//! A device of a platform with tokens, and a platform whose every byte a test says.

use bytes::Bytes;
use onenet::Generation;
use onenet::studio::{Message, Topic};
use onenet_web::client::{FarEnd, LinkEvent};
use onenet_web::feed::{AutoReply, SubscriptionState};
use onenet_web::locale::Language;
use onenet_web::state::Action;
use onenet_web::upload::{Content, UploadForm};
use session::Granted;

use super::stage::{Stage, accept, hear, say};

const DEVICE: &str = "$sys/VRqhDHF2wL/my_tv/";

#[test]
fn subscribes_to_all_replies_right_after_the_login() {
    let (mut stage, mut far) = logged_in("my_tv");
    assert_eq!(hear(&mut far).unwrap(), subscribe(&format!("{DEVICE}#")));
    tell(&mut stage, &far, &[0x90, 3, 0, 1, 0]);
    let subscriptions: Vec<_> = stage.state().subscriptions.iter().cloned().collect();
    assert_eq!(subscriptions.len(), 1);
    assert_eq!(subscriptions[0].state, SubscriptionState::Answered(Granted::AtMostOnce));
}

#[test]
fn another_device_hears_its_own_tree_alone() {
    let (mut stage, _far) = logged_in("my_tv");
    let mut far = log_in(&mut stage, "lamp");
    assert_eq!(hear(&mut far).unwrap()[6..], subscribe("$sys/VRqhDHF2wL/lamp/#")[6..]);
    let filters: Vec<String> = stage.state().subscriptions.iter().map(|one| one.filter.clone()).collect();
    assert_eq!(filters, ["$sys/VRqhDHF2wL/lamp/#"]);
}

#[test]
fn says_nothing_of_the_kind_when_told_so() {
    let mut stage = Stage::new();
    stage.act(|client| client.hear_all(false));
    let mut far = log_in(&mut stage, "my_tv");
    assert_eq!(hear(&mut far), None);
}

#[test]
fn sets_what_it_is_told_and_answers_with_it() {
    let (mut stage, mut far) = logged_in("my_tv");
    hear(&mut far).expect("the subscription");
    publish(&mut stage, &far, "thing/property/set", r#"{"id":"7","version":"1.0","params":{"heat":27.50}}"#);
    assert_eq!(answered(&mut far), ("thing/property/set_reply".to_owned(), success("7", "")));
    publish(&mut stage, &far, "thing/property/get", r#"{"id":"8","version":"1.0","params":["heat","dust"]}"#);
    assert_eq!(
        answered(&mut far),
        ("thing/property/get_reply".to_owned(), success("8", r#","data":{"heat":27.50}"#))
    );
    assert_eq!(stage.state().history.latest().next().unwrap().1.value.as_json(), "27.50");
}

#[test]
fn a_device_that_refuses_keeps_its_value() {
    let (mut stage, mut far) = logged_in("my_tv");
    hear(&mut far).expect("the subscription");
    let mut replies = AutoReply::defaults();
    for reply in replies.iter_mut().filter(|reply| reply.filter.ends_with("/set")) {
        reply.text = r#"{"id":"{{id}}","code":302,"msg":"data type error"}"#.to_owned();
    }
    stage.act(|client| client.reply(replies));
    publish(&mut stage, &far, "thing/property/set", r#"{"id":"7","params":{"heat":27.50}}"#);
    assert!(answered(&mut far).1.contains("302"));
    publish(&mut stage, &far, "thing/property/get", r#"{"id":"8","params":["heat"]}"#);
    assert_eq!(answered(&mut far).1, success("8", r#","data":{}"#));
}

#[test]
fn an_answer_by_hand_goes_to_the_right_request() {
    let (mut stage, mut far) = logged_in("my_tv");
    hear(&mut far).expect("the subscription");
    stage.act(|client| client.reply(Vec::new()));
    publish(&mut stage, &far, "thing/service/dim/invoke", r#"{"id":"9","params":{"to":3}}"#);
    assert_eq!(hear(&mut far), None);
    let ask = stage.state().history.newest_first().next().unwrap().reading.ask.clone().unwrap();
    let upload = onenet_web::upload::Upload::message(ask.reply.clone(), ask.template.clone());
    stage.act(|client| client.upload(upload));
    let (topic, text) = answered(&mut far);
    assert_eq!((topic.as_str(), text), ("thing/service/dim/invoke_reply", success("9", r#","data":{}"#)));
    let state = stage.state();
    let item = state.outbox.newest_first().next().unwrap();
    assert!(ask.is_answered_by(&item.upload.topic, &item.upload.payload));
}

#[test]
fn ids_count_on_with_every_upload() {
    let (mut stage, mut far) = logged_in("my_tv");
    hear(&mut far).expect("the subscription");
    let form = UploadForm { content: Content::Properties, ..stage.state().upload.clone() };
    stage.apply(Action::EditUpload(form));
    for id in ["1", "2"] {
        let upload = stage.state().upload.parse(onenet::Timestamp::default()).unwrap();
        stage.act(|client| client.upload(upload));
        let (topic, text) = answered(&mut far);
        assert_eq!(topic, "thing/property/post");
        assert_eq!(text, format!(r#"{{"id":"{id}","version":"1.0","params":{{"wendu":{{"value":55}}}}}}"#));
    }
    assert_eq!(stage.state().upload.id, "3");
}

#[test]
fn an_upload_that_the_platform_refuses_says_so_where_it_is_listed() {
    let (mut stage, mut far) = logged_in("my_tv");
    hear(&mut far).expect("the subscription");
    let form = UploadForm { content: Content::Properties, ..stage.state().upload.clone() };
    stage.apply(Action::EditUpload(form));
    for _ in 1..=2 {
        let upload = stage.state().upload.parse(onenet::Timestamp::default()).unwrap();
        stage.act(|client| client.upload(upload));
        answered(&mut far);
    }
    publish(&mut stage, &far, "thing/property/post/reply", r#"{"id":"2","code":200,"msg":"success"}"#);
    publish(
        &mut stage,
        &far,
        "thing/property/post/reply",
        r#"{"id":"1","code":309,"msg":"identifier not exist"}"#,
    );
    let state = stage.state();
    let words = Language::English.words();
    let lines: Vec<String> = state.outbox.newest_first().map(words.sending.progress).collect();
    assert!(lines[0].ends_with("; accepted by the platform: 200 success"), "{lines:?}");
    assert!(lines[1].ends_with("; rejected by the platform: 309 identifier not exist"), "{lines:?}");
    assert_eq!(state.outbox.rejected(), 1);
}

// ── helpers ──

fn logged_in(device: &str) -> (Stage, FarEnd) {
    let mut stage = Stage::new();
    let far = log_in(&mut stage, device);
    (stage, far)
}

fn log_in(stage: &mut Stage, device: &str) -> FarEnd {
    let mut form = stage.state().connect.clone();
    form.generation = Generation::Studio;
    form.product_id = "VRqhDHF2wL".to_owned();
    form.device_id = device.to_owned();
    form.token.key = "5XHGxLb9".to_owned();
    form.upload_first = false;
    stage.apply(Action::EditConnect(form.clone()));
    stage.connect(|typed| {
        let destination = onenet_web::connect::Destination::Address;
        *typed = onenet_web::connect::ConnectForm { destination, ..form };
        typed.address = "ws://relay.example/mqtt/onenet-studio".to_owned();
    });
    let mut far = stage.answer();
    accept(stage, &mut far, 0);
    far
}

fn subscribe(filter: &str) -> Vec<u8> {
    let mut frame = vec![0x82, (filter.len() + 5) as u8, 0, 1, 0, filter.len() as u8];
    frame.extend_from_slice(filter.as_bytes());
    frame.push(1);
    frame
}

fn tell(stage: &mut Stage, far: &FarEnd, bytes: &[u8]) {
    say(far, LinkEvent::Bytes(Bytes::copy_from_slice(bytes)));
    stage.settle();
}

fn publish(stage: &mut Stage, far: &FarEnd, rest: &str, payload: &str) {
    let message = session::Message {
        topic: format!("{DEVICE}{rest}"),
        payload: Bytes::copy_from_slice(payload.as_bytes()),
        qos: session::Qos::AtMostOnce,
        retain: false,
    };
    tell(stage, far, &message.frame(None).unwrap());
}

/// Topic without the names, and text, of the PUBLISH that is heard next.
fn answered(far: &mut FarEnd) -> (String, String) {
    let frame = hear(far).expect("a PUBLISH");
    let head = dissect::Head::read(&frame);
    let rest = head.topic.and_then(|topic| topic.strip_prefix(DEVICE)).expect("a topic of the device");
    Message::decode(&Topic::parse(rest).unwrap(), head.payload).expect("a message of its topic");
    (rest.to_owned(), String::from_utf8(head.payload.to_vec()).unwrap())
}

fn success(id: &str, data: &str) -> String {
    format!(r#"{{"id":"{id}","code":200,"msg":"success"{data}}}"#)
}

use onenet::rules::Readings;
use onenet::studio::ThingModel;
use proptest::prelude::*;

use super::*;
use crate::upload::{PlatformCode, Sender};

fn answer(reply: &AutoReply, topic: &str, payload: &str) -> Option<(String, String)> {
    let now = Timestamp::parse("2016-08-15T14:47:00").unwrap();
    let upload = reply.answer(topic, payload.as_bytes(), now, &Values::default())?;
    Some((upload.topic, upload.summary))
}

fn on(text: &str) -> AutoReply {
    AutoReply { on: true, text: text.to_owned(), ..AutoReply::default() }
}

#[test]
fn confirms_commands_when_it_is_on() {
    let reply = on("{{value}} at {{now}} for {{id}}");
    let said = "opendoor at 2016-08-15T14:47:00 for 7";
    assert_eq!(answer(&reply, "$creq/7", "opendoor"), Some(("$crsp/7".to_owned(), said.to_owned())));
    assert_eq!(answer(&AutoReply { on: false, ..reply.clone() }, "$creq/7", "x"), None);
    assert_eq!(answer(&reply, "room", "x"), None);
}

#[test]
fn requests_of_a_thing_model_are_answered_from_what_the_device_knows() {
    let mut values = Values::default();
    let device = "$sys/VRqhDHF2wL/my_tv/thing/";
    values.say(&format!("{device}property/post"), br#"{"id":"1","params":{"heat":{"value":27.50}}}"#);
    let answer = |rest: &str, payload: &str| {
        let topic = format!("{device}{rest}");
        let now = Timestamp::default();
        let answers = AutoReply::defaults();
        let upload = answers.iter().find_map(|reply| reply.answer(&topic, payload.as_bytes(), now, &values));
        let upload = upload.expect("a device must answer");
        assert_eq!(upload.topic, format!("{topic}_reply"));
        String::from_utf8(upload.payload.to_vec()).unwrap()
    };
    let set = answer("property/set", r#"{"id":"7","params":{"switch":1}}"#);
    assert_eq!(set, r#"{"id":"7","code":200,"msg":"success"}"#);
    let get = answer("property/get", r#"{"id":"8","params":["heat","unheard"]}"#);
    assert_eq!(get, r#"{"id":"8","code":200,"msg":"success","data":{"heat":27.50}}"#);
    let called = answer("service/dim/invoke", r#"{"id":"9","params":{"to":3}}"#);
    assert_eq!(called, r#"{"id":"9","code":200,"msg":"success","data":{}}"#);
}

#[test]
fn commands_of_the_suite_are_answered_when_somebody_says_so() {
    let command = "$sys/321016/lamp/cmd/request/4b97-72";
    let mut replies = AutoReply::defaults();
    assert!(replies.iter().all(|reply| answer(reply, command, "open").is_none()));
    replies.iter_mut().for_each(|reply| reply.on = true);
    let given = replies.iter().find_map(|reply| answer(reply, command, "open"));
    assert_eq!(given.unwrap().0, "$sys/321016/lamp/cmd/response/4b97-72");
}

#[test]
fn each_service_of_a_thing_model_gets_an_answer_of_its_own() {
    let model =
        r#"{"services":[{"identifier":"dim","output":[{"identifier":"done","dataType":{"type":"bool"}}]}]}"#;
    let model = studio::ThingModel::import(model.as_bytes()).unwrap();
    let replies = AutoReply::for_services(&AutoReply::defaults(), model.services.iter());
    let texts: Vec<&str> = replies.iter().map(|reply| reply.text.as_str()).collect();
    assert_eq!(texts[4], r#"{"id":"{{id}}","code":200,"msg":"success","data":{"done":false}}"#);
    assert_eq!(replies[5], AutoReply::service("+", "{}"), "the answer to any other comes behind it");
    assert_eq!(AutoReply::for_services(&replies, model.services.iter()), replies, "once is enough");
}

#[test]
fn answers_are_checked_before_anybody_asks() {
    let model =
        r#"{"services":[{"identifier":"dim","output":[{"identifier":"done","dataType":{"type":"bool"}}]}]}"#;
    let model = ThingModel::import(model.as_bytes()).unwrap();
    let (product, device) = ("VRqhDHF2wL".to_owned(), "my_tv".to_owned());
    let sender = Sender { generation: Generation::Studio, product, device };
    let problems = |reply: &AutoReply| reply.problems(&sender, Some(&model), Some(&Readings::default()));
    let count = |reply: &AutoReply| problems(reply).len();
    let defaults = AutoReply::defaults().into_iter().filter(|reply| reply.suits(Generation::Studio));
    assert!(
        AutoReply::for_services(&defaults.collect::<Vec<_>>(), model.services.iter())
            .iter()
            .all(|reply| count(reply) == 0)
    );
    assert_eq!(count(&AutoReply::service("dim", r#"{"done":1}"#)), 1, "a number is no bool");
    assert_eq!(count(&AutoReply::service("+", "{")), 1, "that is no JSON");
}

#[test]
fn an_answer_with_the_same_id_for_all_is_warned_of() {
    let sender =
        |generation| Sender { generation, product: "VRqhDHF2wL".to_owned(), device: "my_tv".to_owned() };
    let problems = |generation, filter: &str, topic: &str, text: &str| {
        let (filter, topic, text) = (filter.to_owned(), topic.to_owned(), text.to_owned());
        AutoReply { on: true, filter, topic, text }.problems(
            &sender(generation),
            None,
            Some(&Readings::default()),
        )
    };
    let studio = |filter: &str, text: &str| problems(Generation::Studio, filter, "{{reply}}", text);
    let unknown = Some(PlatformCode::Studio(studio::Code::REPLY_UNKNOWN));
    let fixed = [ReplyProblem::FixedId(ReplyField::Text, unknown)];
    let success = r#"{"id":"1","code":200,"msg":"success"}"#;
    for filter in ["$sys/+/+/thing/property/set", "$sys/+/+/thing/service/+/invoke", "$sys/+/+/thing/#"] {
        assert_eq!(studio(filter, success), fixed, "{filter}");
        assert_eq!(studio(filter, &success.replace('1', "{{id}}")), [], "{filter}");
    }
    assert_eq!(studio("$sys/+/+/custome/down/+", success), [], "those bytes are the product's own");
    let commands = "$sys/+/+/cmd/request/+";
    let response = |level: &str| format!("$sys/VRqhDHF2wL/my_tv/cmd/response/{level}");
    let suite = |topic: &str| problems(Generation::Suite, commands, topic, "ok");
    let unknown = Some(PlatformCode::Suite(onenet::suite::Code::CommandNotFound));
    assert_eq!(suite(&response("7")), [ReplyProblem::FixedId(ReplyField::Topic, unknown)]);
    assert_eq!(suite(&response("{{id}}")), []);
    assert_eq!(suite("{{reply}}"), []);
    let legacy = problems(Generation::Legacy, "$creq/+", "$crsp/7", "ok");
    assert_eq!(legacy, [ReplyProblem::FixedId(ReplyField::Topic, None)]);
}

#[test]
fn a_placeholder_that_there_is_not_is_named() {
    let problems = |topic: &str| {
        let reply = AutoReply { topic: topic.to_owned(), ..AutoReply::default() };
        reply.problems(&Sender::default(), None, None)
    };
    let [ReplyProblem::Placeholder(name)] = &problems("$crsp/{{nope}}")[..] else { panic!("not told") };
    assert_eq!(name, "nope");
    assert_eq!(problems("{{now}}/{{value}}/{{data}}/{{id}}"), []);
    assert_eq!(problems("a{{b"), []);
}

#[test]
fn each_protocol_sees_its_own_answers() {
    let suiting = |generation| {
        let replies = AutoReply::defaults();
        replies.iter().filter(|reply| reply.suits(generation)).count()
    };
    assert_eq!([Generation::Legacy, Generation::Suite, Generation::Studio].map(suiting), [1, 1, 3]);
}

#[test]
fn keeps_what_is_no_placeholder() {
    let said = |text: &str| answer(&on(text), "$creq/7", "x").map(|(_, said)| said);
    assert_eq!(said("{{who}} {{ {{value}}"), Some("{{who}} {{ x".to_owned()));
    assert_eq!(said("{{{value}}}"), Some("{{{value}}}".to_owned()));
}

#[test]
fn topics_that_onenet_refuses_are_pointed_at() {
    let objections = |reply: &AutoReply| reply.problems(&Sender::default(), None, Some(&Readings::default()));
    assert!(objections(&AutoReply::default()).is_empty());
    let dashed = AutoReply { topic: "log-{{value}}".to_owned(), ..AutoReply::default() };
    assert_eq!(objections(&dashed).len(), 1);
}

#[test]
fn does_not_answer_where_it_came_from() {
    let echo = AutoReply { filter: "room".to_owned(), topic: "room".to_owned(), ..on("{{value}}") };
    assert_eq!(answer(&echo, "room", "x"), None);
    let nameless = AutoReply { filter: "room".to_owned(), ..on("x") };
    assert_eq!(answer(&nameless, "room", "x"), None, "there is no command id");
}

proptest! {
    #[test]
    fn any_template_is_filled(template in "[{}a-z ]{0,30}") {
        let _ = answer(&on(&template), "$creq/7", "x");
    }
}

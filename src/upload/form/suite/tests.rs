use onenet::Generation;
use onenet::rules::{Place, Readings};
use onenet::suite::StreamNameError;
use session::Qos;

use super::*;
use crate::upload::{Encoding, Objection, Sender};

fn form(content: Content) -> UploadForm {
    let sender = Sender {
        generation: Generation::Suite,
        product: "321016".to_owned(),
        device: "ESP8266_01".to_owned(),
    };
    UploadForm { sender, content, ..UploadForm::default() }
}

fn row(stream: &str, at: &str, value: &str) -> Row {
    Row { stream: stream.to_owned(), at: at.to_owned(), value: value.to_owned() }
}

#[track_caller]
fn check(form: &UploadForm, topic: &str, payload: &str) {
    let upload = form.parse(Timestamp::default()).unwrap();
    assert_eq!(upload.topic, format!("$sys/321016/ESP8266_01/{topic}"));
    assert_eq!(upload.payload.escape_ascii().to_string(), payload.as_bytes().escape_ascii().to_string());
    assert_eq!(form.objections(&upload, &Readings::default()), []);
}

#[track_caller]
fn check_problems(form: &UploadForm, expected: &[(UploadField, UploadProblem)]) {
    assert_eq!(form.parse(Timestamp::default()).unwrap_err(), expected);
}

#[test]
fn writes_data_points_with_times_in_seconds() {
    let rows = vec![
        row("temperature", "2018-04-23 09:58:42.900", "27.50"),
        row("temperature", "1552289676", "28"),
        row("$state", "", "on"),
    ];
    let form = UploadForm { rows, id: "123".to_owned(), ..form(Content::Points) };
    let payload = concat!(
        r#"{"id":123,"dp":{"temperature":[{"v":27.50,"t":1524448722},{"v":28,"t":1552289676}],"#,
        r#""$state":[{"v":"on"}]}}"#
    );
    check(&form, "dp/post/json", payload);
    assert_eq!(
        form.parse(Timestamp::default()).unwrap().summary,
        "temperature = 27.50, temperature = 28, $state = \"on\""
    );
}

#[test]
fn what_another_protocol_sends_becomes_data_points() {
    let all = form(Content::Body).parse(Timestamp::default()).unwrap();
    assert_eq!(all.payload, r#"{"id":1,"dp":{"wendu":[{"v":55}]}}"#);
}

#[test]
fn answers_commands_and_keeps_the_image() {
    let mut form = form(Content::CommandAnswer);
    form.suite.command_id = "4b9772c8-5ef0".to_owned();
    form.text = "done".to_owned();
    check(&form, "cmd/response/4b9772c8-5ef0", "done");
    form.content = Content::ImageUpdate;
    check(&form, "image/update", r#"{"state":{"reported":{"color":"red"}}}"#);
    form.suite.desired = r#"{"color":"green"}"#.to_owned();
    check(&form, "image/update", r#"{"state":{"desired":{"color":"green"},"reported":{"color":"red"}}}"#);
    form.content = Content::ImageGet;
    check(&form, "image/get", "");
}

#[test]
fn every_wrong_field_is_named_with_the_platforms_code() {
    let rows = vec![row("a-b", "", ""), row("a", "yesterday", "1")];
    let wrong = UploadForm { rows, id: "-1".to_owned(), ..form(Content::Points) };
    let name = StreamNameError::Character { character: '-', offset: 1 };
    check_problems(
        &wrong,
        &[
            (UploadField::Id, UploadProblem::SuiteId),
            (UploadField::Stream(0), UploadProblem::StreamName(name)),
            (UploadField::Value(0), UploadProblem::Empty),
            (UploadField::At(1), UploadProblem::Time),
        ],
    );
    let deep = UploadForm { rows: vec![row("a", "", "[[[[[[]]]]]]")], ..form(Content::Points) };
    let problem = UploadProblem::Suite(Problem::TooDeep, Some(Code::IllegalData));
    check_problems(&deep, &[(UploadField::Value(0), problem)]);
    let long = UploadForm { text: "x".repeat(1_024), ..form(Content::CommandAnswer) };
    let [(UploadField::CommandId, _), (UploadField::Text, problem)] =
        &long.parse(Timestamp::default()).unwrap_err()[..]
    else {
        panic!("both fields are wrong");
    };
    let length = Problem::AnswerTooLong { length: 1_024 };
    assert_eq!(*problem, UploadProblem::Suite(length, Some(Code::AnswerTooLong)));
}

#[test]
fn an_image_has_a_state() {
    let mut wrong = form(Content::ImageUpdate);
    wrong.suite.reported = "7".to_owned();
    let [(UploadField::Reported, UploadProblem::Suite(_, Some(Code::InvalidParameters)))] =
        &wrong.parse(Timestamp::default()).unwrap_err()[..]
    else {
        panic!("the platform has a code for it");
    };
    wrong.suite.reported = "{} , {}".to_owned();
    let problem = Problem::NotJson { line: 1, column: 4, found: Some(',') };
    let problem = UploadProblem::Suite(problem, Some(Code::IllegalJson));
    check_problems(&wrong, &[(UploadField::Reported, problem)]);
    wrong.suite.reported = String::new();
    check_problems(&wrong, &[(UploadField::Reported, UploadProblem::NoState)]);
}

#[test]
fn a_login_without_names_has_no_topic() {
    let mut nameless = form(Content::Points);
    nameless.sender.device = "my tv".to_owned();
    let problems = nameless.parse(Timestamp::default()).unwrap_err();
    assert!(matches!(problems[..], [(UploadField::Device, UploadProblem::Name(_))]), "{problems:?}");
}

#[test]
fn what_breaks_a_rule_can_be_sent_all_the_same() {
    let places = |form: &UploadForm| -> Vec<Place> {
        let upload = form.parse(Timestamp::default()).unwrap();
        form.objections(&upload, &Readings::default()).iter().map(Objection::at).collect()
    };
    assert_eq!(places(&UploadForm { qos: Qos::ExactlyOnce, ..form(Content::Points) }), [Place::Qos]);
    assert_eq!(places(&UploadForm { id: "0".to_owned(), ..form(Content::Points) }), [Place::Payload]);
    let foreign = UploadForm {
        topic: "$sys/321016/other/dp/post/json".to_owned(),
        text: "{}".to_owned(),
        encoding: Encoding::Text,
        ..form(Content::Message)
    };
    assert_eq!(places(&foreign), [Place::Topic]);
    let illegal = UploadForm { topic: "$sys/321016/ESP8266_01/dp/post/json".to_owned(), ..foreign };
    assert_eq!(places(&illegal), [Place::Payload]);
}

#[test]
fn ids_count_on_and_begin_again() {
    let mut counting = form(Content::Points);
    let sent = |counting: &mut UploadForm, id: &str| {
        counting.id = id.to_owned();
        let upload = counting.parse(Timestamp::default()).unwrap();
        counting.count(&upload);
        counting.id.clone()
    };
    assert_eq!(sent(&mut counting, "7"), "8");
    assert_eq!(sent(&mut counting, "2147483647"), "1");
    let other = Upload::message("$sys/321016/ESP8266_01/dp/post/json".to_owned(), r#"{"id":9}"#.to_owned());
    counting.count(&other);
    assert_eq!(counting.id, "1", "that was another's");
}

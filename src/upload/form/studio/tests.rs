use onenet::rules::{Place, Readings, RuleId};
use onenet::studio::{Code, DecodeProblem, Fault};
use onenet::{Generation, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::upload::{Draft, Objection, Sender};

const LAMP: &str = r#"{
    "properties": [
        {"identifier": "switch", "accessMode": "rw", "dataType": {"type": "bool"}},
        {"identifier": "heat", "accessMode": "r",
         "dataType": {"type": "float", "specs": {"min": "-20", "max": "60", "step": "0.1", "unit": "℃"}}}
    ],
    "events": [{"identifier": "hot", "eventType": "alert",
                "outputData": [{"identifier": "level", "dataType": {"type": "int32"}}]}]
}"#;

fn form(content: Content) -> UploadForm {
    let sender = Sender {
        generation: Generation::Studio,
        product: "VRqhDHF2wL".to_owned(),
        device: "my_tv".to_owned(),
    };
    UploadForm { sender, content, id: "123".to_owned(), ..UploadForm::default() }
}

fn lamp(content: Content) -> UploadForm {
    let mut form = form(content);
    form.studio.model.import(LAMP.as_bytes());
    form
}

fn parse(form: &UploadForm) -> Upload {
    form.parse(Timestamp::default()).unwrap()
}

#[track_caller]
fn check(form: &UploadForm, topic: &str, payload: &str) {
    let upload = parse(form);
    assert_eq!(upload.topic, format!("$sys/VRqhDHF2wL/my_tv/thing/{topic}"));
    assert_eq!(upload.payload.escape_ascii().to_string(), payload.as_bytes().escape_ascii().to_string());
    assert_eq!(form.objections(&upload, &Readings::default()), []);
}

fn problems(form: &UploadForm) -> Problems {
    form.parse(Timestamp::default()).unwrap_err()
}

#[test]
fn posts_properties_as_typed() {
    let row = |stream: &str, at: &str, value: &str| Row {
        stream: stream.to_owned(),
        at: at.to_owned(),
        value: value.to_owned(),
    };
    let rows = vec![row("heat", "2018-04-23 09:58:42.123", "27.50"), row("switch", "", "true")];
    check(
        &UploadForm { rows, ..form(Content::Properties) },
        "property/post",
        r#"{"id":"123","version":"1.0","params":{"heat":{"value":27.50,"time":1524448722123},"switch":{"value":true}}}"#,
    );
}

#[test]
fn a_thing_model_makes_the_fields() {
    let mut lamp = lamp(Content::Properties);
    check(
        &lamp,
        "property/post",
        r#"{"id":"123","version":"1.0","params":{"switch":{"value":false},"heat":{"value":0}}}"#,
    );
    lamp.studio.at = "1524448722123".to_owned();
    let filled = lamp.studio.model.filled.as_mut().unwrap();
    filled.properties[0].on = false;
    filled.properties[1].draft = Draft::Text("27.50".to_owned());
    check(
        &lamp,
        "property/post",
        r#"{"id":"123","version":"1.0","params":{"heat":{"value":27.50,"time":1524448722123}}}"#,
    );
    lamp.studio.model.filled.as_mut().unwrap().properties[1].on = false;
    assert_eq!(problems(&lamp), [(UploadField::Property(0), UploadProblem::Empty)]);
}

#[test]
fn what_the_thing_model_refuses_can_be_sent_to_see_the_refusal() {
    let mut lamp = lamp(Content::Properties);
    lamp.studio.model.filled.as_mut().unwrap().properties[1].draft = Draft::Text("61".to_owned());
    let upload = parse(&lamp);
    let [Objection::Value(problem)] = &lamp.objections(&upload, &Readings::default())[..] else {
        panic!("one objection, about the value");
    };
    assert_eq!(
        (problem.path.to_string().as_str(), problem.code()),
        ("params.heat.value", Some(Code::DATA_TYPE))
    );
    lamp.studio.model.filled.as_mut().unwrap().properties[1].draft = Draft::Text("hot".to_owned());
    assert_eq!(problems(&lamp), [(UploadField::Property(1), UploadProblem::Fault(Fault::NotANumber))]);
}

#[test]
fn posts_events_with_and_without_a_thing_model() {
    check(
        &form(Content::Event),
        "event/post",
        r#"{"id":"123","version":"1.0","params":{"alarm":{"value":{"level":2}}}}"#,
    );
    let mut lamp = lamp(Content::Event);
    check(&lamp, "event/post", r#"{"id":"123","version":"1.0","params":{"hot":{"value":{"level":0}}}}"#);
    lamp.studio.model.filled.as_mut().unwrap().events[0][0] = Draft::Text(String::new());
    assert_eq!(problems(&lamp), [(UploadField::Parameter(0), UploadProblem::Fault(Fault::NotANumber))]);
}

#[test]
fn asks_for_and_clears_desired_values() {
    let mut desired = form(Content::DesiredGet);
    desired.studio.names = "power， heat".to_owned();
    check(&desired, "property/desired/get", r#"{"id":"123","version":"1.0","params":["power","heat"]}"#);
    desired.content = Content::DesiredDelete;
    desired.studio.names = "power:2, heat".to_owned();
    check(
        &desired,
        "property/desired/delete",
        r#"{"id":"123","version":"1.0","params":{"power":{"version":2},"heat":{}}}"#,
    );
    desired.studio.names = " ,".to_owned();
    assert_eq!(problems(&desired), [(UploadField::Names, UploadProblem::Empty)]);
}

#[test]
fn packs_and_histories_go_out_as_they_are_typed() {
    for content in [Content::Pack, Content::History] {
        let template = form(content);
        let text = if content == Content::Pack { &template.studio.pack } else { &template.studio.history };
        let rest = if content == Content::Pack { "pack/post" } else { "history/post" };
        check(&template, rest, &format!(r#"{{"id":"123","version":"1.0","params":{text}}}"#));
    }
    let mut wrong = form(Content::Pack);
    wrong.studio.pack = "[\n {\"properties\": {\"a\": 1}}]".to_owned();
    let [(UploadField::Params, UploadProblem::Params(place, DecodeProblem::BareValue { .. }))] =
        &problems(&wrong)[..]
    else {
        panic!("{:?}", problems(&wrong));
    };
    assert_eq!(*place, (2, 23));
}

#[test]
fn typed_params_cannot_leave_their_envelope() {
    let mut sly = form(Content::Pack);
    sly.studio.pack = r#"[],"id":"9""#.to_owned();
    assert!(matches!(
        problems(&sly)[..],
        [(UploadField::Params, UploadProblem::Params(_, DecodeProblem::NotJson { .. }))]
    ));
}

#[test]
fn an_id_is_digits() {
    let wrong = UploadForm { id: "12a".to_owned(), ..form(Content::Properties) };
    assert!(matches!(problems(&wrong)[..], [(UploadField::Id, UploadProblem::StudioId(_))]));
    let mut counting = UploadForm { id: "9999999999999".to_owned(), ..form(Content::Properties) };
    let upload = parse(&counting);
    counting.count(&upload);
    assert_eq!(counting.id, "1");
}

#[test]
fn any_message_is_checked_by_its_topic() {
    let message = |rest: &str, text: &str| {
        let topic = format!("$sys/VRqhDHF2wL/my_tv/{rest}");
        let form = UploadForm { topic, text: text.to_owned(), ..form(Content::Message) };
        form.objections(&parse(&form), &Readings::default())
    };
    assert_eq!(message("thing/property/set_reply", r#"{"id":"7","code":200,"msg":"success"}"#), []);
    let rule = |objections: &[Objection]| match objections {
        [Objection::Rule(finding)] => Some(finding.rule),
        _ => None,
    };
    assert_eq!(rule(&message("thing/property/set", "{}")), Some(RuleId::SysTopicDown));
    assert_eq!(rule(&message("thing/nothing", "{}")), Some(RuleId::SysTopicUnknown));
    let [form @ Objection::Rule(finding)] = &message("thing/property/post", r#"{"params":{}}"#)[..] else {
        panic!("an id is missing");
    };
    assert_eq!((form.at(), finding.code()), (Place::Payload, Some(312)));
    assert_eq!(rule(&message("thing/property/set_reply", "{}")), Some(RuleId::StudioReply));
}

#[test]
fn one_mistake_is_told_once_whoever_finds_it() {
    let told = |rest: &str, text: &str| {
        let topic = format!("$sys/VRqhDHF2wL/my_tv/{rest}");
        let form = UploadForm { topic, text: text.to_owned(), ..lamp(Content::Message) };
        form.objections(&parse(&form), &Readings::default())
    };
    // A rule, and the thing model.
    let event = told("thing/event/post", r#"{"id":"1","params":{"hot":{"value":2}}}"#);
    assert!(matches!(&event[..], [Objection::Rule(finding)] if finding.rule == RuleId::StudioLimits));
    assert!(event[0].is_about_type());
    // Nothing says that the platform refuses it.
    let seconds = r#"{"id":"1","params":{"heat":{"value":2,"time":1524448722}}}"#;
    let [Objection::Value(problem)] = &told("thing/property/post", seconds)[..] else {
        panic!("a time in seconds");
    };
    assert_eq!(problem.fault, Fault::TimeInSeconds);
}

proptest! {
    #[test]
    fn any_text_is_taken_or_refused(text in "\\PC{0,30}", which in 0..6_usize) {
        let content = Content::all(Generation::Studio)[which];
        let mut form = lamp(content);
        form.studio.model.filled.as_mut().unwrap().properties[1].draft = Draft::Text(text.clone());
        form.studio.pack.clone_from(&text);
        form.studio.history.clone_from(&text);
        form.studio.names.clone_from(&text);
        form.studio.at.clone_from(&text);
        if let Ok(upload) = form.parse(Timestamp::default()) {
            let _ = form.objections(&upload, &Readings::default());
        }
    }
}

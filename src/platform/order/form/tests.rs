use onenet::legacy::JsonKind;
use onenet::studio::{DecodeProblem, Fault};

use super::*;
use crate::upload::Draft;

const LAMP: &str = r#"{
    "properties": [
        {"identifier": "switch", "name": "开关", "functionType": "u", "accessMode": "rw",
         "dataType": {"type": "bool", "specs": {"true": "开", "false": "关"}}},
        {"identifier": "heat", "name": "温度", "functionType": "u", "accessMode": "r",
         "dataType": {"type": "int32", "specs": {"min": "0", "max": "60"}}},
        {"identifier": "level", "name": "亮度", "functionType": "u", "accessMode": "rw",
         "dataType": {"type": "int32", "specs": {"min": "1", "max": "9"}}}
    ],
    "events": [],
    "services": [{"identifier": "dim", "name": "调光", "functionType": "u", "callType": "s",
                  "input": [{"identifier": "to", "name": "目标", "dataType": {"type": "int32"}}], "output": []}]
}"#;

fn model() -> Rc<ThingModel> {
    Rc::new(ThingModel::import(LAMP.as_bytes()).unwrap())
}

fn values(values: &[Named]) -> Vec<String> {
    values.iter().map(|named| format!("{}={}", named.identifier, named.value)).collect()
}

#[test]
fn what_the_form_begins_with_can_be_sent() {
    let form = OrderForm::default();
    for generation in Generation::ALL {
        for ask in Ask::all(generation) {
            assert!(form.parse(*ask, None).is_ok(), "{ask:?}");
            assert_eq!(Ask::from_key(generation, ask.key()), Some(*ask));
        }
    }
}

#[test]
fn what_another_generation_has_is_not_asked_for() {
    let form = OrderForm { ask: "service", ..OrderForm::default() };
    let asks = Generation::ALL.map(|generation| form.ask(generation));
    assert_eq!(asks, [None, Some(Ask::Command), Some(Ask::Service)]);
}

#[test]
fn numbers_stay_as_they_are_typed() {
    let form = OrderForm { values: r#" {"heat": 27.50, "on":true} "#.to_owned(), ..OrderForm::default() };
    let Ok(Order::SetProperties(set)) = form.parse(Ask::PropertySet, None) else { panic!() };
    assert_eq!(values(&set), ["heat=27.50", "on=true"]);
}

#[test]
fn says_where_json_is_wrong() {
    let problem = |text: &str| {
        let form = OrderForm { values: text.to_owned(), ..OrderForm::default() };
        form.parse(Ask::PropertySet, None).unwrap_err().remove(0)
    };
    let kind = DecodeProblem::Kind { member: "params", expected: JsonKind::Object, found: JsonKind::Array };
    assert_eq!(problem("[]"), (OrderField::Values, UploadProblem::Params((1, 1), kind)));
    let error = DecodeProblem::NotJson { line: 1, column: 12, found: Some(',') };
    assert_eq!(problem("{\"heat\": 1},"), (OrderField::Values, UploadProblem::Params((1, 12), error)));
    assert_eq!(problem("{}"), (OrderField::Values, UploadProblem::Empty));
}

#[test]
fn nothing_typed_ends_the_message_around_it() {
    let form = OrderForm {
        values: r#"{"a":1},"more":{"b":2}"#.to_owned(),
        input: r#"1},"params":{"a":1"#.to_owned(),
        state: r#"{"a":1}},"b":{"c":{"d":1}"#.to_owned(),
        ..OrderForm::default()
    };
    for ask in [Ask::PropertySet, Ask::DesiredSet, Ask::Service, Ask::Image] {
        assert!(form.parse(ask, None).is_err(), "{ask:?}");
    }
}

#[test]
fn identifiers_have_commas_or_spaces_between_them_and_perhaps_versions() {
    let form = OrderForm { names: "heat，level:3 on".to_owned(), ..OrderForm::default() };
    let Ok(Order::ClearDesired(versions)) = form.parse(Ask::DesiredClear, None) else { panic!() };
    let said = versions.iter().map(|one| (one.identifier.as_str(), one.version));
    assert_eq!(said.collect::<Vec<_>>(), [("heat", None), ("level", Some(3)), ("on", None)]);
    let none = OrderForm { names: " ,".to_owned(), ..OrderForm::default() };
    assert_eq!(none.parse(Ask::PropertyGet, None), Err(vec![(OrderField::Names, UploadProblem::Empty)]));
}

#[test]
fn a_thing_model_offers_what_may_be_set() {
    let (form, model) = (OrderForm::default(), model());
    let Ok(Order::SetDesired(set)) = form.parse(Ask::DesiredSet, Some(&model)) else { panic!() };
    assert_eq!(values(&set), ["switch=false", "level=1"], "heat is read only");
    let Ok(Order::Service { identifier, input }) = form.parse(Ask::Service, Some(&model)) else { panic!() };
    assert_eq!((identifier.as_str(), values(&input)), ("dim", vec!["to=0".to_owned()]));
    let by_hand = OrderForm { by_hand: true, ..form };
    let Ok(Order::SetProperties(set)) = by_hand.parse(Ask::PropertySet, Some(&model)) else { panic!() };
    assert_eq!(values(&set), ["wendu=26"]);
}

#[test]
fn what_is_typed_for_one_thing_model_is_not_read_with_another() {
    let (first, second) = (model(), model());
    let mut form = OrderForm::default();
    let mut typed = form.by_model(&first);
    typed.properties[2].draft = Draft::Text("x".to_owned());
    form.by_model = Some(Box::new(typed));
    assert_eq!(
        form.parse(Ask::PropertySet, Some(&first)),
        Err(vec![(OrderField::Property(2), UploadProblem::Fault(Fault::NotANumber))])
    );
    assert!(form.parse(Ask::PropertySet, Some(&second)).is_ok());
}

#[test]
fn a_command_is_what_its_encoding_says() {
    let mut form = OrderForm { body: "01 ff".to_owned(), encoding: Encoding::Hex, ..OrderForm::default() };
    let timeout = Duration::from_secs(5);
    let body = bytes::Bytes::from_static(&[1, 0xff]);
    assert_eq!(form.parse(Ask::Command, None), Ok(Order::Command { body, timeout }));
    form.body = "0x".to_owned();
    assert!(form.parse(Ask::Command, None).is_err());
}

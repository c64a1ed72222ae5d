//! The file of a thing model, good and damaged.

use expect_test::expect;

use super::super::*;
use super::{data_type, greenhouse};

#[test]
fn imports_what_the_console_exports() {
    let model = greenhouse();
    let mut told = format!("product {:?}\n", model.product);
    for property in &model.properties {
        let Property { identifier, name, access, origin, data_type, .. } = property;
        told += &format!("{identifier} {name} {origin:?} {access:?} {}", data_type.name());
        if let Some(Limits { min, max, step, unit }) = data_type.limits() {
            let number =
                |number: &Option<Decimal>| number.as_ref().map_or("-".to_owned(), Decimal::to_string);
            let [min, max, step] = [min, max, step].map(number);
            told += &format!(" {min}…{max} by {step} {}", unit.as_deref().unwrap_or("-"));
        }
        told += "\n";
    }
    for event in &model.events {
        told += &format!("{} {:?} {}\n", event.identifier, event.event_type, default_object(&event.output));
    }
    for Service { identifier, call_type, input, output, .. } in &model.services {
        told += &format!("{identifier} {call_type:?} {} {}\n", default_object(input), default_object(output));
    }
    expect![[r#"
        product Some("g7Rw2nKq5L")
        temperature 温度 Custom Read float -40…85 by 0.1 摄氏度 / °C
        fan 风机 Custom ReadWrite bool
        interval 上报周期 Custom ReadWrite int32 5…3600 by 5 秒 / s
        litres 累计用水 Custom Read int64 0…- by - -
        pressure 水压 Custom Read double -…- by - -
        mode 模式 Custom ReadWrite enum
        faults 故障 Custom Read bitMap
        label 棚名 Custom ReadWrite string
        watered 上次浇水 Custom Read date
        soil 土壤 Custom Read array
        $OneNET_LBS 位置 System Read array
        photo 照片 Standard Read hologram
        dry Alert {"level":0,"text":""}
        water Sync {"seconds":1} {"litres":0}
        test Async {} {"passed":false}
    "#]]
    .assert_eq(&told);
    let of = |identifier| format!("{:?}\n", data_type(identifier));
    expect![[r#"
        BitMap { length: Some(3), bits: [Bit { place: 0, zero: Some("正常"), one: Some("缺水") }, Bit { place: 1, zero: None, one: Some("过热") }] }
        Enum([Choice { number: 1, label: "自动" }, Choice { number: 2, label: "手动" }, Choice { number: 3, label: "维护" }])
        Bool(Switch { on: Some("开"), off: Some("关") })
    "#]].assert_eq(&["faults", "mode", "fan"].map(of).concat());
}

#[test]
fn imports_a_model_inside_the_answer_of_the_api() {
    let text = r#"{"requestId":"a","data":{"properties":[],"events":[]},"success":true}"#;
    assert_eq!(ThingModel::import(text.as_bytes()), Ok(ThingModel::default()));
}

#[test]
fn says_what_is_wrong_with_a_thing_model() {
    let typed =
        |data_type: &str| format!(r#"{{"properties":[{{"identifier":"x","dataType":{data_type}}}]}}"#);
    let deep =
        format!("{}{{\"type\":\"date\"}}{}", r#"{"type":"array","specs":{"item":"#.repeat(9), "}}".repeat(9));
    let mut told = String::new();
    for text in [
        "{",
        r#"{"id":"1","params":{}}"#,
        r#"{"properties":[{"name":"x"}]}"#,
        r#"{"properties":[{"identifier":"x"}]}"#,
        &typed(r#"{"specs":{}}"#),
        &typed(r#"{"type":"int32","specs":{"min":"low"}}"#),
        &typed(r#"{"type":"string","specs":{"length":-1}}"#),
        &typed(r#"{"type":"enum","specs":{"a":"on"}}"#),
        &typed(r#"{"type":"array"}"#),
        &typed(&deep),
    ] {
        told += &format!("{}\n", ThingModel::import(text.as_bytes()).unwrap_err());
    }
    expect![[r#"
        not JSON (line 1, column 2): found the end at byte 1
        no thing model: neither properties nor events nor services at byte 0
        member "identifier" is missing at byte 15
        member "dataType" is missing at byte 15
        member "type" is missing at byte 44
        expected a number as min at byte 75
        expected a number as length at byte 69
        expected a whole number as name of an enum's value at byte 72
        member "specs" is missing at byte 44
        types stand in types more than 8 deep at byte 300
    "#]]
    .assert_eq(&told);
}

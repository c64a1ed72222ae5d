//! `/application?action=…` and `/thingmodel/…`: the thing model of a device of the studio.

use serde_json::{Value, json};

use crate::platform::*;

const KEY: &str = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=";
const TREE: &str = "$sys/VRqhDHF2wL/my_tv/thing";

/// A device of the studio that hears everything.
async fn online(relay: &relay::Relay) -> Device {
    let mut device = Device::online(relay, "my_tv", "VRqhDHF2wL", &token("VRqhDHF2wL", "my_tv", KEY)).await;
    device.subscribe("$sys/VRqhDHF2wL/my_tv/#").await;
    device
}

/// The body of a call about the device.
fn form(params: &str) -> String {
    format!(r#"{{"project_id":"p","product_id":"VRqhDHF2wL","device_name":"my_tv","params":{params}}}"#)
}

/// The device waits for a request and answers it with `code` and the rest of the reply. Gives the request's params.
async fn reply(device: &mut Device, reply_topic: &str, code: i32, rest: &str) -> Value {
    let (topic, body) = device.message().await;
    assert!(topic.starts_with(TREE), "{topic}");
    let request: Value = serde_json::from_slice(&body).unwrap();
    let answer = format!(r#"{{"id":{},"code":{code},"msg":"said"{rest}}}"#, request["id"]);
    device.publish(&format!("{TREE}/{reply_topic}"), 1, answer.as_bytes()).await;
    request["params"].clone()
}

#[tokio::test]
async fn sets_properties_in_both_families() {
    let relay = start_all(&[]).await;
    let mut device = online(&relay).await;
    let body = form(r#"{"switch":true,"lng":3.12345678901234567890}"#);
    let request = "POST /application?action=SetDeviceProperty&version=1";
    let (answer, params) =
        tokio::join!(call(&relay, request, &body), reply(&mut device, "property/set_reply", 200, ""));
    assert_eq!(params["switch"], true);
    assert_eq!(answer["success"], true, "{answer}");
    assert_eq!(answer["data"], json!({ "id": "1", "code": 200, "msg": "said" }));
    assert!(answer["requestId"].is_string());

    let request = "POST /thingmodel/set-device-property";
    let (answer, _) =
        tokio::join!(call(&relay, request, &body), reply(&mut device, "property/set_reply", 500, ""));
    assert_eq!((&answer["code"], &answer["msg"]), (&json!(0), &json!("succ")), "{answer}");
    assert_eq!(answer["data"]["code"], 500, "what the device says about it");
}

#[tokio::test]
async fn gets_properties_and_calls_services() {
    let relay = start_all(&[]).await;
    let mut device = online(&relay).await;
    let request = "POST /thingmodel/query-device-property-detail";
    let body = form(r#"["a","b"]"#);
    let (answer, params) = tokio::join!(
        call(&relay, request, &body),
        reply(&mut device, "property/get_reply", 200, r#","data":{"a":1,"b":"x"}"#)
    );
    assert_eq!((params, &answer["data"]), (json!(["a", "b"]), &json!({ "a": 1, "b": "x" })));

    let body =
        r#"{"product_id":"VRqhDHF2wL","device_name":"my_tv","identifier":"blink","params":{"times":3}}"#;
    let request = "POST /application?action=CallService&version=1";
    let (answer, params) = tokio::join!(
        call(&relay, request, body),
        reply(&mut device, "service/blink/invoke_reply", 200, r#","data":{"done":true}"#)
    );
    assert_eq!((params, &answer["data"]), (json!({ "times": 3 }), &json!({ "done": true })));
    let (answer, _) =
        tokio::join!(call(&relay, request, body), reply(&mut device, "service/blink/invoke_reply", 500, ""));
    assert_eq!((&answer["success"], &answer["code"]), (&json!(false), &json!("500")), "{answer}");
}

#[tokio::test]
async fn tells_reported_and_desired_values() {
    let relay = start_all(&[]).await;
    let mut device = online(&relay).await;
    let post = br#"{"id":"1","params":{"t":{"value":21.10,"time":1597622400123},"name":{"value":"x"}}}"#;
    device.publish(&format!("{TREE}/property/post"), 1, post).await;
    device.message().await;

    let answer = call(&relay, "POST /thingmodel/set-device-desired-property", &form(r#"{"t":23.50}"#)).await;
    assert_eq!(answer["code"], 0, "{answer}");
    let about = "product_id=VRqhDHF2wL&device_name=my_tv";
    let answer = call(&relay, &format!("GET /thingmodel/query-device-property?{about}"), "").await;
    let t = json!({ "identifier": "t", "time": "1597622400123", "value": "21.10", "expect_value": "23.50" });
    assert_eq!((&answer["data"][1], &answer["data"][0]["value"]), (&t, &json!("x")), "{answer}");
    let answer =
        call(&relay, &format!("GET /application?action=QueryDeviceProperty&version=1&{about}"), "").await;
    assert_eq!(answer["data"]["list"][1], t);

    let desired = json!({ "t": { "value": 23.5, "version": 1 } });
    let answer = call(&relay, "POST /thingmodel/query-device-desired-property", &form(r#"["t","u"]"#)).await;
    assert_eq!(answer["data"], desired);
    let request = "POST /application?action=QueryDeviceDesiredProperty&version=1";
    let whole = r#"{"product_id":"VRqhDHF2wL","device_name":"my_tv"}"#;
    assert_eq!(call(&relay, request, whole).await["data"]["params"], desired);
    for (params, left) in [(r#"{"t":{"version":2}}"#, desired), (r#"{"t":{}}"#, json!({}))] {
        call(&relay, "POST /thingmodel/delete-device-desired-property", &form(params)).await;
        assert_eq!(call(&relay, request, whole).await["data"]["params"], left);
    }
}

#[tokio::test]
async fn says_why_nothing_came_of_it() {
    let relay = start_all(&[]).await;
    let set = "POST /thingmodel/set-device-property";
    let check = async |body: &str, code: i32, part: &str| {
        let answer = call(&relay, set, body).await;
        assert_eq!(answer["code"], code, "{answer}");
        assert!(answer["msg"].as_str().unwrap().contains(part), "{answer}");
    };
    check(&form(r#"{"a":1}"#), 1107, "device not found").await;
    let mut device = Device::online(&relay, "my_tv", "VRqhDHF2wL", &token("VRqhDHF2wL", "my_tv", KEY)).await;
    check(&form(r#"{"a":1}"#), 1022, "not subscribed to $sys/VRqhDHF2wL/my_tv/thing/property/set").await;
    check(&form("[1]"), 301, "expected an object as params, found an array at byte 0").await;
    check("{", 4, "invalid JSON").await;
    check("{}", 7, "product_id").await;
    check(r#"{"product_id":"VRqhDHF2wL","device_name":"my_tv"}"#, 7, "params").await;
    device.subscribe("$sys/VRqhDHF2wL/my_tv/#").await;
    check(&form(r#"{"a":1}"#), 306, "did not answer in 5 s").await;
    drop(device);

    let answer = call(&relay, "POST /application?action=Nothing", "").await;
    assert_eq!((&answer["success"], &answer["code"]), (&json!(false), &json!("6")), "{answer}");
    assert!(answer["msg"].as_str().unwrap().contains("POST SetDeviceProperty"), "{answer}");
    let answer = call(&relay, "GET /thingmodel/set-device-property", "").await;
    assert_eq!(answer["code"], 8, "{answer}");
}

#[tokio::test]
async fn a_thing_model_is_read_from_a_file() {
    let file = std::env::temp_dir().join(format!("onenet-relay-model-{}.json", std::process::id()));
    let model = r#"{"properties":[{"identifier":"power","name":"开关","accessMode":"rw","functionType":"u",
        "dataType":{"type":"bool","specs":{"true":"开","false":"关"}}}],"events":[],"services":[]}"#;
    std::fs::write(&file, model).unwrap();
    let flag = format!("VRqhDHF2wL={}", file.display());
    let relay = start_all(&["--thing-model", &flag]).await;
    std::fs::remove_file(&file).unwrap();
    let _device = online(&relay).await;
    let answer = call(&relay, "POST /thingmodel/set-device-property", &form(r#"{"power":1}"#)).await;
    assert_eq!(answer["code"], 302, "{answer}");
    let request = "GET /thingmodel/query-device-property?product_id=VRqhDHF2wL&device_name=my_tv";
    let power = json!({ "identifier": "power", "name": "开关", "data_type": "bool", "access_mode": "读写" });
    assert_eq!(call(&relay, request, "").await["data"], json!([power]));
}

#[tokio::test]
async fn a_wrong_token_is_10403() {
    let device = format!("my_tv:VRqhDHF2wL:{KEY}");
    let relay = start_all(&["--token-device", &device]).await;
    let request = "POST /thingmodel/set-device-property";
    assert_eq!(call(&relay, request, &form("{}")).await["code"], 10_403);
    let other = token("321016", "ESP8266_01", KEY);
    assert_eq!(call_with_token(&relay, &other, request, &form("{}")).await["code"], 10_403);
    let right = token("VRqhDHF2wL", "my_tv", KEY);
    assert_eq!(call_with_token(&relay, &right, request, &form("{}")).await["code"], 308);
}

//! `POST /v1/synccmds`: commands to devices of the suite, and their answers.

use frame::ConnectReturnCode;
use serde_json::json;

use crate::platform::*;

const KEY: &str = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=";

/// A device of the suite that hears its commands.
async fn online(relay: &relay::Relay) -> Device {
    let mut device = Device::online(relay, "ESP8266_01", "321016", &token("321016", "ESP8266_01", KEY)).await;
    device.subscribe("$sys/321016/ESP8266_01/#").await;
    device
}

#[tokio::test]
async fn a_command_is_answered_in_the_call() {
    let relay = start_all(&[]).await;
    let mut device = online(&relay).await;
    let calls = [
        "POST /v1/synccmds?device_id=321016/ESP8266_01&timeout=30",
        "POST /v1/synccmds?product_id=321016&device_name=ESP8266_01",
    ];
    for request in calls {
        let answering = async {
            let (topic, body) = device.message().await;
            assert_eq!(body, b"opendoor");
            let response = topic.replace("/request/", "/response/");
            device.publish(&response, 1, b"\x00opened").await;
            assert_eq!(device.message().await, (format!("{response}/accepted"), Vec::new()));
            topic.rsplit('/').next().unwrap().to_owned()
        };
        let (answer, uuid) = tokio::join!(call(&relay, request, "opendoor"), answering);
        let data = json!({ "cmd_uuid": uuid, "cmd_resp": "AG9wZW5lZA==" });
        assert_eq!(answer, json!({ "errno": 0, "error": "success", "data": data }), "{request}");
    }
}

#[tokio::test]
async fn the_newer_envelope_says_the_same() {
    let relay = start_all(&[]).await;
    let mut device = online(&relay).await;
    let answering = async {
        let (topic, _) = device.message().await;
        device.publish(&topic.replace("/request/", "/response/"), 1, b"x").await;
    };
    let request = "POST /datapoint/synccmds?product_id=321016&device_name=ESP8266_01";
    let (answer, ()) = tokio::join!(call(&relay, request, "a"), answering);
    assert_eq!((&answer["code"], &answer["msg"]), (&json!(0), &json!("succ")), "{answer}");
    assert_eq!(answer["data"]["cmd_resp"], "eA==");
    assert!(answer["request_id"].is_string());
}

#[tokio::test]
async fn says_why_a_command_has_no_answer() {
    let relay = start_all(&[]).await;
    let mut device = Device::over_tcp(&relay).await;
    let token = token("321016", "ESP8266_01", KEY);
    assert_eq!(device.log_in("ESP8266_01", "321016", &token).await, ConnectReturnCode::Success);
    let of = |rest: &str| format!("POST /v1/synccmds?device_id=321016/ESP8266_01{rest}");
    let large = "x".repeat(1_024);
    let refusals = [
        ("POST /v1/synccmds", "x", 7, "parameter required: device_id"),
        ("POST /v1/synccmds?product_id=1", "x", 7, "device_name"),
        ("POST /v1/synccmds?device_id=321016/none", "x", 12, "device not found: 321016/none"),
        (&of(""), "x", 13, "not subscribed"),
        (&of("&timeout=4"), "x", 6, "expected 5 to 30"),
        (&of(""), "", 9, "the command"),
        (&of(""), &large, 6, "the limit is 1023"),
    ];
    check_refusals(&relay, &refusals).await;
    device.subscribe("$sys/321016/ESP8266_01/cmd/request/+").await;
    check_refusals(&relay, &[(&of("&timeout=5"), "x", 15, "sync cmd timeout")]).await;
}

#[tokio::test]
async fn known_devices_want_a_token_of_their_product() {
    let device = format!("ESP8266_01:321016:{KEY}");
    let relay = start_all(&["--token-device", &device]).await;
    let mut other = Device::over_tcp(&relay).await;
    let wrong = token("321016", "ESP8266_01", "AAAA");
    assert_eq!(other.log_in("ESP8266_01", "321016", &wrong).await, ConnectReturnCode::BadUserNamePassword);

    let request = "POST /v1/synccmds?device_id=321016/ESP8266_01";
    check_refusals(&relay, &[(request, "x", 2, "Authorization"), ("GET /devices/status", "", 2, "api-key")])
        .await;
    let answer = call_with_token(&relay, &wrong, request, "x").await;
    check_refusal(&answer, 3, "signed with no key", request);
    assert!(!answer.to_string().contains("sign="), "{answer}");
    let right = token("321016", "ESP8266_01", KEY);
    check_refusal(&call_with_token(&relay, &right, request, "x").await, 13, "not online", request);
}

#[tokio::test]
async fn devices_with_tokens_are_none_of_the_legacy_platform_s() {
    let relay = start_all(&[]).await;
    let _device = online(&relay).await;
    assert_eq!(succeed(&relay, "GET /devices/status", "").await["total_count"], 0);
    let refusals = [
        ("POST /cmds?device_id=321016/ESP8266_01", "x", 8, "device 321016/ESP8266_01"),
        ("POST /mqtt/topic", r#"{"name":"a"}"#, 8, "none has a device yet"),
    ];
    check_refusals(&relay, &refusals).await;
    let made = succeed(&relay, "POST /devices", r#"{"title":"a"}"#).await;
    assert_eq!(made["device_id"], "1", "of product 1, not of the suite's");
}

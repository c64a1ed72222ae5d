//! `/devices`, `/register_de`: making devices and asking about them.

use frame::ConnectReturnCode;
use serde_json::json;

use crate::platform::*;
use crate::setting::*;

#[tokio::test]
async fn makes_a_device_that_can_log_in() {
    let relay = start_all(&[]).await;
    let form = r#"{"title":"door","desc":"front","auth_info":"sn1","tags":["a","b"],"private":false,
        "location":{"lon":109.10,"lat":23.540},"other":{"version":1.10}}"#;
    let made = succeed(&relay, "POST /devices?product_id=388631", form).await;
    let id = made["device_id"].as_str().unwrap().to_owned();
    let request = format!("GET /devices/{id} HTTP/1.1\r\nhost: localhost");
    let (_, detail) = http(relay.simulator_api().unwrap(), &request, "").await;
    for part in [
        r#""title":"door","protocol":"MQTT","online":false,"auth_info":"sn1","create_time":"20"#,
        r#""desc":"front","private":false,"tags":["a","b"],"location":{"lon":109.10,"lat":23.540}"#,
        r#""other":{"version":1.10},"datastreams":[]"#,
    ] {
        assert!(detail.contains(part), "{detail}");
    }

    let mut link = Device::over_tcp(&relay).await;
    assert_ne!(link.log_in(&id, "388631", "wrong").await, ConnectReturnCode::Success);
    let _online = Device::online(&relay, &id, "388631", "sn1").await;
    assert_eq!(succeed(&relay, &format!("GET /devices/{id}"), "").await["online"], true);
}

#[tokio::test]
async fn registers_a_device_with_a_key_of_its_own() {
    let relay = start_all(&["--device", "1:388631:k"]).await;
    let form = r#"{"sn":"serial","title":"door"}"#;
    let registered = call(&relay, "POST /register_de?register_code=k", form).await["data"].clone();
    let (id, key) = (registered["device_id"].as_str().unwrap(), registered["key"].as_str().unwrap());
    let _online = Device::online(&relay, id, "388631", "serial").await;

    let own = call_with_key(&relay, key, &format!("GET /devices/{id}"), "").await;
    assert_eq!((&own["data"]["title"], &own["data"]["online"]), (&json!("door"), &json!(true)));
    let other = call_with_key(&relay, key, "GET /devices/1", "").await;
    check_refusal(&other, 3, "not of device 1", "a device's key");
    let product = call_with_key(&relay, key, "GET /mqtt/topic", "").await;
    check_refusal(&product, 3, "expected one of its product", "a device's key");

    for (request, form, errno, error) in [
        ("POST /register_de", form, 7, "register_code"),
        ("POST /register_de?register_code=wrong", form, 3, "register_code"),
        ("POST /register_de?register_code=k", "{}", 7, "sn or mac"),
        ("POST /register_de?register_code=k", form, 12, "same auth info"),
        ("POST /register_de?register_code=k", "", 9, "sn or mac"),
        ("POST /register_de?register_code=k", "{", 4, "line 1"),
        ("POST /register_de?register_code=k", r#"{"mac":"123456789012345678901234567890123"}"#, 6, "mac"),
        ("POST /register_de?register_code=k", r#"{"mac":7}"#, 6, "mac"),
    ] {
        check_refusal(&call(&relay, request, form).await, errno, error, form);
    }
    let nameless = call(&relay, "POST /register_de?register_code=k", r#"{"mac":"m"}"#).await;
    let id = nameless["data"]["device_id"].as_str().unwrap();
    let detail = call_with_key(&relay, "k", &format!("GET /devices/{id}"), "").await;
    assert_eq!(detail["data"]["title"], "auto_register");
}

#[tokio::test]
async fn tells_which_devices_are_online() {
    let relay = start_all(&["--device", "1:2:k", "--device", "3:2:l", "--device", "5:6:m"]).await;
    let _online = Device::online(&relay, "3", "2", "l").await;
    let statuses = call_with_key(&relay, "k", "GET /devices/status?devIds=3,1,5,9", "").await;
    let device = |id: &str, online: bool| json!({ "id": id, "title": id, "online": online });
    let devices = [device("3", true), device("1", false)];
    assert_eq!(statuses["data"], json!({ "total_count": 2, "devices": devices }));
    let all = call_with_key(&relay, "m", "GET /devices/status", "").await;
    assert_eq!(all["data"]["devices"], json!([device("5", false)]));
}

#[tokio::test]
async fn says_what_is_wrong_with_a_device() {
    let relay = start_all(&[]).await;
    let ids = |count: usize| format!("GET /devices/status?devIds={}", vec!["1"; count].join(","));
    assert_eq!(succeed(&relay, &ids(1_000), "").await["total_count"], 0);
    succeed(&relay, "POST /devices?product_id=2", r#"{"title":"t","auth_info":"a"}"#).await;
    let large = format!(r#"{{"title":"{}"}}"#, "x".repeat(65_000));
    let larger = format!(r#"{{"title":"{}"}}"#, "x".repeat(65_536));
    succeed(&relay, "POST /devices", &large).await;
    let refusals = [
        ("POST /devices", "", 9, "the device as a JSON object"),
        ("POST /devices", "{", 4, "line 1 column 1"),
        ("POST /devices", "7", 6, "expected the device as a JSON object"),
        ("POST /devices", "{}", 7, "title"),
        ("POST /devices", &larger, 5, "65535"),
        ("POST /devices", r#"{"title":7}"#, 6, r#"title is "7", expected a string"#),
        ("POST /devices", r#"{"title":"t","tags":"a"}"#, 6, "tags"),
        ("POST /devices", r#"{"title":"t","location":{"lon":"1","lat":2}}"#, 6, "location"),
        ("POST /devices", r#"{"title":"t","other":[]}"#, 6, "other"),
        ("POST /devices", r#"{"title":"t","private":1}"#, 6, "expected true or false"),
        ("POST /devices?product_id=x", r#"{"title":"t"}"#, 6, "product_id"),
        ("POST /devices?product_id=2", r#"{"title":"t","auth_info":"a"}"#, 12, "auth info"),
        ("GET /devices/999", "", 8, "device 999"),
        (&ids(1_001), "", 20, "1001, expected at most 1000"),
    ];
    check_refusals(&relay, &refusals).await;
}

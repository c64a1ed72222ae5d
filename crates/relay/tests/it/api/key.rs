//! `api-key`: who may call what.

use crate::platform::*;

/// A call of every kind about device 1 of product 2.
const CALLS: [(&str, &str); 18] = [
    ("POST /devices", r#"{"title":"t"}"#),
    ("GET /devices/1", ""),
    ("GET /devices/status?devIds=1", ""),
    ("GET /devices/datapoints?devIds=1", ""),
    ("GET /devices/1/datapoints", ""),
    ("POST /devices/1/datapoints?type=3", r#"{"a":1}"#),
    ("GET /devices/1/datastreams", ""),
    ("POST /cmds?device_id=1&timeout=9", "x"),
    ("GET /cmds/history/1?start=2015-01-10T08:00:35", ""),
    ("POST /mqtt?topic=news", "x"),
    ("POST /mqtt/topic", r#"{"name":"fresh"}"#),
    ("GET /mqtt/topic", ""),
    ("GET /mqtt/device_topic/1", ""),
    ("GET /mqtt/topic_device?topic=news", ""),
    ("PUT /faults", r#"{"delay_ms":1}"#),
    ("GET /faults", ""),
    ("DELETE /faults?device_id=1", ""),
    ("POST /faults/strike", r#"{"strike":"cut"}"#),
];

#[tokio::test]
async fn every_call_wants_a_key_where_there_are_some() {
    let relay = start_all(&["--device", "1:2:k"]).await;
    for (request, body) in CALLS {
        check_refusal(&call(&relay, request, body).await, 2, "send the header api-key", request);
        let answer = call_with_key(&relay, "wrong", request, body).await;
        check_refusal(&answer, 3, "auth failed", request);
        assert!(!answer.to_string().contains("wrong"), "no answer shows a key: {answer}");
        assert_eq!(call_with_key(&relay, "k", request, body).await["errno"], 0, "{request}");
    }
}

#[tokio::test]
async fn no_call_wants_a_key_where_there_are_none() {
    let relay = start_all(&[]).await;
    let _online = Device::online(&relay, "1", "2", "k").await;
    for (request, body) in CALLS {
        assert_eq!(call(&relay, request, body).await["errno"], 0, "{request}");
    }
}

#[tokio::test]
async fn a_key_reaches_no_other_product() {
    let relay = start_all(&["--device", "1:2:k", "--device", "3:4:l"]).await;
    let kept = call_with_key(&relay, "k", "POST /cmds?device_id=1&timeout=9", "x").await;
    let uuid = kept["data"]["cmd_uuid"].as_str().unwrap();
    for (request, body) in [
        ("GET /devices/1", ""),
        ("GET /devices/1/datapoints", ""),
        ("POST /devices/1/datapoints?type=3", r#"{"a":1}"#),
        ("GET /devices/1/datastreams", ""),
        ("POST /cmds?device_id=1&timeout=9", "x"),
        (&format!("GET /cmds/{uuid}"), ""),
        (&format!("GET /cmds/{uuid}/resp"), ""),
        ("GET /cmds/history/1?start=2015-01-10T08:00:35", ""),
        ("GET /mqtt/device_topic/1", ""),
        ("POST /devices?product_id=2", r#"{"title":"t"}"#),
        ("GET /faults?device_id=1", ""),
        ("GET /faults", ""),
        ("PUT /faults?device_id=1", r#"{"delay_ms":1}"#),
        ("PUT /faults", r#"{"delay_ms":1}"#),
        ("DELETE /faults", ""),
        ("POST /faults/strike", r#"{"strike":"cut"}"#),
        ("POST /faults/strike", r#"{"strike":"cut","device_id":"1"}"#),
    ] {
        check_refusal(&call_with_key(&relay, "l", request, body).await, 3, "auth failed", request);
    }

    let topic = r#"{"name":"news"}"#;
    assert_eq!(call_with_key(&relay, "k", "POST /mqtt/topic", topic).await["errno"], 0);
    let topics = call_with_key(&relay, "l", "GET /mqtt/topic", "").await;
    assert_eq!(topics["data"], serde_json::json!([]));

    let mut stranger = Device::online(&relay, "3", "4", "l").await;
    stranger.subscribe("news").await;
    assert_eq!(call_with_key(&relay, "k", "POST /mqtt?topic=news", "theirs").await["errno"], 0);
    assert_eq!(call_with_key(&relay, "l", "POST /mqtt?topic=news", "ours").await["errno"], 0);
    assert_eq!(stranger.message().await, ("news".to_owned(), b"ours".to_vec()));
}

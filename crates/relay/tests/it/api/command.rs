//! `/cmds`: sending, keeping, answers, history.

use serde_json::{Value, json};

use crate::platform::*;

#[tokio::test]
async fn keeps_a_command_until_its_device_is_online() {
    let relay = start_all(&["--device", "1:2:k"]).await;
    let kept = call_with_key(&relay, "k", "POST /cmds?device_id=1&timeout=3600", "later").await;
    let uuid = kept["data"]["cmd_uuid"].as_str().unwrap();
    let status = call_with_key(&relay, "k", &format!("GET /cmds/{uuid}"), "").await;
    assert_eq!(status["data"], json!({ "status": 1, "desc": "command created" }));

    let mut device = Device::online(&relay, "1", "2", "k").await;
    assert_eq!(device.message().await, (format!("$creq/{uuid}"), b"later".to_vec()));
    let status = call_with_key(&relay, "k", &format!("GET /cmds/{uuid}"), "").await;
    assert_eq!(status["data"], json!({ "status": 2, "desc": "Command Sent" }));
}

#[tokio::test]
async fn sends_a_command_again_until_it_is_answered() {
    let relay = start_all(&[]).await;
    let mut device = Device::online(&relay, "1", "2", "k").await;
    let sent = succeed(&relay, "POST /cmds?device_id=1&qos=1&timeout=2678400", "again").await;
    let topic = format!("$creq/{}", sent["cmd_uuid"].as_str().unwrap());
    assert_eq!(device.message().await.0, topic);

    let mut device = Device::online(&relay, "1", "2", "k").await;
    assert_eq!(device.message().await.0, topic);
    device.publish(&topic.replace("creq", "crsp"), 1, b"done").await;

    let mut device = Device::online(&relay, "1", "2", "k").await;
    let next = succeed(&relay, "POST /cmds?device_id=1", "next").await;
    assert_eq!(device.message().await.0, format!("$creq/{}", next["cmd_uuid"].as_str().unwrap()));
}

#[tokio::test]
async fn says_what_is_wrong_with_a_command() {
    let relay = start_all(&[]).await;
    drop(Device::online(&relay, "1", "2", "k").await);
    while succeed(&relay, "GET /devices/1", "").await["online"] == json!(true) {}

    let large = "x".repeat(65_536);
    let refusals = [
        ("POST /cmds", "x", 7, "parameter required: device_id"),
        ("POST /cmds?device_id=", "x", 7, "parameter required: device_id"),
        ("POST /cmds?device_id=1", "", 9, "entity data required: the body is the command"),
        ("POST /cmds?device_id=1&qos=2", "x", 6, r#"qos is "2", expected 0 to 1"#),
        ("POST /cmds?device_id=1&qos=%2B1", "x", 6, r#"qos is "+1""#),
        ("POST /cmds?device_id=1&timeout=2678401", "x", 6, "timeout"),
        ("POST /cmds?device_id=1&timeout=-1", "x", 6, "expected 0 to 2678400"),
        ("POST /cmds?device_id=1&device_id=1", "x", 6, "device_id stands there twice"),
        ("POST /cmds?device_id=1", &large, 5, "at most 65535 bytes"),
        ("POST /cmds?device_id=9", "x", 8, "device 9"),
        ("POST /cmds?device_id=1&qos=1&timeout=0", "x", 10, "device not online: 1"),
        ("GET /cmds/none", "", 8, "command none"),
        ("GET /cmds/none/resp", "", 8, "command none"),
        ("GET /cmds/%FF", "", 6, "the path"),
        ("GET /cmds/history/1", "", 7, "start"),
        ("GET /cmds/history/9?start=2015-01-10T08:00:35", "", 8, "device 9"),
        ("GET /cmds/history/1?start=yesterday", "", 6, r#"start is "yesterday""#),
        ("GET /cmds/history/1?start=2015-01-10T08:00:35&per_page=101", "", 6, "expected 1 to 100"),
        ("GET /cmds/history/1?start=2015-01-10T08:00:35&page=0", "", 6, "page"),
        ("DELETE /cmds", "", 8, "DELETE /cmds"),
    ];
    check_refusals(&relay, &refusals).await;
}

#[tokio::test]
async fn gives_the_history_in_pages_newest_first() {
    let relay = start_all(&[]).await;
    let mut device = Device::online(&relay, "1", "2", "k").await;
    for body in ["a", "b", "c"] {
        let sent = succeed(&relay, "POST /cmds?device_id=1&timeout=60", body).await;
        let (topic, _) = device.message().await;
        assert_eq!(topic, format!("$creq/{}", sent["cmd_uuid"].as_str().unwrap()));
        if body == "c" {
            device.publish(&topic.replace("creq", "crsp"), 1, b"\x00\xff").await;
        }
    }
    let history = async |query: &str| {
        succeed(&relay, &format!("GET /cmds/history/1?start=2015-01-10T08:00:35{query}"), "").await
    };
    let bodies = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|i| i["body"].as_str().unwrap().to_owned()).collect()
    };

    let all = history("").await;
    assert_eq!((&all["total_count"], &all["page"], &all["per_page"]), (&json!(3), &json!(1), &json!(30)));
    assert_eq!(bodies(&all), ["63", "62", "61"]);
    let newest = &all["items"][0];
    assert_eq!((&newest["status"], &newest["confirm_body"]), (&json!(4), &json!("00ff")));
    assert_eq!((&newest["device_id"], newest["confirm_time"].is_string()), (&json!("1"), true));
    assert_eq!((&all["items"][1]["status"], all["items"][1].get("confirm_body")), (&json!(2), None));

    assert_eq!(bodies(&history("&per_page=2").await), ["63", "62"]);
    assert_eq!(bodies(&history("&per_page=2&page=2").await), ["61"]);
    assert_eq!(bodies(&history("&per_page=3&page=2").await), [""; 0]);
    assert_eq!(history("&end=2015-01-11T00:00:00").await["total_count"], 0);
}

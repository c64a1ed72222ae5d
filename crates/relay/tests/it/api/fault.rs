//! Faults on purpose: `/faults` and `/faults/strike`, and what devices see of them.

use frame::{Packet, PubAck, Publish, QoS};
use serde_json::json;

use crate::platform::*;

#[tokio::test]
async fn a_lost_puback_is_lost_once() {
    let relay = start_all(&[]).await;
    let mut device = Device::online(&relay, "1", "2", "k").await;
    let set = succeed(&relay, "PUT /faults?device_id=1", r#"{"lose_puback":{"nth":2}}"#).await;
    assert_eq!(set["lose_puback"], json!({ "nth": 2 }));
    device.publish("$dp", 1, b"\x03\x00\x07{\"a\":1}").await;
    for pkid in [2, 3] {
        let mut upload = Publish::new("$dp", QoS::AtLeastOnce, &b"\x03\x00\x07{\"a\":1}"[..]);
        upload.pkid = pkid;
        device.send(&Packet::Publish(upload)).await;
    }
    assert_eq!(device.receive().await, Some(Packet::PubAck(PubAck { pkid: 3 })));
    let left = succeed(&relay, "GET /faults?device_id=1", "").await;
    assert_eq!(left["lose_puback"], json!(null), "it has struck and is done");
}

#[tokio::test]
async fn what_is_not_named_stays() {
    let relay = start_all(&[]).await;
    succeed(&relay, "PUT /faults", r#"{"seed":7,"delay_ms":5,"lose_pubrec":{"each":2}}"#).await;
    let faults = succeed(&relay, "PUT /faults", r#"{"lose_pubrec":null,"chunks":{"split":3}}"#).await;
    assert_eq!(faults["seed"], 7);
    assert_eq!(faults["delay_ms"], 5);
    assert_eq!(faults["lose_pubrec"], json!(null));
    assert_eq!(faults["chunks"], json!({ "split": 3 }));
    assert_eq!(succeed(&relay, "GET /faults", "").await, faults);
    // What was shown can be set as it is.
    assert_eq!(succeed(&relay, "PUT /faults", &faults.to_string()).await, faults);

    assert_eq!(succeed(&relay, "DELETE /faults", "").await, json!(null));
    let alone = succeed(&relay, "PUT /faults", r#"{"seed":7}"#).await;
    assert_eq!(alone["seed"], 0, "a seed is kept with a fault");
    let none = succeed(&relay, "GET /faults", "").await;
    assert_eq!((&none["delay_ms"], &none["chunks"]), (&json!(0), &json!("whole")));
}

#[tokio::test]
async fn a_device_is_struck_and_no_other() {
    let relay = start_all(&[]).await;
    let mut struck = Device::online(&relay, "1", "2", "k").await;
    let mut spared = Device::online(&relay, "3", "2", "k").await;
    for strike in ["take-over", "cut"] {
        let body = json!({ "strike": strike, "device_id": "1" }).to_string();
        assert_eq!(succeed(&relay, "POST /faults/strike", &body).await, json!({ "connections": 1 }));
        assert_eq!(struck.receive().await, None, "{strike}");
        struck = Device::online(&relay, "1", "2", "k").await;
    }
    spared.publish("$dp", 1, b"\x03\x00\x07{\"a\":1}").await;

    // Nothing passes a half-open connection, and nobody is told.
    succeed(&relay, "POST /faults/strike", r#"{"strike":"half-open"}"#).await;
    spared.send(&Packet::PingReq).await;
    let status = succeed(&relay, "GET /devices/status?devIds=3", "").await;
    assert_eq!(status["devices"][0]["online"], true);
    succeed(&relay, "POST /faults/strike", r#"{"strike":"cut","device_id":"3"}"#).await;
    assert_eq!(spared.receive().await, None, "the PINGREQ was not answered");
}

#[tokio::test]
async fn frames_in_pieces_are_frames() {
    let relay = start_all(&[]).await;
    succeed(&relay, "PUT /faults", r#"{"chunks":{"split":1},"jitter_ms":3,"seed":1}"#).await;
    for mut device in [Device::over_tcp(&relay).await, Device::over_web_socket(&relay).await] {
        device.log_in("1", "2", "k").await;
        device.subscribe("news").await;
        succeed(&relay, "POST /mqtt?topic=news", "a long word").await;
        assert_eq!(device.message().await, ("news".to_owned(), b"a long word".to_vec()));
    }
}

#[tokio::test]
async fn a_frame_is_cut_where_it_was_asked() {
    let relay = start_all(&[]).await;
    let mut device = Device::online(&relay, "1", "2", "k").await;
    succeed(&relay, "PUT /faults?device_id=1", r#"{"cut":{"nth":1},"cut_after":3}"#).await;
    let mut upload = Publish::new("$dp", QoS::AtLeastOnce, &b"\x03\x00\x07{\"a\":1}"[..]);
    upload.pkid = 7;
    device.send(&Packet::Publish(upload)).await;
    assert_eq!(device.receive().await, None);
    assert_eq!(device.unfinished(), 3, "of the four bytes of a PUBACK");
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let relay = start_all(&[]).await;
    succeed(&relay, "POST /devices", r#"{"title":"t"}"#).await;
    check_refusals(
        &relay,
        &[
            ("PUT /faults", "", 9, "{\"lose_puback\":{\"nth\":1}}"),
            ("PUT /faults", "{", 4, "EOF"),
            ("PUT /faults", "[]", 6, "expected a JSON object"),
            (
                "PUT /faults",
                r#"{"lose_pubak":{"nth":1}}"#,
                6,
                "lose_pubak is no member, expected some of seed,",
            ),
            ("PUT /faults", r#"{"jitter_ms":"5"}"#, 6, "jitter_ms is \"\\\"5\\\"\", expected 0 to 3600000"),
            ("PUT /faults?device_id=9", r#"{"cut":null}"#, 8, "device 9"),
            ("GET /faults?device_id=9", "", 8, "device 9"),
            ("DELETE /faults?device_id=9", "", 8, "device 9"),
            ("POST /faults/strike?device_id=1", r#"{"strike":"cut","device_id":"2"}"#, 6, "the same in both"),
            ("POST /faults/strike?device_id=404", r#"{"strike":"cut"}"#, 8, "404"),
            ("POST /faults/strike", "{}", 7, "strike"),
            ("POST /faults/strike", r#"{"strike":"explode"}"#, 6, "expected cut, half-open or take-over"),
            ("POST /faults/strike", r#"{"strike":1}"#, 6, "expected cut, half-open or take-over"),
            (
                "POST /faults/strike",
                r#"{"strike":"cut","device":"1"}"#,
                6,
                "device is no member, expected some",
            ),
            ("POST /faults/strike", r#"{"strike":"cut","device_id":1}"#, 6, "expected a device id in quotes"),
            ("POST /faults/strike", r#"{"strike":"cut","device_id":"1"}"#, 10, "1"),
            ("POST /faults", "{}", 8, "no call of this API"),
        ],
    )
    .await;
    let still_none = succeed(&relay, "GET /faults", "").await;
    assert_eq!(still_none["lose_puback"], json!(null));
}

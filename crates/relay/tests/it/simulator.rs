//! The simulated platform through the relay: devices over WebSocket and TCP, scripts over HTTP.

use frame::{Connect, ConnectReturnCode, Packet, Publish, QoS, Subscribe};
use relay::Relay;

use crate::platform::*;
use crate::setting::*;

const BODY: &str =
    r#"{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55.10}]}]}"#;

async fn upload_and_command(relay: &Relay, mut device: Device) {
    assert_eq!(device.log_in("29455901", "12555524", "JHFDJF55586jhk").await, ConnectReturnCode::Success);

    let mut payload = vec![0x01, 0x00, u8::try_from(BODY.len()).unwrap()];
    payload.extend_from_slice(BODY.as_bytes());
    device.publish("$dp", 1, &payload).await;
    let request = "GET /devices/29455901/datapoints?datastream_id=wendu,absent HTTP/1.1\r\nhost: localhost";
    let (_, stored) = http(relay.simulator_api().unwrap(), request, "").await;
    let point = r#"{"at":"2016-08-15 14:47:00.000","value":55.10}"#;
    let data = format!(r#"{{"count":1,"datastreams":[{{"id":"wendu","datapoints":[{point}]}}]}}"#);
    assert_eq!(stored, format!(r#"{{"errno":0,"error":"succ","data":{data}}}"#));

    let sent = call(relay, "POST /cmds?device_id=29455901", "123123123").await;
    let uuid = sent["data"]["cmd_uuid"].as_str().unwrap();
    assert_eq!(uuid.len(), 36);
    let Some(Packet::Publish(command)) = device.receive().await else { panic!("no command") };
    assert_eq!(
        (command.topic.as_str(), &command.payload[..]),
        (&*format!("$creq/{uuid}"), &b"123123123"[..])
    );

    let early = call(relay, &format!("GET /cmds/{uuid}/resp"), "").await;
    assert_eq!(early["errno"], 8);
    let status = call(relay, &format!("GET /cmds/{uuid}"), "").await;
    assert_eq!(status["data"], serde_json::json!({ "status": 2, "desc": "Command Sent" }));

    device.publish(&format!("$crsp/{uuid}"), 2, b"\x00done").await;
    let status = call(relay, &format!("GET /cmds/{uuid}"), "").await;
    assert_eq!(status["data"]["status"], 4);
    let (_, answer) = get(relay.simulator_api().unwrap(), &format!("/cmds/{uuid}/resp")).await;
    assert_eq!(answer, "\0done");
}

#[tokio::test]
async fn a_device_over_tcp_uploads_and_answers_a_command() {
    let relay = start_all(&[]).await;
    upload_and_command(&relay, Device::over_tcp(&relay).await).await;
}

#[tokio::test]
async fn a_device_over_web_socket_uploads_and_answers_a_command() {
    let relay = start_all(&[]).await;
    upload_and_command(&relay, Device::over_web_socket(&relay).await).await;
}

#[tokio::test]
async fn both_ways_lead_to_the_same_platform() {
    let relay = start_all(&[]).await;
    let mut first = Device::over_tcp(&relay).await;
    let mut second = Device::over_web_socket(&relay).await;
    assert_eq!(first.log_in("1", "2", "k").await, ConnectReturnCode::Success);
    assert_eq!(second.log_in("1", "2", "k").await, ConnectReturnCode::Success);
    assert_eq!(first.receive().await, None, "the second login drops the first");
}

#[tokio::test]
async fn knows_only_the_devices_it_was_told_of() {
    let relay = start_all(&["--device", "29455901:12555524:JHFDJF55586jhk"]).await;
    for (device, product, auth_info, code) in [
        ("29455901", "12555524", "JHFDJF55586jhk", ConnectReturnCode::Success),
        ("29455901", "12555524", "wrong", ConnectReturnCode::BadUserNamePassword),
        ("29455902", "12555524", "JHFDJF55586jhk", ConnectReturnCode::BadClientId),
    ] {
        for mut link in [Device::over_tcp(&relay).await, Device::over_web_socket(&relay).await] {
            assert_eq!(link.log_in(device, product, auth_info).await, code);
            if code != ConnectReturnCode::Success {
                assert_eq!(link.receive().await, None, "a refused device is let go");
            }
        }
    }
}

#[tokio::test]
async fn follows_the_readings_it_was_told_of() {
    let relay = start_all(&["--reading", "keep-alive-range=up-to-240", "--reading", "will=refused"]).await;
    // 120 seconds are within both ranges, 1,200 only within the default one.
    for (keep_alive, is_taken) in [(120, true), (1_200, false)] {
        let mut connect = Connect::new("1");
        connect.keep_alive = keep_alive;
        connect.set_login("2", "k");
        let mut device = Device::over_tcp(&relay).await;
        device.send(&Packet::Connect(connect)).await;
        assert_eq!(device.receive().await.is_some(), is_taken, "{keep_alive}");
    }
}

#[tokio::test]
async fn gives_a_device_all_its_kept_commands() {
    let relay = start_all(&["--device", "1:2:k"]).await;
    // All of them are more than the relay holds for a device.
    let body = "x".repeat(60_000);
    for _ in 0..20 {
        let kept = call_with_key(&relay, "k", "POST /cmds?device_id=1&timeout=60", &body).await;
        assert_eq!(kept["errno"], 0, "{kept}");
    }
    let mut device = Device::online(&relay, "1", "2", "k").await;
    for _ in 0..20 {
        assert_eq!(device.message().await.1.len(), body.len());
    }
}

#[tokio::test]
async fn pages_need_to_be_let_in_to_the_api() {
    let relay = start_all(&[]).await;
    let request = "POST /cmds?device_id=1 HTTP/1.1\r\nhost: localhost\r\norigin: https://evil.example";
    let (head, _) = http(relay.simulator_api().unwrap(), request, "x").await;
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
}

#[tokio::test]
async fn drops_a_device_that_does_not_read() {
    let relay = start_all(&[]).await;
    let mut deaf = Device::over_tcp(&relay).await;
    deaf.log_in("1", "2", "k").await;
    let mut subscribe = Subscribe::new("news", QoS::AtMostOnce);
    subscribe.pkid = 1;
    deaf.send(&Packet::Subscribe(subscribe)).await;
    assert!(matches!(deaf.receive().await, Some(Packet::SubAck(_))));

    let mut talker = Device::over_tcp(&relay).await;
    talker.log_in("3", "2", "k").await;
    let news = Packet::Publish(Publish::new("news", QoS::AtMostOnce, vec![0; 200_000]));
    let mut is_dropped = false;
    for _ in 0..200 {
        talker.send(&news).await;
        talker.send(&Packet::PingReq).await;
        assert_eq!(talker.receive().await, Some(Packet::PingResp), "the platform goes on");
        let answer = call(&relay, "POST /cmds?device_id=1", "x").await;
        if answer["errno"] == 10 {
            is_dropped = true;
            break;
        }
    }
    assert!(is_dropped);
}

//! Other people's MQTT clients, against the relay: the script that every beginner copies, and both
//! libraries over WebSocket.

use anyhow::{Context, Result, ensure};
use e2e::{Mosquitto, Peer, Relay, eventually, http};
use serde_json::json;

const DEVICE: &str = "29455901";

#[tokio::test]
async fn the_script_uploads_and_is_commanded_at_the_simulated_platform() -> Result<()> {
    let relay = Relay::start(&["--simulate", "127.0.0.1:0", "--simulate-api", "127.0.0.1:0"]).await?;
    let simulator = relay.simulator.context("no simulator")?;

    // What the script shows its user.
    let mut device = Peer::paho_device([simulator.ip().to_string(), simulator.port().to_string()])?;
    device.wait_for_line("连接结果: Connection Accepted.").await?;
    device.wait_for_line("mid: 1").await?;

    // What the platform has kept of it.
    let stored = http::get(&relay.api(&format!("/devices/{DEVICE}/datapoints"))?).await?.json()?;
    ensure!(stored["errno"] == json!(0), "{stored}");
    let stream = &stored["data"]["datastreams"][0];
    ensure!(stream["id"] == json!("wendu"), "{stored}");
    ensure!(stream["datapoints"][0]["value"] == json!(55), "{stored}");
    ensure!(stream["datapoints"][0]["at"] == json!("2016-08-15 14:47:00.000"), "{stored}");

    // A command, without any subscription, and its answer.
    let sent = http::post(&relay.api(&format!("/cmds?device_id={DEVICE}"))?, "27").await?.json()?;
    ensure!(sent["errno"] == json!(0), "{sent}");
    let uuid = sent["data"]["cmd_uuid"].as_str().context("no cmd_uuid")?.to_owned();
    device.wait_for_line(&format!("message: $creq/{uuid} 27")).await?;
    device.wait_for_line("温度:27°C").await?;
    let answer = relay.api(&format!("/cmds/{uuid}/resp"))?;
    eventually("the answer can be read", async || {
        let found = http::get(&answer).await?;
        ensure!(found.text() == "done: 27", "{}", found.text());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_command_for_a_device_that_is_away_is_refused_in_words() -> Result<()> {
    let device = format!("{DEVICE}:12555524:JHFDJF55586jhk");
    let relay = Relay::start(&["--device", &device, "--simulate-api", "127.0.0.1:0"]).await?;
    let url = relay.api(&format!("/cmds?device_id={DEVICE}"))?;
    let sent = http::post_with_key(&url, "27", "JHFDJF55586jhk").await?.json()?;
    ensure!(sent["errno"] == json!(10), "{sent}");
    ensure!(sent["error"] == json!(format!("device not online: {DEVICE}")), "{sent}");
    Ok(())
}

#[tokio::test]
async fn mqtt_js_reaches_a_broker_through_the_relay() -> Result<()> {
    let mut broker = Mosquitto::start().await?;
    let upstream = format!("broker={}", broker.upstream());
    let relay = Relay::start(&["--upstream", &upstream]).await?;
    let mut subscriber = broker.subscribe("from/page").await?;

    let mut client =
        Peer::mqtt_js([&relay.web_socket("broker"), "to/page", "from/page", "温度 27.5"].map(str::to_owned))?;
    client.wait_for_line("connected").await?;
    client.wait_for_line("subscribed to/page 1").await?;
    client.wait_for_line("acknowledged").await?;
    subscriber.wait_for_line("from/page 温度 27.5").await?;

    broker.publish("to/page", "回答").await?;
    client.wait_for_line("message to/page 1 回答").await?;
    Ok(())
}

#[tokio::test]
async fn paho_over_web_socket_reaches_a_broker_through_the_relay() -> Result<()> {
    let mut broker = Mosquitto::start().await?;
    let upstream = format!("broker={}", broker.upstream());
    let relay = Relay::start(&["--upstream", &upstream]).await?;
    let mut subscriber = broker.subscribe("from/script").await?;

    let (host, port) = (relay.http.ip().to_string(), relay.http.port().to_string());
    let mut client =
        Peer::paho_web_socket([&host, &port, "/mqtt/broker", "to/script", "from/script", "温度 27.5"])?;
    client.wait_for_line("connected: Connection Accepted.").await?;
    client.wait_for_line("subscribed 1").await?;
    client.wait_for_line("acknowledged").await?;
    subscriber.wait_for_line("from/script 温度 27.5").await?;

    broker.publish("to/script", "回答").await?;
    client.wait_for_line("message to/script 回答").await?;
    Ok(())
}

//! Devices with signed tokens, by somebody else's client: paho-mqtt against the platform that the relay simulates, which
//! knows their keys.

use anyhow::{Context, Result, ensure};
use e2e::{End, Peer, Program, RecordingProxy, Relay, http};
use onenet::token::{Claims, Key, Method, Resource};
use serde_json::{Value, json};

/// A key that was published with tokens made from it.
const KEY: &str = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=";
/// Another one.
const OTHER_KEY: &str = "KuF3NT/jUBJ62LNBB/A8XZA9CqS3Cu79B/ABmfA1UCw=";

#[tokio::test]
async fn a_device_of_the_suite_posts_data_points_and_answers_a_command() -> Result<()> {
    let relay = start().await?;
    let points = [
        r#"{"id":1,"dp":{"temperature":[{"v":27.50}],"switch":[{"v":true,"t":1552289676}]}}"#,
        r#"{"id":2,"dp":{"temperature":27.5}}"#,
        "27.5",
    ];
    let mut device = connect(&relay, ["suite", "321016", "ESP8266_01", KEY, "md5"], &points)?;
    device.wait_for_line("login: 0").await?;
    device.wait_for_line("subscribed: 0").await?;
    device.wait_for_line(r#"message: dp/post/json/accepted {"id":1}"#).await?;
    device
        .wait_for_line(r#"message: dp/post/json/rejected {"id":2,"err_code":98,"err_msg":"illegal data"}"#)
        .await?;
    device
        .wait_for_line(r#"message: dp/post/json/rejected {"id":-1,"err_code":98,"err_msg":"illegal data"}"#)
        .await?;

    let url = relay.api("/v1/synccmds?device_id=321016/ESP8266_01&timeout=5")?;
    let answered = http::post_with_token(&url, "opendoor", &token("321016")?).await?.json()?;
    ensure!(answered["errno"] == json!(0) && answered["error"] == json!("success"), "{answered}");
    // done: opendoor
    ensure!(answered["data"]["cmd_resp"] == json!("ZG9uZTogb3BlbmRvb3I="), "{answered}");
    let uuid = answered["data"]["cmd_uuid"].as_str().context("no cmd_uuid")?;
    device.wait_for_line(&format!("message: cmd/request/{uuid} opendoor")).await?;
    device.wait_for_line(&format!("message: cmd/response/{uuid}/accepted")).await?;
    Ok(())
}

#[tokio::test]
async fn a_device_of_the_studio_posts_properties_and_answers_what_it_is_asked() -> Result<()> {
    let relay = start().await?;
    let properties = [
        r#"{"id":"1","version":"1.0","params":{"temp":{"value":30.50},"switch":{"value":true}}}"#,
        r#"{"id":"2","version":"1.0","params":30.5}"#,
    ];
    let mut device = connect(&relay, ["studio", "VRqhDHF2wL", "my_tv", KEY, "sha256"], &properties)?;
    device.wait_for_line("login: 0").await?;
    device.wait_for_line("subscribed: 0").await?;
    device
        .wait_for_line(r#"message: thing/property/post/reply {"id":"1","code":200,"msg":"success"}"#)
        .await?;
    device.wait_for_line(r#"message: thing/property/post/reply {"id":"2","code":301,"#).await?;

    let url = relay.api("/thingmodel/query-device-property?product_id=VRqhDHF2wL&device_name=my_tv")?;
    let latest = http::get_with_token(&url, &token("VRqhDHF2wL")?).await?.json()?;
    let value = |identifier: &str| {
        let all = latest["data"].as_array()?;
        Some(&all.iter().find(|one| one["identifier"] == json!(identifier))?["value"])
    };
    // As it was written.
    ensure!(value("temp") == Some(&json!("30.50")) && value("switch") == Some(&json!("true")), "{latest}");

    let set = call(&relay, "set-device-property", json!({ "params": { "switch": false } })).await?;
    device.wait_for_line("message: thing/property/set ").await?;
    ensure!(set["data"]["code"] == json!(200) && set["data"]["msg"] == json!("success"), "{set}");
    let got = call(&relay, "query-device-property-detail", json!({ "params": ["switch"] })).await?;
    ensure!(got["data"] == json!({ "switch": false }), "{got}");
    let done =
        call(&relay, "call-service", json!({ "identifier": "blink", "params": { "times": 3 } })).await?;
    ensure!(done["data"] == json!({ "heard": { "times": 3 } }), "{done}");
    Ok(())
}

#[tokio::test]
async fn a_wrong_token_gets_exactly_connack_4() -> Result<()> {
    let relay = start().await?;
    let suite = ["suite", "321016", "ESP8266_01"];
    let studio = ["studio", "VRqhDHF2wL", "my_tv"];
    let wrong: [(&str, [&str; 3], &str, &[&str]); 6] = [
        ("signed with another key", suite, OTHER_KEY, &[]),
        ("signed with another key", studio, OTHER_KEY, &[]),
        ("expired", suite, KEY, &["--et", "1597706627"]),
        ("expired", studio, KEY, &["--et", "1597706627"]),
        ("of another device", studio, KEY, &["--res", "products/VRqhDHF2wL/devices/my_radio"]),
        ("of a device that nobody knows", ["studio", "VRqhDHF2wL", "my_radio"], KEY, &[]),
    ];
    for (why, who, key, options) in wrong {
        let proxy = RecordingProxy::start(relay.simulator.context("no simulator")?).await?;
        let address = [proxy.address.ip().to_string(), proxy.address.port().to_string()];
        let who = who.into_iter().chain([key, "sha1"]).map(str::to_owned);
        let options = options.iter().map(|option| (*option).to_owned());
        let mut device = Peer::paho_token_device(options.chain(address).chain(who))?;
        device.wait_for_line("login: 4").await?;
        device.wait_for_success().await?;
        let recordings = proxy.recordings().await?;
        let [recording] = recordings.as_slice() else { anyhow::bail!("{why}: {recordings:?}") };
        let said = recording.said_by(End::Broker);
        ensure!(said == [0x20, 0x02, 0x00, 0x04], "a token {why} was answered with {said:02x?}");
    }
    Ok(())
}

// ── helpers ──

/// A relay whose simulated platform knows a device of each generation with tokens.
async fn start() -> Result<Relay> {
    let devices = [format!("ESP8266_01:321016:{KEY}"), format!("my_tv:VRqhDHF2wL:{KEY}")];
    let [suite, studio] = &devices;
    let known = ["--token-device", suite, "--token-device", studio];
    let listening = ["--simulate", "127.0.0.1:0", "--simulate-api", "127.0.0.1:0"];
    Relay::start(&[&known[..], &listening[..]].concat()).await
}

/// A device that posts `payloads` once it has subscribed.
fn connect(relay: &Relay, who: [&str; 5], payloads: &[&str]) -> Result<Program> {
    let simulator = relay.simulator.context("no simulator")?;
    let (host, port) = (simulator.ip().to_string(), simulator.port().to_string());
    let address = [host, port].into_iter();
    Peer::paho_token_device(address.chain(who.into_iter().chain(payloads.iter().copied()).map(str::to_owned)))
}

/// A token for the HTTP API of a product.
fn token(product: &str) -> Result<String> {
    let res = Resource::parse(&format!("products/{product}"))?;
    Ok(Claims::device(res, 4_102_444_800, Method::Sha256).sign(&Key::parse(KEY)?).write())
}

/// A call about the thing model of the studio's device; it must succeed.
async fn call(relay: &Relay, name: &str, mut body: Value) -> Result<Value> {
    body["product_id"] = json!("VRqhDHF2wL");
    body["device_name"] = json!("my_tv");
    let url = relay.api(&format!("/thingmodel/{name}"))?;
    let answer = http::post_with_token(&url, &body.to_string(), &token("VRqhDHF2wL")?).await?.json()?;
    ensure!(answer["code"] == json!(0), "{name}: {answer}");
    Ok(answer)
}

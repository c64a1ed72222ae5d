//! Each of the seven payload types of `$dp`: from paho-mqtt over TCP and from the page.

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Language, Page, Peer, Relay, StaticServer, place};
use serde_json::{Value, json};

/// A payload as the documents and their SDK write it (reference §1.6), and the streams and values that the
/// platform must have of it.
type Example = (&'static [u8], Vec<(&'static str, Value)>);

/// One of each type.
fn payloads() -> Vec<Example> {
    vec![
        (
            b"\x01\x00\x57{\"datastreams\":[{\"id\":\"wendu\",\"datapoints\":[{\"at\":\"2016-08-15T14:47:00\",\"value\":55}]}]}",
            vec![("wendu", json!(55))],
        ),
        (b"\x02\x00\x12{ \"ds_id\": \"Test\"}\x00\x00\x00\x0512347", vec![("Test", json!("MTIzNDc="))]),
        (b"\x03\x00\x14{\"temperature\":22.5}", vec![("temperature", json!(22.5))]),
        (
            b"\x04\x00\x3f{\"a\":{\"2015-03-22 22:31:12\":\"x\"},\"b\":{\"2016-01-02 03:04:05\":1}}",
            vec![("a", json!("x")), ("b", json!(1))],
        ),
        (
            b"\x05\x00\x36#@heat#2015-03-22 22:31:12#22.50000000@102@pm2.5#89@10",
            vec![("heat", json!("22.50000000")), ("1", json!("102")), ("pm2.5", json!("89")), ("3", json!("10"))],
        ),
        (
            b"\x86\x10\x0c\x16\x16\x16\x16\x00\x0f,;102;pm10.5,89",
            vec![("0", json!("102")), ("pm10.5", json!("89"))],
        ),
        (
            b"\x87\x10\x0c\x16\x16\x16\x16\x00\x07\x00\x02\x00\x00\x08\x42\x66\x66\xa2\xc1",
            vec![("7", json!(34.0)), ("8", json!(-20.3))],
        ),
    ]
}

#[tokio::test]
async fn paho_uploads_it_over_tcp_and_curl_reads_it_back() -> Result<()> {
    let relay = Relay::start(&["--simulate", "127.0.0.1:0", "--simulate-api", "127.0.0.1:0"]).await?;
    let simulator = relay.simulator.context("no simulator")?;
    let hex =
        payloads().into_iter().map(|(payload, _)| payload.iter().map(|byte| format!("{byte:02x}")).collect());
    let address = [simulator.ip().to_string(), simulator.port().to_string()];
    let mut device = Peer::paho_uploads(address.into_iter().chain(hex))?;
    device.wait_for_line("uploaded 7").await?;
    device.wait_for_success().await?;

    for (payload, expected) in payloads() {
        for (stream, value) in expected {
            let url = relay.api(&format!("/devices/29455901/datapoints?datastream_id={stream}"))?;
            let stored: Value = serde_json::from_str(&Peer::curl(&url).await?)?;
            let points = &stored["data"]["datastreams"][0]["datapoints"];
            let found =
                points.as_array().is_some_and(|points| points.iter().any(|point| point["value"] == value));
            ensure!(found, "type {}: {stream} is no {value} in {stored}", payload[0] & 0x3F);
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_page_uploads_it_and_the_platform_shows_what_it_read() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
    page.connect().await?;

    for (number, stream, value) in [("1", "one", "1.10"), ("3", "three", "3.30"), ("4", "four", "4.40")] {
        page.choose_type(number).await?;
        page.upload(stream, value).await?;
        page.shows("#platform-streams", stream).await?;
        page.shows("#platform-streams", value).await?;
    }
    for (number, stream, value) in [("5", "five", "5.50"), ("6", "six", "6.60")] {
        page.choose_type(number).await?;
        page.upload(stream, value).await?;
        // Values of delimited text are texts.
        page.shows("#platform-streams", &format!("\"{value}\"")).await?;
    }
    page.choose_type("7").await?;
    page.fill("#number", "700").await?;
    page.fill("#floats", "34, -20.3").await?;
    page.upload_again().await?;
    page.shows("#platform-streams", "701").await?;
    page.shows("#platform-streams", "-20.3").await?;

    page.choose_type("2").await?;
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), b"12347")?;
    page.pick("#file", file.path()).await?;
    page.shows("#file-state", "5 bytes").await?;
    page.fill("#binary-stream", "two").await?;
    page.upload_again().await?;
    page.shows("#platform-streams", "MTIzNDc=").await?;
    page.browser().take_picture("every-type").await?;
    Ok(())
}

#[tokio::test]
async fn what_breaks_a_rule_is_said_before_it_is_sent_and_can_be_sent_all_the_same() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
    page.connect().await?;
    page.choose_content("message").await?;
    page.fill("#topic", "$dp").await?;
    page.choose_encoding("hex").await?;
    page.fill("#text", "17 00 00").await?;
    page.shows("#text-warning", "documented nowhere").await?;
    page.shows("#text-warning", "OneNET would hang up").await?;
    page.shows("#upload", "Upload anyway").await?;
    page.click("#upload").await?;
    page.shows("#platform-log", "Hung up on device 29455901").await?;
    // It comes back by itself and sends it again, until that is no accident: then the person decides.
    page.shows("#status", "hung up three times in a row").await?;
    // Below the first upload of the second login, above that of the first.
    page.click("#outbox li:nth-last-child(2) button").await?;
    page.shows("#outbox", "taken back").await?;
    // The first upload of a login would be the same.
    page.tick("#upload-first", false).await?;
    page.click("#connect").await?;
    page.shows("#status", "Login accepted").await
}

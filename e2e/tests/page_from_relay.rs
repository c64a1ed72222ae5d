//! The page as the relay serves it, against the platform that the relay simulates.

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Destination, Language, Page, Relay, eventually, http, place};
use serde_json::json;

#[tokio::test]
async fn uploads_and_is_commanded_at_the_relays_simulator() -> Result<()> {
    let dist = place::dist()?;
    let dist = dist.to_str().context("the page's folder has a strange name")?;
    let relay = Relay::start(&["--page", dist, "--simulate-api", "127.0.0.1:0"]).await?;
    let url = format!("http://{}/", relay.http);
    let page = Page::open(Browser::start(Language::English).await?, &url).await?;

    page.log_in_as("29455901", "12555524", "JHFDJF55586jhk").await?;
    page.choose(Destination::Relay("simulator")).await?;
    page.connect().await?;
    page.upload("wendu", "27.5").await?;

    // The first values may be uploaded by the page itself, as soon as it is connected.
    let stored = http::get(&relay.api("/devices/29455901/datapoints")?).await?.json()?;
    let streams = stored["data"]["datastreams"].as_array().context("no data streams")?;
    let wendu = streams.iter().find(|stream| stream["id"] == json!("wendu")).context("no stream wendu")?;
    let points = wendu["datapoints"].as_array().context("no data points")?;
    ensure!(points.iter().any(|point| point["value"] == json!(27.5)), "{stored}");

    let sent = http::post(&relay.api("/cmds?device_id=29455901")?, "fan on").await?.json()?;
    let uuid = sent["data"]["cmd_uuid"].as_str().context("no cmd_uuid")?;
    page.answer("fan on", "fan is on").await?;
    let answer = relay.api(&format!("/cmds/{uuid}/resp"))?;
    eventually("the platform has the answer", async || {
        let found = http::get(&answer).await?;
        ensure!(found.text() == "fan is on", "{}", found.text());
        Ok(())
    })
    .await
}

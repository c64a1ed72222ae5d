//! The harness itself: what it starts works, and what it started is gone afterwards.

use std::fs;

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Language, Mosquitto, StaticServer, eventually, http, place};
use fantoccini::Locator;
use rustix::process::test_kill_process;
use serde_json::json;
use tempfile::TempDir;

const TOY: &str = r#"<!doctype html><meta charset="utf-8"><title>toy</title>
<link rel="icon" href="data:,"><script src="./toy.js"></script>
<input id="field" value="before"><p id="echo"></p>
<script>field.oninput = () => { echo.textContent = field.value; console.log("typed " + field.value) }</script>"#;

#[tokio::test]
async fn a_browser_shows_a_page_and_leaves_nothing_behind() -> Result<()> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("index.html"), TOY)?;
    fs::write(folder.path().join("toy.js"), "document.documentElement.dataset.loaded = 'yes'")?;
    let server = StaticServer::start(folder.path(), "/some/where/").await?;
    let browser = Browser::start(Language::Chinese).await?;

    browser.open(&server.url()).await?;
    ensure!(browser.evaluate("document.documentElement.dataset.loaded").await? == json!("yes"));
    ensure!(browser.evaluate("navigator.language").await? == json!("zh-CN"));
    browser.find(Locator::Css("#field")).await?.send_keys("+温度").await?;
    ensure!(browser.find(Locator::Css("#echo")).await?.text().await? == "before+温度");
    let console = browser.console().await?;
    ensure!(console.iter().any(|entry| entry.message.contains("typed before+温度")), "{console:?}");

    browser.set_viewport(390, 844).await?;
    let picture = browser.take_picture("toy").await?;
    ensure!(fs::read(picture)?.starts_with(b"\x89PNG"));

    let process = browser.process().context("a browser that does not name its process")?;
    drop(browser);
    eventually("the browser has ended", async || {
        ensure!(test_kill_process(process).is_err(), "it still runs");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_static_server_serves_only_its_path() -> Result<()> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("index.html"), TOY)?;
    fs::write(folder.path().join("page.wasm"), b"\0asm")?;
    let server = StaticServer::start(folder.path(), "some/where").await?;

    ensure!(http::get(&server.url()).await?.status == 200);
    ensure!(http::get(&format!("{}page.wasm", server.url())).await?.body.as_ref() == b"\0asm");
    ensure!(http::get(&format!("{}/page.wasm", server.origin())).await?.status == 404);
    Ok(())
}

#[tokio::test]
async fn a_broker_passes_messages_between_its_own_clients() -> Result<()> {
    let mut broker = Mosquitto::start().await?;
    let mut subscriber = broker.subscribe("sensor/#").await?;
    broker.publish("sensor/raw", "27.5").await?;
    subscriber.wait_for_line("sensor/raw 27.5").await?;
    Ok(())
}

#[test]
fn what_is_missing_names_its_command() {
    let missing = place::program("no-such-program").expect_err("there is none");
    assert!(missing.to_string().contains("cargo xtask setup"), "{missing}");
}

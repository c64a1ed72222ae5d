//! What the page says when something is not as it should be. Nothing typed is ever lost.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Destination, Language, Page, Relay, StaticServer, place};

/// An address of this machine where nobody listens: bound once, so that it was free, and let go.
fn deserted() -> Result<std::net::SocketAddr> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

#[tokio::test]
async fn a_relay_that_is_not_running_is_named_within_ten_seconds() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
    let nobody = format!("ws://{}/mqtt/simulator", deserted()?);
    page.choose(Destination::Address(&nobody)).await?;
    page.fill("#device-id", "4711").await?;

    let pressed = Instant::now();
    page.click("#connect").await?;
    page.shows("#status", "Check that the relay or server is running").await?;
    ensure!(pressed.elapsed() < Duration::from_secs(10), "it took {:?}", pressed.elapsed());
    page.shows("#status", "number 2").await?;
    ensure!(page.value("#device-id").await? == "4711", "what was typed is gone");
    ensure!(page.value("#address").await? == nobody, "what was typed is gone");
    page.disconnect().await
}

#[tokio::test]
async fn an_upstream_that_cannot_be_reached_is_told_from_a_relay_that_cannot() -> Result<()> {
    let upstream = format!("nobody=tcp://{}", deserted()?);
    let dist = place::dist()?;
    let dist = dist.to_str().context("the page's folder has a strange name")?;
    let relay = Relay::start(&["--page", dist, "--upstream", &upstream]).await?;
    let url = format!("http://{}/", relay.http);
    let page = Page::open(Browser::start(Language::Chinese).await?, &url).await?;
    page.choose(Destination::Relay("nobody")).await?;
    page.click("#connect").await?;
    page.shows("#status", "中继连不上上游").await
}

#[tokio::test]
async fn a_refused_login_names_the_code_and_the_field() -> Result<()> {
    let dist = place::dist()?;
    let dist = dist.to_str().context("the page's folder has a strange name")?;
    let relay = Relay::start(&["--page", dist, "--device", "29455901:12555524:JHFDJF55586jhk"]).await?;
    let url = format!("http://{}/", relay.http);
    let page = Page::open(Browser::start(Language::English).await?, &url).await?;
    page.choose(Destination::Relay("simulator")).await?;

    page.fill("#auth-info", "wrong").await?;
    page.click("#connect").await?;
    page.shows("#status", "CONNACK 4").await?;
    page.shows("#status", "auth info is wrong").await?;

    page.fill("#device-id", "1").await?;
    page.click("#connect").await?;
    page.shows("#status", "CONNACK 2").await?;

    page.fill("#device-id", "").await?;
    page.click("#connect").await?;
    page.shows("#device-id-error", "Fill in the device ID").await?;

    page.log_in_as("29455901", "12555524", "JHFDJF55586jhk").await?;
    page.connect().await
}

#[tokio::test]
async fn comes_back_when_the_relay_does() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let origin = ["--allow-origin", server.origin()];
    let relay = Relay::start(&origin).await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
    page.choose(Destination::Address(&relay.web_socket("simulator"))).await?;
    page.connect().await?;

    let address = relay.http;
    drop(relay);
    page.shows("#status", "Connection lost").await?;
    let _relay = Relay::start_at(address, &origin).await?;
    page.shows("#status", "Login accepted").await?;
    page.upload("wendu", "28.5").await
}

#[tokio::test]
async fn a_relay_that_hangs_is_noticed_within_ten_seconds_of_an_upload() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let relay = Relay::start(&["--allow-origin", server.origin()]).await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
    page.choose(Destination::Address(&relay.web_socket("simulator"))).await?;
    page.connect().await?;

    relay.program.freeze()?;
    let pressed = Instant::now();
    page.click("#upload").await?;
    page.shows("#status", "No PINGRESP").await?;
    ensure!(pressed.elapsed() < Duration::from_secs(10), "it took {:?}", pressed.elapsed());
    page.shows("#outbox", "waiting to be sent").await
}

#[tokio::test]
async fn broken_json_is_pointed_at_and_not_sent() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
    page.connect().await?;
    page.choose_content("body").await?;
    page.fill("#raw-body", "{\"datastreams\": [}").await?;
    page.shows("#raw-body-error", "Not JSON at line 1, column 18").await?;
    let before = page.text("#outbox").await?;
    page.click("#upload").await?;
    page.shows("#raw-body-error", "column 18").await?;
    ensure!(page.text("#outbox").await? == before, "it was sent");
    Ok(())
}

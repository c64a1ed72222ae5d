//! The page on one origin, the relay on another, a real broker behind it.

use anyhow::Result;
use e2e::{Browser, Destination, Language, Mosquitto, Page, Relay, StaticServer, place};

#[tokio::test]
async fn reaches_a_broker_through_a_relay_of_another_origin() -> Result<()> {
    let mut broker = Mosquitto::start().await?;
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let upstream = format!("broker={}", broker.upstream());
    let relay = Relay::start(&["--upstream", &upstream, "--allow-origin", server.origin()]).await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;

    page.log_in_as("29455901", "12555524", "JHFDJF55586jhk").await?;
    page.choose(Destination::Address(&relay.web_socket("broker"))).await?;
    page.connect().await?;

    let mut subscriber = broker.subscribe("room/heat").await?;
    page.upload_text("room/heat", r#"{"heat":27.5}"#).await?;
    subscriber.wait_for_line(r#"room/heat {"heat":27.5}"#).await?;

    page.subscribe("room/fan").await?;
    broker.wait_for_subscription("29455901").await?;
    broker.publish("room/fan", "fan on").await?;
    page.shows("#feed", "room/fan").await?;
    page.shows("#feed", "fan on").await
}

//! The page with nothing but a plain web server: it brings its own platform.

use anyhow::{Result, ensure};
use e2e::{Browser, Destination, Language, Page, StaticServer, place};

#[tokio::test]
async fn uploads_and_is_commanded_inside_the_page() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "some/where").await?;
    let page = Page::open(Browser::start(Language::Chinese).await?, &server.url()).await?;

    page.log_in_as("29455901", "12555524", "JHFDJF55586jhk").await?;
    page.choose(Destination::InPage).await?;
    page.connect().await?;
    page.upload("wendu", "27.5").await?;
    page.shows("#platform-streams", "wendu").await?;
    page.shows("#platform-streams", "27.5").await?;

    page.send_command("fan on").await?;
    page.answer("fan on", "fan is on").await?;
    page.shows("#platform", "fan is on").await?;
    page.browser().take_picture("page-alone").await?;
    page.browser().set_viewport(390, 844).await?;
    page.browser().take_picture("page-alone-390").await?;
    page.disconnect().await?;

    // It knows no address but its own folder.
    let outside = |line: &String| line.contains("\"GET ") && !line.contains("\"GET /some/where/");
    let strays: Vec<String> = server.program.lines().into_iter().filter(outside).collect();
    ensure!(strays.is_empty(), "asked for outside of its folder: {strays:#?}");
    // A static host has no relay: asking whether it has one is no fault.
    let mut console = page.browser().console().await?;
    console.retain(|entry| entry.level == "SEVERE" && !entry.message.contains("/upstreams"));
    ensure!(console.is_empty(), "the console says: {console:#?}");
    Ok(())
}

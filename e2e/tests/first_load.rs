//! What a first visit fetches before its form can be used, and that nothing is lost while the rest comes.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Language, Page, StaticServer, eventually, place};
use serde_json::json;
use tempfile::TempDir;

/// What the page is made of until its form can be used: each as its name begins and ends. `cargo xtask dist` says what
/// they weigh, and fails when that is too much.
const FIRST: [(&str, &str); 4] =
    [("style-", ".css"), ("onenet-web-", ".js"), ("onenet-web-", "-parts.js"), ("onenet-web-", "_bg.wasm")];

#[tokio::test]
async fn a_first_visit_fetches_four_files_until_its_form_can_be_used() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open_front(Browser::start(Language::Chinese).await?, &server.url()).await?;
    // Nobody is there, and all the same the rest comes.
    page.shows("#counts", "收到").await?;

    let fetched: Vec<String> = server.program.lines().iter().filter_map(|line| file(line)).collect();
    let later = fetched.iter().position(|name| name.starts_with("shared-") || name.starts_with("workshop-"));
    let (first, later) = fetched.split_at(later.context("the page is in one piece")?);
    let code = |name: &&String| [".wasm", ".js", ".css"].iter().any(|end| name.ends_with(end));
    let first: Vec<&String> = first.iter().filter(code).collect();
    ensure!(first.len() == FIRST.len(), "the first load is {first:#?}");
    for (begin, end) in FIRST {
        let is_there = first.iter().any(|name| name.starts_with(begin) && name.ends_with(end));
        ensure!(is_there, "{begin}*{end} is missing: {first:#?}");
    }
    let parts = ["workshop-", "inspector-", "platform-", "programs-"];
    eventually("every part is fetched", async || {
        let fetched: Vec<String> = server.program.lines().iter().filter_map(|line| file(line)).collect();
        for part in parts {
            ensure!(fetched.iter().filter(|name| name.starts_with(part)).count() == 1, "{part}: {later:#?}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_typed_stays_where_it_is_when_the_rest_comes() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open_front(Browser::start(Language::English).await?, &server.url()).await?;
    page.browser().evaluate("void (window.field = document.querySelector('#device-id')).focus()").await?;
    page.fill("#device-id", "4711").await?;
    page.whole().await?;

    let same = "document.activeElement === window.field && window.field.isConnected";
    ensure!(page.browser().evaluate(same).await? == json!(true), "the field is another one now");
    ensure!(page.value("#device-id").await? == "4711", "what was typed is gone");
    Ok(())
}

#[tokio::test]
async fn who_presses_connect_at_once_is_connected_as_soon_as_all_is_here() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open_front(Browser::start(Language::English).await?, &server.url()).await?;
    page.browser().evaluate("void document.querySelector('#connect').click()").await?;
    page.shows("#status", "Login accepted").await
}

#[tokio::test]
async fn a_part_that_cannot_be_fetched_is_named_and_can_be_fetched_again() -> Result<()> {
    let (dist, folder) = (place::dist()?.canonicalize()?, TempDir::new()?);
    let lost = link_all_but("workshop-", &dist, folder.path())?;
    let server = StaticServer::start(folder.path(), "page").await?;
    let page = Page::open_front(Browser::start(Language::Chinese).await?, &server.url()).await?;
    page.fill("#device-id", "4711").await?;
    page.shows(".missing", "没有载入成功").await?;

    symlink(dist.join(&lost), folder.path().join(&lost))?;
    page.click(".missing button").await?;
    page.whole().await?;
    ensure!(page.value("#device-id").await? == "4711", "what was typed is gone");
    Ok(())
}

/// The file that a line of the server's log is about.
fn file(line: &str) -> Option<String> {
    let path = line.split_once("\"GET ")?.1.split(' ').next()?;
    Some(path.rsplit('/').next().unwrap_or_default().to_owned())
}

/// Links every file but the one whose name begins so, and gives its name.
fn link_all_but(begin: &str, from: &Path, to: &Path) -> Result<String> {
    let mut left = None;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(begin) {
            left = Some(name);
        } else {
            symlink(entry.path(), to.join(&name))?;
        }
    }
    left.with_context(|| format!("no file is called {begin}…"))
}

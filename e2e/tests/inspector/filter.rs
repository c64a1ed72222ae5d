//! Narrowing the list down, stopping it, and following the newest.

use anyhow::{Result, ensure};
use e2e::{FilterField, Page, eventually};

use crate::{log_in, told};

#[tokio::test]
async fn frames_are_filtered_by_type_direction_topic_and_text() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.upload("wendu", "27.5").await?;
    page.send_command("fan on").await?;
    page.answer("fan on", "fan is on").await?;
    page.shows("#platform", "fan is on").await?;
    let all = told(&page.lists(7).await?).join(", ");
    let expected = "1 CONNECT, 2 CONNACK, 3 PUBLISH, 4 PUBACK, 5 PUBLISH, 6 PUBLISH, 7 PUBACK";
    ensure!(all == expected, "{all}");

    filtered(page, FilterField::Type, "PUBLISH", &[3, 5, 6]).await?;
    filtered(page, FilterField::Direction, "received", &[5]).await?;
    filtered(page, FilterField::Direction, "sent", &[3, 6]).await?;
    filtered(page, FilterField::Direction, "all", &[3, 5, 6]).await?;
    filtered(page, FilterField::Topic, "$creq/#", &[5]).await?;
    filtered(page, FilterField::Topic, "$crsp/+", &[6]).await?;
    filtered(page, FilterField::Topic, "$cr", &[5, 6]).await?;
    filtered(page, FilterField::Topic, "", &[3, 5, 6]).await?;
    filtered(page, FilterField::Type, "all", &[1, 2, 3, 4, 5, 6, 7]).await?;
    filtered(page, FilterField::Text, "FAN", &[5, 6]).await?;
    page.shows("#listed", "2 of 7 frames").await?;

    // A password is found only where it is shown.
    page.filter_frames(FilterField::Text, "sesam").await?;
    page.shows(".frames-side", "No frame matches the filter").await?;
    page.click("#show-secrets").await?;
    listed(page, &[1]).await
}

async fn filtered(page: &Page, field: FilterField, value: &str, numbers: &[u64]) -> Result<()> {
    page.filter_frames(field, value).await?;
    listed(page, numbers).await
}

async fn listed(page: &Page, numbers: &[u64]) -> Result<()> {
    eventually(&format!("{numbers:?} are listed"), async || {
        let found: Vec<u64> = page.drawn_frames().await?.iter().map(|row| row.number).collect();
        ensure!(found == numbers, "listed are {found:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_stopped_list_does_not_grow_but_counts() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.click("#pause").await?;
    page.shows("#pause", "Go on").await?;
    page.upload("wendu", "27.5").await?;
    page.shows("#pause", "Go on (2 new)").await?;
    page.shows("#frame-counts", "4 captured").await?;
    ensure!(told(&page.drawn_frames().await?) == ["1 CONNECT", "2 CONNACK"], "the list has grown");
    page.upload("wendu", "28").await?;
    page.shows("#pause", "Go on (4 new)").await?;
    page.click("#pause").await?;
    page.lists(6).await?;
    page.shows("#pause", "Pause").await?;

    page.click("#clear-frames").await?;
    page.shows(".frames-side", "No frame yet").await?;
    page.shows("#frame-counts", "6 captured = 0 kept + 6 dropped").await
}

#[tokio::test]
async fn the_list_follows_the_newest_until_the_person_scrolls_away() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    for _ in 0..10 {
        page.upload_again().await?;
    }
    page.lists(22).await?;
    at_end(page, true).await?;

    page.turn_wheel_over_frames(-200).await?;
    at_end(page, false).await?;
    let top = scroll_top(page).await?;
    page.shows(".to-newest", "To the newest").await?;
    page.upload("wendu", "11").await?;
    page.lists(24).await?;
    ensure!(scroll_top(page).await? == top, "it moved under the reader's eyes");

    page.center("#frames").await?;
    page.click(".to-newest").await?;
    at_end(page, true).await?;
    page.upload("wendu", "12").await?;
    page.lists(26).await?;
    at_end(page, true).await?;
    ensure!(page.drawn_frames().await?.iter().any(|row| row.number == 26), "the newest is not drawn");
    ensure!(page.text(".to-newest").await?.is_empty(), "there is a way to where it is already");
    Ok(())
}

async fn scroll_top(page: &Page) -> Result<serde_json::Value> {
    page.browser().evaluate("document.querySelector('#frames').scrollTop").await
}

/// Waits until the end of the list is in sight, or not.
async fn at_end(page: &Page, expected: bool) -> Result<()> {
    let script = "(list => list.scrollTop + list.clientHeight + 2 >= list.scrollHeight)(document.querySelector('#frames'))";
    eventually(&format!("the list is at its end: {expected}"), async || {
        ensure!(page.browser().evaluate(script).await? == expected, "it is at {}", scroll_top(page).await?);
        Ok(())
    })
    .await
}

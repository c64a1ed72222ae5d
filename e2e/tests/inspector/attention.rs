//! What is pointed at, by mouse or by keyboard: rows of the list, fields of the tree, bytes of the hex.

use anyhow::{Context, Result, ensure};
use dissect::{Node, dissect};
use e2e::{FrameRow, Page, eventually};
use fantoccini::key::Key;

use crate::{log_in, row, told};

#[tokio::test]
async fn login_and_upload_are_listed_with_their_answers_and_chosen_by_click_and_keys() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.upload("wendu", "27.5").await?;
    let rows = page.lists(4).await?;
    ensure!(told(&rows) == ["1 CONNECT", "2 CONNACK", "3 PUBLISH", "4 PUBACK"], "{rows:#?}");

    let sent: Vec<bool> = rows.iter().map(|row| row.sent).collect();
    ensure!(sent == [true, false, true, false], "{sent:?}");
    let ids: Vec<Option<u16>> = rows.iter().map(|row| row.packet_id).collect();
    ensure!(ids == [None, None, Some(1), Some(1)], "{ids:?}");
    for (row, other) in rows.iter().zip([2, 1, 4, 3]) {
        let answer = row.answer.strip_prefix(&format!("No. {other}, "));
        ensure!(answer.is_some_and(|time| time.ends_with(" ms")), "frame {}: {}", row.number, row.answer);
        ensure!(row.connection == "connection 1", "{}", row.connection);
    }
    ensure!(rows[0].summary.contains("29455901"), "{}", rows[0].summary);
    ensure!(rows[2].summary.contains("$dp wendu = 27.5"), "{}", rows[2].summary);
    let counts = page.text("#frame-counts").await?;
    ensure!(counts == "4 captured", "{counts}");

    page.choose_frame(1).await?;
    chosen(page, 1).await?;
    for (key, number) in
        [(Key::Down, 2), (Key::Down, 3), (Key::Up, 2), (Key::End, 4), (Key::Down, 4), (Key::Home, 1)]
    {
        page.browser().press(key).await?;
        page.looks_at(number).await.with_context(|| format!("after {key:?}"))?;
        chosen(page, number).await?;
    }
    ensure!(
        page.anatomy("frame").cells().await?.len() == row(page, 1).await?.size,
        "not all bytes are there"
    );
    Ok(())
}

/// That exactly this row is chosen, for the eye and for screen readers.
async fn chosen(page: &Page, number: u64) -> Result<()> {
    let rows = page.drawn_frames().await?;
    let chosen: Vec<&FrameRow> = rows.iter().filter(|row| row.chosen).collect();
    ensure!(chosen.len() == 1 && chosen[0].number == number, "{chosen:#?}");
    let active =
        page.browser().evaluate("document.activeElement.getAttribute('aria-activedescendant')").await?;
    ensure!(active == format!("frames-{number}"), "{active}");
    Ok(())
}

#[tokio::test]
async fn a_field_lights_exactly_its_bytes_and_a_byte_exactly_its_field() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.choose_type("3").await?;
    page.upload("wendu", "27.5").await?;
    page.lists(4).await?;
    page.choose_frame(3).await?;
    let frame = page.anatomy("frame");
    let bytes = frame.bytes().await?;
    let root = dissect(&bytes).root;

    let mut explained = String::new();
    for row in frame.rows().await? {
        let node = node_at(&root, &row.place).with_context(|| format!("no {:?} in the frame", row.place))?;
        frame.hover_row(&row).await?;
        frame.lights(node.span.clone()).await.with_context(|| format!("pointing at {}", row.name))?;
        let explanation = frame.explanation().await?;
        ensure!(explanation.contains(&row.name), "{} is explained by: {explanation}", row.name);
        let place = format!("offset {} ", node.span.start);
        ensure!(explanation.contains(&place), "{} is not at {place}: {explanation}", row.name);
        ensure!(explanation.contains("Source\n"), "{} comes from nowhere: {explanation}", row.name);
        ensure!(explanation != explained, "{explanation} once more");
        explained = explanation;
    }
    for offset in 0..bytes.len() {
        let leaf = root
            .leaves()
            .find(|leaf| leaf.span.contains(&offset))
            .with_context(|| format!("byte {offset} belongs to no field"))?;
        frame.hover_byte(offset).await?;
        frame.lights(leaf.span.clone()).await.with_context(|| format!("pointing at byte {offset}"))?;
        let lit = frame.rows().await?.into_iter().find(|row| row.lit).context("no row is lit")?;
        // Parts of one text may have no row of their own: then it is the row around them.
        let node = node_at(&root, &lit.place).with_context(|| format!("no {:?}", lit.place))?;
        ensure!(node.span.contains(&offset), "byte {offset} lights {} at {:?}", lit.name, node.span);
    }
    Ok(())
}

/// The node at a place; of bits, their byte.
fn node_at<'a>(root: &'a Node, place: &[usize]) -> Option<&'a Node> {
    let Some((&index, rest)) = place.split_first() else { return Some(root) };
    match root.children.get(index) {
        Some(child) => node_at(child, rest),
        None => (rest.is_empty() && index < root.bits.len()).then_some(root),
    }
}

#[tokio::test]
async fn arrow_keys_go_through_tree_and_bytes_and_open_and_close() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.choose_frame(1).await?;
    let frame = page.anatomy("frame");

    page.center("#frame-tree").await?;
    frame.focus_tree().await?;
    frame.focuses("Fixed header").await?;
    frame.lights(0..2).await?;
    page.browser().press(Key::Down).await?;
    let first = frame.focuses("Type and flags").await?;
    ensure!(first.open == Some(true), "{first:?}");
    frame.lights(0..1).await?;
    let clause = frame.explanation().await?;
    ensure!(clause.contains("MQTT 3.1.1 §2.2"), "{clause}");

    let rows = frame.rows().await?.len();
    page.browser().press(Key::Left).await?;
    eventually("the first byte is closed", async || {
        let now = frame.rows().await?;
        let row = now.iter().find(|row| row.focused).context("no row has the focus")?;
        ensure!(row.open == Some(false) && now.len() < rows, "{row:?}, {} of {rows} rows", now.len());
        Ok(())
    })
    .await?;
    page.browser().press(Key::Right).await?;
    eventually("it is open again", async || {
        let now = frame.rows().await?.len();
        ensure!(now == rows, "{now} of {rows} rows");
        Ok(())
    })
    .await?;
    page.browser().press(Key::Right).await?;
    frame.focuses("Packet type").await?;
    frame.lights(0..1).await?;
    page.browser().press(Key::Left).await?;
    frame.focuses("Type and flags").await?;
    page.browser().press(Key::End).await?;
    eventually("the last row has the focus", async || {
        ensure!(frame.rows().await?.last().is_some_and(|row| row.focused), "it has not");
        Ok(())
    })
    .await?;

    frame.focus_bytes().await?;
    page.browser().press(Key::PageUp).await?;
    page.browser().press(Key::Home).await?;
    for (key, byte) in [(Key::Right, 1), (Key::Left, 0), (Key::Right, 1)] {
        page.browser().press(key).await?;
        frame.lights(byte..byte + 1).await.with_context(|| format!("after {key:?}"))?;
    }
    // A line further down stands another field, and the tree has come along.
    page.browser().press(Key::Down).await?;
    let root = dissect_shown(page).await?;
    let columns = page.browser().evaluate("document.querySelector('#frame-hex').ariaColCount - 1").await?;
    let below = 1 + usize::try_from(columns.as_u64().context("no columns")?)?;
    frame
        .lights(root.leaves().find(|leaf| leaf.span.contains(&below)).context("a short frame")?.span.clone())
        .await?;

    // What is pinned stays while the pointer goes elsewhere, until it is let go.
    page.browser().press(Key::Enter).await?;
    let pinned = frame.lit().await?;
    frame.hover_byte(0).await?;
    frame.lights(pinned).await?;
    frame.focus_bytes().await?;
    page.browser().press(Key::Escape).await?;
    frame.hover_byte(0).await?;
    frame.lights(0..1).await
}

/// The fields of the login that is shown, whose password is hidden: its bytes are taken for asterisks.
async fn dissect_shown(page: &Page) -> Result<Node> {
    let cells = page.anatomy("frame").cells().await?;
    let bytes: Vec<u8> = cells.iter().map(|cell| cell.byte.unwrap_or(b'*')).collect();
    Ok(dissect(&bytes).root)
}

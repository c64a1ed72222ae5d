//! The frames about to be sent, live while the forms are typed in.

use anyhow::{Result, ensure};
use dissect::{Field, Node, dissect};
use e2e::{Page, eventually};

use crate::{holds, log_in, open};

#[tokio::test]
async fn typing_in_a_form_changes_its_frame_at_once() -> Result<()> {
    let opened = open().await?;
    let page = &opened.page;
    page.fill("#device-id", "").await?;
    page.shows("#looked-at", "Login").await?;
    page.shows(".looked-at", "The form has mistakes").await?;
    for device_id in ["4", "4711", "471", "温度计"] {
        page.fill("#device-id", device_id).await?;
        eventually(&format!("the login holds {device_id}"), async || {
            let bytes = shown(page).await?;
            let root = dissect(&bytes).root;
            let found = text_of(&root, Field::ClientId, &bytes);
            ensure!(found == Some(device_id.as_bytes()), "it holds {found:02x?}");
            ensure!(page.text("#draft-login").await?.ends_with(&format!("CONNECT · {} B", bytes.len())));
            Ok(())
        })
        .await?;
    }
    page.fill("#keep-alive", "77").await?;
    eventually("the login has the keep alive", async || {
        let found = page.anatomy("frame").row("Keep alive").await?.said;
        ensure!(found == "77 s", "it is {found}");
        Ok(())
    })
    .await?;

    // The form that is typed in is the one that is shown.
    page.fill("#value", "30").await?;
    page.shows("#looked-at", "Upload").await?;
    page.fill("#product-id", "1").await?;
    page.shows("#looked-at", "Login").await
}

#[tokio::test]
async fn the_upload_that_is_sent_is_the_one_that_was_shown() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    // The only type of data points that holds no time: the time of an upload is that of sending it.
    page.choose_type("3").await?;
    for (index, value) in ["27.5", "28"].into_iter().enumerate() {
        page.fill("#stream", "wendu").await?;
        page.fill("#value", value).await?;
        page.click("#draft-upload").await?;
        let draft = eventually("the upload is shown", async || {
            let bytes = shown(page).await?;
            ensure!(holds(&bytes, value.as_bytes()), "it has no {value}: {bytes:02x?}");
            Ok(bytes)
        })
        .await?;
        let name = page.text("#draft-upload").await?;
        ensure!(name.ends_with(&format!("PUBLISH · {} B", draft.len())), "{name}");

        page.upload_again().await?;
        let number = 3 + 2 * index as u64;
        page.choose_frame(number).await?;
        let sent = shown(page).await?;
        ensure!(sent == draft, "shown {draft:02x?}, sent {sent:02x?}");
    }

    page.click("#draft-upload").await?;
    page.fill("#stream", "").await?;
    page.shows(".looked-at", "The form has mistakes").await?;
    page.shows("#draft-upload", "…").await
}

/// The bytes of the frame that is looked at; what is hidden is a zero.
async fn shown(page: &Page) -> Result<Vec<u8>> {
    let cells = page.anatomy("frame").cells().await?;
    ensure!(!cells.is_empty(), "there is no frame");
    Ok(cells.iter().map(|cell| cell.byte.unwrap_or_default()).collect())
}

/// The text of a field, behind its length.
fn text_of<'a>(root: &Node, field: Field, bytes: &'a [u8]) -> Option<&'a [u8]> {
    if root.field == field {
        return bytes.get(root.span.start + 2..root.span.end);
    }
    root.children.iter().find_map(|child| text_of(child, field, bytes))
}

//! Passwords: nowhere on the page until the person says so.

use anyhow::{Result, ensure};
use e2e::{Page, Tab, eventually};

use crate::{AUTH_INFO, hex, log_in};

#[tokio::test]
async fn the_password_is_nowhere_on_the_page_until_it_is_asked_for() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    is_hidden(page, "as a draft").await?;
    page.upload("wendu", "27.5").await?;
    is_hidden(page, "after an upload").await?;
    page.choose_frame(1).await?;
    is_hidden(page, "in the login that was sent").await?;
    let frame = page.anatomy("frame");
    let secret = secret_cells(page).await?;
    ensure!(secret.len() == AUTH_INFO.len(), "{} bytes are hidden", secret.len());
    // Pointing at it gives nothing away.
    let row = frame.row("Password").await?;
    frame.hover_row(&row).await?;
    is_hidden(page, "in its explanation").await?;
    frame.hover_byte(secret[0]).await?;
    is_hidden(page, "in the explanation of its first byte").await?;

    page.click("#show-secrets").await?;
    eventually("the password is shown", async || {
        ensure!(secret_cells(page).await?.is_empty(), "bytes are hidden");
        let row = frame.row("Password").await?;
        ensure!(row.said.contains(AUTH_INFO), "it says {}", row.said);
        Ok(())
    })
    .await?;
    let shown = frame.bytes().await?;
    ensure!(shown.ends_with(AUTH_INFO.as_bytes()), "the login ends in {shown:02x?}");

    page.click("#show-secrets").await?;
    eventually("the password is hidden again", async || is_hidden(page, "once it was shown").await).await?;

    // A login that is pasted hides its password too, even one that is broken: here it is cut.
    let mut login = shown;
    login[1] -= 1;
    page.show_tab(Tab::Paste).await?;
    page.paste(&hex(&login, "")).await?;
    page.shows("#paste-found", "1 byte").await?;
    // What was typed stands in the field, as hex; it is nowhere else.
    is_hidden(page, "in a broken login").await
}

/// The offsets of hidden bytes.
async fn secret_cells(page: &Page) -> Result<Vec<usize>> {
    let cells = page.anatomy("frame").cells().await?;
    Ok(cells.iter().filter(|cell| cell.byte.is_none()).map(|cell| cell.offset).collect())
}

/// That neither the markup nor the text of the page holds the password, as text or as hex.
async fn is_hidden(page: &Page, place: &str) -> Result<()> {
    let markup = page.browser().evaluate("document.documentElement.outerHTML").await?;
    let text = page.browser().evaluate("document.body.textContent.replace(/\\s/g, '')").await?;
    // Half of it would be too much.
    let (first, _) = AUTH_INFO.split_at(6);
    for found in [markup, text] {
        let found = found.as_str().unwrap_or_default().to_lowercase();
        for part in [first.to_lowercase(), hex(first.as_bytes(), ""), hex(first.as_bytes(), " ")] {
            let at = found.find(&part).map(|at| found[..at].chars().rev().take(300).collect::<Vec<_>>());
            let before: String = at.into_iter().flatten().rev().collect();
            ensure!(before.is_empty(), "{place} the page holds {part} behind {before}");
        }
    }
    Ok(())
}

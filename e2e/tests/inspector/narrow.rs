//! Every view wide and as narrow as a phone: nothing scrolls sideways in place of what should.

use anyhow::{Result, ensure};
use e2e::{FilterField, Page, Tab};

use crate::{hex, log_in, vector};

#[tokio::test]
async fn no_view_scrolls_the_page_sideways() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.choose_type("1").await?;
    for value in ["27.5", "28", "28.5", "29", "29.5", "30"] {
        page.upload("wendu", value).await?;
    }
    page.send_command("fan on").await?;
    page.choose_frame(3).await?;
    let login = vector("legacy-connect-654804584")?;
    let mut broken = login.clone();
    broken[1] -= 1;
    for (width, height, name) in [(1280, 900, "wide"), (390, 844, "390")] {
        page.browser().set_viewport(width, height).await?;

        page.show_tab(Tab::List).await?;
        picture(page, "#inspector-title", &format!("inspector-list-{name}")).await?;
        page.choose_frame(3).await?;
        let frame = page.anatomy("frame");
        let row = frame.row("Payload").await?;
        frame.hover_row(&row).await?;
        picture(page, "#frame", &format!("inspector-frame-{name}")).await?;
        usable(page).await?;
        picture(page, ".files", &format!("inspector-files-{name}")).await?;

        page.show_tab(Tab::Paste).await?;
        page.paste(&hex(&broken, " ")).await?;
        page.shows("#paste-found", "1 byte at the end").await?;
        picture(page, "#inspector-title", &format!("inspector-paste-{name}")).await?;
        picture(page, "#comparison-title", &format!("inspector-comparison-{name}")).await?;

        page.show_tab(Tab::Compose).await?;
        page.click("#compose-upload").await?;
        page.anatomy("composed").click_byte(0).await?;
        page.shows("#tabpanel-compose .composer > [role=group]", "Bits of byte 0").await?;
        picture(page, "#inspector-title", &format!("inspector-compose-{name}")).await?;
        page.click("#compose-send").await?;
        page.shows("#happened", "PUBACK").await?;
        picture(page, "#happened-title", &format!("inspector-happened-{name}")).await?;
        page.show_tab(Tab::List).await?;
    }
    Ok(())
}

/// Takes a picture from an element on; the page must be as wide as the window.
async fn picture(page: &Page, from: &str, name: &str) -> Result<()> {
    page.browser()
        .evaluate(&format!("document.querySelector('{from}').scrollIntoView({{ behavior: 'instant' }})"))
        .await?;
    page.browser().take_picture(name).await?;
    let widths = page.browser().evaluate("[document.documentElement.scrollWidth, window.innerWidth]").await?;
    ensure!(widths[0].as_u64() <= widths[1].as_u64(), "{name}: {widths}");
    Ok(())
}

/// That list, tree and hex can be read and touched: what is in them is inside the window, and they do not scroll
/// sideways themselves.
async fn usable(page: &Page) -> Result<()> {
    for part in ["#frames", "#frame-tree", "#frame-hex"] {
        let script = format!(
            "(part => [part.scrollWidth, part.clientWidth, part.getBoundingClientRect().right, window.innerWidth])(document.querySelector('{part}'))"
        );
        let found = page.browser().evaluate(&script).await?;
        let [content, room, right, window] =
            [0, 1, 2, 3].map(|index| found[index].as_f64().unwrap_or_default());
        ensure!(
            content <= room && right <= window,
            "{part}: {content} px in {room}, up to {right} of {window}"
        );
    }
    page.filter_frames(FilterField::Direction, "received").await?;
    page.choose_frame(2).await?;
    page.filter_frames(FilterField::Direction, "all").await?;
    page.choose_frame(3).await
}

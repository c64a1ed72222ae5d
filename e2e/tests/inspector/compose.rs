//! Frames made by hand, right or wrong, and what the platform does about them.

use anyhow::{Context, Result, ensure};
use dissect::{Field, Node, dissect};
use e2e::{Destination, Page, Tab, eventually};

use crate::{AUTH_INFO, hex, log_in};

/// The bits of the chosen byte.
const FLIPS: &str = "#tabpanel-compose .composer > [role=group]";

#[tokio::test]
async fn a_payload_type_that_does_not_exist_makes_the_platform_hang_up() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.choose_type("3").await?;
    page.show_tab(Tab::Compose).await?;
    page.click("#compose-upload").await?;
    let composed = page.anatomy("composed");
    let bytes = eventually("the upload can be edited", async || composed.bytes().await).await?;
    let type_byte = offset_of(&dissect(&bytes).root, Field::TypeByte).context("no payload type")?;
    ensure!(bytes[type_byte] == 3, "{bytes:02x?}");

    // 0x03 becomes 0x17 by two of its bits, highest first: 4 and 2.
    composed.click_byte(type_byte).await?;
    page.shows(FLIPS, &format!("Bits of byte {type_byte}")).await?;
    for bit in [4, 2] {
        page.click(&format!("{FLIPS} button:nth-of-type({})", 8 - bit)).await?;
        eventually(&format!("bit {bit} is flipped"), async || {
            let now = composed.bytes().await?;
            ensure!(now[type_byte] & 1 << bit != 0, "byte {type_byte} is {:#04x}", now[type_byte]);
            Ok(())
        })
        .await?;
    }
    let mut expected = bytes;
    expected[type_byte] = 0x17;
    ensure!(composed.bytes().await? == expected, "more has changed");
    let typed = page.value("#compose-bytes").await?.to_lowercase();
    ensure!(typed.split_whitespace().eq(hex(&expected, " ").split(' ')), "{typed}");

    page.click("#compose-send").await?;
    page.shows("#happened", "sent PUBLISH $dp").await?;
    page.shows("#platform-log", "Hung up on device 29455901").await?;
    page.shows("#happened", "Hung up on device 29455901").await?;
    let log = page.text("#platform-log").await?;
    ensure!(log.contains("type 23") || log.contains("0x17"), "it does not say why: {log}");
    // The device comes back by itself, and the list says which frame was made by hand.
    page.show_tab(Tab::List).await?;
    eventually("the device is back", async || {
        let rows = page.drawn_frames().await?;
        ensure!(
            rows.iter().any(|row| row.packet_type == "CONNACK" && row.connection == "connection 2"),
            "{rows:#?}"
        );
        let composed = rows.iter().filter(|row| row.summary.contains("composed by hand")).count();
        ensure!(composed == 1, "{composed} frames are made by hand");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_level_that_the_platform_does_not_speak_is_answered_on_a_connection_of_its_own() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.show_tab(Tab::Compose).await?;
    // Another device, so that the one that is logged in stays.
    let login = b"\x10\x18\x00\x04MQTT\x05\x02\x00\x78\x00\x0c654804584abc";
    page.fill("#compose-bytes", &hex(login, " ")).await?;
    page.shows("#tabpanel-compose .fault", "The protocol level is 5, must be 4").await?;
    choose_way(page, "alone").await?;
    page.click("#compose-send").await?;
    page.shows("#happened", "sent CONNECT").await?;
    eventually("the platform refuses it", async || {
        let (happened, probe) = (page.text("#happened").await?, page.text("#probe").await?);
        let refused = happened.contains("CONNACK 1: protocol version not supported");
        ensure!(refused || probe.contains("hung up"), "{happened} {probe}");
        Ok(())
    })
    .await?;
    page.shows("#probe", "hung up").await?;
    page.shows("#status", "Login accepted").await
}

#[tokio::test]
async fn a_login_taken_from_the_form_can_be_mended_and_sent() -> Result<()> {
    let opened = log_in().await?;
    let page = &opened.page;
    page.disconnect().await?;
    page.choose_frame(1).await?;
    page.click("#edit-bytes").await?;
    page.shows("#tabpanel-compose", "The bytes, as hex").await?;
    let typed = page.value("#compose-bytes").await?;
    // A byte too many, and the length counted again.
    page.fill("#compose-bytes", &format!("{typed} 00")).await?;
    page.shows("#tabpanel-compose .fault", "This frame is broken.").await?;
    page.click("#set-length").await?;
    eventually("the length is right", async || {
        let length = page.anatomy("composed").row("Remaining length").await?.said;
        let expected = typed.split_whitespace().count() + 1 - 2;
        ensure!(length == format!("{expected} bytes"), "it is {length}, not {expected}");
        Ok(())
    })
    .await?;
    page.click("#compose-login").await?;
    page.click("#compose-send").await?;
    page.shows("#happened", "received CONNACK 0: accepted").await?;
    page.shows("#probe", "The connection is open.").await?;
    let hidden = page.anatomy("composed").cells().await?.iter().filter(|cell| cell.byte.is_none()).count();
    ensure!(hidden == AUTH_INFO.len(), "{hidden} bytes are hidden");
    real_places_need_a_tick(page).await
}

async fn real_places_need_a_tick(page: &Page) -> Result<()> {
    ensure!(page.text("#compose-real").await?.is_empty(), "the platform in the page is taken for a real one");
    is_enabled(page, true).await?;

    page.choose(Destination::Address("ws://127.0.0.1:9/mqtt/onenet")).await?;
    page.shows("#compose-real", "This does not go to a simulated platform.").await?;
    is_enabled(page, false).await?;
    page.click("#compose-sure").await?;
    is_enabled(page, true).await?;
    page.click("#compose-sure").await?;
    is_enabled(page, false).await
}

async fn choose_way(page: &Page, way: &str) -> Result<()> {
    let list = page.browser().find(fantoccini::Locator::Css("#compose-way")).await?;
    Ok(list.select_by_value(way).await?)
}

/// Waits until the bytes can be sent, or cannot.
async fn is_enabled(page: &Page, expected: bool) -> Result<()> {
    let script = "!document.querySelector('#compose-send').disabled";
    eventually(&format!("the bytes can be sent: {expected}"), async || {
        ensure!(page.browser().evaluate(script).await? == expected, "it is the other way round");
        Ok(())
    })
    .await
}

/// Where the first field of this kind begins.
fn offset_of(root: &Node, field: Field) -> Option<usize> {
    if root.field == field {
        return Some(root.span.start);
    }
    root.children.iter().find_map(|child| offset_of(child, field))
}

//! Bytes from elsewhere: read in any costume, the first wrong one shown, compared with what the form would make.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use dissect::dissect;
use e2e::{Page, Tab, eventually};

use crate::{hex, open, vector};

/// A login that was captured: device 654804584, product 388631, auth info um151515.
const LOGIN: &str = "legacy-connect-654804584";

/// The same bytes as tools and programs write them, and what the page calls it.
fn costumes(bytes: &[u8]) -> Vec<(String, &'static str)> {
    let mut dump = String::new();
    for (line, chunk) in bytes.chunks(16).enumerate() {
        let (left, right) = chunk.split_at(chunk.len().min(8));
        let columns = format!("{}  {}", hex(left, " "), hex(right, " "));
        let text: String =
            chunk.iter().map(|byte| if (32..127).contains(byte) { char::from(*byte) } else { '.' }).collect();
        // Writing into a String cannot fail.
        let _ = writeln!(dump, "{:08x}  {columns:<48}  |{text}|", 16 * line);
    }
    let _ = write!(dump, "{:08x}", bytes.len());
    let array = format!(
        "unsigned char login[] = {{ 0x{} }}; // {} bytes",
        hex(bytes, ", 0x").to_uppercase().replace('X', "x"),
        bytes.len()
    );
    let serial = format!("AT+CIPSEND={}\n\nOK\n> {}\n\nSEND OK", bytes.len(), hex(bytes, " ").to_uppercase());
    vec![
        (hex(bytes, " "), "hex"),
        (array, "an array"),
        (serial, "AT commands"),
        (dump, "a hex dump"),
        (format!("\"\\x{}\"", hex(bytes, "\\x")), "a string with escapes"),
        (base64(bytes), "Base64"),
    ]
}

#[tokio::test]
async fn a_captured_login_is_read_in_any_costume() -> Result<()> {
    let opened = open().await?;
    let page = &opened.page;
    let login = vector(LOGIN)?;
    // What the form would make is the same.
    page.log_in_as("654804584", "388631", "um151515").await?;
    page.show_tab(Tab::Paste).await?;
    page.shows("#tabpanel-paste", "Paste the bytes that your device sends").await?;
    for (text, costume) in costumes(&login) {
        page.paste(&text).await?;
        let found = format!("Read as {costume}: 41 bytes, 1 frame");
        page.shows("#paste-found", &found).await?;
        page.shows(".paste-frames", "CONNECT 654804584, keep alive 120 s").await?;
        page.shows("#mistakes", "Both are the same, byte for byte.").await?;
        // The password is what is hidden; everything else is what was captured.
        for cell in page.anatomy("pasted").cells().await? {
            let expected = if cell.offset < 33 { Some(login[cell.offset]) } else { None };
            ensure!(cell.byte == expected && !cell.wrong && !cell.marked, "{costume}: {cell:?}");
        }
    }
    several_frames_are_told_apart(page).await
}

#[tokio::test]
async fn a_wrong_byte_is_marked_and_the_field_is_named() -> Result<()> {
    let opened = open().await?;
    let page = &opened.page;
    let login = vector(LOGIN)?;
    page.log_in_as("654804584", "388631", "um151515").await?;
    page.show_tab(Tab::Paste).await?;

    // One less than there is: the password is cut, and a byte is left over.
    let mut short = login.clone();
    short[1] -= 1;
    for (text, costume) in costumes(&short) {
        page.paste(&text).await?;
        page.shows("#paste-found", "1 byte at the end is no whole frame.").await.context(costume)?;
        looks_wrong(page, &short[..40]).await.context(costume)?;
        mistake(page, "Remaining length", "27", "26").await.context(costume)?;
    }

    // One more than there is: a byte is missing.
    let mut long = login.clone();
    long[1] += 1;
    page.paste(&hex(&long, " ")).await?;
    page.shows("#paste-found", "41 bytes at the end are no whole frame.").await?;
    page.shows("#tabpanel-paste .fault", "1 byte more must follow").await?;
    mistake(page, "Remaining length", "27", "28").await?;

    // A whole frame that breaks a rule.
    let mut level = login.clone();
    level[8] = 3;
    page.paste(&hex(&level, " ")).await?;
    looks_wrong(page, &level).await?;
    // Level and flags can be no password; what follows them may be.
    mistake(page, "Protocol level", "04", "03").await?;
    page.shows("#tabpanel-paste .fault", "may be are hidden").await?;
    page.click("#show-secrets").await?;
    page.click("#tabpanel-paste .fault button").await?;
    // What stands behind it is not read any more.
    page.anatomy("pasted").lights(8..level.len()).await
}

async fn several_frames_are_told_apart(page: &Page) -> Result<()> {
    page.paste("c0 00 20 02 00 04\nd0 00").await?;
    page.shows("#paste-found", "8 bytes, 3 frames").await?;
    let frames = page.text(".paste-frames").await?;
    ensure!(
        frames
            .lines()
            .map(|line| line.split(' ').next().unwrap_or_default())
            .eq(["PINGREQ", "CONNACK", "PINGRESP"]),
        "{frames}"
    );
    page.click(".paste-frames li:nth-child(2) button").await?;
    page.shows("#tabpanel-paste .panes", "4: wrong user name").await?;
    page.shows("#tabpanel-paste", "there is nothing to compare this one with").await?;

    page.paste("c0 00\nd0 0g").await?;
    page.shows("#paste-bytes-error", "Line 2, column 5: 'g' is no hex digit").await?;
    page.shows("#paste-found", "1 frame").await
}

/// Waits until the frame is shown with its first wrong byte marked, and only that one.
async fn looks_wrong(page: &Page, frame: &[u8]) -> Result<()> {
    let fault = dissect(frame).fault.context("nothing is wrong with it")?;
    eventually(&format!("byte {} is marked as wrong", fault.offset), async || {
        let cells = page.anatomy("pasted").cells().await?;
        let wrong: Vec<usize> = cells.iter().filter(|cell| cell.wrong).map(|cell| cell.offset).collect();
        ensure!(wrong == [fault.offset], "wrong are {wrong:?}");
        ensure!(cells.len() == frame.len(), "{} of {} bytes", cells.len(), frame.len());
        Ok(())
    })
    .await?;
    page.shows("#tabpanel-paste .fault", "This frame is broken.").await
}

/// Waits until the comparison has a mistake in this field: what was expected, and what is there.
async fn mistake(page: &Page, field: &str, expected: &str, mine: &str) -> Result<()> {
    let script = "[...document.querySelectorAll('#comparison .mistake')].map(row => [...row.children].map(cell => cell.textContent))";
    eventually(&format!("{field} is compared: {expected} and {mine}"), async || {
        let mistakes = page.browser().evaluate(script).await?;
        let first = &mistakes[0];
        let named = first[0].as_str().is_some_and(|name| name.starts_with(field));
        ensure!(named && first[1] == expected && first[2] == mine, "{mistakes}");
        Ok(())
    })
    .await
}

/// RFC 4648 §4.
fn base64(bytes: &[u8]) -> String {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            (0..3).fold(0, |word, index| word << 8 | u32::from(chunk.get(index).copied().unwrap_or(0)));
        for index in 0..4 {
            let digit = digits[(word >> (18 - 6 * index) & 63) as usize];
            text.push(if index > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

//! A page that nobody looks at, in a browser that slows it down as a person's does, and what becomes of its
//! connection to a broker that expects it to say something.
//!
//! Three tabs are hidden behind a fourth. Two hold the page, connected through a relay: as it is built, and without
//! the worker that keeps its time. The third has nothing but a timer that ticks once a second: how far apart its
//! ticks get shows that hidden pages were slowed down indeed.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use fantoccini::wd::WindowHandle;
use serde_json::json;
use tempfile::TempDir;

use crate::proxy::{End, Recording, RecordingProxy};
use crate::{Browser, Destination, Language, Manner, Mosquitto, Page, Relay, StaticServer, place};

/// How long the page is out of sight, and what it is to keep meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct OutOfSight {
    /// For how long.
    pub time: Duration,
    /// The keep alive of its connection, in seconds. A broker ends what is silent for one and a half of it.
    pub keep_alive: u16,
    /// After how long the browser begins to wake a hidden page once a minute only; Chromium's own is 5 minutes.
    pub grace: Duration,
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The page as it is built.
    pub page: Connection,
    /// The page without its worker.
    pub without_worker: Connection,
    /// The times between the ticks of a timer of one second, all in a hidden tab.
    pub ticks: Vec<Duration>,
}

impl Outcome {
    /// How far the browser slowed the timer down.
    pub fn longest_pause(&self) -> Duration {
        self.ticks.iter().max().copied().unwrap_or_default()
    }
}

/// What went over the wire for a page.
#[derive(Clone, Debug)]
pub struct Connection {
    /// How often it has connected: once, unless it lost its connection.
    pub logins: usize,
    /// PINGREQs.
    pub pings: usize,
    /// Whether it was connected when it came into sight again.
    pub is_online: bool,
}

const CONTROL: &str = r#"<!doctype html><meta charset="utf-8"><title>control</title><link rel="icon" href="data:,">
<script>const ticks = []; setInterval(() => ticks.push([performance.now(), document.visibilityState]), 1000)</script>"#;

const FRONT: &str =
    r#"<!doctype html><meta charset="utf-8"><title>in front</title><link rel="icon" href="data:,">"#;

/// Keeps the page out of sight; calls `tell` every minute with what was pinged so far.
pub async fn keep_out_of_sight(how: OutOfSight, mut tell: impl FnMut(Duration, usize)) -> Result<Outcome> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("control.html"), CONTROL)?;
    fs::write(folder.path().join("front.html"), FRONT)?;
    let server = StaticServer::start(folder.path(), "tabs").await?;
    let dist = place::dist()?;
    let crippled = TempDir::new()?;
    link_all_but("alarm.js", &dist, crippled.path())?;

    let broker = Mosquitto::start().await?;
    let features = format!("IntensiveWakeUpThrottling:grace_period_seconds/{}", how.grace.as_secs());
    let manner = Manner {
        arguments: vec![format!("--enable-features={features}")],
        slows_hidden_pages: true,
        ..Manner::default()
    };
    let browser = Browser::start_with(Language::English, manner).await?;
    let whole = Tab::start(&dist, &broker, "29455901").await?;
    let without_worker = Tab::start(&crippled.path().canonicalize()?, &broker, "29455902").await?;

    let page = Page::open(browser, &whole.url()).await?;
    let first = page.browser().window().await?;
    whole.connect(&page, how.keep_alive).await?;
    let second = page.browser().open_tab(&without_worker.url()).await?;
    without_worker.connect(&page, how.keep_alive).await?;
    let control = page.browser().open_tab(&format!("{}control.html", server.url())).await?;
    page.browser().open_tab(&format!("{}front.html", server.url())).await?;

    // To ask a tab anything is to look at it: until the time is over only the wire is watched.
    let hidden = Instant::now();
    let mut minutes = 0;
    while hidden.elapsed() < how.time {
        tokio::time::sleep(Duration::from_secs(1).min(how.time.saturating_sub(hidden.elapsed()))).await;
        if hidden.elapsed().as_secs() / 60 > minutes {
            minutes += 1;
            tell(hidden.elapsed(), pings(&whole.proxy.so_far()));
        }
    }
    let ticks = ticks(&page, &control).await?;
    Ok(Outcome {
        page: whole.end(&page, &first).await?,
        without_worker: without_worker.end(&page, &second).await?,
        ticks,
    })
}

/// What a tab with the page is connected to.
struct Tab {
    device: &'static str,
    proxy: RecordingProxy,
    relay: Relay,
}

impl Tab {
    async fn start(page: &Path, broker: &Mosquitto, device: &'static str) -> Result<Self> {
        let proxy = RecordingProxy::start(broker.tcp).await?;
        let page = page.to_str().context("the page's folder has a strange name")?;
        let upstream = format!("broker=tcp://{}", proxy.address);
        let relay = Relay::start(&["--page", page, "--upstream", &upstream]).await?;
        Ok(Self { device, proxy, relay })
    }

    fn url(&self) -> String {
        format!("http://{}/", self.relay.http)
    }

    async fn connect(&self, page: &Page, keep_alive: u16) -> Result<()> {
        page.log_in_as(self.device, "12555524", "JHFDJF55586jhk").await?;
        page.fill("#keep-alive", &keep_alive.to_string()).await?;
        page.choose(Destination::Relay("broker")).await?;
        page.connect().await?;
        let listen =
            "document.addEventListener('visibilitychange', () => sights.push(document.visibilityState))";
        page.browser().evaluate(&format!("[window.sights = [], {listen}]")).await?;
        Ok(())
    }

    async fn end(self, page: &Page, tab: &WindowHandle) -> Result<Connection> {
        page.browser().look_at(tab).await?;
        let status = page.browser().find(Locator::Css("#status")).await?;
        let is_online = status.attr("data-status").await?.as_deref() == Some("online");
        // Looked at in between, it would have been awake.
        let sights = page.browser().evaluate("sights").await?;
        ensure!(sights == json!(["hidden", "visible"]), "it was not out of sight all the time: {sights}");
        page.browser().close_window().await?;
        let recordings = self.proxy.recordings().await?;
        Ok(Connection { logins: recordings.len(), pings: pings(&recordings), is_online })
    }
}

/// The times between the ticks while the tab was hidden.
async fn ticks(page: &Page, control: &WindowHandle) -> Result<Vec<Duration>> {
    page.browser().look_at(control).await?;
    let ticks = page.browser().evaluate("ticks").await?;
    let hidden = ticks.as_array().context("no ticks")?.iter().filter(|tick| tick[1] == json!("hidden"));
    let mut times: Vec<f64> = hidden.filter_map(|tick| tick[0].as_f64()).collect();
    // The last pause ends with the look at it.
    times.extend(page.browser().evaluate("performance.now()").await?.as_f64());
    Ok(times.windows(2).map(|pair| Duration::from_secs_f64((pair[1] - pair[0]) / 1_000.0)).collect())
}

fn pings(recordings: &[Recording]) -> usize {
    let said = recordings.iter().map(|recording| recording.said_by(End::Client));
    said.map(|bytes| first_bytes(&bytes).filter(|first| *first == 0xC0).count()).sum()
}

/// The first byte of every frame.
fn first_bytes(mut bytes: &[u8]) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let (first, rest) = bytes.split_first()?;
        // The remaining length: seven bits a byte, the last byte below 128.
        let digits = rest.iter().position(|byte| *byte < 0x80)? + 1;
        let length =
            rest[..digits].iter().rev().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F));
        bytes = rest.get(digits + length..)?;
        Some(*first)
    })
}

fn link_all_but(name: &str, from: &Path, to: &Path) -> Result<()> {
    let from = from.canonicalize()?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name() != name {
            symlink(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_frames_of_a_conversation() {
        let mut bytes = vec![0x30, 0x80, 0x01];
        bytes.extend([0xC0; 128]);
        bytes.extend([0xC0, 0, 0xE0, 0, 0xC0]);
        assert_eq!(first_bytes(&bytes).collect::<Vec<_>>(), [0x30, 0xC0, 0xE0]);
    }
}

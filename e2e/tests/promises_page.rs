//! What the page promises of its uploads, kept in a real browser, through a relay that dies, over reloads.
//!
//! Three processes: Chromium with the built page; a relay, which is killed again and again and comes back at the same
//! address; and the platform, another relay's simulated one, which nobody touches. A device with a stored session
//! (clean session 0) uploads numbers at QoS 1 and at QoS 2. The platform says in the end what it holds.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::Range;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Counts, Destination, Language, Page, Relay, StaticServer, eventually, http, place};
use fastrand::Rng;
use tokio::time::sleep;

/// What the times are drawn from. `ONENET_E2E_SEED` tries another.
const SEED: u64 = 161_222;

/// Uploads at each QoS.
const NUMBERS: u32 = 500;

/// The data streams are called so, with the QoS behind.
const STREAM: &str = "qos-";

const DEVICE: &str = "29455901";

/// How long the relay carries on once some are being uploaded, in milliseconds: less than that takes.
const ALIVE: Range<u64> = 0..200;
/// How long it is gone at least, in milliseconds.
const GONE: Range<u64> = 200..2_000;

/// What goes wrong while some of the numbers are uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trouble {
    /// The relay is killed and comes back.
    Killed,
    /// The next one is killed, too, while everything that has waited is on its way.
    KilledTwice,
    /// The page is loaded again while there is none.
    ReloadedWithout,
    /// It stops where it is, the page is loaded again, and then it is killed.
    ReloadedWhileItHangs,
    /// The page is loaded again as soon as the next one has let it log in and everything that waits is on its way.
    ReloadedInTheFlow,
}

/// Ten ends of a relay, in an order that chance chooses.
const TROUBLES: [Trouble; 8] = [
    Trouble::Killed,
    Trouble::Killed,
    Trouble::Killed,
    Trouble::KilledTwice,
    Trouble::KilledTwice,
    Trouble::ReloadedWithout,
    Trouble::ReloadedWhileItHangs,
    Trouble::ReloadedInTheFlow,
];

#[tokio::test]
async fn a_page_loses_and_doubles_nothing_when_its_relay_dies_and_when_it_is_reloaded() -> Result<()> {
    let began = Instant::now();
    let seed = match std::env::var("ONENET_E2E_SEED") {
        Ok(text) => text.parse().context("ONENET_E2E_SEED is no number")?,
        Err(_) => SEED,
    };
    let mut chance = Rng::with_seed(seed);
    let mut troubles = TROUBLES;
    chance.shuffle(&mut troubles);
    println!("seed {seed}: {troubles:?}");

    let platform = Relay::start(&["--simulate", "127.0.0.1:0", "--simulate-api", "127.0.0.1:0"]).await?;
    let mut stage = Stage::new(&platform).await?;
    stage.log_in().await?;
    let values: Vec<u32> = (0..2 * NUMBERS).collect();
    let each = values.len() / troubles.len();
    for (trouble, values) in troubles.into_iter().zip(values.chunks(each)) {
        let (calm, rest) = values.split_at(chance.usize(..each / 2));
        let [alive, gone] = [ALIVE, GONE].map(|range| Duration::from_millis(chance.u64(range)));
        stage.come_online().await?;
        stage.upload(calm).await?;
        stage.strike(trouble, rest, alive, gone).await.with_context(|| format!("{trouble:?}"))?;
        println!("{:.1} s: {trouble:?}, {:?}", began.elapsed().as_secs_f32(), stage.counts);
    }
    stage.settle().await?;

    let Stage { asked, restored, counts, .. } = &stage;
    let mut report = format!(
        "{asked} asked for; waiting before reloads and going on after: {restored:?}; at last {counts:?}"
    );
    let mut is_kept = *asked == u64::from(2 * NUMBERS) && counts.failed == 0;
    for qos in [1, 2] {
        let Held { points, different, lost, repeated, out_of_order } = Held::ask(&platform, qos).await?;
        report += &format!(
            "; QoS {qos}: {points} data points, {different} different, {lost} lost, {repeated} more than once, \
             {out_of_order} out of order"
        );
        is_kept &= lost == 0 && out_of_order == 0 && (qos == 1 || repeated == 0);
    }
    println!("{report}; {:.1} s", began.elapsed().as_secs_f32());
    ensure!(is_kept, "{report}");
    Ok(())
}

/// The page, and the relay between it and the platform.
struct Stage {
    page: Page,
    /// Where the page comes from: it must be there when the relay is not.
    server: StaticServer,
    address: SocketAddr,
    upstream: String,
    relay: Option<Relay>,
    /// Uploads that this page was asked for, and those of the pages before it.
    uploaded: u64,
    asked: u64,
    /// For each reload how many uploads waited before it, and how many went on after it. An acknowledgement that came
    /// in between, or was not written yet, makes a difference.
    restored: Vec<(u64, u64)>,
    /// What the page has counted last.
    counts: Counts,
}

impl Stage {
    async fn new(platform: &Relay) -> Result<Self> {
        let server = StaticServer::start(&place::dist()?, "page").await?;
        let upstream = format!("platform=tcp://{}", platform.simulator.context("no simulated platform")?);
        let relay = Relay::start(&arguments(&server, &upstream)).await?;
        let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
        let (address, counts, restored) = (relay.http, Counts::default(), Vec::new());
        let (uploaded, asked) = (0, 0);
        Ok(Self { page, server, address, upstream, relay: Some(relay), uploaded, asked, restored, counts })
    }

    /// As a person does, who has to after a reload: no password is kept.
    async fn log_in(&self) -> Result<()> {
        let web_socket = format!("ws://{}/mqtt/platform", self.address);
        self.page.choose(Destination::Address(&web_socket)).await?;
        self.page.log_in_as(DEVICE, "12555524", "JHFDJF55586jhk").await?;
        self.page.tick("#clean-session", false).await?;
        // Only the numbers shall be uploaded.
        self.page.tick("#upload-first", false).await?;
        self.page.click("#connect").await
    }

    /// Returns when the device is connected. A person does not wait out a long pause.
    async fn come_online(&self) -> Result<()> {
        let began = Instant::now();
        eventually("the device is connected", async || {
            let status = self.page.status().await?;
            if status == "waiting" && began.elapsed() > Duration::from_secs(5) {
                // Where the pause has just ended there is no button.
                self.page.browser().evaluate("document.querySelector('#try-now')?.click()").await?;
            }
            ensure!(status == "online", "{status}: {}", self.page.text("#status").await?);
            Ok(())
        })
        .await
    }

    /// Uploads values, each right after the other.
    async fn upload(&mut self, values: &[u32]) -> Result<()> {
        self.page.upload_each(values, &[1, 2], STREAM).await?;
        self.uploaded += values.len() as u64;
        Ok(())
    }

    /// Uploads values, lets something go wrong meanwhile, and mends it.
    async fn strike(
        &mut self,
        trouble: Trouble,
        values: &[u32],
        alive: Duration,
        gone: Duration,
    ) -> Result<()> {
        let uploads = self.page.upload_each(values, &[1, 2], STREAM);
        let arguments = arguments(&self.server, &self.upstream);
        let end = async {
            sleep(alive).await;
            if trouble == Trouble::ReloadedWhileItHangs {
                return self.relay.as_ref().context("no relay")?.program.freeze();
            }
            self.relay = None;
            if trouble == Trouble::Killed {
                sleep(gone).await;
                self.relay = Some(start_at(self.address, &arguments).await?);
            }
            Ok(())
        };
        let (uploaded, ended) = tokio::join!(uploads, end);
        uploaded.and(ended)?;
        self.uploaded += values.len() as u64;
        self.count().await?;
        match trouble {
            Trouble::Killed => return Ok(()),
            Trouble::KilledTwice => {
                sleep(gone).await;
                self.relay = Some(start_at(self.address, &arguments).await?);
                self.come_online().await?;
                self.relay = None;
            }
            Trouble::ReloadedWithout => {
                eventually("the page has noticed", async || {
                    ensure!(self.page.status().await? != "online");
                    Ok(())
                })
                .await?;
                let before = self.count().await?;
                self.page.reload().await?;
                let restored = self.go_on(before).await?;
                // Without a relay nothing was acknowledged meanwhile.
                ensure!(restored == before.waiting, "{restored} go on: {before:?}");
            }
            Trouble::ReloadedWhileItHangs => {
                let before = self.count().await?;
                self.page.reload().await?;
                self.relay = None;
                ensure!(self.go_on(before).await? > 0, "nothing goes on: {before:?}");
            }
            Trouble::ReloadedInTheFlow => {
                sleep(gone).await;
                self.relay = Some(start_at(self.address, &arguments).await?);
                let before = self.page.reload_once_online().await?;
                self.go_on(before).await?;
                return Ok(());
            }
        }
        sleep(gone).await;
        self.relay = Some(start_at(self.address, &arguments).await?);
        Ok(())
    }

    /// Logs in after a reload; `before` is what the page had counted. Gives how many uploads go on.
    async fn go_on(&mut self, before: Counts) -> Result<u64> {
        ensure!(before.waiting > 0, "nothing was unacknowledged: {before:?}");
        (self.asked, self.uploaded) = (self.asked + self.uploaded, 0);
        self.log_in().await?;
        let restored = eventually("uploads go on", async || {
            // Once it is accepted, those that go on are counted.
            let is_online = self.page.status().await? == "online";
            let counts = self.count().await?;
            ensure!(counts.restored > 0 || is_online, "{counts:?}");
            Ok(counts.restored)
        })
        .await?;
        self.restored.push((before.waiting, restored));
        Ok(restored)
    }

    /// What the page counts, once it has heard of every click.
    async fn count(&mut self) -> Result<Counts> {
        self.counts = eventually("every upload is counted", async || {
            let counts = self.page.counts().await?;
            ensure!(counts.asked == self.uploaded, "{} are to be uploaded: {counts:?}", self.uploaded);
            Ok(counts)
        })
        .await?;
        ensure!(self.counts.is_exact(), "{:?}", self.counts);
        Ok(self.counts)
    }

    /// Returns when nothing waits any more.
    async fn settle(&mut self) -> Result<()> {
        self.come_online().await?;
        eventually("everything is acknowledged", async || {
            let counts = self.count().await?;
            ensure!(counts.waiting == 0, "{counts:?}");
            Ok(())
        })
        .await?;
        self.asked += self.uploaded;
        Ok(())
    }
}

/// What a relay is started with that lets this page reach the platform.
fn arguments(server: &StaticServer, upstream: &str) -> [String; 4] {
    ["--upstream", upstream, "--allow-origin", server.origin()].map(str::to_owned)
}

/// Starts a relay where one was killed. The port is asked for again where somebody has just passed through it.
async fn start_at(address: SocketAddr, arguments: &[String]) -> Result<Relay> {
    eventually("the relay comes back", async || Relay::start_at(address, arguments).await).await
}

/// What the platform has of the numbers at one QoS.
#[derive(Default)]
struct Held {
    points: usize,
    different: usize,
    /// Numbers that are not there.
    lost: usize,
    /// Numbers that are there more than once.
    repeated: usize,
    /// Numbers whose first arrival was behind that of a later one.
    out_of_order: usize,
}

impl Held {
    async fn ask(platform: &Relay, qos: u32) -> Result<Self> {
        let path = format!("/devices/{DEVICE}/datapoints?datastream_id={STREAM}{qos}&limit=6000&sort=ASC");
        let stored = http::get(&platform.api(&path)?).await?.json()?;
        let points = stored["data"]["datastreams"][0]["datapoints"].as_array();
        let points = points.with_context(|| format!("no data points: {stored}"))?;
        let mut times = BTreeMap::<u64, u32>::new();
        let mut held = Self { points: points.len(), ..Self::default() };
        for point in points {
            let value = point["value"].as_u64().with_context(|| format!("no number: {point}"))?;
            let is_behind = times.last_key_value().is_some_and(|(newest, _)| value < *newest);
            let times = times.entry(value).or_default();
            *times += 1;
            held.out_of_order += usize::from(*times == 1 && is_behind);
        }
        // What `upload_each` makes of them.
        let asked = (0..2 * NUMBERS).filter(|value| value % 2 + 1 == qos).map(u64::from);
        held.different = times.len();
        held.lost = asked.filter(|value| !times.contains_key(value)).count();
        held.repeated = times.values().filter(|times| **times > 1).count();
        Ok(held)
    }
}

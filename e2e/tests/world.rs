//! What the browser gives the page: rows that outlive it, a session for one tab, sleep, news of the network. The
//! functions themselves, in a page that has nothing else.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Language, Manner, StaticServer, eventually, place};
use serde_json::{Value, json};
use tempfile::TempDir;

const PAGE: &str = r#"<!doctype html><meta charset="utf-8"><title>world</title><link rel="icon" href="data:,">
<script type="module">import start from "./world.js"; await start(); document.documentElement.dataset.ready = "yes"</script>"#;

#[tokio::test]
async fn rows_outlive_the_page_and_stay_with_their_session() -> Result<()> {
    let stage = Stage::new().await?;
    stage.gives("world.save('a', [['2', '温度'], ['10', ''], ['1', 'x'], ['gone', 'y']])", "kept").await?;
    stage.gives("world.save('a', [['gone', null], ['never there', null], ['1', 'z']])", "kept").await?;
    stage.gives("world.save('ab', [['1', 'of another']])", "kept").await?;
    stage.gives("world.save('a', [])", "kept").await?;
    stage.browser.refresh().await?;
    stage.ready().await?;
    stage.gives("world.load('a')", json!([["1", "z"], ["10", ""], ["2", "温度"]])).await?;
    stage.gives("world.load('ab')", json!([["1", "of another"]])).await?;
    stage.gives("world.load('')", json!([])).await
}

#[tokio::test]
async fn rows_are_kept_by_a_page_that_is_loaded_again_at_once() -> Result<()> {
    let stage = Stage::new().await?;
    stage.gives("world.load('a')", json!([])).await?;
    for turn in 0..10 {
        let row = format!("{turn:02}");
        // Nobody waits for the answer, which the old page does not live to see.
        let save =
            format!("[window.isOld = true, void world.save('a', [['{row}', 'x']]), void location.reload()]");
        stage.browser.evaluate(&save).await?;
        eventually("the page is loaded again", async || {
            let is_old = stage.browser.evaluate("window.isOld === true").await?;
            ensure!(is_old == json!(false), "it is the old one");
            Ok(())
        })
        .await?;
        stage.ready().await?;
        let rows = stage.browser.evaluate("world.load('a')").await?;
        ensure!(rows.as_array().is_some_and(|rows| rows.len() == turn + 1), "{row} is not in {rows}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_called_later_takes_effect_later() -> Result<()> {
    let stage = Stage::new().await?;
    // Begun in one go, before the database is even open, and the last one is the only one that is waited for.
    let burst =
        "(() => { for (let i = 0; i < 500; i += 1) world.save('a', [['last', String(i)], [`${i}`, null]]);
                          return world.load('a') })()";
    stage.gives(burst, json!([["last", "499"]])).await
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_kept_by_halves() -> Result<()> {
    let stage = Stage::new().await?;
    let quota = json!({ "origin": stage.server.origin(), "quotaSize": 1_000_000 });
    stage.browser.call("Storage.overrideQuotaForOrigin", quota).await?;
    stage.gives("world.save('a', [['1', 'small']])", "kept").await?;
    // Three million bytes that cannot be made fewer: what can, Chromium keeps in less room.
    let large = "world.save('a', [['1', 'changed'], ['2', Array.from({ length: 100 }, () =>
        String.fromCharCode(...crypto.getRandomValues(new Uint16Array(10_000)).map(unit => unit % 0xD800))
    ).join('')], ['3', 'y']])";
    stage.gives(large, "full").await?;
    stage.gives("world.load('a')", json!([["1", "small"]])).await?;
    // Taking away needs no room.
    stage.gives("world.save('a', [['1', null]])", "kept").await?;
    stage.gives("world.load('a')", json!([])).await
}

#[tokio::test]
async fn rows_of_a_newer_page_are_left_alone() -> Result<()> {
    let stage = Stage::new().await?;
    stage.gives("world.save('a', [['1', 'old']])", "kept").await?;
    // The old page lets the newer one in, though it has the database open.
    let newer = "new Promise((resolve, reject) => { const request = indexedDB.open('onenet-web', 2);
        request.onsuccess = () => { request.result.close(); resolve('open') };
        request.onerror = request.onblocked = () => reject('in the way') })";
    stage.gives(newer, "open").await?;
    stage.gives("world.save('a', [['1', 'older than you']])", "newer").await?;
    stage.gives("world.load('a')", "newer").await?;
    stage.gives("indexedDB.databases().then(all => all[0].version)", 2).await
}

#[tokio::test]
async fn a_row_that_holds_no_bytes_hides_no_other() -> Result<()> {
    let stage = Stage::new().await?;
    stage.gives("world.save('a', [['1', 'x']])", "kept").await?;
    let strange = "new Promise((resolve, reject) => { const request = indexedDB.open('onenet-web', 1);
        request.onerror = reject;
        request.onsuccess = () => { const transaction = request.result.transaction('rows', 'readwrite');
            transaction.objectStore('rows').put({ some: 'thing' }, ['a', '2']);
            transaction.oncomplete = () => { request.result.close(); resolve('put') } } })";
    stage.gives(strange, "put").await?;
    stage.gives("world.load('a')", json!([["1", "x"], ["2", ""]])).await
}

#[tokio::test]
async fn storage_that_the_person_clears_is_made_anew() -> Result<()> {
    let stage = Stage::new().await?;
    stage.gives("world.save('a', [['1', 'x']])", "kept").await?;
    let clear = json!({ "origin": stage.server.origin(), "storageTypes": "indexeddb" });
    stage.browser.call("Storage.clearDataForOrigin", clear).await?;
    stage.gives("world.save('a', [['2', 'y']])", "kept").await?;
    stage.gives("world.load('a')", json!([["2", "y"]])).await
}

#[tokio::test]
async fn blocked_storage_is_told() -> Result<()> {
    // What a person chooses who lets no site keep anything.
    let block = json!({ "profile.default_content_setting_values.cookies": 2 });
    let preferences = block.as_object().cloned().unwrap_or_default();
    let stage = Stage::with(Manner { preferences, ..Manner::default() }, WITH_WORKER, |url| url).await?;
    stage.gives("world.save('a', [['1', 'x']])", "refused").await?;
    stage.gives("world.load('a')", "refused").await?;
    // No other tab has it, whatever is blocked.
    stage.gives("world.claim('a')", true).await
}

#[tokio::test]
async fn a_session_is_one_tabs_alone() -> Result<()> {
    one_tab_alone(&Stage::new().await?).await
}

#[tokio::test]
async fn a_session_is_one_tabs_alone_over_plain_http_too() -> Result<()> {
    // A name that is not this machine's own: what comes from there over http has no Web Locks.
    let manner = Manner {
        arguments: vec!["--host-resolver-rules=MAP elsewhere.test 127.0.0.1".to_owned()],
        ..Manner::default()
    };
    let stage = Stage::with(manner, WITH_WORKER, |url| url.replace("127.0.0.1", "elsewhere.test")).await?;
    stage.gives("isSecureContext", false).await?;
    stage.gives("navigator.locks === undefined", true).await?;
    one_tab_alone(&stage).await?;
    // Two at once: one of them.
    stage.gives("world.release('a')", Value::Null).await?;
    let both =
        "Promise.all([world.claim('b'), world.claim('b')]).then(both => both.filter(got => got).length)";
    stage.gives(both, 1).await
}

async fn one_tab_alone(stage: &Stage) -> Result<()> {
    let first = stage.browser.window().await?;
    stage.gives("world.claim('a')", true).await?;
    let second = stage.browser.open_tab(&stage.url).await?;
    stage.ready().await?;
    stage.gives("world.claim('a')", false).await?;
    stage.gives("world.claim('another')", true).await?;

    stage.browser.look_at(&first).await?;
    stage.gives("world.claim('another')", false).await?;
    stage.gives("world.release('a')", Value::Null).await?;
    stage.browser.look_at(&second).await?;
    stage.gives("world.claim('a')", true).await?;

    // A tab that is gone has nothing any more.
    stage.browser.close_window().await?;
    stage.browser.look_at(&first).await?;
    eventually("the session is free", async || {
        let claimed = stage.browser.evaluate("world.claim('a')").await?;
        ensure!(claimed == json!(true), "{claimed}");
        Ok(())
    })
    .await?;
    stage.browser.refresh().await?;
    stage.ready().await?;
    eventually("the session is free after a reload", async || {
        let claimed = stage.browser.evaluate("world.claim('a')").await?;
        ensure!(claimed == json!(true), "{claimed}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_network_is_told_when_it_goes_and_comes() -> Result<()> {
    let stage = Stage::new().await?;
    for (offline, told) in [(true, json!([true, false])), (false, json!([true, false, true]))] {
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        stage.browser.call("Network.emulateNetworkConditions", conditions).await?;
        eventually("the change is told", async || {
            let network = stage.browser.evaluate("world.network").await?;
            ensure!(network == told, "{network}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn sleep_ends_in_time_and_in_order() -> Result<()> {
    sleeps(&Stage::new().await?).await
}

#[tokio::test]
async fn sleep_ends_without_its_worker_too() -> Result<()> {
    let stage = Stage::with(Manner::default(), WITHOUT_WORKER, |url| url).await?;
    sleeps(&stage).await
}

async fn sleeps(stage: &Stage) -> Result<()> {
    // One that is taken back before, one far beyond what timers can count.
    let sleeps = "(async () => { const start = performance.now(), ends = []; world.doze(50); world.sleep(4_000_000_000);
        const nap = ms => world.sleep(ms).then(() => ends.push([ms, Math.round(performance.now() - start)]));
        await Promise.all([nap(300), nap(0), nap(100), nap(200)]); return ends })()";
    let ends = stage.browser.evaluate(sleeps).await?;
    let ends = ends.as_array().with_context(|| format!("it gives {ends}"))?;
    let order: Vec<&Value> = ends.iter().map(|end| &end[0]).collect();
    ensure!(order == [&json!(0), &json!(100), &json!(200), &json!(300)], "{ends:?}");
    let in_time = ends.iter().all(|end| end[1].as_u64() >= end[0].as_u64());
    ensure!(in_time, "some ended before their time: {ends:?}");
    Ok(())
}

const WITH_WORKER: &[&str] = &["alarm.js"];
const WITHOUT_WORKER: &[&str] = &[];

/// A browser that shows the functions and nothing else.
struct Stage {
    browser: Browser,
    server: StaticServer,
    url: String,
    _folder: TempDir,
}

impl Stage {
    async fn new() -> Result<Self> {
        Self::with(Manner::default(), WITH_WORKER, |url| url).await
    }

    async fn with(manner: Manner, files: &[&str], address: impl Fn(String) -> String) -> Result<Self> {
        let folder = TempDir::new()?;
        fs::write(folder.path().join("index.html"), PAGE)?;
        for entry in fs::read_dir(place::world()?)? {
            copy(&entry?.path(), folder.path())?;
        }
        for file in files {
            copy(&place::static_file(file), folder.path())?;
        }
        let server = StaticServer::start(folder.path(), "some/where").await?;
        let url = address(server.url());
        let browser = Browser::start_with(Language::English, manner).await?;
        browser.open(&url).await?;
        let stage = Self { browser, server, url, _folder: folder };
        stage.ready().await?;
        Ok(stage)
    }

    async fn ready(&self) -> Result<()> {
        eventually("the page is ready", async || {
            let ready = self.browser.evaluate("document.documentElement.dataset.ready").await?;
            ensure!(ready == json!("yes"), "console: {:?}", self.browser.console().await?);
            Ok(())
        })
        .await
    }

    async fn gives(&self, expression: &str, expected: impl Into<Value>) -> Result<()> {
        let (found, expected) = (self.browser.evaluate(expression).await?, expected.into());
        ensure!(found == expected, "{expression} gives {found} and not {expected}");
        Ok(())
    }
}

fn copy(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().context("a file without a name")?;
    fs::copy(file, folder.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
    Ok(())
}

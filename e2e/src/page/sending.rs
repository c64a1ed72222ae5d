//! Many uploads, one right after the other, over a page that is loaded again in between; and what the page counts.

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;

use super::Page;
use crate::wait::eventually;

/// What the page says became of its uploads: `asked + restored = acknowledged + waiting + failed`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Asked for since the page was loaded.
    pub asked: u64,
    /// Gone on with from before.
    pub restored: u64,
    /// Acknowledged for good.
    pub acknowledged: u64,
    /// Not acknowledged, but still to be.
    pub waiting: u64,
    /// Refused, taken back or lost.
    pub failed: u64,
}

impl Counts {
    /// Whether every upload is accounted for.
    pub fn is_exact(&self) -> bool {
        self.asked + self.restored == self.acknowledged + self.waiting + self.failed
    }

    /// Reads `90 + 7 from before = 80 acknowledged + 17 waiting + 0 failed`. Terms of other kinds are an error.
    fn read(text: &str) -> Result<Self> {
        let (all, parts) = text.split_once(" = ").context("no sum")?;
        let mut counts = Self::default();
        for term in all.split(" + ").chain(parts.split(" + ")) {
            let (number, name) = term.split_once(' ').unwrap_or((term, ""));
            let count = match name {
                "" => &mut counts.asked,
                "from before" => &mut counts.restored,
                "acknowledged" => &mut counts.acknowledged,
                "waiting" => &mut counts.waiting,
                "failed" => &mut counts.failed,
                other => bail!("`{other}` is not expected"),
            };
            *count = number.parse()?;
        }
        Ok(counts)
    }
}

/// Enters each value and presses *upload*, with the events of a hand that types and clicks, but faster than the page
/// can draw; between two clicks the page hears what has come. A driver that does the same from outside takes a second
/// for each.
const UPLOAD_EACH: &str = "
    const [values, qos, stream] = arguments;
    const enter = (selector, text, event) => {
        const field = document.querySelector(selector);
        field.value = text;
        field.dispatchEvent(new Event(event, { bubbles: true }));
    };
    return (async () => {
        for (const value of values) {
            const bits = qos[value % qos.length];
            enter('#qos', bits, 'change');
            enter('#stream', stream + bits, 'input');
            enter('#value', String(value), 'input');
            const button = document.querySelector('#upload');
            if (button.disabled) throw new Error(`value ${value} cannot be uploaded`);
            button.click();
            await new Promise(resolve => setTimeout(resolve));
        }
    })()";

/// Loads the page again in the very turn in which it shows that the device is connected, and says what it counts then.
/// Nobody waits out a pause for that.
const RELOAD_ONCE_ONLINE: &str = "
    return new Promise(resolve => {
        const status = document.querySelector('#status');
        const look = () => {
            if (status.dataset.status !== 'online') return false;
            window.isOld = true;
            resolve(document.querySelector('#tally')?.innerText ?? '');
            setTimeout(() => location.reload());
            return true;
        };
        document.querySelector('#try-now')?.click();
        if (look()) return;
        const observer = new MutationObserver(() => look() && observer.disconnect());
        observer.observe(status, { attributes: true });
    })";

impl Page {
    /// Uploads values, each right after the other, to the data streams `stream` with the QoS behind it: the QoS of each
    /// goes round with its value. Waits for no acknowledgement.
    pub async fn upload_each(&self, values: &[u32], qos: &[u8], stream: &str) -> Result<()> {
        let qos: Vec<String> = qos.iter().map(u8::to_string).collect();
        let arguments = vec![json!(values), json!(qos), json!(stream)];
        self.browser.execute(UPLOAD_EACH, arguments).await.context("uploading one after the other")?;
        Ok(())
    }

    /// Loads the page again, and returns when it can be used. Nothing typed is left.
    pub async fn reload(&self) -> Result<()> {
        self.browser.refresh().await?;
        self.whole().await
    }

    /// Loads the page again as soon as the device is connected, and returns when it can be used. Gives what the old page
    /// counted then.
    pub async fn reload_once_online(&self) -> Result<Counts> {
        let counted = self.browser.execute(RELOAD_ONCE_ONLINE, Vec::new()).await?;
        let counts =
            Counts::read(counted.as_str().context("no text")?).with_context(|| counted.to_string())?;
        eventually("the page is loaded again", async || {
            let is_old = self.browser.evaluate("window.isOld === true").await?;
            ensure!(is_old == json!(false), "it is the old one");
            Ok(())
        })
        .await?;
        self.whole().await?;
        Ok(counts)
    }

    /// Ticks a box, or takes the tick back.
    pub async fn tick(&self, selector: &str, ticked: bool) -> Result<()> {
        let tick = self.visible(selector).await?;
        if tick.is_selected().await? != ticked {
            tick.click().await?;
        }
        Ok(())
    }

    /// How the connection stands, in the page's own word: `online`, `waiting` ….
    pub async fn status(&self) -> Result<String> {
        let status = self.present("#status").await?;
        Ok(status.attr("data-status").await?.unwrap_or_default())
    }

    /// What the page counts, in English. All are 0 while nothing is listed.
    pub async fn counts(&self) -> Result<Counts> {
        match self.text("#tally").await? {
            text if text.is_empty() => Ok(Counts::default()),
            text => Counts::read(&text).with_context(|| text.clone()),
        }
    }
}

//! A device of the later platforms: what it speaks, and what proves who it is.

use anyhow::{Context, Result, bail};
use fantoccini::Locator;

use super::Page;
use crate::wait::eventually;

impl Page {
    /// Chooses what the device speaks: `legacy`, `suite` or `studio`.
    pub async fn speak(&self, generation: &str) -> Result<()> {
        self.select("#generation", generation).await
    }

    /// Fills in a device whose tokens the page signs with `key`.
    pub async fn sign_as(&self, device: &str, product: &str, key: &str) -> Result<()> {
        self.fill("#device-id", device).await?;
        self.fill("#product-id", product).await?;
        self.select("#token-source", "key").await?;
        self.fill("#device-key", key).await
    }

    /// Chooses a token from elsewhere, and fills in the key to check it with.
    pub async fn paste_token(&self, token: &str, key: &str) -> Result<()> {
        self.select("#token-source", "pasted").await?;
        self.fill("#token", token).await?;
        self.fill("#device-key", key).await
    }

    /// What the page says of the login before it is tried: `good`, `refused`, `doubtful`, `unverified` or `unfilled`.
    pub async fn verdict(&self) -> Result<String> {
        let doctor = self.present(".doctor").await?;
        doctor.attr("data-verdict").await?.context("a login check without a verdict")
    }

    /// Opens what is folded, such as the automatic answers, by the id of its summary.
    pub async fn unfold(&self, summary: &str) -> Result<()> {
        let closed = format!("details:not([open]) > {summary}");
        match self.browser.find(Locator::Css(&closed)).await {
            Ok(summary) => Ok(summary.click().await?),
            Err(error) if error.is_no_such_element() => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Waits until an upload to a topic that ends so is acknowledged.
    pub async fn has_delivered(&self, topic: &str) -> Result<()> {
        eventually(&format!("a message to …{topic} is acknowledged"), async || {
            for item in
                self.browser.find_all(Locator::Css("#outbox li[data-state=acknowledged] code")).await?
            {
                if item.text().await?.ends_with(topic) {
                    return Ok(());
                }
            }
            bail!("outbox: {}. {}", self.text("#outbox").await?, self.complaints().await?)
        })
        .await
    }
}

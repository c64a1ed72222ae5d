//! What a person does on the page, and what they see. The only place that knows the page's ids.

mod anatomy;
mod frames;
mod sending;
mod token;

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::key::Key;

use crate::browser::Browser;
use crate::wait::eventually;

pub use anatomy::{Anatomy, Cell, FieldRow};
pub use frames::{FilterField, FrameRow, Tab};
pub use sending::Counts;

/// Where the page connects to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination<'a> {
    /// The simulated platform inside the page.
    InPage,
    /// An upstream, by its name, of the relay that served the page.
    Relay(&'a str),
    /// Any `ws://` or `wss://` address.
    Address(&'a str),
}

/// The open page.
pub struct Page {
    browser: Browser,
}

impl Page {
    /// Opens `url` and returns when all of the page can be used.
    pub async fn open(browser: Browser, url: &str) -> Result<Self> {
        let page = Self::open_front(browser, url).await?;
        page.whole().await?;
        Ok(page)
    }

    /// Opens `url` and returns when its login form can be used; the rest may be on its way.
    pub async fn open_front(browser: Browser, url: &str) -> Result<Self> {
        browser.open(url).await?;
        let page = Self { browser };
        page.visible("#connect-form").await?;
        Ok(page)
    }

    /// Shows that somebody is there, and returns when nothing of the page is on its way any longer.
    pub async fn whole(&self) -> Result<()> {
        self.visible("#connect-form").await?;
        self.browser.evaluate("void document.dispatchEvent(new Event('pointermove'))").await?;
        eventually("all of the page is here", async || {
            let coming = self.browser.find_all(Locator::Css(".coming")).await?;
            ensure!(coming.is_empty(), "{} parts are not. {}", coming.len(), self.complaints().await?);
            Ok(())
        })
        .await
    }

    /// The browser that shows it.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Fills in who the device is.
    pub async fn log_in_as(&self, device_id: &str, product_id: &str, auth_info: &str) -> Result<()> {
        self.fill("#device-id", device_id).await?;
        self.fill("#product-id", product_id).await?;
        self.fill("#auth-info", auth_info).await
    }

    /// Chooses where to connect to. Options have the values `page`, `relay/NAME` and `address`.
    pub async fn choose(&self, destination: Destination<'_>) -> Result<()> {
        match destination {
            Destination::InPage => self.select("#destination", "page").await,
            // The page asks for the relay's upstreams first: the option may come a moment later.
            Destination::Relay(upstream) => self.select("#destination", &format!("relay/{upstream}")).await,
            Destination::Address(address) => {
                self.select("#destination", "address").await?;
                self.fill("#address", address).await
            }
        }
    }

    /// Presses *connect* and returns when the platform has accepted the login.
    pub async fn connect(&self) -> Result<()> {
        self.click("#connect").await?;
        eventually("the device is connected", async || {
            let online = self.browser.find(Locator::Css("#status[data-status=\"online\"]")).await;
            ensure!(online.is_ok(), "status: {}. {}", self.text("#status").await?, self.complaints().await?);
            Ok(())
        })
        .await
    }

    /// Presses *disconnect* and returns when it can be connected again.
    pub async fn disconnect(&self) -> Result<()> {
        self.click("#disconnect").await?;
        eventually("the device is disconnected", async || {
            let offline = self
                .browser
                .find(Locator::Css("#status:is([data-status=offline], [data-status=ended])"))
                .await;
            ensure!(offline.is_ok(), "status: {}", self.text("#status").await?);
            Ok(())
        })
        .await
    }

    /// Uploads one value of one data stream and returns when it is acknowledged.
    pub async fn upload(&self, stream: &str, value: &str) -> Result<()> {
        self.fill("#stream", stream).await?;
        self.fill("#value", value).await?;
        self.press_upload().await
    }

    /// Uploads a text as it is to a topic, at QoS 1, and returns when it is acknowledged.
    pub async fn upload_text(&self, topic: &str, text: &str) -> Result<()> {
        self.choose_content("message").await?;
        self.fill("#topic", topic).await?;
        self.fill("#text", text).await?;
        self.press_upload().await
    }

    /// How many uploads the outbox shows in a state: `waiting`, `acknowledged`, `unknown` ….
    pub async fn uploads(&self, state: &str) -> Result<usize> {
        let items = format!("#outbox li[data-state=\"{state}\"]");
        Ok(self.browser.find_all(Locator::Css(&items)).await?.len())
    }

    /// Chooses what an upload is made from: `point`, `body` or `message`.
    pub async fn choose_content(&self, content: &str) -> Result<()> {
        self.select("#content", content).await
    }

    /// Chooses the payload type of data points by its number.
    pub async fn choose_type(&self, number: &str) -> Result<()> {
        self.select("#payload-type", number).await
    }

    /// Chooses what the text of a message is: `text`, `json`, `hex` or `base64`.
    pub async fn choose_encoding(&self, encoding: &str) -> Result<()> {
        self.select("#encoding", encoding).await
    }

    /// Picks a file in a field.
    pub async fn pick(&self, selector: &str, file: &Path) -> Result<()> {
        let file = file.to_str().context("the file has a strange name")?;
        Ok(self.visible(selector).await?.send_keys(file).await?)
    }

    /// Uploads what is typed and returns when it is acknowledged.
    pub async fn upload_again(&self) -> Result<()> {
        self.press_upload().await
    }

    /// Asks for the messages of a topic.
    pub async fn subscribe(&self, topic: &str) -> Result<()> {
        if let Ok(closed) = self.browser.find(Locator::Css(".listening:not([open]) summary")).await {
            closed.click().await?;
        }
        self.fill("#subscribe-topic", topic).await?;
        self.click("#subscribe").await
    }

    /// Sends a command to the device from the platform inside the page.
    pub async fn send_command(&self, body: &str) -> Result<()> {
        self.fill("#command-body", body).await?;
        self.click("#send-command").await
    }

    /// Answers the command in the feed that shows `command`.
    pub async fn answer(&self, command: &str, answer: &str) -> Result<()> {
        let item = eventually("the command is in the feed", async || {
            for item in self.browser.find_all(Locator::Css("#feed li")).await? {
                if item.text().await?.contains(command) {
                    return Ok(item);
                }
            }
            bail!("the feed shows: {}", self.text("#feed").await?)
        })
        .await?;
        let field =
            item.find(Locator::Css(".answer input")).await.context("a command without an answer field")?;
        type_into(&field, answer).await?;
        item.find(Locator::Css(".answer button")).await?.click().await?;
        Ok(())
    }

    /// Says which server the programs shall talk to.
    pub async fn serve_programs(&self, host: &str, port: u16) -> Result<()> {
        self.fill("#snippet-host", host).await?;
        self.fill("#snippet-port", &port.to_string()).await
    }

    /// Ticks whether the programs hold the auth info, or takes the tick back.
    pub async fn toggle_password_in_programs(&self) -> Result<()> {
        self.click("#include-password").await
    }

    /// The same message as code: `python`, `c`, `mosquitto`, `arduino` or `at`.
    pub async fn program(&self, dialect: &str) -> Result<String> {
        self.select("#dialect", dialect).await?;
        // Drawn again before the next question is answered: choosing and drawing are one turn of the page.
        let code = self.present("#snippet-code").await?;
        code.prop("textContent").await?.context("code without text")
    }

    /// Waits until an element shows a text.
    pub async fn shows(&self, selector: &str, text: &str) -> Result<()> {
        eventually(&format!("{selector} shows `{text}`"), async || {
            let shown = self.text(selector).await?;
            ensure!(shown.contains(text), "it shows: {shown}. {}", self.complaints().await?);
            Ok(())
        })
        .await
    }

    /// The visible text of an element; empty when it is not there.
    pub async fn text(&self, selector: &str) -> Result<String> {
        match self.browser.find(Locator::Css(selector)).await {
            Ok(element) => Ok(element.text().await?),
            Err(error) if error.is_no_such_element() => Ok(String::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// What stands in a field.
    pub async fn value(&self, selector: &str) -> Result<String> {
        Ok(self.visible(selector).await?.prop("value").await?.unwrap_or_default())
    }

    /// Types a text into a field in place of what is there, as a person does.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<()> {
        let field = self.visible(selector).await?;
        type_into(&field, text).await.with_context(|| format!("filling in {selector}"))
    }

    /// Presses a button when it can be pressed.
    pub async fn click(&self, selector: &str) -> Result<()> {
        eventually(&format!("{selector} can be pressed"), async || {
            let button = self.browser.find(Locator::Css(selector)).await?;
            ensure!(button.is_enabled().await?, "it is disabled");
            Ok(button.click().await?)
        })
        .await
    }

    /// Chooses the option of a list that has this value, when the list offers it.
    pub async fn select(&self, list: &str, value: &str) -> Result<()> {
        self.present(&format!("{list} option[value=\"{value}\"]")).await?;
        let select = self.visible(list).await?;
        select.select_by_value(value).await.with_context(|| format!("choosing {value} in {list}"))
    }

    async fn press_upload(&self) -> Result<()> {
        let before = self.uploads("acknowledged").await?;
        self.click("#upload").await?;
        eventually("the upload is acknowledged", async || {
            let now = self.uploads("acknowledged").await?;
            ensure!(now > before, "outbox: {}. {}", self.text("#outbox").await?, self.complaints().await?);
            Ok(())
        })
        .await
    }

    async fn visible(&self, selector: &str) -> Result<Element> {
        eventually(&format!("{selector} is visible"), async || {
            let element = self.browser.find(Locator::Css(selector)).await?;
            ensure!(element.is_displayed().await?, "it is hidden. {}", self.complaints().await?);
            Ok(element)
        })
        .await
    }

    async fn present(&self, selector: &str) -> Result<Element> {
        let what = format!("{selector} is there");
        eventually(&what, async || Ok(self.browser.find(Locator::Css(selector)).await?)).await
    }

    /// What the page says is wrong, for the message of a failed test.
    async fn complaints(&self) -> Result<String> {
        let shown = self.browser.find_all(Locator::Css("[role=alert]")).await?;
        let mut complaints = Vec::new();
        for element in shown {
            complaints.push(element.text().await?);
        }
        Ok(format!("alerts: {complaints:?}"))
    }
}

async fn type_into(field: &Element, text: &str) -> Result<()> {
    // Select all, then type: it fires the events that a person's typing does.
    let keys = format!("{}a{}{}", Key::Control, Key::Null, Key::Delete);
    field.send_keys(&keys).await?;
    if !text.is_empty() {
        field.send_keys(text).await?;
    }
    let found = field.prop("value").await?.unwrap_or_default();
    ensure!(found == text, "typed `{text}`, the field holds `{found}`");
    Ok(())
}

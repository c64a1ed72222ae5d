//! A real browser: headless Chromium, driven through chromedriver.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::Deref;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use fantoccini::actions::{
    Actions, InputSource, KeyAction, KeyActions, MouseActions, PointerAction, WheelAction, WheelActions,
};
use fantoccini::elements::Element;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};
use url::{ParseError, Url};

use crate::wait::eventually;
use crate::{Program, place};

/// Two cores carry no more browsers than this at once without being late.
static SEATS: Semaphore = Semaphore::const_new(2);

/// What the browser says it prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Chinese,
    /// American English.
    English,
}

/// What a browser does otherwise than those that other tests get.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// More arguments for its command line.
    pub arguments: Vec<String>,
    /// Settings that a person could have made, by their names in the profile.
    pub preferences: Map<String, Value>,
    /// Whether it slows down pages that nobody sees, as it does for a person. chromedriver keeps it from that.
    pub slows_hidden_pages: bool,
}

/// What chromedriver keeps hidden pages awake with.
const KEEP_AWAKE: [&str; 3] = [
    "disable-background-timer-throttling",
    "disable-backgrounding-occluded-windows",
    "disable-renderer-backgrounding",
];

/// One message of the browser's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// `SEVERE`, `WARNING`, `INFO` …
    pub level: String,
    /// Source, place and text.
    pub message: String,
}

/// A running browser with a profile of its own. Everything of [`Client`] can be asked of it.
pub struct Browser {
    client: Client,
    driver: SocketAddr,
    session: String,
    process: Option<Pid>,
    downloads: PathBuf,
    // Dropped in this order: the driver ends before its profile is removed.
    _program: Program,
    _profile: TempDir,
    _seat: SemaphorePermit<'static>,
}

impl Browser {
    /// Starts one, 1280 by 900 pixels, when there is a seat for it.
    pub async fn start(language: Language) -> Result<Self> {
        Self::start_with(language, Manner::default()).await
    }

    /// The same, in a manner of its own.
    pub async fn start_with(language: Language, manner: Manner) -> Result<Self> {
        let seat = SEATS.acquire().await.context("no seat for a browser")?;
        let profile = TempDir::new()?;
        let chromium = place::program("chromium")?;
        let downloads = profile.path().join("downloads");
        std::fs::create_dir(&downloads)?;

        let (program, driver) = start_driver().await?;

        let tag = match language {
            Language::Chinese => "zh-CN",
            Language::English => "en-US",
        };
        let mut arguments = manner.arguments;
        arguments.extend(
            [
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
                &format!("--lang={tag}"),
                &format!("--accept-lang={tag}"),
                &format!("--user-data-dir={}", profile.path().display()),
            ]
            .map(str::to_owned),
        );
        let mut preferences = manner.preferences;
        preferences.insert("download.default_directory".to_owned(), json!(downloads));
        preferences.insert("download.prompt_for_download".to_owned(), json!(false));
        let switched_off: &[&str] = if manner.slows_hidden_pages { &KEEP_AWAKE } else { &[] };
        let capabilities = json!({
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": chromium,
                "args": arguments,
                "prefs": preferences,
                "excludeSwitches": switched_off,
            },
        });
        let capabilities: Capabilities = serde_json::from_value(capabilities)?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://{driver}"))
            .await
            .with_context(|| format!("no browser. chromedriver said:\n{}", program.lines().join("\n")))?;
        let session = client.session_id().await?.context("a browser without a session")?;
        let process = client.capabilities().and_then(|found| found.get("goog:processID")?.as_i64());
        let process = process.and_then(|id| Pid::from_raw(i32::try_from(id).ok()?));
        Ok(Self {
            client,
            driver,
            session,
            process,
            downloads,
            _program: program,
            _profile: profile,
            _seat: seat,
        })
    }

    /// Shows `url` and returns when it has loaded.
    pub async fn open(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("the browser cannot open {url}"))
    }

    /// The value of a JavaScript expression; of a promise what it resolves to.
    pub async fn evaluate(&self, expression: &str) -> Result<Value> {
        let script = format!("return {expression}");
        self.client.execute(&script, Vec::new()).await.with_context(|| expression.to_owned())
    }

    /// Puts the pointer on an element, coming from elsewhere. It must be in sight.
    pub async fn hover(&self, element: Element) -> Result<()> {
        let from = PointerAction::MoveTo { duration: None, x: 1.0, y: 1.0 };
        let to = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let pointer = MouseActions::new("pointer".to_owned()).then(from).then(to);
        Ok(self.client.perform_actions(pointer).await?)
    }

    /// Presses a key and lets it go: whatever has the focus gets it.
    pub async fn press(&self, key: impl Into<char>) -> Result<()> {
        let value = key.into();
        let keyboard = KeyActions::new("keyboard".to_owned());
        let strokes = keyboard.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        Ok(self.client.perform_actions(strokes).await?)
    }

    /// Turns the wheel over the middle of an element that is in sight; down where `pixels` is positive.
    pub async fn turn_wheel(&self, element: &Element, pixels: i64) -> Result<()> {
        let (x, y, width, height) = element.rectangle().await?;
        let offset = self.evaluate("[scrollX, scrollY]").await?;
        let [left, top] = [0, 1].map(|axis| offset[axis].as_f64().unwrap_or_default());
        let (x, y) = ((x - left + width / 2.0) as i64, (y - top + height / 2.0) as i64);
        let scroll = WheelAction::Scroll { duration: None, x, y, delta_x: 0, delta_y: pixels };
        let mut wheel = WheelActions::new("wheel".to_owned());
        wheel.push(scroll);
        Ok(self.client.perform_actions(Actions::from(wheel)).await?)
    }

    /// Waits for the one file that was downloaded since the last call; gives its name and bytes.
    pub async fn download(&self) -> Result<(String, Vec<u8>)> {
        eventually("a file is downloaded", async || {
            let mut files = Vec::new();
            for entry in std::fs::read_dir(&self.downloads)? {
                let name = entry?.file_name().to_string_lossy().into_owned();
                // What begins or ends so is not finished yet.
                if !name.starts_with('.') && !name.ends_with(".crdownload") {
                    files.push(name);
                }
            }
            let [name] = files.as_slice() else { anyhow::bail!("there are {files:?}") };
            let file = self.downloads.join(name);
            let bytes = std::fs::read(&file)?;
            ensure!(!bytes.is_empty(), "{name} is empty");
            std::fs::remove_file(file)?;
            Ok((name.clone(), bytes))
        })
        .await
    }

    /// Makes the visible part of a page exactly so large, narrower than a window can be, too.
    pub async fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics).await?;
        eventually("the page has its new size", async || {
            let found = self.evaluate("window.innerWidth").await?;
            (found == json!(width)).then_some(()).with_context(|| format!("it is {found} wide"))
        })
        .await
    }

    /// Calls a method of Chromium's own protocol for the tab that is looked at.
    pub async fn call(&self, method: &str, parameters: Value) -> Result<Value> {
        let body = json!({ "cmd": method, "params": parameters });
        self.client.issue_cmd(Vendor::new("goog/cdp/execute", body)).await.with_context(|| method.to_owned())
    }

    /// Opens a tab in front of the others and looks at it from now on. To look at another is to put it in front.
    pub async fn open_tab(&self, url: &str) -> Result<WindowHandle> {
        let tab = self.client.new_window(true).await?.handle;
        self.look_at(&tab).await?;
        self.open(url).await?;
        Ok(tab)
    }

    /// Puts a tab in front.
    pub async fn look_at(&self, tab: &WindowHandle) -> Result<()> {
        Ok(self.client.switch_to_window(tab.clone()).await?)
    }

    /// Keeps a picture of the visible part of the page as `NAME.png`; gives its path.
    pub async fn take_picture(&self, name: &str) -> Result<PathBuf> {
        let folder = place::pictures();
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let file = folder.join(format!("{name}.png"));
        let picture = self.client.screenshot().await?;
        std::fs::write(&file, picture).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(file)
    }

    /// The console's messages since the last call.
    pub async fn console(&self) -> Result<Vec<Console>> {
        let entries = self.client.issue_cmd(Vendor::new("se/log", json!({ "type": "browser" }))).await?;
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let entries = entries.as_array().cloned().unwrap_or_default();
        Ok(entries
            .iter()
            .map(|entry| Console { level: text(entry, "level"), message: text(entry, "message") })
            .collect())
    }

    /// The browser's own process.
    pub fn process(&self) -> Option<Pid> {
        self.process
    }

    /// Asks for the end of the session as a plain exchange of texts: there is no waiting on futures in a drop.
    fn end_session(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect_timeout(&self.driver, Duration::from_secs(2))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let head = format!("DELETE /session/{} HTTP/1.1\r\nHost: {}\r\n\r\n", self.session, self.driver);
        stream.write_all(head.as_bytes())?;
        // Any answer will do: it comes when the browser has ended.
        stream.read_exact(&mut [0])
    }
}

impl Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.end_session();
        // Killing the driver alone would leave a browser behind that did not listen.
        if let Some(process) = self.process
            && test_kill_process(process).is_ok()
        {
            let _ = kill_process(process, Signal::KILL);
        }
    }
}

/// Starts chromedriver on a free port; returns when it listens there.
async fn start_driver() -> Result<(Program, SocketAddr)> {
    let start = async || {
        let mut command = Command::new(place::program("chromedriver")?);
        command.arg("--port=0");
        let mut program = Program::start(command)?;
        // `ChromeDriver was started successfully on port 40000.`
        let port = program
            .wait_for("chromedriver listens", |line| {
                let (_, port) = line.split_once("started successfully on port ")?;
                port.trim_end_matches('.').parse::<u16>().ok()
            })
            .await?;
        Ok((program, SocketAddr::from(([127, 0, 0, 1], port))))
    };
    // It takes a port that is free for IPv6 and hopes that it is free for IPv4 too.
    let mut attempt = start().await;
    for _ in 0..2 {
        match attempt {
            Ok(started) => return Ok(started),
            Err(_) => attempt = start().await,
        }
    }
    attempt
}

/// A command that only Chromium's driver knows.
#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
}

impl Vendor {
    fn new(path: &'static str, body: Value) -> Self {
        Self { path, body }
    }
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

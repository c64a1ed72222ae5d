//! The page as a device with a signed token: of the suite and of the studio, at the platform that the relay simulates and
//! at the one inside the page.

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Destination, Language, Page, Relay, StaticServer, http, place};
use onenet::token::{Claims, Key, Method, Resource};
use serde_json::json;

/// A key that was published with tokens made from it.
const KEY: &str = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=";
/// Another one.
const OTHER_KEY: &str = "KuF3NT/jUBJ62LNBB/A8XZA9CqS3Cu79B/ABmfA1UCw=";

#[tokio::test]
async fn a_studio_device_hears_its_reply_and_answers_a_property_set_by_itself() -> Result<()> {
    let (relay, page) = open(Language::English).await?;
    page.speak("studio").await?;
    page.sign_as("my_tv", "VRqhDHF2wL", KEY).await?;
    ensure!(page.verdict().await? == "good", "{}", page.text("#verdict").await?);
    page.connect().await?;
    // The first upload goes out with the login, behind the subscription.
    page.shows("#feed", "Reply to property post 1: done, 200 success.").await?;
    page.upload("wendu", "27.50").await?;
    page.shows("#feed", "Reply to property post 2: done, 200 success.").await?;

    let token = token("products/VRqhDHF2wL", KEY)?;
    let device = json!({ "product_id": "VRqhDHF2wL", "device_name": "my_tv" });
    let call = async |name: &str, params: serde_json::Value| {
        let mut body = device.clone();
        body["params"] = params;
        body["identifier"] = json!("blink");
        let url = relay.api(&format!("/thingmodel/{name}"))?;
        let answer = http::post_with_token(&url, &body.to_string(), &token).await?.json()?;
        ensure!(answer["code"] == json!(0), "{name}: {answer}");
        Ok(answer["data"].clone())
    };
    let set = call("set-device-property", json!({ "switch": true })).await?;
    ensure!(set["code"] == json!(200) && set["msg"] == json!("success"), "{set}");
    page.shows("#feed", "Set these properties").await?;
    page.has_delivered("/thing/property/set_reply").await?;

    // What was uploaded and what was set is what it tells.
    let got = call("query-device-property-detail", json!(["switch", "wendu"])).await?;
    ensure!(got == json!({ "switch": true, "wendu": 27.5 }), "{got}");
    let done = call("call-service", json!({ "times": 3 })).await?;
    ensure!(done == json!({}), "{done}");
    page.shows("#feed", "Call of service blink").await?;
    page.has_delivered("/thing/service/blink/invoke_reply").await?;
    page.browser().take_picture("page-studio").await?;
    page.browser().set_viewport(390, 844).await?;
    page.browser().take_picture("page-studio-390").await?;
    Ok(())
}

#[tokio::test]
async fn a_suite_device_hears_what_was_taken_and_answers_commands() -> Result<()> {
    let (relay, page) = open(Language::English).await?;
    page.speak("suite").await?;
    page.sign_as("ESP8266_01", "321016", KEY).await?;
    ensure!(page.verdict().await? == "good", "{}", page.text("#verdict").await?);
    page.connect().await?;
    page.shows("#feed", "Data points 1 were accepted.").await?;
    page.upload("wendu", "27.50").await?;
    page.shows("#feed", "Data points 2 were accepted.").await?;
    page.upload_text("$sys/321016/ESP8266_01/dp/post/json", "{").await?;
    page.shows("#feed", "Data points were rejected whose id could not be read: 98 illegal data.").await?;

    let token = token("products/321016", KEY)?;
    let url = relay.api("/v1/synccmds?device_id=321016/ESP8266_01&timeout=20")?;
    let command = async |body: &str| {
        let answer = http::post_with_token(&url, body, &token).await?.json()?;
        ensure!(answer["errno"] == json!(0), "{answer}");
        answer["data"]["cmd_resp"].as_str().map(str::to_owned).with_context(|| answer.to_string())
    };
    // By hand, while the caller waits.
    let (answer, ()) = tokio::try_join!(command("fan on"), page.answer("fan on", "fan is on"))?;
    // fan is on
    ensure!(answer == "ZmFuIGlzIG9u", "{answer}");
    // The platform says that it has the answer.
    page.shows("#feed", "was accepted").await?;

    // By itself, once somebody says so.
    page.unfold("#auto-replies").await?;
    page.tick("#reply-on-2", true).await?;
    page.fill("#reply-text-2", "done").await?;
    let answer = command("fan off").await?;
    ensure!(answer == "ZG9uZQ==", "{answer}");
    page.browser().take_picture("page-suite").await?;
    Ok(())
}

#[tokio::test]
async fn a_wrong_key_is_refused_in_words_and_the_login_check_names_it() -> Result<()> {
    let (_relay, page) = open(Language::English).await?;
    page.speak("studio").await?;
    page.sign_as("my_tv", "VRqhDHF2wL", OTHER_KEY).await?;
    page.click("#connect").await?;
    page.shows("#status", "Login refused: CONNACK 4.").await?;
    page.shows("#status", "its signature wrong").await?;

    // A token from elsewhere can be compared with the key of the device.
    page.paste_token(&token("products/VRqhDHF2wL/devices/my_tv", OTHER_KEY)?, KEY).await?;
    page.shows("#connect-form", "This key does not make this sign").await?;
    ensure!(page.verdict().await? == "doubtful", "{}", page.text("#verdict").await?);
    page.shows("#connect", "Connect anyway").await?;
    page.browser().take_picture("page-wrong-key").await?;

    // Half a key is none.
    page.sign_as("my_tv", "VRqhDHF2wL", &KEY[..KEY.len() - 1]).await?;
    page.shows("#device-key-notes", "The key ends with 0 =, and its length asks for 1.").await?;
    ensure!(page.verdict().await? == "doubtful", "{}", page.text("#verdict").await?);

    page.sign_as("my_tv", "VRqhDHF2wL", KEY).await?;
    page.connect().await
}

#[tokio::test]
async fn a_wrong_key_is_refused_in_chinese_words_too() -> Result<()> {
    let (_relay, page) = open(Language::Chinese).await?;
    page.speak("suite").await?;
    page.sign_as("ESP8266_01", "321016", OTHER_KEY).await?;
    page.click("#connect").await?;
    page.shows("#status", "CONNACK 4").await?;
    page.paste_token(&token("products/321016/devices/ESP8266_01", OTHER_KEY)?, KEY).await?;
    page.shows("#connect-form", "不是用").await?;
    ensure!(page.verdict().await? == "doubtful", "{}", page.text("#verdict").await?);
    page.browser().take_picture("page-wrong-key-zh").await?;
    Ok(())
}

#[tokio::test]
async fn a_list_shows_what_a_button_chose_though_somebody_chose_there_before() -> Result<()> {
    let (_relay, page) = open(Language::English).await?;
    for generation in ["suite", "legacy"] {
        page.speak(generation).await?;
    }
    page.fill("#auth-info", &token("products/321016/devices/ESP8266_01", KEY)?).await?;
    page.click("[id^=generation-treat]").await?;
    page.shows("label[for=token]", "Token").await?;
    ensure!(page.value("#generation").await? == "suite", "the list shows another");
    Ok(())
}

#[tokio::test]
async fn the_platform_inside_the_page_takes_both_kinds_of_devices_as_they_are_offered() -> Result<()> {
    let server = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &server.url()).await?;
    page.choose(Destination::InPage).await?;

    page.speak("suite").await?;
    page.connect().await?;
    page.upload("wendu", "27.50").await?;
    page.shows("#feed", "Data points 2 were accepted.").await?;
    page.shows("#platform-streams", "27.50").await?;
    page.unfold("#auto-replies").await?;
    page.tick("#reply-on-2", true).await?;
    page.fill("#reply-text-2", "fan is on").await?;
    page.select("#order-ask", "command").await?;
    page.fill("#order-body", "fan on").await?;
    page.click("#order").await?;
    page.shows("li.call[data-state=answered]", "fan is on").await?;

    page.disconnect().await?;
    page.speak("studio").await?;
    page.connect().await?;
    page.upload("shidu", "40.10").await?;
    page.shows("#feed", "Reply to property post").await?;
    page.shows("#platform-streams", "40.10").await?;
    page.select("#order-ask", "property-set").await?;
    page.fill("#order-values", r#"{"switch": true}"#).await?;
    page.click("#order").await?;
    page.shows("#feed", "Set these properties").await?;
    page.shows("li.call[data-state=answered]", "200").await?;
    page.browser().take_picture("page-alone-studio").await?;

    // It knows the key of its own device.
    page.disconnect().await?;
    page.sign_as("demo-board", "OneNetDemo", OTHER_KEY).await?;
    page.click("#connect").await?;
    page.shows("#status", "Login refused: CONNACK 4.").await?;
    page.shows("#platform-log", "1106").await?;
    // The page signs with what it is given, and says when that can still be refused.
    page.shows("#verdict", "Should the platform still answer CONNACK 4").await?;
    let mut console = page.browser().console().await?;
    console.retain(|entry| entry.level == "SEVERE" && !entry.message.contains("/upstreams"));
    ensure!(console.is_empty(), "the console says: {console:#?}");
    Ok(())
}

// ── helpers ──

/// The page from a relay whose simulated platform knows a device of each generation with tokens, about to connect to it.
async fn open(language: Language) -> Result<(Relay, Page)> {
    let dist = place::dist()?;
    let dist = dist.to_str().context("the page's folder has a strange name")?;
    let (suite, studio) = (format!("ESP8266_01:321016:{KEY}"), format!("my_tv:VRqhDHF2wL:{KEY}"));
    let known = ["--token-device", &suite, "--token-device", &studio];
    let relay =
        Relay::start(&[&known[..], &["--page", dist, "--simulate-api", "127.0.0.1:0"]].concat()).await?;
    let page = Page::open(Browser::start(language).await?, &format!("http://{}/", relay.http)).await?;
    page.choose(Destination::Relay("simulator")).await?;
    Ok((relay, page))
}

/// A token that `key` signs, good for a long time.
fn token(resource: &str, key: &str) -> Result<String> {
    let res = Resource::parse(resource)?;
    Ok(Claims::device(res, 4_102_444_800, Method::Sha256).sign(&Key::parse(key)?).write())
}

//! The same message as code, run: every program that the page writes sends the bytes that the page sends.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use e2e::{Browser, Language, Page, Program, Recorder, StaticServer, place};
use tempfile::TempDir;

const PASSWORD: &str = "JHFDJF55586jhk";

/// Whatever could end a literal, begin an escape or be expanded, and text that is not ASCII.
const HOSTILE: Form = Form {
    device_id: r#"dev"'\$(id)`id`"#,
    product_id: r#"产品 %s' "\x00 ??/ !x"#,
    auth_info: r#"密 p'w"$HOME\n*/ % #"#,
    topic: r#"房间/it's "$HOME"\ {{}}"#,
    payload: b"-n \x00\x01%s'\"\\$\n\xff\xfe*/??/\x7f0",
};

/// What is typed into both forms.
struct Form {
    device_id: &'static str,
    product_id: &'static str,
    auth_info: &'static str,
    topic: &'static str,
    payload: &'static [u8],
}

#[tokio::test]
async fn the_programs_for_the_page_as_it_opens_send_its_bytes() -> Result<()> {
    let site = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::Chinese).await?, &site.url()).await?;
    run_all(&page, PASSWORD).await?;

    page.browser().evaluate("document.querySelector('#snippet-title').scrollIntoView()").await?;
    page.browser().take_picture("snippet").await?;
    page.browser().set_viewport(390, 844).await?;
    page.browser().evaluate("document.querySelector('#snippet-title').scrollIntoView()").await?;
    page.browser().take_picture("snippet-390").await?;
    let fits = "document.documentElement.scrollWidth <= window.innerWidth";
    ensure!(page.browser().evaluate(fits).await? == true, "the page scrolls sideways in place of the code");
    Ok(())
}

#[tokio::test]
async fn hostile_texts_and_any_bytes_stay_inside_their_literals() -> Result<()> {
    let site = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &site.url()).await?;
    page.log_in_as(HOSTILE.device_id, HOSTILE.product_id, HOSTILE.auth_info).await?;
    page.click("#clean-session").await?;
    page.choose_content("message").await?;
    page.fill("#topic", HOSTILE.topic).await?;
    page.choose_encoding("hex").await?;
    page.fill("#text", &hex(HOSTILE.payload)).await?;
    run_all(&page, HOSTILE.auth_info).await?;

    let sketch = run_sketch(&page.program("arduino").await?).await?;
    let expected = [
        ("id", hex(HOSTILE.device_id.as_bytes())),
        ("user", hex(HOSTILE.product_id.as_bytes())),
        ("password", hex(HOSTILE.auth_info.as_bytes())),
        ("clean_session", "0".to_owned()),
        ("keep_alive", "120".to_owned()),
        ("topic", hex(HOSTILE.topic.as_bytes())),
        ("payload", hex(HOSTILE.payload)),
    ];
    for (name, value) in expected {
        let line = format!("{name} {value}");
        ensure!(sketch.contains(&line), "{line:?} is not in {sketch:#?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_long_message_is_sent_whole() -> Result<()> {
    let site = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &site.url()).await?;
    page.choose_content("message").await?;
    page.fill("#topic", "room").await?;
    page.fill("#text", &"温度 27.5, ".repeat(60)).await?;
    run_all(&page, PASSWORD).await?;
    let sketch = run_sketch(&page.program("arduino").await?).await?;
    ensure!(sketch.iter().any(|line| line.starts_with("payload e6b8a9")), "{sketch:#?}");
    Ok(())
}

#[tokio::test]
async fn the_code_can_be_copied_and_says_what_is_missing() -> Result<()> {
    let site = StaticServer::start(&place::dist()?, "page").await?;
    let page = Page::open(Browser::start(Language::English).await?, &site.url()).await?;
    page.click("#copy-code").await?;
    page.shows("#copied", "Copied.").await?;
    // Without leave it is selected, so that it can be copied by hand.
    page.browser().evaluate("navigator.clipboard.writeText = () => Promise.reject()").await?;
    page.toggle_password_in_programs().await?;
    page.click("#copy-code").await?;
    page.shows("#copied", "press Ctrl+C").await?;
    let selected = page.browser().evaluate("getSelection().toString()").await?;
    ensure!(selected.as_str().is_some_and(|text| text.contains(PASSWORD)), "selected: {selected}");

    page.fill("#product-id", "").await?;
    page.shows("#snippet-missing", "product ID").await?;
    ensure!(page.text("#snippet-code").await?.is_empty(), "there is code all the same");
    page.fill("#product-id", "1").await?;
    page.fill("#snippet-port", "0").await?;
    page.shows("#snippet-port-error", "1 to 65535").await
}

/// Runs what can be run, with the password in it and with the password from the environment. The tick for the
/// password is set afterwards.
async fn run_all(page: &Page, password: &str) -> Result<()> {
    page.toggle_password_in_programs().await?;
    let frames = compile(&page.program("c").await?).await?;
    page.toggle_password_in_programs().await?;
    let hidden = compile(&page.program("c").await?).await?;
    let without = frames[0].replace(&hex(password.as_bytes()), &"2a".repeat(password.len()));
    ensure!(hidden == [without, frames[1].clone()], "hidden: {hidden:?}, shown: {frames:?}");

    for included in [false, true] {
        for dialect in ["python", "mosquitto"] {
            let recorder = Recorder::start().await?;
            page.serve_programs("127.0.0.1", recorder.address.port()).await?;
            let program = page.program(dialect).await?;
            ensure!(program.contains(password) <= included, "the password is in {program}");
            let recorded = run(&program, dialect, &recorder, (!included).then_some(password)).await;
            let recorded = recorded.with_context(|| program.clone())?;
            ensure!(recorded == frames, "{dialect}: {recorded:?}, the page: {frames:?}, from {program}");
        }
        for dialect in ["c", "arduino", "at"] {
            let program = page.program(dialect).await?;
            ensure!(program.contains(password) <= included, "the password is in {program}");
        }
        if !included {
            page.toggle_password_in_programs().await?;
        }
    }
    Ok(())
}

/// CONNECT and PUBLISH of a program that talks to the recorder, as hex.
async fn run(
    program: &str,
    dialect: &str,
    recorder: &Recorder,
    from_environment: Option<&str>,
) -> Result<[String; 2]> {
    let folder = TempDir::new()?;
    let file = folder.path().join("program");
    fs::write(&file, program)?;
    let mut command = match dialect {
        "python" => {
            let mut command = Command::new(place::program("python3")?);
            command.env("PYTHONPATH", place::python_package("paho-mqtt")?).env("PYTHONIOENCODING", "utf-8");
            command.arg("-u");
            command
        }
        _ => Command::new(place::program("sh")?),
    };
    command
        .arg(&file)
        .env_remove("ONENET_AUTH_INFO")
        .envs(from_environment.map(|secret| ("ONENET_AUTH_INFO", secret)));
    let mut running = Program::start(command)?;
    let frames = recorder.wait_for(2).await.with_context(|| running.lines().join("\n"))?;
    if dialect == "python" {
        // It tells the acknowledgement and goes on listening.
        running
            .wait_for("the acknowledgement", |line| {
                (line.contains("PUBACK") && line.ends_with('1')).then_some(())
            })
            .await?;
        running.wait_for("the command", |line| line.ends_with(" $creq/7 opendoor").then_some(())).await?;
    } else {
        running.wait_for_success().await?;
    }
    Ok([hex(&frames[0]), hex(&frames[1])])
}

/// The arrays of a C program as hex.
async fn compile(program: &str) -> Result<[String; 2]> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("frames.h"), program)?;
    let main = r#"#include <stdio.h>
#include "frames.h"
int main(void) {
    for (unsigned i = 0; i < sizeof connect_frame; i++) printf("%02x", connect_frame[i]);
    printf("\n");
    for (unsigned i = 0; i < sizeof publish_frame; i++) printf("%02x", publish_frame[i]);
    printf("\n");
}
"#;
    fs::write(folder.path().join("main.c"), main)?;
    let lines = build_and_run("cc", "main.c", &["-std=c99"], folder.path()).await?;
    let lines: [String; 2] =
        lines.try_into().map_err(|lines| anyhow::anyhow!("not two arrays: {lines:?}"))?;
    Ok(lines)
}

/// What an Arduino sketch asks of its MQTT library, a line each.
async fn run_sketch(program: &str) -> Result<Vec<String>> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("sketch.cpp"), program)?;
    let headers = place::script("arduino");
    let headers = headers.to_str().context("a strange path")?;
    // Trigraphs on: literals must be safe even there.
    build_and_run("c++", "sketch.cpp", &["-std=c++11", "-I", headers], folder.path()).await
}

async fn build_and_run(compiler: &str, source: &str, options: &[&str], folder: &Path) -> Result<Vec<String>> {
    let mut command = Command::new(place::program(compiler)?);
    command.args(["-Wall", "-Werror"]).args(options).args([source, "-o", "program"]).current_dir(folder);
    Program::start(command)?.wait_for_success().await?;
    let mut program = Program::start(Command::new(folder.join("program")))?;
    program.wait_for_success().await?;
    Ok(program.lines())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

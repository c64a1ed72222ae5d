//! Stopping, and what is served while running.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use futures_util::SinkExt;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio_websockets::Message;

use crate::setting::*;

#[tokio::test]
async fn closes_its_visits_with_1012() {
    let (relay, peer) = start_with_peer(&["--simulate", "127.0.0.1:0"]).await;
    let mut waiting = open(&relay, "/mqtt/peer").await;
    let mut device = TcpStream::connect(relay.simulator().unwrap()).await.unwrap();
    let mut simulated = open(&relay, "/mqtt/simulator").await;
    let mut carried = open(&relay, "/mqtt/peer").await;
    carried.send(Message::binary(vec![CONNECT])).await.unwrap();
    let _upstream = peer.accept().await.unwrap();

    let begun = Instant::now();
    let address = relay.address();
    let draining = (1012, "draining".to_owned());
    let told = async {
        assert_eq!(closing(&mut waiting).await, draining);
        assert_eq!(closing(&mut simulated).await, draining);
        assert_eq!(closing(&mut carried).await, draining);
        drop((waiting, simulated, carried));
        assert_eq!(device.read(&mut [0; 8]).await.unwrap_or(0), 0);
    };
    tokio::join!(relay.stop(), told);
    assert!(begun.elapsed() < Duration::from_secs(2));
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn stops_when_dropped() {
    let relay = start(&[]).await;
    let mut socket = open(&relay, "/mqtt/simulator").await;
    drop(relay);
    assert_eq!(closing(&mut socket).await, (1012, "draining".to_owned()));
}

#[tokio::test]
async fn serves_names_to_allowed_origins() {
    let relay = start(&["--allow-origin", "https://page.example", "--upstream", "own=tcp://h:1"]).await;
    let names = r#"["simulator","onenet","onenet-suite","onenet-studio","own"]"#;
    let ask = |origin: &str| http_with_origin(relay.address(), origin.to_owned());

    let (head, body) = get(relay.address(), "/upstreams").await;
    assert_eq!(body, names);
    assert!(head.contains("content-type: application/json"), "{head}");

    let (head, body) = ask("https://page.example").await;
    assert_eq!(body, names);
    assert!(head.contains("access-control-allow-origin: https://page.example"), "{head}");

    let (head, body) = ask("https://other.example").await;
    assert!(head.starts_with("HTTP/1.1 403 "), "{head}");
    assert!(!head.contains("access-control-allow-origin"), "{head}");
    assert!(body.contains("--allow-origin"), "{body}");
}

async fn http_with_origin(address: std::net::SocketAddr, origin: String) -> (String, String) {
    http(address, &format!("GET /upstreams HTTP/1.1\r\nhost: localhost\r\norigin: {origin}"), "").await
}

#[tokio::test]
async fn says_how_to_get_a_page() {
    let relay = start(&[]).await;
    let (head, body) = get(relay.address(), "/").await;
    assert!(head.contains("content-type: text/html"), "{head}");
    assert!(body.contains("cargo xtask dist"), "{body}");
}

#[tokio::test]
async fn serves_a_page_from_a_folder() {
    let folder = std::env::temp_dir().join(format!("onenet-relay-page-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "<title>page</title>").unwrap();
    std::fs::write(folder.join("page.wasm"), b"\0asm").unwrap();
    let relay = start(&["--page", folder.to_str().unwrap()]).await;

    let (head, body) = get(relay.address(), "/").await;
    assert!(head.contains("content-type: text/html"), "{head}");
    assert_eq!(body, "<title>page</title>");
    let (head, _) = get(relay.address(), "/page.wasm").await;
    assert!(head.contains("content-type: application/wasm"), "{head}");
    for path in ["/missing", "/../Cargo.toml", "/%2e%2e/Cargo.toml"] {
        let (head, _) = get(relay.address(), path).await;
        assert!(head.starts_with("HTTP/1.1 404 "), "{path}: {head}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn refuses_a_head_over_the_limit() {
    let relay = start(&[]).await;
    let long = "x".repeat(20_000);
    let (head, _) =
        http(relay.address(), &format!("GET / HTTP/1.1\r\nhost: localhost\r\nlong: {long}"), "").await;
    assert!(head.starts_with("HTTP/1.1 431 "), "{head}");
}

#[cfg(unix)]
#[test]
fn the_program_announces_its_listeners_and_ends_on_signal() {
    for signal in ["-INT", "-TERM"] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_onenet-relay"))
            .args(["--listen", "127.0.0.1:0", "--simulate", "127.0.0.1:0", "--simulate-api", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let lines: Vec<String> = lines.take(3).map(Result::unwrap).collect();
        for (line, start) in lines.iter().zip([
            "listening http://127.0.0.1:",
            "listening simulator 127.0.0.1:",
            "listening simulator-api http://127.0.0.1:",
        ]) {
            let port = line.strip_prefix(start).unwrap_or_else(|| panic!("{line}"));
            assert!(port.parse::<u16>().unwrap() > 0);
        }
        let killed = Command::new("kill").args([signal, &program.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert!(program.wait().unwrap().success(), "{signal}");
    }
}

/// The program with a listener on a free port, and where that is.
#[cfg(unix)]
fn program(flags: &[&str]) -> (std::process::Child, std::net::SocketAddr) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_onenet-relay"))
        .args(["--listen", "127.0.0.1:0"])
        .args(flags)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let line = BufReader::new(program.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let address = line.strip_prefix("listening http://").unwrap().parse().unwrap();
    (program, address)
}

#[cfg(unix)]
fn interrupt(program: &std::process::Child) {
    assert!(Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap().success());
}

#[cfg(unix)]
#[tokio::test]
async fn a_second_signal_ends_the_program_at_once() {
    let (program, address) = program(&[]);
    let mut visitor = Request::to("/mqtt/simulator").send(address).await;
    interrupt(&program);
    // This visitor stays, so the relay waits for it.
    assert_eq!(closing(&mut visitor).await, (1012, "draining".to_owned()));
    interrupt(&program);
    let output = program.wait_with_output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(log.contains("second signal"), "{log}");
}

#[cfg(unix)]
#[tokio::test]
async fn the_program_logs_without_escapes_where_there_is_no_terminal() {
    let (program, address) = program(&[]);
    closing(&mut Request::to("/mqtt/nowhere").send(address).await).await;
    interrupt(&program);
    let output = program.wait_with_output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("visit refused ending=unknown-upstream"), "{log:?}");
    assert!(!log.contains('\x1b'), "{log:?}");
}

#[test]
fn the_program_says_which_flag_is_wrong() {
    let output = Command::new(env!("CARGO_BIN_EXE_onenet-relay"))
        .args(["--upstream", "suite=tls://mqttstls.heclouds.com:8883"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("--upstream") && message.contains("not available in this version"), "{message}");
}

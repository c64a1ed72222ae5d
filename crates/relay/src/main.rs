//! `onenet-relay`: command line in, a relay until Ctrl-C.

use std::io::{self, Write as _};

use anyhow::Context as _;
use clap::Parser as _;
use relay::Relay;
use relay::config::{Arguments, Config};
use tracing::level_filters::LevelFilter;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = Config::settle(Arguments::parse())?;
    log_to_stderr();

    // Before anybody is told that we listen, so that nobody can stop us too early.
    let stopped = stop_signal().context("listening for Ctrl-C")?;
    let relay = Relay::start(config).await?;
    announce(&relay).context("writing to standard output")?;
    stopped.await;
    relay.stop().await;
    Ok(())
}

/// One line a listener, for people and for the programs that start us on port 0.
fn announce(relay: &Relay) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "listening http://{}", relay.address())?;
    if let Some(address) = relay.simulator() {
        writeln!(out, "listening simulator {address}")?;
    }
    if let Some(address) = relay.simulator_api() {
        writeln!(out, "listening simulator-api http://{address}")?;
    }
    out.flush()
}

/// `RUST_LOG` takes a level: error, warn, info (the default), debug or trace.
fn log_to_stderr() {
    let level =
        std::env::var("RUST_LOG").ok().and_then(|text| text.parse().ok()).unwrap_or(LevelFilter::INFO);
    tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(level).init();
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a signal handler the process runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

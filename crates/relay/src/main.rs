//! `onenet-relay`: command line in, a relay until Ctrl-C.

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Context as _, bail};
use relay::Relay;
use relay::config::{Arguments, Config};
use tokio::runtime::Builder;
use tracing::level_filters::LevelFilter;

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::read(std::env::args_os()).unwrap_or_else(|error| error.exit());
    let config = Config::settle(arguments)?;
    log_to_stderr();
    run(serve(config)).context("starting the runtime")?
}

/// Runs `work` and returns when it is done, whatever it has left behind: the system's look-up of a name
/// takes as long as it takes, and nobody can interrupt it.
fn run<T>(work: impl Future<Output = T>) -> io::Result<T> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(done)
}

async fn serve(config: Config) -> anyhow::Result<()> {
    // Before anybody is told that we listen, so that nobody can stop us too early.
    let mut signals = Signals::listen().context("listening for Ctrl-C")?;
    let relay = Relay::start(config).await?;
    announce(&relay).context("writing to standard output")?;

    signals.next().await;
    tokio::select! {
        () = relay.stop() => Ok(()),
        () = signals.next() => bail!("stopped by a second signal, before everybody had left"),
    }
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
    let is_colored =
        io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
    tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(level).with_ansi(is_colored).init();
}

/// What asks the program to stop: Ctrl-C, and where there is one a signal from outside.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for the next one.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next one.
    async fn next(&mut self) {
        // Without a signal handler the process runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn does_not_wait_for_what_cannot_be_interrupted() {
        let (sender, receiver) = mpsc::channel::<()>();
        // Like a look-up that never ends: it waits for a sender that outlives `run`.
        run(async { drop(tokio::task::spawn_blocking(move || receiver.recv())) }).unwrap();
        drop(sender);
    }
}

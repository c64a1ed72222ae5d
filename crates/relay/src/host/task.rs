//! The one task that owns the platform, and the handle others talk to it through.

use std::collections::HashMap;
use std::time::Instant;

use bytes::Bytes;
use simulator::{Call, CallId, CallState, ConnectionId, Event, Options, Platform, SysEvent, Transmit};
use time::UtcDateTime;
use tokio::io::{AsyncRead, AsyncWrite, DuplexStream, duplex};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep_until;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, info};

use super::connection::carry;
use super::log;
use super::outbox::Outbox;

/// Commands that may wait for the task; whoever sends one more waits himself.
const BACKLOG: usize = 64;

/// Bytes that may wait in each direction of a pipe into the platform.
const PIPE: usize = 65_536;

/// The platform's task has ended: the relay is being stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the simulated platform has been stopped")]
pub struct Stopped;

/// Talks to the platform.
#[derive(Debug, Clone)]
pub struct Handle {
    commands: mpsc::Sender<Command>,
    tracker: TaskTracker,
}

/// What others want from the task.
enum Command {
    /// A device has connected; its outbox and where to send the connection's name.
    Open(Outbox, oneshot::Sender<ConnectionId>),
    /// A device has sent bytes.
    Input(ConnectionId, Bytes),
    /// A device that lagged has taken what there was.
    CaughtUp(ConnectionId),
    /// A device's connection is over.
    Close(ConnectionId),
    /// Anything else that needs the platform itself.
    Ask(Question),
    /// Somebody wants to know what became of a call, once that is settled.
    Await(CallId, oneshot::Sender<Call>),
}

type Question = Box<dyn FnOnce(&mut Platform, Instant) + Send>;

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Command")
    }
}

impl Handle {
    /// Starts a platform on `tracker`, where its connections will run too. It stops, and closes them, when
    /// `draining` is cancelled.
    pub fn start(options: Options, tracker: TaskTracker, draining: CancellationToken) -> Self {
        let (commands, receiver) = mpsc::channel(BACKLOG);
        let platform = Platform::new(options, Instant::now(), UtcDateTime::now());
        let host = Host { platform, outboxes: HashMap::new(), waiting: HashMap::new() };
        tracker.spawn(host.run(receiver, draining));
        Self { commands, tracker }
    }

    /// Opens a byte pipe into the platform, as a TCP connection would be one.
    pub fn connect(&self) -> DuplexStream {
        let (near, far) = duplex(PIPE);
        self.serve(far);
        near
    }

    /// Serves a device on the other end of `io`, in a task of its own.
    pub fn serve(&self, io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let handle = self.clone();
        self.tracker.spawn(async move {
            if carry(handle, io).await.is_err() {
                debug!("connection ended with the platform");
            }
        });
    }

    /// Runs `question` where the platform is, and gives its answer.
    ///
    /// # Errors
    ///
    /// The platform has been stopped.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Platform, Instant) -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        let (sender, receiver) = oneshot::channel();
        let question: Question = Box::new(|platform, now| {
            // Whoever asked may have gone.
            let _ = sender.send(question(platform, now));
        });
        self.send(Command::Ask(question)).await?;
        receiver.await.map_err(|_| Stopped)
    }

    /// Waits until a call is answered or has timed out, and gives it as it is then. `None` where it is forgotten.
    ///
    /// # Errors
    ///
    /// The platform has been stopped.
    pub async fn settled(&self, call: CallId) -> Result<Option<Call>, Stopped> {
        let (sender, receiver) = oneshot::channel();
        self.send(Command::Await(call, sender)).await?;
        Ok(receiver.await.ok())
    }

    pub(super) async fn open(&self) -> Result<(ConnectionId, Outbox), Stopped> {
        let outbox = Outbox::default();
        let (sender, receiver) = oneshot::channel();
        self.send(Command::Open(outbox.clone(), sender)).await?;
        Ok((receiver.await.map_err(|_| Stopped)?, outbox))
    }

    pub(super) async fn input(&self, connection: ConnectionId, bytes: Bytes) -> Result<(), Stopped> {
        self.send(Command::Input(connection, bytes)).await
    }

    pub(super) async fn caught_up(&self, connection: ConnectionId) -> Result<(), Stopped> {
        self.send(Command::CaughtUp(connection)).await
    }

    pub(super) async fn close(&self, connection: ConnectionId) -> Result<(), Stopped> {
        self.send(Command::Close(connection)).await
    }

    async fn send(&self, command: Command) -> Result<(), Stopped> {
        self.commands.send(command).await.map_err(|_| Stopped)
    }
}

struct Host {
    platform: Platform,
    /// The connections that stand. One that the platform or we have ended is no longer in here.
    outboxes: HashMap<ConnectionId, Outbox>,
    /// Who waits for which call to be settled.
    waiting: HashMap<CallId, Vec<oneshot::Sender<Call>>>,
}

impl Host {
    async fn run(mut self, mut commands: mpsc::Receiver<Command>, draining: CancellationToken) {
        loop {
            // 1. Everything the platform wants to say.
            self.drain();

            // 2. One thing that happens.
            let deadline = self.platform.poll_timeout();
            tokio::select! {
                command = commands.recv() => match command {
                    Some(command) => self.handle(command),
                    None => break,
                },
                () = sleep_until(deadline.unwrap_or_else(Instant::now).into()), if deadline.is_some() => {
                    let now = self.set_clock();
                    self.platform.handle_timeout(now);
                }
                () = draining.cancelled() => break,
            }
        }
        for outbox in self.outboxes.values() {
            outbox.close();
        }
    }

    fn drain(&mut self) {
        while let Some((connection, transmit)) = self.platform.poll_transmit() {
            let Some(outbox) = self.outboxes.get(&connection) else { continue };
            let pushed = match transmit {
                Transmit::Frame(frame) => outbox.push(&frame),
                Transmit::Chunk(chunk) => outbox.push_apart(&chunk),
                Transmit::Close => {
                    outbox.close();
                    self.outboxes.remove(&connection);
                    continue;
                }
            };
            if pushed.is_err() {
                info!(?connection, "device dropped: it does not read");
                outbox.close();
                self.outboxes.remove(&connection);
                self.platform.handle_close(connection, Instant::now());
            } else if outbox.lags() {
                self.platform.handle_lag(connection);
            }
        }
        while let Some(event) = self.platform.poll_event() {
            debug!(?event, "platform");
            log::tell(&event);
            if let Event::Sys(SysEvent::CallAnswered { call, .. } | SysEvent::CallTimedOut { call, .. }) =
                event
            {
                self.tell_settled(call);
            }
        }
        // Who waits for a call that is forgotten waits in vain.
        self.waiting.retain(|call, _| self.platform.call(*call).is_some());
    }

    fn tell_settled(&mut self, call: CallId) {
        let senders = self.waiting.remove(&call).unwrap_or_default();
        let Some(call) = self.platform.call(call) else { return };
        for sender in senders {
            // Whoever waited may have gone.
            let _ = sender.send(call.clone());
        }
    }

    /// A computer may have slept, or its clock been put right.
    fn set_clock(&mut self) -> Instant {
        let now = Instant::now();
        self.platform.set_clock(now, UtcDateTime::now());
        now
    }

    fn handle(&mut self, command: Command) {
        let now = self.set_clock();
        match command {
            Command::Open(outbox, sender) => {
                let connection = self.platform.handle_open(now);
                self.outboxes.insert(connection, outbox);
                if sender.send(connection).is_err() {
                    self.outboxes.remove(&connection);
                    self.platform.handle_close(connection, now);
                }
            }
            Command::Input(connection, bytes) => {
                if self.outboxes.contains_key(&connection) {
                    self.platform.handle_input(connection, &bytes, now);
                }
            }
            Command::CaughtUp(connection) => {
                // It may lag again by now; then it will be said again that it has caught up.
                if self.outboxes.get(&connection).is_some_and(|outbox| !outbox.lags()) {
                    self.platform.handle_caught_up(connection, now);
                }
            }
            Command::Close(connection) => {
                if self.outboxes.remove(&connection).is_some() {
                    self.platform.handle_close(connection, now);
                }
            }
            Command::Ask(question) => question(&mut self.platform, now),
            Command::Await(id, sender) => match self.platform.call(id) {
                Some(call) if call.state == CallState::Sent => {
                    self.waiting.entry(id).or_default().push(sender);
                }
                Some(call) => {
                    let _ = sender.send(call.clone());
                }
                None => {}
            },
        }
    }
}

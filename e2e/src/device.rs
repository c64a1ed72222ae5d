//! A device over TCP: one session after another, each beginning with what is on the disk, as after a crash.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, bail};
use session::{CloseReason, Event, Message, Options, Qos, Session, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, sleep_until};
use web_time::Instant;

/// How many messages may wait in the session; the rest waits here.
const WAITING: usize = 50;

/// A device that keeps on calling.
pub struct Device {
    /// What has happened to it.
    pub tally: Tally,
    address: SocketAddr,
    options: Options,
    filter: String,
    is_subscribed: bool,
    to_send: VecDeque<Message>,
    session: Session,
    /// Every change that was written, folded.
    disk: Store,
}

/// What a device has seen, over all of its connections.
#[derive(Debug, Default)]
pub struct Tally {
    /// Messages that arrived, in order.
    pub told: Vec<Message>,
    /// Messages that the broker has acknowledged to the end.
    pub acknowledged: u64,
    /// Messages at QoS 2 that came again and were not told again.
    pub duplicates: u64,
    /// Acknowledgements that nothing waited for.
    pub strays: u64,
    /// Logins that the broker accepted.
    pub logins: u64,
}

impl Device {
    /// A device that logs in to `address` as `options` say, and subscribes to `filter` at QoS 2 once.
    ///
    /// # Errors
    ///
    /// The options cannot be written as a CONNECT.
    pub fn new(address: SocketAddr, options: Options, filter: &str) -> Result<Self> {
        let session = Session::new(&options)?;
        let (filter, to_send, disk) = (filter.to_owned(), VecDeque::new(), Store::default());
        let tally = Tally::default();
        Ok(Self { tally, address, options, filter, is_subscribed: false, to_send, session, disk })
    }

    /// Sends a message as soon as there is room.
    pub fn send(&mut self, message: Message) {
        self.to_send.push_back(message);
    }

    /// Whether the broker has granted the subscription.
    pub fn is_subscribed(&self) -> bool {
        self.is_subscribed
    }

    /// Calls again and again, until `is_done`. Then the connection is lost.
    ///
    /// # Errors
    ///
    /// The session ended for another reason than the network.
    pub async fn run(&mut self, mut is_done: impl FnMut(&Self) -> bool) -> Result<()> {
        while !is_done(self) {
            match TcpStream::connect(self.address).await {
                Ok(stream) => self.converse(stream, &mut is_done).await?,
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
        Ok(())
    }

    async fn converse(&mut self, mut link: TcpStream, is_done: &mut impl FnMut(&Self) -> bool) -> Result<()> {
        link.set_nodelay(true)?;
        self.session = Session::resume(&self.options, self.disk.clone())?;
        self.session.handle_open(Instant::now());
        let mut buffer = [0; 1_024];
        loop {
            // 1. Everything the session wants: first what must not be lost, then what it tells, because a message
            // is stored before its PUBREC says so, then the link.
            self.feed()?;
            let is_over = self.note()?;
            let mut is_broken = false;
            while let Some(frame) = self.session.poll_transmit() {
                is_broken |= link.write_all(&frame).await.is_err();
            }
            if is_over || is_done(self) {
                return Ok(());
            }
            if is_broken {
                self.session.handle_close();
                continue;
            }
            // 2. One thing that happens.
            let deadline = self.session.poll_timeout().unwrap_or_else(|| Instant::now() + WAKE_UP);
            tokio::select! {
                read = link.read(&mut buffer) => match read {
                    Ok(0) | Err(_) => self.session.handle_close(),
                    Ok(length) => self.session.handle_input(&buffer[..length], Instant::now()),
                },
                () = sleep_until(deadline.into()) => self.session.handle_timeout(Instant::now()),
            }
        }
    }

    /// Gives the session something to do.
    fn feed(&mut self) -> Result<()> {
        while self.session.is_connected() && self.is_subscribed && self.session.waiting() < WAITING {
            let Some(message) = self.to_send.pop_front() else { break };
            self.session.publish(message, Instant::now())?;
        }
        Ok(())
    }

    /// Writes and tells everything that is new. Gives whether the session is over.
    fn note(&mut self) -> Result<bool> {
        let mut is_over = false;
        let mut subscribes = false;
        while let Some(change) = self.session.poll_change() {
            self.disk.apply(change);
        }
        while let Some(event) = self.session.poll_event() {
            match event {
                Event::Connected { .. } => {
                    self.tally.logins += 1;
                    subscribes = !self.is_subscribed;
                }
                Event::Subscribed { .. } => self.is_subscribed = true,
                Event::Acknowledged { .. } => self.tally.acknowledged += 1,
                Event::Message { message, .. } => self.tally.told.push(message),
                Event::Duplicate { .. } => self.tally.duplicates += 1,
                Event::Stray { .. } => self.tally.strays += 1,
                Event::Closed(
                    CloseReason::LinkClosed | CloseReason::NoConnack | CloseReason::NoPingResponse,
                ) => is_over = true,
                Event::Closed(reason) => bail!("{reason}"),
                Event::Received(_)
                | Event::Released { .. }
                | Event::Unsettled { .. }
                | Event::Abandoned { .. }
                | Event::NeverLeft { .. }
                | Event::Unsubscribed { .. }
                | Event::Pinged { .. }
                | Event::Unread(_) => {}
            }
        }
        if subscribes && self.session.is_connected() {
            self.session.subscribe(&[&self.filter], Qos::ExactlyOnce, Instant::now())?;
        }
        Ok(is_over)
    }
}

/// How long nothing may happen where the session has no deadline of its own.
const WAKE_UP: Duration = Duration::from_secs(1);

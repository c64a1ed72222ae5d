//! The simulated platform out on the network: it outlives pages, and links to it break where the test says.

use std::time::Duration;

use bytes::Bytes;
use onenet_web::client::{FarEnd, LinkEvent};
use onenet_web::connect::LinkEnd;
use simulator::{ConnectionId, Event, Limits, Options, Platform, Transmit};

use super::stage::Stage;

/// The platform, and the links to it.
pub struct Server {
    pub platform: Platform,
    links: Vec<Connection>,
    /// How many bytes the next links carry, both ways together, before they break.
    pub budgets: Vec<usize>,
    /// Links that broke.
    pub broken: u64,
    /// Uploads that were stored, and logins.
    pub stored: u64,
    pub logins: u64,
}

struct Connection {
    id: ConnectionId,
    far: FarEnd,
    left: usize,
}

impl Server {
    pub fn new(stage: &Stage) -> Self {
        // What is counted must not be forgotten.
        let limits =
            Limits { points_per_stream: 100_000, bytes_per_device: 64 * 1_024 * 1_024, ..Limits::default() };
        let options = Options { limits, ..Options::default() };
        Self {
            platform: Platform::new(options, stage.now(), stage.wall().to_utc()),
            links: Vec::new(),
            budgets: Vec::new(),
            broken: 0,
            stored: 0,
            logins: 0,
        }
    }

    /// Lets everything happen between page and platform that happens without time passing.
    pub fn serve(&mut self, stage: &mut Stage) {
        loop {
            stage.settle();
            let mut moved = false;
            while let Some(far) = stage.dialled() {
                moved = true;
                let id = self.platform.handle_open(stage.now());
                // An error means that the page is gone: its link is taken out below.
                let _ = far.incoming.unbounded_send(LinkEvent::Opened);
                let left = self.budgets.pop().unwrap_or(usize::MAX);
                self.links.push(Connection { id, far, left });
            }
            let mut index = 0;
            while index < self.links.len() {
                let link = &mut self.links[index];
                match link.far.outgoing.take_next() {
                    Some(bytes) => {
                        moved = true;
                        let (bytes, is_over) = link.carry(bytes);
                        let id = link.id;
                        self.platform.handle_input(id, &bytes, stage.now());
                        if is_over {
                            self.break_link(stage, id);
                        }
                    }
                    None if link.far.incoming.is_closed() => {
                        moved = true;
                        let link = self.links.remove(index);
                        self.platform.handle_close(link.id, stage.now());
                    }
                    None => index += 1,
                }
            }
            while let Some((id, transmit)) = self.platform.poll_transmit() {
                moved = true;
                let Some(index) = self.links.iter().position(|link| link.id == id) else { continue };
                match transmit {
                    Transmit::Frame(bytes) | Transmit::Chunk(bytes) => {
                        let (bytes, is_over) = self.links[index].carry(bytes);
                        let _ = self.links[index].far.incoming.unbounded_send(LinkEvent::Bytes(bytes));
                        if is_over {
                            self.break_link(stage, id);
                        }
                    }
                    Transmit::Close => {
                        let link = self.links.remove(index);
                        let end = LinkEnd::Closed { code: 1000, reason: "upstream-ended".to_owned() };
                        let _ = link.far.incoming.unbounded_send(LinkEvent::Closed(end));
                    }
                }
            }
            while let Some(event) = self.platform.poll_event() {
                match event {
                    Event::Stored { .. } => self.stored += 1,
                    Event::LoggedIn { .. } => self.logins += 1,
                    _ => {}
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// The same while time passes.
    pub fn serve_for(&mut self, stage: &mut Stage, duration: Duration) {
        let end = stage.elapsed() + duration;
        self.serve(stage);
        loop {
            let timeout = self.platform.poll_timeout();
            let next = timeout.map(|at| at.saturating_duration_since(stage.now()) + stage.elapsed());
            let until = next.filter(|next| *next < end).unwrap_or(end);
            let was_timer = stage.advance(until);
            self.serve(stage);
            if next.is_some_and(|next| stage.elapsed() >= next) {
                self.platform.handle_timeout(stage.now());
                self.serve(stage);
            } else if !was_timer && stage.elapsed() >= end {
                return;
            }
        }
    }

    /// Breaks every link.
    pub fn break_all(&mut self, stage: &mut Stage) {
        for id in self.links.iter().map(|link| link.id).collect::<Vec<_>>() {
            self.break_link(stage, id);
        }
        self.serve(stage);
    }

    /// Breaks the link that stands longest.
    pub fn break_oldest(&mut self, stage: &mut Stage) {
        if let Some(id) = self.links.first().map(|link| link.id) {
            self.break_link(stage, id);
        }
        self.serve(stage);
    }

    fn break_link(&mut self, stage: &Stage, id: ConnectionId) {
        self.broken += 1;
        if let Some(index) = self.links.iter().position(|link| link.id == id) {
            let link = self.links.remove(index);
            let end = LinkEnd::Closed { code: 1006, reason: String::new() };
            let _ = link.far.incoming.unbounded_send(LinkEvent::Closed(end));
        }
        self.platform.handle_close(id, stage.now());
    }

    /// The values that a stream of the device holds, as they were stored.
    pub fn values(&self, stream: &str) -> Vec<String> {
        let devices = self.platform.devices();
        let streams = devices.flat_map(|device| device.streams());
        let own = streams.filter(|(id, _)| id.as_str() == stream);
        own.flat_map(|(_, stream)| stream.points()).map(|point| point.value.to_string()).collect()
    }
}

impl Connection {
    /// As many of these bytes as it carries, and whether it breaks then.
    fn carry(&mut self, mut bytes: Bytes) -> (Bytes, bool) {
        let is_over = bytes.len() >= self.left;
        bytes.truncate(self.left);
        self.left -= bytes.len();
        (bytes, is_over)
    }
}

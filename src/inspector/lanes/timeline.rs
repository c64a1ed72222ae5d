//! Follows a capture and knows what belongs together: which frame answers which, what still waits, what stands between
//! frames. Looks at every frame once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::time::Duration;

use dissect::{Head, PacketType, split};
use time::OffsetDateTime;

use super::breaks::{Break, Breaks, Spot};
use super::clock::{Clock, keep_alive};
use super::exchange::{Exchange, begins, due};
use super::mark::{Mark, MarkKind};
use super::tracks::Tracks;
use crate::inspector::capture::{Capture, Captured, Direction};

/// What a sequence diagram of one capture must remember: some words for each request, and every row that is no frame.
///
/// [`update`](Self::update) and [`mark`](Self::mark) follow what happens, everything else only looks. Keep it where it
/// is shown, not in what is cloned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// Frames captured and evicted when it was last updated.
    captured: u64,
    pub(super) evicted: u64,
    gone: u64,
    pub(super) breaks: Breaks,
    /// In the order of their first frames.
    exchanges: VecDeque<Exchange>,
    /// Frames that go on with an exchange, growing, and the first frame of that.
    answers: VecDeque<(u64, u64)>,
    /// The first frames of exchanges in which something is still to come.
    open: BTreeSet<u64>,
    /// Frames that are captured and not looked at yet, and the exchange that they go on with.
    expected: BTreeMap<u64, u64>,
    pub(super) tracks: Tracks,
    /// Of each packet identifier, the exchanges that sent its PUBLISH first and last.
    sendings: BTreeMap<(Direction, u16), (u64, u64)>,
    /// Moment and connection of what came last.
    previous: Option<(Duration, u32)>,
    /// The highest number of a connection.
    highest: u32,
    device: Option<Device>,
}

/// The device's own connection, the newest of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Device {
    connection: u32,
    open: bool,
    keep_alive: Option<u16>,
    /// When the device sent its last frame.
    spoke: Duration,
    /// Its last PINGREQ.
    pinged: Option<u64>,
}

/// A pause that gets a row.
const SILENCE: Duration = Duration::from_secs(5);
/// How many frames back the place of a mark is looked for.
const REACH: usize = 4_096;

impl Timeline {
    /// Follows the capture. `online` says whether the device's own connection is open, `probe` which other one is:
    /// what waits on any other waits in vain. A capture that has fewer frames than before is another.
    pub fn update(&mut self, capture: &Capture, online: bool, probe: Option<u32>) {
        if capture.captured() < self.captured || capture.evicted() < self.evicted {
            *self = Self::default();
        }
        self.evict(capture.evicted());
        for first in &self.open {
            if let Some(exchange) = find(&self.exchanges, *first)
                && let Some(answer) = answer_of(capture, exchange.last)
            {
                self.expected.insert(answer, *first);
            }
        }
        for frame in capture.range(self.captured + 1..u64::MAX) {
            self.note(frame, capture);
        }
        self.captured = capture.captured();
        if let Some(device) = &mut self.device {
            device.open = online;
        }
        let device = self.device.as_ref().filter(|device| device.open).map(|device| device.connection);
        self.end(self.captured + 1, |connection| Some(connection) != device && Some(connection) != probe);
    }

    /// Notes what happened at a time between frames, which `capture` holds as far as they are followed.
    pub fn mark(&mut self, at: OffsetDateTime, kind: MarkKind, capture: &Capture) {
        let later = capture.iter().rev().take(REACH).take_while(|frame| frame.at > at).last();
        let before = later.map_or(self.captured + 1, |frame| frame.number);
        if let Some(Break::Mark(last)) = self.breaks.last_before(before)
            && last.kind.folds(&kind)
        {
            *last = Rc::new(Mark { at, kind, times: last.times.saturating_add(1) });
            return;
        }
        if later.is_none()
            && let Some(newest) = capture.get(self.captured)
        {
            let since = Duration::try_from(at - newest.at).unwrap_or_default();
            self.pause(before, newest.moment + since, newest.connection);
        }
        self.breaks.insert(before, Break::Mark(Rc::new(Mark { at, kind, times: 1 })));
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        (self.captured - self.evicted) as usize + self.breaks.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows there were that are no longer.
    pub fn gone(&self) -> u64 {
        self.gone
    }

    /// What a row is; `None` beyond the last.
    pub fn spot(&self, row: usize) -> Option<Spot> {
        (row < self.len()).then(|| self.breaks.at(row, self.evicted).0)
    }

    /// Which row shows this, if one does.
    pub fn row_of(&self, spot: Spot) -> Option<usize> {
        self.breaks.row_of(spot, self.evicted).filter(|row| *row < self.len())
    }

    /// How the keep-alive clock of the device's connection stands; `None` while it has none.
    pub fn clock(&self, capture: &Capture, now: Duration) -> Option<Clock> {
        let device = self.device.as_ref().filter(|device| device.open)?;
        let since = |moment: Duration| now.saturating_sub(moment);
        let keep_alive = Duration::from_secs(u64::from(device.keep_alive?));
        if keep_alive.is_zero() {
            return Some(Clock::Off { quiet: since(device.spoke) });
        }
        let ping = device.pinged.filter(|ping| self.open.contains(ping)).and_then(|ping| capture.get(ping));
        Some(match ping {
            Some(ping) => Clock::Pinged { keep_alive, since: since(ping.moment) },
            None => Clock::Runs { keep_alive, quiet: since(device.spoke) },
        })
    }

    /// The exchanges in which something is still to come, oldest first.
    pub(super) fn open(&self) -> impl ExactSizeIterator<Item = Option<&Exchange>> {
        self.open.iter().map(|first| find(&self.exchanges, *first))
    }

    /// The exchange that begins with a frame.
    pub(super) fn exchange(&self, first: u64) -> Option<&Exchange> {
        find(&self.exchanges, first)
    }

    /// The exchange that a frame belongs to.
    pub(super) fn exchange_of(&self, number: u64) -> Option<&Exchange> {
        let answer = self.answers.binary_search_by_key(&number, |(answer, _)| *answer).ok();
        let first = answer.and_then(|index| self.answers.get(index)).map_or(number, |(_, first)| *first);
        self.exchange(first)
    }

    fn evict(&mut self, evicted: u64) {
        let frames = evicted - self.evicted;
        self.evicted = evicted;
        self.gone += frames + self.breaks.evict(evicted) as u64;
        let gone = self.exchanges.partition_point(|exchange| exchange.first <= evicted);
        self.exchanges.drain(..gone);
        let gone = self.answers.partition_point(|(answer, _)| *answer <= evicted);
        self.answers.drain(..gone);
        self.open = self.open.split_off(&(evicted + 1));
        self.tracks.evict(evicted);
        // What was never looked at is not looked at any more.
        self.captured = self.captured.max(evicted);
    }

    /// Looks at the next frame.
    fn note(&mut self, frame: &Captured, capture: &Capture) {
        let head = Head::read(&frame.bytes);
        self.separate(frame);
        self.hear(frame, &head);
        if let Some(first) = self.expected.remove(&frame.number) {
            self.answers.push_back((frame.number, first));
            self.go_on(first, frame.number, due(&head).is_none(), capture);
        } else if begins(&head) && split(&frame.bytes).rest.is_empty() {
            self.begin(frame, &head, capture);
        }
    }

    /// A row where a frame comes after a pause, or on another connection than the one before it.
    fn separate(&mut self, frame: &Captured) {
        let before = self.previous.map(|(_, connection)| connection);
        self.pause(frame.number, frame.moment, frame.connection);
        if before != Some(frame.connection) {
            let again = frame.connection <= self.highest;
            let composed = frame.composed && !again;
            self.breaks.insert(frame.number, Break::Connection { number: frame.connection, again, composed });
            self.highest = self.highest.max(frame.connection);
        }
    }

    fn pause(&mut self, before: u64, moment: Duration, connection: u32) {
        let previous = self.previous.replace((moment, connection));
        let silence = previous.map_or(Duration::ZERO, |(previous, _)| moment.saturating_sub(previous));
        if silence >= SILENCE {
            self.breaks.insert(before, Break::Silence(silence));
        }
    }

    /// What the frame means for the keep alive.
    fn hear(&mut self, frame: &Captured, head: &Head<'_>) {
        if frame.direction == Direction::Received {
            return;
        }
        let opens = head.packet_type == Some(PacketType::Connect) && !frame.composed;
        if opens && self.device.as_ref().is_none_or(|device| device.connection != frame.connection) {
            if let Some(Device { connection: left, .. }) = self.device {
                self.end(frame.number, |connection| connection == left);
            }
            let keep_alive = keep_alive(head.payload);
            let (connection, spoke) = (frame.connection, frame.moment);
            self.device = Some(Device { connection, open: true, keep_alive, spoke, pinged: None });
        }
        if let Some(device) = self.device.as_mut().filter(|device| device.connection == frame.connection) {
            device.spoke = frame.moment;
            if head.packet_type == Some(PacketType::Pingreq) {
                device.pinged = Some(frame.number);
            }
        }
    }

    fn begin(&mut self, frame: &Captured, head: &Head<'_>, capture: &Capture) {
        let origin = self.origin(frame, head, capture);
        let track = self.tracks.take(frame.direction, frame.number);
        self.exchanges.push_back(Exchange {
            first: frame.number,
            last: frame.number,
            direction: frame.direction,
            connection: frame.connection,
            done: false,
            ended: None,
            track,
            origin,
            again: None,
        });
        self.open.insert(frame.number);
        self.go_on(frame.number, frame.number, false, capture);
    }

    /// The exchange has come to this frame.
    fn go_on(&mut self, first: u64, number: u64, done: bool, capture: &Capture) {
        let Some(exchange) = find_mut(&mut self.exchanges, first) else { return };
        exchange.last = number;
        exchange.done = done;
        if done {
            self.open.remove(&first);
            self.tracks.release(first);
        } else if let Some(answer) = answer_of(capture, number) {
            self.expected.insert(answer, first);
        }
    }

    /// The exchange that sent the same first, where this frame sends it again: a PUBLISH with DUP, or a PUBREL with
    /// which a session goes on (MQTT 3.1.1 §4.4).
    fn origin(&mut self, frame: &Captured, head: &Head<'_>, capture: &Capture) -> Option<u64> {
        let key = (frame.direction, head.packet_id?);
        let found = self.sendings.get(&key).copied().filter(|(first, last)| {
            let sent = capture.get(*first).map(|sent| Head::read(&sent.bytes));
            let unfinished = find(&self.exchanges, *last).is_some_and(|exchange| !exchange.done);
            match head.packet_type {
                Some(PacketType::Publish) => {
                    head.dup
                        && sent.is_some_and(|sent| sent.topic == head.topic && sent.payload == head.payload)
                }
                Some(PacketType::Pubrel) => unfinished && sent.is_some_and(|sent| sent.qos == 2),
                _ => false,
            }
        });
        if let Some((first, last)) = found {
            if let Some(sent) = find_mut(&mut self.exchanges, last) {
                sent.again = Some(frame.number);
            }
            self.sendings.insert(key, (first, frame.number));
        } else if head.packet_type == Some(PacketType::Publish) {
            self.sendings.insert(key, (frame.number, frame.number));
        }
        found.map(|(first, _)| first)
    }

    /// Connections are over: what waits on them waits in vain.
    fn end(&mut self, before: u64, is_over: impl Fn(u32) -> bool) {
        let (exchanges, tracks) = (&mut self.exchanges, &mut self.tracks);
        self.open.retain(|first| {
            let Some(exchange) = find_mut(exchanges, *first) else { return false };
            let over = is_over(exchange.connection);
            if over {
                exchange.ended = Some(before);
                tracks.release(*first);
            }
            !over
        });
    }
}

/// The frame that answers this one, if it came.
fn answer_of(capture: &Capture, number: u64) -> Option<u64> {
    capture.get(number)?.pair.map(|pair| pair.number).filter(|answer| *answer > number)
}

fn find(exchanges: &VecDeque<Exchange>, first: u64) -> Option<&Exchange> {
    exchanges.get(exchanges.binary_search_by_key(&first, |exchange| exchange.first).ok()?)
}

fn find_mut(exchanges: &mut VecDeque<Exchange>, first: u64) -> Option<&mut Exchange> {
    exchanges.get_mut(exchanges.binary_search_by_key(&first, |exchange| exchange.first).ok()?)
}

//! A session's store as rows, and rows as a store. Knows no disk: what it writes, others carry there.
//!
//! ```text
//! name      bytes                                                                       one for
//! s         version · last packet id u16 · clean session                                the store
//! o 00007   version · order u64 · QoS · RETAIN · topic length u16 · topic · payload     each message held
//! t 00007   version                                                                     each that may have been sent
//! r 00007   version · order u64                                                         each whose PUBREL waits for PUBCOMP
//! i 00007   version                                                                     each of the server's not released
//! ```
//!
//! Numbers are big-endian; the name's number is the packet identifier. The mark `t` is a row of its own so that a
//! large message is written once. There is no password in any of them, and no token: a message that binds a sub-device
//! with one is never written.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use onenet::studio::carries_token;
use session::{Change, Message, Outbound, Qos, Store, check_topic};

use crate::client::shelf::{Row, Write};

/// Rows of another version are read as damaged.
const VERSION: u8 = 1;

const STATE: &str = "s";
const MESSAGE: char = 'o';
const SENT: char = 't';
const RELEASED: char = 'r';
const INBOUND: char = 'i';

/// What has changed and is not written.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The newest content for each name, `None` where there shall be no such row.
    pending: BTreeMap<String, Option<Vec<u8>>>,
    /// Larger than every order given out.
    next: u64,
    last_id: u16,
    clean_session: bool,
}

/// What rows say.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The store, in which nothing contradicts anything.
    pub(super) store: Store,
    /// The record that goes on with these rows.
    pub(super) record: Record,
    /// Rows that could not be read and were left out.
    pub(super) damaged: usize,
}

impl Record {
    /// Notes a change.
    pub(super) fn note(&mut self, change: &Change) {
        match change {
            Change::Began { clean_session } => {
                self.clean_session = *clean_session;
                self.note_state();
            }
            Change::Accepted(outbound) => self.note_message(outbound),
            Change::Sent { packet_id } => self.put(name(SENT, *packet_id), vec![VERSION]),
            Change::Returned { packet_id } => self.delete(SENT, *packet_id),
            Change::Released { packet_id } => {
                let order = self.order();
                self.put(name(RELEASED, *packet_id), [&[VERSION], &order.to_be_bytes()[..]].concat());
                self.delete(MESSAGE, *packet_id);
                self.delete(SENT, *packet_id);
            }
            Change::Settled { packet_id } => {
                for kind in [MESSAGE, SENT, RELEASED] {
                    self.delete(kind, *packet_id);
                }
            }
            Change::Received { packet_id } => self.put(name(INBOUND, *packet_id), vec![VERSION]),
            Change::Completed { packet_id } => self.delete(INBOUND, *packet_id),
        }
    }

    /// Notes a whole store, in place of everything noted.
    pub(super) fn note_all(&mut self, store: &Store) {
        self.pending.clear();
        for outbound in &store.outbound {
            self.note_message(outbound);
        }
        for packet_id in store.released.iter().copied() {
            self.note(&Change::Released { packet_id });
        }
        for packet_id in store.inbound.iter().copied() {
            self.note(&Change::Received { packet_id });
        }
        self.last_id = store.last_id;
        self.clean_session = store.clean_session;
        self.note_state();
    }

    /// Everything noted since this was last called.
    pub(super) fn take(&mut self) -> Vec<Write> {
        let pending = std::mem::take(&mut self.pending);
        let write = |(name, bytes): (String, Option<Vec<u8>>)| match bytes {
            Some(bytes) => Write::Put(Row { name, bytes }),
            None => Write::Delete(name),
        };
        pending.into_iter().map(write).collect()
    }

    /// Whether nothing is noted.
    pub(super) fn is_empty(&self) -> bool {
        self.pending.is_empty()
    }

    // order · QoS · RETAIN · topic length · topic · payload
    fn note_message(&mut self, outbound: &Outbound) {
        let Outbound { packet_id, message, sent } = outbound;
        let mut bytes = Vec::with_capacity(13 + message.topic.len() + message.payload.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&self.order().to_be_bytes());
        bytes.push(message.qos.bits());
        bytes.push(message.retain.into());
        // A topic that MQTT can carry is no longer than this says; another would be read as damaged.
        let length = u16::try_from(message.topic.len()).unwrap_or(u16::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(message.topic.as_bytes());
        bytes.extend_from_slice(&message.payload);
        if !carries_token(&message.topic) {
            self.put(name(MESSAGE, *packet_id), bytes);
        }
        match sent {
            true => self.put(name(SENT, *packet_id), vec![VERSION]),
            false => self.delete(SENT, *packet_id),
        }
        self.last_id = *packet_id;
        self.note_state();
    }

    fn note_state(&mut self) {
        let [high, low] = self.last_id.to_be_bytes();
        self.put(STATE.to_owned(), vec![VERSION, high, low, self.clean_session.into()]);
    }

    fn order(&mut self) -> u64 {
        let order = self.next;
        self.next = self.next.saturating_add(1);
        order
    }

    fn put(&mut self, name: String, bytes: Vec<u8>) {
        self.pending.insert(name, Some(bytes));
    }

    fn delete(&mut self, kind: char, packet_id: u16) {
        self.pending.insert(name(kind, packet_id), None);
    }
}

/// Whether a write needs room: all others are a few bytes, or make some.
pub(super) fn is_large(write: &Write) -> bool {
    matches!(write, Write::Put(row) if row.name.starts_with(MESSAGE))
}

impl Reading {
    /// How many uploads wait: each message, and each of which only the last step is missing.
    pub(super) fn uploads(&self) -> usize {
        self.store.outbound.len() + self.store.released.len()
    }

    /// Whether the next login needs nothing of it. Of a session that is not clean it needs the last identifier.
    pub(super) fn is_spent(&self) -> bool {
        let holds_nothing = self.uploads() + self.store.inbound.len() + self.damaged == 0;
        holds_nothing && self.store.clean_session
    }
}

/// Reads rows, any rows.
pub(super) fn read(rows: Vec<Row>) -> Reading {
    let mut reading = Reading::default();
    let mut messages: BTreeMap<u16, (u64, Message)> = BTreeMap::new();
    let mut released: BTreeMap<u16, u64> = BTreeMap::new();
    let mut sent = BTreeSet::new();
    for row in rows {
        let known = match Name::parse(&row.name) {
            Some(Name::State) => read_state(&row.bytes, &mut reading.record),
            Some(Name::Packet(MESSAGE, id)) => read_message(row.bytes).map(|message| {
                messages.insert(id, message);
            }),
            Some(Name::Packet(RELEASED, id)) => read_order(&row.bytes).map(|order| {
                released.insert(id, order);
            }),
            Some(Name::Packet(SENT, id)) => is_mark(&row.bytes).then(|| {
                sent.insert(id);
            }),
            Some(Name::Packet(INBOUND, id)) => is_mark(&row.bytes).then(|| {
                reading.store.inbound.insert(id);
            }),
            Some(Name::Packet(..)) | None => None,
        };
        reading.damaged += usize::from(known.is_none());
    }
    // Where both are there, the step that is further on holds.
    let before = messages.len();
    messages.retain(|id, _| !released.contains_key(id));
    reading.damaged += before - messages.len();

    let orders = messages.values().map(|(order, _)| order).chain(released.values());
    reading.record.next = orders.max().map_or(0, |order| order.saturating_add(1));
    let mut messages: Vec<(u16, (u64, Message))> = messages.into_iter().collect();
    messages.sort_by_key(|(_, (order, _))| *order);
    if reading.record.last_id == 0 {
        reading.record.last_id = messages.last().map_or(0, |(id, _)| *id);
    }
    let mut released: Vec<(u16, u64)> = released.into_iter().collect();
    released.sort_by_key(|(_, order)| *order);
    let outbound = messages.into_iter().map(|(packet_id, (_, message))| Outbound {
        packet_id,
        message,
        sent: sent.contains(&packet_id),
    });
    reading.store.outbound = outbound.collect();
    reading.store.released = released.into_iter().map(|(id, _)| id).collect();
    reading.store.last_id = reading.record.last_id;
    reading.store.clean_session = reading.record.clean_session;
    reading
}

enum Name {
    State,
    Packet(char, u16),
}

impl Name {
    fn parse(name: &str) -> Option<Self> {
        if name == STATE {
            return Some(Self::State);
        }
        let kind = name.chars().next()?;
        let id = name.strip_prefix(kind)?.parse().ok().filter(|id| *id != 0)?;
        // Another spelling of the same number would be a second row for it.
        (self::name(kind, id) == name).then_some(Self::Packet(kind, id))
    }
}

fn name(kind: char, packet_id: u16) -> String {
    format!("{kind}{packet_id:05}")
}

fn is_mark(bytes: &[u8]) -> bool {
    bytes == [VERSION]
}

fn read_state(bytes: &[u8], record: &mut Record) -> Option<()> {
    let [VERSION, high, low, clean @ (0 | 1)] = bytes else { return None };
    record.last_id = u16::from_be_bytes([*high, *low]);
    record.clean_session = *clean == 1;
    Some(())
}

fn read_order(bytes: &[u8]) -> Option<u64> {
    let [VERSION, order @ ..] = bytes else { return None };
    Some(u64::from_be_bytes(order.try_into().ok()?))
}

fn read_message(bytes: Vec<u8>) -> Option<(u64, Message)> {
    let bytes = Bytes::from(bytes);
    let order = read_order(bytes.get(..9)?)?;
    let [qos, retain @ (0 | 1), high, low, rest @ ..] = bytes.get(9..)? else { return None };
    let qos = match qos {
        1 => Qos::AtLeastOnce,
        2 => Qos::ExactlyOnce,
        _ => return None,
    };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    let topic = String::from_utf8(rest.get(..length)?.to_vec()).ok()?;
    check_topic(&topic).ok()?;
    let payload = bytes.slice(13 + length..);
    Some((order, Message { topic, payload, qos, retain: *retain == 1 }))
}

#[cfg(test)]
mod tests;

//! What outlives a connection (MQTT 3.1.1 §4.1): plain data that a caller can write to disk, and its changes.

use std::collections::{BTreeSet, VecDeque};

use crate::error::CommandError;
use crate::message::{Message, Qos};

/// The client's half of a session's state: everything that the next connection needs.
///
/// A [`Session`](crate::Session) tells every change of it by [`poll_change`](crate::Session::poll_change). Whoever
/// folds them all with [`apply`](Self::apply), beginning with the store that the session began with, has what
/// [`Session::store`](crate::Session::store) gives.
///
/// Whoever has lost the store of a session that the server may have kept begins with an empty one whose `last_id`
/// is any number: a message under an identifier whose exchange at QoS 2 the server has not seen the end of would
/// be taken for a repetition, and thrown away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Store {
    /// Messages at QoS 1 and 2 that the server has not taken, in the order in which they were accepted.
    pub outbound: VecDeque<Outbound>,
    /// Packet identifiers of messages at QoS 2 that the server has taken, in the order of their PUBRECs: their
    /// PUBRELs wait for PUBCOMP.
    pub released: VecDeque<u16>,
    /// Packet identifiers of the server's messages at QoS 2 that have arrived and that it has not released.
    pub inbound: BTreeSet<u16>,
    /// The packet identifier last given to a message; 0 before the first.
    pub last_id: u16,
    /// Whether the last login began a clean session (§3.1.2.4): what was sent in it has no meaning in another.
    pub clean_session: bool,
}

/// A message that the server has not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbound {
    /// Its packet identifier, the same whenever it is sent.
    pub packet_id: u16,
    /// What it says, at QoS 1 or 2.
    pub message: Message,
    /// Whether it may have been sent. Otherwise it waits for its turn, or for a connection.
    pub sent: bool,
}

/// One change of a [`Store`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A login was accepted that began, or went on with, a session of the other kind than the last.
    Began {
        /// Whether it is a clean one.
        clean_session: bool,
    },
    /// A message was accepted. If it is marked as sent, its PUBLISH follows.
    Accepted(Outbound),
    /// A message that waited is sent for the first time: its PUBLISH follows.
    Sent {
        /// Its packet identifier.
        packet_id: u16,
    },
    /// The server has taken a message at QoS 2: PUBREC came, PUBREL follows.
    Released {
        /// Its packet identifier.
        packet_id: u16,
    },
    /// A message that was sent in a clean session waits again, as if it had never been sent.
    Returned {
        /// Its packet identifier.
        packet_id: u16,
    },
    /// Nothing waits under this identifier any longer: acknowledged, given up or abandoned.
    Settled {
        /// The packet identifier, free again.
        packet_id: u16,
    },
    /// A message at QoS 2 arrived: its PUBREC follows.
    Received {
        /// The server's packet identifier.
        packet_id: u16,
    },
    /// The server released a message at QoS 2, and PUBCOMP follows; or it has forgotten the session.
    Completed {
        /// The server's packet identifier.
        packet_id: u16,
    },
}

/// A store that is no state of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// §2.3.1.
    #[error("a stored packet identifier is zero")]
    ZeroId,
    /// Two messages have one packet identifier.
    #[error("packet identifier {packet_id} is stored twice")]
    RepeatedId {
        /// The packet identifier.
        packet_id: u16,
    },
    /// A message at QoS 0, which nobody acknowledges.
    #[error("the message stored under packet identifier {packet_id} has QoS 0")]
    Qos0 {
        /// Its packet identifier.
        packet_id: u16,
    },
    /// A message that no PUBLISH can carry.
    #[error("the message stored under packet identifier {packet_id} cannot be sent: {problem}")]
    Message {
        /// Its packet identifier.
        packet_id: u16,
        /// Why not.
        problem: CommandError,
    },
}

impl Store {
    /// Does what `change` says. What it names and is not there stays away.
    pub fn apply(&mut self, change: Change) {
        self.fold(change);
    }

    /// The same; gives the message that is no longer held.
    pub(crate) fn fold(&mut self, change: Change) -> Option<Outbound> {
        match change {
            Change::Began { clean_session } => self.clean_session = clean_session,
            Change::Accepted(outbound) => {
                self.last_id = outbound.packet_id;
                self.outbound.push_back(outbound);
            }
            Change::Sent { packet_id } => {
                if let Some(outbound) = self.find_mut(packet_id) {
                    outbound.sent = true;
                }
            }
            Change::Returned { packet_id } => {
                if let Some(outbound) = self.find_mut(packet_id) {
                    outbound.sent = false;
                }
            }
            Change::Released { packet_id } => {
                let removed = self.remove(packet_id);
                self.released.push_back(packet_id);
                return removed;
            }
            Change::Settled { packet_id } => return self.remove(packet_id),
            Change::Received { packet_id } => {
                self.inbound.insert(packet_id);
            }
            Change::Completed { packet_id } => {
                self.inbound.remove(&packet_id);
            }
        }
        None
    }

    /// The message under this identifier, if the server has not taken it.
    pub fn message(&self, packet_id: u16) -> Option<&Message> {
        self.find(packet_id).map(|outbound| &outbound.message)
    }

    /// Bytes of the topics and payloads held.
    pub fn bytes(&self) -> usize {
        self.outbound.iter().map(|outbound| outbound.message.size()).sum()
    }

    pub(crate) fn find(&self, packet_id: u16) -> Option<&Outbound> {
        self.outbound.iter().find(|outbound| outbound.packet_id == packet_id)
    }

    /// Identifiers of the messages that may have been sent, in the order in which they would be sent again.
    pub(crate) fn sent(&self) -> impl Iterator<Item = u16> {
        self.outbound.iter().filter(|outbound| outbound.sent).map(|outbound| outbound.packet_id)
    }

    /// Identifiers that messages of this client hold, in no order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = u16> {
        self.released.iter().copied().chain(self.outbound.iter().map(|outbound| outbound.packet_id))
    }

    /// Messages held, those included of which only the identifier is left.
    pub(crate) fn held(&self) -> usize {
        self.outbound.len() + self.released.len()
    }

    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let mut seen = BTreeSet::new();
        for packet_id in self.ids() {
            if !seen.insert(packet_id) {
                return Err(StoreError::RepeatedId { packet_id });
            }
        }
        if seen.contains(&0) || self.inbound.contains(&0) {
            return Err(StoreError::ZeroId);
        }
        for Outbound { packet_id, message, .. } in &self.outbound {
            let packet_id = *packet_id;
            if message.qos == Qos::AtMostOnce {
                return Err(StoreError::Qos0 { packet_id });
            }
            message.check().map_err(|problem| StoreError::Message { packet_id, problem })?;
        }
        Ok(())
    }

    fn find_mut(&mut self, packet_id: u16) -> Option<&mut Outbound> {
        self.outbound.iter_mut().find(|outbound| outbound.packet_id == packet_id)
    }

    // What is settled is nearly always among the first, where a deque removes at little cost.
    fn remove(&mut self, packet_id: u16) -> Option<Outbound> {
        if let Some(at) = self.released.iter().position(|id| *id == packet_id) {
            self.released.remove(at);
            return None;
        }
        let at = self.outbound.iter().position(|outbound| outbound.packet_id == packet_id)?;
        self.outbound.remove(at)
    }
}

//! A device the platform remembers, online or not.

use onenet::{Generation, StreamId, Timestamp};

use crate::connection::ConnectionId;
use crate::delivery::{Deliveries, Delivery};
use crate::filter::Subscriptions;
use crate::limits::Limits;
use crate::mailbox::{Kept, Mailbox};
use crate::options::KnownDevice;
use crate::receipt::Receipts;
use crate::registration::NewDevice;
use crate::store::{Store, Stream};
use crate::sys::Profile;
use crate::will::Will;

/// A device: named in the options, created over HTTP, or logged in at least once.
#[derive(Debug)]
pub struct Device {
    id: String,
    pub(crate) product_id: String,
    pub(crate) origin: Origin,
    /// Its connection while it is logged in.
    pub(crate) connection: Option<ConnectionId>,
    /// How many logins the platform had seen at its last one.
    pub(crate) login: u64,
    /// What is to be said if its connection ends without a DISCONNECT. None while it is offline.
    pub(crate) will: Option<Will>,
    /// Whether its last login had clean session 0: its subscriptions outlive the connection, and so does what
    /// is under way.
    pub(crate) keeps_session: bool,
    pub(crate) subscriptions: Subscriptions,
    pub(crate) mailbox: Mailbox,
    /// What its last connection left behind, until the next takes it up.
    pub(crate) deliveries: Deliveries,
    /// The same of what it has sent at QoS 2.
    pub(crate) receipts: Receipts,
    pub(crate) store: Store,
    /// What else is kept of a device of a platform with tokens.
    pub(crate) profile: Option<Box<Profile>>,
}

/// How the platform came to know a device.
#[derive(Debug)]
pub(crate) enum Origin {
    /// It logged in.
    LoggedIn,
    /// The options name it.
    Known(KnownDevice),
    /// Somebody registered it on a platform with tokens.
    Registered,
    /// Somebody created it.
    Created { about: NewDevice, at: Timestamp },
}

impl Device {
    pub(crate) fn new(id: &str, product_id: &str, origin: Origin) -> Self {
        Self {
            id: id.to_owned(),
            product_id: product_id.to_owned(),
            origin,
            connection: None,
            login: 0,
            will: None,
            keeps_session: false,
            subscriptions: Subscriptions::default(),
            mailbox: Mailbox::default(),
            deliveries: Deliveries::default(),
            receipts: Receipts::default(),
            store: Store::default(),
            profile: None,
        }
    }

    /// 设备 ID (reference §1.2); on the platforms with tokens `{product id}/{device name}`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// 产品 ID of its last login (reference §1.2).
    pub fn product_id(&self) -> &str {
        &self.product_id
    }

    /// Which generation it is of.
    pub fn generation(&self) -> Generation {
        self.profile.as_ref().map_or(Generation::Legacy, |profile| profile.platform.into())
    }

    /// What else the platform keeps of it, where that is one with tokens (reference §2, §3).
    pub fn profile(&self) -> Option<&Profile> {
        self.profile.as_deref()
    }

    /// Whether it is logged in now, by itself or by its gateway.
    pub fn online(&self) -> bool {
        self.connection.is_some() || self.profile.as_ref().is_some_and(|profile| profile.gateway.is_some())
    }

    /// What was said of it when it was created over HTTP (reference §1.9).
    pub fn about(&self) -> Option<&NewDevice> {
        match &self.origin {
            Origin::Created { about, .. } => Some(about),
            Origin::LoggedIn | Origin::Known(_) | Origin::Registered => None,
        }
    }

    /// When it was created over HTTP.
    pub fn created_at(&self) -> Option<Timestamp> {
        match &self.origin {
            Origin::Created { at, .. } => Some(*at),
            Origin::LoggedIn | Origin::Known(_) | Origin::Registered => None,
        }
    }

    /// 鉴权信息 that it must log in with, where the platform knows one: a secret.
    pub fn auth_info(&self) -> Option<&str> {
        match &self.origin {
            Origin::Created { about, .. } => about.auth_info.as_deref(),
            Origin::Known(known) => Some(&known.auth_info),
            Origin::LoggedIn | Origin::Registered => None,
        }
    }

    /// Its data streams, by name (reference §1.6).
    pub fn streams(&self) -> impl ExactSizeIterator<Item = (&StreamId, &Stream)> {
        self.store.streams()
    }

    /// The data stream `id`, `None` where it has no data points (reference §1.6).
    pub fn stream(&self, id: &str) -> Option<&Stream> {
        self.store.stream(id)
    }

    /// How many data points it has uploaded: those in its streams and the evicted ones.
    pub fn received(&self) -> u64 {
        self.store.received()
    }

    /// How many of its data points were forgotten, whole streams included.
    pub fn evicted(&self) -> u64 {
        self.store.evicted()
    }

    /// The topic of the will that its connection has, while it has one (reference §1.2).
    pub fn will_topic(&self) -> Option<&str> {
        self.will.as_ref().map(|will| will.topic.as_str())
    }

    /// How many messages wait for its next login (reference §1.5).
    pub fn messages_waiting(&self) -> usize {
        self.mailbox.len()
    }

    /// How many messages that waited for a login were forgotten.
    pub fn messages_evicted(&self) -> u64 {
        self.mailbox.evicted()
    }

    pub(crate) fn is_registered(&self) -> bool {
        match self.origin {
            Origin::Known(_) | Origin::Registered | Origin::Created { .. } => true,
            Origin::LoggedIn => false,
        }
    }

    /// Keeps what a connection that has ended left under way, for the next login. What was not sent yet waits
    /// with the other messages, where it is of a kind that is kept. Gives how many messages are not.
    pub(crate) fn suspend(
        &mut self,
        mut deliveries: Deliveries,
        receipts: Receipts,
        limits: &Limits,
    ) -> usize {
        let mut lost = 0;
        for Delivery { topic, payload, qos, keep, .. } in deliveries.take_waiting() {
            match keep {
                Some(since) => {
                    self.mailbox.push_undelivered(Kept::new(topic, payload, qos, since), limits);
                }
                None => lost += 1,
            }
        }
        self.deliveries = deliveries;
        self.receipts = receipts;
        lost
    }

    /// How many messages its session holds while it is offline: to it, and of it that are not released.
    pub(crate) fn held(&self) -> (usize, usize) {
        (self.mailbox.len() + self.deliveries.in_flight(), self.receipts.len())
    }

    /// Ends what outlives connections.
    pub(crate) fn end_session(&mut self) {
        self.keeps_session = false;
        self.subscriptions.clear();
        self.mailbox.clear();
        self.deliveries = Deliveries::default();
        self.receipts = Receipts::default();
    }
}

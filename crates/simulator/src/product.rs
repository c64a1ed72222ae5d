//! What the devices of a product share: its topics, and the messages retained on them (reference §1.4, §1.5).

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use onenet::legacy::UserTopic;
use onenet::rules::legacy::TOPICS_PER_PRODUCT;

use crate::limits::Limits;

/// The topics and retained messages of one product. Those who use it keep the topics within their limit.
#[derive(Debug, Default)]
pub(crate) struct Product {
    /// Created by a first subscription or over HTTP.
    topics: BTreeSet<UserTopic>,
    retained: BTreeMap<UserTopic, Retained>,
    retained_bytes: usize,
    /// How many messages were retained so far.
    sequence: u64,
    evicted: u64,
}

#[derive(Debug)]
struct Retained {
    sequence: u64,
    payload: Bytes,
    /// The device whose will it is.
    will_of: Option<String>,
}

/// A topic that was not created (reference §1.9).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateTopicError {
    /// No device has this product.
    #[error("product not found: {0}")]
    UnknownProduct(String),
    /// The product has it already (errno 12).
    #[error("topic already exists")]
    Exists,
    /// The product has as many as it may (errno 13).
    #[error("product has {TOPICS_PER_PRODUCT} topics, which is the limit")]
    TooMany,
}

impl Product {
    pub(crate) fn topics(&self) -> impl ExactSizeIterator<Item = &UserTopic> {
        self.topics.iter()
    }

    /// How many topics there are besides `filter`.
    pub(crate) fn others(&self, filter: &str) -> usize {
        let known = UserTopic::parse(filter).is_ok_and(|topic| self.topics.contains(&topic));
        self.topics.len() - usize::from(known)
    }

    pub(crate) fn create_topic(&mut self, topic: UserTopic) -> Result<(), CreateTopicError> {
        if self.topics.contains(&topic) {
            return Err(CreateTopicError::Exists);
        }
        if self.topics.len() >= TOPICS_PER_PRODUCT {
            return Err(CreateTopicError::TooMany);
        }
        self.topics.insert(topic);
        Ok(())
    }

    pub(crate) fn retained(&self, topic: &UserTopic) -> Option<&Bytes> {
        self.retained.get(topic).map(|retained| &retained.payload)
    }

    /// How many retained messages were forgotten to make room.
    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    /// Retains a message in place of the one its topic has, and forgets what it leaves no room for. One that
    /// is empty or too large for all the room there is only takes that away, as MQTT has it (MQTT 3.1.1
    /// §3.3.1.3).
    pub(crate) fn retain(&mut self, topic: &UserTopic, payload: Bytes, limits: &Limits) {
        self.put(topic, payload, None, limits);
    }

    /// Retains the will of a device in the same way, until that logs in (reference §1.2).
    pub(crate) fn retain_will(
        &mut self,
        topic: &UserTopic,
        payload: Bytes,
        device_id: &str,
        limits: &Limits,
    ) {
        self.put(topic, payload, Some(device_id.to_owned()), limits);
    }

    /// Forgets the will of a device, if it is still what its topic retains.
    pub(crate) fn clear_will(&mut self, device_id: &str) {
        let is_will = |retained: &Retained| retained.will_of.as_deref() == Some(device_id);
        let topic =
            self.retained.iter().find(|(_, retained)| is_will(retained)).map(|(topic, _)| topic.clone());
        if let Some(topic) = topic {
            self.take(&topic);
        }
    }

    fn put(&mut self, topic: &UserTopic, payload: Bytes, will_of: Option<String>, limits: &Limits) {
        self.take(topic);
        let retained = Retained { sequence: self.sequence, payload, will_of };
        if retained.payload.is_empty() || bytes(topic, &retained) > limits.retained_bytes {
            return;
        }
        self.sequence += 1;
        self.retained_bytes += bytes(topic, &retained);
        self.retained.insert(topic.clone(), retained);
        while self.retained.len() > TOPICS_PER_PRODUCT || self.retained_bytes > limits.retained_bytes {
            let oldest = self.retained.iter().min_by_key(|(_, retained)| retained.sequence);
            let Some((topic, _)) = oldest else { break };
            let topic = topic.clone();
            self.take(&topic);
            self.evicted += 1;
        }
    }

    fn take(&mut self, topic: &UserTopic) {
        if let Some(retained) = self.retained.remove(topic) {
            self.retained_bytes -= bytes(topic, &retained);
        }
    }
}

fn bytes(topic: &UserTopic, retained: &Retained) -> usize {
    size_of::<(UserTopic, Retained)>() + topic.as_str().len() + retained.payload.len()
}

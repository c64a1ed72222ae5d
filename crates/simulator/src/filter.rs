//! Which messages a device has asked for. The legacy platform has no wildcards (reference §1.5): a
//! filter matches the topic that it spells.

use std::collections::BTreeMap;

use frame::{QoS, SubscribeReasonCode};
use onenet::legacy::UserTopic;

/// The subscriptions of one connection.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    /// With the QoS asked for. Messages come at the publisher's (reference §1.4).
    topics: BTreeMap<UserTopic, QoS>,
}

impl Subscriptions {
    /// Subscribes, or refuses with 0x80: `$` topics, wildcards, characters outside the set, too many.
    pub(crate) fn subscribe(&mut self, filter: &str, qos: QoS, limit: usize) -> SubscribeReasonCode {
        let Ok(topic) = UserTopic::parse(filter) else { return SubscribeReasonCode::Failure };
        if self.topics.len() >= limit && !self.topics.contains_key(&topic) {
            return SubscribeReasonCode::Failure;
        }
        self.topics.insert(topic, qos);
        SubscribeReasonCode::Success(qos)
    }

    /// Unsubscribes; nothing happens where there is no such subscription.
    pub(crate) fn unsubscribe(&mut self, filter: &str) {
        if let Ok(topic) = UserTopic::parse(filter) {
            self.topics.remove(&topic);
        }
    }

    pub(crate) fn matches(&self, topic: &UserTopic) -> bool {
        self.topics.contains_key(topic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_what_it_spells() {
        let mut subscriptions = Subscriptions::default();
        let topic = |text| UserTopic::parse(text).unwrap();
        subscriptions.subscribe("room/1", QoS::AtMostOnce, 100);
        assert!(subscriptions.matches(&topic("room/1")));
        assert!(!subscriptions.matches(&topic("room")));
        assert!(!subscriptions.matches(&topic("room/1/")));
        subscriptions.unsubscribe("room/+");
        assert!(subscriptions.matches(&topic("room/1")));
        subscriptions.unsubscribe("room/1");
        assert!(!subscriptions.matches(&topic("room/1")));
    }

    #[test]
    fn grants_what_is_asked_up_to_the_limit() {
        let mut subscriptions = Subscriptions::default();
        let granted = SubscribeReasonCode::Success(QoS::ExactlyOnce);
        assert_eq!(subscriptions.subscribe("a", QoS::ExactlyOnce, 1), granted);
        assert_eq!(subscriptions.subscribe("b", QoS::ExactlyOnce, 1), SubscribeReasonCode::Failure);
        assert_eq!(subscriptions.subscribe("a", QoS::ExactlyOnce, 1), granted, "again is no more");
    }
}

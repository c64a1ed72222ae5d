//! Which messages a device has asked for. The legacy platform has no wildcards (reference §1.5): a
//! filter matches the topic that it spells.

use std::collections::BTreeMap;

use frame::QoS;
use onenet::legacy::UserTopic;

/// The subscriptions of one device.
#[derive(Debug, Default)]
pub(crate) struct Subscriptions {
    /// With the QoS asked for. Messages come at the publisher's (reference §1.4).
    topics: BTreeMap<UserTopic, QoS>,
}

impl Subscriptions {
    pub(crate) fn subscribe(&mut self, topic: UserTopic, qos: QoS) {
        self.topics.insert(topic, qos);
    }

    /// Unsubscribes; nothing happens where there is no such subscription.
    pub(crate) fn unsubscribe(&mut self, filter: &str) {
        if let Ok(topic) = UserTopic::parse(filter) {
            self.topics.remove(&topic);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.topics.clear();
    }

    pub(crate) fn matches(&self, topic: &UserTopic) -> bool {
        self.topics.contains_key(topic)
    }

    /// Whether any topic begins with `prefix`.
    pub(crate) fn reaches_under(&self, prefix: &UserTopic) -> bool {
        let next = self.topics.range(prefix..).next();
        next.is_some_and(|(topic, _)| topic.as_str().starts_with(prefix.as_str()))
    }

    /// How many topics there are besides `filter`.
    pub(crate) fn others(&self, filter: &str) -> usize {
        let known = UserTopic::parse(filter).is_ok_and(|topic| self.topics.contains_key(&topic));
        self.topics.len() - usize::from(known)
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&UserTopic, QoS)> {
        self.topics.iter().map(|(topic, qos)| (topic, *qos))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(text: &str) -> UserTopic {
        UserTopic::parse(text).unwrap()
    }

    #[test]
    fn matches_what_it_spells() {
        let mut subscriptions = Subscriptions::default();
        subscriptions.subscribe(topic("room/1"), QoS::AtMostOnce);
        assert!(subscriptions.matches(&topic("room/1")));
        assert!(!subscriptions.matches(&topic("room")));
        assert!(!subscriptions.matches(&topic("room/1/")));
        subscriptions.unsubscribe("room/+");
        assert!(subscriptions.matches(&topic("room/1")));
        subscriptions.unsubscribe("room/1");
        assert!(!subscriptions.matches(&topic("room/1")));
    }

    #[test]
    fn counts_the_other_topics() {
        let mut subscriptions = Subscriptions::default();
        subscriptions.subscribe(topic("a"), QoS::AtMostOnce);
        subscriptions.subscribe(topic("b"), QoS::AtMostOnce);
        assert_eq!(subscriptions.others("a"), 1, "again is no more");
        assert_eq!(subscriptions.others("c"), 2);
        assert_eq!(subscriptions.others("#"), 2);
    }

    #[test]
    fn finds_topics_under_a_prefix() {
        let mut subscriptions = Subscriptions::default();
        subscriptions.subscribe(topic("/12/wendu"), QoS::AtMostOnce);
        assert!(subscriptions.reaches_under(&topic("/12/")));
        assert!(!subscriptions.reaches_under(&topic("/1/")));
        assert!(!subscriptions.reaches_under(&topic("/2/")));
    }
}

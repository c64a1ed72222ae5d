//! Subscriptions within the tree of a device (reference §2.3).

use frame::{Packet, QoS, SubAck, Subscribe, SubscribeReasonCode, UnsubAck, Unsubscribe};
use onenet::rules::sys::{Activity, FILTERS_PER_PACKET, Subscription, check_subscribe};
use onenet::rules::{Consequence, Finding, RuleId};
use onenet::sys;
use web_time::Instant;

use super::event::SysEvent;
use super::rate::Counted;
use super::request::Speaker;
use crate::event::Event;
use crate::platform::Platform;
use crate::reason::DropReason;

/// The most filters of one device together, login and logout of sub-devices included, which no rule counts. The
/// real platform publishes no such number.
const MAX_FILTERS: usize = 1_000;

impl Platform {
    /// Answers every filter on its own, those that are granted with QoS 0.
    pub(super) fn subscribe_sys(&mut self, speaker: &Speaker, subscribe: &Subscribe, now: Instant) {
        let connection = speaker.connection;
        let (mut codes, mut granted) = (Vec::new(), Vec::new());
        let mut paused = None;
        for filter in &subscribe.filters {
            let what = (speaker.platform, Activity::Subscribe);
            let judged = match self.count(connection, &speaker.id, what, 1, now) {
                Counted::Gone => return,
                Counted::Exceeded { finding, until } => {
                    paused = Some(until);
                    Err(finding)
                }
                Counted::Fine => {
                    self.judge_sys_filter(speaker, &filter.path, filter.qos, subscribe.filters.len())
                }
            };
            match judged {
                Ok(()) => {
                    self.take_filter(speaker, &filter.path);
                    granted.push(filter.path.clone());
                    codes.push(SubscribeReasonCode::Success(QoS::AtMostOnce));
                }
                Err(finding) if finding.consequence() == Consequence::Close => {
                    return self.drop_connection(connection, DropReason::Rule(finding));
                }
                Err(finding) => {
                    let (device_id, filter) = (speaker.id.clone(), filter.path.clone());
                    self.events.push(Event::SubscriptionRefused { connection, device_id, filter, finding });
                    codes.push(SubscribeReasonCode::Failure);
                }
            }
        }
        if !granted.is_empty() {
            let device_id = speaker.id.clone();
            self.events.push(SysEvent::Subscribed { device_id, filters: granted }.into());
        }
        self.send(connection, &Packet::SubAck(SubAck::new(subscribe.pkid, codes)));
        // This one is refused, and everything behind it waits.
        if let Some(until) = paused {
            self.pause(connection, until, None);
        }
    }

    pub(super) fn unsubscribe_sys(&mut self, speaker: &Speaker, unsubscribe: &Unsubscribe) {
        let count = unsubscribe.topics.len();
        if count > FILTERS_PER_PACKET {
            let finding = Finding::number(RuleId::SysFiltersPerPacket, count);
            return self.drop_connection(speaker.connection, DropReason::Rule(finding));
        }
        let profile = self.devices.get_mut(&speaker.id).and_then(|device| device.profile.as_mut());
        if let Some(profile) = profile {
            profile.filters.retain(|filter| !unsubscribe.topics.contains(filter));
        }
        let (device_id, filters) = (speaker.id.clone(), unsubscribe.topics.clone());
        self.events.push(SysEvent::Unsubscribed { device_id, filters }.into());
        self.send(speaker.connection, &Packet::UnsubAck(UnsubAck::new(unsubscribe.pkid)));
    }

    /// Whether a filter may be subscribed to, otherwise the rule that it breaks: one that closes the connection
    /// before others.
    fn judge_sys_filter(
        &self,
        speaker: &Speaker,
        filter: &str,
        qos: QoS,
        in_packet: usize,
    ) -> Result<(), Finding> {
        let filters = self.filters_of(&speaker.id);
        let others = filters.iter().filter(|other| *other != filter);
        let already = others.clone().filter(|other| is_of_same_list(other, filter)).count();
        let subscription = Subscription { filter, qos: qos as u8, in_packet, already };
        let findings = check_subscribe(&subscription, &speaker.device, speaker.platform, &self.readings);
        let closes = |finding: &&Finding| finding.consequence() == Consequence::Close;
        let refuses = |finding: &&Finding| matches!(finding.consequence(), Consequence::Refuse(_));
        let broken = findings.iter().find(closes).or(findings.iter().find(refuses));
        if let Some(finding) = broken {
            return Err(finding.clone());
        }
        if others.count() >= MAX_FILTERS {
            let rule = match speaker.platform {
                sys::Platform::Suite => RuleId::SuiteTopicsPerDevice,
                sys::Platform::Studio => RuleId::StudioTopicsPerDevice,
            };
            return Err(Finding::number(rule, MAX_FILTERS + 1));
        }
        Ok(())
    }

    fn take_filter(&mut self, speaker: &Speaker, filter: &str) {
        let profile = self.devices.get_mut(&speaker.id).and_then(|device| device.profile.as_mut());
        if let Some(profile) = profile.filter(|profile| !profile.filters.iter().any(|own| own == filter)) {
            profile.filters.push(filter.to_owned());
        }
    }

    fn filters_of(&self, device_id: &str) -> &[String] {
        let profile = self.devices.get(device_id).and_then(|device| device.profile.as_ref());
        profile.map_or(&[], |profile| &profile.filters)
    }

    /// Whether a device is subscribed to a topic.
    pub(crate) fn is_subscribed(&self, device_id: &str, topic: &str) -> bool {
        self.filters_of(device_id).iter().any(|filter| matches(filter, topic))
    }
}

/// Whether a topic is one of a filter (MQTT 3.1.1 §4.7).
fn matches(filter: &str, topic: &str) -> bool {
    let mut levels = topic.split('/');
    for expected in filter.split('/') {
        // Also where no level is left: `a/#` is about `a`, too.
        if expected == "#" {
            return true;
        }
        match levels.next() {
            Some(level) if expected == "+" || expected == level => {}
            Some(_) | None => return false,
        }
    }
    levels.next().is_none()
}

/// Whether two filters count together: those of the device itself, and those of each sub-device but for its login and
/// logout.
fn is_of_same_list(other: &str, filter: &str) -> bool {
    let list = |filter: &str| {
        let mut levels = filter.splitn(4, '/');
        let names = (levels.next()? == "$subdev").then(|| Some((levels.next()?, levels.next()?)))?;
        let (product, name) = names?;
        let rest = levels.next().unwrap_or_default();
        let is_login = matches!(rest.split('/').next(), Some("login" | "logout"));
        Some((is_login, product.to_owned(), name.to_owned()))
    };
    match (list(other), list(filter)) {
        (Some((true, ..)), _) => false,
        (other, filter) => other == filter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_wildcards_as_mqtt_has_them() {
        for (filter, topic, expected) in [
            ("$sys/1/a/dp/post", "$sys/1/a/dp/post", true),
            ("$sys/1/a/dp/post", "$sys/1/a/dp/post/x", false),
            ("$sys/1/a/dp/+", "$sys/1/a/dp/post", true),
            ("$sys/1/a/dp/+", "$sys/1/a/dp", false),
            ("$sys/1/a/dp/+", "$sys/1/a/dp/post/json", false),
            ("$sys/1/a/cmd/response/+/+", "$sys/1/a/cmd/response/7/accepted", true),
            ("$sys/1/a/#", "$sys/1/a/dp/post/json", true),
            ("$sys/1/a/dp/#", "$sys/1/a/cmd/request/7", false),
        ] {
            assert_eq!(matches(filter, topic), expected, "{filter} {topic}");
        }
    }

    #[test]
    fn counts_sub_devices_for_themselves() {
        assert!(is_of_same_list("$sys/1/a/x", "$sys/1/a/#"));
        assert!(is_of_same_list("$subdev/1/b/x", "$subdev/1/b/y/z"));
        assert!(!is_of_same_list("$subdev/1/b/x", "$sys/1/a/x"));
        assert!(!is_of_same_list("$subdev/1/b/x", "$subdev/1/c/x"));
        assert!(!is_of_same_list("$subdev/1/b/login/accepted", "$subdev/1/b/x"));
    }
}

//! Which source is followed where sources disagree (reference, confidence X).

use super::id::RuleId;
use super::legacy::{KeepAlive, Qos, Retain, TopicCharacters, TopicsPerDevice, Will};
use super::sys::{CommandSize, DeltaTopic, MessageIds, ProductIds, StudioLogins};
use crate::legacy::FloatReading;

/// A choice for every dispute. The default is what the reference suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings {
    /// Whether a device may leave a will.
    pub will: Will,
    /// Which keep alives are taken.
    pub keep_alive: KeepAlive,
    /// Which characters a topic may have.
    pub topic_characters: TopicCharacters,
    /// How many topics a device may subscribe to.
    pub topics_per_device: TopicsPerDevice,
    /// Which QoS a message may have.
    pub qos: Qos,
    /// Whether messages may be retained.
    pub retain: Retain,
    /// Which data streams the floats of a type 7 belong to. It changes what is stored, not what is refused.
    pub floats: FloatReading,
    /// Which product ids a platform with tokens takes.
    pub product_ids: ProductIds,
    /// Which ids data points of the suite may have.
    pub message_ids: MessageIds,
    /// On which topic the suite tells differences.
    pub delta_topic: DeltaTopic,
    /// How large a command of the suite may be.
    pub command_size: CommandSize,
    /// How often a device of the studio may log in.
    pub studio_logins: StudioLogins,
}

/// One side of a dispute, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Its name in kebab case, unique in its dispute.
    pub name: &'static str,
    /// What it takes.
    pub english: &'static str,
    /// What it takes, in Chinese.
    pub chinese: &'static str,
    /// Who says so.
    pub source: &'static str,
}

impl Readings {
    /// The name of the reading that is followed about a rule, `None` where nobody disagrees.
    pub fn name(&self, rule: RuleId) -> Option<&'static str> {
        let index = match rule {
            RuleId::Will => self.will as usize,
            RuleId::KeepAliveRange => self.keep_alive as usize,
            RuleId::TopicCharacters | RuleId::FilterCharacters => self.topic_characters as usize,
            RuleId::TopicsPerDevice => self.topics_per_device as usize,
            RuleId::Qos => self.qos as usize,
            RuleId::Retain => self.retain as usize,
            RuleId::FloatCount => self.floats as usize,
            RuleId::SysProductId => self.product_ids as usize,
            RuleId::SuiteMessageId => self.message_ids as usize,
            RuleId::SuiteDeltaTopic => self.delta_topic as usize,
            RuleId::SuiteCommandSize => self.command_size as usize,
            RuleId::StudioLoginRate => self.studio_logins as usize,
            _ => return None,
        };
        Some(rule.rule().disputed?.readings[index].name)
    }

    /// Follows the reading of that name about a rule. Whether there is one: otherwise nothing changes.
    pub fn follow(&mut self, rule: RuleId, name: &str) -> bool {
        match rule {
            RuleId::Will => follow(&mut self.will, &Will::ALL, Will::READINGS, name),
            RuleId::KeepAliveRange => {
                follow(&mut self.keep_alive, &KeepAlive::ALL, KeepAlive::READINGS, name)
            }
            RuleId::TopicCharacters | RuleId::FilterCharacters => {
                follow(&mut self.topic_characters, &TopicCharacters::ALL, TopicCharacters::READINGS, name)
            }
            RuleId::TopicsPerDevice => {
                follow(&mut self.topics_per_device, &TopicsPerDevice::ALL, TopicsPerDevice::READINGS, name)
            }
            RuleId::Qos => follow(&mut self.qos, &Qos::ALL, Qos::READINGS, name),
            RuleId::Retain => follow(&mut self.retain, &Retain::ALL, Retain::READINGS, name),
            RuleId::FloatCount => follow(&mut self.floats, &FloatReading::ALL, FloatReading::READINGS, name),
            RuleId::SysProductId => {
                follow(&mut self.product_ids, &ProductIds::ALL, ProductIds::READINGS, name)
            }
            RuleId::SuiteMessageId => {
                follow(&mut self.message_ids, &MessageIds::ALL, MessageIds::READINGS, name)
            }
            RuleId::SuiteDeltaTopic => {
                follow(&mut self.delta_topic, &DeltaTopic::ALL, DeltaTopic::READINGS, name)
            }
            RuleId::SuiteCommandSize => {
                follow(&mut self.command_size, &CommandSize::ALL, CommandSize::READINGS, name)
            }
            RuleId::StudioLoginRate => {
                follow(&mut self.studio_logins, &StudioLogins::ALL, StudioLogins::READINGS, name)
            }
            _ => false,
        }
    }
}

fn follow<T: Copy>(choice: &mut T, all: &[T], readings: &[Reading], name: &str) -> bool {
    let found = readings.iter().position(|reading| reading.name == name);
    if let Some(reading) = found.and_then(|index| all.get(index)) {
        *choice = *reading;
    }
    found.is_some()
}

/// An enum with a [`Reading`] for every variant, in the same order; the first is the default.
macro_rules! dispute {
    ($(#[$docs:meta])* $dispute:ident {
        $($(#[$variant_docs:meta])* $variant:ident = $name:literal $english:literal $chinese:literal $source:literal,)*
    }) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $dispute { $($(#[$variant_docs])* $variant,)* }

        impl $dispute {
            /// Every reading, the default first.
            pub const ALL: [Self; Self::READINGS.len()] = [$(Self::$variant),*];

            /// What people read about them, in the same order.
            pub const READINGS: &'static [Reading] = &[$(Reading {
                name: $name, english: $english, chinese: $chinese, source: $source,
            }),*];
        }
    };
}

pub(super) use dispute;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_readings_by_name() {
        let mut readings = Readings::default();
        assert_eq!(readings.name(RuleId::KeepAliveRange), Some("from-1"));
        assert!(readings.follow(RuleId::KeepAliveRange, "up-to-240"));
        assert_eq!(readings, Readings { keep_alive: KeepAlive::UpTo240, ..Readings::default() });
        assert_eq!(readings.name(RuleId::KeepAliveRange), Some("up-to-240"));
        assert!(!readings.follow(RuleId::KeepAliveRange, "up-to-100"), "that is another dispute's");
        assert!(!readings.follow(RuleId::DeviceIdEmpty, "taken"));
        assert_eq!(readings.name(RuleId::DeviceIdEmpty), None);
    }
}

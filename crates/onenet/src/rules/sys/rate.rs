//! How much of what within which time (reference §2.3, §3.1). Knows numbers, not clocks: whoever has one counts.

use std::time::Duration;

use super::super::finding::Finding;
use super::super::id::RuleId;
use super::super::reading::Readings;
use crate::sys::Platform;

/// How long a device is refused that did too much of something (reference §2.3).
pub const BAN: Duration = Duration::from_secs(5 * 60);

/// Something that may be done so often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Activity {
    /// A CONNECT.
    Login,
    /// A PUBLISH at QoS 0.
    PublishQos0,
    /// A PUBLISH at QoS 1.
    PublishQos1,
    /// A filter of a SUBSCRIBE, granted or not.
    Subscribe,
    /// An UNSUBSCRIBE on the suite, a filter of one on the studio.
    Unsubscribe,
    /// A PINGREQ.
    Ping,
    /// A byte from device to platform.
    Byte,
    /// A property set, platform to device.
    PropertySet,
}

/// A rule about how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The rule. Activities with the same rule are counted together.
    pub rule: RuleId,
    /// How many are taken.
    pub limit: usize,
    /// Within which time. Whether it slides or begins anew is documented nowhere.
    pub per: Duration,
}

/// How often something may be done, `None` where nothing says so.
pub fn rate(platform: Platform, activity: Activity, readings: &Readings) -> Option<Rate> {
    let (rule, limit) = match platform {
        Platform::Suite => match activity {
            Activity::Login => (RuleId::SuiteLoginRate, 10),
            Activity::PublishQos0 => (RuleId::SuiteQos0Rate, 300),
            Activity::PublishQos1 => (RuleId::SuiteQos1Rate, 100),
            Activity::Subscribe => (RuleId::SuiteSubscribeRate, 15),
            Activity::Unsubscribe => (RuleId::SuiteUnsubscribeRate, 10),
            Activity::Ping => (RuleId::SuitePingRate, 10),
            Activity::Byte | Activity::PropertySet => return None,
        },
        Platform::Studio => match activity {
            Activity::Login => (RuleId::StudioLoginRate, readings.studio_logins.limit()),
            Activity::PublishQos0 | Activity::PublishQos1 => (RuleId::StudioUplinkRate, 1),
            Activity::Subscribe => (RuleId::StudioSubscribeRate, 10),
            Activity::Unsubscribe => (RuleId::StudioUnsubscribeRate, 10),
            Activity::Ping => (RuleId::StudioPingRate, 1),
            Activity::Byte => (RuleId::StudioBandwidth, 512 * 1_024),
            Activity::PropertySet => (RuleId::StudioPropertySetRate, 1),
        },
    };
    let seconds = match (platform, activity) {
        (Platform::Suite, _) | (Platform::Studio, Activity::Login) => 5,
        (Platform::Studio, _) => 1,
    };
    Some(Rate { rule, limit, per: Duration::from_secs(seconds) })
}

/// The rule that one more breaks, after `already` within the time of the [`Rate`].
pub fn check_rate(
    platform: Platform,
    activity: Activity,
    already: usize,
    readings: &Readings,
) -> Option<Finding> {
    let rate = rate(platform, activity, readings)?;
    (already >= rate.limit).then(|| Finding::number(rate.rule, already.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::super::reading::StudioLogins;
    use super::*;

    #[test]
    fn finds_what_is_done_too_often() {
        let readings = Readings::default();
        let found = |platform, activity, already| {
            check_rate(platform, activity, already, &readings).map(|finding| finding.to_string())
        };
        assert_eq!(found(Platform::Suite, Activity::Login, 9), None);
        assert_eq!(found(Platform::Suite, Activity::Login, 10).unwrap(), "suite-login-rate: found 11");
        assert_eq!(found(Platform::Suite, Activity::PublishQos0, 299), None);
        assert_eq!(found(Platform::Suite, Activity::PublishQos1, 100).unwrap(), "suite-qos1-rate: found 101");
        assert_eq!(found(Platform::Suite, Activity::Byte, usize::MAX), None, "nothing says how many");
        assert_eq!(found(Platform::Studio, Activity::PublishQos1, 1).unwrap(), "studio-uplink-rate: found 2");
    }

    #[test]
    fn follows_the_readings() {
        let readings = Readings { studio_logins: StudioLogins::UpTo3, ..Readings::default() };
        let login = rate(Platform::Studio, Activity::Login, &readings).unwrap();
        assert_eq!((login.limit, login.per), (3, Duration::from_secs(5)));
    }
}

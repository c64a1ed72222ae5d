//! What the sources on the legacy platform disagree about.

use super::super::reading::{Reading, dispute};
use crate::legacy::FloatReading;

dispute! {
    /// Whether a device may leave a will (reference §1.2).
    Will {
        /// Since V2.4.
        #[default]
        Taken = "taken" "a will is taken" "接受遗嘱" "S26 (since V2.4), FAQ mqtt Q7",
        /// Until then.
        Refused = "refused" "the will flag is 0" "遗嘱标志必须为 0" "S23",
    }
}

dispute! {
    /// Which keep alives are taken, in seconds (reference §1.2).
    KeepAlive {
        /// 1 to 65,535: devices were seen with 32 and 100.
        #[default]
        From1 = "from-1" "1 to 65535 seconds" "1 至 65535 秒" "captures with 32, 100 and 120",
        /// 120 to 65,535.
        From120 = "from-120" "120 to 65535 seconds" "120 至 65535 秒" "S26, S23",
        /// 1 to 1,200.
        UpTo1200 = "up-to-1200" "1 to 1200 seconds" "1 至 1200 秒" "FAQ multiprotocol Q1",
        /// 0 to 240, and 0 means 240.
        UpTo240 = "up-to-240" "0 to 240 seconds, 0 means 240" "0 至 240 秒，0 即 240 秒" "S11 (2015)",
    }
}

dispute! {
    /// Which characters a topic may have (reference §1.5).
    TopicCharacters {
        /// Letters, digits, `_` and `/`.
        #[default]
        Both = "both" "letters, digits, _ and /" "字母、数字、_ 和 /" "both lists together; a SUBSCRIBE to app_topic was granted",
        /// Letters, digits and `/`.
        NoUnderscore = "no-underscore" "letters, digits and /" "字母、数字和 /" "S26 §4.9",
        /// Letters, `_` and `/`.
        NoDigits = "no-digits" "letters, _ and /" "字母、_ 和 /" "S26 §5.3",
    }
}

dispute! {
    /// How many topics a device may subscribe to (reference §1.5).
    TopicsPerDevice {
        /// 100.
        #[default]
        UpTo100 = "up-to-100" "at most 100" "最多 100 个" "S26",
        /// 50.
        UpTo50 = "up-to-50" "at most 50" "最多 50 个" "FAQ mqtt Q1",
    }
}

dispute! {
    /// Which QoS a message of a device may have (reference §1.4).
    Qos {
        /// All three, since V2.5.
        #[default]
        UpTo2 = "up-to-2" "0, 1 or 2" "0、1 或 2" "S26 (since V2.5)",
        /// 0 and 1.
        UpTo1 = "up-to-1" "0 or 1" "0 或 1" "S23",
    }
}

dispute! {
    /// Whether messages on user topics may be retained (reference §1.4).
    Retain {
        /// They may.
        #[default]
        Taken = "taken" "RETAIN is taken on user topics" "用户主题可以设置 RETAIN" "S26 §4.3, §4.4",
        /// RETAIN is 0.
        Refused = "refused" "RETAIN is 0" "RETAIN 必须为 0" "S23",
    }
}

impl FloatReading {
    /// Every reading, the default first.
    pub const ALL: [Self; 2] = [Self::ConsecutiveStreams, Self::OneStream];

    /// What people read about them, in the same order.
    pub const READINGS: &'static [Reading] = &[
        Reading {
            name: "consecutive-streams",
            english: "one value each of the streams number, number + 1 …",
            chinese: "依次属于编号、编号 + 1……各个数据流",
            source: "S26 §5.2.1",
        },
        Reading {
            name: "one-stream",
            english: "all of them values of the stream with that number",
            chinese: "都是该编号那一个数据流的值",
            source: "SDK sample",
        },
    ];
}

impl KeepAlive {
    /// Whether a CONNECT with this keep alive is taken.
    pub fn takes(self, seconds: u16) -> bool {
        match self {
            Self::From1 => seconds >= 1,
            Self::From120 => seconds >= 120,
            Self::UpTo1200 => (1..=1_200).contains(&seconds),
            Self::UpTo240 => seconds <= 240,
        }
    }

    /// The seconds that a keep alive it takes stands for.
    pub fn effective(self, seconds: u16) -> u16 {
        match self {
            Self::UpTo240 if seconds == 0 => 240,
            Self::From1 | Self::From120 | Self::UpTo1200 | Self::UpTo240 => seconds,
        }
    }
}

impl TopicCharacters {
    /// Whether a user topic may have this character.
    pub fn takes(self, character: char) -> bool {
        match character {
            '_' => self != Self::NoUnderscore,
            '0'..='9' => self != Self::NoDigits,
            _ => character == '/' || character.is_ascii_alphabetic(),
        }
    }
}

impl TopicsPerDevice {
    /// The number.
    pub fn limit(self) -> usize {
        match self {
            Self::UpTo100 => 100,
            Self::UpTo50 => 50,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_keep_alives_as_each_source_says() {
        let taken =
            |reading: KeepAlive| [0, 1, 119, 120, 240, 241, 1_200, 1_201, 65_535].map(|s| reading.takes(s));
        assert_eq!(taken(KeepAlive::From1), [false, true, true, true, true, true, true, true, true]);
        assert_eq!(taken(KeepAlive::From120), [false, false, false, true, true, true, true, true, true]);
        assert_eq!(taken(KeepAlive::UpTo1200), [false, true, true, true, true, true, true, false, false]);
        assert_eq!(taken(KeepAlive::UpTo240), [true, true, true, true, true, false, false, false, false]);
        assert_eq!(KeepAlive::UpTo240.effective(0), 240);
    }
}

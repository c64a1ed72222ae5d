//! What the sources on the platforms with tokens disagree about.

use super::super::reading::{Reading, dispute};

dispute! {
    /// Which product ids are taken (reference §2.2).
    ProductIds {
        /// Letters and digits: newer ids have ten of them, and work.
        #[default]
        Alphanumeric = "alphanumeric" "letters and digits" "字母和数字" "captures of newer products",
        /// Digits.
        Numeric = "numeric" "digits" "数字" "design 2.2",
    }
}

dispute! {
    /// Which ids data points of the suite may have, within 32 bits and a sign (reference §2.4).
    MessageIds {
        /// From 1 on.
        #[default]
        Positive = "positive" "1 to 2147483647" "1 至 2147483647" "dp-topics",
        /// From 0 on.
        FromZero = "from-zero" "0 to 2147483647" "0 至 2147483647" "design 3.1.2",
    }
}

dispute! {
    /// On which topic the suite tells how desired and reported state differ (reference §2.4).
    DeltaTopic {
        /// `image/update/delta`.
        #[default]
        Update = "update-delta" "image/update/delta" "image/update/delta" "image-topics",
        /// `image/delta`.
        Image = "image-delta" "image/delta" "image/delta" "design 2.3",
    }
}

dispute! {
    /// How large a command of the suite may be (reference §2.4).
    CommandSize {
        /// Smaller than 1 KB.
        #[default]
        Under1K = "under-1-kb" "less than 1 KB" "小于 1 KB" "synccmds",
        /// Up to 20 KB.
        UpTo20K = "up-to-20-kb" "at most 20 KB" "最大 20 KB" "design 3.2.1",
    }
}

dispute! {
    /// How often a device of the studio may log in (reference §3.1).
    StudioLogins {
        /// Ten times in five seconds, then a ban: as on the suite.
        #[default]
        UpTo10 = "up-to-10" "at most 10 in 5 seconds" "5 秒内最多 10 次" "use_limits",
        /// Three times in five seconds.
        UpTo3 = "up-to-3" "at most 3 in 5 seconds" "5 秒内最多 3 次" "mqtt-limit",
    }
}

impl ProductIds {
    /// Whether a product id may have this character.
    pub fn takes(self, character: char) -> bool {
        match self {
            Self::Alphanumeric => character.is_ascii_alphanumeric(),
            Self::Numeric => character.is_ascii_digit(),
        }
    }
}

impl MessageIds {
    /// The smallest id.
    pub fn smallest(self) -> u32 {
        match self {
            Self::Positive => 1,
            Self::FromZero => 0,
        }
    }
}

impl CommandSize {
    /// The largest command, in bytes.
    pub fn limit(self) -> usize {
        match self {
            Self::Under1K => 1_023,
            Self::UpTo20K => 20 * 1_024,
        }
    }
}

impl StudioLogins {
    /// How many logins five seconds may have.
    pub fn limit(self) -> usize {
        match self {
            Self::UpTo10 => 10,
            Self::UpTo3 => 3,
        }
    }
}

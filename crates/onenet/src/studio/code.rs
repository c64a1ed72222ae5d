//! Numbers by which platform and devices say how a request went, and the platform's own texts for them.

use std::fmt;

/// The `code` of a reply. Any number is kept: devices choose their own, and the platform may have more than
/// are documented (reference §3.3).
///
/// 200 in a reply is recorded from the real platform. The others are what its device log calls failures;
/// which of them it sends to the device's topic is not documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(
    /// The number on the wire.
    pub i64,
);

impl Code {
    /// It was done.
    pub const SUCCESS: Self = Self(200);
    /// The payload is no JSON, or not of the form that its topic wants.
    pub const JSON_FORMAT: Self = Self(301);
    /// A value does not fit its type in the thing model.
    pub const DATA_TYPE: Self = Self(302);
    /// The platform failed.
    pub const INTERNAL: Self = Self(303);
    /// The device's answer has a wrong form.
    pub const RESPONSE: Self = Self(304);
    /// The device did not answer in time.
    pub const TIMEOUT: Self = Self(306);
    /// The product ID or the device name in the message can be none.
    pub const DEVICE: Self = Self(307);
    /// The device is not logged in.
    pub const OFFLINE: Self = Self(308);
    /// The thing model has nothing of that name.
    pub const IDENTIFIER: Self = Self(309);
    /// The `id` is no string of 1 to 13 digits.
    pub const MESSAGE_ID: Self = Self(312);
    /// The request breaks another rule, such as a limit.
    pub const BAD_REQUEST: Self = Self(313);
    /// The device has not subscribed the topic that a message for it goes to.
    pub const NOT_SUBSCRIBED: Self = Self(1022);
    /// The device answered too late.
    pub const REPLIED_LATE: Self = Self(1023);
    /// An answer whose `id` is missing, or which is no JSON.
    pub const REPLY_ID: Self = Self(1027);
    /// An answer to a request that is not waiting for one.
    pub const REPLY_UNKNOWN: Self = Self(1028);

    /// Whether it was done.
    pub fn is_success(self) -> bool {
        self == Self::SUCCESS
    }

    /// The platform's own text, `None` where no document gives one.
    pub fn text(self) -> Option<&'static str> {
        TEXTS.iter().find(|(number, _)| *number == self.0).map(|(_, text)| *text)
    }

    /// Every number that has a [`Self::text`], in ascending order.
    pub fn known() -> impl Iterator<Item = Self> {
        TEXTS.iter().map(|(number, _)| Self(*number))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text() {
            Some(text) => write!(f, "{} {text}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

/// The device log's texts. That of 200 is the one that replies of the real platform carry.
static TEXTS: [(i64, &str); 42] = [
    (200, "success"),
    (301, "json format error"),
    (302, "data type error"),
    (303, "internal error"),
    (304, "resp error"),
    (305, "no thing-model"),
    (306, "timeout"),
    (307, "invalid pid or devName"),
    (308, "device not online"),
    (309, "identifier not exist"),
    (310, "mqtt acc error"),
    (311, "coap acc error"),
    (312, "invalid msg id"),
    (313, "bad request"),
    (1001, "rpc failed"),
    (1002, "thing error"),
    (1021, "channel not writable"),
    (1022, "subscription not exist"),
    (1023, "device replied but timeout"),
    (1024, "session not exist"),
    (1025, "duplicate id"),
    (1026, "internal error"),
    (1027, "invalid id field or json format error"),
    (1028, "id not found"),
    (1101, "invalid argument"),
    (1102, "internal error"),
    (1103, "invalid token"),
    (1104, "token expired"),
    (1105, "seckey not found"),
    (1106, "sign not match"),
    (1107, "device not found"),
    (1108, "internal pid not found"),
    (1109, "internal device id not found"),
    (1110, "sign method not supported"),
    (1111, "invalid version"),
    (1112, "protocol not match"),
    (1114, "argument not match with token"),
    (1201, "invalid argument"),
    (1202, "internal error"),
    (1204, "session not exist"),
    (1210, "login on other acceptor"),
    (1401, "abnormal offline"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_the_platform_says_and_keeps_what_it_does_not_know() {
        assert_eq!(Code::IDENTIFIER.to_string(), "309 identifier not exist");
        assert_eq!(Code::MESSAGE_ID.text(), Some("invalid msg id"));
        assert_eq!(Code(-7).to_string(), "-7");
        assert!(Code::known().is_sorted());
    }
}

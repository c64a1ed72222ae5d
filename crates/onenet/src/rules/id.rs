//! What the rules are called, and where in a form they show.

use std::fmt;

use super::legacy::RULES;
use super::rule::{Consequence, Place, Rule};

/// The name of a rule. Its text never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleId {
    /// The protocol name of a CONNECT.
    ProtocolName,
    /// The protocol level of a CONNECT.
    ProtocolLevel,
    /// Bit 0 of the connect flags.
    ReservedFlag,
    /// The flags of user name and password.
    LoginFlags,
    /// Will QoS and will retain agree with the will flag.
    WillFlags,
    /// Whether there may be a will.
    Will,
    /// The keep alive of a CONNECT.
    KeepAliveRange,
    /// There is a device ID.
    DeviceIdEmpty,
    /// The characters of the device ID.
    DeviceIdDecimal,
    /// There is a device with this ID.
    DeviceKnown,
    /// There is a product ID.
    ProductIdEmpty,
    /// The characters of the product ID.
    ProductIdDecimal,
    /// There is auth info.
    AuthInfoEmpty,
    /// Product ID and auth info are the device's.
    LoginMatches,
    /// What a connection begins with.
    FirstPacket,
    /// How many CONNECTs a connection has.
    SecondConnect,
    /// When the first message may be sent.
    BeforeConnack,
    /// How many connections a device has.
    OneConnection,
    /// How long a device may be silent.
    KeepAliveSilence,
    /// There is a topic, or a filter.
    TopicEmpty,
    /// No message goes to a wildcard.
    TopicWildcard,
    /// The characters of the topic of a message.
    TopicCharacters,
    /// The length of the topic of a message.
    TopicLength,
    /// Who may publish to topics with `$`.
    TopicReserved,
    /// Who may publish commands.
    TopicCommand,
    /// The QoS of a message, as MQTT has it.
    QosRange,
    /// The QoS of a message, as the platform has it.
    Qos,
    /// Whether messages may be retained.
    Retain,
    /// Whether uploads may be retained.
    UploadRetain,
    /// Uploads can be read.
    Payload,
    /// The size of an upload but type 2.
    BodySize,
    /// The size of an upload of type 2.
    BinarySize,
    /// The number of floats in an upload of type 7.
    FloatCount,
    /// No subscription has a wildcard.
    FilterWildcard,
    /// No subscription begins with `$`.
    FilterReserved,
    /// The characters of the topic of a subscription.
    FilterCharacters,
    /// The length of the topic of a subscription.
    FilterLength,
    /// How many topics a device subscribes to.
    TopicsPerDevice,
    /// How many topics a product has.
    TopicsPerProduct,
    /// The size of a command.
    CommandSize,
}

impl RuleId {
    /// Its text in kebab case, such as `keep-alive-range`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ProtocolName => "protocol-name",
            Self::ProtocolLevel => "protocol-level",
            Self::ReservedFlag => "reserved-flag",
            Self::LoginFlags => "login-flags",
            Self::WillFlags => "will-flags",
            Self::Will => "will",
            Self::KeepAliveRange => "keep-alive-range",
            Self::DeviceIdEmpty => "device-id-empty",
            Self::DeviceIdDecimal => "device-id-decimal",
            Self::DeviceKnown => "device-known",
            Self::ProductIdEmpty => "product-id-empty",
            Self::ProductIdDecimal => "product-id-decimal",
            Self::AuthInfoEmpty => "auth-info-empty",
            Self::LoginMatches => "login-matches",
            Self::FirstPacket => "first-packet",
            Self::SecondConnect => "second-connect",
            Self::BeforeConnack => "before-connack",
            Self::OneConnection => "one-connection",
            Self::KeepAliveSilence => "keep-alive-silence",
            Self::TopicEmpty => "topic-empty",
            Self::TopicWildcard => "topic-wildcard",
            Self::TopicCharacters => "topic-characters",
            Self::TopicLength => "topic-length",
            Self::TopicReserved => "topic-reserved",
            Self::TopicCommand => "topic-command",
            Self::QosRange => "qos-range",
            Self::Qos => "qos",
            Self::Retain => "retain",
            Self::UploadRetain => "upload-retain",
            Self::Payload => "payload",
            Self::BodySize => "body-size",
            Self::BinarySize => "binary-size",
            Self::FloatCount => "float-count",
            Self::FilterWildcard => "filter-wildcard",
            Self::FilterReserved => "filter-reserved",
            Self::FilterCharacters => "filter-characters",
            Self::FilterLength => "filter-length",
            Self::TopicsPerDevice => "topics-per-device",
            Self::TopicsPerProduct => "topics-per-product",
            Self::CommandSize => "command-size",
        }
    }

    /// Where in a form it shows when it is broken.
    pub fn place(self) -> Place {
        match self {
            Self::ProtocolName | Self::ProtocolLevel | Self::ReservedFlag | Self::LoginFlags => {
                Place::Connect
            }
            Self::WillFlags | Self::Will => Place::Will,
            Self::KeepAliveRange => Place::KeepAlive,
            Self::DeviceIdEmpty | Self::DeviceIdDecimal | Self::DeviceKnown => Place::DeviceId,
            Self::ProductIdEmpty | Self::ProductIdDecimal => Place::ProductId,
            Self::AuthInfoEmpty | Self::LoginMatches => Place::AuthInfo,
            Self::FirstPacket
            | Self::SecondConnect
            | Self::BeforeConnack
            | Self::OneConnection
            | Self::KeepAliveSilence => Place::Conversation,
            Self::TopicEmpty
            | Self::TopicWildcard
            | Self::TopicCharacters
            | Self::TopicLength
            | Self::TopicReserved
            | Self::TopicCommand => Place::Topic,
            Self::QosRange | Self::Qos => Place::Qos,
            Self::Retain | Self::UploadRetain => Place::Retain,
            Self::Payload | Self::BodySize | Self::BinarySize | Self::FloatCount => Place::Payload,
            Self::FilterWildcard
            | Self::FilterReserved
            | Self::FilterCharacters
            | Self::FilterLength
            | Self::TopicsPerDevice
            | Self::TopicsPerProduct => Place::Filter,
            Self::CommandSize => Place::Command,
        }
    }
}

impl RuleId {
    /// The rule that it names.
    pub fn rule(self) -> &'static Rule {
        // The list has every rule in the order of this enum; a test beside it says so.
        &RULES[self as usize]
    }

    /// What the real platform does about whoever breaks it.
    pub fn consequence(self) -> Consequence {
        self.rule().consequence
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

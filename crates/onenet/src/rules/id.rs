//! What the rules are called, and where in a form they show.

use std::fmt;

use super::list::all;
use super::rule::{Consequence, Place, Rule};

/// Declares every rule once: what it is about, its name in text, and its place.
macro_rules! ids {
    ($($(#[$docs:meta])* $rule:ident = $text:literal $place:ident,)*) => {
        /// The name of a rule. Its text never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId { $($(#[$docs])* $rule,)* }

        /// Text and place of every rule, in the order of the enum.
        const IDS: &[(&str, Place)] = &[$(($text, Place::$place)),*];
    };
}

// The rules of a generation stand together, in the order of its list.
ids! {
    // The legacy platform.
    /// The protocol name of a CONNECT.
    ProtocolName = "protocol-name" Connect,
    /// The protocol level of a CONNECT.
    ProtocolLevel = "protocol-level" Connect,
    /// Bit 0 of the connect flags.
    ReservedFlag = "reserved-flag" Connect,
    /// The flags of user name and password.
    LoginFlags = "login-flags" Connect,
    /// Will QoS and will retain agree with the will flag.
    WillFlags = "will-flags" Will,
    /// Whether there may be a will.
    Will = "will" Will,
    /// The keep alive of a CONNECT.
    KeepAliveRange = "keep-alive-range" KeepAlive,
    /// There is a device ID.
    DeviceIdEmpty = "device-id-empty" DeviceId,
    /// The characters of the device ID.
    DeviceIdDecimal = "device-id-decimal" DeviceId,
    /// There is a device with this ID.
    DeviceKnown = "device-known" DeviceId,
    /// There is a product ID.
    ProductIdEmpty = "product-id-empty" ProductId,
    /// The characters of the product ID.
    ProductIdDecimal = "product-id-decimal" ProductId,
    /// There is auth info.
    AuthInfoEmpty = "auth-info-empty" AuthInfo,
    /// Product ID and auth info are the device's.
    LoginMatches = "login-matches" AuthInfo,
    /// What a connection begins with.
    FirstPacket = "first-packet" Conversation,
    /// How many CONNECTs a connection has.
    SecondConnect = "second-connect" Conversation,
    /// When the first message may be sent.
    BeforeConnack = "before-connack" Conversation,
    /// How many connections a device has.
    OneConnection = "one-connection" Conversation,
    /// How long a device may be silent.
    KeepAliveSilence = "keep-alive-silence" Conversation,
    /// There is a topic, or a filter.
    TopicEmpty = "topic-empty" Topic,
    /// No message goes to a wildcard.
    TopicWildcard = "topic-wildcard" Topic,
    /// The characters of the topic of a message.
    TopicCharacters = "topic-characters" Topic,
    /// The length of the topic of a message.
    TopicLength = "topic-length" Topic,
    /// Who may publish to topics with `$`.
    TopicReserved = "topic-reserved" Topic,
    /// Who may publish commands.
    TopicCommand = "topic-command" Topic,
    /// The QoS of a message, as MQTT has it.
    QosRange = "qos-range" Qos,
    /// The QoS of a message, as the platform has it.
    Qos = "qos" Qos,
    /// Whether messages may be retained.
    Retain = "retain" Retain,
    /// Whether uploads may be retained.
    UploadRetain = "upload-retain" Retain,
    /// Uploads can be read.
    Payload = "payload" Payload,
    /// The size of an upload but type 2.
    BodySize = "body-size" Payload,
    /// The size of an upload of type 2.
    BinarySize = "binary-size" Payload,
    /// The number of floats in an upload of type 7.
    FloatCount = "float-count" Payload,
    /// No subscription has a wildcard.
    FilterWildcard = "filter-wildcard" Filter,
    /// No subscription begins with `$`.
    FilterReserved = "filter-reserved" Filter,
    /// The characters of the topic of a subscription.
    FilterCharacters = "filter-characters" Filter,
    /// The length of the topic of a subscription.
    FilterLength = "filter-length" Filter,
    /// How many topics a device subscribes to.
    TopicsPerDevice = "topics-per-device" Filter,
    /// How many topics a product has.
    TopicsPerProduct = "topics-per-product" Filter,
    /// The size of a command.
    CommandSize = "command-size" Command,

    // The platforms with tokens: both of them, the suite, the studio.
    /// The protocol name of a CONNECT.
    SysProtocolName = "sys-protocol-name" Connect,
    /// The protocol level of a CONNECT.
    SysProtocolLevel = "sys-protocol-level" Connect,
    /// Bit 0 of the connect flags.
    SysReservedFlag = "sys-reserved-flag" Connect,
    /// The flags of user name and password.
    SysLoginFlags = "sys-login-flags" Connect,
    /// There is no will.
    SysWill = "sys-will" Will,
    /// There is no session to come back to.
    SysCleanSession = "sys-clean-session" Connect,
    /// The keep alive of a CONNECT.
    SysKeepAliveRange = "sys-keep-alive-range" KeepAlive,
    /// There is a device name.
    SysDeviceNameEmpty = "sys-device-name-empty" DeviceId,
    /// The characters and the length of the device name.
    SysDeviceName = "sys-device-name" DeviceId,
    /// There is a product ID.
    SysProductIdEmpty = "sys-product-id-empty" ProductId,
    /// The characters of the product ID.
    SysProductId = "sys-product-id" ProductId,
    /// There is a token.
    SysTokenEmpty = "sys-token-empty" AuthInfo,
    /// The token is the device's.
    SysToken = "sys-token" AuthInfo,
    /// What a connection begins with.
    SysFirstPacket = "sys-first-packet" Conversation,
    /// How many CONNECTs a connection has.
    SysSecondConnect = "sys-second-connect" Conversation,
    /// How many connections a device has.
    SysOneConnection = "sys-one-connection" Conversation,
    /// How long a device may be silent.
    SysKeepAliveSilence = "sys-keep-alive-silence" Conversation,
    /// Which packets a device may send.
    SysPacketType = "sys-packet-type" Conversation,
    /// Which acknowledgements a device may send.
    SysPubackOrder = "sys-puback-order" Conversation,
    /// There is a topic.
    SysTopicEmpty = "sys-topic-empty" Topic,
    /// The characters of the topic of a message.
    SysTopicCharacters = "sys-topic-characters" Topic,
    /// The levels of the topic of a message.
    SysTopicLevels = "sys-topic-levels" Topic,
    /// Whose topics a device may publish to.
    SysTopicForeign = "sys-topic-foreign" Topic,
    /// The topic of a message is one that the platform has.
    SysTopicUnknown = "sys-topic-unknown" Topic,
    /// Who may publish what the platform says.
    SysTopicDown = "sys-topic-down" Topic,
    /// The QoS of a message.
    SysQos = "sys-qos" Qos,
    /// Whether messages may be retained.
    SysRetain = "sys-retain" Retain,
    /// Whether a message at QoS 0 may be a repetition.
    SysDup = "sys-dup" Qos,
    /// The size of a message.
    SysPayloadSize = "sys-payload-size" Payload,
    /// There is a filter.
    SysFilterEmpty = "sys-filter-empty" Filter,
    /// The characters of a filter.
    SysFilterCharacters = "sys-filter-characters" Filter,
    /// The length of a filter.
    SysFilterLength = "sys-filter-length" Filter,
    /// The levels of a filter.
    SysFilterLevels = "sys-filter-levels" Filter,
    /// Where in a level a wildcard may stand.
    SysFilterMalformed = "sys-filter-malformed" Filter,
    /// In which levels a filter may have wildcards.
    SysFilterWildcard = "sys-filter-wildcard" Filter,
    /// Whose topics a device may subscribe to.
    SysFilterForeign = "sys-filter-foreign" Filter,
    /// The QoS that is asked for with a filter.
    SysFilterQos = "sys-filter-qos" Filter,
    /// How many filters a packet has.
    SysFiltersPerPacket = "sys-filters-per-packet" Filter,
    /// How many topics a device of the suite subscribes to.
    SuiteTopicsPerDevice = "suite-topics-per-device" Filter,
    /// On which topic the suite tells differences.
    SuiteDeltaTopic = "suite-delta-topic" Filter,
    /// Data points can be read.
    SuiteDataPoints = "suite-data-points" Payload,
    /// The id of data points.
    SuiteMessageId = "suite-message-id" Payload,
    /// An update of the device image can be read.
    SuiteImageUpdate = "suite-image-update" Payload,
    /// What asks for the device image is empty.
    SuiteImageGet = "suite-image-get" Payload,
    /// What logs a sub-device in or out is empty.
    SuiteSubDeviceLogin = "suite-sub-device-login" Payload,
    /// The size of the answer to a command.
    SuiteAnswerSize = "suite-answer-size" Payload,
    /// How often a command is answered.
    SuiteAnswerOnce = "suite-answer-once" Conversation,
    /// When a command is answered.
    SuiteAnswerTime = "suite-answer-time" Conversation,
    /// The size of a command.
    SuiteCommandSize = "suite-command-size" Command,
    /// How many sub-devices a gateway of the suite has.
    SuiteSubDevices = "suite-sub-devices" Conversation,
    /// How often a device of the suite logs in.
    SuiteLoginRate = "suite-login-rate" Conversation,
    /// How often a device of the suite publishes at QoS 0.
    SuiteQos0Rate = "suite-qos0-rate" Conversation,
    /// How often a device of the suite publishes at QoS 1.
    SuiteQos1Rate = "suite-qos1-rate" Conversation,
    /// How often a device of the suite subscribes.
    SuiteSubscribeRate = "suite-subscribe-rate" Conversation,
    /// How often a device of the suite unsubscribes.
    SuiteUnsubscribeRate = "suite-unsubscribe-rate" Conversation,
    /// How often a device of the suite pings.
    SuitePingRate = "suite-ping-rate" Conversation,
    /// How many topics a device of the studio subscribes to.
    StudioTopicsPerDevice = "studio-topics-per-device" Filter,
    /// A request of the studio can be read.
    StudioRequest = "studio-request" Payload,
    /// What a request of the studio may say.
    StudioLimits = "studio-limits" Payload,
    /// An answer to the studio can be read.
    StudioReply = "studio-reply" Payload,
    /// How often a device of the studio logs in.
    StudioLoginRate = "studio-login-rate" Conversation,
    /// How often a device of the studio publishes.
    StudioUplinkRate = "studio-uplink-rate" Conversation,
    /// How often a device of the studio subscribes.
    StudioSubscribeRate = "studio-subscribe-rate" Conversation,
    /// How often a device of the studio unsubscribes.
    StudioUnsubscribeRate = "studio-unsubscribe-rate" Conversation,
    /// How often a device of the studio pings.
    StudioPingRate = "studio-ping-rate" Conversation,
    /// How many bytes a device of the studio sends.
    StudioBandwidth = "studio-bandwidth" Conversation,
    /// How often the properties of a device are set.
    StudioPropertySetRate = "studio-property-set-rate" Command,
}

impl RuleId {
    /// How many there are.
    pub const COUNT: usize = IDS.len();

    /// Its text in kebab case, such as `keep-alive-range`.
    pub fn as_str(self) -> &'static str {
        IDS[self as usize].0
    }

    /// Where in a form it shows when it is broken.
    pub fn place(self) -> Place {
        IDS[self as usize].1
    }

    /// The rule that it names.
    pub fn rule(self) -> &'static Rule {
        all().nth(self as usize).expect("the lists have every rule in the order of this enum, a test says")
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

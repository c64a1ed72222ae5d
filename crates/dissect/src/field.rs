//! What there is in a frame: one name for every kind of span and bit.

/// A kind of span, or of bits in a byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    // The parts of every frame (§2)
    /// The whole frame.
    Frame,
    /// Packet type, flags and remaining length (§2.2).
    FixedHeader,
    /// The first byte: packet type and flags (§2.2.1, §2.2.2).
    FirstByte,
    /// Bits 7–4 of the first byte (§2.2.1).
    PacketType,
    /// Bits 3–0 of the first byte where they are fixed (§2.2.2).
    ReservedFlags,
    /// Bit 3 of a PUBLISH's first byte (§3.3.1.1).
    Dup,
    /// Bits 2–1 of a PUBLISH's first byte (§3.3.1.2).
    Qos,
    /// Bit 0 of a PUBLISH's first byte (§3.3.1.3).
    Retain,
    /// Bytes that follow the fixed header, in one to four bytes (§2.2.3).
    RemainingLength,
    /// One byte of the remaining length (§2.2.3).
    LengthByte,
    /// Bit 7: another byte follows (§2.2.3).
    Continuation,
    /// Bits 6–0: a digit to the base of 128, the lowest first (§2.2.3).
    LengthDigit,
    /// The part behind the fixed header (§2.3).
    VariableHeader,
    /// The part behind the variable header (§2.4).
    Payload,
    /// The two-byte length in front of a text or of bytes (§1.5.3).
    FieldLength,
    /// The packet identifier (§2.3.1).
    PacketId,

    // CONNECT (§3.1)
    /// `MQTT` (§3.1.2.1).
    ProtocolName,
    /// 4 for MQTT 3.1.1 (§3.1.2.2).
    ProtocolLevel,
    /// The byte that says what follows (§3.1.2.3).
    ConnectFlags,
    /// Bit 7 (§3.1.2.8).
    UserNameFlag,
    /// Bit 6 (§3.1.2.9).
    PasswordFlag,
    /// Bit 5 (§3.1.2.7).
    WillRetain,
    /// Bits 4–3 (§3.1.2.6).
    WillQos,
    /// Bit 2 (§3.1.2.5).
    WillFlag,
    /// Bit 1 (§3.1.2.4).
    CleanSession,
    /// Bit 0 (§3.1.2.3).
    ReservedConnectFlag,
    /// Seconds (§3.1.2.10).
    KeepAlive,
    /// The client identifier (§3.1.3.1); a device id or name at OneNET.
    ClientId,
    /// The topic of the will (§3.1.3.2).
    WillTopic,
    /// The content of the will (§3.1.3.3).
    WillMessage,
    /// The user name (§3.1.3.4); the product id at OneNET.
    UserName,
    /// The password (§3.1.3.5); auth info, key or token at OneNET. A secret.
    Password,

    // CONNACK (§3.2)
    /// The first byte behind the fixed header (§3.2.2.1).
    AcknowledgeFlags,
    /// Bits 7–1, always 0 (§3.2.2.1).
    ReservedAcknowledgeFlags,
    /// Bit 0 (§3.2.2.2).
    SessionPresent,
    /// Accepted, or why not (§3.2.2.3).
    ConnackCode,

    // PUBLISH (§3.3)
    /// The topic name (§3.3.2.1).
    TopicName,
    /// The part of a topic that says what the message is: `$creq/`, `$crsp/` (reference §1.8).
    TopicPrefix,
    /// The id that ties a command to its answer (reference §1.8, §2.4).
    CommandId,
    /// The message of a topic that has no format of its own (§3.3.3).
    Message,
    /// The body of a command (reference §1.8).
    CommandBody,
    /// The answer to a command (reference §1.8).
    CommandAnswer,

    // SUBSCRIBE, SUBACK, UNSUBSCRIBE (§3.8–§3.10)
    /// A topic filter and what is asked for it (§3.8.3).
    Subscription,
    /// A topic filter (§3.8.3, §3.10.3).
    TopicFilter,
    /// The byte behind a filter (§3.8.3).
    RequestedQosByte,
    /// Its bits 7–2, always 0 (§3.8.3).
    ReservedQosBits,
    /// Its bits 1–0 (§3.8.3).
    RequestedQos,
    /// One answer of a SUBACK (§3.9.3).
    SubackCode,

    // The payload of $dp (reference §1.6)
    /// Data points.
    DataPointPayload,
    /// The first byte of the payload.
    TypeByte,
    /// Its bit 7: a time follows.
    TimeFlag,
    /// Its bit 6, always 0.
    ReservedTypeBit,
    /// Its bits 5–0: 1 to 7.
    PayloadType,
    /// Six bytes of time.
    ShortTime,
    /// The year less 2000.
    Year,
    /// 1 to 12.
    Month,
    /// 1 to 31.
    Day,
    /// 0 to 23.
    Hour,
    /// 0 to 59.
    Minute,
    /// 0 to 59.
    Second,
    /// The two-byte length of the text behind it.
    BodyLength,
    /// The text behind its length.
    Body,
    /// Of type 2: the two-byte length of the header.
    HeaderLength,
    /// Of type 2: what the binary is, as JSON.
    Header,
    /// Of type 2: the four-byte length of the binary.
    BinaryLength,
    /// Of type 2: the bytes of the data point.
    Binary,
    /// Of types 5 and 6: the character between the parts of a field.
    InsideSeparator,
    /// Of types 5 and 6: the character between fields.
    BetweenSeparator,
    /// One of the two where it separates; the slash between levels of a topic; `&` and `=` of a token. Views may pass
    /// over it.
    Separator,
    /// Of types 5 and 6: one data point.
    TextField,
    /// Of type 7: numbered floats.
    FloatRun,
    /// Of type 7: the number of the run's first data stream.
    RunNumber,
    /// Of type 7: how many floats follow.
    RunCount,
    /// Of type 7: a little-endian single-precision float.
    Float,

    // What the payloads say, whatever they are written in (reference §1.6)
    /// The list `datastreams` of type 1.
    DataStreams,
    /// One data stream.
    DataStream,
    /// The name of a data stream.
    StreamId,
    /// The list `datapoints` of type 1.
    DataPoints,
    /// One data point.
    DataPoint,
    /// The time of a data point.
    At,
    /// The value of a data point.
    PointValue,
    /// What a binary is, for people (`desc` of type 2).
    Description,

    // Topics under $sys and $subdev (reference §2.4, §3.2)
    /// `$sys`: the tree of a device.
    SysPrefix,
    /// `$subdev`: the tree of a sub-device behind a gateway.
    SubdevPrefix,
    /// The product ID, in a topic, a login or a message.
    ProductId,
    /// The device name, in a topic, a login or a message.
    DeviceName,
    /// The service that is called, in a topic or a message.
    ServiceIdentifier,
    /// Levels of a filter that wildcards stand beside.
    TopicLevel,
    /// `+`: any one level (§4.7.1.3).
    SingleLevelWildcard,
    /// `#`: all levels from here on (§4.7.1.2).
    MultiLevelWildcard,
    /// `accepted`: the suite took it, and the message that says so.
    Accepted,
    /// `rejected`: the suite did not take it, and the message that says why.
    Rejected,
    /// `/reply` or `_reply`: the answer to a request of the studio, in a topic and as a message.
    Reply,

    // What topics of the suite are for, and their messages (reference §2.4)
    /// `dp/post/json`
    SuiteDataPoints,
    /// `cmd/request/{id}`
    CommandRequest,
    /// `cmd/response/{id}`
    CommandResponse,
    /// `image/update`
    ImageUpdate,
    /// `image/update/delta` or `image/delta`
    ImageDelta,
    /// `image/get`
    ImageGet,
    /// `login` of a sub-device.
    SubDeviceLogin,
    /// `logout` of a sub-device.
    SubDeviceLogout,
    /// `logout/notify` of a sub-device.
    LogoutNotice,
    /// `thing/json/…` and `thing/tlv/…`, which are laid out nowhere.
    ThingPassage,

    // What messages of the suite say (reference §2.4)
    /// The number that ties data points to the reply.
    SuiteMessageId,
    /// The object `dp`: data streams by their names.
    Streams,
    /// The name of a data stream in it.
    StreamName,
    /// A time in seconds since 1970; the member's value is the number.
    UnixSeconds,
    /// `err_code`; the member's value is the number with the platform's text.
    ErrorCode,
    /// `err_msg`
    ErrorMessage,
    /// `state` of a device image.
    ImageState,
    /// `desired` of a device image.
    ImageDesired,
    /// `reported` of a device image.
    ImageReported,
    /// `metadata` of a device image.
    ImageMetadata,
    /// `version` of a device image.
    ImageVersion,

    // What topics of the studio are for, and their requests (reference §3.2)
    /// `thing/property/post`
    PropertyPost,
    /// `thing/property/set`
    PropertySet,
    /// `thing/property/get`
    PropertyGet,
    /// `thing/property/desired/get`
    DesiredGet,
    /// `thing/property/desired/delete`
    DesiredDelete,
    /// `thing/event/post`
    EventPost,
    /// `thing/service/{identifier}/invoke`
    ServiceInvoke,
    /// `thing/pack/post`
    PackPost,
    /// `thing/history/post`
    HistoryPost,
    /// `thing/sub/login`
    SubLogin,
    /// `thing/sub/logout`
    SubLogout,
    /// `thing/sub/topo/add`
    TopoAdd,
    /// `thing/sub/topo/delete`
    TopoDelete,
    /// `thing/sub/topo/get`
    TopoGet,
    /// `thing/sub/topo/get/result`
    TopoResult,
    /// `thing/sub/topo/change`
    TopoChange,
    /// `thing/sub/property/get`
    SubPropertyGet,
    /// `thing/sub/property/set`
    SubPropertySet,
    /// `thing/sub/service/invoke`
    SubServiceInvoke,
    /// `ota/inform`
    OtaInform,
    /// `custome/up`
    CustomUp,
    /// `custome/down/{id}`
    CustomDown,

    // What messages of the studio say (reference §3.3)
    /// The digits that tie a request to its reply.
    StudioMessageId,
    /// `version` of a request.
    ModelVersion,
    /// `params` of a request.
    Params,
    /// `code` of a reply; the member's value is the number with the platform's text.
    ReplyCode,
    /// `msg` of a reply.
    ReplyText,
    /// `data` of a reply.
    ReplyData,
    /// The name of a property, an event, a service or a parameter.
    Identifier,
    /// A property with its value.
    Property,
    /// An event with its value.
    Event,
    /// The value of a property, an event or a parameter.
    ModelValue,
    /// A time in milliseconds since 1970; the member's value is the number.
    UnixMillis,
    /// A value and its time in a history.
    Moment,
    /// A parameter of a service or an event.
    Parameter,
    /// A property whose value is desired.
    DesiredValue,
    /// `version` of a desired value.
    DesiredVersion,
    /// What one device says in a message of many.
    Batch,
    /// `identity`: whose it is.
    Identity,
    /// `properties` of a batch.
    Properties,
    /// `events` of a batch.
    Events,
    /// A sub-device of a list.
    SubDevice,
    /// `subList`
    SubDevices,
    /// `sasToken`: the token of a sub-device. A secret.
    SubToken,
    /// `input` of a sub-device's service.
    ServiceInput,
    /// `output` of a sub-device's service.
    ServiceOutput,

    // A signed token (reference §4)
    /// All of it: a secret, as the password that it is.
    Token,
    /// The name of a parameter.
    TokenName,
    /// `version`
    TokenVersion,
    /// `res`
    TokenResource,
    /// `et`, in seconds since 1970; its value is the number.
    TokenExpiry,
    /// `method`
    TokenMethod,
    /// `sign`
    TokenSign,
    /// A parameter that tokens do not have.
    TokenUnknown,
    /// `%2F` and its like.
    TokenEscape,

    // JSON
    /// `{…}`
    JsonObject,
    /// `"name":value`
    JsonMember,
    /// The name of a member.
    JsonName,
    /// `[…]`
    JsonArray,
    /// `"…"`
    JsonString,
    /// `127.10`
    JsonNumber,
    /// `true`, `false` or `null`.
    JsonLiteral,
    /// Brackets, colons, commas and white space: what holds the rest together. Views may pass over it.
    JsonPunctuation,

    // Whatever it is written in
    /// The characters of a text, behind its length or between its separators.
    Text,
    /// Bytes without a meaning of their own.
    Bytes,
    /// What comes behind a fault, or what should not be there.
    Undecoded,
}

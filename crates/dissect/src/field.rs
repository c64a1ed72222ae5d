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
    /// The id that ties a command to its answer (reference §1.8).
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
    /// Of types 5 and 6: one of the two where it separates.
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

//! How much a platform may hold.

use std::time::Duration;

/// How much the platform may hold. The real platform publishes no such numbers; those that it does publish
/// are rules (`onenet::rules`).
///
/// With the defaults all data points hold at most 256 MB, unfinished frames and messages that wait for an
/// acknowledgement of another or for their PUBREL 64 MB each, and commands 80 MB. Besides, a device holds at most
/// about 1 MB, one of a platform with tokens about 2 MB: its topics, messages that wait for its login, those it has
/// not acknowledged, and what its product retains, a quarter each; and a connection a will of 64 KB, 1 MB of
/// frames that its shell does not poll or that are delayed by a fault, and while its rates delay it 3 MB that are not
/// answered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once. One more is closed as soon as it opens.
    pub connections: usize,
    /// The largest remaining length of a frame from a device, in bytes. The default has room for an upload
    /// of 3 MB (type 2) with its header.
    pub remaining_length: usize,
    /// Bytes of unfinished frames, and of those that rates delay, of all connections. More drops the connection that
    /// sent the last of them; and so do more of one connection
    /// than the largest frame has.
    pub unfinished_bytes: usize,
    /// Time from opening a connection to its whole CONNECT.
    pub connect_timeout: Duration,
    /// Time from a PUBREC to its PUBREL, or from the login that took the session up. The platform drops a device
    /// that takes longer (reference §1.4), after a time that nobody has published. The default is less than the
    /// silence that a keep alive of 120 s allows, and enough for an upload of 3 MB that stands before the PUBREL on
    /// a slow link.
    pub pubrel_timeout: Duration,
    /// The largest payload that is passed on to subscribers, in bytes. They do not get a larger one.
    pub message_bytes: usize,
    /// Messages at QoS 1 or 2 on their way to one device without its PUBACK or PUBCOMP: a window. The default is
    /// what EMQX has: 640 messages a second at QoS 1 and a round trip of 50 ms.
    pub in_flight: usize,
    /// Bytes of the messages in that window; a larger message goes alone. It keeps a device that acknowledges
    /// many at once from being sent more than `unpolled_bytes` at once.
    pub in_flight_bytes: usize,
    /// Bytes of the messages at QoS 1 or 2 that wait for room in the window, for one device. More drops the device:
    /// their publishers have their PUBACKs, so none may be left out. The default has room for a burst of
    /// 20,000 messages of 200 bytes or 5,000 of 1 KB, which count with about 100 bytes each besides. As many more
    /// may the messages of one device at QoS 2 have that await their PUBREL.
    pub waiting_bytes_per_device: usize,
    /// The same for all devices. No device may have more of them than are still free, so that those who never
    /// acknowledge leave room for the others; more drops it.
    pub waiting_bytes: usize,
    /// Bytes of the messages that wait for the next login of one device. More forgets the oldest ones.
    pub kept_bytes: usize,
    /// Bytes of the retained messages of one product. More forgets the oldest.
    pub retained_bytes: usize,
    /// Bytes of frames for one connection that nobody has polled yet, or that faults delay; commands aside where
    /// there are no faults. More drops the connection.
    pub unpolled_bytes: usize,
    /// Events that nobody has polled yet. More discards the oldest.
    pub unpolled_events: usize,
    /// Devices remembered. One more forgets the offline device whose login is longest ago; those that the
    /// options name or that were created are never forgotten.
    pub devices: usize,
    /// Bytes of the device image, or of the desired values, of one device. More is refused.
    pub profile_bytes: usize,
    /// Data streams of one device. One more forgets the stream whose last data point is oldest.
    pub streams_per_device: usize,
    /// Data points of one data stream. One more forgets its oldest.
    pub points_per_stream: usize,
    /// Bytes of all data points of one device. More forgets its oldest; the newest one always stays.
    pub bytes_per_device: usize,
    /// Bytes of all data points of all devices. More lets the device that holds most forget its oldest.
    pub stored_bytes: usize,
    /// Commands remembered with their answers. One more forgets the oldest.
    pub commands: usize,
    /// Bytes of all commands and answers. More forgets the oldest commands.
    pub command_bytes: usize,
}

const KILOBYTE: usize = 1_024;
const MEGABYTE: usize = 1_024 * KILOBYTE;

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_000,
            remaining_length: 3 * MEGABYTE + 80 * KILOBYTE,
            unfinished_bytes: 64 * MEGABYTE,
            connect_timeout: Duration::from_secs(10),
            pubrel_timeout: Duration::from_secs(120),
            message_bytes: 256 * KILOBYTE,
            in_flight: 32,
            in_flight_bytes: 256 * KILOBYTE,
            waiting_bytes_per_device: 8 * MEGABYTE,
            waiting_bytes: 64 * MEGABYTE,
            kept_bytes: 256 * KILOBYTE,
            retained_bytes: 256 * KILOBYTE,
            unpolled_bytes: MEGABYTE,
            unpolled_events: 65_536,
            devices: 1_000,
            profile_bytes: 64 * KILOBYTE,
            streams_per_device: 100,
            points_per_stream: 1_000,
            bytes_per_device: 256 * KILOBYTE,
            stored_bytes: 256 * MEGABYTE,
            commands: 256,
            command_bytes: 80 * MEGABYTE,
        }
    }
}

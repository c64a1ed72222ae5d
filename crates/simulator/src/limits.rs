//! How much a platform may hold.

use std::time::Duration;

/// How much the platform may hold. The real platform publishes no such numbers; those that it does publish
/// are rules (`onenet::legacy::rules`).
///
/// With the defaults a device that fills its share holds about 1.5 MB: data points, an unfinished frame,
/// topics, messages that wait for it online and offline, and what its product retains, a quarter each at
/// most. Commands hold at most 80 MB together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once. One more is closed as soon as it opens.
    pub connections: usize,
    /// The largest remaining length of a frame from a device, in bytes.
    pub remaining_length: usize,
    /// Time from opening a connection to its whole CONNECT.
    pub connect_timeout: Duration,
    /// Messages at QoS 1 on their way to one device without its PUBACK.
    pub in_flight: usize,
    /// Bytes of the messages at QoS 1 that wait for room in the window above, for one device; and bytes of
    /// those that wait for its next login. More discards the new one here and the oldest ones there.
    pub waiting_bytes: usize,
    /// Bytes of the retained messages of one product. More forgets the oldest.
    pub retained_bytes: usize,
    /// Bytes of frames for one connection that nobody has polled yet. More drops the connection.
    pub unpolled_bytes: usize,
    /// Events that nobody has polled yet. More discards the oldest.
    pub unpolled_events: usize,
    /// Devices remembered. One more forgets the offline device whose login is longest ago; those that the
    /// options name or that were created are never forgotten.
    pub devices: usize,
    /// Data streams of one device. One more forgets the stream whose last data point is oldest.
    pub streams_per_device: usize,
    /// Data points of one data stream. One more forgets its oldest.
    pub points_per_stream: usize,
    /// Bytes of all data points of one device. More forgets its oldest; the newest one always stays.
    pub bytes_per_device: usize,
    /// Commands remembered with their answers. One more forgets the oldest.
    pub commands: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_000,
            remaining_length: 256 * 1_024,
            connect_timeout: Duration::from_secs(10),
            in_flight: 16,
            waiting_bytes: 256 * 1_024,
            retained_bytes: 256 * 1_024,
            unpolled_bytes: 1_024 * 1_024,
            unpolled_events: 65_536,
            devices: 1_000,
            streams_per_device: 100,
            points_per_stream: 1_000,
            bytes_per_device: 256 * 1_024,
            commands: 256,
        }
    }
}

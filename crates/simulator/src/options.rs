//! What a platform is told once: who may log in and how much it may hold.

use std::fmt;
use std::time::Duration;

/// How a platform starts. The default knows no devices and has the default limits.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The devices that may log in. Without any, every well-formed login is accepted (reference §1.2).
    pub devices: Vec<KnownDevice>,
    /// How much the platform may hold.
    pub limits: Limits,
}

/// A device that may log in (reference §1.2).
#[derive(Clone, PartialEq, Eq)]
pub struct KnownDevice {
    /// 设备 ID, the client identifier of its CONNECT.
    pub device_id: String,
    /// 产品 ID, the user name of its CONNECT.
    pub product_id: String,
    /// 鉴权信息, the password of its CONNECT: a secret.
    pub auth_info: String,
}

impl fmt::Debug for KnownDevice {
    /// Leaves the auth info out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnownDevice")
            .field("device_id", &self.device_id)
            .field("product_id", &self.product_id)
            .finish_non_exhaustive()
    }
}

/// How much the platform may hold. Only `topics_per_device` is the real platform's number; it publishes
/// no others (reference §1.5, §1.7).
///
/// With the defaults a device that fills its share holds about 1 MB: data points, an unfinished frame,
/// topics and messages that wait for it, a quarter each at most. Commands hold at most 80 MB together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once. One more is closed as soon as it opens.
    pub connections: usize,
    /// The largest remaining length of a frame from a device, in bytes.
    pub remaining_length: usize,
    /// Time from opening a connection to its whole CONNECT.
    pub connect_timeout: Duration,
    /// Topics that one device may subscribe to (reference §1.5).
    pub topics_per_device: usize,
    /// Messages at QoS 1 on their way to one device without its PUBACK.
    pub in_flight: usize,
    /// Bytes of the messages at QoS 1 that wait for room in the window above, for one device.
    pub waiting_bytes: usize,
    /// Bytes of frames for one connection that nobody has polled yet. More drops the connection.
    pub unpolled_bytes: usize,
    /// Events that nobody has polled yet. More discards the oldest.
    pub unpolled_events: usize,
    /// Devices remembered, where the options name none. One more forgets the offline device whose login
    /// is longest ago.
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
            topics_per_device: 100,
            in_flight: 16,
            waiting_bytes: 256 * 1_024,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_secret_out_of_debug_output() {
        let device = KnownDevice {
            device_id: "29455901".to_owned(),
            product_id: "12555524".to_owned(),
            auth_info: "JHFDJF55586jhk".to_owned(),
        };
        let options = Options { devices: vec![device], limits: Limits::default() };
        assert!(!format!("{options:?}").contains("JHFDJF55586jhk"));
    }
}

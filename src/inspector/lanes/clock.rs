//! The keep-alive clock: how long the device has said nothing, and when it must (MQTT 3.1.1 §3.1.2.10).

use std::time::Duration;

/// How the keep-alive clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The login asked for no keep alive.
    Off {
        /// Since the device's last frame.
        quiet: Duration,
    },
    /// It runs.
    Runs {
        /// The longest the device may say nothing.
        keep_alive: Duration,
        /// Since the device's last frame.
        quiet: Duration,
    },
    /// A PINGREQ is out.
    Pinged {
        /// The longest the device may say nothing.
        keep_alive: Duration,
        /// Since the PINGREQ.
        since: Duration,
    },
}

/// The keep alive that a CONNECT asks for, in seconds; `None` where it is cut off before.
pub(super) fn keep_alive(body: &[u8]) -> Option<u16> {
    // protocol name with its length · level · flags · keep alive, u16 BE
    let (length, rest) = body.split_first_chunk()?;
    let rest = rest.get(usize::from(u16::from_be_bytes(*length)) + 2..)?;
    Some(u16::from_be_bytes(*rest.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_keep_alive_of_a_login() {
        assert_eq!(keep_alive(b"\x00\x04MQTT\x04\xC2\x00\x78\x00\x01d"), Some(120));
        assert_eq!(keep_alive(b"\x00\x06MQIsdp\x03\x02\x01\x00"), Some(256));
        assert_eq!(
            (keep_alive(b"\x00\x04MQTT\x04\xC2\x00"), keep_alive(b"\xFF"), keep_alive(b"")),
            (None, None, None)
        );
    }
}

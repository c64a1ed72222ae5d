//! Which of OneNET's protocols a device speaks.

use std::fmt;

use crate::sys;

/// One of the three protocols that OneNET has spoken to MQTT devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Generation {
    /// Multi-protocol access, with data points on `$dp` (reference §1).
    Legacy,
    /// The MQTT suite (MQTTS) for products with data streams, on `$sys/…/dp` (reference §2).
    Suite,
    /// Studio (OneJSON) for products with a thing model, on `$sys/…/thing` (reference §3).
    Studio,
}

impl Generation {
    /// All of them, the oldest first.
    pub const ALL: [Self; 3] = [Self::Legacy, Self::Suite, Self::Studio];

    /// Whether its password is a signed token (reference §4).
    pub fn has_tokens(self) -> bool {
        self.platform().is_some()
    }

    /// The platform with tokens that speaks it; `None` for the legacy one.
    pub fn platform(self) -> Option<sys::Platform> {
        match self {
            Self::Legacy => None,
            Self::Suite => Some(sys::Platform::Suite),
            Self::Studio => Some(sys::Platform::Studio),
        }
    }
}

impl From<sys::Platform> for Generation {
    fn from(platform: sys::Platform) -> Self {
        match platform {
            sys::Platform::Suite => Self::Suite,
            sys::Platform::Studio => Self::Studio,
        }
    }
}

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Legacy => "legacy",
            Self::Suite => "suite",
            Self::Studio => "studio",
        })
    }
}

//! Where studio's own pages show a problem: the device log (设备日志) has a code for most.

use super::problem::Problem;

impl Problem {
    /// Under which code studio's device log shows it, where that is documented (reference §3.3).
    pub fn log_code(&self) -> Option<u16> {
        match self {
            Self::Empty => Some(1101),
            Self::NoToken { .. }
            | Self::KeyHere { .. }
            | Self::Structure { .. }
            | Self::EscapedWhole
            | Self::BrokenEscape { .. }
            | Self::EtNotNumber { .. } => Some(1103),
            Self::Expired { .. } => Some(1104),
            Self::Placeholder
            | Self::SignHex
            | Self::SignHexInBase64
            | Self::SignUrlSafe { .. }
            | Self::SignSpaces { .. }
            | Self::SignPadding { .. }
            | Self::SignNotBase64 { .. }
            | Self::SignLength { .. }
            | Self::SignedWith(_)
            | Self::SignUnknown { .. } => Some(1106),
            Self::MethodCase { .. } | Self::MethodUnknown { .. } => Some(1110),
            Self::VersionUnknown { .. } => Some(1111),
            Self::Swapped
            | Self::Joined { .. }
            | Self::ProductHere { .. }
            | Self::DeviceHere { .. }
            | Self::ResForm { .. }
            | Self::ResProduct(_)
            | Self::ResDevice(_)
            | Self::ResSwapped
            | Self::ResOfProduct
            | Self::ResOfApplication => Some(1114),
            Self::Surrounded { .. }
            | Self::Quoted { .. }
            | Self::TokenHere
            | Self::ResourceHere { .. }
            | Self::SameIds
            | Self::Character { .. }
            | Self::TooLong { .. }
            | Self::LegacyLogin
            | Self::TokenForLegacy { .. }
            | Self::OtherGeneration { .. }
            | Self::EscapedTwice { .. }
            | Self::NotEscaped { .. }
            | Self::SmallEscape { .. }
            | Self::VersionOfApplications
            | Self::VersionLater
            | Self::EtMillis { .. }
            | Self::EtFar { .. }
            | Self::ClockEarly
            | Self::KeyForm(_)
            | Self::KeyUrlSafe { .. } => None,
        }
    }
}

//! How bad a problem is.

use std::fmt;

use super::problem::Problem;

/// How bad it is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The platform cannot accept it.
    WillBeRefused,
    /// It looks wrong, or nothing public says that the platform takes it.
    Probably,
    /// Worth knowing; the login can succeed.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WillBeRefused => "will be refused",
            Self::Probably => "probably",
            Self::Note => "note",
        })
    }
}

impl Problem {
    /// How bad it usually is.
    pub(super) fn severity(&self) -> Severity {
        match self {
            // Some devices log in with a raw slash (reference §4).
            Self::NotEscaped { character: '/', .. }
            | Self::SmallEscape { .. }
            | Self::VersionLater
            | Self::EtFar { .. }
            | Self::ClockEarly
            | Self::OtherGeneration { .. } => Severity::Note,
            Self::NotEscaped { .. }
            | Self::SameIds
            | Self::LegacyLogin
            | Self::TokenForLegacy { .. }
            | Self::VersionOfApplications
            | Self::VersionUnknown { .. }
            | Self::EtMillis { .. }
            // The key may be the wrong one.
            | Self::SignUnknown { .. }
            | Self::KeyForm(_)
            | Self::KeyUrlSafe { .. } => Severity::Probably,
            Self::Empty
            | Self::Surrounded { .. }
            | Self::Quoted { .. }
            | Self::TokenHere
            | Self::Joined { .. }
            | Self::ResourceHere { .. }
            | Self::Swapped
            | Self::ProductHere { .. }
            | Self::DeviceHere { .. }
            | Self::Character { .. }
            | Self::TooLong { .. }
            | Self::KeyHere { .. }
            | Self::NoToken { .. }
            | Self::Structure { .. }
            | Self::EscapedWhole
            | Self::EscapedTwice { .. }
            | Self::BrokenEscape { .. }
            | Self::ResForm { .. }
            | Self::ResProduct(_)
            | Self::ResDevice(_)
            | Self::ResSwapped
            | Self::ResOfProduct
            | Self::ResOfApplication
            | Self::EtNotNumber { .. }
            | Self::Expired { .. }
            | Self::MethodCase { .. }
            | Self::MethodUnknown { .. }
            | Self::Placeholder
            | Self::SignHex
            | Self::SignHexInBase64
            | Self::SignUrlSafe { .. }
            | Self::SignSpaces { .. }
            | Self::SignPadding { .. }
            | Self::SignNotBase64 { .. }
            | Self::SignLength { .. }
            | Self::SignedWith(_) => Severity::WillBeRefused,
        }
    }
}

//! What to do about a problem.

use super::diagnosis::Field;
use super::problem::Problem;
use crate::Generation;

/// What to do, in the field of the diagnosis where none is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Fill it in.
    FillIn,
    /// Take away what stands around the value.
    StripEnds,
    /// Type this; it is not secret.
    Type(String),
    /// Exchange client id and user name.
    Exchange,
    /// Compare it with what the platform's pages show.
    Compare,
    /// Choose this generation.
    Choose(Generation),
    /// Sign a token with the device's key, and put that here.
    SignAnew,
    /// Move the token into the password.
    MoveToPassword,
    /// Move the key into its own field, and fill this one in.
    MoveToKey,
    /// Escape every value once, with capitals.
    EscapeOnce,
    /// Copy the key from the platform's page once more, whole.
    CopyKey,
    /// See that it is the key of this device, then sign anew.
    CheckKey,
    /// Set the computer's clock.
    SetClock,
    /// Nothing has to be done.
    Nothing,
}

impl Problem {
    /// What to do about it, where it shows in `field`.
    pub(super) fn remedy(&self, field: Field) -> Remedy {
        match self {
            Self::Empty => Remedy::FillIn,
            Self::Surrounded { .. } | Self::Quoted { .. } => Remedy::StripEnds,
            Self::TokenHere => Remedy::MoveToPassword,
            Self::Joined { product, device } | Self::ResourceHere { product, device } => {
                Remedy::Type(if field == Field::Username { product } else { device }.clone())
            }
            Self::KeyHere { .. } if field != Field::Password && field != Field::Token => Remedy::MoveToKey,
            Self::Swapped => Remedy::Exchange,
            Self::ProductHere { device: text } | Self::DeviceHere { product: text } => {
                Remedy::Type(text.clone())
            }
            Self::SameIds | Self::Character { .. } | Self::TooLong { .. } => Remedy::Compare,
            Self::LegacyLogin => Remedy::Choose(Generation::Legacy),
            Self::TokenForLegacy { likely } | Self::OtherGeneration { likely } => Remedy::Choose(*likely),
            Self::EscapedWhole
            | Self::EscapedTwice { .. }
            | Self::NotEscaped { .. }
            | Self::SmallEscape { .. }
            | Self::BrokenEscape { .. }
            | Self::SignSpaces { .. } => Remedy::EscapeOnce,
            Self::KeyHere { .. }
            | Self::NoToken { .. }
            | Self::Structure { .. }
            | Self::VersionOfApplications
            | Self::VersionUnknown { .. }
            | Self::ResForm { .. }
            | Self::ResProduct(_)
            | Self::ResDevice(_)
            | Self::ResSwapped
            | Self::ResOfProduct
            | Self::ResOfApplication
            | Self::EtNotNumber { .. }
            | Self::EtMillis { .. }
            | Self::Expired { .. }
            | Self::MethodCase { .. }
            | Self::MethodUnknown { .. }
            | Self::Placeholder
            | Self::SignHex
            | Self::SignHexInBase64
            | Self::SignUrlSafe { .. }
            | Self::SignPadding { .. }
            | Self::SignNotBase64 { .. }
            | Self::SignLength { .. }
            | Self::SignedWith(_) => Remedy::SignAnew,
            Self::SignUnknown { .. } => Remedy::CheckKey,
            Self::KeyForm(_) | Self::KeyUrlSafe { .. } => Remedy::CopyKey,
            Self::ClockEarly => Remedy::SetClock,
            Self::VersionLater | Self::EtFar { .. } => Remedy::Nothing,
        }
    }
}

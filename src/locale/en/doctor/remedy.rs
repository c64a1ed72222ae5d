//! What to do about it.

use onenet::doctor::{Diagnosis, Remedy};

use crate::doctor::Spot;
use crate::locale::en::login::generation_name;

/// What to do about it, as a sentence.
pub(super) fn remedy(diagnosis: &Diagnosis, spot: Spot) -> String {
    match diagnosis.remedy() {
        Remedy::FillIn => "Fill it in.".to_owned(),
        Remedy::StripEnds => "Take away what stands around it.".to_owned(),
        Remedy::Type(text) => format!("Type {text} here."),
        Remedy::Exchange => "Exchange them.".to_owned(),
        Remedy::Compare => "Compare it with what the device's page shows.".to_owned(),
        Remedy::Choose(generation) => format!("Choose “{}”.", generation_name(generation)),
        Remedy::SignAnew if spot == Spot::Expiry => "Choose a time to come.".to_owned(),
        Remedy::SignAnew if spot == Spot::Version => "Choose 2018-10-31.".to_owned(),
        Remedy::SignAnew => "Sign a new one with the device key.".to_owned(),
        Remedy::MoveToPassword => "Move it into the token's field.".to_owned(),
        Remedy::MoveToKey => "Move it into the key's field, and fill this one in.".to_owned(),
        Remedy::EscapeOnce => "Escape each value once, with capitals.".to_owned(),
        Remedy::CopyKey => "Copy the key once more from the device's page, whole.".to_owned(),
        Remedy::CheckKey => "See that it is the key of this very device, then sign anew.".to_owned(),
        Remedy::SetClock => "Set the computer's clock.".to_owned(),
        Remedy::Nothing => "Nothing has to be done.".to_owned(),
    }
}

/// What a button does; `None` where none can.
pub(super) fn treat(remedy: &Remedy) -> Option<String> {
    Some(match remedy {
        Remedy::StripEnds => "Take it away".to_owned(),
        Remedy::Type(text) => format!("Use {text}"),
        Remedy::Exchange => "Exchange them".to_owned(),
        Remedy::Choose(generation) => format!("Choose {}", generation_name(*generation)),
        Remedy::MoveToPassword | Remedy::MoveToKey => "Move it there".to_owned(),
        Remedy::SignAnew => "Sign in this page".to_owned(),
        Remedy::EscapeOnce => "Escape the values".to_owned(),
        Remedy::FillIn
        | Remedy::Compare
        | Remedy::CopyKey
        | Remedy::CheckKey
        | Remedy::SetClock
        | Remedy::Nothing => return None,
    })
}

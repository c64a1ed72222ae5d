//! What is wrong with a login, in sentences.

use onenet::Generation;
use onenet::doctor::{Diagnosis, Difference, Mistake, Problem};
use onenet::token::{ResourceProblem, TokenProblem, escape};

use crate::doctor::Spot;
use crate::locale::en::login::{generation_name, key_problem, length};

/// What is wrong, as a sentence or two.
pub(super) fn problem(diagnosis: &Diagnosis, spot: Spot, generation: Generation) -> String {
    let name = spot_name(spot, generation);
    match &diagnosis.problem {
        Problem::Empty => format!("The {name} is empty."),
        Problem::Surrounded { character, offset } => {
            format!("{} at byte {offset} of the {name} does not belong to it.", unseen(*character))
        }
        Problem::Quoted { character, offset } => {
            format!("The quotation mark {character} at byte {offset} of the {name} does not belong to it.")
        }
        Problem::TokenHere => format!("A token stands in the field of the {name}."),
        Problem::Joined { product, device } => {
            format!(
                "The {name} joins the product ID {product} and the device name {device}. OneNET has a field for each."
            )
        }
        Problem::ResourceHere { product, device } => format!(
            "The {name} is what a token is for (res), with the product {product} and the device {device}. OneNET has a field for each."
        ),
        Problem::Swapped => {
            format!("{} and product ID are exchanged.", spot_title(generation))
        }
        Problem::ProductHere { device } => {
            format!("The product ID stands in the field of the {name}. The token is for the device {device}.")
        }
        Problem::DeviceHere { product } => {
            format!(
                "The device name stands in the field of the {name}. The token is for the product {product}."
            )
        }
        Problem::SameIds => format!("{} and product ID are the same.", spot_title(generation)),
        Problem::Character { character, offset } => {
            format!(
                "{} at byte {offset} of the {name} cannot stand there: {}.",
                unseen(*character),
                allowed(spot, generation)
            )
        }
        Problem::TooLong { length, limit } => {
            format!("The {name} has {length} bytes; {limit} is the most that one has.")
        }

        Problem::LegacyLogin => {
            "Two numbers and no token: this is a login to the legacy platform ($dp).".to_owned()
        }
        Problem::TokenForLegacy { likely } => format!(
            "The auth info is a token, which the legacy platform does not read. By its product ID, it is for {}.",
            generation_name(*likely)
        ),
        Problem::OtherGeneration { likely } => {
            format!("This product ID looks like one of {}.", generation_name(*likely))
        }

        Problem::KeyHere { length, same } => {
            let which = if *same { ", the one of the key's field" } else { "" };
            format!(
                "The {length} characters in the field of the {name} are a key{which}. Keys sign tokens and are never sent."
            )
        }
        Problem::NoToken { length } => {
            format!("These {length} bytes are no token: it has version, res, et, method and sign.")
        }
        Problem::Structure { offset, problem } => structure(*offset, problem),

        Problem::EscapedWhole => {
            "The token was escaped as a whole: its = and & became %3D and %26. Only the values are escaped."
                .to_owned()
        }
        Problem::EscapedTwice { parameter, offset } => {
            format!("The value of {parameter} was escaped twice: %25 at byte {offset} should be a mere %.")
        }
        Problem::NotEscaped { parameter, offset, character } => format!(
            "{character} in {parameter} at byte {offset} is not escaped; it is written {}.",
            escape(&character.to_string())
        ),
        Problem::SmallEscape { parameter, offset } => format!(
            "The escape in {parameter} at byte {offset} has small letters; the documents write capitals, such as %2F."
        ),
        Problem::BrokenEscape { parameter, offset } => format!(
            "The escape in {parameter} at byte {offset} is none: behind % come two hex digits, and together they are UTF-8."
        ),

        Problem::VersionOfApplications => {
            "version is 2020-05-29, the one for applications; devices have 2018-10-31.".to_owned()
        }
        Problem::VersionLater => "version is 2022-05-01: in use, but in no document.".to_owned(),
        Problem::VersionUnknown { found } => {
            format!("version begins with {found:?}, which is none; devices have 2018-10-31.")
        }

        Problem::ResForm { offset, problem } => {
            format!("res is not products/…/devices/…: at byte {offset} of it {}.", resource(*problem))
        }
        Problem::ResProduct(difference) => format!("res names another product. {}", differs(difference)),
        Problem::ResDevice(difference) => format!("res names another device. {}", differs(difference)),
        Problem::ResSwapped => {
            "res has product and device exchanged: the product comes first. The fields are right.".to_owned()
        }
        Problem::ResOfProduct => {
            "res names a product and no device: such a token is for the HTTP API.".to_owned()
        }
        Problem::ResOfApplication => {
            "res names a user or a group: such a token is for applications.".to_owned()
        }

        Problem::EtNotNumber { offset } => {
            format!("et is no whole number of seconds: byte {offset} of it cannot stand there.")
        }
        Problem::EtMillis { seconds } => {
            format!("et counts milliseconds; in seconds it is {seconds}.")
        }
        Problem::Expired { seconds } => format!("The token expired {} ago.", length(*seconds)),
        Problem::EtFar { seconds } => {
            format!(
                "The token lasts for {}: either it is meant to, or this computer's clock is wrong.",
                length(*seconds)
            )
        }
        Problem::ClockEarly => "This computer's clock shows a time before there were tokens.".to_owned(),

        Problem::MethodCase { found, right } => {
            format!("method is {found:?} and must be written {right}: the name is signed as it is written.")
        }
        Problem::MethodUnknown { found, nearest } => {
            let nearest =
                nearest.map_or_else(String::new, |nearest| format!(" {nearest} is probably meant."));
            format!("method begins with {found:?}, which is none of md5, sha1 and sha256.{nearest}")
        }

        Problem::Placeholder => {
            "sign is the placeholder of the official examples (ZjA1NzZl…): it signs nothing.".to_owned()
        }
        Problem::SignHex => {
            "sign is the digest in hex; it must be the Base64 of the digest's bytes.".to_owned()
        }
        Problem::SignHexInBase64 => {
            "sign is the Base64 of the digest in hex; it must be the Base64 of the digest's bytes.".to_owned()
        }
        Problem::SignUrlSafe { offset } => {
            format!("sign is url-safe Base64: byte {offset} of it is - or _, where + or / belongs.")
        }
        Problem::SignSpaces { offset } => {
            format!(
                "sign has a space at byte {offset} of it, where + was: something has read the token as a web form."
            )
        }
        Problem::SignPadding { expected, found } => {
            format!("sign ends with {found} =, and its length asks for {expected}.")
        }
        Problem::SignNotBase64 { offset } => format!("sign is no Base64 from byte {offset} of it on."),
        Problem::SignLength { found, method, fitting } => {
            let fitting = fitting.map_or_else(String::new, |fitting| format!(" {fitting} makes as many."));
            format!("sign has {found} bytes, and {method} makes {}.{fitting}", method.length())
        }
        Problem::SignedWith(mistakes) => {
            format!("sign was made with this key, but wrongly: {}.", listed(mistakes))
        }
        Problem::SignUnknown { .. } => "This key does not make this sign of these values.".to_owned(),

        Problem::KeyForm(error) => key_problem(*error),
        Problem::KeyUrlSafe { offset } => {
            format!("The key is url-safe Base64: byte {offset} is - or _, where + or / belongs.")
        }
    }
}

fn structure(offset: usize, problem: &TokenProblem) -> String {
    match problem {
        TokenProblem::Unknown { name } => {
            format!("At byte {offset} the token has the parameter {name:?}, which no token has.")
        }
        TokenProblem::Doubled(parameter) => {
            format!("At byte {offset} the token has {parameter} for the second time.")
        }
        TokenProblem::NoValue(parameter) => {
            format!("At byte {offset} the token has {parameter} without a value.")
        }
        TokenProblem::Missing(parameter) => format!("The token has no {parameter}."),
        TokenProblem::NoToken
        | TokenProblem::Escape(..)
        | TokenProblem::Version
        | TokenProblem::Res(_)
        | TokenProblem::Et
        | TokenProblem::Method
        | TokenProblem::Sign => format!("The token cannot be read from byte {offset} on."),
    }
}

fn resource(problem: ResourceProblem) -> String {
    match problem {
        ResourceProblem::Level => "something else stands".to_owned(),
        ResourceProblem::Ends => "it breaks off".to_owned(),
        ResourceProblem::EmptyName => "a name is empty".to_owned(),
        ResourceProblem::Character(character) => format!("stands {}, which no name has", unseen(character)),
    }
}

fn differs(difference: &Difference) -> String {
    let Difference { token, form, offset } = difference;
    let how = if difference.is_case_only() {
        "only capitals differ".to_owned()
    } else {
        format!("they differ from byte {offset} on")
    };
    format!("The token has {token:?} and the form {form:?}: {how}.")
}

fn listed(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(mistake).collect::<Vec<_>>().join("; ")
}

/// A mistake that signing may have made.
pub(super) fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::KeyText => "the key's text signed, not the bytes that its Base64 means".to_owned(),
        Mistake::Hash(method) => format!("signed with {method}"),
        Mistake::MethodName(name) => format!("{name:?} signed as the method's name"),
        Mistake::EscapedRes => "res signed with its escapes".to_owned(),
        Mistake::ResOfForm => "the device of the form signed, not that of res".to_owned(),
        Mistake::ResOfProduct => "the product alone signed as res".to_owned(),
        Mistake::OtherVersion(version) => format!("version {version} signed"),
        Mistake::EtSeconds => "et in seconds in the text to sign".to_owned(),
        Mistake::EtMillis => "et in milliseconds in the text to sign".to_owned(),
        Mistake::LastLineBreak => "a line break behind the last line".to_owned(),
        Mistake::CarriageReturns => "\\r\\n for each line break".to_owned(),
        Mistake::WrittenLineBreaks => "a backslash and an n for each line break".to_owned(),
        Mistake::NoLineBreaks => "no line breaks".to_owned(),
        Mistake::TokenOrder => "the values in the order of the token".to_owned(),
    }
}

/// A character, by name where it cannot be seen.
fn unseen(character: char) -> String {
    match character {
        ' ' => "A space".to_owned(),
        '\n' | '\r' => "A line break".to_owned(),
        '\t' => "A tab".to_owned(),
        character
            if character.is_control()
                || character.is_whitespace()
                || !character.is_alphanumeric() && !character.is_ascii() =>
        {
            format!("{character} (U+{:04X})", u32::from(character))
        }
        character => format!("“{character}”"),
    }
}

fn allowed(spot: Spot, generation: Generation) -> &'static str {
    match (generation.has_tokens(), spot) {
        (false, _) => "it has digits only",
        (true, Spot::ClientId) => "it has letters, digits, _ and - only",
        (true, _) => "it has letters and digits only",
    }
}

/// The first of both ids, at the beginning of a sentence.
fn spot_title(generation: Generation) -> &'static str {
    if generation.has_tokens() { "Device name" } else { "Device ID" }
}

fn spot_name(spot: Spot, generation: Generation) -> &'static str {
    match spot {
        Spot::Generation => "choice",
        Spot::ClientId if generation.has_tokens() => "device name",
        Spot::ClientId => "device ID",
        Spot::Username => "product ID",
        Spot::AuthInfo => "auth info",
        Spot::Token => "token",
        Spot::Key => "key",
        Spot::Expiry => "expiry",
        Spot::Version => "version",
        Spot::Clock => "clock",
    }
}

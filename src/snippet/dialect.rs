//! The languages in which a program can be had.

use super::recipe::Recipe;
use super::{arduino, at, c, mosquitto, python};
use crate::locale::{Language, Words};

/// A language of programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Python with paho-mqtt, 1.x or 2.x.
    Python,
    /// The frames as byte arrays of C.
    C,
    /// `mosquitto_pub` in a POSIX shell.
    Mosquitto,
    /// Arduino with PubSubClient.
    Arduino,
    /// AT commands of an ESP8266.
    At,
}

/// Every dialect, in the order in which they are offered.
pub const DIALECTS: [Dialect; 5] =
    [Dialect::Python, Dialect::C, Dialect::Mosquitto, Dialect::Arduino, Dialect::At];

impl Dialect {
    /// The program, its comments in `language`.
    pub fn write(self, recipe: &Recipe, language: Language) -> String {
        let words: &Words = language.words();
        match self {
            Self::Python => python::write(recipe, words),
            Self::C => c::write(recipe, words),
            Self::Mosquitto => mosquitto::write(recipe, words),
            Self::Arduino => arduino::write(recipe, words),
            Self::At => at::write(recipe, words),
        }
    }

    /// A text that names it in a list of choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::C => "c",
            Self::Mosquitto => "mosquitto",
            Self::Arduino => "arduino",
            Self::At => "at",
        }
    }

    /// The dialect that a text names; Python where it names none.
    pub fn from_key(key: &str) -> Self {
        DIALECTS.into_iter().find(|dialect| dialect.key() == key).unwrap_or(Self::Python)
    }
}

#[cfg(test)]
mod tests;

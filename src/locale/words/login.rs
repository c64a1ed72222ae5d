//! What goes into which field of a login, generation by generation.

use onenet::Generation;
use onenet::token::Version;

use crate::connect::{Destination, Lifetime, TokenSource};

/// The words of the fields of a login, and of what a platform answers to it.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct LoginWords {
    pub generation: &'static str,
    pub generation_name: fn(Generation) -> &'static str,
    pub generation_hint: fn(Generation) -> &'static str,
    /// The place, and what devices there speak.
    pub misdirected: fn(&Destination) -> String,

    pub client_id: fn(Generation) -> &'static str,
    /// `None` where the label says it all.
    pub client_id_hint: fn(Generation) -> Option<&'static str>,
    pub product_id: &'static str,
    pub product_id_hint: fn(Generation) -> Option<&'static str>,
    pub secret: fn(Generation) -> &'static str,

    pub source: &'static str,
    pub source_name: fn(TokenSource) -> &'static str,
    pub key: &'static str,
    pub key_hint: &'static str,
    pub token_hint: &'static str,
    pub key_to_check: &'static str,
    pub key_to_check_hint: &'static str,
    pub method: &'static str,
    pub version: &'static str,
    pub version_name: fn(&Version) -> String,
    pub lifetime: &'static str,
    pub lifetime_name: fn(Lifetime) -> &'static str,
    pub expiry: &'static str,
    pub expiry_hint: &'static str,
}

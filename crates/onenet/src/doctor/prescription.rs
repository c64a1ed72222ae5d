//! The login that is right, where the key is known.

use super::case::Case;
use super::claim::{nearest, seconds};
use super::diagnosis::Findings;
use super::form::Form;
use super::key::TypedKey;
use super::password::Written;
use crate::token::{Claims, Key, Method, Parameter, Resource, Token};

/// A year of 365 days, in seconds: how long a prescribed token lasts where nothing else is said.
pub const YEAR: u64 = 31_536_000;

/// What to type. The token is a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prescription {
    /// The client identifier: 设备名称.
    pub client_id: String,
    /// The user name: 产品 ID.
    pub username: String,
    /// The password; [`Claims::steps`] shows how it comes about.
    pub token: Token,
    /// The key that signed it.
    pub key: Key,
}

/// The right login for a form, if the platform has tokens, the key can be read, and client id and user name name a
/// device.
///
/// Expiry and method are those of the token that was typed, where they can be kept: an expiry that is over becomes a
/// year from now, and a method that is none becomes the one it seems to mean, or `sha256`.
pub fn prescribe(case: &Case<'_>) -> Option<Prescription> {
    if !case.generation.has_tokens() {
        return None;
    }
    let mut ignored = Findings::default();
    let key = TypedKey::of(case, &mut ignored)?.key?;
    let written = Written::all(case);
    let Form { product, device } = Form::of(case, &written, &mut ignored);
    let res = Resource::device(&product, &device).ok()?;
    let said = |parameter| written.iter().find_map(|text| text.value(parameter)).map(|value| value.text);
    let et = said(Parameter::Et).and_then(|text| seconds(&text)).filter(|et| *et > case.now);
    let method = said(Parameter::Method).and_then(|text| nearest(&text)).unwrap_or(Method::Sha256);
    let claims = Claims::device(res, et.unwrap_or(case.now.saturating_add(YEAR)), method);
    Some(Prescription { client_id: device, username: product, token: claims.sign(&key), key })
}

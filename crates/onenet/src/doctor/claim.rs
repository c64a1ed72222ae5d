//! What a token claims, compared with the form and the clock.

use super::case::Case;
use super::diagnosis::{Difference, Field, Findings};
use super::form::Form;
use super::key::TypedKey;
use super::password::Written;
use super::prescription::YEAR;
use super::problem::Problem;
use super::sign::{self, Said};
use crate::token::{Method, Parameter, Resource, Version, parse_et};

/// No expiry in seconds has so many digits before the year 33658, and every one in milliseconds has since 2001.
const MILLIS: u64 = 1_000_000_000_000;

/// Looks at every value of a token that there is.
pub(super) fn check(
    case: &Case<'_>,
    written: &Written<'_>,
    form: &Form,
    key: Option<&TypedKey<'_>>,
    found: &mut Findings,
) {
    if !written.is_token() {
        return;
    }
    let field = written.field;
    let value = |parameter| written.value(parameter).map(|value| value.text);
    let [version_text, res_text, et_text, method_text, sign_text] = Parameter::ALL.map(value);
    let is_application = res_text.as_deref().is_some_and(is_application);
    if let Some(text) = &version_text
        && let Some(problem) = version(text, is_application)
    {
        found.add(field, problem);
    }
    if let Some(text) = &res_text {
        res(field, text, form, found);
    }
    if let Some(text) = &et_text {
        et(field, text, case.now, found);
    }
    if let Some(text) = &method_text
        && let Some(problem) = method(text)
    {
        found.add(field, problem);
    }
    let Some(sign) = sign_text else { return };
    let signed = [version_text, res_text, et_text, method_text];
    let is_whole = signed.iter().all(Option::is_some);
    let [version, res, et, method] = signed.map(Option::unwrap_or_default);
    sign::check(field, &Said { version, res, et, method, sign, is_whole }, form, key, found);
}

fn version(text: &str, is_application: bool) -> Option<Problem> {
    match Version::parse(text) {
        Ok(version) if version == Version::DEVICE => None,
        // The resource is told to be that of an application already.
        Ok(version) if version == Version::APPLICATION && is_application => None,
        Ok(version) if version == Version::APPLICATION => Some(Problem::VersionOfApplications),
        Ok(version) if version == Version::LATER => Some(Problem::VersionLater),
        Ok(_) | Err(_) => Some(Problem::VersionUnknown { found: clipped(text) }),
    }
}

fn is_application(res: &str) -> bool {
    matches!(Resource::parse(res), Ok(Resource::User { .. } | Resource::Group { .. }))
}

fn res(field: Field, text: &str, form: &Form, found: &mut Findings) {
    let (named_product, named_device) = match Resource::parse(text) {
        Ok(Resource::Device { product, device }) => (product, Some(device)),
        Ok(Resource::Product { product }) => (product, None),
        Ok(Resource::User { .. } | Resource::Group { .. }) => {
            return found.add(field, Problem::ResOfApplication);
        }
        Err(error) => {
            return found.add(field, Problem::ResForm { offset: error.offset, problem: error.problem });
        }
    };
    // What is empty is told there.
    let differs = |named: &str, typed: &str| {
        Difference::between(named, typed).filter(|difference| !difference.form.is_empty())
    };
    let is_exchanged = named_product.as_str() != form.product
        && named_product.as_str() == form.device
        && named_device.as_ref().is_some_and(|device| device.as_str() == form.product);
    if is_exchanged {
        return found.add(field, Problem::ResSwapped);
    }
    if let Some(difference) = differs(named_product.as_str(), &form.product) {
        found.add(field, Problem::ResProduct(difference));
    }
    let Some(device) = named_device else { return found.add(field, Problem::ResOfProduct) };
    if let Some(difference) = differs(device.as_str(), &form.device) {
        found.add(field, Problem::ResDevice(difference));
    }
}

fn et(field: Field, text: &str, now: u64, found: &mut Findings) {
    let et: u64 = match parse_et(text) {
        Ok(et) => et,
        Err(offset) => return found.add(field, Problem::EtNotNumber { offset }),
    };
    let seconds = if et >= MILLIS { et / 1_000 } else { et };
    if et >= MILLIS {
        found.add(field, Problem::EtMillis { seconds });
    }
    if seconds < now {
        found.add(field, Problem::Expired { seconds: now - seconds });
    } else if seconds - now > 10 * YEAR {
        found.add(field, Problem::EtFar { seconds: seconds - now });
    }
}

/// An expiry in seconds, where it can be read.
pub(super) fn seconds(text: &str) -> Option<u64> {
    let et = parse_et(text).ok()?;
    Some(if et >= MILLIS { et / 1_000 } else { et })
}

fn method(text: &str) -> Option<Problem> {
    if Method::parse(text).is_ok() {
        return None;
    }
    let found = clipped(text);
    Some(match Method::parse(&text.to_ascii_lowercase()) {
        Ok(right) => Problem::MethodCase { found, right },
        Err(_) => Problem::MethodUnknown { found, nearest: nearest(text) },
    })
}

/// What a name such as `HMAC-SHA1` or `sha_256` means.
pub(super) fn nearest(text: &str) -> Option<Method> {
    let letters: String =
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    Method::ALL.into_iter().find(|method| letters.ends_with(method.as_str()))
}

/// The beginning of a value that is none of its parameter: what stands there may be meant for another.
fn clipped(text: &str) -> String {
    text.chars().take(12).collect()
}

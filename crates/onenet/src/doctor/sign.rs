//! The signature: its spelling, and with the key how it came about.

use data_encoding::{BASE64, BASE64_NOPAD, HEXLOWER_PERMISSIVE};

use super::diagnosis::{Field, Findings};
use super::form::Form;
use super::key::{TypedKey, from_url_safe};
use super::mistake::Mistake;
use super::problem::Problem;
use super::search::{Outcome, search};
use crate::token::Method;

/// How the sign of all official examples begins: a placeholder (reference §4).
const PLACEHOLDER: &str = "ZjA1NzZl";

/// The values of a token as they are written, without escapes.
pub(super) struct Said {
    pub(super) version: String,
    pub(super) res: String,
    pub(super) et: String,
    pub(super) method: String,
    pub(super) sign: String,
    /// Whether all of them are there. Otherwise there is nothing that could have been signed.
    pub(super) is_whole: bool,
}

/// Looks at a signature.
pub(super) fn check(
    field: Field,
    said: &Said,
    form: &Form,
    key: Option<&TypedKey<'_>>,
    found: &mut Findings,
) {
    if said.sign.starts_with(PLACEHOLDER) {
        return found.add(field, Problem::Placeholder);
    }
    let (digest, problem) = digest(&said.sign);
    if let Some(problem) = problem {
        found.add(field, problem);
    }
    let Some(digest) = digest else { return };
    let made_by = Method::ALL.into_iter().find(|method| method.length() == digest.len());
    let tried = match (key, made_by) {
        (Some(key), Some(made_by)) if said.is_whole => Some(search(said, form, key, made_by, &digest)),
        _ => None,
    };
    let has_other_hash = match &tried {
        Some(Outcome::With(mistakes)) => mistakes.iter().any(|mistake| matches!(mistake, Mistake::Hash(_))),
        Some(Outcome::Unknown(_)) | None => false,
    };
    if let Ok(method) = Method::parse(&said.method)
        && made_by != Some(method)
        && !has_other_hash
    {
        let length = Problem::SignLength { found: digest.len(), method, fitting: made_by };
        found.add(field, length);
    }
    match tried {
        Some(Outcome::With(mistakes)) if !mistakes.is_empty() => {
            found.add(field, Problem::SignedWith(mistakes));
        }
        // Without the key's bytes, the right way could not be tried.
        Some(Outcome::Unknown(tried)) if key.is_some_and(|key| key.key.is_some()) => {
            found.add(field, Problem::SignUnknown { tried });
        }
        Some(Outcome::Unknown(_) | Outcome::With(_)) | None => {}
    }
}

/// The bytes that a sign means, and what is wrong with its spelling.
fn digest(sign: &str) -> (Option<Vec<u8>>, Option<Problem>) {
    if let Some(digest) = hex(sign) {
        return (Some(digest), Some(Problem::SignHex));
    }
    let spaced = sign.replace(' ', "+");
    let standard = from_url_safe(&spaced);
    let digits = standard.trim_end_matches('=');
    let foreign = digits.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/')));
    let not_base64 = |offset| (None, Some(Problem::SignNotBase64 { offset }));
    if let Some(offset) = foreign {
        return not_base64(offset);
    }
    let digest = match BASE64_NOPAD.decode(digits.as_bytes()) {
        Ok(digest) => digest,
        Err(error) => return not_base64(error.position),
    };
    if let Some(digest) = std::str::from_utf8(&digest).ok().and_then(hex) {
        return (Some(digest), Some(Problem::SignHexInBase64));
    }
    // Only the first is told: putting it right needs the whole token anew.
    let problem = if let Some(offset) = sign.find(' ') {
        Some(Problem::SignSpaces { offset })
    } else if let Some(offset) = sign.find(['-', '_']) {
        Some(Problem::SignUrlSafe { offset })
    } else {
        let found = standard.len() - digits.len();
        let expected = BASE64.encode_len(digest.len()) - digits.len();
        (found != expected).then_some(Problem::SignPadding { expected, found })
    };
    (Some(digest), problem)
}

/// A digest in hex.
fn hex(text: &str) -> Option<Vec<u8>> {
    let digest = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
    Method::ALL.into_iter().any(|method| method.length() == digest.len()).then_some(digest)
}

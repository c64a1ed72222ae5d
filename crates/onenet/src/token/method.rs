//! Which hash a token is signed with.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::Sha256;

/// The hash of a signature. Its name is signed with it, so spelling and case matter (reference §4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// `md5`, 16 bytes.
    Md5,
    /// `sha1`, 20 bytes.
    Sha1,
    /// `sha256`, 32 bytes.
    Sha256,
}

impl Method {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Md5, Self::Sha1, Self::Sha256];

    /// Takes exactly the three names.
    ///
    /// # Errors
    ///
    /// Any other text, `SHA1` too.
    pub fn parse(text: &str) -> Result<Self, MethodError> {
        Self::ALL.into_iter().find(|method| method.as_str() == text).ok_or(MethodError)
    }

    /// Its name as it is signed and written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
        }
    }

    /// How many bytes a signature has.
    pub fn length(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }

    /// The HMAC of `text` (RFC 2104), with a key of any length.
    pub fn mac(self, key: &[u8], text: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => mac::<Hmac<Md5>>(key, text),
            Self::Sha1 => mac::<Hmac<Sha1>>(key, text),
            Self::Sha256 => mac::<Hmac<Sha256>>(key, text),
        }
    }

    /// Whether `sign` is that HMAC. Takes as long for a wrong one as for the right one.
    pub(super) fn verify(self, key: &[u8], text: &[u8], sign: &[u8]) -> bool {
        match self {
            Self::Md5 => prepared::<Hmac<Md5>>(key, text).verify_slice(sign),
            Self::Sha1 => prepared::<Hmac<Sha1>>(key, text).verify_slice(sign),
            Self::Sha256 => prepared::<Hmac<Sha256>>(key, text).verify_slice(sign),
        }
        .is_ok()
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn mac<M: Mac + KeyInit>(key: &[u8], text: &[u8]) -> Vec<u8> {
    prepared::<M>(key, text).finalize().into_bytes().to_vec()
}

fn prepared<M: Mac + KeyInit>(key: &[u8], text: &[u8]) -> M {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("HMAC hashes a key that is too long");
    mac.update(text);
    mac
}

/// A name of no method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("method is none of md5, sha1 and sha256")]
pub struct MethodError;

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn signs_as_the_published_examples_do() {
        // RFC 2202 and RFC 4231, each test case 2.
        for (method, digest) in [
            (Method::Md5, "750c783e6ab0b503eaa86e310a5db738"),
            (Method::Sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            (Method::Sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        ] {
            let mac = method.mac(b"Jefe", b"what do ya want for nothing?");
            assert_eq!(HEXLOWER.encode(&mac), digest);
            assert_eq!(mac.len(), method.length());
        }
    }

    #[test]
    fn names_are_exact() {
        for method in Method::ALL {
            assert_eq!(Method::parse(method.as_str()), Ok(method));
        }
        for text in ["", "SHA1", "sha-1", "md5 ", "sha512"] {
            assert_eq!(Method::parse(text), Err(MethodError), "{text}");
        }
    }
}

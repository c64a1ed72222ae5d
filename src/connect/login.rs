//! Who logs in, and what proves it: a text, or a key that signs a fresh token at every login.

use std::fmt;

use onenet::token::{Claims, Key, Method, Resource, Version};

/// Who logs in.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// 设备 ID or 设备名称, sent as client identifier.
    pub client_id: String,
    /// 产品 ID, sent as user name.
    pub username: String,
    /// What becomes the password.
    pub proof: Proof,
}

/// What becomes the password: a secret.
#[derive(Clone, PartialEq, Eq)]
pub enum Proof {
    /// This text: auth info, or a token that was signed elsewhere.
    Text(String),
    /// A token that is signed when it is needed.
    Signed(Signing),
}

/// How tokens are signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Signing {
    /// The key: a secret.
    pub key: Key,
    /// Which rules the token follows.
    pub version: Version,
    /// The device that it is for.
    pub res: Resource,
    /// How it is signed.
    pub method: Method,
    /// How long it is good for.
    pub validity: Validity,
}

/// How long a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// So many seconds from the login on.
    For(u64),
    /// Until then, in seconds since 1970 UTC.
    Until(u64),
}

impl Login {
    /// The password of a login at `now`, in seconds since 1970 UTC: a secret.
    pub fn password(&self, now: u64) -> String {
        match &self.proof {
            Proof::Text(text) => text.clone(),
            Proof::Signed(signing) => signing.claims(now).sign(&signing.key).write(),
        }
    }
}

impl Signing {
    /// What a token signed at `now` says, in seconds since 1970 UTC.
    pub fn claims(&self, now: u64) -> Claims {
        Claims {
            version: self.version.clone(),
            res: self.res.clone(),
            et: self.validity.expiry(now),
            method: self.method,
        }
    }
}

impl Validity {
    /// When a token signed at `now` expires, both in seconds since 1970 UTC.
    pub fn expiry(self, now: u64) -> u64 {
        match self {
            Self::For(seconds) => now.saturating_add(seconds),
            Self::Until(et) => et,
        }
    }
}

impl fmt::Debug for Login {
    /// Leaves the proof out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("client_id", &self.client_id)
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use onenet::token::Token;

    use super::*;

    fn login(validity: Validity) -> Login {
        let proof = Proof::Signed(Signing {
            key: Key::parse("5XHGxLb9").unwrap(),
            version: Version::DEVICE,
            res: Resource::device("321016", "board").unwrap(),
            method: Method::Sha1,
            validity,
        });
        Login { client_id: "board".to_owned(), username: "321016".to_owned(), proof }
    }

    #[test]
    fn every_login_has_a_token_that_is_fresh_and_signed_by_the_key() {
        let login = login(Validity::For(60));
        for now in [1_700_000_000, 1_700_000_061] {
            let token = Token::parse(&login.password(now)).unwrap().token;
            assert_eq!(token.claims.et, now + 60);
            assert!(token.verify(&Key::parse("5XHGxLb9").unwrap()));
        }
    }

    #[test]
    fn an_expiry_that_is_fixed_stays_where_it_is() {
        let login = login(Validity::Until(1_800_000_000));
        assert_eq!(login.password(1), login.password(2_000_000_000));
    }

    #[test]
    fn keeps_the_secret_out_of_debug_output() {
        assert_eq!(
            format!("{:?}", login(Validity::For(60))),
            r#"Login { client_id: "board", username: "321016", .. }"#
        );
    }
}

//! What is typed where a login needs a token: a key that signs one here, or one that was signed elsewhere.

use std::fmt;

use onenet::Timestamp;
use onenet::token::{Key, KeyError, Method, Version};

use crate::connect::login::Validity;

/// The texts and choices about the token, as typed.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenForm {
    /// Where the token comes from.
    pub source: TokenSource,
    /// The key of the device, as the platform shows it: a secret. Beside a pasted token it is there to check with.
    pub key: String,
    /// The token that was pasted: a secret.
    pub token: String,
    /// How tokens are signed here.
    pub method: Method,
    /// How long they are good for.
    pub lifetime: Lifetime,
    /// The moment for [`Lifetime::Until`], as typed.
    pub expiry: String,
    /// Which rules they follow.
    pub version: Version,
}

/// Where the token of a login comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenSource {
    /// The page signs one at every login.
    Key,
    /// It was pasted.
    Pasted,
}

impl TokenSource {
    /// All of them, as they are offered.
    pub const ALL: [Self; 2] = [Self::Key, Self::Pasted];

    /// A text that names it in a list of choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Pasted => "pasted",
        }
    }
}

/// How long a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// An hour from the login on.
    Hour,
    /// A day.
    Day,
    /// Thirty days.
    Month,
    /// 365 days.
    Year,
    /// Until a moment that is typed.
    Until,
}

impl Lifetime {
    /// All of them, as they are offered.
    pub const ALL: [Self; 5] = [Self::Hour, Self::Day, Self::Month, Self::Year, Self::Until];

    /// A text that names it in a list of choices.
    pub fn key(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
            Self::Until => "until",
        }
    }

    /// In seconds, `None` where it is a moment.
    fn seconds(self) -> Option<u64> {
        const HOUR: u64 = 3_600;
        match self {
            Self::Hour => Some(HOUR),
            Self::Day => Some(24 * HOUR),
            Self::Month => Some(30 * 24 * HOUR),
            Self::Year => Some(365 * 24 * HOUR),
            Self::Until => None,
        }
    }
}

/// The versions that are offered: see [`Version`].
pub const VERSIONS: [Version; 3] = [Version::DEVICE, Version::APPLICATION, Version::LATER];

impl TokenForm {
    /// An empty one that signs with this key.
    pub(super) fn with_key(key: &str) -> Self {
        Self {
            source: TokenSource::Key,
            key: key.to_owned(),
            token: String::new(),
            method: Method::Sha256,
            lifetime: Lifetime::Day,
            expiry: String::new(),
            version: Version::DEVICE,
        }
    }

    /// The key.
    ///
    /// # Errors
    ///
    /// It is no Base64, exactly as it stands.
    pub fn key(&self) -> Result<Key, KeyError> {
        Key::parse(&self.key)
    }

    /// How long tokens signed here are good for; `None` where the moment cannot be read. It is a date and time of
    /// Beijing, its seconds and its time of day may be left out, or the number of seconds that stands in a token.
    pub fn validity(&self) -> Option<Validity> {
        match self.lifetime.seconds() {
            Some(seconds) => Some(Validity::For(seconds)),
            None => moment(self.expiry.trim()).map(Validity::Until),
        }
    }
}

fn moment(text: &str) -> Option<u64> {
    // A date alone has at least eight characters; no number of seconds has a dash.
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let time = Timestamp::parse(text)
        .or_else(|| Timestamp::parse(&format!("{text}:00")))
        .or_else(|| Timestamp::parse(&format!("{text} 00:00:00")))?;
    Some(time.to_unix_seconds())
}

impl fmt::Debug for TokenForm {
    /// Leaves key and token out, so that no log can hold them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenForm")
            .field("source", &self.source)
            .field("method", &self.method)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_is_a_beijing_time_or_the_seconds_of_a_token() {
        let validity = |text: &str| {
            let form =
                TokenForm { lifetime: Lifetime::Until, expiry: text.to_owned(), ..TokenForm::with_key("") };
            form.validity()
        };
        let noon = Some(Validity::Until(1_471_233_600));
        for text in ["2016-08-15 12:00:00", "2016-08-15T12:00:00", "2016-08-15 12:00", " 1471233600 "] {
            assert_eq!(validity(text), noon, "{text}");
        }
        assert_eq!(validity("2016-08-15"), Some(Validity::Until(1_471_190_400)));
        for text in ["", "tomorrow", "2016-13-01", "99999999999999999999", "-1"] {
            assert_eq!(validity(text), None, "{text}");
        }
    }

    #[test]
    fn a_lifetime_begins_with_the_login() {
        for (lifetime, seconds) in [(Lifetime::Day, 86_400), (Lifetime::Year, 31_536_000)] {
            let form = TokenForm { lifetime, ..TokenForm::with_key("") };
            assert_eq!(form.validity(), Some(Validity::For(seconds)));
        }
    }

    #[test]
    fn keeps_secrets_out_of_debug_output() {
        let form = TokenForm { token: "sign=abc".to_owned(), ..TokenForm::with_key("5XHGxLb9") };
        let shown = format!("{form:?}");
        assert!(!shown.contains("5XHG") && !shown.contains("sign"), "{shown}");
    }
}

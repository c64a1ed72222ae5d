//! Who calls the suite and the studio: the signed token in `Authorization` (reference §1.9, §4).
//!
//! The real platforms have keys of products and of users. Here the key of every `--token-device` stands in for the
//! key of its product: a token that it signed, for the product or a device of it, opens the calls about the product.
//! Without any known device nobody needs a token.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use onenet::token::{Resource, Token};
use simulator::{KnownDevice, SysDevice};
use time::UtcDateTime;

use super::answer::Failure;
use super::caller::{Api, Caller};

/// A caller of the suite or the studio.
pub(super) struct TokenCaller(pub(super) Caller);

impl FromRequestParts<Api> for TokenCaller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Failure> {
        // A header that is no text is as good as any other wrong one.
        let token = parts.headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap_or("?"));
        let now = u64::try_from(UtcDateTime::now().unix_timestamp()).unwrap_or(0);
        api.tokens.caller(token, now).map(Self)
    }
}

/// The keys that tokens are signed with.
#[derive(Debug)]
pub(super) struct TokenKeys {
    known: Vec<SysDevice>,
    /// Whether nobody needs a token.
    open: bool,
}

impl TokenKeys {
    /// The keys of the known devices of the suite and the studio; `legacy` are those of the legacy platform.
    pub(super) fn new(known: Vec<SysDevice>, legacy: &[KnownDevice]) -> Self {
        Self { open: known.is_empty() && legacy.is_empty(), known }
    }

    /// Whom a token stands for at `now`, in seconds since 1970 UTC.
    fn caller(&self, token: Option<&str>, now: u64) -> Result<Caller, Failure> {
        if self.open {
            return Ok(Caller::Anybody);
        }
        let wrong = |why: &str| Failure::AuthFailed(format!("the token in Authorization {why}"));
        let text = token.filter(|token| !token.is_empty()).ok_or(Failure::TokenRequired)?;
        let token = Token::parse(text).map_err(|error| wrong(&format!("cannot be read: {error}")))?.token;
        if let Some(seconds) = token.expired(now) {
            return Err(wrong(&format!("expired {seconds} s ago")));
        }
        let (Resource::Product { product } | Resource::Device { product, .. }) = &token.claims.res else {
            return Err(wrong("is of a user or a project, expected res=products/{product id}"));
        };
        let of_product =
            self.known.iter().filter(|device| device.device.product.as_str() == product.as_str());
        if of_product.clone().any(|device| token.verify(&device.key)) {
            return Ok(Caller::Products(vec![product.as_str().to_owned()]));
        }
        Err(wrong("is signed with no key of a --token-device of its product"))
    }
}

#[cfg(test)]
mod tests {
    use onenet::sys::{Device, DeviceName, ProductId};
    use onenet::token::{Claims, Key, Method};

    use super::*;

    const KEY: &str = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=";

    fn token(res: &str, et: u64, key: &str) -> String {
        let claims = Claims::device(Resource::parse(res).unwrap(), et, Method::Sha256);
        claims.sign(&Key::parse(key).unwrap()).write()
    }

    #[test]
    fn a_device_s_key_stands_for_its_product() {
        let device =
            Device { product: ProductId::parse("321016").unwrap(), name: DeviceName::parse("a").unwrap() };
        let keys = TokenKeys::new(vec![SysDevice { device, key: Key::parse(KEY).unwrap() }], &[]);
        let whole = Ok(Caller::Products(vec!["321016".to_owned()]));
        for res in ["products/321016", "products/321016/devices/a", "products/321016/devices/b"] {
            assert_eq!(keys.caller(Some(&token(res, 1_000, KEY)), 1_000), whole, "{res}");
        }
        for (token, why) in [
            ("wrong".to_owned(), "cannot be read"),
            (token("products/321016", 999, KEY), "expired 1 s ago"),
            (token("products/321017", 1_000, KEY), "no key"),
            (token("products/321016", 1_000, "AAAA"), "no key"),
            (token("userid/1", 1_000, KEY), "of a user"),
        ] {
            let error = keys.caller(Some(&token), 1_000).unwrap_err().to_string();
            assert!(error.contains(why) && !error.contains("sign="), "{error}");
        }
        assert_eq!(keys.caller(None, 0), Err(Failure::TokenRequired));
        assert_eq!(TokenKeys::new(Vec::new(), &[]).caller(None, 0), Ok(Caller::Anybody));
    }
}

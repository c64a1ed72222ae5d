//! How a token comes about, step by step, for those who want to follow it by hand.

use std::fmt;

use super::claims::Claims;
use super::error::Parameter;
use super::escape::escape;
use super::key::Key;
use super::signed::Token;

/// Everything between claims and token.
#[derive(Clone, PartialEq, Eq)]
pub struct Steps {
    /// 1. The text that is signed.
    pub text: String,
    /// 2. The key's bytes: a secret.
    pub key: Key,
    /// 3. The HMAC of the text with the key.
    pub digest: Vec<u8>,
    /// 4. The digest as Base64.
    pub base64: String,
    /// 5. Each value before and after escaping, in the order in which they are written.
    pub values: [Step; 5],
    /// 6. The token: a secret.
    pub token: String,
}

/// A value before and after escaping.
#[derive(Clone, PartialEq, Eq)]
pub struct Step {
    /// Its parameter.
    pub parameter: Parameter,
    /// As it is signed, or for `sign` as Base64.
    pub before: String,
    /// As it stands in the token.
    pub after: String,
}

impl Claims {
    /// Signs it and keeps every step.
    pub fn steps(&self, key: &Key) -> Steps {
        let token: Token = self.clone().sign(key);
        Steps {
            text: self.text(),
            key: key.clone(),
            base64: token.sign_text(),
            values: token.values().map(|(parameter, before)| {
                let after = escape(&before);
                Step { parameter, before, after }
            }),
            token: token.write(),
            digest: token.sign,
        }
    }
}

impl fmt::Debug for Steps {
    /// Shows the text to sign alone: the rest is secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Steps").field("text", &self.text).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;
    use expect_test::expect;

    use super::*;
    use crate::token::{Method, Resource, Version};

    fn steps() -> Steps {
        let claims = Claims {
            version: Version::DEVICE,
            res: Resource::device("321016", "ESP8266_01").unwrap(),
            et: 1_597_706_627,
            method: Method::Md5,
        };
        claims.steps(&Key::parse("5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=").unwrap())
    }

    #[test]
    fn shows_every_step_of_the_worked_example() {
        let steps = steps();
        let mut shown = format!(
            "{}\nkey    {}\ndigest {}\nbase64 {}\n",
            steps.text,
            HEXLOWER.encode(steps.key.bytes()),
            HEXLOWER.encode(&steps.digest),
            steps.base64,
        );
        for Step { parameter, before, after } in &steps.values {
            shown += &format!("{parameter}: {before} → {after}\n");
        }
        expect![[r#"
            1597706627
            md5
            products/321016/devices/ESP8266_01
            2018-10-31
            key    e571c6c4b6fd46bdb9b79a68f98ddcfe6b6a892e80ae3b0bb7393fb12fc3e71f
            digest 21a6faedc5fbe835ea4aa678ced54cc7
            base64 Iab67cX76DXqSqZ4ztVMxw==
            version: 2018-10-31 → 2018-10-31
            res: products/321016/devices/ESP8266_01 → products%2F321016%2Fdevices%2FESP8266_01
            et: 1597706627 → 1597706627
            method: md5 → md5
            sign: Iab67cX76DXqSqZ4ztVMxw== → Iab67cX76DXqSqZ4ztVMxw%3D%3D
        "#]]
        .assert_eq(&shown);
        let written = "version=2018-10-31&res=products%2F321016%2Fdevices%2FESP8266_01&et=1597706627&method=md5\
            &sign=Iab67cX76DXqSqZ4ztVMxw%3D%3D";
        assert_eq!(steps.token, written);
    }

    #[test]
    fn keeps_secrets_out_of_debug_output() {
        let debug = format!("{:?}", steps());
        assert!(!debug.contains("Iab67") && !debug.contains("229") && !debug.contains("Lb9"), "{debug}");
    }
}

//! A pasted token, each value beside what it should be.

use onenet::doctor::stripped;
use onenet::token::{Key, Method, Parameter, Reading, Resource, Token, Version};

use crate::connect::ConnectForm;

/// One value of a token. No secret is in it: of a signature, only its length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its parameter.
    pub parameter: Parameter,
    /// What the token says, without escapes; `None` where it says nothing, or with escapes that are none.
    pub said: Option<String>,
    /// What it should say.
    pub wanted: Wanted,
    /// Whether it does.
    pub mark: Mark,
}

/// What a value should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Exactly this.
    Text(String),
    /// A device, as soon as the form names one.
    Device,
    /// A time to come. What is said is this moment, in seconds since 1970 UTC, if it is one.
    Later(Option<u64>),
    /// One of the three methods.
    Method,
    /// What the key signs.
    Signature {
        /// How many characters what is said has.
        characters: usize,
        /// Whether there is a key to check it with.
        has_key: bool,
    },
}

/// Whether a value is what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It is.
    Same,
    /// It is not.
    Different,
    /// Nobody can say: something else is needed for it, such as the key.
    Open,
}

/// The values of the pasted token at `now`, in seconds since 1970 UTC; empty where it is none.
pub fn take_apart(form: &ConnectForm, now: u64) -> Vec<Row> {
    let text = stripped(&form.token.token);
    let reading = Reading::parse(text);
    if reading.parts.iter().all(|part| part.parameter().is_none()) {
        return Vec::new();
    }
    let said = |parameter| {
        let part = reading.get(parameter).filter(|part| !part.raw.is_empty())?;
        Some(part.unescaped().ok()?.0)
    };
    Parameter::ALL.map(|parameter| row(form, text, parameter, said(parameter), now)).to_vec()
}

fn row(form: &ConnectForm, token: &str, parameter: Parameter, said: Option<String>, now: u64) -> Row {
    let text = said.as_deref().unwrap_or_default();
    let same = |is_same: bool| if is_same { Mark::Same } else { Mark::Different };
    let (wanted, mark) = match parameter {
        Parameter::Version => {
            (Wanted::Text(Version::DEVICE.to_string()), same(text == Version::DEVICE.as_str()))
        }
        Parameter::Res => match Resource::device(&form.product_id, &form.device_id) {
            Ok(res) => (Wanted::Text(res.to_string()), same(text == res.to_string())),
            Err(_) => (Wanted::Device, Mark::Open),
        },
        Parameter::Et => {
            let et = text.parse().ok();
            (Wanted::Later(et), same(et.is_some_and(|et| et >= now)))
        }
        Parameter::Method => (Wanted::Method, same(Method::parse(text).is_ok())),
        Parameter::Sign => {
            let key = Key::parse(form.own_key());
            let wanted = Wanted::Signature { characters: text.chars().count(), has_key: key.is_ok() };
            let mark = match (&said, Token::parse(token), key) {
                (None, _, _) => Mark::Different,
                (Some(_), Ok(parsed), Ok(key)) => same(parsed.token.verify(&key)),
                (Some(_), Err(_), _) | (Some(_), _, Err(_)) => Mark::Open,
            };
            (wanted, mark)
        }
    };
    let said = if parameter == Parameter::Sign { said.map(|_| String::new()) } else { said };
    Row { parameter, said, wanted, mark }
}

#[cfg(test)]
mod tests {
    use onenet::Generation;

    use super::*;

    const NOW: u64 = 1_700_000_000;

    fn form(token: &str) -> ConnectForm {
        let mut form = ConnectForm::default();
        form.choose(Generation::Studio);
        form.token.token = token.to_owned();
        form
    }

    fn marks(form: &ConnectForm) -> Vec<Mark> {
        take_apart(form, NOW).iter().map(|row| row.mark).collect()
    }

    #[test]
    fn every_value_stands_beside_what_it_should_be() {
        let signed = form("").signing().unwrap();
        let mut good = form(&signed.claims(NOW).sign(&signed.key).write());
        assert_eq!(marks(&good), [Mark::Same; 5]);
        good.token.key.clear();
        assert_eq!(marks(&good)[4], Mark::Open);
        let rows = take_apart(&good, NOW);
        assert_eq!(rows[1].said.as_deref(), Some("products/OneNetDemo/devices/demo-board"));
        assert_eq!(rows[2].wanted, Wanted::Later(Some(NOW + 86_400)));
        assert_eq!(rows[4].wanted, Wanted::Signature { characters: 44, has_key: false });
        assert!(!format!("{rows:?}").contains(signed.claims(NOW).sign(&signed.key).sign_text().as_str()));
    }

    #[test]
    fn what_is_wrong_or_missing_is_different() {
        let wrong = form("version=2020-05-29&res=products%2Fx&et=1600000000&method=SHA1");
        assert_eq!(marks(&wrong), [Mark::Different; 5]);
        assert_eq!(take_apart(&wrong, NOW)[4].said, None);
    }

    #[test]
    fn what_is_no_token_has_no_parts() {
        assert_eq!(take_apart(&form("um151515"), NOW), []);
        assert_eq!(take_apart(&form(""), NOW), []);
    }
}

//! Client id and user name: which of them is which, whatever the person took them for.

use super::case::Case;
use super::diagnosis::{Field, Findings};
use super::key::is_key;
use super::password::Written;
use super::problem::Problem;
use super::severity::Severity;
use crate::Generation;
use crate::credentials::is_decimal;
use crate::sys::MAX_NAME_LENGTH;
use crate::token::{Parameter, Resource, is_token};

/// Who logs in, with the mistakes in the fields undone.
pub(super) struct Form {
    /// 产品 ID.
    pub(super) product: String,
    /// 设备 ID or 设备名称.
    pub(super) device: String,
}

impl Form {
    /// Reads client id and user name. Where they are exchanged or joined, what a token in the password names says
    /// which is which.
    pub(super) fn of(case: &Case<'_>, written: &[Written<'_>], found: &mut Findings) -> Self {
        let mut one = |field, typed| one(case, field, typed, found);
        let [client, user] = [one(Field::ClientId, case.client_id), one(Field::Username, case.username)];
        let mut form = Self { product: user.to_owned(), device: client.to_owned() };
        if !form.part(client, user, found) {
            form.compare(case, named(written), found);
        }
        form.characters(case, found);
        form
    }

    /// Takes a text apart that is more than an id. Whether there was one.
    fn part(&mut self, client: &str, user: &str, found: &mut Findings) -> bool {
        let mut parted = false;
        for (field, text) in [(Field::ClientId, client), (Field::Username, user)] {
            let (product, device, is_resource) =
                if let Ok(Resource::Device { product, device }) = Resource::parse(text) {
                    (product.to_string(), device.to_string(), true)
                } else if let Some((one, other)) =
                    text.split_once('&').filter(|(one, other)| is_id(one) && is_id(other))
                {
                    // Which half is the product, the other field says; otherwise it comes first.
                    let is_turned = if field == Field::ClientId { other == user } else { one == client };
                    let (product, device) = if is_turned { (other, one) } else { (one, other) };
                    (product.to_owned(), device.to_owned(), false)
                } else {
                    continue;
                };
            parted = true;
            // The half that belongs into the other field counts where that has nothing else to say.
            if field == Field::ClientId || self.device.is_empty() {
                self.device.clone_from(&device);
            }
            if field == Field::Username || self.product.is_empty() {
                self.product.clone_from(&product);
            }
            found.add(
                field,
                if is_resource {
                    Problem::ResourceHere { product, device }
                } else {
                    Problem::Joined { product, device }
                },
            );
        }
        parted
    }

    /// Finds ids that stand in each other's field.
    fn compare(&mut self, case: &Case<'_>, named: Option<(String, String)>, found: &mut Findings) {
        if self.product.is_empty() && self.device.is_empty() {
            return;
        }
        match named.filter(|(product, device)| !is_exchanged(product, device)) {
            Some((product, device)) if case.generation.has_tokens() && product != device => {
                let (is_product, is_device) = (self.device == product, self.product == device);
                if is_product && is_device {
                    found.add(Field::ClientId, Problem::Swapped);
                } else if is_product {
                    found.add(Field::ClientId, Problem::ProductHere { device: device.clone() });
                } else if is_device {
                    found.add(Field::Username, Problem::DeviceHere { product: product.clone() });
                }
                if is_product {
                    self.device = device.clone();
                }
                if is_device {
                    self.product = product;
                }
            }
            Some(_) => {}
            None if self.product == self.device => found.add(Field::ClientId, Problem::SameIds),
            None => {
                let is_swapped = if case.generation.has_tokens() {
                    is_token_product(&self.device) && self.product.contains(['-', '_'])
                } else {
                    // There are many devices to a product: their numbers are longer.
                    let [device, product] = [&self.device, &self.product];
                    is_decimal(device) && is_decimal(product) && device.len() + 2 <= product.len()
                };
                if is_swapped {
                    found.add_as(Severity::Probably, Field::ClientId, Problem::Swapped);
                    std::mem::swap(&mut self.product, &mut self.device);
                }
            }
        }
    }

    /// Characters that no platform gives out. An id with one is left out of what follows: it may be anything, a
    /// secret too.
    fn characters(&mut self, case: &Case<'_>, found: &mut Findings) {
        for (field, text, typed) in [
            (Field::ClientId, &mut self.device, case.client_id),
            (Field::Username, &mut self.product, case.username),
        ] {
            if let Some((at, character)) = foreign(case.generation, field, text) {
                // What came from the other field is told where it stands.
                if let Some(start) = typed.find(text.as_str()) {
                    found.add(field, Problem::Character { character, offset: start + at });
                }
                text.clear();
            }
            if case.generation.has_tokens() && field == Field::ClientId && text.len() > MAX_NAME_LENGTH {
                found.add(field, Problem::TooLong { length: text.len(), limit: MAX_NAME_LENGTH });
            }
        }
    }
}

/// The first character that no id of this field has (reference §1.2, §2.2).
fn foreign(generation: Generation, field: Field, text: &str) -> Option<(usize, char)> {
    let fits = |c: char| match (generation, field) {
        (Generation::Legacy, _) => c.is_ascii_digit(),
        (_, Field::ClientId) => c.is_ascii_alphanumeric() || matches!(c, '_' | '-'),
        _ => c.is_ascii_alphanumeric(),
    };
    text.char_indices().find(|(_, c)| !fits(*c))
}

/// Whether the login belongs to the generation that was chosen.
pub(super) fn generation(case: &Case<'_>, form: &Form, found: &mut Findings) {
    let password = strip(Field::Password, case.password, &mut Findings::default()).0;
    if case.generation == Generation::Legacy {
        if is_token(password) {
            found.add(Field::Generation, Problem::TokenForLegacy { likely: token_generation(&form.product) });
        }
        return;
    }
    // Device IDs are long numbers; device names hardly ever are.
    let is_legacy_device = is_decimal(&form.device) && form.device.len() >= 6;
    if is_legacy_device && is_decimal(&form.product) && !password.is_empty() && !is_token(password) {
        found.add(Field::Generation, Problem::LegacyLogin);
    } else if case.generation == Generation::Studio && is_decimal(&form.product) && form.product.len() < 10 {
        found.add(Field::Generation, Problem::OtherGeneration { likely: Generation::Suite });
    }
}

/// Whose product IDs look so: the suite's are decimal, studio's ten letters and digits (reference §2.2, §3.1).
fn token_generation(product: &str) -> Generation {
    if is_decimal(product) { Generation::Suite } else { Generation::Studio }
}

/// Whether a text has the form of a product ID of the platforms with tokens.
fn is_token_product(text: &str) -> bool {
    is_decimal(text) || text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a token has them exchanged: what it names as the product is none. It says nothing of the form then.
fn is_exchanged(product: &str, device: &str) -> bool {
    let is_none = foreign(Generation::Studio, Field::Username, product).is_some();
    is_none || is_token_product(device) && !is_token_product(product)
}

/// Whether a text may be an id of any generation.
fn is_id(text: &str) -> bool {
    !text.is_empty() && foreign(Generation::Suite, Field::ClientId, text).is_none()
}

/// The product and device that the first token names.
fn named(written: &[Written<'_>]) -> Option<(String, String)> {
    written.iter().find_map(|text| match Resource::parse(&text.value(Parameter::Res)?.text) {
        Ok(Resource::Device { product, device }) => Some((product.to_string(), device.to_string())),
        Ok(Resource::Product { .. } | Resource::User { .. } | Resource::Group { .. }) | Err(_) => None,
    })
}

/// An id with nothing around it. What is secret is none: it must not be told in what differs from it.
fn one<'a>(case: &Case<'_>, field: Field, typed: &'a str, found: &mut Findings) -> &'a str {
    let (text, _) = strip(field, typed, found);
    let same = case.key.is_some_and(|key| key.trim() == text);
    if text.is_empty() {
        found.add(field, Problem::Empty);
    } else if is_token(text) {
        found.add(field, Problem::TokenHere);
    } else if same || (is_key(text) && text.contains(['+', '/', '='])) {
        found.add(field, Problem::KeyHere { length: text.len(), same });
    } else {
        return text;
    }
    ""
}

/// A text without white space, invisible characters and quotation marks at its ends: what
/// [`Remedy::StripEnds`](super::Remedy::StripEnds) leaves of it.
pub fn stripped(typed: &str) -> &str {
    typed.trim_matches(is_around)
}

/// The same, with what was found there, and where it begins.
pub(super) fn strip<'a>(field: Field, typed: &'a str, found: &mut Findings) -> (&'a str, usize) {
    let text = stripped(typed);
    if text.is_empty() {
        return ("", typed.len());
    }
    let start = typed.len() - typed.trim_start_matches(is_around).len();
    let ends = [(0, &typed[..start]), (start + text.len(), &typed[start + text.len()..])];
    let around = || {
        ends.iter()
            .flat_map(|(from, end)| end.char_indices().map(move |(at, character)| (from + at, character)))
    };
    if let Some((offset, character)) = around().find(|(_, c)| is_blank(*c)) {
        found.add(field, Problem::Surrounded { character, offset });
    }
    if let Some((offset, character)) = around().find(|(_, c)| is_quote(*c)) {
        found.add(field, Problem::Quoted { character, offset });
    }
    (text, start)
}

fn is_around(c: char) -> bool {
    is_blank(c) || is_quote(c)
}

/// What cannot be seen: white space, controls, and what copying from pages brings along.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’' | '「' | '」')
}

//! Password and pasted token: whether each is a token at all, and its values with the mistakes in their escapes undone.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::case::Case;
use super::diagnosis::{Diagnosis, Field, Findings};
use super::form::strip;
use super::key::{TypedKey, key_in};
use super::problem::Problem;
use super::severity::Severity;
use crate::token::{Oddity, Parameter, Part, Reading, escape, is_token};

/// A text that should be a token, or another password.
pub(super) struct Written<'a> {
    /// Where it was typed.
    pub(super) field: Field,
    /// What was typed.
    typed: &'a str,
    /// What was meant: nothing around it, and not escaped as a whole.
    text: Cow<'a, str>,
    /// Where `text` begins in `typed`.
    start: usize,
}

/// A value of a parameter.
pub(super) struct Value {
    /// Without escapes, also where there were two layers of them.
    pub(super) text: String,
    /// Whether there were two.
    twice: bool,
}

impl<'a> Written<'a> {
    /// The password, unless it is empty beside a pasted token, and that token.
    pub(super) fn all(case: &Case<'a>) -> Vec<Self> {
        let pasted = case.token.filter(|token| !token.is_empty());
        let password = (!case.password.is_empty() || pasted.is_none()).then_some(case.password);
        let texts = [(Field::Password, password), (Field::Token, pasted)];
        texts.into_iter().filter_map(|(field, typed)| Some(Self::of(field, typed?))).collect()
    }

    fn of(field: Field, typed: &'a str) -> Self {
        let (text, start) = strip(field, typed, &mut Findings::default());
        let mut text = Cow::Borrowed(text);
        if !is_token(&text)
            && let Some(whole) = undone(&text, is_token)
        {
            text = Cow::Owned(whole);
        }
        Self { field, typed, text, start }
    }

    /// Whether it is a token, right or wrong.
    pub(super) fn is_token(&self) -> bool {
        is_token(&self.text)
    }

    /// Its pieces.
    fn reading(&self) -> Reading<'_> {
        Reading::parse(&self.text)
    }

    /// The value of a parameter, `None` where there is none or its escapes are broken.
    pub(super) fn value(&self, parameter: Parameter) -> Option<Value> {
        let reading = self.reading();
        let part = reading.get(parameter).filter(|part| !part.raw.is_empty())?;
        let (text, _) = part.unescaped().ok()?;
        // None of the five values has a `%` in it.
        match undone(&text, |text| !text.contains('%')) {
            Some(inner) => Some(Value { text: inner, twice: true }),
            None => Some(Value { text, twice: false }),
        }
    }

    /// The token with every value escaped once, as often as it was escaped before, and the `+` of the signature back
    /// where a space stands for it. `None` where an escape is none: nobody can say what was meant.
    fn respelt(&self) -> Option<String> {
        let piece = |part: &Part<'_>| {
            let Some(parameter) = part.parameter().filter(|_| !part.raw.is_empty()) else {
                return Some(match part.raw {
                    "" => part.name.to_owned(),
                    raw => format!("{}={raw}", part.name),
                });
            };
            let (once, _) = part.unescaped().ok()?;
            let value = undone(&once, |text| !text.contains('%')).unwrap_or(once);
            let value = if parameter == Parameter::Sign { value.replace(' ', "+") } else { value };
            Some(format!("{parameter}={}", escape(&value)))
        };
        let pieces: Option<Vec<String>> = self.reading().parts.iter().map(piece).collect();
        Some(pieces?.join("&"))
    }
}

/// The most layers of escapes that are undone: nobody escapes a text more often by mistake.
const LAYERS: usize = 8;

/// A text without its escapes, undone until it is what it should be; `None` where that does not happen, or nothing
/// has to be done for it.
fn undone(text: &str, is_good: impl Fn(&str) -> bool) -> Option<String> {
    let mut text = Cow::Borrowed(text);
    if is_good(&text) {
        return None;
    }
    for _ in 0..LAYERS {
        let inner = percent_decode_str(&text).decode_utf8().ok()?.into_owned();
        if inner == *text {
            return None;
        }
        text = Cow::Owned(inner);
        if is_good(&text) {
            return Some(text.into_owned());
        }
    }
    None
}

/// The token of a text with every value escaped exactly once; `None` where it is none, or has escapes that are none.
pub fn respelt(typed: &str) -> Option<String> {
    let written = Written::of(Field::Password, typed);
    if written.is_token() { written.respelt() } else { None }
}

/// What is wrong with a password before its values are looked at.
pub(super) fn check(
    case: &Case<'_>,
    written: &Written<'_>,
    key: Option<&TypedKey<'_>>,
    found: &mut Findings,
) {
    let field = written.field;
    let mut around = Findings::default();
    strip(field, written.typed, &mut around);
    for Diagnosis { severity, problem, .. } in around.0 {
        // Auth info may be any text, with blanks and quotation marks too.
        let severity = if case.generation.has_tokens() { severity } else { Severity::Probably };
        found.add_as(severity, field, problem);
    }
    if written.text.is_empty() {
        found.add(field, Problem::Empty);
    } else if !case.generation.has_tokens() {
        // A token is told beside the generation; any other text may be an auth info.
    } else if !written.is_token() {
        let length = written.text.len();
        let same = key.is_some_and(|key| key.text == written.text);
        let is_key = same || key_in(&written.text).is_some();
        found
            .add(field, if is_key { Problem::KeyHere { length, same } } else { Problem::NoToken { length } });
    } else {
        structure(written, found);
    }
}

fn structure(written: &Written<'_>, found: &mut Findings) {
    let Written { field, start, .. } = *written;
    if matches!(written.text, Cow::Owned(_)) {
        found.add(field, Problem::EscapedWhole);
    }
    let reading = written.reading();
    for fault in reading.faults() {
        let offset = start + fault.offset;
        found.add(field, Problem::Structure { offset, problem: fault.problem });
    }
    for parameter in Parameter::ALL {
        let Some(part) = reading.get(parameter) else { continue };
        match part.unescaped() {
            Err(error) => {
                let offset = start + error.offset();
                found.add(field, Problem::BrokenEscape { parameter, offset });
            }
            Ok((_, oddities)) => escapes(written, part, parameter, &oddities, found),
        }
    }
}

/// What is odd about the escapes of one value: the worst of each kind, since one wrong function makes all of them.
fn escapes(
    written: &Written<'_>,
    part: &Part<'_>,
    parameter: Parameter,
    oddities: &[Oddity],
    found: &mut Findings,
) {
    let Written { field, start, .. } = *written;
    if written.value(parameter).is_some_and(|value| value.twice) {
        let offset = start + part.value_offset() + part.raw.find("%25").unwrap_or(0);
        found.add(field, Problem::EscapedTwice { parameter, offset });
    }
    let raw = oddities.iter().filter_map(|oddity| match *oddity {
        Oddity::Raw { offset, character } => {
            Some(Problem::NotEscaped { parameter, offset: start + offset, character })
        }
        Oddity::LowerCase { .. } => None,
    });
    if let Some(problem) = raw.min_by_key(Problem::severity) {
        found.add(field, problem);
    }
    let small = oddities.iter().find_map(|oddity| match *oddity {
        Oddity::LowerCase { offset } => Some(start + offset),
        Oddity::Raw { .. } => None,
    });
    if let Some(offset) = small {
        found.add(field, Problem::SmallEscape { parameter, offset });
    }
}

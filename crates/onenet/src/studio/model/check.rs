//! A value against its type.

use std::cmp::Ordering;

use serde_json::value::RawValue;

use super::super::path::Path;
use super::super::problem::{Fault, Problem};
use super::data_type::{Choice, DataType, Limits};
use super::decimal::Decimal;
use super::thing_model::Parameter;
use crate::data_point::Value;
use crate::json::{self, Members};
use crate::legacy::JsonKind;

impl DataType {
    /// Everything that is wrong with a value of this type. Paths begin at the value.
    ///
    /// Whole numbers have to be written with digits alone. Strings are counted in characters; whether the
    /// platform counts bytes instead is not documented.
    pub fn check(&self, value: &Value) -> Vec<Problem> {
        let mut found = Vec::new();
        check_value(self, value, &Path::root(), &mut found);
        found
    }
}

/// The same for a value that stands at `path`.
pub(super) fn check_value(data_type: &DataType, value: &Value, path: &Path, found: &mut Vec<Problem>) {
    let raw = serde_json::from_str(value.as_json()).expect("a value is JSON by construction");
    check(data_type, raw, path, found);
}

fn check(data_type: &DataType, raw: &RawValue, path: &Path, found: &mut Vec<Problem>) {
    let mut wrong = |fault| found.push(Problem::new(path.clone(), fault));
    let kind = JsonKind::of(raw.get());
    if let Some(expected) = expected_kind(data_type)
        && expected != kind
    {
        return wrong(Fault::Kind { expected, found: kind });
    }
    match data_type {
        DataType::Bool(_) | DataType::Other(_) => {}
        DataType::Int32(limits) => whole(raw, i32::MIN.into(), i32::MAX.into(), limits, &mut wrong),
        DataType::Int64(limits) => whole(raw, i64::MIN, i64::MAX, limits, &mut wrong),
        DataType::Date => whole(raw, i64::MIN, i64::MAX, &Limits::default(), &mut wrong),
        DataType::Float(limits) => number(raw, "-3.4028235e38", "3.4028235e38", limits, &mut wrong),
        DataType::Double(limits) => {
            number(raw, "-1.7976931348623157e308", "1.7976931348623157e308", limits, &mut wrong);
        }
        DataType::String { max } => {
            let length = json::string(raw).map_or(0, |text| text.chars().count());
            if let Some(limit) = max.filter(|max| length > *max) {
                wrong(Fault::TextTooLong { found: length, limit });
            }
        }
        DataType::Enum(choices) => match raw.get().parse::<i64>() {
            // Which numbers it has is not always said.
            Ok(_) if choices.is_empty() => {}
            Ok(number) if choices.iter().any(|choice| choice.number == number) => {}
            Ok(_) | Err(_) => wrong(Fault::NotAnOption { options: options(choices) }),
        },
        DataType::BitMap { length, bits: _ } => {
            let greatest = (1_i64 << length.unwrap_or(32).min(32)) - 1;
            whole(raw, 0, greatest, &Limits::default(), &mut wrong);
        }
        DataType::Struct(parameters) => members(parameters, raw, path, found),
        DataType::Array { max, element } => {
            let elements = json::elements(raw).unwrap_or_default();
            if let Some(limit) = max.filter(|max| elements.len() > *max) {
                wrong(Fault::TooManyElements { found: elements.len(), limit });
            }
            for (index, raw) in elements.into_iter().enumerate() {
                check(element, raw, &path.element(index), found);
            }
        }
    }
}

/// The members of an object, each against its type; those that are missing and those too many.
pub(super) fn check_object(parameters: &[Parameter], value: &Value, path: &Path, found: &mut Vec<Problem>) {
    let raw: &RawValue = serde_json::from_str(value.as_json()).expect("a value is JSON by construction");
    match JsonKind::of(raw.get()) {
        JsonKind::Object => members(parameters, raw, path, found),
        kind => {
            let fault = Fault::Kind { expected: JsonKind::Object, found: kind };
            found.push(Problem::new(path.clone(), fault));
        }
    }
}

fn members(parameters: &[Parameter], raw: &RawValue, path: &Path, found: &mut Vec<Problem>) {
    let Some(members) = Members::read(raw) else { return };
    for (name, raw) in members.iter() {
        match parameters.iter().find(|parameter| parameter.identifier.as_str() == name) {
            Some(parameter) => check(&parameter.data_type, raw, &path.member(name), found),
            None => found.push(Problem::new(path.member(name), Fault::UnknownIdentifier)),
        }
    }
    missing(parameters, |name| members.get(name).is_some(), path, found);
}

/// The parameters of which `is_there` says no.
pub(super) fn missing(
    parameters: &[Parameter],
    is_there: impl Fn(&str) -> bool,
    path: &Path,
    found: &mut Vec<Problem>,
) {
    for parameter in parameters {
        let name = parameter.identifier.as_str();
        if !is_there(name) {
            found.push(Problem::new(path.clone(), Fault::MissingMember { member: name.to_owned() }));
        }
    }
}

/// What every value of the type begins with.
fn expected_kind(data_type: &DataType) -> Option<JsonKind> {
    match data_type {
        DataType::Bool(_) => Some(JsonKind::Bool),
        DataType::Int32(_)
        | DataType::Int64(_)
        | DataType::Float(_)
        | DataType::Double(_)
        | DataType::Enum(_)
        | DataType::BitMap { .. }
        | DataType::Date => Some(JsonKind::Number),
        DataType::String { .. } => Some(JsonKind::String),
        DataType::Struct(_) => Some(JsonKind::Object),
        DataType::Array { .. } => Some(JsonKind::Array),
        DataType::Other(_) => None,
    }
}

/// The numbers of an enum as they are told to people.
pub(super) fn options(choices: &[Choice]) -> String {
    let numbers: Vec<String> = choices.iter().map(|choice| choice.number.to_string()).collect();
    numbers.join(", ")
}

fn whole(raw: &RawValue, min: i64, max: i64, limits: &Limits, wrong: &mut impl FnMut(Fault)) {
    if Decimal::parse(raw.get()).is_some_and(|number| number.is_integer_text()) {
        number(raw, &min.to_string(), &max.to_string(), limits, wrong);
    } else {
        wrong(Fault::NotWhole);
    }
}

/// A number against the limits of its type, or those of the thing model where they are closer.
fn number(raw: &RawValue, min: &str, max: &str, limits: &Limits, wrong: &mut impl FnMut(Fault)) {
    let Some(number) = Decimal::parse(raw.get()) else { return };
    let type_min = Decimal::parse(min);
    let type_max = Decimal::parse(max);
    for min in [&limits.min, &type_min].into_iter().flatten() {
        if number.compare(min) == Ordering::Less {
            return wrong(Fault::TooSmall { min: min.to_string() });
        }
    }
    for max in [&limits.max, &type_max].into_iter().flatten() {
        if number.compare(max) == Ordering::Greater {
            return wrong(Fault::TooGreat { max: max.to_string() });
        }
    }
    let Some(step) = &limits.step else { return };
    let zero = Decimal::parse("0");
    let base = limits.min.as_ref().or(zero.as_ref());
    if base.and_then(|base| number.is_in_steps(base, step)) == Some(false) {
        wrong(Fault::OffStep { step: step.to_string() });
    }
}

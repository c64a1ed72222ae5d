//! Values of a type for a form: one to begin with, and what a person types.

use super::super::problem::Fault;
use super::check::options;
use super::data_type::{DataType, Limits};
use super::decimal::Decimal;
use super::thing_model::Parameter;
use crate::data_point::Value;
use crate::legacy::JsonKind;

impl DataType {
    /// A value that fits the type: 0, `false`, an empty string, the first number of an enum, one such element
    /// in an array. Where 0 is out of range, the least number, otherwise the greatest.
    pub fn default_value(&self) -> Value {
        match self {
            Self::Bool(_) => json("false"),
            Self::Int32(limits) | Self::Int64(limits) | Self::Float(limits) | Self::Double(limits) => {
                self.default_number(limits)
            }
            Self::String { .. } => Value::string(""),
            Self::Enum(choices) => {
                choices.first().map_or_else(|| json("0"), |choice| json(&choice.number.to_string()))
            }
            Self::BitMap { .. } | Self::Date => json("0"),
            Self::Struct(parameters) => default_object(parameters),
            Self::Array { max: Some(0), element: _ } => json("[]"),
            Self::Array { max: _, element } => json(&format!("[{}]", element.default_value())),
            Self::Other(_) => json("null"),
        }
    }

    fn default_number(&self, limits: &Limits) -> Value {
        let limits = [&limits.min, &limits.max].into_iter().flatten().map(Decimal::as_str);
        let mut candidates = ["0"].into_iter().chain(limits).map(json);
        candidates.find(|candidate| self.check(candidate).is_empty()).unwrap_or_else(|| json("0"))
    }

    /// What a person types, as a value of this type. Numbers stay as they are typed, digit by digit; strings
    /// are taken without quotes. For booleans and enums the words that the thing model has for them do, too.
    /// Whether the value keeps the limits is for [`Self::check`] to say.
    ///
    /// # Errors
    ///
    /// The text can be no value of this type.
    pub fn parse(&self, text: &str) -> Result<Value, Fault> {
        let word = text.trim();
        match self {
            Self::String { .. } => Ok(Value::string(text)),
            Self::Bool(switch) => match word {
                "true" | "1" => Ok(json("true")),
                "false" | "0" => Ok(json("false")),
                "" => Err(Fault::NotAnOption { options: "true, false".to_owned() }),
                _ if switch.on.as_deref() == Some(word) => Ok(json("true")),
                _ if switch.off.as_deref() == Some(word) => Ok(json("false")),
                _ => Err(Fault::NotAnOption { options: "true, false".to_owned() }),
            },
            Self::Enum(choices) if !choices.is_empty() => {
                let chosen = choices
                    .iter()
                    .find(|choice| word.parse() == Ok(choice.number))
                    .or_else(|| choices.iter().find(|choice| choice.label == word && !word.is_empty()));
                chosen
                    .map(|choice| json(&choice.number.to_string()))
                    .ok_or_else(|| Fault::NotAnOption { options: options(choices) })
            }
            Self::Int32(_)
            | Self::Int64(_)
            | Self::Float(_)
            | Self::Double(_)
            | Self::Enum(_)
            | Self::BitMap { .. }
            | Self::Date => match Decimal::parse(text) {
                Some(number) => Ok(json(number.as_str())),
                None => Err(Fault::NotANumber),
            },
            Self::Struct(_) => json_of_kind(text, JsonKind::Object),
            Self::Array { .. } => json_of_kind(text, JsonKind::Array),
            Self::Other(_) => Ok(Value::from_text(text)),
        }
    }
}

/// An object of the default value of each: an event, or what a service is called with.
pub fn default_object(parameters: &[Parameter]) -> Value {
    let members: Vec<String> = parameters
        .iter()
        .map(|parameter| {
            let name = Value::string(parameter.identifier.as_str());
            format!("{name}:{}", parameter.data_type.default_value())
        })
        .collect();
    json(&format!("{{{}}}", members.join(",")))
}

fn json_of_kind(text: &str, expected: JsonKind) -> Result<Value, Fault> {
    let value = Value::parse(text)?;
    let found = JsonKind::of(value.as_json());
    if expected == found { Ok(value) } else { Err(Fault::Kind { expected, found }) }
}

/// A text that is JSON; anything else would become a string.
fn json(text: &str) -> Value {
    Value::from_text(text)
}

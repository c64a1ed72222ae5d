//! The types of values: `{"type":…,"specs":…}` as a value.

use super::decimal::Decimal;
use super::thing_model::Parameter;

/// What values of a property or parameter are, with the limits that the thing model sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataType {
    /// `bool`: `true` or `false`.
    Bool(Switch),
    /// `int32`: a whole number of 32 bits.
    Int32(Limits),
    /// `int64`: a whole number of 64 bits.
    Int64(Limits),
    /// `float`: a number in the range of single precision.
    Float(Limits),
    /// `double`: a number in the range of double precision.
    Double(Limits),
    /// `string`.
    String {
        /// The most characters it may have.
        max: Option<usize>,
    },
    /// `enum`: one of a few whole numbers.
    Enum(Vec<Choice>),
    /// `bitMap`: a whole number whose bits have meanings each.
    BitMap {
        /// How many bits it has, at most 32.
        length: Option<u32>,
        /// What they mean, as far as the thing model says.
        bits: Vec<Bit>,
    },
    /// `date`: milliseconds since 1970 in UTC, a whole number of 64 bits.
    Date,
    /// `struct`: an object with these members.
    Struct(Vec<Parameter>),
    /// `array`: elements of one type.
    Array {
        /// The most elements it may have.
        max: Option<usize>,
        /// What its elements are.
        element: Box<DataType>,
    },
    /// A type that no document knows, by its name. Any value fits it.
    Other(String),
}

impl DataType {
    /// Its name on the platform.
    pub fn name(&self) -> &str {
        match self {
            Self::Bool(_) => "bool",
            Self::Int32(_) => "int32",
            Self::Int64(_) => "int64",
            Self::Float(_) => "float",
            Self::Double(_) => "double",
            Self::String { .. } => "string",
            Self::Enum(_) => "enum",
            Self::BitMap { .. } => "bitMap",
            Self::Date => "date",
            Self::Struct(_) => "struct",
            Self::Array { .. } => "array",
            Self::Other(name) => name,
        }
    }

    /// What the thing model says about its numbers; `None` where it is no type of numbers with limits.
    pub fn limits(&self) -> Option<&Limits> {
        match self {
            Self::Int32(limits) | Self::Int64(limits) | Self::Float(limits) | Self::Double(limits) => {
                Some(limits)
            }
            Self::Bool(_)
            | Self::String { .. }
            | Self::Enum(_)
            | Self::BitMap { .. }
            | Self::Date
            | Self::Struct(_)
            | Self::Array { .. }
            | Self::Other(_) => None,
        }
    }
}

/// What the two values of a boolean mean, for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Switch {
    /// What `true` means.
    pub on: Option<String>,
    /// What `false` means.
    pub off: Option<String>,
}

/// What the thing model says about a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// The least one.
    pub min: Option<Decimal>,
    /// The greatest one.
    pub max: Option<Decimal>,
    /// The distance between two, counted from the least one or, without one, from 0.
    pub step: Option<Decimal>,
    /// Its unit, for people.
    pub unit: Option<String>,
}

/// One number of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value in messages.
    pub number: i64,
    /// What it means, for people.
    pub label: String,
}

/// One bit of a bit map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bit {
    /// Its place, 0 the least significant.
    pub place: u32,
    /// What it means when it is 0.
    pub zero: Option<String>,
    /// What it means when it is 1.
    pub one: Option<String>,
}

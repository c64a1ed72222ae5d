//! A greenhouse: its thing model, and values, messages and typed texts that fit it or do not.

mod import;
mod message;
mod value;

use super::*;
use crate::studio::Identifier;

fn greenhouse() -> ThingModel {
    ThingModel::import(include_bytes!("../../../../tests/greenhouse.json")).unwrap()
}

fn data_type(identifier: &str) -> DataType {
    greenhouse().property(&Identifier::parse(identifier).unwrap()).unwrap().data_type.clone()
}

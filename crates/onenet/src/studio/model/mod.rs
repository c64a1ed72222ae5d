//! A thing model (物模型): which properties, events and services a product has, and of which types.
//!
//! | file | is |
//! |---|---|
//! | `thing_model` | [`ThingModel`] and its three lists |
//! | `data_type` | [`DataType`], the types of values |
//! | `decimal` | numbers compared digit by digit, so that `0.1` is `0.1` |
//! | `import`, `error` | the JSON that the platform's console exports, and what can be wrong with it |
//! | `check` | what is wrong with a value of a type |
//! | `conform` | what is wrong with a request or a reply |
//! | `form` | a value to begin with, and what a person types as a value of a type |

mod check;
mod conform;
mod data_type;
mod decimal;
mod error;
mod form;
mod import;
mod thing_model;

#[cfg(test)]
mod tests;

pub use data_type::{Bit, Choice, DataType, Limits, Switch};
pub use decimal::Decimal;
pub use error::{ImportError, ImportProblem};
pub use form::default_object;
pub use thing_model::{Access, CallType, Event, EventType, Origin, Parameter, Property, Service, ThingModel};

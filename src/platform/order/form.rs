//! From what is typed in the console to what the platform shall do.

use std::rc::Rc;
use std::time::Duration;

use onenet::studio::{
    DesiredVersion, Identifier, IdentifierError, Message, Named, Params, Request, ThingModel, Topic,
};
use onenet::suite::{self, ImageUpdate};
use onenet::{Generation, Value, ValueError};

use super::ask::Ask;
use super::by_model::ByModel;
use super::perform::Order;
use crate::upload::{Encoding, UploadProblem};

/// What the console's form holds, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderForm {
    /// The id of the device that is chosen; empty for the one that is online.
    pub device: String,
    /// What is chosen, by its key.
    pub ask: &'static str,
    /// A command's body.
    pub body: String,
    /// What the body is.
    pub encoding: Encoding,
    /// How many seconds the answer to a command may take: one of [`TIMEOUTS`].
    pub timeout: u64,
    /// Desired state of a device image, a JSON object.
    pub state: String,
    /// Values of properties, a JSON object.
    pub values: String,
    /// Identifiers of properties.
    pub names: String,
    /// The identifier of a service.
    pub service: String,
    /// Its input, a JSON object.
    pub input: String,
    /// Whether JSON is written although there is a thing model.
    pub by_hand: bool,
    /// What is typed into the fields of a thing model, once something is.
    pub by_model: Option<Box<ByModel>>,
}

/// Seconds that an answer to a command may take on the real platform (reference §2.4).
pub const TIMEOUTS: [u64; 4] = [5, 10, 20, 30];

impl Default for OrderForm {
    /// What the documents' examples say, and the stream that the upload form begins with.
    fn default() -> Self {
        Self {
            device: String::new(),
            ask: "",
            body: "opendoor".to_owned(),
            encoding: Encoding::Text,
            timeout: TIMEOUTS[0],
            state: r#"{"color":"green"}"#.to_owned(),
            values: r#"{"wendu":26}"#.to_owned(),
            names: "wendu".to_owned(),
            service: "reboot".to_owned(),
            input: r#"{"delay":5}"#.to_owned(),
            by_hand: false,
            by_model: None,
        }
    }
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderField {
    /// A command's body.
    Body,
    /// Desired state of a device image.
    State,
    /// Values of properties.
    Values,
    /// Identifiers of properties.
    Names,
    /// The identifier of a service.
    Service,
    /// The input of a service.
    Input,
    /// A property, by its place in the thing model.
    Property(usize),
    /// An input parameter, by its place in the service.
    Parameter(usize),
}

pub(super) type Problems = Vec<(OrderField, UploadProblem)>;

impl OrderForm {
    /// What is chosen of what a generation has; `None` where it has nothing of the kind.
    pub fn ask(&self, generation: Generation) -> Option<Ask> {
        Ask::from_key(generation, self.ask)
    }

    /// What is typed into the fields of this thing model; values that fit, before anything is.
    pub fn by_model(&self, model: &Rc<ThingModel>) -> ByModel {
        match &self.by_model {
            Some(typed) if Rc::ptr_eq(&typed.model, model) => (**typed).clone(),
            _ => ByModel::new(model.clone()),
        }
    }

    /// What the form asks for, by the fields of the thing model where there is one and they are wanted.
    ///
    /// # Errors
    ///
    /// What is wrong, and at which field.
    pub fn parse(&self, ask: Ask, model: Option<&Rc<ThingModel>>) -> Result<Order, Problems> {
        let by_model = model.filter(|_| !self.by_hand).map(|model| self.by_model(model));
        match ask {
            Ask::Command => {
                let body = self.encoding.decode(&self.body);
                let body =
                    body.map_err(|problem| vec![(OrderField::Body, UploadProblem::Encoding(problem))])?;
                Ok(Order::Command { body: body.into(), timeout: Duration::from_secs(self.timeout) })
            }
            Ask::Image => Ok(Order::Image(self.state()?)),
            Ask::PropertySet => Ok(Order::SetProperties(self.values(by_model.as_ref())?)),
            Ask::DesiredSet => Ok(Order::SetDesired(self.values(by_model.as_ref())?)),
            Ask::PropertyGet => Ok(Order::GetProperties(self.names(identifier)?)),
            Ask::DesiredClear => Ok(Order::ClearDesired(self.names(desired_version)?)),
            Ask::Service => self.service(by_model.as_ref()),
        }
    }

    /// Names and values of the desired state, read as the platform reads them.
    fn state(&self) -> Result<suite::State, Problems> {
        let wrong = |problem| vec![(OrderField::State, problem)];
        let illegal = |error: ValueError| UploadProblem::Suite(error.into(), Some(suite::Code::IllegalJson));
        // Alone, lest it end the message around it and begin another.
        Value::parse(&self.state).map_err(|error| wrong(illegal(error)))?;
        let update = format!(r#"{{"state":{{"desired":{}}}}}"#, self.state);
        match ImageUpdate::decode(update.as_bytes()) {
            Ok(update) => Ok(update.desired().unwrap_or_default().to_vec()),
            Err(error) => Err(wrong(UploadProblem::Suite(error.problem, error.code))),
        }
    }

    fn values(&self, by_model: Option<&ByModel>) -> Result<Vec<Named>, Problems> {
        match by_model {
            Some(typed) => typed.values(),
            None => {
                let values = named(&self.values).map_err(|problem| vec![(OrderField::Values, problem)])?;
                some(values, OrderField::Values)
            }
        }
    }

    fn names<T>(&self, read: fn(&str) -> Result<T, IdentifierError>) -> Result<Vec<T>, Problems> {
        let names = self.names.split([',', ' ', '\n', '\t', '，', '、']).filter(|name| !name.is_empty());
        let names: Result<Vec<T>, IdentifierError> = names.map(read).collect();
        let names = names.map_err(|error| vec![(OrderField::Names, UploadProblem::Identifier(error))])?;
        some(names, OrderField::Names)
    }

    fn service(&self, by_model: Option<&ByModel>) -> Result<Order, Problems> {
        if let Some((service, drafts)) = by_model.and_then(ByModel::chosen_service) {
            let input = ByModel::input(&service.input, drafts)?;
            return Ok(Order::Service { identifier: service.identifier.clone(), input });
        }
        let identifier = Identifier::parse(self.service.trim())
            .map_err(|error| (OrderField::Service, UploadProblem::Identifier(error)));
        let input = match self.input.trim() {
            "" => Ok(Vec::new()),
            input => named(input).map_err(|problem| (OrderField::Input, problem)),
        };
        match (identifier, input) {
            (Ok(identifier), Ok(input)) => Ok(Order::Service { identifier, input }),
            (identifier, input) => Err(identifier.err().into_iter().chain(input.err()).collect()),
        }
    }
}

fn identifier(text: &str) -> Result<Identifier, IdentifierError> {
    Identifier::parse(text)
}

/// `power:2` clears version 2 alone, `power` any.
fn desired_version(text: &str) -> Result<DesiredVersion, IdentifierError> {
    let split = text.rsplit_once(':').and_then(|(name, version)| Some((name, version.parse().ok()?)));
    let (name, version) = split.map_or((text, None), |(name, version)| (name, Some(version)));
    Ok(DesiredVersion { identifier: Identifier::parse(name)?, version })
}

/// At least one of them.
fn some<T>(items: Vec<T>, field: OrderField) -> Result<Vec<T>, Problems> {
    if items.is_empty() { Err(vec![(field, UploadProblem::Empty)]) } else { Ok(items) }
}

/// Names and values of a JSON object, read as a device reads them.
fn named(text: &str) -> Result<Vec<Named>, UploadProblem> {
    // Alone, lest it end the message around it and begin another.
    Value::parse(text).map_err(UploadProblem::params)?;
    let topic = Topic::parse("thing/property/set").expect("this is a topic of the thing model");
    let head = r#"{"id":"1","version":"1.0","params":"#;
    match Message::decode(&topic, format!("{head}{text}}}").as_bytes()) {
        Ok(Message::Request(Request { params: Params::PropertySet(values), .. })) => Ok(values),
        // On this topic there is nothing else.
        Ok(_) => Err(UploadProblem::Empty),
        Err(error) => {
            let before = text.get(..error.offset.saturating_sub(head.len())).unwrap_or(text);
            let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
            Err(UploadProblem::Params((before.matches('\n').count() + 1, column), error.problem))
        }
    }
}

#[cfg(test)]
mod tests;

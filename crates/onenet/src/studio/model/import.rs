//! The JSON that the platform's console exports as thing model.
//!
//! | what | how sure |
//! |---|---|
//! | `properties`, `events` with their members, all types but `date`, `specs` with numbers as strings | A: the official description of the API, exported files in public projects |
//! | an array as `{"length","type","specs"}` | A; the official API shows `{"size","item":{…}}` too, both are read |
//! | `services` with `callType`, `input`, `output` | B: the official API; another official page says `inputData`, `outputData`, both are read |
//! | `date` | B: official pages alone |
//! | a model inside `data`, as the API answers it | B |
//!
//! Unknown members are passed over, a type that nobody knows is kept by name, and limits may be strings,
//! numbers, empty, `null` or not there.

use serde_json::value::RawValue;

use super::super::document::{Document, Object};
use super::super::identifier::Identifier;
use super::data_type::{Bit, Choice, DataType, Limits, Switch};
use super::decimal::Decimal;
use super::error::{ImportError, ImportProblem, MAX_DEPTH};
use super::thing_model::{
    Access, CallType, Event, EventType, Origin, Parameter, Property, Service, ThingModel,
};
use crate::json;

impl ThingModel {
    /// Reads an exported thing model.
    ///
    /// # Errors
    ///
    /// The first place at which it is none.
    pub fn import(bytes: &[u8]) -> Result<Self, ImportError> {
        let (document, root) = Document::parse(bytes)?;
        let import = Import { document };
        let mut members = document.members(root, "thing model")?;
        if let Some(inner) = members.optional("data").filter(|_| !has_lists(&members)) {
            members = document.members(inner, "data")?;
        }
        if !has_lists(&members) {
            return Err(ImportError { offset: document.offset(root), problem: ImportProblem::NoModel });
        }
        let profile = members.optional("profile").and_then(|raw| document.members(raw, "profile").ok());
        Ok(Self {
            product: profile.and_then(|profile| profile.optional("productId").and_then(json::string)),
            properties: import.list(&members, "properties", |one| import.property(one))?,
            events: import.list(&members, "events", |one| import.event(one))?,
            services: import.list(&members, "services", |one| import.service(one))?,
        })
    }
}

fn has_lists(members: &Object<'_>) -> bool {
    ["properties", "events", "services"].into_iter().any(|list| members.optional(list).is_some())
}

/// A thing model while it is read.
struct Import<'a> {
    document: Document<'a>,
}

impl<'a> Import<'a> {
    fn property(&self, members: &Object<'a>) -> Result<Property, ImportError> {
        let identifier = self.identifier(members)?;
        Ok(Property {
            name: name(members, &identifier),
            desc: text(members, "desc").unwrap_or_default(),
            origin: origin(members, &identifier),
            access: match text(members, "accessMode").as_deref() {
                Some("r") => Access::Read,
                Some(_) | None => Access::ReadWrite,
            },
            data_type: self.data_type(members, 0)?,
            identifier,
        })
    }

    fn event(&self, members: &Object<'a>) -> Result<Event, ImportError> {
        let identifier = self.identifier(members)?;
        Ok(Event {
            name: name(members, &identifier),
            desc: text(members, "desc").unwrap_or_default(),
            origin: origin(members, &identifier),
            event_type: match text(members, "eventType").as_deref() {
                Some("alert") => EventType::Alert,
                Some("error") => EventType::Error,
                Some(_) | None => EventType::Info,
            },
            output: self.parameters(members, "outputData", 0)?,
            identifier,
        })
    }

    fn service(&self, members: &Object<'a>) -> Result<Service, ImportError> {
        let identifier = self.identifier(members)?;
        let either = |one, other| if members.optional(one).is_some() { one } else { other };
        Ok(Service {
            name: name(members, &identifier),
            desc: text(members, "desc").unwrap_or_default(),
            origin: origin(members, &identifier),
            call_type: match text(members, "callType").as_deref() {
                Some("a" | "async") => CallType::Async,
                Some(_) | None => CallType::Sync,
            },
            input: self.parameters(members, either("input", "inputData"), 0)?,
            output: self.parameters(members, either("output", "outputData"), 0)?,
            identifier,
        })
    }

    fn parameters(
        &self,
        members: &Object<'a>,
        list: &'static str,
        depth: usize,
    ) -> Result<Vec<Parameter>, ImportError> {
        self.list(members, list, |one| self.parameter(one, depth))
    }

    fn parameter(&self, members: &Object<'a>, depth: usize) -> Result<Parameter, ImportError> {
        let identifier = self.identifier(members)?;
        let data_type = self.data_type(members, depth)?;
        Ok(Parameter { name: name(members, &identifier), data_type, identifier })
    }

    /// What `read` makes of each object in a list; nothing where the list is missing or `null`.
    fn list<T>(
        &self,
        members: &Object<'a>,
        list: &'static str,
        read: impl Fn(&Object<'a>) -> Result<T, ImportError>,
    ) -> Result<Vec<T>, ImportError> {
        match given(members, list) {
            Some(raw) => self.objects(raw, list, read),
            None => Ok(Vec::new()),
        }
    }

    fn objects<T>(
        &self,
        raw: &'a RawValue,
        list: &'static str,
        read: impl Fn(&Object<'a>) -> Result<T, ImportError>,
    ) -> Result<Vec<T>, ImportError> {
        let elements = self.document.elements(raw, list)?;
        elements.into_iter().map(|raw| read(&self.document.members(raw, "an element")?)).collect()
    }

    fn identifier(&self, members: &Object<'a>) -> Result<Identifier, ImportError> {
        let raw = members.required("identifier")?;
        Ok(self.document.identifier(&members.string("identifier")?, raw)?)
    }

    /// `"dataType":{"type":…,"specs":…}`
    fn data_type(&self, members: &Object<'a>, depth: usize) -> Result<DataType, ImportError> {
        self.type_and_specs(members.required("dataType")?, depth)
    }

    fn type_and_specs(&self, raw: &'a RawValue, depth: usize) -> Result<DataType, ImportError> {
        if depth >= MAX_DEPTH {
            return Err(self.wrong(raw, ImportProblem::TooDeep));
        }
        let members = self.document.members(raw, "dataType")?;
        let name = members.string("type")?;
        let specs = given(&members, "specs");
        Ok(match name.to_ascii_lowercase().as_str() {
            "bool" => DataType::Bool(self.switch(specs)?),
            "int32" => DataType::Int32(self.limits(specs)?),
            "int64" => DataType::Int64(self.limits(specs)?),
            "float" => DataType::Float(self.limits(specs)?),
            "double" => DataType::Double(self.limits(specs)?),
            "string" => DataType::String { max: self.count(specs, "length")? },
            "enum" => DataType::Enum(self.choices(specs)?),
            "bitmap" => self.bit_map(specs)?,
            "date" => DataType::Date,
            "struct" => DataType::Struct(match specs {
                Some(specs) => self.objects(specs, "specs", |one| self.parameter(one, depth + 1))?,
                None => Vec::new(),
            }),
            "array" => self.array(members.required("specs")?, depth)?,
            _ => DataType::Other(name),
        })
    }

    fn array(&self, specs: &'a RawValue, depth: usize) -> Result<DataType, ImportError> {
        let members = self.document.members(specs, "specs")?;
        let (size, element) = match members.optional("item") {
            Some(item) => ("size", item),
            // Type and specs of the elements stand beside the length.
            None => ("length", specs),
        };
        let max = self.count(Some(specs), size)?;
        Ok(DataType::Array { max, element: Box::new(self.type_and_specs(element, depth + 1)?) })
    }

    fn switch(&self, specs: Option<&'a RawValue>) -> Result<Switch, ImportError> {
        let Some(specs) = specs else { return Ok(Switch::default()) };
        let specs = self.document.members(specs, "specs")?;
        Ok(Switch { on: text(&specs, "true"), off: text(&specs, "false") })
    }

    fn limits(&self, specs: Option<&'a RawValue>) -> Result<Limits, ImportError> {
        let Some(specs) = specs else { return Ok(Limits::default()) };
        let specs = self.document.members(specs, "specs")?;
        Ok(Limits {
            min: self.number(&specs, "min")?,
            max: self.number(&specs, "max")?,
            step: self.number(&specs, "step")?,
            unit: text(&specs, "unit").filter(|unit| !unit.is_empty()),
        })
    }

    /// `{"1":"cool","2":"heat"}`
    fn choices(&self, specs: Option<&'a RawValue>) -> Result<Vec<Choice>, ImportError> {
        let Some(specs) = specs else { return Ok(Vec::new()) };
        let read = |(number, raw): (&str, &'a RawValue)| {
            let number = number.trim().parse().map_err(|_| self.wrong(raw, ImportProblem::NotAChoice))?;
            Ok(Choice { number, label: json::string(raw).unwrap_or_default() })
        };
        self.document.members(specs, "specs")?.iter().map(read).collect()
    }

    /// `{"length":3,"define":[{"bit":0,"0":"fine","1":"too hot"}]}`
    fn bit_map(&self, specs: Option<&'a RawValue>) -> Result<DataType, ImportError> {
        let length = self.count(specs, "length")?.map(|length| length.min(32) as u32);
        let mut bits = Vec::new();
        if let Some(specs) = specs {
            let specs = self.document.members(specs, "specs")?;
            bits = self.list(&specs, "define", |one| {
                let place = self.document.whole(one.required("bit")?, "bit")?;
                let place = u32::try_from(place).unwrap_or(u32::MAX);
                Ok(Bit { place, zero: text(one, "0"), one: text(one, "1") })
            })?;
        }
        Ok(DataType::BitMap { length, bits })
    }

    /// A limit: a number or a string of one; nothing where it is empty, `null` or missing.
    fn number(&self, specs: &Object<'a>, member: &'static str) -> Result<Option<Decimal>, ImportError> {
        let Some(raw) = given(specs, member) else { return Ok(None) };
        let text = json::string(raw).unwrap_or_else(|| raw.get().to_owned());
        if text.trim().is_empty() {
            return Ok(None);
        }
        let number = Decimal::parse(&text);
        number.map(Some).ok_or_else(|| self.wrong(raw, ImportProblem::NotANumber { member }))
    }

    /// The same where it counts something.
    fn count(&self, specs: Option<&'a RawValue>, member: &'static str) -> Result<Option<usize>, ImportError> {
        let Some(specs) = specs else { return Ok(None) };
        let members = self.document.members(specs, "specs")?;
        let Some(number) = self.number(&members, member)? else { return Ok(None) };
        let count = number.as_str().parse();
        count.map(Some).map_err(|_| self.wrong(specs, ImportProblem::NotANumber { member }))
    }

    fn wrong(&self, part: &RawValue, problem: ImportProblem) -> ImportError {
        ImportError { offset: self.document.offset(part), problem }
    }
}

/// A member that is there and not `null`.
fn given<'a>(members: &Object<'a>, member: &str) -> Option<&'a RawValue> {
    members.optional(member).filter(|raw| raw.get() != "null")
}

fn text(members: &Object<'_>, member: &str) -> Option<String> {
    members.optional(member).and_then(json::string)
}

fn name(members: &Object<'_>, identifier: &Identifier) -> String {
    text(members, "name").unwrap_or_else(|| identifier.as_str().to_owned())
}

fn origin(members: &Object<'_>, identifier: &Identifier) -> Origin {
    match text(members, "functionType").as_deref() {
        Some("s") => Origin::System,
        Some("st") => Origin::Standard,
        // The platform's own begin with a dollar.
        None if identifier.as_str().starts_with('$') => Origin::System,
        Some(_) | None => Origin::Custom,
    }
}

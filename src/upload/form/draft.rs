//! What is typed as a value of the thing model: a text for each number, switch and string, in the shape of the
//! type.

use onenet::Value;
use onenet::studio::{DataType, Fault, Parameter};

/// What is typed as a value of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Draft {
    /// A text that the type reads: a number, a word, JSON of a type that nobody knows.
    Text(String),
    /// The members of a struct, as many as its type has, in the same order.
    Members(Vec<Draft>),
    /// The elements of an array.
    Elements(Vec<Draft>),
}

impl Draft {
    /// What stands in the fields of a type before anything is typed: a value that fits it.
    pub fn new(data_type: &DataType) -> Self {
        match data_type {
            DataType::Struct(parameters) => Self::Members(Self::of(parameters)),
            DataType::Array { max: Some(0), element: _ } => Self::Elements(Vec::new()),
            DataType::Array { max: _, element } => Self::Elements(vec![Self::new(element)]),
            DataType::String { .. } => Self::Text(String::new()),
            DataType::Bool(_)
            | DataType::Int32(_)
            | DataType::Int64(_)
            | DataType::Float(_)
            | DataType::Double(_)
            | DataType::Enum(_)
            | DataType::BitMap { .. }
            | DataType::Date
            | DataType::Other(_) => Self::Text(data_type.default_value().as_json().to_owned()),
        }
    }

    /// One for each parameter.
    pub fn of(parameters: &[Parameter]) -> Vec<Self> {
        parameters.iter().map(|parameter| Self::new(&parameter.data_type)).collect()
    }

    /// The text of a field; empty where there are fields inside.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Members(_) | Self::Elements(_) => "",
        }
    }

    /// What is inside.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Text(_) => &[],
            Self::Members(parts) | Self::Elements(parts) => parts,
        }
    }

    /// The same with another part at `index`; the same where there is none.
    #[must_use]
    pub fn with(&self, index: usize, part: Self) -> Self {
        let mut changed = self.clone();
        if let Self::Members(parts) | Self::Elements(parts) = &mut changed
            && let Some(old) = parts.get_mut(index)
        {
            *old = part;
        }
        changed
    }

    /// The value that the texts say. Numbers stay as they are typed; whether they keep the limits of the type is
    /// for [`DataType::check`] to say.
    ///
    /// # Errors
    ///
    /// The first text that can be no value of its type.
    pub fn value(&self, data_type: &DataType) -> Result<Value, Fault> {
        let json = match (self, data_type) {
            (Self::Members(parts), DataType::Struct(parameters)) => object(parts, parameters)?,
            (Self::Elements(parts), DataType::Array { max: _, element }) => {
                let values: Result<Vec<String>, Fault> =
                    parts.iter().map(|part| Ok(part.value(element)?.as_json().to_owned())).collect();
                format!("[{}]", values?.join(","))
            }
            (Self::Text(text), _) => return data_type.parse(text),
            // Of another type than it was made for: there is nothing typed for this one.
            (Self::Members(_) | Self::Elements(_), _) => return data_type.parse(""),
        };
        Ok(Value::from_text(&json))
    }

    /// What is wrong with this field alone, not with those inside of it.
    pub fn fault(&self, data_type: &DataType) -> Option<DraftFault> {
        match self.value(data_type) {
            Ok(value) => {
                let problems = data_type.check(&value).into_iter();
                let mut own = problems.filter(|problem| problem.path.steps().is_empty());
                own.next().map(|problem| DraftFault::Refused(problem.fault))
            }
            Err(fault) => matches!(self, Self::Text(_)).then_some(DraftFault::Unreadable(fault)),
        }
    }
}

/// The JSON of an object of these.
pub(super) fn object(parts: &[Draft], parameters: &[Parameter]) -> Result<String, Fault> {
    let member = |(part, parameter): (&Draft, &Parameter)| {
        let name = Value::string(parameter.identifier.as_str());
        Ok(format!("{name}:{}", part.value(&parameter.data_type)?))
    };
    let members: Result<Vec<String>, Fault> = parts.iter().zip(parameters).map(member).collect();
    Ok(format!("{{{}}}", members?.join(",")))
}

/// What is wrong with what is typed in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftFault {
    /// It can be no value of the type.
    Unreadable(Fault),
    /// It is one, and the thing model does not allow it: it can be sent, and is refused.
    Refused(Fault),
}

#[cfg(test)]
mod tests {
    use onenet::studio::ThingModel;

    use super::*;

    fn data_type(json: &str) -> DataType {
        let model = format!(r#"{{"properties":[{{"identifier":"p","dataType":{json}}}]}}"#);
        ThingModel::import(model.as_bytes()).unwrap().properties.remove(0).data_type
    }

    const NUMBER: &str = r#"{"type":"float","specs":{"min":"-20","max":"60","step":"0.1"}}"#;

    #[test]
    fn begins_with_what_fits() {
        for json in [
            r#"{"type":"bool"}"#,
            NUMBER,
            r#"{"type":"string","specs":{"length":"3"}}"#,
            r#"{"type":"enum","specs":{"2":"cool","3":"heat"}}"#,
            r#"{"type":"date"}"#,
            r#"{"type":"bitMap","specs":{"length":"3"}}"#,
            r#"{"type":"array","specs":{"length":"2","type":"int32","specs":{"min":"5"}}}"#,
            r#"{"type":"struct","specs":[{"identifier":"a","dataType":{"type":"bool"}}]}"#,
        ] {
            let data_type = data_type(json);
            let value = Draft::new(&data_type).value(&data_type).unwrap();
            assert_eq!(value, data_type.default_value(), "{json}");
            assert!(data_type.check(&value).is_empty(), "{json}");
        }
    }

    #[test]
    fn keeps_numbers_as_they_are_typed() {
        let data_type = data_type(NUMBER);
        let value = |text: &str| Draft::Text(text.to_owned()).value(&data_type);
        assert_eq!(value("27.50").unwrap().as_json(), "27.50");
        assert_eq!(value("27,5"), Err(Fault::NotANumber));
    }

    #[test]
    fn tells_what_cannot_be_sent_from_what_is_refused() {
        let number = data_type(NUMBER);
        let fault = |text: &str| Draft::Text(text.to_owned()).fault(&number);
        assert_eq!(fault("x"), Some(DraftFault::Unreadable(Fault::NotANumber)));
        let max = "60".to_owned();
        assert_eq!(fault("61"), Some(DraftFault::Refused(Fault::TooGreat { max })));
        assert_eq!(fault("27.5"), None);
    }

    #[test]
    fn a_field_says_nothing_of_those_inside() {
        let list = data_type(r#"{"type":"array","specs":{"length":"1","type":"int32"}}"#);
        let wrong = Draft::Elements(vec![Draft::Text("x".to_owned())]);
        assert_eq!(wrong.fault(&list), None);
        assert_eq!(wrong.value(&list), Err(Fault::NotANumber));
        let number = Draft::Text("1".to_owned());
        let long = Draft::Elements(vec![number.clone(), number]);
        let fault = Fault::TooManyElements { found: 2, limit: 1 };
        assert_eq!(long.fault(&list), Some(DraftFault::Refused(fault)));
    }

    #[test]
    fn parts_are_changed_one_by_one() {
        let text = |text: &str| Draft::Text(text.to_owned());
        let list = Draft::Elements(vec![text("1"), text("2")]);
        assert_eq!(list.with(1, text("3")), Draft::Elements(vec![text("1"), text("3")]));
        assert_eq!(list.with(2, text("3")), list);
    }
}

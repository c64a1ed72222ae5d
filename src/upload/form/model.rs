//! A thing model that was imported, and what is typed into the form that it makes.

use std::rc::Rc;

use onenet::Value;
use onenet::studio::{Event, ImportError, Origin, Property, ThingModel};

use super::draft::{self, Draft};

/// The way to a thing model: what is pasted, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModelForm {
    /// What is pasted, as long as it is no thing model.
    pub pasted: String,
    /// What is wrong with it.
    pub error: Option<ImportError>,
    /// The thing model that is followed.
    pub filled: Option<Filled>,
}

/// A thing model with what is typed into its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The thing model.
    pub model: Rc<ThingModel>,
    /// What is typed for each property, in the order of the thing model.
    pub properties: Vec<Entry>,
    /// Which event is chosen, by its place in the thing model.
    pub event: usize,
    /// What is typed for each member of each event.
    pub events: Vec<Vec<Draft>>,
}

/// What is typed for one property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whether it is reported.
    pub on: bool,
    /// Its value.
    pub draft: Draft,
}

impl ModelForm {
    /// What is typed for a property of the thing model, by its place there; `None` where the model that is now there
    /// has fewer.
    pub fn entry_mut(&mut self, index: usize) -> Option<&mut Entry> {
        self.filled.as_mut()?.properties.get_mut(index)
    }

    /// Reads a thing model as the platform's console exports it. One that is good replaces the one before; what is
    /// wrong with another is noted, and the one before stays.
    pub fn import(&mut self, bytes: &[u8]) {
        if bytes.trim_ascii().is_empty() {
            (self.pasted, self.error) = (String::new(), None);
            return;
        }
        match ThingModel::import(bytes) {
            Ok(model) => *self = Self { filled: Some(Filled::new(model)), ..Self::default() },
            Err(error) => {
                self.pasted = String::from_utf8_lossy(bytes).into_owned();
                self.error = Some(error);
            }
        }
    }
}

impl Filled {
    /// A form with values that fit. What the platform defines itself is not reported until somebody says so.
    pub fn new(model: ThingModel) -> Self {
        let only_system = model.properties.iter().all(|property| property.origin == Origin::System);
        let entry = |property: &Property| Entry {
            on: only_system || property.origin != Origin::System,
            draft: Draft::new(&property.data_type),
        };
        Self {
            properties: model.properties.iter().map(entry).collect(),
            event: 0,
            events: model.events.iter().map(|event| Draft::of(&event.output)).collect(),
            model: Rc::new(model),
        }
    }

    /// Properties with what is typed for each.
    pub fn entries(&self) -> impl Iterator<Item = (&Property, &Entry)> {
        self.model.properties.iter().zip(&self.properties)
    }

    /// The params of a pack that says what the form says, or of a history with one value of each; values that are none
    /// are left out.
    pub fn batch(&self, is_history: bool) -> String {
        let moment = |json: &str| {
            if is_history { format!("[{{\"value\":{json}}}]") } else { format!("{{\"value\":{json}}}") }
        };
        let list = |members: Vec<String>| {
            if members.is_empty() {
                "{}".to_owned()
            } else {
                format!("{{\n      {}\n    }}", members.join(",\n      "))
            }
        };
        let properties = self.entries().filter(|(_, entry)| entry.on).filter_map(|(property, entry)| {
            let value = entry.draft.value(&property.data_type).ok()?;
            Some(format!("{}:{}", Value::string(property.identifier.as_str()), moment(value.as_json())))
        });
        let events = self.chosen_event().and_then(|(event, drafts)| {
            let value = draft::object(drafts, &event.output).ok()?;
            Some(format!("{}:{}", Value::string(event.identifier.as_str()), moment(&value)))
        });
        let (properties, events) = (list(properties.collect()), list(events.into_iter().collect()));
        format!("[\n  {{\n    \"properties\": {properties},\n    \"events\": {events}\n  }}\n]")
    }

    /// The event that is chosen, with what is typed for each of its members; `None` where there are no events.
    pub fn chosen_event(&self) -> Option<(&Event, &[Draft])> {
        Some((self.model.events.get(self.event)?, self.events.get(self.event)?))
    }
}

#[cfg(test)]
mod tests {
    use onenet::studio;

    use super::*;

    const LAMP: &str = r#"{
        "profile": {"productId": "VRqhDHF2wL"},
        "properties": [
            {"identifier": "switch", "name": "开关", "functionType": "u", "accessMode": "rw",
             "dataType": {"type": "bool", "specs": {"true": "开", "false": "关"}}},
            {"identifier": "$OneNET_LBS", "name": "位置", "functionType": "s", "accessMode": "r",
             "dataType": {"type": "string", "specs": {"length": "64"}}}
        ],
        "events": [{"identifier": "hot", "name": "过热", "eventType": "alert",
                    "outputData": [{"identifier": "level", "dataType": {"type": "int32"}}]}],
        "services": []
    }"#;

    #[test]
    fn a_good_thing_model_makes_a_form() {
        let mut form = ModelForm::default();
        form.import(LAMP.as_bytes());
        let filled = form.filled.as_ref().unwrap();
        let on: Vec<bool> = filled.properties.iter().map(|entry| entry.on).collect();
        assert_eq!(on, [true, false], "the platform's own is left out");
        let (event, drafts) = filled.chosen_event().unwrap();
        assert_eq!((event.identifier.as_str(), drafts.len()), ("hot", 1));
        assert_eq!((form.pasted.as_str(), &form.error), ("", &None));
    }

    #[test]
    fn what_the_form_says_is_a_pack_and_a_history_too() {
        let mut form = ModelForm::default();
        form.import(LAMP.as_bytes());
        let filled = form.filled.unwrap();
        for (is_history, rest) in [(false, "thing/pack/post"), (true, "thing/history/post")] {
            let payload = format!(r#"{{"id":"1","params":{}}}"#, filled.batch(is_history));
            let topic = studio::Topic::parse(rest).unwrap();
            let studio::Message::Request(request) =
                studio::Message::decode(&topic, payload.as_bytes()).unwrap()
            else {
                panic!("these are requests");
            };
            assert_eq!(filled.model.check(&request), []);
        }
        assert!(filled.batch(true).contains(r#""hot":[{"value":{"level":0}}]"#), "{}", filled.batch(true));
    }

    #[test]
    fn a_wrong_one_is_pointed_at_and_replaces_nothing() {
        let mut form = ModelForm::default();
        form.import(LAMP.as_bytes());
        form.import(b"{\"properties\": 1}");
        assert_eq!(form.error.as_ref().unwrap().offset, 15);
        assert_eq!(form.pasted, "{\"properties\": 1}");
        assert!(form.filled.is_some());
        form.import(b" ");
        assert_eq!((form.pasted.as_str(), &form.error), ("", &None));
    }
}

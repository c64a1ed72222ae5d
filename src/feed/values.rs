//! The properties of the device as it knows them: what it reported, and what the platform set. From these it answers
//! when it is asked.

use std::collections::{BTreeMap, VecDeque};

use onenet::Value;
use onenet::studio::{Function, Identifier, Message, MessageId, Named, Params, Topic};
use onenet::sys::{Address, Device};

/// The properties of one device, the newest value of each. Bounded: nobody has more, and a platform that sets ever
/// new names must not fill the memory.
#[derive(Debug, Default)]
pub struct Values {
    /// Whose they are.
    device: Option<Device>,
    known: BTreeMap<Identifier, Value>,
    /// What the platform wants to be set and was not told of yet, oldest first.
    asked: VecDeque<(MessageId, Vec<Named>)>,
}

/// Properties kept.
const MAX_PROPERTIES: usize = 500;
/// Bytes of a value that is kept.
const MAX_VALUE: usize = 4_096;
/// Requests kept: the platform waits five seconds for each.
const MAX_ASKED: usize = 16;

impl Values {
    /// A message arrived: what it sets counts once it is answered with success.
    pub fn hear(&mut self, topic: &str, payload: &[u8]) {
        let Some((device, function)) = property_topic(topic, Topic::Request(Function::PropertySet)) else {
            return;
        };
        if let Ok(Message::Request(request)) = Message::decode(&function, payload)
            && let Params::PropertySet(values) = request.params
        {
            self.become_device(device);
            self.asked.push_back((request.id, values));
            if self.asked.len() > MAX_ASKED {
                self.asked.pop_front();
            }
        }
    }

    /// A message is sent: it reports properties, or says that they are set.
    pub fn say(&mut self, topic: &str, payload: &[u8]) {
        if let Some((device, topic)) = property_topic(topic, Topic::Request(Function::PropertyPost)) {
            if let Ok(Message::Request(request)) = Message::decode(&topic, payload)
                && let Params::PropertyPost(points) = request.params
            {
                self.become_device(device);
                for point in points {
                    self.know(point.identifier, point.moment.value);
                }
            }
        } else if let Some((device, topic)) = property_topic(topic, Topic::Reply(Function::PropertySet))
            && let Ok(Message::Reply(reply)) = Message::decode(&topic, payload)
            && self.device.as_ref() == Some(&device)
            && let Some(at) = self.asked.iter().position(|(id, _)| *id == reply.id)
            && let Some((_, values)) = self.asked.remove(at)
            && reply.code.is_success()
        {
            for value in values {
                self.know(value.identifier, value.value);
            }
        }
    }

    /// The values of these properties as a JSON object; those that are not known are left out.
    pub fn object(&self, names: &[Identifier]) -> String {
        let known = names.iter().filter_map(|name| Some((name, self.known.get(name)?)));
        let members: Vec<String> =
            known.map(|(name, value)| format!("{}:{value}", Value::string(name.as_str()))).collect();
        format!("{{{}}}", members.join(","))
    }

    fn know(&mut self, name: Identifier, value: Value) {
        let has_room = self.known.len() < MAX_PROPERTIES || self.known.contains_key(&name);
        if has_room && value.as_json().len() <= MAX_VALUE {
            self.known.insert(name, value);
        }
    }

    /// What another device had is none of its properties.
    fn become_device(&mut self, device: Device) {
        if self.device.as_ref() != Some(&device) {
            *self = Self { device: Some(device), ..Self::default() };
        }
    }
}

/// Whose topic it is, where it is this one.
fn property_topic(topic: &str, wanted: Topic) -> Option<(Device, Topic)> {
    let address = Address::parse(topic).ok()?;
    (Topic::parse(address.rest()).ok()? == wanted).then_some((address.device, wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = "$sys/VRqhDHF2wL/my_tv/thing/property/set";
    const SET_REPLY: &str = "$sys/VRqhDHF2wL/my_tv/thing/property/set_reply";
    const POST: &str = "$sys/VRqhDHF2wL/my_tv/thing/property/post";

    fn known(values: &Values) -> String {
        values.object(&["a", "b"].map(|name| Identifier::parse(name).unwrap()))
    }

    #[test]
    fn knows_what_it_reported_digit_by_digit() {
        let mut values = Values::default();
        values.say(POST, br#"{"id":"1","params":{"a":{"value":27.50}}}"#);
        assert_eq!(known(&values), r#"{"a":27.50}"#);
    }

    #[test]
    fn a_value_is_set_once_the_platform_is_told_so() {
        let mut values = Values::default();
        values.hear(SET, br#"{"id":"7","params":{"a":1}}"#);
        values.hear(SET, br#"{"id":"8","params":{"b":2}}"#);
        assert_eq!(known(&values), "{}");
        values.say(SET_REPLY, br#"{"id":"7","code":200,"msg":"success"}"#);
        values.say(SET_REPLY, br#"{"id":"8","code":302,"msg":"data type error"}"#);
        values.say(SET_REPLY, br#"{"id":"8","code":200}"#);
        assert_eq!(known(&values), r#"{"a":1}"#, "what was refused is not set");
    }

    #[test]
    fn another_device_has_none_of_them() {
        let mut values = Values::default();
        values.say(POST, br#"{"id":"1","params":{"a":{"value":1}}}"#);
        values.say("$sys/VRqhDHF2wL/lamp/thing/property/post", br#"{"id":"1","params":{"b":{"value":2}}}"#);
        assert_eq!(known(&values), r#"{"b":2}"#);
    }

    #[test]
    fn ever_new_names_do_not_fill_the_memory() {
        let mut values = Values::default();
        for name in 0..2 * MAX_PROPERTIES {
            values.say(POST, format!(r#"{{"id":"1","params":{{"p{name}":{{"value":1}}}}}}"#).as_bytes());
            values.hear(SET, format!(r#"{{"id":"{name}","params":{{"a":1}}}}"#).as_bytes());
        }
        assert_eq!((values.known.len(), values.asked.len()), (MAX_PROPERTIES, MAX_ASKED));
    }
}

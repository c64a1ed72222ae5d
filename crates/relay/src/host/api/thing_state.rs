//! What the studio knows of a device without asking it: its last properties and its desired values, as JSON.

use std::collections::BTreeMap;

use onenet::Value;
use onenet::studio::{Access, Identifier, Property};
use serde::Serialize;
use serde_json::value::RawValue;
use simulator::{Device, Platform, Point};

use super::answer::as_written;

/// A property as the documents lay it out: what was never reported or said is left out.
#[derive(Serialize)]
struct Reported<'a> {
    identifier: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access_mode: Option<&'static str>,
    /// Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expect_value: Option<String>,
}

/// A desired value.
#[derive(Serialize)]
struct Desired {
    value: Option<Box<RawValue>>,
    version: u64,
}

/// The properties of a device: those of its thing model, otherwise those that were reported.
pub(super) fn latest(platform: &Platform, device_id: &str) -> Option<Box<RawValue>> {
    let device = platform.device(device_id)?;
    let product = platform.product(device.product_id());
    let list: Vec<Reported<'_>> = match product.and_then(|product| product.model.as_ref()) {
        Some(model) => model
            .properties
            .iter()
            .map(|property| reported(device, property.identifier.as_str(), Some(property)))
            .collect(),
        None => device.streams().map(|(id, _)| reported(device, id.as_str(), None)).collect(),
    };
    serde_json::value::to_raw_value(&list).ok()
}

/// The desired values of a device, or those of them that are named.
pub(super) fn desired(
    platform: &Platform,
    device_id: &str,
    names: Option<&[Identifier]>,
) -> Option<Box<RawValue>> {
    let profile = platform.device(device_id)?.profile()?;
    let asked = |name: &Identifier| names.is_none_or(|names| names.contains(name));
    let members: BTreeMap<&str, Desired> = profile
        .desired()
        .filter(|(name, _)| asked(name))
        .map(|(name, desired)| {
            let desired = Desired { value: as_written(&desired.value), version: desired.version };
            (name.as_str(), desired)
        })
        .collect();
    serde_json::value::to_raw_value(&members).ok()
}

fn reported<'a>(device: &'a Device, identifier: &'a str, property: Option<&'a Property>) -> Reported<'a> {
    let point: Option<&Point> = device.stream(identifier).and_then(|stream| stream.latest());
    let desired = device.profile().and_then(|profile| {
        profile.desired().find(|(name, _)| name.as_str() == identifier).map(|(_, desired)| &desired.value)
    });
    Reported {
        identifier,
        name: property.map(|property| property.name.as_str()),
        description: property.map(|property| property.desc.as_str()).filter(|text| !text.is_empty()),
        data_type: property.map(|property| property.data_type.name()),
        access_mode: property.map(|property| match property.access {
            Access::Read => "只读",
            Access::ReadWrite => "读写",
        }),
        time: point.map(|point| point.at.unix_millis().to_string()),
        value: point.map(|point| text(&point.value)),
        expect_value: desired.map(text),
    }
}

/// A value as text: the JSON that it is, but strings without quotes and escapes.
fn text(value: &Value) -> String {
    serde_json::from_str::<String>(value.as_json()).unwrap_or_else(|_| value.as_json().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_told_without_quotes() {
        assert_eq!(text(&Value::string("a\"b")), "a\"b");
        assert_eq!(text(&Value::parse("127.10").unwrap()), "127.10");
    }
}

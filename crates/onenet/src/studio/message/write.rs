//! Messages to JSON: members in the order of the documents, no white space.

use super::super::identifier::Identifier;
use super::part::{Batch, Device, Moment, Named, Point, Series};
use super::reply::{Data, Reply};
use super::request::{Params, Request};
use crate::data_point::Value;

pub(super) fn request(request: &Request) -> String {
    let mut members = Members::new().text("id", request.id.as_str());
    if let Some(version) = &request.version {
        members = members.text("version", version);
    }
    if let Some(params) = params(&request.params) {
        members = members.json("params", &params);
    }
    members.end()
}

pub(super) fn reply(reply: &Reply) -> String {
    let mut members = Members::new().text("id", reply.id.as_str()).json("code", &reply.code.0.to_string());
    if let Some(msg) = &reply.msg {
        members = members.text("msg", msg);
    }
    if let Some(data) = &reply.data {
        members = members.json("data", &data_of(data));
    }
    members.end()
}

fn params(params: &Params) -> Option<String> {
    Some(match params {
        Params::PropertyPost(points) | Params::EventPost(points) => object(points, point),
        Params::PropertySet(values) => object(values, named),
        Params::PropertyGet(names) | Params::DesiredGet(names) => array(names, name),
        Params::DesiredDelete(versions) => object(versions, |members, desired| {
            members.json(desired.identifier.as_str(), &with_version(Members::new(), desired.version))
        }),
        Params::Service { identifier: _, input } => object(input, named),
        Params::PackPost(batches) => array(batches, |batch| whole_batch(batch, point)),
        Params::HistoryPost(batches) => array(batches, |batch| whole_batch(batch, series)),
        Params::SubLogin(device) | Params::SubLogout(device) => sub(device).end(),
        Params::TopoAdd(device, token) | Params::TopoDelete(device, token) => {
            sub(device).text("sasToken", &token.0).end()
        }
        Params::TopoGet => return None,
        Params::TopoChange(devices) => Members::new().json("subList", &array(devices, one_sub)).end(),
        Params::SubPropertyGet { device, names } => sub(device).json("params", &array(names, name)).end(),
        Params::SubPropertySet { device, values } => sub(device).json("params", &object(values, named)).end(),
        Params::SubService { device, identifier, input } => {
            sub(device).text("identifier", identifier.as_str()).json("input", &object(input, named)).end()
        }
        Params::OtaInform(value) => value.as_ref()?.as_json().to_owned(),
    })
}

fn data_of(data: &Data) -> String {
    match data {
        Data::Values(values) => object(values, named),
        Data::Desired(values) => object(values, |members, desired| {
            let value = Members::new().json("value", desired.value.as_json());
            members.json(desired.identifier.as_str(), &with_version(value, desired.version))
        }),
        Data::Devices(devices) => array(devices, one_sub),
        Data::SubOutput { device, identifier, output } => {
            sub(device).text("identifier", identifier.as_str()).json("output", &object(output, named)).end()
        }
        Data::Other(value) => value.as_json().to_owned(),
    }
}

fn point(members: Members, point: &Point) -> Members {
    members.json(point.identifier.as_str(), &moment(&point.moment))
}

fn series(members: Members, series: &Series) -> Members {
    members.json(series.identifier.as_str(), &array(&series.moments, moment))
}

fn moment(moment: &Moment) -> String {
    let members = Members::new().json("value", moment.value.as_json());
    match moment.time {
        Some(time) => members.json("time", &time.to_string()).end(),
        None => members.end(),
    }
}

fn named(members: Members, named: &Named) -> Members {
    members.json(named.identifier.as_str(), named.value.as_json())
}

fn name(identifier: &Identifier) -> String {
    Value::string(identifier.as_str()).as_json().to_owned()
}

fn with_version(members: Members, version: Option<u64>) -> String {
    match version {
        Some(version) => members.json("version", &version.to_string()).end(),
        None => members.end(),
    }
}

fn whole_batch<T>(batch: &Batch<T>, part: fn(Members, &T) -> Members) -> String {
    let mut members = Members::new();
    if let Some(device) = &batch.device {
        // The other way round than elsewhere, as in the documents.
        let identity = Members::new().text("productID", &device.product).text("deviceName", &device.name);
        members = members.json("identity", &identity.end());
    }
    for (name, parts) in [("properties", &batch.properties), ("events", &batch.events)] {
        if !parts.is_empty() {
            members = members.json(name, &object(parts, part));
        }
    }
    members.end()
}

fn one_sub(device: &Device) -> String {
    sub(device).end()
}

fn sub(device: &Device) -> Members {
    Members::new().text("deviceName", &device.name).text("productID", &device.product)
}

fn object<T>(items: &[T], write: impl Fn(Members, &T) -> Members) -> String {
    items.iter().fold(Members::new(), write).end()
}

fn array<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(write).collect();
    format!("[{}]", items.join(","))
}

/// An object while it is written.
struct Members(String);

impl Members {
    fn new() -> Self {
        Self("{".to_owned())
    }

    fn text(self, name: &str, text: &str) -> Self {
        self.json(name, Value::string(text).as_json())
    }

    fn json(mut self, name: &str, json: &str) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(Value::string(name).as_json());
        self.0.push(':');
        self.0.push_str(json);
        self
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

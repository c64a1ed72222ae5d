//! Messages from JSON. What each looks like is drawn beside its value in `request` and `reply`.

use serde_json::value::RawValue;

use super::super::code::Code;
use super::super::document::{Document, Object};
use super::super::error::{DecodeError, DecodeProblem};
use super::super::function::Function;
use super::super::identifier::Identifier;
use super::super::message_id::MessageId;
use super::part::{Batch, Desired, DesiredVersion, Device, Moment, Named, Point, Series, SubToken};
use super::reply::{Data, Reply};
use super::request::{Params, Request};
use crate::data_point::Value;
use crate::json::Members;
use crate::legacy::JsonKind;

/// Reads a request for `function`.
pub(super) fn request(function: &Function, payload: &[u8]) -> Result<Request, DecodeError> {
    let (document, root) = Document::parse(payload)?;
    let envelope = document.members(root, "payload")?;
    let id = id(&document, envelope.required("id")?)?;
    let version = envelope.optional("version").map(|raw| document.string(raw, "version")).transpose()?;
    let params = params(function, &document, &envelope)?;
    Ok(Request { id, version, params })
}

/// Reads the reply to `function`; without one, that of a topic whose messages have no `data`.
pub(super) fn reply(function: Option<&Function>, payload: &[u8]) -> Result<Reply, DecodeError> {
    let (document, root) = Document::parse(payload)?;
    let envelope = document.members(root, "payload")?;
    let id = id(&document, envelope.required("id")?)?;
    let code = envelope.required("code")?;
    let code = Code(code.get().parse().map_err(|_| document.wrong(code, DecodeProblem::NotACode))?);
    let msg = envelope.optional("msg").filter(|raw| raw.get() != "null");
    let msg = msg.map(|raw| document.string(raw, "msg")).transpose()?;
    let data = envelope.optional("data").filter(|raw| raw.get() != "null");
    let data = data.map(|raw| data_of(function, &document, raw)).transpose()?;
    Ok(Reply { id, code, msg, data })
}

/// Finds the id, whatever else is wrong.
pub(super) fn id_of(payload: &[u8]) -> Option<MessageId> {
    let (document, root) = Document::parse(payload).ok()?;
    id(&document, Members::read(root)?.get("id")?).ok()
}

fn id(document: &Document<'_>, raw: &RawValue) -> Result<MessageId, DecodeError> {
    let text = crate::json::string(raw)
        .ok_or_else(|| document.wrong(raw, DecodeProblem::IdKind { found: JsonKind::of(raw.get()) }))?;
    MessageId::parse(&text).map_err(|error| document.wrong(raw, error.into()))
}

fn params<'a>(
    function: &Function,
    document: &Document<'a>,
    envelope: &Object<'a>,
) -> Result<Params, DecodeError> {
    let raw = || envelope.required("params");
    let sub = || -> Result<(Object<'a>, Device), DecodeError> {
        let members = document.members(raw()?, "params")?;
        let device = device(&members)?;
        Ok((members, device))
    };
    Ok(match function {
        Function::PropertyPost => Params::PropertyPost(points(document, raw()?, "params")?),
        Function::PropertySet => Params::PropertySet(values(document, raw()?, "params")?),
        Function::PropertyGet => Params::PropertyGet(names(document, raw()?)?),
        Function::DesiredGet => Params::DesiredGet(names(document, raw()?)?),
        Function::DesiredDelete => Params::DesiredDelete(versions(document, raw()?)?),
        Function::EventPost => Params::EventPost(points(document, raw()?, "params")?),
        Function::Service(identifier) => {
            Params::Service { identifier: identifier.clone(), input: values(document, raw()?, "params")? }
        }
        Function::PackPost => Params::PackPost(batches(document, raw()?, points)?),
        Function::HistoryPost => Params::HistoryPost(batches(document, raw()?, series)?),
        Function::SubLogin => Params::SubLogin(sub()?.1),
        Function::SubLogout => Params::SubLogout(sub()?.1),
        Function::TopoAdd => {
            let (members, device) = sub()?;
            Params::TopoAdd(device, SubToken(members.string("sasToken")?))
        }
        Function::TopoDelete => {
            let (members, device) = sub()?;
            Params::TopoDelete(device, SubToken(members.string("sasToken")?))
        }
        Function::TopoChange => {
            let list = document.members(raw()?, "params")?.required("subList")?;
            Params::TopoChange(devices(document, list, "subList")?)
        }
        Function::SubPropertyGet => {
            let (members, device) = sub()?;
            Params::SubPropertyGet { device, names: names(document, members.required("params")?)? }
        }
        Function::SubPropertySet => {
            let (members, device) = sub()?;
            let values = values(document, members.required("params")?, "params")?;
            Params::SubPropertySet { device, values }
        }
        Function::SubService => {
            let (members, device) = sub()?;
            let (identifier, input) = service(document, &members, "input")?;
            Params::SubService { device, identifier, input }
        }
        Function::TopoGet => Params::TopoGet,
        // Bytes of an own format never come here: `Message::decode` keeps them as they are.
        Function::OtaInform | Function::CustomUp | Function::CustomDown(_) => {
            Params::OtaInform(envelope.optional("params").map(Value::from_raw))
        }
    })
}

fn data_of<'a>(
    function: Option<&Function>,
    document: &Document<'a>,
    raw: &'a RawValue,
) -> Result<Data, DecodeError> {
    Ok(match function {
        Some(Function::PropertyGet | Function::SubPropertyGet | Function::Service(_)) => {
            Data::Values(values(document, raw, "data")?)
        }
        Some(Function::DesiredGet) => Data::Desired(desired(document, raw)?),
        Some(Function::TopoGet) => Data::Devices(devices(document, raw, "data")?),
        Some(Function::SubService) => {
            let members = document.members(raw, "data")?;
            let device = device(&members)?;
            let (identifier, output) = service(document, &members, "output")?;
            Data::SubOutput { device, identifier, output }
        }
        _ => Data::Other(Value::from_raw(raw)),
    })
}

/// `{k:{"value":…,"time":…}}`
fn points<'a>(
    document: &Document<'a>,
    raw: &'a RawValue,
    member: &'static str,
) -> Result<Vec<Point>, DecodeError> {
    let read = |(name, raw): (&str, &'a RawValue)| {
        let identifier = document.identifier(name, raw)?;
        let moment = moment(document, raw, &identifier)?;
        Ok(Point { identifier, moment })
    };
    document.members(raw, member)?.iter().map(read).collect()
}

/// `{k:[{"value":…,"time":…}]}`
fn series<'a>(
    document: &Document<'a>,
    raw: &'a RawValue,
    member: &'static str,
) -> Result<Vec<Series>, DecodeError> {
    let read = |(name, raw): (&str, &'a RawValue)| {
        let identifier = document.identifier(name, raw)?;
        let elements = document.elements(raw, "a history")?;
        let moments: Result<_, _> =
            elements.into_iter().map(|raw| moment(document, raw, &identifier)).collect();
        Ok(Series { identifier, moments: moments? })
    };
    document.members(raw, member)?.iter().map(read).collect()
}

fn moment<'a>(
    document: &Document<'a>,
    raw: &'a RawValue,
    identifier: &Identifier,
) -> Result<Moment, DecodeError> {
    let members = document.members(raw, "value").map_err(|error| {
        let (identifier, found) = (identifier.clone(), JsonKind::of(raw.get()));
        DecodeError { problem: DecodeProblem::BareValue { identifier, found }, ..error }
    })?;
    let time = members.optional("time").map(|raw| document.whole(raw, "time")).transpose()?;
    Ok(Moment { value: Value::from_raw(members.required("value")?), time })
}

/// How the properties and events of a batch are read.
type ReadParts<'a, T> = fn(&Document<'a>, &'a RawValue, &'static str) -> Result<Vec<T>, DecodeError>;

fn batches<'a, T>(
    document: &Document<'a>,
    raw: &'a RawValue,
    parts: ReadParts<'a, T>,
) -> Result<Vec<Batch<T>>, DecodeError> {
    let read = |raw| {
        let members = document.members(raw, "an element of params")?;
        let identity = members.optional("identity").map(|raw| document.members(raw, "identity"));
        let device = identity.transpose()?.map(|members| device(&members)).transpose()?;
        let parts = |member| {
            members.optional(member).map_or_else(|| Ok(Vec::new()), |raw| parts(document, raw, member))
        };
        Ok(Batch { device, properties: parts("properties")?, events: parts("events")? })
    };
    document.elements(raw, "params")?.into_iter().map(read).collect()
}

/// `{k:v}`
fn values<'a>(
    document: &Document<'a>,
    raw: &'a RawValue,
    member: &'static str,
) -> Result<Vec<Named>, DecodeError> {
    let read = |(name, raw): (&str, &RawValue)| {
        Ok(Named { identifier: document.identifier(name, raw)?, value: Value::from_raw(raw) })
    };
    document.members(raw, member)?.iter().map(read).collect()
}

/// `[k]`
fn names<'a>(document: &Document<'a>, raw: &'a RawValue) -> Result<Vec<Identifier>, DecodeError> {
    let read = |raw: &RawValue| document.identifier(&document.string(raw, "an element of params")?, raw);
    document.elements(raw, "params")?.into_iter().map(read).collect()
}

/// `{k:{"version":…}}`
fn versions<'a>(document: &Document<'a>, raw: &'a RawValue) -> Result<Vec<DesiredVersion>, DecodeError> {
    let read = |(name, raw): (&str, &'a RawValue)| {
        let identifier = document.identifier(name, raw)?;
        Ok(DesiredVersion { identifier, version: version(document, &document.members(raw, "a version")?)? })
    };
    document.members(raw, "params")?.iter().map(read).collect()
}

/// `{k:{"value":…,"version":…}}`
fn desired<'a>(document: &Document<'a>, raw: &'a RawValue) -> Result<Vec<Desired>, DecodeError> {
    let read = |(name, raw): (&str, &'a RawValue)| {
        let identifier = document.identifier(name, raw)?;
        let members = document.members(raw, "a desired value")?;
        let value = Value::from_raw(members.required("value")?);
        Ok(Desired { identifier, value, version: version(document, &members)? })
    };
    document.members(raw, "data")?.iter().map(read).collect()
}

fn version(document: &Document<'_>, members: &Object<'_>) -> Result<Option<u64>, DecodeError> {
    members.optional("version").map(|raw| document.whole(raw, "version")).transpose()
}

fn devices<'a>(
    document: &Document<'a>,
    raw: &'a RawValue,
    member: &'static str,
) -> Result<Vec<Device>, DecodeError> {
    let read = |raw| device(&document.members(raw, "a device")?);
    document.elements(raw, member)?.into_iter().map(read).collect()
}

fn device(members: &Object<'_>) -> Result<Device, DecodeError> {
    Ok(Device { product: members.string("productID")?, name: members.string("deviceName")? })
}

fn service<'a>(
    document: &Document<'a>,
    members: &Object<'a>,
    parameters: &'static str,
) -> Result<(Identifier, Vec<Named>), DecodeError> {
    let raw = members.required("identifier")?;
    let identifier = document.identifier(&document.string(raw, "identifier")?, raw)?;
    let parameters = values(document, members.required(parameters)?, parameters)?;
    Ok((identifier, parameters))
}

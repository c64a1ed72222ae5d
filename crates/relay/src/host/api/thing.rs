//! Calls about the thing model of a device of the studio: `/application?action=…` and `/thingmodel/…` (reference §3.3).
//!
//! Both families do the same and differ in how they are called and answered.

use axum::extract::State;
use axum::http::Method;
use axum::response::Response;
use onenet::studio::{Function, Identifier, Message, Params, Request, Topic};
use serde::Deserialize;
use serde_json::value::RawValue;
use simulator::{Call, CallError, CallId, CallState, Platform};

use super::answer::Failure;
use super::caller::Api;
use super::request::{Entity, Named, Parameters};
use super::thing_answer::{self, ThingFailure};
use super::thing_state::{desired, latest};
use super::token_key::TokenCaller;

/// What can be done with a thing model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// Sets properties, and waits for the device.
    Set,
    /// Asks the device for properties.
    Get,
    /// Calls a service of the device.
    Call,
    /// The last values that were reported.
    Latest,
    /// Sets desired values.
    SetDesired,
    /// The desired values.
    Desired,
    /// Clears desired values.
    DeleteDesired,
}

/// Every verb: its action in the studio, its path on the newer platform, and how it is called.
const VERBS: [(Verb, &str, &str, Method); 7] = [
    (Verb::Set, "SetDeviceProperty", "set-device-property", Method::POST),
    (Verb::Get, "QueryDevicePropertyDetail", "query-device-property-detail", Method::POST),
    (Verb::Call, "CallService", "call-service", Method::POST),
    (Verb::Latest, "QueryDeviceProperty", "query-device-property", Method::GET),
    (Verb::SetDesired, "SetDeviceDesiredProperty", "set-device-desired-property", Method::POST),
    (Verb::Desired, "QueryDeviceDesiredProperty", "query-device-desired-property", Method::POST),
    (Verb::DeleteDesired, "DeleteDeviceDesiredProperty", "delete-device-desired-property", Method::POST),
];

/// The body of a call. Members that nobody here asks for, as `project_id`, are passed over.
#[derive(Default, Deserialize)]
struct Form {
    product_id: Option<String>,
    device_name: Option<String>,
    identifier: Option<String>,
    params: Option<Box<RawValue>>,
}

/// `/application?action=…&version=1`
pub(super) async fn application(
    State(api): State<Api>,
    caller: Result<TokenCaller, Failure>,
    method: Method,
    parameters: Parameters,
    entity: Entity,
) -> Response {
    let verb = || {
        let action = parameters.required("action")?;
        let known = VERBS.iter().find(|(_, name, _, with)| *name == action && *with == method);
        known.map(|(verb, ..)| *verb).ok_or_else(|| {
            let actions: Vec<String> =
                VERBS.iter().map(|(_, name, _, method)| format!("{method} {name}")).collect();
            Failure::parameter("action", action, &actions.join(", "))
        })
    };
    let done = match verb() {
        Ok(verb) => perform(&api, caller, verb, &parameters, entity).await,
        Err(failure) => Err(failure.into()),
    };
    let inside = match verb() {
        Ok(Verb::Latest) => Some("list"),
        Ok(Verb::Desired) => Some("params"),
        Ok(_) | Err(_) => None,
    };
    thing_answer::studio(done.map(|data| match inside {
        Some(name) => data.and_then(|data| wrap(name, &data)),
        None => data,
    }))
}

/// `/thingmodel/{call}`
pub(super) async fn thing_model(
    State(api): State<Api>,
    caller: Result<TokenCaller, Failure>,
    method: Method,
    path: Result<Named, Failure>,
    parameters: Parameters,
    entity: Entity,
) -> Response {
    let known = path.map(|Named(path)| {
        VERBS.iter().find(|(_, _, name, with)| *name == path && *with == method).map(|(verb, ..)| *verb)
    });
    let done = match known {
        Err(failure) => Err(failure.into()),
        Ok(Some(verb)) => perform(&api, caller, verb, &parameters, entity).await,
        Ok(None) => {
            Err(Failure::NotFound(format!("{method} /thingmodel is no such call, see docs/http-api.md"))
                .into())
        }
    };
    thing_answer::new(done)
}

async fn perform(
    api: &Api,
    caller: Result<TokenCaller, Failure>,
    verb: Verb,
    parameters: &Parameters,
    entity: Entity,
) -> Result<Option<Box<RawValue>>, ThingFailure> {
    let TokenCaller(caller) = caller?;
    let form: Form = if verb == Verb::Latest {
        let text = |name| parameters.text(name).map(str::to_owned);
        Form { product_id: text("product_id"), device_name: text("device_name"), ..Form::default() }
    } else {
        entity.json(r#"a JSON object as {"product_id":…,"device_name":…,"params":…}"#)?
    };
    let product = form.product_id.as_deref().ok_or(Failure::ParameterRequired("product_id"))?;
    let name = form.device_name.as_deref().ok_or(Failure::ParameterRequired("device_name"))?;
    let device_id = format!("{product}/{name}");
    let params = form.read(verb)?;
    let started = api.host.ask(move |platform, now| {
        let Some(device) = platform.device(&device_id) else {
            return Err(ThingFailure::from(CallError::UnknownDevice(device_id)));
        };
        if !caller.may_use(device) {
            let why = format!("this token is not of device {device_id} or its product");
            return Err(Failure::AuthFailed(why).into());
        }
        begin(platform, &device_id, verb, params, now)
    });
    match started.await.map_err(Failure::from)?? {
        Begun::Done(data) => Ok(data),
        Begun::Asked(call) => {
            let settled = api.host.settled(call).await.map_err(Failure::from)?;
            answer(verb, settled.as_ref())
        }
    }
}

/// How far a call came at once.
enum Begun {
    Done(Option<Box<RawValue>>),
    /// The device is asked.
    Asked(CallId),
}

fn begin(
    platform: &mut Platform,
    device_id: &str,
    verb: Verb,
    params: Option<Params>,
    now: std::time::Instant,
) -> Result<Begun, ThingFailure> {
    let none = || Ok(Begun::Done(None));
    match (verb, params) {
        (Verb::Set, Some(Params::PropertySet(values))) => {
            Ok(Begun::Asked(platform.set_properties(device_id, values, now)?))
        }
        (Verb::SetDesired, Some(Params::PropertySet(values))) => {
            platform.set_desired(device_id, values, now)?;
            none()
        }
        (Verb::Get, Some(Params::PropertyGet(names))) => {
            Ok(Begun::Asked(platform.get_properties(device_id, names, now)?))
        }
        (Verb::Call, Some(Params::Service { identifier, input })) => {
            Ok(Begun::Asked(platform.invoke_service(device_id, identifier, input, now)?))
        }
        (Verb::DeleteDesired, Some(Params::DesiredDelete(versions))) => {
            platform.clear_desired_versions(device_id, &versions)?;
            none()
        }
        (Verb::Desired, Some(Params::DesiredGet(names))) => {
            Ok(Begun::Done(desired(platform, device_id, Some(&names))))
        }
        (Verb::Desired, _) => Ok(Begun::Done(desired(platform, device_id, None))),
        (Verb::Latest, _) => Ok(Begun::Done(latest(platform, device_id))),
        // Never: `Form::read` gives what the verb wants.
        (Verb::Set | Verb::SetDesired | Verb::Get | Verb::Call | Verb::DeleteDesired, _) => none(),
    }
}

/// What the device said.
fn answer(verb: Verb, call: Option<&Call>) -> Result<Option<Box<RawValue>>, ThingFailure> {
    let failure = |code, msg: &str| Err(ThingFailure::Code { code, msg: msg.to_owned() });
    let Some(call) = call else { return failure(303, "the platform has forgotten the call") };
    let bytes = call.answer.as_deref().unwrap_or_default();
    let members: Members = serde_json::from_slice(bytes).unwrap_or_default();
    match &call.state {
        CallState::Answered(_) if verb == Verb::Set => Ok(members.head()),
        CallState::Answered(Some(code)) if !code.is_success() => {
            let msg: String =
                members.msg.and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or_default();
            failure(code.0, &format!("the device answered: {msg}"))
        }
        CallState::Answered(_) => Ok(members.data),
        CallState::Unreadable(error) => failure(304, &format!("resp error: {error}")),
        CallState::TimedOut | CallState::Sent => failure(306, "timeout: the device did not answer in 5 s"),
    }
}

/// The members of an answer, as they were written.
#[derive(Default, Deserialize)]
struct Members {
    id: Option<Box<RawValue>>,
    code: Option<Box<RawValue>>,
    msg: Option<Box<RawValue>>,
    data: Option<Box<RawValue>>,
}

impl Members {
    /// All of them but the data.
    fn head(&self) -> Option<Box<RawValue>> {
        let members = [("id", &self.id), ("code", &self.code), ("msg", &self.msg)];
        let written =
            members.iter().filter_map(|(name, raw)| Some(format!("\"{name}\":{}", raw.as_ref()?.get())));
        RawValue::from_string(format!("{{{}}}", written.collect::<Vec<_>>().join(","))).ok()
    }
}

/// `{"name":data}`
fn wrap(name: &str, data: &RawValue) -> Option<Box<RawValue>> {
    RawValue::from_string(format!("{{\"{name}\":{}}}", data.get())).ok()
}

impl Form {
    /// The params of a verb, read as those of the message that they become.
    fn read(&self, verb: Verb) -> Result<Option<Params>, ThingFailure> {
        let function = match verb {
            Verb::Latest => return Ok(None),
            Verb::Desired if self.params.is_none() => return Ok(None),
            Verb::Set | Verb::SetDesired => Function::PropertySet,
            Verb::Get => Function::PropertyGet,
            Verb::Desired => Function::DesiredGet,
            Verb::DeleteDesired => Function::DesiredDelete,
            Verb::Call => {
                let identifier =
                    self.identifier.as_deref().ok_or(Failure::ParameterRequired("identifier"))?;
                let wrong =
                    |error| Failure::parameter("identifier", identifier, &format!("a name ({error})"));
                Function::Service(Identifier::parse(identifier).map_err(wrong)?)
            }
        };
        let params = self.params.as_ref().ok_or(Failure::ParameterRequired("params"))?;
        let head = r#"{"id":"0","params":"#;
        let message = format!("{head}{}}}", params.get());
        match Message::decode(&Topic::Request(function), message.as_bytes()) {
            Ok(Message::Request(Request { params, .. })) => Ok(Some(params)),
            Ok(Message::Reply(_) | Message::Custom(_)) => Ok(None),
            Err(error) => {
                let at = error.offset.saturating_sub(head.len());
                let msg = format!("params: {} at byte {at} of it", error.problem);
                Err(ThingFailure::Code { code: error.code().0, msg })
            }
        }
    }
}

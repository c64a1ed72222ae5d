//! Faults on purpose: `GET`, `PUT` and `DELETE /faults`, `POST /faults/strike`. The real platform has no such
//! calls, alas; their form is that of the others.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use serde_json::value::RawValue;
use simulator::{Faults, Platform, Scope, Strike};

use super::answer::{Failure, done, success};
use super::caller::{Api, Caller};
use super::request::{Entity, Parameters};
use super::scenario::{FaultsJson, apply};

const OF_FAULTS: &str = r#"a JSON object as {"lose_puback":{"nth":1}}"#;
const OF_STRIKE: &str = r#"a JSON object as {"strike":"cut","device_id":"1"}"#;

#[derive(Serialize)]
struct Struck {
    /// How many connections.
    connections: usize,
}

/// The faults that are set, all members of them.
pub(super) async fn read(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let device_id = parameters.text("device_id").map(str::to_owned);
    let faults = api
        .ask(move |platform, _| {
            let scope = scope(&caller, platform, device_id)?;
            Ok(platform.faults(&scope).cloned().unwrap_or_default())
        })
        .await?;
    Ok(success(FaultsJson::of(&faults)))
}

/// Sets the faults that the body names; the others stay. Gives them all.
pub(super) async fn set(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
    entity: Entity,
) -> Result<Response, Failure> {
    let device_id = parameters.text("device_id").map(str::to_owned);
    let members: BTreeMap<String, Box<RawValue>> = entity.json(OF_FAULTS)?;
    let faults = api
        .ask(move |platform, _| {
            let scope = scope(&caller, platform, device_id)?;
            let mut faults = platform.faults(&scope).cloned().unwrap_or_default();
            apply(&mut faults, &members)?;
            put(platform, &scope, faults)?;
            // As they are kept: a seed alone is not.
            Ok(platform.faults(&scope).cloned().unwrap_or_default())
        })
        .await?;
    Ok(success(FaultsJson::of(&faults)))
}

/// Takes all faults away.
pub(super) async fn clear(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let device_id = parameters.text("device_id").map(str::to_owned);
    api.ask(move |platform, _| {
        let scope = scope(&caller, platform, device_id)?;
        put(platform, &scope, Faults::default())
    })
    .await?;
    Ok(done())
}

/// Strikes now, and says how many connections that were.
pub(super) async fn strike(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
    entity: Entity,
) -> Result<Response, Failure> {
    let members: BTreeMap<String, Box<RawValue>> = entity.json(OF_STRIKE)?;
    let (strike, device_id) = read_strike(&members)?;
    let device_id = match (device_id, parameters.text("device_id")) {
        (Some(one), Some(other)) if one != other => {
            let error = "device_id stands in the address and in the body, expected the same in both";
            return Err(Failure::InvalidParameter(error.to_owned()));
        }
        (one, other) => one.or(other.map(str::to_owned)),
    };
    let connections = api
        .ask(move |platform, now| {
            let scope = scope(&caller, platform, device_id)?;
            let struck =
                platform.strike(&scope, strike, now).map_err(|error| Failure::NotFound(error.to_string()))?;
            match scope {
                Scope::Device(device_id) if struck == 0 => Err(Failure::NotOnline(device_id)),
                Scope::Device(_) | Scope::Platform => Ok(struck),
            }
        })
        .await?;
    Ok(success(Struck { connections }))
}

/// Whom the faults strike, where the caller may do that.
fn scope(caller: &Caller, platform: &Platform, device_id: Option<String>) -> Result<Scope, Failure> {
    match device_id {
        Some(device_id) => {
            caller.device(platform, &device_id)?;
            Ok(Scope::Device(device_id))
        }
        None if platform.devices().all(|device| caller.may_use(device)) => match caller {
            Caller::Anybody | Caller::Products(_) => Ok(Scope::Platform),
            // It may know of no other device, but one may come.
            Caller::Device(_) => Err(not_alone()),
        },
        None => Err(not_alone()),
    }
}

fn not_alone() -> Failure {
    Failure::AuthFailed("faults without device_id strike devices that this api-key is not of".to_owned())
}

fn put(platform: &mut Platform, scope: &Scope, faults: Faults) -> Result<(), Failure> {
    platform.set_faults(scope, faults).map_err(|error| Failure::NotFound(error.to_string()))
}

fn read_strike(members: &BTreeMap<String, Box<RawValue>>) -> Result<(Strike, Option<String>), Failure> {
    let (mut strike, mut device_id) = (None, None);
    for (name, source) in members {
        let text: Option<Option<String>> = serde_json::from_str(source.get()).ok();
        match (name.as_str(), text) {
            ("strike", Some(Some(text))) => {
                let known = Strike::ALL.into_iter().find(|strike| strike.as_str() == text);
                strike = Some(known.ok_or_else(|| no_strike(&text))?);
            }
            ("strike", Some(None) | None) => return Err(no_strike(source.get())),
            // As everywhere, an empty one counts as absent.
            ("device_id", Some(text)) => device_id = text.filter(|text| !text.is_empty()),
            ("device_id", None) => {
                return Err(Failure::parameter("device_id", source.get(), "a device id in quotes"));
            }
            _ => return Err(Failure::member(name, "strike, device_id")),
        }
    }
    Ok((strike.ok_or(Failure::ParameterRequired("strike"))?, device_id))
}

fn no_strike(found: &str) -> Failure {
    Failure::parameter("strike", found, "cut, half-open or take-over")
}

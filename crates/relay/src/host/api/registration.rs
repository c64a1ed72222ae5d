//! New devices: `POST /devices`, `POST /register_de` (reference §1.9).
//!
//! The real platform reads the product off the master key or the registration code. A `--device`'s key says
//! it here too; without keys it is `product_id`, a parameter of our own, or else the product that other
//! devices have.

use axum::extract::State;
use axum::response::Response;
use onenet::Value;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use simulator::{CreateDeviceError, Location, NewDevice, Platform};

use super::answer::{Failure, success};
use super::caller::{Api, Caller};
use super::request::{Entity, Parameters};

/// The product of a first device that comes without one.
const FIRST_PRODUCT: &str = "1";

/// The title of a registered device that has none; the platform's own word.
const AUTO_TITLE: &str = "auto_register";

/// The longest `sn`, `mac` and `title` of a registration, in characters.
const MAX_SN: usize = 512;
const MAX_MAC: usize = 32;
const MAX_TITLE: usize = 32;

/// The members of `POST /devices`, each in its source: numbers stay as they are written, and what is wrong
/// with one must be said by name.
#[derive(Deserialize)]
struct Form {
    title: Option<Box<RawValue>>,
    auth_info: Option<Box<RawValue>>,
    desc: Option<Box<RawValue>>,
    tags: Option<Box<RawValue>>,
    location: Option<Box<RawValue>>,
    private: Option<Box<RawValue>>,
    other: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct PlaceForm {
    lon: Box<RawValue>,
    lat: Box<RawValue>,
}

/// The members of `POST /register_de`.
#[derive(Deserialize)]
struct RegistrationForm {
    sn: Option<Box<RawValue>>,
    mac: Option<Box<RawValue>>,
    title: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct Created {
    device_id: String,
}

#[derive(Serialize)]
struct Registered {
    device_id: String,
    key: String,
}

/// Makes a device as its product's owner does.
pub(super) async fn create(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
    entity: Entity,
) -> Result<Response, Failure> {
    let new = read_form(entity.json("the device as a JSON object")?)?;
    let device_id = make(&api, caller, parameters, new).await?;
    Ok(success(Created { device_id }))
}

/// Makes a device as the device itself does, and gives it a key of its own.
pub(super) async fn register(
    State(api): State<Api>,
    parameters: Parameters,
    entity: Entity,
) -> Result<Response, Failure> {
    let code = parameters.required("register_code")?;
    let caller = api.keys.caller(Some(code)).map_err(|_| {
        Failure::AuthFailed("register_code is no key of a --device, which stands in for it here".to_owned())
    })?;
    let form: RegistrationForm = entity.json("a JSON object with sn or mac")?;
    let sn = short_text(form.sn, "sn", MAX_SN)?;
    let mac = short_text(form.mac, "mac", MAX_MAC)?;
    let title = short_text(form.title, "title", MAX_TITLE)?;
    let new = NewDevice {
        title: title.unwrap_or_else(|| AUTO_TITLE.to_owned()),
        auth_info: Some(sn.or(mac).ok_or(Failure::ParameterRequired("sn or mac"))?),
        ..NewDevice::default()
    };
    let device_id = make(&api, caller, parameters, new).await?;
    let key = api.keys.of_device(&device_id);
    Ok(success(Registered { device_id, key }))
}

async fn make(
    api: &Api,
    caller: Caller,
    parameters: Parameters,
    mut new: NewDevice,
) -> Result<String, Failure> {
    api.ask(move |platform, now| {
        new.product_id = product(&caller, parameters.text("product_id"), platform)?;
        platform.create_device(new, now).map_err(|error| match error {
            CreateDeviceError::ProductId(found) => {
                Failure::parameter("product_id", &found, "up to 64 decimal digits")
            }
            CreateDeviceError::TokenProduct(_) => Failure::InvalidParameter(format!("product_id: {error}")),
            CreateDeviceError::AuthInfoUsed => {
                Failure::AlreadyExists("a device of the product with the same auth info".to_owned())
            }
            CreateDeviceError::TooMany => Failure::DeviceCount(error.to_string()),
            CreateDeviceError::TooLong { .. } => Failure::TooLarge,
        })
    })
    .await
}

fn product(caller: &Caller, asked_for: Option<&str>, platform: &Platform) -> Result<String, Failure> {
    let products = caller.products(platform)?;
    match asked_for {
        None => Ok(products.into_iter().next().unwrap_or_else(|| FIRST_PRODUCT.to_owned())),
        Some(product) if *caller == Caller::Anybody || products.iter().any(|own| own == product) => {
            Ok(product.to_owned())
        }
        Some(product) => Err(Failure::AuthFailed(format!("this api-key is not of product {product}"))),
    }
}

fn read_form(form: Form) -> Result<NewDevice, Failure> {
    let title: Option<String> = member(form.title.as_deref(), "title", "a string")?;
    let auth_info: Option<String> = member(form.auth_info.as_deref(), "auth_info", "a string")?;
    Ok(NewDevice {
        product_id: String::new(),
        title: title.filter(|title| !title.is_empty()).ok_or(Failure::ParameterRequired("title"))?,
        auth_info: auth_info.filter(|auth_info| !auth_info.is_empty()),
        desc: member(form.desc.as_deref(), "desc", "a string")?,
        tags: member(form.tags.as_deref(), "tags", "an array of strings")?.unwrap_or_default(),
        location: read_location(form.location.as_deref())?,
        // The platform's default.
        private: member(form.private.as_deref(), "private", "true or false")?.unwrap_or(true),
        other: read_other(form.other.as_deref())?,
    })
}

fn read_location(raw: Option<&RawValue>) -> Result<Option<Location>, Failure> {
    let expected = r#"numbers as {"lon":109,"lat":23.54}"#;
    let Some(place): Option<PlaceForm> = member(raw, "location", expected)? else { return Ok(None) };
    for number in [&place.lon, &place.lat] {
        if !number.get().starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return Err(Failure::parameter("location", number.get(), expected));
        }
    }
    Ok(Some(Location { lon: place.lon.get().to_owned(), lat: place.lat.get().to_owned() }))
}

fn read_other(raw: Option<&RawValue>) -> Result<Option<Value>, Failure> {
    let Some(raw) = raw.filter(|raw| raw.get() != "null") else { return Ok(None) };
    let wrong = || Failure::parameter("other", raw.get(), "a JSON object");
    if !raw.get().starts_with('{') {
        return Err(wrong());
    }
    Value::parse(raw.get()).map(Some).map_err(|_| wrong())
}

/// A text that is empty or absent is `None`.
fn short_text(raw: Option<Box<RawValue>>, name: &str, limit: usize) -> Result<Option<String>, Failure> {
    let expected = format!("a string of at most {limit} characters");
    let text: Option<String> = member(raw.as_deref(), name, &expected)?;
    match text {
        Some(text) if text.chars().count() > limit => Err(Failure::parameter(name, &text, &expected)),
        text => Ok(text.filter(|text| !text.is_empty())),
    }
}

/// One member of an object, read as it should be.
fn member<T: DeserializeOwned>(
    raw: Option<&RawValue>,
    name: &str,
    expected: &str,
) -> Result<Option<T>, Failure> {
    let Some(raw) = raw else { return Ok(None) };
    serde_json::from_str(raw.get()).map_err(|_| Failure::parameter(name, raw.get(), expected))
}

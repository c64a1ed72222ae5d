//! Topics between the devices of a product: `POST /mqtt`, `/mqtt/topic`, `GET /mqtt/device_topic/{id}`,
//! `GET /mqtt/topic_device` (reference §1.5, §1.9).
//!
//! Such a call is about the products of its key. Without keys products are not told apart: it is about all
//! of them.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use onenet::legacy::UserTopic;
use serde::{Deserialize, Serialize};
use simulator::CreateTopicError;

use super::answer::{Failure, done, success};
use super::caller::{Api, Caller};
use super::paging::Page;
use super::request::{Entity, Named, Parameters};

const MAX_PER_PAGE: usize = 1_000;

#[derive(Deserialize)]
struct Form {
    name: Option<String>,
}

#[derive(Serialize)]
struct Subscribers {
    total_count: usize,
    page: usize,
    per_page: usize,
    devices: Vec<DeviceNumber>,
}

/// A device id as the documents show it here: a number, where it is one.
#[derive(Serialize)]
#[serde(untagged)]
enum DeviceNumber {
    Number(u64),
    Text(String),
}

/// Publishes the body at QoS 0 to the subscribers that are online.
pub(super) async fn publish(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
    entity: Entity,
) -> Result<Response, Failure> {
    let topic = read_topic("topic", parameters.required("topic")?)?;
    let payload = entity.required("the message")?;
    api.ask(move |platform, now| {
        for product in caller.products(platform)? {
            platform.publish(&product, &topic, payload.clone(), now);
        }
        Ok(())
    })
    .await?;
    Ok(done())
}

/// Creates a topic.
pub(super) async fn create(
    State(api): State<Api>,
    caller: Caller,
    entity: Entity,
) -> Result<Response, Failure> {
    let form: Form = entity.json(r#"a JSON object as {"name":"topic"}"#)?;
    let name = form.name.filter(|name| !name.is_empty()).ok_or(Failure::ParameterRequired("name"))?;
    let topic = read_topic("name", &name)?;
    api.ask(move |platform, _| {
        let mut answer = Err(CreateTopicError::UnknownProduct("none has a device yet".to_owned()));
        for product in caller.products(platform)? {
            // Done if it is new to one of them.
            let created = platform.create_topic(&product, topic.clone());
            if answer.is_err() {
                answer = created;
            }
        }
        answer.map_err(|error| match error {
            CreateTopicError::UnknownProduct(_) => Failure::NotFound(error.to_string()),
            CreateTopicError::Exists => Failure::AlreadyExists(format!("topic {topic}")),
            CreateTopicError::TooMany => Failure::SystemLimit(error.to_string()),
        })
    })
    .await?;
    Ok(done())
}

/// The topics of the product, by name: at most a hundred each.
pub(super) async fn list(State(api): State<Api>, caller: Caller) -> Result<Response, Failure> {
    let topics = api
        .ask(move |platform, _| {
            let products = caller.products(platform)?;
            let topics = products.iter().flat_map(|product| platform.topics(product));
            let topics: BTreeSet<String> = topics.map(|topic| topic.as_str().to_owned()).collect();
            let bytes = topics.iter().map(String::len).sum();
            Failure::limit_answer(bytes, "call with the api-key of one product")?;
            Ok(topics)
        })
        .await?;
    Ok(success(topics))
}

/// The topics that a device is subscribed to, by name.
pub(super) async fn of_device(
    State(api): State<Api>,
    caller: Caller,
    Named(device_id): Named,
) -> Result<Response, Failure> {
    let topics = api
        .ask(move |platform, _| {
            caller.device(platform, &device_id)?;
            let topics = platform.subscriptions_of(&device_id);
            Ok(topics.map(|topic| topic.as_str().to_owned()).collect::<Vec<String>>())
        })
        .await?;
    Ok(success(topics))
}

/// The devices that are subscribed to a topic, by id.
pub(super) async fn devices(
    State(api): State<Api>,
    caller: Caller,
    parameters: Parameters,
) -> Result<Response, Failure> {
    let topic = read_topic("topic", parameters.required("topic")?)?;
    let page = Page::read(&parameters, MAX_PER_PAGE)?;
    let (total_count, devices) = api
        .ask(move |platform, _| {
            let mut ids: Vec<String> = Vec::new();
            for product in caller.products(platform)? {
                ids.extend(platform.subscribers_of(&product, &topic).map(|device| device.id().to_owned()));
            }
            ids.sort();
            Ok((ids.len(), page.of(ids)))
        })
        .await?;
    let devices = devices.into_iter().map(DeviceNumber::from).collect();
    Ok(success(Subscribers { total_count, page: page.number, per_page: page.size, devices }))
}

impl From<String> for DeviceNumber {
    fn from(id: String) -> Self {
        match id.parse::<u64>() {
            Ok(number) if number.to_string() == id => Self::Number(number),
            Ok(_) | Err(_) => Self::Text(id),
        }
    }
}

fn read_topic(name: &'static str, text: &str) -> Result<UserTopic, Failure> {
    UserTopic::parse(text).map_err(|error| {
        Failure::parameter(name, text, &format!("letters, digits, _ and /, at most 1024 of them ({error})"))
    })
}

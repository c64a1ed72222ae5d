//! Who calls, and what that one may: the keys of the API.
//!
//! The real platform has master keys of products and keys of devices. Here every `--device` names a key, and
//! that key stands in for the master key of its device's product. A key that `POST /register_de` gave is of
//! its one device. Without any `--device` and `--token-device` nobody needs a key, and products are not told apart.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Instant;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use onenet::Generation;
use simulator::{Device, KnownDevice, Platform};

use crate::host::Handle;

use super::answer::Failure;
use super::token_key::TokenKeys;

/// What every call can reach.
#[derive(Debug, Clone)]
pub(super) struct Api {
    pub(super) host: Handle,
    pub(super) keys: Arc<Keys>,
    pub(super) tokens: Arc<TokenKeys>,
}

impl Api {
    /// Runs `question` where the platform is.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Platform, Instant) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        self.host.ask(question).await?
    }
}

/// The keys of the API.
pub(super) struct Keys {
    /// From the command line; none: no key is demanded.
    known: Vec<KnownDevice>,
    /// Whether devices of other platforms are known.
    others_known: bool,
    /// Makes the keys of registered devices, which so need not be remembered.
    seed: RandomState,
}

impl fmt::Debug for Keys {
    /// Leaves the seed out: whoever knows it can make keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("known", &self.known).finish_non_exhaustive()
    }
}

impl Keys {
    pub(super) fn new(known: Vec<KnownDevice>, others_known: bool) -> Self {
        Self { known, others_known, seed: RandomState::new() }
    }

    /// The key of one device: its id and 128 bits that only we can tell.
    pub(super) fn of_device(&self, device_id: &str) -> String {
        let [high, low] = [0, 1].map(|half: u8| self.seed.hash_one((half, device_id)));
        format!("{device_id}-{high:016x}{low:016x}")
    }

    /// Whom `key` stands for.
    pub(super) fn caller(&self, key: Option<&str>) -> Result<Caller, Failure> {
        if self.known.is_empty() && !self.others_known {
            return Ok(Caller::Anybody);
        }
        let key = key.filter(|key| !key.is_empty()).ok_or(Failure::KeyRequired)?;
        let products: Vec<String> = self
            .known
            .iter()
            .filter(|device| device.auth_info == key)
            .map(|device| device.product_id.clone())
            .collect();
        if !products.is_empty() {
            return Ok(Caller::Products(products));
        }
        match key.split_once('-') {
            Some((device_id, _)) if self.of_device(device_id) == key => {
                Ok(Caller::Device(device_id.to_owned()))
            }
            _ => Err(Failure::AuthFailed("this api-key is none of a --device or a registration".to_owned())),
        }
    }
}

/// What a caller may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Caller {
    /// There are no keys: everything.
    Anybody,
    /// Everything about these products, at least one.
    Products(Vec<String>),
    /// Everything about this device, nothing about its product.
    Device(String),
}

impl FromRequestParts<Api> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Failure> {
        // A key that is no text is as good as any other wrong one.
        let key = parts.headers.get("api-key").map(|value| value.to_str().unwrap_or("?"));
        api.keys.caller(key)
    }
}

impl Caller {
    /// Whether the caller may see and use `device`.
    pub(super) fn may_use(&self, device: &Device) -> bool {
        match self {
            Self::Anybody => true,
            Self::Products(products) => products.iter().any(|product| product == device.product_id()),
            Self::Device(id) => id == device.id(),
        }
    }

    /// The device `id`.
    pub(super) fn device<'a>(&self, platform: &'a Platform, id: &str) -> Result<&'a Device, Failure> {
        let device = platform.device(id).ok_or_else(|| Failure::NotFound(format!("device {id}")))?;
        if !self.may_use(device) {
            return Err(Failure::AuthFailed(format!("this api-key is not of device {id} or its product")));
        }
        Ok(device)
    }

    /// The products of the legacy platform that a call about no single device is about, each once.
    pub(super) fn products(&self, platform: &Platform) -> Result<Vec<String>, Failure> {
        let mut products = match self {
            Self::Anybody => {
                let legacy = platform.devices().filter(|device| device.generation() == Generation::Legacy);
                legacy.map(|device| device.product_id().to_owned()).collect()
            }
            Self::Products(products) => products.clone(),
            Self::Device(id) => {
                return Err(Failure::AuthFailed(format!(
                    "this api-key is of device {id} alone, expected one of its product"
                )));
            }
        };
        products.sort();
        products.dedup();
        Ok(products)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        let known = |device_id: &str, product_id: &str, auth_info: &str| KnownDevice {
            device_id: device_id.to_owned(),
            product_id: product_id.to_owned(),
            auth_info: auth_info.to_owned(),
        };
        let known = vec![known("1", "10", "k"), known("2", "20", "k"), known("3", "20", "other")];
        Keys::new(known, false)
    }

    #[test]
    fn a_device_s_key_stands_for_its_product() {
        let products = |key: &str| keys().caller(Some(key)).unwrap();
        assert_eq!(products("other"), Caller::Products(vec!["20".to_owned()]));
        assert_eq!(products("k"), Caller::Products(vec!["10".to_owned(), "20".to_owned()]));
    }

    #[test]
    fn a_registration_s_key_stands_for_its_device() {
        let keys = keys();
        let key = keys.of_device("7");
        assert_eq!(keys.caller(Some(&key)), Ok(Caller::Device("7".to_owned())));
        let forged = key.replacen('7', "8", 1);
        assert!(matches!(keys.caller(Some(&forged)), Err(Failure::AuthFailed(_))));
        assert_ne!(Keys::new(Vec::new(), false).of_device("7"), key, "every run has its own");
    }

    #[test]
    fn wants_a_key_only_where_there_are_some() {
        assert_eq!(Keys::new(Vec::new(), false).caller(None), Ok(Caller::Anybody));
        assert_eq!(Keys::new(Vec::new(), true).caller(None), Err(Failure::KeyRequired));
        assert_eq!(keys().caller(None), Err(Failure::KeyRequired));
        assert_eq!(keys().caller(Some("")), Err(Failure::KeyRequired));
        assert!(!format!("{:?}", keys()).contains("other"));
    }
}

//! Products of platforms with tokens, and their devices: what somebody says of them beforehand.

use std::collections::BTreeMap;
use std::fmt;

use onenet::Generation;
use onenet::credentials::is_decimal;
use onenet::studio::ThingModel;
use onenet::sys::{self, ProductId};
use onenet::token::Key;

/// A product of a platform with tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SysProduct {
    /// 产品 ID.
    pub id: ProductId,
    /// Which platform its devices are of.
    pub platform: sys::Platform,
    /// 物模型 of a product of the studio. Without one, whatever is well-formed is taken.
    pub model: Option<ThingModel>,
}

impl SysProduct {
    /// A product of which no more is known than its ID, on the platform of [`platform_of`](Self::platform_of).
    pub fn new(id: ProductId) -> Self {
        let platform = Self::platform_of(id.as_str());
        Self { id, platform, model: None }
    }

    /// Which platform a product is taken for that is not registered: a decimal ID is of the suite, others are of the
    /// studio. On the real platforms newer products of both have ten letters and digits.
    pub fn platform_of(id: &str) -> sys::Platform {
        if is_decimal(id) { sys::Platform::Suite } else { sys::Platform::Studio }
    }
}

/// A device of a platform with tokens that may log in.
#[derive(Clone, PartialEq, Eq)]
pub struct SysDevice {
    /// 产品 ID and 设备名称.
    pub device: sys::Device,
    /// 设备级密钥: what its tokens are signed with. A secret.
    pub key: Key,
}

impl SysDevice {
    /// What names it in events and everywhere else: `{product id}/{device name}`.
    pub fn id(&self) -> String {
        self.device.to_string()
    }
}

impl fmt::Debug for SysDevice {
    /// Leaves the key out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SysDevice").field("device", &self.device).finish_non_exhaustive()
    }
}

/// A product or device that was not registered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    /// The product is of the legacy platform.
    #[error("product {0} is of the legacy platform")]
    LegacyProduct(String),
    /// Devices of the product are logged in on the platform that it was of.
    #[error("product {0} has devices that are logged in, on another platform")]
    InUse(String),
    /// As many devices, or products, as the platform holds.
    #[error("no room for one more")]
    TooMany,
}

/// Which product is of which generation, as far as somebody has said so.
#[derive(Debug, Default)]
pub(crate) struct Products {
    by_id: BTreeMap<String, Registered>,
}

#[derive(Debug)]
enum Registered {
    Legacy,
    Sys(SysProduct),
}

impl Products {
    /// Which generation a login is of, by product and password.
    pub(crate) fn platform(&self, product_id: &str, password: &str) -> Option<sys::Platform> {
        match self.by_id.get(product_id) {
            Some(Registered::Legacy) => None,
            Some(Registered::Sys(product)) => Some(product.platform),
            None if onenet::token::is_token(password) => Some(SysProduct::platform_of(product_id)),
            None => None,
        }
    }

    pub(crate) fn generation(&self, product_id: &str) -> Option<Generation> {
        Some(match self.by_id.get(product_id)? {
            Registered::Legacy => Generation::Legacy,
            Registered::Sys(product) => product.platform.into(),
        })
    }

    pub(crate) fn get(&self, product_id: &str) -> Option<&SysProduct> {
        match self.by_id.get(product_id)? {
            Registered::Legacy => None,
            Registered::Sys(product) => Some(product),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// A device of the legacy platform has this product.
    pub(crate) fn take_legacy(&mut self, product_id: &str) {
        self.by_id.entry(product_id.to_owned()).or_insert(Registered::Legacy);
    }

    pub(crate) fn insert(&mut self, product: SysProduct) {
        self.by_id.insert(product.id.as_str().to_owned(), Registered::Sys(product));
    }
}

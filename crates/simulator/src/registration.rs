//! What somebody says of a device when creating it over HTTP (reference §1.9).

use std::fmt;

use onenet::Value;

/// A device to be created.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct NewDevice {
    /// 产品 ID.
    pub product_id: String,
    /// 设备名称, for people.
    pub title: String,
    /// 鉴权信息, the password of its CONNECT: a secret. Without one, any password logs it in.
    pub auth_info: Option<String>,
    /// 设备描述, for people.
    pub desc: Option<String>,
    /// 标签, for people.
    pub tags: Vec<String>,
    /// Where it stands.
    pub location: Option<Location>,
    /// Whether others may not see it.
    pub private: bool,
    /// Anything else, kept as it was written.
    pub other: Option<Value>,
}

/// A place on earth, each number as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// 经度, longitude.
    pub lon: String,
    /// 纬度, latitude.
    pub lat: String,
}

/// The most bytes that all texts of a new device have together.
pub const MAX_REGISTRATION: usize = 65_535;

/// A device that was not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateDeviceError {
    /// The product ID is not made of decimal digits, or too long.
    #[error("product id is not up to {MAX_ID_LENGTH} decimal digits: {0}")]
    ProductId(String),
    /// The product is registered on a platform with tokens: none of its devices logs in with auth info.
    #[error("product {0} is of a platform with tokens")]
    TokenProduct(String),
    /// Another device of the product has the same auth info, which is unique there (reference §1.2).
    #[error("auth info is already used in the product")]
    AuthInfoUsed,
    /// As many devices as the platform holds (errno 19).
    #[error("no room for one more device")]
    TooMany,
    /// Its texts are longer than the platform keeps.
    #[error("texts have {length} bytes, the limit is {MAX_REGISTRATION}")]
    TooLong {
        /// Their length in bytes.
        length: usize,
    },
}

/// The longest device or product ID, in characters. The real ones have about nine; nothing says more.
pub(crate) const MAX_ID_LENGTH: usize = 64;

impl NewDevice {
    pub(crate) fn bytes(&self) -> usize {
        let optional = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        self.product_id.len()
            + self.title.len()
            + optional(&self.auth_info)
            + optional(&self.desc)
            + self.tags.iter().map(|tag| size_of::<String>() + tag.len()).sum::<usize>()
            + self.location.as_ref().map_or(0, |place| place.lon.len() + place.lat.len())
            + self.other.as_ref().map_or(0, |value| value.as_json().len())
    }
}

impl fmt::Debug for NewDevice {
    /// Leaves the auth info out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewDevice")
            .field("product_id", &self.product_id)
            .field("title", &self.title)
            .finish_non_exhaustive()
    }
}

//! A known device of a platform with tokens as text, `name:product:key`, and what is said of its product:
//! `product=platform`, `product=file`. Messages never repeat what was typed: a key may be in it.

use std::fmt;
use std::path::{Path, PathBuf};

use onenet::studio::{ImportError, ThingModel};
use onenet::sys::{Device, DeviceName, NameError, Platform, ProductId};
use onenet::token::{Key, KeyError};
use simulator::SysDevice;

/// Why a text is no `name:product:key`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseTokenDeviceError {
    /// There are fewer than three parts.
    #[error(
        "there are fewer than three parts; write name:product:key, for example my_tv:VRqhDHF2wL:5XHGxLb9Rr25t5po"
    )]
    MissingPart,
    /// The device name is none.
    #[error("the device name (the first part) must be 1 to 64 letters, digits, _ and -: it {0}")]
    Name(Wrong),
    /// The product ID is none.
    #[error("the product id (the second part) must be 1 to 64 letters and digits: it {0}")]
    Product(Wrong),
    /// The key is none.
    #[error("the key (the third part) must be Base64, as the platform shows it: it is wrong from byte {} on", .0.offset)]
    Key(KeyError),
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong(NameError);

impl fmt::Display for Wrong {
    /// Where, without what stands there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            NameError::Empty => f.write_str("is empty"),
            NameError::Character { offset, .. } => write!(f, "is wrong from byte {offset} on"),
            NameError::TooLong { length } => write!(f, "has {length} characters"),
        }
    }
}

/// Reads `name:product:key`.
///
/// # Errors
///
/// Which of the three parts is missing or malformed.
pub fn parse_token_device(text: &str) -> Result<SysDevice, ParseTokenDeviceError> {
    let mut parts = text.splitn(3, ':');
    let (Some(name), Some(product), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(ParseTokenDeviceError::MissingPart);
    };
    let name = DeviceName::parse(name).map_err(|error| ParseTokenDeviceError::Name(Wrong(error)))?;
    let product = ProductId::parse(product).map_err(|error| ParseTokenDeviceError::Product(Wrong(error)))?;
    let key = Key::parse(key).map_err(ParseTokenDeviceError::Key)?;
    Ok(SysDevice { device: Device { product, name }, key })
}

/// Which platform a product is of, as typed: `product=suite` or `product=studio`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductPlatform {
    pub(super) product: ProductId,
    pub(super) platform: Platform,
}

/// Why a text is no `product=platform` or no `product=file`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseProductError {
    /// There is no `=` behind a product ID.
    #[error("there is no product id; write {0}")]
    Product(&'static str),
    /// There is no such platform.
    #[error("there is no such platform; write product=suite or product=studio")]
    Platform,
}

impl ProductPlatform {
    /// Reads `product=suite` or `product=studio`.
    ///
    /// # Errors
    ///
    /// Which part is wrong, and what it may be.
    pub fn parse(text: &str) -> Result<Self, ParseProductError> {
        let (product, platform) = split(text, "product=platform, for example VRqhDHF2wL=suite")?;
        let platform = match platform {
            "suite" => Platform::Suite,
            "studio" => Platform::Studio,
            _ => return Err(ParseProductError::Platform),
        };
        Ok(Self { product, platform })
    }
}

/// Where the thing model of a product of the studio stands, as typed: `product=file`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFile {
    pub(super) product: ProductId,
    file: PathBuf,
}

/// A file that is no thing model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelFileError {
    /// It cannot be read.
    #[error("{}: it cannot be read", .0.display())]
    Unreadable(PathBuf),
    /// It is no thing model.
    #[error("{}: {error}; give the file that the platform's console exports", file.display())]
    NoModel {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        error: ImportError,
    },
}

impl ModelFile {
    /// Reads `product=file`.
    ///
    /// # Errors
    ///
    /// There is no product in front.
    pub fn parse(text: &str) -> Result<Self, ParseProductError> {
        let (product, file) = split(text, "product=file, for example VRqhDHF2wL=model.json")?;
        Ok(Self { product, file: Path::new(file).to_owned() })
    }

    /// Reads the file.
    pub(super) fn read(&self) -> Result<ThingModel, ModelFileError> {
        let file = self.file.clone();
        let bytes = std::fs::read(&file).map_err(|_| ModelFileError::Unreadable(file.clone()))?;
        ThingModel::import(&bytes).map_err(|error| ModelFileError::NoModel { file, error })
    }
}

fn split<'a>(text: &'a str, form: &'static str) -> Result<(ProductId, &'a str), ParseProductError> {
    let parts = text.split_once('=');
    let (product, rest) = parts.ok_or(ParseProductError::Product(form))?;
    Ok((ProductId::parse(product).map_err(|_| ParseProductError::Product(form))?, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_a_device_with_its_key() {
        let device =
            parse_token_device("my_tv:VRqhDHF2wL:5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=").unwrap();
        assert_eq!(device.id(), "VRqhDHF2wL/my_tv");
        assert_eq!(device.key.bytes().len(), 32);
    }

    #[test]
    fn says_which_part_is_wrong_and_repeats_nothing() {
        for (text, advice) in [
            ("", "write name:product:key"),
            ("a:b", "fewer than three parts"),
            (
                "SECRET*:1:AAAA",
                "the first part) must be 1 to 64 letters, digits, _ and -: it is wrong from byte 6 on",
            ),
            ("a::AAAA", "the second part) must be 1 to 64 letters and digits: it is empty"),
            ("a:1:SECRET*", "must be Base64, as the platform shows it: it is wrong from byte 6 on"),
        ] {
            let message = parse_token_device(text).unwrap_err().to_string();
            assert!(message.contains(advice) && !message.contains("SECRET"), "{text}: {message}");
        }
    }

    #[test]
    fn reads_what_is_said_of_products() {
        let said = ProductPlatform::parse("321016=studio").unwrap();
        assert_eq!((said.product.as_str(), said.platform), ("321016", Platform::Studio));
        assert_eq!(ProductPlatform::parse("321016=legacy"), Err(ParseProductError::Platform));
        assert!(matches!(ProductPlatform::parse("321016"), Err(ParseProductError::Product(_))));
        assert!(matches!(ModelFile::parse("=a"), Err(ParseProductError::Product(_))));
        let missing = ModelFile::parse("321016=/nowhere/model.json").unwrap().read().unwrap_err();
        assert_eq!(missing.to_string(), "/nowhere/model.json: it cannot be read");
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            let _ = (parse_token_device(&text), ProductPlatform::parse(&text), ModelFile::parse(&text));
        }
    }
}

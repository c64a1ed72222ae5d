//! A known device as text, `id:product:key`. Its messages never repeat what was typed: a key may be in it.

use onenet::credentials::is_decimal;
use simulator::KnownDevice;

/// Why a text is no `id:product:key`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseDeviceError {
    /// There are fewer than three parts.
    #[error(
        "there are fewer than three parts; write id:product:key, for example 29455901:12555524:JHFDJF55586jhk"
    )]
    MissingPart,
    /// The device id is not made of decimal digits.
    #[error("the device id (the first part) must be decimal digits")]
    DeviceId,
    /// The product id is not made of decimal digits.
    #[error("the product id (the second part) must be decimal digits")]
    ProductId,
    /// The key is empty.
    #[error("the key (the third part) is empty; it is the device's auth info")]
    EmptyKey,
}

/// Reads `id:product:key`. The key may hold colons itself.
///
/// # Errors
///
/// Which of the three parts is missing or malformed.
pub fn parse_device(text: &str) -> Result<KnownDevice, ParseDeviceError> {
    let mut parts = text.splitn(3, ':');
    let (Some(device_id), Some(product_id), Some(auth_info)) = (parts.next(), parts.next(), parts.next())
    else {
        return Err(ParseDeviceError::MissingPart);
    };
    if !is_decimal(device_id) {
        return Err(ParseDeviceError::DeviceId);
    }
    if !is_decimal(product_id) {
        return Err(ParseDeviceError::ProductId);
    }
    if auth_info.is_empty() {
        return Err(ParseDeviceError::EmptyKey);
    }
    Ok(KnownDevice {
        device_id: device_id.to_owned(),
        product_id: product_id.to_owned(),
        auth_info: auth_info.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_a_device_whose_key_holds_colons() {
        let device = parse_device("29455901:12555524:a:b").unwrap();
        assert_eq!(device.device_id, "29455901");
        assert_eq!(device.product_id, "12555524");
        assert_eq!(device.auth_info, "a:b");
    }

    #[test]
    fn says_which_part_is_wrong() {
        for (text, error) in [
            ("", ParseDeviceError::MissingPart),
            ("1:2", ParseDeviceError::MissingPart),
            ("x:2:k", ParseDeviceError::DeviceId),
            ("1::k", ParseDeviceError::ProductId),
            ("1:2:", ParseDeviceError::EmptyKey),
        ] {
            assert_eq!(parse_device(text).map(|_| ()), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            let _ = parse_device(&text);
        }
    }
}

//! Who a device says it is when it logs in.

use std::fmt;

/// The three texts of a login, in the places that MQTT's CONNECT has for them.
///
/// | generation | client identifier | user name | password |
/// |---|---|---|---|
/// | legacy (reference §1.2) | device ID | product ID | auth info or API key |
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    client_id: String,
    username: String,
    password: String,
}

impl Credentials {
    /// A login to the legacy platform (reference §1.2).
    ///
    /// Both ids are decimal digits there. This is the platform's rule, not the wire's: see
    /// [`is_decimal`] for asking before sending.
    ///
    /// # Errors
    ///
    /// The first field that is empty or too long for its two-byte length. All three are required (§1.2).
    pub fn legacy(device_id: &str, product_id: &str, auth_info: &str) -> Result<Self, CredentialsError> {
        let check = |field, text: &str| match text.len() {
            0 => Err(CredentialsError { field, problem: CredentialsProblem::Empty }),
            length if length > MAX_LENGTH => {
                Err(CredentialsError { field, problem: CredentialsProblem::TooLong { length } })
            }
            _ if text.contains('\0') => Err(CredentialsError { field, problem: CredentialsProblem::Nul }),
            _ => Ok(text.to_owned()),
        };
        Ok(Self {
            client_id: check(Field::DeviceId, device_id)?,
            username: check(Field::ProductId, product_id)?,
            password: check(Field::AuthInfo, auth_info)?,
        })
    }

    /// The client identifier of the CONNECT.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The user name of the CONNECT.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The password of the CONNECT: a secret.
    pub fn password(&self) -> &str {
        &self.password
    }
}

impl fmt::Debug for Credentials {
    /// Leaves the password out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("client_id", &self.client_id)
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// The longest text that MQTT's two-byte length can measure, in bytes (MQTT 3.1.1 §1.5.3).
pub const MAX_LENGTH: usize = 65_535;

/// Whether an id has the form the legacy platform gives out: decimal digits (reference §1.2).
pub fn is_decimal(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// A field of a login, by the name that OneNET's documents use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// 设备 ID, sent as client identifier.
    DeviceId,
    /// 产品 ID, sent as user name.
    ProductId,
    /// 鉴权信息, sent as password.
    AuthInfo,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DeviceId => "device ID",
            Self::ProductId => "product ID",
            Self::AuthInfo => "auth info",
        })
    }
}

/// A login that cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field} {problem}")]
pub struct CredentialsError {
    /// The field at fault.
    pub field: Field,
    /// What is wrong with it.
    pub problem: CredentialsProblem,
}

/// What is wrong with a field of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsProblem {
    /// Every field is required (reference §1.2).
    #[error("is empty")]
    Empty,
    /// Longer than a two-byte length can say.
    #[error("has {length} bytes, the limit is {MAX_LENGTH}")]
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// Strings of MQTT must not hold U+0000 (MQTT 3.1.1 §1.5.3).
    #[error("holds U+0000")]
    Nul,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_field_at_fault() {
        let problem = |device: &str, product: &str, auth: &str| {
            Credentials::legacy(device, product, auth).unwrap_err().to_string()
        };
        assert_eq!(problem("", "12555524", "x"), "device ID is empty");
        assert_eq!(problem("29455901", "", "x"), "product ID is empty");
        let long = "x".repeat(65_536);
        assert_eq!(problem("29455901", "12555524", &long), "auth info has 65536 bytes, the limit is 65535");
    }

    #[test]
    fn keeps_the_secret_out_of_debug_output() {
        let credentials = Credentials::legacy("29455901", "12555524", "JHFDJF55586jhk").unwrap();
        assert!(!format!("{credentials:?}").contains("JHFDJF55586jhk"));
    }
}

//! Why a login with a token was refused: more than the CONNACK says.

use std::fmt;

use onenet::doctor::Diagnosis;
use onenet::studio::Code;
use onenet::sys;
use onenet::token::{TokenError, TokenProblem};

/// A login with a token that was refused (reference §2.2, §3.3).
#[derive(Clone, PartialEq, Eq)]
pub struct LoginRefusal {
    /// The client identifier, 设备名称.
    pub client_id: String,
    /// The user name, 产品 ID.
    pub product_id: String,
    /// Which platform it came to.
    pub platform: sys::Platform,
    /// The first thing that is wrong.
    pub fault: LoginFault,
    /// Everything that is wrong, the worst first, as a doctor sees it who knows the key. No secret is in it; nothing of
    /// a login that is far longer than any good one.
    pub diagnoses: Vec<Diagnosis>,
}

impl fmt::Debug for LoginRefusal {
    /// Leaves out what was typed: a key or a token may stand in the wrong field.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<String> = self.diagnoses.iter().map(ToString::to_string).collect();
        f.debug_struct("LoginRefusal")
            .field("platform", &self.platform)
            .field("fault", &self.fault)
            .field("diagnoses", &problems)
            .finish_non_exhaustive()
    }
}

/// The first thing that is wrong with a login, in the order in which the platform asks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoginFault {
    /// The device did too much of something, and is refused for some time yet (reference §2.3).
    #[error("the device is banned for {seconds} s more")]
    Banned {
        /// For how many seconds, rounded up.
        seconds: u64,
    },
    /// Client identifier or user name can be none of a device.
    #[error("client id or user name is no name")]
    Names,
    /// The password is no token: auth info of the legacy platform, or the key itself.
    #[error("the password is no token")]
    NotAToken,
    /// The password looks like a token and is none.
    #[error("the token cannot be read: {0}")]
    Token(TokenError),
    /// The version is not one of devices.
    #[error("the version of the token is not 2018-10-31")]
    Version,
    /// The token is of another device, product or something else than a device.
    #[error("res of the token is not this device")]
    Resource,
    /// The token is too old.
    #[error("the token expired {seconds} s ago")]
    Expired {
        /// How long ago.
        seconds: u64,
    },
    /// There is no such device.
    #[error("there is no such device")]
    UnknownDevice,
    /// The key of the device has not signed the token.
    #[error("the signature is not that of the device's key")]
    Signature,
}

impl LoginFault {
    /// Under which code the studio's device log (设备日志) shows it, where that is documented (reference §3.3).
    pub fn log_code(&self) -> Option<Code> {
        Some(Code(match self {
            // 1101 is for an empty field, which closes the connection before anybody asks.
            Self::Banned { .. } | Self::Names => return None,
            Self::NotAToken => 1103,
            Self::Token(TokenError { problem, .. }) => match problem {
                TokenProblem::Method => 1110,
                TokenProblem::Version => 1111,
                TokenProblem::Res(_) => 1114,
                TokenProblem::Sign => 1106,
                TokenProblem::NoToken
                | TokenProblem::Unknown { .. }
                | TokenProblem::Doubled(_)
                | TokenProblem::NoValue(_)
                | TokenProblem::Missing(_)
                | TokenProblem::Escape(..)
                | TokenProblem::Et => 1103,
            },
            Self::Version => 1111,
            Self::Resource => 1114,
            Self::Expired { .. } => 1104,
            Self::UnknownDevice => 1107,
            Self::Signature => 1106,
        }))
    }
}

//! What a person typed.

use std::fmt;

use crate::Generation;

/// A login as it stands in a form, before anything is made of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Case<'a> {
    /// What the person takes the platform for.
    pub generation: Generation,
    /// The client identifier: 设备 ID of the legacy platform, 设备名称 of the others.
    pub client_id: &'a str,
    /// The user name: 产品 ID.
    pub username: &'a str,
    /// The password: 鉴权信息 of the legacy platform, a token of the others. A secret.
    pub password: &'a str,
    /// The key of device or product as the platform shows it, if it was given. A secret.
    pub key: Option<&'a str>,
    /// A token to be looked at besides the password, if one was pasted. A secret.
    pub token: Option<&'a str>,
    /// The clock of the computer, in seconds since 1970 UTC.
    pub now: u64,
}

impl fmt::Debug for Case<'_> {
    /// Leaves out what is secret, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("generation", &self.generation)
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}

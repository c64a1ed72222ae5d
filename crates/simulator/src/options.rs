//! What a platform is told once: who may log in, which rules hold and how much it may hold.

use std::fmt;
use std::time::Duration;

use onenet::rules::Readings;

use crate::limits::Limits;
use crate::sys::{SysDevice, SysProduct};

/// How a platform starts. The default knows no devices, follows the suggested readings and has the default
/// limits.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The devices of the legacy platform that may log in. Without any here and in `sys_devices`, every well-formed
    /// login is accepted (reference §1.2).
    pub devices: Vec<KnownDevice>,
    /// The products of platforms with tokens, as far as more is to be known of them than their logins say (reference
    /// §2.2). One that a device of the legacy platform has is left out.
    pub sys_products: Vec<SysProduct>,
    /// The devices of platforms with tokens that may log in. Without any here and in `devices`, every well-formed login
    /// is accepted, though nobody can check its signature.
    pub sys_devices: Vec<SysDevice>,
    /// Whether the platforms with tokens count what devices do, and ban or delay those that do too much (reference §2.3,
    /// §3.1).
    pub rates: bool,
    /// Which source is followed where sources disagree.
    pub readings: Readings,
    /// How long a CONNECT waits for its CONNACK. What a device sends meanwhile is ignored (reference §1.3).
    pub login_delay: Duration,
    /// How much the platform may hold.
    pub limits: Limits,
}

/// A device that may log in (reference §1.2).
#[derive(Clone, PartialEq, Eq)]
pub struct KnownDevice {
    /// 设备 ID, the client identifier of its CONNECT.
    pub device_id: String,
    /// 产品 ID, the user name of its CONNECT.
    pub product_id: String,
    /// 鉴权信息, the password of its CONNECT: a secret.
    pub auth_info: String,
}

impl fmt::Debug for KnownDevice {
    /// Leaves the auth info out, so that no log can hold it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnownDevice")
            .field("device_id", &self.device_id)
            .field("product_id", &self.product_id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_secret_out_of_debug_output() {
        let device = KnownDevice {
            device_id: "29455901".to_owned(),
            product_id: "12555524".to_owned(),
            auth_info: "JHFDJF55586jhk".to_owned(),
        };
        let options = Options { devices: vec![device], ..Options::default() };
        assert!(!format!("{options:?}").contains("JHFDJF55586jhk"));
    }
}

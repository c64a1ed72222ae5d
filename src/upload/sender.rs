//! As whom something is sent: on platforms with tokens both names of the device stand in every topic.

use onenet::Generation;
use onenet::sys::{Device, DeviceName, NameError, Platform, ProductId, TopicPart, Tree};

use crate::connect::{ConnectForm, Target};

/// Which protocol a device speaks, and its names as they are typed to log in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The protocol.
    pub generation: Generation,
    /// 产品 ID.
    pub product: String,
    /// 设备名称, 设备 ID on the legacy platform.
    pub device: String,
}

impl Default for Sender {
    /// Any device of the legacy platform, whose topics name none.
    fn default() -> Self {
        Self { generation: Generation::Legacy, product: String::new(), device: String::new() }
    }
}

/// A name that cannot stand in a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongName {
    /// Whose it is.
    pub part: TopicPart,
    /// What is wrong with it.
    pub error: NameError,
}

impl Sender {
    /// Whom the login form names.
    pub fn of(login: &ConnectForm) -> Self {
        Self {
            generation: login.generation,
            product: login.product_id.clone(),
            device: login.device_id.clone(),
        }
    }

    /// Who logs in at a target.
    pub fn at(target: &Target) -> Self {
        Self {
            generation: target.generation,
            product: target.login.username.clone(),
            device: target.login.client_id.clone(),
        }
    }

    /// The platform with tokens that it speaks to; `None` on the legacy one.
    pub fn platform(&self) -> Option<Platform> {
        self.generation.platform()
    }

    /// Both names.
    ///
    /// # Errors
    ///
    /// The first that no topic can have.
    pub fn names(&self) -> Result<Device, WrongName> {
        let wrong = |part| move |error| WrongName { part, error };
        Ok(Device {
            product: ProductId::parse(&self.product).map_err(wrong(TopicPart::ProductId))?,
            name: DeviceName::parse(&self.device).map_err(wrong(TopicPart::DeviceName))?,
        })
    }

    /// The filter of everything that the platform tells this device (reference §2.3); `None` on the legacy
    /// platform, which tells without being asked, and where the names are none.
    pub fn everything(&self) -> Option<String> {
        let device = self.names().ok().filter(|_| self.generation.has_tokens())?;
        Some(device.topic(Tree::Sys, "#"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(generation: Generation, product: &str, device: &str) -> Sender {
        Sender { generation, product: product.to_owned(), device: device.to_owned() }
    }

    #[test]
    fn hears_its_own_tree_where_the_platform_answers_in_it() {
        let everything = |generation| sender(generation, "321016", "lamp").everything();
        assert_eq!(everything(Generation::Suite).as_deref(), Some("$sys/321016/lamp/#"));
        assert_eq!(everything(Generation::Studio).as_deref(), Some("$sys/321016/lamp/#"));
        assert_eq!(everything(Generation::Legacy), None);
    }

    #[test]
    fn says_which_name_is_none() {
        let wrong = |product, device| sender(Generation::Suite, product, device).names().unwrap_err();
        assert_eq!(wrong("", "x"), WrongName { part: TopicPart::ProductId, error: NameError::Empty });
        let error = NameError::Character { character: ' ', offset: 2 };
        assert_eq!(wrong("1", "my tv"), WrongName { part: TopicPart::DeviceName, error });
        assert_eq!(sender(Generation::Suite, "1", "my tv").everything(), None);
    }
}

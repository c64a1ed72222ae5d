//! Products and devices of platforms with tokens, registered by the people around the platform.

use onenet::Generation;
use web_time::Instant;

use super::product::{RegisterError, SysDevice, SysProduct};
use crate::platform::Platform;

impl Platform {
    /// Registers a product, or changes what is known of it. Until then a product is taken for what its login says.
    ///
    /// # Errors
    ///
    /// What keeps it from being registered; nothing has changed then.
    pub fn set_product(&mut self, product: SysProduct) -> Result<(), RegisterError> {
        let id = product.id.as_str();
        match self.registry.generation(id) {
            Some(Generation::Legacy) => return Err(RegisterError::LegacyProduct(id.to_owned())),
            None if self.registry.len() >= self.limits.devices => return Err(RegisterError::TooMany),
            None | Some(Generation::Suite | Generation::Studio) => {}
        }
        let differs = |platform| platform != product.platform;
        let is_used = self.devices.iter().any(|device| {
            let platform = device.profile.as_ref().map(|profile| profile.platform);
            device.product_id == id && device.online() && platform.is_some_and(differs)
        });
        if is_used {
            return Err(RegisterError::InUse(id.to_owned()));
        }
        for device in self.devices.iter_mut().filter(|device| device.product_id == id) {
            if let Some(profile) = &mut device.profile {
                profile.platform = product.platform;
            }
        }
        self.registry.insert(product);
        Ok(())
    }

    /// The product with this ID, where it is registered on a platform with tokens.
    pub fn product(&self, product_id: &str) -> Option<&SysProduct> {
        self.registry.get(product_id)
    }

    /// Which generation a product is of, `None` where it is not registered: then its logins say.
    pub fn generation_of(&self, product_id: &str) -> Option<Generation> {
        self.registry.generation(product_id)
    }

    /// Registers a device with its key, and its product where that is new. From now on its signatures are checked,
    /// and it is never forgotten. One that is registered already gets the new key.
    ///
    /// # Errors
    ///
    /// What keeps it from being registered; nothing has changed then.
    pub fn register_device(&mut self, device: SysDevice, now: Instant) -> Result<String, RegisterError> {
        self.now = now;
        let product_id = device.device.product.as_str();
        let platform = match self.registry.generation(product_id) {
            Some(Generation::Legacy) => return Err(RegisterError::LegacyProduct(product_id.to_owned())),
            Some(Generation::Suite | Generation::Studio) | None => {
                let product = self.registry.get(product_id);
                product.map_or(SysProduct::platform_of(product_id), |product| product.platform)
            }
        };
        let new_product = self.registry.get(product_id).is_none();
        if new_product && self.registry.len() >= self.limits.devices {
            return Err(RegisterError::TooMany);
        }
        let product = new_product.then(|| SysProduct::new(device.device.product.clone()));
        let id = self.devices.register(device, platform)?;
        if let Some(product) = product {
            self.registry.insert(product);
        }
        Ok(id)
    }
}

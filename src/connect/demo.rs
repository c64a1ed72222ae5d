//! A device of each generation to begin with: the platform in this page lets all of them in.

use onenet::Generation;
use onenet::sys::{self, DeviceName, ProductId};
use onenet::token::Key;

use crate::connect::form::ConnectForm;
use crate::connect::token::TokenForm;

/// A device to begin with.
struct Demo {
    device: &'static str,
    product: &'static str,
}

/// The auth info of the legacy device.
pub(super) const AUTH_INFO: &str = "JHFDJF55586jhk";

/// The key of the other devices: the Base64 of a sentence of 32 bytes, which says so itself.
const KEY: &str = "YSBkZW1vIGtleSB0aGF0IG9wZW5zIG5vIGRldmljZS4=";

fn demo(generation: Generation) -> Demo {
    match generation {
        // Of the script that most beginners copy.
        Generation::Legacy => Demo { device: "29455901", product: "12555524" },
        Generation::Suite => Demo { device: "demo-board", product: "600600" },
        Generation::Studio => Demo { device: "demo-board", product: "OneNetDemo" },
    }
}

/// The token's part of a form to begin with.
pub(super) fn token() -> TokenForm {
    TokenForm::with_key(KEY)
}

/// The devices with tokens, and the key of each, for the platform in this page to check their signatures with.
pub fn demo_devices() -> impl Iterator<Item = (sys::Device, Key)> {
    Generation::ALL.into_iter().filter(|generation| generation.has_tokens()).filter_map(|generation| {
        let Demo { device, product } = demo(generation);
        let device =
            sys::Device { product: ProductId::parse(product).ok()?, name: DeviceName::parse(device).ok()? };
        Some((device, Key::parse(KEY).ok()?))
    })
}

/// Device and product of a form to begin with.
pub(super) fn ids(generation: Generation) -> (String, String) {
    let Demo { device, product } = demo(generation);
    (device.to_owned(), product.to_owned())
}

impl ConnectForm {
    /// The same for a device of another generation: what the person typed stays, what was there to begin with
    /// becomes that of the other one.
    pub fn choose(&mut self, generation: Generation) {
        let (from, to) = (demo(self.generation), demo(generation));
        if self.device_id == from.device {
            to.device.clone_into(&mut self.device_id);
        }
        if self.product_id == from.product {
            to.product.clone_into(&mut self.product_id);
        }
        self.generation = generation;
    }

    /// The key, as far as it belongs to the device: empty while it is still the one to begin with beside a device of
    /// the person's own, about which it says nothing.
    pub fn own_key(&self) -> &str {
        if self.has_demo_key() { "" } else { &self.token.key }
    }

    /// Whether the key is the one to begin with, and the device is not.
    pub(super) fn has_demo_key(&self) -> bool {
        let Demo { device, product } = demo(self.generation);
        self.token.key == KEY && (self.device_id != device || self.product_id != product)
    }
}

#[cfg(test)]
mod tests {
    use onenet::doctor::{Case, diagnose};

    use super::*;
    use crate::connect::PageAddress;
    use crate::upload::UploadForm;

    const NOW: u64 = 1_800_000_000;

    #[test]
    fn every_demo_is_a_login_that_nothing_speaks_against() {
        for generation in Generation::ALL {
            let mut form = ConnectForm::default();
            form.choose(generation);
            let target = form.parse(&PageAddress::default(), &UploadForm::default()).unwrap();
            let options = target.options(NOW);
            let case = Case {
                generation,
                client_id: &options.client_id,
                username: &options.username,
                password: &options.password,
                key: generation.has_tokens().then_some(KEY),
                token: None,
                now: NOW,
            };
            assert_eq!(diagnose(&case), []);
            assert_eq!(form.findings(&Default::default()), []);
        }
    }

    #[test]
    fn every_demo_with_tokens_is_known_to_the_platform() {
        let devices: Vec<String> = demo_devices().map(|(device, _)| device.to_string()).collect();
        assert_eq!(devices, ["600600/demo-board", "OneNetDemo/demo-board"]);
    }

    #[test]
    fn the_way_back_ends_where_it_began() {
        let mut form = ConnectForm::default();
        for generation in [Generation::Studio, Generation::Suite, Generation::Legacy] {
            form.choose(generation);
        }
        assert_eq!(form, ConnectForm::default());
    }

    #[test]
    fn what_was_typed_stays() {
        let mut form = ConnectForm { device_id: "my_tv".to_owned(), ..ConnectForm::default() };
        form.choose(Generation::Studio);
        assert_eq!((form.device_id.as_str(), form.product_id.as_str()), ("my_tv", "OneNetDemo"));
        assert_eq!(form.token.key().unwrap().bytes(), b"a demo key that opens no device.");
    }
}

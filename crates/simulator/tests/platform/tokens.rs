//! Devices with tokens for scripts: one of the suite, one of the studio, both with the same key.

use frame::{Connect, Packet};
use onenet::Value;
use onenet::studio::{Identifier, Named, ThingModel};
use onenet::sys::{Device, DeviceName, Platform, ProductId};
use onenet::token::{Claims, Key, Method, Resource};
use simulator::{Options, SysDevice, SysProduct};
use time::macros::utc_datetime;

use crate::script::{Step, act, open, publish, send, subscribe};

pub const KEY: &str = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=";
/// The 1st of January 2021: when the tokens expire that scripts log in with.
pub const ET: u64 = 1_609_459_200;

/// Sets the clock to a day on which there are tokens: the 17th of August 2020.
pub fn today() -> Step {
    act(|platform, now| {
        platform.set_clock(now, utc_datetime!(2020-08-17 00:00:00));
        String::new()
    })
}

pub fn device(product: &str, name: &str) -> Device {
    Device { product: ProductId::parse(product).unwrap(), name: DeviceName::parse(name).unwrap() }
}

/// A registered device with [`KEY`].
pub fn registered(product: &str, name: &str) -> SysDevice {
    SysDevice { device: device(product, name), key: Key::parse(KEY).unwrap() }
}

/// A platform that knows `321016/ESP8266_01` of the suite and `VRqhDHF2wL/my_tv` of the studio.
pub fn two_devices() -> Options {
    let sys_devices = vec![registered("321016", "ESP8266_01"), registered("VRqhDHF2wL", "my_tv")];
    Options { sys_devices, ..Options::default() }
}

/// The same with a thing model for the studio.
pub fn with_model(model: &str) -> Options {
    let product = SysProduct {
        id: ProductId::parse("VRqhDHF2wL").unwrap(),
        platform: Platform::Studio,
        model: Some(ThingModel::import(model.as_bytes()).unwrap()),
    };
    Options { sys_products: vec![product], ..two_devices() }
}

pub fn token_with(product: &str, name: &str, et: u64, key: &str) -> String {
    let res = Resource::device(product, name).unwrap();
    Claims::device(res, et, Method::Md5).sign(&Key::parse(key).unwrap()).write()
}

pub fn token(product: &str, name: &str) -> String {
    token_with(product, name, ET, KEY)
}

/// A login with keep alive 60.
pub fn log_in_with(product: &str, name: &str, token: &str) -> Packet {
    let mut connect = Connect::new(name);
    connect.keep_alive = 60;
    connect.set_login(product, token);
    Packet::Connect(connect)
}

/// A good login.
pub fn log_in(product: &str, name: &str) -> Packet {
    log_in_with(product, name, &token(product, name))
}

/// The suite's device is logged in on connection 1 and subscribed to everything.
pub fn suite_device() -> Vec<Step> {
    let all = subscribe(1, [("$sys/321016/ESP8266_01/#", 0)]);
    vec![today(), open(), send(1, log_in("321016", "ESP8266_01")), send(1, all)]
}

/// The studio's device is logged in on connection 1 and subscribed to everything.
pub fn studio_device() -> Vec<Step> {
    let all = subscribe(1, [("$sys/VRqhDHF2wL/my_tv/#", 0)]);
    vec![today(), open(), send(1, log_in("VRqhDHF2wL", "my_tv")), send(1, all)]
}

/// The suite's device publishes at QoS 0.
pub fn suite(rest: &str, payload: &str) -> Step {
    send(1, publish(&format!("$sys/321016/ESP8266_01/{rest}"), 0, payload.as_bytes()))
}

/// The studio's device publishes at QoS 0.
pub fn studio(rest: &str, payload: &str) -> Step {
    send(1, publish(&format!("$sys/VRqhDHF2wL/my_tv/{rest}"), 0, payload.as_bytes()))
}

/// Values of properties or parameters.
pub fn named<const N: usize>(values: [(&str, &str); N]) -> Vec<Named> {
    let named =
        values.map(|(name, json)| Named { identifier: identifier(name), value: Value::parse(json).unwrap() });
    named.to_vec()
}

pub fn identifier(name: &str) -> Identifier {
    Identifier::parse(name).unwrap()
}

/// The result of a call, as it is written down.
pub fn told<T: std::fmt::Display, E: std::fmt::Display>(result: Result<T, E>) -> String {
    match result {
        Ok(value) => value.to_string(),
        Err(error) => format!("error: {error}"),
    }
}

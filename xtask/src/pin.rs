//! Exact versions of every tool and peer that is not a crate of ours. The only place for them, but for
//! `[tools]` in Trunk.toml, which Trunk reads itself; a tidy test keeps the two equal.

/// Builds the page. Newer ones need a newer Rust.
pub const TRUNK: &str = "0.21.14";

/// Must equal the crate `wasm-bindgen` in Cargo.lock.
pub const WASM_BINDGEN: &str = "0.2.126";

/// Cuts the page into parts: the crate `wasm_split_cli_support`. Must fit the crate `wasm_split_helpers`.
pub const WASM_SPLIT: &str = "0.2.4";

/// The npm package that brings `wasm-opt`.
pub const BINARYEN: &str = "132.0.0";

/// The MQTT client that Python scripts use; 2 changed the callbacks that those scripts are written with.
pub const PAHO_MQTT: &str = "1.6.1";

/// The MQTT client that web pages use: MQTT.js.
pub const MQTT_JS: &str = "5.16.0";

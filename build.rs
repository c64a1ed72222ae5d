//! Lets the linker leave in the wasm what the cutting tool reads: who calls whom. Only where the page is shipped in
//! parts.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is_cut = env::var_os("CARGO_FEATURE_PARTS").is_some();
    let is_wasm = env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if is_cut && is_wasm {
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}

//! Published tokens: each is read, recomputed from its key step by step, and written again to the same text.
//!
//! The doctor finds nothing that speaks against them.
//!
//! Reads `vectors.json` beside this file, or the file that the environment variable `ONENET_VECTORS` names. Tokens in
//! the passwords of recorded logins, whose keys nobody knows, are read and written.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

use onenet::Generation;
use onenet::doctor::{Case, Diagnosis, Field, Severity, diagnose};
use onenet::token::{Claims, Key, Resource, Steps, Token, is_token};
use serde_json::Value;

#[test]
fn every_published_token_is_recomputed_from_its_key() {
    let mut faults = Vec::new();
    let (mut recomputed, mut read) = (0, 0);
    for vector in vectors() {
        let name = text(&vector["name"]);
        let outcome = match text(&vector["kind"]) {
            "token" => check(&vector),
            "connect" if is_token(text(&vector["inputs"]["password"])) => {
                same_text(text(&vector["inputs"]["password"])).map(|_| false)
            }
            _ => continue,
        };
        match outcome {
            Ok(true) => recomputed += 1,
            Ok(false) => read += 1,
            Err(fault) => faults.push(format!("{name}: {fault}")),
        }
        println!("{name}");
    }
    println!("{recomputed} recomputed, {read} read alone");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(env::var_os("ONENET_VECTORS").is_some() || recomputed > 0, "the file holds no tokens");
}

/// Whether the token could be recomputed: whether its key is published.
fn check(vector: &Value) -> Result<bool, String> {
    let inputs = &vector["inputs"];
    let written = text(&vector["text"]);
    let token = same_text(written)?;
    let Token { claims, .. } = &token;
    agree(inputs, "version", claims.version.as_str().into())?;
    agree(inputs, "res", claims.res.to_string().into())?;
    agree(inputs, "et", claims.et.into())?;
    agree(inputs, "method", claims.method.as_str().into())?;
    agree(inputs, "string_for_signature", claims.text().into())?;
    agree(inputs, "sign_base64", token.sign_text().into())?;
    let Some(key) = inputs["key_base64"].as_str() else { return Ok(false) };
    if let Resource::Device { product, device } = &claims.res {
        unsuspected(&Case {
            generation: Generation::Suite,
            client_id: device.as_str(),
            username: product.as_str(),
            password: written,
            key: Some(key),
            token: None,
            now: claims.et,
        })?;
    }
    let key = Key::parse(key).map_err(|error| error.to_string())?;
    if !token.verify(&key) {
        return Err("its key did not sign it".to_owned());
    }
    let Steps { base64, token: again, .. } = claims.steps(&key);
    agree(inputs, "sign_base64", base64.into())?;
    if same_parts(&again, written) { Ok(true) } else { Err(format!("is written as {again}")) }
}

/// Reads a token and writes it to the same text, whatever the order of its parameters.
fn same_text(written: &str) -> Result<Token, String> {
    let parsed = Token::parse(written).map_err(|error| error.to_string())?;
    let Claims { version, res, et, method } = &parsed.token.claims;
    println!("{version} {res} {et} {method}, {} oddities", parsed.oddities.len());
    let again = parsed.token.write();
    if parsed.oddities.is_empty() && !same_parts(&again, written) {
        return Err(format!("is written as {again}"));
    }
    Ok(parsed.token)
}

/// Nothing about password and key will be refused.
fn unsuspected(case: &Case<'_>) -> Result<(), String> {
    let is_bad = |diagnosis: &Diagnosis| {
        diagnosis.severity == Severity::WillBeRefused
            && matches!(diagnosis.field, Field::Password | Field::Key | Field::Generation)
    };
    match diagnose(case).iter().find(|diagnosis| is_bad(diagnosis)) {
        Some(diagnosis) => Err(diagnosis.to_string()),
        None => Ok(()),
    }
}

fn same_parts(one: &str, other: &str) -> bool {
    let sorted = |token: &str| {
        let mut parts: Vec<String> = token.split('&').map(str::to_owned).collect();
        parts.sort();
        parts
    };
    // A text with values that are not escaped cannot be equal; what it says is compared by the caller.
    sorted(one) == sorted(other) || Token::parse(other).is_ok_and(|parsed| !parsed.oddities.is_empty())
}

fn agree(said: &Value, member: &str, found: Value) -> Result<(), String> {
    let Some(said) = said.get(member) else { return Ok(()) };
    if *said == found { Ok(()) } else { Err(format!("{member} is {found}, not {said}")) }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn vectors() -> Vec<Value> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = match env::var_os("ONENET_VECTORS") {
        // Cargo starts tests in the package; a person names the file from the workspace.
        Some(path) if !Path::new(&path).exists() => package.join("../..").join(path),
        Some(path) => PathBuf::from(path),
        None => package.join("tests/vectors.json"),
    };
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

//! A dissection as text, a line a node: offsets, bytes, field, value.

use std::fmt::Write;

use dissect::{Bits, Dissection, Node, Value, dissect};

/// The tree of a frame, and what is wrong with it.
pub fn tell(frame: &[u8]) -> String {
    let Dissection { root, fault, .. } = dissect(frame);
    let mut told = String::new();
    tell_node(&mut told, frame, &root, 0);
    if let Some(fault) = fault {
        writeln!(told, "FAULT {fault}").unwrap();
    }
    told
}

/// The leaves of a frame, and what is wrong with it.
pub fn tell_leaves(frame: &[u8]) -> String {
    let dissection = dissect(frame);
    let mut told = String::new();
    tell_leaves_of(&mut told, frame, &dissection.root);
    match &dissection.fault {
        Some(fault) => writeln!(told, "FAULT {fault}").unwrap(),
        None => writeln!(told, "no fault").unwrap(),
    }
    for secret in dissection.secrets() {
        writeln!(told, "secret {secret:?}").unwrap();
    }
    told
}

fn tell_leaves_of(told: &mut String, frame: &[u8], parent: &Node) {
    for node in &parent.children {
        if !node.children.is_empty() {
            tell_leaves_of(told, frame, node);
            continue;
        }
        let Node { field, span, value, .. } = node;
        let bytes = &frame[span.clone()];
        let name = format!("{:?} / {field:?}", parent.field);
        let value = tell_value(value, bytes, true);
        let line = format!("{:>3}..{:<3} {:<24} {name:<32} {value}", span.start, span.end, hex(bytes));
        writeln!(told, "{}", line.trim_end()).unwrap();
    }
}

fn tell_node(told: &mut String, frame: &[u8], node: &Node, depth: usize) {
    let Node { field, span, value, bits, children } = node;
    let bytes = &frame[span.clone()];
    let is_leaf = children.is_empty();
    let hex = if is_leaf { hex(bytes) } else { String::new() };
    let name = format!("{:indent$}{field:?}", "", indent = 2 * depth);
    let line = format!(
        "{:>3}..{:<3} {hex:<24} {name:<32} {}",
        span.start,
        span.end,
        tell_value(value, bytes, is_leaf)
    );
    writeln!(told, "{}", line.trim_end()).unwrap();
    for Bits { field, mask, value } in bits {
        let name = format!("{:indent$}{field:?}", "", indent = 2 * depth + 2);
        let line = format!("        {mask:08b}{:<16} {name:<32} {}", "", tell_value(value, &[], false));
        writeln!(told, "{}", line.trim_end()).unwrap();
    }
    for child in children {
        tell_node(told, frame, child, depth + 1);
    }
}

fn hex(bytes: &[u8]) -> String {
    const SHOWN: usize = 8;
    let shown: String = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x} ")).collect();
    if bytes.len() > SHOWN { format!("{}…", shown.trim_end()) } else { shown }
}

/// A text on one line.
fn shown(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_debug().collect() } else { vec![c] }).collect()
}

fn tell_value(value: &Value, bytes: &[u8], is_leaf: bool) -> String {
    match value {
        Value::Parts | Value::Bytes => String::new(),
        Value::Text if is_leaf => format!("`{}`", shown(std::str::from_utf8(bytes).unwrap())),
        Value::Text => "text with parts".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Name(name) => name.clone(),
        Value::ConnackCode(code) => format!("CONNACK code {code}"),
        Value::SubackCode(code) => format!("SUBACK code {code:#04x}"),
        Value::Qos(qos) => format!("QoS {qos}"),
    }
}

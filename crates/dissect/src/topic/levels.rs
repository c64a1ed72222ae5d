//! A topic or a filter under `$sys` or `$subdev`, level by level.
//!
//! ```text
//! $sys/321016/ESP8266_01/cmd/response/4b97…/accepted
//! tree product device    function     id    reply
//! ```

use std::ops::Range;

use onenet::sys::{MAX_LEVELS, Tree};

use super::function::Function;
use crate::cursor::Cursor;
use crate::field::Field;
use crate::node::{Node, Value};

/// Whether a topic or a filter begins as those of the platforms with tokens do.
pub(super) fn is_in_tree(text: &str) -> bool {
    let is_of = |tree: Tree| text.strip_prefix(tree.as_str()).is_some_and(|rest| rest.starts_with('/'));
    is_of(Tree::Sys) || is_of(Tree::Subdev)
}

/// Levels in front of what the topic is for.
const NAMES: usize = 3;

/// Takes all of it apart. What stands behind the names is called after `known`, what the topic is for.
pub(super) fn walk(cursor: &Cursor<'_>, content: Range<usize>, known: Option<Function>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut at = content.start;
    for index in 0..NAMES {
        let level = level(cursor, at..content.end);
        let field = match (index, cursor.bytes(&level)) {
            (0, b"$subdev") => Field::SubdevPrefix,
            (0, _) => Field::SysPrefix,
            (1, _) => Field::ProductId,
            _ => Field::DeviceName,
        };
        at = level.end;
        push(cursor, &mut nodes, field, level);
        if at == content.end {
            return nodes;
        }
        push(cursor, &mut nodes, Field::Separator, at..at + 1);
        at += 1;
    }
    match known {
        Some(function) => nodes.extend(function_node(cursor, at..content.end, function)),
        None => nodes.extend(pieces(cursor, at..content.end, Field::TopicLevel, None)),
    }
    nodes
}

/// What the topic is for, as one node.
fn function_node(cursor: &Cursor<'_>, rest: Range<usize>, function: Function) -> Option<Node> {
    let field = function.field;
    let parts = pieces(cursor, rest, Field::Text, Some(function));
    match &parts[..] {
        [only] => Some(Node { field, ..only.clone() }),
        _ => cursor.written(field, parts),
    }
}

/// Levels that say the same together, and what stands out among them: ids, wildcards, the word for a reply.
fn pieces(cursor: &Cursor<'_>, rest: Range<usize>, plain: Field, function: Option<Function>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut at = rest.start;
    for index in 0.. {
        // A topic has no more levels: this one is wrong, and could have thousands.
        if index + NAMES >= MAX_LEVELS {
            join(cursor, &mut nodes, plain, at..rest.end);
            break;
        }
        let level = level(cursor, at..rest.end);
        at = level.end;
        let reply = function.and_then(|function| Some((function.reply?, reply_of(cursor.bytes(&level))?)));
        match (cursor.bytes(&level), function.and_then(|function| function.id)) {
            (b"+", _) => push(cursor, &mut nodes, Field::SingleLevelWildcard, level),
            (b"#", _) => push(cursor, &mut nodes, Field::MultiLevelWildcard, level),
            (_, Some((place, field))) if place == index => push(cursor, &mut nodes, field, level),
            _ => {
                let (field, length) = reply.unwrap_or((plain, 0));
                let plain_end = level.end - length;
                join(cursor, &mut nodes, plain, level.start..plain_end);
                push(cursor, &mut nodes, field, plain_end..level.end);
            }
        }
        if at == rest.end {
            break;
        }
        push(cursor, &mut nodes, Field::Separator, at..at + 1);
        at += 1;
    }
    nodes
}

/// How many bytes at the end of a level say that a message is a reply.
fn reply_of(level: &[u8]) -> Option<usize> {
    match level {
        b"reply" | b"accepted" | b"rejected" => Some(level.len()),
        _ => level.ends_with(b"_reply").then_some(b"_reply".len()),
    }
}

/// The bytes up to the next slash.
fn level(cursor: &Cursor<'_>, rest: Range<usize>) -> Range<usize> {
    let bytes = cursor.bytes(&rest);
    let length = bytes.iter().position(|byte| *byte == b'/').unwrap_or(bytes.len());
    rest.start..rest.start + length
}

fn push(cursor: &Cursor<'_>, nodes: &mut Vec<Node>, field: Field, span: Range<usize>) {
    if !span.is_empty() {
        nodes.push(cursor.leaf(field, span));
    }
}

/// A plain level; one leaf with the plain level in front of it and the slash between them.
fn join(cursor: &Cursor<'_>, nodes: &mut Vec<Node>, plain: Field, span: Range<usize>) {
    if span.is_empty() {
        return;
    }
    let after_plain = nodes.len().checked_sub(2).is_some_and(|before| nodes[before].field == plain);
    if after_plain {
        nodes.pop();
        if let Some(before) = nodes.last_mut() {
            before.span.end = span.end;
            before.value = Value::said(cursor.bytes(&before.span));
        }
    } else {
        nodes.push(cursor.leaf(plain, span));
    }
}

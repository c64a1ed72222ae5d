//! A filter of a SUBSCRIBE or UNSUBSCRIBE: its parts, among which wildcards may be.

use std::ops::Range;

use onenet::sys::{Filter, Tree};
use onenet::{studio, suite};

use super::function::Function;
use super::levels::{self, is_in_tree};
use super::{Refusal, behind};
use crate::cursor::Cursor;
use crate::dissection::Problem;
use crate::node::Node;

/// Walks over a filter. Says too why no platform takes it, if it is one of a platform with tokens.
pub(crate) fn walk_filter(cursor: &mut Cursor<'_>, content: Range<usize>) -> (Vec<Node>, Option<Refusal>) {
    let text = std::str::from_utf8(cursor.bytes(&content)).ok().filter(|text| is_in_tree(text));
    let Some(text) = text else { return (vec![cursor.text_leaf(content)], None) };
    let start = content.start;
    match Filter::parse(text) {
        Ok(filter) => {
            let known = function(filter.tree, filter.rest());
            (levels::walk(cursor, content, known), None)
        }
        Err(error) => {
            let refusal = behind((error.offset(), Problem::Topic(error)), start);
            (levels::walk(cursor, content, None), Some(refusal))
        }
    }
}

/// What a filter is for, if all topics that it takes are for the same: only an id is left open.
fn function(tree: Tree, rest: &str) -> Option<Function> {
    if rest.contains('#') {
        return None;
    }
    // Any id will do in its place.
    let rest = rest.replace('+', "0");
    match (suite::Topic::parse(tree, &rest), tree) {
        (Ok(topic), _) => Some(Function::of_suite(&topic)),
        (Err(_), Tree::Sys) => Some(Function::of_studio(&studio::Topic::parse(&rest).ok()?)),
        (Err(_), Tree::Subdev) => None,
    }
}

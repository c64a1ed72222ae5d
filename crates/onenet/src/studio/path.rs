//! Where in a JSON text a value stands: for people as words, for views as bytes.

use std::fmt;
use std::ops::Range;

use serde_json::value::RawValue;

use crate::json::{self, Members};

/// The way from the whole of a JSON text to a value in it: `params.position.value.lat`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Path(Vec<Step>);

/// One step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Into the member of an object.
    Member(String),
    /// Into an element of an array, counted from 0.
    Element(usize),
}

impl Path {
    /// The path of the whole.
    pub fn root() -> Self {
        Self::default()
    }

    /// The steps, from the whole inwards.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The bytes of `source` at which the value stands, `None` where `source` is no JSON or has none there.
    pub fn locate(&self, source: &str) -> Option<Range<usize>> {
        let mut part: &RawValue = serde_json::from_str(source).ok()?;
        for step in &self.0 {
            part = match step {
                Step::Member(name) => Members::read(part)?.get(name)?,
                Step::Element(index) => *json::elements(part)?.get(*index)?,
            };
        }
        let start = json::offset(source, part);
        Some(start..start + part.get().len())
    }

    pub(super) fn member(&self, name: &str) -> Self {
        self.step(Step::Member(name.to_owned()))
    }

    pub(super) fn element(&self, index: usize) -> Self {
        self.step(Step::Element(index))
    }

    fn step(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Member(name) if index == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Element(element) => write!(f, "[{element}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bytes_of_a_value() {
        let source = r#" {"a": [1, {"b":  "x"}]}"#;
        let path = Path::root().member("a").element(1).member("b");
        assert_eq!(path.to_string(), "a[1].b");
        assert_eq!(&source[path.locate(source).unwrap()], r#""x""#);
        assert_eq!(Path::root().locate(source), Some(1..source.len()));
        assert_eq!(path.member("c").locate(source), None);
        assert_eq!(path.locate("{"), None);
    }
}

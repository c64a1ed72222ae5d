//! The tables as `docs/fields.md`, and what holds for every field.

use std::fmt::Write;

use expect_test::expect_file;

use super::{About, Text};
use crate::field::Field;

/// `UPDATE_EXPECT=1 cargo test -p dissect` writes the file anew.
#[test]
fn the_docs_show_every_field() {
    expect_file!["../../../../docs/fields.md"].assert_eq(&document());
}

#[test]
fn every_field_has_its_own_entry() {
    for (index, field) in Field::all().enumerate() {
        assert_eq!(field as usize, index, "{field:?} is out of order");
    }
    assert_eq!(Field::all().last(), Some(Field::Undecoded), "the last of them is there");
}

#[test]
fn explains_in_whole_sentences() {
    for field in Field::all() {
        let About { english, chinese, clause } = field.about();
        assert!(!clause.is_empty() && !english.name.is_empty() && !chinese.name.is_empty(), "{field:?}");
        assert!(english.explanation.ends_with('.') && chinese.explanation.ends_with('。'), "{field:?}");
        assert!(!chinese.explanation.contains(". "), "{field:?}");
        let sentences = |text: &str, end: &str| text.matches(end).count();
        assert!(sentences(english.explanation, ". ") < 4, "{field:?}");
        assert!([english, chinese].iter().all(|text| !text.explanation.contains(['|', '\n'])), "{field:?}");
    }
}

const HEAD: &str = "\
# Fields

What the inspector calls the parts of a frame, and how it explains them.

Made from `crates/dissect/src/about`; a test keeps it equal (`UPDATE_EXPECT=1 cargo test -p dissect` writes it anew).
*reference §…* are sections of the sources that ARCHITECTURE.md lists; MQTT 3.1.1 is the OASIS standard.

| field | name | explanation | 名称 | 说明 | clause |
|---|---|---|---|---|---|
";

fn document() -> String {
    let mut text = HEAD.to_owned();
    for field in Field::all() {
        let About { english, chinese, clause } = field.about();
        let [Text { name, explanation }, Text { name: name_zh, explanation: explanation_zh }] =
            [english, chinese];
        writeln!(text, "| `{field:?}` | {name} | {explanation} | {name_zh} | {explanation_zh} | {clause} |")
            .unwrap();
    }
    text
}

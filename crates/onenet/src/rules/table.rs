//! The list as the table `docs/rules.md`, and what holds for every rule.

use std::collections::BTreeSet;
use std::fmt::Write;

use expect_test::expect_file;

use super::legacy::RULES;
use super::{Confidence, Readings, Rule};

/// `UPDATE_EXPECT=1 cargo test -p onenet` writes the file anew.
#[test]
fn the_docs_show_every_rule() {
    expect_file!["../../../../docs/rules.md"].assert_eq(&document());
}

#[test]
fn stands_in_the_order_of_the_ids() {
    for rule in &RULES {
        assert_eq!(rule.id.rule(), rule);
    }
    assert_eq!(RULES.iter().map(|rule| rule.id.as_str()).collect::<BTreeSet<_>>().len(), RULES.len());
}

#[test]
fn says_in_whole_sentences_what_is_demanded() {
    for rule in &RULES {
        assert!(rule.english.ends_with('.') && rule.chinese.ends_with('。'), "{}", rule.id);
        assert!(rule.english.starts_with(|c: char| c.is_uppercase()), "{}", rule.id);
    }
}

#[test]
fn is_disputed_where_there_are_readings() {
    for rule in &RULES {
        assert_eq!(rule.confidence == Confidence::Disputed, rule.disputed.is_some(), "{}", rule.id);
        let readings = Readings::default();
        let default = rule.disputed.map(|dispute| dispute.readings[dispute.default].name);
        assert_eq!(readings.name(rule.id), default, "{}", rule.id);
    }
}

const HEAD: &str = "\
# Rules of the legacy platform

What OneNET's `$dp` platform accepts. The page checks it before sending, the simulated platform enforces it.

Made from `crates/onenet/src/rules/legacy/list.rs`; a test keeps it equal (`UPDATE_EXPECT=1 cargo test -p onenet` writes it anew).

Sure: **A** official text and a capture or SDK agree · **B** official text only · **C** one other source ·
**X** sources disagree, see [Disputes](#disputes) · **U** nothing public says so.

Sources: S26 is OneNET's document 设备终端接入协议-MQTT V2.6 (2017), S23 its V2.3 (2016), S11 its V1.1 (2015), EDP the document
of the sister protocol; FAQ and qa are pages of OneNET's documentation; captures are recorded frames of real devices.

| rule | demanded | 要求 | source | sure | the real platform |
|---|---|---|---|---|---|
";

const DISPUTES: &str = "
## Disputes

Which reading is followed can be chosen; **bold** is followed by default. Our simulated platform follows each of
them. Which data streams the floats of a type 7 belong to is disputed too (`Readings::floats`), but no rule depends on it.

| rule | reading | taken | 接受 | source |
|---|---|---|---|---|
";

fn document() -> String {
    let mut text = HEAD.to_owned();
    for Rule { id, english, chinese, source, confidence, consequence, disputed: _ } in &RULES {
        let sure = confidence.letter();
        writeln!(text, "| `{id}` | {english} | {chinese} | {source} | {sure} | {consequence} |").unwrap();
    }
    text.push_str(DISPUTES);
    for rule in &RULES {
        let Some(dispute) = rule.disputed else { continue };
        for (index, reading) in dispute.readings.iter().enumerate() {
            let mark = if index == dispute.default { "**" } else { "" };
            writeln!(
                text,
                "| `{}` | {mark}{}{mark} | {} | {} | {} |",
                rule.id, reading.name, reading.english, reading.chinese, reading.source
            )
            .unwrap();
        }
    }
    text
}

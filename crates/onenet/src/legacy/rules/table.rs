//! The list as the table `docs/rules.md`.

use std::fmt::Write;

use expect_test::expect_file;

use super::{RULES, Rule};

/// `UPDATE_EXPECT=1 cargo test -p onenet` writes the file anew.
#[test]
fn the_docs_show_every_rule() {
    expect_file!["../../../../../docs/rules.md"].assert_eq(&document());
}

const HEAD: &str = "\
# Rules of the legacy platform

What OneNET's `$dp` platform accepts. The page checks it before sending, the simulated platform enforces it.

Made from `crates/onenet/src/legacy/rules/list.rs`; a test keeps it equal (`UPDATE_EXPECT=1 cargo test -p onenet` writes it anew).

Sure: **A** official text and a capture or SDK agree · **B** official text only · **C** one other source ·
**X** sources disagree, see [Disputes](#disputes) · **U** nothing public says so.

| rule | demanded | 要求 | source | sure | the real platform |
|---|---|---|---|---|---|
";

const DISPUTES: &str = "
## Disputes

Which reading is followed can be chosen; **bold** is followed by default.

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

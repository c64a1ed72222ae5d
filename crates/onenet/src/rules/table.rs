//! The lists as the tables of `docs/rules.md`, and what holds for every rule.

use std::collections::BTreeSet;
use std::fmt::Write;

use expect_test::expect_file;

use super::{Confidence, LISTS, Readings, Rule, RuleId, all};

/// `UPDATE_EXPECT=1 cargo test -p onenet` writes the file anew.
#[test]
fn the_docs_show_every_rule() {
    expect_file!["../../../../docs/rules.md"].assert_eq(&document());
}

#[test]
fn stands_in_the_order_of_the_ids() {
    for (index, rule) in all().enumerate() {
        assert_eq!((rule.id as usize, rule.id.rule()), (index, rule));
    }
    let texts: BTreeSet<&str> = all().map(|rule| rule.id.as_str()).collect();
    assert_eq!((texts.len(), all().count()), (RuleId::COUNT, RuleId::COUNT));
}

#[test]
fn says_in_whole_sentences_what_is_demanded() {
    for rule in all() {
        assert!(rule.english.ends_with('.') && rule.chinese.ends_with('。'), "{}", rule.id);
        assert!(rule.english.starts_with(|c: char| c.is_uppercase()), "{}", rule.id);
    }
}

#[test]
fn is_disputed_where_there_are_readings() {
    for rule in all() {
        assert_eq!(rule.confidence == Confidence::Disputed, rule.disputed.is_some(), "{}", rule.id);
        let readings = Readings::default();
        let default = rule.disputed.map(|dispute| dispute.readings[dispute.default].name);
        assert_eq!(readings.name(rule.id), default, "{}", rule.id);
    }
}

#[test]
fn follows_every_reading() {
    for (rule, dispute) in all().filter_map(|rule| Some((rule, rule.disputed?))) {
        for reading in dispute.readings {
            let mut readings = Readings::default();
            assert!(readings.follow(rule.id, reading.name), "{}", rule.id);
            assert_eq!(readings.name(rule.id), Some(reading.name));
        }
    }
}

const HEAD: &str = "\
# Rules of the platforms

What OneNET accepts. The page checks it before sending, the simulated platform enforces it. Rates (the rules with
names in *-rate*, and the bandwidth) are different: the page does not count, and the simulated platform does so only
when asked to, by `--rates` or by the switch in its console.

There are three platforms: [legacy](#legacy) (`$dp`), suite (data streams) and studio (thing model). The last two take
the same logins, topics and subscriptions ([both](#suite-and-studio)), and each has messages and rates of its own.

Made from the lists in `crates/onenet/src/rules`; a test keeps it equal (`UPDATE_EXPECT=1 cargo test -p onenet` writes it anew).

Sure: **A** official text and a capture or SDK agree · **B** official text only · **C** one other source ·
**X** sources disagree, see [Disputes](#disputes) · **U** nothing public says so.

What the real platform does: **closes** the connection without a word · **refuses** with the code of a CONNACK, of a SUBACK or of the
HTTP API · **rejects** with a code on a topic of its own, if the device is subscribed to it · **ignores** · **delays** it, and all
that the device says behind it, to the next second · **closes and bans** the device for five minutes.
";

/// Headings of the lists and what their sources are, in the order of [`LISTS`].
const SECTIONS: [(&str, &str); 4] = [
    (
        "Legacy",
        "Sources: S26 is OneNET's document 设备终端接入协议-MQTT V2.6 (2017), S23 its V2.3 (2016), S11 its V1.1 (2015), EDP the document
of the sister protocol; FAQ and qa are pages of OneNET's documentation; captures are recorded frames of real devices.",
    ),
    (
        "Suite and studio",
        "Sources are pages of OneNET's documentation: design is the suite's design document (mqtts-design), limits its page of limits;
protocol, manual and registDevice are its pages of those names. The studio says of itself that it has the same features.",
    ),
    (
        "Suite",
        "Sources: design and limits as above; dp-topics, cmd-topics and image-topics are the suite's pages on topics, synccmds that on the HTTP API.",
    ),
    (
        "Studio",
        "Sources: mqtt-limit and use_limits are the studio's pages of limits, OneJSON those on its messages, logging-type that on its device log.",
    ),
];

const COLUMNS: &str = "\
| rule | demanded | 要求 | source | sure | the real platform |
|---|---|---|---|---|---|
";

const DISPUTES: &str = "
## Disputes

Which reading is followed can be chosen; **bold** is followed by default. Our simulated platform follows each of
them. Which data streams the floats of a type 7 belong to is disputed too (`Readings::floats`), but no rule
depends on it.

| rule | reading | taken | 接受 | source |
|---|---|---|---|---|
";

fn document() -> String {
    let mut text = HEAD.to_owned();
    for (list, (heading, sources)) in LISTS.into_iter().zip(SECTIONS) {
        write!(text, "\n## {heading}\n\n{sources}\n\n{COLUMNS}").unwrap();
        for Rule { id, english, chinese, source, confidence, consequence, disputed: _ } in list {
            let sure = confidence.letter();
            writeln!(text, "| `{id}` | {english} | {chinese} | {source} | {sure} | {consequence} |").unwrap();
        }
    }
    text.push_str(DISPUTES);
    for rule in all() {
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

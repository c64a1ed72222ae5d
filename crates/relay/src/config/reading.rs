//! Which source the simulated platform follows where sources disagree, as text: `rule=name`.

use std::fmt::Write as _;

use onenet::rules::{Dispute, Readings, Rule, RuleId, all};

/// One reading to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    rule: RuleId,
    /// One of the rule's readings.
    name: &'static str,
}

/// Why a text is no `rule=name`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseChoiceError {
    /// There is no `=`.
    #[error("there is no name; write rule=name, for example keep-alive-range=up-to-240")]
    NoName,
    /// There is no such rule, or no two sources disagree about it.
    #[error("no readings of this rule differ; write rule=name, where the rule is {}", rules())]
    Rule,
    /// The rule has no such reading.
    #[error("there is no such reading of {}; write {}", .0.as_str(), texts(*.0).join(" or "))]
    Name(RuleId),
}

impl Choice {
    /// Reads `rule=name`, both as `docs/rules.md` has them.
    ///
    /// # Errors
    ///
    /// Which part is wrong, and what it may be.
    pub fn parse(text: &str) -> Result<Self, ParseChoiceError> {
        let (rule, name) = text.split_once('=').ok_or(ParseChoiceError::NoName)?;
        let (rule, dispute) =
            disputed().find(|(known, _)| known.id.as_str() == rule).ok_or(ParseChoiceError::Rule)?;
        let reading = dispute.readings.iter().find(|reading| reading.name == name);
        let name = reading.ok_or(ParseChoiceError::Name(rule.id))?.name;
        Ok(Self { rule: rule.id, name })
    }

    /// The default readings but for those chosen.
    ///
    /// # Errors
    ///
    /// A rule for which one choice contradicts another.
    pub(super) fn settle(choices: &[Self]) -> Result<Readings, RuleId> {
        let mut readings = Readings::default();
        for choice in choices {
            readings.follow(choice.rule, choice.name);
        }
        // Two rules may be about one dispute: each choice must still stand.
        match choices.iter().find(|choice| readings.name(choice.rule) != Some(choice.name)) {
            Some(choice) => Err(choice.rule),
            None => Ok(readings),
        }
    }

    /// What there is to choose from, for people.
    pub(super) fn help() -> String {
        let mut help = "A source for the simulated platform to follow where sources disagree, as rule=name; \
                        repeatable. The first of a rule is the default:\n"
            .to_owned();
        for (rule, dispute) in disputed() {
            for reading in dispute.readings {
                // Writing to a string cannot fail.
                let _ = write!(help, "\n{}={} ({})", rule.id.as_str(), reading.name, reading.english);
            }
        }
        help
    }
}

/// The rules about which sources disagree.
fn disputed() -> impl Iterator<Item = (&'static Rule, Dispute)> {
    all().filter_map(|rule| Some((rule, rule.disputed?)))
}

fn rules() -> String {
    disputed().map(|(rule, _)| rule.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn texts(rule: RuleId) -> Vec<String> {
    let readings = rule.rule().disputed.map_or(&[][..], |dispute| dispute.readings);
    readings.iter().map(|reading| format!("{}={}", rule.as_str(), reading.name)).collect()
}

#[cfg(test)]
mod tests {
    use onenet::rules::legacy::{KeepAlive, Will};
    use proptest::prelude::*;

    use super::*;

    fn settle(texts: &[&str]) -> Result<Readings, RuleId> {
        let choices: Vec<Choice> = texts.iter().map(|text| Choice::parse(text).unwrap()).collect();
        Choice::settle(&choices)
    }

    #[test]
    fn every_reading_can_be_followed_by_its_text() {
        for (rule, dispute) in disputed() {
            let texts = texts(rule.id);
            assert_eq!(texts.len(), dispute.readings.len());
            for (text, reading) in texts.iter().zip(dispute.readings) {
                assert_eq!(settle(&[text]).unwrap().name(rule.id), Some(reading.name));
                assert!(Choice::help().contains(text), "{text}");
            }
        }
    }

    #[test]
    fn follows_several_readings_that_agree() {
        let readings =
            Readings { will: Will::Refused, keep_alive: KeepAlive::UpTo240, ..Readings::default() };
        let texts = ["will=refused", "keep-alive-range=up-to-240", "will=refused"];
        assert_eq!(settle(&texts), Ok(readings));
        assert_eq!(settle(&["will=refused", "will=taken"]), Err(RuleId::Will));
        let both = ["topic-characters=no-digits", "filter-characters=no-underscore"];
        assert_eq!(settle(&both), Err(RuleId::TopicCharacters), "they are about one dispute");
    }

    #[test]
    fn says_which_part_is_wrong_and_what_it_may_be() {
        for (text, error, advice) in [
            ("", ParseChoiceError::NoName, "rule=name"),
            ("will", ParseChoiceError::NoName, "rule=name"),
            ("wills=taken", ParseChoiceError::Rule, "will, keep-alive-range"),
            ("device-id-empty=taken", ParseChoiceError::Rule, "will, keep-alive-range"),
            ("will=up-to-240", ParseChoiceError::Name(RuleId::Will), "will=taken or will=refused"),
        ] {
            let found = Choice::parse(text).unwrap_err();
            assert!(found.to_string().contains(advice), "{found}");
            assert_eq!(found, error, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in ".*") {
            let _ = Choice::parse(&text);
        }
    }
}

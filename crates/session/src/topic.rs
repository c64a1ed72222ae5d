//! Topic names and topic filters (MQTT 3.1.1 §4.7).

use crate::error::TopicProblem;

/// Refuses a topic name that a PUBLISH must not carry (§3.3.2.1, §4.7.3).
///
/// # Errors
///
/// The first rule that it breaks.
pub fn check_topic(topic: &str) -> Result<(), TopicProblem> {
    if topic.contains(['+', '#']) { Err(TopicProblem::Wildcard) } else { check_text(topic) }
}

/// Refuses a topic filter that a SUBSCRIBE must not carry (§4.7.1, §4.7.3).
///
/// # Errors
///
/// The first rule that it breaks.
pub fn check_filter(filter: &str) -> Result<(), TopicProblem> {
    let levels: Vec<&str> = filter.split('/').collect();
    let misplaced = levels.iter().enumerate().any(|(at, level)| {
        let last = at + 1 == levels.len();
        (level.contains('+') && *level != "+") || (level.contains('#') && !(*level == "#" && last))
    });
    if misplaced { Err(TopicProblem::MisplacedWildcard) } else { check_text(filter) }
}

fn check_text(topic: &str) -> Result<(), TopicProblem> {
    match topic {
        "" => Err(TopicProblem::Empty),
        _ if topic.contains('\0') => Err(TopicProblem::Nul),
        _ if topic.len() > usize::from(u16::MAX) => Err(TopicProblem::TooLong { length: topic.len() }),
        _ => Ok(()),
    }
}

/// Whether messages on `topic` are meant by `filter` (§4.7.1, §4.7.2).
///
/// `+` stands for one level, a last `#` for the rest and for its parent. A filter that begins with a wildcard
/// does not mean topics that begin with `$`.
pub fn matches(filter: &str, topic: &str) -> bool {
    !(topic.starts_with('$') && filter.starts_with(['+', '#'])) && matches_levels(filter, topic)
}

/// Whether `topic` is what `filter` says, level by level (§4.7.1). Unlike for a subscription, a wildcard at the
/// beginning also means topics that begin with `$`.
pub fn matches_levels(filter: &str, topic: &str) -> bool {
    let mut levels = topic.split('/');
    for wanted in filter.split('/') {
        match (wanted, levels.next()) {
            ("#", _) => return true,
            ("+", Some(_)) => {}
            (wanted, Some(level)) if wanted == level => {}
            (_, _) => return false,
        }
    }
    levels.next().is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // MQTT-4.7.1-2, MQTT-4.7.1-3, MQTT-4.7.2-1.
    #[test]
    fn matches_as_the_specification_says() {
        for (filter, topic) in [
            ("a/b", "a/b"),
            ("sport/tennis/player1/#", "sport/tennis/player1"),
            ("sport/tennis/player1/#", "sport/tennis/player1/ranking/x"),
            ("#", "a/b"),
            ("sport/tennis/+", "sport/tennis/player1"),
            ("sport/+", "sport/"),
            ("+/+", "/finance"),
            ("/+", "/finance"),
            ("$creq/+", "$creq/7"),
            ("$SYS/#", "$SYS/x"),
            ("温/+", "温/度"),
        ] {
            assert!(matches(filter, topic), "{filter} means {topic}");
        }
        for (filter, topic) in [
            ("a", "a/b"),
            ("a/b", "a"),
            ("sport/tennis/+", "sport/tennis/player1/ranking"),
            ("sport/+", "sport"),
            ("+", "/finance"),
            ("#", "$creq/7"),
            ("+/7", "$creq/7"),
            ("a/b", "a/B"),
        ] {
            assert!(!matches(filter, topic), "{filter} does not mean {topic}");
        }
    }

    #[test]
    fn levels_make_no_exception_for_the_platforms_own_topics() {
        assert!(matches_levels("#", "$creq/7") && matches_levels("+/7", "$creq/7"));
        assert!(!matches_levels("+", "$creq/7"));
    }

    proptest! {
        #[test]
        fn every_topic_is_meant_by_itself(topic in "[a-z/$温]{1,12}") {
            prop_assert!(matches(&topic, &topic));
        }

        #[test]
        fn any_texts_can_be_compared(filter in "\\PC{0,12}", topic in "\\PC{0,12}") {
            let _ = matches(&filter, &topic);
        }
    }
}

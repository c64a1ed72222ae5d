//! A subscription: a topic of one device in which wildcards may stand behind the names.

use super::address::{Device, Tree, check_shape, split};
use super::topic_error::TopicError;

/// The longest filter, in bytes (reference §2.3).
pub const MAX_FILTER_LENGTH: usize = 512;

/// The first level in which a wildcard may stand, counted from 1 (reference §2.3).
const FIRST_WILDCARD_LEVEL: usize = 4;

/// A filter of a platform with tokens, such as `$sys/321016/ESP8266_01/cmd/request/+`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter<'a> {
    /// The first level.
    pub tree: Tree,
    /// The second and the third.
    pub device: Device,
    /// Everything behind: never empty, wildcards at their places.
    rest: &'a str,
}

impl<'a> Filter<'a> {
    /// Takes a filter apart: at most 512 bytes, eight levels of `[A-Za-z0-9_-]` behind `$sys/` or `$subdev/`,
    /// and wildcards from the fourth level on (reference §2.3).
    ///
    /// # Errors
    ///
    /// The first of these that it breaks, from the coarse to the fine.
    pub fn parse(filter: &'a str) -> Result<Self, TopicError> {
        if filter.len() > MAX_FILTER_LENGTH {
            return Err(TopicError::TooLong { length: filter.len() });
        }
        let takes = |character: char| {
            character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '/' | '+' | '#')
        };
        check_shape(filter, takes)?;
        check_wildcards(filter)?;
        let (tree, device, rest) = split(filter)?;
        Ok(Self { tree, device, rest })
    }

    /// What stands behind the names: the platform's part.
    pub fn rest(&self) -> &'a str {
        self.rest
    }
}

fn check_wildcards(filter: &str) -> Result<(), TopicError> {
    let mut start = 0;
    let last = filter.matches('/').count();
    for (index, level) in filter.split('/').enumerate() {
        if let Some(at) = level.find(['+', '#']) {
            let offset = start + at;
            if level.len() > 1 || (level == "#" && index < last) {
                return Err(TopicError::MalformedWildcard { offset });
            }
            if index + 1 < FIRST_WILDCARD_LEVEL {
                return Err(TopicError::EarlyWildcard { level: index + 1, offset });
            }
        }
        start += level.len() + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_wildcards_from_the_fourth_level_on() {
        for rest in ["#", "+", "cmd/#", "cmd/request/+", "cmd/response/+/+", "dp/post/json/accepted"] {
            let filter = format!("$sys/321016/ESP8266_01/{rest}");
            assert_eq!(Filter::parse(&filter).unwrap().rest(), rest);
        }
    }

    #[test]
    fn says_where_a_filter_is_wrong() {
        let problem = |filter: &str| {
            let error = Filter::parse(filter).unwrap_err();
            (error.to_string(), error.offset())
        };
        let early = |level, offset| {
            let text =
                format!("wildcard at byte {offset} is in level {level}: they may stand from the fourth on");
            (text, offset)
        };
        assert_eq!(problem("#"), early(1, 0));
        assert_eq!(problem("$sys/321016/#"), early(3, 12));
        assert_eq!(problem("$sys/+/a/dp"), early(2, 5));
        let malformed = |offset| {
            let what = "does not stand alone, or # does not stand last";
            (format!("wildcard at byte {offset} {what}"), offset)
        };
        assert_eq!(problem("$sys/1/a/cmd+"), malformed(12));
        assert_eq!(problem("$sys/1/a/#/x"), malformed(9));
        assert_eq!(problem("room/+").1, 5);
        assert_eq!(problem(&"a".repeat(513)).0, "filter has 513 bytes, the limit is 512");
        assert_eq!(problem("room"), ("topic begins with neither $sys/ nor $subdev/".to_owned(), 0));
    }
}

//! A topic taken apart: which tree, whose, and what stands behind the names.

use std::fmt;

use super::name::{DeviceName, ProductId};
use super::topic_error::{TopicError, TopicPart};

/// The most levels of a topic or a filter (reference §2.3).
pub const MAX_LEVELS: usize = 8;

/// The two trees, by their first level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tree {
    /// `$sys`: a device's own.
    Sys,
    /// `$subdev`: of a sub-device behind a gateway of the suite (reference §2.4).
    Subdev,
}

impl Tree {
    /// The first level.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sys => "$sys",
            Self::Subdev => "$subdev",
        }
    }
}

/// Which way a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Device to platform.
    Up,
    /// Platform to device: only to devices that are subscribed.
    Down,
}

/// A device as topics name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Device {
    /// 产品 ID.
    pub product: ProductId,
    /// 设备名称.
    pub name: DeviceName,
}

impl Device {
    /// The topic of this device with `rest` behind the names. No more than the names is checked.
    pub fn topic(&self, tree: Tree, rest: &str) -> String {
        format!("{}/{}/{}/{rest}", tree.as_str(), self.product, self.name)
    }

    /// That a topic in `tree` which names this device is one of `own`.
    ///
    /// # Errors
    ///
    /// The first level that names another.
    pub fn check_own(&self, own: &Self, tree: Tree) -> Result<(), TopicError> {
        let product = tree.as_str().len() + 1;
        if self.product != own.product {
            return Err(TopicError::Foreign { offset: product });
        }
        if self.name != own.name {
            return Err(TopicError::Foreign { offset: product + self.product.as_str().len() + 1 });
        }
        Ok(())
    }
}

impl fmt::Display for Device {
    /// `321016/ESP8266_01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.product, self.name)
    }
}

/// A topic of a platform with tokens.
///
/// ```text
/// $sys/321016/ESP8266_01/dp/post/json
/// tree product device    rest
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address<'a> {
    /// The first level.
    pub tree: Tree,
    /// The second and the third.
    pub device: Device,
    /// Everything behind: never empty, and of the characters that topics may have.
    rest: &'a str,
}

impl<'a> Address<'a> {
    /// Takes a topic name apart: at most eight levels of `[A-Za-z0-9_-]` behind `$sys/` or `$subdev/`
    /// (reference §2.3), of which the second and the third are names.
    ///
    /// # Errors
    ///
    /// The first of these that it breaks, from the coarse to the fine.
    pub fn parse(topic: &'a str) -> Result<Self, TopicError> {
        let takes =
            |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '/');
        check_shape(topic, takes)?;
        let (tree, device, rest) = split(topic)?;
        Ok(Self { tree, device, rest })
    }

    /// What stands behind the names: the platform's part.
    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// Bytes before [`rest`](Self::rest).
    pub fn rest_offset(&self) -> usize {
        let names = self.device.product.as_str().len() + self.device.name.as_str().len();
        self.tree.as_str().len() + names + "///".len()
    }
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.tree.as_str(), self.device, self.rest)
    }
}

/// What holds for a topic and for a filter alike: not empty, known characters, at most eight levels. A `$` may
/// stand first alone.
pub(super) fn check_shape(topic: &str, takes: impl Fn(char) -> bool) -> Result<(), TopicError> {
    if topic.is_empty() {
        return Err(TopicError::Empty);
    }
    let refused =
        |(offset, character): &(usize, char)| !(takes(*character) || (*offset, *character) == (0, '$'));
    if let Some((offset, character)) = topic.char_indices().find(refused) {
        return Err(TopicError::Character { character, offset });
    }
    match topic.match_indices('/').nth(MAX_LEVELS - 1) {
        Some((slash, _)) => {
            let levels = topic.split('/').count();
            Err(TopicError::TooManyLevels { levels, offset: slash + 1 })
        }
        None => Ok(()),
    }
}

/// Tree, device and rest.
pub(super) fn split(topic: &str) -> Result<(Tree, Device, &str), TopicError> {
    let trees = [Tree::Sys, Tree::Subdev];
    let behind = |tree: &Tree| Some((*tree, topic.strip_prefix(tree.as_str())?.strip_prefix('/')?));
    let (tree, names) = trees.iter().find_map(behind).ok_or(TopicError::NoTree)?;
    let start = topic.len() - names.len();
    let ends_without = |missing| TopicError::Incomplete { missing, offset: topic.len() };
    let mut levels = names.splitn(3, '/');
    let product = levels.next().filter(|level| !level.is_empty() || names.contains('/'));
    let product = product.ok_or(ends_without(TopicPart::ProductId))?;
    let wrong = |part, start| move |error| TopicError::Name { part, start, error };
    let product_id = ProductId::parse(product).map_err(wrong(TopicPart::ProductId, start))?;
    let start = start + product.len() + 1;
    let name = levels.next().ok_or(ends_without(TopicPart::DeviceName))?;
    let device_name = DeviceName::parse(name).map_err(wrong(TopicPart::DeviceName, start))?;
    let rest = levels.next().filter(|rest| !rest.is_empty()).ok_or(ends_without(TopicPart::Rest))?;
    Ok((tree, Device { product: product_id, name: device_name }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_topics_apart() {
        let topic = "$sys/VRqhDHF2wL/my_tv/thing/property/post";
        let address = Address::parse(topic).unwrap();
        assert_eq!((address.tree, address.rest()), (Tree::Sys, "thing/property/post"));
        assert_eq!(address.device.to_string(), "VRqhDHF2wL/my_tv");
        assert_eq!(&topic[address.rest_offset()..], address.rest());
        assert_eq!(address.to_string(), topic);
        assert_eq!(address.device.topic(Tree::Subdev, "login"), "$subdev/VRqhDHF2wL/my_tv/login");
        assert_eq!(Address::parse("$subdev/1/a/login").unwrap().tree, Tree::Subdev);
    }

    #[test]
    fn says_where_a_topic_is_wrong() {
        for (topic, problem, offset) in [
            ("", "topic is empty", 0),
            ("$dp", "topic begins with neither $sys/ nor $subdev/", 0),
            ("$sysx/1/a/b", "topic begins with neither $sys/ nor $subdev/", 0),
            ("$sys/", "topic ends at byte 5 without a product ID", 5),
            ("$sys/1", "topic ends at byte 6 without a device name", 6),
            ("$sys//a/dp", "a product ID at byte 5 is empty", 5),
            ("$sys/1_2/a/dp", "a product ID at byte 5 has '_' at byte 1", 6),
            ("$sys/12//dp", "a device name at byte 8 is empty", 8),
            ("$sys/12/a", "topic ends at byte 9 without the rest", 9),
            ("$sys/12/a/", "topic ends at byte 10 without the rest", 10),
            ("$sys/12/a/dp/#", "'#' at byte 13 is not allowed here", 13),
            ("$sys/12/a/$dp", "'$' at byte 10 is not allowed here", 10),
            ("$sys/1/a/4/5/6/7/8/9/10", "topic has 10 levels, the limit is 8", 19),
        ] {
            let error = Address::parse(topic).unwrap_err();
            assert_eq!((error.to_string().as_str(), error.offset()), (problem, offset), "{topic}");
        }
    }
}

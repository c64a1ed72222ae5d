//! What a token gives access to: its parameter `res`.

use std::fmt;

/// The resource of a token (reference §3.3, §4).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Resource {
    /// `products/{product}/devices/{device}`: one device logs in.
    Device {
        /// 产品 ID.
        product: Name,
        /// 设备名称.
        device: Name,
    },
    /// `products/{product}`: the HTTP API of a product.
    Product {
        /// 产品 ID.
        product: Name,
    },
    /// `userid/{id}`: everything that a user has.
    User {
        /// 用户 ID.
        user: Name,
    },
    /// `projectid/{project}/groupid/{group}`: a group of an application.
    Group {
        /// 项目 ID.
        project: Name,
        /// 分组 ID.
        group: Name,
    },
}

impl Resource {
    /// A device of a product.
    ///
    /// # Errors
    ///
    /// A name that cannot stand in a resource; its offset is counted in the whole resource.
    pub fn device(product: &str, device: &str) -> Result<Self, ResourceError> {
        Self::parse(&format!("products/{product}/devices/{device}"))
    }

    /// Reads one of the four forms.
    ///
    /// # Errors
    ///
    /// Where it leaves them.
    pub fn parse(text: &str) -> Result<Self, ResourceError> {
        let mut levels = Levels { text, next: Some(0) };
        let resource = match levels.take() {
            Some((_, "products")) => {
                let product = levels.name()?;
                match levels.take() {
                    None => Self::Product { product },
                    Some((_, "devices")) => Self::Device { product, device: levels.name()? },
                    Some((offset, _)) => {
                        return Err(ResourceError { offset, problem: ResourceProblem::Level });
                    }
                }
            }
            Some((_, "userid")) => Self::User { user: levels.name()? },
            Some((_, "projectid")) => {
                let project = levels.name()?;
                match levels.take() {
                    Some((_, "groupid")) => Self::Group { project, group: levels.name()? },
                    Some((offset, _)) => {
                        return Err(ResourceError { offset, problem: ResourceProblem::Level });
                    }
                    None => return Err(ResourceError { offset: text.len(), problem: ResourceProblem::Ends }),
                }
            }
            _ => return Err(ResourceError { offset: 0, problem: ResourceProblem::Level }),
        };
        match levels.take() {
            None => Ok(resource),
            Some((offset, _)) => Err(ResourceError { offset, problem: ResourceProblem::Level }),
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Device { product, device } => write!(f, "products/{product}/devices/{device}"),
            Self::Product { product } => write!(f, "products/{product}"),
            Self::User { user } => write!(f, "userid/{user}"),
            Self::Group { project, group } => write!(f, "projectid/{project}/groupid/{group}"),
        }
    }
}

/// A name or id in a resource: not empty, without `/` and control characters, which would make the signed text
/// ambiguous.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Takes a name; which ones a platform gives out is its own rule (reference §2.2).
    ///
    /// # Errors
    ///
    /// It is empty, or has a character that cannot stand in it.
    pub fn parse(text: &str) -> Result<Self, ResourceError> {
        if text.is_empty() {
            return Err(ResourceError { offset: 0, problem: ResourceProblem::EmptyName });
        }
        match text.char_indices().find(|(_, c)| *c == '/' || c.is_control()) {
            Some((offset, character)) => {
                Err(ResourceError { offset, problem: ResourceProblem::Character(character) })
            }
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no resource, or no name in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("resource {problem} at byte {offset}")]
pub struct ResourceError {
    /// Where, in bytes from the beginning of the text.
    pub offset: usize,
    /// What is wrong there.
    pub problem: ResourceProblem,
}

/// What is wrong with a text that should be a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResourceProblem {
    /// A level that none of the four forms has there.
    #[error("has a level that no form has")]
    Level,
    /// It breaks off.
    #[error("breaks off")]
    Ends,
    /// A name is missing.
    #[error("has an empty name")]
    EmptyName,
    /// A character that cannot stand in a name.
    #[error("has {0:?} in a name")]
    Character(char),
}

/// The levels that are left, and where the next one begins.
struct Levels<'a> {
    text: &'a str,
    next: Option<usize>,
}

impl<'a> Levels<'a> {
    fn take(&mut self) -> Option<(usize, &'a str)> {
        let offset = self.next?;
        let rest = &self.text[offset..];
        let length = rest.find('/');
        self.next = length.map(|length| offset + length + 1);
        Some((offset, &rest[..length.unwrap_or(rest.len())]))
    }

    fn name(&mut self) -> Result<Name, ResourceError> {
        let ends = ResourceError { offset: self.text.len(), problem: ResourceProblem::Ends };
        let (offset, level) = self.take().ok_or(ends)?;
        Name::parse(level).map_err(|error| ResourceError { offset: offset + error.offset, ..error })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_and_writes_the_four_forms() {
        for text in [
            "products/321016/devices/ESP8266_01",
            "products/321016",
            "userid/1234",
            "projectid/abc/groupid/9",
            "products/产品/devices/a b?",
        ] {
            assert_eq!(Resource::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn says_where_a_text_is_no_resource() {
        let check = |text: &str, problem: &str| {
            assert_eq!(Resource::parse(text).unwrap_err().to_string(), problem, "{text}");
        };
        check("", "resource has a level that no form has at byte 0");
        check("product/1/devices/a", "resource has a level that no form has at byte 0");
        check("products", "resource breaks off at byte 8");
        check("products/", "resource has an empty name at byte 9");
        check("products/1/device/a", "resource has a level that no form has at byte 11");
        check("products/1/devices", "resource breaks off at byte 18");
        check("products/1/devices/a/", "resource has a level that no form has at byte 21");
        check("products/1/devices/a\n", "resource has '\\n' in a name at byte 20");
        check("projectid/1", "resource breaks off at byte 11");
    }

    proptest! {
        #[test]
        fn any_text_is_a_resource_or_wrong_at_a_place_inside_it(
            text in "(products|userid|projectid)?(/|devices|groupid|\\PC){0,6}",
        ) {
            match Resource::parse(&text) {
                Ok(resource) => prop_assert_eq!(resource.to_string(), text),
                Err(error) => prop_assert!(text.is_char_boundary(error.offset)),
            }
        }
    }
}

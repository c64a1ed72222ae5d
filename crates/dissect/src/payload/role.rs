//! What the parts of a JSON text mean, by where they stand. The tables are those of the generations.

use super::{legacy, studio, suite};
use crate::field::Field;

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A part of what `$dp` takes.
    Legacy(legacy::Role),
    /// A part of a message of the suite.
    Suite(suite::Role),
    /// A part of a message of the studio.
    Studio(studio::Role),
    /// JSON and no more.
    Any,
}

/// What a member of an object means.
pub(crate) struct Meaning {
    /// Of the member as a whole.
    pub(crate) member: Field,
    /// Of its name.
    pub(crate) name: Field,
    /// Of its value, where that is more than JSON.
    pub(crate) value: Option<Field>,
    /// Of what is in the value.
    pub(crate) role: Role,
}

impl Meaning {
    /// A member whose name is always the same, with a value of `role`.
    pub(super) fn fixed(member: Field, role: Role) -> Self {
        Self { member, name: Field::JsonName, value: None, role }
    }

    /// A member whose value is any JSON.
    pub(super) fn plain(member: Field) -> Self {
        Self::fixed(member, Role::Any)
    }

    /// A member whose name is one of the device's own, with a value of `role`.
    pub(super) fn called(name: Field, member: Field, role: Role) -> Self {
        Self { member, name, value: None, role }
    }

    /// The same, and the value is what the member is about.
    pub(super) fn with_value(self, value: Field) -> Self {
        Self { value: Some(value), ..self }
    }
}

impl Role {
    /// What the member means whose name, without its quotes, is `name`.
    pub(super) fn member(self, name: &[u8]) -> Meaning {
        match self {
            Self::Legacy(role) => role.member(name),
            Self::Suite(role) => role.member(name),
            Self::Studio(role) => role.member(name),
            Self::Any => Meaning::plain(Field::JsonMember),
        }
    }

    /// What an element of a list means, where that is more than JSON, and what is in it.
    pub(super) fn element(self) -> (Option<Field>, Self) {
        match self {
            Self::Legacy(role) => role.element(),
            Self::Suite(role) => role.element(),
            Self::Studio(role) => role.element(),
            Self::Any => (None, Self::Any),
        }
    }
}

//! What can be wrong with the file of a thing model, and where.

use super::super::error::{DecodeError, DecodeProblem};

/// How deep types may stand in types. The platform says an array of structs is the most.
pub(super) const MAX_DEPTH: usize = 8;

/// A text that is no thing model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at byte {offset}")]
pub struct ImportError {
    /// Bytes before the wrong one.
    pub offset: usize,
    /// What is wrong there.
    pub problem: ImportProblem,
}

impl From<DecodeError> for ImportError {
    fn from(error: DecodeError) -> Self {
        Self { offset: error.offset, problem: ImportProblem::Form(error.problem) }
    }
}

/// What is wrong with a thing model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportProblem {
    /// No JSON, or not in the form of a thing model.
    #[error(transparent)]
    Form(DecodeProblem),
    /// An object without any of the three lists.
    #[error("no thing model: neither properties nor events nor services")]
    NoModel,
    /// A limit that is no number.
    #[error("expected a number as {member}")]
    NotANumber {
        /// The member's name.
        member: &'static str,
    },
    /// An enum with something else than whole numbers of 64 bits.
    #[error("expected a whole number as name of an enum's value")]
    NotAChoice,
    /// Types in types beyond anything that the platform allows.
    #[error("types stand in types more than {MAX_DEPTH} deep")]
    TooDeep,
}

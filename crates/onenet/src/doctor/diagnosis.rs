//! One thing that is wrong with a login: where, what, how bad.

use std::fmt;

use super::problem::Problem;
use super::remedy::Remedy;
use super::severity::Severity;

/// One thing that is wrong with a login, or worth knowing about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// How bad it is.
    pub severity: Severity,
    /// Where it shows.
    pub field: Field,
    /// What it is. Offsets count bytes from the beginning of the field, as it was typed.
    pub problem: Problem,
}

impl Diagnosis {
    /// What to do about it.
    pub fn remedy(&self) -> Remedy {
        self.problem.remedy(self.field)
    }
}

impl fmt::Display for Diagnosis {
    /// `password: expired 60 s ago (will be refused)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.field, self.problem, self.severity)
    }
}

/// A field of a [`Case`](super::Case).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The choice of generation.
    Generation,
    /// The client identifier.
    ClientId,
    /// The user name.
    Username,
    /// The password.
    Password,
    /// The key.
    Key,
    /// The pasted token.
    Token,
    /// The clock of the computer.
    Clock,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Generation => "generation",
            Self::ClientId => "client id",
            Self::Username => "user name",
            Self::Password => "password",
            Self::Key => "key",
            Self::Token => "token",
            Self::Clock => "clock",
        })
    }
}

/// Two values that should be equal. Neither is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What the token says.
    pub token: String,
    /// What the form says.
    pub form: String,
    /// The first byte in which they differ; the length of the shorter where it begins the longer.
    pub offset: usize,
}

impl Difference {
    /// The difference between two texts, `None` where they are equal.
    pub(super) fn between(token: &str, form: &str) -> Option<Self> {
        if token == form {
            return None;
        }
        let same = token.chars().zip(form.chars()).take_while(|(one, other)| one == other);
        let offset = same.map(|(one, _)| one.len_utf8()).sum();
        Some(Self { token: token.to_owned(), form: form.to_owned(), offset })
    }

    /// Whether they are equal but for capitals.
    pub fn is_case_only(&self) -> bool {
        self.token.eq_ignore_ascii_case(&self.form)
    }
}

impl fmt::Display for Difference {
    /// `"a" in the token, "b" in the form, different from byte 0 on`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { token, form, offset } = self;
        write!(f, "{token:?} in the token, {form:?} in the form, different from byte {offset} on")
    }
}

/// What was found so far, the worst first. Sorted as it grows: sorting at the end would be kilobytes of wasm.
#[derive(Default)]
pub(super) struct Findings(pub(super) Vec<Diagnosis>);

impl Findings {
    /// With the severity that the problem usually has.
    pub(super) fn add(&mut self, field: Field, problem: Problem) {
        self.add_as(problem.severity(), field, problem);
    }

    /// With a severity of its own.
    pub(super) fn add_as(&mut self, severity: Severity, field: Field, problem: Problem) {
        let at = self.0.partition_point(|diagnosis| diagnosis.severity <= severity);
        self.0.insert(at, Diagnosis { severity, field, problem });
    }
}

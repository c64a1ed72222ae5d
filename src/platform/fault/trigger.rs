//! The faults that strike some frames of a kind, and which of them.

use simulator::{Faults, When};

use crate::platform::fault::form::{FaultField, FaultProblem, whole};

/// A fault that strikes some frames of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// The connection is cut inside a frame.
    Cut,
    /// From a frame on nothing passes.
    HalfOpen,
    /// A PUBACK is lost.
    Puback,
    /// A PUBREC is lost.
    Pubrec,
    /// A PUBREL is lost.
    Pubrel,
    /// A PUBCOMP is lost.
    Pubcomp,
    /// A PINGRESP is lost.
    Pingresp,
    /// A message is sent twice.
    Duplicate,
}

impl Trigger {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 8] = [
        Self::Puback,
        Self::Pubrec,
        Self::Pubrel,
        Self::Pubcomp,
        Self::Pingresp,
        Self::Duplicate,
        Self::Cut,
        Self::HalfOpen,
    ];

    /// Its name in kebab case, unique among the fields of the form.
    pub fn key(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::HalfOpen => "half-open",
            Self::Puback => "lose-puback",
            Self::Pubrec => "lose-pubrec",
            Self::Pubrel => "lose-pubrel",
            Self::Pubcomp => "lose-pubcomp",
            Self::Pingresp => "lose-pingresp",
            Self::Duplicate => "duplicate",
        }
    }

    /// Where it stands in [`Faults`].
    pub fn of(self, faults: &mut Faults) -> &mut Option<When> {
        match self {
            Self::Cut => &mut faults.cut,
            Self::HalfOpen => &mut faults.half_open,
            Self::Puback => &mut faults.lose_puback,
            Self::Pubrec => &mut faults.lose_pubrec,
            Self::Pubrel => &mut faults.lose_pubrel,
            Self::Pubcomp => &mut faults.lose_pubcomp,
            Self::Pingresp => &mut faults.lose_pingresp,
            Self::Duplicate => &mut faults.duplicate,
        }
    }
}

/// Which frames are struck, the number aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WhenKind {
    /// None.
    #[default]
    Off,
    /// The n-th, and then none.
    Nth,
    /// Every n-th.
    Each,
    /// n of a thousand, by chance.
    PerMille,
}

impl WhenKind {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 4] = [Self::Off, Self::Nth, Self::Each, Self::PerMille];

    /// Its name in kebab case.
    pub fn key(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Nth => "nth",
            Self::Each => "each",
            Self::PerMille => "per-mille",
        }
    }

    /// The kind with this name; off where there is none.
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or_default()
    }
}

/// Which frames are struck, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriggerForm {
    /// Which.
    pub kind: WhenKind,
    /// The number n; it means nothing where the kind is off.
    pub number: String,
}

impl Default for TriggerForm {
    fn default() -> Self {
        Self { kind: WhenKind::Off, number: "1".to_owned() }
    }
}

impl TriggerForm {
    /// What is typed for `when`.
    pub fn of(when: Option<When>) -> Self {
        let (kind, number) = match when {
            None => return Self::default(),
            Some(When::Nth(number)) => (WhenKind::Nth, number),
            Some(When::Each(number)) => (WhenKind::Each, number),
            Some(When::PerMille(share)) => (WhenKind::PerMille, share.into()),
        };
        Self { kind, number: number.to_string() }
    }

    pub(super) fn parse(&self, trigger: Trigger) -> Result<Option<When>, FaultProblem> {
        let field = FaultField::Trigger(trigger);
        Ok(match self.kind {
            WhenKind::Off => None,
            WhenKind::Nth => Some(When::Nth(whole(&self.number, field, 1, MAX_NUMBER)?)),
            WhenKind::Each => Some(When::Each(whole(&self.number, field, 1, MAX_NUMBER)?)),
            WhenKind::PerMille => Some(When::PerMille(whole(&self.number, field, 1, 1_000)?)),
        })
    }
}

/// Nobody waits for a later frame.
const MAX_NUMBER: u64 = 1_000_000;

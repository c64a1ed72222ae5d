//! What is typed about faults, and the [`Faults`] that it becomes.

use std::time::Duration;

use simulator::{Chunks, Faults, RefusalCode};

use crate::platform::fault::trigger::{Trigger, TriggerForm};

/// The texts of the form, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultForm {
    /// What chance is drawn from.
    pub seed: String,
    /// Milliseconds that every frame is late.
    pub delay: String,
    /// Milliseconds that it is later still at most.
    pub jitter: String,
    /// How frames become chunks.
    pub chunks: ChunksKind,
    /// The number that belongs to that: bytes or milliseconds.
    pub chunk: String,
    /// Which frames are struck, in the order of [`Trigger::ALL`].
    pub triggers: [TriggerForm; Trigger::ALL.len()],
    /// Bytes of a frame that arrive before a cut inside it; empty: by chance.
    pub cut_after: String,
    /// The code that the next login is refused with.
    pub refuse_login: Option<RefusalCode>,
}

/// How frames become chunks, the number aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChunksKind {
    /// A frame is a chunk.
    #[default]
    Whole,
    /// Chunks of so many bytes at most.
    Split,
    /// Frames that follow each other within so many milliseconds are one chunk.
    Merge,
}

impl ChunksKind {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Split, Self::Merge];

    /// Its name in kebab case.
    pub fn key(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Split => "split",
            Self::Merge => "merge",
        }
    }

    /// The kind with this name; whole frames where there is none.
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.key() == key).unwrap_or_default()
    }
}

/// A field of the form that holds a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultField {
    /// The seed.
    Seed,
    /// The delay.
    Delay,
    /// The jitter.
    Jitter,
    /// The number of the chunks.
    Chunk,
    /// The number of a trigger.
    Trigger(Trigger),
    /// The bytes before a cut.
    CutAfter,
}

/// A field that is no whole number within its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultProblem {
    /// The field.
    pub field: FaultField,
    /// The smallest number that it takes.
    pub least: u64,
    /// The largest.
    pub most: u64,
}

/// The longest time, in milliseconds: an hour.
const MAX_MILLIS: u64 = 3_600_000;
/// The most bytes of a chunk, and before a cut: no frame is longer in a class.
const MAX_BYTES: u64 = 1_000_000;

impl Default for FaultForm {
    fn default() -> Self {
        Self::of(&Faults::default())
    }
}

impl FaultForm {
    /// What is typed for `faults`.
    pub fn of(faults: &Faults) -> Self {
        let mut faults = faults.clone();
        let (chunks, chunk) = match faults.chunks {
            Chunks::Whole => (ChunksKind::Whole, "3".to_owned()),
            Chunks::Split(most) => (ChunksKind::Split, most.to_string()),
            Chunks::Merge(within) => (ChunksKind::Merge, within.as_millis().to_string()),
        };
        Self {
            seed: faults.seed.to_string(),
            delay: faults.delay.as_millis().to_string(),
            jitter: faults.jitter.as_millis().to_string(),
            chunks,
            chunk,
            triggers: Trigger::ALL.map(|trigger| TriggerForm::of(*trigger.of(&mut faults))),
            cut_after: faults.cut_after.map_or_else(String::new, |bytes| bytes.to_string()),
            refuse_login: faults.refuse_login,
        }
    }

    /// What shall go wrong.
    ///
    /// # Errors
    ///
    /// Every field that is not what it should be, in the order of the form.
    pub fn parse(&self) -> Result<Faults, Vec<FaultProblem>> {
        let mut problems = Vec::new();
        let mut faults = Faults { refuse_login: self.refuse_login, ..Faults::default() };
        let mut note = |problem: Option<FaultProblem>| problems.extend(problem);
        note(read(&mut faults.seed, whole(&self.seed, FaultField::Seed, 0, u64::MAX)));
        note(read(&mut faults.delay, millis(&self.delay, FaultField::Delay)));
        note(read(&mut faults.jitter, millis(&self.jitter, FaultField::Jitter)));
        note(read(&mut faults.chunks, self.parse_chunks()));
        for (trigger, form) in Trigger::ALL.into_iter().zip(&self.triggers) {
            note(read(trigger.of(&mut faults), form.parse(trigger)));
        }
        if !self.cut_after.trim().is_empty() {
            let bytes = whole(&self.cut_after, FaultField::CutAfter, 0, MAX_BYTES);
            note(read(&mut faults.cut_after, bytes.map(Some)));
        }
        if problems.is_empty() { Ok(faults) } else { Err(problems) }
    }

    fn parse_chunks(&self) -> Result<Chunks, FaultProblem> {
        Ok(match self.chunks {
            ChunksKind::Whole => Chunks::Whole,
            ChunksKind::Split => Chunks::Split(whole(&self.chunk, FaultField::Chunk, 1, MAX_BYTES)?),
            ChunksKind::Merge => Chunks::Merge(millis(&self.chunk, FaultField::Chunk)?),
        })
    }
}

fn read<T>(place: &mut T, read: Result<T, FaultProblem>) -> Option<FaultProblem> {
    match read {
        Ok(value) => {
            *place = value;
            None
        }
        Err(problem) => Some(problem),
    }
}

fn millis(text: &str, field: FaultField) -> Result<Duration, FaultProblem> {
    whole(text, field, 0, MAX_MILLIS).map(Duration::from_millis)
}

/// A whole number within limits, in decimal digits.
pub(super) fn whole<N: TryFrom<u64>>(
    text: &str,
    field: FaultField,
    least: u64,
    most: u64,
) -> Result<N, FaultProblem> {
    let number = text.trim().parse::<u64>().ok().filter(|number| (least..=most).contains(number));
    number.and_then(|number| N::try_from(number).ok()).ok_or(FaultProblem { field, least, most })
}

#[cfg(test)]
mod tests {
    use simulator::When;

    use super::*;
    use crate::platform::fault::{Preset, WhenKind};

    #[test]
    fn what_is_set_can_be_typed() {
        let faults = Faults {
            seed: u64::MAX,
            delay: Duration::from_millis(50),
            jitter: Duration::from_millis(20),
            chunks: Chunks::Split(3),
            cut: Some(When::PerMille(5)),
            cut_after: Some(2),
            half_open: Some(When::Nth(9)),
            lose_puback: Some(When::Nth(1)),
            lose_pubrec: Some(When::Each(2)),
            lose_pubrel: Some(When::Each(3)),
            lose_pubcomp: Some(When::Nth(4)),
            lose_pingresp: Some(When::Each(1)),
            duplicate: Some(When::Each(3)),
            refuse_login: Some(RefusalCode::Unavailable),
        };
        assert_eq!(FaultForm::of(&faults).parse(), Ok(faults.clone()));
        let merged = Faults { chunks: Chunks::Merge(Duration::from_secs(1)), ..faults };
        assert_eq!(FaultForm::of(&merged).parse(), Ok(merged));
        assert_eq!(FaultForm::default().parse(), Ok(Faults::default()));
        for preset in Preset::ALL {
            assert_eq!(FaultForm::of(&preset.faults()).parse(), Ok(preset.faults()));
        }
    }

    #[test]
    fn names_every_field_that_is_wrong_with_its_limits() {
        let mut form = FaultForm { delay: "soon".to_owned(), seed: "-1".to_owned(), ..FaultForm::default() };
        form.jitter = "3600001".to_owned();
        form.cut_after = "1.5".to_owned();
        form.triggers[0] = TriggerForm { kind: WhenKind::PerMille, number: "1001".to_owned() };
        form.triggers[1] = TriggerForm { kind: WhenKind::Nth, number: "0".to_owned() };
        let problem = |field, least, most| FaultProblem { field, least, most };
        assert_eq!(
            form.parse(),
            Err(vec![
                problem(FaultField::Seed, 0, u64::MAX),
                problem(FaultField::Delay, 0, MAX_MILLIS),
                problem(FaultField::Jitter, 0, MAX_MILLIS),
                problem(FaultField::Trigger(Trigger::Puback), 1, 1_000),
                problem(FaultField::Trigger(Trigger::Pubrec), 1, 1_000_000),
                problem(FaultField::CutAfter, 0, MAX_BYTES),
            ])
        );
    }

    #[test]
    fn numbers_of_what_is_off_mean_nothing() {
        let mut form = FaultForm { chunk: "many".to_owned(), ..FaultForm::default() };
        form.triggers[3].number = "none".to_owned();
        assert_eq!(form.parse(), Ok(Faults::default()));
    }
}

//! Faults as JSON, both ways. Every member stands for the field of [`Faults`] with its name, times in
//! milliseconds.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use simulator::{Chunks, Faults, RefusalCode, When};

use super::answer::Failure;

/// The longest time of any fault.
const MAX_MILLIS: u64 = 3_600_000;

/// The names of all members, in the order in which they are shown.
const MEMBERS: &str = "seed, delay_ms, jitter_ms, chunks, cut, cut_after, half_open, lose_puback, lose_pubrec, \
    lose_pubrel, lose_pubcomp, lose_pingresp, duplicate, refuse_login";

/// Faults as they are shown: every member, those included that are off.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct FaultsJson {
    seed: u64,
    delay_ms: u64,
    jitter_ms: u64,
    chunks: ChunksJson,
    cut: Option<WhenJson>,
    cut_after: Option<usize>,
    half_open: Option<WhenJson>,
    lose_puback: Option<WhenJson>,
    lose_pubrec: Option<WhenJson>,
    lose_pubrel: Option<WhenJson>,
    lose_pubcomp: Option<WhenJson>,
    lose_pingresp: Option<WhenJson>,
    duplicate: Option<WhenJson>,
    refuse_login: Option<u8>,
}

/// [`When`]: `{"nth":3}`, `{"each":3}` or `{"per_mille":30}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WhenJson {
    Nth(u32),
    Each(u32),
    PerMille(u16),
}

/// [`Chunks`]: `"whole"`, `{"split":3}` or `{"merge_ms":100}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ChunksJson {
    Whole,
    Split(usize),
    MergeMs(u64),
}

impl FaultsJson {
    pub(super) fn of(faults: &Faults) -> Self {
        let when = |when: Option<When>| when.map(WhenJson::from);
        Self {
            seed: faults.seed,
            delay_ms: millis(faults.delay),
            jitter_ms: millis(faults.jitter),
            chunks: match faults.chunks {
                Chunks::Whole => ChunksJson::Whole,
                Chunks::Split(most) => ChunksJson::Split(most),
                Chunks::Merge(within) => ChunksJson::MergeMs(millis(within)),
            },
            cut: when(faults.cut),
            cut_after: faults.cut_after,
            half_open: when(faults.half_open),
            lose_puback: when(faults.lose_puback),
            lose_pubrec: when(faults.lose_pubrec),
            lose_pubrel: when(faults.lose_pubrel),
            lose_pubcomp: when(faults.lose_pubcomp),
            lose_pingresp: when(faults.lose_pingresp),
            duplicate: when(faults.duplicate),
            refuse_login: faults.refuse_login.map(RefusalCode::number),
        }
    }
}

/// Sets what `members` name.
///
/// # Errors
///
/// The first member that is none or is not what it should be; `faults` is then good for nothing.
pub(super) fn apply(faults: &mut Faults, members: &BTreeMap<String, Box<RawValue>>) -> Result<(), Failure> {
    for (name, source) in members {
        let member = Member { name, source: source.get() };
        match name.as_str() {
            "seed" => faults.seed = member.read("a whole number from 0")?,
            "delay_ms" => faults.delay = member.time()?,
            "jitter_ms" => faults.jitter = member.time()?,
            "chunks" => faults.chunks = member.chunks()?,
            "cut" => faults.cut = member.when()?,
            "cut_after" => faults.cut_after = member.read("a whole number of bytes from 0, or null")?,
            "half_open" => faults.half_open = member.when()?,
            "lose_puback" => faults.lose_puback = member.when()?,
            "lose_pubrec" => faults.lose_pubrec = member.when()?,
            "lose_pubrel" => faults.lose_pubrel = member.when()?,
            "lose_pubcomp" => faults.lose_pubcomp = member.when()?,
            "lose_pingresp" => faults.lose_pingresp = member.when()?,
            "duplicate" => faults.duplicate = member.when()?,
            "refuse_login" => faults.refuse_login = member.refusal()?,
            _ => return Err(Failure::member(name, MEMBERS)),
        }
    }
    Ok(())
}

/// A member of the object, in its source.
struct Member<'a> {
    name: &'a str,
    source: &'a str,
}

impl Member<'_> {
    fn read<T: DeserializeOwned>(&self, expected: &str) -> Result<T, Failure> {
        serde_json::from_str(self.source).map_err(|_| self.wrong(expected))
    }

    fn time(&self) -> Result<Duration, Failure> {
        let expected = "0 to 3600000 milliseconds";
        let millis: u64 = self.read(expected)?;
        self.within(millis, 0..=MAX_MILLIS, expected).map(Duration::from_millis)
    }

    fn when(&self) -> Result<Option<When>, Failure> {
        let expected = r#"{"nth":1}, {"each":1} or higher, {"per_mille":1} to 1000, or null"#;
        let when = match self.read(expected)? {
            None => return Ok(None),
            Some(WhenJson::Nth(number)) => When::Nth(self.within(number, 1..=u32::MAX, expected)?),
            Some(WhenJson::Each(number)) => When::Each(self.within(number, 1..=u32::MAX, expected)?),
            Some(WhenJson::PerMille(share)) => When::PerMille(self.within(share, 1..=1_000, expected)?),
        };
        Ok(Some(when))
    }

    fn chunks(&self) -> Result<Chunks, Failure> {
        let expected = r#""whole", {"split":1} or more bytes, or {"merge_ms":0} to 3600000"#;
        Ok(match self.read(expected)? {
            None | Some(ChunksJson::Whole) => Chunks::Whole,
            Some(ChunksJson::Split(most)) => Chunks::Split(self.within(most, 1..=usize::MAX, expected)?),
            Some(ChunksJson::MergeMs(millis)) => {
                Chunks::Merge(Duration::from_millis(self.within(millis, 0..=MAX_MILLIS, expected)?))
            }
        })
    }

    fn refusal(&self) -> Result<Option<RefusalCode>, Failure> {
        let expected = "a return code of CONNACK, 1 to 5, or null";
        let code: Option<u8> = self.read(expected)?;
        code.map(|code| RefusalCode::from_number(code).ok_or_else(|| self.wrong(expected))).transpose()
    }

    fn within<N: PartialOrd>(
        &self,
        number: N,
        range: RangeInclusive<N>,
        expected: &str,
    ) -> Result<N, Failure> {
        if range.contains(&number) { Ok(number) } else { Err(self.wrong(expected)) }
    }

    fn wrong(&self, expected: &str) -> Failure {
        Failure::parameter(self.name, self.source, expected)
    }
}

impl From<When> for WhenJson {
    fn from(when: When) -> Self {
        match when {
            When::Nth(number) => Self::Nth(number),
            When::Each(number) => Self::Each(number),
            When::PerMille(share) => Self::PerMille(share),
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Faults, Failure> {
        let mut faults = Faults::default();
        apply(&mut faults, &serde_json::from_str(json).unwrap())?;
        Ok(faults)
    }

    fn shown(faults: &Faults) -> String {
        serde_json::to_string(&FaultsJson::of(faults)).unwrap()
    }

    #[test]
    fn what_is_shown_can_be_set() {
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
        assert_eq!(read(&shown(&faults)), Ok(faults.clone()));
        assert_eq!(read(&shown(&Faults::default())), Ok(Faults::default()));
        let merged = Faults { chunks: Chunks::Merge(Duration::from_millis(100)), ..faults };
        assert_eq!(read(&shown(&merged)), Ok(merged));
    }

    #[test]
    fn every_member_is_shown_and_named() {
        let shown: serde_json::Value = serde_json::from_str(&shown(&Faults::default())).unwrap();
        let mut names: Vec<&str> = MEMBERS.split(", ").collect();
        names.sort_unstable();
        assert_eq!(shown.as_object().unwrap().keys().collect::<Vec<_>>(), names);
    }

    #[test]
    fn says_which_member_is_wrong() {
        for (json, sentence) in [
            (r#"{"lose_pubak":null}"#, "invalid parameter: lose_pubak is no member, expected some of seed, "),
            (r#"{"delay_ms":3600001}"#, r#"invalid parameter: delay_ms is "3600001", expected 0 to 3600000"#),
            (r#"{"seed":-1}"#, r#"seed is "-1", expected a whole number from 0"#),
            (r#"{"cut":{"nth":0}}"#, r#"cut is "{\"nth\":0}", expected {"nth":1}, "#),
            (r#"{"cut":"now"}"#, r#"cut is "\"now\"", expected {"nth":1}, "#),
            (r#"{"duplicate":{"per_mille":1001}}"#, "duplicate is "),
            (r#"{"chunks":{"split":0}}"#, "chunks is "),
            (r#"{"chunks":"halves"}"#, "chunks is "),
            (r#"{"refuse_login":0}"#, r#"refuse_login is "0", expected a return code of CONNACK, 1 to 5"#),
        ] {
            let answer = read(json).unwrap_err().to_string();
            assert!(answer.contains(sentence), "{answer}");
        }
    }

    #[test]
    fn null_turns_off() {
        let mut faults = Faults { cut: Some(When::Nth(1)), chunks: Chunks::Split(1), ..Faults::default() };
        let off = serde_json::from_str(r#"{"cut":null,"chunks":null}"#).unwrap();
        apply(&mut faults, &off).unwrap();
        assert!(faults.is_off());
    }
}

//! Numbers as they are written. Floats would say that 0.3 is no multiple of 0.1, and would lose the last
//! digits of an `int64`.

use std::cmp::Ordering;
use std::fmt;

use crate::data_point::Value;
use crate::legacy::JsonKind;

/// A number of any size and precision, exactly as it was written.
///
/// Two are equal when they are written alike; [`Self::compare`] compares what they are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    text: String,
    negative: bool,
    /// Those that count: the first and the last one are not 0. None at all is the number 0.
    digits: String,
    /// The number is 0.`digits` × 10^`exponent`.
    exponent: i64,
}

/// Where exponents end. What is further out compares as if it were there.
const MAX_EXPONENT: i64 = i64::MAX / 4;

impl Decimal {
    /// Takes a number as JSON writes it, `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let value = Value::parse(text).ok()?;
        let text = value.as_json();
        if JsonKind::of(text) != JsonKind::Number {
            return None;
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let power =
            power.parse().unwrap_or(if power.starts_with('-') { -MAX_EXPONENT } else { MAX_EXPONENT });
        // Both lengths are those of texts in memory, far below a quarter of 2⁶³.
        let exponent =
            power.clamp(-MAX_EXPONENT, MAX_EXPONENT) + whole.len() as i64 - (all.len() - digits.len()) as i64;
        let digits = digits.trim_end_matches('0').to_owned();
        Some(Self { text: text.to_owned(), negative, digits, exponent })
    }

    /// The number as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is written with digits alone, after a minus at most.
    pub fn is_integer_text(&self) -> bool {
        self.text.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Which of the two is worth more.
    pub fn compare(&self, other: &Self) -> Ordering {
        match self.sign().cmp(&other.sign()) {
            Ordering::Equal if self.negative => other.compare_size(self),
            Ordering::Equal => self.compare_size(other),
            different => different,
        }
    }

    /// Whether it is `base` and a whole number of `step`s; `None` where nobody can say: a step of 0, or too
    /// many digits between the first of the greatest and the last of the least.
    pub fn is_in_steps(&self, base: &Self, step: &Self) -> Option<bool> {
        let last =
            [self, base, step].into_iter().filter(|it| !it.digits.is_empty()).map(Self::last_place).min()?;
        let from_base = self.scaled(last)?.checked_sub(base.scaled(last)?)?;
        Some(from_base.checked_rem(step.scaled(last)?)? == 0)
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        if self.digits.is_empty() || other.digits.is_empty() {
            return self.digits.len().cmp(&other.digits.len());
        }
        // Neither begins with 0, so the exponent decides; neither ends in 0, so the longer of two that begin
        // alike is worth more.
        (self.exponent, &self.digits).cmp(&(other.exponent, &other.digits))
    }

    /// The power of ten that its last digit counts.
    fn last_place(&self) -> i64 {
        self.exponent - self.digits.len() as i64
    }

    /// How often it has ten to the power of `place`.
    fn scaled(&self, place: i64) -> Option<i128> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let zeros = u32::try_from(self.last_place() - place).ok()?;
        let digits: i128 = self.digits.parse().ok()?;
        let size = digits.checked_mul(10_i128.checked_pow(zeros)?)?;
        Some(if self.negative { -size } else { size })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn compares_what_numbers_are_worth() {
        let ascending = [
            "-1e400",
            "-12",
            "-1.5",
            "-1e-3",
            "0",
            "1e-999999999999999999999",
            "0.09",
            "0.1",
            "1",
            "9.99",
            "10",
            "9007199254740993",
            "9007199254740993.5",
            "1e30",
            "1e999999999999999999999",
        ];
        for (index, less) in ascending.iter().enumerate() {
            for more in &ascending[index + 1..] {
                assert_eq!(decimal(less).compare(&decimal(more)), Ordering::Less, "{less} {more}");
                assert_eq!(decimal(more).compare(&decimal(less)), Ordering::Greater, "{more} {less}");
            }
        }
        for (one, other) in [("1.50", "1.5"), ("0", "-0.00e7"), ("100", "1E2"), ("-0.001", "-1e-3")] {
            assert_eq!(decimal(one).compare(&decimal(other)), Ordering::Equal, "{one} {other}");
        }
    }

    #[test]
    fn counts_steps_without_floats() {
        let steps = |value, base, step| decimal(value).is_in_steps(&decimal(base), &decimal(step));
        assert_eq!(steps("0.3", "0", "0.1"), Some(true));
        assert_eq!(steps("0.35", "0", "0.1"), Some(false));
        assert_eq!(steps("-20", "-20.5", "0.5"), Some(true));
        assert_eq!(steps("7", "1", "2"), Some(true));
        assert_eq!(steps("7", "0", "0"), None);
        assert_eq!(steps("1e60", "0", "0.1"), None);
    }

    #[test]
    fn takes_numbers_of_json_only() {
        for text in ["", "+1", ".5", "05", "1.", "0x10", "NaN", "\"1\"", "true", "1 2"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(decimal(" 127.10 ").as_str(), "127.10");
    }
}

//! The frames that a filter means, as a list that can be entered anywhere.

use std::collections::VecDeque;

use crate::inspector::capture::Capture;
use crate::inspector::filter::Filter;

/// The numbers of the frames of one capture that a filter means, oldest first.
///
/// Follows the capture by [`update`](Self::update), which looks only at what is new. Without a filter there is no
/// list: numbers have no gaps. Weighs eight bytes a frame where there is one: keep it where it is shown, not in
/// what is cloned.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    filter: Filter,
    /// Numbers of frames kept, growing; empty without a filter.
    numbers: VecDeque<u64>,
    /// Frames captured and evicted when it was last updated.
    captured: u64,
    evicted: u64,
}

impl Selection {
    /// The frames of `capture` that `filter` means.
    pub fn new(filter: Filter, capture: &Capture) -> Self {
        let mut selection = Self { filter, ..Self::default() };
        selection.update(capture);
        selection
    }

    /// What it was made with.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Follows the capture. One that has fewer frames than before is another: all of it is looked at anew. Another
    /// that has more cannot be told from the same: make a new selection for it.
    pub fn update(&mut self, capture: &Capture) {
        if capture.captured() < self.captured || capture.evicted() < self.evicted {
            *self = Self { filter: std::mem::take(&mut self.filter), ..Self::default() };
        }
        if !self.filter.is_empty() {
            let evicted = self.numbers.partition_point(|number| *number <= capture.evicted());
            self.numbers.drain(..evicted);
            let new = capture.range(self.captured + 1..u64::MAX);
            self.numbers.extend(new.filter(|frame| self.filter.matches(frame)).map(|frame| frame.number));
        }
        self.captured = capture.captured();
        self.evicted = capture.evicted();
    }

    /// Uses another filter: all of the capture is looked at anew.
    pub fn set_filter(&mut self, filter: Filter, capture: &Capture) {
        if filter == self.filter {
            self.update(capture);
        } else {
            *self = Self::new(filter, capture);
        }
    }

    /// How many frames are meant.
    pub fn len(&self) -> usize {
        if self.filter.is_empty() { (self.captured - self.evicted) as usize } else { self.numbers.len() }
    }

    /// Whether no frame is meant.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of the frame at a place of the list.
    pub fn get(&self, index: usize) -> Option<u64> {
        if self.filter.is_empty() {
            (index < self.len()).then(|| self.evicted + 1 + index as u64)
        } else {
            self.numbers.get(index).copied()
        }
    }

    /// Where in the list the frame with a number is, if it is there.
    pub fn position(&self, number: u64) -> Option<usize> {
        if self.filter.is_empty() {
            let index = usize::try_from(number.checked_sub(self.evicted + 1)?).ok()?;
            (index < self.len()).then_some(index)
        } else {
            self.numbers.binary_search(&number).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use dissect::PacketType;
    use proptest::prelude::*;
    use time::OffsetDateTime;

    use super::*;
    use crate::inspector::capture::{Captured, Direction};

    fn push(capture: &mut Capture, bytes: &'static [u8]) {
        let (at, moment) = (OffsetDateTime::UNIX_EPOCH, Duration::ZERO);
        capture.push(Captured::new(at, moment, Direction::Sent, 1, Bytes::from_static(bytes)));
    }

    fn pings() -> Filter {
        Filter { types: [PacketType::Pingreq].into_iter().collect(), ..Filter::default() }
    }

    fn numbers(selection: &Selection) -> Vec<u64> {
        (0..selection.len()).filter_map(|index| selection.get(index)).collect()
    }

    #[test]
    fn lists_what_the_filter_means() {
        let mut capture = Capture::default();
        for bytes in [b"\xC0\x00", b"\xE0\x00", b"\xC0\x00"] {
            push(&mut capture, bytes);
        }
        let mut selection = Selection::new(pings(), &capture);
        assert_eq!(numbers(&selection), [1, 3]);
        assert_eq!([1, 2, 3, 4].map(|number| selection.position(number)), [Some(0), None, Some(1), None]);
        selection.set_filter(Filter::default(), &capture);
        assert_eq!(numbers(&selection), [1, 2, 3]);
        assert_eq!([0, 1, 3, 4].map(|number| selection.position(number)), [None, Some(0), Some(2), None]);
    }

    #[test]
    fn another_capture_is_looked_at_anew() {
        let (mut one, mut other) = (Capture::default(), Capture::default());
        push(&mut one, b"\xC0\x00");
        push(&mut one, b"\xC0\x00");
        push(&mut other, b"\xC0\x00");
        let mut selection = Selection::new(pings(), &one);
        selection.update(&other);
        assert_eq!(numbers(&selection), [1]);
    }

    proptest! {
        #[test]
        fn following_is_the_same_as_looking_at_everything(
            steps in prop::collection::vec((any::<bool>(), 0u8..8), 1..400), budget in 200usize..20_000,
        ) {
            let mut capture = Capture::with_budget(budget);
            let mut following = [Selection::new(pings(), &capture), Selection::default()];
            for (ping, step) in steps {
                push(&mut capture, if ping { b"\xC0\x00" } else { b"\xE0\x00" });
                match step {
                    0 => capture.clear(),
                    1..4 => following.iter_mut().for_each(|selection| selection.update(&capture)),
                    _ => {}
                }
            }
            for selection in &mut following {
                selection.update(&capture);
                prop_assert_eq!(&*selection, &Selection::new(selection.filter().clone(), &capture));
                let numbers = numbers(selection);
                let expected = capture.iter().filter(|frame| selection.filter().matches(frame));
                prop_assert_eq!(&numbers, &expected.map(|frame| frame.number).collect::<Vec<_>>());
                for (index, number) in numbers.into_iter().enumerate() {
                    prop_assert_eq!(selection.position(number), Some(index));
                }
            }
        }
    }
}

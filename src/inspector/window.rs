//! Which rows of a long list are drawn: those that can be seen, and a few around them.

use std::ops::Range;

/// Where a list is scrolled to, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scroll {
    /// From the beginning of the list to the first pixel that can be seen.
    pub top: u32,
    /// The height of what can be seen.
    pub height: u32,
    /// The height of the whole list.
    pub content: u32,
}

impl Default for Scroll {
    /// Before the browser has said how high the list is: high enough to fill any.
    fn default() -> Self {
        Self { top: 0, height: 1_000, content: 0 }
    }
}

impl Scroll {
    /// Whether the last row can be seen. A pixel may be lost to rounding on zoomed pages.
    pub fn is_at_end(&self) -> bool {
        self.top + self.height + 2 >= self.content
    }

    /// The rows to draw of `total`, each `row` pixels high.
    pub fn rows(&self, total: usize, row: u32) -> Range<usize> {
        let first = (self.top / row).saturating_sub(AROUND) as usize;
        let last = ((self.top + self.height).div_ceil(row) + AROUND) as usize;
        // A list that has become shorter is drawn from its end: the browser scrolls there by itself.
        let shown = last - first;
        let last = last.min(total);
        first.min(total.saturating_sub(shown))..last
    }

    /// The place to scroll to so that row `index` can be seen; `None` where it can be.
    pub fn to_show(&self, index: usize, row: u32) -> Option<u32> {
        let top = u32::try_from(index).unwrap_or(u32::MAX).saturating_mul(row);
        if top < self.top {
            Some(top)
        } else if top + row > self.top + self.height {
            Some((top + row).saturating_sub(self.height))
        } else {
            None
        }
    }
}

/// Rows drawn beyond each edge, so that a quick scroll meets rows and not a gap.
const AROUND: u32 = 8;

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Scroll = Scroll { top: 2_800, height: 280, content: 2_800_000 };

    #[test]
    fn draws_what_can_be_seen_and_a_little_more() {
        assert_eq!(VIEW.rows(100_000, 28), 92..118);
        assert_eq!(Scroll { top: 0, ..VIEW }.rows(100_000, 28), 0..18);
        assert_eq!(Scroll { top: 0, ..VIEW }.rows(3, 28), 0..3);
        assert_eq!(Scroll::default().rows(0, 28), 0..0);
    }

    #[test]
    fn draws_the_end_of_a_list_that_has_become_shorter() {
        assert_eq!(VIEW.rows(50, 28), 24..50);
    }

    #[test]
    fn knows_how_far_to_scroll() {
        assert_eq!(VIEW.to_show(100, 28), None);
        assert_eq!(VIEW.to_show(99, 28), Some(2_772));
        assert_eq!(VIEW.to_show(110, 28), Some(2_828));
        assert!(!VIEW.is_at_end());
        assert!(Scroll { top: 2_800_000 - 281, ..VIEW }.is_at_end());
    }
}

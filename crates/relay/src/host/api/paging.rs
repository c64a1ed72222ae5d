//! One page of a list: `page` counts from 1, `per_page` is bounded.

use super::answer::Failure;
use super::request::Parameters;

/// The highest page, as in the platform's list of devices.
const MAX_PAGE: usize = 10_000;

const DEFAULT_SIZE: usize = 30;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// Counted from 1.
    pub(super) number: usize,
    /// How many items a page has.
    pub(super) size: usize,
}

impl Page {
    /// Reads `page` and `per_page`, which is at most `max_size`.
    pub(super) fn read(parameters: &Parameters, max_size: usize) -> Result<Self, Failure> {
        Ok(Self {
            number: parameters.number("page", 1..=MAX_PAGE)?.unwrap_or(1),
            size: parameters.number("per_page", 1..=max_size)?.unwrap_or(DEFAULT_SIZE),
        })
    }

    /// Its items of `list`; none behind the end.
    pub(super) fn of<T>(self, list: Vec<T>) -> Vec<T> {
        list.into_iter().skip((self.number - 1) * self.size).take(self.size).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_list_into_pages() {
        let page = |number| Page { number, size: 2 }.of(vec![1, 2, 3, 4, 5]);
        assert_eq!([page(1), page(2), page(3), page(4)], [vec![1, 2], vec![3, 4], vec![5], vec![]]);
        assert_eq!(Page { number: 1, size: 5 }.of(vec![1, 2, 3, 4, 5]).len(), 5);
        assert!(Page { number: MAX_PAGE, size: 1_000 }.of(vec![1]).is_empty());
    }
}

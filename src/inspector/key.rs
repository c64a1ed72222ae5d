//! The keys that move about in a frame, and what they do in its tree.

use super::outline::{Row, RowKind};

/// A key, called as it is on the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Enter,
    Escape,
}

impl Key {
    /// The key that the browser calls so (`KeyboardEvent.key`). The space bar does what Enter does.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "Home" => Self::Home,
            "End" => Self::End,
            "PageUp" => Self::PageUp,
            "PageDown" => Self::PageDown,
            "Enter" | " " => Self::Enter,
            "Escape" => Self::Escape,
            _ => return None,
        })
    }
}

/// What a key does in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Goes to a row.
    To(usize),
    /// Opens or closes the row it is pressed on.
    Turn,
    /// Shows more of the list.
    More,
    /// Pins what the row shows.
    Pin,
    /// Lets go of what is pinned.
    Release,
}

/// What a key does when pressed on a row (WAI-ARIA, pattern *tree view*); `None` where it does nothing.
pub fn step(rows: &[Row], at: usize, key: Key) -> Option<Step> {
    let row = rows.get(at)?;
    let last = rows.len() - 1;
    match (key, row.kind) {
        (Key::Up, _) => at.checked_sub(1).map(Step::To),
        (Key::Down, _) => (at < last).then_some(Step::To(at + 1)),
        (Key::Home, _) => Some(Step::To(0)),
        (Key::End, _) => Some(Step::To(last)),
        (Key::PageUp, _) => Some(Step::To(at.saturating_sub(10))),
        (Key::PageDown, _) => Some(Step::To((at + 10).min(last))),
        (Key::Right, RowKind::Closed) | (Key::Left, RowKind::Open) => Some(Step::Turn),
        (Key::Right, RowKind::Open) => Some(Step::To(at + 1)),
        (Key::Right | Key::Enter, RowKind::More { .. }) => Some(Step::More),
        (Key::Right, RowKind::Leaf) => None,
        (Key::Left, RowKind::Closed | RowKind::Leaf | RowKind::More { .. }) => {
            rows[..at].iter().rposition(|other| other.level < row.level).map(Step::To)
        }
        (Key::Enter, RowKind::Leaf | RowKind::Open | RowKind::Closed) => Some(Step::Pin),
        (Key::Escape, _) => Some(Step::Release),
    }
}

#[cfg(test)]
mod tests {
    use dissect::dissect;

    use super::*;
    use crate::inspector::outline::{Openings, rows};

    #[test]
    fn keys_walk_the_tree() {
        let root = dissect(b"\xC0\x00").root;
        let rows = rows(&root, &Openings::default());
        // 0 header · 1 first byte · 2, 3 its bits · 4 remaining length, closed
        let step = |at, key| step(&rows, at, key);
        assert_eq!(step(0, Key::Down), Some(Step::To(1)));
        assert_eq!((step(0, Key::Up), step(4, Key::Down)), (None, None));
        assert_eq!((step(3, Key::Home), step(1, Key::End)), (Some(Step::To(0)), Some(Step::To(4))));
        assert_eq!((step(4, Key::Right), step(1, Key::Left)), (Some(Step::Turn), Some(Step::Turn)));
        assert_eq!((step(0, Key::Right), step(2, Key::Right)), (Some(Step::To(1)), None));
        assert_eq!((step(3, Key::Left), step(4, Key::Left)), (Some(Step::To(1)), Some(Step::To(0))));
        assert_eq!((step(4, Key::Enter), step(4, Key::Escape)), (Some(Step::Pin), Some(Step::Release)));
        assert_eq!(step(9, Key::Down), None);
    }
}

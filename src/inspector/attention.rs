//! What of a frame is being looked at: what the pointer is over, what was chosen, and whether that stays.

use std::ops::Range;

use dissect::{Field, Node};

use super::outline::Openings;
use super::place::Place;

/// Something in a frame that can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A field, or bits of a byte: a row of the tree.
    Field(Place),
    /// A byte, as its offset from the beginning of the frame: a cell of the hex.
    Byte(usize),
}

impl Target {
    /// The field that it is, or that a byte belongs to.
    pub fn place(&self, root: &Node) -> Place {
        match self {
            Self::Field(place) => place.clone(),
            Self::Byte(offset) => Place::of_byte(root, *offset),
        }
    }

    /// The bytes of that field; `None` where the frame has no such field.
    pub fn span(&self, root: &Node) -> Option<Range<usize>> {
        Some(self.place(root).find(root)?.span())
    }

    /// The byte that it is, or that a field begins with.
    pub fn offset(&self, root: &Node) -> Option<usize> {
        match self {
            Self::Byte(offset) => Some(*offset),
            Self::Field(_) => Some(self.span(root)?.start),
        }
    }
}

/// What a person does with tree and hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The pointer is over it.
    Hovered(Target),
    /// The pointer is elsewhere.
    Left,
    /// The keyboard is at it.
    Focused(Target),
    /// It was clicked, or entered: it stays until released. A second time releases it.
    Pinned(Target),
    /// Escape.
    Released,
    /// The row of a field is to be opened or closed.
    Turned(Place),
    /// More of the parts of a field are wanted.
    AskedMore(Place),
}

/// What is being looked at, and which fields are open.
///
/// What was chosen in one frame stays chosen in the next if the same field stands in the same place there: a
/// frame may change while it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attention {
    hovered: Option<Known>,
    chosen: Option<Known>,
    is_pinned: bool,
    openings: Openings,
}

/// A target and what it was when it was pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    target: Target,
    field: Field,
}

impl Known {
    fn of(target: Target, root: &Node) -> Option<Self> {
        let field = target.place(root).find(root)?.field();
        Some(Self { target, field })
    }

    fn in_frame(&self, root: &Node) -> Option<&Target> {
        let piece = self.target.place(root).find(root)?;
        (piece.field() == self.field).then_some(&self.target)
    }
}

impl Attention {
    /// Takes notice of what a person does with the frame of which `root` is the tree.
    pub fn apply(&mut self, notice: Notice, root: &Node) {
        match notice {
            Notice::Hovered(target) => self.hovered = Known::of(target, root),
            Notice::Left => self.hovered = None,
            // A click comes with the focus: what is pinned and gets it stays pinned until the click.
            Notice::Focused(target) if self.chosen(root) == Some(&target) => self.hovered = None,
            Notice::Focused(target) => {
                if let Target::Byte(_) = target {
                    self.openings.reveal(root, &target.place(root));
                }
                self.chosen = Known::of(target, root);
                self.is_pinned = false;
                // The pointer lies where it was left while the keyboard moves.
                self.hovered = None;
            }
            Notice::Pinned(target) if self.is_pinned && self.chosen(root) == Some(&target) => {
                self.is_pinned = false;
            }
            Notice::Pinned(target) => {
                self.openings.reveal(root, &target.place(root));
                self.chosen = Known::of(target, root);
                self.is_pinned = true;
            }
            Notice::Released => {
                self.chosen = None;
                self.is_pinned = false;
            }
            Notice::Turned(place) => self.openings.turn(root, &place),
            Notice::AskedMore(place) => self.openings.show_more(root, &place),
        }
    }

    /// What is to be lit and explained: what is pinned, or else what the pointer is over, or else where the
    /// keyboard is.
    pub fn lit(&self, root: &Node) -> Option<&Target> {
        let hovered = if self.is_pinned(root) { None } else { self.hovered(root) };
        hovered.or_else(|| self.chosen(root))
    }

    /// What was chosen by click or keyboard, pinned or not.
    pub fn chosen(&self, root: &Node) -> Option<&Target> {
        self.chosen.as_ref()?.in_frame(root)
    }

    /// Whether what is lit stays until it is released.
    pub fn is_pinned(&self, root: &Node) -> bool {
        self.is_pinned && self.chosen(root).is_some()
    }

    /// Whether what is lit is what the pointer is over.
    pub fn is_hovering(&self, root: &Node) -> bool {
        !self.is_pinned(root) && self.hovered(root).is_some()
    }

    /// Which fields are open.
    pub fn openings(&self) -> &Openings {
        &self.openings
    }

    fn hovered(&self, root: &Node) -> Option<&Target> {
        self.hovered.as_ref()?.in_frame(root)
    }
}

#[cfg(test)]
mod tests {
    use dissect::dissect;

    use super::Notice::{Focused, Hovered, Left, Pinned, Released};
    use super::Target::Byte;
    use super::*;

    fn after(notices: &[Notice]) -> Attention {
        let root = dissect(b"\xC0\x00").root;
        let mut attention = Attention::default();
        for notice in notices {
            attention.apply(notice.clone(), &root);
        }
        attention
    }

    #[test]
    fn follows_the_pointer_until_something_is_pinned() {
        let root = dissect(b"\xC0\x00").root;
        let lit = |notices: &[Notice]| after(notices).lit(&root).cloned();
        assert_eq!(lit(&[]), None);
        assert_eq!(lit(&[Hovered(Byte(1))]), Some(Byte(1)));
        assert_eq!(lit(&[Hovered(Byte(1)), Left]), None);
        assert_eq!(lit(&[Focused(Byte(0)), Hovered(Byte(1))]), Some(Byte(1)));
        assert_eq!(lit(&[Focused(Byte(0)), Hovered(Byte(1)), Left]), Some(Byte(0)));
        assert_eq!(lit(&[Pinned(Byte(0)), Hovered(Byte(1))]), Some(Byte(0)));
        assert_eq!(lit(&[Pinned(Byte(0)), Focused(Byte(0)), Hovered(Byte(1))]), Some(Byte(0)));
        assert_eq!(lit(&[Hovered(Byte(1)), Focused(Byte(0))]), Some(Byte(0)));
        assert_eq!(lit(&[Pinned(Byte(1)), Focused(Byte(0)), Pinned(Byte(0)), Left]), Some(Byte(0)));
        assert_eq!(lit(&[Pinned(Byte(0)), Hovered(Byte(1)), Released]), Some(Byte(1)));
        assert_eq!(lit(&[Pinned(Byte(0)), Pinned(Byte(0)), Hovered(Byte(1))]), Some(Byte(1)));
        assert_eq!(lit(&[Pinned(Byte(0)), Released]), None);
    }

    #[test]
    fn stays_at_a_field_while_the_frame_changes() {
        let pinned = after(&[Pinned(Byte(1))]);
        let same = dissect(b"\xD0\x00").root;
        assert_eq!(pinned.lit(&same), Some(&Byte(1)));
        let other = dissect(b"\xC0").root;
        assert_eq!(pinned.lit(&other), None);
        assert!(!pinned.is_pinned(&other));
    }
}

//! A frame as the rows of a tree: which rows there are, given what is open.

use std::collections::{BTreeMap, BTreeSet};

use dissect::{Field, Node};

use super::place::{Piece, Place};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it shows; of a *more* row, what the rest belongs to.
    pub place: Place,
    /// How deep it stands, from 1.
    pub level: usize,
    /// Which it is among its siblings, from 1.
    pub position: usize,
    /// How many siblings there are, itself and those not shown included.
    pub siblings: usize,
    /// What it is.
    pub kind: RowKind,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A field, or bits, without rows below it.
    Leaf,
    /// A field whose parts are shown below it.
    Open,
    /// A field whose parts are not shown.
    Closed,
    /// Stands for the siblings that are not shown.
    More {
        /// How many.
        hidden: usize,
        /// Which child of their parent the first of them is, counted from 0.
        first: usize,
    },
}

/// Siblings shown before a *more* row, and how many more it shows.
const PAGE: usize = 200;
/// Siblings that are shown for the sake of one that was pointed at.
const REVEALED: usize = 10 * PAGE;
/// Rows that are open from the beginning; more would not fit a screen.
const SCREEN: usize = 36;

/// What a person opened, closed and asked more of.
///
/// Everything else is as [`rows`] finds it best. Each field is remembered with what it was, so that another
/// frame with something else in that place begins afresh.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Openings {
    turned: BTreeSet<(Place, Field)>,
    shown: BTreeMap<(Place, Field), usize>,
}

impl Row {
    /// What it points at: of a *more* row, the first of those that it stands for.
    pub fn target(&self) -> Place {
        match self.kind {
            RowKind::More { first, .. } => self.place.child(first),
            RowKind::Leaf | RowKind::Open | RowKind::Closed => self.place.clone(),
        }
    }
}

impl Openings {
    /// Opens what is closed, closes what is open.
    pub fn turn(&mut self, root: &Node, place: &Place) {
        let Some(piece) = place.find(root) else { return };
        let key = (place.clone(), piece.field());
        if !self.turned.remove(&key) {
            self.turned.insert(key);
        }
    }

    /// Shows the next siblings of a long list.
    pub fn show_more(&mut self, root: &Node, place: &Place) {
        let Some(piece) = place.find(root) else { return };
        *self.shown.entry((place.clone(), piece.field())).or_insert(PAGE) += PAGE;
    }

    /// Opens everything around a place, so that its row is there. In a very long list the *more* row stands
    /// for it.
    pub fn reveal(&mut self, root: &Node, place: &Place) {
        let depth = screenful(root);
        let around: Vec<Place> = place.from_root().collect();
        for (level, pair) in around.windows(2).enumerate() {
            let [outer, inner] = pair else { return };
            let Some(node) = outer.find(root).map(Piece::node) else { return };
            if level > 0 && !self.is_open(node, outer, level, depth) {
                self.turn(root, outer);
            }
            let before =
                inner.parent().map_or(0, |(_, index)| parts(node).take_while(|part| *part < index).count());
            if before >= self.shown(node, outer) && before < REVEALED {
                self.shown.insert((outer.clone(), node.field), (before / PAGE + 1) * PAGE);
            }
        }
    }

    fn is_open(&self, node: &Node, place: &Place, level: usize, depth: usize) -> bool {
        let turned = self.turned.contains(&(place.clone(), node.field));
        (level < depth && !is_compact(node)) ^ turned
    }

    fn shown(&self, node: &Node, place: &Place) -> usize {
        self.shown.get(&(place.clone(), node.field)).copied().unwrap_or(PAGE)
    }
}

/// The rows of a frame. The frame itself has none, unless it has no parts.
pub fn rows(root: &Node, openings: &Openings) -> Vec<Row> {
    let mut rows = Vec::new();
    if root.children.is_empty() {
        let kind = RowKind::Leaf;
        rows.push(Row { place: Place::default(), level: 1, position: 1, siblings: 1, kind });
        return rows;
    }
    let depth = screenful(root);
    // What still has to be told, the next last: the parts of nodes, and *more* rows behind them.
    let mut waiting: Vec<(&Node, Row)> = Vec::new();
    push_parts(&mut waiting, root, &Place::default(), 1, openings);
    while let Some((node, mut row)) = waiting.pop() {
        // A row of bits is given with its byte; it has nothing below it.
        let is_part = matches!(row.kind, RowKind::Closed);
        let is_open = is_part && openings.is_open(node, &row.place, row.level, depth);
        if is_open {
            row.kind = RowKind::Open;
            push_parts(&mut waiting, node, &row.place, row.level + 1, openings);
        }
        rows.push(row);
    }
    rows
}

fn push_parts<'a>(
    waiting: &mut Vec<(&'a Node, Row)>,
    node: &'a Node,
    place: &Place,
    level: usize,
    openings: &Openings,
) {
    let siblings = parts(node).count();
    let shown = openings.shown(node, place).min(siblings);
    let start = waiting.len();
    for (position, index) in parts(node).take(shown).enumerate() {
        let child = node.children.get(index);
        let has_parts = child.is_some_and(|child| parts(child).next().is_some());
        let kind = if has_parts { RowKind::Closed } else { RowKind::Leaf };
        let row = Row { place: place.child(index), level, position: position + 1, siblings, kind };
        waiting.push((child.unwrap_or(node), row));
    }
    if let Some(first) = parts(node).nth(shown) {
        let kind = RowKind::More { hidden: siblings - shown, first };
        waiting.push((node, Row { place: place.clone(), level, position: shown + 1, siblings, kind }));
    }
    waiting[start..].reverse();
}

/// The parts of a node that have rows: its children without punctuation, or the bits of its byte.
fn parts(node: &Node) -> impl Iterator<Item = usize> {
    let is_shown = |index: &usize| {
        let is_between = |field| matches!(field, Field::JsonPunctuation | Field::Separator);
        node.children.get(*index).is_none_or(|child| !is_between(child.field))
    };
    (0..node.children.len() + node.bits.len()).filter(is_shown)
}

/// Whether its own row says all that its parts would say: a text and its length, a name and its value.
fn is_compact(node: &Node) -> bool {
    if matches!(node.field, Field::RemainingLength | Field::ShortTime) {
        return true;
    }
    let is_plain = |index: usize| {
        node.children.get(index).is_some_and(|child| child.bits.is_empty() && parts(child).next().is_none())
    };
    !node.children.is_empty() && parts(node).count() <= 2 && parts(node).all(is_plain)
}

/// The deepest level whose rows, with all above it, fit a screen. At least 2.
fn screenful(root: &Node) -> usize {
    let mut depth = 1;
    let mut rows = 0;
    let mut level = vec![root];
    loop {
        let mut below = Vec::new();
        for node in level {
            for index in parts(node).take(PAGE) {
                rows += 1;
                if depth > 2 && rows > SCREEN {
                    return depth - 1;
                }
                below.extend(node.children.get(index).filter(|child| !is_compact(child)));
            }
        }
        if below.is_empty() {
            return depth.max(2);
        }
        depth += 1;
        level = below;
    }
}

/// The row that shows a place, or the nearest row around it: what stands below a closed row is shown by it.
pub fn row_of(rows: &[Row], place: &Place) -> Option<usize> {
    let mut inner = None;
    for around in place.from_root().rev() {
        let stands_for = |row: &Row| match row.kind {
            RowKind::More { first, .. } => inner.is_some_and(|index| index >= first),
            RowKind::Leaf | RowKind::Open | RowKind::Closed => true,
        };
        // A *more* row comes behind the row of its list.
        if let Some(found) = rows.iter().rposition(|row| row.place == around && stands_for(row)) {
            return Some(found);
        }
        inner = around.parent().map(|(_, index)| index);
    }
    None
}

#[cfg(test)]
mod tests {
    use dissect::dissect;

    use super::*;

    /// Each row as its level, what it is and its place.
    fn told(rows: &[Row]) -> Vec<String> {
        let told = |row: &Row| {
            let kind = match row.kind {
                RowKind::Leaf => "·".to_owned(),
                RowKind::Open => "-".to_owned(),
                RowKind::Closed => "+".to_owned(),
                RowKind::More { hidden, first } => format!("{hidden} more from {first} of"),
            };
            format!("{}{kind} {}", " ".repeat(row.level - 1), row.place)
        };
        rows.iter().map(told).collect()
    }

    fn place(text: &str) -> Place {
        text.split('-').fold(Place::default(), |place, index| place.child(index.parse().unwrap()))
    }

    /// A PUBLISH of a list of numbers to the topic `a`.
    fn list(count: usize) -> Vec<u8> {
        let numbers: Vec<String> = (0..count).map(|number| number.to_string()).collect();
        let body = format!("\0\u{1}a[{}]", numbers.join(","));
        let length = body.len();
        assert!((128..16_384).contains(&length), "two bytes of remaining length");
        let mut frame = vec![0x30, (length % 128) as u8 | 0x80, (length / 128) as u8];
        frame.extend(body.bytes());
        frame
    }

    #[test]
    fn a_small_frame_is_open_down_to_its_bits() {
        let root = dissect(b"\x30\x05\x00\x03$dp").root;
        let told = told(&rows(&root, &Openings::default()));
        let bits = ["  · 0-0-0", "  · 0-0-1", "  · 0-0-2", "  · 0-0-3"];
        let expected = [["- 0", " - 0-0"].as_slice(), &bits, &[" + 0-1", "- 1", " + 1-0"]].concat();
        assert_eq!(told, expected);
    }

    #[test]
    fn bytes_without_parts_have_one_row() {
        let root = dissect(b"").root;
        assert_eq!(told(&rows(&root, &Openings::default())), ["· "]);
        assert_eq!(screenful(&root), 2);
    }

    #[test]
    fn rows_say_how_many_siblings_they_have() {
        let root = dissect(b"\xC0\x00").root;
        let rows = rows(&root, &Openings::default());
        let counted: Vec<_> = rows.iter().map(|row| (row.level, row.position, row.siblings)).collect();
        assert_eq!(counted, [(1, 1, 1), (2, 1, 2), (3, 1, 2), (3, 2, 2), (2, 2, 2)]);
    }

    #[test]
    fn turning_opens_and_closes() {
        let root = dissect(b"\xC0\x00").root;
        let mut openings = Openings::default();
        openings.turn(&root, &place("0-1"));
        assert_eq!(told(&rows(&root, &openings)).len(), 6);
        openings.turn(&root, &place("0"));
        assert_eq!(told(&rows(&root, &openings)), ["+ 0"]);
        openings.turn(&root, &place("0"));
        openings.turn(&root, &place("0-1"));
        assert_eq!(openings, Openings::default());
        openings.turn(&root, &place("7"));
        assert_eq!(openings, Openings::default());
    }

    #[test]
    fn a_long_list_shows_its_beginning_and_more_when_asked() {
        let root = dissect(&list(450)).root;
        let array = place("2-0-0");
        assert_eq!(array.find(&root).map(Piece::field), Some(Field::JsonArray));
        let mut openings = Openings::default();
        openings.turn(&root, &array);
        let more = |openings: &Openings| {
            let rows = rows(&root, openings);
            let last = rows.last().expect("rows").clone();
            (last.kind, rows.iter().filter(|row| row.place.is_within(&array)).count())
        };
        // Every second child is a comma; the array's own row and the *more* row count too.
        assert_eq!(more(&openings), (RowKind::More { hidden: 250, first: 401 }, 202));
        openings.show_more(&root, &array);
        assert_eq!(more(&openings), (RowKind::More { hidden: 50, first: 801 }, 402));
        openings.show_more(&root, &array);
        assert_eq!(more(&openings), (RowKind::Leaf, 451));
    }

    #[test]
    fn what_is_pointed_at_is_revealed() {
        let root = dissect(&list(450)).root;
        let number = place("2-0-0-701");
        let mut openings = Openings::default();
        let before = rows(&root, &openings);
        let nearest = row_of(&before, &number).map(|row| before[row].place.to_string());
        assert_eq!(nearest.as_deref(), Some("2-0-0"));
        openings.reveal(&root, &number);
        let after = rows(&root, &openings);
        assert_eq!(row_of(&after, &number).map(|row| after[row].place.clone()), Some(number));
        openings.reveal(&root, &place("9-9"));
        assert_eq!(rows(&root, &openings), after);
    }

    #[test]
    fn the_more_row_stands_for_what_it_hides() {
        let root = dissect(&list(450)).root;
        let mut openings = Openings::default();
        openings.turn(&root, &place("2-0-0"));
        let rows = rows(&root, &openings);
        assert_eq!(row_of(&rows, &place("2-0-0-701")), Some(rows.len() - 1));
        // A comma among those that are shown has no row: the list's own stands for it.
        let comma = row_of(&rows, &place("2-0-0-2")).map(|row| rows[row].kind);
        assert_eq!(comma, Some(RowKind::Open));
        assert_eq!(rows.last().map(Row::target), Some(place("2-0-0-401")));
    }

    #[test]
    fn deep_json_is_closed_below_what_fits_a_screen() {
        let mut body = "\0\u{1}a".to_owned();
        body.push_str(&format!("{}1{}", r#"{"a":{"b":["#.repeat(8), "]}}".repeat(8)));
        let mut frame = vec![0x30, body.len() as u8];
        frame.extend(body.bytes());
        let shown = rows(&dissect(&frame).root, &Openings::default());
        assert!((20..=SCREEN + 2).contains(&shown.len()), "{} rows", shown.len());
        assert!(shown.iter().any(|row| row.kind == RowKind::Closed && row.level > 4));
    }
}

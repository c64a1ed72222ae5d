//! Expected and mine, field by field.

use std::ops::Range;

use bytes::Bytes;
use dissect::{Field, dissect};
use yew::{Html, Properties, component, html, use_state_eq};

use crate::inspector::compare::{Comparison, Row, Verdict};
use crate::inspector::dump::{bit_pattern, hex};
use crate::inspector::value::about;
use crate::locale::Language;
use crate::widgets::Tick;

/// What the table shows.
// No `Debug`: bytes that hold a password must not be printed by mistake.
#[derive(PartialEq, Properties)]
pub(super) struct ComparisonTableProps {
    pub(super) language: Language,
    /// The frame that the form makes.
    pub(super) expected: Bytes,
    /// The frame that was pasted.
    pub(super) mine: Bytes,
    /// How they differ.
    pub(super) comparison: Comparison,
    /// Whether secrets are seen.
    pub(super) shown: bool,
}

/// A row for every field of both frames, or for those that differ.
#[component]
pub(super) fn ComparisonTable(props: &ComparisonTableProps) -> Html {
    let ComparisonTableProps { language, expected, mine, comparison, shown } = props;
    let (words, file_words) = (&language.words().frames, &language.words().capture_file);
    let only_differences = use_state_eq(|| true);
    let only = *only_differences;
    let rows = named(&comparison.rows, *language);
    let rows: Vec<_> =
        rows.iter().filter(|(_, row)| !row.has_parts && (!only || row.verdict != Verdict::Same)).collect();
    let more = rows.len().saturating_sub(LISTED);
    let [hidden_expected, hidden_mine] =
        [expected, mine].map(|frame| if *shown { Vec::new() } else { dissect(frame).secrets() });
    html! {
        <section class="comparison" aria-labelledby="comparison-title">
            <h3 id="comparison-title">{ file_words.compare_title }</h3>
            <p class="hint">{ file_words.compare_hint }</p>
            <Tick
                id="only-differences" label={words.compare_only_differences} checked={*only_differences}
                on_tick={
                    let only_differences = only_differences.clone();
                    move |ticked| only_differences.set(ticked)
                }
            />
            <p id="mistakes" role="status">
                { if expected == mine {
                    words.compare_same.to_owned()
                } else {
                    (file_words.mistakes)(comparison.mistakes().count())
                } }
            </p>
            <table id="comparison">
                <thead>
                    <tr>
                        <th scope="col">{ words.compare_field }</th>
                        <th scope="col">{ file_words.expected }</th>
                        <th scope="col">{ file_words.mine }</th>
                        <th scope="col">{ words.compare_verdict }</th>
                    </tr>
                </thead>
                <tbody>
                    for (name, row) in rows.into_iter().take(LISTED) {
                        <tr class={row.verdict.is_mistake().then_some("mistake")}>
                            <th scope="row">{ name }</th>
                            <td><code>{ said(expected, row, row.expected.as_ref(), &hidden_expected) }</code></td>
                            <td><code>{ said(mine, row, row.mine.as_ref(), &hidden_mine) }</code></td>
                            <td>{ (file_words.verdict)(row.verdict) }</td>
                        </tr>
                    }
                </tbody>
            </table>
            if more > 0 {
                <p class="hint">{ (words.more)(more) }</p>
            }
        </section>
    }
}

/// Every row with its name. What is called the same in many fields, such as a length, has their name before its own.
fn named(rows: &[Row], language: Language) -> Vec<(String, &Row)> {
    let mut path: Vec<Field> = Vec::new();
    rows.iter()
        .map(|row| {
            path.truncate(row.depth);
            let parent = path.last().copied();
            path.push(row.field);
            let name = about(row.field, language).name;
            let name = match (row.field, parent) {
                (Field::FieldLength | Field::Text | Field::Bytes, Some(parent)) => {
                    format!("{} · {name}", about(parent, language).name)
                }
                _ => name.to_owned(),
            };
            (name, row)
        })
        .collect()
}

/// Rows of the table.
const LISTED: usize = 200;

/// Bytes of a field that are shown; a longer one is cut.
const SHOWN: usize = 32;

/// The bytes of a field as hex, or its bits; masked where they are secret.
fn said(frame: &[u8], row: &Row, range: Option<&Range<usize>>, hidden: &[Range<usize>]) -> String {
    let Some(range) = range else { return "–".to_owned() };
    if row.mask != 0xFF {
        return frame.get(range.start).map(|byte| bit_pattern(*byte, row.mask)).unwrap_or_default();
    }
    let cut = range.start..range.end.min(range.start + SHOWN);
    let rest = range.len() - cut.len();
    let text = hex(frame, cut, hidden, SHOWN);
    if rest > 0 { format!("{text} … +{rest}") } else { text }
}

//! A pasted token as a table.

use onenet::Timestamp;
use yew::{Html, Properties, component, html};

use crate::doctor::{Mark, Row, Wanted};
use crate::locale::{DoctorWords, Language};

/// What the table shows.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct TakenApartProps {
    pub(super) language: Language,
    /// The values of the token.
    pub(super) rows: Vec<Row>,
    /// The clock, in seconds since 1970 UTC.
    pub(super) now: u64,
}

/// Each value beside what it should be.
#[component]
pub(super) fn TakenApart(props: &TakenApartProps) -> Html {
    let words = &props.language.words().doctor;
    html! {
        <table class="token-table" id="taken-apart">
            <caption>{ words.taken_apart }</caption>
            <thead>
                <tr>
                    <th scope="col">{ words.parameter }</th>
                    <th scope="col">{ words.said }</th>
                    <th scope="col">{ words.wanted }</th>
                </tr>
            </thead>
            <tbody>
                for row in &props.rows {
                    <tr data-mark={mark_key(row.mark)}>
                        <th scope="row">
                            <span class="mark" aria-hidden="true">{ sign(row.mark) }</span>
                            <span class="for-readers">{ (words.mark)(row.mark) }</span>
                            <code>{ row.parameter.as_str() }</code>
                        </th>
                        <td>{ said(row, words) }</td>
                        <td>{ wanted(row, words, props.now) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

fn said(row: &Row, words: &DoctorWords) -> Html {
    match (&row.said, &row.wanted) {
        (None, _) => html! { <span class="hint">{ words.nothing }</span> },
        (Some(_), Wanted::Signature { characters, .. }) => {
            html! { <span class="hint">{ (words.characters)(*characters) }</span> }
        }
        (Some(text), Wanted::Text(_) | Wanted::Device | Wanted::Later(_) | Wanted::Method) => {
            html! { <code>{ text }</code> }
        }
    }
}

fn wanted(row: &Row, words: &DoctorWords, now: u64) -> Html {
    match &row.wanted {
        Wanted::Text(text) => html! { <code>{ text }</code> },
        Wanted::Device => html! { words.any_device },
        Wanted::Method => html! { words.methods },
        Wanted::Later(None) => html! { words.later },
        Wanted::Later(Some(et)) => html! {
            <>
                { words.later }
                <br />
                <time>{ Timestamp::from_unix_seconds(*et).to_document_text() }</time>
                <br />
                <span class="countdown">{ (words.left)(et.checked_sub(now).ok_or_else(|| now - et)) }</span>
            </>
        },
        Wanted::Signature { has_key, .. } => html! { (words.signature)(row.mark, *has_key) },
    }
}

fn mark_key(mark: Mark) -> &'static str {
    match mark {
        Mark::Same => "same",
        Mark::Different => "different",
        Mark::Open => "open",
    }
}

fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Same => "✓",
        Mark::Different => "✗",
        Mark::Open => "?",
    }
}

//! What is wrong with one field, below it.

use onenet::Generation;
use onenet::doctor::{Diagnosis, Problem, Remedy, Severity};
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::browser;
use crate::connect::ConnectForm;
use crate::doctor::{Spot, treat};
use crate::locale::Language;

/// What the notes show and give.
#[derive(Debug, PartialEq, Properties)]
pub struct NotesProps {
    /// The language of their words.
    pub language: Language,
    /// The id of the field.
    pub field: AttrValue,
    /// Which place in the form it is.
    pub spot: Spot,
    /// What is wrong there, the worst first.
    pub diagnoses: Vec<Diagnosis>,
    /// What is typed.
    pub form: ConnectForm,
    /// Called with the form where something was put right.
    pub on_edit: Callback<ConnectForm>,
}

/// The id by which a field refers to its notes.
pub fn notes_id(field: &str) -> String {
    format!("{field}-notes")
}

/// What is wrong with a field, what to do about it, and a button where that needs no thought.
#[component]
pub fn Notes(props: &NotesProps) -> Html {
    let NotesProps { language, field, spot, diagnoses, form, on_edit } = props;
    let words = &language.words().doctor;
    if diagnoses.is_empty() {
        return Html::default();
    }
    let note = |index: usize, diagnosis: &Diagnosis| {
        let remedy = diagnosis.remedy();
        // One button for all that it puts right.
        let is_first = diagnoses.iter().take(index).all(|before| before.remedy() != remedy);
        let treated = treat(form, *spot, &remedy).filter(|_| is_first).zip((words.treat)(&remedy));
        let place = place(field, &remedy);
        let log_code = diagnosis.problem.log_code().filter(|_| form.generation == Generation::Studio);
        html! {
            <li data-severity={severity_key(diagnosis.severity)}>
                <p>
                    <strong>{ (words.severity)(diagnosis.severity) }</strong>
                    <span>{ (words.problem)(diagnosis, *spot, form.generation) }</span>
                    <span>{ (words.remedy)(diagnosis, *spot) }</span>
                    if let Some(code) = log_code {
                        <span class="hint">{ (words.log_code)(code) }</span>
                    }
                </p>
                if let Problem::SignUnknown { tried } = &diagnosis.problem {
                    <details class="tried">
                        <summary>{ words.tried }</summary>
                        <ul>
                            for mistake in tried {
                                <li>{ (words.mistake)(mistake) }</li>
                            }
                        </ul>
                    </details>
                }
                if let Some((treated, name)) = treated {
                    <button
                        type="button" class="quiet" id={format!("{field}-treat-{index}")}
                        onclick={on_edit.reform(move |_| {
                            // The button goes with the note: its place is the field that has the value now.
                            browser::focus(&place);
                            treated.clone()
                        })}
                    >
                        { name }
                    </button>
                }
            </li>
        }
    };
    html! {
        <ul class="diagnoses" id={notes_id(field)}>
            for (index, diagnosis) in diagnoses.iter().enumerate() {
                { note(index, diagnosis) }
            }
        </ul>
    }
}

/// The id of the field that has the value after a remedy.
fn place(field: &AttrValue, remedy: &Remedy) -> AttrValue {
    match remedy {
        Remedy::MoveToPassword => "token".into(),
        Remedy::MoveToKey | Remedy::SignAnew => "device-key".into(),
        Remedy::FillIn
        | Remedy::StripEnds
        | Remedy::Type(_)
        | Remedy::Exchange
        | Remedy::Compare
        | Remedy::Choose(_)
        | Remedy::EscapeOnce
        | Remedy::CopyKey
        | Remedy::CheckKey
        | Remedy::SetClock
        | Remedy::Nothing => field.clone(),
    }
}

fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::WillBeRefused => "refused",
        Severity::Probably => "probably",
        Severity::Note => "note",
    }
}

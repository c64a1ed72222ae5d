//! The verdict on a login, and everything that it rests on.

use onenet::Timestamp;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_memo};

use super::calculator::Calculator;
use super::notes::Notes;
use super::taken_apart::TakenApart;
use crate::connect::{ConnectForm, TokenSource};
use crate::doctor::{Checkup, Spot, Verdict, calculate, take_apart};
use crate::locale::Language;

/// What the panel shows and gives.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct DoctorPanelProps {
    /// The language of its words.
    pub language: Language,
    /// What is typed.
    pub form: ConnectForm,
    /// What is wrong with it.
    pub checkup: Checkup,
    /// The computer's clock.
    pub now: Timestamp,
    /// Called with the form where something was put right.
    pub on_edit: Callback<ConnectForm>,
}

/// Whether the login should be accepted, the clock, a pasted token taken apart, and how the right one comes about.
#[component]
pub fn DoctorPanel(props: &DoctorPanelProps) -> Html {
    let DoctorPanelProps { language, form, checkup, now, on_edit } = props;
    let words = &language.words().doctor;
    let seconds = now.to_unix_seconds();
    // A step that changed every second could not be followed.
    let steps = use_memo((form.clone(), seconds / 60), |(form, _)| calculate(form, seconds));
    let is_pasted = form.token.source == TokenSource::Pasted;
    let rows = if is_pasted { take_apart(form, seconds) } else { Vec::new() };
    html! {
        <section class="doctor" aria-labelledby="doctor-title" data-verdict={verdict_key(checkup.verdict)}>
            <h3 id="doctor-title">{ words.title }</h3>
            <p id="verdict" class="verdict" role="status">{ (words.verdict)(checkup.verdict) }</p>
            if !checkup.broken.is_empty() {
                <ul class="broken-rules" id="broken-rules">
                    for finding in &checkup.broken {
                        <li>{ (language.words().finding)(finding) }</li>
                    }
                </ul>
            }
            if form.generation.has_tokens() {
                <p class="hint" id="clock">{ (words.clock)(&now.to_document_text()) }</p>
            }
            <Notes
                language={*language} field={AttrValue::Static("clock")} spot={Spot::Clock}
                diagnoses={checkup.at(Spot::Clock)} form={form.clone()} on_edit={on_edit.clone()}
            />
            if !rows.is_empty() {
                <TakenApart language={*language} {rows} now={seconds} />
            }
            if form.generation.has_tokens() {
                <Calculator language={*language} steps={(*steps).clone()} method={form.token.method} {is_pasted} />
            }
        </section>
    }
}

fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unfilled => "unfilled",
        Verdict::Refused(_) => "refused",
        Verdict::Doubtful(_) => "doubtful",
        Verdict::HungUp(_) => "hung-up",
        Verdict::Unverified => "unverified",
        Verdict::Good => "good",
    }
}

//! One message, and the answer to it where it is a command.

use std::rc::Rc;

use yew::{Callback, Html, InputEvent, Properties, SubmitEvent, component, html, use_state};

use crate::browser;
use crate::feed::{Ask, Entry, Reading, Unreadable};
use crate::locale::Language;
use crate::upload::{Fate, Upload};
use crate::widgets::{Bytes, beginning, clock, shortened};

/// An entry that is the same as another when it is the same place in memory.
#[derive(Debug, Clone)]
pub(super) struct Shared(pub(super) Rc<Entry>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What an entry shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct FeedEntryProps {
    pub(super) language: Language,
    pub(super) entry: Shared,
    pub(super) answered: Option<(String, Fate)>,
    pub(super) online: bool,
    pub(super) on_answer: Callback<Upload>,
}

/// One message.
#[component]
pub(super) fn FeedEntry(props: &FeedEntryProps) -> Html {
    let FeedEntryProps { language, entry: Shared(entry), answered, online, on_answer } = props;
    let words = language.words();
    let Reading { ask, said, points, .. } = &entry.reading;
    html! {
        <li class={if ask.is_some() { "entry command" } else { "entry" }}>
            <div class="entry-head">
                <time>{ clock(entry.at) }</time>
                if let Some(said) = said {
                    <span class="badge">{ (words.arrival.badge)(said) }</span>
                } else if ask.is_some() {
                    <span class="badge">{ words.command }</span>
                }
                <code class="topic" title={entry.topic.clone()}>{ &entry.topic }</code>
                <span class="qos">{ format!("QoS {}", entry.qos.bits()) }</span>
                if entry.retain {
                    <span class="qos">{ words.retained }</span>
                }
                if entry.dup {
                    <span class="qos">{ "DUP" }</span>
                }
            </div>
            if let Some(said) = said {
                <p class={if said.is_trouble() { "sentence error" } else { "sentence" }}>{ (words.arrival.said)(said) }</p>
            }
            if !points.is_empty() {
                <table class="points">
                    <tbody>
                        for point in points.iter().take(MAX_POINTS) {
                            <tr>
                                <th scope="row">{ shortened(point.stream.as_str()) }</th>
                                <td class="value">{ shortened(point.value.as_json()) }</td>
                                <td class="when">{ shortened(point.at.as_deref().unwrap_or_default()) }</td>
                            </tr>
                        }
                    </tbody>
                </table>
                if points.len() > MAX_POINTS {
                    <p class="hint">{ (words.more_points)(points.len() - MAX_POINTS) }</p>
                }
            }
            { content(*language, entry) }
            if let Some(withheld) = &entry.withheld {
                <p class="warning withheld">{ (words.arrival.withheld)(withheld) }</p>
            }
            if let Some(ask) = ask {
                if let Some((text, fate)) = answered {
                    <p class="answered" data-state={fate.key()}>
                        { (words.answered)(text) }{ " " }<span class="fate">{ (words.fate)(*fate) }</span>
                    </p>
                }
                // The platform keeps the first answer; another would be lost without a word.
                if !matches!(answered, Some((_, Fate::Acknowledged(_) | Fate::Waiting | Fate::OnItsWay(_)))) {
                    <AnswerForm
                        language={*language} number={entry.number} ask={ask.clone()}
                        command={entry.reading.text.clone().unwrap_or_default()} online={*online} {on_answer}
                    />
                }
            }
        </li>
    }
}

/// Data points drawn of one message; nobody reads thousands, and drawing them would stop the page.
const MAX_POINTS: usize = 50;
/// Characters drawn of a payload.
const MAX_TEXT: usize = 4_000;

/// The payload: as text where it is text, otherwise as hex with the reason.
fn content(language: Language, entry: &Entry) -> Html {
    let words = language.words();
    match &entry.reading.text {
        Ok(text) if text.is_empty() => html! { <p class="hint">{ words.empty_payload }</p> },
        Ok(text) => html! { <pre class="text" tabindex="0">{ beginning(text, MAX_TEXT) }</pre> },
        Err(unreadable) => {
            let wrong = match unreadable {
                Unreadable::Payload(error) => error.offset,
                Unreadable::NotText { offset } => *offset,
            };
            html! {
                <>
                    <p class="error">{ (words.unreadable)(*unreadable) }</p>
                    <Bytes bytes={entry.payload.clone()} {wrong} />
                </>
            }
        }
    }
}

/// What the form shows and gives.
#[derive(Debug, PartialEq, Properties)]
struct AnswerFormProps {
    language: Language,
    /// The number of the entry, which makes the field's id unique.
    number: u64,
    ask: Ask,
    /// What the command says.
    command: String,
    online: bool,
    on_answer: Callback<Upload>,
}

/// A field for the answer to one command.
#[component]
fn AnswerForm(props: &AnswerFormProps) -> Html {
    let text = use_state(|| props.ask.template.clone());
    let AnswerFormProps { language, number, ask, command, online, on_answer } = props;
    let words = language.words();
    let id = format!("answer-{number}");
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(browser::typed(&event)))
    };
    let onsubmit = {
        let (text, ask, on_answer) = (text.clone(), ask.clone(), on_answer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_answer.emit(Upload::message(ask.reply.clone(), (*text).clone()));
            text.set(ask.template.clone());
        })
    };
    html! {
        <form class="answer joined" {onsubmit}>
            <label class="for-readers" for={id.clone()}>{ (words.answer_label)(&shortened(command)) }</label>
            <input {id} value={(*text).clone()} {oninput} placeholder={words.answer_example} autocomplete="off" />
            <button disabled={!online}>{ words.answer }</button>
        </form>
    }
}

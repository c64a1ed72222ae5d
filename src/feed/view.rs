//! The panel that shows what arrives.

use std::rc::Rc;

use yew::{
    AttrValue, Callback, Html, InputEvent, Properties, SubmitEvent, component, html, use_state, use_state_eq,
};

use super::{Entry, History, Reading, Subscriptions, Unreadable};
use crate::browser;
use crate::locale::Language;
use crate::upload::{Fate, Outbox, Upload};
use crate::widgets::{Bytes, Field, clock};

/// What the panel shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct FeedPanelProps {
    /// The language of its words.
    pub language: Language,
    /// What was received.
    pub history: History,
    /// What the page wants to hear.
    pub subscriptions: Subscriptions,
    /// What was uploaded: answers to commands among it.
    pub outbox: Outbox,
    /// Whether answers can be sent now.
    pub online: bool,
    /// Called to forget what was received.
    pub on_clear: Callback<()>,
    /// Called with the answer to a command.
    pub on_answer: Callback<Upload>,
    /// Called with a topic filter to hear.
    pub on_subscribe: Callback<String>,
    /// Called with a topic filter to hear no longer.
    pub on_unsubscribe: Callback<String>,
}

/// Everything received, newest first, and the latest value of every stream.
#[component]
pub fn FeedPanel(props: &FeedPanelProps) -> Html {
    let FeedPanelProps { language, history, outbox, online, .. } = props;
    let words = language.words();
    html! {
        <section class="zone feed" aria-labelledby="feed-title">
            <div class="zone-head">
                <h2 id="feed-title">{ words.feed_title }</h2>
                <p class="counts" id="counts">
                    { (words.counts)(history.received(), history.newest_first().len() as u64, history.evicted()) }
                </p>
                if history.newest_first().len() > 0 {
                    <button type="button" id="clear" class="quiet" onclick={props.on_clear.reform(|_| ())}>
                        { words.clear }
                    </button>
                }
            </div>
            <Listening
                language={*language} subscriptions={props.subscriptions.clone()}
                on_subscribe={props.on_subscribe.clone()} on_unsubscribe={props.on_unsubscribe.clone()}
            />
            if history.latest().len() > 0 {
                <dl id="latest" class="tiles" aria-label={words.latest}>
                    for (stream, latest) in history.latest() {
                        <div key={stream.as_str()}>
                            <dt>{ stream.as_str() }</dt>
                            <dd>{ latest.value.as_json() }</dd>
                            <dd class="when">{ clock(latest.at) }</dd>
                        </div>
                    }
                </dl>
            }
            if history.newest_first().len() == 0 {
                <p class="empty">{ words.feed_empty }</p>
            }
            <ol id="feed" class="entries" reversed=true aria-live="polite" aria-relevant="additions">
                for entry in history.newest_first() {
                    <FeedEntry
                        key={entry.number}
                        language={*language}
                        entry={Shared(entry.clone())}
                        answered={answer(outbox, entry)}
                        online={*online}
                        on_answer={props.on_answer.clone()}
                    />
                }
            </ol>
        </section>
    }
}

/// An entry that is the same as another when it is the same place in memory.
#[derive(Debug, Clone)]
struct Shared(Rc<Entry>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What was answered to a command, and what became of the answer.
fn answer(outbox: &Outbox, entry: &Entry) -> Option<(String, Fate)> {
    let command = entry.reading.command.as_ref()?;
    let item = outbox.last_to(&format!("$crsp/{command}"))?;
    Some((item.upload.summary.clone(), item.fate))
}

/// What an entry shows and gives.
#[derive(Debug, PartialEq, Properties)]
struct FeedEntryProps {
    language: Language,
    entry: Shared,
    answered: Option<(String, Fate)>,
    online: bool,
    on_answer: Callback<Upload>,
}

/// One message.
#[component]
fn FeedEntry(props: &FeedEntryProps) -> Html {
    let FeedEntryProps { language, entry: Shared(entry), answered, online, on_answer } = props;
    let words = language.words();
    let Reading { command, points, .. } = &entry.reading;
    html! {
        <li class={if command.is_some() { "entry command" } else { "entry" }}>
            <div class="entry-head">
                <time>{ clock(entry.at) }</time>
                if command.is_some() {
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
            if !points.is_empty() {
                <table class="points">
                    <tbody>
                        for point in points {
                            <tr>
                                <th scope="row">{ point.stream.as_str() }</th>
                                <td class="value">{ point.value.as_json() }</td>
                                <td class="when">{ point.at.clone().unwrap_or_default() }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            }
            { content(*language, entry) }
            if let Some(command) = command {
                if let Some((text, fate)) = answered {
                    <p class="answered" data-state={fate.key()}>
                        { (words.answered)(text) }{ " " }<span class="fate">{ (words.fate)(*fate) }</span>
                    </p>
                }
                <AnswerForm
                    language={*language} number={entry.number} command_id={command.as_str().to_owned()}
                    online={*online} {on_answer}
                />
            }
        </li>
    }
}

/// The payload: as text where it is text, otherwise as hex with the reason.
fn content(language: Language, entry: &Entry) -> Html {
    let words = language.words();
    match &entry.reading.text {
        Ok(text) if text.is_empty() => html! { <p class="hint">{ words.empty_payload }</p> },
        Ok(text) => html! { <pre class="text">{ text }</pre> },
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
    command_id: String,
    online: bool,
    on_answer: Callback<Upload>,
}

/// A field for the answer to one command.
#[component]
fn AnswerForm(props: &AnswerFormProps) -> Html {
    let text = use_state(String::new);
    let AnswerFormProps { language, number, command_id, online, on_answer } = props;
    let words = language.words();
    let id = format!("answer-{number}");
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(browser::typed(&event)))
    };
    let onsubmit = {
        let (text, command_id, on_answer) = (text.clone(), command_id.clone(), on_answer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_answer.emit(Upload::answer(&command_id, &text));
            text.set(String::new());
        })
    };
    html! {
        <form class="answer joined" {onsubmit}>
            <label class="for-readers" for={id.clone()}>{ words.answer_label }</label>
            <input {id} value={(*text).clone()} {oninput} placeholder={words.answer_example} autocomplete="off" />
            <button disabled={!online}>{ words.answer }</button>
        </form>
    }
}

/// What the form shows and gives.
#[derive(Debug, PartialEq, Properties)]
struct ListeningProps {
    language: Language,
    subscriptions: Subscriptions,
    on_subscribe: Callback<String>,
    on_unsubscribe: Callback<String>,
}

/// The topics to hear.
#[component]
fn Listening(props: &ListeningProps) -> Html {
    let filter = use_state_eq(String::new);
    let asked = use_state_eq(|| false);
    let ListeningProps { language, subscriptions, on_subscribe, on_unsubscribe } = props;
    let words = language.words();
    let problem = session::check_filter(filter.as_str()).err();
    let error = problem.filter(|_| *asked).map(|problem| AttrValue::from((words.topic_problem)(problem)));
    let on_input = {
        let filter = filter.clone();
        Callback::from(move |text| filter.set(text))
    };
    let onsubmit = {
        let (filter, on_subscribe) = (filter.clone(), on_subscribe.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(problem.is_some());
            if problem.is_none() {
                on_subscribe.emit((*filter).clone());
                filter.set(String::new());
            }
        })
    };
    html! {
        <details class="listening" open={subscriptions.iter().len() > 0}>
            <summary>{ (words.subscriptions)(subscriptions.iter().len()) }</summary>
            <form class="subscribe" {onsubmit} novalidate=true>
                <Field
                    id="subscribe-topic" label={words.subscribe_label} value={(*filter).clone()}
                    example="room/temperature" {on_input} {error} hint={words.subscribe_hint}
                />
                <button id="subscribe">{ words.subscribe }</button>
            </form>
            <ul id="subscriptions">
                for subscription in subscriptions.iter() {
                    <li key={subscription.filter.clone()}>
                        <code>{ &subscription.filter }</code>
                        <span class="fate">{ (words.subscription)(subscription.state) }</span>
                        <button
                            type="button" class="quiet"
                            aria-label={(words.unsubscribe_from)(&subscription.filter)}
                            onclick={{
                                let filter = subscription.filter.clone();
                                on_unsubscribe.reform(move |_| filter.clone())
                            }}
                        >
                            { words.unsubscribe }
                        </button>
                    </li>
                }
            </ul>
        </details>
    }
}

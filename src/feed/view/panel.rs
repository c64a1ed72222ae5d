//! The panel as a whole.

use std::rc::Rc;

use onenet::rules::Readings;
use onenet::studio::ThingModel;
use session::Qos;
use yew::{Callback, Html, Properties, component, html};

use super::auto_replies::AutoReplies;
use super::entry::{FeedEntry, Shared};
use super::listening::Listening;
use crate::browser;
use crate::feed::{AutoReply, Entry, History, Subscriptions};
use crate::locale::Language;
use crate::upload::{Fate, Outbox, Sender, Upload};
use crate::widgets::{clock, shortened};

/// What the panel shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct FeedPanelProps {
    /// The language of its words.
    pub language: Language,
    /// What was received.
    pub history: History,
    /// What the page wants to hear.
    pub subscriptions: Subscriptions,
    /// Whether the platform in this page is at hand.
    pub in_page: bool,
    /// Which rules hold for subscriptions; none where the device is not at OneNET.
    pub readings: Option<Readings>,
    /// As whom the page is logged in, or will be.
    pub sender: Sender,
    /// Whether all that a platform with tokens tells the device is subscribed to right after the login.
    pub hears_all: bool,
    /// The thing model that was imported.
    pub model: Option<Rc<ThingModel>>,
    /// What the page answers by itself.
    pub replies: Vec<AutoReply>,
    /// Whether those answers were switched off because they were too many.
    pub replies_stopped: bool,
    /// What was uploaded: answers to commands among it.
    pub outbox: Outbox,
    /// Whether answers can be sent now.
    pub online: bool,
    /// Called to forget what was received.
    pub on_clear: Callback<()>,
    /// Called with the answer to a command.
    pub on_answer: Callback<Upload>,
    /// Called with what the page shall answer by itself.
    pub on_edit_replies: Callback<Vec<AutoReply>>,
    /// Called with whether to subscribe to all right after the login.
    pub on_hear_all: Callback<bool>,
    /// Called with a topic filter to hear, and at most how surely.
    pub on_subscribe: Callback<(String, Qos)>,
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
                <h2 id="feed-title">{ words.front.feed_title }</h2>
                <p class="counts" id="counts">
                    { (words.counts)(history.received(), history.newest_first().len() as u64, history.evicted()) }
                </p>
                if history.newest_first().len() > 0 {
                    <button type="button" id="clear" class="quiet" onclick={props.on_clear.reform(|_| {
                        browser::focus("listening");
                    })}>
                        { words.clear }
                    </button>
                }
            </div>
            <Listening
                language={*language} subscriptions={props.subscriptions.clone()} readings={props.readings}
                sender={props.sender.clone()} hears_all={props.hears_all} online={*online}
                on_hear_all={props.on_hear_all.clone()}
                on_subscribe={props.on_subscribe.clone()} on_unsubscribe={props.on_unsubscribe.clone()}
            />
            <AutoReplies
                language={*language} replies={props.replies.clone()} stopped={props.replies_stopped}
                readings={props.readings} sender={props.sender.clone()} model={props.model.clone()}
                on_edit={props.on_edit_replies.clone()}
            />
            if history.latest().len() > 0 {
                <dl id="latest" class="tiles" aria-label={words.latest}>
                    for (stream, latest) in history.latest() {
                        <div key={stream.as_str()}>
                            <dt>{ shortened(stream.as_str()) }</dt>
                            <dd>{ shortened(latest.value.as_json()) }</dd>
                            <dd class="when">{ clock(latest.at) }</dd>
                        </div>
                    }
                </dl>
            }
            if history.newest_first().len() == 0 {
                <p class="empty">{ empty(props) }</p>
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

/// What stands where nothing has come yet.
fn empty(props: &FeedPanelProps) -> &'static str {
    let words = props.language.words();
    match (props.sender.generation.has_tokens(), props.in_page) {
        (true, _) => words.arrival.feed_empty,
        (false, true) => words.feed_empty,
        (false, false) => words.feed_empty_elsewhere,
    }
}

/// What was answered to a command, and what became of the answer.
fn answer(outbox: &Outbox, entry: &Entry) -> Option<(String, Fate)> {
    let ask = entry.reading.ask.as_ref()?;
    let item =
        outbox.newest_first().find(|item| ask.is_answered_by(&item.upload.topic, &item.upload.payload))?;
    Some((item.upload.summary.clone(), item.fate))
}

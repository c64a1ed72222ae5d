//! What became of every upload.

use yew::{Callback, Html, Properties, component, html};

use crate::locale::{Language, Words};
use crate::upload::{Item, Outbox, Upload, Verdict};

/// What the list shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct OutboxListProps {
    pub(super) language: Language,
    pub(super) outbox: Outbox,
    /// Whether an upload like these is accepted now.
    pub(super) can_send: bool,
    pub(super) on_upload: Callback<Upload>,
    /// The device that it was left with, if it was, and its packet identifier.
    pub(super) on_give_up: Callback<(Option<String>, u16)>,
}

/// What became of every upload, newest first.
#[component]
pub(super) fn OutboxList(props: &OutboxListProps) -> Html {
    let OutboxListProps { language, outbox, can_send, on_upload, on_give_up } = props;
    let words = language.words();
    html! {
        <div class="outbox">
            <h3>{ (words.outbox_title)(outbox.count(), outbox.evicted()) }</h3>
            if outbox.count() > 0 {
                <p class="counts" id="tally">
                    { (words.sending.tally)(&outbox.progress().tally) }
                    if outbox.rejected() > 0 {
                        { " " }<span class="error" id="rejected">{ (words.sending.rejected)(outbox.rejected()) }</span>
                    }
                </p>
            }
            if outbox.count() == 0 {
                <p class="empty">{ words.outbox_empty }</p>
            }
            <ol id="outbox" reversed=true tabindex="0" aria-live="polite">
                for item in outbox.newest_first() {
                    <li key={item.number} data-state={item.fate.key()} data-verdict={item.verdict.as_ref().map(Verdict::key)}>
                        <span class="summary" title={item.upload.summary.clone()}>{ summary(item, words) }</span>
                        <code>{ &item.upload.topic }</code>
                        if let Some(id) = item.packet_id {
                            <span class="packet-id">{ (words.packet_id)(id) }</span>
                        }
                        if item.restored {
                            <span class="restored">{ words.sending.restored }</span>
                        }
                        <span class="fate">{ (words.sending.progress)(item) }</span>
                        if let (true, Some(id)) = (item.may_be_given_up(), item.packet_id) {
                            <button
                                type="button" class="quiet"
                                onclick={{ let left = item.left.clone(); on_give_up.reform(move |_| (left.clone(), id)) }}
                            >
                                { words.sending.give_up }
                            </button>
                        }
                        if item.may_be_sent_again() {
                            <button
                                type="button" class="quiet" disabled={!can_send}
                                onclick={{ let upload = item.upload.clone(); on_upload.reform(move |_| upload.clone()) }}
                            >
                                { words.send_again }
                            </button>
                        }
                    </li>
                }
            </ol>
        </div>
    }
}

/// Of one that the platform has taken only the identifier is left.
fn summary(item: &Item, words: &Words) -> String {
    match item.upload.topic.is_empty() {
        true => words.sending.taken.to_owned(),
        false => item.upload.summary.clone(),
    }
}

//! What became of every upload.

use yew::{Callback, Html, Properties, component, html};

use crate::locale::Language;
use crate::upload::{Fate, Item, Outbox, Upload};

/// What the list shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct OutboxListProps {
    pub(super) language: Language,
    pub(super) outbox: Outbox,
    pub(super) online: bool,
    pub(super) on_upload: Callback<Upload>,
}

/// What became of every upload, newest first.
#[component]
pub(super) fn OutboxList(props: &OutboxListProps) -> Html {
    let OutboxListProps { language, outbox, online, on_upload } = props;
    let words = language.words();
    html! {
        <div class="outbox">
            <h3>{ (words.outbox_title)(outbox.count(), outbox.evicted()) }</h3>
            if outbox.count() == 0 {
                <p class="empty">{ words.outbox_empty }</p>
            }
            <ol id="outbox" reversed=true tabindex="0" aria-live="polite">
                for item in outbox.newest_first() {
                    <li key={item.number} data-state={item.fate.key()}>
                        <span class="summary" title={item.upload.summary.clone()}>{ &item.upload.summary }</span>
                        <code>{ &item.upload.topic }</code>
                        if let Some(id) = item.packet_id {
                            <span class="packet-id">{ (words.packet_id)(id) }</span>
                        }
                        <span class="fate">{ (words.fate)(item.fate) }</span>
                        if item.may_be_sent_again() {
                            <button
                                type="button" class="quiet" disabled={!online}
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

impl Item {
    fn may_be_sent_again(&self) -> bool {
        matches!(self.fate, Fate::Unknown | Fate::Refused(_))
    }
}

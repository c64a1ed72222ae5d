//! What is kept on this computer, for whom, and the switch.

use yew::{Callback, Html, Properties, component, html};

use crate::locale::Language;
use crate::upload::Keeping;
use crate::widgets::Tick;

/// What the part shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct KeepingPartProps {
    pub(super) language: Language,
    pub(super) keeping: Keeping,
    pub(super) on_keep: Callback<bool>,
    pub(super) on_discard: Callback<String>,
}

/// What is kept on this computer.
#[component]
pub(super) fn KeepingPart(props: &KeepingPartProps) -> Html {
    let KeepingPartProps { language, keeping, on_keep, on_discard } = props;
    let words = &language.words().sending;
    html! {
        <div class="keeping">
            <Tick id="keep" label={words.keep} checked={keeping.wanted} on_tick={on_keep.clone()} />
            <p class="hint">{ words.keep_hint }</p>
            <div role="status">
                if let Some(problem) = (words.recording)(keeping.recording) {
                    <p class="warning" id="recording">{ problem }</p>
                }
                if keeping.unreadable() > 0 {
                    <p class="warning" id="damaged">{ (words.damaged)(keeping.unreadable()) }</p>
                }
            </div>
            if !keeping.shelved.is_empty() {
                <p class="hint">{ words.shelved_hint }</p>
                <ul id="shelved">
                    for shelved in &keeping.shelved {
                        <li key={shelved.key.clone()}>
                            { (words.shelved)(shelved) }{ " " }
                            <button
                                type="button" class="quiet"
                                onclick={{ let key = shelved.key.clone(); on_discard.reform(move |_| key.clone()) }}
                            >
                                { words.discard }
                            </button>
                        </li>
                    }
                </ul>
            }
        </div>
    }
}

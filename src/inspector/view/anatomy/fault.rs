//! What is wrong with a frame, above everything else.

use dissect::Fault;
use yew::{Callback, Html, Properties, component, html};

use crate::inspector::attention::{Notice, Target};
use crate::locale::Language;

/// What a [`FaultBanner`] shows and gives.
#[derive(PartialEq, Properties)]
pub(super) struct FaultBannerProps {
    pub(super) language: Language,
    pub(super) fault: Fault,
    /// Bytes of the frame: where some are missing there is no wrong one to go to.
    pub(super) length: usize,
    /// Whether bytes are hidden because a password may be among them.
    pub(super) hides: bool,
    pub(super) on_notice: Callback<Notice>,
}

/// What was found, what was expected, where, and what to do.
#[component]
pub(super) fn FaultBanner(props: &FaultBannerProps) -> Html {
    let FaultBannerProps { language, fault, length, hides, on_notice } = props;
    let words = &language.words().inspector;
    let offset = fault.offset;
    html! {
        <div class="fault" role="status">
            <p><strong>{ words.wrong }</strong>{ " " }{ (words.fault)(fault) }
                if *hides {
                    { " " }{ words.hides }
                }
            </p>
            if offset < *length {
                <button
                    type="button" class="quiet"
                    onclick={on_notice.reform(move |_| Notice::Pinned(Target::Byte(offset)))}
                >
                    { words.show_wrong }
                </button>
            }
        </div>
    }
}

//! A button that copies a frame as hex.

use bytes::Bytes;
use dissect::dissect;
use yew::{Html, Properties, component, html, use_effect_with, use_state_eq};

use crate::browser;
use crate::inspector::compose::to_hex;
use crate::locale::Language;

/// What the button copies.
// No `Debug`: bytes that hold a password must not be printed by mistake.
#[derive(PartialEq, Properties)]
pub(super) struct CopyHexProps {
    pub(super) language: Language,
    /// The frame.
    pub(super) bytes: Bytes,
    /// Whether secrets are copied in clear; otherwise each of their bytes becomes an asterisk.
    pub(super) shown: bool,
    /// Whether all of it is secret.
    pub(super) hidden: bool,
}

/// The id of the hex that is there to be copied by hand.
const HEX: &str = "copied-hex";

/// A button, and what became of pressing it. Where the browser allows no copying, the hex is there to be
/// copied by hand.
#[component]
pub(super) fn CopyHex(props: &CopyHexProps) -> Html {
    let CopyHexProps { language, bytes, shown, hidden } = props;
    let words = &language.words().frames;
    let copied = use_state_eq(|| None::<bool>);
    {
        let copied = copied.clone();
        use_effect_with((bytes.clone(), *shown), move |_| copied.set(None));
    }
    let onclick = {
        let (bytes, shown, hidden, copied) = (bytes.clone(), *shown, *hidden, copied.clone());
        move |_| {
            let copied = copied.clone();
            browser::copy(hex(&bytes, shown, hidden), HEX, move |done| copied.set(Some(done)));
        }
    };
    html! {
        <>
            <button type="button" id="copy-hex" class="quiet" {onclick}>{ words.copy_hex }</button>
            if *copied == Some(true) {
                <span class="hint" role="status">{ words.copied }</span>
            } else if *copied == Some(false) {
                <span class="hint" role="status">{ words.copy_by_hand }</span>
                <pre id={HEX} class="bytes" tabindex="0">{ hex(bytes, *shown, *hidden) }</pre>
            }
        </>
    }
}

/// The frame as hex, with an asterisk for every secret byte.
fn hex(frame: &[u8], shown: bool, hidden: bool) -> String {
    let mut bytes = frame.to_vec();
    let all = 0..frame.len();
    let secrets = match (shown, hidden) {
        (true, _) => Vec::new(),
        (false, true) => vec![all],
        (false, false) => dissect(frame).secrets(),
    };
    for secret in secrets {
        bytes[secret].fill(b'*');
    }
    to_hex(&bytes)
}

//! Bytes as hex.

use bytes::Bytes as Payload;
use yew::{Html, Properties, component, html};

/// What [`Bytes`] shows.
#[derive(Debug, PartialEq, Properties)]
pub struct BytesProps {
    /// The bytes.
    pub bytes: Payload,
    /// Whether they begin with the type byte and the two-byte length of `$dp` (reference §1.6).
    #[prop_or_default]
    pub framed: bool,
    /// The byte that is wrong.
    #[prop_or_default]
    pub wrong: Option<usize>,
}

/// Bytes shown. More would only make the page slow: nobody reads them.
const SHOWN: usize = 512;

/// Bytes as hex, two digits each.
#[component]
pub fn Bytes(props: &BytesProps) -> Html {
    let BytesProps { bytes, framed, wrong } = props;
    let part = |from: usize, to: usize| hex(&bytes[from.min(bytes.len())..to.min(bytes.len())]);
    let rest = bytes.len().saturating_sub(SHOWN);
    html! {
        <code class="bytes" tabindex="0">
            if *framed {
                <span class="type-byte">{ part(0, 1) }</span>{ " " }
                <span class="length">{ part(1, 3) }</span>{ " " }
                { part(3, SHOWN) }
            } else if let Some(wrong) = wrong.filter(|wrong| *wrong < bytes.len().min(SHOWN)) {
                { part(0, wrong) }{ " " }
                <mark>{ part(wrong, wrong + 1) }</mark>{ " " }
                { part(wrong + 1, SHOWN) }
            } else {
                { part(0, SHOWN) }
            }
            if rest > 0 {
                { format!(" … +{rest}") }
            }
        </code>
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

//! Bytes as hex.

use bytes::Bytes as Payload;
use yew::{Html, Properties, component, html};

/// What [`Bytes`] shows.
#[derive(Debug, PartialEq, Properties)]
pub struct BytesProps {
    /// The bytes.
    pub bytes: Payload,
    /// Whether they are a payload of `$dp`, whose first bytes have a meaning (reference §1.6).
    #[prop_or_default]
    pub is_upload: bool,
    /// The byte that is wrong.
    #[prop_or_default]
    pub wrong: Option<usize>,
}

/// Bytes shown. More would only make the page slow: nobody reads them.
const SHOWN: usize = 512;

/// Bytes as hex, two digits each.
#[component]
pub fn Bytes(props: &BytesProps) -> Html {
    let BytesProps { bytes, is_upload, wrong } = props;
    let part = |from: usize, to: usize| hex(&bytes[from.min(bytes.len())..to.min(bytes.len())]);
    let rest = bytes.len().saturating_sub(SHOWN);
    html! {
        <code class="bytes" tabindex="0">
            if let (true, Some(head)) = (*is_upload, Head::of(bytes)) {
                <span class="type-byte">{ part(0, 1) }</span>{ " " }
                <span class="time">{ part(1, head.time_end) }</span>{ " " }
                <span class="length">{ part(head.time_end, head.length_end) }</span>{ " " }
                { part(head.length_end, SHOWN) }
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

/// Where the parts at the beginning of an upload end, in bytes from its beginning (reference §1.6).
#[derive(Debug, PartialEq, Eq)]
struct Head {
    /// Of the six-byte time, 1 where there is none.
    time_end: usize,
    /// Of the two-byte length; the same as `time_end` where there is none.
    length_end: usize,
}

impl Head {
    fn of(bytes: &[u8]) -> Option<Self> {
        let first = *bytes.first()?;
        let number = first & 0x3F;
        let time_end = if first & 0x80 != 0 && matches!(number, 6 | 7) { 7 } else { 1 };
        // Floats run to the end of the payload without a length.
        let length_end = if number == 7 { time_end } else { time_end + 2 };
        Some(Self { time_end, length_end })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_where_the_parts_of_an_upload_end() {
        let ends = |first: u8| Head::of(&[first]).map(|head| (head.time_end, head.length_end));
        assert_eq!(
            [0x01, 0x02, 0x06, 0x86].map(ends),
            [Some((1, 3)), Some((1, 3)), Some((1, 3)), Some((7, 9))]
        );
        assert_eq!([0x07, 0x87].map(ends), [Some((1, 1)), Some((7, 7))]);
    }
}

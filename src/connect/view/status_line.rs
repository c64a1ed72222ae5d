//! How the connection stands.

use yew::{Callback, Html, Properties, component, html};

use crate::connect::{Oddities, Status};
use crate::locale::Language;

/// What the line shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct StatusLineProps {
    pub(super) language: Language,
    pub(super) status: Status,
    pub(super) unsent: usize,
    pub(super) oddities: Oddities,
    pub(super) on_try_now: Callback<()>,
}

/// How the connection stands, in words. Screen readers read it out when it changes.
#[component]
pub(super) fn StatusLine(props: &StatusLineProps) -> Html {
    let words = props.language.front();
    let StatusLineProps { status, unsent, oddities, on_try_now, .. } = props;
    let (key, detail) = match status {
        Status::Offline(None) => ("offline", None),
        Status::Offline(Some(ending)) => ("ended", Some((words.ending)(ending))),
        Status::Opening => ("opening", None),
        Status::LoggingIn => ("logging-in", None),
        Status::Online { resumption, clean_session, .. } => {
            ("online", (words.resumption)(*resumption, *clean_session).map(str::to_owned))
        }
        Status::Waiting { ending, .. } => ("waiting", Some((words.ending)(ending))),
        Status::NoNetwork { ending, .. } => ("no-network", Some((words.ending)(ending))),
        Status::InAnotherTab => ("in-another-tab", None),
    };
    html! {
        <div id="status" class="status" data-status={key}>
            <div role="status">
                <p class="lamp">{ (words.status)(status) }</p>
                if let Some(detail) = detail {
                    <p class="detail">{ detail }</p>
                }
            </div>
            if *unsent > 0 {
                <p class="unsent">{ (words.unsent)(*unsent) }</p>
            }
            if oddities.last.is_some() {
                <p class="oddities">{ (words.oddities)(oddities) }</p>
            }
            if let Status::Waiting { seconds, .. } = status {
                // Outside of what is read out: nobody wants to hear every second.
                <p class="countdown">{ (words.countdown)(*seconds) }</p>
            }
            if matches!(status, Status::Waiting { .. } | Status::NoNetwork { .. } | Status::InAnotherTab) {
                <button type="button" id="try-now" onclick={on_try_now.reform(|_| ())}>{ words.try_now }</button>
            }
        </div>
    }
}

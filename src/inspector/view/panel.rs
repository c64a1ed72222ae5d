//! The panel as a whole: what is looked at, and how.

use bytes::Bytes;
use onenet::Timestamp;
use yew::{Callback, Html, Properties, component, html, use_callback, use_memo, use_state_eq};

use super::compose::Composer;
use super::frames::Frames;
use super::lanes::Lanes;
use super::paste::Paste;
use super::tabs::{Tabs, panel_id, tab_id};
use crate::browser;
use crate::client::Raw;
use crate::connect::{ConnectForm, Destination, PageAddress, Place, Status};
use crate::inspector::compose::to_hex;
use crate::inspector::{Capture, Imported, Probe, draft};
use crate::locale::{FrameCounts, Language};
use crate::platform::Note;
use crate::upload::UploadForm;
use crate::widgets::Tick;

/// What the panel shows and gives.
// No `Debug`: bytes that hold a password must not be printed by mistake.
#[derive(Clone, PartialEq, Properties)]
pub struct InspectorProps {
    /// The language of its words.
    pub language: Language,
    /// Every frame of this page.
    pub capture: Capture,
    /// The frames of a file, shown in their place.
    pub imported: Option<Imported>,
    /// What is typed to log in.
    pub connect: ConnectForm,
    /// What is typed to upload.
    pub upload: UploadForm,
    /// Where the page was loaded from.
    pub page: PageAddress,
    /// Where the device is connected.
    pub aimed: Option<Destination>,
    /// How its connection stands.
    pub status: Status,
    /// How the composer's own connection stands.
    pub probe: Option<Probe>,
    /// What the platform in this page did lately, newest first, where the device can reach it.
    pub notes: Vec<Note>,
    /// Tells the time, for the upload's frame.
    pub now: Callback<(), Timestamp>,
    /// Called to forget every frame.
    pub on_clear: Callback<()>,
    /// Called with the frames of a file, and with none to go back to the live ones.
    pub on_import: Callback<Option<Imported>>,
    /// Called with bytes to send over the present connection.
    pub on_compose: Callback<Raw>,
    /// Called with bytes to send over a connection of their own.
    pub on_probe: Callback<(Place, Raw)>,
}

/// The frames that the forms make as they stand.
#[derive(Clone, PartialEq, Default)]
pub(super) struct Drafts {
    /// The CONNECT, unless the form has mistakes.
    pub(super) login: Option<Bytes>,
    /// The PUBLISH, unless the form has mistakes.
    pub(super) upload: Option<Bytes>,
}

const LIST: &str = "list";
const LANES: &str = "lanes";
const PASTE: &str = "paste";
const COMPOSE: &str = "compose";

/// Every frame, both ways, and what every byte of it means.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let InspectorProps { language, capture, .. } = props;
    let words = &language.words().frames;
    let tab = use_state_eq(|| LIST);
    let composed = use_state_eq(String::new);
    // Secrets are seen everywhere or nowhere.
    let shown = use_state_eq(|| false);
    let wall = use_callback((), |(), ()| browser::wall());
    // Made anew when something changes that they are made from: an upload may have megabytes. Its "now" is a second.
    let now = props.now.emit(());
    let login = use_memo((props.connect.clone(), props.connect.signing().map(|_| now)), |(form, signed)| {
        // Other logins are the same at any time.
        draft::login(form, signed.unwrap_or_default())
    });
    let upload = use_memo((props.upload.clone(), now, capture.next_packet_id()), |(form, now, packet_id)| {
        draft::upload(form, *now, *packet_id)
    });
    let drafts = Drafts { login: (*login).clone(), upload: (*upload).clone() };
    let on_edit_bytes = {
        let (tab, composed) = (tab.clone(), composed.clone());
        Callback::from(move |bytes: Bytes| {
            composed.set(to_hex(&bytes));
            tab.set(COMPOSE);
            browser::focus(&tab_id(COMPOSE));
        })
    };
    let counts =
        FrameCounts { captured: capture.captured(), kept: capture.len() as u64, evicted: capture.evicted() };
    html! {
        <section class="zone inspector" aria-labelledby="inspector-title">
            <div class="zone-head">
                <h2 id="inspector-title">{ language.front().inspector_title }</h2>
                <p class="counts" id="frame-counts">{ (words.counts)(counts) }</p>
                <Tabs
                    label={words.tabs} chosen={*tab}
                    tabs={vec![
                        (LIST, words.tab_list.into()), (LANES, language.words().lanes.tab.into()),
                        (PASTE, words.tab_paste.into()), (COMPOSE, words.tab_compose.into()),
                    ]}
                    on_choose={
                        let tab = tab.clone();
                        move |chosen| tab.set(chosen)
                    }
                />
                <Tick
                    id="show-secrets" label={words.show_secrets} checked={*shown}
                    on_tick={
                        let shown = shown.clone();
                        move |show| shown.set(show)
                    }
                />
            </div>
            <div id={panel_id(LIST)} role="tabpanel" aria-labelledby={tab_id(LIST)} hidden={*tab != LIST}>
                <Frames
                    language={*language} capture={capture.clone()} imported={props.imported.clone()}
                    drafts={drafts.clone()} edited={(props.connect.clone(), props.upload.clone())} shown={*shown} visible={*tab == LIST}
                    on_clear={props.on_clear.clone()} on_import={props.on_import.clone()} on_edit_bytes={on_edit_bytes.clone()}
                />
            </div>
            <div id={panel_id(LANES)} role="tabpanel" aria-labelledby={tab_id(LANES)} hidden={*tab != LANES}>
                <Lanes
                    language={*language} capture={capture.clone()} imported={props.imported.clone()}
                    status={props.status.clone()} probe={props.probe.clone()} notes={props.notes.clone()}
                    shown={*shown} visible={*tab == LANES} wall={wall}
                    on_edit_bytes={on_edit_bytes.clone()}
                />
            </div>
            <div id={panel_id(PASTE)} role="tabpanel" aria-labelledby={tab_id(PASTE)} hidden={*tab != PASTE}>
                <Paste
                    language={*language} drafts={drafts.clone()} shown={*shown} on_edit_bytes={on_edit_bytes}
                />
            </div>
            <div id={panel_id(COMPOSE)} role="tabpanel" aria-labelledby={tab_id(COMPOSE)} hidden={*tab != COMPOSE}>
                <Composer
                    language={*language} text={(*composed).clone()} capture={capture.clone()} {drafts} shown={*shown}
                    connect={props.connect.clone()} page={props.page.clone()} aimed={props.aimed.clone()} status={props.status.clone()}
                    probe={props.probe.clone()} notes={props.notes.clone()}
                    on_edit={
                        let composed = composed.clone();
                        move |text| composed.set(text)
                    }
                    on_compose={props.on_compose.clone()} on_probe={props.on_probe.clone()}
                />
            </div>
        </section>
    }
}

//! The live frames, or those of a file: filters, the list, and the frame that is looked at.

use std::rc::Rc;

use bytes::Bytes;
use dissect::{Head, PacketType};
use yew::{
    Callback, Html, Properties, UseStateHandle, component, html, use_effect_with, use_mut_ref, use_state_eq,
};

use super::anatomy::Anatomy;
use super::copy::CopyHex;
use super::files::Files;
use super::filters::Filters;
use super::list::{FrameList, is_hidden};
use super::listed::use_listed;
use super::panel::Drafts;
use crate::connect::ConnectForm;
use crate::inspector::{Capture, Captured, Filter, Imported, Remark};
use crate::locale::Language;
use crate::upload::{Sender, UploadForm};

/// What the view shows and gives.
// No `Debug`: bytes that hold a password must not be printed by mistake.
#[derive(PartialEq, Properties)]
pub(super) struct FramesProps {
    pub(super) language: Language,
    /// The live frames.
    pub(super) capture: Capture,
    /// The frames of a file, shown in their place.
    pub(super) imported: Option<Imported>,
    /// The frames about to be sent.
    pub(super) drafts: Drafts,
    /// The forms that they are made from: the one edited last is the one that is looked at.
    pub(super) edited: (ConnectForm, UploadForm),
    /// Whether secrets are seen.
    pub(super) shown: bool,
    /// Whether the view can be seen.
    pub(super) visible: bool,
    pub(super) on_clear: Callback<()>,
    pub(super) on_import: Callback<Option<Imported>>,
    /// Called with bytes to edit.
    pub(super) on_edit_bytes: Callback<Bytes>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    /// The frame that the login form makes.
    Login,
    /// The frame that the upload form makes.
    Upload,
    /// A frame of the list.
    Frame(u64),
}

/// The frames, and one of them byte by byte.
#[component]
pub(super) fn Frames(props: &FramesProps) -> Html {
    let FramesProps { language, drafts, shown, .. } = props;
    let words = &language.words().frames;
    let chosen = use_state_eq(|| Chosen::Login);
    let filter = use_state_eq(Filter::default);
    let paused = use_state_eq(|| None::<Capture>);

    let source = props.imported.as_ref().map(|imported| imported.opened);
    {
        // Numbers begin anew in a file.
        let chosen = chosen.clone();
        use_effect_with(source, move |_| {
            if matches!(*chosen, Chosen::Frame(_)) {
                chosen.set(Chosen::Login);
            }
        });
    }
    // While a draft is looked at, it is that of the form which is typed in.
    {
        let chosen = chosen.clone();
        use_effect_with(props.edited.0.clone(), move |_| {
            if *chosen == Chosen::Upload {
                chosen.set(Chosen::Login);
            }
        });
    }
    {
        let (chosen, first) = (chosen.clone(), use_mut_ref(|| true));
        // Its sender is typed in the login form, and its id counts on by itself.
        let typed = UploadForm { sender: Sender::default(), id: String::new(), ..props.edited.1.clone() };
        use_effect_with(typed, move |_| {
            let first = std::mem::replace(&mut *first.borrow_mut(), false);
            if !first && *chosen == Chosen::Login {
                chosen.set(Chosen::Upload);
            }
        });
    }

    let live = paused.as_ref().unwrap_or(&props.capture);
    let capture = props.imported.as_ref().map_or(live, |imported| &imported.capture);
    let filter_now = Filter { secrets_shown: *shown, ..(*filter).clone() };
    let listed = use_listed(capture, source, &filter_now);
    let frame = match *chosen {
        Chosen::Frame(number) => capture.get(number),
        Chosen::Login | Chosen::Upload => None,
    };
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |number| chosen.set(Chosen::Frame(number)))
    };
    let kept = capture.len();
    html! {
        <div class="frames-view">
            <div class="frames-side">
                <Filters
                    language={*language} filter={(*filter).clone()}
                    on_filter={
                        let filter = filter.clone();
                        move |changed| filter.set(changed)
                    }
                />
                <div class="actions">
                    if props.imported.is_none() {
                        { pause(props, &paused) }
                        <button type="button" id="clear-frames" class="quiet" disabled={kept == 0} onclick={
                            let (paused, chosen, on_clear) = (paused.clone(), chosen.clone(), props.on_clear.clone());
                            move |_| {
                                paused.set(None);
                                chosen.set(Chosen::Login);
                                on_clear.emit(());
                            }
                        }>{ words.clear }</button>
                    }
                    <p class="hint" id="listed">{ (words.listed)(listed.len(), kept) }</p>
                </div>
                <div class="drafts" role="group" aria-label={words.drafts}>
                    <span class="hint">{ words.drafts }</span>
                    { draft("draft-login", words.draft_login, &drafts.login, &chosen, Chosen::Login) }
                    { draft("draft-upload", words.draft_upload, &drafts.upload, &chosen, Chosen::Upload) }
                </div>
                if kept == 0 {
                    <p class="empty">{ if props.imported.is_some() { words.empty_file } else { words.empty } }</p>
                } else if listed.is_empty() {
                    <p class="empty">{ words.none_match }</p>
                } else {
                    <FrameList
                        language={*language} capture={capture.clone()} listed={listed.clone()} filter={filter_now.clone()} visible={props.visible}
                        chosen={frame.map(|frame| frame.number)} {on_choose}
                    />
                }
            </div>
            <div class="looked-at">
                { match *chosen {
                    Chosen::Login => looked_at(props, words.draft_login.into(), Looked::draft(drafts.login.as_ref())),
                    Chosen::Upload => looked_at(props, words.draft_upload.into(), Looked::draft(drafts.upload.as_ref())),
                    Chosen::Frame(number) => {
                        looked_at(props, (words.frame_title)(number), Looked::frame(frame))
                    }
                } }
            </div>
            <Files
                language={*language} capture={capture.clone()} {listed} filter={filter_now}
                imported={props.imported.clone()} on_import={props.on_import.clone()}
            />
        </div>
    }
}

/// The bytes that are looked at.
struct Looked {
    bytes: Option<Bytes>,
    /// Whether they are about to be sent.
    is_draft: bool,
    /// Whether a password may be among them, and whether it may be any of them.
    secret: bool,
    hidden: bool,
    /// What the session made of it.
    remark: Option<Rc<Remark>>,
}

impl Looked {
    fn draft(bytes: Option<&Bytes>) -> Self {
        let secret = bytes.is_some_and(|bytes| Head::read(bytes).may_hold_secrets());
        Self { bytes: bytes.cloned(), is_draft: true, secret, hidden: false, remark: None }
    }

    fn frame(frame: Option<&Captured>) -> Self {
        let secret = frame.is_some_and(|frame| !frame.secrets().is_empty());
        let hidden = frame.is_some_and(is_hidden);
        let bytes = frame.map(|frame| frame.bytes.clone());
        let remark = frame.and_then(|frame| frame.remark.clone());
        Self { bytes, is_draft: false, secret, hidden, remark }
    }
}

/// The frame that is looked at.
fn looked_at(props: &FramesProps, title: String, looked: Looked) -> Html {
    let FramesProps { language, shown, on_edit_bytes, .. } = props;
    let Looked { bytes, is_draft, secret, hidden, remark } = looked;
    let words = &language.words().frames;
    html! {
        <>
            <div class="looked-at-head">
                <h3 id="looked-at">{ title }</h3>
                if let Some(bytes) = &bytes {
                    if is_draft {
                        <p class="hint">{ words.draft_hint }</p>
                    }
                    <button type="button" id="edit-bytes" class="quiet" onclick={
                        let bytes = bytes.clone();
                        on_edit_bytes.reform(move |_| bytes.clone())
                    }>{ if secret { words.edit_secret } else { words.edit_bytes } }</button>
                    <CopyHex language={*language} bytes={bytes.clone()} shown={*shown} {hidden} />
                }
            </div>
            if let Some(remark) = remark {
                <p class="remark" id="remark">{ (language.words().sending.remark)(&remark) }</p>
            }
            if let Some(bytes) = bytes {
                <Anatomy id="frame" language={*language} {bytes} shown={*shown} {hidden} />
            } else {
                <p class="empty">{ if is_draft { words.draft_broken } else { words.nothing_chosen } }</p>
            }
        </>
    }
}

/// A frame about to be sent: a button that shows it.
fn draft(
    id: &'static str,
    name: &'static str,
    bytes: &Option<Bytes>,
    chosen: &UseStateHandle<Chosen>,
    which: Chosen,
) -> Html {
    let head = bytes.as_deref().map(Head::read);
    let head = head.and_then(|head| head.packet_type).map_or("", PacketType::name);
    html! {
        <button type="button" {id} class="quiet" aria-pressed={(**chosen == which).to_string()} onclick={
            let chosen = chosen.clone();
            move |_| chosen.set(which)
        }>
            { name }
            if let Some(bytes) = bytes {
                { format!(" · {head} · {} B", bytes.len()) }
            } else {
                { " …" }
            }
        </button>
    }
}

/// Stops the list, or lets it go on. What arrives meanwhile is captured all the same.
fn pause(props: &FramesProps, paused: &UseStateHandle<Option<Capture>>) -> Html {
    let words = &props.language.words().frames;
    let name = match &**paused {
        None => words.pause.to_owned(),
        Some(then) => (words.resume)(props.capture.captured() - then.captured()),
    };
    let onclick = {
        let (paused, now) = (paused.clone(), props.capture.clone());
        move |_| paused.set(if paused.is_some() { None } else { Some(now.clone()) })
    };
    html! {
        <button type="button" id="pause" class="quiet" aria-pressed={paused.is_some().to_string()} {onclick}>
            { name }
        </button>
    }
}

//! The panel that logs a device in.

use onenet::Timestamp;
use onenet::rules::{Place, Readings};
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, component, html, use_state_eq};

use super::credentials::CredentialFields;
use super::status_line::StatusLine;
use super::will::WillFields;
use crate::browser;
use crate::connect::{
    AddressProblem, ConnectField, ConnectForm, ConnectProblem, Destination, Oddities, PageAddress, Status,
    Target,
};
use crate::doctor::{Checkup, DoctorPanel};
use crate::locale::Language;
use crate::upload::UploadForm;
use crate::widgets::{Choice, Field, Tick, use_seconds};

/// What the panel shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct ConnectPanelProps {
    /// The language of its words.
    pub language: Language,
    /// Where the page was loaded from.
    pub page: PageAddress,
    /// Upstreams of the relay that served the page.
    pub upstreams: Vec<String>,
    /// What is typed.
    pub form: ConnectForm,
    /// Which rules the platform follows where sources disagree.
    pub readings: Readings,
    /// What would be uploaded first.
    pub upload: UploadForm,
    /// How the connection stands.
    pub status: Status,
    /// The computer's clock.
    pub now: Callback<(), Timestamp>,
    /// Bytes that have not left this computer for a while.
    pub unsent: usize,
    /// What the platform said that nobody waited for.
    pub oddities: Oddities,
    /// Called with every edit.
    pub on_edit: Callback<ConnectForm>,
    /// Called with a complete target; half-filled forms never leave the panel.
    pub on_connect: Callback<Target>,
    /// Called to end the pause before the next try.
    pub on_try_now: Callback<()>,
    /// Called to leave, or to stop trying.
    pub on_disconnect: Callback<()>,
}

/// The login form and how the connection stands.
#[component]
pub fn ConnectPanel(props: &ConnectPanelProps) -> Html {
    // Nobody likes to be told that a field is empty before having had the chance to fill it.
    let asked = use_state_eq(|| false);
    let ConnectPanelProps { language, page, form, upload, status, .. } = props;
    let words = language.words();
    let now = props.now.emit(());
    let checkup = Checkup::of(form, now.to_unix_seconds());
    // Tokens grow old while somebody looks at them.
    use_seconds(checkup.is_some());
    let parsed = form.parse(page, upload);
    let error = |field: ConnectField| -> Option<AttrValue> {
        let problems = parsed.as_ref().err()?;
        let (_, problem) = problems.iter().find(|(at, _)| *at == field)?;
        // What the browser will forbid is worth saying before it is tried.
        let at_once = *problem == ConnectProblem::Address(AddressProblem::Insecure);
        (*asked || at_once).then(|| (words.connect_problem)(*problem).into())
    };
    let findings = form.findings(&props.readings);
    let first_objections = form.first_objections(upload, &props.readings);
    let is_good =
        findings.is_empty() && first_objections.is_empty() && form.will_findings(&props.readings).is_empty();
    let is_doubted = checkup.as_ref().is_some_and(|checkup| checkup.verdict.is_objection());
    let is_objectionable = parsed.is_ok() && (!is_good || is_doubted || form.is_misdirected());
    let warning = |place: Place| -> Option<AttrValue> {
        let finding = findings.iter().find(|finding| finding.at() == place)?;
        Some((words.finding)(finding).into())
    };
    let edit = |set: fn(&mut ConnectForm, String)| {
        let form = form.clone();
        props.on_edit.reform(move |text| {
            let mut form = form.clone();
            set(&mut form, text);
            form
        })
    };
    let tick = |set: fn(&mut ConnectForm, bool)| {
        let form = form.clone();
        props.on_edit.reform(move |ticked| {
            let mut form = form.clone();
            set(&mut form, ticked);
            form
        })
    };
    let onsubmit = {
        let (asked, parsed, on_connect) = (asked.clone(), parsed.clone(), props.on_connect.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(true);
            match &parsed {
                Ok(target) => on_connect.emit(target.clone()),
                Err(_) => browser::focus_first_invalid("connect-form"),
            }
        })
    };
    html! {
        <section class="zone connect" aria-labelledby="connect-title">
            <h2 id="connect-title">{ words.connect_title }</h2>
            <form id="connect-form" {onsubmit} novalidate=true>
                <Choice
                    id="destination" label={words.destination} value={form.destination.key()}
                    options={destinations(*language, &props.upstreams)}
                    on_choose={edit(|form, key| form.aim(Destination::from_key(&key)))}
                    hint={(words.destination_hint)(&form.destination)}
                />
                if form.destination == Destination::Address {
                    <Field
                        id="address" label={words.address} value={form.address.clone()}
                        example="wss://broker.example:8084/mqtt" keyboard="url"
                        on_input={edit(|form, text| form.address = text)} error={error(ConnectField::Address)}
                    />
                }
                <CredentialFields
                    language={*language} form={form.clone()} findings={findings.clone()} checkup={checkup.clone()}
                    now={now.to_unix_seconds()} on_edit={props.on_edit.clone()}
                    problems={if *asked { parsed.as_ref().err().cloned().unwrap_or_default() } else { Vec::new() }}
                />
                if let Some(checkup) = checkup {
                    <DoctorPanel
                        language={*language} form={form.clone()} {checkup} {now} on_edit={props.on_edit.clone()}
                    />
                }
                <div class="row">
                    <Field
                        id="keep-alive" label={words.keep_alive} value={form.keep_alive.clone()} keyboard="numeric"
                        on_input={edit(|form, text| form.keep_alive = text)} error={error(ConnectField::KeepAlive)}
                        warning={warning(Place::KeepAlive)}
                    />
                    <Tick
                        id="clean-session" label={words.clean_session} checked={form.clean_session}
                        on_tick={tick(|form, ticked| form.clean_session = ticked)}
                    />
                </div>
                if let Some(warning) = warning(Place::Connect) {
                    <p class="warning" id="clean-session-warning" role="status">{ warning }</p>
                }
                <WillFields
                    language={*language} form={form.clone()} on_edit={props.on_edit.clone()}
                    error={error(ConnectField::Will)}
                    warning={warning(Place::Will).or_else(|| {
                        form.will_findings(&props.readings).first().map(|finding| (words.finding)(finding).into())
                    })}
                />
                <Tick
                    id="upload-first" label={words.upload_first} checked={form.upload_first}
                    on_tick={tick(|form, ticked| form.upload_first = ticked)}
                />
                if let Some(error) = error(ConnectField::UploadFirst) {
                    <p class="error" id="upload-first-error" role="alert">{ error }</p>
                } else if let Some(objection) = first_objections.first() {
                    <p class="warning" id="upload-first-warning" role="status">{ (words.uploading.objection)(objection) }</p>
                }
                <div class="actions">
                    <button id="connect" class="primary">
                        {
                            match (is_objectionable, status.is_active()) {
                                (true, _) => words.connect_anyway,
                                (false, true) => words.connect_again,
                                (false, false) => words.connect,
                            }
                        }
                    </button>
                    // Never taken away: whoever pressed it would lose their place on the page.
                    <button
                        type="button" id="disconnect" aria-disabled={(!status.is_active()).to_string()}
                        onclick={props.on_disconnect.reform(|_| ())}
                    >
                        { words.disconnect }
                    </button>
                </div>
            </form>
            <StatusLine
                language={*language} status={status.clone()} unsent={props.unsent} oddities={props.oddities}
                on_try_now={props.on_try_now.clone()}
            />
        </section>
    }
}

fn destinations(language: Language, upstreams: &[String]) -> Vec<(AttrValue, AttrValue)> {
    let words = language.words();
    let upstreams = upstreams.iter().map(|name| Destination::Upstream(name.clone()));
    let all = [Destination::InPage].into_iter().chain(upstreams).chain([Destination::Address]);
    all.map(|place| (place.key().into(), (words.destination_name)(&place).into())).collect()
}

//! The panel that logs a device in.

use onenet::Timestamp;
use onenet::rules::{Place, Readings};
use yew::{
    AttrValue, Callback, Html, Properties, SubmitEvent, component, html, use_effect_with, use_state_eq,
};

use super::credentials::CredentialFields;
use super::judge::{Judge, Judgement};
use super::status_line::StatusLine;
use super::will::WillFields;
use crate::browser;
use crate::connect::{
    AddressProblem, ConnectField, ConnectForm, ConnectProblem, Destination, Oddities, PageAddress, Status,
    Target,
};
use crate::doctor::DoctorPanelProps;
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
    /// Says what is wrong with it; none while that is still on its way.
    pub judge: Option<&'static Judge>,
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
    let early = use_state_eq(|| false);
    let ConnectPanelProps { language, form, status, .. } = props;
    let words = language.front();
    let now = props.now.emit(());
    let judgement = props.judge.map(|judge| (judge.judge)(props, now)).unwrap_or_default();
    // Tokens grow old while somebody looks at them.
    use_seconds(judgement.checkup.is_some());
    let error = |field: ConnectField| -> Option<AttrValue> {
        let (_, problem, said) = judgement.problems.iter().find(|(at, ..)| *at == field)?;
        // What the browser will forbid is worth saying before it is tried.
        let at_once = *problem == ConnectProblem::Address(AddressProblem::Insecure);
        (*asked || at_once).then(|| said.clone())
    };
    let is_objectionable = judgement.is_doubtful() || (judgement.target.is_some() && form.is_misdirected());
    let warning = |place: Place| -> Option<AttrValue> {
        let (_, said) = judgement.findings.iter().find(|(at, _)| *at == place)?;
        Some(said.clone())
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
    let send = {
        let (target, on_connect) = (judgement.target.clone(), props.on_connect.clone());
        Callback::from(move |()| match &target {
            Some(target) => on_connect.emit(target.clone()),
            None => browser::focus_first_invalid("connect-form"),
        })
    };
    let onsubmit = {
        let (asked, send) = (asked.clone(), send.clone());
        let (judged, early) = (props.judge.is_some(), early.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(true);
            if judged {
                send.emit(());
            } else {
                early.set(true);
            }
        })
    };
    // Who was quicker than the judge need not press again.
    use_effect_with(*early && props.judge.is_some(), move |now| {
        if *now {
            early.set(false);
            send.emit(());
        }
    });
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
                    language={*language} form={form.clone()} judge={props.judge}
                    findings={judgement.findings.clone()} checkup={judgement.checkup.clone()}
                    expiry={judgement.expiry.clone()} on_edit={props.on_edit.clone()}
                    problems={if *asked { judgement.problems.clone() } else { Vec::new() }}
                />
                { doctor(props, &judgement, now) }
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
                    warning={warning(Place::Will).or_else(|| judgement.will.clone())}
                />
                <Tick
                    id="upload-first" label={words.upload_first} checked={form.upload_first}
                    on_tick={tick(|form, ticked| form.upload_first = ticked)}
                />
                if let Some(error) = error(ConnectField::UploadFirst) {
                    <p class="error" id="upload-first-error" role="alert">{ error }</p>
                } else if let Some(warning) = &judgement.first {
                    <p class="warning" id="upload-first-warning" role="status">{ warning }</p>
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

/// What the doctor says of the login as a whole.
fn doctor(props: &ConnectPanelProps, judgement: &Judgement, now: Timestamp) -> Html {
    let (Some(judge), Some(checkup)) = (props.judge, &judgement.checkup) else { return Html::default() };
    (judge.doctor)(DoctorPanelProps {
        language: props.language,
        form: props.form.clone(),
        checkup: checkup.clone(),
        now,
        on_edit: props.on_edit.clone(),
    })
}

fn destinations(language: Language, upstreams: &[String]) -> Vec<(AttrValue, AttrValue)> {
    let words = language.front();
    let upstreams = upstreams.iter().map(|name| Destination::Upstream(name.clone()));
    let all = [Destination::InPage].into_iter().chain(upstreams).chain([Destination::Address]);
    all.map(|place| (place.key().into(), (words.destination_name)(&place).into())).collect()
}

//! Who logs in: what the device speaks, and which value goes into which field for that.

use onenet::Generation;
use onenet::rules::Place;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use super::judge::Judge;
use super::token::token_fields;
use crate::connect::{ConnectField, ConnectForm, ConnectProblem};
use crate::doctor::{Checkup, NotesProps, Spot, notes_id};
use crate::locale::Language;
use crate::widgets::{Choice, Field, SecretField};

/// What the fields show and give.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct CredentialFieldsProps {
    pub(super) language: Language,
    pub(super) form: ConnectForm,
    /// Draws what is wrong with it; none while that is still on its way.
    pub(super) judge: Option<&'static Judge>,
    /// What is wrong with fields, as far as it shall be seen.
    pub(super) problems: Vec<(ConnectField, ConnectProblem, AttrValue)>,
    /// The rules that the login breaks.
    pub(super) findings: Vec<(Place, AttrValue)>,
    /// What the doctor says.
    pub(super) checkup: Option<Checkup>,
    /// Until when tokens that are signed now are good.
    pub(super) expiry: Option<AttrValue>,
    pub(super) on_edit: Callback<ConnectForm>,
}

impl CredentialFieldsProps {
    pub(super) fn edit(&self, set: fn(&mut ConnectForm, String)) -> Callback<String> {
        let form = self.form.clone();
        self.on_edit.reform(move |text| {
            let mut form = form.clone();
            set(&mut form, text);
            form
        })
    }

    /// What keeps a field from being sent. Where the doctor has told it better, it is left to him.
    pub(super) fn error(&self, field: ConnectField, spot: Spot) -> Option<AttrValue> {
        let (_, problem, said) = self.problems.iter().find(|(at, ..)| *at == field)?;
        let is_told =
            matches!(problem, ConnectProblem::Key(_) | ConnectProblem::Unnameable) && self.has_notes(spot);
        (!is_told).then(|| said.clone())
    }

    /// Whether something keeps a field from being sent.
    pub(super) fn is_wrong(&self, field: ConnectField) -> bool {
        self.problems.iter().any(|(at, ..)| *at == field)
    }

    /// The rule that a field breaks. Where the doctor has something to say, that is nearer to the point.
    pub(super) fn warning(&self, place: Place, spot: Spot) -> Option<AttrValue> {
        let (_, said) = self.findings.iter().find(|(at, _)| *at == place)?;
        (!self.has_notes(spot)).then(|| said.clone())
    }

    /// What the doctor says about a field.
    pub(super) fn notes(&self, field: &'static str, spot: Spot) -> Html {
        let (Some(judge), Some(checkup)) = (self.judge, &self.checkup) else { return Html::default() };
        (judge.notes)(NotesProps {
            language: self.language,
            field: field.into(),
            spot,
            diagnoses: checkup.at(spot),
            form: self.form.clone(),
            on_edit: self.on_edit.clone(),
        })
    }

    /// The id of that, where there is any.
    pub(super) fn described(&self, field: &'static str, spot: Spot) -> Option<AttrValue> {
        self.has_notes(spot).then(|| notes_id(field).into())
    }

    fn has_notes(&self, spot: Spot) -> bool {
        self.checkup.as_ref().is_some_and(|checkup| !checkup.at(spot).is_empty())
    }
}

/// The generation, the ids, and what proves them.
#[component]
pub(super) fn CredentialFields(props: &CredentialFieldsProps) -> Html {
    let CredentialFieldsProps { language, form, .. } = props;
    let login = &language.front().login;
    let generations = Generation::ALL
        .map(|generation| (key(generation).into(), (login.generation_name)(generation).into()))
        .to_vec();
    let misdirected = form.is_misdirected();
    html! {
        <>
            <div class="noted">
                <Choice
                    id="generation" label={login.generation} value={key(form.generation)} options={generations}
                    on_choose={props.edit(|form, key| form.choose(from_key(&key)))}
                    hint={(login.generation_hint)(form.generation)}
                    described={props.described("generation", Spot::Generation)}
                />
                if misdirected {
                    <p class="warning" id="generation-warning" role="status">
                        { (login.misdirected)(&form.destination) }
                    </p>
                }
                { props.notes("generation", Spot::Generation) }
            </div>
            <div class="noted">
                <div class="row">
                    <Field
                        id="device-id" label={(login.client_id)(form.generation)} value={form.device_id.clone()}
                        hint={(login.client_id_hint)(form.generation).map(AttrValue::Static)}
                        on_input={props.edit(|form, text| form.device_id = text)}
                        error={props.error(ConnectField::DeviceId, Spot::ClientId)}
                        warning={props.warning(Place::DeviceId, Spot::ClientId)}
                        described={props.described("device-id", Spot::ClientId)}
                        invalid={props.is_wrong(ConnectField::DeviceId)}
                    />
                    <Field
                        id="product-id" label={login.product_id} value={form.product_id.clone()}
                        hint={(login.product_id_hint)(form.generation).map(AttrValue::Static)}
                        on_input={props.edit(|form, text| form.product_id = text)}
                        error={props.error(ConnectField::ProductId, Spot::Username)}
                        warning={props.warning(Place::ProductId, Spot::Username)}
                        described={props.described("product-id", Spot::Username)}
                        invalid={props.is_wrong(ConnectField::ProductId)}
                    />
                </div>
                // Below both: half a line is too narrow for a sentence.
                { props.notes("device-id", Spot::ClientId) }
                { props.notes("product-id", Spot::Username) }
            </div>
            if form.generation.has_tokens() {
                { token_fields(props) }
            } else {
                <div class="noted">
                    <SecretField
                        language={*language} id="auth-info" label={(login.secret)(form.generation)}
                        value={form.auth_info.clone()}
                        on_input={props.edit(|form, text| form.auth_info = text)}
                        error={props.error(ConnectField::AuthInfo, Spot::AuthInfo)}
                        warning={props.warning(Place::AuthInfo, Spot::AuthInfo)}
                        described={props.described("auth-info", Spot::AuthInfo)}
                    />
                    { props.notes("auth-info", Spot::AuthInfo) }
                </div>
            }
        </>
    }
}

fn key(generation: Generation) -> &'static str {
    match generation {
        Generation::Legacy => "legacy",
        Generation::Suite => "suite",
        Generation::Studio => "studio",
    }
}

fn from_key(text: &str) -> Generation {
    Generation::ALL.into_iter().find(|generation| key(*generation) == text).unwrap_or(Generation::Legacy)
}

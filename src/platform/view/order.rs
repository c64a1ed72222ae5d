//! What the console does with a device that logs in with tokens: one form for each function of the real one.

use std::rc::Rc;

use onenet::Generation;
use onenet::studio::ThingModel;
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, component, html, use_state_eq};

use super::by_model::{Edit, property_fields, service_fields};
use crate::browser;
use crate::locale::Language;
use crate::platform::{Ask, Order, OrderField, OrderForm, OrderOutcome, TIMEOUTS};
use crate::upload::{ENCODINGS, Encoding, UploadProblem};
use crate::widgets::{Choice, Field, Tick};

/// What the form shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct OrderPartProps {
    pub(super) language: Language,
    /// What the device speaks.
    pub(super) generation: Generation,
    /// The id of the device; none where there is none to do something with.
    pub(super) device: Option<String>,
    /// What is typed.
    pub(super) form: OrderForm,
    /// The thing model of the device's product.
    pub(super) model: Option<Rc<ThingModel>>,
    /// What the platform said at once to the last order.
    pub(super) outcome: Option<OrderOutcome>,
    /// Called with every edit.
    pub(super) on_edit: Callback<OrderForm>,
    /// Called with a device and what to do with it, complete.
    pub(super) on_order: Callback<(String, Order)>,
}

/// The choice of a function, and its form.
#[component]
pub(super) fn OrderPart(props: &OrderPartProps) -> Html {
    let asked = use_state_eq(|| false);
    let OrderPartProps { language, generation, device, form, model, outcome, .. } = props;
    let said = &language.words().console;
    let Some(ask) = form.ask(*generation) else { return Html::default() };
    let parsed = form.parse(ask, model.as_ref());
    let onsubmit = {
        let (asked, parsed) = (asked.clone(), parsed.clone());
        let (device, on_order) = (device.clone(), props.on_order.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            asked.set(parsed.is_err());
            match (&device, &parsed) {
                (Some(device), Ok(order)) => on_order.emit((device.clone(), order.clone())),
                (_, Err(_)) => browser::focus_first_invalid("order-form"),
                (None, Ok(_)) => {}
            }
        })
    };
    // An empty field is worth pointing at only once it was sent.
    let problems = parsed.err().unwrap_or_default();
    let problems = problems.into_iter().filter(|(_, problem)| *asked || *problem != UploadProblem::Empty);
    let fields = Fields { props, ask, problems: problems.collect() };
    let asks = Ask::all(*generation).iter();
    let options = asks.map(|ask| (ask.key().into(), (said.ask_name)(*ask).into()));
    let generation = *generation;
    html! {
        <form id="order-form" {onsubmit} novalidate=true>
            <Choice
                id="order-ask" label={said.ask} value={ask.key()} options={options.collect::<Vec<_>>()}
                on_choose={fields.edit(move |form, key: String| {
                    form.ask = Ask::from_key(generation, &key).map_or("", Ask::key);
                })}
                hint={(said.ask_hint)(ask)}
            />
            { fields.draw() }
            <div class="actions">
                <button id="order" class="primary" disabled={device.is_none()}>{ (said.order)(ask) }</button>
            </div>
            <div id="order-outcome" aria-live="polite">
                if let Some(outcome) = outcome {
                    <p class={if matches!(outcome, OrderOutcome::Refused(_)) { "error" } else { "hint" }}>
                        { (said.outcome)(outcome) }
                    </p>
                }
            </div>
        </form>
    }
}

/// The fields of one function.
struct Fields<'a> {
    props: &'a OrderPartProps,
    ask: Ask,
    problems: Vec<(OrderField, UploadProblem)>,
}

impl Fields<'_> {
    /// A callback that changes the form by what was typed.
    fn edit<T: 'static>(&self, set: impl Fn(&mut OrderForm, T) + 'static) -> Callback<T> {
        let form = self.props.form.clone();
        self.props.on_edit.reform(move |value| {
            let mut form = form.clone();
            set(&mut form, value);
            form
        })
    }

    /// What is wrong with a field, in words.
    fn error(&self, field: OrderField) -> Option<AttrValue> {
        let (_, problem) = self.problems.iter().find(|(at, _)| *at == field)?;
        Some((self.props.language.words().upload_problem)(problem).into())
    }

    fn draw(&self) -> Html {
        let OrderPartProps { language, form, model, .. } = self.props;
        let words = language.words();
        let said = &words.console;
        let by_hand = model.as_ref().map(|_| {
            html! {
                <Tick
                    id="order-by-hand" label={said.by_hand} checked={form.by_hand}
                    on_tick={self.edit(|form, by_hand| form.by_hand = by_hand)}
                />
            }
        });
        let edit = model.as_ref().filter(|_| !form.by_hand).map(|model| Edit {
            words,
            typed: form.by_model(model),
            on_edit: self.edit(|form, typed| form.by_model = Some(Box::new(typed))),
        });
        match (self.ask, edit) {
            (Ask::Command, _) => self.command(),
            (Ask::Image, _) => html! {
                <Field
                    id="order-state" label={said.state} value={form.state.clone()} lines=3
                    on_input={self.edit(|form, text| form.state = text)} error={self.error(OrderField::State)}
                />
            },
            (Ask::PropertySet | Ask::DesiredSet, Some(edit)) => html! {
                <>
                    { by_hand }
                    { property_fields(&edit) }
                    if self.error(OrderField::Values).is_some() {
                        <p class="error" role="alert">{ said.nothing_ticked }</p>
                    }
                </>
            },
            (Ask::PropertySet | Ask::DesiredSet, None) => html! {
                <>
                    { by_hand }
                    <Field
                        id="order-values" label={said.values} value={form.values.clone()} lines=3
                        on_input={self.edit(|form, text| form.values = text)} error={self.error(OrderField::Values)}
                    />
                </>
            },
            (Ask::PropertyGet | Ask::DesiredClear, _) => html! {
                <Field
                    id="order-names" label={said.names} value={form.names.clone()}
                    on_input={self.edit(|form, text| form.names = text)}
                    error={self.error(OrderField::Names)} hint={(said.names_hint)(self.ask)}
                />
            },
            (Ask::Service, Some(edit)) if edit.typed.chosen_service().is_some() => {
                html! { <>{ by_hand }{ service_fields(&edit) }</> }
            }
            (Ask::Service, edit) => html! {
                <>
                    { by_hand }
                    if edit.is_some() {
                        <p class="hint">{ said.no_service }</p>
                    }
                    { self.service() }
                </>
            },
        }
    }

    fn command(&self) -> Html {
        let OrderPartProps { language, form, .. } = self.props;
        let words = language.words();
        let said = &words.console;
        let encodings =
            ENCODINGS.map(|encoding| (encoding.key().into(), (words.encoding_name)(encoding).into()));
        let timeouts = TIMEOUTS.map(|seconds| (seconds.to_string().into(), (said.seconds)(seconds).into()));
        html! {
            <>
                <Field
                    id="order-body" label={said.body} value={form.body.clone()} lines=2
                    on_input={self.edit(|form, text| form.body = text)} error={self.error(OrderField::Body)}
                />
                <div class="row">
                    <Choice
                        id="order-encoding" label={words.encoding} value={form.encoding.key()}
                        options={encodings.to_vec()}
                        on_choose={self.edit(|form, key: String| form.encoding = Encoding::from_key(&key))}
                    />
                    <Choice
                        id="order-timeout" label={said.timeout} value={form.timeout.to_string()}
                        options={timeouts.to_vec()}
                        on_choose={self.edit(|form, seconds: String| {
                            form.timeout = seconds.parse().unwrap_or(TIMEOUTS[0]);
                        })}
                    />
                </div>
            </>
        }
    }

    fn service(&self) -> Html {
        let OrderPartProps { language, form, .. } = self.props;
        let said = &language.words().console;
        html! {
            <>
                <Field
                    id="order-service" label={said.service} value={form.service.clone()}
                    on_input={self.edit(|form, text| form.service = text)} error={self.error(OrderField::Service)}
                />
                <Field
                    id="order-input" label={said.input} value={form.input.clone()} lines=2
                    on_input={self.edit(|form, text| form.input = text)} error={self.error(OrderField::Input)}
                />
            </>
        }
    }
}

//! The panel as a whole.

use std::rc::Rc;

use onenet::Generation;
use onenet::rules::Readings;
use onenet::studio::ThingModel;
use simulator::{Faults, Strike};
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, component, html};

use super::asked::{CallLine, CommandLine};
use super::device::DevicePart;
use super::faults::FaultGroup;
use super::order::OrderPart;
use super::readings::ReadingList;
use crate::locale::Language;
use crate::platform::{Console, DeviceView, FaultForm, Order, OrderForm};
use crate::widgets::{Choice, Field, Tick, clock};

/// What the panel shows and gives.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct PlatformPanelProps {
    /// The language of its words.
    pub language: Language,
    /// The console's values.
    pub console: Console,
    /// What devices speak that log in here, while none has.
    pub generation: Generation,
    /// The thing model that was imported, if one was.
    pub model: Option<Rc<ThingModel>>,
    /// Which source the platform follows where sources disagree.
    pub readings: Readings,
    /// Called with other readings.
    pub on_follow: Callback<Readings>,
    /// Called with every edit of the command.
    pub on_edit: Callback<String>,
    /// Called with a device and the command to send to it.
    pub on_send: Callback<(String, String)>,
    /// Called with every edit of the form for devices with tokens, and with another choice of the device.
    pub on_edit_order: Callback<OrderForm>,
    /// Called with a device with tokens and what to do with it.
    pub on_order: Callback<(String, Order)>,
    /// Called with whether the platform shall count what devices with tokens do.
    pub on_enforce_rates: Callback<bool>,
    /// Called with every edit of the faults.
    pub on_edit_faults: Callback<FaultForm>,
    /// Called with what shall go wrong from now on.
    pub on_set_faults: Callback<Faults>,
    /// Called with what shall go wrong now.
    pub on_strike: Callback<Strike>,
}

/// What people may do with the platform's devices, what it stored, and what it did.
#[component]
pub fn PlatformPanel(props: &PlatformPanelProps) -> Html {
    let PlatformPanelProps { language, console, .. } = props;
    let words = language.words();
    let device = console.device();
    let online = device.filter(|device| device.online);
    let generation = device.map_or(props.generation, |device| device.generation);
    let calls = console.snapshot.calls.iter().map(|call| {
        html! { <CallLine key={format!("call-{}", call.id)} language={*language} call={call.clone()} /> }
    });
    let commands = console.snapshot.commands.iter().map(|command| {
        html! { <CommandLine key={command.id.clone()} language={*language} command={command.clone()} /> }
    });
    html! {
        <section class="zone platform" id="platform" aria-labelledby="platform-title">
            <h2 id="platform-title">{ words.front.platform_title }</h2>
            <p class="hint">{ words.platform_hint }</p>

            { device_choice(props, device) }
            if generation.has_tokens() {
                <OrderPart
                    language={*language} {generation} device={device.map(|device| device.id.clone())}
                    form={console.order.clone()} model={props.model.clone()} outcome={console.outcome.clone()}
                    on_edit={props.on_edit_order.clone()} on_order={props.on_order.clone()}
                />
            } else {
                { command_form(props, online) }
            }
            if console.snapshot.online_device().is_none() {
                <p class="hint">{ words.no_device }</p>
            } else if online.is_none() {
                <p class="hint">{ words.console.offline }</p>
            }
            <ol id="platform-commands" class="commands">
                if generation.has_tokens() {
                    { for calls }
                    { for commands }
                } else {
                    { for commands }
                    { for calls }
                }
            </ol>

            <FaultGroup
                language={*language} form={console.faults.clone()} on={console.snapshot.faults.clone()}
                online={console.snapshot.online_device().is_some()} on_edit={props.on_edit_faults.clone()}
                on_set={props.on_set_faults.clone()} on_strike={props.on_strike.clone()}
            />
            if generation.has_tokens() || console.snapshot.rates {
                <div class="rates">
                    <Tick
                        id="rates" label={words.console.rates} checked={console.snapshot.rates}
                        on_tick={props.on_enforce_rates.clone()}
                    />
                    <p class="hint">{ words.console.rates_hint }</p>
                </div>
            }

            <h3>{ words.stored }</h3>
            <div id="platform-streams">
                if console.snapshot.devices.iter().all(|device| device.streams.is_empty()) {
                    <p class="empty">{ words.nothing_stored }</p>
                }
                for device in &console.snapshot.devices {
                    <DevicePart key={device.id.clone()} language={*language} device={device.clone()} />
                }
            </div>

            <ReadingList
                language={*language} readings={props.readings} on_follow={props.on_follow.clone()}
            />

            <h3>{ words.platform_log }</h3>
            <ol id="platform-log" class="log" tabindex="0" aria-live="polite">
                for note in console.notes() {
                    <li><time>{ clock(note.at) }</time>{ " " }{ (words.happening)(&note.happening) }</li>
                }
            </ol>
        </section>
    }
}

/// Which device, where there are several.
fn device_choice(props: &PlatformPanelProps, device: Option<&DeviceView>) -> Html {
    let PlatformPanelProps { language, console, .. } = props;
    let words = language.words();
    let Some(device) = device.filter(|_| console.snapshot.devices.len() > 1) else { return Html::default() };
    let options = console.snapshot.devices.iter().map(|device| {
        let name = (words.device)(&(words.console.device_name)(&device.id), device.online);
        (AttrValue::from(device.id.clone()), AttrValue::from(name))
    });
    let form = console.order.clone();
    html! {
        <Choice
            id="order-device" label={words.console.device} value={device.id.clone()}
            options={options.collect::<Vec<_>>()}
            on_choose={props.on_edit_order.reform(move |device| OrderForm { device, ..form.clone() })}
        />
    }
}

/// A command of the legacy platform.
fn command_form(props: &PlatformPanelProps, device: Option<&DeviceView>) -> Html {
    let PlatformPanelProps { language, console, on_edit, on_send, .. } = props;
    let words = language.words();
    let onsubmit = {
        let (device, body) = (device.map(|device| device.id.clone()), console.command.clone());
        let on_send = on_send.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(device) = &device {
                on_send.emit((device.clone(), body.clone()));
            }
        })
    };
    html! {
        <form id="command-form" class="command-form" {onsubmit}>
            <Field
                id="command-body" label={words.command_label} value={console.command.clone()}
                example={r#"{"led":1}"#} on_input={on_edit}
                error={console.refused.as_ref().map(|error| AttrValue::from((words.command_refused)(error)))}
            />
            <button id="send-command" class="primary" disabled={device.is_none()}>{ words.send_command }</button>
        </form>
    }
}

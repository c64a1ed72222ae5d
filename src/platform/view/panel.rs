//! The panel as a whole.

use onenet::rules::Readings;
use simulator::{CommandState, Faults, Strike};
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, component, html};

use super::faults::FaultGroup;
use super::readings::ReadingList;
use crate::locale::{Language, Words};
use crate::platform::{CommandView, Console, DeviceView, FaultForm};
use crate::widgets::{Field, clock, shortened};

/// What the panel shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub struct PlatformPanelProps {
    /// The language of its words.
    pub language: Language,
    /// The console's values.
    pub console: Console,
    /// Which source the platform follows where sources disagree.
    pub readings: Readings,
    /// Called with other readings.
    pub on_follow: Callback<Readings>,
    /// Called with every edit of the command.
    pub on_edit: Callback<String>,
    /// Called with a device and the command to send to it.
    pub on_send: Callback<(String, String)>,
    /// Called with every edit of the faults.
    pub on_edit_faults: Callback<FaultForm>,
    /// Called with what shall go wrong from now on.
    pub on_set_faults: Callback<Faults>,
    /// Called with what shall go wrong now.
    pub on_strike: Callback<Strike>,
}

/// What the platform stored, the commands it sent, and what it did.
#[component]
pub fn PlatformPanel(props: &PlatformPanelProps) -> Html {
    let PlatformPanelProps { language, console, on_edit, on_send, .. } = props;
    let words = language.words();
    let device = console.snapshot.online_device();
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
        <section class="zone platform" id="platform" aria-labelledby="platform-title">
            <h2 id="platform-title">{ words.platform_title }</h2>
            <p class="hint">{ words.platform_hint }</p>

            <form id="command-form" class="command-form" {onsubmit}>
                <Field
                    id="command-body" label={words.command_label} value={console.command.clone()}
                    example={r#"{"led":1}"#} on_input={on_edit}
                    error={console.refused.as_ref().map(|error| AttrValue::from((words.command_refused)(error)))}
                />
                <button id="send-command" class="primary" disabled={device.is_none()}>{ words.send_command }</button>
            </form>
            if device.is_none() {
                <p class="hint">{ words.no_device }</p>
            }
            <ol id="platform-commands" class="commands">
                for command in &console.snapshot.commands {
                    <CommandLine key={command.id.clone()} language={*language} command={command.clone()} />
                }
            </ol>

            <FaultGroup
                language={*language} form={console.faults.clone()} on={console.snapshot.faults.clone()}
                online={device.is_some()} on_edit={props.on_edit_faults.clone()}
                on_set={props.on_set_faults.clone()} on_strike={props.on_strike.clone()}
            />

            <h3>{ words.stored }</h3>
            <div id="platform-streams">
                if console.snapshot.devices.iter().all(|device| device.streams.is_empty()) {
                    <p class="empty">{ words.nothing_stored }</p>
                }
                for device in &console.snapshot.devices {
                    <DeviceStreams key={device.id.clone()} language={*language} device={device.clone()} />
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

/// What the line shows.
#[derive(Debug, PartialEq, Properties)]
struct CommandLineProps {
    language: Language,
    command: CommandView,
}

/// A command and its answer.
#[component]
fn CommandLine(props: &CommandLineProps) -> Html {
    let CommandLineProps { language, command } = props;
    let words = language.words();
    let state = match command.state {
        CommandState::Created => "created",
        CommandState::Sent => "sent",
        CommandState::Answered => "answered",
        CommandState::Expired => "expired",
    };
    html! {
        <li data-state={state} title={command.id.clone()}>
            <code>{ shortened(&command.body) }</code>
            <span class="fate">{ (words.command_state)(command.state) }</span>
            if let Some(answer) = &command.answer {
                <code class="answer">{ shortened(answer) }</code>
            }
        </li>
    }
}

/// What the table shows.
#[derive(Debug, PartialEq, Properties)]
struct DeviceStreamsProps {
    language: Language,
    device: DeviceView,
}

/// The data streams of one device.
#[component]
fn DeviceStreams(props: &DeviceStreamsProps) -> Html {
    let DeviceStreamsProps { language, device } = props;
    let words = language.words();
    html! {
        <>
            { standing(device, words) }
            if !device.streams.is_empty() {
                { streams(device, words) }
            }
        </>
    }
}

/// What the device leaves behind if it is lost, and what is not through yet.
fn standing(device: &DeviceView, words: &Words) -> Html {
    let will = device.will.as_deref().map(words.fault.will);
    let under_way = Some((words.fault.under_way)(device.under_way, device.kept));
    let parts: Vec<String> = will.into_iter().chain(under_way).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return Html::default();
    }
    html! {
        <p class="standing hint">{ (words.device)(&device.id, device.online) }{ ": " }{ parts.join(" · ") }</p>
    }
}

fn streams(device: &DeviceView, words: &Words) -> Html {
    html! {
        <table class="streams">
            <caption>{ (words.device)(&device.id, device.online) }</caption>
            <thead>
                <tr><th scope="col">{ words.stream }</th><th scope="col">{ words.value }</th><th scope="col">{ words.stored_at }</th></tr>
            </thead>
            for stream in &device.streams {
                <tbody key={stream.id.clone()}>
                    for (at, value) in &stream.newest {
                        <tr>
                            <th scope="row">{ (words.stream_count)(&stream.id, stream.count) }</th>
                            <td class="value">{ shortened(value) }</td>
                            <td class="when">{ at }</td>
                        </tr>
                    }
                </tbody>
            }
        </table>
    }
}

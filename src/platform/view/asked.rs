//! What devices were asked for, and what they answered.

use simulator::{CallState, CommandState};
use yew::{Html, Properties, component, html};

use crate::locale::Language;
use crate::platform::{CallView, CommandView};
use crate::widgets::shortened;

/// What the line shows.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct CommandLineProps {
    pub(super) language: Language,
    pub(super) command: CommandView,
}

/// A command of the legacy platform, and its answer.
#[component]
pub(super) fn CommandLine(props: &CommandLineProps) -> Html {
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

/// What the line shows.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct CallLineProps {
    pub(super) language: Language,
    pub(super) call: CallView,
}

/// What a device with tokens was asked for, and its answer.
#[component]
pub(super) fn CallLine(props: &CallLineProps) -> Html {
    let CallLineProps { language, call } = props;
    let said = &language.words().console;
    let state = match &call.state {
        CallState::Sent => "sent",
        CallState::Answered(code) if code.is_none_or(|code| code.is_success()) => "answered",
        CallState::Answered(_) | CallState::Unreadable(_) => "refused",
        CallState::TimedOut => "expired",
    };
    html! {
        <li class="call" data-state={state} title={call.topic.clone()}>
            <strong>{ format!("{} · {}", call.id, (said.call_kind)(&call.kind)) }</strong>
            <span class="fate">{ (said.call_state)(&call.kind, &call.state) }</span>
            <span class="hint">{ (said.device_name)(&call.device_id) }</span>
            <code>{ shortened(&call.body) }</code>
            if let Some(answer) = &call.answer {
                <code class="answer">{ shortened(answer) }</code>
            }
        </li>
    }
}

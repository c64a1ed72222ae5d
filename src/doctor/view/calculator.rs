//! How a token comes about, step by step, to be followed by hand.

use onenet::token::{Method, Parameter, Step, Steps};
use yew::{Html, Properties, component, html, use_state_eq};

use crate::browser;
use crate::locale::{DoctorWords, Language};

/// What the calculator shows.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct CalculatorProps {
    pub(super) language: Language,
    /// The steps; `None` while something is missing for them.
    pub(super) steps: Option<Steps>,
    /// How tokens are signed.
    pub(super) method: Method,
    /// Whether it is the token that should have been pasted.
    pub(super) is_pasted: bool,
}

/// The id of the token that is there to be copied by hand.
const TOKEN: &str = "calculated-token";

/// Every step between key and password. What is secret is masked until somebody asks for it.
#[component]
pub(super) fn Calculator(props: &CalculatorProps) -> Html {
    let words = &props.language.words().doctor;
    let shown = use_state_eq(|| false);
    // Whether the browser let the token be copied, and which it was.
    let copied = use_state_eq(|| None::<(String, bool)>);
    let Some(steps) = &props.steps else {
        return html! {
            <details class="calculator" id="calculator">
                <summary>{ words.calculator }</summary>
                <p class="hint">{ words.calculator_empty }</p>
            </details>
        };
    };
    let on_show = {
        let shown = shown.clone();
        move |_| shown.set(!*shown)
    };
    let on_copy = {
        let (token, copied, shown) = (steps.token.clone(), copied.clone(), shown.clone());
        move |_| {
            let (token, copied, shown) = (token.clone(), copied.clone(), shown.clone());
            browser::copy(token.clone(), TOKEN, move |done| {
                // What cannot be copied must be seen to be copied by hand.
                if !done {
                    shown.set(true);
                }
                copied.set(Some((token, done)));
            });
        }
    };
    let said = match copied.as_ref().filter(|(token, _)| *token == steps.token) {
        None => "",
        Some((_, true)) => words.copied,
        Some((_, false)) => words.not_copied,
    };
    let hint = if props.is_pasted { words.right_token_hint } else { words.calculator_hint };
    let secret = |text: String, bytes: usize| if *shown { text } else { (words.bytes)(bytes) };
    let lines = steps.text.lines().count();
    html! {
        <details class="calculator" id="calculator">
            <summary>{ words.calculator }</summary>
            <p class="hint">{ hint }</p>
            <button
                type="button" class="quiet" id="show-steps" aria-pressed={shown.to_string()} onclick={on_show}
            >
                { if *shown { words.hide_secrets } else { words.show_secrets } }
            </button>
            <h4>{ words.text_step }</h4>
            <ol class="lines">
                for (index, line) in steps.text.lines().enumerate() {
                    <li>
                        <code>{ line }</code>
                        if index + 1 < lines {
                            <span class="line-break" title={words.line_break}>
                                <span aria-hidden="true">{ "⏎" }</span>
                                <span class="for-readers">{ words.line_break }</span>
                            </span>
                        } else {
                            <span class="hint">{ words.no_line_break }</span>
                        }
                    </li>
                }
            </ol>
            <h4>{ words.key_step }</h4>
            <code class="bytes" id="key-bytes">{ secret(hex(steps.key.bytes()), steps.key.bytes().len()) }</code>
            <h4>{ (words.digest_step)(method(steps, props.method).as_str()) }</h4>
            <code class="bytes" id="digest">{ secret(hex(&steps.digest), steps.digest.len()) }</code>
            <h4>{ words.base64_step }</h4>
            <code class="bytes">{ secret(steps.base64.clone(), steps.base64.len()) }</code>
            <h4>{ words.escape_step }</h4>
            { escapes(steps, *shown, words) }
            <h4>{ words.token_step }</h4>
            <code class="bytes" id={TOKEN} tabindex="0">{ secret(steps.token.clone(), steps.token.len()) }</code>
            <div class="actions">
                <button type="button" id="copy-token" onclick={on_copy}>{ words.copy }</button>
                <p class="hint" id="token-copied" role="status">{ said }</p>
            </div>
        </details>
    }
}

/// Each value before and after escaping.
fn escapes(steps: &Steps, shown: bool, words: &DoctorWords) -> Html {
    let value = |step: &Step, text: &str| {
        if step.parameter == Parameter::Sign && !shown { (words.bytes)(text.len()) } else { text.to_owned() }
    };
    html! {
        <table class="token-table">
            <thead>
                <tr>
                    <th scope="col">{ words.parameter }</th>
                    <th scope="col">{ words.before }</th>
                    <th scope="col">{ words.after }</th>
                </tr>
            </thead>
            <tbody>
                for step in &steps.values {
                    <tr>
                        <th scope="row"><code>{ step.parameter.as_str() }</code></th>
                        <td><code>{ value(step, &step.before) }</code></td>
                        <td><code>{ value(step, &step.after) }</code></td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

/// How these steps are signed: a pasted token may say otherwise than the form.
fn method(steps: &Steps, typed: Method) -> Method {
    let named = steps.values.iter().find(|step| step.parameter == Parameter::Method);
    named.and_then(|step| Method::parse(&step.before).ok()).unwrap_or(typed)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

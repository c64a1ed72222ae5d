//! The panel that shows the same message as code.

use onenet::Timestamp;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_memo, use_state_eq};

use super::{DIALECTS, Dialect, Missing, Recipe, Server, ServerField};
use crate::browser;
use crate::connect::{ConnectField, ConnectForm, Destination};
use crate::locale::{Language, Words};
use crate::upload::UploadForm;
use crate::widgets::{Choice, Field, Tick};

/// What the panel shows.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct SnippetPanelProps {
    /// The language of its words and of the comments.
    pub language: Language,
    /// What is typed to log in.
    pub login: ConnectForm,
    /// What is typed to upload.
    pub upload: UploadForm,
    /// Tells the time, for uploads without one.
    pub now: Callback<(), Timestamp>,
}

/// A server typed in place of the usual one, for as long as the same destination is chosen.
#[derive(Debug, Clone, PartialEq)]
struct Typed {
    destination: (Destination, String),
    host: String,
    port: String,
}

/// The same message as code, in the language of the person's choice.
#[component]
pub fn SnippetPanel(props: &SnippetPanelProps) -> Html {
    let SnippetPanelProps { language, login, upload, .. } = props;
    let dialect = use_state_eq(|| Dialect::Python);
    let typed = use_state_eq(|| None::<Typed>);
    let with_password = use_state_eq(|| false);
    // The code that was copied, and whether the browser let it.
    let copied = use_state_eq(|| None::<(AttrValue, bool)>);
    // "Now" is when the forms were edited: another language shows the same message.
    let now = use_memo((login.clone(), upload.clone()), |_| props.now.emit(()));
    let words = language.words();
    let snippet = &words.snippet;

    let destination = (login.destination.clone(), login.address.clone());
    let Typed { host, port, .. } =
        (*typed).clone().filter(|typed| typed.destination == destination).unwrap_or_else(|| {
            let (host, port) = Server::usual(&destination.0, &destination.1);
            Typed { destination: destination.clone(), host, port: port.to_string() }
        });
    let server = Server::parse(&host, &port);
    let server_error = |field: ServerField| -> Option<AttrValue> {
        let wrong = server.as_ref().is_err_and(|wrong| wrong.contains(&field));
        wrong.then(|| (snippet.server_problem)(field).into())
    };
    let edit = |host: Option<String>, port: Option<String>| {
        let (typed, destination) = (typed.clone(), destination.clone());
        Callback::from(move |text: String| {
            let host = host.clone().unwrap_or_else(|| text.clone());
            let port = port.clone().unwrap_or_else(|| text.clone());
            typed.set(Some(Typed { destination: destination.clone(), host, port }));
        })
    };
    let recipe = match &server {
        Ok(server) => Recipe::new(server.clone(), login, upload, *now),
        // Said at its field.
        Err(_) => Err(Vec::new()),
    };
    let code = recipe.map(|recipe| {
        let recipe = if *with_password { recipe } else { recipe.without_password() };
        AttrValue::from(dialect.write(&recipe, *language))
    });
    html! {
        <section class="zone snippet" aria-labelledby="snippet-title">
            <div class="zone-head">
                <h2 id="snippet-title">{ words.front.programs_title }</h2>
                <p class="hint">{ snippet.hint }</p>
            </div>
            <div class="row">
                <Choice
                    id="dialect" label={snippet.dialect} value={dialect.key()}
                    options={DIALECTS.map(|dialect| (dialect.key().into(), (snippet.dialect_name)(dialect).into())).to_vec()}
                    on_choose={
                        let dialect = dialect.clone();
                        Callback::from(move |key: String| dialect.set(Dialect::from_key(&key)))
                    }
                />
                <Field
                    id="snippet-host" label={snippet.host} value={host.clone()} keyboard="url"
                    on_input={edit(None, Some(port.clone()))} error={server_error(ServerField::Host)}
                />
                <Field
                    id="snippet-port" label={snippet.port} value={port} keyboard="numeric"
                    on_input={edit(Some(host), None)} error={server_error(ServerField::Port)}
                />
                <Tick
                    id="include-password" label={snippet.include_password} checked={*with_password}
                    on_tick={
                        let with_password = with_password.clone();
                        Callback::from(move |ticked| with_password.set(ticked))
                    }
                />
            </div>
            if login.destination == Destination::InPage {
                <p class="hint">{ snippet.in_page_hint }</p>
            }
            if *with_password {
                <p class="warning" id="password-included" role="status">{ snippet.password_included }</p>
            }
            {
                match code {
                    Ok(code) => {
                        let outcome = copied.as_ref().filter(|(text, _)| *text == code).map(|(_, done)| *done);
                        let on_copy = {
                            let (code, copied) = (code.clone(), copied.clone());
                            Callback::from(move |_| {
                                let (text, copied) = (code.clone(), copied.clone());
                                browser::copy(code.to_string(), CODE, move |done| copied.set(Some((text, done))));
                            })
                        };
                        program(code, (snippet.dialect_name)(*dialect), outcome, on_copy, words)
                    }
                    Err(missing) if missing.is_empty() => Html::default(),
                    Err(missing) => html! {
                        <div id="snippet-missing" role="status">
                            <p>{ snippet.missing }</p>
                            <ul>
                                for missing in &missing {
                                    <li class="warning">{ sentence(missing, words) }</li>
                                }
                            </ul>
                        </div>
                    },
                }
            }
        </section>
    }
}

/// The element that holds the code.
const CODE: &str = "snippet-code";

fn program(
    code: AttrValue,
    name: &'static str,
    copied: Option<bool>,
    on_copy: Callback<yew::MouseEvent>,
    words: &Words,
) -> Html {
    let said = match copied {
        None => "",
        Some(true) => words.snippet.copied,
        Some(false) => words.snippet.not_copied,
    };
    html! {
        <>
            <pre id={CODE} class="code" tabindex="0" role="region" aria-label={name}>{ code }</pre>
            <div class="actions">
                <button type="button" id="copy-code" onclick={on_copy}>{ words.snippet.copy }</button>
                <p id="copied" class="hint" role="status">{ said }</p>
            </div>
        </>
    }
}

fn sentence(missing: &Missing, words: &Words) -> String {
    match missing {
        Missing::Login(field, problem) => {
            let problem = (words.connect_problem)(*problem);
            match field {
                ConnectField::KeepAlive => format!("{} · {problem}", words.front.keep_alive),
                // Their sentences name the field.
                ConnectField::DeviceId
                | ConnectField::ProductId
                | ConnectField::AuthInfo
                | ConnectField::Key
                | ConnectField::Token
                | ConnectField::Expiry
                | ConnectField::Will
                | ConnectField::Address
                | ConnectField::UploadFirst => problem,
            }
        }
        Missing::Upload(_, problem) => {
            format!("{} · {}", words.front.upload_title, (words.upload_problem)(problem))
        }
        Missing::TooLong { length } => (words.snippet.too_long)(*length),
    }
}

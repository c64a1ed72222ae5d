//! What proves who logs in where that is a token: the key that signs one, or one from elsewhere.

use onenet::rules::Place;
use onenet::token::Method;
use yew::{AttrValue, Html, html};

use super::credentials::CredentialFieldsProps;
use crate::connect::{ConnectField, Lifetime, TokenSource, VERSIONS};
use crate::doctor::Spot;
use crate::widgets::{Choice, Field, SecretField};

/// Where the token comes from, and the fields for that.
pub(super) fn token_fields(props: &CredentialFieldsProps) -> Html {
    let words = &props.language.front().login;
    let source = props.form.token.source;
    let sources = TokenSource::ALL
        .map(|source| (source.key().into(), AttrValue::Static((words.source_name)(source))))
        .to_vec();
    html! {
        <>
            <Choice
                id="token-source" label={words.source} value={source.key()} options={sources}
                on_choose={props.edit(|form, key| {
                    let named = TokenSource::ALL.into_iter().find(|source| source.key() == key);
                    form.token.source = named.unwrap_or(TokenSource::Key);
                })}
            />
            if source == TokenSource::Pasted {
                <div class="noted">
                    <SecretField
                        language={props.language} id="token" label={(words.secret)(props.form.generation)}
                        value={props.form.token.token.clone()} hint={words.token_hint}
                        on_input={props.edit(|form, text| form.token.token = text)}
                        error={props.error(ConnectField::Token, Spot::Token)}
                        warning={props.warning(Place::AuthInfo, Spot::Token).filter(|_| !props.form.token.token.is_empty())}
                        described={props.described("token", Spot::Token)}
                    />
                    { props.notes("token", Spot::Token) }
                </div>
            }
            <div class="noted">
                <SecretField
                    language={props.language} id="device-key"
                    label={if source == TokenSource::Pasted { words.key_to_check } else { words.key }}
                    value={props.form.token.key.clone()}
                    hint={if source == TokenSource::Pasted { words.key_to_check_hint } else { words.key_hint }}
                    on_input={props.edit(|form, text| form.token.key = text)}
                    error={props.error(ConnectField::Key, Spot::Key)} warning={None::<AttrValue>}
                    described={props.described("device-key", Spot::Key)}
                    invalid={props.is_wrong(ConnectField::Key)}
                />
                { props.notes("device-key", Spot::Key) }
            </div>
            if source == TokenSource::Key {
                { signing_fields(props) }
            }
        </>
    }
}

/// How tokens are signed here, and for how long.
fn signing_fields(props: &CredentialFieldsProps) -> Html {
    let (words, token) = (&props.language.front().login, &props.form.token);
    let methods = Method::ALL.map(|method| (method.as_str().into(), method.as_str().into())).to_vec();
    let lifetimes = Lifetime::ALL
        .map(|lifetime| (lifetime.key().into(), AttrValue::Static((words.lifetime_name)(lifetime))))
        .to_vec();
    let versions =
        VERSIONS.map(|version| (version.to_string().into(), (words.version_name)(&version).into())).to_vec();
    html! {
        <>
            <div class="row">
                <Choice
                    id="token-method" label={words.method} value={token.method.as_str()} options={methods}
                    on_choose={props.edit(|form, text| {
                        form.token.method = Method::parse(&text).unwrap_or(form.token.method);
                    })}
                />
                <Choice
                    id="token-lifetime" label={words.lifetime} value={token.lifetime.key()} options={lifetimes}
                    on_choose={props.edit(|form, key| {
                        let named = Lifetime::ALL.into_iter().find(|lifetime| lifetime.key() == key);
                        form.token.lifetime = named.unwrap_or(form.token.lifetime);
                    })}
                />
            </div>
            <div class="row">
                if token.lifetime == Lifetime::Until {
                    <Field
                        id="token-expiry" label={words.expiry} value={token.expiry.clone()} hint={words.expiry_hint}
                        on_input={props.edit(|form, text| form.token.expiry = text)}
                        error={props.error(ConnectField::Expiry, Spot::Expiry)}
                        described={props.described("token-expiry", Spot::Expiry)}
                    />
                }
                <Choice
                    id="token-version" label={words.version} value={token.version.to_string()} options={versions}
                    described={props.described("token-version", Spot::Version)}
                    on_choose={props.edit(|form, text| {
                        let named = VERSIONS.into_iter().find(|version| version.as_str() == text);
                        form.token.version = named.unwrap_or_else(|| form.token.version.clone());
                    })}
                />
            </div>
            { props.notes("token-expiry", Spot::Expiry) }
            { props.notes("token-version", Spot::Version) }
            if let Some(expiry) = &props.expiry {
                <p class="hint" id="expires">{ expiry }</p>
            }
        </>
    }
}

//! The last will, folded away until somebody wants one.

use session::Qos;
use yew::{AttrValue, Callback, Html, Properties, component, html};

use crate::connect::{ConnectForm, WillForm};
use crate::locale::Language;
use crate::widgets::{Choice, Field, Tick};

/// What the fields show and give.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct WillFieldsProps {
    pub(super) language: Language,
    pub(super) form: ConnectForm,
    pub(super) on_edit: Callback<ConnectForm>,
    pub(super) error: Option<AttrValue>,
    pub(super) warning: Option<AttrValue>,
}

impl WillFieldsProps {
    fn edit<T: 'static>(&self, set: fn(&mut WillForm, T)) -> Callback<T> {
        let form = self.form.clone();
        self.on_edit.reform(move |value| {
            let mut form = form.clone();
            set(&mut form.will, value);
            form
        })
    }
}

/// The last will.
#[component]
pub(super) fn WillFields(props: &WillFieldsProps) -> Html {
    let words = props.language.front();
    let will = &props.form.will;
    let qos = [Qos::AtMostOnce, Qos::AtLeastOnce, Qos::ExactlyOnce];
    let options = qos.map(|qos| (qos.bits().to_string().into(), (words.qos_name)(qos).into())).to_vec();
    html! {
        <details class="will" open={will.on}>
            <summary>{ words.will.title }</summary>
            <p class="hint">{ words.will.hint }</p>
            <Tick
                id="will-on" label={words.will.on} checked={will.on}
                on_tick={props.edit(|will, on| will.on = on)}
            />
            if will.on {
                <Field
                    id="will-topic" label={words.will.topic} value={will.topic.clone()}
                    on_input={props.edit(|will, text| will.topic = text)}
                    error={props.error.clone()} warning={props.warning.clone()}
                />
                <Field
                    id="will-text" label={words.will.text} value={will.text.clone()}
                    on_input={props.edit(|will, text| will.text = text)}
                />
                <div class="row">
                    <Choice
                        id="will-qos" label={words.will.qos} value={will.qos.bits().to_string()} {options}
                        on_choose={props.edit(|will, bits: String| {
                            will.qos = match bits.as_str() {
                                "0" => Qos::AtMostOnce,
                                "2" => Qos::ExactlyOnce,
                                _ => Qos::AtLeastOnce,
                            };
                        })}
                    />
                    <Tick
                        id="will-retain" label={words.will.retain} checked={will.retain}
                        on_tick={props.edit(|will, retain| will.retain = retain)}
                    />
                </div>
            }
        </details>
    }
}

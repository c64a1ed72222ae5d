//! The fields that a thing model makes for whoever sets properties and calls services.

use yew::{Callback, Html, html};

use crate::locale::Words;
use crate::platform::ByModel;
use crate::upload::{Name, called, members, typed};
use crate::widgets::{Choice, Tick};

/// What is typed, and how it changes.
pub(super) struct Edit {
    pub(super) words: &'static Words,
    pub(super) typed: ByModel,
    pub(super) on_edit: Callback<ByModel>,
}

impl Edit {
    fn with<T: 'static>(&self, set: impl Fn(&mut ByModel, T) + 'static) -> Callback<T> {
        let typed = self.typed.clone();
        self.on_edit.reform(move |value| {
            let mut typed = typed.clone();
            set(&mut typed, value);
            typed
        })
    }
}

/// A field for each property that the platform may set.
pub(super) fn property_fields(edit: &Edit) -> Html {
    let said = &edit.words.console;
    html! {
        <>
            if edit.typed.settable().next().is_none() {
                <p class="hint">{ said.nothing_settable }</p>
            }
            for (index, property, entry) in edit.typed.settable() {
                <fieldset class="property" key={index}>
                    <Tick
                        id={format!("order-property-on-{index}")} label={(said.set)(&property.name)} checked={entry.on}
                        on_tick={edit.with(move |typed, on| {
                            if let Some(entry) = typed.properties.get_mut(index) {
                                entry.on = on;
                            }
                        })}
                    />
                    if entry.on {
                        { typed(
                            edit.words,
                            &Name {
                                id: format!("order-property-{index}"),
                                label: called(&property.name, property.identifier.as_str()),
                                remark: "",
                            },
                            &property.data_type,
                            &entry.draft,
                            &edit.with(move |typed, draft| {
                                if let Some(entry) = typed.properties.get_mut(index) {
                                    entry.draft = draft;
                                }
                            }),
                        ) }
                    }
                </fieldset>
            }
        </>
    }
}

/// The choice of a service, and a field for each of its input parameters.
pub(super) fn service_fields(edit: &Edit) -> Html {
    let services = edit.typed.model.services.iter().enumerate();
    let options = services.map(|(index, service)| {
        (index.to_string().into(), called(&service.name, service.identifier.as_str()).into())
    });
    html! {
        <>
            <Choice
                id="order-service" label={edit.words.console.service} value={edit.typed.service.to_string()}
                options={options.collect::<Vec<_>>()}
                on_choose={edit.with(|typed, index: String| typed.service = index.parse().unwrap_or(0))}
            />
            if let Some((service, drafts)) = edit.typed.chosen_service() {
                { members(edit.words, "order-parameter", &service.input, drafts, &edit.with(|typed, (index, draft)| {
                    let drafts = typed.inputs.get_mut(typed.service);
                    if let Some(old) = drafts.and_then(|drafts| drafts.get_mut(index)) {
                        *old = draft;
                    }
                })) }
            }
        </>
    }
}

//! What every group of fields gets, and how it changes the form.

use std::rc::Rc;

use onenet::rules::Place;
use yew::{AttrValue, Callback, Html, Properties, html};

use crate::locale::Language;
use crate::upload::{Objection, Picked, UploadField, UploadForm, UploadProblem};
use crate::widgets::Field;

/// What a group of fields shows and gives.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct EditorProps {
    /// The language of its words.
    pub(super) language: Language,
    /// What is typed.
    pub(super) form: UploadForm,
    /// What is wrong and shall be said.
    pub(super) problems: Vec<(UploadField, UploadProblem)>,
    /// What the platform will object to in what is typed, though it can be sent.
    pub(super) objections: Vec<Objection>,
    /// Called with a file that was picked, and with none while it is read or where it cannot be.
    pub(super) on_pick: Callback<Option<Picked>>,
    /// Called with every edit, which is made to the form as it is then: where the page is slow to draw, that is more
    /// than it shows.
    pub(super) on_edit: Callback<Edit>,
}

/// A change of the form.
pub(super) type Edit = Box<dyn FnOnce(&mut UploadForm)>;

impl EditorProps {
    /// A callback that changes the form by what was typed.
    pub(super) fn edit<T: 'static>(&self, set: impl Fn(&mut UploadForm, T) + 'static) -> Callback<T> {
        let set = Rc::new(set);
        self.on_edit.reform(move |value| -> Edit {
            let set = set.clone();
            Box::new(move |form| set(form, value))
        })
    }

    /// What the platform will object to, in words.
    pub(super) fn warning(&self, place: Place) -> Option<AttrValue> {
        let objection = self.objections.iter().find(|objection| objection.at() == place)?;
        Some((self.language.words().uploading.objection)(objection).into())
    }

    /// What the platform will object to in a field, in words.
    pub(super) fn objection(&self, field: UploadField) -> Option<AttrValue> {
        let objection =
            self.objections.iter().find(|objection| self.form.field_of(objection) == Some(field))?;
        Some((self.language.words().uploading.objection)(objection).into())
    }

    /// What is wrong with a field, in words.
    pub(super) fn error(&self, field: UploadField) -> Option<AttrValue> {
        let (_, problem) = self.problems.iter().find(|(at, _)| *at == field)?;
        Some((self.language.words().upload_problem)(problem).into())
    }
}

/// The id of a field in a row: the first row has the plain name.
pub(super) fn id(name: &'static str, row: usize) -> AttrValue {
    if row == 0 { name.into() } else { format!("{name}-{}", row + 1).into() }
}

/// The time in front of types 6 and 7.
pub(super) fn time_field(props: &EditorProps) -> Html {
    let words = props.language.words();
    html! {
        <Field
            id="time" label={words.short_time} value={props.form.time.clone()} example="2016-12-22 22:22:22"
            on_input={props.edit(|form, text| form.time = text)} error={props.error(UploadField::Time)}
            hint={words.short_time_hint}
        />
    }
}

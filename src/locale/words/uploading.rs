//! What is sent to platforms with tokens.

use onenet::Generation;
use onenet::studio::{Access, DataType, Event, Fault, ImportError, Switch, ThingModel};

use crate::upload::{Content, Objection, Sender};

/// The words of what is sent to platforms with tokens, and of forms that a thing model makes.
#[expect(missing_docs, reason = "the names say where the words stand; the words say the rest")]
pub struct UploadingWords {
    pub content_name: fn(Generation, Content) -> &'static str,
    pub goes_to: &'static str,
    pub id: &'static str,
    pub id_hint: &'static str,
    pub at_hint: fn(Generation) -> &'static str,
    pub time_of_all: &'static str,
    pub identifier: &'static str,
    pub command_id: &'static str,
    pub command_id_hint: &'static str,
    pub answer: &'static str,
    pub desired: &'static str,
    pub reported: &'static str,
    pub state_hint: &'static str,
    pub image_get_hint: &'static str,
    pub event: &'static str,
    pub event_value: &'static str,
    pub event_value_hint: &'static str,
    pub event_name: fn(&Event) -> String,
    pub no_event: &'static str,
    pub names: &'static str,
    pub names_hint: fn(bool) -> &'static str,
    pub params: &'static str,
    pub outlasts_form: fn(&Sender) -> String,
    pub params_hint: fn(bool) -> &'static str,
    pub fill_params: &'static str,
    pub topic_hint: &'static str,

    pub model: fn(Option<&ThingModel>) -> String,
    pub model_hint: &'static str,
    pub model_pasted: &'static str,
    pub model_file: &'static str,
    pub model_problem: fn(&ImportError) -> String,
    pub model_of_other: fn(&str) -> String,
    pub model_too_big: fn(u64) -> String,
    pub forget_model: &'static str,
    pub no_property: &'static str,
    pub report: fn(&str) -> String,
    pub access: fn(Access) -> &'static str,
    pub switch: fn(&Switch, bool) -> String,
    pub type_hint: fn(&DataType) -> String,
    pub element: fn(usize) -> String,
    pub add_element: &'static str,
    pub remove_element: fn(usize) -> String,

    pub fault: fn(&Fault) -> String,
    pub objections: &'static str,
    pub objection: fn(&Objection) -> String,
}

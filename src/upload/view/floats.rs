//! Runs of floats, for type 7.

use yew::{Callback, Html, component, html};

use super::editor::{EditorProps, id, time_field};
use crate::browser;
use crate::upload::{Run, UploadField};
use crate::widgets::Field;

/// A row for each run.
#[component]
pub(super) fn FloatFields(props: &EditorProps) -> Html {
    let words = props.language.words();
    html! {
        <>
            for (index, run) in props.form.runs.iter().enumerate() {
                { run_fields(props, index, run) }
            }
            <p class="hint">{ words.floats_hint }</p>
            <button
                type="button" class="quiet" id="add-run"
                onclick={props.edit(|form, _| form.runs.push(Run::default()))}
            >
                { words.add_row }
            </button>
            { time_field(props) }
        </>
    }
}

fn run_fields(props: &EditorProps, index: usize, run: &Run) -> Html {
    let words = props.language.words();
    html! {
        <fieldset class="data-point" key={index}>
            <div class="row">
                <Field
                    id={id("number", index)} label={words.run_number} value={run.number.clone()} keyboard="numeric"
                    on_input={edit_run(props, index, |run, text| run.number = text)}
                    error={props.error(UploadField::Number(index))}
                />
                <Field
                    id={id("floats", index)} label={words.floats} value={run.values.clone()} example="34, -20.3"
                    on_input={edit_run(props, index, |run, text| run.values = text)}
                    error={props.error(UploadField::Floats(index))}
                />
            </div>
            if props.form.runs.len() > 1 {
                <button
                    type="button" class="quiet" aria-label={(words.remove_row)(index + 1)}
                    onclick={props.edit(move |form, _| {
                        browser::focus("add-run");
                        if index < form.runs.len() {
                            form.runs.remove(index);
                        }
                    })}
                >
                    { words.remove }
                </button>
            }
        </fieldset>
    }
}

/// Changes a run, if it is still there.
fn edit_run(props: &EditorProps, index: usize, set: fn(&mut Run, String)) -> Callback<String> {
    props.edit(move |form, text| {
        if let Some(run) = form.runs.get_mut(index) {
            set(run, text);
        }
    })
}

//! What goes wrong on purpose: presets, strikes and a form, folded away behind what is on.

use simulator::{Faults, RefusalCode, Strike};
use yew::{AttrValue, Callback, Html, Properties, SubmitEvent, component, html};

use crate::locale::{FaultWords, Language};
use crate::platform::{ChunksKind, FaultField, FaultForm, FaultProblem, Preset, Trigger, WhenKind};
use crate::widgets::{Choice, Field};

/// What the group shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct FaultGroupProps {
    pub(super) language: Language,
    /// What is typed.
    pub(super) form: FaultForm,
    /// What is on.
    pub(super) on: Faults,
    /// Whether there is a device that can be struck.
    pub(super) online: bool,
    /// Called with every edit.
    pub(super) on_edit: Callback<FaultForm>,
    /// Called with what shall go wrong from now on.
    pub(super) on_set: Callback<Faults>,
    /// Called with what shall go wrong now.
    pub(super) on_strike: Callback<Strike>,
}

/// The faults of the platform.
#[component]
pub(super) fn FaultGroup(props: &FaultGroupProps) -> Html {
    let FaultGroupProps { language, form, on, online, on_set, on_strike, .. } = props;
    let words = &language.words().fault;
    let parsed = form.parse();
    let onsubmit = {
        let (parsed, on_set) = (parsed.clone(), on_set.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Ok(faults) = &parsed {
                on_set.emit(faults.clone());
            }
        })
    };
    let all_off = {
        let seed = parsed.as_ref().map_or(0, |faults| faults.seed);
        on_set.reform(move |_| Faults { seed, ..Faults::default() })
    };
    html! {
        <details class="faults" id="faults">
            <summary id="faults-summary">
                { words.title }
                for phrase in (words.on)(on) {
                    { " " }<span class="badge">{ phrase }</span>
                }
            </summary>
            <p class="hint">{ words.hint }</p>
            <h4>{ words.presets }</h4>
            <ul class="presets">
                for preset in Preset::ALL {
                    <li>
                        <button
                            type="button" class="quiet" id={format!("fault-preset-{}", preset.key())}
                            onclick={on_set.reform(move |_| preset.faults())}
                        >
                            { (words.preset)(preset) }
                        </button>
                        <span class="hint">{ (words.preset_hint)(preset) }</span>
                    </li>
                }
            </ul>
            <h4>{ words.strikes }</h4>
            <div class="actions">
                for strike in Strike::ALL {
                    <button
                        type="button" class="quiet" id={format!("fault-strike-{}", strike.as_str())}
                        disabled={!online} onclick={on_strike.reform(move |_| strike)}
                    >
                        { (words.strike)(strike) }
                    </button>
                }
            </div>
            <form id="fault-form" {onsubmit}>
                { fields(props, words, parsed.as_ref().err().map_or(&[], Vec::as_slice)) }
                <div class="actions">
                    <button id="faults-set" class="primary" disabled={parsed.is_err()}>{ words.set }</button>
                    <button type="button" id="faults-off" class="quiet" disabled={on.is_off()} onclick={all_off}>
                        { words.all_off }
                    </button>
                </div>
            </form>
        </details>
    }
}

fn fields(props: &FaultGroupProps, words: &FaultWords, problems: &[FaultProblem]) -> Html {
    let FaultGroupProps { form, .. } = props;
    let error = |field: FaultField| {
        let problem = problems.iter().find(|problem| problem.field == field)?;
        Some(AttrValue::from((words.problem)(*problem)))
    };
    html! {
        <>
            for (index, trigger) in Trigger::ALL.into_iter().enumerate() {
                { trigger_row(props, words, index, error(FaultField::Trigger(trigger))) }
                if trigger == Trigger::Cut && form.triggers[index].kind != WhenKind::Off {
                    <Field
                        id="fault-cut-after" label={words.cut_after} value={form.cut_after.clone()}
                        hint={words.cut_after_hint} keyboard="numeric" error={error(FaultField::CutAfter)}
                        on_input={edit(props, |form, text| form.cut_after = text)}
                    />
                }
            }
            <div class="fault-row">
                <Choice
                    id="fault-chunks" label={words.chunks} value={form.chunks.key()}
                    options={options(ChunksKind::ALL.map(|kind| (kind.key(), (words.chunks_kind)(kind))))}
                    on_choose={edit(props, |form, key| form.chunks = ChunksKind::from_key(&key))}
                />
                if form.chunks != ChunksKind::Whole {
                    <Field
                        id="fault-chunk" label={(words.chunk)(form.chunks)} value={form.chunk.clone()}
                        keyboard="numeric" error={error(FaultField::Chunk)}
                        on_input={edit(props, |form, text| form.chunk = text)}
                    />
                }
            </div>
            <div class="fault-row">
                <Field
                    id="fault-delay" label={words.delay} value={form.delay.clone()} keyboard="numeric"
                    error={error(FaultField::Delay)} on_input={edit(props, |form, text| form.delay = text)}
                />
                <Field
                    id="fault-jitter" label={words.jitter} value={form.jitter.clone()} keyboard="numeric"
                    error={error(FaultField::Jitter)} on_input={edit(props, |form, text| form.jitter = text)}
                />
            </div>
            { refusal(props, words) }
            <Field
                id="fault-seed" label={words.seed} value={form.seed.clone()} hint={words.seed_hint}
                keyboard="numeric" error={error(FaultField::Seed)}
                on_input={edit(props, |form, text| form.seed = text)}
            />
        </>
    }
}

/// A trigger: off, or which frames it strikes.
fn trigger_row(props: &FaultGroupProps, words: &FaultWords, index: usize, error: Option<AttrValue>) -> Html {
    let (trigger, form) = (Trigger::ALL[index], &props.form.triggers[index]);
    let (name, key) = ((words.trigger)(trigger), trigger.key());
    html! {
        <div class="fault-row" {key}>
            <Choice
                id={format!("fault-{key}")} label={name} value={form.kind.key()}
                options={options(WhenKind::ALL.map(|kind| (kind.key(), (words.when)(kind))))}
                on_choose={edit(props, move |form, key| form.triggers[index].kind = WhenKind::from_key(&key))}
            />
            if form.kind != WhenKind::Off {
                <Field
                    id={format!("fault-{key}-number")} label={(words.number)(name)} value={form.number.clone()}
                    keyboard="numeric" {error}
                    on_input={edit(props, move |form, text| form.triggers[index].number = text)}
                />
            }
        </div>
    }
}

fn refusal(props: &FaultGroupProps, words: &FaultWords) -> Html {
    let key = |code: RefusalCode| AttrValue::from(code.number().to_string());
    let off = (AttrValue::from(NO_CODE), AttrValue::from(words.refuse_not));
    let codes = RefusalCode::ALL.map(|code| (key(code), AttrValue::from((words.refusal)(code))));
    let read = |text: &str| text.parse().ok().and_then(RefusalCode::from_number);
    html! {
        <Choice
            id="fault-refuse-login" label={words.refuse_login}
            value={props.form.refuse_login.map_or(AttrValue::from(NO_CODE), key)}
            options={std::iter::once(off).chain(codes).collect::<Vec<_>>()}
            on_choose={edit(props, move |form, text| form.refuse_login = read(&text))}
        />
    }
}

/// What stands for no code in the list of them.
const NO_CODE: &str = "off";

fn options<const N: usize>(options: [(&'static str, &'static str); N]) -> Vec<(AttrValue, AttrValue)> {
    options.map(|(key, name)| (key.into(), name.into())).into()
}

/// Gives the form with one field edited.
fn edit(props: &FaultGroupProps, change: impl Fn(&mut FaultForm, String) + 'static) -> Callback<String> {
    let form = props.form.clone();
    props.on_edit.reform(move |text: String| {
        let mut form = form.clone();
        change(&mut form, text);
        form
    })
}

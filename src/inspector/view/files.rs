//! Frames into files, and files into frames.

use yew::{Callback, Event, Html, Properties, component, html, use_state_eq};

use super::listed::Listed;
use crate::browser::{self, FileError};
use crate::inspector::file::{Format, ImportProblem, SIZE_LIMIT, Secrets, export};
use crate::inspector::{Capture, Filter, Imported};
use crate::locale::Language;
use crate::widgets::{Choice, Tick};

/// What the view shows and gives.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct FilesProps {
    pub(super) language: Language,
    /// The frames.
    pub(super) capture: Capture,
    /// Which of them are listed: these are exported.
    pub(super) listed: Listed,
    /// What lists them.
    pub(super) filter: Filter,
    /// The file whose frames they are, if they are not the live ones.
    pub(super) imported: Option<Imported>,
    pub(super) on_import: Callback<Option<Imported>>,
}

/// How reading a file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reading {
    /// None is being read.
    Idle,
    /// The browser reads it.
    Busy,
    /// It was not read.
    Failed(FileError),
    /// There is no frame in it: what it is called, and why.
    Useless(String, Option<ImportProblem>),
}

/// The row of buttons that export and import.
#[component]
pub(super) fn Files(props: &FilesProps) -> Html {
    let FilesProps { language, capture, listed, imported, on_import, .. } = props;
    let (words, file_words) = (&language.words().frames, &language.words().capture_file);
    let format = use_state_eq(|| Format::Pcapng);
    let secrets = use_state_eq(|| Secrets::Masked);
    let reading = use_state_eq(|| Reading::Idle);
    let exported = use_state_eq(|| None::<(usize, usize)>);

    let onexport = {
        let (capture, listed, exported) = (capture.clone(), listed.clone(), exported.clone());
        let (format, secrets) = (*format, *secrets);
        move |_| {
            let frames = listed.numbers().filter_map(|number| capture.get(number));
            let bytes = export(format, frames, secrets);
            exported.set(Some((listed.len(), bytes.len())));
            let time = browser::timestamp().to_upload_text().replace([':', '-'], "");
            browser::download(&format!("onenet-{time}.{}", format.extension()), format.media_type(), &bytes);
        }
    };
    let onimport = {
        let (reading, exported, on_import) = (reading.clone(), exported.clone(), on_import.clone());
        move |event: Event| {
            let (done, on_import) = (reading.clone(), on_import.clone());
            let picked = browser::read_file(&event, SIZE_LIMIT as u64 + 1, move |read| match read {
                Ok((name, bytes)) => {
                    let imported = Imported::read(name, &bytes);
                    // What is looked at stays where there is nothing better.
                    if imported.capture.is_empty() {
                        done.set(Reading::Useless(imported.name, imported.problem));
                    } else {
                        done.set(Reading::Idle);
                        on_import.emit(Some(imported));
                    }
                }
                Err(error) => done.set(Reading::Failed(error)),
            });
            if picked {
                reading.set(Reading::Busy);
                exported.set(None);
                browser::forget_file(&event);
            }
        }
    };
    html! {
        <div class="files">
            <details class="export">
                <summary>{ file_words.save }</summary>
                <div class="row">
                    <Choice
                        id="export-format" label={file_words.format} value={format.extension()}
                        options={Format::ALL.map(|format| (format.extension().into(), (file_words.format_name)(format).into())).to_vec()}
                        hint={(file_words.format_hint)(*format)}
                        on_choose={
                            let format = format.clone();
                            move |key: String| format.set(Format::ALL.into_iter().find(|known| known.extension() == key).unwrap_or(*format))
                        }
                    />
                    <Tick
                        id="export-secrets" label={file_words.with_secrets} checked={*secrets == Secrets::Shown}
                        on_tick={
                            let secrets = secrets.clone();
                            move |shown| secrets.set(if shown { Secrets::Shown } else { Secrets::Masked })
                        }
                    />
                </div>
                if *secrets == Secrets::Shown {
                    <p class="warning" role="status">{ words.export_secrets_warning }</p>
                } else {
                    <p class="hint">{ file_words.with_secrets_hint }</p>
                }
                <div class="actions">
                    <button type="button" id="export" disabled={listed.is_empty()} onclick={onexport}>{ words.download }</button>
                    if capture.is_empty() {
                        <p class="hint">{ file_words.nothing_to_save }</p>
                    } else if listed.is_empty() {
                        <p class="hint">{ words.none_match }</p>
                    } else if let Some((frames, bytes)) = *exported {
                        <p class="hint" role="status">{ (words.exported)(frames, bytes) }</p>
                    }
                </div>
            </details>
            <div class="import field">
                <label for="import">{ file_words.open }</label>
                <input
                    id="import" type="file" accept=".pcapng,.pcap,.cap,.jsonl,.ndjson,.txt,.hex,.log"
                    aria-describedby="import-hint" onchange={onimport}
                />
                { match &*reading {
                    Reading::Idle => html! { <p class="hint" id="import-hint">{ file_words.open_hint }</p> },
                    Reading::Busy => html! { <p class="hint" id="import-hint" role="status">{ words.importing }</p> },
                    Reading::Useless(name, problem) => html! {
                        <p class="error" id="import-hint" role="alert">
                            { name }{ ": " }
                            { problem.as_ref().map_or_else(|| words.empty_file.to_owned(), |problem| (file_words.import_problem)(problem)) }
                        </p>
                    },
                    Reading::Failed(error) => html! { <p class="error" id="import-hint" role="alert">{ match error {
                        FileError::TooBig { size } => (file_words.import_problem)(&ImportProblem::TooBig {
                            size: usize::try_from(*size).unwrap_or(usize::MAX),
                        }),
                        FileError::Unreadable => words.import_unreadable.to_owned(),
                    } }</p> },
                } }
            </div>
            if let Some(imported) = imported {
                <div class="imported" role="status">
                    <p id="imported">
                        { (file_words.opened)(&imported.name, imported.capture.len()) }
                        if imported.capture.evicted() > 0 {
                            { " " }{ (words.oldest_left_out)(imported.capture.evicted()) }
                        }
                    </p>
                    <button type="button" id="close-file" class="quiet" onclick={on_import.reform(|_| None)}>{ file_words.close }</button>
                    if let Some(problem) = &imported.problem {
                        <p class="warning" id="import-problem">{ (file_words.import_problem)(problem) }</p>
                    }
                </div>
            }
        </div>
    }
}

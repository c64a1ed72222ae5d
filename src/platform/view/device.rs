//! One device as the platform sees it: how it stands, what is stored of it, what is desired.

use onenet::Generation;
use yew::{Html, Properties, component, html};

use crate::locale::{Language, Words};
use crate::platform::{DeviceView, ImageView, ProfileView};
use crate::widgets::shortened;

/// What the part shows.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct DevicePartProps {
    pub(super) language: Language,
    pub(super) device: DeviceView,
}

/// How a device stands, and what is kept of it.
#[component]
pub(super) fn DevicePart(props: &DevicePartProps) -> Html {
    let DevicePartProps { language, device } = props;
    let words = language.words();
    html! {
        <>
            { standing(device, words) }
            if !device.streams.is_empty() {
                { streams(device, words) }
            }
            if let Some(ProfileView { desired: wanted, image: shown, .. }) = &device.profile {
                if !wanted.is_empty() {
                    { desired(wanted, words) }
                }
                if let Some(shown) = shown {
                    { image(shown, words) }
                }
            }
        </>
    }
}

fn title(device: &DeviceView, words: &Words) -> String {
    (words.device)(&(words.console.device_name)(&device.id), device.online)
}

/// How it is reached, what it leaves behind if it is lost, and what is not through yet.
fn standing(device: &DeviceView, words: &Words) -> Html {
    let profile = device.profile.as_ref().filter(|_| device.online).map(words.console.profile);
    let will = device.will.as_deref().map(words.fault.will);
    let under_way = Some((words.fault.under_way)(device.under_way, device.kept));
    let parts = profile.into_iter().flatten().chain(will).chain(under_way);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    match device.profile {
        // It has several tables: they stand below its names.
        Some(_) => html! {
            <p class="standing"><strong>{ title(device, words) }</strong>{ " " }<span class="hint">{ parts.join(" · ") }</span></p>
        },
        None if parts.is_empty() => Html::default(),
        None => html! {
            <p class="standing hint">{ title(device, words) }{ ": " }{ parts.join(" · ") }</p>
        },
    }
}

fn streams(device: &DeviceView, words: &Words) -> Html {
    let caption = match device.profile {
        Some(_) => (words.console.stream)(device.generation).to_owned(),
        None => title(device, words),
    };
    let name = match device.generation {
        Generation::Legacy | Generation::Suite => words.stream,
        Generation::Studio => words.console.property,
    };
    html! {
        <table class="streams">
            <caption>{ caption }</caption>
            <thead>
                <tr><th scope="col">{ name }</th><th scope="col">{ words.value }</th><th scope="col">{ words.stored_at }</th></tr>
            </thead>
            for stream in &device.streams {
                <tbody key={stream.id.clone()}>
                    for (at, value) in &stream.newest {
                        <tr>
                            <th scope="row">{ (words.stream_count)(&stream.id, stream.count) }</th>
                            <td class="value">{ shortened(value) }</td>
                            <td class="when">{ at }</td>
                        </tr>
                    }
                </tbody>
            }
        </table>
    }
}

fn desired(desired: &[(String, String, u64)], words: &Words) -> Html {
    let said = &words.console;
    html! {
        <table class="desired">
            <caption>{ said.desired }</caption>
            <thead>
                <tr><th scope="col">{ said.property }</th><th scope="col">{ words.value }</th><th scope="col">{ said.version }</th></tr>
            </thead>
            <tbody>
                for (identifier, value, version) in desired {
                    <tr>
                        <th scope="row">{ identifier }</th>
                        <td class="value">{ shortened(value) }</td>
                        <td>{ version }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

fn image(image: &ImageView, words: &Words) -> Html {
    let said = &words.console;
    let value = |value: &Option<String>| value.as_deref().map(shortened).unwrap_or_default();
    html! {
        <table class="desired">
            <caption>{ (said.image)(image.version) }</caption>
            <thead>
                <tr><th scope="col">{ said.name }</th><th scope="col">{ said.image_desired }</th><th scope="col">{ said.image_reported }</th></tr>
            </thead>
            <tbody>
                for (name, desired, reported) in &image.values {
                    <tr>
                        <th scope="row">{ name }</th>
                        <td class="value">{ value(desired) }</td>
                        <td class="value">{ value(reported) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

//! What is sent to platforms with tokens.

use onenet::Generation;
use onenet::studio::{Access, DataType, Event, EventType, ImportError, ImportProblem, Limits, ThingModel};

use super::login::generation_name;
use super::rules::finding;
use super::sys::{decode_said, fault, studio_problem};
use crate::locale::words::UploadingWords;
use crate::upload::{Content, Objection, Sender};

pub(super) const UPLOADING: UploadingWords = UploadingWords {
    content_name,
    goes_to: "Goes to",
    id: "Message id",
    id_hint: "Ties the reply to this message. It counts on by itself.",
    at_hint: |generation| match generation {
        Generation::Legacy => "Beijing time; leave empty for now.",
        Generation::Suite => "Beijing time or Unix seconds; leave empty for the time of arrival.",
        Generation::Studio => "Beijing time or Unix milliseconds; leave empty for the time of arrival.",
    },
    time_of_all: "Time",
    identifier: "Identifier",
    command_id: "Command id",
    command_id_hint: "The last level of the topic on which the command came. It is quicker to answer in “Received”.",
    answer: "Answer (less than 1 KB)",
    desired: "Desired state (JSON object)",
    reported: "Reported state (JSON object)",
    state_hint: "Leave one of them empty if it does not change.",
    image_get_hint: "Asks for the device image with an empty message; the answer comes on image/get/accepted.",
    event: "Event",
    event_value: "Its value (JSON object of output parameters)",
    event_value_hint: "The names as the thing model has them, such as {\"level\": 2}.",
    event_name: |event| {
        let Event { name, identifier, event_type, .. } = event;
        let kind = match event_type {
            EventType::Info => "info",
            EventType::Alert => "alert",
            EventType::Error => "error",
        };
        if name == identifier.as_str() {
            format!("{name} ({kind})")
        } else {
            format!("{name} · {identifier} ({kind})")
        }
    },
    no_event: "The thing model has no events: write one by hand.",
    names: "Identifiers",
    names_hint: |clears| match clears {
        false => "With commas or spaces between them.",
        true => "With commas or spaces between them. power:2 clears version 2 alone.",
    },
    params: "params (JSON)",
    outlasts_form: |Sender { generation, product, device }| {
        format!(
            "The connection stays as it is: uploads go to {} as device {device} of product {product}. What the login form says now counts from the next login.",
            generation_name(*generation)
        )
    },
    params_hint: |history| match history {
        false => {
            "One element a device: without \"identity\" this one, otherwise a sub-device. The page writes id and version around it."
        }
        true => {
            "Like a batch, but every property and event is an array of values with their times in milliseconds."
        }
    },
    fill_params: "Fill in from the thing model's form",
    topic_hint: "Below $sys/{product ID}/{device name}/; anything else makes the platform hang up.",

    model: |model| match model {
        None => "Make the form from a thing model".to_owned(),
        Some(ThingModel { properties, events, services, .. }) => {
            let count = |count: usize, one: &str, many: &str| match count {
                1 => format!("1 {one}"),
                _ => format!("{count} {many}"),
            };
            format!(
                "Thing model: {}, {}, {}",
                count(properties.len(), "property", "properties"),
                count(events.len(), "event", "events"),
                count(services.len(), "service", "services")
            )
        }
    },
    model_hint: "The JSON that the console exports (thing model → export). It stays in this page.",
    model_pasted: "Paste the JSON",
    model_file: "… or pick the file",
    model_problem,
    model_of_other: |product| {
        format!("This thing model is of product {product}; you log in as another product.")
    },
    model_too_big: |bytes| {
        format!("This file has {bytes} bytes; a thing model has less than 1 MB. Pick another one.")
    },
    forget_model: "Forget the thing model",
    no_property: "The thing model has no properties.",
    report: |name| format!("Report {name}"),
    access: |access| match access {
        Access::Read => "read only",
        Access::ReadWrite => "the platform may set it",
    },
    switch: |switch, on| match (on, &switch.on, &switch.off) {
        (true, Some(word), _) => format!("true · {word}"),
        (false, _, Some(word)) => format!("false · {word}"),
        (on, _, _) => on.to_string(),
    },
    type_hint,
    element: |number| format!("Element {number}"),
    add_element: "Add an element",
    remove_element: |number| format!("Remove element {number}"),

    fault,
    objections: "What the platform will object to",
    objection,
};

fn content_name(generation: Generation, content: Content) -> &'static str {
    match content {
        Content::Points if generation == Generation::Legacy => "Data points ($dp)",
        Content::Points => "Data points",
        Content::Body => "Text body ($dp)",
        Content::CommandAnswer => "Answer to a command",
        Content::ImageUpdate => "Update the device image",
        Content::ImageGet => "Get the device image",
        Content::Properties => "Post properties",
        Content::Event => "Post an event",
        Content::DesiredGet => "Get desired values",
        Content::DesiredDelete => "Clear desired values",
        Content::Pack => "Batch of properties and events",
        Content::History => "History",
        Content::Message => "Any message",
    }
}

fn model_problem(error: &ImportError) -> String {
    let ImportError { offset, problem } = error;
    let said = match problem {
        ImportProblem::Form(problem) => decode_said(problem),
        ImportProblem::NoModel => {
            "This JSON has neither properties nor events nor services. Export the thing model once more."
                .to_owned()
        }
        ImportProblem::NotANumber { member } => format!("The limit \"{member}\" is no number."),
        ImportProblem::NotAChoice => "The names of an enum's values must be whole numbers.".to_owned(),
        ImportProblem::TooDeep => "Types stand in types deeper than the platform allows.".to_owned(),
    };
    format!("{said} (At byte {offset}.)")
}

fn type_hint(data_type: &DataType) -> String {
    let name = data_type.name();
    let more = match data_type {
        DataType::Int32(limits)
        | DataType::Int64(limits)
        | DataType::Float(limits)
        | DataType::Double(limits) => limits_hint(limits),
        DataType::String { max: Some(max) } => format!(", {max} characters at most"),
        DataType::Array { max: Some(max), element } => {
            format!(" of {}, {max} elements at most", element.name())
        }
        DataType::Array { max: None, element } => format!(" of {}", element.name()),
        DataType::Date => ": milliseconds since 1970 (UTC)".to_owned(),
        DataType::BitMap { bits, .. } => {
            let bit = |bit: &onenet::studio::Bit| {
                let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "?".to_owned());
                format!("; bit {}: 0 {}, 1 {}", bit.place, word(&bit.zero), word(&bit.one))
            };
            bits.iter().map(bit).collect()
        }
        DataType::Other(_) => ": a type that no document knows; write JSON".to_owned(),
        DataType::Bool(_) | DataType::Enum(_) | DataType::Struct(_) | DataType::String { max: None } => {
            String::new()
        }
    };
    format!("{name}{more}")
}

fn limits_hint(Limits { min, max, step, unit }: &Limits) -> String {
    let range = match (min, max) {
        (Some(min), Some(max)) => format!(", {min} to {max}"),
        (Some(min), None) => format!(", {min} at least"),
        (None, Some(max)) => format!(", {max} at most"),
        (None, None) => String::new(),
    };
    let step = step.as_ref().map(|step| format!(", in steps of {step}")).unwrap_or_default();
    let unit = unit.as_ref().map(|unit| format!(", in {unit}")).unwrap_or_default();
    format!("{range}{step}{unit}")
}

fn objection(objection: &Objection) -> String {
    match objection {
        Objection::Rule(broken) => finding(broken),
        Objection::Value(problem) => studio_problem(problem),
    }
}

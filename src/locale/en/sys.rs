//! Names, topics, codes and problems of platforms with tokens.

use onenet::studio::{self, DecodeProblem, Fault, IdentifierError, MessageIdError};
use onenet::suite::{self, Problem, StreamNameError};
use onenet::sys::{self, NameError, TopicError, TopicPart};

use super::payload::json_kind;
use crate::upload::WrongName;

/// What the platform says with a code, for a sentence.
pub(super) fn suite_code(code: suite::Code) -> String {
    match code.text() {
        Some(text) => format!("{} {text}", code.number()),
        None => code.number().to_string(),
    }
}

/// The code with which the platform will answer.
fn with_suite_code(problem: String, code: Option<suite::Code>) -> String {
    match code {
        Some(code) => format!("{problem} The platform rejects it with {}.", suite_code(code)),
        None => problem,
    }
}

/// What is wrong with a message of the suite, and the code that it gets.
pub(super) fn suite_problem(problem: &Problem, code: Option<suite::Code>) -> String {
    let said = match problem {
        Problem::NotEmpty { length } => {
            format!("The payload has {length} bytes; on this topic it must be empty.")
        }
        Problem::AnswerTooLong { length } => {
            format!("The answer has {length} bytes; the platform takes {} at most.", suite::MAX_ANSWER)
        }
        Problem::NotUtf8 { found } => format!("The byte {found:#04x} is no UTF-8."),
        Problem::NotJson { line, column, .. } => format!("Not JSON at line {line}, column {column}."),
        Problem::NotAnObject { found } => {
            format!("Here must be a JSON object {{…}}, not {}.", json_kind(*found))
        }
        Problem::MissingMember { member } => format!("The member \"{member}\" is missing."),
        Problem::OtherMember { member } => format!("There may be no member but \"{member}\"."),
        Problem::NoDesiredOrReported => "There is neither \"desired\" nor \"reported\".".to_owned(),
        Problem::NotAnArray { found } => {
            format!("Here must be an array […], not {}.", json_kind(*found))
        }
        Problem::NotAString { member, found } => {
            format!("\"{member}\" must be a string, not {}.", json_kind(*found))
        }
        Problem::NotInRange { member, least, most } => {
            format!("\"{member}\" must be a whole number from {least} to {most}.")
        }
        Problem::StreamName(error) => stream_name(*error),
        Problem::TooDeep => {
            format!("Objects and arrays may stand {} deep in a value; these go deeper.", suite::MAX_DEPTH)
        }
        Problem::KeyTooLong { length } => {
            format!("A name inside the value has {length} characters; {} are taken at most.", suite::MAX_NAME)
        }
        Problem::KeyCharacter { character } => {
            format!("A name inside the value has {character:?}; only letters, digits, _ and . are taken.")
        }
    };
    with_suite_code(said, code)
}

/// What an id of data points must be.
pub(super) fn suite_id() -> String {
    let said = "Give a whole number from 1 to 2147483647.".to_owned();
    with_suite_code(said, Some(suite::Code::IllegalData))
}

/// What an update of the device image lacks.
pub(super) fn no_state() -> String {
    let said = "Give desired or reported state, or both.".to_owned();
    with_suite_code(said, Some(suite::Code::NoDesiredOrReported))
}

/// What is wrong with the name of a data stream.
pub(super) fn stream_name(error: StreamNameError) -> String {
    let said = match error {
        StreamNameError::Empty => return "Fill this in.".to_owned(),
        StreamNameError::Character { character, .. } => {
            format!(
                "{character:?} cannot stand here: letters, digits, _ and . are taken, and one $ in front."
            )
        }
        StreamNameError::TooLong { length } => {
            format!("The name has {length} characters; {} are taken at most.", suite::MAX_NAME)
        }
    };
    with_suite_code(said, Some(suite::Code::IllegalData))
}

/// The code of a rule of either platform: no number means one thing here and another there.
pub(super) fn any_code(number: u16) -> String {
    match suite::Code::from_number(number) {
        suite::Code::Other(_) => studio_code(studio::Code(number.into())),
        known => suite_code(known),
    }
}

/// What the platform says with a code.
pub(super) fn studio_code(code: studio::Code) -> String {
    code.to_string()
}

fn with_studio_code(problem: String, code: Option<studio::Code>) -> String {
    match code {
        Some(code) => format!("{problem} The platform calls it {}.", studio_code(code)),
        None => problem,
    }
}

/// What is wrong with the form of a message of a thing model, and what the platform calls it.
pub(super) fn decode_problem(problem: &DecodeProblem) -> String {
    with_studio_code(decode_said(problem), Some(problem.code()))
}

/// The same without the code: of what is no message.
pub(super) fn decode_said(problem: &DecodeProblem) -> String {
    match problem {
        DecodeProblem::NotUtf8 { found } => format!("The byte {found:#04x} is no UTF-8."),
        DecodeProblem::NotJson { line, column, .. } => format!("Not JSON at line {line}, column {column}."),
        DecodeProblem::Kind { member, expected, found } => {
            format!("\"{member}\" must be {}, not {}.", json_kind(*expected), json_kind(*found))
        }
        DecodeProblem::MissingMember { member } => format!("The member \"{member}\" is missing."),
        DecodeProblem::BareValue { identifier, .. } => {
            format!("The value of {identifier} stands alone; write {{\"value\": …}} around it.")
        }
        DecodeProblem::NotWhole { member } => format!("\"{member}\" must be a whole number without sign."),
        DecodeProblem::NotACode => "\"code\" must be a whole number.".to_owned(),
        DecodeProblem::IdKind { found } => {
            format!("\"id\" must be a string of digits in quotation marks, not {}.", json_kind(*found))
        }
        DecodeProblem::Id(error) => message_id_said(*error),
        DecodeProblem::Identifier(error) => identifier_said(*error),
    }
}

/// What is wrong with a message id.
pub(super) fn message_id(error: MessageIdError) -> String {
    with_studio_code(message_id_said(error), Some(studio::Code::MESSAGE_ID))
}

fn message_id_said(error: MessageIdError) -> String {
    match error {
        MessageIdError::Empty => "Fill this in: 1 to 13 digits.".to_owned(),
        MessageIdError::NotADigit { character, .. } => {
            format!("{character:?} is no digit; an id has 1 to 13 digits.")
        }
        MessageIdError::TooLong { length } => format!("{length} digits are too many; an id has 13 at most."),
    }
}

/// What is wrong with an identifier.
pub(super) fn identifier(error: IdentifierError) -> String {
    with_studio_code(identifier_said(error), Some(studio::Code::IDENTIFIER))
}

fn identifier_said(error: IdentifierError) -> String {
    match error {
        IdentifierError::Empty => "The identifier is empty.".to_owned(),
        IdentifierError::Character { character, .. } => {
            format!("{character:?} cannot stand in an identifier.")
        }
    }
}

/// What is wrong with a value, and what the platform calls it.
pub(super) fn fault(fault: &Fault) -> String {
    let said = match fault {
        Fault::UnknownIdentifier => "The thing model has no such identifier.".to_owned(),
        Fault::Repeated => "The same identifier stands twice; only one of them counts.".to_owned(),
        Fault::ReadOnly => "The thing model says that this property is read only.".to_owned(),
        Fault::MissingMember { member } => format!("{member} is missing."),
        Fault::Kind { expected, found } => {
            format!("This must be {}, not {}.", json_kind(*expected), json_kind(*found))
        }
        Fault::NotANumber => "Write a number such as 12 or -0.5.".to_owned(),
        Fault::NotJson(error) => format!("Not JSON at line {}, column {}.", error.line, error.column),
        Fault::NotWhole => "Write a whole number, with digits alone.".to_owned(),
        Fault::TooSmall { min } => format!("Less than {min}, the least that is allowed."),
        Fault::TooGreat { max } => format!("More than {max}, the most that is allowed."),
        Fault::OffStep { step } => format!("Not in steps of {step}."),
        Fault::NotAnOption { options } => format!("Choose one of {options}."),
        Fault::TextTooLong { found, limit } => {
            format!("{found} characters; {limit} are allowed at most.")
        }
        Fault::TooManyElements { found, limit } => format!("{found} elements; {limit} are allowed at most."),
        Fault::TooManyDevices { found, limit } => {
            format!("{found} devices in one message; {limit} are taken at most.")
        }
        Fault::TooManyPoints { found, limit } => {
            format!("{found} entries of one device; {limit} are taken at most.")
        }
        Fault::TimeInSeconds => {
            "This is a time in seconds; the thing model counts milliseconds. Add three zeros.".to_owned()
        }
        Fault::Version => "The only version is \"1.0\".".to_owned(),
        Fault::ProductId => "No product ID: 1 to 64 letters and digits.".to_owned(),
        Fault::DeviceName => "No device name: 1 to 64 letters, digits, _ and -.".to_owned(),
    };
    with_studio_code(said, fault.code())
}

/// What is wrong with a value, where it stands and what the platform calls it.
pub(super) fn studio_problem(problem: &studio::Problem) -> String {
    match problem.path.steps() {
        [] => fault(&problem.fault),
        _ => format!("{}: {}", problem.path, fault(&problem.fault)),
    }
}

/// What is wrong with a name of the login.
pub(super) fn wrong_name(WrongName { part, error }: WrongName) -> String {
    let name = match part {
        TopicPart::ProductId => "product ID",
        TopicPart::DeviceName | TopicPart::Rest | TopicPart::CommandId => "device name",
    };
    let problem = name_problem(error);
    format!("The {name} of the login {problem}, and it must stand in the topic. Correct it where you log in.")
}

/// What is wrong with one level of a topic.
pub(super) fn level(error: TopicError) -> String {
    match error {
        TopicError::Character { character, .. } => {
            format!("{character:?} cannot stand here: letters, digits, _ and - are taken.")
        }
        TopicError::Incomplete { .. } | TopicError::Empty => "Fill this in.".to_owned(),
        other => format!("This can be no part of a topic: look behind byte {}.", other.offset()),
    }
}

/// What is wrong with a topic or a filter, and what to do.
pub(super) fn topic(error: TopicError) -> String {
    match error {
        TopicError::Empty => "The topic is empty: fill it in.".to_owned(),
        TopicError::TooLong { length } => {
            format!("The filter has {length} bytes, {} at most are taken.", sys::MAX_FILTER_LENGTH)
        }
        TopicError::TooManyLevels { levels, .. } => {
            format!("The topic has {levels} levels, {} at most are taken.", sys::MAX_LEVELS)
        }
        TopicError::Character { character, .. } => {
            format!("{character:?} cannot stand in a topic: letters, digits, _, - and / are taken.")
        }
        TopicError::MalformedWildcard { .. } => {
            "A wildcard has a level of its own, and # stands last.".to_owned()
        }
        TopicError::EarlyWildcard { level, .. } => format!(
            "The wildcard is in level {level}; they are taken from the fourth on: write product ID and device name."
        ),
        TopicError::NoTree => "The topic begins with $sys/ or $subdev/.".to_owned(),
        TopicError::Incomplete { missing, .. } => {
            format!("The topic ends here, and {} is missing.", part(missing))
        }
        TopicError::Name { part: of, error, .. } => {
            format!("Here {} {}: correct it.", part(of), name_problem(error))
        }
        TopicError::Foreign { .. } => {
            "From here on it is another device's topic, and a device may use its own only. Check product ID and device name.".to_owned()
        }
        TopicError::Unknown { .. } => "The platform has no such topic: check the spelling from here on.".to_owned(),
    }
}

/// What is wrong with a topic of the thing model, and what to do.
pub(super) fn studio_topic(error: studio::TopicError) -> String {
    match error {
        studio::TopicError::ReplySpelling { right } => format!(
            "The topic of this reply is {right}: devices reply with _reply, the platform with /reply."
        ),
        studio::TopicError::Level { error, .. } => identifier(error),
        studio::TopicError::Unknown { .. } => {
            "The thing model has no such topic: check the spelling from here on.".to_owned()
        }
    }
}

fn part(part: TopicPart) -> &'static str {
    match part {
        TopicPart::ProductId => "the product ID",
        TopicPart::DeviceName => "the device name",
        TopicPart::Rest => "what follows",
        TopicPart::CommandId => "the ID of the command",
    }
}

pub(super) fn name_problem(error: NameError) -> String {
    match error {
        NameError::Empty => "is empty".to_owned(),
        NameError::Character { character, .. } => format!("has {character:?}"),
        NameError::TooLong { length } => format!("has {length} characters, 64 at most are taken"),
    }
}

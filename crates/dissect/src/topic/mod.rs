//! Topics and filters taken apart: whose they are, what they are for, and what is wrong with them. What the messages
//! of a topic hold is walked over by `payload`.

mod filter;
mod function;
mod levels;
mod name;

pub(crate) use filter::walk_filter;
pub(crate) use function::field_of;
pub(crate) use name::{TopicWalk, walk_topic};

use onenet::studio;

use crate::dissection::Problem;

/// Why no platform takes a topic or a filter, and the offset of the first wrong byte in the frame.
pub(crate) type Refusal = (usize, Problem);

/// The same refusal, where all offsets count from `bytes` further in front.
fn behind((offset, problem): Refusal, bytes: usize) -> Refusal {
    let problem = match problem {
        Problem::Topic(error) => Problem::Topic(error.behind(bytes)),
        Problem::StudioTopic(studio::TopicError::Level { offset, error }) => {
            Problem::StudioTopic(studio::TopicError::Level { offset: offset + bytes, error })
        }
        Problem::StudioTopic(studio::TopicError::Unknown { offset }) => {
            Problem::StudioTopic(studio::TopicError::Unknown { offset: offset + bytes })
        }
        problem => problem,
    };
    (offset + bytes, problem)
}

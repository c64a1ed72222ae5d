//! What is wrong with a frame. `frame` and `onenet` say so, as they do in session and simulated platform; here
//! their verdicts are joined, and placed at the exact byte where a walk over the frame knows it.

use frame::{Frame, FrameError, FrameProblem, Frames, MAX_REMAINING_LENGTH};
use onenet::legacy::DecodeProblem;
use onenet::{studio, suite};

use crate::dissection::{Fault, Problem};
use crate::field::Field;
use crate::packet::Walk;

/// The first thing that is wrong with a frame that was walked over.
pub(crate) fn judge(frame: &[u8], walk: &Walk) -> Option<Fault> {
    let verdict = match poll(frame) {
        Err(FrameError { problem: FrameProblem::PasswordNotText, .. }) => {
            poll(&with_readable_password(frame, walk))
        }
        verdict => verdict,
    };
    match verdict {
        Ok(Some(good)) => {
            let found = topic_fault(walk).or_else(|| payload_fault(frame, walk));
            found.or_else(|| surplus(frame, &good))
        }
        Ok(None) => Some(incomplete(frame, walk)),
        Err(error) => Some(place(error, walk)),
    }
}

fn poll(frame: &[u8]) -> Result<Option<Frame>, FrameError> {
    let mut frames = Frames::new(MAX_REMAINING_LENGTH);
    frames.push(frame);
    frames.poll_frame()
}

/// A CONNECT whose password is text. MQTT allows any bytes there (§3.1.3.5) where `frame` gives up, and the
/// rest of the frame has not been judged then.
fn with_readable_password(frame: &[u8], walk: &Walk) -> Vec<u8> {
    let mut readable = frame.to_vec();
    for password in
        walk.parts.iter().flat_map(|part| &part.children).filter(|node| node.field == Field::Password)
    {
        for content in password.children.iter().filter(|part| part.field != Field::FieldLength) {
            readable[content.span.clone()].fill(b'x');
        }
    }
    readable
}

/// A verdict of `frame` at the exact byte.
fn place(error: FrameError, walk: &Walk) -> Fault {
    let FrameError { offset, problem } = error;
    let (offset, problem) = match (problem, walk.obstacle) {
        // The byte that should have been the last one.
        (FrameProblem::RemainingLength, _) => (4, problem),
        // `frame` knows of these that they are there, not always where.
        (FrameProblem::FieldTooLong(_) | FrameProblem::NotUtf8, Some(obstacle)) => obstacle,
        // Some rules are checked before others that are broken earlier in the frame.
        (_, Some(obstacle)) if obstacle.0 < offset => obstacle,
        _ => (offset, problem),
    };
    Fault { offset, problem: Problem::Frame(problem) }
}

fn topic_fault(walk: &Walk) -> Option<Fault> {
    let (offset, problem) = walk.judged.refusal.clone()?;
    Some(Fault { offset, problem })
}

fn payload_fault(frame: &[u8], walk: &Walk) -> Option<Fault> {
    let (payload, carries) = walk.judged.payload.as_ref()?;
    let (offset, problem) = carries.judge(&frame[payload.clone()])?;
    Some(Fault { offset: payload.start + offset, problem })
}

fn surplus(frame: &[u8], good: &Frame) -> Option<Fault> {
    let offset = good.bytes.len();
    let surplus = frame.len() - offset;
    (surplus > 0).then_some(Fault { offset, problem: Problem::Surplus { surplus } })
}

/// What is wrong with a frame whose end has not arrived: what no further byte can put right, or that.
fn incomplete(frame: &[u8], walk: &Walk) -> Fault {
    if let Some((offset, problem)) = walk.obstacle {
        return Fault { offset, problem: Problem::Frame(problem) };
    }
    if let Some(fault) = topic_fault(walk) {
        return fault;
    }
    let missing = walk.announced_end.map(|end| end - frame.len());
    let hopeless = payload_fault(frame, walk).and_then(|fault| hopeless(fault, frame.len(), missing?));
    hopeless.unwrap_or(Fault { offset: frame.len(), problem: Problem::Incomplete { missing } })
}

/// A fault of a payload, of which `there` bytes of the frame are there and `missing` have not arrived, unless they may
/// put it right.
fn hopeless(fault: Fault, there: usize, missing: usize) -> Option<Fault> {
    let Fault { offset, problem } = fault;
    // Half a character, half a number.
    let cut_character = offset + 4 > there;
    let cut_token = offset + 1 >= there;
    let problem = match problem {
        Problem::Payload(problem) => Problem::Payload(hopeless_data_points(problem, missing)?),
        Problem::Suite { problem: suite::Problem::NotUtf8 { .. }, .. }
        | Problem::Studio { problem: studio::DecodeProblem::NotUtf8 { .. }, .. }
            if cut_character =>
        {
            return None;
        }
        Problem::Suite { problem: suite::Problem::NotJson { .. }, .. }
        | Problem::Studio { problem: studio::DecodeProblem::NotJson { .. }, .. }
            if cut_token =>
        {
            return None;
        }
        Problem::Suite { problem: suite::Problem::NotEmpty { length }, code } => {
            Problem::Suite { problem: suite::Problem::NotEmpty { length: length + missing }, code }
        }
        Problem::Suite { problem: suite::Problem::AnswerTooLong { length }, code } => {
            Problem::Suite { problem: suite::Problem::AnswerTooLong { length: length + missing }, code }
        }
        problem => problem,
    };
    Some(Fault { offset, problem })
}

fn hopeless_data_points(problem: DecodeProblem, missing: usize) -> Option<DecodeProblem> {
    Some(match problem {
        DecodeProblem::Empty | DecodeProblem::Truncated { .. } => return None,
        DecodeProblem::Length { announced, found } | DecodeProblem::BinaryLength { announced, found }
            if found <= announced =>
        {
            return None;
        }
        DecodeProblem::Length { announced, found } => {
            DecodeProblem::Length { announced, found: found + missing }
        }
        DecodeProblem::BinaryLength { announced, found } => {
            DecodeProblem::BinaryLength { announced, found: found + missing }
        }
        problem => problem,
    })
}

//! What is wrong with a frame. `frame` and `onenet` say so, as they do in session and simulated platform; here
//! their verdicts are joined, and placed at the exact byte where a walk over the frame knows it.

use frame::{Frame, FrameError, FrameProblem, Frames, MAX_REMAINING_LENGTH};
use onenet::legacy::{DecodeError, DecodeProblem, Payload};

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
        Ok(Some(good)) => payload_fault(frame, walk).or_else(|| surplus(frame, &good)),
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

fn payload_fault(frame: &[u8], walk: &Walk) -> Option<Fault> {
    let payload = walk.data_points.clone()?;
    let DecodeError { offset, problem } = Payload::decode(&frame[payload.clone()]).err()?;
    Some(Fault { offset: payload.start + offset, problem: Problem::Payload(problem) })
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
    let missing = walk.announced_end.map(|end| end - frame.len());
    let hopeless = payload_fault(frame, walk).and_then(|fault| hopeless(fault, missing?));
    hopeless.unwrap_or(Fault { offset: frame.len(), problem: Problem::Incomplete { missing } })
}

/// A fault of a payload of which `missing` bytes have not arrived, unless they may put it right.
fn hopeless(fault: Fault, missing: usize) -> Option<Fault> {
    let Problem::Payload(problem) = fault.problem else { return Some(fault) };
    let problem = match problem {
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
    };
    Some(Fault { problem: Problem::Payload(problem), ..fault })
}

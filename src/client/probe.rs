//! The loop that tries bytes out: a link of their own for each, the bytes as the first thing said, and whatever
//! comes back captured. No session: nothing is judged, answered or kept alive.

use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use futures::channel::mpsc::UnboundedReceiver;
use futures::{FutureExt, StreamExt, select_biased};

use crate::client::conversation::OPEN_TIMEOUT;
use crate::client::dialer::{Dialer, Tape};
use crate::client::link::LinkEvent;
use crate::client::raw::Raw;
use crate::client::world::{Emit, World};
use crate::connect::{LinkEnd, Place};
use crate::inspector::{Probe, ProbeEnd, ProbeStage};
use crate::state::Action;

/// How long the other side may say nothing.
pub const SILENCE: Duration = Duration::from_secs(10);

/// The largest unfinished frame that is waited for, in bytes: as much as a session takes.
const LARGEST: usize = 4 * 1024 * 1024;

/// Bytes to try out.
#[derive(Debug)]
pub struct Trial {
    /// Where.
    pub place: Place,
    /// The bytes.
    pub raw: Raw,
}

/// Tries bytes out, one trial at a time, until the sender of `trials` is dropped.
pub async fn probe(world: World, trials: UnboundedReceiver<Trial>, dialer: Dialer, emit: Emit) {
    let mut prober = Prober { world, trials, dialer, emit };
    let mut next = prober.trials.next().await;
    while let Some(trial) = next.take() {
        next = match prober.run(trial).await {
            Ended::ByItself => prober.trials.next().await,
            Ended::For(trial) => Some(trial),
            Ended::WithThePage => None,
        };
    }
}

struct Prober {
    world: World,
    trials: UnboundedReceiver<Trial>,
    dialer: Dialer,
    emit: Emit,
}

impl Prober {
    /// One link, from opening it to its end.
    async fn run(&mut self, trial: Trial) -> Ended {
        let (mut link, tape) = self.dialer.open(&trial.place);
        self.tell(&tape, ProbeStage::Opening);
        let mut opened = false;
        let mut arrived = BytesMut::new();
        let mut deadline = (self.world.now)() + OPEN_TIMEOUT;
        let (end, ended) = loop {
            // 1. One thing that happens.
            let timeout = self.world.sleep_until(Some(deadline)).fuse();
            futures::pin_mut!(timeout);
            let event = select_biased! {
                trial = self.trials.next() => match trial {
                    Some(trial) => break (ProbeEnd::Replaced, Ended::For(trial)),
                    None => return Ended::WithThePage,
                },
                event = link.next().fuse() => event,
                () = timeout => {
                    let end = if opened { ProbeEnd::Silent } else { ProbeEnd::Link(LinkEnd::OpenTimedOut) };
                    break (end, Ended::ByItself);
                }
            };
            // 2. What it means.
            match event {
                LinkEvent::Opened => {
                    opened = true;
                    self.tell(&tape, ProbeStage::Open);
                    tape.composed(&trial.raw.bytes, trial.raw.secret);
                    link.send(trial.raw.bytes.clone());
                }
                LinkEvent::Bytes(bytes) => {
                    arrived.extend_from_slice(&bytes);
                    take_frames(&mut arrived, &tape);
                    if arrived.len() > LARGEST {
                        break (ProbeEnd::TooLarge, Ended::ByItself);
                    }
                }
                LinkEvent::Closed(end) => break (ProbeEnd::Link(end), Ended::ByItself),
            }
            deadline = (self.world.now)() + SILENCE;
        };
        tape.unread(&arrived.freeze());
        self.tell(&tape, ProbeStage::Closed(end));
        ended
    }

    fn tell(&self, tape: &Tape, stage: ProbeStage) {
        (self.emit)(Action::Probed(Probe { connection: tape.connection(), stage }));
    }
}

fn take_frames(arrived: &mut BytesMut, tape: &Tape) {
    let split = dissect::split(arrived);
    for frame in split.frames {
        tape.received(Bytes::copy_from_slice(&arrived[frame]));
    }
    arrived.advance(split.rest.start);
}

/// What comes after a trial.
enum Ended {
    /// Whatever is asked for next.
    ByItself,
    /// This one, for which it was ended.
    For(Trial),
    /// Nothing: the page is gone.
    WithThePage,
}

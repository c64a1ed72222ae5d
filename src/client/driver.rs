//! The loop that keeps a device connected: open a link, drive a session over it, and after a loss come
//! back with growing pauses until the person says otherwise.
//!
//! What happens over one link is in `driver/converse`, what the person asks for meanwhile in `driver/ask`, what is
//! kept between links in `driver/keep`, what waits for devices that are not logged in in `driver/wait`.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures::channel::mpsc::UnboundedReceiver;
use futures::stream::{Fuse, LocalBoxStream};
use futures::{FutureExt, StreamExt, select_biased};
use session::Qos;

use crate::client::backoff::Backoff;
use crate::client::conversation::{Ended, Left};
use crate::client::dialer::Dialer;
use crate::client::kept::Kept;
use crate::client::raw::Raw;
use crate::client::world::{Emit, World};
use crate::connect::{Aimed, Ending, Place, Status, Target};
use crate::feed::{AutoReply, Budget, Values};
use crate::state::Action;
use crate::upload::{Progress, Recording, Shelved, Tally, Upload};

mod ask;
mod converse;
mod keep;
mod wait;

/// What the person asks for.
#[derive(Debug)]
pub enum Command {
    /// Log in there, leaving wherever the device is logged in.
    Connect(Box<Target>),
    /// End the pause before the next try.
    TryNow,
    /// Take leave, or stop trying.
    Disconnect,
    /// Publish. At QoS 1 and 2 also before the login, if one is wanted.
    Upload(Upload),
    /// Take back an upload that was not sent.
    GiveUp {
        /// Names the device that it was left with, if it was.
        left: Option<String>,
        /// Its packet identifier.
        packet_id: u16,
    },
    /// Subscribe now and after every login: messages arrive at this QoS at most.
    Subscribe(String, Qos),
    /// Take a subscription back.
    Unsubscribe(String),
    /// Answer messages by itself from now on.
    Reply(Vec<AutoReply>),
    /// Subscribe right after every login to all that the platform tells this device, or do not.
    HearAll(bool),
    /// Send bytes as they are over the present connection.
    Compose(Raw),
    /// Keep unsent uploads on this computer from now on, or forget them and keep none.
    Keep(bool),
    /// Forget the uploads that wait for another device.
    Discard(String),
}

/// Carries out commands until their sender is dropped.
pub async fn drive(world: World, commands: UnboundedReceiver<Command>, dialer: Dialer, emit: Emit) {
    let network = (world.network)().fuse();
    let mut driver = Driver {
        world,
        commands,
        dialer,
        emit,
        network,
        has_network: true,
        was_online: false,
        subscriptions: Vec::new(),
        hears_all: true,
        heard: None,
        budget: Budget::default(),
        replies: AutoReply::defaults(),
        values: Values::default(),
        keeps: true,
        shelved: Vec::new(),
        aside: Vec::new(),
        left: BTreeMap::new(),
        had: BTreeSet::new(),
        past: Tally::default(),
        first: None,
        told: Progress::default(),
        recording: Recording::Off,
    };
    driver.look_around().await;
    // An error is the end of the page.
    let _ = driver.run().await;
}

struct Driver {
    world: World,
    commands: UnboundedReceiver<Command>,
    dialer: Dialer,
    emit: Emit,
    network: Fuse<LocalBoxStream<'static, bool>>,
    /// What the browser said last.
    has_network: bool,
    /// Whether a login at the present target was ever accepted.
    was_online: bool,
    /// Topic filters wanted, in the order of asking.
    subscriptions: Vec<(String, Qos)>,
    /// Whether all that a platform with tokens tells the device is subscribed to right after the login.
    hears_all: bool,
    /// The filter of all that, for the last device that had one.
    heard: Option<String>,
    /// How many more answers may be given so.
    budget: Budget,
    /// What is answered without asking the person.
    replies: Vec<AutoReply>,
    /// The properties of the device, for answers.
    values: Values,
    /// Whether unsent uploads are kept on this computer.
    keeps: bool,
    /// What waits there for devices that are not logged in.
    shelved: Vec<Shelved>,
    /// Sessions of such devices that only this page holds.
    aside: Vec<Kept>,
    /// Packet identifiers of the uploads that count as set aside, by the key of their session.
    left: BTreeMap<String, BTreeSet<u16>>,
    /// Keys of the sessions that this page has had.
    had: BTreeSet<String>,
    /// What became of the uploads of sessions that are over.
    past: Tally,
    /// The first upload of the last login, until it is acknowledged.
    first: Option<u16>,
    /// What was told last of the sending.
    told: Progress,
    /// What was told last of the recording.
    recording: Recording,
}

/// Nobody can give commands any longer.
struct Abandoned;

/// After so many logins that were cut off at once it is no accident.
const ENOUGH: u32 = 3;

/// A login that is over sooner was cut off.
const AT_ONCE: Duration = Duration::from_secs(10);

impl Driver {
    async fn run(&mut self) -> Result<(), Abandoned> {
        let mut next: Option<Box<Target>> = None;
        let mut last: Option<Kept> = None;
        loop {
            let target = match next.take() {
                Some(target) => target,
                None => self.wait_for_target().await?,
            };
            if last.as_ref().is_some_and(|kept| kept.key != target.key())
                && let Some(kept) = last.take()
            {
                self.set_aside(kept).await;
            }
            let kept = match last.take() {
                Some(kept) => self.renew(kept, &target).await,
                None => match self.acquire(&target).await? {
                    keep::Acquired::Kept(kept) => Some(*kept),
                    keep::Acquired::Stopped => None,
                    keep::Acquired::For(other) => {
                        next = Some(other);
                        None
                    }
                },
            };
            let Some(kept) = kept else { continue };
            let (other, kept) = self.stay_connected(&target, kept).await?;
            match (other, kept) {
                (Some(target), kept) => (next, last) = (Some(target), kept),
                (None, Some(kept)) => self.set_aside(kept).await,
                (None, None) => {}
            }
        }
    }

    /// Nothing is connected: only a target changes that.
    async fn wait_for_target(&mut self) -> Result<Box<Target>, Abandoned> {
        loop {
            match self.command().await? {
                Command::Connect(target) => return Ok(target),
                Command::Disconnect | Command::TryNow => {}
                other => self.ask(None, other).await,
            }
        }
    }

    /// Tries until it holds, and again when it is lost. Gives the next target, `None` when it is over.
    async fn stay_connected(
        &mut self,
        target: &Target,
        mut kept: Kept,
    ) -> Result<(Option<Box<Target>>, Option<Kept>), Abandoned> {
        let mut backoff = Backoff::default();
        let mut cut_off = 0;
        let mut suspected: Option<(u16, u32)> = None;
        self.was_online = false;
        self.first = None;
        // Another place and device may be chosen in the form while this one stays where it is.
        self.tell(Action::Aim(Aimed::at(target)));
        loop {
            self.tell(Action::Changed(Status::Opening));
            let Ended { left, online_for, suspect } = self.converse(target, &mut kept, &mut backoff).await?;
            let mut ending = match left {
                Left::ByWish => {
                    self.tell(Action::Changed(Status::Offline(None)));
                    return Ok((None, Some(kept)));
                }
                Left::For(target) => return Ok((Some(target), Some(kept))),
                Left::Lost(ending) if online_for.is_none() => ending.at_login(target.generation),
                Left::Lost(ending) => ending,
            };
            let at_once = online_for.is_some_and(|held| held < AT_ONCE) && ending.is_hang_up();
            cut_off = if at_once && target.place != Place::InPage { cut_off + 1 } else { 0 };
            suspected = match suspect {
                Some(suspect) if at_once => match suspected {
                    Some((same, times)) if same == suspect => Some((suspect, times + 1)),
                    Some(_) | None => Some((suspect, 1)),
                },
                Some(_) | None => None,
            };
            // It may be innocent all the same, and is the person's: they decide what becomes of it.
            if suspected.is_some_and(|(_, times)| times >= ENOUGH) {
                ending = Ending::HungUpOnUpload;
            } else if cut_off >= ENOUGH {
                ending = Ending::PushedOut;
            }
            if !ending.may_mend() {
                self.tell(Action::Changed(Status::Offline(Some(ending))));
                return Ok((None, Some(kept)));
            }
            // What is uploaded during the pause waits in the session of the next link.
            let Some(renewed) = self.renew(kept, target).await else { return Ok((None, None)) };
            kept = renewed;
            match self.pause(target, &mut kept, &mut backoff, ending).await? {
                Pause::Over => {}
                Pause::Stopped => return Ok((None, Some(kept))),
                Pause::For(target) => return Ok((Some(target), Some(kept))),
            }
        }
    }

    /// Waits before the next try, and counts the seconds where the person can see them.
    async fn pause(
        &mut self,
        target: &Target,
        kept: &mut Kept,
        backoff: &mut Backoff,
        ending: Ending,
    ) -> Result<Pause, Abandoned> {
        let end = (self.world.now)() + backoff.next((self.world.random)()[0]);
        let mut told = None;
        loop {
            // 1. What is uploaded meanwhile is kept at once.
            kept.record();
            self.tell_progress(Some(kept), 0);
            // 2. How long it still takes.
            let lost = self.was_online;
            let is_cut_off = !self.has_network && target.place.needs_network();
            let left = end.saturating_duration_since((self.world.now)());
            if left.is_zero() && !is_cut_off {
                return Ok(Pause::Over);
            }
            let (status, tick) = if is_cut_off {
                (Status::NoNetwork { lost, ending: ending.clone() }, None)
            } else {
                let seconds = left.as_millis().div_ceil(1_000) as u64;
                let (tries, ending) = (backoff.tries(), ending.clone());
                let tick = (self.world.now)() + left.min(Duration::from_secs(1));
                (Status::Waiting { seconds, tries, lost, ending }, Some(tick))
            };
            if told.as_ref() != Some(&status) {
                self.tell(Action::Changed(status.clone()));
                told = Some(status);
            }
            // 3. One thing that happens.
            let command = {
                let written = kept.recorder.done().fuse();
                let tick = self.world.sleep_until(tick).fuse();
                futures::pin_mut!(written, tick);
                select_biased! {
                    () = written => None,
                    command = self.commands.next() => Some(command.ok_or(Abandoned)?),
                    network = self.network.select_next_some() => {
                        let is_back = network && !self.has_network;
                        self.has_network = network;
                        if is_back && target.place.needs_network() {
                            return Ok(Pause::Over);
                        }
                        None
                    }
                    () = tick => None,
                }
            };
            match command {
                None => self.tell_recording(kept),
                Some(Command::TryNow) => return Ok(Pause::Over),
                Some(Command::Disconnect) => {
                    self.tell(Action::Changed(Status::Offline(Some(ending))));
                    return Ok(Pause::Stopped);
                }
                Some(Command::Connect(target)) => return Ok(Pause::For(target)),
                Some(other) => self.ask(Some(kept), other).await,
            }
        }
    }

    async fn command(&mut self) -> Result<Command, Abandoned> {
        self.commands.next().await.ok_or(Abandoned)
    }

    fn tell(&self, action: Action) {
        (self.emit)(action);
    }
}

/// How a pause ended.
enum Pause {
    /// Time for the next try.
    Over,
    /// The person has had enough.
    Stopped,
    /// The person wants another target.
    For(Box<Target>),
}

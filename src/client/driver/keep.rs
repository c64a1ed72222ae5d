//! What is kept from link to link: which session it is, and who may use it.

use std::time::Duration;

use futures::{FutureExt, StreamExt, select_biased};
use session::{Message, OptionsError, Store};

use super::{Abandoned, Command, Driver};
use crate::client::kept::Kept;
use crate::client::recorder::{Recorder, SHELF_TIMEOUT};
use crate::client::shelf::Claim;
use crate::connect::{Ending, Place, Status, Target};
use crate::state::Action;
use crate::upload::Recording;

/// How often a tab asks whether the other one has left.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// How the wait for a session ended.
pub(super) enum Acquired {
    /// It is this tab's.
    Kept(Box<Kept>),
    /// The person has had enough, or the login cannot be written.
    Stopped,
    /// The person wants another target.
    For(Box<Target>),
}

/// How the wait for the right to a session ended.
enum Claimed {
    /// It is this tab's, as far as the browser can say.
    Ours(Option<Claim>),
    /// The person has had enough.
    Stopped,
    /// The person wants another target.
    For(Box<Target>),
}

impl Driver {
    /// Takes the target's session for this tab, with what an earlier page left of it.
    pub(super) async fn acquire(&mut self, target: &Target) -> Result<Acquired, Abandoned> {
        let (key, options) = (target.key(), target.options(self.seconds()));
        if let Err(error) = options.frame() {
            // The form lets no such target through; said all the same rather than lost.
            return Ok(self.refuse(error));
        }
        if let Some(at) = self.aside.iter().position(|kept| kept.key == key) {
            // What became of its uploads so far was counted when it was set aside.
            if let Err(error) = self.aside[at].renew(&options) {
                return Ok(self.refuse(error));
            }
            // Another tab may have turned the switch since.
            let switch = self.switch().await;
            self.turn(switch.unwrap_or(self.keeps)).await;
            let kept = self.aside.remove(at);
            self.welcome(&kept, true);
            return Ok(Acquired::Kept(Box::new(kept)));
        }
        let claim = match self.claim(&key).await? {
            Claimed::Ours(claim) => claim,
            Claimed::Stopped => return Ok(Acquired::Stopped),
            Claimed::For(target) => return Ok(Acquired::For(target)),
        };
        let opened = Recorder::open(self.world.clone(), key.clone());
        let (switch, (recorder, store, damaged)) = futures::join!(self.switch(), opened);
        self.turn(switch.unwrap_or(self.keeps)).await;
        let (recorder, mut store, damaged) = match self.keeps {
            true => (recorder, store, damaged),
            // Whoever turned it off has deleted what was there.
            false => (Recorder::off(self.world.clone(), key.clone()), Store::default(), 0),
        };
        // What could not be read may be there all the same.
        let is_whole = !matches!(recorder.recording(), Recording::Stopped(_));
        // The platform in this page is as old as the page, and knows nothing of a device that is new here.
        let is_unknown = self.had.insert(key.clone()) && target.place == Place::InPage;
        if store.last_id == 0 && !is_unknown {
            // Whoever begins with nothing may have lost what there was: another page had it, or the storage was
            // cleared. An identifier that the platform still holds must not be given to another message. A clean
            // session is no exception: what waits in it may be sent in the next one, which need not be clean.
            let [high, low, ..] = (self.world.random)();
            store.last_id = u16::from_be_bytes([high, low]);
        }
        match Kept::new(key.clone(), &options, store, recorder, claim) {
            Ok(kept) => {
                if is_whole {
                    self.tell(Action::Damaged { key, rows: damaged });
                }
                self.welcome(&kept, is_whole);
                Ok(Acquired::Kept(Box::new(kept)))
            }
            Err(error) => Ok(self.refuse(error)),
        }
    }

    /// Waits until no other tab has the session.
    async fn claim(&mut self, key: &str) -> Result<Claimed, Abandoned> {
        let mut was_told = false;
        loop {
            match self.world.within(SHELF_TIMEOUT, (self.world.claim)(key)).await {
                Some(Some(claim)) => return Ok(Claimed::Ours(Some(claim))),
                // A browser that does not say will not say later.
                None => return Ok(Claimed::Ours(None)),
                Some(None) => {}
            }
            if !was_told {
                self.tell(Action::Changed(Status::InAnotherTab));
                was_told = true;
            }
            let pause = (self.world.sleep)(ASK_AGAIN);
            let command = select_biased! {
                command = self.commands.next() => command.ok_or(Abandoned)?,
                () = pause.fuse() => continue,
            };
            match command {
                Command::Connect(target) => return Ok(Claimed::For(target)),
                Command::Disconnect => {
                    self.tell(Action::Changed(Status::Offline(None)));
                    return Ok(Claimed::Stopped);
                }
                Command::TryNow => {}
                other => self.ask(None, other).await,
            }
        }
    }

    fn refuse(&mut self, error: OptionsError) -> Acquired {
        self.tell(Action::Changed(Status::Offline(Some(Ending::Unsendable(error)))));
        Acquired::Stopped
    }

    /// Lists the uploads of a session that goes on here. Where it `is_whole`, what else this page has left for the
    /// device is not there any longer.
    fn welcome(&mut self, kept: &Kept, is_whole: bool) {
        let key = &kept.key;
        let mut left = self.left.remove(key).unwrap_or_default();
        for packet_id in kept.uploads() {
            match left.remove(&packet_id) {
                true => self.past.set_aside -= 1,
                false => self.past.restored += 1,
            }
        }
        let store = kept.session.store();
        let released = store.released.iter().map(|packet_id| (*packet_id, None));
        let outbound = store.outbound.iter();
        let outbound =
            outbound.map(|outbound| (outbound.packet_id, Some::<Message>(outbound.message.clone())));
        self.tell(Action::Restored { key: key.clone(), uploads: released.chain(outbound).collect() });
        self.tell(Action::Repeated(kept.retried.clone()));
        if is_whole {
            self.past.set_aside -= left.len() as u64;
            self.past.taken_over += left.len() as u64;
            self.tell(Action::TakenOver { key: key.clone() });
        } else if !left.is_empty() {
            self.left.insert(key.clone(), left);
        }
        self.unlist(key);
        self.tell_recording(kept);
    }

    /// Seconds since 1970 UTC: tokens are signed with them.
    pub(super) fn seconds(&self) -> u64 {
        u64::try_from((self.world.wall)().unix_timestamp()).unwrap_or_default()
    }

    /// The session for the next link; where there is none, it is set aside and
    /// the person told.
    pub(super) async fn renew(&mut self, mut kept: Kept, target: &Target) -> Option<Kept> {
        kept.flush().await;
        self.tell_recording(&kept);
        let counts = kept.session.counts();
        match kept.renew(&target.options(self.seconds())) {
            Ok(()) => {
                self.past = self.past.after(&counts);
                // They can be taken back until they are sent.
                self.tell(Action::Repeated(kept.retried.clone()));
                Some(kept)
            }
            Err(error) => {
                self.set_aside(kept).await;
                self.refuse(error);
                None
            }
        }
    }

    /// The person has left this device: what waits goes on when they come back.
    pub(super) async fn set_aside(&mut self, mut kept: Kept) {
        kept.flush().await;
        self.past = self.past.after(&kept.session.counts());
        let left = self.left.entry(kept.key.clone()).or_default();
        for packet_id in kept.uploads() {
            match left.insert(packet_id) {
                true => self.past.set_aside += 1,
                // An older one of the same name, which could not be read when this session began, is written over.
                false => self.past.failed += 1,
            }
        }
        self.tell(Action::Repeated(kept.repeated()));
        self.tell(Action::SetAside { key: kept.key.clone() });
        self.tell_progress(None, 0);
        self.put(kept).await;
        self.tell_recording_as(Recording::Off);
    }

    /// Tells whether uploads are kept, if that is news.
    pub(super) fn tell_recording(&mut self, kept: &Kept) {
        self.tell_recording_as(kept.recorder.recording());
    }

    fn tell_recording_as(&mut self, recording: Recording) {
        if recording != self.recording {
            self.recording = recording;
            self.tell(Action::Recording(recording));
        }
    }
}

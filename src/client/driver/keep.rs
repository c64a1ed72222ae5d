//! What is kept between links and pages: who may use it, what of it is on this computer, and what the person wants.

use std::time::Duration;

use futures::{FutureExt, StreamExt, select_biased};
use session::{Message, Store};

use super::{Abandoned, Command, Driver};
use crate::client::kept::Kept;
use crate::client::record;
use crate::client::recorder::{LIST, Recorder, SHELF_TIMEOUT, delete_all};
use crate::client::shelf::{Row, Write};
use crate::connect::{Ending, Status, Target};
use crate::state::Action;
use crate::upload::{Recording, Shelved};

/// How often a tab asks whether the other one has left.
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// The row in the list of sessions that says that none shall be kept. No session is named so: theirs have a line
/// break in them.
const KEEP_NONE: &str = "none";

/// How the wait for a session ended.
pub(super) enum Acquired {
    /// It is this tab's.
    Kept(Box<Kept>),
    /// The person has had enough, or the login cannot be written.
    Stopped,
    /// The person wants another target.
    For(Box<Target>),
}

impl Driver {
    /// At the start: what waits on this computer. Nothing of it is sent before somebody logs in.
    pub(super) async fn look_around(&mut self) {
        let list = self.rows(LIST).await;
        self.keeps = !list.iter().any(|row| row.name == KEEP_NONE);
        self.tell(Action::KeepingWanted(self.keeps));
        self.shelved.clear();
        for row in list {
            self.look_at(&row.name).await;
        }
        self.tell(Action::Shelved(self.shelved.clone()));
    }

    /// Whatever waits under this key, if anything does.
    async fn look_at(&mut self, key: &str) {
        self.shelved.retain(|shelved| shelved.key != key);
        let Some((address, device_id)) = key.split_once('\n') else { return };
        let uploads = record::uploads(&self.rows(key).await);
        if uploads > 0 {
            self.shelved.push(Shelved {
                key: key.to_owned(),
                address: (!address.is_empty()).then(|| address.to_owned()),
                device_id: device_id.to_owned(),
                uploads,
            });
        }
    }

    /// Takes the target's session for this tab, with what an earlier page left of it.
    pub(super) async fn acquire(&mut self, target: &Target) -> Result<Acquired, Abandoned> {
        let (key, options) = (target.key(), target.options());
        if let Err(error) = options.frame() {
            // The form lets no such target through; said all the same rather than lost.
            self.tell(Action::Changed(Status::Offline(Some(Ending::Unsendable(error)))));
            return Ok(Acquired::Stopped);
        }
        if let Some(at) = self.aside.iter().position(|kept| kept.key == key) {
            let kept = self.aside.remove(at);
            // What became of its uploads so far was counted when it was set aside.
            let Ok(kept) = kept.renew(&options) else { return Ok(Acquired::Stopped) };
            self.welcome(&key, kept.session.store());
            return Ok(Acquired::Kept(Box::new(kept)));
        }
        let mut was_told = false;
        let claim = loop {
            match self.world.within(SHELF_TIMEOUT, (self.world.claim)(&key)).await {
                Some(Some(claim)) => break Some(claim),
                // A browser that does not say will not say later.
                None => break None,
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
                Command::Connect(target) => return Ok(Acquired::For(target)),
                Command::Disconnect => {
                    self.tell(Action::Changed(Status::Offline(None)));
                    return Ok(Acquired::Stopped);
                }
                Command::TryNow => {}
                other => self.ask(None, other).await,
            }
        };
        let (recorder, mut store, damaged) = if self.keeps {
            Recorder::open(self.world.clone(), key.clone()).await
        } else {
            (Recorder::off(self.world.clone(), key.clone()), Store::default(), 0)
        };
        if damaged > 0 {
            self.tell(Action::Damaged(damaged));
        }
        if store.last_id == 0 {
            // Whoever begins with nothing may have lost what there was: another page had it, or the storage was
            // cleared. An identifier that the platform still holds must not be given to another message. A clean
            // session is no exception: what waits in it may be sent in the next one, which need not be clean.
            let [high, low, ..] = (self.world.random)();
            store.last_id = u16::from_be_bytes([high, low]);
        }
        self.welcome(&key, &store);
        match Kept::new(key, &options, store, recorder, claim) {
            Ok(kept) => {
                self.tell_recording(&kept);
                Ok(Acquired::Kept(Box::new(kept)))
            }
            Err(error) => {
                self.tell(Action::Changed(Status::Offline(Some(Ending::Unsendable(error)))));
                Ok(Acquired::Stopped)
            }
        }
    }

    /// Lists the uploads of a session that goes on here.
    fn welcome(&mut self, key: &str, store: &Store) {
        self.past.restored += held(store);
        let released = store.released.iter().map(|packet_id| (*packet_id, None));
        let outbound = store.outbound.iter();
        let outbound =
            outbound.map(|outbound| (outbound.packet_id, Some::<Message>(outbound.message.clone())));
        self.tell(Action::Restored(released.chain(outbound).collect()));
        let before = self.shelved.len();
        self.shelved.retain(|shelved| shelved.key != key);
        if self.shelved.len() < before {
            self.tell(Action::Shelved(self.shelved.clone()));
        }
    }

    /// The session for the next link.
    pub(super) async fn renew(&mut self, mut kept: Kept, target: &Target) -> Option<Kept> {
        kept.flush().await;
        self.tell_recording(&kept);
        self.past = self.past.after(&kept.session.counts());
        match kept.renew(&target.options()) {
            Ok(kept) => Some(kept),
            Err(error) => {
                self.tell(Action::Changed(Status::Offline(Some(Ending::Unsendable(error)))));
                None
            }
        }
    }

    /// The person has left this device: what waits goes on when they come back.
    pub(super) async fn set_aside(&mut self, mut kept: Kept) {
        kept.flush().await;
        self.past = self.past.after(&kept.session.counts());
        let left = held(kept.session.store());
        self.past.set_aside += left;
        self.tell(Action::SetAside);
        self.tell_progress(None, 0);
        let key = kept.key.clone();
        if left > 0 && !kept.recorder.holds_all() {
            // Nothing but this page has it.
            self.aside.push(kept);
        } else {
            drop(kept);
        }
        if self.keeps {
            self.look_at(&key).await;
            self.tell(Action::Shelved(self.shelved.clone()));
        }
        self.tell_recording_as(Recording::Off);
    }

    /// Whether unsent uploads are kept from now on. Those that are go if they shall not be.
    pub(super) async fn keep(&mut self, kept: Option<&mut Kept>, keeps: bool) {
        self.keeps = keeps;
        self.tell(Action::KeepingWanted(keeps));
        let row = match keeps {
            true => Write::Delete(KEEP_NONE.to_owned()),
            false => Write::Put(Row { name: KEEP_NONE.to_owned(), bytes: Vec::new() }),
        };
        self.save(LIST, vec![row]).await;
        match kept {
            Some(kept) if keeps => {
                kept.flush().await;
                kept.recorder.begin_anew(kept.session.store());
            }
            Some(kept) => {
                kept.flush().await;
                kept.recorder = Recorder::off(self.world.clone(), kept.key.clone());
                self.empty(&kept.key).await;
                self.tell_recording(kept);
            }
            None => {}
        }
        if !keeps {
            for row in self.rows(LIST).await {
                self.discard(&row.name).await;
            }
        }
    }

    /// Forgets what waits for another device, unless another tab has it.
    pub(super) async fn discard(&mut self, key: &str) {
        let claim = self.world.within(SHELF_TIMEOUT, (self.world.claim)(key)).await;
        let is_free = !matches!(claim, Some(None));
        if key.contains('\n') && is_free {
            self.empty(key).await;
            self.look_at(key).await;
            self.tell(Action::Shelved(self.shelved.clone()));
        }
    }

    async fn empty(&self, key: &str) {
        let rows = self.rows(key).await;
        self.save(key, delete_all(rows)).await;
        self.save(LIST, vec![Write::Delete(key.to_owned())]).await;
    }

    /// What there is; nothing where the browser says nothing.
    async fn rows(&self, key: &str) -> Vec<Row> {
        let rows = self.world.within(SHELF_TIMEOUT, (self.world.load)(key)).await;
        rows.and_then(Result::ok).unwrap_or_default()
    }

    /// Whether it worked shows in what is there afterwards.
    async fn save(&self, key: &str, writes: Vec<Write>) {
        let _ = self.world.within(SHELF_TIMEOUT, (self.world.save)(key, writes)).await;
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

fn held(store: &Store) -> u64 {
    (store.outbound.len() + store.released.len()) as u64
}

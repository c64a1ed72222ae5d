//! What waits for devices that are not logged in: on this computer, in this page, or in another tab.
//!
//! Whatever is asked of the shelf here may be asked while a link stands, which waits for it meanwhile: all of it
//! together ends within one [`SHELF_TIMEOUT`].

use std::cell::RefCell;
use std::collections::BTreeSet;

use futures::future::join_all;

use super::Driver;
use crate::client::kept::Kept;
use crate::client::record::{self, Reading};
use crate::client::recorder::{LIST, Recorder, SHELF_TIMEOUT, delete_all};
use crate::client::shelf::{Row, ShelfError, Write};
use crate::client::world::World;
use crate::state::Action;
use crate::upload::{Recording, Shelved, Whereabouts};

/// The row in the list of sessions that says that none shall be kept. No session is named so: theirs have a line
/// break in them.
const KEEP_NONE: &str = "none";

/// How an attempt to delete a session's rows ended.
enum Deletion {
    /// There are none.
    Done,
    /// Another tab has the session.
    Taken,
    /// The browser did not do it.
    Failed,
}

/// How an attempt to take a session from the shelf ended.
enum Opened {
    /// It is here.
    Kept(Box<Kept>),
    /// Another tab has it.
    Taken,
    /// The browser did not give it.
    Failed,
}

impl Driver {
    /// At the start: what waits on this computer. Nothing of it is sent before somebody logs in.
    pub(super) async fn look_around(&mut self) {
        let list = self.world.within(SHELF_TIMEOUT, (self.world.load)(LIST)).await;
        let list = list.and_then(Result::ok).unwrap_or_default();
        self.keeps = wants(&list);
        self.tell(Action::KeepingWanted(self.keeps));
        self.shelved.clear();
        for Row { name: key, .. } in list.into_iter().filter(is_session) {
            if self.look_at(&key).await {
                let deletion = delete(&self.world, &key, false);
                // What is not needed is no harm either.
                let _ = self.world.within(SHELF_TIMEOUT, deletion).await;
            }
        }
        self.tell(Action::Shelved(self.shelved.clone()));
    }

    /// Lists whatever waits under this key on this computer, if anything does. Gives whether nothing there is needed
    /// any longer.
    async fn look_at(&mut self, key: &str) -> bool {
        let rows = self.world.within(SHELF_TIMEOUT, (self.world.load)(key)).await;
        let Some(Ok(rows)) = rows else { return false };
        self.shelved.retain(|shelved| shelved.key != key);
        let is_empty = rows.is_empty();
        let reading = record::read(rows);
        let (uploads, damaged) = (reading.uploads(), reading.damaged);
        self.tell(Action::Damaged { key: key.to_owned(), rows: damaged });
        if uploads + damaged > 0 {
            self.list(key, uploads, damaged, Whereabouts::Computer);
        }
        is_empty || Reading::is_spent(&reading)
    }

    /// How any tab has left the switch; `None` where the browser does not say.
    pub(super) async fn switch(&self) -> Option<bool> {
        let list = self.world.within(SHELF_TIMEOUT, (self.world.load)(LIST)).await;
        list.and_then(Result::ok).map(|list| wants(&list))
    }

    /// Follows the switch, with the sessions that nobody is logged in with.
    pub(super) async fn turn(&mut self, keeps: bool) {
        if keeps == self.keeps {
            return;
        }
        self.keeps = keeps;
        self.tell(Action::KeepingWanted(keeps));
        for kept in &mut self.aside {
            match keeps {
                true => kept.record_anew(),
                false => kept.recorder.stop(),
            }
        }
        if keeps {
            // Each takes no longer than the shelf may.
            join_all(self.aside.iter_mut().map(Kept::flush)).await;
        }
        self.relist();
    }

    /// The person has turned the switch: whether unsent uploads are kept from now on. Those that are go if they
    /// shall not be.
    pub(super) async fn keep(&mut self, kept: Option<&mut Kept>, keeps: bool) {
        let own = kept.as_ref().map(|kept| kept.key.clone());
        if let Some(kept) = kept {
            match keeps {
                true => kept.record_anew(),
                false => kept.recorder.stop(),
            }
            self.tell_recording(kept);
        }
        let row = match keeps {
            true => Write::Delete(KEEP_NONE.to_owned()),
            false => Write::Put(Row { name: KEEP_NONE.to_owned(), bytes: Vec::new() }),
        };
        // The call takes its turn: whatever is asked of the shelf from here on comes after it.
        let saved = (self.world.save)(LIST, vec![row]);
        if keeps {
            let world = self.world.clone();
            futures::join!(self.turn(true), world.within(SHELF_TIMEOUT, saved));
            return;
        }
        self.turn(false).await;
        let own: BTreeSet<String> = self.aside.iter().map(|kept| kept.key.clone()).chain(own).collect();
        for (key, deletion) in self.delete_all(saved, &own).await {
            match deletion {
                Deletion::Done if own.contains(&key) => self.tell(Action::Damaged { key, rows: 0 }),
                Deletion::Done => self.let_go(&key),
                Deletion::Taken => self.list_taken(&key),
                // It stays listed.
                Deletion::Failed => {}
            }
        }
        self.relist();
    }

    /// Deletes the rows of every session, once `saved` is over. Gives what became of each.
    async fn delete_all(
        &self,
        saved: impl Future<Output = Result<(), ShelfError>>,
        own: &BTreeSet<String>,
    ) -> Vec<(String, Deletion)> {
        let deletions = RefCell::new(Vec::new());
        let all = async {
            let list = (self.world.load)(LIST);
            let (_, list) = futures::join!(saved, list);
            let keys = list.unwrap_or_default().into_iter().filter(is_session).map(|row| row.name);
            join_all(keys.map(|key| async {
                let deletion = delete(&self.world, &key, own.contains(&key)).await;
                deletions.borrow_mut().push((key, deletion));
            }))
            .await;
        };
        // What takes longer is still listed, or found again by the next page.
        let _ = self.world.within(SHELF_TIMEOUT, all).await;
        deletions.into_inner()
    }

    /// Forgets what waits for another device, unless another tab has it.
    pub(super) async fn discard(&mut self, key: &str) {
        if !key.contains('\n') {
            return;
        }
        let aside = self.aside.iter().position(|kept| kept.key == key);
        let mut kept = aside.map(|at| self.aside.remove(at));
        if let Some(kept) = &mut kept {
            kept.recorder.stop();
        }
        let deletion = delete(&self.world, key, kept.is_some());
        let deletion = self.world.within(SHELF_TIMEOUT, deletion).await.unwrap_or(Deletion::Failed);
        match deletion {
            Deletion::Done => self.let_go(key),
            Deletion::Taken => self.list_taken(key),
            Deletion::Failed if kept.is_some() => self.let_go(key),
            Deletion::Failed => {}
        }
        self.relist();
    }

    /// Takes back an upload that was left for its device.
    pub(super) async fn give_up_left(&mut self, key: &str, packet_id: u16) {
        let opened = match self.aside.iter().position(|kept| kept.key == key) {
            Some(at) => Opened::Kept(Box::new(self.aside.remove(at))),
            None => {
                let opened = self.world.within(SHELF_TIMEOUT, open(&self.world, key)).await;
                opened.unwrap_or(Opened::Failed)
            }
        };
        let mut kept = match opened {
            Opened::Kept(kept) => *kept,
            Opened::Taken => {
                self.list_taken(key);
                return self.relist();
            }
            Opened::Failed => return,
        };
        let was_left = self.left.get_mut(key).is_some_and(|left| left.remove(&packet_id));
        match (kept.give_up(packet_id), was_left) {
            (true, true) => {
                self.past.set_aside -= 1;
                self.past.failed += 1;
                self.tell(Action::GivenUp { left: Some(key.to_owned()), packet_id });
            }
            (true, false) => {}
            (false, true) => {
                self.left.entry(key.to_owned()).or_default().insert(packet_id);
            }
            (false, false) => {}
        }
        kept.flush().await;
        self.put(kept).await;
    }

    /// Nobody is logged in with this session: it is on this computer or, where not all of it is, in this page.
    pub(super) async fn put(&mut self, kept: Kept) {
        let key = kept.key.clone();
        self.shelved.retain(|shelved| shelved.key != key);
        if kept.uploads().next().is_some() && !kept.recorder.holds_all() {
            self.aside.push(kept);
        } else if self.keeps && self.look_at(&key).await {
            // A name and a number that nobody needs: this tab still has the session, so nobody else uses them.
            let _ = self.world.within(SHELF_TIMEOUT, empty(&self.world, &key)).await;
        }
        self.relist();
    }

    /// What was left for this device was deleted.
    fn let_go(&mut self, key: &str) {
        let left = self.left.remove(key).unwrap_or_default().len() as u64;
        self.past.set_aside -= left;
        self.past.failed += left;
        self.tell(Action::Discarded { key: key.to_owned() });
        self.tell(Action::Damaged { key: key.to_owned(), rows: 0 });
        self.shelved.retain(|shelved| shelved.key != key);
    }

    fn list(&mut self, key: &str, uploads: usize, damaged: usize, whereabouts: Whereabouts) {
        let Some((address, device_id)) = key.split_once('\n') else { return };
        self.shelved.push(Shelved {
            key: key.to_owned(),
            address: (!address.is_empty()).then(|| address.to_owned()),
            device_id: device_id.to_owned(),
            uploads,
            damaged,
            whereabouts,
        });
    }

    fn list_taken(&mut self, key: &str) {
        self.shelved.retain(|shelved| shelved.key != key);
        self.list(key, 0, 0, Whereabouts::OtherTab);
    }

    /// Nothing of this session waits for a login.
    pub(super) fn unlist(&mut self, key: &str) {
        let before = self.shelved.len();
        self.shelved.retain(|shelved| shelved.key != key);
        if self.shelved.len() < before {
            self.tell(Action::Shelved(self.shelved.clone()));
        }
    }

    /// Lists the sessions that this page holds, and tells the list.
    fn relist(&mut self) {
        self.shelved.retain(|shelved| shelved.whereabouts != Whereabouts::Page);
        let aside: Vec<_> =
            self.aside.iter().map(|kept| (kept.key.clone(), kept.uploads().count())).collect();
        for (key, uploads) in aside {
            self.shelved.retain(|shelved| shelved.key != key);
            self.list(&key, uploads, 0, Whereabouts::Page);
        }
        self.tell(Action::Shelved(self.shelved.clone()));
    }
}

/// Whether this list of sessions says that uploads are to be kept.
fn wants(list: &[Row]) -> bool {
    !list.iter().any(|row| row.name == KEEP_NONE)
}

fn is_session(row: &Row) -> bool {
    row.name.contains('\n')
}

/// Takes a session that nobody is logged in with from the shelf.
async fn open(world: &World, key: &str) -> Opened {
    let Some(claim) = (world.claim)(key).await else { return Opened::Taken };
    let (recorder, store, _) = Recorder::open(world.clone(), key.to_owned()).await;
    if recorder.recording() != Recording::On {
        return Opened::Failed;
    }
    match Kept::unused(key.to_owned(), store, recorder, claim) {
        Ok(kept) => Opened::Kept(Box::new(kept)),
        Err(_) => Opened::Failed,
    }
}

/// Deletes the rows of a session, unless another tab has it; it may be this tab's already.
async fn delete(world: &World, key: &str, is_own: bool) -> Deletion {
    let claim = if is_own { None } else { (world.claim)(key).await };
    if claim.is_none() && !is_own {
        return Deletion::Taken;
    }
    // The claim is held until it is done.
    match empty(world, key).await {
        Ok(()) => Deletion::Done,
        Err(_) => Deletion::Failed,
    }
}

async fn empty(world: &World, key: &str) -> Result<(), ShelfError> {
    let rows = (world.load)(key).await?;
    (world.save)(key, delete_all(rows)).await?;
    (world.save)(LIST, vec![Write::Delete(key.to_owned())]).await
}

//! Carries what a session must remember to this computer, one batch after the other, and says when it cannot.
//!
//! Sending never waits for a shelf that is full, refused or silent: recording stops, the person is told, and it is
//! tried again with the next link.

use std::time::Duration;

use futures::future::{LocalBoxFuture, pending};
use futures::{FutureExt, select_biased};
use session::{Change, Store};

use crate::client::record::{self, Reading, Record};
use crate::client::shelf::{Row, ShelfError, Write};
use crate::client::world::World;
use crate::upload::{Recording, Stop};

/// How long the browser may take to write or to read.
pub const SHELF_TIMEOUT: Duration = Duration::from_secs(5);

/// How long is waited at once.
const STEP: Duration = Duration::from_millis(500);

/// The rows of one session, as they are written.
pub(super) struct Recorder {
    world: World,
    key: String,
    record: Record,
    recording: Recording,
    /// Whether not even what is small can be written.
    is_dead: bool,
    /// Whether what an earlier page has left could not be read: it must not be written over.
    is_unread: bool,
    /// Whether the list of sessions names this one.
    is_listed: bool,
    writing: Option<LocalBoxFuture<'static, Written>>,
}

/// What became of a batch.
enum Written {
    All,
    /// Only what needs no room: the marks, and what goes.
    Small(Stop),
    Nothing(Stop),
}

impl Recorder {
    /// A recorder that writes nothing.
    pub(super) fn off(world: World, key: String) -> Self {
        Self {
            world,
            key,
            record: Record::default(),
            recording: Recording::Off,
            is_dead: true,
            is_unread: false,
            is_listed: false,
            writing: None,
        }
    }

    /// Reads what is there, and goes on with it.
    pub(super) async fn open(world: World, key: String) -> (Self, Store, usize) {
        let rows = world.within(SHELF_TIMEOUT, (world.load)(&key)).await;
        let off = Self::off(world, key);
        match rows {
            Some(Ok(rows)) => {
                let is_listed = !rows.is_empty();
                let Reading { store, record, damaged } = record::read(rows);
                let recorder = Self { record, recording: Recording::On, is_dead: false, is_listed, ..off };
                (recorder, store, damaged)
            }
            Some(Err(error)) => (off.unread(error.into()), Store::default(), 0),
            None => (off.unread(Stop::Silent), Store::default(), 0),
        }
    }

    fn unread(self, stop: Stop) -> Self {
        Self { recording: Recording::Stopped(stop), is_unread: true, ..self }
    }

    /// Writes nothing any longer. What was handed to the browser is written before whatever is asked of it later.
    pub(super) fn stop(&mut self) {
        self.record = Record::default();
        self.recording = Recording::Off;
        (self.is_dead, self.is_unread, self.is_listed) = (true, false, false);
        self.writing = None;
    }

    /// How it stands.
    pub(super) fn recording(&self) -> Recording {
        self.recording
    }

    /// Notes a change, to be written with the next batch.
    pub(super) fn note(&mut self, change: &Change) {
        if !self.is_dead {
            self.record.note(change);
        }
    }

    /// Begins to write what was noted.
    pub(super) fn begin(&mut self) {
        if self.writing.is_some() || self.is_dead || self.record.is_empty() {
            return;
        }
        let mut writes = self.record.take();
        let mut stopped = None;
        if let Recording::Stopped(stop) = self.recording {
            // A message that is not there needs no mark, but a mark does no harm.
            writes.retain(|write| !record::is_large(write));
            stopped = Some(stop);
        }
        let list = (!self.is_listed).then(|| list(&self.world, &self.key));
        let (save, key) = (self.world.save.clone(), self.key.clone());
        let writing = async move {
            if let Some(list) = list
                && let Err(error) = list.await
            {
                return Written::Nothing(error.into());
            }
            let small: Vec<Write> = writes.iter().filter(|write| !record::is_large(write)).cloned().collect();
            let all = writes.len();
            match (save(&key, writes).await, stopped) {
                (Ok(()), None) => Written::All,
                (Ok(()), Some(stop)) => Written::Small(stop),
                (Err(error), _) if small.len() == all => Written::Nothing(error.into()),
                (Err(error), _) => match save(&key, small).await {
                    Ok(()) => Written::Small(error.into()),
                    Err(error) => Written::Nothing(error.into()),
                },
            }
        };
        self.write(writing.boxed_local());
    }

    /// Tries again to write everything, if it had to stop.
    pub(super) fn retry(&mut self, store: &Store) {
        if matches!(self.recording, Recording::Stopped(_)) && self.writing.is_none() {
            self.begin_anew(store);
        }
    }

    /// Writes everything that a session holds, in the place of what is there.
    pub(super) fn begin_anew(&mut self, store: &Store) {
        self.record = Record::default();
        self.record.note_all(store);
        let writes = self.record.take();
        let (world, key) = (self.world.clone(), self.key.clone());
        let is_unread = self.is_unread;
        let writing = async move {
            let written = async {
                list(&world, &key).await?;
                let rows = (world.load)(&key).await?;
                if is_unread && record::read(rows.clone()).uploads() > 0 {
                    // They wait for a page that can read them from the beginning.
                    return Err(ShelfError::Refused);
                }
                let mut all = delete_all(rows);
                all.extend(writes);
                (world.save)(&key, all).await
            };
            match written.await {
                Ok(()) => Written::All,
                Err(error) => Written::Nothing(error.into()),
            }
        };
        // Changes from now on go on top of it; whether they are written is known when it has ended.
        self.is_dead = false;
        self.write(writing.boxed_local());
    }

    fn write(&mut self, writing: LocalBoxFuture<'static, Written>) {
        let world = self.world.clone();
        let bounded = async move {
            world.within(SHELF_TIMEOUT, writing).await.unwrap_or(Written::Nothing(Stop::Silent))
        };
        self.writing = Some(bounded.boxed_local());
    }

    /// Whether a batch is being written.
    pub(super) fn is_busy(&self) -> bool {
        self.writing.is_some()
    }

    /// Whether what relies on the batch must not be sent yet. Where recording has stopped, nothing waits for it: it is
    /// only being tried again.
    pub(super) fn holds_back(&self) -> bool {
        self.is_busy() && !matches!(self.recording, Recording::Stopped(_))
    }

    /// Ends when the batch is written or given up, never without one. May be asked again after it was dropped.
    pub(super) async fn done(&mut self) {
        let Some(writing) = &mut self.writing else { return pending().await };
        let written = writing.await;
        self.writing = None;
        match written {
            Written::All => {
                self.is_unread = false;
                self.is_listed = true;
                self.recording = Recording::On;
            }
            Written::Small(stop) => {
                self.is_listed = true;
                self.recording = Recording::Stopped(stop);
            }
            Written::Nothing(stop) => {
                self.is_dead = true;
                self.record = Record::default();
                self.recording = Recording::Stopped(stop);
            }
        }
    }

    /// Writes everything that was noted.
    pub(super) async fn flush(&mut self) {
        loop {
            self.begin();
            if !self.is_busy() {
                return;
            }
            self.done().await;
        }
    }

    /// Whether everything that the session holds is on this computer.
    pub(super) fn holds_all(&self) -> bool {
        self.recording == Recording::On && self.record.is_empty() && !self.is_busy()
    }
}

/// Writes that remove all of these rows.
pub(super) fn delete_all(rows: Vec<Row>) -> Vec<Write> {
    rows.into_iter().map(|row| Write::Delete(row.name)).collect()
}

/// The key of the rows that name all sessions of which rows are kept.
pub(super) const LIST: &str = "";

fn list(world: &World, key: &str) -> LocalBoxFuture<'static, Result<(), ShelfError>> {
    (world.save)(LIST, vec![Write::Put(Row { name: key.to_owned(), bytes: Vec::new() })])
}

impl World {
    /// What a future gives, `None` if it takes longer than `limit`, which is counted in steps: a page that was busy
    /// for long, and could hear of nothing meanwhile, has waited one.
    pub(super) async fn within<T>(&self, limit: Duration, future: impl Future<Output = T>) -> Option<T> {
        let future = future.fuse();
        futures::pin_mut!(future);
        let mut left = limit;
        while !left.is_zero() {
            let step = left.min(STEP);
            let timeout = (self.sleep)(step).fuse();
            futures::pin_mut!(timeout);
            select_biased! {
                value = future => return Some(value),
                () = timeout => left -= step,
            }
        }
        None
    }
}

//! Rows of bytes that outlive the page, in IndexedDB: one store, a row under `[session, name]`.
//!
//! Calls are jobs in one queue, and each begins its transaction before the next is looked at. IndexedDB lets
//! transactions of one store take effect in the order in which they began, also those of other tabs, so nobody waits
//! for a commit but who asked for it. What is committed outlives page and browser; a power cut may take the last
//! moments, as browsers do not wait for the disk.

use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::channel::oneshot;
use futures::future::{Either, LocalBoxFuture, select};
use futures::{FutureExt, StreamExt};
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use idb::{Database, DatabaseEvent, Error, Factory, KeyRange, ObjectStoreParams, Request, TransactionMode};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbTransaction};
use yew::platform::spawn_local;

use crate::client::{Row, ShelfError, Write};

/// Shared by every page of this origin, whatever its folder.
const DATABASE: &str = "onenet-web";

/// Rises when the rows change their meaning. A newer database is left alone: opening it fails.
const VERSION: u32 = 1;

const STORE: &str = "rows";

/// How long opening may take, in milliseconds: some browsers never answer, and nobody can wait for that.
const PATIENCE: u32 = 10_000;

/// The rows of every session.
pub(super) struct Shelf {
    jobs: UnboundedSender<Job>,
}

impl Shelf {
    /// Nothing is opened before something is asked for.
    pub(super) fn new() -> Self {
        let (jobs, queue) = unbounded();
        spawn_local(work(queue));
        Self { jobs }
    }

    /// The rows of a session, in the order of their names.
    pub(super) fn load(&self, session: &str) -> LocalBoxFuture<'static, Result<Vec<Row>, ShelfError>> {
        let (reply, answer) = oneshot::channel();
        self.ask(Job { session: session.to_owned(), task: Task::Load(reply) }, answer)
    }

    /// Writes to the rows of a session, all or none.
    pub(super) fn save(
        &self,
        session: &str,
        writes: Vec<Write>,
    ) -> LocalBoxFuture<'static, Result<(), ShelfError>> {
        let (reply, answer) = oneshot::channel();
        self.ask(Job { session: session.to_owned(), task: Task::Save(writes, reply) }, answer)
    }

    fn ask<T: 'static>(
        &self,
        job: Job,
        answer: oneshot::Receiver<Result<T, ShelfError>>,
    ) -> LocalBoxFuture<'static, Result<T, ShelfError>> {
        // The queue is read as long as the shelf is there, and every job is answered.
        let _ = self.jobs.unbounded_send(job);
        answer.map(|answer| answer.unwrap_or(Err(ShelfError::Refused))).boxed_local()
    }
}

struct Job {
    session: String,
    task: Task,
}

enum Task {
    Load(oneshot::Sender<Result<Vec<Row>, ShelfError>>),
    Save(Vec<Write>, oneshot::Sender<Result<(), ShelfError>>),
}

async fn work(mut queue: UnboundedReceiver<Job>) {
    let mut connection = Connection::default();
    while let Some(Job { session, task }) = queue.next().await {
        match task {
            Task::Load(reply) => {
                let begun = connection.begin(TransactionMode::ReadOnly).await;
                answer(reply, begun.map(|transaction| read(&transaction, &session)));
            }
            Task::Save(writes, reply) => {
                let begun = connection.begin(TransactionMode::ReadWrite).await;
                answer(reply, begun.map(|transaction| write(&transaction, &session, &writes)));
            }
        }
    }
}

/// Answers a job when its transaction has ended; the next job does not wait for that.
fn answer<T: 'static>(
    reply: oneshot::Sender<Result<T, ShelfError>>,
    begun: Result<impl Future<Output = Result<T, ShelfError>> + 'static, ShelfError>,
) {
    spawn_local(async move {
        let answer = match begun {
            Ok(result) => result.await,
            Err(error) => Err(error),
        };
        // It may be that nobody waits for it any longer.
        let _ = reply.send(answer);
    });
}

/// Asks for the rows at once; the future ends when they are there.
fn read(
    transaction: &IdbTransaction,
    session: &str,
) -> impl Future<Output = Result<Vec<Row>, ShelfError>> + use<> {
    let asked = (|| {
        let store = idb::Transaction::from(transaction.clone()).object_store(STORE)?;
        // Arrays come after texts in the order of keys: between the two are all rows of the session.
        let first = Array::of1(&session.into());
        let last = Array::of2(&session.into(), &Array::new());
        let range = KeyRange::bound(&first, &last, None, None)?;
        Ok((store.get_all_keys(Some(range.clone().into()), None)?, store.get_all(Some(range.into()), None)?))
    })();
    let ended = ended(transaction);
    async move {
        let (keys, values) = asked.map_err(reason)?;
        ended.await?;
        let (keys, values) = (keys.result().map_err(reason)?, values.result().map_err(reason)?);
        let rows = Array::from(&keys).into_iter().zip(Array::from(&values)).map(|(key, value)| {
            // What is neither was written by somebody else: empty, it counts as damaged.
            let name = Array::from(&key).get(1).as_string().unwrap_or_default();
            let bytes = value.dyn_into::<Uint8Array>().map_or_else(|_| Vec::new(), |bytes| bytes.to_vec());
            Row { name, bytes }
        });
        Ok(rows.collect())
    }
}

/// Asks for the changes at once; the future ends when they are kept or given up.
fn write(
    transaction: &IdbTransaction,
    session: &str,
    writes: &[Write],
) -> impl Future<Output = Result<(), ShelfError>> + use<> {
    let ended = ended(transaction);
    let transaction = idb::Transaction::from(transaction.clone());
    let asked = (|| {
        let store = transaction.object_store(STORE)?;
        for write in writes {
            match write {
                Write::Put(row) => {
                    let key = Array::of2(&session.into(), &row.name.as_str().into());
                    store.put(&Uint8Array::from(row.bytes.as_slice()), Some(&key))?;
                }
                Write::Delete(name) => {
                    store.delete(JsValue::from(Array::of2(&session.into(), &name.as_str().into())))?;
                }
            }
        }
        Ok(())
    })();
    // At once, and not when the page has heard that each change was made: a page that goes away before that would take
    // the changes with it. After an error those before it would be kept alone. Both fail only when it has ended by
    // itself.
    let _ = match asked {
        Ok(()) => transaction.commit(),
        Err(_) => transaction.abort(),
    };
    async move {
        asked.map_err(reason)?;
        ended.await
    }
}

/// The end of a transaction. A full disk is told by the abort alone: no request in it fails.
fn ended(transaction: &IdbTransaction) -> impl Future<Output = Result<(), ShelfError>> + use<> {
    let (completed, complete) = oneshot::channel();
    let (aborted, abort) = oneshot::channel();
    let listeners = [
        EventListener::once(transaction, "complete", move |_| {
            let _ = completed.send(());
        }),
        EventListener::once(transaction, "abort", move |_| {
            let _ = aborted.send(());
        }),
    ];
    let transaction = transaction.clone();
    async move {
        let _listeners = listeners;
        match select(complete, abort).await {
            Either::Left(_) => Ok(()),
            Either::Right(_) => Err(because(transaction.error())),
        }
    }
}

/// The connection to the database.
#[derive(Default)]
enum Connection {
    /// There is none.
    #[default]
    Closed,
    /// It is being opened; how long that is waited for, until the wait is over.
    Opening(LocalBoxFuture<'static, Result<Database, ShelfError>>, Option<TimeoutFuture>),
    /// It may have been closed since: by a newer page, or by the person who clears the storage.
    Open(Database),
}

impl Connection {
    async fn begin(&mut self, mode: TransactionMode) -> Result<IdbTransaction, ShelfError> {
        // Twice: a connection that was closed is opened again.
        for _ in 0..2 {
            let database = self.open().await?;
            if let Ok(transaction) = database.transaction(&[STORE], mode) {
                return Ok(transaction.into());
            }
            database.close();
            *self = Self::Closed;
        }
        Err(ShelfError::Refused)
    }

    async fn open(&mut self) -> Result<&Database, ShelfError> {
        if let Self::Closed = self {
            *self = Self::Opening(open().boxed_local(), Some(TimeoutFuture::new(PATIENCE)));
        }
        if let Self::Opening(opening, patience) = self {
            let opened = match patience.take() {
                Some(patience) => match select(&mut *opening, patience).await {
                    Either::Left((opened, _)) => Some(opened),
                    Either::Right(_) => None,
                },
                None => opening.now_or_never(),
            };
            match opened {
                Some(Ok(database)) => *self = Self::Open(database),
                Some(Err(error)) => {
                    *self = Self::Closed;
                    return Err(error);
                }
                // It goes on opening: who asks later finds it open, or hears this at once.
                None => return Err(ShelfError::Silent),
            }
        }
        match self {
            Self::Open(database) => Ok(database),
            Self::Closed | Self::Opening(..) => Err(ShelfError::Refused),
        }
    }
}

async fn open() -> Result<Database, ShelfError> {
    let mut request =
        Factory::new().and_then(|factory| factory.open(DATABASE, Some(VERSION))).map_err(reason)?;
    request.on_upgrade_needed(|event| {
        // Only a new database is below version 1, and what is new has no store yet.
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(STORE, ObjectStoreParams::new());
        }
    });
    let (opened, open) = oneshot::channel();
    let (failed, fail) = oneshot::channel();
    request.on_success(move |_| {
        let _ = opened.send(());
    });
    request.on_error(move |_| {
        let _ = failed.send(());
    });
    let mut database = match select(open, fail).await {
        Either::Left(_) => request.database().map_err(reason)?,
        Either::Right(_) => return Err(request.error().map_or_else(reason, because)),
    };
    database.on_version_change(|event| {
        // A newer page wants to change the store and waits until nobody uses it.
        if let Some(Ok(database)) = event.target().map(Database::try_from) {
            database.close();
        }
    });
    Ok(database)
}

fn reason(error: Error) -> ShelfError {
    match error {
        Error::UpdateFailed(error) => because(error.dyn_into().ok()),
        _ => ShelfError::Refused,
    }
}

fn because(error: Option<DomException>) -> ShelfError {
    match error.map(|error| error.name()).as_deref() {
        Some("QuotaExceededError") => ShelfError::Full,
        Some("VersionError") => ShelfError::Newer,
        Some(_) | None => ShelfError::Refused,
    }
}

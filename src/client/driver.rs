//! The loop that keeps a device connected: open a link, drive a session over it, and after a loss come
//! back with growing pauses until the person says otherwise.

use std::time::Duration;

use futures::channel::mpsc::UnboundedReceiver;
use futures::{FutureExt, StreamExt, select_biased};
use onenet::Timestamp;
use session::{CommandError, Event, Message, Qos, Session};
use web_time::Instant;

use crate::client::backoff::Backoff;
use crate::client::conversation::{Conversation, Left};
use crate::client::dialer::{Dialer, Tape};
use crate::client::link::LinkEvent;
use crate::client::raw::Raw;
use crate::client::world::{Emit, World};
use crate::connect::{Ending, LinkEnd, Status, Target};
use crate::feed::{AutoReply, Budget, SubscriptionState};
use crate::state::Action;
use crate::upload::Upload;

/// What the person asks for.
#[derive(Debug)]
pub enum Command {
    /// Log in there, leaving wherever the device is logged in.
    Connect(Box<Target>),
    /// End the pause before the next try.
    TryNow,
    /// Take leave, or stop trying.
    Disconnect,
    /// Publish.
    Upload(Upload),
    /// Subscribe now and after every login.
    Subscribe(String),
    /// Take a subscription back.
    Unsubscribe(String),
    /// Answer messages by itself from now on.
    Reply(Vec<AutoReply>),
    /// Send bytes as they are over the present connection.
    Compose(Raw),
}

/// Carries out commands until their sender is dropped.
pub async fn drive(world: World, commands: UnboundedReceiver<Command>, dialer: Dialer, emit: Emit) {
    let (subscriptions, replies) = (Vec::new(), Vec::new());
    let budget = Budget::default();
    let mut driver =
        Driver { world, commands, dialer, emit, was_online: false, subscriptions, budget, replies };
    // An error is the end of the page.
    let _ = driver.run().await;
}

struct Driver {
    world: World,
    commands: UnboundedReceiver<Command>,
    dialer: Dialer,
    emit: Emit,
    /// Whether a login at the present target was ever accepted.
    was_online: bool,
    /// Topic filters wanted, in the order of asking.
    subscriptions: Vec<String>,
    /// How many more answers may be given so.
    budget: Budget,
    /// What is answered without asking the person.
    replies: Vec<AutoReply>,
}

/// Nobody can give commands any longer.
struct Abandoned;

impl Driver {
    async fn run(&mut self) -> Result<(), Abandoned> {
        let mut next = None;
        loop {
            let target = match next.take() {
                Some(target) => target,
                None => self.wait_for_target().await?,
            };
            next = self.stay_connected(&target).await?;
        }
    }

    /// Nothing is connected: only a target changes that.
    async fn wait_for_target(&mut self) -> Result<Box<Target>, Abandoned> {
        loop {
            match self.command().await? {
                Command::Connect(target) => return Ok(target),
                Command::Disconnect | Command::TryNow => {}
                other => self.refuse(other),
            }
        }
    }

    /// Tries until it holds, and again when it is lost. Gives the next target, `None` when it is over.
    async fn stay_connected(&mut self, target: &Target) -> Result<Option<Box<Target>>, Abandoned> {
        let mut backoff = Backoff::default();
        self.was_online = false;
        loop {
            self.tell(Action::Changed(Status::Opening));
            let ending = match self.converse(target, &mut backoff).await? {
                Left::ByWish => {
                    self.tell(Action::Changed(Status::Offline(None)));
                    return Ok(None);
                }
                Left::For(target) => return Ok(Some(target)),
                Left::Lost(ending) if !ending.may_mend() => {
                    self.tell(Action::Changed(Status::Offline(Some(ending))));
                    return Ok(None);
                }
                Left::Lost(ending) => ending,
            };
            match self.pause(&mut backoff, ending).await? {
                Pause::Over => {}
                Pause::Stopped => return Ok(None),
                Pause::For(target) => return Ok(Some(target)),
            }
        }
    }

    /// Waits before the next try, and counts the seconds where the person can see them.
    async fn pause(&mut self, backoff: &mut Backoff, ending: Ending) -> Result<Pause, Abandoned> {
        let end = (self.world.now)() + backoff.next((self.world.random)()[0]);
        loop {
            let left = end.saturating_duration_since((self.world.now)());
            if left.is_zero() {
                return Ok(Pause::Over);
            }
            let seconds = left.as_millis().div_ceil(1_000) as u64;
            self.tell(Action::Changed(Status::Waiting {
                seconds,
                tries: backoff.tries(),
                lost: self.was_online,
                ending: ending.clone(),
            }));
            let tick = (self.world.sleep)(left.min(Duration::from_secs(1)));
            let command = select_biased! {
                command = self.commands.next() => command.ok_or(Abandoned)?,
                () = tick.fuse() => continue,
            };
            match command {
                Command::TryNow => return Ok(Pause::Over),
                Command::Disconnect => {
                    self.tell(Action::Changed(Status::Offline(Some(ending))));
                    return Ok(Pause::Stopped);
                }
                Command::Connect(target) => return Ok(Pause::For(target)),
                other => self.refuse(other),
            }
        }
    }

    /// One link, from opening it to its end.
    async fn converse(&mut self, target: &Target, backoff: &mut Backoff) -> Result<Left, Abandoned> {
        let session = match Session::new(&target.options()) {
            Ok(session) => session,
            // The form lets no such target through; said all the same rather than lost.
            Err(error) => return Ok(Left::Lost(Ending::Unsendable(error))),
        };
        let (link, tape) = self.dialer.open(&target.place);
        let mut conversation = Conversation::new(session, link, tape, (self.world.now)());
        loop {
            // 1. Everything that outlives the connection: nothing keeps it yet.
            while conversation.session.poll_change().is_some() {}
            // 2. Everything the session has to tell. What came is told before what is said to it.
            while let Some(event) = conversation.session.poll_event() {
                if let Event::Closed(reason) = event {
                    // A DISCONNECT may be left to say.
                    conversation.transmit(Tape::sent);
                    if conversation.has_held((self.world.now)()) {
                        backoff.reset();
                    }
                    return Ok(conversation.left(reason));
                }
                self.handle_event(&mut conversation, target, event);
            }
            // 3. Everything it wants to say.
            conversation.transmit(Tape::sent);
            // 4. One thing that happens.
            let happened = self.wait(&mut conversation).await?;
            // 5. Hand it over.
            self.handle(&mut conversation, happened);
        }
    }

    async fn wait(&mut self, conversation: &mut Conversation) -> Result<Happened, Abandoned> {
        let deadline = self.world.sleep_until(conversation.deadline()).fuse();
        futures::pin_mut!(deadline);
        Ok(select_biased! {
            command = self.commands.next() => Happened::Asked(command.ok_or(Abandoned)?),
            event = conversation.link.next().fuse() => Happened::Linked(event),
            () = deadline => Happened::Timeout,
        })
    }

    fn handle(&mut self, conversation: &mut Conversation, happened: Happened) {
        let now = (self.world.now)();
        match happened {
            Happened::Linked(LinkEvent::Opened) => {
                self.tell(Action::Changed(Status::LoggingIn));
                conversation.opened = true;
                conversation.session.handle_open(now);
            }
            Happened::Linked(LinkEvent::Bytes(bytes)) => conversation.session.handle_input(&bytes, now),
            Happened::Linked(LinkEvent::Closed(end)) => conversation.close(end),
            Happened::Timeout if !conversation.opened => conversation.close(LinkEnd::OpenTimedOut),
            Happened::Timeout => conversation.session.handle_timeout(now),
            Happened::Asked(command) => self.handle_command(conversation, command, now),
        }
    }

    fn handle_command(&mut self, conversation: &mut Conversation, command: Command, now: Instant) {
        match command {
            Command::Connect(target) => conversation.leave(Left::For(target), now),
            Command::Disconnect => conversation.leave(Left::ByWish, now),
            Command::TryNow => {}
            Command::Upload(upload) => self.upload(conversation, upload, now),
            Command::Subscribe(filter) => {
                self.want(&filter);
                self.subscribe(conversation, &filter, now);
            }
            Command::Unsubscribe(filter) => {
                self.forget(&filter);
                conversation.subscribing.retain(|_, asked| *asked != filter);
                // Not connected: there is nothing to take back.
                let _ = conversation.session.unsubscribe(&[&filter], now);
            }
            Command::Reply(replies) => self.replies = replies,
            Command::Compose(Raw(bytes)) => {
                // Everything else is said already: what there is to transmit now are these bytes, or nothing
                // while the device is not logged in.
                let _ = conversation.session.send_raw(bytes, now);
                conversation.transmit(Tape::composed);
            }
        }
    }

    fn handle_event(&mut self, conversation: &mut Conversation, target: &Target, event: Event) {
        let now = (self.world.now)();
        match event {
            Event::Connected { session_present, round_trip, .. } => {
                self.was_online = true;
                conversation.online_since = Some(now);
                self.tell(Action::Changed(Status::Online { session_present, round_trip }));
                for filter in self.subscriptions.clone() {
                    self.subscribe(conversation, &filter, now);
                }
                if let Some(upload) = target.first_upload((self.world.wall)()) {
                    self.upload(conversation, upload, now);
                }
            }
            Event::Acknowledged { packet_id, round_trip } => {
                self.tell(Action::Acknowledged { packet_id, round_trip });
            }
            Event::Subscribed { packet_id, granted } => {
                let filter = conversation.subscribing.remove(&packet_id);
                if let (Some(filter), [granted]) = (filter, &granted[..]) {
                    self.tell_subscription(filter, SubscriptionState::Answered(*granted));
                }
            }
            Event::Message { message, dup } => {
                let at = (self.world.wall)();
                let arrived = Timestamp::from_utc(at.to_utc());
                let answer = |reply: &AutoReply| reply.answer(&message.topic, &message.payload, arrived);
                let answer = self.replies.iter().find_map(answer);
                self.tell(Action::Received { at, message, dup });
                match answer {
                    Some(answer) if self.budget.spend(now) => self.upload(conversation, answer, now),
                    Some(_) => self.stop_replying(),
                    None => {}
                }
            }
            Event::Received(frame) => conversation.tape.received(frame),
            Event::Unread(bytes) => conversation.tape.unread(&bytes),
            // The end is told by who called; the rest has nobody who shows it.
            Event::Released { .. }
            | Event::Unsettled { .. }
            | Event::Abandoned { .. }
            | Event::Duplicate { .. }
            | Event::Stray { .. }
            | Event::Unsubscribed { .. }
            | Event::Pinged { .. }
            | Event::Closed(_) => {}
        }
    }

    fn upload(&mut self, conversation: &mut Conversation, upload: Upload, now: Instant) {
        let outcome = conversation.session.publish(Message::from(&upload), now);
        self.tell(Action::Uploaded { upload, outcome });
    }

    fn subscribe(&mut self, conversation: &mut Conversation, filter: &str, now: Instant) {
        // Not connected: it is asked for after the login.
        if let Ok(packet_id) = conversation.session.subscribe(&[filter], Qos::AtLeastOnce, now) {
            conversation.subscribing.insert(packet_id, filter.to_owned());
            self.tell_subscription(filter.to_owned(), SubscriptionState::Asked);
        }
    }

    /// Too many answers by themselves: something goes round in circles. The person is told, and decides.
    fn stop_replying(&mut self) {
        for reply in &mut self.replies {
            reply.on = false;
        }
        self.tell(Action::RepliesStopped(self.replies.clone()));
    }

    /// What cannot be done without a connection.
    fn refuse(&mut self, command: Command) {
        match command {
            Command::Upload(upload) => {
                self.tell(Action::Uploaded { upload, outcome: Err(CommandError::NotConnected) });
            }
            Command::Subscribe(filter) => self.want(&filter),
            Command::Unsubscribe(filter) => self.forget(&filter),
            Command::Reply(replies) => self.replies = replies,
            // There is no connection to send anything over.
            Command::Compose(_) | Command::Connect(_) | Command::TryNow | Command::Disconnect => {}
        }
    }

    fn want(&mut self, filter: &str) {
        if !self.subscriptions.iter().any(|known| known == filter) {
            self.subscriptions.push(filter.to_owned());
            self.tell_subscription(filter.to_owned(), SubscriptionState::Wanted);
        }
    }

    fn forget(&mut self, filter: &str) {
        self.subscriptions.retain(|known| known != filter);
        self.tell(Action::Unsubscribed { filter: filter.to_owned() });
    }

    fn tell_subscription(&self, filter: String, state: SubscriptionState) {
        self.tell(Action::Subscribed { filter, state });
    }

    async fn command(&mut self) -> Result<Command, Abandoned> {
        self.commands.next().await.ok_or(Abandoned)
    }

    fn tell(&self, action: Action) {
        (self.emit)(action);
    }
}

enum Happened {
    Asked(Command),
    Linked(LinkEvent),
    Timeout,
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

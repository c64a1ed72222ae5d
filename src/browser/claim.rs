//! One tab for one session. Two tabs with the same client id would throw each other out of the platform for ever.
//!
//! The browser's Web Locks say who has it, and forget a tab that ends, crashes or is reloaded. A page loaded over
//! plain http from elsewhere has none: there tabs ask each other over a channel. That holds for two people's clicks,
//! not against a tab that is frozen or hangs: it does not answer, and is taken for gone.
//!
//! web-sys has Web Locks only behind a flag of the compiler, so they are called by name.

use std::cell::Cell;
use std::rc::Rc;

use data_encoding::HEXLOWER;
use futures::StreamExt;
use futures::channel::mpsc::unbounded;
use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use gloo::utils::window;
use js_sys::futures::JsFuture;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::client::Claim;

/// Takes a session for this tab until the claim is dropped; `None` while another tab has it.
pub(super) async fn claim(session: String, chance: [u8; 16]) -> Option<Claim> {
    // Its name among all locks and channels of this origin.
    let name = format!("onenet-web {session}");
    match lock(&name).await {
        Some(answer) => answer,
        None => ask_around(&name, chance).await,
    }
}

/// A Web Lock, held as long as a promise is not kept. `None` where there are no locks to be had.
async fn lock(name: &str) -> Option<Option<Claim>> {
    let locks = &Reflect::get(&window().navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(locks, &"request".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &true.into()).ok()?;
    let (report, answer) = oneshot::channel();
    // Called once, whatever the answer; only a request that is refused as a whole never calls it.
    let on_answer = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if lock.is_null() {
            let _ = report.send(None);
            return JsValue::UNDEFINED;
        }
        let mut release = None;
        let held = Promise::new(&mut |resolve, _| release = Some(Release(resolve)));
        // Where nobody waits for the claim any longer it is dropped here, and the lock with it.
        let _ = report.send(release.map(Claim::new));
        held.into()
    });
    let held: Promise = request.call3(locks, &name.into(), &options, &on_answer).ok()?.dyn_into().ok()?;
    match select(answer, JsFuture::from(held)).await {
        Either::Left((answer, _)) => answer.ok(),
        // An answer of *no* may be overtaken by the end of the request.
        Either::Right((Ok(_), answer)) => answer.await.ok(),
        Either::Right((Err(_), _)) => None,
    }
}

/// Keeps the promise when dropped.
struct Release(Function);

impl Drop for Release {
    fn drop(&mut self) {
        // Resolving a promise does not fail.
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// How long an answer may take, in milliseconds: a tab in the background has to wake up first.
const ANSWER: u32 = 300;

/// What comes before the number of the tab that asks.
const ASK: &str = "ask ";

/// What comes before the number of the tab that shall not have it. Every tab hears it, and of three that ask at once
/// the one in the middle must not take it away from the first.
const TAKEN: &str = "taken ";

/// Asks every tab of this origin. Of several that ask at once the one with the lowest number gets it.
async fn ask_around(name: &str, chance: [u8; 16]) -> Option<Claim> {
    // A browser without channels protects nothing: better two tabs than none.
    let Ok(channel) = BroadcastChannel::new(name) else { return Some(Claim::new(())) };
    let channel = Rc::new(Channel(channel));
    let own = HEXLOWER.encode(&chance);
    let holds = Rc::new(Cell::new(false));
    let (lost, mut loses) = unbounded();

    let listener = {
        let (speaker, own, holds) = (Rc::clone(&channel), own.clone(), Rc::clone(&holds));
        EventListener::new(&channel.0, "message", move |event| {
            let said = event.unchecked_ref::<MessageEvent>().data().as_string().unwrap_or_default();
            match answer(&own, holds.get(), &said) {
                Answer::Taken(text) => speaker.say(&text),
                Answer::Lost => {
                    let _ = lost.unbounded_send(());
                }
                Answer::Nothing => {}
            }
        })
    };
    channel.say(&format!("{ASK}{own}"));
    match select(loses.next(), TimeoutFuture::new(ANSWER)).await {
        Either::Left(_) => None,
        Either::Right(_) => {
            holds.set(true);
            Some(Claim::new((listener, channel)))
        }
    }
}

/// What a tab does about something that another one said.
enum Answer {
    /// It says that the other one shall not have the session.
    Taken(String),
    /// It does not get the session.
    Lost,
    /// It was not meant.
    Nothing,
}

/// What the tab with the number `own` does about it, which `holds` the session or asks for it as well.
fn answer(own: &str, holds: bool, said: &str) -> Answer {
    match (said.strip_prefix(ASK), said.strip_prefix(TAKEN)) {
        (Some(other), _) if holds || other > own => Answer::Taken(format!("{TAKEN}{other}")),
        (Some(_), _) => Answer::Lost,
        (None, Some(loser)) if !holds && loser == own => Answer::Lost,
        (None, _) => Answer::Nothing,
    }
}

/// Closed when dropped.
struct Channel(BroadcastChannel);

impl Channel {
    fn say(&self, text: &str) {
        // Fails only when it is closed.
        let _ = self.0.post_message(&text.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Those of these tabs that get the session when they ask in this order, all before one of them has heard an
    /// answer.
    fn winners(numbers: &[&'static str]) -> Vec<&'static str> {
        let mut said: Vec<(&str, String)> = numbers.iter().map(|own| (*own, format!("{ASK}{own}"))).collect();
        let mut left = numbers.to_vec();
        while let Some((speaker, text)) = said.pop() {
            for own in numbers.iter().copied().filter(|own| *own != speaker) {
                match answer(own, false, &text) {
                    Answer::Taken(text) => said.push((own, text)),
                    Answer::Lost => left.retain(|number| *number != own),
                    Answer::Nothing => {}
                }
            }
        }
        left
    }

    #[test]
    fn of_tabs_that_ask_at_once_exactly_one_gets_it() {
        assert_eq!(winners(&["7"]), ["7"]);
        for order in [["1", "2", "3"], ["3", "1", "2"], ["2", "3", "1"], ["3", "2", "1"]] {
            assert_eq!(winners(&order), ["1"], "{order:?}");
        }
    }

    #[test]
    fn who_has_it_keeps_it() {
        assert!(matches!(answer("2", true, "ask 1"), Answer::Taken(text) if text == "taken 1"));
        assert!(matches!(answer("2", true, "taken 2"), Answer::Nothing));
    }
}

//! What the browser gives the page, callable from a script: the browser tests run this without the page around it.
//!
//! Everything is a method of `window.world`. Rows are `[name, text]`, and `[name, null]` takes one away.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use futures::{FutureExt, StreamExt};
use js_sys::futures::future_to_promise;
use js_sys::{Array, Object, Promise, Reflect};
use onenet_web::browser;
use onenet_web::client::{Claim, Row, ShelfError, Write};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::{Closure, IntoWasmClosure, WasmClosure};
use yew::platform::spawn_local;

fn main() {
    let world = browser::world();
    let object = Object::new();
    // `load(session)`: its rows, or why not.
    let load = world.load.clone();
    method::<dyn Fn(String) -> Promise>(&object, "load", move |session: String| {
        let rows = load(&session);
        promise(async move {
            match rows.await {
                Ok(rows) => rows.iter().map(row).collect::<Array>().into(),
                Err(error) => why(error).into(),
            }
        })
    });
    // `save(session, rows)`: `kept`, or why not.
    let save = world.save.clone();
    method::<dyn Fn(String, Array) -> Promise>(&object, "save", move |session: String, rows: Array| {
        let saved = save(&session, rows.iter().map(write).collect());
        promise(saved.map(|saved| saved.map_or_else(why, |()| "kept").into()))
    });
    // `claim(session)`: whether it is this tab's now. `release(session)`: it is not any longer.
    let claims: Rc<RefCell<BTreeMap<String, Claim>>> = Rc::default();
    let (claim, held) = (world.claim.clone(), claims.clone());
    method::<dyn Fn(String) -> Promise>(&object, "claim", move |session: String| {
        let (claimed, held) = (claim(&session), held.clone());
        promise(async move {
            let claim = claimed.await;
            let is_ours = claim.is_some();
            held.borrow_mut().extend(claim.map(|claim| (session, claim)));
            is_ours.into()
        })
    });
    method::<dyn Fn(String)>(&object, "release", move |session: String| {
        drop(claims.borrow_mut().remove(&session));
    });
    // `sleep(milliseconds)`: ends then. `doze(milliseconds)`: is taken back at once.
    let sleep = world.sleep.clone();
    method::<dyn Fn(u32) -> Promise>(&object, "sleep", move |millis: u32| {
        promise(sleep(Duration::from_millis(millis.into())).map(|()| JsValue::UNDEFINED))
    });
    let sleep = world.sleep.clone();
    method::<dyn Fn(u32)>(&object, "doze", move |millis: u32| {
        let _ = sleep(Duration::from_millis(millis.into())).now_or_never();
    });
    // `network`: what was said about it so far.
    let network = Array::new();
    set(&object, "network", &network);
    spawn_local((world.network)().for_each(move |online| {
        network.push(&online.into());
        std::future::ready(())
    }));
    set(&js_sys::global(), "world", &object);
}

/// The closure lives as long as the script can call it.
fn method<T: WasmClosure + ?Sized>(object: &Object, name: &str, call: impl IntoWasmClosure<T> + 'static) {
    set(object, name, &Closure::<T>::new(call).into_js_value());
}

fn set(object: &Object, name: &str, value: &JsValue) {
    Reflect::set(object, &name.into(), value).expect("objects of ours take properties");
}

fn promise(future: impl Future<Output = JsValue> + 'static) -> Promise {
    future_to_promise(future.map(Ok))
}

fn row(row: &Row) -> JsValue {
    let text = String::from_utf8_lossy(&row.bytes);
    Array::of2(&row.name.as_str().into(), &text.as_ref().into()).into()
}

fn write(row: JsValue) -> Write {
    let row = Array::from(&row);
    let name = row.get(0).as_string().unwrap_or_default();
    match row.get(1).as_string() {
        Some(text) => Write::Put(Row { name, bytes: text.into_bytes() }),
        None => Write::Delete(name),
    }
}

fn why(error: ShelfError) -> &'static str {
    match error {
        ShelfError::Full => "full",
        ShelfError::Refused => "refused",
        ShelfError::Silent => "silent",
        ShelfError::Newer => "newer",
    }
}

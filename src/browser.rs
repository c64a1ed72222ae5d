//! Everything else the browser gives: clocks, chance, sleep, storage, addresses, what is typed.
//!
//! What these return is plain data; elements and events end here. What takes more than a call has a file of its own
//! beside this one.

mod alarm;
mod claim;
mod network;
mod shelf;

use std::cell::Cell;
use std::rc::Rc;

use bytes::Bytes;
use futures::FutureExt;
use gloo::events::EventListener;
use gloo::file::{Blob, File, ObjectUrl};
use gloo::net::http::Request;
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use gloo::utils::{document, document_element, window};
use js_sys::futures::JsFuture;
use onenet::Timestamp;
use time::{OffsetDateTime, UtcOffset};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, HtmlAnchorElement, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    ResizeObserver,
};
use web_time::Instant;
use yew::platform::spawn_local;
use yew::{Event, InputEvent, MouseEvent, NodeRef, TargetCast};

use crate::browser::alarm::Alarm;
use crate::browser::shelf::Shelf;
use crate::client::{World, open_web_socket};
use crate::connect::PageAddress;
use crate::inspector::Scroll;
use crate::locale::Language;

/// The world of this page.
pub fn world() -> World {
    let alarm = Alarm::new();
    let shelf = Rc::new(Shelf::new());
    let load = {
        let shelf = Rc::clone(&shelf);
        move |session: &str| shelf.load(session)
    };
    World {
        now: Rc::new(Instant::now),
        wall: Rc::new(wall),
        sleep: Rc::new(move |duration| alarm.sleep(duration)),
        random: Rc::new(random),
        open: Rc::new(open_web_socket),
        load: Rc::new(load),
        save: Rc::new(move |session, writes| shelf.save(session, writes)),
        claim: Rc::new(|session| claim::claim(session.to_owned(), random()).boxed_local()),
        network: Rc::new(network::network),
    }
}

/// The time of day in the person's zone.
pub fn wall() -> OffsetDateTime {
    let date = js_sys::Date::new_0();
    let nanos = date.get_time() as i128 * 1_000_000;
    // JavaScript counts minutes west of Greenwich; zones are whole minutes within a day.
    let offset = UtcOffset::from_whole_seconds(-(date.get_timezone_offset() as i32) * 60);
    let utc = OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    offset.map_or(utc, |offset| utc.to_offset(offset))
}

/// The time of day as OneNET writes it.
pub fn timestamp() -> Timestamp {
    Timestamp::from_utc(wall().to_utc())
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        // Fails only for more than 65,536 bytes.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// Where this page was loaded from.
pub fn page_address() -> PageAddress {
    let location = window().location();
    PageAddress {
        secure: location.protocol().is_ok_and(|protocol| protocol == "https:"),
        host: location.host().unwrap_or_default(),
        folder: folder(&location.pathname().unwrap_or_default()),
    }
}

/// The path up to its last `/`: the page may be named in it or not.
fn folder(path: &str) -> String {
    path.rfind('/').map_or("/", |end| &path[..=end]).to_owned()
}

/// The language the person's browser asks for.
pub fn language() -> Language {
    Language::from_tag(&window().navigator().language().unwrap_or_default())
}

/// Tells the browser, and with it screen readers and spell checkers, which language the page speaks.
pub fn set_language(language: Language) {
    let _ = document_element().set_attribute("lang", language.tag());
    document().set_title(language.front().title);
}

/// Calls once, at the first sign of a person: a pointer moves, a key is pressed, something is touched or focused.
/// Without one a little later, when the page has long been drawn. What it returns calls it off.
pub fn at_first_sign(call: impl FnOnce() + 'static) -> impl FnOnce() {
    const SIGNS: [&str; 6] = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown", "focusin"];
    let call = Rc::new(Cell::new(Some(call)));
    let once = move || {
        if let Some(call) = call.take() {
            call();
        }
    };
    let listeners = SIGNS.map(|sign| {
        let once = once.clone();
        EventListener::new(&document(), sign, move |_| once())
    });
    let timeout = Timeout::new(1_500, once);
    move || drop((listeners, timeout))
}

/// Asks the server of this page for a text; `None` where it has none.
pub async fn fetch(path: &str) -> Option<String> {
    let response = Request::get(path).send().await.ok()?;
    if response.ok() { response.text().await.ok() } else { None }
}

/// Moves the focus to the first field of a form that is wrong, once the page shows which that is.
pub fn focus_first_invalid(form: &str) {
    focus_on(format!("#{form} [aria-invalid=true]"));
}

/// Moves the focus to the element with this id, once the page is drawn again: what had it is taken away.
pub fn focus(id: &str) {
    focus_on(format!("#{id}"));
}

fn focus_on(selector: String) {
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        // Without such an element there is nothing to focus; the selectors are good ones.
        let element = document().query_selector(&selector).ok().flatten();
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}

/// Puts a text on the clipboard and tells whether the browser let it. Where it does not, the element with this id is
/// selected, ready to be copied by hand.
pub fn copy(text: String, id: &'static str, on_done: impl FnOnce(bool) + 'static) {
    spawn_local(async move {
        // Pages loaded over plain http from elsewhere have no clipboard.
        let done = window().is_secure_context()
            && JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok();
        if !done
            && let (Ok(Some(selection)), Some(element)) =
                (window().get_selection(), document().get_element_by_id(id))
        {
            let _ = selection.select_all_children(&element);
        }
        on_done(done);
    });
}

/// A file that was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// It is larger than wanted.
    TooBig {
        /// Its size in bytes.
        size: u64,
    },
    /// The browser could not read it: it was moved, or may not be read.
    Unreadable,
}

/// Reads the file that was picked in the field that an event came from. Gives its name and bytes; files of
/// `limit` bytes or more are not read. Tells whether a file was picked at all.
pub fn read_file(
    event: &Event,
    limit: u64,
    on_read: impl FnOnce(Result<(String, Bytes), FileError>) + 'static,
) -> bool {
    let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return false };
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return false };
    let file = File::from(file);
    if file.size() >= limit {
        on_read(Err(FileError::TooBig { size: file.size() }));
        return true;
    }
    spawn_local(async move {
        let read = gloo::file::futures::read_as_bytes(&file).await;
        on_read(read.map(|bytes| (file.name(), Bytes::from(bytes))).map_err(|_| FileError::Unreadable));
    });
    true
}

/// Takes the file out of the field that an event came from: browsers say nothing when the same one is picked again,
/// though it may have changed.
pub fn forget_file(event: &Event) {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        input.set_value("");
    }
}

/// The value of the nearest attribute called `name`, on the element that an event came from or around it.
pub fn attribute_under(event: &Event, name: &str) -> Option<String> {
    let element = event.target_dyn_into::<Element>()?;
    element.closest(&format!("[{name}]")).ok()??.get_attribute(name)
}

/// Whether the pointer moved: browsers tell of moves, too, when something moves below a pointer at rest.
pub fn has_moved(event: &MouseEvent) -> bool {
    (event.movement_x(), event.movement_y()) != (0, 0)
}

/// How far the box that an event came from is scrolled down, in pixels.
pub fn scroll_top(event: &Event) -> usize {
    let top = event.target_dyn_into::<Element>().map(|element| element.scroll_top());
    top.and_then(|top| usize::try_from(top).ok()).unwrap_or_default()
}

/// Scrolls the box with this id just as far as its content between `top` and `top + height` pixels is seen.
pub fn reveal(id: &str, top: usize, height: usize) {
    let Some(element) = document().get_element_by_id(id) else { return };
    let pixels = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
    let (first, end) = (pixels(top), pixels(top + height));
    let seen = element.client_height();
    if first < element.scroll_top() {
        element.set_scroll_top(first);
    } else if end > element.scroll_top() + seen {
        element.set_scroll_top(end - seen);
    }
}

/// Watches the size of an element until it is dropped.
#[must_use = "it watches only as long as it lives"]
pub struct SizeWatch {
    observer: ResizeObserver,
    _on_change: Closure<dyn FnMut()>,
}

/// Calls `on_change` with the inner width and height of the element with this id, in pixels: now and whenever
/// they change. `None` where there is no such element.
pub fn watch_size(id: &str, on_change: impl Fn(usize, usize) + 'static) -> Option<SizeWatch> {
    let element = document().get_element_by_id(id)?;
    let measured = element.clone();
    let pixels = |length: i32| usize::try_from(length).unwrap_or_default();
    let on_change: Closure<dyn FnMut()> =
        Closure::new(move || on_change(pixels(measured.client_width()), pixels(measured.client_height())));
    let observer = ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
    observer.observe(&element);
    Some(SizeWatch { observer, _on_change: on_change })
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The text in the field that an event came from.
pub fn typed(event: &InputEvent) -> String {
    if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
        return input.value();
    }
    event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default()
}

/// The value chosen in the list that an event came from.
pub fn chosen(event: &Event) -> String {
    event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default()
}

/// Chooses in a list what has this value. What a person has chosen there once, no attribute undoes.
pub fn choose(list: &NodeRef, value: &str) {
    if let Some(select) = list.cast::<HtmlSelectElement>() {
        select.set_value(value);
    }
}

/// Whether the box that an event came from is ticked.
pub fn ticked(event: &Event) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
}

/// How the box that an event came from is scrolled.
pub fn scroll(event: &Event) -> Scroll {
    let pixels = |length: i32| u32::try_from(length).unwrap_or_default();
    event.target_dyn_into::<HtmlElement>().map_or_else(Scroll::default, |element| Scroll {
        top: pixels(element.scroll_top()),
        height: pixels(element.client_height()),
        content: pixels(element.scroll_height()),
    })
}

/// Scrolls the box with this id down to `top` pixels, or as far as it goes.
pub fn scroll_to(id: &str, top: u32) {
    if let Some(element) = document().get_element_by_id(id) {
        element.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
    }
}

/// Scrolls the box with this id down to its end.
pub fn scroll_to_end(id: &str) {
    scroll_to(id, u32::MAX);
}

/// Saves bytes as a file, as if it had been downloaded.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) {
    let blob = Blob::new_with_options(bytes, Some(media_type));
    let address = ObjectUrl::from(blob);
    // The elements that this makes and calls exist in every browser.
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The browser reads the bytes after this; the address must live until then.
    spawn_local(async move {
        TimeoutFuture::new(60_000).await;
        drop(address);
    });
}

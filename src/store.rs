//! Where the state lives while the page is open: takes actions, and says when to draw again.
//!
//! What must follow the state outside of the page's own elements is done here, too: it has no place in `apply`.

use std::cell::RefCell;
use std::rc::Rc;

use onenet::studio::ThingModel;
use yew::Callback;

use crate::browser;
use crate::client::Emit;
use crate::state::{Action, State};

/// The state of the page. Clones are the same.
#[derive(Clone)]
pub struct Store {
    state: Rc<RefCell<Rc<State>>>,
    /// Draws the page again.
    again: Callback<()>,
    /// Called with another thing model.
    on_model: Rc<RefCell<Callback<Option<Rc<ThingModel>>>>>,
}

impl Store {
    /// The page as it stands, and what draws it again.
    pub fn new(state: State, again: Callback<()>) -> Self {
        let on_model = Rc::new(RefCell::new(Callback::noop()));
        Self { state: Rc::new(RefCell::new(Rc::new(state))), again, on_model }
    }

    /// The page as it stands now.
    pub fn state(&self) -> Rc<State> {
        Rc::clone(&self.state.borrow())
    }

    /// From now on this is called with every other thing model.
    pub fn on_model(&self, callback: Callback<Option<Rc<ThingModel>>>) {
        *self.on_model.borrow_mut() = callback;
    }

    /// Changes it.
    pub fn apply(&self, action: Action) {
        let before = self.follows();
        Rc::make_mut(&mut self.state.borrow_mut()).apply(action);
        let after = self.follows();
        if before.0 != after.0 {
            browser::set_language(after.0);
        }
        if before.1.as_ref().map(Rc::as_ptr) != after.1.as_ref().map(Rc::as_ptr) {
            let on_model = self.on_model.borrow().clone();
            on_model.emit(after.1);
        }
        self.again.emit(());
    }

    /// The same, for who calls with actions.
    pub fn dispatch(&self) -> Callback<Action> {
        let store = self.clone();
        Callback::from(move |action| store.apply(action))
    }

    /// The same, for the loops.
    pub fn emit(&self) -> Emit {
        let store = self.clone();
        Rc::new(move |action| store.apply(action))
    }

    /// What others follow: the language, and the thing model if one was imported.
    fn follows(&self) -> (crate::locale::Language, Option<Rc<ThingModel>>) {
        let state = self.state.borrow();
        (state.language, state.model())
    }
}

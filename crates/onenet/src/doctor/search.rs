//! How did this signature come about? Signs again, with every usual mistake, until the digest is the same.

use super::claim::nearest;
use super::form::Form;
use super::key::TypedKey;
use super::mistake::Mistake;
use super::sign::Said;
use crate::token::{Method, Resource, Version, escape};

/// What the search brought.
pub(super) enum Outcome {
    /// The key signs it with these mistakes, or with none.
    With(Vec<Mistake>),
    /// The key does not sign it with any of these, nor with two of them.
    Unknown(Vec<Mistake>),
}

/// Signs without a mistake, with each, and with each two: with more of them, nearly anything could be the reason.
/// That is a hundred signatures of one line, at most.
pub(super) fn search(
    said: &Said,
    form: &Form,
    key: &TypedKey<'_>,
    made_by: Method,
    digest: &[u8],
) -> Outcome {
    let recipe = Recipe::of(said, key);
    // Without a choice: the digest's length says which hash it was, and a key that is no Base64 has no bytes.
    let mut given = Vec::new();
    given.extend(key.key.is_none().then_some(Mistake::KeyText));
    given.extend((nearest(&said.method) != Some(made_by)).then_some(Mistake::Hash(made_by)));

    let changes: Vec<Change<'_>> = changes(said, form, key, made_by)
        .into_iter()
        .filter(|change| recipe.with(change) != recipe)
        .collect();
    let makes_it = |recipe: &Recipe<'_>| made_by.mac(recipe.key, recipe.text().as_bytes()) == digest;
    let outcome = |changes: &[&Change<'_>]| {
        given.iter().cloned().chain(changes.iter().map(|change| change.mistake.clone())).collect()
    };

    if makes_it(&recipe) {
        return Outcome::With(outcome(&[]));
    }
    if let Some(change) = changes.iter().find(|change| makes_it(&recipe.with(change))) {
        return Outcome::With(outcome(&[change]));
    }
    for (index, first) in changes.iter().enumerate() {
        let changed = recipe.with(first);
        if let Some(second) = changes[index + 1..].iter().find(|second| makes_it(&changed.with(second))) {
            return Outcome::With(outcome(&[first, second]));
        }
    }
    Outcome::Unknown(outcome(&changes.iter().collect::<Vec<_>>()))
}

/// What is signed, and with what.
#[derive(Clone, PartialEq)]
struct Recipe<'a> {
    key: &'a [u8],
    et: String,
    method: String,
    res: String,
    version: String,
    layout: Layout,
}

/// How the four values become one text.
#[derive(Clone, Copy, PartialEq)]
struct Layout {
    between: &'static str,
    behind: &'static str,
    in_token_order: bool,
}

/// The layout of the platform (reference §4).
const LINES: Layout = Layout { between: "\n", behind: "", in_token_order: false };

impl<'a> Recipe<'a> {
    /// What the platform does with this token.
    fn of(said: &Said, key: &'a TypedKey<'_>) -> Self {
        let Said { version, res, et, method, .. } = said;
        Self {
            key: key.key.as_ref().map_or(key.text.as_bytes(), |key| key.bytes()),
            et: et.clone(),
            method: method.clone(),
            res: res.clone(),
            version: version.clone(),
            layout: LINES,
        }
    }

    fn text(&self) -> String {
        let Self { et, method, res, version, layout, .. } = self;
        let values =
            if layout.in_token_order { [version, res, et, method] } else { [et, method, res, version] };
        values.map(String::as_str).join(layout.between) + layout.behind
    }

    /// The same with one step done otherwise.
    fn with(&self, change: &Change<'a>) -> Self {
        let mut changed = self.clone();
        match &change.step {
            Step::Key(key) => changed.key = key,
            Step::Et(et) => changed.et.clone_from(et),
            Step::Method(method) => changed.method.clone_from(method),
            Step::Res(res) => changed.res.clone_from(res),
            Step::Version(version) => changed.version.clone_from(version),
            Step::Layout(layout) => changed.layout = *layout,
        }
        changed
    }
}

/// A mistake, and the step as it goes with it.
struct Change<'a> {
    mistake: Mistake,
    step: Step<'a>,
}

enum Step<'a> {
    Key(&'a [u8]),
    Et(String),
    Method(String),
    Res(String),
    Version(String),
    Layout(Layout),
}

/// Every mistake, the likeliest first.
fn changes<'a>(said: &Said, form: &Form, key: &'a TypedKey<'_>, made_by: Method) -> Vec<Change<'a>> {
    let mut changes = Vec::new();
    let mut add = |mistake, step| changes.push(Change { mistake, step });
    add(Mistake::KeyText, Step::Key(key.text.as_bytes()));
    add(Mistake::EscapedRes, Step::Res(escape(&said.res)));
    add(Mistake::LastLineBreak, Step::Layout(Layout { behind: "\n", ..LINES }));
    add(Mistake::CarriageReturns, Step::Layout(Layout { between: "\r\n", ..LINES }));
    add(Mistake::WrittenLineBreaks, Step::Layout(Layout { between: "\\n", ..LINES }));
    add(Mistake::NoLineBreaks, Step::Layout(Layout { between: "", ..LINES }));
    add(Mistake::TokenOrder, Step::Layout(Layout { in_token_order: true, ..LINES }));

    for name in [made_by.as_str().to_owned(), said.method.to_ascii_uppercase()] {
        add(Mistake::MethodName(name.clone()), Step::Method(name));
    }
    if let Ok(resource) = Resource::device(&form.product, &form.device) {
        add(Mistake::ResOfForm, Step::Res(resource.to_string()));
    }
    if let Ok(Resource::Device { product, .. }) = Resource::parse(&said.res) {
        add(Mistake::ResOfProduct, Step::Res(Resource::Product { product }.to_string()));
    }
    if let Ok(et) = said.et.parse::<u64>() {
        add(Mistake::EtSeconds, Step::Et((et / 1_000).to_string()));
        add(Mistake::EtMillis, Step::Et(format!("{et}000")));
    }
    for version in [Version::DEVICE, Version::APPLICATION, Version::LATER] {
        add(Mistake::OtherVersion(version.clone()), Step::Version(version.to_string()));
    }
    changes
}

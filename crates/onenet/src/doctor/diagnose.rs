//! The order of the questions.

use super::case::Case;
use super::claim;
use super::diagnosis::{Diagnosis, Field, Findings};
use super::form::{self, Form};
use super::key::TypedKey;
use super::password::{self, Written};
use super::problem::Problem;

/// The day of the first version of tokens, 2018-10-31: a clock before it is wrong.
const FIRST_TOKEN: u64 = 1_540_944_000;

/// Everything that is wrong with a login, the worst first. Nothing of severity *will be refused* means that nothing
/// known speaks against it; without a key nobody can say whether a signature is right.
pub fn diagnose(case: &Case<'_>) -> Vec<Diagnosis> {
    let mut found = Findings::default();
    // 1. What client id and user name are, with the mistakes in them undone: the rest is compared with that.
    let written = Written::all(case);
    let form = Form::of(case, &written, &mut found);
    // 2. Whether generation and login belong together.
    form::generation(case, &form, &mut found);
    if case.now < FIRST_TOKEN && case.generation.has_tokens() {
        found.add(Field::Clock, Problem::ClockEarly);
    }
    // 3. The key, since signatures are compared with what it signs.
    let key = TypedKey::of(case, &mut found);
    // 4. Password and pasted token.
    for text in &written {
        password::check(case, text, key.as_ref(), &mut found);
        if case.generation.has_tokens() {
            claim::check(case, text, &form, key.as_ref(), &mut found);
        }
    }
    found.0
}

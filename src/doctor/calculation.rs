//! How the token of a login comes about.

use onenet::doctor::prescribe;
use onenet::token::Steps;

use crate::connect::{ConnectForm, TokenSource};
use crate::doctor::checkup::pasted;

/// Every step to the token that is right for a form, signed at `now`, in seconds since 1970 UTC; `None` while the
/// key or the device is missing. Beside a pasted token it is the one that should have been pasted.
pub fn calculate(form: &ConnectForm, now: u64) -> Option<Steps> {
    if !form.generation.has_tokens() {
        return None;
    }
    match form.token.source {
        TokenSource::Key => {
            let signing = form.signing()?;
            Some(signing.claims(now).steps(&signing.key))
        }
        TokenSource::Pasted => {
            let right = prescribe(&pasted(form, now))?;
            Some(right.token.claims.steps(&right.key))
        }
    }
}

#[cfg(test)]
mod tests {
    use onenet::Generation;

    use super::*;

    const NOW: u64 = 1_700_000_000;

    #[test]
    fn a_wrong_token_stands_beside_the_right_one() {
        assert_eq!(calculate(&ConnectForm::default(), NOW), None);
        let mut form = ConnectForm::default();
        form.choose(Generation::Studio);
        let right = calculate(&form, NOW).unwrap();
        assert!(right.text.starts_with("1700086400\nsha256\nproducts/OneNetDemo/devices/demo-board\n"));
        form.token.source = TokenSource::Pasted;
        form.token.token = right.token.replace("demo-board", "demo-bored");
        assert_eq!(calculate(&form, NOW).unwrap().token, right.token);
        form.token.key.clear();
        assert_eq!(calculate(&form, NOW), None);
    }
}

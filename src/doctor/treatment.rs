//! What needs no thought to be put right: a button does it.

use onenet::Generation;
use onenet::doctor::{Remedy, key_in, respelt, stripped};
use onenet::token::{Key, is_token};

use crate::connect::{ConnectForm, TokenSource};
use crate::doctor::Spot;

/// The form with a remedy applied in one place; `None` where the person has to do it.
pub fn treat(form: &ConnectForm, spot: Spot, remedy: &Remedy) -> Option<ConnectForm> {
    let mut form = form.clone();
    match remedy {
        Remedy::StripEnds => {
            let text = text(&mut form, spot)?;
            *text = stripped(text).to_owned();
        }
        Remedy::Type(right) => right.clone_into(text(&mut form, spot)?),
        Remedy::Exchange => std::mem::swap(&mut form.device_id, &mut form.product_id),
        Remedy::Choose(generation) => choose(&mut form, *generation),
        Remedy::MoveToPassword => {
            form.token.token = std::mem::take(text(&mut form, spot)?);
            form.token.source = TokenSource::Pasted;
        }
        Remedy::MoveToKey => form.token.key = std::mem::take(text(&mut form, spot)?),
        Remedy::SignAnew if spot == Spot::Token => sign_here(&mut form),
        Remedy::EscapeOnce => {
            let typed = text(&mut form, spot)?;
            let right = respelt(typed).filter(|right| right != typed)?;
            *typed = right;
        }
        Remedy::SignAnew
        | Remedy::FillIn
        | Remedy::Compare
        | Remedy::CopyKey
        | Remedy::CheckKey
        | Remedy::SetClock
        | Remedy::Nothing => return None,
    }
    Some(form)
}

fn text(form: &mut ConnectForm, spot: Spot) -> Option<&mut String> {
    match spot {
        Spot::ClientId => Some(&mut form.device_id),
        Spot::Username => Some(&mut form.product_id),
        Spot::AuthInfo => Some(&mut form.auth_info),
        Spot::Token => Some(&mut form.token.token),
        Spot::Key => Some(&mut form.token.key),
        Spot::Generation | Spot::Expiry | Spot::Version | Spot::Clock => None,
    }
}

/// Another generation, with the secret where it belongs there.
fn choose(form: &mut ConnectForm, generation: Generation) {
    if !form.generation.has_tokens() && generation.has_tokens() && is_token(&form.auth_info) {
        form.token.token = std::mem::take(&mut form.auth_info);
        form.token.source = TokenSource::Pasted;
    } else if form.generation.has_tokens() && !generation.has_tokens() && !is_token(&form.token.token) {
        form.auth_info = std::mem::take(&mut form.token.token);
    }
    form.choose(generation);
}

/// Signs in this page. A key that stands where the token should is the one to sign with.
fn sign_here(form: &mut ConnectForm) {
    let typed = stripped(&form.token.token);
    // A short one counts where there is no other: any word could be it.
    let is_short_key = || form.own_key().is_empty() && !is_token(typed) && Key::parse(typed).is_ok();
    if let Some(key) = key_in(typed).or_else(|| is_short_key().then(|| typed.to_owned())) {
        form.token.key = key;
        form.token.token.clear();
    }
    // Another device's signs nothing that the platform would take.
    form.token.key = form.own_key().to_owned();
    form.token.source = TokenSource::Key;
}

#[cfg(test)]
mod tests {
    use onenet::token::{Claims, Method, Resource, escape};

    use super::*;
    use crate::doctor::{Broken, Checkup};

    const NOW: u64 = 1_700_000_000;

    fn good() -> ConnectForm {
        let mut form = ConnectForm::default();
        form.choose(Generation::Studio);
        form.token.source = TokenSource::Pasted;
        let res = Resource::device("OneNetDemo", "demo-board").unwrap();
        let key = Key::parse(&form.token.key).unwrap();
        form.token.token = Claims::device(res, NOW + 60, Method::Sha1).sign(&key).write();
        form
    }

    fn with(token: &str) -> ConnectForm {
        let mut form = good();
        token.clone_into(&mut form.token.token);
        form
    }

    /// Applies what the doctor says first, until there is nothing to apply.
    #[track_caller]
    fn check(mut form: ConnectForm, cured: &ConnectForm) {
        for _ in 0..4 {
            let checkup = Checkup::of(&form, &Broken::default(), NOW).unwrap();
            let treated =
                checkup.diagnoses.iter().find_map(|(spot, found)| treat(&form, *spot, &found.remedy()));
            let Some(treated) = treated else { break };
            form = treated;
        }
        assert_eq!(form, *cured);
        assert_eq!(form.token.token, cured.token.token);
        assert_eq!(Checkup::of(&form, &Broken::default(), NOW).unwrap().diagnoses, []);
    }

    #[test]
    fn what_stands_around_a_value_goes() {
        let mut form = good();
        form.device_id.push('\n');
        form.token.token = format!(" \"{}\" ", form.token.token);
        form.token.key.push(' ');
        check(form, &good());
    }

    #[test]
    fn ids_go_where_they_belong() {
        let mut swapped = good();
        std::mem::swap(&mut swapped.device_id, &mut swapped.product_id);
        check(swapped, &good());
        check(ConnectForm { device_id: "OneNetDemo&demo-board".to_owned(), ..good() }, &good());
        check(
            ConnectForm { device_id: "products/OneNetDemo/devices/demo-board".to_owned(), ..good() },
            &good(),
        );
    }

    #[test]
    fn a_token_goes_where_it_belongs() {
        let mut form = good();
        form.token.key = std::mem::take(&mut form.token.token);
        let mut cured = good();
        cured.token.key.clear();
        check(form, &cured);
    }

    #[test]
    fn a_token_in_a_legacy_login_chooses_its_generation() {
        let mut form = ConnectForm { auth_info: good().token.token, ..ConnectForm::default() };
        form.product_id = good().product_id;
        form.device_id = good().device_id;
        check(form, &ConnectForm { auth_info: String::new(), ..good() });
    }

    #[test]
    fn a_key_in_the_place_of_the_token_signs_one() {
        let mut form = good();
        form.token.token = std::mem::take(&mut form.token.key);
        let mut cured = good();
        cured.token.source = TokenSource::Key;
        cured.token.token.clear();
        check(form, &cured);
    }

    #[test]
    fn raw_values_are_escaped() {
        let mut form = good();
        form.token.token = form.token.token.replace("%2F", "/").replace("%3D", "=").replace("%2B", "+");
        check(form, &good());
    }

    #[test]
    fn a_key_moves_whatever_stands_around_and_in_it_and_whatever_key_was_there() {
        let key = good().token.key;
        let (front, back) = key.split_at(20);
        for pasted in [format!(" {key}\n"), format!("“{key}”"), format!("{front}\r\n  {back}")] {
            for before in ["", "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=", key.as_str()] {
                let mut form = good();
                form.token.token.clone_from(&pasted);
                form.token.key = before.to_owned();
                let mut cured = good();
                cured.token.source = TokenSource::Key;
                cured.token.token.clear();
                let treated = treat(&form, Spot::Token, &Remedy::SignAnew).unwrap();
                assert_eq!(treated, cured, "{pasted:?}");
                check(form, &cured);
            }
        }
        // One that lost its padding is told in its own field.
        let short = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8";
        let treated = treat(&with(short), Spot::Token, &Remedy::SignAnew).unwrap();
        assert_eq!((treated.token.key.as_str(), treated.token.token.as_str()), (short, ""));
    }

    #[test]
    fn a_word_that_could_be_a_key_does_not_take_the_place_of_one() {
        let mut form = good();
        form.token.token = "um151515".to_owned();
        let treated = treat(&form, Spot::Token, &Remedy::SignAnew).unwrap();
        assert_eq!(treated.token.key, good().token.key);
    }

    #[test]
    fn values_that_were_escaped_too_often_or_read_as_a_web_form_are_put_right() {
        let key = Key::parse(&good().token.key).unwrap();
        let res = Resource::device("OneNetDemo", "demo-board").unwrap();
        let signed = |et| Claims::device(res.clone(), et, Method::Sha1).sign(&key).write();
        let right = (NOW + 60..).map(signed).find(|token| token.contains("%2B")).unwrap();
        let cured = with(&right);
        for wrong in [
            right.replace('%', "%25"),
            right.replace('%', "%2525"),
            escape(&right),
            escape(&escape(&right)),
            right.replace("%2B", "%20"),
            right.replace("%2B", " ").replace("%2F", "/").replace("%3D", "="),
        ] {
            check(with(&wrong), &cured);
        }
    }

    #[test]
    fn a_broken_escape_needs_the_person() {
        let mut form = good();
        form.token.token = form.token.token.replace("%2Fdevices", "%2gdevices");
        assert_eq!(treat(&form, Spot::Token, &Remedy::EscapeOnce), None);
    }

    #[test]
    fn a_token_with_product_and_device_exchanged_is_signed_anew_and_the_ids_stay() {
        let mut form = good();
        form.product_id = "VRqhDHF2wL".to_owned();
        form.device_id = "my_tv".to_owned();
        let key = Key::parse("5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=").unwrap();
        form.token.key = "5XHGxLb9Rr25t5po+Y3c/mtqiS6ArjsLtzk/sS/D5x8=".to_owned();
        let res = Resource::device("my_tv", "VRqhDHF2wL").unwrap();
        form.token.token = Claims::device(res, NOW + 60, Method::Sha1).sign(&key).write();
        let mut cured = form.clone();
        cured.token.source = TokenSource::Key;
        check(form, &cured);
    }

    #[test]
    fn what_needs_the_person_is_left_to_the_person() {
        for remedy in [Remedy::FillIn, Remedy::Compare, Remedy::CopyKey, Remedy::CheckKey, Remedy::SetClock] {
            assert_eq!(treat(&good(), Spot::Key, &remedy), None);
        }
    }
}

//! What holds for anything that a person may type.

use proptest::prelude::*;

use super::*;

/// Values that belong into one of the fields, whole or changed a little, and any text.
fn typed() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        String::new(),
        DEVICE.to_owned(),
        PRODUCT.to_owned(),
        "654804584".to_owned(),
        "um151515".to_owned(),
        KEY.to_owned(),
        token(),
        escape(&token()),
        format!("{PRODUCT}&{DEVICE}"),
    ]);
    prop_oneof![
        4 => known.clone(),
        2 => (known, any::<prop::sample::Index>(), "\\PC{0,2}").prop_map(|(mut text, at, new)| {
            let at = at.index(text.len() + 1);
            text.insert_str(at, &new);
            text
        }),
        1 => "(?s).{0,40}",
        1 => "((version|res|et|method|sign|\\PC)=([%2F0-9a-f+é/-]{0,40})&?){0,6}",
    ]
}

/// Offsets that a diagnosis counts in the field as it was typed.
fn offset(problem: &Problem) -> Option<usize> {
    match problem {
        Problem::Surrounded { offset, .. }
        | Problem::Quoted { offset, .. }
        | Problem::Character { offset, .. }
        | Problem::Structure { offset, .. }
        | Problem::EscapedTwice { offset, .. }
        | Problem::NotEscaped { offset, .. }
        | Problem::SmallEscape { offset, .. }
        | Problem::BrokenEscape { offset, .. }
        | Problem::KeyUrlSafe { offset } => Some(*offset),
        Problem::KeyForm(error) => Some(error.offset),
        _ => None,
    }
}

proptest! {
    #[test]
    fn any_login_is_looked_at_and_every_place_is_inside_its_field(
        generation in prop::sample::select(Generation::ALL.as_slice()),
        [client_id, username, password, key, token] in [typed(), typed(), typed(), typed(), typed()],
        now: u64,
    ) {
        let case = Case {
            generation,
            client_id: &client_id,
            username: &username,
            password: &password,
            key: Some(&key),
            token: Some(&token),
            now,
        };
        prescribe(&case);
        let found = diagnose(&case);
        prop_assert!(found.is_sorted_by_key(|diagnosis| diagnosis.severity));
        let is_whole = |field| found.iter().any(|other| {
            other.field == field && other.problem == Problem::EscapedWhole
        });
        for diagnosis in &found {
            diagnosis.remedy();
            let shown = format!("{diagnosis} {diagnosis:?}");
            prop_assert!(!shown.contains(KEY) && !shown.contains(&claims().sign(&super::key()).sign_text()));
            let typed = match diagnosis.field {
                Field::ClientId => &client_id,
                Field::Username => &username,
                Field::Password => &password,
                Field::Key => &key,
                Field::Token => &token,
                Field::Generation | Field::Clock => continue,
            };
            if let Some(offset) = offset(&diagnosis.problem).filter(|_| !is_whole(diagnosis.field)) {
                prop_assert!(typed.is_char_boundary(offset), "{}: {:?}", diagnosis, typed);
            }
        }
    }

    #[test]
    fn what_is_no_token_is_never_left_alone(password in typed()) {
        let case = case(&password);
        let is_good = Token::parse(&password).is_ok_and(|parsed| parsed.token.verify(&key()));
        let worst = diagnose(&case).first().map(|diagnosis| diagnosis.severity);
        prop_assert!(is_good || worst.is_some_and(|worst| worst < Severity::Note), "{password}: {:?}", diagnose(&case));
    }

    #[test]
    fn what_is_prescribed_is_left_alone(
        device in "[A-Za-z0-9_-]{1,64}",
        product in "[A-Za-z0-9]{10}",
        bytes in prop::collection::vec(any::<u8>(), 1..64),
        password in typed(),
    ) {
        let key = BASE64.encode(&bytes);
        let typed = Case { client_id: &device, username: &product, key: Some(&key), ..case(&password) };
        let right = prescribe(&typed).expect("key and ids are good");
        let written = right.token.write();
        let case = Case {
            client_id: &right.client_id,
            username: &right.username,
            password: &written,
            ..typed
        };
        let worst = diagnose(&case).first().map(|diagnosis| diagnosis.severity);
        prop_assert!(worst.is_none_or(|worst| worst == Severity::Note), "{:?}", diagnose(&case));
    }
}

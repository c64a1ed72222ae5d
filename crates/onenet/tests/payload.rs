//! What holds for payloads of every type, whatever they say: they read back, and no bytes do harm.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic; clippy excuses only test functions, not what they call"
)]

use onenet::legacy::{Binary, Delimiters, FloatRun, Payload, READABLE_TYPES, ShortTime, TextField};
use onenet::{DataPoint, StreamId, Timestamp, Value};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

proptest! {
    #[test]
    fn reads_back_what_it_writes(payload in payloads()) {
        prop_assert_eq!(Payload::decode(&payload.encode()), Ok(payload));
    }

    #[test]
    fn reads_back_the_data_points_it_was_given(points in vec(points(option::of(texts())), 0..4)) {
        prop_assert_eq!(Payload::full_json(&points).unwrap().points(), points);
    }

    #[test]
    fn any_bytes_are_read_or_refused_inside_the_payload(bytes in vec(any::<u8>(), 0..80)) {
        check_any(&bytes)?;
    }

    #[test]
    fn any_bytes_behind_a_good_type_are_read_or_refused_inside_the_payload(
        first in prop::sample::select(vec![1, 2, 3, 4, 5, 6, 7, 0x82, 0x85, 0x86, 0x87_u8]),
        time in any::<[u8; 6]>(),
        rest in "[\\x00-\\x09,;{}\":a-d]{0,40}",
    ) {
        check_any(&[&[first][..], &time, rest.as_bytes()].concat())?;
        check_any(&[&[first, 0, rest.len() as u8][..], rest.as_bytes()].concat())?;
    }

    #[test]
    fn any_text_is_a_body_or_refused_inside_it(
        body in prop_oneof![".{0,30}", "[,;#@a\u{6E29}]{0,20}", "[{}\\[\\]\":,0-9a\n]{0,20}"],
    ) {
        for payload_type in READABLE_TYPES {
            match Payload::parse_body(payload_type, &body) {
                Ok(payload) => prop_assert_eq!(payload.body(), Some(&*body)),
                Err(error) => prop_assert!(error.offset <= body.len(), "{}", error),
            }
        }
        if let Err(error) = Binary::parse(&body, Vec::new()) {
            prop_assert!(error.offset <= body.len(), "{}", error);
        }
    }

    #[test]
    fn any_damage_to_a_good_payload_is_read_or_refused(
        payload in payloads(),
        at in any::<prop::sample::Index>(),
        to in any::<u8>(),
        keep in any::<prop::sample::Index>(),
    ) {
        let good = payload.encode();
        let mut changed = good.clone();
        changed[at.index(good.len())] = to;
        check_any(&changed)?;
        check_any(&[&good[..], &[to]].concat())?;
        check_any(&good[..keep.index(good.len())])?;
        check_any(&changed[..keep.index(good.len())])?;
    }
}

/// Reading gives an offset inside `bytes` or what writes the same ones again.
fn check_any(bytes: &[u8]) -> Result<(), TestCaseError> {
    match Payload::decode(bytes) {
        Ok(payload) => {
            let mut written = payload.encode();
            // Bit 7 of types 1 to 5 has no meaning: the one thing that is not kept.
            if matches!(bytes[0] & 0x3F, 1..=5) {
                written[0] |= bytes[0] & 0x80;
            }
            prop_assert_eq!(written, bytes);
            payload.points();
        }
        Err(error) => prop_assert!(error.offset <= bytes.len(), "{}", error),
    }
    Ok(())
}

/// A payload of every type.
fn payloads() -> impl Strategy<Value = Payload> {
    prop_oneof![
        vec(points(option::of(texts())), 0..5).prop_map(|points| Payload::full_json(&points).unwrap()),
        (ids(), option::of(texts()), option::of(texts()), vec(any::<u8>(), 0..40)).prop_map(
            |(id, at, desc, bytes)| {
                let desc = desc.map(|desc| Value::string(&desc));
                Payload::binary(&id, at.as_deref(), desc.as_ref(), bytes).unwrap()
            }
        ),
        vec(points(Just(None)), 0..5).prop_map(|points| Payload::simple_json(&points).unwrap()),
        vec(points(texts().prop_map(Some)), 0..5).prop_map(|mut points| {
            for (index, point) in points.iter_mut().enumerate() {
                point.at.as_mut().unwrap().push_str(&index.to_string());
            }
            Payload::timed_simple_json(&points).unwrap()
        }),
        delimited().prop_map(|(delimiters, fields)| Payload::text(delimiters, &fields).unwrap()),
        (option::of(times()), delimited())
            .prop_map(|(time, (delimiters, fields))| Payload::timed_text(time, delimiters, &fields).unwrap()),
        (option::of(times()), vec(runs(), 1..4))
            .prop_map(|(time, runs)| Payload::floats(time, runs).unwrap()),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    "\\PC{0,8}"
}

fn ids() -> impl Strategy<Value = StreamId> {
    "\\PC{1,8}".prop_map(|text| StreamId::parse(&text).unwrap())
}

fn points(at: impl Strategy<Value = Option<String>>) -> impl Strategy<Value = DataPoint> {
    (ids(), at, texts()).prop_map(|(stream, at, value)| {
        let value = Value::from_text(&value);
        DataPoint { stream, at, value }
    })
}

fn times() -> impl Strategy<Value = ShortTime> {
    (2_000..2_256, 1..13, 1..29, 0..24, 0..60, 0..60).prop_map(|(year, month, day, hour, minute, second)| {
        let text = format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}");
        ShortTime::from_timestamp(Timestamp::parse(&text).unwrap()).unwrap()
    })
}

/// Every bit pattern of a float, NaNs and infinities among them.
fn runs() -> impl Strategy<Value = FloatRun> {
    (any::<u16>(), vec(any::<u32>().prop_map(f32::from_bits), 1..8))
        .prop_map(|(number, values)| FloatRun { number, values })
}

/// Fields without the separators that go with them.
fn delimited() -> impl Strategy<Value = (Delimiters, Vec<TextField>)> {
    let separators = prop::sample::select(vec![(',', ';'), ('#', '@'), ('\0', '\x7F'), ('\t', '\n')]);
    (separators, vec((0..3, ids(), texts(), texts()), 0..5)).prop_map(|((inside, between), fields)| {
        let clean = |text: &str| text.replace([inside, between], "_");
        let field = |(form, stream, at, value): (i32, StreamId, String, String)| {
            let stream = StreamId::parse(&clean(stream.as_str())).unwrap();
            let value = clean(&value) + "0";
            match form {
                0 => TextField::Numbered { value },
                1 => TextField::Named { stream, value },
                _ => TextField::Timed { stream, at: clean(&at), value },
            }
        };
        let fields = fields.into_iter().map(field).collect();
        (Delimiters::new(inside, between).unwrap(), fields)
    })
}

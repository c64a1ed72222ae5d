use onenet::legacy::DelimitersError;
use session::TopicProblem;

use super::*;
use crate::upload::EncodingProblem;

fn now() -> Timestamp {
    Timestamp::parse("2016-08-15T14:47:00").unwrap()
}

fn row(stream: &str, at: &str, value: &str) -> Row {
    Row { stream: stream.to_owned(), at: at.to_owned(), value: value.to_owned() }
}

fn points(payload_type: PayloadType, rows: Vec<Row>) -> UploadForm {
    UploadForm { payload_type, rows, ..UploadForm::default() }
}

#[track_caller]
fn check_bytes(form: &UploadForm, expected: &[u8]) {
    assert_eq!(
        form.parse(now()).unwrap().payload.escape_ascii().to_string(),
        expected.escape_ascii().to_string()
    );
}

#[track_caller]
fn check_problems(form: &UploadForm, expected: &[(UploadField, UploadProblem)]) {
    assert_eq!(form.parse(now()).unwrap_err(), expected);
}

#[test]
fn the_demo_is_the_scripts_upload() {
    let upload = UploadForm::default().parse(now()).unwrap();
    assert_eq!(upload.topic, "$dp");
    assert_eq!(upload.payload, [b"\x01\x00\x57", SCRIPT_BODY.as_bytes()].concat());
    assert_eq!(upload.summary, "wendu = 55");
    let body = UploadForm { content: Content::Body, ..UploadForm::default() };
    assert_eq!(body.parse(now()), Ok(upload));
}

#[test]
fn every_type_is_written_as_the_documents_do() {
    let simple = points(PayloadType::SimpleJson, vec![row("temperature", "", "22.5")]);
    check_bytes(&simple, b"\x03\x00\x14{\"temperature\":22.5}");

    let timed = vec![row("a", "2015-03-22 22:31:12", "x"), row("b", "2016-01-02 03:04:05", "1")];
    let body = br#"{"a":{"2015-03-22 22:31:12":"x"},"b":{"2016-01-02 03:04:05":1}}"#;
    check_bytes(&points(PayloadType::TimedSimpleJson, timed), &[&b"\x04\x00\x3f"[..], body].concat());

    let fields = vec![
        row("temperature", "2015-03-22 22:31:12", "22.5"),
        row("", "", "102"),
        row("pm2.5", "", "89"),
        row("", "", "10"),
    ];
    let text = UploadForm {
        inside: "#".to_owned(),
        between: "@".to_owned(),
        ..points(PayloadType::Text, fields.clone())
    };
    check_bytes(&text, b"\x05\x00\x36#@temperature#2015-03-22 22:31:12#22.5@102@pm2.5#89@10");

    let timed_text = UploadForm {
        time: "2016-12-22 22:22:22".to_owned(),
        ..points(PayloadType::TimedText, vec![row("", "", "102"), row("pm2.5", "", "89")])
    };
    check_bytes(&timed_text, b"\x86\x10\x0c\x16\x16\x16\x16\x00\x0e,;102;pm2.5,89");

    let runs = vec![Run { number: "0".to_owned(), values: "34, -20.3".to_owned() }];
    let floats =
        UploadForm { time: "2016-12-22 22:22:22".to_owned(), runs, ..points(PayloadType::Floats, vec![]) };
    check_bytes(&floats, b"\x87\x10\x0c\x16\x16\x16\x16\x00\x00\x00\x02\x00\x00\x08\x42\x66\x66\xa2\xc1");

    let file = Some(Picked { name: "a.jpg".to_owned(), bytes: Bytes::from_static(b"12347") });
    let binary = BinaryForm { stream: "Test".to_owned(), file, ..BinaryForm::default() };
    let binary = UploadForm { binary, ..points(PayloadType::Binary, vec![]) };
    check_bytes(&binary, b"\x02\x00\x10{\"ds_id\":\"Test\"}\x00\x00\x00\x0512347");
    assert_eq!(binary.parse(now()).unwrap().summary, "Test = [5 B]");
}

#[test]
fn names_every_wrong_field_at_once() {
    let rows = vec![row("", "", ""), row("a", "yesterday", "1")];
    check_problems(
        &points(PayloadType::FullJson, rows),
        &[
            (UploadField::Stream(0), UploadProblem::Empty),
            (UploadField::Value(0), UploadProblem::Empty),
            (UploadField::At(1), UploadProblem::Time),
        ],
    );
    check_problems(
        &UploadForm { binary: BinaryForm::default(), ..points(PayloadType::Binary, vec![]) },
        &[(UploadField::BinaryStream, UploadProblem::Empty), (UploadField::File, UploadProblem::Empty)],
    );
    let message = UploadForm {
        content: Content::Message,
        text: "0".to_owned(),
        encoding: Encoding::Hex,
        ..UploadForm::default()
    };
    check_problems(
        &message,
        &[
            (UploadField::Topic, UploadProblem::Topic(TopicProblem::Empty)),
            (UploadField::Text, UploadProblem::Encoding(EncodingProblem::HexOdd)),
        ],
    );
}

#[test]
fn says_too_long_at_the_field_to_shorten() {
    let long = "x".repeat(70_000);
    let field = |row| points(PayloadType::FullJson, vec![row]).parse(now()).unwrap_err()[0].0;
    assert_eq!(field(row(&long, "", "1")), UploadField::Stream(0));
    assert_eq!(field(row("a", "", &long)), UploadField::Value(0));
}

#[test]
fn a_time_that_does_not_show_is_not_looked_at() {
    check_bytes(&points(PayloadType::SimpleJson, vec![row("a", "yesterday", "1")]), b"\x03\x00\x07{\"a\":1}");
}

#[test]
fn says_what_a_delimited_text_cannot_hold() {
    let with = |inside: &str, between: &str, row: Row| UploadForm {
        inside: inside.to_owned(),
        between: between.to_owned(),
        ..points(PayloadType::Text, vec![row])
    };
    check_problems(
        &with(",,", ";", row("a", "", "1")),
        &[(UploadField::Inside, UploadProblem::OneCharacter)],
    );
    check_problems(&with(",", "", row("a", "", "1")), &[(UploadField::Between, UploadProblem::OneCharacter)]);
    check_problems(
        &with(",", ",", row("a", "", "1")),
        &[(UploadField::Between, UploadProblem::Separators(DelimitersError::Equal { found: ',' }))],
    );
    let part = onenet::legacy::FieldPart::Value;
    check_problems(
        &with(",", ";", row("a", "", "1;2")),
        &[(UploadField::Value(0), UploadProblem::HoldsSeparator { part, found: ';' })],
    );
    check_problems(
        &with(",", ";", row("", "2015-03-22 22:31:12", "1")),
        &[(UploadField::Stream(0), UploadProblem::Empty)],
    );
}

#[test]
fn says_which_float_is_none() {
    let floats = |number: &str, values: &str, time: &str| UploadForm {
        runs: vec![Run { number: number.to_owned(), values: values.to_owned() }],
        time: time.to_owned(),
        ..points(PayloadType::Floats, vec![])
    };
    let float = UploadProblem::Float { found: "x".to_owned() };
    check_problems(
        &floats("70000", "1 x", ""),
        &[(UploadField::Number(0), UploadProblem::Number), (UploadField::Floats(0), float)],
    );
    check_problems(&floats("1", "", ""), &[(UploadField::Floats(0), UploadProblem::Empty)]);
    let many = "1 ".repeat(501);
    check_problems(
        &floats("1", &many, ""),
        &[(UploadField::Floats(0), UploadProblem::TooManyFloats { count: 501 })],
    );
    check_problems(
        &floats("1", "1", "1999-01-01 00:00:00"),
        &[(UploadField::Time, UploadProblem::ShortTime)],
    );
}

#[test]
fn points_at_the_run_and_the_row_at_fault() {
    let run = |values: &str| Run { number: "1".to_owned(), values: values.to_owned() };
    let floats = UploadForm { runs: vec![run("1"), run("")], ..points(PayloadType::Floats, vec![]) };
    check_problems(&floats, &[(UploadField::Floats(1), UploadProblem::Empty)]);
    let float = UploadProblem::Float { found: "1e999".to_owned() };
    let floats = UploadForm { runs: vec![run("1e999")], ..floats };
    check_problems(&floats, &[(UploadField::Floats(0), float)]);
    let rows = vec![row("a", "", "1"), row("b", "", "2"), row("a", "", "3")];
    check_problems(
        &points(PayloadType::SimpleJson, rows),
        &[(UploadField::Stream(2), UploadProblem::RepeatedStream)],
    );
}

#[test]
fn names_the_place_of_broken_json() {
    let form =
        UploadForm { content: Content::Body, body: "{\n \"a\": }".to_owned(), ..UploadForm::default() };
    let [(UploadField::Body, UploadProblem::Body(error))] = &form.parse(now()).unwrap_err()[..] else {
        panic!("one problem, at the body");
    };
    assert_eq!(error.offset, 8);
}

#[test]
fn a_message_goes_to_any_topic_as_any_bytes() {
    let form = UploadForm {
        content: Content::Message,
        topic: "$dp".to_owned(),
        text: "01 00 02 7b 7d".to_owned(),
        encoding: Encoding::Hex,
        ..UploadForm::default()
    };
    let upload = form.parse(now()).unwrap();
    assert_eq!((upload.topic.as_str(), &upload.payload[..]), ("$dp", &b"\x01\x00\x02{}"[..]));
}

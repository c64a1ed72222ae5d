//! Frames that real devices sent, recorded in public (reference §6, `onenet-vectors.json`). Where the
//! real server's answer was recorded too, ours is the same.

use simulator::{CommandOptions, Options, Platform, Transmit};

use crate::script::*;

/// `legacy-connect-654804584`. The recorded answer, `20020100`, has session present set although clean
/// session is too, which MQTT 3.1.1 forbids (reference §1.3): ours says 0.
const CONNECT: &str = "102700044d51545404c20078000936353438303435383400063338383633310008756d313531353135";
/// `legacy-connack-sp0-ok`.
const CONNACK: &str = "20020000";

#[test]
fn answers_a_real_login() {
    assert_eq!(converse(&[CONNECT]), [CONNACK]);
}

#[test]
fn answers_a_real_login_with_an_api_key_and_clean_session_0() {
    // legacy-connect-600018139-apikey
    let connect = "103b00044d51545404c0002000093630303031383133390006333438373439001c41695935536d6949594b6d55357a4674487463704a3655655465673d";
    assert_eq!(converse(&[connect]), [CONNACK]);
}

#[test]
fn answers_real_subscriptions() {
    // legacy-subscribe-app_topic-qos0-id10 → legacy-suback-qos0-id10
    assert_eq!(converse(&[CONNECT, "820e000a00096170705f746f70696300"])[1..], ["9003000a00"]);
    // legacy-subscribe-topic-qos1
    assert_eq!(converse(&[CONNECT, "820a000a0005746f70696301"])[1..], ["9003000a01"]);
}

#[test]
fn returns_a_real_message_to_its_subscriber() {
    // legacy-publish-topic-qos1, whose packet identifier is 1 both ways.
    let publish = "32140005746f7069630001746f7069632068656c6c6f";
    let answers = converse(&[CONNECT, "820a000a0005746f70696301", publish]);
    assert_eq!(answers[2..], [publish, "40020001"]);
}

#[test]
fn answers_a_real_ping() {
    // legacy-pingreq → legacy-pingresp
    assert_eq!(converse(&[CONNECT, "c000"])[1..], ["d000"]);
}

#[test]
fn closes_on_a_real_disconnect() {
    // legacy-disconnect
    assert_eq!(converse(&[CONNECT, "e000"])[1..], ["close"]);
}

/// `studio-connect-my_tv`, with two bytes of remaining length.
const STUDIO_CONNECT: &str = "10980100044d51545404c2003c00056d795f7476000a5652716844484632774c007976657273696f6e3d323031382d31302d3331267265733d70726f64756374732532465652716844484632774c253246646576696365732532466d795f74762665743d31363631323435303331266d6574686f643d6d6435267369676e3d7934694450753659703834464f377078706364635351253344253344";
/// `studio-publish-property-post`, which has white space in its JSON.
const STUDIO_POST: &str = "306f0029247379732f5652716844484632774c2f6d795f74762f7468696e672f70726f70657274792f706f73747b226964223a2022313233222c2276657273696f6e22203a2022312e30222c22706172616d73223a207b2277656e6475223a207b2276616c7565223a2032312e317d7d7d";

#[test]
fn answers_a_real_login_with_a_token() {
    assert_eq!(converse(&[STUDIO_CONNECT]), [CONNACK]);
}

#[test]
fn answers_a_real_report_of_a_property_to_who_is_subscribed() {
    assert_eq!(converse(&[STUDIO_CONNECT, STUDIO_POST]).len(), 1, "not subscribed");
    let subscribe = subscribe(1, [("$sys/VRqhDHF2wL/my_tv/thing/property/post/reply", 1)]);
    let subscribe = to_hex(&frame::encode(&subscribe).unwrap());
    let answers = converse(&[STUDIO_CONNECT, &subscribe, STUDIO_POST]);
    assert_eq!(answers[1], "9003000100");
    // As `studio-at-reply-SQKg9n0Ii0` has it.
    let reply = br#"{"id":"123","code":200,"msg":"success"}"#;
    assert!(answers[2].ends_with(&to_hex(reply)), "{}", answers[2]);
}

#[test]
fn sends_a_command_as_the_real_platform_did() {
    let mut stage = Stage::new(Options::default());
    let connection = stage.platform.handle_open(stage.now);
    stage.platform.handle_input(connection, &from_hex(CONNECT), stage.now);
    let id = "af506f6f-85ad-57e4-af8b-69e7f61768b3";
    stage
        .platform
        .send_command("654804584", id, "123123123".into(), CommandOptions::default(), stage.now)
        .unwrap();
    // legacy-creq-publish-af506f6f
    let creq = "3035002a24637265712f61663530366636662d383561642d353765342d616638622d363965376636313736386233313233313233313233";
    assert_eq!(drain(&mut stage.platform), [CONNACK, creq]);
}

/// The answers to the frames of one device, in hex.
fn converse(frames: &[&str]) -> Vec<String> {
    let mut stage = Stage::new(Options::default());
    let connection = stage.platform.handle_open(stage.now);
    for frame in frames {
        stage.platform.handle_input(connection, &from_hex(frame), stage.now);
    }
    drain(&mut stage.platform)
}

fn drain(platform: &mut Platform) -> Vec<String> {
    std::iter::from_fn(|| platform.poll_transmit())
        .map(|(_, transmit)| match transmit {
            Transmit::Frame(frame) | Transmit::Chunk(frame) => to_hex(&frame),
            Transmit::Close => "close".to_owned(),
        })
        .collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

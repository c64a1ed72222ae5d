//! What people do around the platform: devices and topics made over HTTP (reference §1.9).

use expect_test::expect;
use onenet::Value;
use onenet::legacy::UserTopic;
use simulator::{
    CreateDeviceError, Device, Limits, Location, MAX_REGISTRATION, NewDevice, Options, Platform,
};

use crate::script::*;

fn new_device(product_id: &str, auth_info: Option<&str>) -> NewDevice {
    NewDevice {
        product_id: product_id.to_owned(),
        title: "board".to_owned(),
        auth_info: auth_info.map(str::to_owned),
        ..NewDevice::default()
    }
}

fn create(product_id: &'static str, auth_info: Option<&'static str>) -> Step {
    act(move |platform, now| match platform.create_device(new_device(product_id, auth_info), now) {
        Ok(id) => format!("device {id}"),
        Err(error) => error.to_string(),
    })
}

#[test]
fn creates_devices_that_may_log_in() {
    check(
        [
            create("2", Some("secret")),
            create("2", Some("secret")),
            create("3", Some("secret")),
            create("2", None),
            create("product", None),
            open(),
            send(1, connect_with("1", "2", "wrong")),
            open(),
            send(2, connect_with("1", "3", "secret")),
            open(),
            send(3, connect_with("1", "2", "secret")),
            // Without auth info it is an API key, of which nothing is known here.
            open(),
            send(4, connect_with("3", "2", "any key")),
            // Others may still come.
            open(),
            send(5, connect("29455901", "12555524")),
            command("2", "7", "?"),
        ],
        expect![[r#"
              gives  device 1
              gives  auth info is already used in the product
              gives  device 2
              gives  device 3
              gives  product id is not up to 64 decimal digits: product
              event  Opened 1
            1 ← CONNACK 4 session present false
            1 ← close
              event  Refused 1 4: bad user name or password, rule login-matches
              event  Opened 2
            2 ← CONNACK 4 session present false
            2 ← close
              event  Refused 2 4: bad user name or password, rule login-matches
              event  Opened 3
            3 ← CONNACK 0 session present false
              event  LoggedIn 3 1
              event  Opened 4
            4 ← CONNACK 0 session present false
              event  LoggedIn 4 3
              event  Opened 5
            5 ← CONNACK 0 session present false
              event  LoggedIn 5 29455901
              error  device not online: 2
        "#]],
    );
}

#[test]
fn remembers_what_was_said_of_a_device() {
    let mut stage = Stage::new(Options::default());
    let new = NewDevice {
        desc: Some("by the window".to_owned()),
        tags: vec!["home".to_owned()],
        location: Some(Location { lon: "106.50".to_owned(), lat: "29.5".to_owned() }),
        private: true,
        other: Some(Value::parse(r#"{"version": "1.0"}"#).unwrap()),
        ..new_device("2", Some("JHFDJF55586jhk"))
    };
    let id = stage.platform.create_device(new.clone(), stage.now).unwrap();
    let device = stage.platform.device(&id).unwrap();
    assert_eq!((device.about(), device.auth_info()), (Some(&new), Some("JHFDJF55586jhk")));
    assert_eq!(device.created_at().unwrap().to_string(), "2016-08-15 14:47:00.000");
    assert!(!device.online());
    assert!(!format!("{new:?}").contains("JHFDJF55586jhk"));
}

#[test]
fn gives_out_ids_that_are_free_and_lets_created_devices_into_a_closed_platform() {
    let devices = vec![known("1", "2", "x"), known("3", "2", "y")];
    check_with(
        Options { devices, ..Options::default() },
        [
            create("2", Some("x")),
            create("2", Some("z")),
            create("2", None),
            open(),
            send(1, connect_with("2", "2", "z")),
        ],
        expect![[r#"
              gives  auth info is already used in the product
              gives  device 2
              gives  device 4
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 2
        "#]],
    );
}

#[test]
fn never_forgets_a_created_device() {
    let mut stage = Stage::new(limited(Limits { devices: 2, ..Limits::default() }));
    let script = [
        create("2", None),
        open(),
        send(1, connect("8", "2")),
        create("2", None),
        close(1),
        open(),
        send(2, connect("9", "2")),
    ];
    for step in script {
        stage.run(step);
    }
    assert!(stage.transcript.contains("no room for one more device"), "{}", stage.transcript);
    let devices: Vec<&str> = stage.platform.devices().map(Device::id).collect();
    assert_eq!(devices, ["1", "9"]);
    let long = NewDevice { title: "x".repeat(MAX_REGISTRATION), ..new_device("2", None) };
    let refused = stage.platform.create_device(long, stage.now);
    assert_eq!(refused, Err(CreateDeviceError::TooLong { length: MAX_REGISTRATION + 1 }));
}

#[test]
fn creates_topics_and_tells_who_subscribes() {
    let create_topic = |product_id: &'static str, name: &'static str| {
        act(move |platform, _| {
            platform.create_topic(product_id, topic(name)).err().map_or("done".to_owned(), |e| e.to_string())
        })
    };
    let platform = check(
        [
            create_topic("2", "made"),
            open(),
            send(1, connect("1", "2")),
            create_topic("2", "made"),
            create_topic("2", "made"),
            open(),
            send(2, connect("3", "2")),
            send(1, subscribe(1, [("b", 0), ("made", 1), ("/3/wendu", 0)])),
            send(2, subscribe(1, [("b", 0)])),
            act(|platform, now| {
                let counts =
                    ["b", "made", "none"].map(|name| platform.publish("2", &topic(name), "!".into(), now));
                format!("{counts:?}, {}", platform.publish("3", &topic("b"), "!".into(), now))
            }),
            close(2),
        ],
        expect![[r#"
              gives  product not found: 2
              event  Opened 1
            1 ← CONNACK 0 session present false
              event  LoggedIn 1 1
              gives  done
              gives  topic already exists
              event  Opened 2
            2 ← CONNACK 0 session present false
              event  LoggedIn 2 3
            1 ← SUBACK 1 [00, 01, 00]
            2 ← SUBACK 1 [00]
              gives  [2, 1, 0], 0
            1 ← PUBLISH b QoS 0 id 0 !
            2 ← PUBLISH b QoS 0 id 0 !
            1 ← PUBLISH made QoS 0 id 0 !
              event  Forwarded b from HTTP to 2, discarded 0
              event  Forwarded made from HTTP to 1, discarded 0
              event  Forwarded none from HTTP to 0, discarded 0
              event  Forwarded b from HTTP to 0, discarded 0
              event  Closed 2 3
        "#]],
    );
    assert_eq!(names(platform.topics("2")), ["b", "made"]);
    assert_eq!(names(platform.topics("3")), [""; 0]);
    assert_eq!(names(platform.subscriptions_of("1")), ["/3/wendu", "b", "made"]);
    assert_eq!(names(platform.subscriptions_of("3")), [""; 0]);
    let subscribers = |name| platform.subscribers_of("2", &topic(name)).map(Device::id).collect::<Vec<_>>();
    assert_eq!((subscribers("b"), subscribers("none")), (vec!["1"], vec![]));
}

#[test]
fn creates_no_more_topics_than_a_product_may_have() {
    let mut stage = Stage::new(Options::default());
    stage.run(create("2", None));
    let make = |platform: &mut Platform, n: usize| platform.create_topic("2", topic(&format!("a{n}")));
    for n in 0..100 {
        make(&mut stage.platform, n).unwrap();
    }
    let refused = make(&mut stage.platform, 100).unwrap_err();
    assert_eq!(refused.to_string(), "product has 100 topics, which is the limit");
}

fn topic(name: &str) -> UserTopic {
    UserTopic::parse(name).unwrap()
}

fn names<'a>(topics: impl Iterator<Item = &'a UserTopic>) -> Vec<&'a str> {
    topics.map(UserTopic::as_str).collect()
}

//! One program of each kind as it is read by people, and what must hold for all of them.

use bytes::Bytes;
use expect_test::{Expect, expect};
use onenet::Timestamp;
use proptest::prelude::*;
use session::{Message, Options, Qos};

use super::*;
use crate::connect::{ConnectForm, WillForm};
use crate::locale::LANGUAGES;
use crate::snippet::{Password, Server};
use crate::upload::UploadForm;

#[test]
fn python_asks_for_the_password() {
    check(
        Dialect::Python,
        Language::English,
        &demo().without_password(),
        expect![[r##"
        # First: pip install paho-mqtt (1.x or 2.x)
        import getpass
        import os

        import paho.mqtt.client as mqtt

        HOST = "183.230.40.39"
        PORT = 6002
        CLIENT_ID = "29455901"  # Device ID (client ID)
        USERNAME = "12555524"  # Product ID (user name)
        PASSWORD = os.environ.get("ONENET_AUTH_INFO") or getpass.getpass("Auth info (password): ")  # Auth info (password)
        TOPIC = "$dp"
        PAYLOAD = (
            b'\x01\x00W{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T1'
            b'4:47:00","value":55}]}]}'
        )


        def on_connect(client, userdata, flags, reason, *rest):
            # paho-mqtt 1.x gives a return code, 2.x the reason itself
            words = mqtt.connack_string(reason) if isinstance(reason, int) else reason
            print("login:", words)
            if reason != 0:
                client.disconnect()
                return
            client.publish(TOPIC, PAYLOAD, qos=1, retain=False)


        def on_publish(client, userdata, mid, *rest):
            print("acknowledged by PUBACK, packet id", mid)


        def on_message(client, userdata, message):
            print("received:", message.topic, message.payload.decode("utf-8", "backslashreplace"))


        # paho-mqtt 2.x wants to know the version of the callbacks
        version = [mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []
        client = mqtt.Client(*version, client_id=CLIENT_ID, clean_session=True, protocol=mqtt.MQTTv311)
        client.username_pw_set(USERNAME, PASSWORD)
        client.on_connect = on_connect
        client.on_publish = on_publish
        client.on_message = on_message
        client.connect(HOST, PORT, keepalive=120)
        try:
            client.loop_forever()  # until Ctrl-C
        except KeyboardInterrupt:
            client.disconnect()
    "##]],
    );
}

#[test]
fn python_holds_the_password_when_asked_to() {
    let program = Dialect::Python.write(&demo(), Language::Chinese);
    assert!(program.contains(r#"PASSWORD = "JHFDJF55586jhk"  # 鉴权信息（密码）"#), "{program}");
    assert!(!program.contains("import getpass"), "{program}");
}

#[test]
fn c_comments_every_field() {
    check(
        Dialect::C,
        Language::English,
        &demo().without_password(),
        expect![[r#"
        /* Open a TCP connection to 183.230.40.39, port 6002, and send both arrays in turn. */

        /* CONNECT: send it first, 48 bytes; 20 02 00 00 comes back when it is accepted */
        /* The 14 bytes of the password are * (0x2A) here: put the real ones in their place. */
        const unsigned char connect_frame[48] = {
            /* fixed header: packet type, remaining length */
            0x10, 0x2E,
            /* protocol name MQTT */
            0x00, 0x04, 0x4D, 0x51, 0x54, 0x54,
            /* protocol level 4 (MQTT 3.1.1) */
            0x04,
            /* connect flags */
            0xC2,
            /* keep alive in seconds */
            0x00, 0x78,
            /* client identifier: device ID or device name */
            0x00, 0x08, 0x32, 0x39, 0x34, 0x35, 0x35, 0x39, 0x30, 0x31,
            /* user name: product ID */
            0x00, 0x08, 0x31, 0x32, 0x35, 0x35, 0x35, 0x35, 0x32, 0x34,
            /* password */
            0x00, 0x0E, 0x2A, 0x2A, 0x2A, 0x2A, 0x2A, 0x2A, 0x2A, 0x2A, 0x2A, 0x2A,
            0x2A, 0x2A, 0x2A, 0x2A,
        };

        /* PUBLISH: send it once the login is accepted, 99 bytes */
        const unsigned char publish_frame[99] = {
            /* fixed header: packet type, remaining length */
            0x32, 0x61,
            /* topic name */
            0x00, 0x03, 0x24, 0x64, 0x70,
            /* packet identifier */
            0x00, 0x01,
            /* payload */
            0x01, 0x00, 0x57, 0x7B, 0x22, 0x64, 0x61, 0x74, 0x61, 0x73, 0x74, 0x72,
            0x65, 0x61, 0x6D, 0x73, 0x22, 0x3A, 0x5B, 0x7B, 0x22, 0x69, 0x64, 0x22,
            0x3A, 0x22, 0x77, 0x65, 0x6E, 0x64, 0x75, 0x22, 0x2C, 0x22, 0x64, 0x61,
            0x74, 0x61, 0x70, 0x6F, 0x69, 0x6E, 0x74, 0x73, 0x22, 0x3A, 0x5B, 0x7B,
            0x22, 0x61, 0x74, 0x22, 0x3A, 0x22, 0x32, 0x30, 0x31, 0x36, 0x2D, 0x30,
            0x38, 0x2D, 0x31, 0x35, 0x54, 0x31, 0x34, 0x3A, 0x34, 0x37, 0x3A, 0x30,
            0x30, 0x22, 0x2C, 0x22, 0x76, 0x61, 0x6C, 0x75, 0x65, 0x22, 0x3A, 0x35,
            0x35, 0x7D, 0x5D, 0x7D, 0x5D, 0x7D,
        };
    "#]],
    );
}

#[test]
fn mosquitto_prints_what_is_no_text() {
    check(
        Dialect::Mosquitto,
        Language::English,
        &demo().without_password(),
        expect![[r##"
        # For bash, zsh or Git Bash; on Debian and Ubuntu the package is mosquitto-clients
        # First: export ONENET_AUTH_INFO='the auth info or token'
        printf '\001\000W{"datastreams":[{"id":"wendu","datapoints":[{"at":"2016-08-15T14:47:00","value":55}]}]}' |
        mosquitto_pub -V mqttv311 -h 183.230.40.39 -p 6002 \
          -i 29455901 -u 12555524 -P "$ONENET_AUTH_INFO" \
          -k 120 -t '$dp' -q 1 -s
    "##]],
    );
}

#[test]
fn mosquitto_says_a_text_as_it_is() {
    let mut recipe = custom("dev", "用户", "it's", "房间/1", "温度：\"27.5\"\n".as_bytes(), Qos::AtMostOnce);
    recipe.clean_session = false;
    recipe.keep_alive = 4;
    check(
        Dialect::Mosquitto,
        Language::Chinese,
        &recipe,
        expect![[r##"
        # 在 bash、zsh 或 Git Bash 里运行；Debian 和 Ubuntu 上由软件包 mosquitto-clients 提供
        # mosquitto_pub 不接受小于 5 秒的保活时间：请先在表单里改大
        mosquitto_pub -V mqttv311 -h 127.0.0.1 -p 6002 \
          -i dev -u '用户' -P 'it'\''s' \
          -k 4 -c -t '房间/1' -q 0 -m '温度："27.5"
        '
    "##]],
    );
}

#[test]
fn mosquitto_sends_nothing_where_nothing_is_said() {
    let program =
        Dialect::Mosquitto.write(&custom("a", "b", "c", "d", b"", Qos::AtMostOnce), Language::English);
    assert!(program.ends_with("-t d -q 0 -n\n"), "{program}");
}

#[test]
fn arduino_says_that_it_has_no_qos_1() {
    check(
        Dialect::Arduino,
        Language::English,
        &demo().without_password(),
        expect![[r#"
        // Needs PubSubClient 2.8 (from the library manager)
        #include <ESP8266WiFi.h>  // ESP32: <WiFi.h>
        #include <PubSubClient.h>

        const char WIFI_NAME[] = "WIFI_NAME";  // put the name and the password of your Wi-Fi here
        const char WIFI_PASSWORD[] = "WIFI_PASSWORD";

        const char HOST[] = "183.230.40.39";
        const uint16_t PORT = 6002;
        const char CLIENT_ID[] = "29455901";  // Device ID (client ID)
        const char USERNAME[] = "12555524";  // Product ID (user name)
        const char PASSWORD[] = "AUTH_INFO";  // put the password (auth info or token) here
        const char TOPIC[] = "$dp";
        const uint8_t PAYLOAD[] = {
          0x01, 0x00, 0x57, 0x7B, 0x22, 0x64, 0x61, 0x74, 0x61, 0x73, 0x74, 0x72,
          0x65, 0x61, 0x6D, 0x73, 0x22, 0x3A, 0x5B, 0x7B, 0x22, 0x69, 0x64, 0x22,
          0x3A, 0x22, 0x77, 0x65, 0x6E, 0x64, 0x75, 0x22, 0x2C, 0x22, 0x64, 0x61,
          0x74, 0x61, 0x70, 0x6F, 0x69, 0x6E, 0x74, 0x73, 0x22, 0x3A, 0x5B, 0x7B,
          0x22, 0x61, 0x74, 0x22, 0x3A, 0x22, 0x32, 0x30, 0x31, 0x36, 0x2D, 0x30,
          0x38, 0x2D, 0x31, 0x35, 0x54, 0x31, 0x34, 0x3A, 0x34, 0x37, 0x3A, 0x30,
          0x30, 0x22, 0x2C, 0x22, 0x76, 0x61, 0x6C, 0x75, 0x65, 0x22, 0x3A, 0x35,
          0x35, 0x7D, 0x5D, 0x7D, 0x5D, 0x7D,
        };

        WiFiClient tcp;
        PubSubClient mqtt(tcp);

        void received(char* topic, uint8_t* payload, unsigned int length) {
          Serial.print(topic);
          Serial.print(": ");
          Serial.write(payload, length);
          Serial.println();
        }

        void setup() {
          Serial.begin(115200);
          WiFi.begin(WIFI_NAME, WIFI_PASSWORD);
          while (WiFi.status() != WL_CONNECTED) {
            delay(500);
          }
          mqtt.setServer(HOST, PORT);
          mqtt.setKeepAlive(120);
          mqtt.setCallback(received);
        }

        void loop() {
          if (!mqtt.connected()) {
            if (!mqtt.connect(CLIENT_ID, USERNAME, PASSWORD, nullptr, 0, false, nullptr, true)) {
              // 4: the product ID or the password is wrong; negative: trouble with the network
              Serial.println(mqtt.state());
              delay(5000);
              return;
            }
            // PubSubClient publishes at QoS 0 only: no packet id and no PUBACK
            mqtt.publish(TOPIC, PAYLOAD, sizeof PAYLOAD, false);
          }
          mqtt.loop();
        }
    "#]],
    );
}

#[test]
fn arduino_makes_room_for_a_long_message() {
    let short =
        Dialect::Arduino.write(&custom("a", "b", "c", "d", &[0; 240], Qos::AtMostOnce), Language::English);
    assert!(!short.contains("setBufferSize"), "{short}");
    let long =
        Dialect::Arduino.write(&custom("a", "b", "c", "d", &[0; 300], Qos::AtMostOnce), Language::English);
    assert!(long.contains("setBufferSize(309);"), "{long}");
    let none = Dialect::Arduino.write(&custom("a", "b", "c", "d", b"", Qos::AtMostOnce), Language::English);
    assert!(
        none.contains("mqtt.publish(TOPIC, nullptr, 0, false);") && !none.contains("PAYLOAD[]"),
        "{none}"
    );
}

#[test]
fn at_commands_name_what_to_wait_for() {
    check(
        Dialect::At,
        Language::Chinese,
        &demo().without_password(),
        expect![[r##"
            # 逐行发送，每行以回车换行（CR LF）结束；# 开头的行是说明，不要发送
            AT+CWMODE=1
            # 换成你的 Wi-Fi 名称和密码
            AT+CWJAP="WIFI_NAME","WIFI_PASSWORD"
            # 等到 WIFI GOT IP 和 OK
            AT+CIPSTART="TCP","183.230.40.39",6002

            # CONNECT: 等到 CONNECT 和 OK，再发送登录报文
            # 密码的 14 个字节以 *（0x2A）代替，长度不变；请换成真正的密码字节。
            AT+CIPSEND=48
            # 等到 >，再以十六进制发送（不加回车换行），然后等到 SEND OK
            10 2E 00 04 4D 51 54 54 04 C2 00 78 00 08 32 39
            34 35 35 39 30 31 00 08 31 32 35 35 35 35 32 34
            00 0E 2A 2A 2A 2A 2A 2A 2A 2A 2A 2A 2A 2A 2A 2A
            # 收到 +IPD,4: 和字节 20 02 00 00 表示登录成功

            # PUBLISH
            AT+CIPSEND=99
            # 等到 >，再以十六进制发送（不加回车换行），然后等到 SEND OK
            32 61 00 03 24 64 70 00 01 01 00 57 7B 22 64 61
            74 61 73 74 72 65 61 6D 73 22 3A 5B 7B 22 69 64
            22 3A 22 77 65 6E 64 75 22 2C 22 64 61 74 61 70
            6F 69 6E 74 73 22 3A 5B 7B 22 61 74 22 3A 22 32
            30 31 36 2D 30 38 2D 31 35 54 31 34 3A 34 37 3A
            30 30 22 2C 22 76 61 6C 75 65 22 3A 35 35 7D 5D
            7D 5D 7D
            # 收到 +IPD,4: 和字节 40 02 00 01 表示已确认

            # PINGREQ: 120 秒内没有别的报文可发时就发一次；回应是 D0 00
            AT+CIPSEND=2
            # 等到 >，再以十六进制发送（不加回车换行），然后等到 SEND OK
            C0 00

            # 如果固件是 ESP-AT 2.x，连上 Wi-Fi 后也可以改用它自带的 MQTT 指令
            # AUTH_INFO: 换成密码（鉴权信息或 Token）
            AT+MQTTUSERCFG=0,1,"29455901","12555524","AUTH_INFO",0,0,""
            AT+MQTTCONNCFG=0,120,0,"","",0,0
            AT+MQTTCONN=0,"183.230.40.39",6002,0
            # 等到 +MQTTCONNECTED
            AT+MQTTPUBRAW=0,"$dp",90,1,0
            # 等到 >，再以十六进制发送有效载荷（不加回车换行），然后等到 +MQTTPUB:OK
            01 00 57 7B 22 64 61 74 61 73 74 72 65 61 6D 73
            22 3A 5B 7B 22 69 64 22 3A 22 77 65 6E 64 75 22
            2C 22 64 61 74 61 70 6F 69 6E 74 73 22 3A 5B 7B
            22 61 74 22 3A 22 32 30 31 36 2D 30 38 2D 31 35
            54 31 34 3A 34 37 3A 30 30 22 2C 22 76 61 6C 75
            65 22 3A 35 35 7D 5D 7D 5D 7D
        "##]],
    );
}

#[test]
fn at_sends_what_is_long_in_pieces_and_leaves_out_what_its_mqtt_cannot_say() {
    let recipe = custom("a", "b", "c", "d", &[0x55; 3_000], Qos::AtLeastOnce);
    let program = Dialect::At.write(&recipe, Language::English);
    assert!(program.contains("AT+CIPSEND=2048\n") && program.contains("AT+CIPSEND=960\n"), "{program}");
    assert!(!program.contains("AT+MQTT"), "{program}");
    for topic in ["a\tb".to_owned(), "a".repeat(65)] {
        let recipe = custom("a", "b", "c", &topic, b"x", Qos::AtLeastOnce);
        assert!(!Dialect::At.write(&recipe, Language::English).contains("AT+MQTT"));
    }
}

proptest! {
    #[test]
    fn no_text_adds_a_line_of_code_and_no_secret_slips_out(
        names in proptest::array::uniform3("[^\0\n]{1,20}"),
        password in "[^\0]{12,40}",
        payload in proptest::collection::vec(any::<u8>(), 1..40),
    ) {
        let [client_id, username, topic] = &names;
        let harmless = custom("a", "b", "c", "d", &vec![b'.'; payload.len()], Qos::AtLeastOnce);
        let hostile = custom(client_id, username, &password, topic, &payload, Qos::AtLeastOnce).without_password();
        prop_assume!(!format!("{names:?}").contains(&password));
        for language in LANGUAGES {
            for dialect in DIALECTS {
                let program = dialect.write(&hostile, language);
                prop_assert!(!program.contains(&password), "{}", program);
                // Comments never hold anything that was typed: they are the same for all.
                if matches!(dialect, Dialect::Python | Dialect::Arduino) {
                    let expected = dialect.write(&harmless.clone().without_password(), language);
                    let frame = |text: &str| -> Vec<String> {
                        let kept = |line: &&str| !line.contains(" = ") && !line.starts_with("  0x") && !line.starts_with("    b'") && *line != ")";
                        text.lines().filter(kept).map(str::to_owned).collect()
                    };
                    prop_assert_eq!(frame(&program), frame(&expected));
                }
            }
        }
    }

    #[test]
    fn the_arrays_and_the_hex_are_the_frames(
        names in proptest::array::uniform4("[^\0]{1,40}"),
        payload in proptest::collection::vec(any::<u8>(), 0..300),
        acknowledged in any::<bool>(),
    ) {
        let [client_id, username, password, topic] = &names;
        let qos = if acknowledged { Qos::AtLeastOnce } else { Qos::AtMostOnce };
        let recipe = custom(client_id, username, password, topic, &payload, qos);
        let frames = [recipe.connect.as_ref(), recipe.publish.as_ref()].concat();
        let arrays = Dialect::C.write(&recipe, Language::English);
        prop_assert_eq!(read_hex(arrays.lines().filter(|line| line.starts_with("    0x"))), frames.clone());
        let commands = Dialect::At.write(&recipe, Language::English);
        let (commands, _) = commands.split_once("# PINGREQ").unwrap();
        let sent = commands.lines().filter(|line| !line.starts_with('#') && !line.starts_with("AT+"));
        prop_assert_eq!(read_hex(sent), frames);
    }
}

/// The bytes in lines of `0x10, 0x25,` or `10 25`.
fn read_hex<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<u8> {
    let words = lines.flat_map(|line| line.split([' ', ','])).filter(|word| !word.is_empty());
    words.map(|word| u8::from_str_radix(word.trim_start_matches("0x"), 16).unwrap()).collect()
}

#[test]
fn every_program_leaves_the_will() {
    let will = WillForm {
        on: true,
        topic: "room/status".to_owned(),
        text: "it is off".to_owned(),
        qos: Qos::ExactlyOnce,
        retain: true,
    };
    let login = ConnectForm { will, ..ConnectForm::default() };
    let server = Server::parse("183.230.40.39", "6002").unwrap();
    let recipe = Recipe::new(server, &login, &UploadForm::default(), Timestamp::default()).unwrap();
    for (dialect, line) in [
        (Dialect::Python, r#"client.will_set("room/status", b'it is off', qos=2, retain=True)"#),
        (
            Dialect::Mosquitto,
            r#"--will-topic room/status --will-payload 'it is off' --will-qos 2 --will-retain"#,
        ),
        (Dialect::Arduino, r#"PASSWORD, "room/status", 2, true, "it is off", true)"#),
        (Dialect::C, "/* topic of the will */\n    0x00, 0x0B, 0x72"),
        (Dialect::At, r#"AT+MQTTCONNCFG=0,120,0,"room/status","it is off",2,1"#),
    ] {
        let program = dialect.write(&recipe, Language::English);
        assert!(program.contains(line), "{program}");
    }
}

#[track_caller]
fn check(dialect: Dialect, language: Language, recipe: &Recipe, expected: Expect) {
    expected.assert_eq(&dialect.write(recipe, language));
}

/// What the page says when it opens, at a fixed time.
fn demo() -> Recipe {
    let server = Server::parse("183.230.40.39", "6002").unwrap();
    let now = Timestamp::parse("2016-08-15T14:47:00").unwrap();
    Recipe::new(server, &ConnectForm::default(), &UploadForm::default(), now).unwrap()
}

fn custom(client_id: &str, username: &str, password: &str, topic: &str, payload: &[u8], qos: Qos) -> Recipe {
    let options = Options {
        client_id: client_id.to_owned(),
        username: username.to_owned(),
        password: password.to_owned(),
        ..Options::default()
    };
    let topic = topic.replace(['+', '#'], "_");
    let message = Message { topic, payload: Bytes::copy_from_slice(payload), qos, retain: false };
    Recipe {
        generation: onenet::Generation::Legacy,
        server: Server::parse("127.0.0.1", "6002").unwrap(),
        connect: options.frame().unwrap(),
        publish: message.frame(Some(1)).unwrap(),
        client_id: options.client_id,
        username: options.username,
        password: Password::Shown(options.password),
        keep_alive: options.keep_alive,
        clean_session: options.clean_session,
        will: None,
        message,
    }
}

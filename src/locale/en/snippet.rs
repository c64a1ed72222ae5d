//! The same message as code: the words of the panel, and the comments in the programs.

use session::Qos;

use crate::locale::words::{CodeWords, SnippetWords};
use crate::snippet::{Dialect, LONGEST, Part, ServerField};

pub(super) const SNIPPET: SnippetWords = SnippetWords {
    hint: "What both forms say, as a program: it logs in and sends the same bytes. Only PubSubClient on Arduino publishes at QoS 0 whatever the form says.",
    dialect: "Language or tool",
    dialect_name: |dialect| match dialect {
        Dialect::Python => "Python (paho-mqtt)",
        Dialect::C => "C byte arrays",
        Dialect::Mosquitto => "mosquitto_pub command",
        Dialect::Arduino => "Arduino (PubSubClient)",
        Dialect::At => "ESP8266 AT commands",
    },
    host: "Server (TCP)",
    port: "Port",
    in_page_hint: "No program can reach the platform inside this page: run onenet-relay --simulate 127.0.0.1:6002.",
    server_problem: |field| match field {
        ServerField::Host => "Enter a host name or an IP address, without tcp:// and without a port.",
        ServerField::Port => "Enter a port from 1 to 65535; OneNET's legacy platform has 6002.",
    },
    include_password: "Include the password",
    password_included: "The code shows the password to whoever sees it. Give it to nobody and commit it nowhere.",
    copy: "Copy the code",
    copied: "Copied.",
    not_copied: "The browser does not allow it. The code is selected: press Ctrl+C, on a Mac ⌘C.",
    missing: "The code appears here once these are put right:",
    too_long: |length| {
        format!(
            "The frames have {length} bytes; more than {LONGEST} do not become code. Shorten the message."
        )
    },
    code: CodeWords {
        hidden_bytes: |length| {
            format!("The {length} bytes of the password are * (0x2A) here: put the real ones in their place.")
        },
        put_password: "put the password (auth info or token) here",
        put_wifi: "put the name and the password of your Wi-Fi here",

        python_intro: "First: pip install paho-mqtt (1.x or 2.x)",
        python_reason: "paho-mqtt 1.x gives a return code, 2.x the reason itself",
        python_version: "paho-mqtt 2.x wants to know the version of the callbacks",
        login_result: "login:",
        published: |qos| match qos {
            Qos::AtMostOnce => "sent, packet id",
            Qos::AtLeastOnce => "acknowledged by PUBACK, packet id",
            Qos::ExactlyOnce => "acknowledged by PUBCOMP, packet id",
        },
        received: "received:",
        until_stopped: "until Ctrl-C",

        c_intro: |host, port| {
            format!("Open a TCP connection to {host}, port {port}, and send both arrays in turn.")
        },
        send_first: |length| {
            format!("send it first, {length} bytes; 20 02 00 00 comes back when it is accepted")
        },
        send_then: |length| format!("send it once the login is accepted, {length} bytes"),
        part: |part| match part {
            Part::FixedHeader => "fixed header: packet type, remaining length",
            Part::ProtocolName => "protocol name MQTT",
            Part::ProtocolLevel => "protocol level 4 (MQTT 3.1.1)",
            Part::ConnectFlags => "connect flags",
            Part::KeepAlive => "keep alive in seconds",
            Part::ClientId => "client identifier: device ID or device name",
            Part::WillTopic => "topic of the will",
            Part::WillPayload => "payload of the will",
            Part::UserName => "user name: product ID",
            Part::Password => "password",
            Part::Topic => "topic name",
            Part::PacketId => "packet identifier",
            Part::Payload => "payload",
        },

        mosquitto_intro: "For bash, zsh or Git Bash; on Debian and Ubuntu the package is mosquitto-clients",
        mosquitto_password: "First: export ONENET_AUTH_INFO='the auth info or token'",
        mosquitto_keep_alive: "mosquitto_pub takes no keep alive below 5 seconds: use a longer one in the form",
        will_cut: "The text of the will ends before its first U+0000 here: change it in the form",
        mosquitto_control: "mosquitto_pub takes no ids or topics with control characters: change them in the form",

        arduino_intro: "Needs PubSubClient 2.8 (from the library manager)",
        arduino_qos: "PubSubClient publishes at QoS 0 only: no packet id and no PUBACK",
        arduino_keep_alive: "With a keep alive of 0 PubSubClient sends PINGREQ all the time: use a longer one in the form",
        arduino_state: "4: the product ID or the password is wrong; negative: trouble with the network",

        at_intro: "Send line by line, each ended by CR LF; lines that begin with # are not sent",
        at_wait_wifi: "Wait for WIFI GOT IP and OK",
        at_wait_tcp: "wait for CONNECT and OK, then send the login",
        at_prompt: "Wait for >, send this as hex without CR LF, then wait for SEND OK",
        at_connack: "+IPD,4: with the bytes 20 02 00 00 means that the login is accepted",
        at_puback: "+IPD,4: with the bytes 40 02 00 01 means that it is acknowledged",
        at_pubrec: "+IPD,4: with the bytes 50 02 00 01 (PUBREC) means that the server has taken it",
        at_pubcomp: "+IPD,4: with the bytes 70 02 00 01 (PUBCOMP) means that it has arrived exactly once",
        at_ping: |seconds| {
            format!("whenever nothing else was sent for {seconds} seconds; the answer is D0 00")
        },
        at_mqtt: "Firmware ESP-AT 2.x has MQTT commands of its own: these will do instead, once Wi-Fi is connected",
        at_mqtt_connected: "Wait for +MQTTCONNECTED",
        at_mqtt_prompt: "Wait for >, send the payload as hex without CR LF, then wait for +MQTTPUB:OK",
    },
};

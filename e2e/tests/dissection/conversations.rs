//! What is recorded: other people's clients, together everything that MQTT 3.1.1 can say.

use anyhow::Result;
use e2e::{Mosquitto, Peer, REFUSED_FILTER, Recording, RecordingProxy};

/// Has every client speak through a proxy; gives the connections of all of them.
pub async fn record() -> Result<Vec<Recording>> {
    let (broker, strict) = (Mosquitto::start().await?, Mosquitto::start_strict().await?);
    let proxy = RecordingProxy::start(broker.tcp).await?;
    let strict_proxy = RecordingProxy::start(strict.tcp).await?;

    libraries(&proxy, &strict_proxy).await?;
    mosquitto_clients(&proxy).await?;

    let mut recordings = proxy.recordings().await?;
    recordings.extend(strict_proxy.recordings().await?);
    Ok(recordings)
}

/// paho-mqtt and MQTT.js.
async fn libraries(proxy: &RecordingProxy, strict: &RecordingProxy) -> Result<()> {
    let host = proxy.address.ip().to_string();
    let ports = [proxy, strict].map(|proxy| proxy.address.port().to_string());
    let arguments = [&host, &ports[0], &ports[1], REFUSED_FILTER];
    for mut program in [Peer::paho_varied(arguments)?, Peer::mqtt_js_varied(arguments)?] {
        // `over: 1 of 6` … `over: 6 of 6`: each conversation has its own time.
        for number in 1.. {
            let last = program.wait_for_line(&format!("over: {number} of ")).await?;
            if last == number.to_string() {
                break;
            }
        }
        program.wait_for_success().await?;
    }
    Ok(())
}

/// What is typed into a terminal, one line after the other; all of them end by themselves.
const CALLS: [(&str, &str); 8] = [
    ("mosquitto_pub", "-t cli/温度 -m 27.5"),
    ("mosquitto_pub", "-i nothing -q 1 -r -t cli/nothing -n"),
    ("mosquitto_pub", "-i often -q 2 -t cli/often -m again --repeat 10"),
    ("mosquitto_pub", "-i kept -c -q 2 -r -t cli/kept -m 二十七度半"),
    (
        "mosquitto_pub",
        "-i 654804584 -u 388631 -P um151515 -k 120 --will-topic cli/will --will-payload gone --will-qos 1 \
         -q 1 -t cli/points -m ,;temp,27.5",
    ),
    ("mosquitto_sub", "-i all -q 2 -t cli/kept -t cli/+/more -C 1"),
    ("mosquitto_sub", "-i broker -c -k 65535 -t $SYS/broker/version -C 1"),
    ("mosquitto_sub", "-i leaving -q 1 -t cli/a -t cli/b -U cli/c -E"),
];

/// `mosquitto_pub` and `mosquitto_sub`.
async fn mosquitto_clients(proxy: &RecordingProxy) -> Result<()> {
    for (name, arguments) in CALLS {
        let arguments = arguments.split_whitespace();
        Peer::mosquitto_client(name, proxy.address, arguments)?.wait_for_success().await?;
    }
    Ok(())
}

//! What the three QoS levels promise, kept by our session and a real broker over links that break all the time.
//!
//! A device with a stored session (clean session 0) sends numbers and is sent numbers, at QoS 1 and at QoS 2, while a
//! proxy cuts its connections at random bytes. Whoever counts at the other end is mosquitto's own client, directly at
//! the broker. Two things are mosquitto's (2.0.11) and not ours, seen on the wire:
//!
//! - Each connection carries 600 bytes before it is cut, which is all that mosquitto has to send again. It breaks
//!   MQTT-4.3.3-1 otherwise: where a connection ends between its CONNACK and a PUBREL that it has to send again, it
//!   sends the whole PUBLISH again on a later one, and then nobody can tell that it is an old message.
//! - Where more messages wait than it has under way, it lets new ones pass the others, also on links that never break,
//!   which MQTT-4.6.0-6 forbids. With one under way at a time it keeps their order, and then so must we.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::ops::Range;
use std::process::{ChildStdin, Command};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use e2e::{ChaosProxy, Device, Mosquitto, Peer, Program, place};
use session::{Message, Options, Qos};

/// What the cuts are drawn from. `ONENET_E2E_SEED` tries another.
const SEED: u64 = 104_021;

/// Messages each way and at each QoS.
const NUMBERS: u32 = 1_000;

/// How many numbers at each QoS may be on their way to the device. Those of both fit into what each connection carries.
const AHEAD: u32 = 15;

/// What each connection carries one way before it is cut, in bytes.
const CARRIED: Range<u64> = 600..2_000;

/// Behind everything else on each topic.
const END: &str = "end";

// MQTT-4.3.2-1, MQTT-4.3.3-1, MQTT-4.3.3-2, MQTT-4.4.0-1, MQTT-3.1.2-4.
#[tokio::test]
async fn qos_1_loses_nothing_and_qos_2_doubles_nothing_over_links_that_break() -> Result<()> {
    check(20).await
}

// MQTT-4.6.0-1.
#[tokio::test]
async fn numbers_keep_their_order_over_links_that_break() -> Result<()> {
    check(1).await
}

/// Sends all numbers every way, so many at a time, and counts them.
async fn check(window: u16) -> Result<()> {
    let began = Instant::now();
    let seed = match std::env::var("ONENET_E2E_SEED") {
        Ok(text) => text.parse().context("ONENET_E2E_SEED is no number")?,
        Err(_) => SEED,
    };
    let mut broker = Mosquitto::start_with_window(window).await?;
    let arguments = ["-i", "counter", "-q", "2", "-F", "%t %p", "-t", "up/#"];
    let mut counter = Peer::mosquitto_client("mosquitto_sub", broker.tcp, arguments)?;
    broker.wait_for_subscription("counter").await?;
    let proxy = ChaosProxy::start(broker.tcp, CARRIED, seed).await?;
    let options = Options {
        client_id: "device".to_owned(),
        clean_session: false,
        // It closes the connection of a client that has more under way than it has itself.
        max_in_flight: window,
        ..Options::default()
    };
    let mut device = Device::new(proxy.address, options, "down/#")?;

    // From here on the broker keeps what is sent to the device.
    device.run(Device::is_subscribed).await?;
    for number in 1..=NUMBERS {
        device.send(upload(Qos::AtLeastOnce, &number.to_string()));
        device.send(upload(Qos::ExactlyOnce, &number.to_string()));
    }
    let mut senders = [Sender::start(broker.tcp, 1)?, Sender::start(broker.tcp, 2)?];
    let all = u64::from(2 * NUMBERS);
    device
        .run(|device| {
            let told = senders.each_mut().map(|sender| sender.feed(device));
            device.tally.acknowledged == all && told == [NUMBERS, NUMBERS]
        })
        .await?;

    // What still comes twice comes before the end.
    proxy.calm();
    device.send(upload(Qos::AtLeastOnce, END));
    device.send(upload(Qos::ExactlyOnce, END));
    for sender in senders {
        sender.end().await?;
    }
    device
        .run(|device| {
            let ends = device.tally.told.iter().filter(|message| message.payload == END.as_bytes());
            device.tally.acknowledged == all + 2
                && ends.map(|end| end.qos).collect::<BTreeSet<_>>().len() == 2
        })
        .await?;
    for qos in [1, 2] {
        counter.wait_for_line(&format!("up/{qos} {END}")).await?;
    }

    let lines = counter.lines();
    let mut report =
        format!("window {window}, seed {seed}: {} cuts, {} logins", proxy.cuts(), device.tally.logins);
    for qos in [1, 2] {
        let beginning = format!("up/{qos} ");
        let passed: Vec<String> =
            lines.iter().filter_map(|line| Some(line.strip_prefix(&beginning)?.to_owned())).collect();
        for (way, arrived) in [("up", passed), ("down", told(&device, qos))] {
            let arrived: Vec<String> = arrived.into_iter().filter(|text| text != END).collect();
            report += &format!(
                "; QoS {qos} {way}: {NUMBERS} sent, {} arrived, {} different",
                arrived.len(),
                distinct(&arrived)
            );
            let once = if qos == 1 { firsts(arrived) } else { arrived };
            let mut numbers: Vec<u32> = once.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
            ensure!(window > 1 || numbers.is_sorted(), "{report}; out of order: {numbers:?}");
            numbers.sort_unstable();
            ensure!(numbers.into_iter().eq(1..=NUMBERS), "{report}");
        }
    }
    let tally = &device.tally;
    report += &format!("; {} duplicates not told, {} strays", tally.duplicates, tally.strays);
    println!("{report}; {:.1} s", began.elapsed().as_secs_f32());
    ensure!(proxy.cuts() > 10, "{report}: hardly anything was cut");
    Ok(())
}

fn upload(qos: Qos, text: &str) -> Message {
    let topic = format!("up/{}", qos.bits());
    Message { topic, payload: Bytes::copy_from_slice(text.as_bytes()), qos, retain: false }
}

/// Sends the device numbers at one QoS, directly at the broker: mosquitto's own client, which publishes every line that
/// it reads.
struct Sender {
    qos: u8,
    client: Program,
    input: ChildStdin,
    /// The last number sent.
    sent: u32,
    /// What the device was told of it.
    told: BTreeSet<Bytes>,
    /// How many messages of any QoS have been looked at.
    looked_at: usize,
}

impl Sender {
    fn start(broker: SocketAddr, qos: u8) -> Result<Self> {
        let mut command = Command::new(place::program("mosquitto_pub")?);
        // In MQTT 5 a broker says how many messages a client may have under way.
        command.args(["-V", "mqttv5", "-h", &broker.ip().to_string(), "-p", &broker.port().to_string()]);
        command.args(["-q", &qos.to_string(), "-t", &format!("down/{qos}"), "-l"]);
        let (client, input) = Program::start_with_input(command)?;
        Ok(Self { qos, client, input, sent: 0, told: BTreeSet::new(), looked_at: 0 })
    }

    /// Sends what may follow. Gives how many numbers the device was told.
    fn feed(&mut self, device: &Device) -> u32 {
        let news =
            device.tally.told[self.looked_at..].iter().filter(|message| message.qos.bits() == self.qos);
        self.told.extend(news.map(|message| message.payload.clone()));
        self.looked_at = device.tally.told.len();
        let told = self.told.len() as u32;
        while self.sent < NUMBERS.min(told + AHEAD) {
            self.sent += 1;
            // A client that has ended is noticed in the end.
            let _ = writeln!(self.input, "{}", self.sent);
        }
        told
    }

    /// Sends the end; returns when the broker has it.
    async fn end(mut self) -> Result<()> {
        writeln!(self.input, "{END}")?;
        drop(self.input);
        self.client.wait_for_success().await
    }
}

/// What the device was told at this QoS, in order.
fn told(device: &Device, qos: u8) -> Vec<String> {
    let messages = device.tally.told.iter().filter(|message| message.qos.bits() == qos);
    messages.map(|message| String::from_utf8_lossy(&message.payload).into_owned()).collect()
}

fn distinct(texts: &[String]) -> usize {
    texts.iter().collect::<BTreeSet<_>>().len()
}

/// Without what came before.
fn firsts(texts: Vec<String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.into_iter().filter(|text| seen.insert(text.clone())).collect()
}

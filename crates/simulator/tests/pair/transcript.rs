//! What went over the links, for people: a frame a line.

use frame::{Frames, Packet};

/// Longer ones nobody reads, in bytes.
const MAX_LENGTH: usize = 20_000;

/// The lines, as many as anybody reads.
#[derive(Default)]
pub struct Transcript(pub String);

impl Transcript {
    /// Notes bytes that go one way.
    pub fn carry(&mut self, number: u8, arrow: &str, bytes: &[u8]) {
        if self.0.len() < MAX_LENGTH {
            self.note(&format!("{number} {arrow} {}", told(bytes)));
        }
    }

    /// Notes anything else.
    pub fn note(&mut self, line: &str) {
        if self.0.len() < MAX_LENGTH {
            self.0.push_str(line);
            self.0.push('\n');
        }
    }
}

/// A frame in words; of what is none, how many bytes.
fn told(bytes: &[u8]) -> String {
    let mut frames = Frames::new(1_024 * 1_024);
    frames.push(bytes);
    let Ok(Some(frame)) = frames.poll_frame() else { return format!("{} bytes", bytes.len()) };
    let name = frame::name(&frame.packet);
    match frame.packet {
        Packet::Publish(publish) => {
            let dup = if publish.dup { " dup" } else { "" };
            format!("{name} {} QoS {}{dup} {}", publish.pkid, publish.qos as u8, publish.topic)
        }
        Packet::PubAck(packet) => format!("{name} {}", packet.pkid),
        Packet::PubRec(packet) => format!("{name} {}", packet.pkid),
        Packet::PubRel(packet) => format!("{name} {}", packet.pkid),
        Packet::PubComp(packet) => format!("{name} {}", packet.pkid),
        Packet::ConnAck(packet) if packet.session_present => format!("{name}, session present"),
        _ => name.to_owned(),
    }
}

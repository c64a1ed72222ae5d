//! Conversations with files: out and in again, damaged ones, foreign ones.

use std::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;
use time::OffsetDateTime;
use time::macros::datetime;

use super::conversation::Conversation;
use super::flow::{Part, Side};
use super::stream::stream;
use super::*;
use crate::inspector::{Capture, Captured, Direction};

const BEGIN: OffsetDateTime = datetime!(2026-05-01 12:00:00.123456 +8);
const PASSWORD: &[u8] = b"auth-info-1";

fn connect() -> Vec<u8> {
    let mut frame = b"\x10\x00\x00\x04MQTT\x04\xC2\x00\x78\x00\x0829455901\x00\x06135393\x00\x0B".to_vec();
    frame.extend_from_slice(PASSWORD);
    frame[1] = (frame.len() - 2) as u8;
    frame
}

/// A PUBLISH at QoS 0 to `$dp` with so many bytes of payload.
fn publish(length: usize) -> Vec<u8> {
    let mut remaining = 5 + length;
    let mut frame = vec![0x30];
    while remaining > 0x7F {
        frame.push(remaining as u8 | 0x80);
        remaining >>= 7;
    }
    frame.push(remaining as u8);
    frame.extend_from_slice(b"\x00\x03$dp");
    frame.extend((0..length).map(|index| index as u8));
    frame
}

fn captured(frames: impl IntoIterator<Item = (Direction, u32, Vec<u8>)>) -> Capture {
    let mut capture = Capture::default();
    for (index, (direction, connection, bytes)) in frames.into_iter().enumerate() {
        let at = BEGIN + Duration::from_millis(7 * index as u64);
        capture.push(Captured::new(at, import::moment(at), direction, connection, Bytes::from(bytes)));
    }
    capture
}

/// Two connections, one of them within the other, a big frame and every direction.
fn sample() -> Capture {
    use Direction::{Received, Sent};
    captured([
        (Sent, 1, connect()),
        (Received, 1, vec![0x20, 2, 0, 0]),
        (Sent, 1, publish(20)),
        (Sent, 2, connect()),
        (Sent, 1, publish(200_000)),
        (Received, 2, vec![0x20, 2, 0, 4]),
        (Received, 1, publish(3)),
        (Sent, 1, vec![0xC0, 0]),
        (Received, 1, vec![0xD0, 0]),
    ])
}

/// What makes two frames the same, whatever capture numbered them.
fn told(frame: &Captured) -> (OffsetDateTime, Direction, u32, &[u8]) {
    (frame.at, frame.direction, frame.connection, &frame.bytes)
}

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|window| *window == needle).count()
}

#[test]
fn gives_back_what_was_exported() {
    let capture = sample();
    for format in Format::ALL {
        let file = export(format, capture.iter(), Secrets::Shown);
        let Import { frames, problem } = import(&file);
        assert_eq!(problem, None, "{format:?}");
        let [back, sent]: [Vec<_>; 2] =
            [frames.iter().map(told).collect(), capture.iter().map(told).collect()];
        assert_eq!(back.len(), sent.len(), "{format:?}");
        assert!(back == sent, "{format:?}");
        assert!(frames.iter().all(|frame| frame.moment == import::moment(frame.at)));
    }
}

#[test]
fn masks_passwords_and_keeps_lengths() {
    let capture = sample();
    for format in Format::ALL {
        let file = export(format, capture.iter(), Secrets::Masked);
        let Import { frames, problem } = import(&file);
        assert_eq!(problem, None, "{format:?}");
        for (back, sent) in frames.iter().zip(capture.iter()) {
            assert_eq!(back.bytes.len(), sent.bytes.len(), "{format:?}");
            let stars = back.bytes.iter().zip(&sent.bytes).filter(|(back, sent)| back != sent).count();
            let expected = if sent.bytes[0] == 0x10 { PASSWORD.len() } else { 0 };
            assert_eq!(stars, expected, "{format:?}");
            assert_eq!(count(&back.bytes, PASSWORD), 0);
            assert_eq!(count(&back.bytes, &[b'*'; PASSWORD.len()]), usize::from(expected > 0));
        }
        let hex = data_encoding::HEXUPPER.encode(PASSWORD).into_bytes();
        let text: Vec<u8> =
            file.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_uppercase).collect();
        assert_eq!(count(&file, PASSWORD) + count(&text, &hex), 0, "{format:?}");
    }
}

#[test]
fn masks_everything_behind_a_fault_of_a_login() {
    // The length of the password says more than there is.
    let mut broken = connect();
    let length = broken.len() - PASSWORD.len() - 1;
    broken[length] += 1;
    let capture = captured([(Direction::Sent, 1, broken)]);
    let file = export(Format::Pcapng, capture.iter(), Secrets::Masked);
    assert_eq!(count(&file, b"info"), 0);
}

#[test]
fn masks_what_a_broken_login_leaves_behind() {
    // The remaining length is five too small: the end of the password stands alone.
    let mut login = connect();
    login[1] -= 5;
    let rest = login.split_off(login.len() - 5);
    let capture = captured([(Direction::Sent, 1, login), (Direction::Sent, 1, rest)]);
    for format in Format::ALL {
        let file = export(format, capture.iter(), Secrets::Masked);
        let text: Vec<u8> =
            file.iter().filter(|byte| !byte.is_ascii_whitespace()).map(u8::to_ascii_uppercase).collect();
        let hex = data_encoding::HEXUPPER.encode(b"nfo-1").into_bytes();
        assert_eq!(count(&file, b"nfo-1") + count(&text, &hex), 0, "{format:?}");
    }
    let file = export(Format::JsonLines, capture.iter().skip(1), Secrets::Masked);
    assert_eq!(count(&file, br#""connection":1,"masked":true,"hex":"2a2a2a2a2a""#), 1);
    let file = export(Format::Hex, capture.iter().skip(1), Secrets::Masked);
    assert_eq!(count(&file, b"sent 1 ? (masked)\n2A 2A 2A 2A 2A\n"), 1);
    let file = export(Format::Pcapng, capture.iter(), Secrets::Shown);
    assert_eq!(count(&file, b"nfo-1"), 1);
}

#[test]
fn writes_json_for_programs() {
    let capture = captured([
        (Direction::Sent, 1, b"\x32\x0A\x00\x03a\"b\x00\x07{\"x".to_vec()),
        (Direction::Sent, 1, connect()),
    ]);
    let file = String::from_utf8(export(Format::JsonLines, capture.iter(), Secrets::Masked)).unwrap();
    expect_test::expect![[r#"
        {"number":1,"at":"2026-05-01T04:00:00.123456Z","direction":"sent","connection":1,"type":"PUBLISH","topic":"a\"b","packet_id":7,"hex":"320a000361226200077b2278"}
        {"number":2,"at":"2026-05-01T04:00:00.130456Z","direction":"sent","connection":1,"type":"CONNECT","masked":true,"hex":"102900044d51545404c20078000832393435353930310006313335333933000b2a2a2a2a2a2a2a2a2a2a2a"}
    "#]]
    .assert_eq(&file);
}

#[test]
fn writes_hex_for_people() {
    let capture = sample();
    let small = capture.iter().filter(|frame| frame.bytes.len() < 100).take(3);
    let file = String::from_utf8(export(Format::Hex, small, Secrets::Masked)).unwrap();
    expect_test::expect![[r#"
        # 1 2026-05-01T04:00:00.123456Z sent 1 CONNECT (masked)
        10 29 00 04 4D 51 54 54 04 C2 00 78 00 08 32 39
        34 35 35 39 30 31 00 06 31 33 35 33 39 33 00 0B
        2A 2A 2A 2A 2A 2A 2A 2A 2A 2A 2A

        # 2 2026-05-01T04:00:00.130456Z received 1 CONNACK
        20 02 00 00

        # 3 2026-05-01T04:00:00.137456Z sent 1 PUBLISH $dp
        30 19 00 03 24 64 70 00 01 02 03 04 05 06 07 08
        09 0A 0B 0C 0D 0E 0F 10 11 12 13

    "#]]
    .assert_eq(&file);
}

#[test]
fn says_where_a_line_goes_wrong() {
    let capture = sample();
    let mut file = export(Format::JsonLines, capture.iter(), Secrets::Masked);
    file.extend_from_slice(b"{\"number\":10}\n");
    let Import { frames, problem } = import(&file);
    assert_eq!(frames.len(), 9);
    let problem_is = |problem| Some(ImportProblem::Line { line: 10, problem });
    assert_eq!(problem, problem_is(LineProblem::Member { name: "hex" }));
    file.truncate(file.len() - 4);
    assert_eq!(import(&file).problem, problem_is(LineProblem::NotJson { column: 10 }));
}

#[test]
fn refuses_what_it_cannot_read() {
    assert_eq!(import(b"\x1F\x8B\x08\x00").problem, Some(ImportProblem::Compressed));
    assert_eq!(import(b"\x89PNG\r\n\x1A\n\0\0").problem, Some(ImportProblem::UnknownFormat));
    assert_eq!(import(b"").problem, Some(ImportProblem::UnknownFormat));
    assert!(matches!(import("中文".as_bytes()).problem, Some(ImportProblem::Text(_))));
    let file = import(b"\x0A\x0D\x0D\x0A\xFC\xFF\xFF\xFFM<+\x1A");
    assert_eq!(file.problem, Some(ImportProblem::Cut { block: 1, offset: 0 }));
}

#[test]
fn imports_pasted_bytes() {
    let Import { frames, problem } = import(b"[12:00:01] TX: C0 00\n[12:00:02] RX: D0 00\n");
    assert_eq!(problem, None);
    let ways: Vec<_> = frames.iter().map(|frame| frame.direction).collect();
    assert_eq!(ways, [Direction::Sent, Direction::Received]);
    // Without words for the ways: as these packets go.
    let Import { frames, .. } = import(b"10 0C 0004 4D515454 04 02 0078 0000 20020000 3003000161");
    let ways: Vec<_> = frames.iter().map(|frame| frame.direction).collect();
    assert_eq!(ways, [Direction::Sent, Direction::Received, Direction::Sent]);
}

/// The packets of a conversation as a file of any other kind.
struct Foreign {
    /// Written in front of every packet, with its link-layer header type.
    link: (u32, Vec<u8>),
    big_endian: bool,
    nanoseconds: bool,
}

impl Foreign {
    fn pcap(&self, packets: &[Vec<u8>]) -> Vec<u8> {
        let number = |value: u32| if self.big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        let short = |value: u16| if self.big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
        let magic = if self.nanoseconds { 0xA1B2_3C4D } else { 0xA1B2_C3D4 };
        let mut file = [&number(magic)[..], &short(2), &short(4), &[0; 8]].concat();
        file.extend([number(65_535), number(self.link.0)].concat());
        for (index, packet) in packets.iter().enumerate() {
            let length = (self.link.1.len() + packet.len()) as u32;
            let fraction = if self.nanoseconds { 5_000 } else { 5 };
            file.extend(
                [number(1_000 + index as u32), number(fraction), number(length), number(length)].concat(),
            );
            file.extend_from_slice(&self.link.1);
            file.extend_from_slice(packet);
        }
        file
    }
}

fn packets() -> Vec<Vec<u8>> {
    let mut conversation = Conversation::new(1);
    let mut packets = conversation.handshake().to_vec();
    packets.extend(conversation.frame(Direction::Sent, &connect()));
    packets.extend(conversation.frame(Direction::Received, &[0x20, 2, 0, 0]));
    packets
}

#[test]
fn reads_what_other_programs_wrote() {
    let links = [
        (1, [&[0; 12][..], &[0x08, 0]].concat()),
        (1, [&[0; 12][..], &[0x81, 0, 0, 7, 0x08, 0]].concat()),
        (1, [&[0; 12][..], &[0x88, 0xA8, 0, 7, 0x81, 0, 0, 7, 0x08, 0]].concat()),
        (101, vec![]),
        (228, vec![]),
        (0, vec![2, 0, 0, 0]),
        (108, vec![0, 0, 0, 2]),
        (113, [&[0; 14][..], &[0x08, 0]].concat()),
        (276, [&[0x08, 0][..], &[0; 18]].concat()),
    ];
    for link in links {
        for (big_endian, nanoseconds) in [(false, false), (true, false), (false, true), (true, true)] {
            let foreign = Foreign { link: link.clone(), big_endian, nanoseconds };
            let Import { frames, problem } = import(&foreign.pcap(&packets()));
            assert_eq!(problem, None, "{link:?}");
            assert_eq!(frames.len(), 2, "{link:?}");
            assert_eq!(frames[0].bytes, connect());
            assert_eq!(frames[0].direction, Direction::Sent);
            assert_eq!(frames[0].at.unix_timestamp_nanos(), 1_003_000_005_000);
            assert_eq!(frames[1].direction, Direction::Received);
        }
    }
    let other = Foreign { link: (147, vec![]), big_endian: false, nanoseconds: false };
    assert_eq!(import(&other.pcap(&packets())).problem, Some(ImportProblem::LinkType { number: 147 }));
}

#[test]
fn reads_ip_version_6() {
    let packets: Vec<Vec<u8>> = packets()
        .iter()
        .map(|packet| {
            let tcp = &packet[20..];
            let mut ip = vec![0x60, 0, 0, 0];
            ip.extend((tcp.len() as u16).to_be_bytes());
            ip.extend([6, 64]);
            // The IPv4 addresses, repeated.
            ip.extend(packet[12..16].repeat(4));
            ip.extend(packet[16..20].repeat(4));
            [&ip, tcp].concat()
        })
        .collect();
    let foreign = Foreign { link: (101, vec![]), big_endian: false, nanoseconds: false };
    assert_eq!(import(&foreign.pcap(&packets)).frames.len(), 2);
}

#[test]
fn knows_the_device_without_a_beginning() {
    let foreign = Foreign { link: (101, vec![]), big_endian: false, nanoseconds: false };
    let mut conversation = Conversation::new(1);
    let _ = conversation.handshake();
    let mut late = Vec::new();
    late.extend(conversation.frame(Direction::Received, &publish(3)));
    late.extend(conversation.frame(Direction::Sent, &[0xC0, 0]));
    let Import { frames, problem } = import(&foreign.pcap(&late));
    assert_eq!(problem, None);
    let ways: Vec<_> = frames.iter().map(|frame| frame.direction).collect();
    assert_eq!(ways, [Direction::Received, Direction::Sent]);
}

#[test]
fn says_that_there_is_no_mqtt() {
    let foreign = Foreign { link: (101, vec![]), big_endian: false, nanoseconds: false };
    assert_eq!(import(&foreign.pcap(&[])).problem, Some(ImportProblem::NoMqtt { packets: 0 }));
}

#[test]
fn says_how_many_bytes_are_missing() {
    let foreign = Foreign { link: (101, vec![]), big_endian: false, nanoseconds: false };
    let mut conversation = Conversation::new(1);
    let mut packets = conversation.handshake().to_vec();
    packets.extend(conversation.frame(Direction::Sent, &connect()));
    let _ = conversation.frame(Direction::Sent, &publish(9)).count();
    packets.extend(conversation.frame(Direction::Sent, &[0xC0, 0]));
    let Import { frames, problem } = import(&foreign.pcap(&packets));
    assert_eq!(frames.len(), 1);
    let missing = publish(9).len() as u32;
    assert_eq!(problem, Some(ImportProblem::Gap { connection: 1, direction: Direction::Sent, missing }));
}

#[test]
fn takes_an_endpoint_used_again_for_another_connection() {
    let foreign = Foreign { link: (101, vec![]), big_endian: false, nanoseconds: false };
    let mut conversation = Conversation::new(1);
    let mut all = packets();
    // The same ports, other sequence numbers.
    let mut again = conversation.handshake().to_vec();
    again.extend(conversation.frame(Direction::Sent, &connect()));
    for packet in &mut again {
        packet[24] = 9;
    }
    // The handshake of the first one, repeated.
    all.push(packets()[0].clone());
    all.extend(again);
    let Import { frames, problem } = import(&foreign.pcap(&all));
    assert_eq!(problem, None);
    let connections: Vec<_> = frames.iter().map(|frame| frame.connection).collect();
    assert_eq!(connections, [1, 1, 2]);
}

#[test]
fn gives_the_beginning_of_a_file_that_is_cut() {
    use Direction::{Received, Sent};
    let capture = captured([
        (Sent, 1, connect()),
        (Received, 1, vec![0x20, 2, 0, 0]),
        (Sent, 1, publish(5)),
        (Received, 1, vec![0xD0, 0]),
    ]);
    let file = export(Format::Pcapng, capture.iter(), Secrets::Shown);
    let mut before = 0;
    for end in 4..file.len() {
        let Import { frames, problem } = import(&file[..end]);
        assert!(frames.len() >= before);
        before = frames.len();
        assert!(frames.iter().map(told).eq(capture.iter().map(told).take(frames.len())), "cut at {end}");
        // Between two blocks nobody can tell that more were there.
        if let Some(ImportProblem::Cut { offset, .. }) = problem {
            assert!(offset < end);
        } else {
            assert!(matches!(problem, None | Some(ImportProblem::NoMqtt { .. })), "{problem:?}");
        }
    }
}

proptest! {
    #[test]
    fn puts_segments_in_order(
        order in Just((0..24).collect::<Vec<usize>>()).prop_shuffle(),
        again in prop::collection::vec((0..200_usize, 1..40_usize), 0..12),
        start in any::<u32>(),
    ) {
        let said: Vec<u8> = (0..240).map(|index| index as u8).collect();
        let part = |packet, from: usize, to: usize| Part {
            at: BEGIN,
            packet,
            sequence: start.wrapping_add(from as u32),
            data: &said[from..to.min(240)],
        };
        let mut parts: Vec<Part> = order.iter().enumerate().map(|(packet, index)| part(packet, index * 10, index * 10 + 10)).collect();
        // Parts that were sent twice, cut elsewhere.
        for (index, (from, length)) in again.iter().enumerate() {
            parts.insert(index * 2, part(100 + index, *from, from + length));
        }
        let endpoint = ([192, 0, 2, 1].into(), 1);
        let mut side = Side { endpoint, opened: true, start: Some(start), parts };
        let stream_of = stream(&side);
        prop_assert_eq!(&stream_of.bytes, &said);
        prop_assert_eq!(stream_of.missing, None);
        prop_assert!(stream_of.reached.is_sorted_by_key(|reached| reached.packet));
        prop_assert!(stream_of.reached.is_sorted_by_key(|reached| reached.length));
        side.start = None;
        prop_assert_eq!(&stream(&side).bytes, &said);
    }

    #[test]
    fn imports_any_bytes(
        begin in prop::sample::select(vec![&b""[..], b"\x0A\x0D\x0D\x0A", b"\xD4\xC3\xB2\xA1", b"\xA1\xB2\x3C\x4D", b"{\"", b"# 1 2026-05-01T04:00:00Z sent 1\n"]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let _ = import(&[begin, &bytes].concat());
    }

    #[test]
    fn imports_files_with_any_byte_changed(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4), pcapng in any::<bool>()) {
        let capture = captured([(Direction::Sent, 1, connect()), (Direction::Received, 1, publish(9))]);
        let foreign = Foreign { link: (1, [&[0; 12][..], &[0x08, 0]].concat()), big_endian: true, nanoseconds: false };
        let mut file = if pcapng { export(Format::Pcapng, capture.iter(), Secrets::Shown) } else { foreign.pcap(&packets()) };
        for (index, value) in changes {
            let length = file.len();
            file[index.index(length)] = value;
        }
        let _ = import(&file);
    }
}

//! Conversations, and the lanes that they draw.

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use time::OffsetDateTime;

use super::*;
use crate::connect::{Ending, LinkEnd};
use crate::inspector::capture::{Capture, Captured, Direction};
use dissect::{Head, PacketType};

const CONNECT: &[u8] = b"\x10\x0D\x00\x04MQTT\x04\x00\x00\x3C\x00\x01d";
const CONNACK: &[u8] = b"\x20\x02\x00\x00";
const QOS_0: &[u8] = b"\x30\x04\x00\x01ax";
const QOS_1: &[u8] = b"\x32\x06\x00\x01a\x00\x07x";
const QOS_1_AGAIN: &[u8] = b"\x3A\x06\x00\x01a\x00\x07x";
const PUBACK: &[u8] = b"\x40\x02\x00\x07";
const QOS_2: &[u8] = b"\x34\x06\x00\x01a\x00\x08x";
const PUBREC: &[u8] = b"\x50\x02\x00\x08";
const PUBREL: &[u8] = b"\x62\x02\x00\x08";
const PUBCOMP: &[u8] = b"\x70\x02\x00\x08";
const SUBSCRIBE: &[u8] = b"\x82\x06\x00\x09\x00\x01b\x01";
const SUBACK: &[u8] = b"\x90\x03\x00\x09\x01";
const PINGREQ: &[u8] = b"\xC0\x00";
const PINGRESP: &[u8] = b"\xD0\x00";

#[test]
fn each_qos_shows_what_it_promises() {
    let mut scene = Scene::default();
    scene.login(1);
    scene.send(QOS_0).send(QOS_1).hear(PUBACK);
    scene.send(QOS_2).hear(PUBREC).send(PUBREL).hear(PUBCOMP);
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ····|····  3 → PUBLISH · nobody answers
        ┌···|····  4 → PUBLISH 7 · answered by 5 after 10 ms
        └···|····  5 ← PUBACK 7 · answers 4 after 10 ms
        ┌···|····  6 → PUBLISH 8 1/4 · answered by 7 after 10 ms
        ├···|····  7 ← PUBREC 8 2/4 · answered by 8 after 10 ms
        ├···|····  8 → PUBREL 8 3/4 · answered by 9 after 10 ms
        └···|····  9 ← PUBCOMP 8 4/4 · answers 8 after 10 ms
    "#]]);
}

#[test]
fn what_waits_says_for_what_and_how_long() {
    let mut scene = Scene::default();
    scene.login(1);
    scene.send(QOS_1).send(SUBSCRIBE).hear(SUBACK).hear(QOS_2).send(PUBREC);
    scene.pass(3_200);
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ┌···|····  3 → PUBLISH 7 · device waits for PUBACK 7, 3240 ms
        ┆┌··|····  4 → SUBSCRIBE 9 · answered by 5 after 10 ms
        ┆└··|····  5 ← SUBACK 9 · answers 4 after 10 ms
        ┆···|┌···  6 ← PUBLISH 8 1/4 · answered by 7 after 10 ms
        ┆···|├···  7 → PUBREC 8 2/4 · device waits for PUBREL 8, 3200 ms
    "#]]);
    let (waiting, rest) = scene.timeline.waiting(&scene.capture, scene.now, 1);
    assert_eq!((waiting[0].0.number, waiting.len(), rest), (3, 1, 1));
}

#[test]
fn a_lost_acknowledgement_is_never_answered_and_sent_again() {
    let mut scene = Scene::default();
    scene.login(1);
    scene.send(QOS_1).pass(90_000);
    scene.lose().pass(2_000).login(2);
    scene.send(QOS_1_AGAIN).hear(PUBACK);
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ┌···|····  3 → PUBLISH 7 · device got no PUBACK 7 · again as 6
        ✕···|····  ── 90000 ms
        ····|····  ── lost
        ····|····  ── connection 2
        ┌···|····  4 → CONNECT · answered by 5 after 10 ms
        └···|····  5 ← CONNACK · answers 4 after 10 ms
        ┌···|····  6 → PUBLISH 7 dup · answered by 7 after 10 ms · again after 3
        └···|····  7 ← PUBACK 7 · answers 6 after 10 ms
    "#]]);
}

#[test]
fn a_session_goes_on_with_the_step_that_was_due() {
    let mut scene = Scene::default();
    scene.login(1);
    scene.send(QOS_2).hear(PUBREC).send(PUBREL);
    scene.lose().login(2);
    scene.send(PUBREL).hear(PUBCOMP);
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ┌···|····  3 → PUBLISH 8 1/4 · answered by 4 after 10 ms
        ├···|····  4 ← PUBREC 8 2/4 · answered by 5 after 10 ms
        ├···|····  5 → PUBREL 8 3/4 · device got no PUBCOMP 8 · again as 8
        ✕···|····  ── lost
        ····|····  ── connection 2
        ┌···|····  6 → CONNECT · answered by 7 after 10 ms
        └···|····  7 ← CONNACK · answers 6 after 10 ms
        ┌···|····  8 → PUBREL 8 3/4 · answered by 9 after 10 ms · again after 3
        └···|····  9 ← PUBCOMP 8 4/4 · answers 8 after 10 ms
    "#]]);
}

#[test]
fn pings_fold_the_silence_between_them() {
    let mut scene = Scene::default();
    scene.login(1);
    for _ in 0..2 {
        scene.pass(60_000).send(PINGREQ).hear(PINGRESP);
    }
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ····|····  ── 60010 ms
        ┌···|····  3 → PINGREQ · answered by 4 after 10 ms
        └···|····  4 ← PINGRESP · answers 3 after 10 ms
        ····|····  ── 60010 ms
        ┌···|····  5 → PINGREQ · answered by 6 after 10 ms
        └···|····  6 ← PINGRESP · answers 5 after 10 ms
    "#]]);
}

#[test]
fn answers_that_nobody_asked_for_are_told() {
    let mut scene = Scene::default();
    scene.login(1);
    scene.hear(PUBACK).send(QOS_2).hear(b"\x40\x02\x00\x08").hear(PUBCOMP);
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ····|····  3 ← PUBACK 7 · answers nothing
        ┌···|····  4 → PUBLISH 8 1/4 · answered by 5 after 10 ms
        └···|····  5 ← PUBACK 8 · 4 asks for PUBREC
        ····|····  6 ← PUBCOMP 8 · answers nothing
    "#]]);
}

#[test]
fn more_at_once_than_there_are_bars_have_their_numbers() {
    let mut scene = Scene::default();
    scene.login(1);
    for id in 1..=5 {
        scene.send(&[0x32, 0x06, 0, 1, b'a', 0, id, b'x']);
    }
    scene.hear(b"\x40\x02\x00\x05").hear(b"\x40\x02\x00\x02");
    scene.send(&[0x32, 0x06, 0, 1, b'a', 0, 6, b'x']);
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ┌···|····  3 → PUBLISH 1 · device waits for PUBACK 1, 70 ms
        ┆┌··|····  4 → PUBLISH 2 · answered by 9 after 50 ms
        ┆│┌·|····  5 → PUBLISH 3 · device waits for PUBACK 3, 50 ms
        ┆│┆┌|····  6 → PUBLISH 4 · device waits for PUBACK 4, 40 ms
        ┆│┆┆|····  7 → PUBLISH 5 · answered by 8 after 10 ms
        ┆│┆┆|····  8 ← PUBACK 5 · answers 7 after 10 ms
        ┆└┆┆|····  9 ← PUBACK 2 · answers 4 after 50 ms
        ┆┌┆┆|····  10 → PUBLISH 6 · device waits for PUBACK 6, 0 ms
    "#]]);
}

#[test]
fn failing_tries_share_a_row() {
    let mut scene = Scene::default();
    for code in [1006, 1006, 4502] {
        scene.mark(MarkKind::Failed(Ending::Link(LinkEnd::Closed { code, reason: String::new() })));
    }
    scene.mark(MarkKind::Left);
    scene.check(expect![[r#"
        ····|····  ── failed ×3
        ····|····  ── left
    "#]]);
}

#[test]
fn a_mark_that_is_told_late_stands_where_it_belongs() {
    let mut scene = Scene::default();
    scene.login(1).send(QOS_0);
    let struck = scene.at();
    scene.pass(10).hear(QOS_0);
    scene.timeline.mark(struck, MarkKind::Left, &scene.capture);
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ····|····  3 → PUBLISH · nobody answers
        ····|····  ── left
        ····|····  4 ← PUBLISH · nobody answers
    "#]]);
}

#[test]
fn a_connection_of_the_composers_own_runs_beside_the_devices() {
    let mut scene = Scene::default();
    scene.login(1).send(QOS_1);
    scene.probe = Some(2);
    scene.frame(Direction::Sent, 2, PINGREQ, true);
    scene.probe = None;
    scene.follow().hear(PUBACK);
    scene.check(expect![[r#"
        ····|····  ── connection 1
        ┌···|····  1 → CONNECT · answered by 2 after 10 ms
        └···|····  2 ← CONNACK · answers 1 after 10 ms
        ┌···|····  3 → PUBLISH 7 · answered by 5 after 20 ms
        │···|····  ── connection 2 composed
        │┌··|····  4 → PINGREQ · device got no PINGRESP
        │✕··|····  ── connection 1 again
        └···|····  5 ← PUBACK 7 · answers 3 after 20 ms
    "#]]);
}

#[test]
fn the_keep_alive_clock_counts_from_the_devices_last_frame() {
    let mut scene = Scene::default();
    scene.login(1).pass(20_000).hear(QOS_0).pass(15_000);
    let keep_alive = Duration::from_secs(60);
    let clock = |scene: &Scene| scene.timeline.clock(&scene.capture, scene.now);
    assert_eq!(clock(&scene), Some(Clock::Runs { keep_alive, quiet: Duration::from_millis(35_020) }));
    scene.send(PINGREQ).pass(1_000);
    assert_eq!(clock(&scene), Some(Clock::Pinged { keep_alive, since: Duration::from_secs(1) }));
    scene.hear(PINGRESP);
    assert_eq!(clock(&scene), Some(Clock::Runs { keep_alive, quiet: Duration::from_millis(1_010) }));
    scene.lose();
    assert_eq!(clock(&scene), None);
}

#[test]
fn rows_are_found_after_evictions() {
    let mut scene = Scene { capture: Capture::with_budget(20_000), ..Scene::default() };
    scene.login(1);
    for _ in 0..400 {
        scene.pass(6_000).send(QOS_1).hear(PUBACK);
    }
    let total = scene.timeline.len();
    assert!(scene.capture.evicted() > 100 && total < 600);
    assert_eq!(scene.timeline.gone() + total as u64, 802 + 400 + 1);
    for row in 0..total {
        let spot = scene.timeline.spot(row).unwrap();
        assert_eq!(scene.timeline.row_of(spot), Some(row));
    }
    assert_eq!(scene.timeline.spot(total), None);
    let drawn = scene.timeline.rows(&scene.capture, total - 3..total + 9, scene.now);
    assert_eq!(drawn.len(), 3);
    scene.capture.clear();
    scene.follow();
    assert!(scene.timeline.is_empty());
}

#[test]
fn a_hundred_thousand_frames_cost_nothing_to_draw() {
    let mut scene = Scene::default();
    scene.login(1);
    for _ in 0..50_000 {
        scene.push(Direction::Sent, 1, QOS_1, false);
        scene.push(Direction::Received, 1, PUBACK, false);
    }
    scene.follow();
    let started = std::time::SystemTime::now();
    for top in 0..100 {
        scene.follow();
        assert_eq!(scene.timeline.rows(&scene.capture, top * 900..top * 900 + 30, scene.now).len(), 30);
    }
    // A hundred drawings, without optimization: looking at every frame for each would take many times as long.
    assert!(started.elapsed().unwrap() < Duration::from_secs(5));
}

proptest! {
    #[test]
    fn following_is_the_same_as_looking_at_everything(
        steps in prop::collection::vec((0usize..12, any::<bool>(), 0u64..7_000, any::<bool>()), 1..120),
        budget in 500usize..20_000,
    ) {
        let mut scene = Scene { capture: Capture::with_budget(budget), ..Scene::default() };
        let kinds = [
            QOS_0, QOS_1, QOS_1_AGAIN, PUBACK, QOS_2, PUBREC, PUBREL, PUBCOMP, SUBSCRIBE, SUBACK, PINGREQ, PINGRESP,
        ];
        let mut connection = 1;
        scene.push(Direction::Sent, connection, CONNECT, false);
        for (kind, sent, pause, follow) in steps {
            scene.pass(pause);
            if pause > 6_800 {
                connection += 1;
                scene.push(Direction::Sent, connection, CONNECT, false);
            }
            let direction = if sent { Direction::Sent } else { Direction::Received };
            scene.push(direction, connection, kinds[kind], false);
            if follow {
                scene.follow();
            }
        }
        scene.follow();
        let rows = scene.timeline.rows(&scene.capture, 0..scene.timeline.len(), scene.now);
        prop_assert_eq!(rows.len(), scene.timeline.len());
        for (index, row) in rows.iter().enumerate() {
            prop_assert_eq!(scene.timeline.row_of(row.spot), Some(index));
            // Whatever part of the list is drawn, its rows are the same.
            let alone = scene.timeline.rows(&scene.capture, index..index + 1, scene.now);
            prop_assert_eq!(&alone[..], &rows[index..=index]);
        }
        if scene.capture.evicted() == 0 {
            let mut anew = Timeline::default();
            anew.update(&scene.capture, true, None);
            prop_assert_eq!(anew.rows(&scene.capture, 0..usize::MAX, scene.now), rows);
        }
    }

    #[test]
    fn any_bytes_on_any_connections_are_drawn(
        frames in prop::collection::vec(
            (prop::collection::vec(any::<u8>(), 0..9), any::<bool>(), 1u32..4, any::<bool>()), 0..60,
        ),
        budget in 200usize..9_000, online: bool,
    ) {
        let mut scene = Scene { capture: Capture::with_budget(budget), online, ..Scene::default() };
        for (bytes, sent, connection, composed) in frames {
            let direction = if sent { Direction::Sent } else { Direction::Received };
            scene.push(direction, connection, &bytes, composed);
            scene.follow();
            let rows = scene.timeline.rows(&scene.capture, 0..usize::MAX, scene.now);
            prop_assert_eq!(rows.len(), scene.timeline.len());
        }
    }
}

// ── helpers ──

/// A conversation as it goes on: every frame takes ten milliseconds.
struct Scene {
    capture: Capture,
    timeline: Timeline,
    now: Duration,
    connection: u32,
    online: bool,
    probe: Option<u32>,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            capture: Capture::default(),
            timeline: Timeline::default(),
            now: Duration::ZERO,
            connection: 1,
            online: true,
            probe: None,
        }
    }
}

impl Scene {
    fn login(&mut self, connection: u32) -> &mut Self {
        (self.connection, self.online) = (connection, true);
        self.send(CONNECT).hear(CONNACK)
    }

    fn send(&mut self, bytes: &[u8]) -> &mut Self {
        self.frame(Direction::Sent, self.connection, bytes, false)
    }

    fn hear(&mut self, bytes: &[u8]) -> &mut Self {
        self.pass(10);
        self.frame(Direction::Received, self.connection, bytes, false)
    }

    fn frame(&mut self, direction: Direction, connection: u32, bytes: &[u8], composed: bool) -> &mut Self {
        if direction == Direction::Sent && self.capture.captured() > 0 {
            self.pass(10);
        }
        self.push(direction, connection, bytes, composed);
        self.follow()
    }

    fn push(&mut self, direction: Direction, connection: u32, bytes: &[u8], composed: bool) {
        let bytes = Bytes::copy_from_slice(bytes);
        let frame = Captured::new(self.at(), self.now, direction, connection, bytes);
        self.capture.push(Captured { composed, ..frame });
    }

    fn lose(&mut self) -> &mut Self {
        self.online = false;
        self.follow().mark(MarkKind::Lost(Ending::Link(LinkEnd::HungUp)))
    }

    fn mark(&mut self, kind: MarkKind) -> &mut Self {
        self.timeline.mark(self.at(), kind, &self.capture);
        self
    }

    fn pass(&mut self, millis: u64) -> &mut Self {
        self.now += Duration::from_millis(millis);
        self
    }

    fn follow(&mut self) -> &mut Self {
        self.timeline.update(&self.capture, self.online, self.probe);
        self
    }

    fn at(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + self.now
    }

    #[track_caller]
    fn check(&mut self, expected: Expect) {
        self.follow();
        let rows = self.timeline.rows(&self.capture, 0..usize::MAX, self.now);
        expected.assert_eq(&rows.iter().map(line).collect::<String>());
    }
}

fn line(row: &Row) -> String {
    let mut line = String::new();
    for (side, bars) in row.bars.iter().enumerate() {
        line.extend((side == 1).then_some('|'));
        line.extend(bars.iter().map(|bar| match bar {
            None => '·',
            Some(Bar { part: BarPart::Begin, .. }) => '┌',
            Some(Bar { part: BarPart::Step, .. }) => '├',
            Some(Bar { part: BarPart::Through, state: BarState::Waits }) => '┆',
            Some(Bar { part: BarPart::Through, .. }) => '│',
            Some(Bar { part: BarPart::End, state: BarState::Never }) => '✕',
            Some(Bar { part: BarPart::End, .. }) => '└',
        }));
    }
    let told = match &row.kind {
        RowKind::Frame(frame) => arrow(frame),
        RowKind::Break(Break::Silence(silence)) => format!("── {} ms", silence.as_millis()),
        RowKind::Break(Break::Connection { number, again, composed }) => {
            let again = if *again { " again" } else { "" };
            let composed = if *composed { " composed" } else { "" };
            format!("── connection {number}{again}{composed}")
        }
        RowKind::Break(Break::Mark(mark)) => {
            let kind = match mark.kind {
                MarkKind::Lost(_) => "lost",
                MarkKind::Failed(_) => "failed",
                MarkKind::Left => "left",
                MarkKind::Platform(_) => "platform",
            };
            let times = if mark.times > 1 { format!(" ×{}", mark.times) } else { String::new() };
            format!("── {kind}{times}")
        }
    };
    format!("{line}  {told}\n")
}

fn arrow(row: &FrameRow) -> String {
    let head = Head::read(&row.frame.bytes);
    let way = if row.frame.direction == Direction::Sent { '→' } else { '←' };
    let mut line = format!("{} {way} {}", row.frame.number, head.packet_type.map_or("?", PacketType::name));
    let numbered = |id: Option<u16>| id.map_or_else(String::new, |id| format!(" {id}"));
    line += &numbered(head.packet_id);
    if let Some(step) = row.thread.and_then(|thread| thread.step) {
        write!(line, " {step}/4").unwrap();
    }
    line += if head.dup { " dup" } else { "" };
    line += &match row.says {
        Says::Nothing => String::new(),
        Says::Unanswered => " · nobody answers".to_owned(),
        Says::Answered { by, after } => format!(" · answered by {by} after {} ms", after.as_millis()),
        Says::Answers { number, after } => format!(" · answers {number} after {} ms", after.as_millis()),
        Says::Wrong { number, due } => format!(" · {number} asks for {}", due.name()),
        Says::Unmatched => " · answers nothing".to_owned(),
        Says::Waits { owed, since } => {
            let (who, id) = (who(&owed), numbered(owed.packet_id));
            format!(" · {who} waits for {}{id}, {} ms", owed.packet_type.name(), since.as_millis())
        }
        Says::Never(owed) => {
            format!(" · {} got no {}{}", who(&owed), owed.packet_type.name(), numbered(owed.packet_id))
        }
    };
    if let Some(thread) = row.thread {
        line.extend(thread.again.map(|again| format!(" · again as {again}")));
        line.extend(thread.origin.map(|origin| format!(" · again after {origin}")));
    }
    line
}

fn who(owed: &Owed) -> &'static str {
    if owed.direction == Direction::Sent { "device" } else { "platform" }
}

use onenet::suite;

use super::*;
use crate::upload::PlatformCode;

fn upload() -> Upload {
    Upload::answer("7", "done")
}

fn fates(outbox: &Outbox) -> Vec<Fate> {
    outbox.newest_first().map(|item| item.fate).collect()
}

fn awaits(outbox: &mut Outbox, awaiting: &[(Acknowledgement, u16, Instant)]) {
    let awaiting = awaiting.iter().map(|(acknowledgement, packet_id, since)| Awaiting {
        acknowledgement: *acknowledgement,
        packet_id: *packet_id,
        since: *since,
    });
    let progress = Progress { awaiting: awaiting.collect(), ..Progress::default() };
    outbox.follow(OffsetDateTime::UNIX_EPOCH, progress);
}

#[test]
fn follows_each_upload_to_its_end() {
    let mut outbox = Outbox::default();
    outbox.push(upload(), Ok(Some(1)));
    outbox.push(upload(), Ok(Some(2)));
    outbox.push(upload(), Ok(Some(3)));
    outbox.push(upload(), Err(CommandError::NotConnected));
    outbox.acknowledge(1, Duration::from_millis(5));
    outbox.give_up(None, 2);
    outbox.set_aside("here");
    let acknowledged = Fate::Acknowledged(Duration::from_millis(5));
    assert_eq!(
        fates(&outbox),
        [Fate::Refused(CommandError::NotConnected), Fate::SetAside, Fate::GivenUp, acknowledged]
    );
}

#[test]
fn counts_how_often_each_was_sent() {
    let mut outbox = Outbox::default();
    outbox.push(Upload { qos: Qos::ExactlyOnce, ..upload() }, Ok(Some(1)));
    let first = Instant::now();
    let second = first + Duration::from_secs(1);
    awaits(&mut outbox, &[(Acknowledgement::PubRec, 1, first)]);
    awaits(&mut outbox, &[(Acknowledgement::PubRec, 1, first), (Acknowledgement::SubAck, 2, first)]);
    awaits(&mut outbox, &[]);
    assert_eq!(fates(&outbox), [Fate::Waiting]);
    awaits(&mut outbox, &[(Acknowledgement::PubRec, 1, second)]);
    awaits(&mut outbox, &[(Acknowledgement::PubComp, 1, second)]);
    assert_eq!(fates(&outbox), [Fate::OnItsWay(Acknowledgement::PubComp)]);
    assert_eq!(outbox.newest_first().next().unwrap().sendings, 2);
}

#[test]
fn what_the_platform_sends_under_the_same_identifier_is_another_message() {
    let mut outbox = Outbox::default();
    outbox.push(upload(), Ok(Some(1)));
    awaits(&mut outbox, &[(Acknowledgement::PubRel, 1, Instant::now())]);
    assert_eq!(fates(&outbox), [Fate::Waiting]);
}

#[test]
fn an_upload_that_was_set_aside_here_is_not_listed_twice() {
    let mut outbox = Outbox::default();
    outbox.push(upload(), Ok(Some(1)));
    outbox.set_aside("here");
    outbox.restore("here", 1, Some(&Message::from(&upload())));
    outbox.restore("here", 2, Some(&Message::from(&upload())));
    assert_eq!(fates(&outbox), [Fate::Waiting, Fate::Waiting]);
    assert_eq!(outbox.newest_first().map(|item| item.restored).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn the_same_words_of_another_device_are_another_upload() {
    let mut outbox = Outbox::default();
    outbox.push(upload(), Ok(Some(1)));
    outbox.set_aside("here");
    outbox.restore("there", 1, Some(&Message::from(&upload())));
    outbox.take_over("there");
    assert_eq!(fates(&outbox), [Fate::Waiting, Fate::SetAside]);
    outbox.give_up(Some("there"), 1);
    outbox.acknowledge(1, Duration::ZERO);
    assert_eq!(fates(&outbox), [Fate::Acknowledged(Duration::ZERO), Fate::SetAside]);
    outbox.delete("here");
    assert_eq!(fates(&outbox), [Fate::Acknowledged(Duration::ZERO), Fate::Deleted]);
}

#[test]
fn keeps_no_more_bytes_than_a_page_can_hold() {
    let mut outbox = Outbox::default();
    for _ in 0..10 {
        outbox.push(Upload::message("a".to_owned(), "x".repeat(3 * 1024 * 1024)), Ok(Some(1)));
        outbox.acknowledge(1, Duration::ZERO);
    }
    assert_eq!((outbox.newest_first().count(), outbox.evicted()), (5, 5));
}

#[test]
fn keeps_what_is_still_open_and_counts_what_it_forgets() {
    let mut outbox = Outbox::default();
    outbox.push(upload(), Ok(Some(1)));
    for _ in 0..LIMIT {
        outbox.push(upload(), Err(CommandError::NotConnected));
    }
    assert_eq!((outbox.count(), outbox.evicted()), (201, 1));
    assert_eq!(outbox.newest_first().last().unwrap().fate, Fate::Waiting);
    assert_eq!(outbox.newest_first().count() as u64 + outbox.evicted(), outbox.count());
}

fn posted(id: u64) -> Upload {
    let payload = format!(r#"{{"id":{id},"dp":{{"a":[{{"v":1}}]}}}}"#).into_bytes();
    Upload::told("$sys/321016/lamp/dp/post/json".to_owned(), payload, Qos::AtLeastOnce)
}

/// The platform says this to data points.
fn said(outbox: &mut Outbox, id: Option<u64>, code: Option<suite::Code>) {
    outbox.judge(Answer {
        topic: "$sys/321016/lamp/dp/post/json".to_owned(),
        id: id.map(|id| id.to_string()),
        verdict: Verdict {
            accepted: code.is_none(),
            code: code.map(PlatformCode::Suite),
            text: String::new(),
        },
    });
}

/// Whether each was accepted, as far as it was said.
fn verdicts(outbox: &Outbox) -> Vec<Option<bool>> {
    outbox.newest_first().map(|item| item.verdict.as_ref().map(|verdict| verdict.accepted)).collect()
}

#[test]
fn an_upload_that_was_rejected_says_so_though_it_was_acknowledged() {
    let mut outbox = Outbox::default();
    for id in 1..=3_u16 {
        outbox.push(posted(id.into()), Ok(Some(id)));
        outbox.acknowledge(id, Duration::ZERO);
    }
    said(&mut outbox, Some(3), None);
    said(&mut outbox, Some(1), Some(suite::Code::IllegalData));
    assert_eq!(verdicts(&outbox), [Some(true), None, Some(false)]);
    assert_eq!(fates(&outbox), [Fate::Acknowledged(Duration::ZERO); 3]);
    assert_eq!(outbox.rejected(), 1);
    said(&mut outbox, Some(1), Some(suite::Code::IllegalData));
    said(&mut outbox, Some(9), Some(suite::Code::IllegalData));
    assert_eq!((outbox.rejected(), verdicts(&outbox)[1]), (1, None), "those are not its own");
}

#[test]
fn a_rejection_without_id_is_of_what_has_none_that_can_be_read() {
    let mut outbox = Outbox::default();
    outbox.push(posted(1), Ok(Some(1)));
    let nameless = Upload { payload: "no JSON".into(), ..posted(2) };
    outbox.push(nameless.clone(), Ok(Some(2)));
    outbox.push(nameless, Ok(Some(3)));
    said(&mut outbox, None, Some(suite::Code::IllegalData));
    assert_eq!(verdicts(&outbox), [None, Some(false), None]);
}

#[test]
fn what_was_said_while_nobody_listened_is_not_taken_for_what_is_said_now() {
    let mut outbox = Outbox::default();
    outbox.push(posted(1), Ok(Some(1)));
    outbox.acknowledge(1, Duration::ZERO);
    outbox.push(posted(1), Ok(Some(2)));
    outbox.miss_verdicts();
    outbox.acknowledge(2, Duration::ZERO);
    said(&mut outbox, Some(1), None);
    assert_eq!(verdicts(&outbox), [Some(true), None]);
}

#[test]
fn rejections_are_counted_also_of_what_is_no_longer_listed() {
    let mut outbox = Outbox::default();
    for id in 1..=LIMIT as u64 + 1 {
        outbox.push(Upload { qos: Qos::AtMostOnce, ..posted(id) }, Ok(None));
    }
    said(&mut outbox, Some(1), Some(suite::Code::IllegalData));
    assert_eq!((outbox.evicted(), outbox.rejected()), (1, 1));
}

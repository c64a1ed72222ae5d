use proptest::prelude::*;
use session::{Options, Session};

use super::*;

/// Rows on a disk.
#[derive(Default)]
struct Disk(BTreeMap<String, Vec<u8>>);

impl Disk {
    fn write(&mut self, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Put(row) => {
                    self.0.insert(row.name, row.bytes);
                }
                Write::Delete(name) => {
                    self.0.remove(&name);
                }
            }
        }
    }

    fn rows(&self) -> Vec<Row> {
        self.0.iter().map(|(name, bytes)| Row { name: name.clone(), bytes: bytes.clone() }).collect()
    }
}

fn message(qos: Qos, payload: &[u8]) -> Message {
    Message { topic: "房间/heat".to_owned(), payload: Bytes::copy_from_slice(payload), qos, retain: false }
}

/// What a session may tell next, chosen by numbers.
fn change(store: &Store, kind: u8, packet_id: u16, payload: &[u8]) -> Change {
    let held = store.outbound.iter().any(|outbound| outbound.packet_id == packet_id);
    let released = store.released.contains(&packet_id);
    let qos = if packet_id.is_multiple_of(2) { Qos::AtLeastOnce } else { Qos::ExactlyOnce };
    match kind {
        0 => Change::Began { clean_session: packet_id.is_multiple_of(2) },
        1..=3 if !held && !released => {
            Change::Accepted(Outbound { packet_id, message: message(qos, payload), sent: kind == 3 })
        }
        4 => Change::Sent { packet_id },
        5 => Change::Returned { packet_id },
        6 if held => Change::Released { packet_id },
        7 => Change::Received { packet_id },
        8 => Change::Completed { packet_id },
        _ => Change::Settled { packet_id },
    }
}

proptest! {
    #[test]
    fn rows_say_what_the_store_says_however_they_are_batched(
        steps in prop::collection::vec((0u8..10, 1u16..9, any::<bool>()), 0..120),
    ) {
        let (mut store, mut record, mut disk) = (Store::default(), Record::default(), Disk::default());
        for (number, (kind, packet_id, write)) in steps.into_iter().enumerate() {
            let change = change(&store, kind, packet_id, &number.to_be_bytes());
            record.note(&change);
            store.apply(change);
            if write {
                disk.write(record.take());
                let reading = read(disk.rows());
                prop_assert_eq!(&reading.store, &store);
                prop_assert_eq!(reading.damaged, 0);
                if number % 3 == 0 {
                    // Another page goes on.
                    record = reading.record;
                }
            }
        }
        record.note_all(&store);
        let mut fresh = Disk::default();
        fresh.write(record.take());
        prop_assert_eq!(read(fresh.rows()).store, store);
    }

    #[test]
    fn any_rows_make_a_store_that_a_session_takes(
        rows in prop::collection::vec(
            ("[sotrix]?[0-9]{0,6}", prop::collection::vec(any::<u8>(), 0..40)),
            0..30,
        ),
        broken in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let rows = rows.into_iter().map(|(name, bytes)| Row { name, bytes }).collect();
        let reading = read(rows);
        prop_assert!(Session::resume(&Options::default(), reading.store).is_ok());

        // Good rows, one byte of them wrong.
        let (mut record, mut disk) = (Record::default(), Disk::default());
        for packet_id in 1..5 {
            let message = message(Qos::ExactlyOnce, b"x");
            record.note(&Change::Accepted(Outbound { packet_id, message, sent: true }));
        }
        record.note(&Change::Released { packet_id: 2 });
        disk.write(record.take());
        let mut rows = disk.rows();
        let at = broken.index(rows.len());
        if let Some(first) = rows[at].bytes.get_mut(usize::from(byte) % 13) {
            *first = byte;
        }
        prop_assert!(Session::resume(&Options::default(), read(rows).store).is_ok());
    }
}

#[test]
fn what_is_damaged_is_counted_and_left_out() {
    let (mut record, mut disk) = (Record::default(), Disk::default());
    for packet_id in 1..4 {
        let message = message(Qos::AtLeastOnce, b"x");
        record.note(&Change::Accepted(Outbound { packet_id, message, sent: false }));
    }
    disk.write(record.take());
    disk.0.get_mut("o00002").unwrap()[0] = 9;
    disk.0.insert("o2".to_owned(), vec![1]);
    let reading = read(disk.rows());
    assert_eq!(reading.damaged, 2);
    let ids: Vec<u16> = reading.store.outbound.iter().map(|outbound| outbound.packet_id).collect();
    assert_eq!(ids, [1, 3]);
    assert_eq!(reading.store.last_id, 3);
}

#[test]
fn a_message_that_binds_a_sub_device_with_its_token_is_not_written() {
    let (mut record, mut disk) = (Record::default(), Disk::default());
    for (packet_id, topic) in
        [(1, "$sys/p/gateway/thing/sub/topo/add"), (2, "$sys/p/gateway/thing/sub/topo/get")]
    {
        let message = Message { topic: topic.to_owned(), ..message(Qos::AtLeastOnce, b"sasToken") };
        record.note(&Change::Accepted(Outbound { packet_id, message, sent: false }));
        record.note(&Change::Sent { packet_id });
    }
    disk.write(record.take());
    let reading = read(disk.rows());
    let ids: Vec<u16> = reading.store.outbound.iter().map(|outbound| outbound.packet_id).collect();
    assert_eq!((ids, reading.damaged, reading.store.last_id), (vec![2], 0, 2));
}

//! Data points of the suite, stored as those of all generations.

use onenet::suite::{Accepted, DataPoints};
use onenet::{DataPoint, StreamId, Timestamp};
use time::UtcDateTime;

use super::uplink::SuiteUplink;
use crate::event::Event;
use crate::platform::Platform;

impl Platform {
    /// Stores data points, then says so.
    pub(super) fn store_data_points(&mut self, suite: &SuiteUplink<'_>, message: &DataPoints) {
        let points: Vec<DataPoint> = message
            .points()
            .iter()
            .filter_map(|point| {
                // Never left out: no name of the suite is empty.
                let stream = StreamId::parse(point.stream.as_str()).ok()?;
                Some(DataPoint { stream, at: point.at.and_then(written), value: point.value.clone() })
            })
            .collect();
        self.store_points(&suite.device_id, &points, suite.uplink.now);
        self.events.push(Event::Stored {
            connection: Some(suite.uplink.speaker.connection),
            device_id: suite.device_id.clone(),
            points: points.len(),
        });
        self.accept(suite, Accepted::new(message.id()).encode());
    }
}

/// Unix seconds as data points of all generations name their time; `None` for a time that no clock shows: that of
/// arrival counts then.
fn written(seconds: i64) -> Option<String> {
    Some(Timestamp::from_utc(UtcDateTime::from_unix_timestamp(seconds).ok()?).to_string())
}

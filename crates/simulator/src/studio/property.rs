//! Properties, stored as the data points of all generations are, each property a data stream; and events, told.

use onenet::studio::{Identifier, Moment, Point};
use onenet::{DataPoint, StreamId, Timestamp};
use time::UtcDateTime;

use crate::event::Event;
use crate::platform::Platform;
use crate::sys::{SysEvent, Uplink};

impl Platform {
    pub(super) fn store_properties(&mut self, uplink: &Uplink<'_>, device_id: &str, properties: &[Point]) {
        let values = properties.iter().map(|point| (&point.identifier, &point.moment));
        self.store_moments(uplink, device_id, values);
    }

    /// Stores values of properties with their times.
    pub(super) fn store_moments<'a>(
        &mut self,
        uplink: &Uplink<'_>,
        device_id: &str,
        values: impl Iterator<Item = (&'a Identifier, &'a Moment)>,
    ) {
        let points: Vec<DataPoint> = values
            .filter_map(|(identifier, moment)| {
                // Never left out: no identifier is empty.
                let stream = StreamId::parse(identifier.as_str()).ok()?;
                let at = time_of(moment).map(|at| at.to_string());
                Some(DataPoint { stream, at, value: moment.value.clone() })
            })
            .collect();
        if points.is_empty() {
            return;
        }
        self.store_points(device_id, &points, uplink.now);
        self.events.push(Event::Stored {
            connection: Some(uplink.speaker.connection),
            device_id: device_id.to_owned(),
            points: points.len(),
        });
    }

    pub(super) fn tell_events(&mut self, uplink: &Uplink<'_>, device_id: &str, events: &[Point]) {
        for event in events {
            self.tell_event(uplink, device_id, &event.identifier, &event.moment);
        }
    }

    pub(super) fn tell_event(
        &mut self,
        uplink: &Uplink<'_>,
        device_id: &str,
        identifier: &Identifier,
        moment: &Moment,
    ) {
        let posted = SysEvent::EventPosted {
            device_id: device_id.to_owned(),
            identifier: identifier.clone(),
            value: moment.value.clone(),
            at: time_of(moment).unwrap_or(self.clock.time(uplink.now)),
        };
        self.events.push(posted.into());
    }
}

/// When something was; `None` where it does not say, or says what no clock shows.
fn time_of(moment: &Moment) -> Option<Timestamp> {
    let nanos = i128::from(moment.time?) * 1_000_000;
    Some(Timestamp::from_utc(UtcDateTime::from_unix_timestamp_nanos(nanos).ok()?))
}

//! The frames that ask for topics and take them back, with or without a session.

use bytes::Bytes;
use frame::{Packet, Subscribe, SubscribeFilter, Unsubscribe};

use crate::error::CommandError;
use crate::message::Qos;
use crate::topic;

/// The SUBSCRIBE for topic filters, each at most at `qos` (MQTT 3.1.1 §3.8): what a session sends.
///
/// # Errors
///
/// No filter, one that is none, or a packet identifier of zero.
pub fn subscribe_frame(filters: &[&str], qos: Qos, packet_id: u16) -> Result<Bytes, CommandError> {
    check_filters(filters)?;
    let filters: Vec<SubscribeFilter> =
        filters.iter().map(|filter| SubscribeFilter::new((*filter).to_owned(), qos.into())).collect();
    Ok(frame::encode(&Packet::Subscribe(Subscribe { pkid: packet_id, filters }))?)
}

/// The UNSUBSCRIBE for topic filters (MQTT 3.1.1 §3.10): what a session sends.
///
/// # Errors
///
/// No filter, one that is none, or a packet identifier of zero.
pub fn unsubscribe_frame(filters: &[&str], packet_id: u16) -> Result<Bytes, CommandError> {
    check_filters(filters)?;
    let topics = filters.iter().map(|filter| (*filter).to_owned()).collect();
    Ok(frame::encode(&Packet::Unsubscribe(Unsubscribe { pkid: packet_id, topics }))?)
}

fn check_filters(filters: &[&str]) -> Result<(), CommandError> {
    if filters.is_empty() {
        return Err(CommandError::NoFilter);
    }
    filters.iter().try_for_each(|filter| Ok(topic::check_filter(filter)?))
}

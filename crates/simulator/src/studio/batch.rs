//! Many properties and events at once (批量上报, 历史数据上报): of the device itself, or of sub-devices that are online by it.

use onenet::studio::{Batch, Code, Data, Point, Series};

use crate::platform::Platform;
use crate::sys::Uplink;

impl Platform {
    pub(super) fn take_pack(
        &mut self,
        uplink: &Uplink<'_>,
        batches: &[Batch<Point>],
    ) -> Result<Option<Data>, Code> {
        let owners = self.owners(uplink, batches)?;
        for (batch, owner) in batches.iter().zip(owners) {
            self.store_properties(uplink, &owner, &batch.properties);
            self.tell_events(uplink, &owner, &batch.events);
        }
        Ok(None)
    }

    pub(super) fn take_history<'a>(
        &mut self,
        uplink: &Uplink<'_>,
        batches: &'a [Batch<Series>],
    ) -> Result<Option<Data>, Code> {
        let owners = self.owners(uplink, batches)?;
        for (batch, owner) in batches.iter().zip(owners) {
            let moments =
                |series: &'a Series| series.moments.iter().map(|moment| (&series.identifier, moment));
            self.store_moments(uplink, &owner, batch.properties.iter().flat_map(moments));
            for series in &batch.events {
                for moment in &series.moments {
                    self.tell_event(uplink, &owner, &series.identifier, moment);
                }
            }
        }
        Ok(None)
    }

    /// Whose each batch is. All of them must be about devices that are online here.
    fn owners<T>(&self, uplink: &Uplink<'_>, batches: &[Batch<T>]) -> Result<Vec<String>, Code> {
        let owner = |batch: &Batch<T>| {
            let own = &uplink.speaker.id;
            let Some(device) = &batch.device else { return Ok(own.clone()) };
            let id = format!("{}/{}", device.product, device.name);
            if id == *own || self.has_online_sub(own, &id) { Ok(id) } else { Err(Code::DEVICE) }
        };
        batches.iter().map(owner).collect()
    }
}

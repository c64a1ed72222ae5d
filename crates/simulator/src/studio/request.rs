//! What a device of the studio asks for, and whether it may.

use onenet::studio::{Code, Data, Device, Params, Problem, Request};
use onenet::sys;

use super::uplink::StudioRequest;
use crate::platform::Platform;
use crate::sys::{Outcome, Why};

/// How many problems are told of one message: a message may have ten thousand, and whoever watches keeps them.
pub(super) const MAX_TOLD: usize = 20;

impl Platform {
    /// Carries a request out and answers it. One that breaks a limit or does not fit the thing model changes nothing.
    pub(super) fn take_request(&mut self, asked: &StudioRequest<'_>, mut request: Request) {
        forget_own_identity(&mut request.params, &asked.uplink.speaker.device);
        let mut problems = self.problems_of(asked.uplink.speaker.device.product.as_str(), &request);
        let code = problems.iter().find_map(Problem::code);
        problems.truncate(MAX_TOLD);
        if let Some(code) = code {
            return self.refuse_request(asked, code, Why::Problems(problems));
        }
        match self.carry_out(asked, request.params) {
            Ok(data) => self.grant_request(asked, data, Outcome::Taken { problems }),
            Err(code) => self.refuse_request(asked, code, Why::Code),
        }
    }

    /// Everything that is wrong with a request of a device of a product, or for one.
    pub(super) fn problems_of(&self, product_id: &str, request: &Request) -> Vec<Problem> {
        let mut problems = request.check_limits();
        if let Some(model) = self.registry.get(product_id).and_then(|product| product.model.as_ref()) {
            problems.extend(model.check(request));
        }
        problems
    }

    fn carry_out(&mut self, asked: &StudioRequest<'_>, params: Params) -> Result<Option<Data>, Code> {
        let uplink = asked.uplink;
        match params {
            Params::PropertyPost(points) => {
                self.store_properties(uplink, &uplink.speaker.id, &points);
                Ok(None)
            }
            Params::EventPost(points) => {
                self.tell_events(uplink, &uplink.speaker.id, &points);
                Ok(None)
            }
            Params::DesiredGet(names) => Ok(Some(self.desired_of(&uplink.speaker.id, &names))),
            Params::DesiredDelete(versions) => {
                self.delete_desired(&uplink.speaker.id, &versions);
                Ok(None)
            }
            Params::PackPost(batches) => self.take_pack(uplink, &batches),
            Params::HistoryPost(batches) => self.take_history(uplink, &batches),
            Params::SubLogin(device) => self.log_studio_sub_in(uplink, &device),
            Params::SubLogout(device) => self.log_studio_sub_out(uplink, &device),
            Params::TopoAdd(device, token) => self.bind_sub(uplink, &device, &token),
            Params::TopoDelete(device, _) => self.unbind_sub(uplink, &device),
            Params::TopoGet => Ok(Some(self.bound_subs_of(&uplink.speaker.id))),
            // These are the platform's to ask.
            Params::PropertySet(_)
            | Params::PropertyGet(_)
            | Params::Service { .. }
            | Params::TopoChange(_)
            | Params::SubPropertyGet { .. }
            | Params::SubPropertySet { .. }
            | Params::SubService { .. }
            | Params::OtaInform(_) => Err(Code::BAD_REQUEST),
        }
    }
}

/// A batch that names its sender is one that names nobody: it must fit the sender's thing model.
fn forget_own_identity(params: &mut Params, own: &sys::Device) {
    let forget = |device: &mut Option<Device>| {
        device.take_if(|device| device.product == own.product.as_str() && device.name == own.name.as_str());
    };
    if let Params::PackPost(batches) = params {
        batches.iter_mut().for_each(|batch| forget(&mut batch.device));
    } else if let Params::HistoryPost(batches) = params {
        batches.iter_mut().for_each(|batch| forget(&mut batch.device));
    }
}

//! Sub-devices of a gateway of the suite (子设备): they come and go by its connection.

use onenet::rules::Finding;
use onenet::rules::RuleId;
use onenet::suite::Code;

use super::uplink::SuiteUplink;
use crate::platform::Platform;
use crate::sys::Why;

/// The most sub-devices that are online by one gateway (reference §2.4).
const MAX_SUB_DEVICES: usize = 50;

impl Platform {
    pub(super) fn log_sub_in(&mut self, suite: &SuiteUplink<'_>) {
        let gateway_id = &suite.uplink.speaker.id;
        let others = self.online_subs_of(gateway_id).filter(|sub| *sub != suite.device_id).count();
        if others >= MAX_SUB_DEVICES {
            let finding = Finding::number(RuleId::SuiteSubDevices, others + 1);
            return self.reject(suite, Code::Internal, Why::Rule(finding));
        }
        match self.bring_sub_online(gateway_id, &suite.device) {
            Ok(()) => self.accept(suite, Vec::new()),
            Err(_) => self.reject(suite, Code::Unspecified, Why::Code),
        }
    }

    pub(super) fn log_sub_out(&mut self, suite: &SuiteUplink<'_>) {
        if !self.has_online_sub(&suite.uplink.speaker.id, &suite.device_id) {
            return self.reject(suite, Code::Unspecified, Why::Code);
        }
        self.accept(suite, Vec::new());
        self.release_sub(&suite.device_id);
    }
}

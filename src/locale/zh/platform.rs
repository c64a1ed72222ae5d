//! 模拟平台。

mod debug_log;

use dissect::{Fault, Problem};
use simulator::{DropReason, Reach, RefusalCode};

pub(super) use self::debug_log::said;
use self::debug_log::sys_event;
use super::fault::struck;
use super::inspector::fault;
use super::payload::topic_error;
use super::rules::rule_broken;
use crate::platform::Happening;

/// What is wrong with a frame, as the inspector says it.
fn broken(error: frame::FrameError) -> String {
    fault(&Fault { offset: error.offset, problem: Problem::Frame(error.problem) })
}

pub(super) fn command_refused(error: &simulator::CommandError) -> String {
    match error {
        simulator::CommandError::UnknownDevice(id) => format!("没有设备 {id}。"),
        simulator::CommandError::NotOnline(id) => format!("设备 {id} 不在线，请先连接。"),
        simulator::CommandError::Id(error) => format!("命令标识不能用：{}。", topic_error(*error)),
        simulator::CommandError::IdUsed => "命令标识重复，请再试一次。".to_owned(),
        simulator::CommandError::BodyTooLong { length } => {
            format!("命令有 {length} 字节，必须小于 64 KB。请缩短。")
        }
    }
}

pub(super) fn happening(happening: &Happening) -> String {
    match happening {
        Happening::Sys(event) => sys_event(event),
        Happening::LoggedIn { device_id } => format!("设备 {device_id} 登录"),
        Happening::Refused { code, finding } => {
            let reason = match (code, finding) {
                (_, Some(finding)) => rule_broken(finding),
                (RefusalCode::ProtocolVersion, None) => "协议版本不支持".to_owned(),
                (RefusalCode::ClientId, None) => "设备 ID 不是平台分配的".to_owned(),
                (RefusalCode::Unavailable, None) => "没有空位".to_owned(),
                (RefusalCode::BadLogin, None) => "产品 ID、鉴权信息或 Token 不对".to_owned(),
                (RefusalCode::NotAuthorized, None) => "该设备未获授权".to_owned(),
            };
            format!("拒绝登录：CONNACK {}，{reason}", code.number())
        }
        Happening::SubscriptionRefused { filter, finding } => {
            format!("拒绝订阅 {filter}：{}", rule_broken(finding))
        }
        Happening::Ignored(finding) => format!("忽略：{}", rule_broken(finding)),
        Happening::HungUp { device_id, reason } => {
            format!("断开{}：{}", whose(device_id.as_deref()), drop_reason(reason))
        }
        Happening::Left { device_id } => format!("{}离开", whose(device_id.as_deref())),
        Happening::Struck { device_id, fault, frame } => struck(device_id.as_deref(), *fault, *frame),
        Happening::WillPublished { device_id, topic, reach } => {
            format!("设备 {device_id} 的遗嘱发布到 {topic}，{}", reached(*reach))
        }
        Happening::Resent { device_id, messages, releases } => {
            format!("设备 {device_id} 恢复会话，重发：PUBLISH（带 DUP）{messages} 个，PUBREL {releases} 个")
        }
        Happening::Repeated { device_id, packet_id } => {
            format!(
                "设备 {device_id} 的 QoS 2 报文 PUBLISH {packet_id} 重复到达：只再确认一次，不再存储或转发"
            )
        }
        Happening::Unmatched { device_id, acknowledgement, packet_id } => {
            format!("设备 {device_id} 的 {} {packet_id} 找不到对应的消息", acknowledgement.name())
        }
        Happening::MessagesLost { device_id, undelivered, unreleased } => format!(
            "设备 {device_id} 的会话结束，丢失：未确认的下发 {undelivered} 条，等待 PUBREL 的上行 {unreleased} 条"
        ),
    }
}

/// 消息送达的情况。
fn reached(Reach { receivers, kept, discarded }: Reach) -> String {
    format!("下发给 {receivers} 台设备，为 {kept} 台保留，{discarded} 台收不到")
}

pub(super) fn whose(device_id: Option<&str>) -> String {
    device_id.map_or_else(|| "未登录的连接".to_owned(), |id| format!("设备 {id} "))
}

pub(super) fn drop_reason(reason: &DropReason) -> String {
    match reason {
        DropReason::Rule(finding) => rule_broken(finding),
        DropReason::TooManyConnections => "连接太多".to_owned(),
        DropReason::ConnectTimeout => "迟迟没有发来 CONNECT".to_owned(),
        DropReason::Malformed(error) => format!("报文不合 MQTT 3.1.1。{}", broken(*error)),
        DropReason::TakenOver => "同一设备在别处登录".to_owned(),
        DropReason::Qos2 => "按所选的说法，平台不支持 QoS 2".to_owned(),
        DropReason::PubrelTimeout => "发出 PUBREC 后迟迟没有收到 PUBREL".to_owned(),
        DropReason::WrongAcknowledgement { acknowledgement, id } => {
            format!("{} {id} 不是那条消息等待的确认", acknowledgement.name())
        }
        DropReason::Cut => "注入的故障切断了连接".to_owned(),
        DropReason::ServerPacket => "发来了只有服务器才能发的报文".to_owned(),
        DropReason::TooMuchUnfinished => "同时有太多没有发完的报文".to_owned(),
        DropReason::TooSlow => "设备读得太慢，积压太多".to_owned(),
    }
}

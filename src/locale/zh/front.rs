//! The page as it opens.

use super::connect::{destination_hint, destination_name, ending, status};
use super::login;
use super::sending::{oddities, resumption};
use super::upload::qos_name;
use crate::locale::words::{FrontWords, WillWords};

pub(in crate::locale) static FRONT: FrontWords = FrontWords {
    title: "OneNET 设备",
    tagline: "在浏览器里扮演一台 OneNET 设备：登录、上传、接收、应答。每个字节都由本页产生。",
    language: "语言",

    upload_title: "上传",
    feed_title: "接收",
    inspector_title: "报文",
    platform_title: "模拟平台",
    programs_title: "同一条消息的代码",
    coming: "正在载入……",
    missing: "页面的这一部分没有载入成功。请检查网络后重试；如果页面刚更新过，请刷新页面。",
    load_again: "重试",

    connect_title: "连接",
    destination: "连接到",
    destination_name,
    destination_hint,
    address: "WebSocket 地址",
    login: login::LOGIN,
    show: "显示",
    hide: "隐藏",
    keep_alive: "保活时间（秒）",
    clean_session: "清理会话",
    will: WILL,
    qos_name,
    upload_first: "登录成功后立即上传下面的初始值",
    connect: "连接",
    connect_again: "重新连接",
    connect_anyway: "仍然连接",
    disconnect: "断开",

    status,
    ending,
    resumption,
    unsent: |bytes| format!("还有 {bytes} 字节没有离开这台电脑。"),
    oddities,
    countdown: |seconds| format!("{seconds} 秒后"),
    try_now: "立即重试",
};

const WILL: WillWords = WillWords {
    title: "遗嘱",
    hint: "连接没有经 DISCONNECT 就断开时，平台以该设备的名义发布这条消息。",
    on: "设置遗嘱",
    topic: "遗嘱主题",
    text: "遗嘱内容",
    qos: "遗嘱 QoS",
    retain: "保留遗嘱消息",
};

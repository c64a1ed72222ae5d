//! 简体中文。术语照 OneNET 文档：数据流、数据点、鉴权信息、命令。

mod arrival;
mod capture_file;
mod connect;
mod console;
mod doctor;
mod fault;
mod feed;
mod frames;
mod front;
mod inspector;
mod lanes;
mod login;
mod payload;
mod platform;
mod rules;
mod sending;
mod snippet;
mod sys;
mod upload;
mod uploading;

use simulator::CommandState;

use self::connect::connect_problem;
use self::feed::{subscription, unreadable};
pub(super) use self::front::FRONT;
use self::payload::topic_problem;
use self::platform::{command_refused, happening};
use self::rules::finding;
use self::upload::{encoding_name, fate, payload_type_name, preview_hint, upload_problem};
use super::words::Words;

pub(super) const WORDS: Words = Words {
    front: &FRONT,

    doctor: doctor::DOCTOR,
    finding,
    connect_problem,

    content: "内容",
    stream: "数据流",
    value: "值",
    at: "时间",
    at_hint: "北京时间；留空表示现在。",
    at_hint_text: "北京时间；留空表示不带时间。",
    value_not_json: "这不是 JSON，将作为带引号的文本发送。",
    text_hint: "不填数据流时，以该行的序号（从 0 数起）作为数据流的名字。",
    inside: "行内分隔符",
    between: "行间分隔符",
    short_time: "共同的时间",
    short_time_hint: "类型字节后的六个字节；留空表示不带。",
    add_row: "添加一行",
    remove_row: |row| format!("删除第 {row} 行"),
    run_number: "第一个数据流的编号",
    floats: "浮点数",
    floats_hint: "一组里的浮点数依次属于相邻的数据流，还是都属于同一个，文档没有说清：见“文档说法不一之处”。",
    file: "文件",
    file_hint: "最多 3 MB，例如一张图片。",
    file_picked: |name, bytes| format!("{name}，{bytes} 字节"),
    file_too_big: |bytes| format!("这个文件有 {bytes} 字节，平台最多接受 3 MB。请选小一些的。"),
    file_unreadable: "浏览器无法读取这个文件。请重新选择。",
    description: "描述（文本或 JSON 对象）",
    payload_type: "数据类型",
    payload_type_name,
    body: "文本正文（原样发送）",
    topic: "主题",
    topic_hint: "OneNET 只接受字母、数字、_ 和 /。",
    encoding: "文本的形式",
    encoding_name,
    text: "消息文本",
    upload_problem,
    preview: |topic, bytes| format!("发往 {topic} 的 {bytes} 个字节"),
    preview_hint,
    upload: "上传",
    upload_anyway: "仍然上传",
    connect_to_upload: "先连接，再上传。",
    outbox_title: |count, evicted| match evicted {
        0 => format!("已上传 {count} 次"),
        _ => format!("已上传 {count} 次（较早的 {evicted} 次不再列出）"),
    },
    outbox_empty: "每次上传及其结果会列在这里。",
    packet_id: |id| format!("报文标识符 {id}"),
    fate,
    send_again: "重发",
    sending: sending::SENDING,
    uploading: uploading::UPLOADING,

    counts: |received, shown, evicted| format!("收到 {received} = 显示 {shown} + 移出 {evicted}"),
    clear: "清空",
    feed_empty: "平台或其他设备发来的一切会即时出现在这里。连接后，用“模拟平台”面板发一条命令试试。",
    feed_empty_elsewhere: "平台或其他设备发来的一切会即时出现在这里：命令不用订阅就会收到，其他消息要先订阅主题。",
    latest: "各数据流的最新值",
    command: "命令",
    retained: "保留",
    more_points: |count| format!("……还有 {count} 个数据点"),
    empty_payload: "（空载荷）",
    unreadable,
    answer_label: |command| format!("对命令 {command} 的应答"),
    answer_example: "应答内容",
    answer: "应答",
    answered: |text| format!("已应答：{text}"),
    auto_replies: |working| match working {
        0 => "自动应答".to_owned(),
        _ => format!("正在自动应答（{working} 条规则）"),
    },
    auto_reply_hint: "{{id}} 是命令标识，{{value}} 是收到的内容，{{now}} 是当前时间。按第一条符合的规则应答。",
    replies_stopped: "自动应答已关闭：每秒超过 100 次，说明应答在兜圈子。请检查主题后再启用。",
    auto_reply_on: "启用",
    reply_filter: "收到的主题（可用 + 和 #）",
    reply_topic: "应答的主题",
    reply_text: "应答内容",
    add: "添加",
    remove: "删除",
    subscriptions: |count| match count {
        0 => "订阅主题".to_owned(),
        _ => format!("已订阅 {count} 个主题"),
    },
    subscribe_label: "主题",
    subscribe_hint: "命令（$creq）不用订阅就会收到。",
    subscribe: "订阅",
    subscribe_anyway: "仍然订阅",
    unsubscribe: "取消订阅",
    unsubscribe_from: |filter| format!("取消订阅 {filter}"),
    subscription,
    topic_problem,
    arrival: arrival::ARRIVAL,

    platform_hint: "这个平台就运行在本页里。真实平台不会告诉设备它为什么断开连接，这里会。",
    command_label: "向设备下发命令",
    send_command: "下发",
    no_device: "没有设备在线，先在左边连接。",
    command_refused,
    command_state: |state| match state {
        CommandState::Created => "已创建",
        CommandState::Sent => "已下发，等待应答",
        CommandState::Answered => "已应答",
        CommandState::Expired => "已过期",
    },
    stored: "已存储的数据点",
    stored_at: "时间（北京）",
    nothing_stored: "还没有。设备上传的数据点会出现在这里。",
    device: |id, online| format!("设备 {id}（{}）", if online { "在线" } else { "离线" }),
    stream_count: |id, count| format!("{id}（共 {count} 个）"),
    readings: "文档说法不一之处",
    readings_hint: "这些地方的资料互相矛盾。本页的模拟平台和发送前的检查按所选的说法执行。",
    platform_log: "调试日志",
    happening,
    fault: fault::FAULT,
    console: console::CONSOLE,

    inspector: inspector::INSPECTOR,

    capture_file: capture_file::CAPTURE_FILE,

    snippet: snippet::SNIPPET,
    frames: frames::FRAMES,
    lanes: lanes::LANES,
};

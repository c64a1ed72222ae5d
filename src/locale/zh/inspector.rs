//! 报文：每一帧，以及其中每个字节的含义。

mod fault;

pub(super) use self::fault::fault;
use crate::inspector::Part;
use crate::locale::words::InspectorWords;

pub(super) const INSPECTOR: InspectorWords = InspectorWords {
    fields: "字段",
    more_fields: |count| format!("还有 {count} 项……"),

    hex: "字节",
    hex_hint: "方向键逐字节移动，回车键固定，Esc 键取消固定。",
    part: |part| match part {
        Part::FixedHeader => "固定报头",
        Part::VariableHeader => "可变报头",
        Part::Payload => "有效载荷",
        Part::Undecoded => "未解析",
    },
    byte_label: |offset, byte, field| format!("偏移 {offset}，字节 {byte}，{field}"),
    wrong_byte: "第一个出错的字节",
    marked_byte: "有标记",

    explanation: "说明",
    explanation_hint: "指向字段或字节，这里就会说明它的含义；点击可以固定。",
    release: "取消固定",
    value: "值",
    bytes: "字节",
    offset: |offset| format!("偏移 {offset}（{offset:#06x}）"),
    place: "位置",
    offset_and_length: |offset, length| format!("偏移 {offset}（{offset:#06x}），{length} 字节"),
    this_byte: "这个字节",
    bits: "位",
    clause: "出处",
    reference: "参考资料",

    empty: "（空）",
    hidden: "已隐藏",
    flag: |is_set| if is_set { "1，置位" } else { "0，未置位" },
    byte_count: |count| format!("{count} 字节"),
    seconds: |seconds| format!("{seconds} 秒"),
    moment: |number, time| format!("{number}：{time}（北京时间）"),
    connack_code,
    suback_code,
    qos,
    payload_type: |number| {
        Some(match number {
            1 => "1：带时间的 JSON",
            2 => "2：二进制数据",
            3 => "3：简写 JSON",
            4 => "4：带时间的简写 JSON",
            5 => "5：分隔符文本",
            6 => "6：带时间的分隔符文本",
            7 => "7：浮点数",
            _ => return None,
        })
    },

    login: |client, keep_alive| format!("{client}，保活 {keep_alive} 秒"),
    session_present: "会话已保留",
    more_filters: |count| format!("另有 {count} 个"),
    no_frame: "不是 MQTT 报文",
    incomplete: |missing| match missing {
        Some(missing) => format!("残缺：还差 {missing} 字节"),
        None => "残缺：固定报头不完整".to_owned(),
    },
    surplus: |surplus| format!("有误：多出 {surplus} 字节"),
    unreadable: "有误：无法读取",

    wrong: "这个报文有误。",
    show_wrong: "定位到该字节",
    hides: "报文有误时，无法判断哪些字节是密码或 Token，所以可能是的字节都已隐藏；勾选“显示密码和 Token”即可查看。",
    fault,
};

/// 参考资料 §1.3，MQTT 3.1.1 §3.2.2.3。
fn connack_code(code: u8) -> String {
    let meaning = match code {
        0 => "接受连接",
        1 => "不支持的协议版本",
        2 => "不接受的客户端 ID（设备 ID 或设备名称）",
        3 => "平台暂不可用",
        4 => "用户名（产品 ID）或密码（鉴权信息或 Token）错误",
        5 => "未授权",
        _ => "没有这个代码",
    };
    format!("{code}：{meaning}")
}

/// MQTT 3.1.1 §3.9.3。
fn suback_code(code: u8) -> String {
    match code {
        0..=2 => format!("{code}：已订阅，QoS {code}"),
        0x80 => "0x80：订阅失败".to_owned(),
        _ => format!("{code:#04x}：没有这个代码"),
    }
}

/// MQTT 3.1.1 §4.3。
fn qos(qos: u8) -> String {
    let meaning = match qos {
        0 => "最多一次",
        1 => "至少一次",
        2 => "恰好一次",
        _ => "没有这个等级",
    };
    format!("{qos}：{meaning}")
}

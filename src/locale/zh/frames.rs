//! The list of frames, pasted bytes, and the composer.

use crate::locale::words::{FrameCounts, FramesWords, span};

pub(super) const FRAMES: FramesWords = FramesWords {
    tabs: "查看方式",
    tab_list: "实时报文",
    tab_paste: "粘贴字节",
    tab_compose: "编辑并发送",

    counts,
    list: "报文列表，最早的在前",
    empty: "还没有报文。连接之后，收发的每个字节都会列在这里。表单里输入的内容已经可以逐字节查看：见“将要发送”。",
    none_match: "没有符合筛选条件的报文，请清空部分条件。",
    empty_file: "这个文件里没有报文。",
    listed: |listed, kept| {
        if listed == kept {
            format!("共 {kept} 个")
        } else {
            format!("共 {kept} 个，列出 {listed} 个")
        }
    },
    column_number: "序号",
    column_time: "时间",
    column_type: "类型",
    column_summary: "内容",
    column_id: "报文标识符",
    column_size: "字节",
    column_answer: "应答",
    sent: "发送",
    received: "接收",
    answered: |number, round_trip| format!("第 {number} 号，{}", span(round_trip)),
    composed: "手工编辑",
    hidden: "已隐藏：可能含有密码",
    connection: |number| format!("第 {number} 次连接"),
    pause: "暂停",
    resume: |behind| {
        if behind == 0 { "继续".to_owned() } else { format!("继续（新增 {behind} 个）") }
    },
    to_newest: |behind| format!("回到最新（下方还有 {behind} 个）"),
    clear: "清空",

    filter_type: "类型",
    all_types: "全部类型",
    without_pings: "不看心跳",
    filter_direction: "方向",
    both_directions: "双向",
    filter_topic: "主题",
    filter_topic_example: "$creq/#",
    filter_text: "文本",
    filter_text_example: "temperature",

    show_secrets: "显示密码和 Token",

    drafts: "将要发送",
    draft_login: "登录",
    draft_upload: "上传",
    draft_broken: "表单还有错误，请先按提示改正；改好后这里会显示对应的报文。",
    draft_hint: "尚未发送，随表单输入实时变化。",

    nothing_chosen: "选一个报文，查看每个字节的含义。",
    frame_title: |number| format!("第 {number} 号报文"),
    edit_bytes: "编辑并发送",
    edit_secret: "编辑并发送（会显示密码）",
    copy_hex: "复制十六进制",
    copied: "已复制。",
    copy_by_hand: "浏览器不允许本页复制，请选中下面的十六进制手动复制：",

    download: "下载",
    export_secrets_warning: "文件里会有明文的密码（鉴权信息或 Token），拿到文件的人就能冒充这台设备登录。",
    exported: |frames, bytes| format!("已写入 {frames} 个报文，{bytes} 字节。"),
    importing: "正在读取文件……",
    oldest_left_out: |frames| format!("最早的 {frames} 个放不下，未列出。"),
    import_unreadable: "浏览器读不到这个文件，请重新选择；如果文件被移动过，请到新位置选择。",

    paste_example: "10 25 00 04 4D 51 54 54 04 C2 00 78 …",
    paste_empty: "把设备发出的字节粘贴进来，看看第一个错误的字节在哪里。",
    paste_frames: "找到的报文",
    more: |more| format!("……还有 {more} 项"),
    compare_none: "表单只生成 CONNECT 和 PUBLISH 报文，这个报文没有可比较的对象。",
    compare_same: "两者逐字节相同。",
    compare_field: "字段",
    compare_verdict: "结论",
    compare_only_differences: "只看不同",

    compose_label: "字节（十六进制）",
    compose_hint: "任何字节都能发送，对的错的都行：这里就是用来试的。",
    compose_from_login: "从登录报文开始（会显示密码）",
    compose_from_upload: "从上传报文开始",
    compose_bits: |offset| format!("第 {offset} 字节的各位"),
    compose_bits_hint: "在十六进制里选一个字节，就能翻转它的位。",
    flip_bit: |bit, set| {
        let state = if set { "1" } else { "0" };
        format!("第 {bit} 位为 {state}，点击翻转")
    },
    set_length: "改正剩余长度",
    compose_way: "发送方式",
    compose_here: "通过当前连接",
    compose_alone: "另开一个连接",
    compose_alone_hint: "向上面选定的平台另开一个连接，这些字节是连接上的第一句话。如果是用本设备客户端标识符的 CONNECT，平台会断开设备原来的连接。",
    compose_here_hint: "在设备当前的会话中发送，就像固件发出的一样。",
    compose_real: "这不是模拟平台。真实平台可能断开设备、记录这次错误，或在几分钟内禁止设备登录。",
    compose_sure: "仍然发送到真实平台",
    send: "发送这些字节",
    compose_happened: "结果",
    compose_nothing_yet: "已发送，还没有收到任何内容。",
    probe_opening: "正在打开连接……",
    probe_open: "连接已打开。",
    probe_silent: "平台十秒内没有任何回应，本页已关闭该连接。",
    probe_replaced: "已发送下一组字节，本页已关闭上一个连接。",
    probe_too_large: "平台发来的报文超过本页能接收的大小，本页已关闭该连接。",
};

fn counts(counts: FrameCounts) -> String {
    let FrameCounts { captured, kept, evicted } = counts;
    if evicted == 0 {
        format!("已捕获 {captured}")
    } else {
        format!("已捕获 {captured} = 保留 {kept} + 已丢弃 {evicted}")
    }
}

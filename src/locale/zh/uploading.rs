//! 发往令牌平台的内容。

use onenet::Generation;
use onenet::studio::{Access, DataType, Event, EventType, ImportError, ImportProblem, Limits, ThingModel};

use super::login::generation_name;
use super::rules::finding;
use super::sys::{decode_said, fault, studio_problem};
use crate::locale::words::UploadingWords;
use crate::upload::{Content, Objection, Sender};

pub(super) const UPLOADING: UploadingWords = UploadingWords {
    content_name,
    goes_to: "发往",
    id: "消息 id",
    id_hint: "平台的应答带着同样的 id。发送后自动加一。",
    at_hint: |generation| match generation {
        Generation::Legacy => "北京时间；留空表示现在。",
        Generation::Suite => "北京时间，或 Unix 秒数；留空则以到达时间为准。",
        Generation::Studio => "北京时间，或 Unix 毫秒数；留空则以到达时间为准。",
    },
    time_of_all: "时间",
    identifier: "标识符",
    command_id: "命令 ID",
    command_id_hint: "命令所在主题的最后一级。在“接收”里直接应答更方便。",
    answer: "应答内容（小于 1 KB）",
    desired: "期望状态 desired（JSON 对象）",
    reported: "上报状态 reported（JSON 对象）",
    state_hint: "不变的一项可以留空。",
    image_get_hint: "以空消息获取设备镜像，结果由 image/get/accepted 返回。",
    event: "事件",
    event_value: "事件的值（由输出参数组成的 JSON 对象）",
    event_value_hint: "名字与物模型一致，例如 {\"level\": 2}。",
    event_name: |event| {
        let Event { name, identifier, event_type, .. } = event;
        let kind = match event_type {
            EventType::Info => "信息",
            EventType::Alert => "告警",
            EventType::Error => "故障",
        };
        if name == identifier.as_str() {
            format!("{name}（{kind}）")
        } else {
            format!("{name} · {identifier}（{kind}）")
        }
    },
    no_event: "物模型没有定义事件，请手工填写。",
    names: "标识符",
    names_hint: |clears| match clears {
        false => "多个之间用逗号或空格隔开。",
        true => "多个之间用逗号或空格隔开。power:2 表示只清除版本 2。",
    },
    params: "params（JSON）",
    outlasts_form: |Sender { generation, product, device }| {
        format!(
            "当前连接不变：仍以产品 {product} 的设备 {device} 上传到 {}。登录表单里的修改从下次登录起生效。",
            generation_name(*generation)
        )
    },
    params_hint: |history| match history {
        false => "每个元素是一台设备：没有 \"identity\" 即本设备，否则是子设备。id 和 version 由本页加上。",
        true => "与批量上报相同，但每个属性和事件是一个数组，每项是值和以毫秒计的时间。",
    },
    fill_params: "按物模型表单填入",
    topic_hint: "必须在 $sys/{产品 ID}/{设备名称}/ 之下，否则平台会断开连接。",

    model: |model| match model {
        None => "按物模型生成表单".to_owned(),
        Some(ThingModel { properties, events, services, .. }) => {
            format!("物模型：{} 个属性，{} 个事件，{} 个服务", properties.len(), events.len(), services.len())
        }
    },
    model_hint: "控制台导出的物模型 JSON。内容只留在本页。",
    model_pasted: "粘贴 JSON",
    model_file: "……或选择文件",
    model_problem,
    model_of_other: |product| format!("这个物模型属于产品 {product}，与登录所填的产品 ID 不同。"),
    model_too_big: |bytes| format!("这个文件有 {bytes} 字节，物模型不会超过 1 MB。请选择别的文件。"),
    forget_model: "移除物模型",
    no_property: "物模型没有定义属性。",
    report: |name| format!("上报{name}"),
    access: |access| match access {
        Access::Read => "只读",
        Access::ReadWrite => "读写",
    },
    switch: |switch, on| match (on, &switch.on, &switch.off) {
        (true, Some(word), _) => format!("true · {word}"),
        (false, _, Some(word)) => format!("false · {word}"),
        (on, _, _) => on.to_string(),
    },
    type_hint,
    element: |number| format!("元素 {number}"),
    add_element: "添加元素",
    remove_element: |number| format!("删除元素 {number}"),

    fault,
    objections: "平台会反对的地方",
    objection,
};

fn content_name(generation: Generation, content: Content) -> &'static str {
    match content {
        Content::Points if generation == Generation::Legacy => "数据点（$dp）",
        Content::Points => "数据点上报",
        Content::Body => "文本正文（$dp）",
        Content::CommandAnswer => "命令应答",
        Content::ImageUpdate => "更新设备镜像",
        Content::ImageGet => "获取设备镜像",
        Content::Properties => "属性上报",
        Content::Event => "事件上报",
        Content::DesiredGet => "获取期望值",
        Content::DesiredDelete => "清除期望值",
        Content::Pack => "批量上报",
        Content::History => "历史数据上报",
        Content::Message => "任意消息",
    }
}

fn model_problem(error: &ImportError) -> String {
    let ImportError { offset, problem } = error;
    let said = match problem {
        ImportProblem::Form(problem) => decode_said(problem),
        ImportProblem::NoModel => "这段 JSON 里没有属性、事件或服务。请重新导出物模型。".to_owned(),
        ImportProblem::NotANumber { member } => format!("限值 \"{member}\" 不是数。"),
        ImportProblem::NotAChoice => "枚举值的名字应当是整数。".to_owned(),
        ImportProblem::TooDeep => "类型嵌套得比平台允许的更深。".to_owned(),
    };
    format!("{said}（第 {offset} 字节处。）")
}

fn type_hint(data_type: &DataType) -> String {
    let name = data_type.name();
    let more = match data_type {
        DataType::Int32(limits)
        | DataType::Int64(limits)
        | DataType::Float(limits)
        | DataType::Double(limits) => limits_hint(limits),
        DataType::String { max: Some(max) } => format!("，最多 {max} 个字符"),
        DataType::Array { max: Some(max), element } => format!("，元素为 {}，最多 {max} 个", element.name()),
        DataType::Array { max: None, element } => format!("，元素为 {}", element.name()),
        DataType::Date => "，1970 年（UTC）以来的毫秒数".to_owned(),
        DataType::BitMap { bits, .. } => {
            let bit = |bit: &onenet::studio::Bit| {
                let word = |word: &Option<String>| word.clone().unwrap_or_else(|| "？".to_owned());
                format!("；第 {} 位：0 {}，1 {}", bit.place, word(&bit.zero), word(&bit.one))
            };
            bits.iter().map(bit).collect()
        }
        DataType::Other(_) => "：文档没有这种类型，请填 JSON".to_owned(),
        DataType::Bool(_) | DataType::Enum(_) | DataType::Struct(_) | DataType::String { max: None } => {
            String::new()
        }
    };
    format!("{name}{more}")
}

fn limits_hint(Limits { min, max, step, unit }: &Limits) -> String {
    let range = match (min, max) {
        (Some(min), Some(max)) => format!("，{min} 到 {max}"),
        (Some(min), None) => format!("，不小于 {min}"),
        (None, Some(max)) => format!("，不大于 {max}"),
        (None, None) => String::new(),
    };
    let step = step.as_ref().map(|step| format!("，步长 {step}")).unwrap_or_default();
    let unit = unit.as_ref().map(|unit| format!("，单位 {unit}")).unwrap_or_default();
    format!("{range}{step}{unit}")
}

fn objection(objection: &Objection) -> String {
    match objection {
        Objection::Rule(broken) => finding(broken),
        Objection::Value(problem) => studio_problem(problem),
    }
}

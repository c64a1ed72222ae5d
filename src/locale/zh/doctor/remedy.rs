//! 该怎么办。

use onenet::doctor::{Diagnosis, Remedy};

use crate::doctor::Spot;
use crate::locale::zh::login::generation_name;

/// 该怎么办，一句话。
pub(super) fn remedy(diagnosis: &Diagnosis, spot: Spot) -> String {
    match diagnosis.remedy() {
        Remedy::FillIn => "请填写。".to_owned(),
        Remedy::StripEnds => "请去掉前后多余的字符。".to_owned(),
        Remedy::Type(text) => format!("这里请填 {text}。"),
        Remedy::Exchange => "请对调。".to_owned(),
        Remedy::Compare => "请与设备详情页显示的核对。".to_owned(),
        Remedy::Choose(generation) => format!("请改选“{}”。", generation_name(generation)),
        Remedy::SignAnew if spot == Spot::Expiry => "请选一个将来的时间。".to_owned(),
        Remedy::SignAnew if spot == Spot::Version => "请选 2018-10-31。".to_owned(),
        Remedy::SignAnew => "请用设备密钥重新计算。".to_owned(),
        Remedy::MoveToPassword => "请移到 Token 栏。".to_owned(),
        Remedy::MoveToKey => "请移到密钥栏，再把这里填好。".to_owned(),
        Remedy::EscapeOnce => "请对每个值做一次 URL 编码，用大写字母。".to_owned(),
        Remedy::CopyKey => "请从设备详情页重新完整复制密钥。".to_owned(),
        Remedy::CheckKey => "请确认密钥就是这台设备的，然后重新计算。".to_owned(),
        Remedy::SetClock => "请校准本机时钟。".to_owned(),
        Remedy::Nothing => "可以不处理。".to_owned(),
    }
}

/// 按钮上的字；没有按钮时为 `None`。
pub(super) fn treat(remedy: &Remedy) -> Option<String> {
    Some(match remedy {
        Remedy::StripEnds => "去掉".to_owned(),
        Remedy::Type(text) => format!("改为 {text}"),
        Remedy::Exchange => "对调".to_owned(),
        Remedy::Choose(generation) => format!("改选{}", generation_name(*generation)),
        Remedy::MoveToPassword | Remedy::MoveToKey => "移过去".to_owned(),
        Remedy::SignAnew => "在本页计算".to_owned(),
        Remedy::EscapeOnce => "做 URL 编码".to_owned(),
        Remedy::FillIn
        | Remedy::Compare
        | Remedy::CopyKey
        | Remedy::CheckKey
        | Remedy::SetClock
        | Remedy::Nothing => return None,
    })
}

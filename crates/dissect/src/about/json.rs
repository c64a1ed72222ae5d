//! JSON, texts, bytes.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::JsonObject,
        "RFC 8259 §4",
        ["Object", "Names with values, in braces. In what order they stand means nothing."],
        ["JSON 对象", "花括号里的一组键值对，先后顺序没有意义。"],
    ),
    entry(
        Field::JsonMember,
        "RFC 8259 §4",
        ["Member", "A name and its value. If a name stands twice, readers keep the last one."],
        ["成员", "一个键和它的值。同一个键出现两次时，一般以最后一个为准。"],
    ),
    entry(
        Field::JsonName,
        "RFC 8259 §4",
        ["Name", "What the value is called: a text in double quotes. Single quotes are no JSON."],
        ["键名", "值的名字，必须用双引号，单引号不是合法的 JSON。"],
    ),
    entry(
        Field::JsonArray,
        "RFC 8259 §5",
        ["Array", "Values in order, in brackets. A comma behind the last one is no JSON."],
        ["JSON 数组", "方括号里按顺序排列的值。最后一个值后面不能有逗号。"],
    ),
    entry(
        Field::JsonString,
        "RFC 8259 §7",
        [
            "String",
            "A text in double quotes; quotes, backslashes and line ends in it are written with a backslash.",
        ],
        ["字符串", "双引号里的文本；其中的引号、反斜杠和换行要用反斜杠转义。"],
    ),
    entry(
        Field::JsonNumber,
        "RFC 8259 §6",
        ["Number", "A decimal number as text: 22.5, -3, 1e6. No leading zeros, no NaN."],
        ["数字", "用文本写的十进制数：22.5、-3、1e6。不能有前导零，也不能写 NaN。"],
    ),
    entry(
        Field::JsonLiteral,
        "RFC 8259 §3",
        ["Literal", "true, false or null, in small letters. Python's True and None are no JSON."],
        ["字面量", "true、false 或 null，必须小写。Python 的 True 和 None 不是合法的 JSON。"],
    ),
    entry(
        Field::JsonPunctuation,
        "RFC 8259 §2",
        [
            "Punctuation",
            "Brackets, colons, commas and white space between the values. Only the ASCII ones count: Chinese commas \
             and quotes are no JSON.",
        ],
        ["标点", "值与值之间的括号、冒号、逗号和空白。必须是半角字符，全角的逗号和引号不是合法的 JSON。"],
    ),
    entry(
        Field::Text,
        "MQTT 3.1.1 §1.5.3",
        ["Text", "Characters in UTF-8: one byte for a Latin letter, three for most Chinese characters."],
        ["文本", "UTF-8 编码的文字：英文字母占一个字节，汉字一般占三个字节。"],
    ),
    entry(
        Field::Bytes,
        "MQTT 3.1.1 §1.5.1",
        ["Bytes", "Bytes that are no text, or whose meaning nobody here knows."],
        ["字节", "不是文本、或含义未知的字节。"],
    ),
    entry(
        Field::Undecoded,
        "MQTT 3.1.1 §4.8",
        [
            "Not decoded",
            "Everything from the first wrong byte on. What it means cannot be told until that one is put right.",
        ],
        ["未解析", "从第一个出错的字节开始的全部内容。先改正这个字节，后面的才能继续解析。"],
    ),
];

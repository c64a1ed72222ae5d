//! The payload of `$dp`.

use super::table::{Entry, entry};
use crate::field::Field;

pub(super) static TABLE: &[Entry] = &[
    entry(
        Field::DataPointPayload,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Data points",
            "What a device uploads to $dp, in one of seven formats. If its form is wrong, the platform closes the \
             connection without saying why.",
        ],
        ["数据点", "设备上传到 $dp 的内容，共有七种格式。格式不对，平台就会断开连接，而且不说原因。"],
    ),
    entry(
        Field::TypeByte,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Type byte",
            "Says which of the seven formats follows. Without it the JSON alone is refused: { is 7B, and that is no \
             type.",
        ],
        [
            "类型字节",
            "说明后面是七种格式中的哪一种。直接发 JSON 而不加它会被拒绝：{ 的编码是 7B，不是合法的类型。",
        ],
    ),
    entry(
        Field::TimeFlag,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Time flag",
            "1: six bytes of time follow. Only types 6 and 7 have a time; in the others it means nothing.",
        ],
        ["时间标志", "为 1 表示后面跟着六个字节的时间。只有类型 6 和 7 有时间，对其他类型没有意义。"],
    ),
    entry(
        Field::ReservedTypeBit,
        "reference §1.6 (S26 §5.2.1)",
        ["Reserved bit", "Always 0."],
        ["保留位", "始终为 0。"],
    ),
    entry(
        Field::PayloadType,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Payload type",
            "1 full JSON, 2 binary, 3 JSON name and value, 4 the same with times, 5 text with separators, 6 the \
             same behind a time, 7 floats. The type byte 17 (hexadecimal) that a much-copied script calls \
             TYPE_FLOAT is none of them: floats are 07 or 87.",
        ],
        [
            "数据类型",
            "1 完整 JSON，2 二进制，3 JSON 键值对，4 带时间的 JSON 键值对，5 分隔符文本，6 前面带时间的分隔符文本，7 浮点数。网上流传的脚本里 TYPE_FLOAT = 0x17 并不存在：浮点数的类型字节是 07 或 87。",
        ],
    ),
    entry(
        Field::ShortTime,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Time",
            "Six bytes: year less 2000, month, day, hour, minute, second, one byte each. No zone is said; most of \
             the platform means Beijing time.",
        ],
        [
            "时间",
            "六个字节：年减 2000、月、日、时、分、秒，各占一个字节。不带时区，平台上一般按北京时间理解。",
        ],
    ),
    entry(
        Field::Year,
        "reference §1.6 (S26 §5.2.1)",
        ["Year", "The year less 2000: 10 (hexadecimal) is 2016."],
        ["年", "年份减 2000：十六进制 10 就是 2016 年。"],
    ),
    entry(
        Field::Month,
        "reference §1.6 (S26 §5.2.1)",
        ["Month", "1 to 12. C programs count months from 0 and forget to add 1."],
        ["月", "1 到 12。C 语言的 tm_mon 从 0 数起，别忘了加 1。"],
    ),
    entry(Field::Day, "reference §1.6 (S26 §5.2.1)", ["Day", "1 to 31."], ["日", "1 到 31。"]),
    entry(Field::Hour, "reference §1.6 (S26 §5.2.1)", ["Hour", "0 to 23."], ["时", "0 到 23。"]),
    entry(Field::Minute, "reference §1.6 (S26 §5.2.1)", ["Minute", "0 to 59."], ["分", "0 到 59。"]),
    entry(Field::Second, "reference §1.6 (S26 §5.2.1)", ["Second", "0 to 59."], ["秒", "0 到 59。"]),
    entry(
        Field::BodyLength,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Length of the body",
            "Bytes of the text behind it: two bytes, big-endian, up to 65,535. It must reach exactly to the end of \
             the frame. Swapped bytes and counted characters are the usual mistakes.",
        ],
        [
            "正文长度",
            "后面的文本有多少字节：两个字节，大端，最大 65535，必须正好到报文末尾。常见错误是高低字节写反，或者数成了字符数。",
        ],
    ),
    entry(
        Field::Body,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Body",
            "The data points as UTF-8 text: JSON in types 1, 3 and 4, text with separators in types 5 and 6.",
        ],
        ["正文", "用 UTF-8 文本写的数据点：类型 1、3、4 是 JSON，类型 5、6 是分隔符文本。"],
    ),
    entry(
        Field::HeaderLength,
        "reference §1.6 (S26 §5.2.1)",
        ["Length of the header", "Bytes of the JSON behind it, not of the binary: two bytes, big-endian."],
        ["头部长度", "后面那段 JSON 的字节数，不含二进制数据：两个字节，大端。"],
    ),
    entry(
        Field::Header,
        "reference §1.6 (S26 §5.2.1)",
        ["Header", "What the binary is, as JSON: ds_id names the data stream, at and desc may be left out."],
        ["头部", "用 JSON 说明这段二进制是什么：ds_id 是数据流名称，at 和 desc 可以省略。"],
    ),
    entry(
        Field::BinaryLength,
        "reference §1.6 (S26 §5.2.1), §1.7",
        [
            "Length of the binary",
            "Bytes of the binary behind it: four bytes, big-endian, not two. At most 3 MB, and it must reach exactly \
             to the end of the frame.",
        ],
        ["二进制长度", "后面二进制数据的字节数：是四个字节，不是两个，大端。最大 3 MB，必须正好到报文末尾。"],
    ),
    entry(
        Field::Binary,
        "reference §1.6 (S26 §5.2.1)",
        ["Binary", "The data point itself: a picture, a file, any bytes."],
        ["二进制数据", "数据点本身：图片、文件或任意字节。"],
    ),
    entry(
        Field::InsideSeparator,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Separator inside a field",
            "The first character of the text: from here on it separates data stream, time and value. Any ASCII \
             character, as long as it is in none of them.",
        ],
        [
            "域内分隔符",
            "文本的第一个字符，后面用它隔开数据流、时间和值。可以是任意 ASCII 字符，只要名称和值里不含它。",
        ],
    ),
    entry(
        Field::BetweenSeparator,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Separator between fields",
            "The second character: it separates fields and must differ from the first.",
        ],
        ["域间分隔符", "文本的第二个字符，用来隔开各个字段，必须与第一个不同。"],
    ),
    entry(
        Field::Separator,
        "reference §1.6 (S26 §5.2.1), §2.4, §4",
        [
            "Separator",
            "Stands between parts: in types 5 and 6 one of the two characters with which the text begins, in a topic the \
             slash between levels, in a token & and =.",
        ],
        [
            "分隔符",
            "隔开各部分：类型 5 和 6 里是文本开头声明的两个分隔符之一，主题里是斜杠，token 里是 & 和 =。",
        ],
    ),
    entry(
        Field::TextField,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Field",
            "One data point: stream, time and value, or stream and value, or a value alone. A value alone belongs to \
             the stream that is called after the place of the field, counted from 0 over all fields.",
        ],
        [
            "字段",
            "一个数据点：数据流、时间、值；或数据流、值；或只有值。只有值时，数据流名称就是它在所有字段中的序号，从 0 数起。",
        ],
    ),
    entry(
        Field::FloatRun,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Run of floats",
            "A number, a count, and as many floats. Runs follow each other until the frame ends: this type has no \
             length of its own.",
        ],
        [
            "一组浮点数",
            "一个编号、一个个数，再加上这么多个浮点数。各组依次排到报文末尾，这种类型没有总长度。",
        ],
    ),
    entry(
        Field::RunNumber,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Number of the run",
            "The data stream of the first float, called by its number; two bytes, big-endian. Whether the floats \
             behind it belong to the same stream or to the next ones, the sources dispute.",
        ],
        [
            "数据流编号",
            "第一个浮点数所属的数据流，以数字为名；两个字节，大端。后面的浮点数是同一个数据流的，还是依次属于后续编号，各种资料说法不一。",
        ],
    ),
    entry(
        Field::RunCount,
        "reference §1.6 (S26 §5.2.1)",
        ["Count", "How many floats follow, 1 to 500; two bytes, big-endian. A message has at most 500."],
        ["个数", "后面有多少个浮点数，1 到 500；两个字节，大端。一条消息最多 500 个。"],
    ),
    entry(
        Field::Float,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Float",
            "A number of single precision (IEEE 754) in four bytes, the lowest first: floats are the only \
             little-endian thing in this protocol. Written the other way round, 34.0 arrives as a tiny number.",
        ],
        [
            "浮点数",
            "四个字节的单精度浮点数（IEEE 754），低字节在前：整个协议里只有浮点数是小端。写反了，34.0 就会变成一个极小的数。",
        ],
    ),
    entry(
        Field::DataStreams,
        "reference §1.6 (S26 §5.2.1)",
        ["Data streams", "The list \"datastreams\": what the full JSON of type 1 consists of."],
        ["数据流列表", "\"datastreams\" 列表，类型 1 的完整 JSON 就由它构成。"],
    ),
    entry(
        Field::DataStream,
        "reference §1.6 (S26 §5.2.1), §2.4",
        ["Data stream", "One quantity that the device measures, with its data points."],
        ["数据流", "设备上报的一个量，以及它的数据点。"],
    ),
    entry(
        Field::StreamId,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Data stream name",
            "What the data stream is called. Never empty: in JSON the whole message is refused for it, in text the field is skipped.",
        ],
        [
            "数据流名称",
            "数据流叫什么。不能为空：JSON 里为空则整条消息被拒绝，分隔符文本里为空则跳过这个字段。",
        ],
    ),
    entry(
        Field::DataPoints,
        "reference §1.6 (S26 §5.2.1)",
        [
            "List of data points",
            "The list \"datapoints\" of one data stream. A list even if there is only one.",
        ],
        ["数据点列表", "一个数据流的 \"datapoints\" 列表。即使只有一个数据点，也必须写成数组。"],
    ),
    entry(
        Field::DataPoint,
        "reference §1.6 (S26 §5.2.1), §2.4",
        ["Data point", "A value of a data stream, with or without its time."],
        ["数据点", "数据流的一个值，可以带时间，也可以不带。"],
    ),
    entry(
        Field::At,
        "reference §1.6 (S26 §5.2.1)",
        [
            "Time",
            "When the value was measured: 2015-03-22 22:31:12, or with a T in the middle. Left out, it is the time \
             of arrival.",
        ],
        ["时间", "值的采集时间：写成 2015-03-22 22:31:12，中间用 T 也可以。省略时取到达平台的时间。"],
    ),
    entry(
        Field::PointValue,
        "reference §1.6 (S26 §5.2.1), §2.4",
        [
            "Value",
            "What was measured. In JSON any value: a number, a text in quotes, an object. The suite takes at most five \
             levels of objects and lists.",
        ],
        ["值", "采集到的值。在 JSON 里可以是任意类型：数字、带引号的文本、对象。MQTT 套件最多允许嵌套五层。"],
    ),
    entry(
        Field::Description,
        "reference §1.6 (S26 §5.2.1)",
        ["Description", "What the binary is, for people: a text or an object."],
        ["描述", "给人看的说明：一段文本或一个对象。"],
    ),
];

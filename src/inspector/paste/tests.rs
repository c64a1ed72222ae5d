//! One sample a costume, as tools really write them.

use data_encoding::HEXUPPER;
use proptest::prelude::*;

use super::*;
use crate::inspector::Direction;

/// A login: device 29455901, product 135393, auth info 20180403.
const CONNECT: &str = "10260004 4D51545404C2 0078 00083239343535393031 0006313335333933 00083230313830343033";

fn connect() -> Vec<u8> {
    HEXUPPER.decode(CONNECT.replace(' ', "").as_bytes()).unwrap()
}

/// What a text gives: the costume, then a line a piece, then the problem.
fn told(text: &str) -> String {
    let Pasted { costume, pieces, problem } = read(text);
    let mut told = format!("{costume:?}\n");
    for Piece { direction, bytes } in pieces {
        let direction = match direction {
            Some(Direction::Sent) => "> ",
            Some(Direction::Received) => "< ",
            None => "",
        };
        told += &format!("{direction}{}\n", HEXUPPER.encode(&bytes));
    }
    if let Some(PasteProblem { line, column, kind }) = problem {
        told += &format!("{line}:{column} {kind:?}\n");
    }
    told
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(told(text), expected, "\n{text}");
}

/// That a text gives the login and nothing else.
#[track_caller]
fn check_connect(text: &str, costume: Costume, direction: Option<Direction>) {
    let pasted = read(text);
    assert_eq!(pasted.problem, None, "{text}");
    assert_eq!(pasted.costume, costume, "{text}");
    assert_eq!(pasted.pieces, [Piece { direction, bytes: connect() }], "{}\n{text}", told(text));
}

fn hex_with(separator: &str) -> String {
    connect().iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(separator)
}

#[test]
fn reads_plain_hex_with_anything_between() {
    for separator in ["", " ", ":", "-", ", ", "_", ".", "\t", "\n", " | ", "，", "\r\n"] {
        check_connect(&hex_with(separator), Costume::Hex, None);
        check_connect(&hex_with(separator).to_lowercase(), Costume::Hex, None);
    }
    check_connect(CONNECT, Costume::Hex, None);
    check_connect(&format!("<{CONNECT}>"), Costume::Hex, None);
    check_connect(&format!("\"{CONNECT}\""), Costume::Hex, None);
    let suffixed = hex_with("h ") + "h";
    check_connect(&suffixed, Costume::Hex, None);
    check("C0 00", "Hex\nC000\n");
    check("10 25 0 4", "Hex\n10250004\n");
    check("", "Hex\n");
    check(" \n ", "Hex\n");
}

#[test]
fn says_where_hex_goes_wrong() {
    check("10 25 00\n04 4D 5G 54", "Hex\n102500044D\n2:8 NotHex { found: 'G' }\n");
    check("1O 25 00", "Hex\n1:2 NotHex { found: 'O' }\n");
    check("10 250 0004", "Hex\n10\n1:4 OddDigits { digits: 3 }\n");
    check("C000D000C00", "Hex\nC000D000C0\n1:11 OddDigits { digits: 11 }\n");
    let whole = format!("102f{}", "00".repeat(46));
    check(&format!("{whole}3"), &format!("Hex\n{}\n1:97 OddDigits {{ digits: 97 }}\n", whole.to_uppercase()));
    check("TX: C000D", "Log\n> C000\n1:9 OddDigits { digits: 5 }\n");
    check("你好", "Hex\n1:1 NotHex { found: '你' }\n");
    check("hello world", "Hex\n1:1 NotHex { found: 'h' }\n");
    check("---", "Hex\n1:1 NoBytes\n");
    check("20 02 00 O0\n", "Hex\n200200\n1:10 NotHex { found: 'O' }\n");
}

#[test]
fn reads_pieces_between_empty_lines_and_comments() {
    check("C0 00\n\nD0 00", "Hex\nC000\nD000\n");
    // A frame that goes on behind an empty line, and one that is broken and must not spoil the next.
    check("20 02\n\n00 00", "Hex\n20020000\n");
    check("20 05 00\n\nD0 00", "Hex\n200500\nD000\n");
    check("CONNECT 报文:\nC0 00 // 心跳\n", "Log\nC000\n");
    check(
        "# 1 2026-05-01T04:00:00Z sent 1 PINGREQ\nC0 00\n\n# 2 2026-05-01T04:00:01Z received 1 PINGRESP\nD0 00\n",
        "Log\n> C000\n< D000\n",
    );
}

#[test]
fn reads_logs_of_serial_and_network_assistants() {
    // 网络调试助手
    check(
        "[2026-05-01 12:00:00.123]# SEND HEX>\nC0 00 \n\n[2026-05-01 12:00:00.456]# RECV HEX FROM 183.230.40.39 :6002>\nD0 00 \n",
        "Log\n> C000\n< D000\n",
    );
    // SSCOM
    check("[12:00:01.123]发→◇C0 00 □\n[12:00:01.456]收←◆D0 00 \n", "Log\n> C000\n< D000\n");
    check("[2026-05-01 12:00:01.123]TX：C0 00\n[2026-05-01 12:00:01.456]RX：D0 00", "Log\n> C000\n< D000\n");
    check("发送：C0 00\n接收：D0 00\n", "Log\n> C000\n< D000\n");
    check("发送数据: C0 00\n收到数据: D0 00\n", "Log\n> C000\n< D000\n");
    check("12:00:01 -> C0 00\n12:00:02 <- D0 00", "Log\n> C000\n< D000\n");
    check("12:00:01.123 10 25 00", "Log\n102500\n");
    check("[12:00:01.123] 10 25 00", "Log\n102500\n");
    check("2026/05/01 12:00:01 Tx: C000\n2026/05/01 12:00:01 Rx: D000", "Log\n> C000\n< D000\n");
    check("Send 2 bytes: C0 00\nReceived 2 bytes: D0 00", "Log\n> C000\n< D000\n");
    check(">> 0xC0 0x00\n<< 0xD0 0x00", "Log\n> C000\n< D000\n");
    check("I (12345) mqtt: send: C0 00", "Log\n> C000\n");
    check("0.000123 C0 00\n0.250456 D0 00", "Log\nC000\nD000\n");
    // A count of bytes is none of them.
    for label in
        ["RX[4]: ", "RX[4] ", "RX [4]: ", "recv(4)：", "[12:00:01.123] RX[04]:", "I (412) mqtt: RX[4]: "]
    {
        check(&format!("{label}20 02 00 00"), "Log\n< 20020000\n");
    }
    check("TX[40]:\nC0 00\nRX [20] [02] [00] [00]", "Log\n> C000\n< 20020000\n");
    // Lines that belong to one frame.
    check(
        "[12:00:01.123] RX: 20 02\n[12:00:01.125] RX: 00 00\n[12:00:02.000] TX: C0 00\n",
        "Log\n< 20020000\n> C000\n",
    );
    // What else a program says.
    check("[12:00:00] 已连接服务器\n[12:00:01] 发送: C0 00\n连接断开\n", "Log\n> C000\n");
    check("[12:00:00.123]# SEND ASCII>\nC0 00\n", "Log\n2:1 ShownAsText\n");
}

#[test]
fn takes_hex_with_colons_for_no_time() {
    check("10:25:00", "Hex\n102500\n");
    check("10:25:00:04:4D", "Hex\n102500044D\n");
    check("10:25:00\n04:4D:51", "Hex\n102500044D51\n");
    check("10-25-00", "Hex\n102500\n");
    check("2002-00-00", "Hex\n20020000\n");
    check("30:05:00 03 61", "Hex\n3005000361\n");
    check("1025.0004", "Hex\n10250004\n");
}

#[test]
fn turns_the_ways_of_a_servers_log() {
    check(
        &format!("[12:00:01] RECV: {CONNECT}\n[12:00:02] SEND: 20 02 00 00"),
        &format!("Log\n> {}\n< 20020000\n", HEXUPPER.encode(&connect())),
    );
}

#[test]
fn reads_arrays() {
    let elements = connect().iter().map(|byte| format!("0x{byte:02x}")).collect::<Vec<_>>().join(", ");
    check_connect(&elements, Costume::Array, None);
    check_connect(&elements.replace(", ", ","), Costume::Array, None);
    check_connect(&elements.replace(", ", " "), Costume::Array, None);
    check_connect(
        &format!("const uint8_t connect[40] = {{\n  // CONNECT\n  {elements}, /* 0x99 */\n}};"),
        Costume::Array,
        None,
    );
    check_connect(&format!("bytearray([{elements}])"), Costume::Array, None);
    let decimal = connect().iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    check_connect(&format!("[{decimal}]"), Costume::Array, None);
    check_connect(&format!("payload = bytes([{decimal}])"), Costume::Array, None);
    let java = connect().iter().map(|byte| byte.cast_signed().to_string()).collect::<Vec<_>>().join(",");
    check_connect(&format!("new byte[] {{{java}}}"), Costume::Array, None);
    check(
        "byte a[] = {0x30, 0x05, 0x00, 0x03, 'a', '/', ',', (byte)0xC2, 16U};",
        "Array\n30050003612F2CC210\n",
    );
    check("a = {0xC0, 0x00}; b = {0xD0, 0x00};", "Array\nC000\nD000\n");
    check("{10,25,00}", "Hex\n102500\n");
    check("{0x10, 0x125}", "Array\n10\n1:8 NotAByte { found: \"0x125\" }\n");
    check("{0x10,\n LEN}", "Array\n10\n2:2 NotAByte { found: \"LEN\" }\n");
    check("{0x10, 0x25", "Array\n1025\n1:1 Unclosed { open: '{' }\n");
}

#[test]
fn reads_strings_with_escapes() {
    let all = connect().iter().map(|byte| format!("\\x{byte:02x}")).collect::<String>();
    check_connect(&all, Costume::Escapes, None);
    check_connect(&format!("\"{all}\""), Costume::Escapes, None);
    check_connect(
        "b'\\x10&\\x00\\x04MQTT\\x04\\xc2\\x00x\\x00\\x0829455901\\x00\\x06135393\\x00\\x0820180403'",
        Costume::Escapes,
        None,
    );
    check_connect(
        "sock.send(b'\\x10&\\x00\\x04MQTT\\x04\\xc2\\x00x\\x00\\x0829455901\\x00\\x06135393\\x00\\x0820180403')",
        Costume::Escapes,
        Some(Direction::Sent),
    );
    check("sent b'\\xc0\\x00'\nreceived b'\\xd0\\x00'", "Escapes\n> C000\n< D000\n");
    check("TX: \\xc0\\x00\nRX: \\xd0\\x00", "Escapes\n> C000\n< D000\n");
    check("\"\\x30\\t\" \"\\000\\1a\\\"\"", "Escapes\n300900016122\n");
    check("\"\\x30\\q\"", "Escapes\n30\n1:6 UnknownEscape { found: Some('q') }\n");
    check("\"\\x30\\x1\"", "Escapes\n30\n1:6 UnknownEscape { found: Some('x') }\n");
    check("b'\\xc0\\x00", "Escapes\nC000\n1:2 Unclosed { open: '\\'' }\n");
}

#[test]
fn reads_what_modems_are_told() {
    let sent = hex_with(" ");
    let told_as = format!("Serial\n> {}\n< 20020000\n", HEXUPPER.encode(&connect()));
    check(
        &format!(
            "AT+CIPSTART=\"TCP\",\"183.230.40.39\",6002\r\nCONNECT\r\n\r\nOK\r\nAT+CIPSEND=40\r\nAT+CIPSEND=40\r\n\r\nOK\r\n> {sent}\r\nRecv 40 bytes\r\n\r\nSEND OK\r\n\r\n+IPD,4:20 02 00 00\r\n"
        ),
        &told_as,
    );
    check(
        &format!(
            "[12:00:01.100]发→◇AT+CIPSEND=0,40\n□\n[12:00:01.110]收←◆AT+CIPSEND=0,40\n\nOK\n> \n[12:00:01.300]发→◇{sent} □\n[12:00:01.350]收←◆\nRecv 40 bytes\n\nSEND OK\n\n+IPD,0,4:20 02 00 00\n"
        ),
        &told_as,
    );
    // As they are.
    check("AT+CIPSEND=2\nOK\n>\nC0 00\nSEND OK\n+IPD,4: \u{2}\0\0", "Serial\n> C000\n< 20020000\n");
    check(
        "AT+CIPSEND=9\r\n> 0\u{7}\0\u{3}a/bhi\r\nSEND OK\r\n+IPD,4,192.0.2.1,6002:20020000",
        "Serial\n> 30070003612F626869\n< 20020000\n",
    );
    check("AT+CIPSEND\n>C000\nSEND OK\n+IPD,2:D0 00", "Serial\n> C000\n< D000\n");
    check("at+cipsend=3\n> C0 00\nSEND OK", "Serial\n> C000\n1:1 Count { announced: 3, found: 2 }\n");
    check("+IPD,4: \u{2}\u{FFFD}\0", "Serial\n1:8 Lost\n");
}

#[test]
fn reads_bytes_inside_commands() {
    check(
        "AT+NSOCR=STREAM,6,56000,1\r\n0\r\nOK\r\nAT+NSOSD=0,2,C000\r\n0,2\r\nOK\r\nAT+NSOSD=0,4,20020000,0x100\r\n",
        "Serial\n> C000\n> 20020000\n",
    );
    check("AT+QISENDEX=0,\"C000\"\r\nSEND OK\r\nat+qisendex=0,2,\"D000\"\r\nOK", "Serial\n> C000\n> D000\n");
    check("AT+QISENDEX=0,10250004", "Serial\n> 10250004\n");
    // Said back, and said again.
    check(
        "[12:00:01.100]发→◇AT+NSOSD=0,2,C000\n□\n[12:00:01.110]收←◆AT+NSOSD=0,2,C000\n[12:00:02.110]发→◇AT+NSOSD=0,2,C000\n□",
        "Serial\n> C000\n> C000\n",
    );
    check("AT+NSOSD=0,3,C000\nOK", "Serial\n> C000\n1:1 Count { announced: 3, found: 2 }\n");
    check("OK\nAT+NSOSD=0,2,C0 G0\nOK", "Serial\n> C0\n2:17 NotHex { found: 'G' }\n");
    check("AT+NSOSD=0,2\n> C000\nOK", "Serial\n> C000\n");
}

#[test]
fn reads_long_texts_of_every_costume_in_one_go() {
    // Were any of these looked through once for each of its lines, this would take minutes.
    for (line, costume) in [
        ("C0 00\n", Costume::Hex),
        ("C000", Costume::Hex),
        ("0xC0 0x00 ", Costume::Array),
        ("0xC0, 0x00, // a\n", Costume::Array),
        ("0xC0, /* a */ 0x00,\n", Costume::Array),
        ("a = {0xC0, 0x00};\n", Costume::Array),
        ("a = [192, 0]\n", Costume::Array),
        ("[12:00:01.123] TX: C0 00\n", Costume::Log),
        ("[12:00:01.123] connected, waiting\nC0 00 // a\n", Costume::Log),
        ("12:00:01 ", Costume::Log),
        ("\\xC0\\x00", Costume::Escapes),
        ("sock.send(b'\\xC0\\x00')\n", Costume::Escapes),
        ("TX: \\xC0\\x00\n", Costume::Escapes),
        ("AT+CIPSEND=2\n> C0 00\nSEND OK\n", Costume::Serial),
        ("AT+NSOSD=0,2,C000\nOK\n", Costume::Serial),
        ("+IPD,2:\u{C0}\0\n", Costume::Serial),
        ("0000  c0 00\n\n", Costume::Dump),
        ("wAA\n", Costume::Base64),
    ] {
        let text = line.repeat(LONG_TEXT / line.len());
        assert_eq!(read(&text).costume, costume, "{line}");
    }
    // Everything as one frame, and what is announced and never comes as it should.
    let rows = (0..LONG_TEXT / 64).map(|row| format!("{:08x}  {}\n", row * 16, "30 ".repeat(16)));
    assert_eq!(read(&rows.collect::<String>()).costume, Costume::Dump);
    let lines = "[12:00:01.123] RX: 31 32 33 34\n".repeat(LONG_TEXT / 32);
    assert_eq!(read(&format!("RX: 30 FF FF 7F\n{lines}")).pieces.len(), 1);
    for line in ["C0 zz\n", "\u{FFFD}\n"] {
        let lines = line.repeat(LONG_TEXT / line.len());
        let text = format!("AT+CIPSEND={}\n{lines}\u{FFFD}", lines.len() + 3);
        assert!(read(&text).problem.is_some());
    }
    for end in ["{", "[", "'", "\"", "/*", "//"] {
        let text = format!("0x10,\n{}{end}", " /,\n".repeat(LONG_TEXT / 4));
        assert!(read(&text).problem.is_some(), "{end}");
    }
}

/// Bytes of a long text.
const LONG_TEXT: usize = 1 << 19;

#[test]
fn reads_dumps() {
    check_connect(
        "00000000: 1026 0004 4d51 5454 04c2 0078 0008 3239  .&..MQTT...x..29\n00000010: 3435 3539 3031 0006 3133 3533 3933 0008  455901..135393..\n00000020: 3230 3138 3034 3033                      20180403\n",
        Costume::Dump,
        None,
    );
    check_connect(
        "00000000  10 26 00 04 4d 51 54 54  04 c2 00 78 00 08 32 39  |.&..MQTT...x..29|\n00000010  34 35 35 39 30 31 00 06  31 33 35 33 39 33 00 08  |455901..135393..|\n00000020  32 30 31 38 30 34 30 33                           |20180403|\n00000028\n",
        Costume::Dump,
        None,
    );
    check_connect(
        "0000   10 26 00 04 4d 51 54 54 04 c2 00 78 00 08 32 39   .&..MQTT...x..29\n0010   34 35 35 39 30 31 00 06 31 33 35 33 39 33 00 08   455901..135393..\n0020   32 30 31 38 30 34 30 33                           20180403\n",
        Costume::Dump,
        None,
    );
    check("0000 c0 00", "Dump\nC000\n");
    check("0000  20 02 00 00   ...", "Dump\n20020000\n");
    // Characters that are hex too.
    check("0000  30 05 00 03 61 62 63 3b  0...abc;", "Dump\n300500036162633B\n");
    check("0000  c0 00\n\n0000  d0 00\n", "Dump\nC000\nD000\n");
    check(
        "00000000  30 3e 00 01 61 20 20 20  20 20 20 20 20 20 20 20  |0>..a           |\n00000010  20 20 20 20 20 20 20 20  20 20 20 20 20 20 20 20  |                |\n*\n00000040\n",
        &format!("Dump\n303E000161{}\n", "20".repeat(59)),
    );
    check("0000  10 26 00 04\n0010  34 35\n", "Dump\n10260004\n1:18 Count { announced: 16, found: 4 }\n");
    check("0000  10 2g 00 04\n0004  34 35\n", "Dump\n10\n1:11 NotHex { found: 'g' }\n");
}

#[test]
fn reads_octal_offsets() {
    let bytes =
        "102F00044D51545404C20078000936353132333435363700063133353339330010323031383034303332303138303430";
    for gap in ["", "  >0..........abcd<"] {
        check(
            &format!(
                "0000000 10 2f 00 04 4d 51 54 54 04 c2 00 78 00 09 36 35{gap}\n0000020 31 32 33 34 35 36 37 00 06 31 33 35 33 39 33 00{gap}\n0000040 10 32 30 31 38 30 34 30 33 32 30 31 38 30 34 30{gap}\n0000060 33{gap}\n0000061\n"
            ),
            &format!("Dump\n{bytes}33\n"),
        );
    }
    check("0000000 c0 00\n0000002\n", "Dump\nC000\n");
    check(
        "0000000 30 3e 00 01 61 20 20 20 20 20 20 20 20 20 20 20\n0000020 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20\n*\n0000100\n",
        &format!("Dump\n303E000161{}\n", "20".repeat(59)),
    );
    // As wide as these, and hex.
    check(
        "0000000 30 12 00 01 61 20 20 20 20 20 20 20 20 20 20 20\n0000010 20 20 20 20\n0000014\n",
        &format!("Dump\n3012000161{}\n", "20".repeat(15)),
    );
}

#[test]
fn reads_what_an_esp32_logs() {
    check(
        "I (412) mqtt: 0x3ffb4280   c0 00                                             |..|",
        "Dump\nC000\n",
    );
    let rows = "I (412) mqtt: 0x3ffb4280   10 27 00 04 4d 51 54 54  04 c2 00 78 00 09 36 35  |.'..MQTT...x..65|\nI (412) mqtt: 0x3ffb4290   31 32 33 34 35 36 37 00  06 31 33 35 33 39 33 00  |1234567..135393.|\nI (412) mqtt: 0x3ffb42a0   08 32 30 31 38 30 34 30  33                       |.20180403|\n";
    let bytes = "102700044D51545404C200780009363531323334353637000631333533393300083230313830343033";
    check(rows, &format!("Dump\n{bytes}\n"));
    // Another buffer, near or far or the same again, and what else is logged.
    check(
        &format!(
            "I (400) wifi: connected\nI (401) mqtt: rc = 5\n{rows}D (500) mqtt: 0x3ffb42c0   c0 00  |..|\nV (600) mqtt: 0x3ffb42c0   d0 00  |..|\n"
        ),
        &format!("Dump\n{bytes}\nC000\nD000\n"),
    );
    check(
        "[12:00:01.123]收←◆W (12:00:01.100) mqtt: 0x3ffb4280   30 06 00 01 61 20 20 20  c0 00 d0  |0...a   ...|",
        "Dump\n3006000161202020C000D0\n",
    );
    // A row is missing.
    let mut torn: Vec<&str> = rows.lines().collect();
    torn.remove(1);
    check(
        &torn.join("\n"),
        "Dump\n102700044D51545404C2007800093635\n2:1 Offset { expected: 1073431184, found: 1073431200 }\n",
    );
    for level in ["E", "W", "I", "D", "V"] {
        check(&format!("{level} (412) mqtt: 10 27 00 04"), "Log\n10270004\n");
        check(&format!("{level} (41) dead: 20 02 \n{level} (42) dead: 00 00 "), "Log\n20020000\n");
    }
    check("I (412) mqtt_tx: c0 00\nI (413) wifi: connected\nI (420) mqtt_rx: d0 00", "Log\n> C000\n< D000\n");
}

#[test]
fn takes_ip_and_tcp_off_dumped_packets() {
    let tcpdump = "12:00:00.123456 IP 192.0.2.1.49153 > 198.51.100.1.6002: Flags [P.], seq 1:3, ack 1, win 65535, length 2\n\t0x0000:  4500 002a 0000 4000 4006 0000 c000 0201  E..*..@.@.......\n\t0x0010:  c633 6401 c001 1772 0000 0001 0000 0001  .3d....r........\n\t0x0020:  5018 ffff 0000 0000 c000                 P.........\n12:00:00.223456 IP 198.51.100.1.6002 > 192.0.2.1.49153: Flags [P.], seq 1:3, ack 3, win 65535, length 2\n\t0x0000:  4500 002a 0000 4000 4006 0000 c633 6401  E..*..@.@....3d.\n\t0x0010:  c000 0201 1772 c001 0000 0001 0000 0003  .....r..........\n\t0x0020:  5018 ffff 0000 0000 d000                 P.........\n";
    check(tcpdump, "Dump\n> C000\n< D000\n");
}

#[test]
fn reads_base64() {
    let connect = connect();
    for text in [
        data_encoding::BASE64.encode(&connect),
        data_encoding::BASE64URL_NOPAD.encode(&connect),
        format!("\"{}\"", data_encoding::BASE64.encode(&connect)),
        data_encoding::BASE64_MIME.encode(&connect),
    ] {
        check_connect(&text, Costume::Base64, None);
    }
    check("wAA=", "Base64\nC000\n");
    check(
        "ECYABE1RVFQEwgB4AAgyOTQ1!TkwMQ==",
        "Base64\n102600044D51545404C20078000832393435\n1:25 NotBase64 { found: '!' }\n",
    );
    // Letters that are all hex digits are hex.
    check("DADA", "Hex\nDADA\n");
}

fn any_text() -> impl Strategy<Value = String> {
    // Pieces of costumes in any order come nearer to the edges than any characters do.
    let parts = prop::sample::select(vec![
        "10",
        "25 00",
        "0x",
        "0x10",
        "\\x",
        "\\x1",
        "\\x10",
        "b'",
        "'",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "\r\n",
        " ",
        "  ",
        "0000",
        "00000010",
        "ffffffff",
        "*\n",
        "|",
        "AT+CIPSEND=",
        "AT+CIPSEND=39\n",
        "+IPD,4:",
        "+IPD,",
        "9",
        ">",
        "发送",
        "收←◆",
        "[12:00:01.123]",
        "2026-05-01",
        "// ",
        "/*",
        "*/",
        "#",
        "-1",
        "256",
        "\u{FFFD}",
        "你",
        "\0",
        "ECYABE1R",
        "=",
        "h",
        "ASCII>",
        "\\",
        "é",
        "0x0000:  ",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(parts, 0..24).prop_map(|parts| parts.concat()),
        prop::collection::vec(any::<u8>(), 0..96)
            .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn reads_any_text(text in any_text()) {
        let pasted = read(&text);
        prop_assert!(pasted.pieces.iter().all(|piece| !piece.bytes.is_empty()));
        if let Some(problem) = pasted.problem {
            prop_assert!(problem.line >= 1 && problem.column >= 1);
            prop_assert!(problem.line <= text.matches('\n').count() + 1);
        }
    }

    #[test]
    fn reads_back_what_hex_says(bytes in prop::collection::vec(any::<u8>(), 1..80)) {
        let mut bytes = bytes;
        bytes[0] = 0x30;
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        for text in [hex.join(" "), hex.concat(), hex.chunks(16).map(|row| row.join(" ")).collect::<Vec<_>>().join("\n")] {
            let pasted = read(&text);
            prop_assert_eq!(&pasted.problem, &None, "{}", text);
            let read: Vec<u8> = pasted.pieces.iter().flat_map(|piece| piece.bytes.clone()).collect();
            prop_assert_eq!(&read, &bytes, "{} {:?}", text, pasted.costume);
        }
    }
}

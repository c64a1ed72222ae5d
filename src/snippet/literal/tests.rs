//! Every literal is read back by the rules of its language, written down here once more.

use proptest::prelude::*;

use super::*;

const HOSTILE: &str = "a\"'\\?$`!%-,;\n\t\u{1b}[31m\u{202e}温度，😀*/ #\u{7f}\u{2028}";

#[test]
fn writes_texts_as_each_language_does() {
    assert_eq!(
        python_text(HOSTILE),
        "\"a\\\"'\\\\?$`!%-,;\\U0000000a\\U00000009\\U0000001b[31m\\U0000202e温度，😀*/ #\\U0000007f\\U00002028\""
    );
    assert_eq!(c_text("a\"\\??=1\n2温"), r#""a\"\\\?\?=1\0122温""#);
    assert_eq!(shell_word("29455901"), "29455901");
    assert_eq!(shell_word("$dp"), "'$dp'");
    assert_eq!(shell_word("it's"), r"'it'\''s'");
    assert_eq!(shell_word("a\tb"), r#""$(printf 'a\011b')""#);
    assert_eq!(at_text(r#"a,"b"\"#).as_deref(), Some(r#""a\,\"b\"\\""#));
    assert_eq!(at_text("a\nb"), None);
}

#[test]
fn writes_bytes_as_each_language_does() {
    assert_eq!(python_bytes(b"\x01\x00W{'a\\b': \"\xe6\"}"), r#"b'\x01\x00W{\'a\\b\': "\xe6"}'"#);
    assert_eq!(python_bytes(&[b'a'; 73]), format!("(\n    b'{}'\n    b'a'\n)", "a".repeat(72)));
    assert_eq!(c_bytes(&[0x10, 0x25], "  "), "  0x10, 0x25,\n");
    assert_eq!(shell_printf(b"-n 100%\x007'\\"), r"'\055n 100%%\0007\047\\'");
    assert_eq!(hex(&[0x10; 17]), format!("{}\n10\n", ["10"; 16].join(" ")));
}

#[test]
fn shows_what_is_hidden() {
    for hidden in ['\u{202e}', '\u{200b}', '\u{feff}', '\u{2028}', '\u{85}', '\u{a0}', '\0', '\u{7f}'] {
        assert!(!is_plain(hidden), "{hidden:?}");
    }
    for plain in ['a', ' ', '温', '，', '°', 'é', '。'] {
        assert!(is_plain(plain), "{plain}");
    }
}

proptest! {
    #[test]
    fn no_text_gets_out_of_its_literal(text in any::<String>()) {
        let python = python_text(&text);
        prop_assert_eq!(read_python(&python).unwrap(), text.as_bytes());
        prop_assert!(python.chars().all(is_plain));
        let c = c_text(&text);
        prop_assert_eq!(read_c(&c).unwrap(), text.as_bytes());
        prop_assert!(c.chars().all(is_plain) && !c.contains("??"));
        if !text.contains('\0') {
            prop_assert_eq!(read_shell(&shell_word(&text)).unwrap(), text.as_bytes());
        }
        if let Some(at) = at_text(&text) {
            prop_assert_eq!(read_at(&at).unwrap(), text);
        }
    }

    #[test]
    fn no_bytes_get_out_of_their_literal(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let python = python_bytes(&bytes);
        prop_assert!(python.chars().all(|character| matches!(character, ' '..='~' | '\n')));
        prop_assert_eq!(read_python(&python).unwrap(), bytes.clone());
        let printf = shell_printf(&bytes);
        prop_assert!(printf.chars().all(|character| matches!(character, ' '..='~')));
        prop_assert_eq!(read_printf(&printf).unwrap(), bytes);
    }
}

/// The bytes of Python literals beside each other, `str` as UTF-8; `None` where one of them ends early.
fn read_python(source: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for line in
        source.trim_start_matches('(').trim_end_matches("\n)").split('\n').filter(|line| !line.is_empty())
    {
        let line = line.trim_start();
        let (quote, line) = match line.strip_prefix('b') {
            Some(rest) => ('\'', rest),
            None => ('"', line),
        };
        let mut rest = line.strip_prefix(quote)?.strip_suffix(quote)?.chars();
        while let Some(character) = rest.next() {
            let escape = match character {
                '\\' => rest.next()?,
                character if character == quote => return None,
                character => {
                    bytes.extend(character.encode_utf8(&mut [0; 4]).bytes());
                    continue;
                }
            };
            let mut digits = |count| {
                let digits: String = rest.by_ref().take(count).collect();
                u32::from_str_radix(&digits, 16).ok()
            };
            match escape {
                'x' => bytes.push(u8::try_from(digits(2)?).ok()?),
                'U' => bytes.extend(char::from_u32(digits(8)?)?.encode_utf8(&mut [0; 4]).bytes()),
                '\'' | '"' | '\\' => bytes.push(escape as u8),
                _ => return None,
            }
        }
    }
    Some(bytes)
}

/// The bytes of a string of C.
fn read_c(source: &str) -> Option<Vec<u8>> {
    let mut rest = source.strip_prefix('"')?.strip_suffix('"')?.chars().peekable();
    let mut bytes = Vec::new();
    while let Some(character) = rest.next() {
        match (character, rest.peek()) {
            ('\\', Some('0'..='7')) => {
                // Up to three digits belong to it.
                let mut value = 0;
                for _ in 0..3 {
                    match rest.next_if(|digit| digit.is_digit(8)).and_then(|digit| digit.to_digit(8)) {
                        Some(digit) => value = value * 8 + digit,
                        None => break,
                    }
                }
                bytes.push(u8::try_from(value).ok()?);
            }
            ('\\', Some(_)) => bytes.push(rest.next()? as u8),
            ('"', _) | ('\\', None) => return None,
            (character, _) => bytes.extend(character.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    Some(bytes)
}

/// The bytes of one word of a shell: bare, in single quotes with escaped quotes between, or printed.
fn read_shell(source: &str) -> Option<Vec<u8>> {
    if let Some(command) = source.strip_prefix("\"$(printf ") {
        let bytes = read_printf(command.strip_suffix(")\"")?)?;
        return (bytes.last() != Some(&b'\n')).then_some(bytes);
    }
    if !source.starts_with('\'') {
        let bare =
            !source.is_empty() && source.chars().all(|c| c.is_ascii_alphanumeric() || "._:/-".contains(c));
        return bare.then(|| source.as_bytes().to_vec());
    }
    let parts: Vec<&str> = source.strip_prefix('\'')?.strip_suffix('\'')?.split(r"'\''").collect();
    parts.iter().all(|part| !part.contains('\'')).then(|| parts.join("'").into_bytes())
}

/// What the shell's `printf` prints for its only argument.
fn read_printf(source: &str) -> Option<Vec<u8>> {
    let inside = source.strip_prefix('\'')?.strip_suffix('\'')?;
    if inside.starts_with('-') || inside.contains('\'') {
        return None;
    }
    let mut rest = inside.bytes();
    let mut bytes = Vec::new();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => bytes.push(rest.next().filter(|next| *next == b'%')?),
            b'\\' => match rest.next()? {
                b'\\' => bytes.push(b'\\'),
                first @ b'0'..=b'3' => {
                    let digits = [first, rest.next()?, rest.next()?];
                    let digits = std::str::from_utf8(&digits).ok()?;
                    bytes.push(u8::from_str_radix(digits, 8).ok()?);
                }
                _ => return None,
            },
            byte => bytes.push(byte),
        }
    }
    Some(bytes)
}

/// The text of a string parameter of an AT command.
fn read_at(source: &str) -> Option<String> {
    let mut rest = source.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut text = String::new();
    while let Some(character) = rest.next() {
        match character {
            '\\' => text.push(rest.next()?),
            '"' | ',' => return None,
            character => text.push(character),
        }
    }
    Some(text)
}

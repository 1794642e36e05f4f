//! JSON text as the formats here write it: strings that no reader of lines parts.

/// What a byte can begin that is escaped: controls, `"`, `\`, and the first bytes of U+0085, U+2028 and U+2029.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[0xC2] = true;
    table[0xE2] = true;
    table
};

/// Writes a string in quotes. Controls are escaped, and so are U+0085, U+2028 and U+2029, where some programs
/// end a line; all else is itself.
pub(super) fn string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.push(b'"');
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        if !SPECIAL[usize::from(byte)] {
            at += 1;
            continue;
        }
        let (length, escaped): (usize, &str) = match (byte, &bytes[at + 1..]) {
            (b'"', _) => (1, "\\\""),
            (b'\\', _) => (1, "\\\\"),
            (b'\n', _) => (1, "\\n"),
            (b'\r', _) => (1, "\\r"),
            (b'\t', _) => (1, "\\t"),
            (0xC2, [0x85, ..]) => (2, "\\u0085"),
            (0xE2, [0x80, 0xA8, ..]) => (3, "\\u2028"),
            (0xE2, [0x80, 0xA9, ..]) => (3, "\\u2029"),
            (0xC2 | 0xE2, _) => {
                at += 1;
                continue;
            }
            _ => (1, ""),
        };
        out.extend_from_slice(&bytes[from..at]);
        if escaped.is_empty() {
            out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
        } else {
            out.extend_from_slice(escaped.as_bytes());
        }
        at += length;
        from = at;
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_and_stands_on_one_line_for_everyone() {
        for text in [
            "",
            "L’été à 5 %.",
            "a\"b\\c",
            "\0\u{1}\u{B}\u{1C}\u{7F}\u{85}\u{2028}\u{2029}é\n\r\t",
            "😀\u{A0}\u{202F}",
        ] {
            let mut out = Vec::new();
            string(text, &mut out);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
            assert!(!String::from_utf8(out).unwrap().contains(crate::bitext::is_break));
        }
    }
}

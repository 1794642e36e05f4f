//! JSON text as the formats here write it: strings that no reader of lines parts.

use super::escape::Special;

/// What is escaped begins with one of these: U+0085 with 0xC2, U+2028 and U+2029 with 0xE2.
const SPECIAL: Special = Special::controls_and(b"\"\\\xC2\xE2");

/// The controls by number, six bytes each.
const CONTROLS: &str = "\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\u0008\\u0009\\u000a\\u000b\\u000c\\u000d\\u000e\\u000f\
                        \\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f";

/// Writes a string in quotes. Controls are escaped, and so are U+0085, U+2028 and U+2029, where some programs
/// end a line; all else is itself.
pub(super) fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    SPECIAL.escape(text, out, |rest| match rest {
        [b'"', ..] => (1, "\\\""),
        [b'\\', ..] => (1, "\\\\"),
        [b'\n', ..] => (1, "\\n"),
        [b'\r', ..] => (1, "\\r"),
        [b'\t', ..] => (1, "\\t"),
        [0xC2, 0x85, ..] => (2, "\\u0085"),
        [0xE2, 0x80, 0xA8, ..] => (3, "\\u2028"),
        [0xE2, 0x80, 0xA9, ..] => (3, "\\u2029"),
        [control @ 0..0x20, ..] => (1, &CONTROLS[6 * usize::from(*control)..][..6]),
        _ => (0, ""),
    });
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

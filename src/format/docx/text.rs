//! A text as the runs of a paragraph, and what it is after it went through a DOCX.

use std::borrow::Cow;

use super::super::html;

/// Puts a text into a paragraph: tabs and line ends are elements of their own; how many characters could not be kept.
pub(in crate::format) fn runs(text: &str, out: &mut String) -> u64 {
    if text.is_empty() {
        return 0;
    }
    let mut lost = 0;
    out.push_str("<w:r>");
    let mut rest = text;
    loop {
        let end = rest.find(['\t', '\n', '\r']).unwrap_or(rest.len());
        if end > 0 {
            out.push_str("<w:t xml:space=\"preserve\">");
            lost += html::text(&rest[..end], out);
            out.push_str("</w:t>");
        }
        let after = &rest[end..];
        let Some(c) = after.chars().next() else { break };
        out.push_str(if c == '\t' { "<w:tab/>" } else { "<w:br/>" });
        rest = after.strip_prefix("\r\n").unwrap_or(&after[1..]);
    }
    out.push_str("</w:r>");
    lost
}

/// A paragraph in one of the styles.
pub(in crate::format) fn paragraph(style: &str, text: &str, out: &mut String) -> u64 {
    open(style, out);
    let lost = runs(text, out);
    out.push_str("</w:p>");
    lost
}

/// Begins a paragraph.
pub(in crate::format) fn open(style: &str, out: &mut String) {
    out.push_str("<w:p><w:pPr><w:pStyle w:val=\"");
    out.push_str(style);
    out.push_str("\"/></w:pPr>");
}

/// What a text is when it comes back: CR LF and CR are LF, and what XML cannot hold is a space.
pub(super) fn through(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| (c < ' ' && !matches!(c, '\t' | '\n')) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    if !text.contains(forbidden) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n").replace(forbidden, " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_and_line_ends_are_elements() {
        let mut out = String::new();
        assert_eq!(runs("a\tb\r\n\n c\u{B}", &mut out), 1);
        assert_eq!(
            out,
            "<w:r><w:t xml:space=\"preserve\">a</w:t><w:tab/><w:t xml:space=\"preserve\">b</w:t><w:br/><w:br/>\
             <w:t xml:space=\"preserve\"> c </w:t></w:r>"
        );
        assert_eq!(through("a\tb\r\n\n c\u{B}\r"), "a\tb\n\n c \n");
        assert!(matches!(through("«\u{202F}oui\u{2028}»"), Cow::Borrowed(_)));
    }
}

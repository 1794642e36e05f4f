//! What stands in a page: escaped text, numbers, links.

use std::fmt;

/// A text, escaped for HTML, in an element or a quoted attribute. Control characters become `�`, which no browser minds.
pub(super) struct Text<'t>(pub &'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        let odd = |c: char| {
            matches!(c, '<' | '>' | '&' | '"' | '\'') || (c.is_control() && !matches!(c, '\n' | '\t'))
        };
        while let Some(at) = rest.find(odd) {
            f.write_str(&rest[..at])?;
            let c = rest[at..].chars().next().unwrap_or('\0');
            f.write_str(match c {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                '\'' => "&#39;",
                _ => "\u{FFFD}",
            })?;
            rest = &rest[at + c.len_utf8()..];
        }
        f.write_str(rest)
    }
}

/// A number with its thousands set apart.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A part of an address, with everything but letters, digits and `-_.` escaped.
pub(super) fn part(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Where the editor shows a unit of an article.
pub(super) fn in_editor(editor: &str, article: &str, unit: Option<&str>, edition: Option<&str>) -> String {
    let mut link = format!("{}/#/a/{}", editor.trim_end_matches('/'), part(article));
    let mut sign = '?';
    for (key, value) in [("edition", edition), ("unit", unit)] {
        if let Some(value) = value {
            link.push_str(&format!("{sign}{key}={}", part(value)));
            sign = '&';
        }
    }
    link
}

/// A day as people write it: `2026-11-20T09` is `20 November 2026`.
pub(super) fn day(hour: &str) -> String {
    let number = |from: usize, to: usize| hour.get(from..to).and_then(|digits| digits.parse::<usize>().ok());
    match (
        number(0, 4),
        number(5, 7).and_then(|month| crate::words::MONTHS.get(month.wrapping_sub(1))),
        number(8, 10),
    ) {
        (Some(year), Some(month), Some(day)) => format!("{day} {month} {year}"),
        _ => hour.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let text = Text("<script>alert(\"1\" & '2')</script>\u{0}\n").to_string();
        assert_eq!(text, "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;\u{FFFD}\n");
        assert_eq!(
            in_editor("http://127.0.0.1:8000/", "a b\"c", Some("k7"), None),
            "http://127.0.0.1:8000/#/a/a%20b%22c?unit=k7"
        );
        assert_eq!((thousands(999), thousands(1_234_567)), ("999".to_owned(), "1,234,567".to_owned()));
        assert_eq!(day("2026-11-20T09"), "20 November 2026");
    }
}

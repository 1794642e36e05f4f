//! A text on one line, as tables hold it.

use std::borrow::Cow;

/// Whether a character ends a line or a cell for some reader of tables: tab, LF, VT, FF, CR,
/// U+001C–U+001E, U+0085, U+2028, U+2029. These are what Python's `str.splitlines` parts at, and tab.
pub const fn is_break(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text on one line: each character that [`is_break`] becomes one space.
///
/// # Examples
///
/// ```
/// use enregard::bitext::flat;
/// assert_eq!(flat("un\tdeux\u{2028}trois"), "un deux trois");
/// ```
pub fn flat(text: &str) -> Cow<'_, str> {
    if text.contains(is_break) { Cow::Owned(text.replace(is_break, " ")) } else { Cow::Borrowed(text) }
}

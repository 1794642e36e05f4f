//! XML as formats need it: texts escaped and held to XML 1.0's characters, and a reader that opens nothing,
//! expands nothing and swallows no bomb.

mod reader;
mod token;
mod watched;
mod write;

use std::borrow::Cow;

pub use reader::Xml;
pub use token::{Tag, Token};
pub use write::{attribute, text, text_with_cp};

/// Whether XML 1.0 can hold this character (production 2, `Char`).
pub const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// What a text is after it went through XML: a control that parts lines is a space, all else that XML cannot hold
/// is left out.
pub fn through_xml(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(|c| if is_xml(c) { Some(c) } else { instead(c) }).collect())
}

/// What stands for a character that XML cannot hold.
const fn instead(c: char) -> Option<char> {
    match c {
        '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' => Some(' '),
        _ => None,
    }
}

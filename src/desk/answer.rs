//! What a person says about one unit, whether in the terminal or in an editor's buffer.
//!
//! How it is written to the alignment is in [`Place`](super::Place).

use crate::bitext::Origin;

/// What becomes of a unit's English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum English {
    /// This was typed.
    Typed(String),
    /// It is right as it stands, also for French that has changed since.
    Kept,
    /// It is taken away.
    Cleared,
    /// The sentence stays in French.
    Skipped,
}

/// What a person says about one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What becomes of its English; none: it stays as it is.
    pub english: Option<English>,
    /// Whether the English is thereby reviewed.
    pub reviewed: bool,
    /// A remark; an empty one takes the remark away.
    pub note: Option<String>,
    /// Where English came from that nobody typed: the memory.
    pub origin: Option<Origin>,
}

impl Answer {
    /// This English, as a draft.
    pub fn typed(text: impl Into<String>) -> Self {
        Answer { english: Some(English::Typed(text.into())), ..Answer::default() }
    }

    /// This English of the memory, as a draft.
    pub fn remembered(text: impl Into<String>) -> Self {
        Answer { origin: Some(Origin::Memory), ..Answer::typed(text) }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        *self == Answer::default()
    }
}

/// A line that a person typed: a command, or text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'t> {
    /// A command's name, without its colon, and what follows it.
    Command(&'t str, &'t str),
    /// Text, without the backslash that kept it from being a command.
    Text(&'t str),
}

impl<'t> Line<'t> {
    /// Reads one line: a command begins with `:` and a letter; `\:` and `\\` begin text with `:` and `\`.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::desk::Line;
    /// assert_eq!(Line::of(":note ask Anne"), Line::Command("note", "ask Anne"));
    /// assert_eq!(Line::of("\\:note"), Line::Text(":note"));
    /// assert_eq!(Line::of(": so it goes"), Line::Text(": so it goes"));
    /// ```
    pub fn of(line: &'t str) -> Self {
        if let Some(rest) =
            line.strip_prefix(':').filter(|rest| rest.starts_with(|c: char| c.is_alphabetic()))
        {
            let (name, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            return Line::Command(name, after.trim());
        }
        match line.strip_prefix('\\') {
            Some(rest) if rest.starts_with([':', '\\']) => Line::Text(rest),
            _ => Line::Text(line),
        }
    }

    /// How `text` is typed so that it is read as text.
    pub fn typing(text: &str) -> String {
        match Line::of(text) {
            Line::Text(same) if same == text => text.to_owned(),
            _ => format!("\\{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_can_be_typed(text in "[:\\\\a ]{0,6}") {
            let typed = Line::typing(&text);
            prop_assert_eq!(Line::of(&typed), Line::Text(text.as_str()));
        }
    }
}

//! Text laid out for a terminal: broken at its width, with marks and colours, and nothing that the
//! terminal would obey or hide. Not for results that a program reads: those go out as they are.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::words::{Change, changes};

/// How a piece of text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is.
    #[default]
    Plain,
    /// Of less weight than the rest.
    Dim,
    /// Of more weight.
    Bold,
    /// No longer there: red and struck through, or `[-so-]`.
    Gone,
    /// New: green and underlined, or `{+so+}`.
    New,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Dim => "2",
            Style::Bold => "1",
            Style::Gone => "31;9",
            Style::New => "32;4",
        }
    }
}

/// Pieces of text, each with its style.
pub(super) type Pieces<'t> = Vec<(Style, &'t str)>;

/// A place that text is laid out for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Its columns; none: lines are not broken.
    pub columns: Option<usize>,
    /// Whether it shows colours.
    pub colours: bool,
}

impl Layout {
    /// The lines of a paragraph that begins with `label`, later lines indented as far.
    ///
    /// A line is broken at its last blank (never at a no-break one), or within a word that is
    /// longer than the line.
    pub(super) fn paragraph(self, label: &str, pieces: &[(Style, &str)]) -> Vec<String> {
        let indent = width(label);
        let room = self.columns.map_or(usize::MAX, |columns| columns.saturating_sub(indent).max(8));
        let marked = self.marked(pieces);
        let mut lines = Vec::new();
        for own in broken(&marked.text, room) {
            let mut line = String::with_capacity(label.len() + own.len());
            if lines.is_empty() {
                line.push_str(label);
            } else {
                line.extend(std::iter::repeat_n(' ', indent));
            }
            self.paint(&mut line, &marked, own);
            line.truncate(line.trim_end().len());
            lines.push(line);
        }
        lines
    }

    /// A text in one style, so that it may stand in a line.
    pub(super) fn word(self, style: Style, text: &str) -> String {
        let marked = self.marked(&[(style, text)]);
        let mut word = String::new();
        self.paint(&mut word, &marked, 0..marked.text.len());
        word
    }

    /// The two versions of a text in one, with what is gone and what is new.
    pub(super) fn compared<'t>(old: &'t str, new: &'t str) -> Pieces<'t> {
        let piece = |change| match change {
            Change::Same(text) => (Style::Plain, text),
            Change::Gone(text) => (Style::Gone, text),
            Change::New(text) => (Style::New, text),
        };
        changes(old, new).into_iter().map(piece).collect()
    }

    /// The text as it is shown.
    fn marked(self, pieces: &[(Style, &str)]) -> Marked {
        let mut text = String::with_capacity(pieces.iter().map(|(_, text)| text.len() + 4).sum());
        let mut runs = Vec::with_capacity(pieces.len());
        // What goes to a pipe or a file obeys nobody: there a text stays what it is.
        let terminal = self.columns.is_some() || self.colours;
        for (style, piece) in pieces {
            let (open, close) = match style {
                Style::Gone if !self.colours => ("[-", "-]"),
                Style::New if !self.colours => ("{+", "+}"),
                _ => ("", ""),
            };
            text.push_str(open);
            if terminal {
                show_hidden(&mut text, piece);
            } else {
                text.push_str(piece);
            }
            text.push_str(close);
            runs.push((*style, text.len()));
        }
        Marked { text, runs }
    }

    /// Adds a part of a text to a line, in its colours.
    fn paint(self, line: &mut String, marked: &Marked, part: Range<usize>) {
        let mut from = part.start;
        for (style, end) in &marked.runs {
            let to = (*end).min(part.end);
            if to <= from {
                continue;
            }
            let text = &marked.text[from..to];
            match style.code() {
                "" => line.push_str(text),
                _ if !self.colours => line.push_str(text),
                code => line.extend(["\x1b[", code, "m", text, "\x1b[0m"]),
            }
            from = to;
        }
    }
}

/// A text as it is shown, and up to which byte each style goes.
struct Marked {
    text: String,
    runs: Vec<(Style, usize)>,
}

/// Where the lines of at most `room` columns are, as bytes, blanks at their ends left out.
fn broken(text: &str, room: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut used) = (0, 0);
    let mut blank: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if c == '\n' {
            lines.push(start..at);
            (start, used, blank) = (at + 1, 0, None);
            continue;
        }
        let wide = c.width().unwrap_or(0);
        if c == ' ' && breaks(text, at) {
            blank = Some(at);
        }
        // Twice, where the word after the blank is too long for a line itself.
        while used + wide > room && c != ' ' && at > start {
            let (end, next) = match blank {
                Some(blank) if blank > start => (blank, blank + 1),
                _ => (at, at),
            };
            lines.push(start..end);
            (start, blank) = (next, None);
            used = width(&text[start..at]);
        }
        used += wide;
    }
    lines.push(start..text.len());
    lines
}

/// Whether a line may end at the blank `at`: not before French marks that stand alone, nor after `«`.
fn breaks(text: &str, at: usize) -> bool {
    let next = text[at + 1..].chars().next();
    !matches!(next, Some(':' | ';' | '!' | '?' | '»' | '%' | '–' | '—')) && !text[..at].ends_with('«')
}

/// A text with what a terminal would obey or hide made visible: `<U+202E>`.
///
/// Controls, marks of direction, line and paragraph separators, byte order marks, zero-width spaces and tags; a line
/// feed, also after a carriage return, stays one.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    show_hidden(&mut shown, text);
    shown
}

/// Adds a text as [`visible`] makes it.
fn show_hidden(shown: &mut String, text: &str) {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => shown.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\u{200B}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{061C}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}' => shown.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c if c.is_control() => shown.push_str(&format!("<U+{:04X}>", u32::from(c))),
            c => shown.push(c),
        }
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PLAIN: Layout = Layout { columns: Some(20), colours: false };

    fn lines(text: &str) -> Vec<String> {
        PLAIN.paragraph("french  ", &[(Style::Bold, text)])
    }

    #[test]
    fn lines_break_at_blanks_and_hang_under_the_first() {
        assert_eq!(lines("Il pleut, dit-elle."), ["french  Il pleut,", "        dit-elle."]);
        // French marks do not begin a line, nor does a quotation mark end one.
        assert_eq!(lines("Il pleut ici !"), ["french  Il pleut", "        ici !"]);
        assert_eq!(lines("Il a dit « oui »."), ["french  Il a dit", "        « oui »."]);
        // A no-break space breaks nothing.
        assert_eq!(lines("Il pleut «\u{A0}ici\u{A0}»."), ["french  Il pleut", "        «\u{A0}ici\u{A0}»."]);
        assert_eq!(
            lines("anticonstitutionnellement"),
            ["french  anticonstitu", "        tionnellemen", "        t"]
        );
        assert_eq!(lines(""), ["french"]);
    }

    #[test]
    fn wide_and_combining_characters_take_the_columns_they_take() {
        assert_eq!(width("日本e\u{301}"), 5);
        assert_eq!(lines("日本語日本語日本語"), ["french  日本語日本語", "        日本語"]);
        // An accent of its own does not begin a line.
        assert_eq!(lines("aaaaaaaaaaae\u{301}b"), ["french  aaaaaaaaaaae\u{301}", "        b"]);
    }

    #[test]
    fn what_a_terminal_would_obey_or_hide_is_shown() {
        assert_eq!(
            visible("a\u{1B}[31mb\u{202E}c\r\nd\u{9B}\t"),
            "a<U+001B>[31mb<U+202E>c\nd<U+009B><U+0009>"
        );
    }

    #[test]
    fn a_comparison_is_marked_with_and_without_colours() {
        let pieces = Layout::compared("Il ne pleut pas.", "Il pleut.");
        assert_eq!(Layout { columns: None, ..PLAIN }.paragraph("", &pieces), ["Il [-ne -]pleut[- pas-]."]);
        assert_eq!(
            Layout { columns: None, colours: true }.paragraph("", &pieces),
            ["Il \x1b[31;9mne \x1b[0mpleut\x1b[31;9m pas\x1b[0m."]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal_and_no_word_is_lost(text in "[a-c é日\u{301}\n]{0,60}") {
            let lines = lines(&text);
            for line in &lines {
                prop_assert!(width(line) <= 20, "{line:?}");
            }
            let squeezed = |text: &str| text.replace([' ', '\n'], "");
            let shown: String = lines.iter().map(|line| line.get(8..).unwrap_or("")).collect();
            prop_assert_eq!(squeezed(&shown), squeezed(&text));
        }
    }
}

//! Paragraphs: where a line break ends one, and where it only wraps the text.
//!
//! A line break ends a paragraph, unless the article is hard-wrapped: its lines were broken at a fixed
//! column, whatever stood there. That is decided once for an article, by its own lines, and the reason is
//! kept to be shown. What the paragraphs *are* (headings, credits …) is not decided here.

use std::fmt;

use crate::bitext::{Span, byte_order_mark};

/// Narrower than this nobody wraps; a verse or a list is what it is.
const NARROWEST: usize = 40;
/// Wider than this nobody wraps; a longer line is a paragraph.
const WIDEST: usize = 120;
/// So many lines at least must speak for a wrap.
const FEWEST: usize = 3;

/// An article's paragraphs, and how they were told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraphs {
    /// The paragraphs in order, without white space at their edges, nothing but white space between them.
    pub spans: Vec<Span>,
    /// The hard wrap that was found, if one was.
    pub wrap: Option<Wrap>,
}

/// Why a text is taken to be hard-wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrap {
    /// The longest line, in characters.
    pub columns: usize,
    /// Lines that another follows.
    pub followed: usize,
    /// Of those, the ones that the next line's first word would have made too long.
    pub full: usize,
    /// Of those, the ones broken inside a sentence: no mark at the end, lower case after.
    pub inside: usize,
}

impl fmt::Display for Wrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Wrap { columns, followed, full, inside } = self;
        write!(
            f,
            "hard-wrapped at {columns} columns: {full} of {followed} lines end where the next word would not \
             have fitted, {inside} of them inside a sentence"
        )
    }
}

/// A line that is not blank.
struct Line<'t> {
    /// Where it stands, without white space at the edges.
    span: Span,
    text: &'t str,
    indent_bytes: usize,
    blank_before: bool,
}

impl Line<'_> {
    /// Its width in characters, with its indent.
    fn width(&self) -> usize {
        // An indent is spaces, one byte each but for no-break spaces, of which few are used for that.
        self.indent_bytes + self.text.chars().count()
    }
}

/// Tells the paragraphs of a text apart.
///
/// Blank lines always part paragraphs. Other line breaks do, unless the text is hard-wrapped; then a line goes
/// on into the next where that one's first word would not have fitted, it is no list entry and not
/// indented anew. Linear.
///
/// # Examples
///
/// ```
/// use enregard::segment::paragraphs;
/// let found = paragraphs("Un titre\nUne ligne.\n\nUne autre.\n");
/// assert_eq!(found.spans.len(), 3);
/// assert!(found.wrap.is_none());
/// ```
pub fn paragraphs(text: &str) -> Paragraphs {
    let (wrap, spans) = each_paragraph(text);
    Paragraphs { spans: spans.collect(), wrap }
}

/// The paragraphs of a text one after the other, and how they are told apart: what [`paragraphs`] gathers.
pub(super) fn each_paragraph(text: &str) -> (Option<Wrap>, impl Iterator<Item = Span>) {
    let mark = byte_order_mark(text);
    let text = &text[mark..];
    let lines = Lines::new(text);
    let wrap = if lines.any_end { wrap(lines.clone()) } else { None };
    let mut lines = lines.peekable();
    let spans = std::iter::from_fn(move || {
        let mut line = lines.next()?;
        let mut span = line.span;
        if let Some(wrap) = wrap {
            while let Some(next) = lines.next_if(|next| joins(&line, next, wrap.columns)) {
                span.end = next.span.end;
                line = next;
            }
        }
        Some(span.shifted(mark))
    });
    (wrap, spans)
}

/// Whether U+0085, U+2028 or U+2029 is in `text`.
fn has_rare_line_end(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memmem::find(bytes, "\u{2028}".as_bytes()).is_some()
        || memchr::memmem::find(bytes, "\u{2029}".as_bytes()).is_some()
        || memchr::memmem::find(bytes, "\u{85}".as_bytes()).is_some()
}

/// The lines that are not blank. CR, LF, CR LF, U+0085, U+2028 and U+2029 end a line.
#[derive(Clone)]
struct Lines<'t> {
    text: &'t str,
    /// Where the next line begins; none after the last.
    next: Option<usize>,
    blank_before: bool,
    /// Whether U+0085, U+2028 or U+2029 is in the text.
    rare: bool,
    /// Whether anything ends a line.
    any_end: bool,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let rare = has_rare_line_end(text);
        let any_end = rare || memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some();
        Lines { text, next: Some(0), blank_before: true, rare, any_end }
    }

    /// The next line's end from `start` on: its place and length.
    fn end_from(&self, start: usize) -> Option<(usize, usize)> {
        let rest = &self.text[start..];
        if self.rare {
            let (at, end) = rest.match_indices(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).next()?;
            return Some((start + at, end.len()));
        }
        memchr::memchr2(b'\n', b'\r', rest.as_bytes()).map(|at| (start + at, 1))
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        loop {
            let start = self.next?;
            let ending = self.end_from(start);
            self.next = ending.map(|(at, length)| at + length);
            let raw = &self.text[start..ending.map_or(self.text.len(), |(at, _)| at)];
            let own = raw.trim();
            if own.is_empty() {
                // The LF of a CR LF is no blank line.
                self.blank_before |=
                    !(raw.is_empty() && start > 0 && self.text.as_bytes()[start - 1] == b'\r');
                continue;
            }
            let indent_bytes = raw.len() - raw.trim_start().len();
            let begin = start + indent_bytes;
            let blank_before = std::mem::replace(&mut self.blank_before, false);
            return Some(Line {
                span: Span::new(begin, begin + own.len()),
                text: own,
                indent_bytes,
                blank_before,
            });
        }
    }
}

/// Whether `next` would be the same paragraph as `line`, at this width.
fn joins(line: &Line, next: &Line, columns: usize) -> bool {
    let word = next.text.split_whitespace().next().unwrap_or("").chars().count();
    !next.blank_before
        && line.width() + 1 + word > columns
        && next.indent_bytes <= line.indent_bytes.max(1)
        && !begins_list_entry(next.text)
}

/// Whether a line begins as an entry of a list: a bullet, a dash, or a number with a point or a bracket.
fn begins_list_entry(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or("");
    matches!(first, "-" | "–" | "—" | "•" | "*" | "·" | "▪" | "►")
        || first.strip_suffix(['.', ')']).is_some_and(|number| {
            number.len() <= 3 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// Looks for a hard wrap: nearly every followed line is full, and a good part breaks inside a sentence.
fn wrap(lines: Lines<'_>) -> Option<Wrap> {
    let mut columns = 0;
    for line in lines.clone() {
        // No character has more than four bytes.
        if line.text.len() > 4 * WIDEST {
            return None;
        }
        columns = columns.max(line.width());
    }
    if !(NARROWEST..=WIDEST).contains(&columns) {
        return None;
    }
    let mut wrap = Wrap { columns, followed: 0, full: 0, inside: 0 };
    let mut lines = lines.peekable();
    while let (Some(line), Some(next)) = (lines.next(), lines.peek()) {
        if next.blank_before {
            continue;
        }
        wrap.followed += 1;
        if joins(&line, next, columns) {
            wrap.full += 1;
            let stopped = line.text.ends_with(['.', '!', '?', '…', ':', '»', '"', '”']);
            if !stopped && next.text.starts_with(|c: char| !c.is_uppercase()) {
                wrap.inside += 1;
            }
        }
    }
    let enough = wrap.full >= FEWEST && wrap.full * 10 >= wrap.followed * 6;
    (enough && wrap.inside * 3 >= wrap.full).then_some(wrap)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRAPPED: &str = "\
Le conseil municipal s'est réuni lundi soir pour examiner le budget de
l'année prochaine. Les débats ont duré plus de trois heures et le maire a
dû suspendre la séance. Au bout du compte, le texte a été adopté par vingt
voix contre huit.

Une nouvelle réunion est prévue au mois de mars. D'ici là, une commission
doit examiner les comptes du théâtre et de la piscine, qui perdent tous les
deux de l'argent depuis des années.
";

    fn texts(text: &str) -> Vec<&str> {
        paragraphs(text).spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_byte_order_mark_belongs_to_no_paragraph() {
        let spans = |text| paragraphs(text).spans;
        assert_eq!(spans("\u{FEFF}Un titre\nUne ligne."), [Span::new(3, 11), Span::new(12, 22)]);
        assert_eq!(spans("\u{FEFF}Un titre"), [Span::new(3, 11)]);
        assert_eq!(spans("\u{FEFF}"), []);
        // A second one is a character like any other: nothing may be left out that is in a text.
        assert_eq!(spans("\u{FEFF}\u{FEFF}a"), [Span::new(3, 7)]);
    }

    #[test]
    fn a_text_wrapped_at_72_columns_has_the_paragraphs_that_its_blank_lines_part() {
        let found = paragraphs(WRAPPED);
        assert_eq!(found.spans.len(), 2, "{:?}", texts(WRAPPED));
        let reason = found.wrap.unwrap().to_string();
        assert!(reason.starts_with("hard-wrapped at 75 columns: 5 of 5 lines"), "{reason}");
    }

    #[test]
    fn without_blank_lines_a_line_that_had_room_ends_a_wrapped_paragraph() {
        let text = WRAPPED.replace("\n\n", "\n");
        assert_eq!(texts(&text).len(), 2);
    }

    #[test]
    fn paragraphs_of_a_line_each_and_short_lines_stay_apart() {
        for text in [
            "Un titre\nUn chapeau qui dit de quoi il s'agit.\nPar Jean Roy\nLe premier paragraphe.",
            "Sous le pont Mirabeau coule la Seine\nEt nos amours\nFaut-il qu'il m'en souvienne\nLa joie venait",
        ] {
            assert_eq!(texts(text), text.lines().collect::<Vec<_>>());
        }
    }

    #[test]
    fn every_line_end_counts_and_blank_lines_need_not_be_empty() {
        assert_eq!(texts("a\r\nb\rc\u{2028}d\n \u{A0}\ne"), ["a", "b", "c", "d", "e"]);
        assert_eq!(texts(" \n\t\n"), [""; 0]);
    }
}

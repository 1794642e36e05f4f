//! A stop: a run of marks in its surroundings, as the rules look at it.
//!
//! Everything here is read in a small window around the marks, so that a text is split in linear time. What it
//! means is decided in `rules`.

use super::chars::{
    at, before, is_apostrophe, is_closer, is_dash, is_in_word, is_mark, is_opener, skip_spaces,
};
use super::tables::{Class, LONGEST, Tables, composed};
use crate::bitext::Lang;

/// How far a word before a stop is read, in bytes: longer than any abbreviation, initial or address part.
const WINDOW: usize = 48;
/// How many openers and closers are read past.
const PAIRS: usize = 8;

/// A run of marks, and what stands around it.
pub(super) struct Stop<'t> {
    /// The paragraph.
    pub text: &'t str,
    /// Its language's words.
    pub tables: &'t Tables,
    /// The language.
    pub lang: Lang,
    /// Where the sentence began that the stop may end.
    pub start: usize,
    /// The first mark's byte.
    pub mark: usize,
    /// The byte after the last mark.
    pub end: usize,
    /// The byte after the closing quotes and brackets: where the sentence would end.
    pub closed: usize,
    /// The first byte after the white space: where the next sentence would begin.
    pub next: usize,
    /// The first byte of the next word, after opening quotes, brackets and dashes.
    pub head: usize,
    /// The character there.
    pub first: Option<char>,
    /// Whether a dash or bullet stands before the next word.
    pub dashed: bool,
}

/// The straight quotes before a place, counted as far as anyone asked.
#[derive(Clone, Copy, Default)]
pub(super) struct Quotes {
    counted: usize,
    odd: bool,
}

impl Quotes {
    /// Whether an odd number of `"` stands before `byte`. Places are asked in order.
    fn open_before(&mut self, text: &str, byte: usize) -> bool {
        if byte > self.counted {
            let count = memchr::memchr_iter(b'"', &text.as_bytes()[self.counted..byte]).count();
            self.odd ^= count % 2 == 1;
            self.counted = byte;
        }
        self.odd
    }
}

impl<'t> Stop<'t> {
    /// Reads the surroundings of the mark at `mark`.
    pub(super) fn read(
        text: &'t str,
        tables: &'t Tables,
        start: usize,
        mark: usize,
        quotes: &mut Quotes,
    ) -> Self {
        let end = marks_end(text, mark);
        let closed = closers_end(text, tables.lang, end, quotes);
        let next = skip_spaces(text, closed);
        let (head, dashed) = head(text, next);
        Stop {
            text,
            tables,
            lang: tables.lang,
            start,
            mark,
            end,
            closed,
            next,
            head,
            first: at(text, head),
            dashed,
        }
    }

    /// Whether the run is one point and no more.
    pub(super) fn is_point(&self) -> bool {
        self.end == self.mark + 1 && self.text.as_bytes()[self.mark] == b'.'
    }

    /// Whether the run is points of suspension.
    pub(super) fn is_ellipsis(&self) -> bool {
        let marks = &self.text[self.mark..self.end];
        marks.ends_with('…') || marks.ends_with("..") || marks.ends_with(". .")
    }

    /// Whether quotes or brackets close between marks and space.
    pub(super) fn is_closed(&self) -> bool {
        self.closed > self.end
    }

    /// Whether white space follows, or the end.
    pub(super) fn is_spaced(&self) -> bool {
        self.next > self.closed || self.next == self.text.len()
    }

    /// The character before the marks.
    pub(super) fn previous(&self) -> Option<char> {
        before(self.text, self.mark)
    }

    /// The letters and digits before the marks; a word parted at a line's end is read whole.
    pub(super) fn word(&self) -> &'t str {
        &self.text[self.word_start()..self.mark]
    }

    /// Where [`Stop::word`] begins.
    pub(super) fn word_start(&self) -> usize {
        let mut byte = self.mark;
        while let Some(c) = before(self.text, byte) {
            if !(is_in_word(c) || c == '°') || self.mark - byte > WINDOW {
                break;
            }
            byte -= c.len_utf8();
        }
        byte.max(self.start)
    }

    /// The run of letters, digits, points, hyphens before the marks (`c.-à-d`, `J.-C`, `1.2`).
    pub(super) fn dotted(&self) -> &'t str {
        let mut byte = self.mark;
        while let Some(c) = before(self.text, byte) {
            let inside = is_in_word(c) || matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}' | '°' | '&');
            if !inside || self.mark - byte > WINDOW {
                break;
            }
            byte -= c.len_utf8();
        }
        self.text[byte.max(self.start)..self.mark].trim_start_matches(['.', '-', '\u{2010}', '\u{2011}'])
    }

    /// What stands before the marks back to white space, addresses of the web included.
    pub(super) fn token(&self) -> &'t str {
        let mut byte = self.mark;
        while let Some(c) = before(self.text, byte) {
            if c.is_whitespace() || self.mark - byte > WINDOW {
                break;
            }
            byte -= c.len_utf8();
        }
        &self.text[byte.max(self.start)..self.mark]
    }

    /// The word before the one that begins at `byte`, and the characters between.
    pub(super) fn word_before(&self, byte: usize) -> (&'t str, &'t str) {
        let low = (byte.saturating_sub(WINDOW)).max(self.start);
        let low = (low..=byte).find(|&low| self.text.is_char_boundary(low)).unwrap_or(byte);
        let window = &self.text[low..byte];
        let end = window.trim_end_matches(|c| !is_in_word(c)).len();
        let begin = window[..end]
            .rfind(|c| !is_in_word(c))
            .map_or(0, |at| at + window[at..].chars().next().map_or(1, char::len_utf8));
        (&window[begin..end], &window[end..])
    }

    /// The next word, up to its end or with its first apostrophe (`L’`, `It’`).
    pub(super) fn next_word(&self) -> &'t str {
        let mut byte = self.head;
        while let Some(c) = at(self.text, byte) {
            if is_apostrophe(c) {
                let after = byte + c.len_utf8();
                let inside = at(self.text, after).is_some_and(char::is_alphabetic);
                return &self.text[self.head..if inside { after } else { byte }];
            }
            if !is_in_word(c) || byte - self.head > WINDOW {
                break;
            }
            byte += c.len_utf8();
        }
        &self.text[self.head..byte]
    }

    /// The class of an abbreviation, given without its final point, its accents set in either way.
    pub(super) fn class(&self, word: &str) -> Option<Class> {
        self.tables.class(composed(word, &mut [0; LONGEST]))
    }

    /// Whether a word is one that usually begins a sentence, its accents set in either way.
    pub(super) fn starts(&self, word: &str) -> bool {
        self.tables.starts(composed(word, &mut [0; LONGEST]))
    }

    /// Whether the next word is one that usually begins a sentence.
    pub(super) fn starter_follows(&self) -> bool {
        self.starts(self.next_word())
    }

    /// Whether a word names what a sentence names after its article (`La France`), its accents set in either way.
    pub(super) fn is_institution(&self, word: &str) -> bool {
        self.tables.is_institution(composed(word, &mut [0; LONGEST]))
    }

    /// Whether the next word is one of these, its accents set in either way.
    pub(super) fn next_word_is_one_of(&self, words: &[&str]) -> bool {
        let buffer = &mut [0; LONGEST];
        let word = composed(self.next_word(), buffer);
        words.iter().any(|known| known.as_bytes() == word)
    }

    /// Whether the marks that follow the white space lead into a word (`...Et`).
    pub(super) fn marks_lead_on(&self) -> bool {
        let rest = self.text[self.next..].trim_start_matches(is_mark);
        self.next > self.closed && rest.starts_with(char::is_alphanumeric)
    }

    /// Whether the next word has a capital first.
    pub(super) fn capital_follows(&self) -> bool {
        self.first.is_some_and(char::is_uppercase)
    }
}

/// The byte after a run of marks. Marks set apart by spaces (`! !`, `. . .`) are one run, unless they lead into
/// a word (`! ...Et`, `. .NET`).
fn marks_end(text: &str, mark: usize) -> usize {
    let solid_end = |from: usize| {
        let mut end = from;
        while let Some(c) = at(text, end).filter(|&c| is_mark(c)) {
            end += c.len_utf8();
        }
        end
    };
    let mut end = solid_end(mark);
    for _ in 0..PAIRS {
        let gap = skip_spaces(text, end);
        let next = solid_end(gap);
        if gap == end || next == gap || at(text, next).is_some_and(char::is_alphanumeric) {
            break;
        }
        end = next;
    }
    end
}

/// The byte after the quotes and brackets that close after the marks, spaces included (`. »`).
fn closers_end(text: &str, lang: Lang, end: usize, quotes: &mut Quotes) -> usize {
    let mut closed = end;
    for _ in 0..PAIRS {
        let gap = skip_spaces(text, closed);
        let Some(c) = at(text, gap) else { break };
        let after = gap + c.len_utf8();
        let spaced = gap > closed;
        let ends = at(text, after).is_none_or(|c| {
            c.is_whitespace() || is_closer(c) || is_mark(c) || matches!(c, ',' | ';' | ':' | '"')
        });
        let closes = match c {
            _ if is_closer(c) => true,
            '"' if spaced => ends && (quotes.open_before(text, gap) || !quote_follows(text, after)),
            '"' => ends || quotes.open_before(text, gap),
            _ if is_apostrophe(c) => !spaced && ends,
            '¹' | '²' | '³' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹' | '⁰' => !spaced,
            '[' | '(' => {
                if let Some(after) = note_end(text, gap, spaced && lang == Lang::En) {
                    closed = after;
                    continue;
                }
                false
            }
            _ => false,
        };
        if !closes {
            break;
        }
        closed = after;
    }
    closed
}

/// Whether another straight quote stands near enough to be closed by.
fn quote_follows(text: &str, from: usize) -> bool {
    const NEAR: usize = 1000;
    memchr::memchr(b'"', &text.as_bytes()[from..text.len().min(from + NEAR)]).is_some()
}

/// The byte after what belongs to the sentence before: a note's number (`[12]`), and in English an omission set
/// apart (`[...]`), which in French begins the next.
fn note_end(text: &str, bracket: usize, omissions: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let inside = bracket + 1;
    let digits = bytes[inside..].iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && bytes[bracket] == b'[' && bytes.get(inside + digits) == Some(&b']') {
        return Some(inside + digits + 1);
    }
    let dots = ["...", "…", ". . ."].into_iter().find(|dots| text[inside..].starts_with(dots))?;
    let after = inside + dots.len() + 1;
    (omissions && matches!(bytes.get(after - 1), Some(b')' | b']')) && is_spaced_or_end(text, after))
        .then_some(after)
}

fn is_spaced_or_end(text: &str, byte: usize) -> bool {
    at(text, byte).is_none_or(char::is_whitespace)
}

/// The first byte of the next word, past openers and dashes, and whether there was a dash.
fn head(text: &str, next: usize) -> (usize, bool) {
    let (mut head, mut dashed) = (next, false);
    for _ in 0..PAIRS {
        match at(text, head) {
            Some(c) if is_opener(c) => head = skip_spaces(text, head + c.len_utf8()),
            Some(c) if is_dash(c) => {
                dashed = true;
                head = skip_spaces(text, head + c.len_utf8());
            }
            _ => break,
        }
    }
    (head, dashed)
}

//! The splitter: a paragraph in, its sentences out.
//!
//! It jumps from mark to mark and asks the rules at each; what is between is never looked at twice.

use std::sync::Arc;

use super::decision::{Decision, Verdict};
use super::rules::{self, Answer};
use super::stop::{Quotes, Stop};
use super::tables::{Class, Tables};
use super::unwrap::{self, lost_break};
use crate::bitext::{Lang, Span};

/// Splits text into sentences, by the rules of a language.
///
/// # Examples
///
/// ```
/// use enregard::bitext::Lang;
/// use enregard::segment::Segmenter;
/// let text = "« C’est fini. » M. Roy se leva.";
/// let french = Segmenter::new(Lang::Fr);
/// let sentences: Vec<&str> = french.sentences(text).map(|span| span.of(text)).collect();
/// assert_eq!(sentences, ["« C’est fini. »", "M. Roy se leva."]);
/// ```
#[derive(Clone, Debug)]
pub struct Segmenter {
    lang: Lang,
    tables: Arc<Tables>,
    unwrap: bool,
    srx: Option<Arc<super::srx::Srx>>,
}

impl Segmenter {
    /// The splitter of a language, as it comes.
    pub fn new(lang: Lang) -> Self {
        Segmenter { lang, tables: Tables::of(lang), unwrap: false, srx: None }
    }

    /// The language whose rules it has.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The same, knowing more abbreviations (without or with their final point), all of one class.
    pub fn abbreviations<'a>(mut self, words: impl IntoIterator<Item = &'a str>, class: Class) -> Self {
        let tables = Arc::make_mut(&mut self.tables);
        words.into_iter().for_each(|word| tables.abbreviate(word, class));
        self
    }

    /// The same, with strings inside which no sentence ends (`Vivement Dimanche ! Prochain`). Those without a mark say
    /// nothing and are left out.
    pub fn exceptions<'a>(mut self, strings: impl IntoIterator<Item = &'a str>) -> Self {
        let tables = Arc::make_mut(&mut self.tables);
        strings.into_iter().for_each(|string| tables.except(string));
        self
    }

    /// The same, which also finds ends without a mark where line breaks were lost (a headline glued to what follows).
    /// Learned for French; in other languages nothing changes.
    pub fn unwrap(mut self, unwrap: bool) -> Self {
        self.unwrap = unwrap && self.lang == Lang::Fr;
        self
    }

    /// The same language, but with the rules of an SRX file in place of those that are built in.
    pub fn srx(mut self, srx: super::srx::Srx) -> Self {
        self.srx = Some(Arc::new(srx));
        self
    }

    /// The sentences of one paragraph, as spans into it, in order.
    ///
    /// A line break inside the paragraph is white space like any other. Neither edge of a sentence is
    /// white space, and nothing else is between sentences. Never fails; linear; allocates nothing.
    pub fn sentences<'t>(&'t self, paragraph: &'t str) -> Sentences<'t> {
        Sentences {
            whole: self.whole(paragraph),
            unwrap: self.unwrap.then_some((paragraph, &*self.tables)),
            rest: None,
        }
    }

    fn whole<'t>(&'t self, paragraph: &'t str) -> Whole<'t> {
        if let Some(srx) = &self.srx {
            return Whole::Ready(srx.sentences(paragraph).into_iter());
        }
        Whole::Marked(self.marked(paragraph))
    }

    fn marked<'t>(&'t self, paragraph: &'t str) -> Marked<'t> {
        let text = paragraph.trim_end();
        let start = text.len() - text.trim_start().len();
        Marked { text, tables: &self.tables, start, scanned: start, ascii: None, quotes: Quotes::default() }
    }

    /// What was decided at each mark of a paragraph, in order, also where nothing was split.
    pub fn decisions<'t>(&'t self, paragraph: &'t str) -> impl Iterator<Item = Decision> + 't {
        let mut marked = self.marked(paragraph);
        let mut lost = Vec::new();
        if self.unwrap {
            for whole in self.whole(paragraph) {
                let mut rest = whole;
                while let Some((end, next)) = lost_break(paragraph, rest, &self.tables) {
                    lost.push(unwrap::decision(end, next));
                    rest = Span::new(next, whole.end);
                }
            }
        }
        let mut lost = lost.into_iter().peekable();
        let mut decided = std::iter::from_fn(move || {
            let mark = marked.next_mark()?;
            let (stop, answer) = marked.decide(mark)?;
            let verdict = if answer.splits { Verdict::Ends } else { Verdict::GoesOn };
            Some(Decision::new(
                Span::new(stop.mark, stop.closed),
                verdict,
                answer.rule.name,
                answer.rule.reason,
            ))
        })
        .peekable();
        std::iter::from_fn(move || match (lost.peek(), decided.peek()) {
            (Some(lost_one), Some(marked_one)) if lost_one.span.start > marked_one.span.start => {
                decided.next()
            }
            (Some(_), _) => lost.next(),
            (None, _) => decided.next(),
        })
    }
}

/// The sentences of a paragraph, in order.
#[derive(Clone)]
pub struct Sentences<'t> {
    whole: Whole<'t>,
    /// The paragraph and its language's words, where lost line breaks are looked for.
    unwrap: Option<(&'t str, &'t Tables)>,
    /// What is left of a sentence in which a lost line break was found.
    rest: Option<Span>,
}

impl Iterator for Sentences<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        let Some((paragraph, tables)) = self.unwrap else { return self.whole.next() };
        let whole = self.rest.take().or_else(|| self.whole.next())?;
        match lost_break(paragraph, whole, tables) {
            None => Some(whole),
            Some((end, next)) => {
                self.rest = Some(Span::new(next, whole.end));
                Some(Span::new(whole.start, end))
            }
        }
    }
}

/// Sentences before lost line breaks are looked for.
#[derive(Clone)]
enum Whole<'t> {
    Marked(Marked<'t>),
    Ready(std::vec::IntoIter<Span>),
}

impl Iterator for Whole<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        match self {
            Whole::Marked(marked) => marked.next(),
            Whole::Ready(spans) => spans.next(),
        }
    }
}

/// The sentences that marks end.
#[derive(Clone)]
struct Marked<'t> {
    text: &'t str,
    tables: &'t Tables,
    /// Where the next sentence begins.
    start: usize,
    /// Up to where marks were looked for.
    scanned: usize,
    /// The next `.`, `!` or `?`, where it is not before `scanned`.
    ascii: Option<usize>,
    quotes: Quotes,
}

impl<'t> Marked<'t> {
    /// The next mark's place.
    #[inline]
    fn next_mark(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        // Kept, or a text of nothing but `…` would be searched to its end for each of them.
        let ascii = self.ascii.filter(|&at| at >= self.scanned).unwrap_or_else(|| {
            let found = memchr::memchr3(b'.', b'!', b'?', &bytes[self.scanned..]);
            found.map_or(bytes.len(), |found| self.scanned + found)
        });
        self.ascii = Some(ascii);
        // `…` is E2 80 A6 in UTF-8.
        let mut from = self.scanned;
        while let Some(found) = memchr::memchr(0xA6, &bytes[from..ascii]) {
            let at = from + found;
            if at >= self.scanned + 2 && bytes[at - 1] == 0x80 && bytes[at - 2] == 0xE2 {
                return Some(at - 2);
            }
            from = at + 1;
        }
        (ascii < bytes.len()).then_some(ascii)
    }

    /// Decides the stop at `mark`; none where nothing follows it. A stop that splits begins the next sentence.
    #[inline(never)]
    fn decide(&mut self, mark: usize) -> Option<(Stop<'t>, Answer)> {
        let stop = Stop::read(self.text, self.tables, self.start, mark, &mut self.quotes);
        if stop.next >= self.text.len() {
            self.scanned = self.text.len();
            return None;
        }
        let answer = rules::decide(&stop);
        if answer.splits {
            self.start = stop.next;
            self.scanned = stop.next;
        } else {
            self.scanned = stop.end;
        }
        Some((stop, answer))
    }
}

impl Iterator for Marked<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        let start = self.start;
        while let Some(mark) = self.next_mark() {
            let bytes = self.text.as_bytes();
            if self.tables.exceptions.is_empty() && rules::is_plain_end(bytes, self.tables, start, mark) {
                (self.start, self.scanned) = (mark + 2, mark + 2);
                return Some(Span::new(start, mark + 1));
            }
            let Some((stop, answer)) = self.decide(mark) else { break };
            if answer.splits {
                return Some(Span::new(start, stop.closed));
            }
        }
        self.start = self.text.len();
        (start < self.text.len()).then(|| Span::new(start, self.text.len()))
    }
}

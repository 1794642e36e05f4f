//! What a paragraph is by its place: boxes between paragraphs, and the rules that hold only in head or tail.

use super::key::Key;
use super::phrases::Phrases;
use super::shape;
use super::{LONG_BYTES, Line, RUNNING_BYTES, Says, Stretch, dates, people};
use crate::bitext::{Kind, Lang};

/// No heading is as long as this.
pub(super) const HEADING_BYTES: usize = 300;
/// A paragraph of several sentences ends a block from this length on.
pub(super) const SEVERAL_BYTES: usize = 140;
/// One running paragraph this long, or two running paragraphs, end a block.
pub(super) const RETURN_BYTES: usize = 250;
/// The rule of sentences that ask something of the reader; alone it does not make running text anything else.
pub(super) const CALL_AT_THE_END: &str = "call-at-the-end";
/// So far down a sentence is looked for that would make a line in the tail part of the text.
pub(super) const FAR_LINES: usize = 20;
/// A box between paragraphs has at most this many lines.
pub(super) const BOX_LINES: usize = 12;

/// Decides what the rules that hold everywhere left open.
pub(super) fn decide(text: &str, lines: &mut [Line], lang: Lang, stretch: Stretch) {
    let mut article = Place { text, lang, lines, key: Key::default() };
    article.boxes();
    if let Some(first) = article.lines.iter().position(Line::is_running) {
        if stretch.first {
            article.head(article.text_begins(first));
        }
        if stretch.last {
            article.tail(first);
        }
    }
    article.captions();
    article.headings(stretch.first);
}

/// An article's paragraphs, while their places are looked at.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    pub(super) lang: Lang,
    pub(super) lines: &'a mut [Line],
    pub(super) key: Key,
}

impl Line {
    pub(super) fn is_running(&self) -> bool {
        !self.decided && (self.ends() && self.span.len() >= RUNNING_BYTES || self.span.len() >= HEADING_BYTES)
    }

    pub(super) fn ends(&self) -> bool {
        shape::is_stop(self.mark)
    }

    /// Whether all that follows at the article's end belongs to no article.
    pub(super) fn closes(&self) -> bool {
        self.decided && matches!(self.kind, Kind::Widget | Kind::Related | Kind::Copyright)
    }
}

impl Place<'_> {
    pub(super) fn own(&self, at: usize) -> &str {
        let line = &self.lines[at];
        line.middle_of(line.span.of(self.text))
    }

    /// Whether the paragraph speaks to the reader.
    pub(super) fn speaks_to_reader(&mut self, at: usize) -> bool {
        let line = self.lines[at];
        self.key.fill(line.middle_of(line.span.of(self.text)));
        Phrases::of(self.lang).has("second-person", &self.key)
    }

    /// Whether the article's text clearly goes on at this paragraph, after links of a list.
    fn returns(&mut self, at: usize) -> bool {
        if !self.lines[at].is_running() || self.speaks_to_reader(at) {
            return false;
        }
        let own = self.own(at);
        // A teaser is a sentence; a paragraph of several, or a long one, is text.
        let several =
            own.len() >= SEVERAL_BYTES && [". ", "! ", "? ", "… "].iter().any(|mark| own.contains(mark));
        let next = at + 1;
        several
            || own.len() >= RETURN_BYTES
            || (next < self.lines.len() && self.lines[next].is_running() && !self.speaks_to_reader(next))
    }

    /// Boxes between paragraphs: a section's name and its lines, up to where the text goes on.
    fn boxes(&mut self) {
        let mut at = 0;
        while at < self.lines.len() {
            if !self.lines[at].decided && self.heads_box(at) {
                self.lines[at].set((Kind::Related, "see-also-box", "it heads a link to another article"));
                self.lines[at].block = true;
            }
            let name = self.lines[at];
            at += 1;
            if !name.block {
                continue;
            }
            // Below `Lire aussi :` stand titles, and the first sentence is text again.
            let links = !matches!(name.rule, "see-also-section" | "comments");
            let goes_on = |place: &mut Self, later: usize| {
                place.returns(later)
                    || (links && place.lines[later].is_running() && !place.speaks_to_reader(later))
            };
            let most = (at + BOX_LINES + 1).min(self.lines.len());
            let Some(end) = (at..most).find(|&later| goes_on(self, later)) else { continue };
            if name.kind == Kind::Related {
                for inner in at..self.before_heading(at, end) {
                    let line = &mut self.lines[inner];
                    if !line.decided || !matches!(line.kind, Kind::Widget | Kind::Copyright) {
                        line.set((Kind::Related, "box", "it stands in a box between paragraphs"));
                    }
                }
            }
            at = end;
        }
    }

    /// Whether a name that heads links only in the tail stands above one short line and text.
    fn heads_box(&mut self, at: usize) -> bool {
        let is_link = |line: &Line| !line.decided && !line.ends() && line.span.len() <= HEADING_BYTES / 2;
        let name = self.lines[at];
        if name.span.len() > 40 || !is_link(&name) || !self.lines.get(at + 1).is_some_and(is_link) {
            return false;
        }
        let links = self.lines[at + 1..].iter().take(BOX_LINES / 3);
        let links = links.take_while(|line| is_link(line) || line.decided).count();
        if !self.lines.get(at + 1 + links).is_some_and(Line::is_running) {
            return false;
        }
        self.key.fill(name.middle_of(name.span.of(self.text)));
        Phrases::of(self.lang).is("box-names", self.key.bare().trim())
    }

    /// Where a box ends: before the last line, where a blank line parts it from the others, which no
    /// blank line parts from one another; then it is the heading of the text that follows.
    fn before_heading(&self, start: usize, end: usize) -> usize {
        let gap = |at: usize| {
            let between = &self.text[self.lines[at - 1].span.end..self.lines[at].span.start];
            between.matches('\n').count() > 1
        };
        let last = end - 1;
        if last <= start {
            return end;
        }
        let mut others = start..last;
        let apart = gap(last) && !others.clone().any(gap);
        let unlisted = !self.is_listed(last) && others.all(|at| self.is_listed(at));
        if (apart || unlisted) && !self.lines[last].decided { last } else { end }
    }

    pub(super) fn is_listed(&self, at: usize) -> bool {
        self.own(at).starts_with(['-', '–', '—', '•', '*', '·', '▪', '●'])
    }

    /// What the rules say that hold only in the head or the tail.
    pub(super) fn weak(
        &mut self,
        at: usize,
        head: bool,
        above_title: bool,
        end: usize,
    ) -> Option<(Says, bool)> {
        let line = self.lines[at];
        let own = line.middle_of(line.span.of(self.text));
        if own.is_empty() || own.len() > HEADING_BYTES {
            return None;
        }
        self.key.fill(own);
        let phrases = Phrases::of(self.lang);
        let found = phrases.find(&self.key, own.len(), line.ends());
        let rule = if head { found.head } else { found.tail };
        let quoted = own.starts_with(['«', '“', '"']);
        if let Some(rule) = rule.filter(|_| !quoted) {
            // A section's name stands above a title; alone above the text it is the title.
            let section = rule.name == "section";
            if !section || (above_title && self.title_follows(at, end)) {
                return Some(((rule.kind, rule.name, rule.reason), rule.block));
            }
            return None;
        }
        let says = |kind, rule, reason| Some(((kind, rule, reason), false));
        if !quoted
            && own.len() <= LONG_BYTES
            && let Some(kind) = self.dated_line(own)
        {
            return says(kind, "line-with-date", "a date and what stands beside dates, parted by marks");
        }
        if !quoted && line.ends() && own.len() <= 120 && people::is_by_with_stop(own, &self.key, self.lang) {
            return says(Kind::Byline, "by-name-apart", "`by` and a usual name, apart from the text");
        }
        let signed = line.mark == Some('.') && own.len() <= 40 && own.ends_with('.') && self.is_person(at);
        if signed && !quoted {
            return says(Kind::Byline, "signed", "a name with a point behind it, apart from the text");
        }
        if !head && !quoted && line.mark == Some('.') && !self.sentence_follows(at) {
            if people::are_initials_with_points(own) {
                return says(Kind::Byline, "initials-at-the-end", "initials below the text are its author's");
            }
            if own.ends_with('.') && dates::is_full(own, self.lang) {
                return says(Kind::Metadata, "date", "it is a date apart from the text");
            }
        }
        if line.ends() || quoted {
            return (!quoted && !head && own.len() <= LONG_BYTES && self.calls())
                .then_some(((Kind::Widget, CALL_AT_THE_END, "it asks the reader to do something"), false));
        }
        if dates::whole(own, self.lang).is_some() {
            return says(Kind::Metadata, "date", "it is a date apart from the text");
        }
        if shape::is_path(own) {
            return says(Kind::Metadata, "path", "it is a path through the site");
        }
        if own.starts_with(['→', '>', '»', '•']) && !head {
            return says(Kind::Related, "pointer-at-the-end", "a pointing sign leads to something else");
        }
        if !head && self.calls() {
            return says(Kind::Widget, CALL_AT_THE_END, "it asks the reader to do something");
        }
        if !head && (self.is_person(at) || people::is_initials(own)) {
            return says(Kind::Byline, "name-at-the-end", "a name alone after the text is its author's");
        }
        None
    }

    /// Whether any sentence of the article stands below a line.
    fn sentence_follows(&self, at: usize) -> bool {
        self.lines[at + 1..].iter().take(FAR_LINES).any(|line| !line.decided && line.ends())
    }

    /// Whether the key filled last calls for something to be done on a site.
    fn calls(&self) -> bool {
        let phrases = Phrases::of(self.lang);
        self.key.words() <= 45
            && self.key.parts().any(|word| phrases.is("imperatives", word))
            && phrases.has("site-words", &self.key)
    }

    /// `Jean Roy — Édité par Anne Roy — 14 janvier 2026`: pieces parted by marks, one of them a date.
    fn dated_line(&self, own: &str) -> Option<Kind> {
        let pieces = || own.split(['•', '—', '–', '|', '·']).map(str::trim).filter(|piece| !piece.is_empty());
        let parted = own.bytes().any(|byte| matches!(byte, b'|' | 0xE2 | 0xC2));
        if !parted || !own.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let dated = pieces().any(|piece| dates::whole(piece, self.lang).is_some());
        let short = pieces().all(|piece| piece.len() <= 70);
        if !dated || !short || pieces().count() < 2 {
            return None;
        }
        let person = pieces().any(|piece| people::is_person(piece, self.lang));
        Some(if person { Kind::Byline } else { Kind::Metadata })
    }

    pub(super) fn is_person(&self, at: usize) -> bool {
        people::is_person(self.own(at), self.lang)
    }
}

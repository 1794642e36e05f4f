//! What a paragraph is by its place: the article's head and tail, boxes and blocks.

use super::key::Key;
use super::phrases::Phrases;
use super::shape;
use super::{LONG_BYTES, Line, RUNNING_BYTES, Says, Stretch, dates};
use crate::bitext::{Kind, Lang};

/// No heading is as long as this.
pub(super) const HEADING_BYTES: usize = 300;
/// A paragraph of several sentences ends a block from this length on.
pub(super) const SEVERAL_BYTES: usize = 140;
/// One running paragraph this long, or two running paragraphs, end a block.
pub(super) const RETURN_BYTES: usize = 250;
/// So far down a sentence is looked for that would make a short line in the tail a heading.
const LEFT_OVER_LINES: usize = 20;
/// The rule of sentences that ask something of the reader; alone it does not make running text anything else.
const CALL_AT_THE_END: &str = "call-at-the-end";
/// A box between paragraphs has at most this many lines.
const BOX_LINES: usize = 12;

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
    text: &'a str,
    lang: Lang,
    pub(super) lines: &'a mut [Line],
    key: Key,
}

impl Line {
    pub(super) fn is_running(&self) -> bool {
        !self.decided && (self.ends() && self.span.len() >= RUNNING_BYTES || self.span.len() >= HEADING_BYTES)
    }

    pub(super) fn ends(&self) -> bool {
        shape::is_stop(self.mark)
    }

    /// Whether all that follows at the article's end belongs to no article.
    fn closes(&self) -> bool {
        self.decided && matches!(self.kind, Kind::Widget | Kind::Related | Kind::Copyright)
    }
}

impl Place<'_> {
    pub(super) fn own(&self, at: usize) -> &str {
        let line = &self.lines[at];
        line.middle_of(line.span.of(self.text))
    }

    /// Whether the paragraph speaks to the reader.
    fn speaks_to_reader(&mut self, at: usize) -> bool {
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

    /// Where the text begins: at the first running paragraph, or after a standfirst that a byline, a date or a
    /// credit parts from it.
    fn text_begins(&self, first: usize) -> usize {
        let next = (first + 1..self.lines.len()).find(|&at| self.lines[at].is_running());
        let Some(next) = next.filter(|next| next - first <= BOX_LINES) else { return first };
        let parts = (first + 1..next).any(|at| {
            let line = &self.lines[at];
            matches!(line.kind, Kind::Byline | Kind::Metadata | Kind::Credit)
                || (!line.decided && !line.ends() && dates::whole(self.own(at), self.lang).is_some())
        });
        if parts && self.lines[first].span.len() < HEADING_BYTES { next } else { first }
    }

    /// The lines before the first running paragraph.
    fn head(&mut self, first: usize) {
        let mut above_title = true;
        for at in 0..first {
            if self.lines[at].decided || self.lines[at].is_running() {
                continue;
            }
            let mut says = self.weak(at, true, above_title, first);
            if says.is_none() && above_title && self.is_kicker(at, first) {
                let reason = "one or two words above the title name a section";
                says = Some(((Kind::Label, "kicker", reason), false));
            }
            match says {
                Some((says, _)) => self.lines[at].set(says),
                None => above_title = false,
            }
        }
        // A name beside a date, a role or another byline is the author's; so is a section's name there.
        let mut title = false;
        for at in 0..first {
            let beside = |line: &Line| {
                let dated = matches!(line.rule, "labelled-date" | "date" | "reading-time");
                line.decided && (line.kind == Kind::Byline || dated)
            };
            let before = at > 0 && beside(&self.lines[at - 1]);
            if title && at > 0 && self.lines[at - 1].decided && !self.lines[at].decided && self.is_section(at)
            {
                self.lines[at].set((Kind::Label, "section-beside", "a section's name below the title"));
                continue;
            }
            let near = before || self.lines.get(at + 1).is_some_and(beside);
            if self.lines[at].decided || !near {
                title |= !self.lines[at].decided && !self.lines[at].ends();
            } else if self.is_person(at) || (title && self.is_two_names(at)) {
                self.lines[at].set((Kind::Byline, "name-beside", "a name beside a byline or a date"));
            } else if self.is_tag_list(at) {
                self.lines[at].set((
                    Kind::Metadata,
                    "tags-beside",
                    "subjects in a row beside a byline or a date",
                ));
            } else {
                title |= !self.lines[at].ends();
            }
        }
    }

    /// The lines after the last running paragraph, and the block that goes on to the end.
    fn tail(&mut self, first: usize) {
        let Some(last) = (first..self.lines.len()).rev().find(|&at| {
            let asks = |place: &mut Self| {
                let end = place.lines.len();
                let phrase = |((_, rule, _), _): (Says, bool)| rule != CALL_AT_THE_END;
                place.ended_before(first, at) || place.weak(at, false, false, end).is_some_and(phrase)
            };
            self.lines[at].is_running() && !(at > first && self.speaks_to_reader(at) && asks(self))
        }) else {
            return;
        };
        for at in last + 1..self.lines.len() {
            if !self.lines[at].decided
                && let Some((says, block)) = self.weak(at, false, false, self.lines.len())
            {
                self.lines[at].set(says);
                self.lines[at].block = block;
            }
        }
        let mut inside: Option<Line> = None;
        let mut ended = false;
        for at in last + 1..self.lines.len() {
            let line = self.lines[at];
            if !line.decided && inside.is_none() && self.is_left_over(at, ended) {
                let reader = self.speaks_to_reader(at);
                let kind = if reader { Kind::Widget } else { Kind::Related };
                self.lines[at].set((
                    kind,
                    "after-the-text",
                    "it heads nothing, and the article is at its end",
                ));
                continue;
            }
            ended |= line.decided;
            if line.closes() {
                // A copyright line within a block is a copyright line, and the block goes on.
                if line.kind != Kind::Copyright || inside.is_none() {
                    inside = Some(line);
                }
                continue;
            }
            let Some(opener) = inside else { continue };
            let lone = !opener.block && opener.kind != Kind::Copyright;
            if lone
                && !line.decided
                && line.mark == Some('.')
                && line.span.len() >= 50
                && !self.speaks_to_reader(at)
            {
                // A plain sentence after a lone link or button is still text.
                inside = None;
                continue;
            }
            let kind = match opener.kind {
                // In a list of articles dates and authors are theirs; elsewhere a line stays what it is.
                Kind::Related if line.rule.starts_with("tags") => continue,
                Kind::Copyright | Kind::Widget if line.decided => continue,
                Kind::Copyright => Kind::Widget,
                kind => kind,
            };
            self.lines[at].set((
                kind,
                "tail-block",
                "it stands in a block that goes on to the article's end",
            ));
        }
    }

    /// Whether a line after the last running paragraph, in no block, is no text: it has no stop and no sentence
    /// comes after it, and something set apart stands before it (`ended`) or right after it.
    fn is_left_over(&mut self, at: usize, ended: bool) -> bool {
        let line = self.lines[at];
        let own = line.middle_of(line.span.of(self.text));
        if own.is_empty()
            || own.starts_with(['«', '"', '“'])
            || self.is_listed(at)
            || line.suffix.is_some()
            || line.mark == Some(':')
        {
            return false;
        }
        if ended && (!line.ends() || own.len() < RETURN_BYTES) && self.speaks_to_reader(at) {
            return true;
        }
        let rest = &self.lines[at + 1..];
        let sentence = |line: &Line| !line.decided && line.mark == Some('.');
        let next = rest.iter().take(3).position(|line| line.decided || line.ends());
        let closed = next.is_some_and(|next| {
            rest[next].closes() && !(at + 1..=at + next).any(|between| self.is_listed(between))
        });
        // A teaser may ask something.
        (!line.ends() || (ended && line.mark == Some('?')))
            && own.len() <= HEADING_BYTES / 2
            && (ended || closed)
            && !rest.iter().take(LEFT_OVER_LINES).take_while(|line| !line.closes()).any(sentence)
    }

    pub(super) fn is_listed(&self, at: usize) -> bool {
        self.own(at).starts_with(['-', '–', '—', '•', '*', '·', '▪', '●'])
    }

    /// Whether anything set apart stands between the last running paragraph before `at` and `at`.
    fn ended_before(&self, first: usize, at: usize) -> bool {
        let from = (first..at).rev().find(|&before| self.lines[before].is_running()).unwrap_or(first);
        self.lines[from..at].iter().any(|line| line.decided)
    }

    /// What the rules say that hold only in the head or the tail.
    fn weak(&mut self, at: usize, head: bool, above_title: bool, end: usize) -> Option<(Says, bool)> {
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
        if !quoted && line.ends() && own.len() <= 120 && self.is_by_with_stop(own) {
            return says(Kind::Byline, "by-name-apart", "`by` and a usual name, apart from the text");
        }
        let signed = line.mark == Some('.') && own.len() <= 40 && own.ends_with('.') && self.is_person(at);
        if signed && !quoted {
            return says(Kind::Byline, "signed", "a name with a point behind it, apart from the text");
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
        if !head && (self.is_person(at) || shape_initials(own)) {
            return says(Kind::Byline, "name-at-the-end", "a name alone after the text is its author's");
        }
        None
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
        let person = pieces().any(|piece| super::is_person(piece, self.lang));
        Some(if person { Kind::Byline } else { Kind::Metadata })
    }

    fn is_by_with_stop(&self, own: &str) -> bool {
        let Some(own) = own.strip_suffix('.') else { return false };
        let named = own.split(' ').nth(1).is_some_and(super::phrases::is_given_name);
        named && super::is_by(own, &self.key, self.lang)
    }

    /// `Transports, Toulouse, Haute-Garonne`: three pieces or more of a few words, each with a capital.
    fn is_tag_list(&self, at: usize) -> bool {
        let own = self.own(at);
        let pieces = || own.split(',').map(str::trim);
        let tag =
            |piece: &str| piece.starts_with(char::is_uppercase) && piece.split_whitespace().count() <= 3;
        !self.lines[at].ends() && pieces().count() >= 3 && pieces().all(tag)
    }

    /// Whether one or two words stand above a longer line that no mark ends: a section's name above the title.
    fn is_kicker(&mut self, at: usize, first: usize) -> bool {
        let line = self.lines[at];
        let own = line.middle_of(line.span.of(self.text));
        let capital = own.starts_with(char::is_uppercase) && !own.contains(|c: char| c.is_ascii_digit());
        if line.ends() || line.mark == Some(':') || !capital || own.split_whitespace().count() > 2 {
            return false;
        }
        let Some(next) = (at + 1..first).find(|&next| !self.lines[next].decided) else { return false };
        let below = self.lines[next];
        let title = below.middle_of(below.span.of(self.text));
        !below.ends() && !self.is_listed(next) && title.split_whitespace().count() >= 5
    }

    /// Two or three words with capitals and nothing else.
    fn is_two_names(&self, at: usize) -> bool {
        let own = self.own(at);
        let (end, capitals) = shape::names(own, |_| false);
        end == own.len() && (2..=3).contains(&capitals) && own.len() <= 40
    }

    fn is_section(&mut self, at: usize) -> bool {
        let line = self.lines[at];
        self.key.fill(line.middle_of(line.span.of(self.text)));
        let found = Phrases::of(self.lang).find(&self.key, line.span.len(), line.ends());
        found.head.is_some_and(|rule| rule.name == "section")
    }

    fn title_follows(&self, at: usize, end: usize) -> bool {
        let next = (at + 1..end.min(self.lines.len())).find(|&next| !self.lines[next].decided);
        next.is_some_and(|next| !self.lines[next].is_running() && self.own(next).len() > self.own(at).len())
    }

    fn is_person(&self, at: usize) -> bool {
        super::is_person(self.own(at), self.lang)
    }
}

/// `J. D.`, `M.-C. B.`, `J.D.`: an author's initials.
fn shape_initials(own: &str) -> bool {
    let letters = own.chars().filter(|c| c.is_alphabetic()).count();
    (2..=4).contains(&letters)
        && own.contains('.')
        && own.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | ' '))
}

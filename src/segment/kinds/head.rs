//! What the lines above the text are by their place: kickers, names beside dates, sections below a title.

use super::phrases::Phrases;
use super::places::{BOX_LINES, HEADING_BYTES, Place};
use super::{Line, dates, shape};
use crate::bitext::Kind;

impl Place<'_> {
    /// Where the text begins: at the first running paragraph, or after a standfirst that a byline, a date or a
    /// credit parts from it.
    pub(super) fn text_begins(&self, first: usize) -> usize {
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
    pub(super) fn head(&mut self, first: usize) {
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
            let below = self.lines.get(at + 1).is_some_and(beside);
            let apart = below || (at > 0 && self.lines[at - 1].decided);
            if title && apart && !self.lines[at].decided && !self.is_listed(at) && self.is_section(at) {
                self.lines[at].set((Kind::Label, "section-beside", "a section's name below the title"));
                continue;
            }
            let near = before || below;
            if self.lines[at].decided || !near {
                title |= !self.lines[at].decided && !self.lines[at].ends();
            } else if !title && below && self.is_portrait_title(at, first) {
                title = true;
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

    /// Whether a name above a date or a byline is the title of a portrait: no line but a section's name stands above
    /// it, nothing with it tells of an author (a place, an agency, a second name), and no other title follows.
    fn is_portrait_title(&mut self, at: usize, end: usize) -> bool {
        let own = self.own(at);
        let (name, years) = own.split_once(" (").unwrap_or((own, ")"));
        let (len, _) = shape::names(name, |word| {
            matches!(word, "de" | "d" | "du" | "des" | "la" | "le" | "et" | "and" | "von" | "van")
        });
        let lived = years.ends_with(')') && !years.contains(char::is_alphabetic);
        if len != name.len() || name.contains(',') || !lived || !self.is_person(at) {
            return false;
        }
        if !self.lines[..at].iter().all(|line| line.decided && line.kind == Kind::Label) {
            return false;
        }
        // Above `Par …` it is no author, whatever follows.
        self.lines[at + 1].rule == "by-name" || !(at + 1..end).any(|later| self.may_be_title(later))
    }

    fn may_be_title(&mut self, at: usize) -> bool {
        let line = self.lines[at];
        let open = !line.ends() || matches!(line.mark, Some('?' | '!'));
        !line.decided && open && !self.is_person(at) && !self.is_tag_list(at) && !self.is_section(at)
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

    pub(super) fn title_follows(&self, at: usize, end: usize) -> bool {
        let next = (at + 1..end.min(self.lines.len())).find(|&next| !self.lines[next].decided);
        next.is_some_and(|next| !self.lines[next].is_running() && self.own(next).len() > self.own(at).len())
    }

    /// `Transports, Toulouse, Haute-Garonne`: three pieces or more of a few words, each with a capital.
    fn is_tag_list(&self, at: usize) -> bool {
        let own = self.own(at);
        let pieces = || own.split(',').map(str::trim);
        let tag =
            |piece: &str| piece.starts_with(char::is_uppercase) && piece.split_whitespace().count() <= 3;
        !self.lines[at].ends() && pieces().count() >= 3 && pieces().all(tag)
    }
}

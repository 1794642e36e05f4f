//! What the lines below the text are by their place: signatures, and the blocks that go on to the end.

use super::phrases::Phrases;
use super::places::{CALL_AT_THE_END, FAR_LINES, HEADING_BYTES, Place, RETURN_BYTES};
use super::{LONG_BYTES, Line, Says};
use crate::bitext::Kind;

/// A notice has at most this many bytes.
const NOTICE_BYTES: usize = 2000;
/// Its first sentence has at most this many, where it says who holds the rights; its last half of that.
const RIGHTS_BYTES: usize = 120;

impl Place<'_> {
    /// The lines after the last running paragraph, and the block that goes on to the end.
    pub(super) fn tail(&mut self, first: usize) {
        self.notices(first);
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

    /// Notices that are as long as running paragraphs, below all of them: who holds the rights, what becomes of
    /// the reader's data.
    fn notices(&mut self, first: usize) {
        for at in (first + 1..self.lines.len()).rev() {
            let line = self.lines[at];
            if line.decided || !line.is_running() {
                continue;
            }
            let own = line.middle_of(line.span.of(self.text));
            let quoted = own.starts_with(['«', '"', '“']);
            if quoted || !(LONG_BYTES..=NOTICE_BYTES).contains(&own.len()) {
                return;
            }
            if self.is_rights_notice(own) {
                self.lines[at].set((
                    Kind::Copyright,
                    "rights-notice",
                    "it begins or ends with who holds the rights",
                ));
            } else if self.is_data_notice(own) {
                self.lines[at].set((
                    Kind::Widget,
                    "data-notice",
                    "it tells the reader what becomes of his data",
                ));
            } else {
                return;
            }
        }
    }

    /// Whether a short first sentence, or the last, ends by saying that all rights are reserved.
    fn is_rights_notice(&mut self, own: &str) -> bool {
        let stops = [". ", ".\u{a0}", "! "];
        let first = stops.iter().filter_map(|stop| own.find(stop)).min().unwrap_or(own.len());
        let last = stops.iter().filter_map(|stop| own.rfind(stop)).max().map_or(0, |at| at + 1);
        let says = |place: &mut Self, sentence: &str, most: usize| {
            place.key.fill(sentence);
            sentence.len() <= most
                && !sentence.contains(['«', '"', '“'])
                && Phrases::of(place.lang).ends("rights-words", &place.key)
        };
        says(self, &own[..first], RIGHTS_BYTES) || says(self, &own[last..], RIGHTS_BYTES / 2)
    }

    /// Whether it begins as notices do, speaks to the reader, and of data.
    fn is_data_notice(&mut self, own: &str) -> bool {
        let phrases = Phrases::of(self.lang);
        self.key.fill(own);
        let found = phrases.find(&self.key, usize::MAX, true);
        found.tail.is_some_and(|rule| rule.name == "legal")
            && phrases.has("second-person", &self.key)
            && phrases.has("data-words", &self.key)
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
            && !rest.iter().take(FAR_LINES).take_while(|line| !line.closes()).any(sentence)
    }

    /// Whether anything set apart stands between the last running paragraph before `at` and `at`.
    fn ended_before(&self, first: usize, at: usize) -> bool {
        let from = (first..at).rev().find(|&before| self.lines[before].is_running()).unwrap_or(first);
        self.lines[from..at].iter().any(|line| line.decided)
    }
}

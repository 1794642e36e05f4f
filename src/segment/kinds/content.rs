//! What kind of content a paragraph is, once what is set around the text is known: headings and captions.

use super::Line;
use super::glued::CAPTION_BYTES;
use super::places::{HEADING_BYTES, Place, RETURN_BYTES, SEVERAL_BYTES};
use crate::bitext::Kind;

/// So many short lines in a row below a sentence are a list; fewer can be a heading and those below it.
const ROW_LINES: usize = 4;

impl Place<'_> {
    /// What stands above a credit, or has one behind it, is a caption.
    pub(super) fn captions(&mut self) {
        for at in 0..self.lines.len() {
            let line = self.lines[at];
            if line.decided || line.span.len() > CAPTION_BYTES {
                continue;
            }
            let within = line.suffix.is_some_and(|glued| glued.kind == Kind::Credit);
            let above = at > 0
                && self.lines.get(at + 1).is_some_and(|next| next.decided && next.kind == Kind::Credit);
            if within {
                self.lines[at].set((Kind::Caption, "caption-with-credit", "a credit stands behind it"));
            } else if above && self.sentences_at_most_two(at) {
                self.lines[at].set((Kind::Caption, "caption-above-credit", "a credit stands below it"));
            }
        }
    }

    fn sentences_at_most_two(&self, at: usize) -> bool {
        let own = self.own(at);
        let marks = own.matches(['.', '!', '?', '…']).count();
        own.len() <= if marks < 2 { RETURN_BYTES } else { SEVERAL_BYTES + 20 } && marks <= 3
    }

    /// Short unmarked lines with text below them are headings; the first of an article may be longer than others.
    pub(super) fn headings(&mut self, mut title: bool) {
        let is_content = |line: &Line| !line.decided || line.kind == Kind::Caption;
        // The lines of the row of short ones that a line stands in, and where that ends.
        let (mut row, mut row_ends) = (0, 0);
        for at in 0..self.lines.len() {
            let line = self.lines[at];
            if at >= row_ends {
                row = self.row_below_sentence(at);
                row_ends = at + row.max(1);
            }
            if !is_content(&line) {
                continue;
            }
            let first = std::mem::replace(&mut title, false);
            let below = self.lines[at + 1..].iter().find(|line| is_content(line));
            let Some(below) = below.filter(|_| !line.decided && line.prefix.is_none()) else { continue };
            let own = self.own(at);
            let most = if first { HEADING_BYTES } else { HEADING_BYTES / 2 };
            let listed =
                self.is_listed(at) || (own.starts_with(char::is_lowercase) && !begins_with_brand(own));
            let open = matches!(line.mark, Some(':' | ';' | ',')) || line.mark.is_none();
            if own.len() > most || listed || open {
                continue;
            }
            let question =
                matches!(line.mark, Some('?' | '!')) && own.matches(['.', '?', '!', '…']).count() == 1;
            if first && question && own.len() <= HEADING_BYTES / 2 {
                self.lines[at].set((
                    Kind::Heading,
                    "title-question",
                    "the first line, and one question or call",
                ));
            } else if !line.ends() {
                // Three short lines and more in a row are a list, a table, verse: text.
                let in_list = !first
                    && !below.is_running()
                    && self.is_short(at + 1)
                    && (row >= ROW_LINES || at.checked_sub(1).is_some_and(|before| self.is_short(before)));
                if first {
                    self.lines[at].set((Kind::Heading, "title", "the first line, and no mark ends it"));
                } else if !in_list {
                    self.lines[at].set((
                        Kind::Heading,
                        "heading",
                        "short, no mark ends it, and text follows",
                    ));
                }
            } else if matches!(line.mark, Some('?' | '!' | '…')) && own.len() <= 80 && below.is_running() {
                let between =
                    first || at.checked_sub(1).is_some_and(|before| self.lines[before].is_running());
                let marks = own.matches(['.', '?', '!', '…']).count();
                if between && marks == 1 && !own.contains(['«', '“', '"']) {
                    self.lines[at].set((Kind::Heading, "question-heading", "a short question above text"));
                }
            }
        }
    }

    /// How many short unmarked lines follow one another from this one on, if it could be a heading and a sentence, or
    /// what introduces them, stands above it. A line with a bullet or in capitals is none of them.
    fn row_below_sentence(&self, at: usize) -> usize {
        let Some(above) = at.checked_sub(1).map(|above| self.lines[above]) else { return 0 };
        if above.decided || !(above.ends() || above.mark == Some(':')) {
            return 0;
        }
        let in_row = |&at: &usize| {
            let (own, mark) = (self.own(at), self.lines[at].mark);
            let open = matches!(mark, Some(':' | ';' | ',')) || mark.is_none();
            let begins = own.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            self.is_short(at) && !open && begins && own.contains(char::is_lowercase)
        };
        (at..self.lines.len()).take_while(in_row).count()
    }

    fn is_short(&self, at: usize) -> bool {
        self.lines
            .get(at)
            .is_some_and(|line| !line.decided && !line.ends() && line.span.len() <= HEADING_BYTES / 2)
    }
}

/// Whether a lower-case first word has a capital within, as brands are written (`eBay`, `iPhone`), and is no
/// word cut short before a name (`l’État`).
fn begins_with_brand(own: &str) -> bool {
    let word = own.split([' ', '\u{a0}', '\'', '’', '-']).next().unwrap_or("");
    word.contains(char::is_uppercase)
        && own[word.len()..].chars().next().is_none_or(|c| !matches!(c, '\'' | '’'))
}

//! A keyword in context: a line with it always at the same column, and under it what translates the unit.

use unicode_width::UnicodeWidthChar;

use crate::bitext::Span;
use crate::cli::lay::{Layout, Style, visible, width};
use crate::desk::find::{Hit, partner_words};

/// The columns where results go to no terminal.
pub(super) const PIPED: usize = 100;

/// What the lines are laid out for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub columns: usize,
    pub colours: bool,
}

/// What stands between a keyword and its context.
fn gap(parted: bool) -> &'static str {
    if parted { "  " } else { "" }
}

/// Text cut out of another, with a mark where something is left out.
struct Cut {
    text: String,
    width: usize,
}

impl Page {
    /// The lines of a place: the keyword in its context; where it is, and the partner around the words that translate it.
    pub(super) fn hit(self, hit: &Hit) -> Vec<String> {
        let layout = Layout { columns: None, colours: self.colours };
        let text = hit.text();
        let columns = self.columns.max(24);
        // A third stands before the keyword, so that long ones and what follows have room.
        let left_room = columns * 2 / 5 - 2;
        let (left, right) = (&text[..hit.span.start], &text[hit.span.end..]);
        let own = head(hit.span.of(text), columns - left_room - 4 - columns / 8);
        // What no space parts stays joined: `l’|IA|,`.
        let before = gap(left.is_empty() || left.ends_with(char::is_whitespace));
        let after = gap(right.is_empty() || right.starts_with(char::is_whitespace));
        let left = tail(left.trim_end(), left_room + 2 - before.len());
        let right = head(right.trim_start(), columns - left_room - 2 - own.width - after.len());
        let line = format!(
            "{}{}{before}{}{after}{}",
            " ".repeat(left_room + 2 - before.len() - left.width),
            left.text,
            layout.word(Style::Bold, &own.text),
            right.text
        );
        vec![line.trim_end().to_owned(), self.partner(hit, layout, columns)]
    }

    /// Where the place is, and as much of the partner as fits around the words that translate it.
    fn partner(self, hit: &Hit, layout: Layout, columns: usize) -> String {
        let cite = format!("    {}  ", visible(&hit.cite()));
        let dim = layout.word(Style::Dim, &cite);
        let partner = hit.partner();
        if partner.is_empty() {
            return format!("{dim}{}", layout.word(Style::Dim, "–"));
        }
        let room = columns.saturating_sub(width(&cite)).max(columns / 3);
        let words = partner_words(hit);
        let shown = window(partner, words.first().copied(), room);
        let mut line = dim;
        let mut at = shown.start;
        if shown.start > 0 {
            line.push('…');
        }
        for word in words.iter().filter(|word| shown.start <= word.start && word.end <= shown.end) {
            line.push_str(&visible(&partner[at..word.start]));
            line.push_str(&layout.word(Style::Bold, word.of(partner)));
            at = word.end;
        }
        line.push_str(&visible(&partner[at..shown.end]));
        if shown.end < partner.len() {
            line.push('…');
        }
        line.replace('\n', " ")
    }
}

/// The stretch of a text that fits, with the first of its words that matter in it, marks for what is left out included.
fn window(text: &str, wanted: Option<Span>, room: usize) -> Span {
    if shown_width(text) <= room {
        return Span::new(0, text.len());
    }
    let room = room.saturating_sub(2);
    let fits = |from: usize| {
        let mut used = 0;
        let mut end = from;
        for c in text[from..].chars() {
            used += shown_width(c.encode_utf8(&mut [0; 4]));
            if used > room {
                break;
            }
            end += c.len_utf8();
        }
        end
    };
    let end = fits(0);
    let Some(wanted) = wanted.filter(|wanted| wanted.end > end) else { return Span::new(0, end) };
    // The word stands at the middle, or as far right as the end of the text allows.
    let mut start = wanted.start;
    let mut used = 0;
    let behind = shown_width(&text[wanted.start..]);
    for c in text[..wanted.start].chars().rev() {
        used += shown_width(c.encode_utf8(&mut [0; 4]));
        if used > room.saturating_sub(behind).max(room / 2) {
            break;
        }
        start -= c.len_utf8();
    }
    while text[start..].starts_with(joins) && start < wanted.start {
        start += text[start..].chars().next().map_or(1, char::len_utf8);
    }
    Span::new(start, fits(start))
}

/// Whether a character stands on the one before it.
fn joins(c: char) -> bool {
    c.width() == Some(0)
}

/// The columns that a text takes where nothing of it is obeyed or hidden.
fn shown_width(text: &str) -> usize {
    width(&visible(text).replace('\n', " "))
}

/// The beginning of a text that fits into so many columns.
fn head(text: &str, room: usize) -> Cut {
    let shown = visible(text).replace('\n', " ");
    if width(&shown) <= room {
        return Cut { width: width(&shown), text: shown };
    }
    let mut used = 1;
    let mut cut = String::new();
    for c in shown.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > room {
            break;
        }
        used += wide;
        cut.push(c);
    }
    cut.push('…');
    Cut { text: cut, width: used }
}

/// The end of a text that fits into so many columns.
fn tail(text: &str, room: usize) -> Cut {
    let shown = visible(text).replace('\n', " ");
    if width(&shown) <= room {
        return Cut { width: width(&shown), text: shown };
    }
    let mut used = 1;
    let mut start = shown.len();
    for (at, c) in shown.char_indices().rev() {
        let wide = c.width().unwrap_or(0);
        if used + wide > room {
            break;
        }
        used += wide;
        start = at;
    }
    let rest = shown[start..].trim_start_matches(joins);
    Cut { text: format!("…{rest}"), width: used }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::bitext::{Kind, Lang, Status, UnitId};
    use crate::desk::find::Texts;

    fn hit(fr: &str, en: &str, span: Span) -> Hit {
        let stem: crate::bitext::Stem = "roy".parse().unwrap();
        let texts = Arc::new(Texts { fr: fr.to_owned(), en: en.to_owned() });
        let id = UnitId::of(&stem, &[fr], 0);
        Hit { stem, id, kind: Kind::Body, status: Status::Draft, side: Lang::Fr, span, texts }
    }

    #[test]
    fn the_keyword_stands_at_one_column_and_its_partner_is_in_sight() {
        let fr = "Hier, le gouvernement a annoncé la fermeture de trois usines du nord.";
        let en = "Yesterday in the afternoon and to the surprise of nearly everybody the government announced the closing.";
        let found = hit(fr, en, Span::new(9, 21));
        let lines = Page { columns: 60, colours: false }.hit(&found);
        assert_eq!(lines[0], "              Hier, le  gouvernement  a annoncé la fermetur…");
        assert!(
            lines[1].starts_with("    roy:") && lines[1].contains("government") && lines[1].ends_with('…'),
            "{lines:?}"
        );
        assert!(lines.iter().all(|line| width(line) <= 60), "{lines:?}");
        let lines = Page { columns: 60, colours: true }.hit(&found);
        assert!(
            lines[0].contains("\x1b[1mgouvernement\x1b[0m") && lines[1].contains("\x1b[1mgovernment\x1b[0m"),
            "{lines:?}"
        );
        assert!(Page { columns: 60, colours: false }.hit(&hit(fr, "", Span::new(0, 4)))[1].ends_with("  –"));
    }

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        let lines = Page { columns: 80, colours: false }.hit(&hit(
            "a\u{1B}[31m le \u{202E}mot\nfin",
            "x\u{1B}c",
            Span::new(7, 9),
        ));
        let all = lines.join("\n");
        assert!(
            all.contains("<U+001B>[31m") && all.contains("<U+202E>mot fin") && all.contains("x<U+001B>c"),
            "{all}"
        );
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            fr in "[a-c日 é\u{301}\u{202E}\n]{1,80}",
            en in "[a-c日 e\u{301}\u{202E}\n]{0,120}",
            columns in 30usize..90,
            at in 0usize..80,
            long in 1usize..40,
        ) {
            let places: Vec<usize> = fr.char_indices().map(|(at, _)| at).chain([fr.len()]).collect();
            let start = at % (places.len() - 1);
            let end = (start + long).min(places.len() - 1);
            let lines = Page { columns, colours: false }.hit(&hit(&fr, &en, Span::new(places[start], places[end])));
            for line in lines {
                prop_assert!(width(&line) <= columns && !line.contains('\n'), "{} > {columns}: {line:?}", width(&line));
            }
        }
    }
}

//! What is glued to a paragraph: a date or an agency's dateline before it, a credit or an agency
//! behind it. Each is a sentence of its own.

use super::dates;
use super::key::Key;
use super::phrases::Phrases;
use super::shape::{is_stop, last_mark};
use crate::bitext::{Kind, Lang};

/// A piece at one end of a paragraph, the rule that found it, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::segment) struct Glued {
    /// For a prefix the byte after it, for a suffix its first.
    pub(super) at: usize,
    /// What it is.
    pub(super) kind: Kind,
    /// The rule.
    pub(super) rule: &'static str,
    /// Why.
    pub(super) reason: &'static str,
}

/// The longest prefix, in bytes; a paragraph's beginning is all that is looked at.
const PREFIX_BYTES: usize = 160;

/// A date or dateline before the text of a paragraph. `first`: it is among the article's first.
pub(super) fn prefix(text: &str, lang: Lang, first: bool) -> Option<Glued> {
    let head = beginning(text, PREFIX_BYTES);
    if head.bytes().take(64).any(|b| b.is_ascii_digit())
        && let Some(dated) = dates::leading(head, lang)
        && (dated.labelled || (first && dated.figures))
    {
        return Some(Glued {
            at: dated.end,
            kind: Kind::Metadata,
            rule: "glued-date",
            reason: "a date stands before the first sentence without a mark between",
        });
    }
    dateline(head, lang, first).map(|at| Glued {
        at,
        kind: Kind::Metadata,
        rule: "dateline",
        reason: "place and agency stand before a dash, as agencies begin",
    })
}

/// The byte after `PARIS (AFP) –`, `Bruxelles, 14 janv (Reuters) -`, or `OTTAWA —`.
fn dateline(head: &str, lang: Lang, first: bool) -> Option<usize> {
    let begins = |c: char| c.is_uppercase() || c == '(' || c == '[';
    if !head.starts_with(begins) {
        return None;
    }
    // Nearly every paragraph has neither bracket nor long dash so early.
    let early = &head.as_bytes()[..head.len().min(80)];
    if memchr::memchr2(b'(', b'[', early).is_none() && !(first && head.contains('—')) {
        return None;
    }
    let phrases = Phrases::of(lang);
    let (at, dash) =
        head.char_indices().find(|&(_, c)| matches!(c, '–' | '—' | '-' | ':' | '.' | '!' | '?'))?;
    let (mut at, mut dash) = (at, dash);
    // A hyphen inside a place (`CLERMONT-FERRAND`) or a point inside `Jan. 14` is no end.
    while !(head[at + dash.len_utf8()..].starts_with(' ')
        && (head[..at].ends_with([' ', '\u{a0}']) || head[..at].ends_with([')', ']'])))
    {
        let from = at + dash.len_utf8();
        let next =
            head[from..].char_indices().find(|&(_, c)| matches!(c, '–' | '—' | '-' | ':' | '.' | '!' | '?'));
        let (step, c) = next?;
        (at, dash) = (from + step, c);
    }
    if !matches!(dash, '–' | '—' | '-' | ':') || at > 80 {
        return None;
    }
    let before = head[..at].trim_end();
    let after = head[at + dash.len_utf8()..].trim_start();
    if !after.starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '"' | '“' | '‘')) {
        return None;
    }
    let place_only = match before.rfind(['(', '[']) {
        Some(open) if before.ends_with([')', ']']) => {
            let inner = Key::of(&before[open..]);
            let agency = inner.text().split(" / ").all(|one| phrases.is("agencies", one.trim()));
            if !agency {
                return None;
            }
            before[..open].trim_end()
        }
        // Without an agency: only a place in capitals and a long dash, at the article's beginning.
        _ if first && dash == '—' && before.chars().filter(|c| c.is_uppercase()).count() >= 4 => {
            let shouted = before.chars().all(|c| !c.is_lowercase());
            return (shouted && before.split_whitespace().count() <= 4).then(|| at + dash.len_utf8());
        }
        _ => return None,
    };
    let named =
        place_only.split(|c: char| c.is_whitespace() || c == ',' || c == '/').filter(|w| !w.is_empty());
    let places = named.clone().count() <= 10
        && named.clone().all(|word| {
            let bare = word.trim_end_matches('.');
            word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                || phrases.is("particles", Key::of(bare).text().trim())
                || dates::is_word(bare, lang)
        });
    places.then(|| at + dash.len_utf8())
}

/// A credit or an agency's name behind the text of a paragraph.
pub(super) fn suffix(text: &str, lang: Lang) -> Option<Glued> {
    let phrases = Phrases::of(lang);
    // `… dit-il. (AFP)`, `… en Californie. (Photo : Jean Roy)`
    if let Some(closed) = text.strip_suffix([')', ']'])
        && let Some(open) = closed.rfind(['(', '['])
        && closed.len() - open <= 120
        && open > 0
    {
        let before = text[..open].trim_end();
        let inner = Key::of(&closed[open..]);
        let after_stop = is_stop(last_mark(before));
        let agencies = inner.text().trim().trim_start_matches("avec ").trim_start_matches("with ");
        if after_stop && !agencies.is_empty() && agencies.split(" / ").all(|one| phrases.is("agencies", one))
        {
            return Some(Glued {
                at: open,
                kind: Kind::Byline,
                rule: "glued-agency",
                reason: "an agency's name stands in brackets behind the last sentence",
            });
        }
        let opens = inner.parts().next().unwrap_or("");
        let credit = matches!(opens, "photo" | "photos" | "credit" | "credits" | "©" | "illustration");
        if credit && (after_stop || text.len() <= CAPTION_BYTES) && !before.is_empty() {
            return Some(credit_at(open));
        }
    }
    if text.len() > CAPTION_BYTES || is_stop(last_mark(text)) {
        return None;
    }
    // `Le siège de Nvidia. © AFP`, `… en Californie © Justin Roy / Getty Images`
    if let Some(sign) = text.rfind('©')
        && sign > 20
        && text.len() - sign <= 80
        && text[sign + '©'.len_utf8()..].contains(char::is_alphabetic)
    {
        return Some(credit_at(sign));
    }
    // `Un supermarché à Nantes (image d'illustration) - AFP`
    if let Some(at) = [" - ", " – ", " — ", " | "].iter().filter_map(|mark| text.rfind(mark)).max()
        && at > 20
        && text.len() - at <= 48
    {
        let rest = Key::of(&text[at..]);
        let name = rest.text().trim_start_matches([' ', ':']).trim();
        let credit = || {
            let found = phrases.find(&Key::of(name), name.len(), false).anywhere;
            found.is_some_and(|rule| rule.kind == Kind::Credit)
        };
        if phrases.is("agencies", name) || phrases.is("picture-agencies", name) || credit() {
            return Some(credit_at(at + 1));
        }
    }
    // `… le 3 mai. JUSTIN ROY / AFP`
    if let Some((at, _)) = text.rmatch_indices(". ").next() {
        let start = at + 2 + (text[at + 2..].len() - text[at + 2..].trim_start().len());
        let rest = &text[start..];
        let found = phrases.find(&Key::of(rest), rest.len(), false);
        if rest.len() <= 80 && at > 20 && found.anywhere.is_some_and(|rule| rule.kind == Kind::Credit) {
            return Some(credit_at(start));
        }
    }
    None
}

/// The longest paragraph that may be a caption, in bytes.
pub(super) const CAPTION_BYTES: usize = 420;

fn credit_at(at: usize) -> Glued {
    Glued { at, kind: Kind::Credit, rule: "glued-credit", reason: "a credit stands behind the caption" }
}

/// The first bytes of a text, no character cut.
fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(text: &str, lang: Lang) -> Option<&str> {
        prefix(text, lang, true).map(|glued| &text[..glued.at])
    }

    #[test]
    fn datelines_are_set_apart() {
        for (text, found) in [
            ("PARIS (AFP) – Le ministre", "PARIS (AFP) –"),
            ("Bruxelles, 14 janv (Reuters) - L’Union", "Bruxelles, 14 janv (Reuters) -"),
            ("Clermont-Ferrand (AFP) - Un homme", "Clermont-Ferrand (AFP) -"),
            ("(Belga) - Le roi", "(Belga) -"),
            ("MONTRÉAL — Le premier ministre", "MONTRÉAL —"),
            ("Pékin, 8 déc. (AFP) — « Oui »", "Pékin, 8 déc. (AFP) —"),
        ] {
            assert_eq!(before(text, Lang::Fr), Some(found), "{text}");
        }
        for text in [
            "Le ministre (AFP) – qui dort – a dit oui.",
            "Paris – La ville dort.",
            "L’agence (Roy) – Oui.",
            "Jean – Oui.",
            "Le 3 mai, Paris (France) – La ville",
            "– Oui.",
        ] {
            assert_eq!(before(text, Lang::Fr), None, "{text}");
        }
        assert_eq!(before("LONDON (Reuters) - The", Lang::En), Some("LONDON (Reuters) -"));
    }

    #[test]
    fn credits_and_agencies_behind_a_text_are_set_apart() {
        for (text, start, kind) in [
            ("Il dort. (AFP)", "(AFP)", Kind::Byline),
            ("Il dort. (avec AFP)", "(avec AFP)", Kind::Byline),
            ("Le siège de Nvidia, à Santa Clara. © AFP", "© AFP", Kind::Credit),
            ("Le siège de Nvidia, à Santa Clara. JUSTIN ROY / AFP", "JUSTIN ROY / AFP", Kind::Credit),
            ("Le siège de Nvidia (Photo : Jean Roy)", "(Photo : Jean Roy)", Kind::Credit),
        ] {
            let glued = suffix(text, Lang::Fr).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((&text[glued.at..], glued.kind), (start, kind));
        }
        for text in [
            "Il dort (AFP).",
            "L’agence de presse française (AFP)",
            "Il dort. Elle aussi.",
            "Il dort. (Rires)",
        ] {
            assert_eq!(suffix(text, Lang::Fr), None, "{text}");
        }
    }
}

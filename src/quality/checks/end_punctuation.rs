//! **end-punctuation**: a sentence that ends otherwise than the French.
//!
//! Closing quotes and brackets are passed over on both sides, with the space that French sets
//! before `?` and `!`, so that `Quel avenir ?` is `What future?` and `dit-il. »` is `he said."`.
//! American English sets its point before the closing quote, British after it: both are right.
//!
//! A mark that the English lacks altogether is an error where the French is a sentence that ends in
//! a point, a question or an exclamation mark; so is a question that became a statement. A translator may end a
//! heading with a point, turn `!` into `.`, or a colon into a full stop: those are notes. So is a missing point where
//! the English reads as a headline, without any article.
//!
//! | French | English | |
//! |---|---|---|
//! | `Il dort.` | `He sleeps` | error, `.` expected |
//! | `Quel avenir ?` | `What future.` | error, `?` expected |
//! | `Quelle joie !` | `What joy.` | note |
//! | `Il dort…` | `He sleeps...` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};

pub(super) const CHECK: Check = Check { name: "end-punctuation", run };

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Point,
    Question,
    Exclamation,
    Dots,
    Colon,
    Semicolon,
    Comma,
    Dash,
    None,
}

impl End {
    const fn mark(self) -> &'static str {
        match self {
            End::Point => ".",
            End::Question => "?",
            End::Exclamation => "!",
            End::Dots => "…",
            End::Colon => ":",
            End::Semicolon => ";",
            End::Comma => ",",
            End::Dash => "—",
            End::None => "no mark",
        }
    }
}

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    if pair.fr.tokens().is_empty() || pair.en.tokens().is_empty() {
        return;
    }
    let ((fr, fr_at), (en, en_at)) = (end(pair.fr.raw), end(pair.en.raw));
    if fr == en {
        return;
    }
    use End::{Colon, Comma, Dash, Dots, Exclamation, None, Point, Question, Semicolon};
    let severity = match (fr, en) {
        (Point, None)
            if abbreviated(pair.fr.raw, fr_at.start)
                || is_headline(pair)
                || is_title(pair)
                || is_aside(pair) =>
        {
            Severity::Note
        }
        (Point | Question | Exclamation | Dots, None) => Severity::Error,
        (Point | Question | Exclamation | Dots, Comma | Semicolon) => Severity::Error,
        (Question, Point) if is_request(pair) => Severity::Note,
        (Question, Point) => Severity::Warning,
        // `Comment ne pas l’être.` = `How could I not be?`
        (Point, Question) => Severity::Note,
        (Point, Colon) => Severity::Warning,
        (Colon, None) => Severity::Warning,
        (Dots, Point) | (Point, Dots) => Severity::Note,
        (None, Point) if abbreviated(pair.en.raw, en_at.start) => return,
        (None, Dash) | (Dash, None) => Severity::Note,
        _ => Severity::Note,
    };
    let message = match en {
        None => format!("the English has no mark at its end, the French `{}`", fr.mark()),
        _ if fr == None => format!("the English ends in `{}`, the French without a mark", en.mark()),
        _ => format!("the English ends in `{}`, the French in `{}`", en.mark(), fr.mark()),
    };
    let mut finding =
        Finding::new("end-punctuation", severity, message).fr(fr_at).en(en_at).expected(fr.mark());
    if !matches!(fr, None | Dash) {
        finding = finding.suggestion(fr.mark());
    }
    findings.push(finding);
}

/// What a text ends in, and where: an empty place before closing quotes where there is no mark.
fn end(text: &str) -> (End, Span) {
    let closing = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '“' | '»' | '«' | '’' | '\'' | ')' | ']' | '*' | '›')
    };
    let inner = text.trim_end_matches(closing);
    let at = |mark: char| Span::new(inner.len() - mark.len_utf8(), inner.len());
    let Some(last) = inner.chars().next_back() else {
        return (End::None, Span::new(inner.len(), inner.len()));
    };
    let end = match last {
        '…' => End::Dots,
        '.' if inner.ends_with("..") => End::Dots,
        '.' => End::Point,
        '?' | '？' => End::Question,
        '!' => End::Exclamation,
        ':' => End::Colon,
        ';' => End::Semicolon,
        ',' => End::Comma,
        '–' | '—' | '-' => End::Dash,
        _ => {
            // `he said.) ` and `"no"?` alike; a mark may also stand after the quote.
            return (End::None, Span::new(inner.len(), inner.len()));
        }
    };
    // `what ?!` is a question.
    if end == End::Exclamation && inner.trim_end_matches(['!', ' ', '\u{00A0}', '\u{202F}']).ends_with('?') {
        return (End::Question, at(last));
    }
    (end, at(last))
}

/// Whether the French is a heading set with a point: all in capitals, or `CHAPITRE …`, `Refrain.`
fn is_title(pair: &Pair<'_>) -> bool {
    let words = pair.fr.tokens();
    words.len() == 1
        || !pair.fr.raw.chars().any(char::is_lowercase)
        || words.len() < 12
            && matches!(
                pair.fr.folded(&words[0]),
                "chapitre" | "livre" | "acte" | "scene" | "tome" | "partie" | "titre" | "section" | "annexe"
            )
        // Where a text came from: `Le Monde, 12 mai 2012.`
        || words.len() < 9
            && words.last().is_some_and(|token| token.digit)
            && words.iter().all(|token| token.is_capital() || token.digit || token.span().len() < 5)
}

/// Whether both stand in brackets as a whole: `(Applaudissements.)`
fn is_aside(pair: &Pair<'_>) -> bool {
    let whole = |text: &str| {
        let text = text.trim();
        text.starts_with(['(', '[']) && text.ends_with([')', ']'])
    };
    whole(pair.fr.raw) && whole(pair.en.raw)
}

/// Whether the question asks for nothing, or is told rather than asked: `Puis-je vous demander …`, `… n’est-ce pas ?`,
/// `I wonder …`. English often sets a point there.
fn is_request(pair: &Pair<'_>) -> bool {
    let polite = |token| {
        matches!(
            pair.fr.folded(token),
            "puis"
                | "pouvez"
                | "pourriez"
                | "peux"
                | "pourrais"
                | "voulez"
                | "voudriez"
                | "veux"
                | "voudrais"
                | "auriez"
        )
    };
    let told = |token| {
        matches!(
            pair.en.folded(token),
            "wonder"
                | "wonders"
                | "wondered"
                | "wondering"
                | "whether"
                | "ask"
                | "asks"
                | "asked"
                | "please"
                | "guess"
        )
    };
    let fr = pair.fr.raw.trim_end_matches(|c: char| !c.is_alphanumeric());
    let en = pair.en.raw.trim_end_matches(|c: char| !c.is_alphanumeric());
    fr.ends_with("est-ce pas")
        || en.ends_with("you know")
        || pair.fr.tokens().iter().take(4).any(polite)
        || pair.en.tokens().iter().any(told)
        || en.starts_with("How do you do")
}

/// Whether the English reads as a headline: words enough for an article, and none (`Mexico vows not to
/// use force`). Newspapers set no point there, and a translator may have made a sentence of it.
fn is_headline(pair: &Pair<'_>) -> bool {
    let words = pair.en.tokens();
    let article = |token| {
        matches!(
            pair.en.folded(token),
            "the" | "a" | "an" | "is" | "are" | "was" | "were" | "i" | "we" | "you"
        )
    };
    // `Jane Roe: 'I want to stay'`
    let quoting = pair.en.raw.trim_end().ends_with(['\'', '’', '"', '”'])
        && (1..words.len().min(4)).any(|at| pair.en.gap(at).starts_with(':'));
    quoting || words.len() >= 5 && !words.iter().any(article)
}

/// Whether the point at byte `at` ends an abbreviation: `etc.`, `U.S.`, an initial.
fn abbreviated(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(|c: char| c.is_whitespace()).next().unwrap_or("");
    word.contains('.')
        || word.chars().count() == 1
        || matches!(word, "etc" | "Inc" | "Ltd" | "Co" | "Corp" | "Jr" | "Sr" | "cf" | "al")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, found, good};
    use super::CHECK;

    #[test]
    fn a_missing_or_wrong_mark_is_found() {
        bad(CHECK, "Il dort.", "He sleeps", "");
        bad(CHECK, "Quel avenir ?", "What future.", ".");
        bad(CHECK, "« Il dort », dit-elle.", "\"He sleeps,\" she said", "");
        bad(CHECK, "« Il dort. »", "\"He sleeps\"", "");
        let finding = &found(CHECK, "Quel avenir\u{A0}?", "What future")[0];
        assert_eq!((finding.suggestion.as_deref(), finding.en.unwrap().is_empty()), (Some("?"), true));
    }

    #[test]
    fn both_ways_to_close_a_quotation_are_right() {
        good(CHECK, "Il l’appelle « le roi ».", "He calls him \"the king.\"");
        good(CHECK, "Il l’appelle « le roi ».", "He calls him ‘the king’.");
        good(CHECK, "Quel avenir\u{202F}?", "What future?");
        good(CHECK, "Il dort…", "He sleeps...");
        good(CHECK, "Un roi sans divertissement", "A King Without Diversion");
        good(CHECK, "Quelle joie !", "What joy.");
        good(CHECK, "Le Mexique promet de ne pas employer la force.", "Mexico vows not to use force");
        good(CHECK, "Jane Roe : je veux rester.", "Jane Roe: 'I want to stay'");
        good(CHECK, "CHAPITRE IV. LE DÉPART.", "CHAPTER IV: THE DEPARTURE");
        good(CHECK, "Refrain.", "CHORUS");
        good(CHECK, "Le Monde, 12 mai 2012.", "Le Monde, 12 May 2012");
        good(CHECK, "(Le Parlement adopte la résolution.)", "(Parliament adopted the resolution)");
        good(CHECK, "Puis-je vous demander de vous taire ?", "May I ask you to be quiet.");
        good(CHECK, "C’est la même chose, n’est-ce pas ?", "That's the same thing, you know.");
        good(CHECK, "Pommes, poires, etc.", "Apples, pears and so on");
        good(CHECK, "Aux États-Unis", "In the U.S.");
    }
}

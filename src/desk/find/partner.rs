//! The words of the other side that translate what was found, as far as the bundled lexicon knows them.

use crate::bitext::{Lang, Span};
use crate::words::{Lexicon, Text, Token};

use super::Hit;

/// Where the words that translate a place stand in its [partner](Hit::partner); those that no lexicon knows are not told.
pub fn partner_words(hit: &Hit) -> Vec<Span> {
    let other = if hit.side == Lang::Fr { Lang::En } else { Lang::Fr };
    let (text, partner) = (Text::new(hit.text(), hit.side), Text::new(hit.partner(), other));
    let within = |token: &&Token| {
        let span = token.span();
        !token.small && span.start < hit.span.end && hit.span.start < span.end
    };
    let own: Vec<&Token> = text.tokens().iter().filter(within).collect();
    let folded = |text: &Text<'_>, tokens: &[&Token]| -> Vec<Box<str>> {
        tokens.iter().map(|token| text.folded(token).into()).collect()
    };
    let others: Vec<&Token> = partner.tokens().iter().filter(|token| !token.small).collect();
    let (mine, theirs) = (folded(&text, &own), folded(&partner, &others));
    let lexicon = Lexicon::bundled();
    let mut pairs: Vec<(usize, usize, f32)> = match hit.side {
        Lang::En => {
            lexicon.pairs(&theirs, &mine).into_iter().map(|(s, t, w)| (t as usize, s as usize, w)).collect()
        }
        _ => lexicon.pairs(&mine, &theirs).into_iter().map(|(s, t, w)| (s as usize, t as usize, w)).collect(),
    };
    // Names and numbers translate themselves.
    for (m, word) in mine.iter().enumerate() {
        pairs.extend((0..theirs.len()).filter(|t| theirs[*t] == *word).map(|t| (m, t, 1.0)));
    }
    let mut found: Vec<Span> = Vec::new();
    for word in 0..mine.len() {
        let best = pairs.iter().filter(|(m, ..)| *m == word).map(|(.., weight)| *weight).fold(0.0, f32::max);
        let alike = pairs.iter().filter(|(m, _, weight)| *m == word && *weight >= best.max(0.3));
        found.extend(alike.map(|(_, t, _)| others[*t].span()));
    }
    found.sort_by_key(|span| span.start);
    found.dedup();
    found
}

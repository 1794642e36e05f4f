//! How well two texts go together: what their words and their lengths tell.
//!
//! Words. In a translation a content word of one side has a partner in the other about seven times in ten, as far as the
//! bundled lexicon, spelling and names can tell; in two unrelated sentences about one time in eight. Each word so adds
//! the logarithm of the odds, +1.76 or −1.08, weighted by what it is: names and numbers more, unknown words less. Over
//! all words this says whether the sentences are a pair at all. The stretch whose sum is most against it (Kadane's
//! maximal sum) is what was left out, or put in.
//!
//! Lengths: see [`Lengths`].
//!
//! The figures were read off 945 pairs of newspaper sentences and their translations.

use super::Lengths;
use super::partners::{Partners, Role, Word};
use crate::words::Text;

/// What speaks for and against two texts being translations of each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Sum over all words: above 0 they go together.
    pub relation: f32,
    /// The French stretch without partners.
    pub left_out: Gap,
    /// The English stretch without partners.
    pub put_in: Gap,
    /// The English length against the French one, in standard deviations.
    pub length: f32,
}

/// A stretch of words that have no partner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gap {
    /// Its weight.
    pub weight: f32,
    /// Its first token.
    pub first: usize,
    /// Its last token.
    pub last: usize,
}

const WITH: f32 = 1.76;
const WITHOUT: f32 = -1.08;

impl Evidence {
    /// Weighs two texts.
    pub fn new(fr: &Text<'_>, en: &Text<'_>, partners: &Partners, lengths: Lengths) -> Self {
        let (fr_sum, left_out) = weigh(&partners.fr);
        let (en_sum, put_in) = weigh(&partners.en);
        Evidence {
            relation: fr_sum + en_sum,
            left_out,
            put_in,
            length: lengths.deviation(chars(fr.raw), chars(en.raw)),
        }
    }
}

fn chars(text: &str) -> f32 {
    text.bytes().filter(|&byte| (byte as i8) >= -0x40).count() as f32
}

fn weight(word: Word) -> f32 {
    let weight = match word.role {
        Role::Small => return 0.0,
        Role::Known => 1.0,
        Role::Name | Role::Number => 1.3,
        Role::Unknown => 0.6,
    };
    weight * if word.partner { WITH } else { WITHOUT }
}

/// The sum over all words, and the stretch that is most against it.
fn weigh(words: &[Word]) -> (f32, Gap) {
    let mut sum = 0.0;
    let mut best = Gap::default();
    let mut now = Gap::default();
    for (at, &word) in words.iter().enumerate() {
        let weight = weight(word);
        sum += weight;
        if now.weight <= 0.0 {
            now = Gap { weight: 0.0, first: at, last: at };
        }
        now.weight -= weight;
        if now.weight > best.weight {
            best = Gap { last: at, ..now };
        }
    }
    (sum, best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;
    use crate::words::Names;

    fn evidence(fr: &str, en: &str) -> Evidence {
        let (fr, en) = (Text::new(fr, Lang::Fr), Text::new(en, Lang::En));
        Evidence::new(&fr, &en, &Partners::new(&fr, &en, Names::bundled()), Lengths::default())
    }

    #[test]
    fn translations_go_together_and_others_do_not() {
        let fr =
            "Le gouvernement a promis de construire deux hôpitaux dans la capitale avant la fin de l’année.";
        let right = evidence(
            fr,
            "The government promised to build two hospitals in the capital before the end of the year.",
        );
        let wrong = evidence(
            fr,
            "My grandmother kept an old bicycle and some broken chairs behind the kitchen door.",
        );
        assert!(right.relation > 10.0 && wrong.relation < -8.0, "{right:?} {wrong:?}");
        assert!(right.length.abs() < 1.0 && right.left_out.weight < 3.0);
    }

    #[test]
    fn the_stretch_that_was_left_out_is_found() {
        let fr = "Le chat dort sur la table pendant que le facteur apporte trois lettres et un journal à la voisine.";
        let found = evidence(fr, "The cat sleeps on the table.");
        let text = Text::new(fr, Lang::Fr);
        let shown = text.stretch(found.left_out.first, found.left_out.last).of(fr);
        assert!(shown.contains("facteur apporte trois lettres"), "{shown}");
        assert!(found.length < -3.0, "{found:?}");
    }
}

//! Lost line breaks: sentence ends without a mark, where a headline is glued to what follows.
//!
//! Off unless asked for. A place between two words comes into question only where its surroundings allow it
//! (`features`); a logistic regression over them decides. Its weights, one signed byte each, are learned by
//! `examples/train_unwrap.rs` from sentences with known ends (`train`), and stand in `fr.weights`.

mod features;
mod train;

use features::{Features, candidates};
pub use train::{Text, train};

use super::decision::{Decision, Verdict};
use super::tables::Tables;
use crate::bitext::Span;

/// How many weights there are; features are hashed to them.
const WEIGHTS: usize = 4096;
/// What a weight of 1 stands for.
const STEP: f32 = 1.0 / 16.0;
/// The log-odds from which a place is an end: far on the safe side, as text that is not glued must stay whole.
const THRESHOLD: f32 = 1.0;

static FRENCH: &[u8] = include_bytes!("fr.weights");

/// The first lost line break inside a sentence: where its first part ends, and where the next begins.
pub(super) fn lost_break(text: &str, sentence: Span, tables: &Tables) -> Option<(usize, usize)> {
    candidates(text, sentence, tables)
        .find(|features| log_odds(features, FRENCH) > THRESHOLD)
        .map(|features| (features.end, features.next))
}

/// What `--explain` says of a lost line break.
pub(super) fn decision(end: usize, next: usize) -> Decision {
    let reason = "the model finds that one sentence ends and another begins, and that a line break was lost";
    Decision::new(Span::new(end, next), Verdict::Ends, "lost-line-break", reason)
}

fn log_odds(features: &Features, weights: &[u8]) -> f32 {
    let sum: i32 = features
        .hashes
        .iter()
        .map(|&hash| weights.get(hash as usize % WEIGHTS).map_or(0, |&weight| i32::from(weight as i8)))
        .sum();
    sum as f32 * STEP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;
    use crate::segment::Segmenter;

    #[test]
    fn a_sixteenth_for_each_step_of_the_weights_is_what_features_add_up_to() {
        let of = |hashes: &[u32]| {
            let features = Features { end: 0, next: 0, hashes: hashes.to_vec() };
            log_odds(&features, &[20, -4_i8 as u8, 0x80])
        };
        assert_eq!((of(&[]), of(&[0]), of(&[0, 1]), of(&[4097, 3]), of(&[2])), (0.0, 1.25, 1.0, -0.25, -8.0));
    }

    fn split(text: &str) -> Vec<&str> {
        let segmenter = Segmenter::new(Lang::Fr).unwrap(true);
        let spans: Vec<_> = segmenter.sentences(text).collect();
        spans.into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_headline_glued_to_its_article_is_set_apart() {
        for (headline, body) in [
            (
                "Une solution reste introuvable à Bruxelles",
                "Le président du Conseil a quitté la réunion vers minuit.",
            ),
            ("La grève des éboueurs continue", "Selon la mairie, 10 000 tonnes d'ordures jonchent les rues."),
        ] {
            assert_eq!(split(&format!("{headline} {body}")), [headline, body]);
        }
    }

    #[test]
    fn names_with_articles_stay_in_their_sentences() {
        for text in [
            "Interrogé par Le Monde, le maire du Havre a salué La Rochelle et les Îles Marquises.",
            "Il habite La Baule depuis que Les Échos ont publié cette liste.",
            "La chancelière Angela Merkel a reçu le président Emmanuel Macron dans la ville de Meseberg.",
        ] {
            assert_eq!(split(text), [text]);
        }
    }
}

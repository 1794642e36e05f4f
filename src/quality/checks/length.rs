//! **length**: an English much shorter or longer than the French.
//!
//! English takes about 86 characters for 100 French ones, more or less as the text goes; in short texts much more or less. What
//! is three and a half standard deviations away is a warning, two and a half a note (the reckoning of Gale and Church, 1993, on
//! the logarithm of the ratio). On a corpus of a hundred pairs and more what is usual is the corpus's own: the median of its ratios, and
//! their spread by the median of the distances from it, which a few wrong pairs do not move. One deviation more is asked where a side has less than thirty characters. A label or an interjection may well be three times as long as its translation: texts under some twenty
//! characters have no length to judge.
//!
//! | French | English | |
//! |---|---|---|
//! | a sentence of 200 characters | one of 80 | warning |
//! | `Ah bon ?` | `Is that so?` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity};

pub(super) const CHECK: Check = Check { name: "length", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    if pair.fr.tokens().is_empty() || pair.en.tokens().is_empty() {
        return;
    }
    let deviations = pair.evidence().length;
    if deviations.abs() < 2.5 {
        return;
    }
    let (fr, en) = (pair.fr.raw.chars().count(), pair.en.raw.chars().count());
    // `Je ne dis pas le contraire.` = `I agree.`: what is short may well be said in a few words, or in many.
    let sure = 3.5 + if fr.min(en) < 30 { 1.0 } else { 0.0 };
    let severity = if deviations.abs() >= sure { Severity::Warning } else { Severity::Note };
    let what = if deviations < 0.0 { "short" } else { "long" };
    let message = format!("the English is very {what}: {en} characters for {fr}");
    findings.push(Finding::new("length", severity, message).fr(pair.fr_all()).en(pair.en_all()));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn much_shorter_and_much_longer_texts_are_found() {
        let long = "Le chat dort sur la table pendant que le facteur apporte trois lettres et un journal à la voisine.";
        bad(CHECK, long, "The cat sleeps on the table.", "The cat sleeps on the table.");
        bad(CHECK, "Le chat dort sur la table de la cuisine.", long, "");
        good(
            CHECK,
            long,
            "The cat sleeps on the table while the postman brings the neighbour three letters and a paper.",
        );
        good(CHECK, "Ah bon ?", "Is that so?");
        good(CHECK, "Je ne dis pas le contraire.", "I agree.");
        good(CHECK, "Recommandation", "Read this next");
    }
}

//! **omission**: a part of the French that the English does not say.
//!
//! Each content word of the French looks for a partner in the English: by the lexicon in all its forms, by spelling
//! (`indépendance` = `independence`), by the list of names, by its number. A long stretch in which hardly a word finds one, in an
//! English that is shorter than it should be, was left out. Where the words of the whole sentence have no partners, the English
//! is most likely another sentence's. A free translation loses a word here and there and moves others; only what is far from all
//! that translators do is a warning, and a little less a note.
//!
//! | French | English | |
//! |---|---|---|
//! | `Le chat dort pendant que le facteur apporte trois lettres à la voisine.` | `The cat sleeps.` | warning at `pendant … voisine` |
//! | `Le gouvernement a promis deux hôpitaux à la capitale.` | `My aunt keeps old chairs behind the kitchen door.` | warning: another sentence |
//! | `Il a fait faux bond.` | `He stood us up.` | nothing |
//!
//! See also length, which judges the texts' lengths alone, and addition, the same the other way round.

use super::{Check, Pair};
use crate::bitext::{Finding, Severity};
use crate::quality::Role;

pub(super) const CHECK: Check = Check { name: "omission", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    if pair.fr.tokens().is_empty() || pair.en.tokens().is_empty() {
        return;
    }
    let evidence = pair.evidence();
    if evidence.relation < -4.0 {
        // A few words may all have been said otherwise, and in a long sentence freely translated many are.
        let partners = pair.partners();
        let content = partners.fr.iter().filter(|word| word.role != Role::Small).count();
        let words = || partners.fr.iter().chain(&partners.en).filter(|word| word.role != Role::Small);
        let foreign = words().filter(|word| word.partner).count() * 5 < words().count();
        let sure = evidence.relation < -11.0 && content > 4 && foreign || evidence.relation < -18.0;
        let severity = if sure { Severity::Warning } else { Severity::Note };
        let message = "hardly a word of the French is in the English: it may be another sentence's";
        findings.push(Finding::new("omission", severity, message).fr(pair.fr_all()).en(pair.en_all()));
        if severity == Severity::Warning {
            return;
        }
    }
    let score = evidence.left_out.weight - 1.5 * evidence.length.min(0.0);
    if score > 8.0 && evidence.left_out.weight > 2.5 {
        let span = pair.fr.stretch(evidence.left_out.first, evidence.left_out.last);
        // What was left out makes the English short; else it was said otherwise.
        let severity =
            if score > 11.0 && evidence.length < -1.6 { Severity::Warning } else { Severity::Note };
        let message = "nothing in the English stands for this";
        findings.push(Finding::new("omission", severity, message).fr(span));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn what_was_left_out_is_found() {
        bad(
            CHECK,
            "Le chat dort sur la table pendant que le facteur apporte trois lettres et un journal à la voisine.",
            "The cat sleeps on the table.",
            "",
        );
        bad(
            CHECK,
            "Le gouvernement a promis de construire deux hôpitaux dans la capitale avant la fin de l’année.",
            "My grandmother kept an old bicycle and some broken chairs behind the kitchen door.",
            "",
        );
    }

    #[test]
    fn a_free_translation_is_right() {
        good(CHECK, "Il nous a posé un lapin.", "He stood us up.");
        good(
            CHECK,
            "Il pleut des cordes depuis ce matin et je n’ai pas de parapluie.",
            "It has been raining cats and dogs since this morning, and I have no umbrella.",
        );
    }
}

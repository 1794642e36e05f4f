//! **language**: a text that is not in its language.
//!
//! The English may be French that is not this French (a line entered beside the wrong sentence), or in another alphabet
//! altogether; the French may be English (the two sides were given the wrong way round). Judged by the small words of both
//! languages, where there are enough of them; a short text or a list of names has no language to judge. What is copied from
//! the French beside it is the untranslated check's.
//!
//! | French | English | |
//! |---|---|---|
//! | `Il dort dans la ville.` | `Elle est partie avec les autres.` | error |
//! | `The king sleeps in the town.` | `Le roi dort dans la ville.` | error |
//! | `Il dort.` | `Он спит.` | error |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity};
use crate::words::language;

pub(super) const CHECK: Check = Check { name: "language", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let (french, english) = language::counts(&pair.en);
    if french >= 4 && french > 3 * english {
        // The untranslated check names what was copied.
        let copied =
            pair.en.tokens().iter().filter(|e| pair.fr.tokens().iter().any(|f| f.hash == e.hash)).count();
        if copied * 2 < pair.en.tokens().len() {
            let finding = Finding::new("language", Severity::Error, "the English is French");
            findings.push(finding.en(pair.en_all()));
        }
    } else if !pair.en.raw.is_ascii() && is_foreign(pair.en.raw) {
        let finding = Finding::new("language", Severity::Error, "the English is in another alphabet");
        findings.push(finding.en(pair.en_all()));
    }
    let (french, english) = language::counts(&pair.fr);
    if english >= 4 && english > 3 * french {
        let same = pair.fr.raw == pair.en.raw;
        let severity = if same { Severity::Note } else { Severity::Error };
        findings.push(Finding::new("language", severity, "the French is English").fr(pair.fr_all()));
    }
}

/// Whether most letters are of another alphabet.
fn is_foreign(text: &str) -> bool {
    let (mut all, mut other) = (0, 0);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        other += usize::from(c > '\u{024F}' && !('\u{1E00}'..='\u{1EFF}').contains(&c));
    }
    other * 2 > all
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn the_wrong_language_is_found_on_either_side() {
        bad(CHECK, "Il dort en ville.", "Elle est partie avec les autres dans la nuit.", "");
        bad(CHECK, "The king sleeps in the town that he has built.", "Le roi dort dans la ville.", "");
        bad(CHECK, "Il dort.", "Он спит.", "Он спит.");
    }

    #[test]
    fn names_and_short_texts_have_no_language() {
        good(CHECK, "Nvidia, AMD, Intel", "Nvidia, AMD, Intel");
        good(CHECK, "Il dort.", "He sleeps.");
        good(CHECK, "Le parti « The Voice » dort.", "The party “Les Voix de la Ville” sleeps.");
    }
}

//! **addition**: a part of the English that the French does not say.
//!
//! The omission check the other way round: a long stretch of the English in which hardly a word has a partner in the French, and
//! an English longer than it should be. A translator may explain (`the Élysée, the president's office`); only much more than
//! that is a warning.
//!
//! | French | English | |
//! |---|---|---|
//! | `Le chat dort.` | `The cat sleeps while the postman brings three letters and a newspaper to the neighbour.` | warning |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity};

pub(super) const CHECK: Check = Check { name: "addition", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    if pair.fr.tokens().is_empty() || pair.en.tokens().is_empty() {
        return;
    }
    let evidence = pair.evidence();
    let score = evidence.put_in.weight + 1.5 * evidence.length.max(0.0);
    // Two sentences that have nothing in common are the omission check's.
    if score > 9.0 && evidence.put_in.weight > 2.5 && evidence.relation > -10.0 {
        let span = pair.en.stretch(evidence.put_in.first, evidence.put_in.last);
        let severity = if score > 12.0 { Severity::Warning } else { Severity::Note };
        findings.push(Finding::new("addition", severity, "nothing in the French stands for this").en(span));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn what_was_put_in_is_found() {
        bad(
            CHECK,
            "Le chat dort sur la table.",
            "The cat sleeps on the table while the postman brings three letters and a newspaper to the neighbour.",
            "",
        );
        good(CHECK, "L’Élysée a démenti.", "The Élysée, the president's office, denied it.");
    }
}

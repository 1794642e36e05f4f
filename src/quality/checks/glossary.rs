//! **glossary**: a term that must be translated in a given way, and is not.
//!
//! The corpus's `glossary.tsv` has a French term and its English on each line, tab between; several English forms with `;`
//! between, any of which will do. Words are compared without case and accents and in their plain inflections (`puces` = `puce`,
//! `chips` = `chip`, `journaux` = `journal`, `children` = `child`), a term of several words in order and together. A term that the English lacks is a warning with the form expected.
//! The check runs only where there is a glossary.
//!
//! | glossary | French | English | |
//! |---|---|---|---|
//! | `puce` = `chip` | `Ces puces sont chères.` | `These fleas are expensive.` | warning, `chip` expected |
//! | `puce` = `chip` | `Ces puces sont chères.` | `These chips are expensive.` | nothing |

use crate::bitext::{Finding, Severity};
use crate::quality::{Glossary, Pair};

pub(in crate::quality) fn run(glossary: &Glossary, pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    if glossary.is_empty() {
        return;
    }
    for (number, place) in glossary.found(&pair.fr) {
        if glossary.is_kept(number, &pair.en) {
            continue;
        }
        let term = &glossary[number];
        let wanted = term.en.join(" or ");
        let message = format!("the glossary has `{wanted}` for `{}`", place.of(pair.fr.raw));
        let mut finding = Finding::new("glossary", Severity::Warning, message).fr(place).expected(wanted);
        finding.suggestion = term.en.first().cloned();
        findings.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::Term;

    fn found(fr: &str, en: &str) -> Vec<Finding> {
        let term = |fr: &str, en: &[&str]| Term {
            fr: fr.to_owned(),
            en: en.iter().map(|&en| en.to_owned()).collect(),
        };
        let glossary = Glossary::new(vec![
            term("puce électronique", &["computer chip", "microchip"]),
            term("mandataire", &["proxy"]),
        ]);
        let mut findings = Vec::new();
        run(&glossary, &Pair::new(fr, en), &mut findings);
        findings
    }

    #[test]
    fn a_term_translated_otherwise_is_found_in_any_inflection() {
        let findings = found("Des puces électroniques chères.", "Expensive electronic fleas.");
        assert_eq!(findings[0].fr.unwrap().of("Des puces électroniques chères."), "puces électroniques");
        assert_eq!(findings[0].suggestion.as_deref(), Some("computer chip"));
        assert!(found("Des puces électroniques chères.", "Expensive microchips.").is_empty());
        assert!(found("Une puce chère.", "An expensive flea.").is_empty());
        assert!(found("Les mandataires dorment.", "The proxies sleep.").is_empty());
    }
}

//! **glossary**: a term that must be translated in a given way, and is not.
//!
//! The corpus's `glossary.tsv` has a French term and its English on each line, tab between; several English forms with `;`
//! between, any of which will do. Words are compared without case and accents and in their plain inflections (`puces` = `puce`,
//! `chips` = `chip`), a term of several words in order and together. A term that the English lacks is a warning with the form expected.
//! The check runs only where there is a glossary.
//!
//! | glossary | French | English | |
//! |---|---|---|---|
//! | `puce` = `chip` | `Ces puces sont chères.` | `These fleas are expensive.` | warning, `chip` expected |
//! | `puce` = `chip` | `Ces puces sont chères.` | `These chips are expensive.` | nothing |

use crate::bitext::{Finding, Lang, Severity, Span};
use crate::words::Text;

use super::super::{Pair, Term};

pub(in crate::quality) fn run(glossary: &[Term], pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    for term in glossary {
        let Some(place) = find(&pair.fr, &term.fr) else { continue };
        if term.en.iter().any(|en| find(&pair.en, en).is_some()) {
            continue;
        }
        let wanted = term.en.join(" or ");
        let message = format!("the glossary has `{wanted}` for `{}`", place.of(pair.fr.raw));
        let mut finding = Finding::new("glossary", Severity::Warning, message).fr(place).expected(wanted);
        finding.suggestion = term.en.first().cloned();
        findings.push(finding);
    }
}

/// The glossary's terms that a French text has, in any plain inflection, each with where it stands first.
pub fn terms_in<'g>(glossary: &'g [Term], fr: &str) -> Vec<(Span, &'g Term)> {
    if glossary.is_empty() {
        return Vec::new();
    }
    let text = Text::new(fr, Lang::Fr);
    glossary.iter().filter_map(|term| Some((find(&text, &term.fr)?, term))).collect()
}

/// Where a term stands in a text, in any plain inflection.
fn find(text: &Text<'_>, term: &str) -> Option<Span> {
    let wanted = Text::new(term, text.lang);
    let count = wanted.tokens().len();
    if count == 0 {
        return None;
    }
    (0..(text.tokens().len() + 1).saturating_sub(count)).find_map(|start| {
        let own = &text.tokens()[start..start + count];
        let same = own.iter().zip(wanted.tokens()).all(|(a, b)| {
            a.hash == b.hash || stem(text.folded(a), text.lang) == stem(wanted.folded(b), text.lang)
        });
        same.then(|| text.stretch(start, start + count - 1))
    })
}

/// A word without the ending of its plural or feminine.
fn stem(folded: &str, lang: Lang) -> &str {
    let endings: &[&str] = match lang {
        Lang::Fr => &["es", "s", "x", "e"],
        Lang::En => &["'s", "ies", "es", "s", "y"],
    };
    endings
        .iter()
        .find_map(|ending| folded.strip_suffix(ending).filter(|stem| stem.len() > 2))
        .unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(fr: &str, en: &str) -> Vec<Finding> {
        let term = |fr: &str, en: &[&str]| Term {
            fr: fr.to_owned(),
            en: en.iter().map(|&en| en.to_owned()).collect(),
        };
        let glossary =
            [term("puce électronique", &["computer chip", "microchip"]), term("mandataire", &["proxy"])];
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

//! One file per check.

mod addition;
mod brackets;
mod dates;
mod encoding;
mod end_punctuation;
mod french_typography;
pub(super) mod glossary;
mod inconsistent;
mod language;
mod length;
mod markup;
mod names;
mod negation;
mod numbers;
mod omission;
pub mod quote_style;
mod quotes;
mod repeated_word;
mod spacing;
mod stale;
mod untranslated;
mod urls;

use crate::bitext::Finding;

pub use inconsistent::{Consistency, Gist};
pub use quotes::balanced as quotes_balanced;
pub use stale::stale;

use super::Pair;

/// One check of a pair of texts.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name, on the command line and in `enregard.toml`.
    pub name: &'static str,
    /// Looks at a pair and adds what it finds.
    pub(super) run: fn(&Pair<'_>, &mut Vec<Finding>),
}

/// Every check of a single pair, in the order in which findings are shown.
pub const CHECKS: [Check; 19] = [
    encoding::CHECK,
    markup::CHECK,
    untranslated::CHECK,
    language::CHECK,
    numbers::CHECK,
    dates::CHECK,
    names::CHECK,
    omission::CHECK,
    addition::CHECK,
    length::CHECK,
    negation::CHECK,
    quotes::CHECK,
    quote_style::CHECK,
    brackets::CHECK,
    end_punctuation::CHECK,
    repeated_word::CHECK,
    french_typography::CHECK,
    spacing::CHECK,
    urls::CHECK,
];

/// What the tests of the checks ask.
#[cfg(test)]
pub(super) mod testing {
    use super::*;
    use crate::bitext::Severity;

    /// What one check finds in a pair, at any severity.
    pub fn found(check: Check, fr: &str, en: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        (check.run)(&Pair::new(fr, en), &mut findings);
        for finding in &findings {
            assert_eq!(finding.check, check.name);
            for (span, text) in [(finding.fr, fr), (finding.en, en)] {
                if let Some(span) = span {
                    assert!(text.get(span.range()).is_some(), "{finding:?}");
                }
            }
        }
        findings
    }

    /// Asserts that the check finds something worth showing by default, at this place in the English.
    #[track_caller]
    pub fn bad(check: Check, fr: &str, en: &str, place: &str) {
        let findings = found(check, fr, en);
        let shown: Vec<&Finding> = findings.iter().filter(|f| f.severity >= Severity::Warning).collect();
        assert!(!shown.is_empty(), "nothing found: {fr} / {en} {findings:?}");
        let places: Vec<&str> = shown.iter().filter_map(|f| f.en).map(|span| span.of(en)).collect();
        assert!(place.is_empty() || places.contains(&place), "{places:?} in {en}");
    }

    /// Asserts that the check finds nothing worth showing by default.
    #[track_caller]
    pub fn good(check: Check, fr: &str, en: &str) {
        let shown: Vec<Finding> =
            found(check, fr, en).into_iter().filter(|f| f.severity >= Severity::Warning).collect();
        assert!(shown.is_empty(), "{fr} / {en}: {shown:?}");
    }
}

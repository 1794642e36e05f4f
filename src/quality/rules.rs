//! What a corpus says of its checks: severities, exceptions, patterns and glossary of its own.

use std::collections::BTreeMap;

use regex::Regex;

use crate::bitext::{Finding, Severity, Span};
use crate::words::Names;

use super::{Glossary, Pair};

/// What a corpus says of its checks.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Checks that are not run, or whose findings have another severity than by default.
    pub severity: BTreeMap<String, Option<Severity>>,
    /// Findings that are none, by check and text: `("names", "Okafor")`. `*` is every check.
    pub except: Vec<(String, String)>,
    /// Checks of its own.
    pub patterns: Vec<Pattern>,
    /// Its names, where it has some beside the bundled ones.
    pub names: Option<Names>,
    /// Terms that must be translated in a given way.
    pub glossary: Glossary,
}

/// A check of a corpus's own: where the French matches, the English must match, too (or must not).
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The check's name.
    pub name: String,
    /// What is looked for in the French; nothing: every text.
    pub fr: Option<Regex>,
    /// What the English must match then.
    pub en: Option<Regex>,
    /// What the English must not match then.
    pub not_en: Option<Regex>,
    /// What is said.
    pub message: String,
    /// How sure it is.
    pub severity: Severity,
}

impl Rules {
    /// Adds what the corpus's own checks find.
    pub(super) fn own(&self, pair: &Pair<'_>, findings: &mut Vec<Finding>) {
        for pattern in &self.patterns {
            let place = match &pattern.fr {
                Some(fr) => match fr.find(pair.fr.raw) {
                    Some(found) => Some(Span::from(found.range())),
                    None => continue,
                },
                None => None,
            };
            let unwanted = pattern.not_en.as_ref().and_then(|en| en.find(pair.en.raw));
            let missing = pattern.en.as_ref().is_some_and(|en| !en.is_match(pair.en.raw));
            if unwanted.is_some() || missing {
                let finding = Finding::new(pattern.name.clone(), pattern.severity, pattern.message.clone());
                findings.push(finding.fr(place).en(unwanted.map(|found| Span::from(found.range()))));
            }
        }
        super::checks::glossary::run(&self.glossary, pair, findings);
    }

    /// Gives findings the severities that the corpus wants, and drops its exceptions.
    pub(super) fn apply(&self, pair: &Pair<'_>, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| {
            match self.severity.get(&*finding.check) {
                Some(None) => return false,
                // A note stays one: it says how unsure the check is.
                Some(&Some(severity)) if severity < finding.severity || finding.severity > Severity::Note => {
                    finding.severity = severity;
                }
                _ => {}
            }
            !self.except.iter().any(|(check, text)| {
                let at = |span: Option<Span>, raw: &str| span.is_some_and(|span| span.of(raw) == text);
                (check == "*" || **check == *finding.check)
                    && (at(finding.fr, pair.fr.raw) || at(finding.en, pair.en.raw))
            })
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::Checker;

    fn found(rules: Rules, fr: &str, en: &str) -> Vec<(String, Severity)> {
        let checker = Checker::new(Severity::Note).with_rules(rules);
        checker
            .check(fr, en)
            .into_iter()
            .map(|finding| (finding.check.into_owned(), finding.severity))
            .collect()
    }

    #[test]
    fn severities_and_exceptions_are_the_corpus_s_own() {
        let (fr, en) = ("Il a 12 ans.", "He is 21.");
        assert_eq!(found(Rules::default(), fr, en), [("numbers".to_owned(), Severity::Error)]);
        let severity = BTreeMap::from([("numbers".to_owned(), Some(Severity::Note))]);
        assert_eq!(
            found(Rules { severity, ..Rules::default() }, fr, en),
            [("numbers".to_owned(), Severity::Note)]
        );
        let severity = BTreeMap::from([("numbers".to_owned(), None)]);
        assert!(found(Rules { severity, ..Rules::default() }, fr, en).is_empty());
        let except = vec![("*".to_owned(), "21".to_owned())];
        assert!(found(Rules { except, ..Rules::default() }, fr, en).is_empty());
    }

    #[test]
    fn patterns_are_checks() {
        let pattern = Pattern {
            name: "house-style".to_owned(),
            fr: Some(Regex::new(r"\beuros?\b").unwrap()),
            en: None,
            not_en: Some(Regex::new(r"(?i)\beuros?\b").unwrap()),
            message: "the sign, not the word".to_owned(),
            severity: Severity::Warning,
        };
        let rules = Rules { patterns: vec![pattern], ..Rules::default() };
        assert_eq!(found(rules.clone(), "Il a 5 euros.", "He has 5 euros.")[0].0, "house-style");
        assert!(found(rules, "Il a 5 euros.", "He has €5.").is_empty());
    }
}

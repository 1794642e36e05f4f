//! All checks together, with the severities that a corpus gives them.

use crate::bitext::{Finding, Severity};
use crate::words::Names;

use super::checks::CHECKS;
use super::{Pair, Rules};

/// Runs checks over pairs of texts; made once, used for many pairs, from many threads.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    level: Severity,
    rules: Option<Rules>,
}

impl Checker {
    /// A checker that shows findings of `level` and above.
    pub fn new(level: Severity) -> Self {
        Checker { level, rules: None }
    }

    /// With what a corpus says of its checks.
    #[must_use]
    pub fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = Some(rules);
        self
    }

    /// The severity from which findings are shown.
    pub const fn level(&self) -> Severity {
        self.level
    }

    /// A finding of a check that is not of a single pair, as the rules and the level have it; nothing where they hide it.
    pub fn settle(&self, mut finding: Finding) -> Option<Finding> {
        match self.rules.as_ref().and_then(|rules| rules.severity.get(&*finding.check)) {
            Some(None) => return None,
            Some(&Some(severity)) => finding.severity = severity,
            None => {}
        }
        (finding.severity >= self.level).then_some(finding)
    }

    /// What the checks find in a French text and its English, in the order of the checks.
    ///
    /// Each pair is judged alone. A text without words on one side has findings only where the other
    /// side has words.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::quality::Checker;
    /// let checker = Checker::default();
    /// let findings = checker.check("Il a 12 ans.", "He is 21 years old.");
    /// assert_eq!(findings[0].check, "numbers");
    /// assert!(checker.check("Il a 12 ans.", "He is 12 years old.").is_empty());
    /// ```
    pub fn check(&self, fr: &str, en: &str) -> Vec<Finding> {
        let names = match &self.rules {
            Some(Rules { names: Some(names), .. }) => names,
            _ => Names::bundled(),
        };
        let pair = Pair::with(fr, en, names);
        let mut findings = Vec::new();
        for check in &CHECKS {
            (check.run)(&pair, &mut findings);
        }
        if let Some(rules) = &self.rules {
            rules.own(&pair, &mut findings);
            rules.apply(&pair, &mut findings);
        }
        findings.retain(|finding| finding.severity >= self.level);
        findings
    }
}

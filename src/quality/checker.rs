//! All checks together, with the severities that a corpus gives them.

use crate::bitext::{Finding, Severity};

use super::Pair;
use super::checks::CHECKS;

/// Runs checks over pairs of texts; made once, used for many pairs, from many threads.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    level: Severity,
}

impl Checker {
    /// A checker that shows findings of `level` and above.
    pub fn new(level: Severity) -> Self {
        Checker { level }
    }

    /// The severity from which findings are shown.
    pub const fn level(&self) -> Severity {
        self.level
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
        let pair = Pair::new(fr, en);
        let mut findings = Vec::new();
        for check in &CHECKS {
            (check.run)(&pair, &mut findings);
        }
        findings.retain(|finding| finding.severity >= self.level);
        findings
    }
}

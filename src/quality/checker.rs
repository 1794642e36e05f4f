//! All checks together, with the severities that a corpus gives them.

use crate::bitext::{Finding, Severity};
use crate::words::Names;

use super::checks::CHECKS;
use super::{Gist, Lengths, Pair, Rules};

/// Words of the longest text that is checked: a chapter.
const LONGEST: usize = 5_000;

/// Runs checks over pairs of texts; made once, used for many pairs, from many threads.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    level: Severity,
    rules: Option<Rules>,
    lengths: Lengths,
}

impl Checker {
    /// A checker that shows findings of `level` and above.
    pub fn new(level: Severity) -> Self {
        Checker { level, rules: None, lengths: Lengths::default() }
    }

    /// With what a corpus says of its checks.
    #[must_use]
    pub fn with_rules(mut self, rules: Rules) -> Self {
        self.rules = Some(rules);
        self
    }

    /// With what is usual in a corpus.
    #[must_use]
    pub fn with_lengths(mut self, lengths: Lengths) -> Self {
        self.lengths = lengths;
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
        self.look(fr, en).0
    }

    /// [`Checker::check`], and what the texts are compared with other units' by.
    pub fn look(&self, fr: &str, en: &str) -> (Vec<Finding>, Gist) {
        let names = match &self.rules {
            Some(Rules { names: Some(names), .. }) => names,
            _ => Names::bundled(),
        };
        let mut pair = Pair::with(fr, en, names);
        pair.lengths = self.lengths;
        let gist = Gist::of(&pair.fr, &pair.en);
        let mut findings = Vec::new();
        // Words are compared with words: what is no sentence by far would take hours.
        if pair.fr.tokens().len().max(pair.en.tokens().len()) > LONGEST {
            let message = format!("the texts have more than {LONGEST} words: they are not checked");
            findings.extend(self.settle(Finding::new("length", Severity::Warning, message)));
            return (findings, gist);
        }
        for check in &CHECKS {
            (check.run)(&pair, &mut findings);
        }
        if let Some(rules) = &self.rules {
            rules.own(&pair, &mut findings);
            rules.apply(&pair, &mut findings);
        }
        findings.retain(|finding| finding.severity >= self.level);
        (findings, gist)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECES: [&str; 60] = [
        "12",
        "000",
        " ",
        "\u{A0}",
        ",",
        ".",
        "h",
        "30",
        "%",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "(",
        ")",
        "[",
        "{{",
        "}}",
        "ne",
        " pas ",
        "not",
        "n't",
        "'",
        "’",
        "à",
        "É",
        "â€™",
        "Ã©",
        "<b>",
        "&amp;",
        "https://a.b",
        "@x",
        "#y",
        "XIV",
        "XXe siècle",
        "mars",
        "May ",
        "Tuesday",
        "lundi",
        "deux",
        "cent",
        "vingt",
        "-",
        "one hundred and",
        " million",
        "km/h",
        "mph",
        "°",
        "$",
        "€",
        "/",
        ":",
        "?",
        "!",
        "…",
        "\n",
        "e\u{301}",
        "日本",
        "\u{202E}",
    ];

    #[test]
    fn what_is_no_sentence_by_far_is_said_not_to_be_checked() {
        let findings = Checker::default().check(&"Le 12 Mai Roy dort. ".repeat(2_000), "He sleeps.");
        assert_eq!((findings.len(), &*findings[0].check), (1, "length"));
        // The worst that is checked takes no long time.
        let (fr, en) = ("Oran 31 ".repeat(600), "Lima 47 ".repeat(600));
        assert!(!Checker::default().check(&fr, &en).is_empty());
    }

    proptest! {
        #[test]
        fn any_two_texts_can_be_checked_and_places_are_in_them(
            fr in prop::collection::vec(0..PIECES.len(), 0..24),
            en in prop::collection::vec(0..PIECES.len(), 0..24),
            wild in ".{0,12}",
        ) {
            let text = |places: &[usize]| places.iter().map(|&at| PIECES[at]).collect::<String>();
            let (fr, en) = (text(&fr) + &wild, wild.clone() + &text(&en));
            let checker = Checker::new(Severity::Note);
            for finding in checker.check(&fr, &en) {
                prop_assert!(finding.fr.is_none_or(|span| fr.get(span.range()).is_some()), "{finding:?}");
                prop_assert!(finding.en.is_none_or(|span| en.get(span.range()).is_some()), "{finding:?}");
            }
        }
    }
}

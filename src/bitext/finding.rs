//! One thing that a check found in a pair of texts, with its place on both sides.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::Span;

/// How sure a check is that a person would mend what it found.
///
/// From quiet to loud, so that `severity >= level` is what a level shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look by someone who looks at everything; often nothing.
    Note,
    /// Most likely a fault.
    #[default]
    Warning,
    /// A fault, as far as a program can tell.
    Error,
}

impl Severity {
    /// Every severity, quiet first.
    pub const ALL: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];

    /// Its name in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Severity::ALL
            .into_iter()
            .find(|severity| severity.as_str() == name)
            .ok_or_else(|| format!("unknown severity `{name}`: expected note, warning or error"))
    }
}

/// One thing that one check found in a French text and its English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check's name.
    pub check: Cow<'static, str>,
    /// How sure the check is.
    pub severity: Severity,
    /// Where, in the French; absent where nothing in it can be pointed at.
    pub fr: Option<Span>,
    /// Where, in the English; absent where nothing in it can be pointed at.
    pub en: Option<Span>,
    /// What was found: lower case, no full stop.
    pub message: String,
    /// What stands in the other text, or the form that was expected.
    pub expected: Option<String>,
    /// What may be typed in place of the English span.
    pub suggestion: Option<String>,
}

impl Finding {
    /// A finding without place, expectation or suggestion.
    pub fn new(check: impl Into<Cow<'static, str>>, severity: Severity, message: impl Into<String>) -> Self {
        Finding {
            check: check.into(),
            severity,
            fr: None,
            en: None,
            message: message.into(),
            expected: None,
            suggestion: None,
        }
    }

    /// With its place in the French.
    #[must_use]
    pub fn fr(mut self, span: impl Into<Option<Span>>) -> Self {
        self.fr = span.into();
        self
    }

    /// With its place in the English.
    #[must_use]
    pub fn en(mut self, span: impl Into<Option<Span>>) -> Self {
        self.en = span.into();
        self
    }

    /// With what was expected.
    #[must_use]
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }

    /// With what may be typed instead.
    #[must_use]
    pub fn suggestion(mut self, text: impl Into<String>) -> Self {
        self.suggestion = Some(text.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_ordered_from_quiet_to_loud_and_read_back() {
        assert!(Severity::Note < Severity::Warning && Severity::Warning < Severity::Error);
        for severity in Severity::ALL {
            assert_eq!(severity.as_str().parse(), Ok(severity));
        }
        assert!("loud".parse::<Severity>().is_err());
    }
}

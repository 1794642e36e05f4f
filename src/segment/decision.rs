//! Decisions: what a rule said of a place in a text, and why; what `segment --explain` prints.

use std::borrow::Cow;
use std::fmt;

use crate::bitext::{Kind, Span};

/// What one rule decided about one place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it is about: a paragraph for a kind, the mark with its closers for a boundary.
    pub span: Span,
    /// What was decided.
    pub verdict: Verdict,
    /// The rule's name (`agency-initials`), the same in every version that has the rule.
    pub rule: &'static str,
    /// Why, in a few words that a reader who does not know the rule understands.
    pub reason: Cow<'static, str>,
}

/// What can be decided about a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The paragraph, or the glued piece of it, is of this kind.
    Is(Kind),
    /// A sentence ends here.
    Ends,
    /// No sentence ends here, though it looks like it.
    GoesOn,
    /// The lines on both sides of this line break are one paragraph.
    Joined,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Verdict::Is(kind) => kind.as_str(),
            Verdict::Ends => "ends",
            Verdict::GoesOn => "goes on",
            Verdict::Joined => "joined",
        })
    }
}

impl Decision {
    /// The decision of `rule` about `span`.
    pub fn new(
        span: Span,
        verdict: Verdict,
        rule: &'static str,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        Decision { span, verdict, rule, reason: reason.into() }
    }

    /// The same, seen from a text in which this one begins `bytes` later.
    pub fn shifted(self, bytes: usize) -> Self {
        Decision { span: self.span.shifted(bytes), ..self }
    }
}

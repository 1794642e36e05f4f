//! A place in a text.

use std::fmt;
use std::ops::Range;

/// A half-open byte range into a text, on char boundaries.
///
/// A span knows nothing of its text; whoever makes one sees to the boundaries.
///
/// # Examples
///
/// ```
/// use enregard::bitext::Span;
/// let text = "Il pleut. Il vente.";
/// assert_eq!(Span::new(10, 19).of(text), "Il vente.");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The text that the span points at.
    ///
    /// # Panics
    ///
    /// Where the span is not within `text` or cuts a character.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Its length in bytes.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it points at nothing.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The same span seen from a text in which this one begins `bytes` later.
    pub const fn shifted(self, bytes: usize) -> Self {
        Span::new(self.start + bytes, self.end + bytes)
    }

    /// As a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

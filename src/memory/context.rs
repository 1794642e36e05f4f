//! A keyword in its context: what stands left and right of it, and by which it is sorted.

use crate::bitext::Span;
use crate::words::{fold_key, words};

/// How many neighbouring words a place is sorted by.
const NEIGHBOURS: usize = 5;

/// What a place is sorted by when it is sorted by what follows it: the words after it, folded, and then itself.
///
/// # Examples
///
/// ```
/// use enregard::bitext::Span;
/// use enregard::memory::{by_left, by_right};
/// let text = "Le maire de la Ville dort.";
/// assert_eq!(by_right(text, Span::new(3, 8)), "de la ville dort maire");
/// assert_eq!(by_left(text, Span::new(15, 20)), "la de maire le ville");
/// ```
pub fn by_right(text: &str, span: Span) -> String {
    let after = words(&text[span.end..]).map(|word| Span::new(word.start + span.end, word.end + span.end));
    sorted_by(text, after.take(NEIGHBOURS), span)
}

/// What a place is sorted by when it is sorted by what precedes it: the words before it, the nearest first, folded, and then itself.
pub fn by_left(text: &str, span: Span) -> String {
    let before: Vec<Span> = words(&text[..span.start]).collect();
    sorted_by(text, before.into_iter().rev().take(NEIGHBOURS), span)
}

fn sorted_by(text: &str, neighbours: impl Iterator<Item = Span>, own: Span) -> String {
    let all: Vec<String> = neighbours.chain([own]).map(|span| fold_key(span.of(text))).collect();
    all.join(" ")
}

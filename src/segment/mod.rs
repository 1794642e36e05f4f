//! Text to segmentation: kinds, boundaries, and the rules of French and English.

mod decision;

use crate::bitext::{Kind, Lang, Segmentation, Sentence, Span};

pub use decision::{Decision, Verdict};

/// The name and version of the rules for a language, as alignment files keep it (`fr/1`).
///
/// It rises when the same text would be split differently.
pub const fn version(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr/1",
        Lang::En => "en/1",
    }
}

/// Splits a whole article into paragraphs and sentences, and says what each is.
///
/// Spans are byte ranges into `text`, half-open, on char boundaries, in order and without overlap;
/// nothing but white space stands between them. A sentence has its paragraph's kind, except where
/// something is glued to it (`date 2026-01-14 Les puces …`): that is a sentence of its own. Never
/// fails: an empty text has no sentences. O(bytes).
///
/// # Examples
///
/// ```
/// use enregard::bitext::{Kind, Lang};
/// use enregard::segment::segment;
/// let text = "Il pleut. Il vente.\n";
/// let whole = segment(text, Lang::Fr);
/// assert_eq!(whole.texts(text).collect::<Vec<_>>(), ["Il pleut.", "Il vente."]);
/// assert!(whole.sentences().iter().all(|sentence| sentence.kind == Kind::Body));
/// ```
pub fn segment(text: &str, lang: Lang) -> Segmentation {
    let _ = lang;
    let mut sentences = Vec::new();
    for (paragraph, line) in (0..).zip(paragraphs(text)) {
        for span in split(line.of(text)) {
            sentences.push(Sentence { span: span.shifted(line.start), kind: Kind::Body, paragraph });
        }
    }
    Segmentation::new(text, sentences).expect("paragraphs and sentences leave out white space alone")
}

/// A line is a paragraph.
fn paragraphs(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len() + 1;
        let line = line.trim();
        (!line.is_empty()).then(|| Span::new(start, start + line.len()))
    })
}

/// A sentence ends after a stop and its closers, before a space and a capital.
fn split(paragraph: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in paragraph.match_indices(['.', '!', '?', '…']) {
        let closed = paragraph[at + mark.len()..].trim_start_matches(['.', '!', '?', '…', '"', '”', ')']);
        let closed = closed.trim_start_matches(' ').strip_prefix('»').unwrap_or(closed);
        let end = paragraph.len() - closed.len();
        let next = closed.trim_start();
        let opens = next.starts_with(|c: char| c.is_uppercase() || matches!(c, '«' | '"'));
        let word = paragraph[start.min(at)..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if at < start || closed.len() == next.len() || !opens || (mark == "." && word.chars().count() == 1) {
            continue;
        }
        found.push(Span::new(start, end));
        start = paragraph.len() - next.len();
    }
    if start < paragraph.len() {
        found.push(Span::new(start, paragraph.len()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_has_a_segmentation(text in "\\PC*", mixed in "([a-zé]{0,3}[ .!?»«\"\\n\u{a0}\\t\\r…]{0,3}[A-Z]?){0,20}") {
            for text in [text, mixed] {
                let whole = segment(&text, Lang::Fr);
                prop_assert!(Segmentation::new(&text, whole.sentences().to_vec()).is_ok());
            }
        }
    }
}

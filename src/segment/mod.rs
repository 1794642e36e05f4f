//! Text to segmentation: kinds, boundaries, and the rules of French and English.

mod chars;
mod decision;
mod lines;
mod rules;
mod segmenter;
mod stop;
mod tables;

use crate::bitext::{Kind, Lang, Segmentation, Sentence};

pub use decision::{Decision, Verdict};
pub use lines::{Paragraphs, Wrap, paragraphs};
pub use rules::{Rule, all as all_rules};
pub use segmenter::{Segmenter, Sentences};
pub use tables::Class;

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
    let segmenter = Segmenter::new(lang);
    let mut sentences = Vec::new();
    for (paragraph, line) in (0..).zip(paragraphs(text).spans) {
        for span in segmenter.sentences(line.of(text)) {
            sentences.push(Sentence { span: span.shifted(line.start), kind: Kind::Body, paragraph });
        }
    }
    Segmentation::new(text, sentences).expect("paragraphs and sentences leave out white space alone")
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

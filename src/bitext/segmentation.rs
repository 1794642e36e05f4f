//! An article's paragraphs and sentences, as spans.

use super::{Kind, Span};

/// One sentence: where it stands, what it is, and the paragraph it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its place; neither its first nor its last character is white space.
    pub span: Span,
    /// What it is in its article.
    pub kind: Kind,
    /// Its paragraph, counted from 0.
    pub paragraph: u32,
}

/// The sentences of a text, in order, with nothing but white space between them.
///
/// # Examples
///
/// ```
/// use enregard::bitext::{Kind, Segmentation, Sentence, Span};
/// let text = "Il pleut. Il vente.\n";
/// let sentence = |start, end| Sentence { span: Span::new(start, end), kind: Kind::Body, paragraph: 0 };
/// let whole = Segmentation::new(text, vec![sentence(0, 9), sentence(10, 19)]).unwrap();
/// assert_eq!(whole.texts(text).collect::<Vec<_>>(), ["Il pleut.", "Il vente."]);
/// assert!(Segmentation::new(text, vec![sentence(0, 9)]).is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segmentation {
    sentences: Vec<Sentence>,
}

/// Where a list of sentences is no segmentation of its text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SegmentationError {
    /// Something that is not white space stands between two sentences.
    #[error("text at byte {0} belongs to no sentence")]
    Uncovered(usize),
    /// A sentence is empty, out of order, cuts a character, or has white space at an edge.
    #[error("sentence {0} has no place of its own in the text")]
    Misplaced(usize),
    /// A sentence's paragraph is before that of the sentence before it.
    #[error("sentence {0} belongs to an earlier paragraph than the one before it")]
    Paragraph(usize),
}

impl Segmentation {
    /// Checks that the sentences and the white space between them are the whole `text`.
    ///
    /// # Errors
    ///
    /// [`SegmentationError`], with the byte or the sentence (counted from 0).
    pub fn new(text: &str, sentences: Vec<Sentence>) -> Result<Self, SegmentationError> {
        let mut end = byte_order_mark(text);
        let mut paragraph = 0;
        for (index, sentence) in sentences.iter().enumerate() {
            let Span { start, end: stop } = sentence.span;
            if start < end || stop <= start || text.get(start..stop).is_none() {
                return Err(SegmentationError::Misplaced(index));
            }
            let own = sentence.span.of(text);
            if own.starts_with(char::is_whitespace) || own.ends_with(char::is_whitespace) {
                return Err(SegmentationError::Misplaced(index));
            }
            blank(text, end, start)?;
            if sentence.paragraph < paragraph {
                return Err(SegmentationError::Paragraph(index));
            }
            (end, paragraph) = (stop, sentence.paragraph);
        }
        blank(text, end, text.len())?;
        Ok(Segmentation { sentences })
    }

    /// The sentences in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The sentences' texts in order.
    pub fn texts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.sentences.iter().map(move |sentence| sentence.span.of(text))
    }
}

/// The length of the byte order mark that `text` begins with, 0 where there is none.
///
/// Some editors put one at the head of a file. It is no text: it belongs to no sentence, as white space.
pub fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }
}

fn blank(text: &str, from: usize, to: usize) -> Result<(), SegmentationError> {
    match text[from..to].find(|c: char| !c.is_whitespace()) {
        Some(at) => Err(SegmentationError::Uncovered(from + at)),
        None => Ok(()),
    }
}

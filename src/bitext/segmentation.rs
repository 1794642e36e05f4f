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
        let mut walk = Walk::along(text);
        sentences.iter().try_for_each(|sentence| walk.to(sentence))?;
        walk.to_the_end()?;
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

/// Goes along a text from sentence to sentence, and finds where they are not all of it.
pub(crate) struct Walk<'t> {
    text: &'t str,
    /// The end of the last sentence.
    end: usize,
    /// The paragraph of the last sentence.
    paragraph: u32,
    /// How many sentences there were.
    sentences: usize,
}

impl<'t> Walk<'t> {
    /// Begins.
    pub fn along(text: &'t str) -> Self {
        Walk { text, end: byte_order_mark(text), paragraph: 0, sentences: 0 }
    }

    /// Goes on to the next sentence.
    pub fn to(&mut self, sentence: &Sentence) -> Result<(), SegmentationError> {
        let Span { start, end } = sentence.span;
        if start < self.end || end <= start || self.text.get(start..end).is_none() {
            return Err(SegmentationError::Misplaced(self.sentences));
        }
        let own = sentence.span.of(self.text);
        if own.starts_with(char::is_whitespace) || own.ends_with(char::is_whitespace) {
            return Err(SegmentationError::Misplaced(self.sentences));
        }
        self.blank_until(start)?;
        if sentence.paragraph < self.paragraph {
            return Err(SegmentationError::Paragraph(self.sentences));
        }
        (self.end, self.paragraph) = (end, sentence.paragraph);
        self.sentences += 1;
        Ok(())
    }

    /// Says whether nothing is left.
    pub fn to_the_end(&self) -> Result<(), SegmentationError> {
        self.blank_until(self.text.len())
    }

    fn blank_until(&self, to: usize) -> Result<(), SegmentationError> {
        match self.text[self.end..to].find(|c: char| !c.is_whitespace()) {
            Some(at) => Err(SegmentationError::Uncovered(self.end + at)),
            None => Ok(()),
        }
    }
}

/// The length of the byte order mark that `text` begins with, 0 where there is none.
///
/// Some editors put one at the head of a file. It is no text: it belongs to no sentence, as white space.
pub fn byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }
}

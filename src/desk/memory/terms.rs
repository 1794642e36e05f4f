//! The glossary's terms in a sentence that is to be translated.

use crate::bitext::Span;
use crate::desk::check::glossary;
use crate::quality;
use crate::store::Corpus;

use super::DeskError;

/// The terms that a corpus has in `glossary.tsv`.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    terms: quality::Glossary,
}

/// A term that stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermFound {
    /// Where it stands.
    pub span: Span,
    /// The English that it must have: any of these.
    pub en: Vec<String>,
}

impl Glossary {
    /// Reads the corpus's glossary; one that is not there has no terms.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or has a line that is no term.
    pub fn read(corpus: &Corpus) -> Result<Glossary, DeskError> {
        Ok(Glossary { terms: quality::Glossary::new(glossary(corpus)?) })
    }

    /// The terms of a French sentence in its order, in any plain inflection; of overlapping ones the longest.
    pub fn terms(&self, fr: &str) -> Vec<TermFound> {
        let mut all: Vec<TermFound> = self
            .terms
            .terms_in(fr)
            .into_iter()
            .map(|(span, term)| TermFound { span, en: term.en.clone() })
            .collect();
        all.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
        let mut end = 0;
        all.retain(|found| {
            let stays = found.span.start >= end;
            end = if stays { found.span.end } else { end };
            stays
        });
        all
    }
}

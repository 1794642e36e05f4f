//! An article as every use case sees it: with the units that it has, or those that it will get.

use std::borrow::Cow;

use crate::bitext::{Alignment, Article, Edition, FirstIds, Header, Lang, Sentence, Stem, Unit};
use crate::segment::{Segmenter, segment_with, version};
use crate::store::{Corpus, Stored};

use super::DeskError;
use super::segment::segmenter;

/// How an article and its alignment file stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenState {
    /// There is no alignment file yet: the units are those that the article will get.
    New,
    /// The units are every sentence of the article.
    Current,
    /// The article has changed since: the units are those of the former text.
    SeedChanged,
}

/// An article with its units.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The article as it stands in `seeds/`.
    pub article: Article,
    /// Its units.
    pub alignment: Alignment,
    /// How the two stand to each other.
    pub state: OpenState,
}

impl OpenState {
    /// How the two that are stored stand to each other.
    pub(super) fn of(stored: &Stored) -> OpenState {
        match (&stored.alignment, stored.changed) {
            (None, _) => OpenState::New,
            (Some(_), false) => OpenState::Current,
            (Some(_), true) => OpenState::SeedChanged,
        }
    }
}

impl Opened {
    /// What is stored, or fresh units where nothing is.
    ///
    /// # Errors
    ///
    /// [`DeskError::Language`], where units have to be made and the corpus has no sentence rules.
    pub fn of(corpus: &Corpus, stored: Stored) -> Result<Opened, DeskError> {
        let state = OpenState::of(&stored);
        let Stored { article, alignment, .. } = stored;
        let alignment = alignment.map_or_else(|| first(corpus, &article), Ok)?;
        Ok(Opened { article, alignment, state })
    }
}

/// The alignment that is stored, or the one that the article gets.
///
/// # Errors
///
/// As [`Opened::of`].
pub(super) fn alignment_of<'s>(corpus: &Corpus, stored: &'s Stored) -> Result<Cow<'s, Alignment>, DeskError> {
    match &stored.alignment {
        Some(alignment) => Ok(Cow::Borrowed(alignment)),
        None => Ok(Cow::Owned(first(corpus, &stored.article)?)),
    }
}

/// The alignment that an article gets in this corpus.
fn first(corpus: &Corpus, article: &Article) -> Result<Alignment, DeskError> {
    let (segmenter, header) = beginning(corpus, &article.stem, &article.sha256)?;
    Ok(fresh_under(header, article, &segmenter))
}

/// What splits a new article of this corpus, and the header that its alignment gets.
pub(super) fn beginning(
    corpus: &Corpus,
    stem: &Stem,
    sha256: &str,
) -> Result<(Segmenter, Header), DeskError> {
    let languages = &corpus.config().corpus;
    let lang: Lang = languages.source.parse().map_err(DeskError::Language)?;
    let mut header = header(stem, sha256, lang);
    header.source.clone_from(&languages.source);
    header.target.clone_from(&languages.target);
    Ok((segmenter(lang, corpus.config()), header))
}

fn header(stem: &Stem, sha256: &str, lang: Lang) -> Header {
    Header::new(stem.as_str(), [lang.code(), Lang::En.code()], sha256, version(lang))
}

/// Opens an article, or an edition of it.
///
/// # Errors
///
/// [`DeskError::Store`] where it cannot be read; [`DeskError::Language`].
pub fn open(corpus: &Corpus, stem: &Stem, edition: Option<&Edition>) -> Result<Opened, DeskError> {
    Opened::of(corpus, corpus.read(stem, edition)?)
}

/// The units that an article gets: one for each sentence, untranslated.
///
/// The ids are those that it will keep: equal sentences are told apart by how many there were before.
pub fn fresh(article: &Article, lang: Lang) -> Alignment {
    fresh_with(article, &Segmenter::new(lang))
}

/// [`fresh`], with a splitter of one's own.
pub fn fresh_with(article: &Article, segmenter: &Segmenter) -> Alignment {
    fresh_under(header(&article.stem, &article.sha256, segmenter.lang()), article, segmenter)
}

fn fresh_under(header: Header, article: &Article, segmenter: &Segmenter) -> Alignment {
    let segmentation = segment_with(&article.text, segmenter);
    let mut ids = FirstIds::of(&article.stem);
    let unit = |sentence: &Sentence| {
        let fr = sentence.span.of(&article.text);
        Unit::new(ids.next(fr), sentence.kind, vec![fr.to_owned()])
    };
    let units = segmentation.sentences().iter().map(unit).collect();
    Alignment::new(header, units, &article.text).expect("a segmentation covers its text, and ids are unique")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Status, UnitId};
    use crate::store::sha256;

    #[test]
    fn a_fresh_article_is_untranslated_and_equal_sentences_have_ids_of_their_own() {
        let text = "Il pleut. Il vente. Il pleut.\n".to_owned();
        let article = Article { stem: "roy".parse().unwrap(), sha256: sha256(text.as_bytes()), text };
        let alignment = fresh(&article, Lang::Fr);
        let ids: Vec<UnitId> = alignment.units().iter().map(|unit| unit.id).collect();
        let expected = [("Il pleut.", 0), ("Il vente.", 0), ("Il pleut.", 1)]
            .map(|(fr, occurrence)| UnitId::of(&article.stem, &[fr], occurrence));
        assert_eq!(ids, expected);
        assert!(alignment.units().iter().all(|unit| unit.status == Status::Untranslated));
        assert_eq!(alignment.header().sha256, article.sha256);
    }
}

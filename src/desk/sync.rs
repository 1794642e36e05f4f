//! Carrying the English over to articles that have changed, or to a better splitter's sentences.

use crate::bitext::{Alignment, Edition, Lang, Stem};
use crate::revise::{CarryReport, carry};
use crate::segment::{segment_with, version};
use crate::store::{Author, Corpus, Step, Stored, sha256};

use super::segment::segmenter;
use super::{DeskError, each};

/// What became of one alignment file.
#[derive(Clone, Debug, PartialEq)]
pub struct Synced {
    /// The article, as it is typed: `ARTICLE` or `ARTICLE@EDITION`.
    pub article: String,
    /// Whether its text has changed; else only the splitter has.
    pub text_changed: bool,
    /// What became of its units.
    pub report: CarryReport,
}

/// One run of `sync`: all that it writes is one step of `undo`.
pub struct Sync<'c> {
    corpus: &'c Corpus,
    /// None: nothing is written.
    step: Option<Step<'c>>,
    resegment: bool,
    /// The one edition that is carried over; none: all, and the article's own.
    only: Option<Edition>,
}

impl<'c> Sync<'c> {
    /// Begins to carry over. With `resegment`, units that an older splitter made are carried over to the sentences of this one.
    pub fn new(corpus: &'c Corpus, author: Author, resegment: bool) -> Self {
        Sync { corpus, step: Some(corpus.begin(author)), resegment, only: None }
    }

    /// The same, but nothing is written or locked.
    pub fn dry(corpus: &'c Corpus, resegment: bool) -> Self {
        Sync { corpus, step: None, resegment, only: None }
    }

    /// The same, for one edition alone.
    pub fn only(mut self, edition: &Edition) -> Self {
        self.only = Some(edition.clone());
        self
    }

    /// The articles among `stems` that have something to be carried over; on every core.
    ///
    /// One that cannot be read is among them, so that its fault is told.
    pub fn outdated(&self, stems: &[Stem]) -> Vec<Stem> {
        let mut outdated = Vec::new();
        let work = |stem: &Stem| self.is_outdated(stem).unwrap_or(true);
        let Ok(()) = each(stems, work, |stem, is| -> Result<(), std::convert::Infallible> {
            if is {
                outdated.push(stem.clone());
            }
            Ok(())
        });
        outdated
    }

    fn is_outdated(&self, stem: &Stem) -> Result<bool, DeskError> {
        for edition in self.editions(stem)? {
            let stored = self.corpus.read(stem, edition.as_ref())?;
            if let Some(alignment) = &stored.alignment
                && self.needs(alignment, &stored.article.sha256)
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Carries over one article and its editions; with `from`, to that text, which becomes the article's.
    ///
    /// Returns what became of each alignment file that had something to be carried over.
    ///
    /// # Errors
    ///
    /// [`DeskError::Store`] where the article cannot be read or written, [`DeskError::Language`]. A fault
    /// in one of its files is found before any is written.
    pub fn article(&mut self, stem: &Stem, from: Option<&str>) -> Result<Vec<Synced>, DeskError> {
        let editions = self.editions(stem)?;
        let planned = editions
            .iter()
            .map(|edition| {
                let stored = self.corpus.read(stem, edition.as_ref())?;
                Ok(self.carried(stem, edition.as_ref(), &stored, from)?.map(|(_, synced)| synced))
            })
            .collect::<Result<Vec<Option<Synced>>, DeskError>>()?;
        let (corpus, resegment) = (self.corpus, self.resegment);
        let Some(step) = &mut self.step else { return Ok(planned.into_iter().flatten().collect()) };
        let reader = Sync { corpus, step: None, resegment, only: None };
        let mut done = Vec::new();
        for (edition, planned) in editions.iter().zip(planned) {
            if planned.is_none() && (from.is_none() || edition.is_some()) {
                continue;
            }
            let mut held = step.lock(stem, edition.as_ref())?;
            let carried = reader.carried(stem, edition.as_ref(), held.stored(), from)?;
            let (alignment, synced) = carried.unzip();
            match (from, edition) {
                (Some(text), None) => step.replace_seed(&mut held, text, alignment.as_ref())?,
                _ => {
                    if let Some(alignment) = &alignment {
                        step.write(&mut held, alignment)?;
                    }
                }
            }
            done.extend(synced);
        }
        Ok(done)
    }

    /// Ends the run.
    ///
    /// # Errors
    ///
    /// [`DeskError::Store`].
    pub fn finish(self) -> Result<(), DeskError> {
        Ok(self.step.map_or(Ok(()), Step::finish)?)
    }

    /// The article itself first: its seed is replaced with it.
    fn editions(&self, stem: &Stem) -> Result<Vec<Option<Edition>>, DeskError> {
        let editions = self.corpus.editions(stem)?;
        if let Some(only) = &self.only {
            return Ok(editions.into_iter().filter(|edition| edition == only).map(Some).collect());
        }
        Ok(std::iter::once(None).chain(editions.into_iter().map(Some)).collect())
    }

    fn needs(&self, alignment: &Alignment, sha256: &str) -> bool {
        let header = alignment.header();
        let older = || match header.source.parse::<Lang>() {
            Ok(lang) => header.splitter != version(lang),
            Err(_) => false,
        };
        header.sha256 != sha256 || (self.resegment && older())
    }

    /// The alignment that covers the text as it is, or is to be; none where there is nothing to do.
    fn carried(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
        stored: &Stored,
        from: Option<&str>,
    ) -> Result<Option<(Alignment, Synced)>, DeskError> {
        let text = from.unwrap_or(&stored.article.text);
        let hash = match from {
            Some(text) => sha256(text.as_bytes()),
            None => stored.article.sha256.clone(),
        };
        let Some(old) = stored.alignment.as_ref().filter(|old| self.needs(old, &hash)) else {
            return Ok(None);
        };
        let lang: Lang = old.header().source.parse().map_err(DeskError::Language)?;
        let segmentation = segment_with(text, &segmenter(lang, self.corpus.config()));
        let (units, report) = carry(old, stem, text, &segmentation);
        let mut header = old.header().clone();
        let text_changed = header.sha256 != hash;
        header.sha256 = hash;
        version(lang).clone_into(&mut header.splitter);
        let alignment = Alignment::new(header, units, text).map_err(DeskError::Cover)?;
        let article = match edition {
            None => stem.to_string(),
            Some(edition) => format!("{stem}@{edition}"),
        };
        Ok(Some((alignment, Synced { article, text_changed, report })))
    }
}

//! Carrying the English over to articles that have changed, or to a better splitter's sentences.

use crate::bitext::{Alignment, Edition, Lang, Stem, Unit};
use crate::revise::{CarryReport, carry};
use crate::segment::{segment_with, version};
use crate::store::{Author, Corpus, Step, Stored, sha256};

use super::segment::segmenter;
use super::{DeskError, each};

/// What became of one alignment file.
#[derive(Clone, Debug, PartialEq)]
pub struct Synced<'u> {
    /// The article, as it is typed: `ARTICLE` or `ARTICLE@EDITION`.
    pub article: String,
    /// Whether its text has changed; else only the splitter has.
    pub text_changed: bool,
    /// What became of its units.
    pub report: CarryReport,
    /// The units that it has now, in the order of the report.
    pub units: &'u [Unit],
}

/// An alignment carried over, and what is to be told of that.
struct CarriedOver {
    alignment: Alignment,
    text_changed: bool,
    report: CarryReport,
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
    /// `told` hears what became of each alignment file that had something to be carried over.
    ///
    /// # Errors
    ///
    /// [`DeskError::Store`] where the article cannot be read or written, [`DeskError::Language`]. A fault
    /// in one of its files is found before any is written.
    pub fn article(
        &mut self,
        stem: &Stem,
        from: Option<&str>,
        mut told: impl FnMut(Synced<'_>),
    ) -> Result<(), DeskError> {
        let mut tell = |edition: Option<&Edition>, text_changed, report, units: &[Unit]| {
            let article = match edition {
                None => stem.to_string(),
                Some(edition) => format!("{stem}@{edition}"),
            };
            told(Synced { article, text_changed, report, units });
        };
        let editions = self.editions(stem)?;
        let corpus = self.corpus;
        let reader = Sync { corpus, step: None, resegment: self.resegment, only: None };
        let read = |edition: &Option<Edition>| reader.carried(&corpus.read(stem, edition.as_ref())?, from);
        let Some(step) = &mut self.step else {
            let planned = editions.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            for (edition, carried) in editions.iter().zip(planned) {
                if let Some(CarriedOver { alignment, text_changed, report }) = carried {
                    tell(edition.as_ref(), text_changed, report, alignment.units());
                }
            }
            return Ok(());
        };
        let needed = |edition| Ok(read(edition)?.is_some());
        let needed = editions.iter().map(needed).collect::<Result<Vec<bool>, DeskError>>()?;
        for (edition, needed) in editions.iter().zip(needed) {
            let edition = edition.as_ref();
            if !needed && (from.is_none() || edition.is_some()) {
                continue;
            }
            let mut held = step.lock(stem, edition)?;
            let carried = reader.carried(held.stored(), from)?;
            let (alignment, what) =
                carried.map(|one| (one.alignment, (one.text_changed, one.report))).unzip();
            match (from, edition) {
                (Some(text), None) => step.replace_seed(&mut held, text, alignment)?,
                _ => {
                    if let Some(alignment) = alignment {
                        step.write_last(&mut held, alignment)?;
                    }
                }
            }
            if let (Some((text_changed, report)), Some(alignment)) = (what, &held.stored().alignment) {
                tell(edition, text_changed, report, alignment.units());
            }
        }
        Ok(())
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
    fn carried(&self, stored: &Stored, from: Option<&str>) -> Result<Option<CarriedOver>, DeskError> {
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
        let (units, report) = carry(old, &stored.article.stem, text, segmentation);
        let mut header = old.header().clone();
        let text_changed = header.sha256 != hash;
        header.sha256 = hash;
        version(lang).clone_into(&mut header.splitter);
        let alignment = Alignment::new(header, units, text).map_err(DeskError::Cover)?;
        Ok(Some(CarriedOver { alignment, text_changed, report }))
    }
}

//! What a translator delivers: the English alone, each article a document of its own.

use std::io;
use std::path::Path;

use crate::bitext::{Edition, Stem, Unit};
use crate::desk::output::OutputFolder;
use crate::desk::{DeskError, OpenState, Output, each, open};
use crate::format;
use crate::quality::State;
use crate::store::Corpus;

use super::{Export, Exported, Standing, Summary};

/// A sentence that keeps an article from being whole in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its article.
    pub stem: Stem,
    /// Its place among the article's units, from 1.
    pub place: usize,
    /// Untranslated or stale.
    pub standing: &'static str,
    /// The French.
    pub french: String,
}

impl Export {
    /// The sentences of these articles that have no English, or English of a former French; with it the articles that cannot be
    /// read.
    ///
    /// # Errors
    ///
    /// None of its own: a fault in one article is beside the others.
    pub fn gaps(&self, corpus: &Corpus, stems: &[Stem]) -> (Vec<Gap>, Vec<(Stem, DeskError)>) {
        let (mut gaps, mut faults) = (Vec::new(), Vec::new());
        let work = |stem: &Stem| -> Result<Vec<Gap>, DeskError> {
            let opened = open(corpus, stem, self.edition.as_ref())?;
            let units = opened.alignment.units().iter().zip(1..);
            let content = units.filter(|(unit, _)| unit.is_content() && !unit.fr.is_empty());
            let gap = |(unit, place): (&Unit, usize)| {
                let standing = Standing::of(unit);
                let missing = matches!(standing, Standing::State(State::Untranslated | State::Stale));
                missing.then(|| Gap {
                    stem: stem.clone(),
                    place,
                    standing: standing.as_str(),
                    french: unit.french(),
                })
            };
            Ok(content.filter_map(gap).collect())
        };
        let _ = each(stems, work, |stem, found| {
            match found {
                Ok(found) => gaps.extend(found),
                Err(error) => faults.push((stem.clone(), error)),
            }
            Ok::<(), ()>(())
        });
        (gaps, faults)
    }

    /// Writes each article into a file of its own in `folder`, which is made if it is not there: `STEM.ENDING`, or
    /// `STEM@EDITION.ENDING`.
    ///
    /// Each file is whole or what was there before; a fault in one article is for `seen`.
    ///
    /// # Errors
    ///
    /// [`DeskError::Output`] where the folder cannot be written to; [`DeskError::Format`] where the format has more than one
    /// file itself.
    pub fn apart(
        &self,
        corpus: &Corpus,
        stems: &[Stem],
        folder: &Path,
        seen: &mut dyn FnMut(&Stem, Exported),
    ) -> Result<Summary, DeskError> {
        // Makes the folder, and refuses the corpus's own.
        OutputFolder::create(folder, Some(corpus))?;
        let mut summary = Summary::default();
        each(
            stems,
            |stem| open(corpus, stem, self.edition.as_ref()),
            |stem, opened| {
                let opened = match opened {
                    Ok(opened) => opened,
                    Err(error) => {
                        seen(stem, Exported::Fault(error));
                        return Ok(());
                    }
                };
                let path = folder.join(self.file_name(stem));
                let told = |source| DeskError::Output { path: path.clone(), source };
                let mut out = Output::create(&path, Some(corpus))?;
                match self.format.write {
                    format::Write::Text(writer) => {
                        let mut text = Vec::new();
                        let written = (|| -> io::Result<()> {
                            let writer = writer(&self.options)?;
                            writer.begin(&mut text)?;
                            self.article(&opened, &mut summary, |bitext, told| {
                                writer.article(bitext, &mut text, told)
                            })?;
                            writer.end(&mut text)?;
                            io::Write::write_all(&mut out, &text)
                        })();
                        written.map_err(told)?;
                    }
                    format::Write::File(writer) => {
                        let mut lost = format::Told::default();
                        let written = (|| -> io::Result<()> {
                            let mut writer = writer(&self.options, &mut out)?;
                            self.article(&opened, &mut summary, |bitext, told| writer.article(bitext, told))?;
                            writer.finish(&mut lost)
                        })();
                        written.map_err(told)?;
                        summary.told += lost;
                    }
                    _ => {
                        return Err(DeskError::Format(format!("{} has no English alone", self.format.title)));
                    }
                }
                out.finish()?;
                seen(stem, Exported::Written { changed: opened.state == OpenState::SeedChanged });
                Ok(())
            },
        )?;
        Ok(summary)
    }

    /// What an article's file is called.
    fn file_name(&self, stem: &Stem) -> String {
        let ending = self.format.endings.first().unwrap_or(&"txt");
        match self.edition.as_ref().map(Edition::as_str) {
            Some(edition) => format!("{stem}@{edition}.{ending}"),
            None => format!("{stem}.{ending}"),
        }
    }
}

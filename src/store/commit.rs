//! How a change takes place: what is new is written beside what is old, recorded, and then put in its place.

use std::borrow::Cow;
use std::path::Path;

use crate::bitext::{Alignment, Article, Header, Unit};

use super::StoreError;
use super::file::{header_reads_back, unit_reads_back, write_head, write_line};
use super::flow::Flow;
use super::held::{Held, Target};
use super::hunks::{Hunk, diff};
use super::journal::{self, Entry, Turn, write_entry, write_hunk};
use super::read::sha256;
use super::received::received_sha256;
use super::step::Step;
use super::steps::Touch;

/// What a change writes of units, piece by piece.
pub(super) trait Pieces {
    /// The alignment file.
    fn file(&mut self, flow: &mut Flow<'_>) -> Result<(), StoreError>;
    /// The journal's hunks.
    fn hunks(&mut self, flow: &mut Flow<'_>) -> Result<(), StoreError>;
}

/// What a change does, beside its units.
pub(super) struct Change<'a> {
    /// What becomes of the alignment file.
    pub file: FileFate,
    /// The header before and after.
    pub header: Turn<Option<Header>>,
    /// The seed, where it is another; without a hash there is none any more.
    pub seed: Option<&'a Article>,
    /// The English text as it was received, where it is another: its bytes, or none for no file.
    pub received: Option<Option<Vec<u8>>>,
}

/// What becomes of the alignment file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FileFate {
    /// It stays as it is, also where there is none.
    Stays,
    /// It is written anew.
    New,
    /// It goes.
    Goes,
}

/// An alignment in the place of another, unit by unit.
struct Replaced<'a> {
    new: Option<&'a Alignment>,
    hunks: Vec<Hunk<'a>>,
}

impl Pieces for Replaced<'_> {
    fn file(&mut self, flow: &mut Flow<'_>) -> Result<(), StoreError> {
        let Some(new) = self.new else { return Ok(()) };
        write_head(flow.text(), new.header());
        for unit in new.units() {
            write_line(flow.text(), unit);
            flow.pass_on()?;
        }
        Ok(())
    }

    fn hunks(&mut self, flow: &mut Flow<'_>) -> Result<(), StoreError> {
        for (index, hunk) in self.hunks.iter().enumerate() {
            write_hunk(flow, index == 0, hunk)?;
        }
        Ok(())
    }
}

fn units(alignment: Option<&Alignment>) -> &[Unit] {
    alignment.map_or(&[], Alignment::units)
}

/// Refuses a unit that would not read back.
pub(super) fn check_unit(shown: &Path, unit: &Unit) -> Result<(), StoreError> {
    if unit_reads_back(unit) {
        return Ok(());
    }
    Err(StoreError::ReadBack { path: shown.to_owned(), told: format!("unit {}", unit.id) })
}

impl Step<'_> {
    /// Makes an article's files what `target` says: all of it, or nothing.
    pub(super) fn commit(&mut self, held: &mut Held, target: Target) -> Result<(), StoreError> {
        // Out of the way while the lock's file, which is the journal, is written to.
        let old = held.stored.alignment.take();
        let done = self.replace(held, old.as_ref(), &target);
        held.stored.alignment = match done {
            Ok(true) => target.alignment.map(Cow::into_owned),
            _ => old,
        };
        let sha256 = &held.stored.article.sha256;
        held.stored.changed =
            held.stored.alignment.as_ref().is_some_and(|own| own.header().sha256 != *sha256);
        done.map(drop)
    }

    /// The change itself; false where there is none.
    fn replace(
        &mut self,
        held: &mut Held,
        old: Option<&Alignment>,
        target: &Target,
    ) -> Result<bool, StoreError> {
        let new = target.alignment.as_deref();
        let mut pieces = Replaced { new, hunks: diff(units(old), units(new)) };
        let header =
            Turn { before: old.map(|old| old.header().clone()), after: new.map(|new| new.header().clone()) };
        let same = pieces.hunks.is_empty() && header.before == header.after;
        if same && target.seed.is_none() {
            return Ok(false);
        }
        // Where the seed stays as it is, so does the article.
        let replaced = target.seed.map(|seed| Article {
            stem: held.stem.clone(),
            text: seed.unwrap_or_default().to_owned(),
            sha256: seed.map(|text| sha256(text.as_bytes())).unwrap_or_default(),
        });
        let file = match new {
            Some(new) if !same => {
                let article = replaced.as_ref().unwrap_or(&held.stored.article);
                self.check_new(held, new, &pieces.hunks, article)?;
                FileFate::New
            }
            None if old.is_some() => FileFate::Goes,
            _ => FileFate::Stays,
        };
        self.check_meanwhile(held)?;
        let received = self.received_after(&header, target.received)?;
        let change = Change { file, header, seed: replaced.as_ref(), received };
        held.file_sha256 = self.carry_out(held, &change, &mut pieces)?;
        if let Some(article) = replaced {
            held.absent = article.sha256.is_empty();
            held.stored.article = article;
        }
        Ok(true)
    }

    /// Refuses what does not cover the article, or would not read back as it was meant.
    fn check_new(
        &self,
        held: &Held,
        new: &Alignment,
        hunks: &[Hunk<'_>],
        article: &Article,
    ) -> Result<(), StoreError> {
        if new.header().sha256 == article.sha256 {
            let cover = |cause| StoreError::Cover { stem: held.stem.clone(), cause };
            new.covers(&article.text).map_err(cover)?;
        }
        self.check_header(held, new.header())?;
        // The other units were read from the file.
        let shown = self.shown_file(held);
        hunks.iter().flat_map(|hunk| hunk.after.iter()).try_for_each(|unit| check_unit(&shown, unit))
    }

    /// Refuses a header of another article, or one that would not read back.
    pub(super) fn check_header(&self, held: &Held, header: &Header) -> Result<(), StoreError> {
        if header.article == held.stem.as_str() && header_reads_back(header) {
            return Ok(());
        }
        Err(self.read_back(held, "the header"))
    }

    /// What the file of the received English is to hold, where the header names another text than before.
    fn received_after(
        &self,
        header: &Turn<Option<Header>>,
        received: Option<&[u8]>,
    ) -> Result<Option<Option<Vec<u8>>>, StoreError> {
        let [before, after] = [&header.before, &header.after].map(|of| of.as_ref().and_then(received_sha256));
        if before == after {
            return Ok(None);
        }
        let Some(hash) = after else { return Ok(Some(None)) };
        let bytes = received.map_or_else(|| self.corpus.kept_text(hash), |bytes| Ok(bytes.to_vec()))?;
        Ok(Some(Some(bytes)))
    }

    /// Carries out a change that was checked; the alignment file's SHA-256 after it.
    ///
    /// In this order: the new files whole beside the old, flushed; the journal's entry, flushed; the step's
    /// line, flushed; the renames; the folders, flushed. A crash before the first rename leaves an
    /// entry that is not in force, for the file's hash is still the one before.
    pub(super) fn carry_out(
        &mut self,
        held: &mut Held,
        change: &Change<'_>,
        pieces: &mut dyn Pieces,
    ) -> Result<Option<String>, StoreError> {
        let done = self.prepare(held, change, pieces).and_then(|file_after| {
            self.perform(held, change)?;
            Ok(file_after)
        });
        if done.is_err() {
            let (fs, edition) = (&self.corpus.fs, held.edition.as_ref());
            // What is not there any more needs no removal.
            let _ = fs.remove(&self.corpus.temporary(&held.stem, edition));
            let _ = fs.remove(&self.corpus.seed_temporary(&held.stem, edition));
            let _ = fs.remove(&self.corpus.text_temporary(&held.stem, edition));
        }
        done
    }

    /// All that comes before the first rename; a crash in it leaves the files as they were.
    fn prepare(
        &mut self,
        held: &mut Held,
        change: &Change<'_>,
        pieces: &mut dyn Pieces,
    ) -> Result<Option<String>, StoreError> {
        let corpus = self.corpus;
        let (stem, edition) = (&held.stem, held.edition.as_ref());
        if let Some(seed) = change.seed {
            if !held.absent {
                corpus.keep_seed(&held.stored.article.text, &held.stored.article.sha256)?;
            }
            if !seed.sha256.is_empty() {
                corpus.keep_seed(&seed.text, &seed.sha256)?;
                let (path, beside) = (corpus.seed_path(stem), corpus.seed_temporary(stem, edition));
                corpus.write_beside(&path, &beside, seed.text.as_bytes())?;
            }
        }
        if let Some(received) = &change.received {
            corpus.prepare_text(stem, edition, received.as_deref())?;
        }
        let file_after = match change.file {
            FileFate::New => {
                let (path, beside) = (corpus.alignment_path(stem, edition), corpus.temporary(stem, edition));
                Some(corpus.flow_beside(&path, &beside, |flow| pieces.file(flow))?)
            }
            FileFate::Stays => held.file_sha256.clone(),
            FileFate::Goes => None,
        };
        let entry = self.entry(held, change, file_after.clone());
        journal::append(corpus, &mut held.lock.handle, |flow| {
            write_entry(flow, &entry, |flow| pieces.hunks(flow))
        })?;
        // After the entry, which a full disk may refuse: a line says that the step was taken, or taken back.
        self.touch(held)?;
        Ok(file_after)
    }

    /// The journal's entry, but for its hunks.
    fn entry(&self, held: &Held, change: &Change<'_>, file_after: Option<String>) -> Entry {
        let seed_after = change.seed.map(|seed| (!seed.sha256.is_empty()).then(|| seed.sha256.clone()));
        Entry {
            step: self.id.clone(),
            at: self.author.at.clone(),
            by: self.author.by.clone(),
            command: self.author.command.clone(),
            undoes: self.undoes.clone(),
            redoes: self.redoes.clone(),
            file: Turn { before: held.file_sha256.clone(), after: file_after },
            seed: seed_after.map(|after| Turn { before: held.seed_sha256(), after }),
            header: (change.header.before != change.header.after).then(|| change.header.clone()),
            hunks: Vec::new(),
        }
    }

    /// The renames.
    fn perform(&self, held: &Held, change: &Change<'_>) -> Result<(), StoreError> {
        let corpus = self.corpus;
        let (stem, edition) = (&held.stem, held.edition.as_ref());
        // The text first: no alignment is in force whose text is not there.
        if let Some(received) = &change.received {
            corpus.place_text(stem, edition, received.is_some())?;
        }
        // A new article before its alignment: it is one without it too, as an alignment without article is not.
        if held.absent {
            self.place_seed(held, change)?;
        }
        let path = corpus.alignment_path(stem, edition);
        match change.file {
            FileFate::New => corpus.put_in_place(&corpus.temporary(stem, edition), &path)?,
            FileFate::Goes => corpus.take_away(&path)?,
            FileFate::Stays => {}
        }
        if held.absent { Ok(()) } else { self.place_seed(held, change) }
    }

    fn place_seed(&self, held: &Held, change: &Change<'_>) -> Result<(), StoreError> {
        let corpus = self.corpus;
        let path = corpus.seed_path(&held.stem);
        match change.seed {
            Some(seed) if seed.sha256.is_empty() => corpus.take_away(&path),
            Some(_) => corpus.put_in_place(&corpus.seed_temporary(&held.stem, held.edition.as_ref()), &path),
            None => Ok(()),
        }
    }

    /// Puts the step on the list, once for each article.
    fn touch(&mut self, held: &Held) -> Result<(), StoreError> {
        let file = held.name();
        if self.touched.contains(&file) {
            return Ok(());
        }
        self.corpus.touch(&Touch {
            step: self.id.clone(),
            file: file.clone(),
            at: self.author.at.clone(),
            by: self.author.by.clone(),
            command: self.author.command.clone(),
            undoes: self.undoes.clone(),
            redoes: self.redoes.clone(),
        })?;
        self.touched.insert(file);
        Ok(())
    }
}

//! Putting a person's answers on disk, if the units are still what the person saw.

use std::collections::BTreeMap;

use crate::bitext::{Alignment, Edition, Status, Stem, Unit, UnitId};
use crate::revise::{EditError, Revision, Stamp};
use crate::store::{Author, Corpus, Held, Step};

use super::DeskError;
use super::answer::{Answer, English};
use super::buffer::Change;
use super::open::alignment_of;

/// The article, or the edition of it, that answers go to.
#[derive(Clone, Copy)]
pub struct Place<'c> {
    /// The corpus.
    pub corpus: &'c Corpus,
    /// The article.
    pub stem: &'c Stem,
    /// Its edition, if it is one.
    pub edition: Option<&'c Edition>,
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Entered {
    /// It is on disk; these are the article's units now.
    Done(Vec<Unit>),
    /// The unit is no longer what the person saw: nothing was written. These are the units now.
    Changed(Vec<Unit>),
}

/// An answer of a buffer that was not entered, since its unit is no longer what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Missed {
    /// The answer, and what the unit had then.
    pub change: Change,
    /// The unit as it is now; none where it is gone.
    pub now: Option<Unit>,
}

impl Place<'_> {
    /// The file name that this article's kept texts begin with.
    pub fn name(&self) -> String {
        match self.edition {
            None => self.stem.to_string(),
            Some(edition) => format!("{}@{edition}", self.stem),
        }
    }

    /// Puts one answer on disk, as one step of `undo`, if the unit is still as `seen`.
    ///
    /// # Errors
    ///
    /// [`DeskError`], where the article cannot be locked, read or written.
    pub fn enter(&self, author: Author, seen: &Unit, answer: &Answer) -> Result<Entered, DeskError> {
        let stamp = Stamp { by: author.by.clone(), at: author.at.clone() };
        let (mut step, mut held, alignment) = self.begin(author)?;
        if !alignment.units().iter().any(|unit| unit.id == seen.id && same(unit, seen, answer)) {
            return Ok(Entered::Changed(alignment.into_parts().1));
        }
        let mut revision = Revision::of(alignment, self.stem, stamp);
        if apply(&mut revision, seen.id, answer).is_err() {
            return Ok(Entered::Changed(revision.units().to_vec()));
        }
        let alignment = finish(revision);
        step.write(&mut held, &alignment)?;
        step.finish()?;
        Ok(Entered::Done(alignment.into_parts().1))
    }

    /// Puts a unit back to what it was before an answer, if it is still as the answer left it.
    ///
    /// # Errors
    ///
    /// As [`Place::enter`].
    pub fn put_back(&self, author: Author, now: &Unit, before: &Unit) -> Result<Entered, DeskError> {
        let (mut step, mut held, alignment) = self.begin(author)?;
        let (header, mut units) = alignment.into_parts();
        let Some(unit) = units.iter_mut().find(|unit| **unit == *now) else {
            return Ok(Entered::Changed(units));
        };
        *unit = before.clone();
        let alignment = Alignment::of_changed(header, units).expect("a unit that was there breaks no law");
        step.write(&mut held, &alignment)?;
        step.finish()?;
        Ok(Entered::Done(alignment.into_parts().1))
    }

    /// Puts the answers of a buffer on disk, all as one step of `undo`.
    ///
    /// Those whose unit is no longer what it was when the buffer was written are given back.
    ///
    /// # Errors
    ///
    /// [`DeskError`]: then nothing is entered.
    pub fn enter_all(&self, author: Author, changes: Vec<Change>) -> Result<Vec<Missed>, DeskError> {
        let stamp = Stamp { by: author.by.clone(), at: author.at.clone() };
        let (mut step, mut held, alignment) = self.begin(author)?;
        let mut revision = Revision::of(alignment, self.stem, stamp);
        let mut missed = Vec::new();
        for change in changes {
            let now = revision.units().iter().find(|unit| unit.id == change.id).cloned();
            let stands = now.as_ref().is_some_and(|unit| is_as_written(unit, &change));
            if !stands || apply(&mut revision, change.id, &change.answer).is_err() {
                missed.push(Missed { now, change });
            }
        }
        step.write_last(&mut held, finish(revision))?;
        step.finish()?;
        Ok(missed)
    }

    fn begin(&self, author: Author) -> Result<(Step<'_>, Held, Alignment), DeskError> {
        let mut step = self.corpus.begin(author);
        let held = step.lock(self.stem, self.edition)?;
        let alignment = alignment_of(self.corpus, held.stored())?.into_owned();
        Ok((step, held, alignment))
    }

    /// What was typed in an earlier session and not confirmed.
    ///
    /// # Errors
    ///
    /// Where the file that keeps it cannot be read. One that is damaged holds nothing.
    pub fn unfinished(&self) -> Result<BTreeMap<UnitId, String>, DeskError> {
        let bytes = self.corpus.read_kept(&format!("{}.unfinished.json", self.name()))?;
        let texts: BTreeMap<String, String> =
            bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Ok(texts.into_iter().filter_map(|(id, text)| Some((id.parse().ok()?, text))).collect())
    }

    /// Keeps what was typed and not confirmed, for the next session.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn keep_unfinished(&self, texts: &BTreeMap<UnitId, String>) -> Result<(), DeskError> {
        let texts: BTreeMap<&str, &String> = texts.iter().map(|(id, text)| (id.as_str(), text)).collect();
        let json = match texts.is_empty() {
            true => String::new(),
            false => serde_json::to_string_pretty(&texts).expect("a map of texts is JSON") + "\n",
        };
        self.corpus.keep(&format!("{}.unfinished.json", self.name()), &json)?;
        Ok(())
    }
}

fn finish(revision: Revision) -> Alignment {
    revision.finish().expect("an answer changes no id and no French")
}

/// Whether a unit is what it was when the buffer was written.
fn is_as_written(unit: &Unit, change: &Change) -> bool {
    squeezed(&unit.french()) == squeezed(&change.fr) && unit.english() == change.en
}

/// Whether `now` is what the person saw, in what the answer is about.
fn same(now: &Unit, seen: &Unit, answer: &Answer) -> bool {
    let english = answer.english.is_none()
        || (&now.fr, &now.more.was, &now.en, now.status) == (&seen.fr, &seen.more.was, &seen.en, seen.status);
    english && (answer.note.is_none() || now.more.note == seen.more.note)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes a unit say what the answer says. A refusal means that the unit is not what the answer was given to.
fn apply(revision: &mut Revision, id: UnitId, answer: &Answer) -> Result<(), EditError> {
    match &answer.english {
        Some(English::Typed(text)) => revision.set_english_of(id, text, answer.origin)?,
        Some(English::Kept) => revision.keep(id)?,
        Some(English::Cleared) => revision.clear_english(id)?,
        Some(English::Skipped) => {
            revision.clear_english(id)?;
            revision.set_status(id, Status::Skipped)?;
        }
        None => {}
    }
    if answer.reviewed {
        revision.set_status(id, Status::Reviewed)?;
    }
    match &answer.note {
        Some(note) => revision.set_note(id, note),
        None => Ok(()),
    }
}

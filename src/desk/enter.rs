//! Putting a person's answers on disk, if the units are still what the person saw.

use std::collections::BTreeMap;

use crate::bitext::{Alignment, Edition, Status, Stem, Unit, UnitId};
use crate::store::{Author, Corpus, Held, Step};

use super::answer::{Answer, English};
use super::buffer::Change;
use super::{DeskError, Opened};

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
        let (mut step, mut held, alignment) = self.begin(author.clone())?;
        let (header, mut units) = alignment.into_parts();
        let Some(unit) = units.iter_mut().find(|unit| unit.id == seen.id && same(unit, seen, answer)) else {
            return Ok(Entered::Changed(units));
        };
        apply(unit, answer, &author);
        write(&mut step, &mut held, header, units.clone())?;
        step.finish()?;
        Ok(Entered::Done(units))
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
        write(&mut step, &mut held, header, units.clone())?;
        step.finish()?;
        Ok(Entered::Done(units))
    }

    /// Puts the answers of a buffer on disk, all as one step of `undo`.
    ///
    /// Those whose unit is no longer what it was when the buffer was written are given back.
    ///
    /// # Errors
    ///
    /// [`DeskError`]: then nothing is entered.
    pub fn enter_all(&self, author: Author, changes: Vec<Change>) -> Result<Vec<Missed>, DeskError> {
        let (mut step, mut held, alignment) = self.begin(author.clone())?;
        let (header, mut units) = alignment.into_parts();
        let mut missed = Vec::new();
        for change in changes {
            match units.iter_mut().find(|unit| unit.id == change.id) {
                Some(unit)
                    if squeezed(&unit.french()) == squeezed(&change.fr) && unit.english() == change.en =>
                {
                    apply(unit, &change.answer, &author);
                }
                unit => missed.push(Missed { now: unit.cloned(), change }),
            }
        }
        write(&mut step, &mut held, header, units)?;
        step.finish()?;
        Ok(missed)
    }

    fn begin(&self, author: Author) -> Result<(Step<'_>, Held, Alignment), DeskError> {
        let mut step = self.corpus.begin(author);
        let held = step.lock(self.stem, self.edition)?;
        let opened = Opened::of(self.corpus, held.stored().clone())?;
        Ok((step, held, opened.alignment))
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

fn write(
    step: &mut Step<'_>,
    held: &mut Held,
    header: crate::bitext::Header,
    units: Vec<Unit>,
) -> Result<(), DeskError> {
    let alignment = Alignment::of_changed(header, units).expect("an answer changes no id and no French");
    Ok(step.write(held, &alignment)?)
}

/// Whether `now` is what the person saw, in what the answer is about.
fn same(now: &Unit, seen: &Unit, answer: &Answer) -> bool {
    let english = answer.english.is_none()
        || (&now.fr, &now.was, &now.en, now.status) == (&seen.fr, &seen.was, &seen.en, seen.status);
    english && (answer.note.is_none() || now.note == seen.note)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes a unit say what the answer says.
fn apply(unit: &mut Unit, answer: &Answer, author: &Author) {
    let before = unit.clone();
    match &answer.english {
        Some(English::Typed(text)) => {
            unit.en = vec![text.clone()];
            unit.origin = None;
            unit.score = None;
        }
        Some(English::Cleared) => {
            unit.en.clear();
            unit.origin = None;
            unit.score = None;
        }
        _ => {}
    }
    match &answer.english {
        Some(English::Skipped) => unit.status = Status::Skipped,
        Some(English::Cleared) => unit.status = Status::Untranslated,
        // The same English for the same French is as reviewed as it was.
        Some(English::Kept) if unit.was.is_empty() && unit.status == Status::Reviewed => {}
        Some(English::Kept | English::Typed(_)) => unit.status = Status::Draft,
        None => {}
    }
    if !matches!(answer.english, None | Some(English::Skipped)) {
        unit.was.clear();
    }
    if answer.reviewed && unit.has_english() {
        unit.status = Status::Reviewed;
    }
    if let Some(note) = &answer.note {
        unit.note = Some(note.clone()).filter(|note| !note.is_empty());
    }
    if *unit != before {
        unit.by.clone_from(&author.by);
        unit.at = Some(author.at.clone());
    }
}

//! Taking steps back and doing them again; and the history of a unit.

use std::borrow::Cow;
use std::collections::HashSet;

use rayon::prelude::*;

use crate::bitext::{Alignment, CoverError, Edition, Header, Stem, Unit, UnitId};

use super::file::write_unit;
use super::held::{Held, Target};
use super::hunks::{Moved, apply};
use super::journal::{self, Entry, Unread};
use super::read::sha256;
use super::steps::{Recorded, Steps};
use super::{Author, Corpus, Step, StoreError};

/// What an `undo` took back, or a `redo` did again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// The step.
    pub step: Recorded,
    /// The articles and editions whose files changed.
    pub files: Vec<(Stem, Option<Edition>)>,
}

/// A change of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The article.
    pub stem: Stem,
    /// The edition, if it was one.
    pub edition: Option<Edition>,
    /// The step that it was a part of.
    pub step: String,
    /// When.
    pub at: String,
    /// Who, where that is known.
    pub by: Option<String>,
    /// By which command.
    pub command: String,
    /// The unit before; none where it was not there.
    pub before: Option<Unit>,
    /// The unit after, or the one that it was merged into; none where it is gone.
    pub after: Option<Unit>,
}

/// What the journals tell of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    /// Its changes, oldest first.
    pub events: Vec<Event>,
    /// Lines beside them that cannot be read: there may have been others.
    pub unread: Vec<Unread>,
}

/// What an article's files would hold.
struct Plan {
    alignment: Option<Alignment>,
    seed: Option<Option<String>>,
}

impl Plan {
    fn commit(self, step: &mut Step<'_>, held: &mut Held) -> Result<(), StoreError> {
        let seed = self.seed.as_ref().map(Option::as_deref);
        step.commit(held, Target { alignment: self.alignment.map(Cow::Owned), seed, received: None })
    }
}

/// A step that touched more articles is not held as a whole: each has a file open, and a process may have few (often 256 or 1024).
///
/// Then every article is looked at first and locked again when its turn comes. Where somebody else came in between, the rest stays
/// as it is, and the same command goes on with it.
const AT_ONCE: usize = 64;

impl Corpus {
    /// Takes back the last step that is in force; none where there is none.
    ///
    /// It is a step of its own in the history, and [`Corpus::redo`] takes it back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Changed`] where a unit is no longer as the step left it; [`StoreError::Journal`] where the step, or what came
    /// after it, stands in a line that cannot be read. Then nothing is changed.
    pub fn undo(&self, author: &Author) -> Result<Option<Turned>, StoreError> {
        self.turn(author, true)
    }

    /// Does the step again that was taken back last; none where there is none, or another came since.
    ///
    /// # Errors
    ///
    /// As [`Corpus::undo`].
    pub fn redo(&self, author: &Author) -> Result<Option<Turned>, StoreError> {
        self.turn(author, false)
    }

    fn turn(&self, author: &Author, back: bool) -> Result<Option<Turned>, StoreError> {
        self.drop_turn_without_change(author)?;
        let mut passed: HashSet<String> = HashSet::new();
        let choose = |steps: &Steps, passed: &HashSet<String>| -> Option<Recorded> {
            let open = |step: &&Recorded| !passed.contains(&step.id) && !step.files(back).is_empty();
            if back {
                steps.all.iter().rev().find(open).cloned()
            } else {
                steps.undone.iter().rev().map(|place| &steps.all[*place]).find(open).cloned()
            }
        };
        loop {
            let Some(chosen) = choose(&self.read_steps()?, &passed) else { return Ok(None) };
            let mut step = self.begin(author.clone());
            let of = Some(chosen.id.clone());
            if back {
                step.undoes = of;
            } else {
                step.redoes = of;
            }
            let touched = chosen.files(back);
            let many = touched.len() > AT_ONCE;
            let mut held = Vec::new();
            if !many {
                for (stem, edition) in &touched {
                    held.push(step.lock_any(stem, edition.as_ref())?);
                }
                // Another command may have come in before the locks were ours.
                if choose(&self.read_steps()?, &passed).as_ref() != Some(&chosen) {
                    continue;
                }
            }
            // All is worked out before anything is written.
            let mut plans = Vec::new();
            for held in &mut held {
                plans.push(self.plan(held, &chosen.id, back)?);
            }
            if many {
                for (stem, edition) in &touched {
                    self.plan(&mut step.lock_any(stem, edition.as_ref())?, &chosen.id, back)?;
                }
            }
            let mut files = Vec::new();
            for (held, plan) in held.iter_mut().zip(plans) {
                if let Some(plan) = plan {
                    plan.commit(&mut step, held)?;
                    files.push((held.stem().clone(), held.edition().cloned()));
                }
            }
            if many {
                for (stem, edition) in &touched {
                    let mut held = step.lock_any(stem, edition.as_ref())?;
                    if let Some(plan) = self.plan(&mut held, &chosen.id, back)? {
                        plan.commit(&mut step, &mut held)?;
                        files.push((stem.clone(), edition.clone()));
                    }
                }
            }
            step.finish()?;
            if !files.is_empty() {
                return Ok(Some(Turned { step: chosen, files }));
            }
            // A crash came before its first change, or it was taken back by other means.
            passed.insert(chosen.id);
        }
    }

    /// What the article would hold without the step (`back`) or with it again; none where it does already.
    fn plan(&self, held: &mut Held, step: &str, back: bool) -> Result<Option<Plan>, StoreError> {
        let lines = held.journal(self, step)?;
        let held = &*held;
        let file = held.file_sha256().map(str::to_owned);
        let mut own: Vec<Entry> = Vec::new();
        let mut unread = None;
        for (line, stands) in journal::in_force(lines, file, held.seed_sha256()) {
            match line {
                Ok(entry) => {
                    if stands && entry.step == step && entry.undoes.is_none() && entry.redoes.is_none() {
                        // What cannot be read before all of the step is none of it.
                        unread = unread.filter(|_| !own.is_empty());
                        own.push(entry);
                    }
                }
                Err(line) if stands => unread = Some(line),
                Err(_) => {}
            }
        }
        // It may be all of the step, a part of it, or what came after it.
        if let Some(unread) = unread {
            return Err(unread.into());
        }
        if back {
            own = own.into_iter().rev().map(Entry::turned).collect();
        }
        let otherwise = |what| StoreError::ChangedOtherwise { name: held.name(), what };
        let (mut header, mut units): (Option<Header>, Vec<Unit>) = match held.stored().alignment.clone() {
            Some(alignment) => {
                let (header, units) = alignment.into_parts();
                (Some(header), units)
            }
            None => (None, Vec::new()),
        };
        let mut seed = held.seed_sha256();
        for entry in own {
            if let Some(turn) = entry.seed
                && seed != turn.after
            {
                if seed != turn.before {
                    return Err(otherwise("the seed"));
                }
                seed = turn.after;
            }
            if let Some(turn) = entry.header
                && header != turn.after
            {
                if header != turn.before {
                    return Err(otherwise("the header"));
                }
                header = turn.after;
            }
            units = apply(units, &entry.hunks).map_err(|moved| changed(held, *moved))?;
        }
        let text = match (&seed, seed == held.seed_sha256()) {
            (_, true) => None,
            (None, false) => Some(None),
            (Some(hash), false) => Some(Some(self.kept_seed(hash)?)),
        };
        let cover = |cause| StoreError::Cover { stem: held.stem().clone(), cause };
        let alignment = match header {
            None if units.is_empty() => None,
            None => return Err(otherwise("the alignment file")),
            Some(header) if Some(&header.sha256) == seed.as_ref() => {
                let article = match &text {
                    Some(Some(text)) => text,
                    _ => &held.stored().article.text,
                };
                Some(Alignment::new(header, units, article).map_err(cover)?)
            }
            Some(header) => {
                Some(Alignment::of_changed(header, units).map_err(|law| cover(CoverError::Law(law)))?)
            }
        };
        let same = alignment == held.stored().alignment && text.is_none();
        Ok((!same).then_some(Plan { alignment, seed: text }))
    }

    /// The changes of a unit, or of one that was merged into it.
    ///
    /// # Errors
    ///
    /// Where a journal cannot be opened.
    pub fn history(&self, id: UnitId) -> Result<Past, StoreError> {
        let folder = self.journal();
        let found = match self.fs.list(&folder) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Past::default()),
            Err(cause) => return Err(StoreError::Io { doing: "read", path: self.shown(&folder), cause }),
        };
        let names: Vec<(Stem, Option<Edition>)> = found
            .iter()
            .filter_map(|(name, _)| super::corpus::stem_and_edition(name.to_str()?.strip_suffix(".jsonl")?))
            .collect();
        let mut past = Past::default();
        let lists: Result<Vec<Past>, StoreError> =
            names.into_par_iter().map(|(stem, edition)| self.past(stem, edition, id)).collect();
        for own in lists? {
            past.events.extend(own.events);
            past.unread.extend(own.unread);
        }
        // Within one article the journal's order holds, whatever the clocks said.
        past.events.sort_by(|a, b| (&a.stem, &a.edition).cmp(&(&b.stem, &b.edition)));
        past.unread.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
        Ok(past)
    }

    /// The same of one article, or of an edition.
    fn past(&self, stem: Stem, edition: Option<Edition>, id: UnitId) -> Result<Past, StoreError> {
        let path = self.journal_path(&stem, edition.as_ref());
        let bytes = self.fs.read(&path).map_err(StoreError::io("read", self.shown(&path)))?;
        if memchr::memmem::find(&bytes, id.as_str().as_bytes()).is_none() {
            return Ok(Past::default());
        }
        let is = |unit: &Unit| unit.id == id || unit.more.was_ids.contains(&id);
        let lines = journal::parse(&bytes, &self.shown(&path), |_, unit| is(unit));
        let file = self.bytes(&self.alignment_path(&stem, edition.as_ref()))?.as_deref().map(sha256);
        let seed = self.bytes(&self.seed_path(&stem))?.as_deref().map(sha256);
        let mut past = Past::default();
        for (line, stands) in journal::in_force(lines, file, seed) {
            let entry = match line {
                Ok(entry) => entry,
                Err(unread) => {
                    past.unread.extend(stands.then_some(unread));
                    continue;
                }
            };
            let before = its(id, entry.hunks.iter().flat_map(|hunk| &*hunk.before));
            let after = its(id, entry.hunks.iter().flat_map(|hunk| &*hunk.after));
            if stands && before != after {
                past.events.push(Event {
                    stem: stem.clone(),
                    edition: edition.clone(),
                    step: entry.step,
                    at: entry.at,
                    by: entry.by,
                    command: entry.command,
                    before,
                    after,
                });
            }
        }
        Ok(past)
    }

    /// The articles and editions whose alignment file has a unit of this id, also one that was merged away.
    ///
    /// An article without alignment file is not among them, whatever ids it will get.
    ///
    /// # Errors
    ///
    /// Where a file cannot be read.
    pub fn holders(&self, id: UnitId) -> Result<Vec<(Stem, Option<Edition>)>, StoreError> {
        let quoted = format!("\"{id}\"");
        let finder = memchr::memmem::Finder::new(&quoted);
        let files = self.alignment_files()?;
        let found: Result<Vec<_>, StoreError> = files
            .into_par_iter()
            .map(|(stem, edition)| {
                let bytes = self.bytes(&self.alignment_path(&stem, edition.as_ref()))?.unwrap_or_default();
                Ok(finder.find(&bytes).is_some().then_some((stem, edition)))
            })
            .collect();
        // A text may hold the same ten letters in quotes; the units themselves decide.
        let mut holders = Vec::new();
        for (stem, edition) in found?.into_iter().flatten() {
            match self.read(&stem, edition.as_ref()) {
                Ok(stored) if stored.alignment.as_ref().is_some_and(|own| own.find(id).is_none()) => {}
                Ok(_) => holders.push((stem, edition)),
                // Whoever asks for the article will be told.
                Err(_) => holders.push((stem, edition)),
            }
        }
        Ok(holders)
    }
}

/// The unit itself of those that have to do with it; else the first, into which it was merged.
fn its<'u>(id: UnitId, mut units: impl Iterator<Item = &'u Unit> + Clone) -> Option<Unit> {
    units.clone().find(|unit| unit.id == id).or_else(|| units.next()).cloned()
}

/// The refusal, with both texts.
fn changed(held: &Held, moved: Moved) -> StoreError {
    let english = |unit: &Option<Unit>| unit.as_ref().map(Unit::english);
    let same = english(&moved.found) == english(&moved.expected);
    let told = |unit: &Option<Unit>| match unit {
        None => "nothing".to_owned(),
        Some(unit) if same => {
            let mut json = String::new();
            write_unit(&mut json, unit);
            json
        }
        Some(unit) if unit.has_english() => format!("`{}`", unit.english()),
        Some(_) => "no English".to_owned(),
    };
    if moved.expected.is_none() {
        return StoreError::ChangedOtherwise { name: held.name(), what: "the order of the units" };
    }
    StoreError::Changed {
        name: held.name(),
        id: moved.id,
        found: told(&moved.found),
        expected: told(&moved.expected),
    }
}

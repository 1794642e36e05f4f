//! Units gone through one after another, as a person types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bitext::{Edition, Status, Stem, Unit, UnitId};
use crate::revise::EditError;
use crate::store::{Author, Corpus, sha256};

use super::super::{DeskError, Place, open};
use super::act::{Acted, Deed, Hunk, act, take_back};
use super::{Command, Mode, Precision, Target};

/// A unit that is looked at, and what stands around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View<'r> {
    /// Its article.
    pub stem: &'r Stem,
    /// The unit.
    pub unit: &'r Unit,
    /// Which of the article's units it is, from 1.
    pub place: usize,
    /// The unit before it.
    pub before: Option<&'r Unit>,
    /// The unit after it.
    pub after: Option<&'r Unit>,
    /// What the checks found in it, by check.
    pub findings: &'r [(String, String)],
    /// How many are still to be gone through, with this one.
    pub left: usize,
}

/// What came of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// Another unit is to be shown, or the same as it is now; first what was done, if anything was.
    Show(Option<String>),
    /// What can be typed is to be shown.
    Help,
    /// The line could not be done; why.
    Refused(String),
    /// The last was gone through; what was done.
    End(Option<String>),
    /// The person leaves.
    Leave,
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units accepted.
    pub accepted: usize,
    /// Other deeds.
    pub changed: usize,
    /// Units of the queue that were not dealt with.
    pub left: usize,
}

/// A deed that is on disk.
struct Step {
    at: usize,
    stem: Stem,
    deed: Deed,
    hunk: Hunk,
    list: Vec<Target>,
    judged: BTreeMap<UnitId, bool>,
}

/// Units gone through one after another.
pub struct Review<'c> {
    corpus: &'c Corpus,
    edition: Option<Edition>,
    list: Vec<Target>,
    at: usize,
    /// The article that is open, and its units.
    open: Option<(Stem, Vec<Unit>)>,
    steps: Vec<Step>,
    sample: Option<Sample>,
}

/// A sample on its way: which units, and how they were judged.
#[derive(Default, Serialize, Deserialize)]
struct Sample {
    #[serde(skip)]
    name: String,
    units: Vec<(String, String)>,
    judged: BTreeMap<String, bool>,
}

impl<'c> Review<'c> {
    /// Goes through a queue.
    pub fn new(corpus: &'c Corpus, edition: Option<Edition>, list: Vec<Target>) -> Self {
        Review { corpus, edition, list, at: 0, open: None, steps: Vec::new(), sample: None }
    }

    /// Goes through a sample; where it was begun before, with the same units, after those that are judged.
    ///
    /// # Errors
    ///
    /// [`DeskError::Store`], where what is kept of it cannot be read.
    pub fn sample(
        corpus: &'c Corpus,
        edition: Option<Edition>,
        drawn: Vec<Target>,
        asked: &[Stem],
        (count, seed): (usize, u64),
    ) -> Result<Self, DeskError> {
        let whole = asked.iter().map(Stem::as_str).collect::<Vec<_>>().join("\n");
        let edition_name = edition.as_ref().map_or("", Edition::as_str);
        let hash = &sha256(format!("{whole}\n{edition_name}\n").as_bytes())[..8];
        let name = format!("sample-{count}-{seed}-{hash}.json");
        let kept = corpus.read_kept(&name)?.and_then(|bytes| serde_json::from_slice::<Sample>(&bytes).ok());
        let mut sample = kept.unwrap_or_else(|| Sample {
            units: drawn.iter().map(|one| (one.stem.to_string(), one.id.to_string())).collect(),
            ..Sample::default()
        });
        sample.name = name;
        let target = |(stem, id): &(String, String)| {
            Some(Target { stem: stem.parse().ok()?, id: id.parse().ok()?, findings: Vec::new() })
        };
        let list: Vec<Target> = sample.units.iter().filter_map(target).collect();
        let at = list.iter().position(|one| !sample.judged.contains_key(one.id.as_str()));
        let at = at.unwrap_or(list.len());
        Ok(Review { at, sample: Some(sample), ..Review::new(corpus, edition, list) })
    }

    /// How many units are gone through; of a sample how many were drawn, those that are gone meanwhile too.
    pub fn len(&self) -> usize {
        self.sample.as_ref().map_or(self.list.len(), |sample| sample.units.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The unit that is looked at; none after the last. Units that are gone meanwhile are passed over.
    ///
    /// # Errors
    ///
    /// [`DeskError`], where its article cannot be read.
    pub fn view(&mut self) -> Result<Option<View<'_>>, DeskError> {
        loop {
            let Some(target) = self.list.get(self.at) else { return Ok(None) };
            if self.open.as_ref().is_none_or(|(stem, _)| *stem != target.stem) {
                let opened = open(self.corpus, &target.stem, self.edition.as_ref())?;
                self.open = Some((target.stem.clone(), opened.alignment.into_parts().1));
            }
            let units = self.units();
            if units.iter().any(|unit| unit.id == target.id) {
                break;
            }
            self.list.remove(self.at);
        }
        let target = &self.list[self.at];
        let (_, units) = self.open.as_ref().expect("it was opened above");
        let place = units.iter().position(|unit| unit.id == target.id).expect("it is there: see above");
        Ok(Some(View {
            stem: &target.stem,
            unit: &units[place],
            place: place + 1,
            before: place.checked_sub(1).map(|before| &units[before]),
            after: units.get(place + 1).filter(|unit| unit.status != Status::Orphan),
            findings: &target.findings,
            left: self.left(),
        }))
    }

    fn units(&self) -> &[Unit] {
        self.open.as_ref().map_or(&[], |(_, units)| units)
    }

    /// What was done so far.
    pub fn tally(&self) -> Tally {
        let accepted = self.steps.iter().filter(|step| step.deed == Deed::Accept).count();
        let changed = self.steps.len() - accepted;
        Tally { accepted, changed, left: self.left() }
    }

    /// How many units are still to be gone through, with the one that is looked at: of a sample those not judged.
    fn left(&self) -> usize {
        match &self.sample {
            None => self.list.len().saturating_sub(self.at),
            Some(_) => (0..self.list.len()).filter(|at| !self.is_judged(*at)).count(),
        }
    }

    /// Whether a unit of the list was judged as one of a sample.
    fn is_judged(&self, at: usize) -> bool {
        self.sample.as_ref().is_some_and(|sample| sample.judged.contains_key(self.list[at].id.as_str()))
    }

    /// What a sample says so far; none where it is no sample.
    pub fn precision(&self) -> Option<Precision> {
        let judged = &self.sample.as_ref()?.judged;
        Some(Precision { right: judged.values().filter(|right| **right).count(), judged: judged.len() })
    }

    /// Does what a line asks for. `author` says when, too: each deed is a step of its own.
    ///
    /// # Errors
    ///
    /// [`DeskError`], where the disk refuses: then nothing was done.
    pub fn line(&mut self, line: &str, author: &Author) -> Result<Said, DeskError> {
        let command = match Command::of(line) {
            Ok(command) => command,
            Err(why) => return Ok(Said::Refused(why)),
        };
        match command {
            Command::Quit => return Ok(Said::Leave),
            Command::Help => return Ok(Said::Help),
            Command::Show => return Ok(Said::Show(None)),
            Command::Undo => return self.undo(author),
            Command::Back if self.at == 0 => return Ok(Said::Refused("this is the first".to_owned())),
            Command::Back => {
                self.at -= 1;
                return Ok(Said::Show(None));
            }
            _ => {}
        }
        let Some(view) = self.view()? else {
            return Ok(match command {
                Command::Next => Said::End(None),
                _ => Said::Refused("that was the last; `b` goes back to it".to_owned()),
            });
        };
        let (unit, findings) = (view.unit.clone(), view.findings.to_vec());
        let deed = match command {
            Command::Next => return Ok(self.pass(None)),
            Command::Do(deed) => deed,
            Command::Split => Deed::Split(1.min(unit.fr.len()), 1),
            Command::Dismiss(checks) => match self.dismissed(&findings, checks) {
                Ok(deed) => deed,
                Err(why) => return Ok(Said::Refused(why)),
            },
            _ => return Ok(Said::Show(None)),
        };
        if deed == Deed::Keep && !unit.is_stale() {
            return Ok(Said::Refused("it is not stale: its French is as it was".to_owned()));
        }
        self.perform(&unit, deed, author)
    }

    fn dismissed(&self, findings: &[(String, String)], asked: Vec<String>) -> Result<Deed, String> {
        let mut known: Vec<&str> = findings.iter().map(|(check, _)| check.as_str()).collect();
        known.dedup();
        if known.is_empty() {
            return Err("nothing was found in it".to_owned());
        }
        if let Some(other) = asked.iter().find(|one| !known.contains(&one.as_str())) {
            return Err(format!("`{other}` found nothing in it; there is {}", known.join(", ")));
        }
        let all = known.iter().map(ToString::to_string).collect();
        Ok(Deed::Dismiss(if asked.is_empty() { all } else { asked }))
    }

    /// Does it on disk, and goes on.
    fn perform(&mut self, unit: &Unit, deed: Deed, author: &Author) -> Result<Said, DeskError> {
        let stem = self.list[self.at].stem.clone();
        let place = Place { corpus: self.corpus, stem: &stem, edition: self.edition.as_ref() };
        let hunk = match act(place, author.clone(), self.units(), unit.id, &deed)? {
            Acted::Done(units, hunk) => {
                self.open = Some((stem.clone(), units));
                hunk
            }
            Acted::Changed(units) => {
                self.open = Some((stem, units));
                let told = "somebody else has changed it meanwhile: nothing was done; this is how it is now";
                return Ok(Said::Show(Some(told.to_owned())));
            }
            Acted::Refused(error) => return Ok(Said::Refused(told(&error))),
            Acted::NoNeighbour => {
                return Ok(Said::Refused("there is no content beside it to do that with".to_owned()));
            }
        };
        let before = self.list.clone();
        let judged = self.judged();
        self.judge(unit.id, &deed, hunk.as_ref())?;
        if let Some(hunk) = hunk {
            self.steps.push(Step { at: self.at, stem, deed: deed.clone(), hunk, list: before, judged });
        }
        let done = Some(done(&deed).to_owned());
        let here = self.units().iter().any(|own| own.id == unit.id);
        Ok(match &deed {
            Deed::Accept | Deed::Keep => self.pass(done),
            Deed::CrossOut if here => self.pass(done),
            Deed::Dismiss(checks) => {
                let findings = &mut self.list[self.at].findings;
                findings.retain(|(check, _)| !checks.contains(check));
                if findings.is_empty() { self.pass(done) } else { Said::Show(done) }
            }
            _ if !here => {
                self.list.remove(self.at);
                if self.at < self.list.len() { Said::Show(done) } else { Said::End(done) }
            }
            _ => Said::Show(done),
        })
    }

    fn judged(&self) -> BTreeMap<UnitId, bool> {
        let judged = self.sample.iter().flat_map(|sample| &sample.judged);
        judged.filter_map(|(id, right)| Some((id.parse().ok()?, *right))).collect()
    }

    /// What a deed says of a bead of the sample: the first counts.
    ///
    /// Where a bead was wrong, so was every other that is mended with it: accepted later, it is no longer the aligner's.
    fn judge(&mut self, id: UnitId, deed: &Deed, hunk: Option<&Hunk>) -> Result<(), DeskError> {
        let Some(sample) = &mut self.sample else { return Ok(()) };
        let right = match deed {
            Deed::Accept => true,
            Deed::Merge | Deed::Split(..) | Deed::Shift { .. } | Deed::CrossOut => false,
            _ => return Ok(()),
        };
        sample.judged.entry(id.to_string()).or_insert(right);
        let same = |one: &Unit, other: &Unit| (one.id, &one.fr, &one.en) == (other.id, &other.fr, &other.en);
        for mended in hunk.iter().filter(|_| !right).flat_map(|hunk| &hunk.before) {
            let kept = hunk.is_some_and(|hunk| hunk.after.iter().any(|now| same(mended, now)));
            let name = mended.id.to_string();
            if !kept && sample.units.iter().any(|(_, drawn)| *drawn == name) {
                sample.judged.entry(name).or_insert(false);
            }
        }
        self.keep_sample()
    }

    fn keep_sample(&self) -> Result<(), DeskError> {
        let Some(sample) = &self.sample else { return Ok(()) };
        let json = serde_json::to_string(sample).expect("ids and judgements are JSON") + "\n";
        self.corpus.keep(&sample.name, &json)?;
        Ok(())
    }

    fn undo(&mut self, author: &Author) -> Result<Said, DeskError> {
        let Some(step) = self.steps.last() else {
            let told = "nothing of this session is left to take back; `enregard undo` goes further";
            return Ok(Said::Refused(told.to_owned()));
        };
        let stem = step.stem.clone();
        let place = Place { corpus: self.corpus, stem: &stem, edition: self.edition.as_ref() };
        let taken = take_back(place, author.clone(), &step.hunk)?;
        let Some(step) = self.steps.pop() else { return Ok(Said::Show(None)) };
        match taken {
            Acted::Done(units, _) => {
                self.open = Some((stem, units));
                (self.list, self.at) = (step.list, step.at);
                if let Some(sample) = &mut self.sample {
                    sample.judged = step.judged.iter().map(|(id, right)| (id.to_string(), *right)).collect();
                }
                self.keep_sample()?;
                Ok(Said::Show(Some("taken back".to_owned())))
            }
            Acted::Changed(units) => {
                self.open = Some((stem, units));
                Ok(Said::Refused("somebody else has changed it since: it stays as it is".to_owned()))
            }
            Acted::Refused(error) => Ok(Said::Refused(told(&error))),
            Acted::NoNeighbour => Ok(Said::Show(None)),
        }
    }

    /// On to the next unit; in a sample to the next that is not judged.
    fn pass(&mut self, done: Option<String>) -> Said {
        self.at = (self.at + 1).min(self.list.len());
        while self.at < self.list.len() && self.is_judged(self.at) {
            self.at += 1;
        }
        if self.at < self.list.len() { Said::Show(done) } else { Said::End(done) }
    }
}

/// Why an edit was refused, as a person at it sees it.
fn told(error: &EditError) -> String {
    match error {
        EditError::NeedsEnglish { .. } => "it has no English to accept".to_owned(),
        EditError::EmptyPart { .. } => "a part of it would be empty".to_owned(),
        error => error.to_string(),
    }
}

/// What a deed did, in a few words.
fn done(deed: &Deed) -> &'static str {
    match deed {
        Deed::Accept => "reviewed",
        Deed::Merge => "merged with the next",
        Deed::Split(..) => "cut in two; this is the first part",
        Deed::Shift { .. } => "shifted",
        Deed::CrossOut => "crossed out",
        Deed::Edit(_) => "entered",
        Deed::Keep => "kept",
        Deed::Dismiss(_) => "dismissed",
        Deed::Note(text) if text.is_empty() => "remark taken away",
        Deed::Note(_) => "noted",
    }
}

impl Mode {
    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Unsure => "--unsure",
            Mode::Stale => "--stale",
            Mode::Findings => "--findings",
            Mode::Sample(..) => "--sample",
        }
    }
}

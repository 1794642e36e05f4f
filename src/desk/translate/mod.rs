//! An article gone through sentence by sentence: what a person sees, and what each line typed means.
//!
//! Pure: a [`Session`] says what is to be put on disk, and is told what came of it. Showing is the
//! terminal's; the store's door is in [`Place`](super::Place).

mod reply;
mod which;

use std::collections::{BTreeMap, BTreeSet};

use crate::bitext::{Status, Unit, UnitId};

use super::answer::{Answer, English, Line};
pub use reply::{Clash, Reply, Tally, View};
use which::is_sentence;
pub use which::{Start, Which, places};

/// An article gone through sentence by sentence.
#[derive(Clone, Debug)]
pub struct Session {
    units: Vec<Unit>,
    list: Vec<UnitId>,
    at: usize,
    /// What was answered, in order; notes too.
    steps: Vec<Step>,
    unfinished: BTreeMap<UnitId, String>,
    clash: Option<Clash>,
    /// English of the memory that was shown for a unit.
    offered: Option<(UnitId, Vec<String>)>,
}

/// An answer that is on disk.
#[derive(Clone, Debug)]
struct Step {
    english: Option<English>,
    before: Unit,
    after: Unit,
}

const COMMANDS: [&str; 15] = [
    "back", "clear", "help", "keep", "memory", "mine", "next", "note", "quit", "reviewed", "show", "skip",
    "take", "theirs", "undo",
];

impl Session {
    /// Goes through the units that `which` takes. `unfinished` is what was typed earlier and not confirmed.
    pub fn new(units: Vec<Unit>, which: &Which, unfinished: BTreeMap<UnitId, String>) -> Self {
        let (places, _) = places(&units);
        let taken: Vec<(usize, UnitId)> = places
            .iter()
            .filter(|(_, unit)| which.takes(unit))
            .map(|(place, unit)| (*place, unit.id))
            .collect();
        let first = which.from.map_or(0, |from| from.place(&units).unwrap_or(usize::MAX));
        let at = taken.iter().position(|(place, _)| *place >= first).unwrap_or(taken.len());
        let list = taken.into_iter().map(|(_, id)| id).collect();
        Session { units, list, at, steps: Vec::new(), unfinished, clash: None, offered: None }
    }

    /// How many sentences are gone through.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none to go through.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The sentence that is to be answered; none after the last.
    pub fn view(&self) -> Option<View<'_>> {
        let id = *self.list.get(self.at)?;
        let (places, of) = places(&self.units);
        let index = places.iter().position(|(_, unit)| unit.id == id)?;
        let (place, unit) = places[index];
        Some(View {
            unit,
            place,
            of,
            left: self.list.len() - self.at,
            before: index.checked_sub(1).map(|before| places[before].1),
            after: places.get(index + 1).map(|(_, unit)| *unit),
            unfinished: self.unfinished.get(&id).map(String::as_str),
            clash: self.clash.as_ref(),
        })
    }

    /// The memory has this English for the sentence shown, best first: what [`Session::take`] takes. Typed as it stands,
    /// it counts as taken.
    pub fn offer(&mut self, english: Vec<String>) {
        self.offered = self.list.get(self.at).map(|id| (*id, english));
    }

    /// What the memory has for the sentence shown.
    pub fn offers(&self) -> &[String] {
        match (&self.offered, self.list.get(self.at)) {
            (Some((id, english)), Some(now)) if id == now => english,
            _ => &[],
        }
    }

    /// Takes the English that the memory has for the sentence shown: the `number`-th match, from 1.
    pub fn take(&mut self, number: usize) -> Reply {
        if self.view().is_none() {
            return Reply::Refuse(LAST.to_owned());
        }
        match (number.checked_sub(1).and_then(|at| self.offers().get(at)), self.offers().len()) {
            (Some(english), _) => {
                let answer = Answer::remembered(english.trim());
                self.enter(answer)
            }
            (None, 0) => Reply::Refuse("the memory has nothing like this sentence".to_owned()),
            (None, 1) => Reply::Refuse(format!("the memory has 1 match, and no number {number}")),
            (None, there) => Reply::Refuse(format!("the memory has {there} matches, and no number {number}")),
        }
    }

    /// What was done so far.
    pub fn tally(&self) -> Tally {
        let mut last: BTreeMap<UnitId, &English> = BTreeMap::new();
        for step in &self.steps {
            if let Some(english) = &step.english {
                last.insert(step.after.id, english);
            }
        }
        let skipped = last.values().filter(|english| ***english == English::Skipped).count();
        let cleared = last.values().filter(|english| ***english == English::Cleared).count();
        let to_do = Which::to_do();
        let left = self.units.iter().filter(|unit| to_do.takes(unit) && self.list.contains(&unit.id)).count();
        Tally { entered: last.len() - skipped - cleared, skipped, left }
    }

    /// Takes one line as a person typed it: a command, or English for the sentence shown.
    ///
    /// An empty line leaves the sentence for later.
    pub fn line(&mut self, line: &str) -> Reply {
        match Line::of(line.trim()) {
            Line::Command(name, rest) => {
                let rest = rest.to_owned();
                self.command(name, &rest)
            }
            Line::Text(text) => {
                // A backslash that kept the text from being a command is gone; the blanks are as typed.
                let text = if line.trim() == text { line } else { text };
                self.typed(text, false)
            }
        }
    }

    /// Takes English for the sentence shown, and whether it is thereby reviewed.
    ///
    /// The English that is there already, unchanged, is kept: that says something only of a stale
    /// sentence, or where it is now reviewed.
    pub fn typed(&mut self, text: &str, reviewed: bool) -> Reply {
        let Some(view) = self.view() else {
            return match text.trim() {
                "" => Reply::End,
                _ => Reply::Refuse("there is no sentence left for this text".to_owned()),
            };
        };
        let unit = view.clash.map_or(view.unit, |clash| &clash.theirs);
        if unit.has_english() && text.trim() == unit.english().trim() {
            return match reviewed || unit.is_stale() || unit.status == Status::Skipped {
                true if reviewed && unit.status == Status::Reviewed && !unit.is_stale() => self.pass(),
                true => self.enter(Answer { english: Some(English::Kept), reviewed, ..Answer::default() }),
                false => self.pass(),
            };
        }
        match text.trim() {
            "" if reviewed => Reply::Refuse("there is no English to mark as reviewed".to_owned()),
            "" if self.clash.is_some() => Reply::Refuse(CHOOSE.to_owned()),
            "" => self.pass(),
            text if self.offers().iter().any(|english| english.trim() == text) => {
                self.enter(Answer { reviewed, ..Answer::remembered(text) })
            }
            text => self.enter(Answer { reviewed, ..Answer::typed(text) }),
        }
    }

    fn command(&mut self, name: &str, rest: &str) -> Reply {
        let candidates: Vec<&str> =
            COMMANDS.into_iter().filter(|command| command.starts_with(name)).collect();
        let name = match candidates[..] {
            [] => {
                return Reply::Refuse(format!(
                    "there is no command `:{name}`; `:help` lists them, and text that begins so is typed `\\:{name}`"
                ));
            }
            _ if COMMANDS.contains(&name) => name,
            [one] => one,
            _ => return Reply::Refuse(format!("`:{name}` may be {}", candidates.join(" or "))),
        };
        match name {
            "note" | "reviewed" | "take" => {}
            // Text that stood on the line when its key was hit.
            "back" | "help" | "memory" | "next" | "quit" | "show" => {
                if let Line::Text(text) = Line::of(rest)
                    && !text.is_empty()
                {
                    self.keep_unfinished(text);
                }
            }
            _ if rest.is_empty() => {}
            _ => return Reply::Refuse(format!("`:{name}` stands alone on its line")),
        }
        match name {
            "quit" => return Reply::Leave,
            "help" => return Reply::Help,
            "show" => return Reply::Show,
            "memory" => return Reply::Memory,
            _ => {}
        }
        if let Some(clash) = &self.clash {
            return match name {
                "mine" => {
                    let answer = clash.mine.clone();
                    self.enter(answer)
                }
                "theirs" => {
                    let id = clash.theirs.id;
                    self.unfinished.remove(&id);
                    self.clash = None;
                    self.pass()
                }
                _ => Reply::Refuse(CHOOSE.to_owned()),
            };
        }
        match name {
            "back" => return self.back(),
            "undo" => {
                let Some(Step { before, after, .. }) = self.steps.last() else {
                    let told = "nothing of this session is left to take back; `enregard undo` goes further";
                    return Reply::Refuse(told.to_owned());
                };
                return Reply::Undo { now: Box::new(after.clone()), before: Box::new(before.clone()) };
            }
            "mine" | "theirs" => {
                return Reply::Refuse(format!(
                    "`:{name}` answers a clash with somebody else, and there is none"
                ));
            }
            _ => {}
        }
        let Some(view) = self.view() else {
            return Reply::Refuse(LAST.to_owned());
        };
        let english = view.unit.has_english();
        let alone = |english| Answer { english: Some(english), ..Answer::default() };
        match name {
            "next" => self.pass(),
            "take" => match (rest, rest.parse()) {
                ("", _) => Reply::Take(1),
                (_, Ok(number)) => Reply::Take(number),
                (_, Err(_)) => {
                    Reply::Refuse(format!("`:take` has the number of a match after it, not `{rest}`"))
                }
            },
            "note" => match rest {
                "" => match &view.unit.more.note {
                    Some(note) => Reply::Tell(format!("note: {note}")),
                    None => Reply::Tell("no note yet; `:note TEXT` writes one".to_owned()),
                },
                "-" => self.enter(Answer { note: Some(String::new()), ..Answer::default() }),
                _ => self.enter(Answer { note: Some(rest.to_owned()), ..Answer::default() }),
            },
            "reviewed" => match rest {
                "" if !english => Reply::Refuse("there is no English to mark as reviewed".to_owned()),
                "" => {
                    let english = view.unit.english();
                    self.typed(&english, true)
                }
                text => match Line::of(text) {
                    Line::Text(text) => self.typed(text, true),
                    Line::Command(..) => Reply::Refuse(format!("`{text}` is a command, not English")),
                },
            },
            "keep" if !english => Reply::Refuse("there is no English to keep".to_owned()),
            "keep" if !view.unit.is_stale() => self.pass(),
            "keep" => self.enter(alone(English::Kept)),
            "clear" if !english => Reply::Refuse("there is no English to take away".to_owned()),
            "clear" => self.enter(alone(English::Cleared)),
            _ if english => Reply::Refuse("it has English; `:clear` takes that away first".to_owned()),
            _ => self.enter(alone(English::Skipped)),
        }
    }

    /// What was typed for the sentence shown is kept, unconfirmed; an empty text forgets it.
    pub fn keep_unfinished(&mut self, text: &str) {
        let Some(view) = self.view() else { return };
        let (id, same) = (view.unit.id, text.trim() == view.unit.english().trim());
        if same || text.trim().is_empty() {
            self.unfinished.remove(&id);
        } else {
            self.unfinished.insert(id, text.to_owned());
        }
    }

    /// What is typed and not confirmed, also an answer that clashed and was not decided.
    pub fn unfinished(&self) -> BTreeMap<UnitId, String> {
        let mut all = self.unfinished.clone();
        if let Some(Clash { mine: Answer { english: Some(English::Typed(text)), .. }, theirs }) = &self.clash
        {
            all.insert(theirs.id, text.clone());
        }
        all
    }

    /// The answer to the unit `seen` is on disk, and the article's units are now these.
    pub fn entered(&mut self, units: Vec<Unit>, seen: &Unit, answer: &Answer) {
        self.refresh(units);
        self.clash = None;
        if let Some(after) = self.units.iter().find(|unit| unit.id == seen.id) {
            let (english, before, after) = (answer.english.clone(), seen.clone(), after.clone());
            self.steps.push(Step { english, before, after });
        }
        if answer.english.is_some() {
            self.unfinished.remove(&seen.id);
            self.pass();
        }
    }

    /// The unit is not what the person saw; nothing was written. The article's units are now these.
    ///
    /// Asks, if the unit is still there. If not, the answer is given back: it belongs nowhere.
    pub fn clashed(&mut self, units: Vec<Unit>, answer: Answer) -> Option<(UnitId, Answer)> {
        let id = *self.list.get(self.at)?;
        self.refresh(units);
        match self.units.iter().find(|unit| unit.id == id && is_sentence(unit)) {
            Some(theirs) => {
                self.clash = Some(Clash { mine: answer, theirs: theirs.clone() });
                None
            }
            None => {
                self.clash = None;
                self.list.retain(|other| *other != id);
                Some((id, answer))
            }
        }
    }

    /// The last answer is taken back on disk, and the article's units are now these.
    pub fn undone(&mut self, units: Vec<Unit>) {
        self.refresh(units);
        if let Some(step) = self.steps.pop()
            && let Some(place) = self.list.iter().position(|other| *other == step.after.id)
        {
            self.at = place;
        }
    }

    /// The last answer cannot be taken back: somebody else changed its unit since. The units are now these.
    pub fn kept(&mut self, units: Vec<Unit>) {
        self.refresh(units);
        self.steps.pop();
    }

    /// Leaves theirs as it is and goes on, as where nobody can be asked; what was typed stays unfinished.
    pub fn yield_to_theirs(&mut self) {
        self.unfinished = self.unfinished();
        self.clash = None;
        self.pass();
    }

    fn refresh(&mut self, units: Vec<Unit>) {
        self.units = units;
        // What was merged away meanwhile is no longer gone through.
        let there: BTreeSet<UnitId> =
            self.units.iter().filter(|unit| is_sentence(unit)).map(|unit| unit.id).collect();
        let current = self.list.get(self.at).copied();
        self.list.retain(|id| there.contains(id) || Some(*id) == current);
        if let Some(current) = current {
            self.at = self.list.iter().position(|id| *id == current).unwrap_or(self.at);
        }
    }

    fn pass(&mut self) -> Reply {
        self.at = (self.at + 1).min(self.list.len());
        match self.at < self.list.len() {
            true => Reply::Show,
            false => Reply::End,
        }
    }

    fn back(&mut self) -> Reply {
        if self.at == 0 {
            return Reply::Refuse(
                "this is the first sentence; `--all` or `--from` goes through more".to_owned(),
            );
        }
        self.at -= 1;
        Reply::Show
    }

    fn enter(&mut self, answer: Answer) -> Reply {
        let Some(view) = self.view() else { return Reply::End };
        let seen = view.clash.map_or(view.unit, |clash| &clash.theirs);
        Reply::Enter { seen: Box::new(seen.clone()), answer }
    }
}

const LAST: &str = "that was the last sentence; `:back` goes back to it";

const CHOOSE: &str =
    "somebody else changed this sentence: `:mine` enters yours, `:theirs` leaves theirs, or type another";

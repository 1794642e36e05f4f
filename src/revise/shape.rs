//! A person's edits that change where units begin and end: merge, split, shift, drop.
//!
//! Where a unit ends is then a person's decision (`set: bounds`). Whatever was reviewed as a whole is a draft
//! where its halves no longer go together. Nothing that was typed is lost.

use crate::bitext::{Origin, Status, Texts, Unit, UnitId};

use super::edit::Revision;
use super::error::{EditError, Side};
use super::ids::Ids;
use super::place::places;
use super::token::{same_text, twin_place};

/// Where to cut a unit's French.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut<'t> {
    /// Between each of its sentences.
    Sentences,
    /// After this many of its sentences.
    After(usize),
    /// Before this text, also within a sentence.
    Before(&'t str),
    /// At a place of the French and one of the English; each is a sentence's number from 0, and a byte in it.
    At {
        /// In the French. Past the last sentence: the second part is English alone.
        fr: (usize, usize),
        /// In the English. Past the last string: the second part has none.
        en: (usize, usize),
    },
}

/// A unit's neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Neighbour {
    /// The unit before it.
    Previous,
    /// The unit after it.
    Next,
}

/// What to shift from a unit to its neighbour: the end of its text to the next, the beginning to the previous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'t> {
    /// This many French sentences.
    French(usize),
    /// All of the English.
    English,
    /// The English from this text on, or that before it.
    EnglishAt(&'t str),
    /// The same, from a place on: a string's number from 0, and a byte in it.
    EnglishFrom((usize, usize)),
}

impl Revision {
    /// Makes one unit of several that stand next to each other, in whatever order they are named.
    ///
    /// The first one's id stays, the others go to `was_ids`; its kind stays too, and its unknown keys go before
    /// theirs. The result is reviewed if all of them were, and stale if one of them was. An
    /// orphan can be merged into any unit: that takes its English, and is stale if the French that
    /// it translates is another.
    ///
    /// # Errors
    ///
    /// [`EditError::NotNeighbours`]; [`EditError::NoNeighbour`] where only the last unit is named.
    pub fn merge(&mut self, ids: &[UnitId]) -> Result<UnitId, EditError> {
        let mut found = ids.iter().map(|id| self.place(*id)).collect::<Result<Vec<usize>, _>>()?;
        found.sort_unstable();
        found.dedup();
        if let [only] = found[..] {
            found.push(self.neighbour(only, Neighbour::Next)?);
        }
        let Some(&first) = found.first() else { return Err(EditError::Unknown(ids[0])) };
        if self.units[first].status == Status::Orphan {
            return Err(EditError::Orphan(self.units[first].id));
        }
        let apart =
            found.windows(2).find(|two| two[1] != two[0] + 1 && self.units[two[1]].status != Status::Orphan);
        if let Some(two) = apart {
            return Err(EditError::NotNeighbours {
                first: self.units[two[0]].id,
                second: self.units[two[1]].id,
            });
        }
        let mut later: Vec<Unit> = found[1..].iter().rev().map(|&place| self.units.remove(place)).collect();
        while let Some(next) = later.pop() {
            let unit = &mut self.units[first];
            *unit = joined_units(unit.clone(), next);
        }
        settle(&mut self.units[first]);
        self.sign(first);
        Ok(self.units[first].id)
    }

    /// Makes several units of one; the first keeps the id, the note and all else that cannot be divided.
    ///
    /// The English stays with the first, unless `english` says before which of its words it is to be cut; or, between
    /// sentences, each takes one where there are as many English strings as French sentences.
    /// Returns the ids of all parts.
    ///
    /// # Errors
    ///
    /// [`EditError::TooFewSentences`], [`EditError::ManySentences`], [`EditError::Nowhere`], [`EditError::Several`],
    /// [`EditError::EmptyPart`].
    pub fn split(
        &mut self,
        id: UnitId,
        cut: Cut<'_>,
        english: Option<&str>,
    ) -> Result<Vec<UnitId>, EditError> {
        let place = self.place(id)?;
        let unit = &self.units[place];
        let sentences = unit.fr.len();
        let too_few = EditError::TooFewSentences { id, has: sentences };
        let parts = match cut {
            Cut::Sentences if sentences < 2 => return Err(too_few),
            Cut::Sentences if english.is_none() => {
                let each_has_one = unit.en.len() == sentences;
                let mut rest = unit.clone();
                let mut parts = Vec::with_capacity(sentences);
                for _ in 1..sentences {
                    let en = if each_has_one { 1 } else { rest.en.len() };
                    let (first, second) = halves(rest, (1, 0), (en, 0));
                    parts.push(first);
                    rest = second;
                }
                parts.push(rest);
                parts
            }
            Cut::Sentences if sentences > 2 => return Err(EditError::ManySentences { id, has: sentences }),
            Cut::At { fr, en } => {
                let (fr, en) = (on_boundary(&unit.fr, fr), on_boundary(&unit.en, en));
                let (first, second) = halves(unit.clone(), fr, en);
                let empty = |unit: &Unit| unit.fr.is_empty() && unit.en.is_empty();
                if empty(&first) || empty(&second) {
                    return Err(EditError::EmptyPart { id, side: Side::French });
                }
                vec![first, second]
            }
            cut => {
                let fr = match cut {
                    Cut::Before(text) => find(unit, Side::French, text)?,
                    Cut::After(count) if count == 0 || count >= sentences => return Err(too_few),
                    Cut::After(count) => (count, 0),
                    Cut::Sentences | Cut::At { .. } => (1, 0),
                };
                let en = match english {
                    Some(text) => find(unit, Side::English, text)?,
                    // Two strings are what a merge of two made.
                    None if unit.en.len() == sentences && fr.1 == 0 => fr,
                    None => (unit.en.len(), 0),
                };
                let (first, second) = halves(unit.clone(), fr, en);
                vec![first, second]
            }
        };
        let mut ids = Ids::of(&self.units);
        let mut parts = parts;
        for part in &mut parts[1..] {
            let before = self.units[..place].iter().filter(|unit| unit.fr == part.fr).count();
            part.id = ids.fresh(&self.stem, &part.fr, before);
        }
        let count = parts.len();
        self.units.splice(place..=place, parts);
        for place in place..place + count {
            settle(&mut self.units[place]);
            self.sign(place);
        }
        Ok(self.units[place..place + count].iter().map(|unit| unit.id).collect())
    }

    /// Makes two units of one: the first `french` sentences with the English before a place (a string of it, and a byte
    /// there), and the rest. One of them may have no French, or no English. Returns both ids.
    ///
    /// # Errors
    ///
    /// [`EditError::TooFewSentences`], [`EditError::EmptyPart`] where a part would have neither; [`EditError::Orphan`].
    pub fn part(
        &mut self,
        id: UnitId,
        french: usize,
        english: (usize, usize),
    ) -> Result<[UnitId; 2], EditError> {
        let place = self.place(id)?;
        let unit = &self.units[place];
        if unit.status == Status::Orphan {
            return Err(EditError::Orphan(id));
        }
        if french > unit.fr.len() {
            return Err(EditError::TooFewSentences { id, has: unit.fr.len() });
        }
        let (first, mut second) = halves(unit.clone(), (french, 0), english);
        if [&first, &second].iter().any(|part| part.fr.is_empty() && part.en.is_empty()) {
            return Err(EditError::EmptyPart { id, side: Side::English });
        }
        let before = self.units[..place].iter().filter(|unit| unit.fr == second.fr).count();
        second.id = Ids::of(&self.units).fresh(&self.stem, &second.fr, before);
        let ids = [first.id, second.id];
        self.units.splice(place..=place, [first, second]);
        for place in [place, place + 1] {
            settle(&mut self.units[place]);
            self.sign(place);
        }
        Ok(ids)
    }

    /// Says that a unit's English does not translate its French: the French is untranslated, and the English stands alone
    /// after it. English that stands alone already is dropped. Returns the ids of what is left.
    ///
    /// # Errors
    ///
    /// [`EditError::NoEnglish`]; [`EditError::Orphan`].
    pub fn unlink(&mut self, id: UnitId) -> Result<Vec<UnitId>, EditError> {
        let unit = &self.units[self.place(id)?];
        match (unit.fr.len(), unit.has_english()) {
            _ if unit.status == Status::Orphan => Err(EditError::Orphan(id)),
            (_, false) => Err(EditError::NoEnglish(id)),
            (0, true) => self.drop_unit(id).map(|_| Vec::new()),
            (sentences, true) => self.part(id, sentences, (0, 0)).map(Vec::from),
        }
    }

    /// Shifts French sentences or English from a unit to its neighbour.
    ///
    /// Both are drafts then, if they have English. A unit that has nothing left is merged into the neighbour.
    ///
    /// # Errors
    ///
    /// [`EditError::NoNeighbour`], [`EditError::TooFewSentences`], [`EditError::NoEnglish`],
    /// [`EditError::Nowhere`], [`EditError::Several`], [`EditError::EmptyPart`], [`EditError::Orphan`].
    pub fn shift(&mut self, id: UnitId, to: Neighbour, part: Part<'_>) -> Result<(), EditError> {
        let place = self.place(id)?;
        if self.units[place].status == Status::Orphan {
            return Err(EditError::Orphan(id));
        }
        let other = self.neighbour(place, to)?;
        let (mut from, mut into) = (self.units[place].clone(), self.units[other].clone());
        match part {
            Part::French(count) => {
                if count == 0 || count > from.fr.len() {
                    return Err(EditError::TooFewSentences { id, has: from.fr.len() });
                }
                if into.fr.is_empty() && !into.more.set.kind {
                    into.kind = from.kind;
                }
                match to {
                    Neighbour::Next => {
                        let (left, moved) = cut_texts(&from.fr, (from.fr.len() - count, 0));
                        (from.fr, into.fr) = (left, moved.followed_by(&into.fr));
                    }
                    Neighbour::Previous => {
                        let (moved, left) = cut_texts(&from.fr, (count, 0));
                        (from.fr, into.fr) = (left, into.fr.followed_by(&moved));
                    }
                }
            }
            Part::English | Part::EnglishAt(_) | Part::EnglishFrom(_) => {
                if !from.has_english() {
                    return Err(EditError::NoEnglish(id));
                }
                let at = match part {
                    Part::EnglishAt(text) => find(&from, Side::English, text)?,
                    Part::EnglishFrom(place) => on_boundary(&from.en, place),
                    _ if to == Neighbour::Next => (0, 0),
                    _ => (from.en.len(), 0),
                };
                let base = |unit: &Unit| {
                    if unit.more.was.is_empty() { unit.fr.clone() } else { unit.more.was.clone() }
                };
                let (first, second) = cut_texts(&from.en, at);
                let (left, moved) = match to {
                    Neighbour::Next => (first, second),
                    Neighbour::Previous => (second, first),
                };
                if left.is_empty() && (!from.more.was.is_empty() || !into.more.was.is_empty()) {
                    // All of it goes: what it translates goes with it.
                    let own = if into.has_english() { base(&into) } else { Texts::new() };
                    into.more.was = match to {
                        Neighbour::Next => base(&from).followed_by(&own),
                        Neighbour::Previous => own.followed_by(&base(&from)),
                    };
                    from.more.set_was(Texts::new());
                }
                if !moved.is_empty() {
                    (into.origin, into.score) = origin_of_both(&into, &from);
                }
                from.en = left;
                into.en = match to {
                    Neighbour::Next => moved.followed_by(&into.en),
                    Neighbour::Previous => into.en.followed_by(&moved),
                };
            }
        }
        for unit in [&mut from, &mut into] {
            unit.more.set.bounds = true;
            if unit.has_english() || unit.status == Status::Reviewed {
                unit.status = Status::Draft;
            }
            if unit.en.is_empty() {
                (unit.origin, unit.score) = (None, None);
            }
            settle(unit);
        }
        let gone = from.fr.is_empty() && from.en.is_empty();
        if gone {
            hand_over(&mut into, from);
        } else {
            self.units[place] = from;
            self.sign(place);
        }
        self.units[other] = into;
        self.sign(other);
        if gone {
            self.units.remove(place);
        }
        Ok(())
    }

    /// Drops an orphan, or English that has no French beside it; never French. Returns what was dropped.
    ///
    /// # Errors
    ///
    /// [`EditError::HasFrench`].
    pub fn drop_unit(&mut self, id: UnitId) -> Result<Unit, EditError> {
        let place = self.place(id)?;
        if !self.units[place].fr.is_empty() {
            return Err(EditError::HasFrench(id));
        }
        Ok(self.units.remove(place))
    }

    fn neighbour(&self, place: usize, to: Neighbour) -> Result<usize, EditError> {
        let other = match to {
            Neighbour::Previous => place.checked_sub(1),
            Neighbour::Next => Some(place + 1),
        };
        other
            .filter(|&other| self.units.get(other).is_some_and(|unit| unit.status != Status::Orphan))
            .ok_or(EditError::NoNeighbour { id: self.units[place].id, last: to == Neighbour::Next })
    }
}

/// A place in texts, moved back to where a character begins.
fn on_boundary(texts: &[String], (nth, byte): (usize, usize)) -> (usize, usize) {
    (nth, texts.get(nth).map_or(0, |text| text.floor_char_boundary(byte)))
}

/// The one place of a text in a unit: the string, and the byte in it.
fn find(unit: &Unit, side: Side, wanted: &str) -> Result<(usize, usize), EditError> {
    let texts = match side {
        Side::French => &unit.fr,
        Side::English => &unit.en,
    };
    let found: Vec<(usize, usize)> = texts
        .iter()
        .enumerate()
        .flat_map(|(nth, text)| places(text, wanted).into_iter().map(move |at| (nth, at)))
        .collect();
    let (id, wanted) = (unit.id, wanted.to_owned());
    match found[..] {
        [] => Err(EditError::Nowhere { id, side, wanted }),
        [(nth, at)] => {
            let before = nth > 0 || !texts[nth][..at].trim().is_empty();
            if before { Ok((nth, at)) } else { Err(EditError::EmptyPart { id, side }) }
        }
        _ => Err(EditError::Several { id, side, wanted, times: found.len() }),
    }
}

/// Texts cut at a byte of one of them; the white space at the cut goes.
fn cut_texts(texts: &Texts, (nth, at): (usize, usize)) -> (Texts, Texts) {
    if nth >= texts.len() {
        return (texts.clone(), Texts::new());
    }
    let mut texts = texts.to_vec();
    let mut rest = texts.split_off(nth);
    let before = rest[0][..at].trim_end();
    if !before.is_empty() {
        texts.push(before.to_owned());
        rest[0] = rest[0][at..].trim_start().to_owned();
    }
    (texts.into(), rest.into())
}

/// A unit cut in two; the second has the first's id until it gets its own.
fn halves(unit: Unit, fr: (usize, usize), en: (usize, usize)) -> (Unit, Unit) {
    let mut second = Unit::new(unit.id, unit.kind, Vec::new());
    let mut first = unit;
    let was_at = twin_place(&first.fr, fr, &first.more.was);
    (first.fr, second.fr) = cut_texts(&first.fr, fr);
    (first.en, second.en) = cut_texts(&first.en, en);
    first.more.set.bounds = true;
    second.more.set = first.more.set.clone();
    if first.has_english() && second.has_english() {
        // What each half translates: the former French, cut where the one of now is; what has no French translates none.
        let was = std::mem::take(&mut first.more.was);
        (first.more.was, second.more.was) = match (first.fr.is_empty(), second.fr.is_empty()) {
            (true, _) => (Texts::new(), was),
            (_, true) => (was, Texts::new()),
            _ => cut_texts(&was, was_at),
        };
        second.status = first.status;
        (second.origin, second.score) = (first.origin, first.score);
    } else if first.has_english() {
        first.status = if first.status == Status::Skipped { Status::Skipped } else { Status::Draft };
        if first.fr.is_empty() {
            first.more.set_was(Texts::new());
        }
    } else if second.has_english() {
        let was = std::mem::take(&mut first.more.was);
        second.more.was = if second.fr.is_empty() { Texts::new() } else { was };
        second.status = Status::Draft;
        (second.origin, second.score) = (first.origin.take(), first.score.take());
        first.status = Status::Untranslated;
    } else {
        second.status = first.status;
    }
    (first, second)
}

/// Two units as one.
fn joined_units(mut first: Unit, second: Unit) -> Unit {
    let base = |unit: &Unit| match (unit.has_english(), unit.more.was.is_empty()) {
        (false, _) => Texts::new(),
        (true, true) => unit.fr.clone(),
        (true, false) => unit.more.was.clone(),
    };
    if !first.more.was.is_empty() || !second.more.was.is_empty() {
        first.more.was = base(&first).followed_by(&base(&second));
    }
    let status = |unit: &Unit| if unit.has_english() { unit.status } else { Status::Untranslated };
    first.status = match (first.has_english() || second.has_english(), first.status, second.status) {
        (true, ..) if status(&first) == Status::Reviewed && status(&second) == Status::Reviewed => {
            Status::Reviewed
        }
        (true, ..) => Status::Draft,
        (false, Status::Skipped, Status::Skipped) => Status::Skipped,
        (false, ..) => Status::Untranslated,
    };
    if first.fr.is_empty() && !first.more.set.kind {
        first.kind = second.kind;
        first.more.set.kind = second.more.set.kind;
    }
    (first.origin, first.score) = origin_of_both(&first, &second);
    first.more.set.bounds = true;
    first.fr = first.fr.followed_by(&second.fr);
    first.en = first.en.followed_by(&second.en);
    hand_over(&mut first, second);
    first
}

/// Where the English of two units together came from, and how certain it is.
fn origin_of_both(first: &Unit, second: &Unit) -> (Option<Origin>, Option<f64>) {
    match (first.has_english(), second.has_english()) {
        (_, false) => (first.origin, first.score),
        (false, true) => (second.origin, second.score),
        // The less certain of two counts; what a person typed has no origin.
        (true, true) if first.origin == second.origin => {
            let both = first.score.zip(second.score);
            (first.origin, both.map(|(first, second)| first.min(second)))
        }
        (true, true) => (None, None),
    }
}

/// Gives a unit what is left of one that is gone: its ids, note, dismissals, decisions and unknown keys.
pub(super) fn hand_over(unit: &mut Unit, gone: Unit) {
    let (own, other) = (&mut *unit.more, gone.more.into_rare());
    own.was_ids.push(gone.id);
    own.was_ids.extend(other.was_ids);
    own.note = match (own.note.take(), other.note) {
        (Some(own), Some(other)) => Some(format!("{own}\n{other}")),
        (own, other) => own.or(other),
    };
    own.dismissed.extend(other.dismissed);
    own.set.other.extend(other.set.other);
    own.set.other.dedup();
    for extra in other.extra {
        let known = own.extra.iter().any(|own| own.key == extra.key);
        if !known && extra.key != super::carry::STATUS_WAS {
            own.extra.push(extra);
        }
    }
}

/// Takes `was` away where the English translates the French as it is, or there is no English.
fn settle(unit: &mut Unit) {
    if !unit.more.was.is_empty() && (!unit.has_english() || same_text(&unit.more.was, &unit.fr)) {
        unit.more.set_was(Texts::new());
    }
}

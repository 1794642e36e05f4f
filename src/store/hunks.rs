//! Two lists of units → what differs, and a difference applied to a third list: what `undo` rests on.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::slice;

use crate::bitext::{Unit, UnitId};

/// A run of units that was replaced by another; borrowed while it is written, for a new article's is all of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hunk<'u> {
    /// The unit that stands before the run, in both lists; none at the start.
    pub prev: Option<UnitId>,
    /// The units before the change.
    pub before: Cow<'u, [Unit]>,
    /// The units after it.
    pub after: Cow<'u, [Unit]>,
}

impl Hunk<'_> {
    /// The hunk that takes this one back.
    pub fn turned(self) -> Self {
        Hunk { prev: self.prev, before: self.after, after: self.before }
    }
}

/// A unit that is not as a hunk found or left it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moved {
    /// The unit.
    pub id: UnitId,
    /// As it should be; none where only its place is missed.
    pub expected: Option<Unit>,
    /// As it is; none where it is gone.
    pub found: Option<Unit>,
}

/// What must be done to `old` to get `new`. Each unit that changed in its place is a hunk of its own.
pub(crate) fn diff<'u>(old: &'u [Unit], new: &'u [Unit]) -> Vec<Hunk<'u>> {
    let mut hunks = Vec::new();
    let (mut from, mut to) = (0, 0);
    let mut prev = None;
    let anchors = anchors(old, new);
    for (a, b) in
        anchors.into_iter().map(Some).chain([None]).map(|pair| pair.unwrap_or((old.len(), new.len())))
    {
        if from < a || to < b {
            hunks.push(Hunk { prev, before: old[from..a].into(), after: new[to..b].into() });
        }
        if let (Some(was), Some(is)) = (old.get(a), new.get(b)) {
            if was != is {
                let prev = (b > 0).then(|| new[b - 1].id);
                hunks.push(Hunk {
                    prev,
                    before: slice::from_ref(was).into(),
                    after: slice::from_ref(is).into(),
                });
            }
            prev = Some(is.id);
        }
        (from, to) = (a + 1, b + 1);
    }
    hunks
}

/// The units that keep their order: pairs of places in both lists, rising in both, as many as possible.
fn anchors(old: &[Unit], new: &[Unit]) -> Vec<(usize, usize)> {
    if old.len() == new.len() && old.iter().zip(new).all(|(a, b)| a.id == b.id) {
        return (0..old.len()).map(|place| (place, place)).collect();
    }
    let places: HashMap<UnitId, usize> =
        old.iter().enumerate().map(|(place, unit)| (unit.id, place)).collect();
    let pairs: Vec<(usize, usize)> =
        new.iter().enumerate().filter_map(|(b, unit)| Some((*places.get(&unit.id)?, b))).collect();
    // The longest rising sequence (Fredman 1975): `tails[n]` ends the best one of length n + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (index, (a, _)) in pairs.iter().enumerate() {
        let length = tails.partition_point(|tail| pairs[*tail].0 < *a);
        before[index] = length.checked_sub(1).map(|last| tails[last]);
        if length == tails.len() {
            tails.push(index);
        } else {
            tails[length] = index;
        }
    }
    let mut chain = Vec::new();
    let mut next = tails.last().copied();
    while let Some(index) = next {
        chain.push(pairs[index]);
        next = before[index];
    }
    chain.reverse();
    chain
}

/// Replaces in `units` the `before` of each hunk by its `after`, wherever the other units have gone since.
///
/// Where that is done already, the units stay as they are.
pub(crate) fn apply(units: Vec<Unit>, hunks: &[Hunk<'_>]) -> Result<Vec<Unit>, Box<Moved>> {
    let moved = match changes(&units, hunks) {
        Ok(changes) => return Ok(replaced(units, changes)),
        Err(moved) => moved,
    };
    let turned: Vec<Hunk<'_>> = hunks.iter().cloned().map(Hunk::turned).collect();
    if changes(&units, &turned).is_ok() { Ok(units) } else { Err(moved) }
}

/// Where each hunk is to be applied.
fn changes<'h, 'u>(units: &[Unit], hunks: &'h [Hunk<'u>]) -> Result<Vec<(usize, &'h Hunk<'u>)>, Box<Moved>> {
    // Of the units that the hunks speak of, as there may be very many others.
    let own =
        |hunk: &'h Hunk<'u>| hunk.before.iter().chain(hunk.after.iter()).map(|unit| unit.id).chain(hunk.prev);
    let asked: HashSet<UnitId> = hunks.iter().flat_map(own).collect();
    let there = units.iter().enumerate().filter(|(_, unit)| asked.contains(&unit.id));
    let places: HashMap<UnitId, usize> = there.map(|(place, unit)| (unit.id, place)).collect();
    let leaving: HashSet<UnitId> =
        hunks.iter().flat_map(|hunk| hunk.before.iter()).map(|unit| unit.id).collect();
    let now = |id: &UnitId| places.get(id).map(|place| units[*place].clone());
    let out_of_order = |id: UnitId| Err(Box::new(Moved { id, expected: None, found: now(&id) }));
    let mut changes = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        let missed =
            hunk.before.iter().find(|unit| places.get(&unit.id).is_none_or(|at| units[*at] != **unit));
        if let Some(missed) = missed {
            let (expected, found) = (Some(missed.clone()), now(&missed.id));
            return Err(Box::new(Moved { id: missed.id, expected, found }));
        }
        // What comes in must not be there, unless it is only moved.
        let twin =
            hunk.after.iter().find(|unit| !leaving.contains(&unit.id) && places.contains_key(&unit.id));
        if let Some(twin) = twin {
            return out_of_order(twin.id);
        }
        let start = match (hunk.before.first(), hunk.prev) {
            (Some(first), _) => places[&first.id],
            (None, None) => 0,
            (None, Some(prev)) => match places.get(&prev) {
                Some(place) => place + 1,
                None => return out_of_order(prev),
            },
        };
        // All are there as they were: still beside each other?
        if !hunk.before.iter().zip(&units[start..]).all(|(unit, there)| unit.id == there.id) {
            return out_of_order(hunk.before[0].id);
        }
        changes.push((start, hunk));
    }
    // At one place, what is put in comes before what is replaced.
    changes.sort_by_key(|(start, hunk)| (*start, hunk.before.len()));
    Ok(changes)
}

fn replaced(mut units: Vec<Unit>, changes: Vec<(usize, &Hunk<'_>)>) -> Vec<Unit> {
    // Mostly as many as before: then an article of very many units needs no second list of them.
    if changes.iter().all(|(_, hunk)| hunk.before.len() == hunk.after.len()) {
        for (start, hunk) in changes {
            units[start..start + hunk.after.len()].clone_from_slice(&hunk.after);
        }
        return units;
    }
    let mut all = Vec::with_capacity(units.len() + changes.len());
    let mut rest = units.into_iter();
    let mut at = 0;
    for (start, hunk) in changes {
        all.extend(rest.by_ref().take(start.saturating_sub(at)));
        all.extend(hunk.after.iter().cloned());
        rest.by_ref().take(hunk.before.len()).for_each(drop);
        at = start + hunk.before.len();
    }
    all.extend(rest);
    all
}

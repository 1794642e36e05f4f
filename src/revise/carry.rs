//! Carry-over: the units of an article whose French has changed, made to fit the new French.
//!
//! English is never lost: a unit keeps its id, its English and its status, becomes stale where its
//! French is another than the English translates, and an orphan where its French is gone. Which old
//! word is which new one is found in `matching`, which pieces the new text falls into in `pieces`.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::bitext::{Alignment, Extra, Segmentation, Status, Stem, Texts, Unit, UnitId};

use super::diff::longest_rising;
use super::ids::Ids;
use super::matching::Matching;
use super::pieces::{Piece, Pieces};
use super::token::same_text;

/// What became of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// Its French is the same, byte for byte.
    Kept,
    /// Its French was only typed otherwise: apostrophes, quotes, spaces, hyphens, normal form, or
    /// where one sentence ends and the next begins.
    Retyped,
    /// Its French has changed; it has no English that could be stale.
    Changed,
    /// Its French is not what its English translates.
    Stale,
    /// It was stale or an orphan, and its French is again what its English translates.
    Restored,
    /// It is new.
    New,
    /// Its French is gone; it stays at the end with all that a person gave it.
    Orphaned,
    /// Its French is gone, and nobody had given it anything.
    Vanished,
}

/// What became of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// Its id.
    pub id: UnitId,
    /// What became of it.
    pub fate: Fate,
    /// Whether it stands in another place among the others than before.
    pub moved: bool,
    /// Its French before, where it has another now or none; else empty.
    pub before: Texts,
    /// Whether it has English.
    pub english: bool,
}

/// What became of each unit: first those that there are now, in their order, then those that have vanished.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CarryReport {
    /// The units.
    pub units: Vec<Carried>,
}

impl CarryReport {
    /// How many units met this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.units.iter().filter(|unit| unit.fate == fate).count()
    }

    /// How many units were moved.
    pub fn moved(&self) -> usize {
        self.units.iter().filter(|unit| unit.moved).count()
    }

    /// Whether every unit is kept where it was.
    pub fn is_unchanged(&self) -> bool {
        self.units.iter().all(|unit| unit.fate == Fate::Kept && !unit.moved)
    }
}

/// The key under which an orphan's former status is kept, for when its French comes back.
pub(super) const STATUS_WAS: &str = "status_was";

/// Makes units for a new text of the article, or for a new segmentation of the same text, out of those it has.
///
/// - Sentences that are the same in both texts, in order or moved, keep their units as they are.
/// - Between them the texts are compared word by word, and the bounds of units that a person gave
///   anything (English, bounds, a kind, `skipped`, a note, a dismissal) are mapped through the difference.
///   The rest is taken as `segmentation` has it; a unit's id goes on to the sentence that is likest to it.
/// - A unit with English whose French is another now gets `was`, the French that the English
///   translates; one that is stale already keeps its older `was`. If the French is again what `was`
///   says, `was` goes.
/// - A unit whose French is gone becomes an orphan if a person gave it anything, with its `was`, and
///   its former status under `status_was`; it comes back with that if its French does.
/// - English that has no French beside it stays after the unit that it stood after.
///
/// The result covers `text` exactly, if `segmentation` is one of `text`. Close to linear in the articles'
/// length; stretches without anything in common cost O(n·m), up to about a thousand words each.
pub fn carry(
    old: &Alignment,
    stem: &Stem,
    text: &str,
    segmentation: Segmentation,
) -> (Vec<Unit>, CarryReport) {
    let units = old.units();
    let indexes = |wanted: &dyn Fn(&Unit) -> bool| -> Vec<usize> {
        (0..units.len()).filter(|&index| wanted(&units[index])).collect()
    };
    let with_french = indexes(&|unit| !unit.fr.is_empty());
    let orphans = indexes(&|unit| unit.status == Status::Orphan && !unit.more.was.is_empty());
    let of = |indexes: &[usize]| -> Vec<&Unit> { indexes.iter().map(|&index| &units[index]).collect() };
    // From the matching's units to the alignment's.
    let index_of: Vec<usize> = with_french.iter().chain(&orphans).copied().collect();
    let held: Vec<bool> = index_of.iter().map(|&index| keeps_bounds(&units[index])).collect();
    let matching = Matching::new(&of(&with_french), &of(&orphans), &held, text, &segmentation);

    let mut made = Made::default();
    let mut place_of = Standing(vec![None; units.len()]);
    let mut ids = Ids::of(units);
    // By a hash: only whether a text came before, and a second id where it did not is none the worse.
    let mut before: HashMap<u64, usize> = HashMap::new();
    let mut pieces = Pieces::new(&matching, &held, text, &segmentation);
    pieces.find_again(&held, text, |own| {
        let unit = &units[index_of[own]];
        if unit.fr.is_empty() { &unit.more.was } else { &unit.fr }
    });
    // An article may have so many units that what is not needed any more makes room, and that no list may grow by half.
    drop((matching, segmentation));
    let most = pieces.count() + units.len();
    made.units.reserve_exact(most);
    made.report.units.reserve_exact(most);
    for piece in pieces.iter(text) {
        let occurrence = before.entry(hash_of(&piece.sentences)).or_default();
        if let Some(own) = piece.unit {
            place_of.0[index_of[own]] = Some(made.units.len() as u32);
            made.refit(&units[index_of[own]], piece);
        } else {
            let id = ids.fresh(stem, &piece.sentences, *occurrence);
            made.push(Unit::new(id, piece.kind, piece.sentences), Fate::New, Texts::new());
        }
        *occurrence += 1;
    }
    drop((pieces, index_of, before, ids));
    made.mark_moved(&place_of);
    made.put_back_english_alone(units, &place_of);
    let stays = |index: &usize| place_of.of(*index).is_none();
    for index in indexes(&|unit| unit.status == Status::Orphan).into_iter().filter(stays) {
        made.push(units[index].clone(), Fate::Kept, Texts::new());
    }
    let (kept, vanished): (Vec<&Unit>, Vec<&Unit>) =
        of(&with_french.into_iter().filter(stays).collect::<Vec<_>>())
            .into_iter()
            .partition(|unit| is_of_a_person(unit));
    kept.into_iter().for_each(|unit| made.lose(unit));
    vanished.into_iter().for_each(|unit| made.tell(unit, Fate::Vanished, unit.fr.clone()));
    (made.units, made.report)
}

fn hash_of(sentences: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    sentences.hash(&mut hasher);
    hasher.finish()
}

/// Whether the unit's bounds are mapped through the difference: a person gave it something.
fn keeps_bounds(unit: &Unit) -> bool {
    is_of_a_person(unit) || !unit.more.set.is_empty() || !unit.more.dismissed.is_empty()
}

/// Whether the unit must not vanish.
fn is_of_a_person(unit: &Unit) -> bool {
    unit.has_english()
        || unit.more.note.is_some()
        || !matches!(unit.status, Status::Untranslated | Status::Draft)
        || !unit.more.extra.is_empty()
}

/// Where each of the old units stands among those that there are now, in eight bytes each.
struct Standing(Vec<Option<u32>>);

impl Standing {
    fn of(&self, index: usize) -> Option<usize> {
        self.0[index].map(|place| place as usize)
    }
}

/// The units made so far, and what is told of them.
#[derive(Default)]
struct Made {
    units: Vec<Unit>,
    report: CarryReport,
}

impl Made {
    fn push(&mut self, unit: Unit, fate: Fate, before: Texts) {
        self.tell(&unit, fate, before);
        self.units.push(unit);
    }

    fn tell(&mut self, unit: &Unit, fate: Fate, before: Texts) {
        let (id, english) = (unit.id, unit.has_english());
        self.report.units.push(Carried { id, fate, moved: false, before, english });
    }

    /// The old unit with the French that it has now.
    fn refit(&mut self, old: &Unit, piece: Piece) {
        let mut unit = old.clone();
        // Where it is as it was, both lists of units have one text.
        if *unit.fr != *piece.sentences {
            unit.fr = piece.sentences.into();
        }
        if !unit.more.set.kind {
            unit.kind = piece.kind;
        }
        let was_orphan = old.status == Status::Orphan;
        if was_orphan {
            unit.status = take_status(&mut unit);
        }
        // What the English translates: the older French where the unit was stale already.
        let base = if old.more.was.is_empty() { &old.fr } else { &old.more.was };
        let fits = same_text(base, &unit.fr);
        unit.more.set_was(if fits || !unit.has_english() { Texts::new() } else { base.clone() });
        let fate = if unit.is_stale() {
            Fate::Stale
        } else if was_orphan || old.is_stale() {
            Fate::Restored
        } else if unit.fr == old.fr {
            Fate::Kept
        } else if fits {
            Fate::Retyped
        } else {
            Fate::Changed
        };
        // A unit that was stale before and whose French did not change now is no news.
        let fate = if fate == Fate::Stale && unit.fr == old.fr { Fate::Kept } else { fate };
        let before = if was_orphan { &old.more.was } else { &old.fr };
        let before = if *before == unit.fr { Texts::new() } else { before.clone() };
        self.push(unit, fate, before);
    }

    /// Says which units no longer stand among the others where they did.
    fn mark_moved(&mut self, place_of: &Standing) {
        let placed = (0..place_of.0.len()).filter_map(|index| Some((index, place_of.of(index)?)));
        for (_, place) in placed.clone() {
            self.report.units[place].moved = true;
        }
        for (_, place) in longest_rising(placed.collect()) {
            self.report.units[place].moved = false;
        }
    }

    /// Puts English that has no French beside it after the unit that it stood after.
    fn put_back_english_alone(&mut self, old: &[Unit], place_of: &Standing) {
        let mut after: Vec<(usize, &Unit)> = Vec::new();
        let mut place = 0;
        for (index, unit) in old.iter().enumerate() {
            if let Some(own) = place_of.of(index) {
                place = own + 1;
            } else if unit.fr.is_empty() && unit.status != Status::Orphan {
                after.push((place, unit));
            }
        }
        if after.is_empty() {
            return;
        }
        // Stable: units that come to one place stay in their order.
        after.sort_by_key(|(place, _)| *place);
        let made = std::mem::take(self);
        let mut after = after.into_iter().peekable();
        let ends = made.units.len();
        let mut made = made.units.into_iter().zip(made.report.units);
        for place in 0..=ends {
            while let Some((_, unit)) = after.next_if(|(wanted, _)| *wanted == place) {
                self.push(unit.clone(), Fate::Kept, Texts::new());
            }
            if let Some((unit, carried)) = made.next() {
                self.units.push(unit);
                self.report.units.push(carried);
            }
        }
    }

    /// Keeps a unit whose French is gone as an orphan.
    fn lose(&mut self, old: &Unit) {
        let mut unit = old.clone();
        let fr = std::mem::take(&mut unit.fr);
        if unit.more.was.is_empty() {
            unit.more.was = fr;
        }
        if !matches!(unit.status, Status::Untranslated | Status::Draft) {
            let json = format!("\"{}\"", unit.status);
            unit.more.extra.insert(0, Extra { key: STATUS_WAS.to_owned(), json });
        }
        unit.status = Status::Orphan;
        self.push(unit, Fate::Orphaned, old.fr.clone());
    }
}

/// An orphan's former status, which it no longer needs to keep.
fn take_status(unit: &mut Unit) -> Status {
    let place = unit.more.extra.iter().position(|extra| extra.key == STATUS_WAS);
    let former = place.map(|place| unit.more.extra.remove(place).json);
    former.and_then(|json| json.trim_matches('"').parse().ok()).unwrap_or_default()
}

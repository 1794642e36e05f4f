//! Ids for units that are made: by the rule that every unit's id follows, and never one that is taken.

use std::collections::HashSet;

use crate::bitext::{Stem, Unit, UnitId};

/// The ids that an alignment has, or had before units were merged.
pub(super) struct Ids {
    taken: HashSet<UnitId>,
}

impl Ids {
    pub(super) fn of(units: &[Unit]) -> Self {
        let own = units.iter().map(|unit| unit.id);
        Ids { taken: own.chain(units.iter().flat_map(|unit| unit.more.was_ids.iter().copied())).collect() }
    }

    /// The id of these sentences, whose French stands `before` times in the article before them.
    pub(super) fn fresh(&mut self, stem: &Stem, fr: &[String], before: usize) -> UnitId {
        let id = (before..)
            .map(|occurrence| UnitId::of(stem, fr, occurrence))
            .find(|id| !self.taken.contains(id))
            .expect("there are more ids than units");
        self.taken.insert(id);
        id
    }
}

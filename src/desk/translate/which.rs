//! Which of an article's units are gone through, and from where.

use std::str::FromStr;

use crate::bitext::{Status, Unit, UnitId};
use crate::quality::State;

/// Where in an article to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At this unit.
    Id(UnitId),
    /// At this one of its units of content, from 1.
    Place(usize),
}

/// Which units to go through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// All of the content, also what is translated.
    pub all: bool,
    /// Those in one of these states.
    pub states: Vec<State>,
    /// Where to begin; what comes before can be gone back to.
    pub from: Option<Start>,
}

impl Which {
    /// What there is to do: untranslated and stale.
    pub fn to_do() -> Self {
        Which { states: vec![State::Untranslated, State::Stale], ..Which::default() }
    }

    /// Whether a unit is among them. Only content is translated.
    pub fn takes(&self, unit: &Unit) -> bool {
        is_sentence(unit) && (self.all || State::of(unit).is_some_and(|state| self.states.contains(&state)))
    }
}

/// Whether a unit is one that a person translates.
pub(super) fn is_sentence(unit: &Unit) -> bool {
    unit.is_content() && !unit.fr.is_empty() && unit.status != Status::Orphan
}

/// The units of content with their places, from 1; and how many there are.
pub fn places(units: &[Unit]) -> (Vec<(usize, &Unit)>, usize) {
    let places: Vec<(usize, &Unit)> = (1..).zip(units.iter().filter(|unit| is_sentence(unit))).collect();
    let of = places.len();
    (places, of)
}

impl Start {
    /// The first place to go to.
    ///
    /// A unit that is no content has no place of its own: the next that has one is meant.
    ///
    /// # Errors
    ///
    /// Where the article has no such unit: how that is said.
    pub fn place(self, units: &[Unit]) -> Result<usize, String> {
        let places_before = |index: usize| units[..index].iter().filter(|unit| is_sentence(unit)).count();
        match self {
            Start::Place(place) => match places_before(units.len()) {
                of if place > of => Err(format!("it has {of} sentences, and no number {place}")),
                _ => Ok(place),
            },
            Start::Id(id) => units
                .iter()
                .position(|unit| unit.id == id || unit.more.was_ids.contains(&id))
                .map(|index| 1 + places_before(index))
                .ok_or_else(|| format!("it has no unit {id}")),
        }
    }
}

impl FromStr for Start {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse::<usize>() {
            Ok(place) if place > 0 => Ok(Start::Place(place)),
            _ => text.parse().map(Start::Id).map_err(|told| format!("{told}, or a sentence's number from 1")),
        }
    }
}

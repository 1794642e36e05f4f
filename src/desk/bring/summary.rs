//! What came of a text, in numbers, and what a person should look at first.

use std::collections::{BTreeMap, HashMap};

use crate::align::{Gap, Moved};
use crate::bitext::{Alignment, Origin, Status, Unit, UnitId};
use crate::revise::Role;

/// Sentences in a row without counterpart that are a break: a part that is missing, or stands elsewhere.
pub const BREAK: usize = 5;

/// A score that nobody need look at.
const SURE: f64 = 0.99;

/// A unit that the aligner is little certain of.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsure {
    /// The unit.
    pub id: UnitId,
    /// How certain it is.
    pub score: f64,
    /// Its French.
    pub fr: String,
    /// Its English.
    pub en: String,
}

/// What came of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// How many beads were found of each type: French sentences, English sentences.
    pub beads: BTreeMap<(usize, usize), usize>,
    /// Units of a person's whose English stands in the text.
    pub known: usize,
    /// French sentences of content that have no English.
    pub french_left: usize,
    /// English sentences of content that have no French beside them.
    pub english_left: usize,
    /// English sentences that stand alone since a person typed other English for their French.
    pub displaced: usize,
    /// English sentences of boilerplate.
    pub boilerplate: usize,
    /// English sentences in all.
    pub english: usize,
    /// The mean score of the beads with both sides; none where there is none.
    pub mean_score: Option<f64>,
    /// The least certain units with both sides, the least certain first; at most five below 0.99.
    pub unsure: Vec<Unsure>,
    /// Long runs without counterpart, as sentences of content, those that a person has settled too.
    pub gaps: Vec<Gap>,
    /// Parts that seem to stand elsewhere in the other text, as sentences of content.
    pub moved: Vec<Moved>,
    /// Units that are not as they were before, or new.
    pub changed: usize,
}

impl Summary {
    pub(super) fn of(before: &Alignment, after: &Alignment, roles: &[Role]) -> Summary {
        let mut summary = Summary::default();
        let old: HashMap<UnitId, &Unit> = before.units().iter().map(|unit| (unit.id, unit)).collect();
        let mut unsure: Vec<&Unit> = Vec::new();
        let mut scores = Vec::new();
        for (unit, role) in after.units().iter().zip(roles) {
            if old.get(&unit.id).is_none_or(|old| *old != unit) {
                summary.changed += 1;
            }
            match role {
                Role::Kept => {}
                Role::Known => summary.known += 1,
                Role::Displaced => summary.displaced += 1,
                Role::Boilerplate => summary.boilerplate += 1,
                Role::Aligned(fr, en) => {
                    *summary.beads.entry((*fr, *en)).or_default() += 1;
                    summary.french_left += if *en == 0 { *fr } else { 0 };
                    summary.english_left += if *fr == 0 { *en } else { 0 };
                    if let Some(score) = unit.score.filter(|_| *fr > 0 && *en > 0) {
                        scores.push(score);
                        unsure.push(unit);
                    }
                }
            }
        }
        summary.mean_score = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
        unsure.sort_by(|a, b| a.score.unwrap_or(1.0).total_cmp(&b.score.unwrap_or(1.0)));
        let told = |unit: &&Unit| Unsure {
            id: unit.id,
            score: unit.score.unwrap_or(1.0),
            fr: unit.french(),
            en: unit.english(),
        };
        summary.unsure = unsure.iter().filter(|unit| unit.score < Some(SURE)).take(5).map(told).collect();
        summary
    }

    /// What an alignment holds that was made before, as far as its units tell.
    pub(super) fn stored(alignment: &Alignment) -> Summary {
        let role = |unit: &Unit| {
            let aligned = unit.origin == Some(Origin::Aligner);
            match (unit.is_content(), aligned, unit.has_english()) {
                (true, true, _) => Role::Aligned(unit.fr.len(), unit.en.len()),
                (true, false, false) if unit.status == Status::Untranslated => {
                    Role::Aligned(unit.fr.len(), 0)
                }
                (false, true, true) => Role::Boilerplate,
                _ => Role::Kept,
            }
        };
        let roles: Vec<Role> = alignment.units().iter().map(role).collect();
        Summary::of(alignment, alignment, &roles)
    }

    /// Whether runs without counterpart stand on both sides: a part may stand elsewhere in the other text.
    pub fn may_be_swapped(&self) -> bool {
        self.gaps.iter().any(|gap| !gap.source.is_empty())
            && self.gaps.iter().any(|gap| !gap.target.is_empty())
    }
}

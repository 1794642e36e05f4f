//! Which units want a person's eye, and in what order.

use crate::bitext::{Edition, Origin, Status, Stem, Unit, UnitId};
use crate::quality::Checker;
use crate::store::Corpus;

use super::super::check::{Checked, check_articles, level, rules};
use super::super::{DeskError, each, open};
use super::sample::draw;

/// Which units are gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Drafts of the aligner, the least certain first.
    Unsure,
    /// Units whose French has changed since the English was entered.
    Stale,
    /// Units that a check finds something in.
    Findings,
    /// So many of the aligner's beads, drawn at random with this seed.
    Sample(usize, u64),
}

/// A unit that is gone through.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Its article.
    pub stem: Stem,
    /// Its id.
    pub id: UnitId,
    /// What the checks found, by check: only where findings are gone through.
    pub findings: Vec<(String, String)>,
}

/// The units of these articles that a mode goes through, in its order.
///
/// A sample has the aligner's beads with both sides, whatever their status; not those whose bounds a person changed.
///
/// # Errors
///
/// [`DeskError`] where the checks cannot be set up. An article that cannot be read is for `fault`, and has no units.
pub fn queue(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    mode: Mode,
    mut fault: impl FnMut(&Stem, DeskError),
) -> Result<Vec<Target>, DeskError> {
    let mut found: Vec<(f64, Target)> = Vec::new();
    if mode == Mode::Findings {
        let checker = Checker::new(level(corpus)?).with_rules(rules(corpus)?);
        check_articles(&checker, corpus, stems, edition, |stem, checked| {
            match checked {
                Checked::Fault(error) => fault(stem, error),
                Checked::Done { found: all, .. } => {
                    for one in all {
                        let told = (one.finding.check.to_string(), one.finding.message.clone());
                        match found.last_mut() {
                            Some((_, last)) if (&last.stem, last.id) == (stem, one.unit) => {
                                last.findings.push(told);
                            }
                            _ => {
                                let target =
                                    Target { stem: stem.clone(), id: one.unit, findings: vec![told] };
                                found.push((0.0, target));
                            }
                        }
                    }
                }
            }
            Ok::<(), DeskError>(())
        })?;
    } else {
        let look = |stem: &Stem| {
            let opened = open(corpus, stem, edition)?;
            let units = opened.alignment.units().iter().filter(|unit| mode.takes(unit));
            Ok(units.map(|unit| (unit.score.unwrap_or(0.0), unit.id)).collect::<Vec<_>>())
        };
        each(stems, look, |stem, units| {
            match units {
                Ok(units) => found.extend(
                    units
                        .into_iter()
                        .map(|(score, id)| (score, Target { stem: stem.clone(), id, findings: Vec::new() })),
                ),
                Err(error) => fault(stem, error),
            }
            Ok::<(), DeskError>(())
        })?;
    }
    match mode {
        // Stable: equally certain ones stay in reading order.
        Mode::Unsure => found.sort_by(|a, b| a.0.total_cmp(&b.0)),
        Mode::Sample(count, seed) => {
            let drawn = draw(found.len(), count, seed);
            found = drawn.into_iter().map(|at| found[at].clone()).collect();
        }
        Mode::Stale | Mode::Findings => {}
    }
    Ok(found.into_iter().map(|(_, target)| target).collect())
}

impl Mode {
    /// Whether a unit is among those gone through; findings are for the checks to say.
    pub fn takes(self, unit: &Unit) -> bool {
        let aligned = unit.origin == Some(Origin::Aligner) && unit.score.is_some() && unit.is_content();
        match self {
            Mode::Unsure => aligned && unit.status == Status::Draft,
            Mode::Stale => unit.is_stale(),
            Mode::Sample(..) => aligned && unit.has_english() && !unit.fr.is_empty() && !unit.more.set.bounds,
            Mode::Findings => false,
        }
    }
}

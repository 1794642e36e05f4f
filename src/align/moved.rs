//! Parts that stand elsewhere in the other text, as where chapters have changed places.

use std::fmt;
use std::ops::Range;

use super::aligner::Aligner;
use super::doubt::gaps;
use super::pair::{Bead, Pair};

/// A part of the source without counterpart in its place, and the part of the target that seems to translate it.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The source sentences.
    pub source: Range<usize>,
    /// The target sentences.
    pub target: Range<usize>,
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [source, target] = [&self.source, &self.target].map(|range| (range.start + 1, range.end));
        write!(
            f,
            "source sentences {} to {} seem to stand at target sentences {} to {}: parts have changed places",
            source.0, source.1, target.0, target.1
        )
    }
}

/// The fewest sentences that are a part.
const PART: usize = 12;

/// The most that is compared: pairs of parts, sentences of one, and beads that teach.
const PAIRS: usize = 16;
const LONGEST: usize = 5000;
const TEACHERS: usize = 3000;

impl Aligner {
    /// Looks for parts that stand elsewhere, among the sentences that have no counterpart in `beads`: each long run of one
    /// side is aligned with those of the other, taught by the beads that are certain.
    ///
    /// Costs as much as aligning these runs, and nothing where there are none on both sides.
    pub fn moved(&self, pair: &Pair<'_>, beads: &[Bead]) -> Vec<Moved> {
        let gaps = gaps(beads, PART);
        let long = |side: fn(&super::Gap) -> &Range<usize>| {
            gaps.iter().map(side).filter(|range| range.len() >= PART).cloned().collect::<Vec<_>>()
        };
        let (sources, targets) = (long(|gap| &gap.source), long(|gap| &gap.target));
        if sources.is_empty() || targets.is_empty() {
            return Vec::new();
        }
        let sure: Vec<&Bead> = beads
            .iter()
            .filter(|bead| bead.score > 0.7 && !bead.source.is_empty() && !bead.target.is_empty())
            .collect();
        let every = sure.len().div_ceil(TEACHERS).max(1);
        let taught = self.clone().confirmed(sure.into_iter().step_by(every).map(|bead| {
            (pair.source[bead.source.clone()].join(" "), pair.target[bead.target.clone()].join(" "))
        }));
        let both = sources.iter().flat_map(|source| targets.iter().map(move |target| (source, target)));
        let alike = both.filter(|(source, target)| {
            let (few, many) = (source.len().min(target.len()), source.len().max(target.len()));
            many <= LONGEST && many <= 3 * few
        });
        let found = alike.take(PAIRS).filter_map(|(source, target)| taught.same(pair, source, target));
        let mut found: Vec<Moved> = found.collect();
        found.dedup();
        found
    }

    /// Whether two parts seem to translate each other, and which of their sentences.
    fn same(&self, pair: &Pair<'_>, source: &Range<usize>, target: &Range<usize>) -> Option<Moved> {
        let parts = Pair::new(pair.source[source.clone()].to_vec(), pair.target[target.clone()].to_vec());
        let beads = self.align_pair(&parts);
        let good: Vec<&Bead> = beads
            .iter()
            .filter(|bead| bead.score > 0.7 && !bead.source.is_empty() && !bead.target.is_empty())
            .collect();
        let sentences: usize = good.iter().map(|bead| bead.source.len()).sum();
        let (first, last) = (good.first()?, good.last()?);
        (sentences >= PART.max(source.len().min(target.len()) / 2)).then(|| Moved {
            source: source.start + first.source.start..source.start + last.source.end,
            target: target.start + first.target.start..target.start + last.target.end,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_stands_elsewhere_is_found_with_its_place() {
        let part: Vec<String> =
            (100..100 + PART).map(|at| format!("Alba{at} borna{at} cesta{at}.")).collect();
        let part: Vec<&str> = part.iter().map(String::as_str).collect();
        let pair = Pair::new([&part[..], &["Il pleut."]].concat(), [&["It rains."], &part[..]].concat());
        let bead = |source, target| Bead { source, target, score: 0.9 };
        let gone = (0..PART).map(|at| bead(at..at + 1, 0..0));
        let come = (1..=PART).map(|at| bead(PART + 1..PART + 1, at..at + 1));
        let beads: Vec<Bead> = gone.chain([bead(PART..PART + 1, 0..1)]).chain(come).collect();
        let moved = Aligner::new().moved(&pair, &beads);
        assert_eq!(moved, [Moved { source: 0..PART, target: 1..PART + 1 }]);
        assert!(Aligner::new().moved(&pair, &beads[..PART + 1]).is_empty());
    }
}

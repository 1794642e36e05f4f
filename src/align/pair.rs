//! What goes in and comes out: pairs of texts, beads.

use std::fmt;
use std::ops::Range;

use thiserror::Error;

/// Source and target sentences that translate each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// The source sentences, counted from 0; empty: target sentences without source.
    pub source: Range<usize>,
    /// The target sentences, counted from 0.
    pub target: Range<usize>,
    /// How probable it is that exactly these sentences belong together, 0 to 1.
    pub score: f64,
}

/// As the field writes it: `[0,1]:[0]:0.9812`, sentences counted from 0.
impl fmt::Display for Bead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list =
            |range: &Range<usize>| range.clone().map(|at| at.to_string()).collect::<Vec<_>>().join(",");
        write!(f, "[{}]:[{}]:{:.4}", list(&self.source), list(&self.target), self.score)
    }
}

/// Two texts that translate each other, sentence by sentence, with what is known of them.
#[derive(Clone, Debug, Default)]
pub struct Pair<'t> {
    pub(super) source: Vec<&'t str>,
    pub(super) target: Vec<&'t str>,
    pub(super) breaks: [Vec<usize>; 2],
    pub(super) fixed: Vec<(Range<usize>, Range<usize>)>,
}

/// Fixed beads that cannot be: out of the texts, or crossing each other.
#[derive(Clone, Debug, Error, PartialEq)]
#[error("fixed bead {at} ({source_range:?} with {target_range:?}) crosses another or leaves the texts")]
pub struct FixedError {
    /// Which bead, in the order given, from 1.
    pub at: usize,
    /// Its source sentences.
    pub source_range: Range<usize>,
    /// Its target sentences.
    pub target_range: Range<usize>,
}

impl<'t> Pair<'t> {
    /// Two texts by their sentences.
    pub fn new(source: Vec<&'t str>, target: Vec<&'t str>) -> Self {
        Pair { source, target, ..Pair::default() }
    }

    /// The source sentences.
    pub fn source(&self) -> &[&'t str] {
        &self.source
    }

    /// The target sentences.
    pub fn target(&self) -> &[&'t str] {
        &self.target
    }

    /// With the sentences that begin a paragraph: a bead seldom goes from one into the next.
    pub fn breaks(mut self, source: Vec<usize>, target: Vec<usize>) -> Self {
        self.breaks = [source, target];
        self
    }

    /// With beads that are known, in order: they are kept as they are, and teach.
    ///
    /// # Errors
    ///
    /// Where a bead leaves the texts, is empty on both sides, or crosses the one before.
    pub fn fixed(mut self, beads: Vec<(Range<usize>, Range<usize>)>) -> Result<Self, FixedError> {
        let (mut i, mut j) = (0, 0);
        for (at, (source, target)) in beads.iter().enumerate() {
            let fits = source.start >= i
                && target.start >= j
                && source.start <= source.end
                && target.start <= target.end
                && source.len() + target.len() > 0
                && source.end <= self.source.len()
                && target.end <= self.target.len();
            if !fits {
                let (source_range, target_range) = (source.clone(), target.clone());
                return Err(FixedError { at: at + 1, source_range, target_range });
            }
            (i, j) = (source.end, target.end);
        }
        self.fixed = beads;
        Ok(self)
    }
}

//! Two texts in, beads out: which sentences translate which.
//!
//! [`Aligner`] is the door. Within: `anchors` and `coarse` find a first path, `way` and `band` keep the search near a
//! path, `emit` and `path` weigh and choose beads, `learn` and `table` learn words from them. No files,
//! no clock, and no randomness: `docs/ALIGNMENT.md` has the method, its sources and its figures.

mod aligner;
mod anchors;
mod band;
mod breaks;
mod cells;
mod certainty;
mod coarse;
mod doubt;
mod emit;
mod few;
mod kin;
mod learn;
mod logs;
mod moved;
mod pair;
mod part;
mod path;
mod plane;
mod pool;
mod read;
mod rounds;
mod shape;
mod stems;
mod table;
mod text;
pub(crate) mod tuning;
mod vocabulary;
mod way;

pub use aligner::{Aligner, Paragraphs};
pub use doubt::{Doubt, Gap, doubt, gaps};
pub use moved::Moved;
pub use pair::{Bead, FixedError, Pair};

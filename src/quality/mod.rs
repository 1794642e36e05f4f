//! Bitext to findings and coverage: what is there, what is missing, what looks wrong.

mod coverage;

pub use coverage::{Coverage, Of, Size, State};

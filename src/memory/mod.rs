//! Looking up: units whose French is like a sentence (a translation memory), and places where a pattern stands in
//! the texts (a concordance).
//!
//! Pure: nothing here reads a file or knows of a corpus. Whoever asks hands the texts in.

mod context;
mod likeness;
mod lookup;
mod pattern;
mod sentence;

pub use context::{by_left, by_right};
pub use likeness::{Likeness, Sort, likeness};
pub use lookup::{Memory, MemoryBuilder, Remembered};
pub use pattern::{Pattern, PatternError, Spelling};

//! Bitext to findings and coverage: what is there, what is missing, what looks wrong.
//!
//! A check looks at one French text and its English and says what it found; each has a file in
//! `checks/`, which opens with its reasons. Nothing here reads a file or knows of a corpus.

mod checker;
mod checks;
mod coverage;
mod evidence;
mod glossary;
mod lengths;
mod pair;
mod partners;
mod proposals;
mod rules;
mod vocabulary;

pub use checker::Checker;
pub use checks::{CHECKS, Check, Consistency, Gist, quote_style, quotes_balanced, stale};
pub use coverage::{Coverage, Of, Size, State};
pub use evidence::{Evidence, Gap};
pub use glossary::{Glossary, Term};
pub use lengths::Lengths;
pub use pair::Pair;
pub use partners::{Partners, Role, Word};
pub use proposals::{Counting, Keys, Pairing, Proposal, Wanted};
pub use rules::{Pattern, Rules};
pub use vocabulary::{Counts, Lexical, Met, Vocabulary};

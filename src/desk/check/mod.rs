//! Checking translations: the units of a corpus, and pairs of any origin in a pipe.

mod articles;
pub mod pairs;
mod rules;

pub use articles::{Checked, Found, check_articles, check_unit, usual_lengths};
pub(super) use rules::terms;
pub use rules::{check_names, glossary, level, rules};

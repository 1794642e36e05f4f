//! Splitting texts that need belong to no corpus.

mod files;
mod jsonl;

pub use files::{Files, Form};
pub use jsonl::JsonLines;

use crate::bitext::Lang;
use crate::segment::{Class, Segmenter};
use crate::store::Config;

/// The splitter of a language, with the abbreviations and exceptions of a corpus's configuration.
pub fn segmenter(lang: Lang, config: &Config) -> Segmenter {
    let own = &config.segment;
    Segmenter::new(lang)
        .abbreviations(own.abbreviations.iter().map(String::as_str), Class::Either)
        .exceptions(own.exceptions.iter().map(String::as_str))
}

//! The program and the library from outside: one binary, a module per subject.

mod align;
mod aligning;
mod alignment_file;
mod arrival;
mod articles;
mod awkward;
mod bad_files;
mod beads;
mod bring;
mod buffer;
mod bulk;
mod carried;
mod carry;
mod changed;
mod checks;
mod convert;
mod corpus_commands;
mod coverage;
mod dataset;
mod edit_commands;
mod editions;
mod edits;
mod english;
mod export;
mod find;
mod formats;
mod fuzzed;
mod glossary;
mod import;
mod journal;
mod kept;
mod kinds;
mod known;
mod lexicon;
mod manners;
mod matched;
mod memory;
mod office;
mod omegat;
mod passage;
mod program;
mod readers;
mod readme;
mod review;
mod revised;
mod rooms;
mod scores;
mod scripts;
mod sentences;
mod session;
mod splits;
mod store;
mod stored;
mod sync;
mod tables;
mod threads;
#[cfg(feature = "tokens")]
mod tokens;
mod translate;
mod undo;
mod watched;
#[cfg(feature = "web")]
mod web;

/// So many cases of a property, or as many as `PROPTEST_CASES` says.
fn cases(usual: u32) -> proptest::test_runner::Config {
    use proptest::test_runner::Config;
    let told = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config { cases: told.unwrap_or(usual), failure_persistence: None, ..Config::default() }
}

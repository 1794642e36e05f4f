//! The program and the library from outside: one binary, a module per subject.

mod align;
mod alignment_file;
mod articles;
mod awkward;
mod bring;
mod buffer;
mod carry;
mod checks;
mod convert;
mod corpus_commands;
mod coverage;
mod edit_commands;
mod editions;
mod edits;
mod export;
mod find;
mod formats;
mod import;
mod kinds;
mod lexicon;
mod manners;
mod memory;
mod readers;
mod readme;
mod rooms;
mod scores;
mod scripts;
mod sentences;
mod session;
mod store;
mod sync;
mod tables;
mod translate;
mod undo;
#[cfg(feature = "web")]
mod web;

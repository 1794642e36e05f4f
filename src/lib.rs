//! French articles and their English, sentence by sentence: split, enter, align, check, export.
//!
//! *En regard* is the printer's French for facing text. The rooms of the house, and who may use
//! whom, stand in `ARCHITECTURE.md`; start with [`segment`] to split a text, or with [`desk`] for
//! all that the program can do to a corpus folder.

#![forbid(unsafe_code)]

pub mod align;
pub mod bitext;
pub mod cli;
pub mod desk;
pub mod format;
pub mod memory;
pub mod quality;
pub mod revise;
pub mod segment;
pub mod store;
#[cfg(feature = "web")]
pub mod web;
pub mod words;

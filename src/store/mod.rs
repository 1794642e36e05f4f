//! Folders ⇄ values: the only room that opens a corpus's files.
//!
//! [`Corpus`] finds articles and reads them; a [`Step`] is the one door for every change. What a file
//! may hold is said in [`file`](mod@file), what the disk is asked for in [`fs`].

mod arrival;
mod clock;
mod commit;
mod config;
mod corpus;
mod error;
pub mod file;
mod flow;
pub mod fs;
mod held;
mod hunks;
mod init;
mod journal;
mod kept;
mod lists;
mod lock;
mod person;
mod place;
#[cfg(test)]
mod proofs;
mod read;
mod received;
mod step;
mod steps;
mod undo;

pub use arrival::{EachSentence, Sentences};
pub use clock::now;
pub use config::{Config, CorpusConfig, CoverageConfig, ExportConfig, PersonConfig, SegmentConfig};
pub use corpus::{Corpus, Odd, Survey};
pub use error::StoreError;
pub use held::Held;
pub use journal::Unread;
pub use kept::KeptBuffer;
pub use person::person;
pub use read::{Mark, Stored, sha256};
pub use step::{Author, Step};
pub use steps::Recorded;
pub use undo::{Event, Past, Turned};

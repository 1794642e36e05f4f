//! What can stand in the way of a use case.

use std::io;
use std::path::PathBuf;

use crate::store::StoreError;

/// Why the desk could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The corpus is in a language that has no sentence rules.
    #[error("enregard.toml: corpus.source: {0}")]
    Language(String),
    /// Results could not be written.
    #[error("cannot write")]
    Write {
        /// What the system says.
        source: io::Error,
    },
    /// A file of results could not be written.
    #[error("cannot write {}", .path.display())]
    Output {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of results was to be written into the corpus's own folders.
    #[error("{} is among the corpus's own files: results are not written there", .path.display())]
    OwnFolder {
        /// The file.
        path: PathBuf,
    },
}

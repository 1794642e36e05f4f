//! What can stand in the way of a use case.

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
}

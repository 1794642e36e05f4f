//! What can stand in the way of a use case.

use std::io;
use std::path::PathBuf;

use crate::bitext::{CoverError, LawError, NameError, Stem};
use crate::revise::EditError;
use crate::store::StoreError;

use super::input::InputError;

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
    /// A file that comes in cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A format cannot do what was asked of it.
    #[error("{0}")]
    Format(String),
    /// What the corpus says of its checks is not to be understood.
    #[error("{0}")]
    Checks(String),
    /// No tokenizer can be learnt.
    #[cfg(feature = "tokens")]
    #[error(transparent)]
    Training(crate::words::subwords::TrainError),
    /// A memory of others cannot be read.
    #[error("cannot read the memory {}", .path.display())]
    MemoryFile {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        error: super::memory::MemoryFileError,
    },
    /// A tokenizer cannot be used.
    #[error("cannot use the tokenizer {}: {told}", .path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// Why.
        told: String,
    },
    /// An edit was refused.
    #[error("{article}: {error}")]
    Edit {
        /// The article that the unit is in.
        article: String,
        /// Why.
        error: EditError,
    },
    /// The units broke a law before the edit.
    #[error(transparent)]
    Law(LawError),
    /// The units that were made do not cover the text: a fault of the program.
    #[error("the units that were made do not cover the text")]
    Cover(#[source] CoverError),
    /// The article has changed since its units were made.
    #[error("the text of {0} has changed since it was split into sentences")]
    Outdated(Stem),
    /// What stands after `@` is no edition's name.
    #[error(transparent)]
    Name(NameError),
    /// No unit is called so.
    #[error("no unit `{name}` {}", match .article { Some(article) => format!("in {article}"), None => "in the corpus".into() })]
    NoUnit {
        /// The name that was given.
        name: String,
        /// The article that it was looked up in; none: everywhere.
        article: Option<String>,
    },
    /// Several units are called so.
    #[error("`{name}` may be {}", .candidates.join(", "))]
    ManyUnits {
        /// The name that was given.
        name: String,
        /// What would name one of them.
        candidates: Vec<String>,
    },
    /// An edit within one article was asked for units of two.
    #[error("the units are of two articles: {first} and {second}")]
    TwoArticles {
        /// The first unit's article.
        first: String,
        /// Another's.
        second: String,
    },
}

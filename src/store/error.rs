//! What can go wrong in the store: each with the file and the cause.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::bitext::{CoverError, Edition, NameError, SegmentationError, Stem, UnitId};

use super::file::FileError;
use super::journal::Unread;

/// What can go wrong between a corpus folder and its values.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Neither this folder nor one above it is a corpus.
    #[error("no corpus in {} or above it: found neither `enregard.toml` nor `seeds/`", .from.display())]
    NoCorpus {
        /// Where the search began.
        from: PathBuf,
    },
    /// This folder is no corpus.
    #[error("{} is no corpus: found neither `enregard.toml` nor `seeds/` in it", .root.display())]
    NotACorpus {
        /// The folder.
        root: PathBuf,
    },
    /// No article's name is or begins with this.
    #[error("no article is named `{name}` or begins so")]
    Unknown {
        /// What was asked for.
        name: String,
        /// How many articles there are.
        articles: usize,
    },
    /// Several articles' names begin with this.
    #[error("`{name}` begins the names of {} articles: {}", .candidates.len(), named(.candidates))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// The articles.
        candidates: Vec<Stem>,
    },
    /// A name that no article or edition can have.
    #[error(transparent)]
    Name(#[from] NameError),
    /// An article of this name is there already.
    #[error("there is an article `{0}` already")]
    Exists(Stem),
    /// The disk refused.
    #[error("cannot {doing} {}: {cause}", .path.display())]
    Io {
        /// What was tried: `read`, `write` …
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says. Part of the message, so that no caller leaves it out.
        cause: io::Error,
    },
    /// Something that is not the file it should be.
    #[error("{} is {what}, expected a file", .path.display())]
    NotAFile {
        /// Where.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// A link that leads out of the corpus.
    #[error("{} is a link to {}, outside the corpus: it is not followed", .path.display(), .target.display())]
    Outside {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// A seed that has nothing but white space.
    #[error("{} is empty, expected a text", .0.display())]
    EmptySeed(PathBuf),
    /// A seed with a NUL: not a text, or in UTF-16.
    #[error("{}: found a NUL at byte {at}, expected text in UTF-8", .path.display())]
    Nul {
        /// The seed.
        path: PathBuf,
        /// Where, from 0.
        at: usize,
    },
    /// A seed that is not UTF-8.
    #[error("{}: found the byte 0x{byte:02X} at byte {at} (line {line}), expected text in UTF-8", .path.display())]
    NotUtf8 {
        /// The seed.
        path: PathBuf,
        /// Where, from 0.
        at: usize,
        /// The line, from 1.
        line: usize,
        /// What stands there.
        byte: u8,
    },
    /// An alignment file with a fault.
    #[error(transparent)]
    File(#[from] FileError),
    /// The configuration has a fault.
    #[error("{}:{line}:{column}: {told}", .path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The character, from 1.
        column: usize,
        /// What is wrong.
        told: String,
    },
    /// Somebody else writes, and did not end in time.
    #[error(
        "{what} is in use by {}: waited {} s",
        .holder.as_deref().unwrap_or("another program"),
        .waited.as_secs_f32().round()
    )]
    Busy {
        /// What is locked.
        what: String,
        /// How long was waited.
        waited: Duration,
        /// The holder's pid and command, if it said so.
        holder: Option<String>,
    },
    /// The new units are not every sentence of the article exactly once.
    #[error("the new units of {stem} do not cover it: {cause}")]
    Cover {
        /// The article.
        stem: Stem,
        /// Where they part.
        cause: CoverError,
    },
    /// A new article's sentences are not its text.
    #[error("the sentences of {stem} are not its text: {cause}")]
    Sentences {
        /// The article.
        stem: Stem,
        /// Where they part.
        cause: SegmentationError,
    },
    /// The new file would hold far fewer translations than the one that is there.
    #[error("{} holds {before} translations and would hold {after}", .path.display())]
    Shrink {
        /// The file.
        path: PathBuf,
        /// Translations now.
        before: usize,
        /// Translations then.
        after: usize,
    },
    /// Somebody changed the file while a command worked on it.
    #[error("{} was changed by another program in the meantime", .0.display())]
    Meanwhile(PathBuf),
    /// A unit is not as the step left it.
    #[error("unit {id} of {name} was changed since by other means: found {found}, expected {expected}")]
    Changed {
        /// The article, or its edition.
        name: String,
        /// The unit.
        id: UnitId,
        /// Its text now.
        found: String,
        /// Its text as the step left it.
        expected: String,
    },
    /// The header, the seed or the whole file is not as the step left it.
    #[error("{what} of {name} was changed since by other means")]
    ChangedOtherwise {
        /// The article, or its edition.
        name: String,
        /// What was changed.
        what: &'static str,
    },
    /// A journal has a line that cannot be read, and what it says is needed.
    #[error(transparent)]
    Journal(#[from] Unread),
    /// What was to be written does not read back as it was meant.
    #[error("the new content of {} would not read back as it was meant: {told}", .path.display())]
    ReadBack {
        /// The file.
        path: PathBuf,
        /// What differs.
        told: String,
    },
}

impl StoreError {
    /// For `map_err`: what was tried, and where.
    pub(crate) fn io(doing: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> StoreError {
        let path = path.into();
        move |cause| StoreError::Io { doing, path, cause }
    }
}

/// An article, or one of its editions, as messages name it: `roy`, `roy@published`.
pub(crate) fn called(stem: &Stem, edition: Option<&Edition>) -> String {
    match edition {
        None => stem.to_string(),
        Some(edition) => format!("{stem}@{edition}"),
    }
}

fn named(candidates: &[Stem]) -> String {
    let mut text = candidates.iter().take(8).map(Stem::as_str).collect::<Vec<_>>().join(", ");
    if candidates.len() > 8 {
        text.push_str(", …");
    }
    text
}

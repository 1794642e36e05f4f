//! An article under its lock, and what a change is to make of its files.

use std::borrow::Cow;

use crate::bitext::{Alignment, Edition, Stem};

use super::error::called;
use super::journal::{self, Line};
use super::lock::Lock;
use super::{Corpus, StoreError, Stored};

/// An article, or one of its editions, that nobody else can change until this is dropped.
pub struct Held {
    pub(super) stem: Stem,
    pub(super) edition: Option<Edition>,
    pub(super) stored: Stored,
    /// Whether there is no seed; then the article is an empty one.
    pub(super) absent: bool,
    pub(super) file_sha256: Option<String>,
    pub(super) lock: Lock,
}

impl Held {
    /// What was read under the lock, and what was written since.
    pub fn stored(&self) -> &Stored {
        &self.stored
    }

    /// The article's name.
    pub fn stem(&self) -> &Stem {
        &self.stem
    }

    /// The edition, if it is one.
    pub fn edition(&self) -> Option<&Edition> {
        self.edition.as_ref()
    }

    /// SHA-256 of the alignment file's bytes; none where there is no file yet.
    pub fn file_sha256(&self) -> Option<&str> {
        self.file_sha256.as_deref()
    }

    /// SHA-256 of the seed; none where there is none.
    pub(super) fn seed_sha256(&self) -> Option<String> {
        (!self.absent).then(|| self.stored.article.sha256.clone())
    }

    /// The journal with the units of one step, read through the lock: elsewhere than on Unix nobody else can read it meanwhile.
    pub(super) fn journal(&mut self, corpus: &Corpus, step: &str) -> Result<Vec<Line>, StoreError> {
        let shown = corpus.shown(&self.lock.handle.path);
        let read = corpus.fs.tail(&mut self.lock.handle, u64::MAX);
        let (_, bytes) = read.map_err(StoreError::io("read", &shown))?;
        Ok(journal::parse(&bytes, &shown, |own, _| own == step))
    }

    /// The article's name, with the edition.
    pub(super) fn name(&self) -> String {
        called(&self.stem, self.edition.as_ref())
    }
}

/// What an article's files should hold.
pub(super) struct Target<'a> {
    /// The alignment; none: no file.
    pub alignment: Option<Cow<'a, Alignment>>,
    /// The seed, where it is another: its text, or none for no file.
    pub seed: Option<Option<&'a str>>,
    /// The English text as it was received, where the alignment's header names another than before.
    pub received: Option<&'a [u8]>,
}

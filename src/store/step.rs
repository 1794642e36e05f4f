//! The one door for every change: a step is what one command does, and what one `undo` takes back.

use std::path::{Path, PathBuf};

use crate::bitext::{Alignment, Edition, Stem};

use super::error::called;
use super::file::{parse, write};
use super::lock::Lock;
use super::read::sha256;
use super::{Corpus, StoreError, Stored};

/// Who changes something, when, and by which command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The person's name, where it is known: see [`person`](super::person).
    pub by: Option<String>,
    /// The time in RFC 3339: see [`now`](super::now).
    pub at: String,
    /// The command, as it is shown by `history`: `set k7q2m9xd0v --en …`.
    pub command: String,
}

/// What one command changes, as one step of `undo`.
pub struct Step<'c> {
    corpus: &'c Corpus,
    author: Author,
    shrink: bool,
}

/// An article, or one of its editions, that nobody else can change until this is dropped.
pub struct Held {
    stem: Stem,
    edition: Option<Edition>,
    stored: Stored,
    file_sha256: Option<String>,
    _lock: Lock,
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
}

impl Corpus {
    /// Begins a step. Nothing is written or locked yet.
    pub fn begin(&self, author: Author) -> Step<'_> {
        Step { corpus: self, author, shrink: false }
    }

    /// Puts `bytes` in the place of what `path` holds: whole, or not at all.
    pub(crate) fn replace(&self, path: &Path, temporary: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let fs = &self.fs;
        let told = |doing| StoreError::io(doing, self.shown(path));
        let written = fs.create_new(temporary, path).and_then(|mut file| {
            fs.write_all(&mut file, bytes)?;
            fs.sync_file(&file)
        });
        if let Err(error) = written {
            let _ = fs.remove(temporary);
            return Err(told("write")(error));
        }
        if let Err(error) = fs.rename(temporary, path) {
            let _ = fs.remove(temporary);
            return Err(told("write")(error));
        }
        let folder = path.parent().unwrap_or(self.root()).to_owned();
        fs.sync_folder(&folder).map_err(told("flush to the disk"))
    }
}

impl Step<'_> {
    /// Lets this step take many translations away at once, as the person has asked for in so many words.
    pub fn may_shrink(mut self) -> Self {
        self.shrink = true;
        self
    }

    /// Locks an article, or one of its editions, and reads it. Several at once: in sorted order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] where somebody else holds it for too long; those of [`Corpus::read`].
    pub fn lock(&mut self, stem: &Stem, edition: Option<&Edition>) -> Result<Held, StoreError> {
        let corpus = self.corpus;
        let journal = corpus.journal();
        corpus.within(&corpus.alignments())?;
        corpus.within(&journal)?;
        corpus.fs.make_folder(&journal).map_err(StoreError::io("make the folder", corpus.shown(&journal)))?;
        let name = called(stem, edition);
        let path = journal.join(format!("{name}.jsonl"));
        let lock = Lock::take(&corpus.fs, path, &name, &self.author.command, corpus.wait())?;
        let (stored, bytes) = corpus.read_with_bytes(stem, edition)?;
        // Whoever left a temporary file was killed: the lock is ours.
        let temporary = self.temporary(stem, edition);
        if corpus.fs.node(&temporary).ok().flatten().is_some() {
            corpus.fs.remove(&temporary).map_err(StoreError::io("remove", corpus.shown(&temporary)))?;
        }
        let file_sha256 = bytes.as_deref().map(sha256);
        Ok(Held { stem: stem.clone(), edition: edition.cloned(), stored, file_sha256, _lock: lock })
    }

    /// Writes an alignment: the new file whole beside the old, flushed to the disk, and renamed.
    ///
    /// Nothing is written where it equals what is there.
    ///
    /// # Errors
    ///
    /// [`StoreError::Cover`] where the units are not the article's, [`StoreError::Shrink`] where many
    /// translations would go, [`StoreError::Io`] where the disk refuses: then the old file is as it was.
    pub fn write(&mut self, held: &mut Held, new: &Alignment) -> Result<(), StoreError> {
        if held.stored.alignment.as_ref() == Some(new) {
            return Ok(());
        }
        let corpus = self.corpus;
        let path = corpus.alignment_path(&held.stem, held.edition.as_ref());
        let shown = corpus.shown(&path);
        let changed = new.header().sha256 != held.stored.article.sha256;
        if !changed {
            new.spans(&held.stored.article.text)
                .map_err(|source| StoreError::Cover { stem: held.stem.clone(), source })?;
        }
        let count =
            |alignment: &Alignment| alignment.units().iter().filter(|unit| unit.has_english()).count();
        if let Some(old) = &held.stored.alignment
            && !self.shrink
        {
            let (before, after) = (count(old), count(new));
            let fewer = before.saturating_sub(after);
            let emptied = new.units().is_empty() && !old.units().is_empty();
            if emptied || (fewer >= 10 && fewer * 5 >= before) {
                return Err(StoreError::Shrink { path: shown, before, after });
            }
        }
        let text = write(new);
        let reread = parse(text.as_bytes(), &shown).and_then(|parsed| {
            parsed.into_alignment((!changed).then_some(&held.stored.article.text), &shown)
        });
        match reread {
            Ok(reread) if reread == *new => {}
            Ok(_) => {
                return Err(StoreError::ReadBack {
                    path: shown,
                    told: "the units are not the same".to_owned(),
                });
            }
            Err(error) => return Err(StoreError::ReadBack { path: shown, told: error.to_string() }),
        }
        self.corpus.replace(&path, &self.temporary(&held.stem, held.edition.as_ref()), text.as_bytes())?;
        held.file_sha256 = Some(sha256(text.as_bytes()));
        held.stored.alignment = Some(new.clone());
        held.stored.changed = changed;
        Ok(())
    }

    /// Writes the alignment that is there in its canonical form; false where it is so already.
    ///
    /// The units stay as they are, so this is nothing that `undo` could take back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] where the disk refuses.
    pub fn straighten(&mut self, held: &mut Held) -> Result<bool, StoreError> {
        let Some(alignment) = &held.stored.alignment else { return Ok(false) };
        let text = write(alignment);
        let sha256 = sha256(text.as_bytes());
        if held.file_sha256.as_deref() == Some(&sha256) {
            return Ok(false);
        }
        let path = self.corpus.alignment_path(&held.stem, held.edition.as_ref());
        let temporary = self.temporary(&held.stem, held.edition.as_ref());
        self.corpus.replace(&path, &temporary, text.as_bytes())?;
        held.file_sha256 = Some(sha256);
        Ok(true)
    }

    /// Ends the step.
    ///
    /// # Errors
    ///
    /// Where the end cannot be recorded.
    pub fn finish(self) -> Result<(), StoreError> {
        Ok(())
    }

    fn temporary(&self, stem: &Stem, edition: Option<&Edition>) -> PathBuf {
        self.corpus.alignments().join(format!(".{}.jsonl.tmp", called(stem, edition)))
    }
}

//! English texts as they were received, before alignment: `alignments/texts/`, one for each alignment file.
//!
//! The header's `english_sha256` says which text a file was aligned with; so the journal need not say it again, and
//! `undo` finds the former text by its hash among those that the journal keeps.

use std::path::PathBuf;

use crate::bitext::{Edition, Header, Stem};

use super::error::called;
use super::read::sha256;
use super::{Corpus, StoreError};

/// The hash of the English text that an alignment was made from, where it was made from one.
pub(crate) fn received_sha256(header: &Header) -> Option<&str> {
    header.about.iter().find(|(key, _)| key == "english_sha256").map(|(_, hash)| hash.as_str())
}

impl Corpus {
    /// The English text of an article, or of an edition, byte for byte as it was received; none where there is none.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn received(&self, stem: &Stem, edition: Option<&Edition>) -> Result<Option<Vec<u8>>, StoreError> {
        self.bytes(&self.text_path(stem, edition))
    }

    /// Where the received texts are.
    pub fn texts(&self) -> PathBuf {
        self.alignments().join("texts")
    }

    /// Where the received text of an article is, or that of an edition.
    pub fn text_path(&self, stem: &Stem, edition: Option<&Edition>) -> PathBuf {
        self.texts().join(called(stem, edition) + ".txt")
    }

    pub(super) fn text_temporary(&self, stem: &Stem, edition: Option<&Edition>) -> PathBuf {
        self.texts().join(format!(".{}.txt.tmp", called(stem, edition)))
    }

    /// Keeps the text that is there and the one that comes, and writes the latter beside.
    pub(super) fn prepare_text(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
        new: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let folder = self.texts();
        self.within(&folder)?;
        if let Some(old) = self.received(stem, edition)? {
            let hash = sha256(&old);
            self.keep_bytes(self.kept_text_path(&hash), &old, &hash)?;
        }
        let Some(new) = new else { return Ok(()) };
        let hash = sha256(new);
        self.keep_bytes(self.kept_text_path(&hash), new, &hash)?;
        self.fs.make_folder(&folder).map_err(StoreError::io("make the folder", self.shown(&folder)))?;
        let above = self.alignments();
        self.fs.sync_folder(&above).map_err(StoreError::io("flush to the disk", self.shown(&above)))?;
        self.write_beside(&self.text_path(stem, edition), &self.text_temporary(stem, edition), new)
    }

    /// Puts the text that was written beside in its place; or takes away what is there.
    pub(super) fn place_text(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
        there: bool,
    ) -> Result<(), StoreError> {
        let path = self.text_path(stem, edition);
        if there {
            return self.put_in_place(&self.text_temporary(stem, edition), &path);
        }
        // A person may have taken it away already.
        match self.fs.node(&path).map_err(StoreError::io("read", self.shown(&path)))? {
            Some(_) => self.take_away(&path),
            None => Ok(()),
        }
    }

    /// Writes the text where there is none any more; nothing that `undo` could take back.
    pub(super) fn bring_back_text(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
        text: &[u8],
    ) -> Result<(), StoreError> {
        if self.received(stem, edition)?.is_some() {
            return Ok(());
        }
        self.prepare_text(stem, edition, Some(text))?;
        self.place_text(stem, edition, true)
    }

    /// A text that was there before.
    pub(super) fn kept_text(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        let path = self.kept_text_path(hash);
        let bytes = self.fs.read(&path).map_err(StoreError::io("read", self.shown(&path)))?;
        if sha256(&bytes) == hash { Ok(bytes) } else { Err(StoreError::Meanwhile(self.shown(&path))) }
    }

    fn kept_text_path(&self, hash: &str) -> PathBuf {
        self.journal().join("texts").join(format!("{hash}.txt"))
    }
}

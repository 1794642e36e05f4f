//! Files put in place: whole beside the old one, flushed, renamed, the folder flushed.

use std::io;
use std::path::{Path, PathBuf};

use crate::bitext::{Edition, Stem};

use super::error::called;
use super::flow::Flow;
use super::fs::{Handle, Node};
use super::read::sha256;
use super::{Corpus, StoreError};

impl Corpus {
    /// Puts `bytes` in the place of what `path` holds: whole, or not at all.
    pub(crate) fn replace(&self, path: &Path, temporary: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let done =
            self.write_beside(path, temporary, bytes).and_then(|()| self.put_in_place(temporary, path));
        if done.is_err() {
            let _ = self.fs.remove(temporary);
        }
        done
    }

    /// Writes `bytes` into a temporary file beside `path`, and flushes them.
    pub(crate) fn write_beside(&self, path: &Path, temporary: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let (mut file, shown) = self.create_beside(path, temporary)?;
        let written = self.fs.write_all(&mut file, bytes).and_then(|()| self.fs.sync_file(&file));
        written.map_err(StoreError::io("write", shown))
    }

    /// Writes what `write` gives, piece by piece, into a temporary file beside `path`, and flushes it; its SHA-256.
    pub(crate) fn flow_beside(
        &self,
        path: &Path,
        temporary: &Path,
        write: impl FnOnce(&mut Flow<'_>) -> Result<(), StoreError>,
    ) -> Result<String, StoreError> {
        let (mut file, shown) = self.create_beside(path, temporary)?;
        let mut flow = Flow::to(&*self.fs, &mut file, shown);
        write(&mut flow)?;
        flow.end()
    }

    /// Makes the temporary file, and says how messages name the file that it is for.
    fn create_beside(&self, path: &Path, temporary: &Path) -> Result<(Handle, PathBuf), StoreError> {
        self.writable(path)?;
        let fs = &self.fs;
        let made = match fs.create_new(temporary, path) {
            // Left by a command that was killed: its lock is ours.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs.remove(temporary).and_then(|()| fs.create_new(temporary, path))
            }
            made => made,
        };
        let shown = self.shown(path);
        Ok((made.map_err(StoreError::io("write", &shown))?, shown))
    }

    /// Renames the temporary file, and flushes the folder.
    pub(crate) fn put_in_place(&self, temporary: &Path, path: &Path) -> Result<(), StoreError> {
        self.fs.rename(temporary, path).map_err(StoreError::io("write", self.shown(path)))?;
        self.flush_folder_of(path)
    }

    /// Removes a file, and flushes the folder.
    pub(crate) fn take_away(&self, path: &Path) -> Result<(), StoreError> {
        self.fs.remove(path).map_err(StoreError::io("remove", self.shown(path)))?;
        self.flush_folder_of(path)
    }

    fn flush_folder_of(&self, path: &Path) -> Result<(), StoreError> {
        let folder = path.parent().unwrap_or(self.root());
        self.fs.sync_folder(folder).map_err(StoreError::io("flush to the disk", self.shown(path)))
    }

    /// A rename asks only the folder; a person who made the file read-only meant the file.
    fn writable(&self, path: &Path) -> Result<(), StoreError> {
        match self.fs.node(path).map_err(StoreError::io("write", self.shown(path)))? {
            Some(Node::Link) => Err(StoreError::NotAFile { path: self.shown(path), what: "a link" }),
            Some(Node::File) if self.fs.read_only(path) => Err(StoreError::Io {
                doing: "write",
                path: self.shown(path),
                cause: io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"),
            }),
            _ => Ok(()),
        }
    }

    /// Keeps a seed's bytes under their hash, so that every `undo` and `redo` finds them.
    pub(crate) fn keep_seed(&self, text: &str, hash: &str) -> Result<(), StoreError> {
        self.keep_bytes(self.kept_seed_path(hash), text.as_bytes(), hash)
    }

    /// Keeps bytes in a file of the journal's folder that is named by their hash.
    pub(crate) fn keep_bytes(&self, path: PathBuf, bytes: &[u8], hash: &str) -> Result<(), StoreError> {
        let folder = path.parent().unwrap_or(self.root());
        if !self.fs.read(&path).is_ok_and(|bytes| sha256(&bytes) == hash) {
            self.fs.make_folder(folder).map_err(StoreError::io("make the folder", self.shown(folder)))?;
            // Two articles may have one text: the name of the temporary file is this process's own.
            let temporary = folder.join(format!(".{hash}.tmp-{}", std::process::id()));
            let _ = self.fs.remove(&temporary);
            self.replace(&path, &temporary, bytes)?;
        }
        // Also where it was there: whoever put it there may have been killed before this.
        self.flush_folders(folder)
    }

    /// Flushes a folder and those above it, up to the corpus folder: the names in them are on the disk.
    pub(crate) fn flush_folders(&self, folder: &Path) -> Result<(), StoreError> {
        for folder in folder.ancestors().take_while(|folder| folder.starts_with(self.root())) {
            self.fs.sync_folder(folder).map_err(StoreError::io("flush to the disk", self.shown(folder)))?;
        }
        Ok(())
    }

    /// A seed's former bytes.
    pub(crate) fn kept_seed(&self, hash: &str) -> Result<String, StoreError> {
        let path = self.kept_seed_path(hash);
        let bytes = self.fs.read(&path).map_err(StoreError::io("read", self.shown(&path)))?;
        if sha256(&bytes) != hash {
            return Err(StoreError::Meanwhile(self.shown(&path)));
        }
        String::from_utf8(bytes).map_err(|_| StoreError::Meanwhile(self.shown(&path)))
    }

    fn kept_seed_path(&self, hash: &str) -> PathBuf {
        self.journal().join("seeds").join(format!("{hash}.txt"))
    }

    /// Makes the folder of the journals; git passes it over, whatever the corpus's own `.gitignore` says.
    pub(crate) fn make_journal(&self) -> Result<(), StoreError> {
        let folder = self.journal();
        if matches!(self.fs.node(&folder), Ok(Some(Node::Folder))) {
            return Ok(());
        }
        self.fs.make_folder(&folder).map_err(StoreError::io("make the folder", self.shown(&folder)))?;
        // Only a convenience: where it cannot be written, nothing is lost.
        if let Ok(mut file) = self.fs.create_new(&folder.join(".gitignore"), &folder.join(".gitignore")) {
            let _ = self.fs.write_all(&mut file, b"*\n");
        }
        Ok(())
    }

    /// Where an article's journal is, or that of an edition.
    pub(crate) fn journal_path(&self, stem: &Stem, edition: Option<&Edition>) -> PathBuf {
        self.journal().join(called(stem, edition) + ".jsonl")
    }

    /// Only who holds the lock makes it, so one name is enough, and what is left of it is stale.
    pub(crate) fn temporary(&self, stem: &Stem, edition: Option<&Edition>) -> PathBuf {
        self.alignments().join(format!(".{}.jsonl.tmp", called(stem, edition)))
    }

    pub(crate) fn seed_temporary(&self, stem: &Stem, edition: Option<&Edition>) -> PathBuf {
        self.seeds().join(format!(".{}.txt.tmp", called(stem, edition)))
    }
}

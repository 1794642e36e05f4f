//! What a person typed that is in no alignment yet: files beside the journal, local like it.
//!
//! They are no part of the corpus: they hold unfinished lines, an editor's buffer while it is open,
//! and what of a buffer could not be read. Nothing here is ever written over but by its own successor.

use std::io;
use std::path::{Path, PathBuf};

use super::fs::Handle;
use super::{Corpus, StoreError};

/// A buffer for an editor that no other process has open: the text as it was written, and as it is now.
pub struct KeptBuffer {
    /// The file that the editor opens.
    pub path: PathBuf,
    /// The text as it was written for the editor.
    pub written: String,
    /// Whether it was there before: an earlier session left it.
    pub earlier: bool,
    base: PathBuf,
    _lock: Handle,
}

impl Corpus {
    fn kept(&self) -> PathBuf {
        self.journal().join("kept")
    }

    /// What is kept under `name`, if anything.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub fn read_kept(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.kept().join(name);
        match self.fs.read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io("read", self.shown(&path))(error)),
        }
    }

    /// Keeps `text` under `name`, in place of what was there; an empty text takes it away.
    ///
    /// # Errors
    ///
    /// Where it cannot be written: then the former text is still there.
    pub fn keep(&self, name: &str, text: &str) -> Result<PathBuf, StoreError> {
        let path = self.kept().join(name);
        let told = |error| StoreError::io("write", self.shown(&path))(error);
        if text.is_empty() {
            return match self.fs.remove(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(told(error)),
                _ => Ok(path),
            };
        }
        self.fs.make_folder(&self.kept()).map_err(told)?;
        self.write_whole(&path, text).map_err(told)?;
        self.flush_folders(&self.kept())?;
        Ok(path)
    }

    /// Keeps `text` as a file of its own: `name-1.txt`, or the first number that is free.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub fn keep_aside(&self, name: &str, text: &str) -> Result<PathBuf, StoreError> {
        let folder = self.kept();
        self.fs.make_folder(&folder).map_err(StoreError::io("make the folder", self.shown(&folder)))?;
        for number in 1.. {
            let path = folder.join(format!("{name}-{number}.txt"));
            match self.write_new(&path, text) {
                Ok(()) => {
                    self.flush_folders(&folder)?;
                    return Ok(path);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    let _ = self.fs.remove(&path);
                    return Err(StoreError::io("write", self.shown(&path))(error));
                }
            }
        }
        unreachable!("some number is free")
    }

    /// Opens a buffer for an editor: one that an earlier session left, else a new one with `text`.
    ///
    /// One that another process has open is passed over.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or written.
    pub fn open_buffer(&self, name: &str, text: &str) -> Result<KeptBuffer, StoreError> {
        let folder = self.kept();
        self.fs.make_folder(&folder).map_err(StoreError::io("make the folder", self.shown(&folder)))?;
        let mut number = 0;
        loop {
            number += 1;
            let path = folder.join(format!("{name}.buffer-{number}.txt"));
            let base = folder.join(format!("{name}.buffer-{number}.written"));
            let told = |error| StoreError::io("write", self.shown(&base))(error);
            let mut lock = self.fs.open_append(&base).map_err(told)?;
            if !self.fs.try_lock(&lock).map_err(told)? {
                continue;
            }
            let (_, earlier) = self.fs.tail(&mut lock, u64::MAX).map_err(told)?;
            let edited = self.fs.node(&path).map_err(told)?.is_some();
            if edited {
                // What cannot be held against the text as it was written stays for a person to look at.
                let Ok(written) = String::from_utf8(earlier) else { continue };
                return Ok(KeptBuffer { path, written, earlier: true, base, _lock: lock });
            }
            self.fs.truncate(&mut lock, 0).map_err(told)?;
            self.fs.write_all(&mut lock, text.as_bytes()).map_err(told)?;
            self.fs.sync_file(&lock).map_err(told)?;
            // The name of the former first: a buffer without it could not be held against anything.
            self.flush_folders(&folder)?;
            // Whole or absent: a half of it would read as if the person had taken the rest out.
            self.write_whole(&path, text).map_err(StoreError::io("write", self.shown(&path)))?;
            self.flush_folders(&folder)?;
            return Ok(KeptBuffer { path, written: text.to_owned(), earlier: false, base, _lock: lock });
        }
    }

    /// The buffer as the editor left it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or is no longer UTF-8.
    pub fn read_buffer(&self, buffer: &KeptBuffer) -> Result<String, StoreError> {
        let bytes = self.fs.read(&buffer.path).map_err(StoreError::io("read", self.shown(&buffer.path)))?;
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let before = &error.as_bytes()[..at];
            StoreError::NotUtf8 {
                path: self.shown(&buffer.path),
                at,
                line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
                byte: error.as_bytes()[at],
            }
        })
    }

    /// Takes a buffer away that has been read.
    ///
    /// # Errors
    ///
    /// Where it cannot be removed.
    pub fn forget_buffer(&self, buffer: &KeptBuffer) -> Result<(), StoreError> {
        for path in [&buffer.path, &buffer.base] {
            match self.fs.remove(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io("remove", self.shown(path))(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes a file beside `path`, flushes it, and renames it.
    fn write_whole(&self, path: &Path, text: &str) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.tmp-{}", std::process::id()));
        // What a killed process of this number has left.
        let _ = self.fs.remove(&beside);
        let written = self.write_new(&beside, text).and_then(|()| self.fs.rename(&beside, path));
        if written.is_err() {
            let _ = self.fs.remove(&beside);
        }
        written
    }

    fn write_new(&self, path: &Path, text: &str) -> io::Result<()> {
        let mut file = self.fs.create_new(path, path)?;
        self.fs.write_all(&mut file, text.as_bytes())?;
        self.fs.sync_file(&file)
    }
}

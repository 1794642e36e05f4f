//! One writer at a time: a lock on an article's journal file, and who holds it.

use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use crate::bitext::{Edition, Stem};

use super::corpus::stem_and_edition;
use super::error::called;
use super::fs::{Fs, Handle, Node};
use super::{Corpus, StoreError};

/// A lock that is held until it is dropped.
pub(crate) struct Lock {
    /// The locked file, open for appending.
    pub handle: Handle,
    holder: PathBuf,
    fs: Arc<dyn Fs>,
}

impl Corpus {
    /// Locks an article, or one of its editions, for `command`.
    pub(crate) fn lock(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
        command: &str,
    ) -> Result<Lock, StoreError> {
        self.take_lock(self.journal_path(stem, edition), &called(stem, edition), command)
    }

    /// Locks the file `path` (made if absent), waiting for a while; `what` is for the message.
    pub(crate) fn take_lock(&self, path: PathBuf, what: &str, command: &str) -> Result<Lock, StoreError> {
        let fs = &self.fs;
        let holder = path.with_extension("holder");
        let handle = fs.open_append(&path).map_err(StoreError::io("open", self.shown(&path)))?;
        let start = Instant::now();
        let mut pause = Duration::from_micros(500);
        while !fs.try_lock(&handle).map_err(StoreError::io("lock", self.shown(&path)))? {
            if start.elapsed() >= self.wait() {
                let told = fs.read(&holder).ok().map(|told| String::from_utf8_lossy(&told).trim().to_owned());
                let holder = told.filter(|told| !told.is_empty());
                return Err(StoreError::Busy { what: what.to_owned(), waited: start.elapsed(), holder });
            }
            thread::sleep(pause.min(self.wait().saturating_sub(start.elapsed())));
            pause = (pause * 2).min(Duration::from_millis(10));
        }
        // Only for the message of another process: where it cannot be written, nothing is lost.
        let _ = fs.remove(&holder);
        if let Ok(mut file) = fs.create_new(&holder, &path) {
            let told = format!("process {} ({command})\n", std::process::id());
            let _ = fs.write_all(&mut file, told.as_bytes());
        }
        Ok(Lock { handle, holder, fs: Arc::clone(fs) })
    }

    /// Removes the temporary files of commands that were killed: those whose article nobody holds.
    pub(crate) fn sweep(&self) -> Result<(), StoreError> {
        let folders =
            [(self.alignments(), ".jsonl.tmp"), (self.seeds(), ".txt.tmp"), (self.texts(), ".txt.tmp")];
        for (folder, ending) in folders {
            // A folder that is not there, or cannot be listed, is told of where it is needed.
            for (name, node) in self.fs.list(&folder).unwrap_or_default() {
                let stale = name.to_str().and_then(|name| name.strip_prefix('.')?.strip_suffix(ending));
                let Some((stem, edition)) = stale.and_then(stem_and_edition) else { continue };
                let journal = self.journal_path(&stem, edition.as_ref());
                if node != Node::File {
                    continue;
                }
                // Whoever works on the article has its journal open; where there is none, nobody does.
                // The lock is held while the file is removed: whoever comes next makes one of his own.
                let _lock = match self.fs.node(&journal) {
                    Ok(None) => None,
                    _ => {
                        match self.fs.open_append(&journal).and_then(|own| Ok((self.fs.try_lock(&own)?, own)))
                        {
                            Ok((true, own)) => Some(own),
                            _ => continue,
                        }
                    }
                };
                let path = folder.join(&name);
                match self.fs.remove(&path) {
                    // Whoever made it has put it in its place since the folder was listed, and let go.
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    done => done.map_err(StoreError::io("remove", self.shown(&path)))?,
                }
            }
        }
        Ok(())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before the lock goes: afterwards the file may be the next holder's.
        let _ = self.fs.remove(&self.holder);
    }
}

//! One writer at a time: a lock on an article's journal file, and who holds it.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::StoreError;
use super::fs::{Fs, Handle};

/// A lock that is held until it is dropped.
pub(crate) struct Lock {
    /// The locked file, open for appending.
    pub handle: Handle,
    holder: PathBuf,
    fs: Arc<dyn Fs>,
}

impl Lock {
    /// Locks `path` (made if absent), waiting for at most `wait`; `what` and `command` are for the messages.
    pub fn take(
        fs: &Arc<dyn Fs>,
        path: PathBuf,
        what: &str,
        command: &str,
        wait: Duration,
    ) -> Result<Lock, StoreError> {
        let holder = path.with_extension("holder");
        let handle = fs.open_append(&path).map_err(StoreError::io("open", &path))?;
        let start = Instant::now();
        let mut pause = Duration::from_micros(500);
        while !fs.try_lock(&handle).map_err(StoreError::io("lock", &path))? {
            if start.elapsed() >= wait {
                let told = fs.read(&holder).ok().map(|told| String::from_utf8_lossy(&told).trim().to_owned());
                let holder = told.filter(|told| !told.is_empty());
                return Err(StoreError::Busy { what: what.to_owned(), waited: start.elapsed(), holder });
            }
            thread::sleep(pause.min(wait.saturating_sub(start.elapsed())));
            pause = (pause * 2).min(Duration::from_millis(10));
        }
        // Only for the message of another process: where it cannot be written, nothing is lost.
        let _ = fs.remove(&holder);
        if let Ok(mut file) = fs.create_new(&holder, &path) {
            let _ =
                fs.write_all(&mut file, format!("process {} ({command})\n", std::process::id()).as_bytes());
        }
        Ok(Lock { handle, holder, fs: Arc::clone(fs) })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before the lock goes: afterwards the file may be the next holder's.
        let _ = self.fs.remove(&self.holder);
    }
}

//! A memory that is read while the person goes on.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::store::Corpus;

use super::{DeskError, Memory};

/// A memory that is being read in a thread of its own, or was.
#[derive(Debug)]
pub struct Reading {
    coming: Option<Receiver<Result<Memory, DeskError>>>,
    memory: Option<Memory>,
    fault: Option<DeskError>,
}

impl Reading {
    /// Begins to read: see [`Memory::read`].
    ///
    /// # Errors
    ///
    /// Where one of the files is not there, or of no kind that is read. What else is wrong with it comes as [`Reading::fault`].
    pub fn begin(corpus: &Corpus, files: &[PathBuf]) -> Result<Reading, DeskError> {
        files.iter().try_for_each(|path| super::file::check(path))?;
        let (sender, receiver) = channel();
        let (corpus, files) = (corpus.clone(), files.to_vec());
        let begun = std::thread::Builder::new().name("memory".to_owned()).spawn(move || {
            // Nobody may wait for it any more.
            let _ = sender.send(Memory::read(&corpus, &files));
        });
        // No thread to be had: there is no memory, and the work goes on.
        Ok(Reading { coming: begun.is_ok().then_some(receiver), memory: None, fault: None })
    }

    /// The memory, if it is read within this time; none: for as long as it takes.
    pub fn within(&mut self, time: Option<Duration>) -> Option<&mut Memory> {
        if let Some(coming) = &self.coming {
            let come = match time {
                Some(time) => coming.recv_timeout(time),
                None => coming.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match come {
                Ok(Ok(memory)) => self.memory = Some(memory),
                Ok(Err(error)) => self.fault = Some(error),
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => {}
            }
            self.coming = None;
        }
        self.memory.as_mut()
    }

    /// Whether it is still being read.
    pub fn is_coming(&self) -> bool {
        self.coming.is_some()
    }

    /// Why there is no memory; told once.
    pub fn fault(&mut self) -> Option<DeskError> {
        self.fault.take()
    }
}

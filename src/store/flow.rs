//! A file that is written piece by piece: however large it gets, only a piece of it is held.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::StoreError;
use super::fs::{Fs, Handle};
use super::read::hexadecimal;

/// So many bytes are gathered before they go to the disk; few in tests, so that small files come in pieces too.
const PIECE_BYTES: usize = if cfg!(test) { 64 } else { 1 << 16 };

/// Text on its way to the end of an open file.
pub(crate) struct Flow<'f> {
    fs: &'f dyn Fs,
    handle: &'f mut Handle,
    /// The file's name for messages.
    shown: PathBuf,
    piece: String,
    sha256: Sha256,
}

impl<'f> Flow<'f> {
    /// Begins; `shown` is the file's name for messages.
    pub fn to(fs: &'f dyn Fs, handle: &'f mut Handle, shown: PathBuf) -> Self {
        Flow { fs, handle, shown, piece: String::new(), sha256: Sha256::new() }
    }

    /// What is written next is added here; [`Flow::pass_on`] from time to time.
    pub fn text(&mut self) -> &mut String {
        &mut self.piece
    }

    /// Hands what was gathered to the disk, once it is a piece.
    pub fn pass_on(&mut self) -> Result<(), StoreError> {
        if self.piece.len() < PIECE_BYTES { Ok(()) } else { self.pour() }
    }

    fn pour(&mut self) -> Result<(), StoreError> {
        self.sha256.update(&self.piece);
        let written = self.fs.write_all(self.handle, self.piece.as_bytes());
        self.piece.clear();
        written.map_err(StoreError::io("write", &self.shown))
    }

    /// Hands over the rest, waits until all of it is on the disk, and says its SHA-256.
    pub fn end(mut self) -> Result<String, StoreError> {
        self.pour()?;
        self.fs.sync_file(self.handle).map_err(StoreError::io("write", &self.shown))?;
        Ok(hexadecimal(&self.sha256.finalize()))
    }
}

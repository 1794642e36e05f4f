//! The lines of a file with their numbers, each within a limit.

use std::io::{BufRead, Read};

use super::limits::LINE_BYTES;
use super::{Decoded, FormatError, Place};

/// A file's lines, one at a time.
pub(super) struct NumberedLines<R> {
    input: Decoded<R>,
    /// The line at hand, with its end.
    pub line: Vec<u8>,
    number: u64,
}

impl<R: BufRead> NumberedLines<R> {
    /// Before the first line.
    ///
    /// # Errors
    ///
    /// As `input` has them.
    pub fn new(input: R) -> Result<Self, FormatError> {
        let input = Decoded::new(input).map_err(|source| FormatError::Input { place: None, source })?;
        Ok(NumberedLines { input, line: Vec::new(), number: 0 })
    }

    /// Reads the next line; false after the last.
    ///
    /// # Errors
    ///
    /// As what is read has them; where the line is too long to be one.
    pub fn next(&mut self) -> Result<bool, FormatError> {
        self.line.clear();
        self.number += 1;
        let place = Some(self.place());
        let read = (&mut self.input).take(LINE_BYTES.most + 1).read_until(b'\n', &mut self.line);
        let bytes = read.map_err(|source| FormatError::Input { place, source })?;
        LINE_BYTES.check(bytes as u64, "bytes in one line, or more", place)?;
        Ok(bytes > 0)
    }

    /// The number of the line at hand, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Where the line at hand is.
    pub fn place(&self) -> Place {
        Place::line(self.number)
    }
}

//! The bytes of an XML file as they are read: lines are counted, and what goes on too long is told.

use std::io::{self, BufRead, Read};

use crate::format::limits::XML_TOKEN_BYTES;

/// What is read of a file: a buffer that counts lines, and the bytes since the last token began.
pub(super) struct Watched<'a> {
    input: Box<dyn Read + 'a>,
    buffer: Vec<u8>,
    /// What is read of the buffer, and how far it is filled.
    at: usize,
    end: usize,
    /// Bytes since the last token began.
    pub token: u64,
    /// A token is too long to be read.
    pub past_limit: bool,
    /// Line ends before the buffer.
    lines: u64,
}

const BUFFER_BYTES: usize = 1 << 16;

impl<'a> Watched<'a> {
    pub fn new(input: Box<dyn Read + 'a>) -> Self {
        let buffer = vec![0; BUFFER_BYTES];
        Watched { input, buffer, at: 0, end: 0, token: 0, past_limit: false, lines: 0 }
    }

    /// The line that is read, from 1.
    pub fn line(&self) -> u64 {
        1 + self.lines + memchr::memchr_iter(b'\n', &self.buffer[..self.at]).count() as u64
    }

    #[cold]
    #[inline(never)]
    fn fill(&mut self) -> io::Result<()> {
        if self.token > XML_TOKEN_BYTES.most {
            self.past_limit = true;
            return Err(io::Error::other("a token that is too long"));
        }
        self.lines += memchr::memchr_iter(b'\n', &self.buffer[..self.end]).count() as u64;
        (self.at, self.end) = (0, 0);
        self.end = loop {
            match self.input.read(&mut self.buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        Ok(())
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let read = bytes.len().min(into.len());
        into[..read].copy_from_slice(&bytes[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Watched<'_> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            self.fill()?;
        }
        Ok(&self.buffer[self.at..self.end])
    }

    #[inline]
    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
        self.token += bytes as u64;
    }
}

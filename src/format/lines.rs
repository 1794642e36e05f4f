//! Reads tables line by line: cells, with the place where each line began.
//!
//! What a cell means is not known here. Every line end is accepted (LF, CRLF, CR), and in quotes any is text.

use std::io::BufRead;

use super::Table;

/// A line longer than this is taken for a quote that nobody closed.
const LONGEST_BYTES: usize = 256 << 20;

/// Where a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The reader underneath failed.
    #[error("line {line}: {source}")]
    Input {
        /// The line that was being read, from 1.
        line: u64,
        /// What failed.
        source: std::io::Error,
    },
    /// Something stands where it cannot.
    #[error("line {line}, character {character}: found {found}, expected {expected}")]
    Unexpected {
        /// The line, from 1.
        line: u64,
        /// The character in its line, from 1.
        character: u64,
        /// What stands there.
        found: String,
        /// What could stand there.
        expected: String,
    },
}

/// One line of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    ends: Vec<usize>,
    number: u64,
}

impl Line {
    /// The line's number in its file, from 1; the first, where it has several.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell, if it is there.
    pub fn cell(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        Some(&self.text[start..end])
    }

    /// The cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|index| self.cell(index))
    }
}

/// The lines of a table, in a stream. Blank lines are passed over.
///
/// In a table with quotes, a cell that begins with one ends at the next single one; a quote
/// elsewhere is text.
pub struct Lines<R> {
    input: R,
    table: Table,
    /// Bytes read: those from `start` to `at` are the line at hand, those after it are to come.
    raw: Vec<u8>,
    start: usize,
    at: usize,
    /// The number of the line that starts at `start`.
    number: u64,
    /// A CR ended the last line: an LF after it ends none.
    after_cr: bool,
    /// Whether a cell stood in quotes, and whether one held what only quotes can hold.
    pub(super) quoted: bool,
    pub(super) proof: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `input`, which is UTF-8 (see [`super::Decoded`]).
    pub fn new(input: R, table: Table) -> Self {
        Lines {
            input,
            table,
            raw: Vec::new(),
            start: 0,
            at: 0,
            number: 1,
            after_cr: false,
            quoted: false,
            proof: false,
        }
    }

    /// The same, when lines before the first were taken already: it has this number.
    pub fn from_line(mut self, number: u64) -> Self {
        self.number = number;
        self
    }

    /// The next line that is not blank; false at the end.
    ///
    /// # Errors
    ///
    /// [`ReadError`]: the input failed, text is not UTF-8, or a quote is never closed or is followed by text.
    pub fn read(&mut self, line: &mut Line) -> Result<bool, ReadError> {
        loop {
            if !self.read_any(line)? {
                return Ok(false);
            }
            if line.text.is_empty() && line.len() == 1 && !self.quoted_empty(line) {
                continue;
            }
            return Ok(true);
        }
    }

    /// Whether a line with one empty cell was written as `""`, and is a line all the same.
    fn quoted_empty(&self, line: &Line) -> bool {
        line.len() == 1 && self.table.quotes && self.raw[self.start..self.at].starts_with(b"\"\"")
    }

    fn read_any(&mut self, line: &mut Line) -> Result<bool, ReadError> {
        if self.at == self.raw.len() {
            self.raw.clear();
            self.at = 0;
        }
        line.ends.clear();
        let mut bytes = std::mem::take(&mut line.text).into_bytes();
        bytes.clear();
        if std::mem::take(&mut self.after_cr) && self.peek()? == Some(b'\n') {
            self.at += 1;
        }
        self.start = self.at;
        if self.peek()?.is_none() {
            return Ok(false);
        }
        line.number = self.number;
        loop {
            // At the start of a cell.
            let quoted = self.table.quotes && self.peek()? == Some(b'"');
            let opened = self.at;
            if quoted {
                self.at += 1;
                let from = bytes.len();
                self.in_quotes(opened, &mut bytes)?;
                self.quoted = true;
                self.proof |= memchr::memchr3(self.table.separator, b'\n', b'"', &bytes[from..]).is_some();
            } else {
                self.bare(&mut bytes)?;
            }
            line.ends.push(bytes.len());
            match self.peek()? {
                Some(byte) if byte == self.table.separator => self.at += 1,
                _ => break,
            }
        }
        match self.peek()? {
            None => {}
            Some(b'\n') => self.at += 1,
            Some(b'\r') => {
                self.at += 1;
                self.after_cr = true;
            }
            Some(_) => {
                let found = format!("`{}` after a closing quote", self.glimpse(self.at));
                return Err(self.unexpected(self.at, found, "the end of the cell (or --dialect plain)"));
            }
        }
        line.text = match String::from_utf8(bytes) {
            // A character may be cut by the end of a cell, and be whole again where the cells are put together.
            Ok(text) if line.ends.iter().all(|&end| text.is_char_boundary(end)) => text,
            _ => return Err(self.not_utf8()),
        };
        self.number += line_ends(&self.raw[self.start..self.at]);
        Ok(true)
    }

    /// Takes a cell without quotes, up to its separator or the end of the line.
    fn bare(&mut self, into: &mut Vec<u8>) -> Result<(), ReadError> {
        loop {
            let rest = &self.raw[self.at..];
            match memchr::memchr3(self.table.separator, b'\n', b'\r', rest) {
                Some(bytes) => {
                    into.extend_from_slice(&rest[..bytes]);
                    self.at += bytes;
                    return Ok(());
                }
                None => {
                    into.extend_from_slice(rest);
                    self.at = self.raw.len();
                    if !self.fill()? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Takes a cell in quotes, from after the first to after the last, and makes one quote of two.
    fn in_quotes(&mut self, opened: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        loop {
            let rest = &self.raw[self.at..];
            match memchr::memchr(b'"', rest) {
                Some(bytes) => {
                    into.extend_from_slice(&rest[..bytes]);
                    self.at += bytes + 1;
                    if self.peek()? != Some(b'"') {
                        return Ok(());
                    }
                    into.push(b'"');
                    self.at += 1;
                }
                None => {
                    into.extend_from_slice(rest);
                    self.at = self.raw.len();
                    if self.raw.len() > LONGEST_BYTES || !self.fill()? {
                        let found = format!("`{}`, a quote that is never closed", self.glimpse(opened));
                        return Err(self.unexpected(opened, found, "its end (or --dialect plain)"));
                    }
                }
            }
        }
    }

    /// The next byte, if there is one.
    fn peek(&mut self) -> Result<Option<u8>, ReadError> {
        if self.at == self.raw.len() && !self.fill()? {
            return Ok(None);
        }
        Ok(Some(self.raw[self.at]))
    }

    /// Reads up to the next LF onto the end of `raw`; false at the end of the input.
    fn fill(&mut self) -> Result<bool, ReadError> {
        match self.input.read_until(b'\n', &mut self.raw) {
            Ok(bytes) => Ok(bytes > 0),
            Err(source) => Err(ReadError::Input { line: self.number, source }),
        }
    }

    /// The first characters at `byte`, for a message.
    fn glimpse(&self, byte: usize) -> String {
        let end = self.raw.len().min(byte + 120);
        let text = String::from_utf8_lossy(&self.raw[byte..end]);
        text.chars().take_while(|c| !matches!(c, '\n' | '\r')).take(24).collect()
    }

    fn unexpected(&self, byte: usize, found: String, expected: &str) -> ReadError {
        let before = &self.raw[self.start..byte];
        let start = memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| end + 1);
        ReadError::Unexpected {
            line: self.number + line_ends(before),
            character: String::from_utf8_lossy(&before[start..]).chars().count() as u64 + 1,
            found,
            expected: expected.to_owned(),
        }
    }

    fn not_utf8(&self) -> ReadError {
        let bytes = &self.raw[self.start..self.at];
        let valid = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
        let found = format!("byte 0x{:02X}", bytes.get(valid).copied().unwrap_or_default());
        self.unexpected(
            self.start + valid,
            found,
            "UTF-8 (in a spreadsheet: save as \"CSV UTF-8\" or \"Unicode text\")",
        )
    }
}

/// How many line ends there are: LF, CRLF or CR.
fn line_ends(bytes: &[u8]) -> u64 {
    let mut ends = memchr::memchr_iter(b'\n', bytes).count();
    ends += memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).count();
    ends as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Dialect, csv, tsv};

    fn read(text: &[u8], table: Table) -> Result<Vec<(u64, Vec<String>)>, ReadError> {
        let mut lines = Lines::new(std::io::BufReader::with_capacity(1, text), table);
        let mut line = Line::default();
        let mut all = Vec::new();
        while lines.read(&mut line)? {
            all.push((line.number(), line.cells().map(str::to_owned).collect()));
        }
        Ok(all)
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text.as_bytes(), csv()).unwrap().into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn every_line_end_ends_a_line_and_none_does_in_quotes() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "c,\"d", "e\"", "f,"].join(end);
            let all = read(text.as_bytes(), csv()).unwrap();
            let expected = [(1, vec!["a", "b"]), (3, vec!["c", &format!("d{end}e")]), (5, vec!["f", ""])]
                .map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect::<Vec<_>>()));
            assert_eq!(all, expected, "{end:?}");
        }
    }

    #[test]
    fn quotes_are_undone_where_a_cell_begins_with_one() {
        assert_eq!(cells("\"a\"\"b\",c\"d,\"\"\n"), [["a\"b", "c\"d", ""]]);
        assert_eq!(cells("\"\"\n\n\"\"\n"), [[""], [""]]);
        let plain = read(b"\"a\"b\tc\"\n", tsv(Dialect::Plain)).unwrap();
        assert_eq!(plain, [(1, vec!["\"a\"b".to_owned(), "c\"".to_owned()])]);
    }

    #[test]
    fn a_fault_says_where_it_is_and_what_was_expected() {
        let fault = |text: &[u8]| read(text, tsv(Dialect::Quoted)).unwrap_err().to_string();
        assert_eq!(
            fault("id\tfr\nk\t\"Oui\", dit-il\n".as_bytes()),
            "line 2, character 8: found `, dit-il` after a closing quote, \
             expected the end of the cell (or --dialect plain)"
        );
        assert_eq!(
            fault("id\tfr\nk\té\t\"Oui\nnon\n".as_bytes()),
            "line 2, character 5: found `\"Oui`, a quote that is never closed, \
             expected its end (or --dialect plain)"
        );
        assert_eq!(
            fault(b"id\tfr\nk\tl'\xE9t\xE9\n"),
            "line 2, character 5: found byte 0xE9, \
             expected UTF-8 (in a spreadsheet: save as \"CSV UTF-8\" or \"Unicode text\")"
        );
    }

    #[test]
    fn a_character_cut_by_the_end_of_a_cell_is_no_utf_8_though_its_halves_would_fit() {
        for text in [&b"id\tfr\nk\xC3\t\xA9t\n"[..], b"id\tfr\n\"k\xC3\"\t\"\xA9t\"\n"] {
            let told = read(text, tsv(Dialect::Quoted)).unwrap_err().to_string();
            assert!(told.starts_with("line 2, character") && told.contains("found byte 0xC3"), "{told}");
        }
    }
}

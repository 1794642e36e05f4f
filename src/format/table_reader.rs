//! Reads tables of units: a header that names the columns, then a line for each unit.

use std::io::{BufRead, Cursor, Read};

use super::{Column, Decoded, FormatError, Line, Lines, Place, ReadError, Reader, Received, Table};

/// Where a table of units cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// Its lines cannot be read; nothing after this can.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file has no line at all.
    #[error("line 1: found nothing, expected a header that names the columns, `id` among them")]
    Blank,
    /// The header lacks the columns without which no line can be placed: `id`, or at least `fr`.
    #[error("line {line}: found the columns {found}, expected `id` among them")]
    NoId {
        /// The header's line.
        line: u64,
        /// Its cells.
        found: String,
    },
    /// The first line is too long to be a header.
    #[error("line {line}: found {bytes} bytes, expected a header that names the columns, `id` among them")]
    NoHeader {
        /// The line.
        line: u64,
        /// How long it is.
        bytes: usize,
    },
    /// The header names a column twice.
    #[error("line {line}: found column `{column}` twice, expected it once")]
    Twice {
        /// The header's line.
        line: u64,
        /// The column.
        column: Column,
    },
    /// A line has text where the header names no column.
    #[error("line {line}, cell {cell}: found `{found}`, expected nothing: the header names {named} columns")]
    Extra {
        /// The line.
        line: u64,
        /// The cell, from 1.
        cell: usize,
        /// Its first characters.
        found: String,
        /// How many columns the header names.
        named: usize,
    },
}

impl TableError {
    /// Whether the lines after it can still be read.
    pub fn can_go_on(&self) -> bool {
        matches!(self, TableError::Extra { .. })
    }
}

/// What the names of all columns may take.
const HEADER_BYTES: usize = 1 << 20;

/// What stands under one cell of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Under {
    Known(Column),
    /// A name that is no column's: what stands there is not read.
    Unknown(String),
    /// No name: nothing may stand there. Spreadsheets add such cells at the end.
    Nothing,
}

/// Reads a table of units, in a stream.
///
/// The header's names may be in any order and in capitals. A line may lack cells at its end; they are empty.
///
/// # Examples
///
/// ```
/// use enregard::format::{Column, Place, Reader, Received, TableReader};
/// let file = "\u{FEFF}EN;ID\r\nIt rains.;k7q2m9xd0v\r\n";
/// let mut reader = TableReader::csv(file.as_bytes()).unwrap();
/// let mut received = Received::default();
/// assert!(reader.read(&mut received).unwrap());
/// assert_eq!(received.get(Column::En), Some("It rains."));
/// assert_eq!(received.place, Place::line(2));
/// ```
pub struct TableReader<R> {
    lines: Lines<std::io::Chain<Cursor<Vec<u8>>, Decoded<R>>>,
    under: Vec<Under>,
    line: Line,
    /// Nothing has told yet whether quotes are quotes: a cell in quotes must prove it, or nobody knows.
    undecided: bool,
}

impl<R: BufRead> TableReader<R> {
    /// The same, where nothing has told yet whether the table has quotes.
    pub(super) fn undecided(mut self, undecided: bool) -> Self {
        self.undecided = undecided;
        self
    }

    /// Reads the header of a table whose separator and quotes are known, such as a TSV.
    ///
    /// # Errors
    ///
    /// [`TableError`], where the header is not one.
    pub fn new(input: R, table: Table) -> Result<Self, TableError> {
        let input = decoded(input)?;
        Self::open(Vec::new(), input, table, 1)
    }

    /// Reads the header of a CSV: its first line tells whether commas, semicolons (as French spreadsheets have
    /// them) or tabs separate. Excel's own first line `sep=;` is understood.
    ///
    /// # Errors
    ///
    /// [`TableError`], where the header is not one.
    pub fn csv(input: R) -> Result<Self, TableError> {
        let mut input = decoded(input)?;
        let mut first = Vec::new();
        // A header is short: a file that has no line end at all is not read to its end here.
        let told = |source| ReadError::Input { line: 1, source };
        (&mut input).take(1 << 16).read_until(b'\n', &mut first).map_err(told)?;
        let trimmed = first.trim_ascii();
        let says = trimmed.strip_prefix(b"\"").and_then(|text| text.strip_suffix(b"\"")).unwrap_or(trimmed);
        if let [b's', b'e', b'p', b'=', separator] = *says {
            return Self::open(Vec::new(), input, Table { separator, quotes: true }, 2);
        }
        let count = |separator| trimmed.iter().filter(|&&byte| byte == separator).count();
        let separator = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&byte| count(byte)).unwrap_or(b',');
        Self::open(first, input, Table { separator, quotes: true }, 1)
    }

    fn open(first: Vec<u8>, input: Decoded<R>, table: Table, number: u64) -> Result<Self, TableError> {
        let mut lines = Lines::new(Cursor::new(first).chain(input), table).from_line(number);
        let mut line = Line::default();
        if !lines.read(&mut line)? {
            return Err(TableError::Blank);
        }
        let bytes = line.cells().map(str::len).sum();
        if bytes > HEADER_BYTES {
            return Err(TableError::NoHeader { line: line.number(), bytes });
        }
        let mut under = Vec::with_capacity(line.len());
        for name in line.cells().map(str::trim) {
            under.push(match name.to_lowercase().parse::<Column>() {
                Ok(column) if under.contains(&Under::Known(column)) => {
                    return Err(TableError::Twice { line: line.number(), column });
                }
                Ok(column) => Under::Known(column),
                Err(_) if name.is_empty() => Under::Nothing,
                Err(_) => Under::Unknown(name.to_owned()),
            });
        }
        if ![Column::Id, Column::Fr].iter().any(|column| under.contains(&Under::Known(*column))) {
            let names: Vec<String> = line.cells().take(12).map(|name| format!("`{}`", short(name))).collect();
            return Err(TableError::NoId { line: line.number(), found: names.join(" ") });
        }
        Ok(TableReader { lines, under, line, undecided: false })
    }

    /// The columns that the header names, in its order.
    pub fn columns(&self) -> impl Iterator<Item = Column> {
        self.under.iter().filter_map(|under| match under {
            Under::Known(column) => Some(*column),
            _ => None,
        })
    }

    /// Names in the header that are no column's; what stands under them is not read.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.under.iter().filter_map(|under| match under {
            Under::Unknown(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

impl<R: BufRead> Reader for TableReader<R> {
    /// What the next line says. Lines without any text are passed over.
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        loop {
            if !self.lines.read(&mut self.line).map_err(TableError::from)? {
                return Ok(false);
            }
            if self.undecided && self.lines.quoted {
                if !self.lines.proof {
                    return Err(FormatError::Dialect { line: self.line.number() });
                }
                self.undecided = false;
            }
            into.start(Place::line(self.line.number()));
            for (index, cell) in self.line.cells().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
                match self.under.get(index) {
                    Some(Under::Known(column)) => into.push(*column, cell),
                    Some(Under::Unknown(_)) => {}
                    Some(Under::Nothing) | None => {
                        return Err(FormatError::Table(TableError::Extra {
                            line: self.line.number(),
                            cell: index + 1,
                            found: short(cell),
                            named: self.under.iter().filter(|under| **under != Under::Nothing).count(),
                        }));
                    }
                }
            }
            if !into.is_empty() {
                return Ok(true);
            }
        }
    }

    fn has_ids(&self) -> bool {
        self.under.contains(&Under::Known(Column::Id))
    }

    fn passed_over(&self) -> Vec<String> {
        self.unknown().map(|name| format!("column `{name}`")).collect()
    }
}

fn decoded<R: BufRead>(input: R) -> Result<Decoded<R>, TableError> {
    Ok(Decoded::new(input).map_err(|source| ReadError::Input { line: 1, source })?)
}

/// The first characters of a cell, for a message.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(30).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Dialect, tsv};

    type Read = Vec<Result<Received, String>>;

    fn all(reader: Result<TableReader<&[u8]>, TableError>) -> Result<Read, String> {
        let mut reader = reader.map_err(|error| error.to_string())?;
        let mut all = Vec::new();
        loop {
            let mut received = Received::default();
            match reader.read(&mut received) {
                Ok(false) => return Ok(all),
                Ok(true) => all.push(Ok(received)),
                Err(error) => {
                    let last = !error.can_go_on();
                    all.push(Err(error.to_string()));
                    if last {
                        return Ok(all);
                    }
                }
            }
        }
    }

    #[test]
    fn what_spreadsheets_do_to_a_csv_is_understood() {
        let expected =
            vec![Ok(Received::new(Place::line(2), [(Column::Id, "k1"), (Column::En, "Yes; \"no\"")]))];
        for text in [
            "id,fr,en\nk1,,\"Yes; \"\"no\"\"\"\n",
            "ID;FR;EN;;\r\nk1;;\"Yes; \"\"no\"\"\";;\r\n;;;;\r\n",
            "id\tfr\ten\r\nk1\t\t\"Yes; \"\"no\"\"\"",
        ] {
            assert_eq!(all(TableReader::csv(text.as_bytes())), Ok(expected.clone()), "{text:?}");
        }
        let told = all(TableReader::csv("sep=;\r\nid;en\r\nk1;a,b\r\n".as_bytes())).unwrap();
        assert_eq!(told[0].as_ref().unwrap().place, Place::line(3));
        assert_eq!(told[0].as_ref().unwrap().get(Column::En), Some("a,b"));
    }

    #[test]
    fn a_header_that_is_none_and_a_cell_too_many_are_told() {
        let read = |text: &'static str| all(TableReader::new(text.as_bytes(), tsv(Dialect::Quoted)));
        assert_eq!(
            read("k1\tOui.\n").unwrap_err(),
            "line 1: found the columns `k1` `Oui.`, expected `id` among them"
        );
        assert_eq!(
            read("").unwrap_err(),
            "line 1: found nothing, expected a header that names the columns, `id` among them"
        );
        assert_eq!(read("id\ten\tEN\n").unwrap_err(), "line 1: found column `en` twice, expected it once");
        assert_eq!(
            read("id\ten\nk1\tYes.\tsir\nk2\tNo.\n").unwrap(),
            [
                Err("line 2, cell 3: found `sir`, expected nothing: the header names 2 columns".to_owned()),
                Ok(Received::new(Place::line(3), [(Column::Id, "k2"), (Column::En, "No.")])),
            ]
        );
    }
}

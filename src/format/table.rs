//! Tables of units: one line per unit, the same number of cells in each, UTF-8 and LF.
//!
//! What separates cells, and whether they may stand in quotes, is all in which tables differ: TSV in two
//! dialects, and CSV.

use std::io::{self, Write};

use crate::bitext::is_break;

use super::{Columns, Placed, TextWriter, Told};

/// What `pandas.read_csv` takes for a missing value, quoted or not.
const MISSING: [&str; 18] = [
    "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
    "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
];

/// How a table is written.
///
/// # Examples
///
/// ```
/// use enregard::format::{Dialect, Told, tsv};
/// let mut told = Told::default();
/// let mut line = Vec::new();
/// tsv(Dialect::Quoted).line(["k1", "\"Oui\"\ndit-il"], &mut line, &mut told).unwrap();
/// assert_eq!(line, b"k1\t\"\"\"Oui\"\" dit-il\"\n");
/// assert_eq!((told.spaces, told.quoted), (1, 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// What stands between cells; an ASCII character.
    pub separator: u8,
    /// Whether a cell that needs it stands in quotes, as RFC 4180 has it.
    pub quotes: bool,
}

impl Table {
    /// Writes the header: the columns' names.
    ///
    /// # Errors
    ///
    /// As `out` has them.
    pub fn header(&self, columns: &Columns, out: &mut impl Write) -> io::Result<()> {
        let names = columns.all().iter().map(|column| column.as_str());
        self.line(names, out, &mut Told::default())
    }

    /// Writes a unit's line.
    ///
    /// # Errors
    ///
    /// As `out` has them.
    pub fn unit(
        &self,
        columns: &Columns,
        placed: &Placed<'_>,
        out: &mut impl Write,
        told: &mut Told,
    ) -> io::Result<()> {
        told.units += 1;
        self.line(columns.all().iter().map(|column| column.cell(placed)), out, told)
    }

    /// Writes one line of cells.
    ///
    /// # Errors
    ///
    /// As `out` has them.
    pub fn line(
        &self,
        cells: impl IntoIterator<Item = impl AsRef<str>>,
        out: &mut impl Write,
        told: &mut Told,
    ) -> io::Result<()> {
        let mut cells = cells.into_iter();
        let Some(first) = cells.next() else { return out.write_all(b"\n") };
        let mut next = cells.next();
        if next.is_none() && first.as_ref().is_empty() && self.quotes {
            // A blank line is no line to many readers.
            told.quoted += 1;
            return out.write_all(b"\"\"\n");
        }
        self.cell(first.as_ref(), out, told)?;
        while let Some(cell) = next {
            out.write_all(&[self.separator])?;
            self.cell(cell.as_ref(), out, told)?;
            next = cells.next();
        }
        out.write_all(b"\n")
    }

    fn cell(&self, text: &str, out: &mut impl Write, told: &mut Told) -> io::Result<()> {
        // Nearly every cell needs nothing done: two plain passes, which compilers make wide, tell.
        let bytes = text.as_bytes();
        let (control, quote) = bytes.iter().fold((false, false), |(control, quote), &byte| {
            (control | (byte < 0x20), quote | (byte == b'"'))
        });
        let breaks = (control || has_long_break(bytes)) && text.contains(is_break);
        told.like_missing += u64::from((2..=8).contains(&text.len()) && MISSING.contains(&text));
        told.quote_first += u64::from(text.starts_with('"'));
        // RFC 4180 wants quotes where there is a quote. `#` begins a comment for Anki and others.
        let quotes = self.quotes
            && (quote
                || text.starts_with('#')
                // A separator that is a break becomes a space and needs no quotes.
                || (!is_break(char::from(self.separator)) && text.as_bytes().contains(&self.separator)));
        if !breaks && !quotes {
            return out.write_all(text.as_bytes());
        }
        told.quoted += u64::from(quotes);
        if quotes {
            out.write_all(b"\"")?;
        }
        let mut rest = text;
        while let Some(at) = rest.find(|c| is_break(c) || (quotes && c == '"')) {
            let (before, from) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            let c = from.chars().next().unwrap_or_default();
            if c == '"' {
                out.write_all(b"\"\"")?;
            } else {
                told.spaces += 1;
                out.write_all(b" ")?;
            }
            rest = &from[c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())?;
        if quotes {
            out.write_all(b"\"")?;
        }
        Ok(())
    }
}

/// A table with its columns, as the text format that it is.
pub(super) struct TableWriter {
    pub table: Table,
    pub columns: Columns,
    pub bom: bool,
}

impl TextWriter for TableWriter {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        if self.bom {
            out.extend_from_slice("\u{FEFF}".as_bytes());
        }
        self.table.header(&self.columns, out)
    }

    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        self.table.unit(&self.columns, placed, out, told)
    }
}

/// Whether a break that is not ASCII stands here: U+0085, U+2028 or U+2029.
fn has_long_break(bytes: &[u8]) -> bool {
    let [_, second @ ..] = bytes else { return false };
    let third = second.get(1..).unwrap_or(&[]);
    let two = bytes.iter().zip(second).fold(false, |any, (a, b)| any | ((*a == 0xC2) & (*b == 0x85)));
    let three = bytes
        .iter()
        .zip(second)
        .zip(third)
        .fold(false, |any, ((a, b), c)| any | ((*a == 0xE2) & (*b == 0x80) & (*c & 0xFE == 0xA8)));
    two || three
}

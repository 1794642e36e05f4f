//! TSV in its two dialects, and which of them a file is in.
//!
//! *Quoted* is RFC 4180 with tabs: what pandas, Excel, Anki and the `csv` crate read by default. *Plain* is IANA's
//! `text/tab-separated-values`: no quoting at all, for `cut`, `awk` and `split('\t')`. They differ only where
//! a cell holds a straight double quote or begins with `#`.

use std::fmt;
use std::io::{self, BufRead, Cursor, Read as _};
use std::str::FromStr;

use crate::bitext::flat;

use super::table::TableWriter;
use super::{
    Begun, Column, Decoded, Format, FormatError, Options, Purpose, Read, Table, TableReader, TextWriter,
    Write,
};

/// TSV, in either dialect.
pub(super) const FORMAT: Format = Format {
    name: "tsv",
    title: "TSV, quoted or plain",
    endings: &["tsv", "tab", "txt"],
    purpose: Purpose::Work,
    binary: false,
    feature: None,
    write: Write::Text(writer),
    read: Read::Stream(reader),
    columns: true,
    paragraphs: false,
    carries: Column::ALL,
    loses: "line ends and tabs inside a text become spaces",
    through: flat,
    opens: "pandas.read_csv(f, sep=\"\\t\", keep_default_na=False); plain: cut -f 3,4",
};

fn writer(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    let table = tsv(options.dialect.unwrap_or_default());
    Ok(Box::new(TableWriter { table, columns: options.columns.clone(), bom: options.bom }))
}

/// So much of a file is looked at to tell its dialect.
const LOOKED_AT_BYTES: u64 = 4 << 20;

/// Opens a TSV in the dialect that was told, or that its cells tell.
fn reader<'a>(mut input: Box<dyn BufRead + 'a>, options: &Options) -> Begun<'a> {
    let told = |source| FormatError::Input { place: None, source };
    let mut first = Vec::new();
    (&mut input).take(LOOKED_AT_BYTES).read_to_end(&mut first).map_err(told)?;
    let whole = (first.len() as u64) < LOOKED_AT_BYTES;
    let mut text = Vec::new();
    Decoded::new(&first[..]).and_then(|mut decoded| decoded.read_to_end(&mut text)).map_err(told)?;
    if !whole {
        text.truncate(memchr::memrchr(b'\n', &text).unwrap_or(text.len()));
    }
    let text = String::from_utf8_lossy(&text);
    let header = text.lines().next().unwrap_or_default();
    let comma = !header.contains('\t') && header.contains([',', ';']);
    let (dialect, undecided) = match options.dialect {
        Some(dialect) => (dialect, false),
        None if comma => (Dialect::Quoted, false),
        None => match guess(&text) {
            Guess::Quoted => (Dialect::Quoted, false),
            // What comes later may still be of either.
            Guess::Either => (Dialect::Quoted, !whole),
            Guess::Plain => (Dialect::Plain, false),
            Guess::Unclear(line) => return Err(FormatError::Dialect { line }),
        },
    };
    drop(text);
    let input = Cursor::new(first).chain(input);
    // Named `.tsv` or `.txt`, but a CSV all the same.
    Ok(match comma {
        true => Box::new(TableReader::csv(input)?),
        false => Box::new(TableReader::new(input, tsv(dialect))?.undecided(undecided)),
    })
}

/// One of the two TSVs of the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// RFC 4180 with tabs: cells in quotes where needed.
    #[default]
    Quoted,
    /// IANA's: a quote is a character like any other.
    Plain,
}

impl Dialect {
    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Dialect::Quoted => "quoted",
            Dialect::Plain => "plain",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Dialect {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "quoted" => Ok(Dialect::Quoted),
            "plain" => Ok(Dialect::Plain),
            _ => Err(format!("unknown dialect `{name}`: expected quoted or plain")),
        }
    }
}

/// The table that a dialect of TSV is.
pub const fn tsv(dialect: Dialect) -> Table {
    Table { separator: b'\t', quotes: matches!(dialect, Dialect::Quoted) }
}

/// What the cells of a TSV tell of its dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// No cell begins with a quote: both dialects read the same.
    Either,
    /// Cells stand in quotes, with those inside them doubled.
    Quoted,
    /// A cell begins with a quote and is not closed by one.
    Plain,
    /// The only cells that begin with a quote could be of either: the first such line, from 1.
    Unclear(u64),
}

/// Guesses the dialect of a TSV from its text, or from the whole lines at its beginning.
///
/// A cell that begins with a quote and does not end with one, or has a single one inside, is plain; one with doubled
/// quotes inside is quoted, and so is a header in quotes. `"Oui."` could be both, and is not guessed.
/// Lines with another number of tabs than the first say nothing: a cell may have several lines.
pub fn guess(text: &str) -> Guess {
    let mut lines = text.lines().zip(1..).peekable();
    let Some((header, _)) = lines.next() else { return Guess::Either };
    if header.starts_with('"') {
        return Guess::Quoted;
    }
    let tabs = header.matches('\t').count();
    let mut unclear = None;
    let mut quoted = false;
    while let Some((line, number)) = lines.next() {
        if !line.contains('"') || line.matches('\t').count() != tabs {
            // Only quotes can hold a tab or the end of a line, but a plain line may be merely damaged.
            continue;
        }
        for (cell, index) in line.split('\t').zip(0..).filter(|(cell, _)| cell.starts_with('"')) {
            match cell[1..].strip_suffix('"') {
                Some(inside) if !inside.contains('"') => unclear = unclear.or(Some(number)),
                // Pairs of quotes only: what is left without them holds none.
                Some(inside) if !inside.replace("\"\"", "").contains('"') => quoted = true,
                // The last cell may go on in the next line, if that is no whole line itself.
                None if index == tabs
                    && !cell[1..].replace("\"\"", "").contains('"')
                    && lines.peek().is_some_and(|(next, _)| next.matches('\t').count() != tabs) => {}
                _ => return Guess::Plain,
            }
        }
    }
    match unclear {
        _ if quoted => Guess::Quoted,
        Some(line) => Guess::Unclear(line),
        None => Guess::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dialect_is_guessed_from_cells_that_begin_with_a_quote() {
        for (text, expected) in [
            ("", Guess::Either),
            ("id\tfr\na\tOn dit \"oui\".\n", Guess::Either),
            ("id\tfr\na\t\"Oui\", dit-il.\n", Guess::Plain),
            ("id\tfr\na\t\"Oui\" et \"non\"\n", Guess::Plain),
            ("id\tfr\r\na\t\"\"\"Oui\"\", dit-il.\"\r\n", Guess::Quoted),
            ("id\tfr\na\tx\nb\t\"Oui.\"\n", Guess::Unclear(3)),
            ("\"id\"\t\"fr\"\na\t\"Oui.\"\n", Guess::Quoted),
            ("id\tfr\na\t\"un\ndeux\"\n", Guess::Either),
            ("id\tfr\na\t\"un\nb\tdeux\"\n", Guess::Plain),
        ] {
            assert_eq!(guess(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_comes_late_and_could_be_of_either_dialect_is_not_guessed() {
        let many = "a\tOui.\n".repeat(LOOKED_AT_BYTES as usize / 7 + 1);
        let read = |last: &str| {
            let file = format!("id\tfr\n{many}{last}");
            let mut reader = reader(Box::new(file.as_bytes()), &Options::default()).unwrap();
            let mut received = super::super::Received::default();
            loop {
                match reader.read(&mut received) {
                    Ok(true) => {}
                    Ok(false) => break Ok(received.get(Column::Fr).unwrap_or_default().to_owned()),
                    Err(error) => break Err(error.to_string()),
                }
            }
        };
        assert_eq!(read("b\t\"Il dit \"\"oui\"\".\"\n").unwrap(), "Il dit \"oui\".");
        assert!(read("b\t\"Oui.\"\n").unwrap_err().contains("could be of either dialect"));
        assert!(read("b\t\"Oui\", dit-il.\n").unwrap_err().contains("or --dialect plain"));
    }
}

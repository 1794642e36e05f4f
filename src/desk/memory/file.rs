//! Others' memories: French and English out of a file.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use crate::desk::input::{InputError, read_with};
use crate::format::{Column, Format, Options, Received, by_ending};

use super::{DeskError, unread};

/// Why a file cannot be taken for a memory.
#[derive(Debug, thiserror::Error)]
pub enum MemoryFileError {
    /// The system does not let it be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Its ending is that of no format that is read.
    #[error("`{0}` is no format of a memory: expected .tmx, .tsv, .csv or another that can be imported")]
    Ending(String),
    /// It is not what its ending says, or damaged.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A line is not what it should be.
    #[error("line {line}: found {found}, expected {expected}")]
    Line {
        /// The line, from 1.
        line: u64,
        /// What stands there.
        found: String,
        /// What could stand there.
        expected: &'static str,
    },
}

/// Whether a file can be opened, and is of a kind that can be read: to be told before anything is begun.
pub(super) fn check(path: &Path) -> Result<(), DeskError> {
    let opened = kind(path).and_then(|_| Ok(File::open(path)?.metadata()?));
    match opened {
        Ok(found) if found.is_dir() => Err(unread(path, io::Error::from(io::ErrorKind::IsADirectory).into())),
        Ok(_) => Ok(()),
        Err(error) => Err(unread(path, error)),
    }
}

/// What a file is, by its ending.
enum Kind {
    Table(u8),
    Format(&'static Format),
}

fn kind(path: &Path) -> Result<Kind, MemoryFileError> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    match ending.as_str() {
        "tsv" | "tab" | "txt" => Ok(Kind::Table(b'\t')),
        "csv" => Ok(Kind::Table(b',')),
        other => match by_ending(other).filter(|format| format.reads() || format.unbuilt()) {
            Some(format) => Ok(Kind::Format(format)),
            None => Err(MemoryFileError::Ending(format!(".{other}"))),
        },
    }
}

/// Line, French, English.
type Pair = (u32, String, String);

/// The pairs of a file; those of which one side is blank are left out.
pub(super) fn read(path: &Path, options: &Options) -> Result<Vec<Pair>, DeskError> {
    pairs(path, options).map_err(|error| unread(path, error))
}

fn pairs(path: &Path, options: &Options) -> Result<Vec<Pair>, MemoryFileError> {
    match kind(path)? {
        Kind::Table(delimiter) => table(BufReader::with_capacity(1 << 16, File::open(path)?), delimiter),
        Kind::Format(format) => exchanged(path, format, options),
    }
}

/// What a format of exchange has of both sides. A unit that cannot be taken is passed over: the others are of use.
fn exchanged(path: &Path, format: &Format, options: &Options) -> Result<Vec<Pair>, MemoryFileError> {
    read_with(path, format, options, |reader| {
        let mut received = Received::default();
        let mut pairs = Vec::new();
        loop {
            match reader.read(&mut received) {
                Ok(true) => {}
                Ok(false) => return Ok(pairs),
                Err(error) if error.can_go_on() => continue,
                Err(error) => return Err(MemoryFileError::Input(error.into())),
            }
            if let (Some(fr), Some(en)) = (received.get(Column::Fr), received.get(Column::En)) {
                let number = u32::try_from(received.place.number).unwrap_or(u32::MAX);
                pairs.push((number, fr.to_owned(), en.to_owned()));
            }
        }
    })
}

/// Names that the columns of the two sides have.
const FRENCH: [&str; 6] = ["fr", "french", "source", "français", "francais", "src"];
const ENGLISH: [&str; 6] = ["en", "english", "target", "anglais", "translation", "tgt"];

/// A table: with a header that names the two columns, or else of two columns, French and then English.
fn table(mut input: impl BufRead, delimiter: u8) -> Result<Vec<Pair>, MemoryFileError> {
    // A byte order mark would become part of the first cell.
    if input.fill_buf()?.starts_with("\u{FEFF}".as_bytes()) {
        input.consume(3);
    }
    // Texts that begin with a quotation mark which nobody closes are rather texts than quoted cells.
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(input);
    let mut columns: Option<(usize, usize)> = None;
    let mut pairs = Vec::new();
    let mut cells = csv::StringRecord::new();
    loop {
        let line = reader.position().line();
        let more = reader.read_record(&mut cells).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => MemoryFileError::Io(error),
            _ => MemoryFileError::Line { line, found: "bytes that are none".to_owned(), expected: "UTF-8" },
        })?;
        if !more {
            return Ok(pairs);
        }
        let named = |names: &[&str]| {
            cells.iter().position(|cell| names.contains(&cell.trim().to_lowercase().as_str()))
        };
        let (fr, en) = match columns {
            Some(columns) => columns,
            None => match (named(&FRENCH), named(&ENGLISH)) {
                (Some(fr), Some(en)) => {
                    columns = Some((fr, en));
                    continue;
                }
                _ if cells.len() == 2 => *columns.insert((0, 1)),
                _ => {
                    return Err(MemoryFileError::Line {
                        line,
                        found: format!("{} columns, none named `fr` and `en`", cells.len()),
                        expected: "a header with `fr` and `en`, or two columns, French and English",
                    });
                }
            },
        };
        let (fr, en) = (cells.get(fr).unwrap_or(""), cells.get(en).unwrap_or(""));
        if !fr.trim().is_empty() && !en.trim().is_empty() {
            pairs.push((u32::try_from(line).unwrap_or(u32::MAX), fr.to_owned(), en.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, delimiter: u8) -> Vec<Pair> {
        table(text.as_bytes(), delimiter).unwrap()
    }

    #[test]
    fn a_header_names_the_columns_or_there_are_two() {
        let pair = |line, fr: &str, en: &str| (line, fr.to_owned(), en.to_owned());
        assert_eq!(read("id\tEN\tfr\nx\tYes.\tOui.\ny\t\tNon.\n", b'\t'), [pair(2, "Oui.", "Yes.")]);
        assert_eq!(read("\u{FEFF}Oui.\tYes.\n", b'\t'), [pair(1, "Oui.", "Yes.")]);
        assert_eq!(
            read("source,target\n\"Oui, oui.\",\"Yes, yes.\"\n", b','),
            [pair(2, "Oui, oui.", "Yes, yes.")]
        );
        assert!(read("", b'\t').is_empty());
    }

    #[test]
    fn what_is_no_memory_is_told_with_its_place() {
        let told = table("a\tb\tc\n".as_bytes(), b'\t').unwrap_err().to_string();
        assert!(told.starts_with("line 1: found 3 columns"), "{told}");
        let told = table(&b"Oui.\tYes.\nN\xE9.\tNo.\n"[..], b'\t').unwrap_err().to_string();
        assert!(told.starts_with("line 2: found bytes"), "{told}");
        let told = pairs(Path::new("m.exe"), &Options::default()).unwrap_err();
        assert!(matches!(told, MemoryFileError::Ending(_)));
    }
}

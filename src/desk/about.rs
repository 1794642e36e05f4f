//! What is known of an article beside its text: title, source, licence …; in the header of its alignment file.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use crate::bitext::{Alignment, Edition, Stem, flat};
use crate::format::Decoded;
use crate::store::file::ABOUT;
use crate::store::{Author, Corpus};

use super::DeskError;
use super::open::alignment_of;

/// The keys that a person can set, in the order in which they are written.
///
/// What `add` found out itself (the encoding, the original's hash) stands behind them.
pub const KEYS: &[&str] = ABOUT.split_at(8).0;

/// Keys and their new values; an empty value takes the key away.
pub type Values = Vec<(String, String)>;

/// Puts values into a header's `about`, in the order of the keys. Texts become one line, without blanks at their ends.
pub fn put(about: &mut Vec<(String, String)>, values: &Values) {
    for (key, value) in values {
        about.retain(|(own, _)| own != key);
        let value = flat(value).trim().to_owned();
        if !value.is_empty() {
            about.push((key.clone(), value));
        }
    }
    about.sort_by_key(|(key, _)| ABOUT.iter().position(|known| known == key).unwrap_or(ABOUT.len()));
}

/// Describes articles, all as one step of `undo`; gives each with what is known of it then.
///
/// # Errors
///
/// [`DeskError::Store`], [`DeskError::Language`]; then those before the faulty one are written.
pub fn describe(
    corpus: &Corpus,
    author: Author,
    changes: &[(Stem, Values)],
    edition: Option<&Edition>,
) -> Result<Vec<(Stem, Values)>, DeskError> {
    let mut step = corpus.begin(author);
    let mut sorted: Vec<&(Stem, Values)> = changes.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut described = Vec::with_capacity(sorted.len());
    for (stem, values) in sorted {
        let mut held = step.lock(stem, edition)?;
        let (mut header, units) = alignment_of(corpus, held.stored())?.into_owned().into_parts();
        put(&mut header.about, values);
        described.push((stem.clone(), header.about.clone()));
        step.write_last(&mut held, Alignment::of_changed(header, units).map_err(DeskError::Law)?)?;
    }
    step.finish()?;
    Ok(described)
}

/// What a table says of files or articles: one line each.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    lines: Vec<Line>,
    /// Columns that are no key, by their names.
    pub unknown: Vec<String>,
}

#[derive(Clone, Debug)]
struct Line {
    /// What it is about: a file's name or path, or an article's name.
    name: String,
    values: Values,
    number: u64,
    used: bool,
}

/// Why a table of metadata cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum MetadataError {
    /// The disk refused.
    #[error("cannot read {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// No column says which file a line is about.
    #[error("{}:1: found the columns {found}, expected one of file, stem, article or name", .path.display())]
    NoName {
        /// The file.
        path: PathBuf,
        /// Its columns.
        found: String,
    },
    /// A line that is no line of this table.
    #[error("{}:{line}: {told}", .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        told: String,
    },
}

impl Metadata {
    /// Reads a table: tabs between the cells, or commas where the file's name ends in `.csv`.
    ///
    /// # Errors
    ///
    /// [`MetadataError`], with the line.
    pub fn read(path: &Path) -> Result<Metadata, MetadataError> {
        let io = |source| MetadataError::Io { path: path.to_owned(), source };
        let input = Decoded::new(BufReader::new(File::open(path).map_err(io)?)).map_err(io)?;
        let comma = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(if comma { b',' } else { b'\t' })
            .flexible(false)
            .from_reader(input);
        let told = |error: csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            match error.into_kind() {
                csv::ErrorKind::Io(source) => MetadataError::Io { path: path.to_owned(), source },
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => MetadataError::Line {
                    path: path.to_owned(),
                    line,
                    told: format!("found {len} cells, expected {expected_len} as in the first line"),
                },
                csv::ErrorKind::Utf8 { .. } => {
                    let told = "found bytes that are not UTF-8".to_owned();
                    MetadataError::Line { path: path.to_owned(), line, told }
                }
                _ => MetadataError::Line { path: path.to_owned(), line, told: "found no cells".to_owned() },
            }
        };
        let columns: Vec<String> = reader.headers().map_err(told)?.iter().map(key_of).collect();
        let is_name = |key: &String| matches!(key.as_str(), "file" | "stem" | "article" | "name");
        let Some(name) = columns.iter().position(is_name) else {
            return Err(MetadataError::NoName { path: path.to_owned(), found: columns.join(", ") });
        };
        let known = |key: &str| KEYS.contains(&key);
        let unknown = columns.iter().enumerate().filter(|(at, key)| *at != name && !known(key));
        let unknown = unknown.map(|(_, key)| key.clone()).collect();
        let mut lines: Vec<Line> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(told)?;
            let number = record.position().map_or(0, csv::Position::line);
            let cell = |at: usize| record.get(at).unwrap_or("").trim();
            let own = cell(name).to_owned();
            if let Some(before) = lines.iter().find(|line| line.name == own) {
                let told = format!("`{own}` stands in line {} already", before.number);
                return Err(MetadataError::Line { path: path.to_owned(), line: number, told });
            }
            let filled = columns.iter().enumerate().filter(|(at, key)| known(key) && !cell(*at).is_empty());
            let values = filled.map(|(at, key)| (key.clone(), cell(at).to_owned())).collect();
            lines.push(Line { name: own, values, number, used: false });
        }
        Ok(Metadata { lines, unknown })
    }

    /// What is said of a file that becomes, or is, this article: by its path, its name, or the article's.
    pub fn take(&mut self, path: Option<&Path>, stem: &Stem) -> Values {
        let mut names = vec![stem.as_str().to_owned(), format!("{stem}.txt")];
        if let Some(path) = path {
            names.push(path.to_string_lossy().into_owned());
            names.extend(
                [path.file_name(), path.file_stem()]
                    .into_iter()
                    .flatten()
                    .map(|name| name.to_string_lossy().into_owned()),
            );
        }
        let line = self.lines.iter_mut().find(|line| names.contains(&line.name));
        line.map(|line| {
            line.used = true;
            line.values.clone()
        })
        .unwrap_or_default()
    }

    /// The lines about nothing that was asked for: their numbers and names.
    pub fn unused(&self) -> impl Iterator<Item = (u64, &str)> {
        self.lines.iter().filter(|line| !line.used).map(|line| (line.number, line.name.as_str()))
    }

    /// The names of all lines, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| line.name.as_str())
    }
}

/// A column's key: in lower case; `license` is the same.
fn key_of(column: &str) -> String {
    let key = column.trim_start_matches('\u{feff}').trim().to_lowercase();
    if key == "license" { "licence".to_owned() } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_take_their_places_and_an_empty_one_takes_a_key_away() {
        let pairs = |all: &[(&str, &str)]| -> Values {
            all.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
        };
        let mut about = pairs(&[("title", "Un"), ("encoding", "UTF-8")]);
        put(&mut about, &pairs(&[("licence", " CC\tBY "), ("title", "Deux")]));
        assert_eq!(about, pairs(&[("title", "Deux"), ("licence", "CC BY"), ("encoding", "UTF-8")]));
        put(&mut about, &pairs(&[("title", "")]));
        assert_eq!(about, pairs(&[("licence", "CC BY"), ("encoding", "UTF-8")]));
    }
}

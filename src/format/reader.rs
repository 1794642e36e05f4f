//! What a reader is: bytes in, and what they say of units, one after the other.

use std::fmt;
use std::io::{self, BufRead, Seek};

use super::{Column, TableError};

/// Where something stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// What is counted: `line`, `tu`, `unit`, `row` …
    pub what: &'static str,
    /// Its number, from 1.
    pub number: u64,
}

impl Place {
    /// A line of a text file, from 1.
    pub const fn line(number: u64) -> Self {
        Place { what: "line", number }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.what, self.number)
    }
}

/// What a file says of one unit: the cells that are not empty.
///
/// One is used again and again by a [`Reader`], so that a file of a million units costs no million allocations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Where it says it.
    pub place: Place,
    text: String,
    /// The cells, with where each ends in `text`.
    cells: Vec<(Column, usize)>,
}

impl Default for Received {
    fn default() -> Self {
        Received { place: Place::line(0), text: String::new(), cells: Vec::new() }
    }
}

impl Received {
    /// What stands at this place.
    pub fn new<'a>(place: Place, cells: impl IntoIterator<Item = (Column, &'a str)>) -> Self {
        let mut received = Received { place, ..Received::default() };
        for (column, text) in cells {
            received.push(column, text);
        }
        received
    }

    /// Begins again, at this place.
    pub fn start(&mut self, place: Place) {
        self.place = place;
        self.text.clear();
        self.cells.clear();
    }

    /// Adds a cell; one that is empty is none.
    pub fn push(&mut self, column: Column, text: &str) {
        if !text.is_empty() {
            self.text.push_str(text);
            self.cells.push((column, self.text.len()));
        }
    }

    /// What it says in this column, if it says anything.
    pub fn get(&self, column: Column) -> Option<&str> {
        let index = self.cells.iter().position(|(known, _)| *known == column)?;
        let start = if index == 0 { 0 } else { self.cells[index - 1].1 };
        Some(&self.text[start..self.cells[index].1])
    }

    /// The cells in order.
    pub fn cells(&self) -> impl Iterator<Item = (Column, &str)> {
        self.cells.iter().scan(0, |start, (column, end)| {
            let text = &self.text[*start..*end];
            *start = *end;
            Some((*column, text))
        })
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

/// Reads a format, unit by unit.
pub trait Reader {
    /// What the file says of the next unit; false at the end.
    ///
    /// # Errors
    ///
    /// [`FormatError`]; after one that [`FormatError::can_go_on`], the next unit can be read.
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError>;

    /// Whether every unit should have an id, so that one without is at fault: a table with a column for them.
    fn has_ids(&self) -> bool {
        false
    }

    /// What the file holds that is not read, to be told as a warning: a column's name, a third language.
    fn passed_over(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A file in which one can go back and forth.
pub trait Seekable: BufRead + Seek + Send {}

impl<T: BufRead + Seek + Send> Seekable for T {}

/// A folder to read from, or the folder of the file that was named.
pub trait InputFolder {
    /// The name of the file that was named, if it was no folder.
    fn named(&self) -> Option<&str>;

    /// The files, relative to the folder, with `/` between the parts of a name; sorted.
    ///
    /// # Errors
    ///
    /// As the file system has them.
    fn names(&mut self) -> io::Result<Vec<String>>;

    /// Opens a file; none where there is none. A name that leaves the folder is refused.
    ///
    /// # Errors
    ///
    /// As the file system has them.
    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Seekable>>>;
}

/// Why a file cannot be read as what it is taken for.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// A table is none.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The reader underneath failed.
    #[error("{}{source}", before(.place))]
    Input {
        /// Where.
        place: Option<Place>,
        /// What failed.
        source: io::Error,
    },
    /// Something stands where it cannot; nothing after it can be read.
    #[error("{}found {found}, expected {expected}", before(.place))]
    Unexpected {
        /// Where.
        place: Option<Place>,
        /// What stands there.
        found: String,
        /// What could stand there.
        expected: String,
    },
    /// One unit cannot be taken; those after it can be read.
    #[error("{place}: found {found}, expected {expected}")]
    Unit {
        /// Which.
        place: Place,
        /// What it says.
        found: String,
        /// What it could say.
        expected: String,
    },
    /// The file goes beyond a limit that keeps it from taking all memory.
    #[error("{}found {found}, more than the limit `{limit}` of {most}", before(.place))]
    Limit {
        /// Where.
        place: Option<Place>,
        /// What is too much.
        found: String,
        /// The limit's name.
        limit: &'static str,
        /// The limit.
        most: u64,
    },
    /// Nothing tells in which dialect of TSV it is.
    #[error(
        "line {line}: the cells that begin with a quote could be of either dialect, expected it to be told"
    )]
    Dialect {
        /// The first such line.
        line: u64,
    },
}

fn before(place: &Option<Place>) -> String {
    place.map(|place| format!("{place}: ")).unwrap_or_default()
}

impl FormatError {
    /// The same, with its place where it has none.
    pub fn at(mut self, here: Place) -> Self {
        match &mut self {
            FormatError::Input { place, .. }
            | FormatError::Unexpected { place, .. }
            | FormatError::Limit { place, .. } => *place = place.or(Some(here)),
            FormatError::Table(_) | FormatError::Unit { .. } | FormatError::Dialect { .. } => {}
        }
        self
    }

    /// Whether what comes after it can still be read.
    pub fn can_go_on(&self) -> bool {
        match self {
            FormatError::Table(error) => error.can_go_on(),
            FormatError::Unit { .. } => true,
            _ => false,
        }
    }
}

//! What a person can choose of a format, and what every format must be told.

use super::{Columns, Dialect};

/// How to write or read: each format takes what means something to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The columns of tables.
    pub columns: Columns,
    /// The dialect of TSV; none: quoted when writing, found out when reading.
    pub dialect: Option<Dialect>,
    /// A byte order mark before all else, for Excel.
    pub bom: bool,
    /// Which side is written, by formats that can do without the other.
    pub side: Side,
    /// The language of the French, in BCP 47.
    pub source: String,
    /// The language of the English, in BCP 47.
    pub target: String,
    /// What the whole is called: the corpus's folder, or the file that is converted.
    pub name: String,
    /// When it is written: RFC 3339 in UTC, to the second.
    pub at: String,
    /// What decides which article goes to which split of a dataset.
    pub seed: u64,
    /// The licence of the translations, where the corpus has one.
    pub licence: Option<String>,
    /// What else was chosen, for those who read how it was made: by name.
    pub chosen: Vec<(String, String)>,
    /// French and English of the other articles, for formats that bring a memory.
    pub memory: Vec<(String, String)>,
    /// The glossary: French terms, and the English ones that will do.
    pub glossary: Vec<(String, Vec<String>)>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            columns: Columns::default(),
            dialect: None,
            bom: false,
            side: Side::Both,
            source: "fr".to_owned(),
            target: "en".to_owned(),
            name: "corpus".to_owned(),
            at: "1970-01-01T00:00:00Z".to_owned(),
            seed: 0,
            licence: None,
            chosen: Vec::new(),
            memory: Vec::new(),
            glossary: Vec::new(),
        }
    }
}

/// Which of the two languages are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// French and English.
    #[default]
    Both,
    /// The English alone, as running text.
    English,
}

/// The program and its version, as formats name their maker.
pub const PROGRAM: &str = concat!("enregard ", env!("CARGO_PKG_VERSION"));

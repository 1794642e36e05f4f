//! What a writer is: units in, bytes out, and a word of what was lost.
//!
//! A [`TextWriter`] renders unit by unit and keeps no state, so that articles can be rendered side by side. A
//! [`Writer`] sees whole articles in order, for containers and for formats of several files.

use std::collections::BTreeMap;
use std::io::{self, Seek, Write};

use super::Placed;

/// An article, without its units.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// Its stem.
    pub article: &'a str,
    /// The edition, if it is not the article's only or first one.
    pub edition: Option<&'a str>,
    /// What its header tells of it: `title`, `url`, `licence` …
    pub about: &'a [(String, String)],
}

impl<'a> Head<'a> {
    /// What the header tells under this key.
    pub fn about(&self, key: &str) -> Option<&'a str> {
        self.about.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// An article with the units of it that go out, in reading order.
#[derive(Clone, Copy, Debug)]
pub struct Bitext<'a> {
    /// The article.
    pub head: Head<'a>,
    /// Its units.
    pub units: &'a [Placed<'a>],
}

/// What writing changed or what a reader must know, counted so that it can be told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Units written.
    pub units: u64,
    /// Line ends, tabs and their like that became a space.
    pub spaces: u64,
    /// Cells that begin with a straight double quote: where readers with and without quoting differ.
    pub quote_first: u64,
    /// Cells that were written in quotes.
    pub quoted: u64,
    /// Cells such as `NA`, which pandas takes for missing unless it is told not to.
    pub like_missing: u64,
    /// All else that was lost or left out: how often, under words that follow the number
    /// (`characters that XML cannot hold were left out`).
    pub lost: BTreeMap<&'static str, u64>,
}

impl Told {
    /// Counts a loss.
    pub fn lose(&mut self, what: &'static str, times: u64) {
        if times > 0 {
            *self.lost.entry(what).or_default() += times;
        }
    }
}

impl std::ops::AddAssign for Told {
    fn add_assign(&mut self, other: Told) {
        self.units += other.units;
        self.spaces += other.spaces;
        self.quote_first += other.quote_first;
        self.quoted += other.quoted;
        self.like_missing += other.like_missing;
        for (what, times) in other.lost {
            self.lose(what, times);
        }
    }
}

/// Writes a text format unit by unit. The order of calls: `begin`, then for each article `open`, its units,
/// `close`; at last `end`. Each puts its bytes at the end of `out`, and counts in `told`.
///
/// # Errors
///
/// A method fails only where the format cannot hold what it is given at all.
pub trait TextWriter: Sync + Send {
    /// What stands before the first article.
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// What stands before an article's units.
    fn open(&self, head: &Head<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        let _ = (head, out, told);
        Ok(())
    }

    /// One unit; it counts itself in `told.units`.
    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()>;

    /// What stands after an article's units.
    fn close(&self, head: &Head<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        let _ = (head, out, told);
        Ok(())
    }

    /// What stands after the last article.
    fn end(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// Whether an article without units is written.
    fn takes_empty(&self) -> bool {
        true
    }

    /// A whole article.
    fn article(&self, bitext: &Bitext<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        if bitext.units.is_empty() && !self.takes_empty() {
            return Ok(());
        }
        self.open(&bitext.head, out, told)?;
        for placed in bitext.units {
            self.unit(placed, out, told)?;
        }
        self.close(&bitext.head, out, told)
    }
}

/// Writes a format article by article, in order.
///
/// # Errors
///
/// As what it writes to has them.
pub trait Writer {
    /// Takes an article; it counts the units that it takes in `told.units`.
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()>;

    /// Whether a long article may come in several pieces, one after the other: where articles are not kept apart.
    fn in_pieces(&self) -> bool {
        false
    }

    /// Writes what is still to be written.
    fn finish(self: Box<Self>, told: &mut Told) -> io::Result<()>;
}

/// A file that is being written, in which one can go back.
pub trait Out: Write + Seek + Send {}

impl<T: Write + Seek + Send> Out for T {}

/// A folder to write files into: all of them get their places when the writer has finished without a fault.
pub trait Folder {
    /// Begins a file; `name` is relative, with `/` between its parts, and has no `..`. What it returns is flushed
    /// when dropped; where that fails, the whole does.
    ///
    /// # Errors
    ///
    /// As the file system has them; a name that leaves the folder.
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Out>>;

    /// The files of this name that are there already, to be kept or added to; none where there is none.
    ///
    /// # Errors
    ///
    /// As the file system has them.
    fn there(&mut self, name: &str) -> io::Result<Option<Vec<u8>>>;
}

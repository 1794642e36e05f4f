//! What is known of a format without opening a file: its names, what it is for, what it carries and loses.
//!
//! Each format describes itself in its own file, as a constant `FORMAT`; [`super::FORMATS`] lists them.

use std::borrow::Cow;
use std::io::{self, BufRead};

use super::{
    Column, Columns, Folder, FormatError, InputFolder, Options, Out, Reader, Seekable, TextWriter, Writer,
};

/// One interchange format: how it is called, written and read.
///
/// A format that was built without its feature still describes itself.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `--to` and `--from` call it.
    pub name: &'static str,
    /// What the world calls it, with its version.
    pub title: &'static str,
    /// The endings of its files, without the point, the usual one first. None: it must be named.
    pub endings: &'static [&'static str],
    /// What it is for, which decides the units that go out unless `--status` says otherwise.
    pub purpose: Purpose,
    /// Whether its bytes are no text: they are not shown on a terminal.
    pub binary: bool,
    /// The feature of the program that it needs, if any.
    pub feature: Option<&'static str>,
    /// How it is written.
    pub write: Write,
    /// How it is read.
    pub read: Read,
    /// Whether `--columns` chooses what it carries; then [`Format::carries`] are those that are known.
    pub columns: bool,
    /// Whether it needs to know the paragraphs ([`super::Placed::paragraph`]).
    pub paragraphs: bool,
    /// What comes back when it is read, unit by unit.
    pub carries: &'static [Column],
    /// What is lost on the way, in a few words for a person.
    pub loses: &'static str,
    /// What a text is after it went through the format: the same, but for what it cannot hold.
    pub through: fn(&str) -> Cow<'_, str>,
    /// How to open it elsewhere: a line of code, or a menu's words.
    pub opens: &'static str,
}

/// What a format is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Translating, in other programs: every content unit goes out, untranslated ones with empty English.
    Work,
    /// Studying, or training: what is untranslated, stale or skipped is left out.
    Study,
}

/// How a format is written.
#[derive(Clone, Copy, Debug)]
pub enum Write {
    /// It is not.
    No,
    /// It would be, but its feature was not built in.
    Unbuilt,
    /// As text, unit by unit, articles side by side.
    Text(fn(&Options) -> io::Result<Box<dyn TextWriter>>),
    /// As one file, article by article in order.
    File(for<'a> fn(&Options, &'a mut dyn Out) -> io::Result<Box<dyn Writer + 'a>>),
    /// As several files in a folder, article by article in order.
    Folder(for<'a> fn(&Options, &'a mut dyn Folder) -> io::Result<Box<dyn Writer + 'a>>),
}

/// A reader that has begun: the first bytes were what they should be.
pub type Begun<'a> = Result<Box<dyn Reader + 'a>, FormatError>;

/// How a format is read.
#[derive(Clone, Copy, Debug)]
pub enum Read {
    /// It is not.
    No,
    /// It would be, but its feature was not built in.
    Unbuilt,
    /// From a stream.
    Stream(for<'a> fn(Box<dyn BufRead + 'a>, &Options) -> Begun<'a>),
    /// From a file in which one can go back and forth.
    File(for<'a> fn(Box<dyn Seekable + 'a>, &Options) -> Begun<'a>),
    /// From several files in a folder, or beside the file that was named.
    Folder(for<'a> fn(&'a mut dyn InputFolder, &Options) -> Begun<'a>),
}

impl Format {
    /// Whether this program can write it.
    pub const fn writes(&self) -> bool {
        !matches!(self.write, Write::No | Write::Unbuilt)
    }

    /// Whether this program can read it.
    pub const fn reads(&self) -> bool {
        !matches!(self.read, Read::No | Read::Unbuilt)
    }

    /// Whether it would be written or read, had the program its feature.
    pub const fn unbuilt(&self) -> bool {
        matches!(self.write, Write::Unbuilt) || matches!(self.read, Read::Unbuilt)
    }

    /// What it carries, with these options. Formats to study with have the id and both texts, whatever else is chosen.
    pub fn carried(&self, options: &Options) -> Vec<Column> {
        let study = self.purpose == Purpose::Study;
        let bare = study && options.columns == Columns::default();
        let chosen = |column: &Column| match column {
            _ if !self.columns => true,
            Column::Id | Column::Fr | Column::En if study => true,
            column => options.columns.has(*column) && !(bare && *column == Column::Article),
        };
        self.carries.iter().copied().filter(chosen).collect()
    }
}

/// For formats in which every text is kept as it is.
pub fn kept(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

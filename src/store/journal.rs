//! An article's journal: every change of its files, with the units before and after. Only ever added to.
//!
//! An entry is written and flushed before the change takes place, so no change is without one. Where a crash
//! came between the two, the file is still as it was before: the entry is not in force, and is passed over.
//! So is a line that cannot be read; where the hashes do not show that it changed nothing, whoever needs it is told.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use crate::bitext::{Header, Unit};

use super::file::{
    At, Cursor, Fault, read_header, read_unit, write_field, write_header, write_string, write_unit,
};
use super::flow::Flow;
use super::fs::{Fs, Handle};
use super::hunks::Hunk;
use super::{Corpus, StoreError};

/// A value before and after a change.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Turn<T> {
    pub before: T,
    pub after: T,
}

impl<T> Turn<T> {
    /// The change that takes this one back.
    pub fn turned(self) -> Turn<T> {
        Turn { before: self.after, after: self.before }
    }
}

/// One change of an article's files.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entry {
    /// The step that it belongs to.
    pub step: String,
    /// When.
    pub at: String,
    /// Who.
    pub by: Option<String>,
    /// By which command.
    pub command: String,
    /// The step that it takes back.
    pub undoes: Option<String>,
    /// The step that it does again.
    pub redoes: Option<String>,
    /// SHA-256 of the alignment file; none where there is no file.
    pub file: Turn<Option<String>>,
    /// SHA-256 of the seed, where it changes; none where there is no seed.
    pub seed: Option<Turn<Option<String>>>,
    /// The header, where it changes; none where there is no file.
    pub header: Option<Turn<Option<Header>>>,
    /// The units that change; none while it is written, piece by piece.
    pub hunks: Vec<Hunk<'static>>,
}

impl Entry {
    /// The change that takes this one back.
    pub fn turned(self) -> Self {
        Entry {
            file: self.file.turned(),
            seed: self.seed.map(Turn::turned),
            header: self.header.map(Turn::turned),
            hunks: self.hunks.into_iter().map(Hunk::turned).collect(),
            ..self
        }
    }

    /// Whether the change never took place, or was taken back by other means: the hashes that came next say so.
    fn is_void(&self, next_file: &Option<String>, next_seed: &Option<String>) -> bool {
        if self.file.before != self.file.after {
            *next_file == self.file.before
        } else {
            self.seed.as_ref().is_some_and(|seed| *next_seed == seed.before)
        }
    }
}

/// A line of a journal that cannot be read. It is kept; what it says can be neither shown nor taken back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {told}", .path.display())]
pub struct Unread {
    /// The journal.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub told: String,
}

/// A line of a journal.
pub(crate) type Line = Result<Entry, Unread>;

/// The lines of a journal, and whether each is in force; `file` and `seed` are the hashes as they are now.
///
/// One that cannot be read is, unless the file is after it what the entry before it made of it.
pub(crate) fn in_force(lines: Vec<Line>, file: Option<String>, seed: Option<String>) -> Vec<(Line, bool)> {
    let (mut file, mut seed) = (file, seed);
    let mut told: Vec<(Line, bool)> = Vec::with_capacity(lines.len());
    // How many of the last ones told are unread, with no entry before them yet.
    let mut open = 0;
    for line in lines.into_iter().rev() {
        let Ok(entry) = &line else {
            open += 1;
            told.push((line, true));
            continue;
        };
        let stands = !entry.is_void(&file, &seed);
        let leads_on =
            stands && file == entry.file.after && entry.seed.as_ref().is_none_or(|turn| turn.after == seed);
        if leads_on {
            told.iter_mut().rev().take(open).for_each(|(_, stands)| *stands = false);
        }
        open = 0;
        file = entry.file.before.clone();
        if let Some(turn) = &entry.seed {
            seed = turn.before.clone();
        }
        told.push((line, stands));
    }
    if file.is_none() {
        told.iter_mut().rev().take(open).for_each(|(_, stands)| *stands = false);
    }
    told.reverse();
    told
}

/// Reads a journal. A last line that was not written to its end is passed over.
///
/// Of the units, those alone are kept that `keep` wants, which hears their step: a journal is far longer than its article.
pub(crate) fn parse(bytes: &[u8], shown: &Path, keep: impl Fn(&str, &Unit) -> bool) -> Vec<Line> {
    let whole = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
    let lines = bytes[..whole].split_inclusive(|byte| *byte == b'\n').enumerate();
    // After a loss of power a line may be whole in length alone, and others may have come after it.
    let lines = lines.filter(|(_, line)| !line.contains(&0));
    let read = |(index, line): (usize, &[u8])| {
        let read = match std::str::from_utf8(line) {
            Ok(text) => entry(&mut Cursor::new(text), &keep).map_err(|(_, fault)| fault.to_string()),
            Err(error) => Err(error.to_string()),
        };
        read.map_err(|told| Unread { path: shown.to_owned(), line: index + 1, told })
    };
    lines.map(read).collect()
}

/// Adds one line to a file of lines, and flushes it; what a crash left of a line before it is cut off.
///
/// `write` gives the line, piece by piece. Where it or the disk refuses, the file is cut back to what it was. What is new of the
/// folders of the corpus is flushed before the first line: whoever finds a line can rely on its file's name.
pub(crate) fn append(
    corpus: &Corpus,
    handle: &mut Handle,
    write: impl FnOnce(&mut Flow<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let shown = corpus.shown(&handle.path);
    let length = whole_lines(&*corpus.fs, handle, corpus.root()).map_err(StoreError::io("write", &shown))?;
    let mut flow = Flow::to(&*corpus.fs, handle, shown);
    let written = write(&mut flow).and_then(|()| flow.end());
    if written.is_err() {
        let _ = corpus.fs.truncate(handle, length);
    }
    written.map(drop)
}

/// Makes a file of lines ready for another one, and says how long it is.
fn whole_lines(fs: &dyn Fs, handle: &mut Handle, root: &Path) -> io::Result<u64> {
    let (mut length, last) = fs.tail(handle, 1)?;
    if length == 0 {
        let folders = handle.path.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
        for folder in folders {
            fs.sync_folder(folder)?;
        }
    } else if last != b"\n" {
        let mut reach = 1 << 16;
        length = loop {
            let (length, tail) = fs.tail(handle, reach)?;
            if let Some(end) = memchr::memrchr(b'\n', &tail) {
                break length - tail.len() as u64 + end as u64 + 1;
            } else if tail.len() as u64 == length {
                break 0;
            }
            reach *= 16;
        };
        fs.truncate(handle, length)?;
    }
    Ok(length)
}

/// An entry's line; `hunks` writes those, with [`write_hunk`].
pub(crate) fn write_entry(
    flow: &mut Flow<'_>,
    entry: &Entry,
    hunks: impl FnOnce(&mut Flow<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    write_entry_head(flow.text(), entry);
    hunks(flow)?;
    flow.text().push_str("]}\n");
    Ok(())
}

/// All of an entry's line that comes before its hunks.
fn write_entry_head(out: &mut String, entry: &Entry) {
    out.push_str("{\"step\":");
    write_string(out, &entry.step);
    write_field(out, "at", &entry.at);
    let optional = [("by", &entry.by), ("undoes", &entry.undoes), ("redoes", &entry.redoes)];
    for (key, text) in optional {
        if let Some(text) = text {
            write_field(out, key, text);
        }
    }
    write_field(out, "command", &entry.command);
    write_turn(out, "file", &entry.file);
    if let Some(seed) = &entry.seed {
        write_turn(out, "seed", seed);
    }
    if let Some(header) = &entry.header {
        out.push_str(",\"header\":[");
        for (index, header) in [&header.before, &header.after].into_iter().enumerate() {
            out.push_str(if index == 0 { "" } else { "," });
            match header {
                Some(header) => write_header(out, header),
                None => out.push_str("null"),
            }
        }
        out.push(']');
    }
    out.push_str(",\"hunks\":[");
}

/// A hunk: its units before and after.
pub(crate) fn write_hunk(flow: &mut Flow<'_>, first: bool, hunk: &Hunk<'_>) -> Result<(), StoreError> {
    flow.text().push_str(if first { "{" } else { ",{" });
    if let Some(prev) = hunk.prev {
        let _ = write!(flow.text(), "\"prev\":\"{prev}\",");
    }
    for (key, units) in [("\"before\":[", &*hunk.before), ("],\"after\":[", &*hunk.after)] {
        flow.text().push_str(key);
        for (index, unit) in units.iter().enumerate() {
            flow.text().push_str(if index == 0 { "" } else { "," });
            write_unit(flow.text(), unit);
            flow.pass_on()?;
        }
    }
    flow.text().push_str("]}");
    Ok(())
}

fn write_turn(out: &mut String, key: &str, turn: &Turn<Option<String>>) {
    let text =
        |value: &Option<String>| value.as_ref().map_or("null".to_owned(), |hash| format!("\"{hash}\""));
    let _ = write!(out, ",\"{key}\":[{},{}]", text(&turn.before), text(&turn.after));
}

fn entry(cursor: &mut Cursor, keep: &impl Fn(&str, &Unit) -> bool) -> At<Entry> {
    let mut entry = Entry::default();
    cursor.object(|cursor, _, key| {
        match key.as_ref() {
            "step" => entry.step = text(cursor)?,
            "at" => entry.at = text(cursor)?,
            "by" => entry.by = Some(text(cursor)?),
            "command" => entry.command = text(cursor)?,
            "undoes" => entry.undoes = Some(text(cursor)?),
            "redoes" => entry.redoes = Some(text(cursor)?),
            "file" => entry.file = turn(cursor, text)?,
            "seed" => entry.seed = Some(turn(cursor, text)?),
            "header" => entry.header = Some(turn(cursor, read_header)?),
            "hunks" => cursor.array("an array", |cursor| {
                // A hand may have put the step behind them.
                let wanted = |unit: &Unit| entry.step.is_empty() || keep(&entry.step, unit);
                let hunk = hunk(cursor, wanted)?;
                if !hunk.before.is_empty() || !hunk.after.is_empty() {
                    entry.hunks.push(hunk);
                }
                Ok(())
            })?,
            // A later version's key: the journal is never written anew, so it is kept.
            _ => {
                cursor.raw()?;
            }
        }
        Ok(())
    })?;
    cursor.line_end()?;
    Ok(entry)
}

fn hunk(cursor: &mut Cursor, wanted: impl Fn(&Unit) -> bool) -> At<Hunk<'static>> {
    let (mut prev, mut before, mut after) = (None, Vec::new(), Vec::new());
    cursor.object(|cursor, at, key| {
        match key.as_ref() {
            "prev" => prev = Some(text(cursor)?.parse().map_err(|told| (at, Fault::Value(told)))?),
            "before" | "after" => {
                let units = if key == "before" { &mut before } else { &mut after };
                cursor.array("an array of units", |cursor| {
                    units.extend(Some(read_unit(cursor)?).filter(&wanted));
                    Ok(())
                })?;
            }
            _ => {
                cursor.raw()?;
            }
        }
        Ok(())
    })?;
    Ok(Hunk { prev, before: before.into(), after: after.into() })
}

fn text(cursor: &mut Cursor) -> At<String> {
    Ok(cursor.string("a string")?.into_owned())
}

/// `[before,after]`, each of which may be `null`.
fn turn<T>(cursor: &mut Cursor, value: impl Fn(&mut Cursor) -> At<T>) -> At<Turn<Option<T>>> {
    let mut both = Vec::with_capacity(2);
    cursor.array("an array of two", |cursor| {
        cursor.skip_blank();
        both.push(if cursor.peek() == Some(b'n') {
            cursor.raw()?;
            None
        } else {
            Some(value(cursor)?)
        });
        Ok(())
    })?;
    let mut both = both.into_iter();
    match (both.next(), both.next(), both.next()) {
        (Some(before), Some(after), None) => Ok(Turn { before, after }),
        _ => Err(cursor.unexpected("two values in the array")),
    }
}

//! What can be wrong with an alignment file, and where.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::bitext::{CoverError, LawError, UnitId};

use super::VERSION;

/// A fault in an alignment file, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}:{column}: {fault}", .path.display())]
pub struct FileError {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What can be wrong with an alignment file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Something else stands where something was expected.
    #[error("found {found}, expected {expected}")]
    Found {
        /// What stands there.
        found: String,
        /// What should.
        expected: String,
    },
    /// A value is no JSON.
    #[error("bad JSON: {0}")]
    Json(String),
    /// A value that its key cannot have.
    #[error("{0}")]
    Value(String),
    /// The file ends in the middle of something.
    #[error("the file is cut short: it ends inside what begins on line {since}, expected {expected}")]
    CutShort {
        /// What should have come.
        expected: String,
        /// The line on which the unfinished unit begins.
        since: usize,
    },
    /// The file holds nothing.
    #[error("the file is empty, expected a header (`{{\"enregard\":{VERSION},…}}`)")]
    Empty,
    /// The first object is no header.
    #[error("found a unit, expected a header (`{{\"enregard\":{VERSION},…}}`) before it")]
    NoHeader,
    /// A second header.
    #[error("found a second header, expected a unit: the header is on line {first}")]
    TwoHeaders {
        /// The line of the first.
        first: usize,
    },
    /// A version that this program does not know.
    #[error(
        "found format version {0}, expected {VERSION}: a newer enregard wrote this file; update enregard to read it"
    )]
    Version(String),
    /// The header names another article than the file's name does.
    #[error("found the header of article `{found}`, expected `{expected}`, as the file is named")]
    OtherArticle {
        /// What the header says.
        found: String,
        /// What the file's name says.
        expected: String,
    },
    /// A key stands twice in one object.
    #[error("key `{0}` stands twice in one object")]
    DuplicateKey(String),
    /// Two units have one id.
    #[error("id {id} stands here and on line {first} already")]
    DuplicateId {
        /// The id.
        id: UnitId,
        /// The line of the first.
        first: usize,
    },
    /// Git left two versions for a person to choose from.
    #[error("{0}")]
    Conflict(Conflict),
    /// The units are not what stands in the article.
    #[error(transparent)]
    Cover(CoverError),
}

/// Two versions that git could not merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The first and the last line of it.
    pub lines: (usize, usize),
    /// The lines between `<<<<<<<` and `=======`.
    pub ours: Vec<String>,
    /// The lines between `=======` and `>>>>>>>`.
    pub theirs: Vec<String>,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = self.lines;
        write!(
            f,
            "git left a conflict on lines {first} to {last}: keep one of the two, take the marks away"
        )?;
        for (name, lines) in [("ours", &self.ours), ("theirs", &self.theirs)] {
            for line in lines {
                write!(f, "\n    {name}: {line}")?;
            }
            if lines.is_empty() {
                write!(f, "\n    {name}: (nothing)")?;
            }
        }
        Ok(())
    }
}

impl FileError {
    /// A fault at a byte of the file's text.
    pub(super) fn at(path: &Path, text: &str, at: usize, fault: Fault) -> Self {
        let (line, column) = place(text, at);
        FileError { path: path.to_owned(), line, column, fault }
    }

    /// The fault that the units break a law or are not the article's; `starts` has each unit's byte.
    pub(super) fn cover(path: &Path, text: &str, starts: &[usize], error: CoverError) -> Self {
        let start = |unit: usize| starts.get(unit.saturating_sub(1)).copied().unwrap_or(text.len());
        let (at, fault) = match error {
            CoverError::Law(LawError::DuplicateId { id, first, second }) => {
                (start(second), Fault::DuplicateId { id, first: place(text, start(first)).0 })
            }
            CoverError::Elsewhere { unit, .. }
            | CoverError::Law(LawError::Empty(unit, _) | LawError::OrphanPlace(unit, _)) => {
                (start(unit), Fault::Cover(error))
            }
            CoverError::Uncovered { .. } => (text.len(), Fault::Cover(error)),
        };
        FileError::at(path, text, at, fault)
    }
}

/// Line and character of a byte, both counted from 1.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.matches('\n').count() + 1;
    (line, text[line_start..at].chars().count() + 1)
}

/// The first conflict that git left in the text, and the byte of its first mark.
pub(super) fn conflict(text: &str) -> Option<(usize, Conflict)> {
    #[derive(PartialEq)]
    enum Side {
        Ours,
        /// The common ancestor in git's `diff3` style: neither side wants it.
        Base,
        Theirs,
    }
    let mut found: Option<(usize, Conflict)> = None;
    let mut side = Side::Ours;
    let mut at = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let own = line.trim_end_matches(['\n', '\r']);
        let mark =
            |sign: &str| own == sign || own.strip_prefix(sign).is_some_and(|rest| rest.starts_with(' '));
        let any = mark("<<<<<<<") || mark("=======") || mark(">>>>>>>");
        if found.is_none() && any {
            let lines = (index + 1, index + 1);
            found = Some((at, Conflict { lines, ours: Vec::new(), theirs: Vec::new() }));
        }
        at += line.len();
        let Some((_, conflict)) = &mut found else { continue };
        conflict.lines.1 = index + 1;
        if mark(">>>>>>>") {
            break;
        } else if mark("=======") {
            side = Side::Theirs;
        } else if mark("|||||||") {
            side = Side::Base;
        } else if !any && !own.trim().is_empty() {
            match side {
                Side::Ours => conflict.ours.push(own.to_owned()),
                Side::Base => {}
                Side::Theirs => conflict.theirs.push(own.to_owned()),
            }
        }
    }
    found
}

//! An OmegaT project: a folder that OmegaT opens, with one segment for each unit, and that comes back.
//!
//! `source/` has a text file for each article, a line for each unit; segmentation is off. `omegat/project_save.tmx` holds the
//! English that is there, `tm/` the memory, `glossary/` the glossary. `enregard.tsv` says which line is which unit: that is
//! how a project's own memory, which knows texts only, finds its units again.

mod project;
mod read;
mod save;
mod write;

use std::borrow::Cow;

use crate::bitext::flat;

use super::{Column, Format, Purpose, Read, Write};

/// An OmegaT project.
pub(super) const FORMAT: Format = Format {
    name: "omegat",
    title: "OmegaT project",
    endings: &[],
    purpose: Purpose::Work,
    binary: false,
    feature: None,
    write: Write::Folder(write::writer),
    read: Read::Folder(read::reader),
    columns: false,
    paragraphs: true,
    carries: &[Column::Id, Column::Article, Column::Edition, Column::Fr, Column::En],
    loses: "line ends and tabs inside a text become spaces, blanks and byte order marks at its ends go; status, notes and all else",
    through,
    opens: "OmegaT: Project > Open, the folder",
};

/// The project's file that OmegaT keeps translations in.
const SAVE: &str = "omegat/project_save.tmx";
/// Which line of which file is which unit.
const UNITS: &str = "enregard.tsv";

/// What a text is after it went through: a line without white space or byte order marks at its ends and without controls.
fn through(text: &str) -> Cow<'_, str> {
    let control = |c: char| c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let flat = match flat(text) {
        Cow::Owned(text) => Cow::Owned(text.replace(control, " ")),
        Cow::Borrowed(text) if text.contains(control) => Cow::Owned(text.replace(control, " ")),
        borrowed => borrowed,
    };
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    match flat {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(blank)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(blank).to_owned()),
    }
}

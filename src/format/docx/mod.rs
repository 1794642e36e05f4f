//! Word documents: a table with the French beside the English, for people who only have a word processor.
//!
//! Each article has a heading and a table of three columns: the unit's id, the French, the English. Each column has its
//! language, so that spelling is checked in the right one; a unit's note is a comment. [`read`] takes
//! back what Word and LibreOffice make of it.

mod package;
mod read;
mod text;
mod walk;
mod write;

use super::english::Document;
use super::{Column, Format, Purpose, Read, Side, Write};

pub(super) use package::{Package, region};
pub(super) use text::{open, paragraph, runs};

/// A table in a Word document.
pub(super) const FORMAT: Format = Format {
    name: "docx",
    title: "Word document, a table to review",
    endings: &["docx"],
    purpose: Purpose::Work,
    binary: true,
    feature: None,
    write: Write::File(|options, out| {
        Ok(match options.side {
            Side::Both => Box::new(write::Review::new(options, out)),
            Side::English => Box::new(Document::new(options, out)),
        })
    }),
    read: Read::File(|input, _| Ok(Box::new(read::Reviewed::open(input)?))),
    columns: false,
    // For the English alone.
    paragraphs: true,
    carries: &[Column::Id, Column::Fr, Column::En, Column::Note],
    loses: "status, scores, kinds; CR LF is LF, and control characters become a space",
    through: text::through,
    opens: "Word, LibreOffice Writer, Google Docs: open it; python-docx: docx.Document(f).tables",
};

//! The alignment file, format 1: text ⇄ header and units. No file is opened here.
//!
//! The written spec is `alignments/FORMAT.md`; what it says and what is here change together.

mod error;
mod json;
mod read;
mod scan;
mod write;

use crate::bitext::{Header, Unit};

pub use error::{Conflict, Fault, FileError};
pub(crate) use json::{At, Cursor};
pub use read::{Parsed, parse};
pub(crate) use read::{header as read_header, unit as read_unit};
pub use scan::{Sketch, scan};
pub use write::write;
pub(crate) use write::{write_field, write_head, write_header, write_line, write_string, write_unit};

/// A digest of all that the file says of a unit, twelve characters: another one, if anything of it is another.
pub fn unit_tag(unit: &Unit) -> String {
    let mut text = String::new();
    write_unit(&mut text, unit);
    super::sha256(text.as_bytes())[..12].to_owned()
}

/// Whether a unit, once written, reads back as it is: no value of it breaks the file.
pub(crate) fn unit_reads_back(unit: &Unit) -> bool {
    let mut text = String::new();
    write_unit(&mut text, unit);
    let mut cursor = Cursor::new(&text);
    read_unit(&mut cursor).is_ok_and(|reread| reread == *unit) && cursor.at == text.len()
}

/// The same for a header.
pub(crate) fn header_reads_back(header: &Header) -> bool {
    let mut text = String::new();
    write_header(&mut text, header);
    let mut cursor = Cursor::new(&text);
    read_header(&mut cursor).is_ok_and(|reread| reread == *header) && cursor.at == text.len()
}

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// What a header may say about its article, in the order of the file.
pub const ABOUT: [&str; 12] = [
    "title",
    "url",
    "publisher",
    "author",
    "date",
    "licence",
    "translator",
    "edition",
    "encoding",
    "original_sha256",
    "english_encoding",
    "english_sha256",
];

//! The alignment file, format 1: text ⇄ header and units. No file is opened here.
//!
//! The written spec is `alignments/FORMAT.md`; what it says and what is here change together.

mod error;
mod json;
mod read;
mod write;

pub use error::{Conflict, Fault, FileError};
pub(crate) use json::{At, Cursor};
pub use read::{Parsed, parse};
pub(crate) use read::{header as read_header, unit as read_unit};
pub use write::write;
pub(crate) use write::{write_field, write_header, write_string, write_unit};

/// The version of the format that is written, and the newest that is read.
pub const VERSION: u64 = 1;

/// What a header may say about its article, in the order of the file.
pub const ABOUT: [&str; 10] = [
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
];

//! Bitext to interchange and back: one file per format, over a few parts that formats share.
//!
//! A format is a file here with a constant `FORMAT` that describes it ([`Format`]), and one line in
//! [`FORMATS`]. A [`TextWriter`] or [`Writer`] takes units in their [`Placed`]; a [`Reader`] gives back what a file
//! says, as [`Received`]: one cell for each thing that it knows of a unit. All of them write to and read from what they
//! are given: nothing here opens a file or knows of corpora.
//!
//! To add one: `pub(super) const FORMAT: Format` in its file (with a feature: [`Write::Unbuilt`] and
//! [`Read::Unbuilt`] where it was not built in), its line in `registry.rs`, its section in `docs/FORMATS.md`. The suite's
//! `formats` then sends the awkward units through it.

mod anki;
mod column;
mod csv;
mod dataset;
mod decode;
mod description;
mod docx;
mod english;
mod epub;
mod escape;
mod html;
mod json;
mod jsonl;
mod language;
pub mod limits;
mod lines;
mod numbered;
mod omegat;
mod options;
mod pack;
mod parquet;
mod placed;
mod plain;
mod po;
mod prose;
mod reader;
mod registry;
mod table;
mod table_reader;
mod text;
mod tmx;
mod tsv;
mod writer;
mod xces;
mod xliff;
mod xliff_reader;
mod xlsx;
mod xml;

pub use column::{Column, Columns};
pub use csv::csv;
pub use decode::Decoded;
pub use description::{Begun, Format, Purpose, Read, Write, kept};
pub use language::{language_fit, same_language};
pub use lines::{Line, Lines, ReadError};
pub use options::{Options, PROGRAM, Side};
pub use placed::Placed;
pub use reader::{FormatError, InputFolder, Place, Reader, Received, Seekable};
pub use registry::{FORMATS, by_ending, named};
pub use table::Table;
pub use table_reader::{TableError, TableReader};
pub use text::{Known, Text, TextError, decode, encoding_named};
pub use tsv::{Dialect, Guess, guess, tsv};
pub use writer::{Bitext, Folder, Head, Out, TextWriter, Told, Writer};
pub use xml::{is_xml, through_xml};

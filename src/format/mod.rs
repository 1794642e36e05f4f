//! Bitext to interchange and back: one file per format, over a few parts that formats share.
//!
//! Writers take any `io::Write` and readers any `io::BufRead`, both in a stream. Nothing here knows of
//! corpora: a writer gets units in their [`Placed`], a reader gives back what a file says, as [`Received`].

mod column;
mod csv;
mod decode;
mod lines;
mod placed;
mod received;
mod table;
mod text;
mod tsv;

pub use column::{Column, Columns};
pub use csv::csv;
pub use decode::Decoded;
pub use lines::{Line, Lines, ReadError};
pub use placed::Placed;
pub use received::{Received, TableError, TableReader};
pub use table::{Table, Told};
pub use text::{Known, Text, TextError, decode, encoding_named};
pub use tsv::{Dialect, Guess, guess, tsv};

//! CSV, as RFC 4180 has it, but with LF: quotes where they are needed, commas between.

use std::io::{self, BufRead};

use crate::bitext::flat;

use super::table::TableWriter;
use super::{Begun, Column, Format, Options, Purpose, Read, Table, TableReader, TextWriter, Write};

/// CSV.
pub(super) const FORMAT: Format = Format {
    name: "csv",
    title: "CSV (RFC 4180)",
    endings: &["csv"],
    purpose: Purpose::Work,
    binary: false,
    feature: None,
    write: Write::Text(writer),
    read: Read::Stream(reader),
    columns: true,
    paragraphs: false,
    carries: Column::ALL,
    loses: "line ends and tabs inside a text become spaces",
    through: flat,
    opens: "pandas.read_csv(f, keep_default_na=False); Excel: `--bom`, then Data > From Text/CSV",
};

/// The table that CSV is.
pub const fn csv() -> Table {
    Table { separator: b',', quotes: true }
}

fn writer(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    Ok(Box::new(TableWriter { table: csv(), columns: options.columns.clone(), bom: options.bom }))
}

fn reader<'a>(input: Box<dyn BufRead + 'a>, _: &Options) -> Begun<'a> {
    Ok(Box::new(TableReader::csv(input)?))
}

//! Excel workbooks: the round trip for people who live in spreadsheets.
//!
//! Every cell is text, and is told to stay text: no program makes a formula, a number or a date of what is typed. Ids and
//! French are locked (without a password), English, status and note are open.

#[cfg(feature = "xlsx")]
mod cells;
#[cfg(feature = "xlsx")]
mod heights;
#[cfg(feature = "xlsx")]
mod read;
#[cfg(feature = "xlsx")]
mod write;

use super::{Column, Format, Purpose, Read, Write};

/// Excel workbooks.
pub(super) const FORMAT: Format = Format {
    name: "xlsx",
    title: "Excel workbook",
    endings: &["xlsx"],
    purpose: Purpose::Work,
    binary: true,
    feature: Some("xlsx"),
    #[cfg(feature = "xlsx")]
    write: Write::File(|options, out| Ok(Box::new(write::Book::new(options, out)?))),
    #[cfg(not(feature = "xlsx"))]
    write: Write::Unbuilt,
    #[cfg(feature = "xlsx")]
    read: Read::File(|input, _| Ok(Box::new(read::Cells::open(input)?))),
    #[cfg(not(feature = "xlsx"))]
    read: Read::Unbuilt,
    columns: true,
    paragraphs: false,
    carries: Column::ALL,
    loses: "texts of more than 32,767 characters, whose cells are empty",
    #[cfg(feature = "xlsx")]
    through: cells::through,
    #[cfg(not(feature = "xlsx"))]
    through: super::kept,
    opens: "Excel, LibreOffice Calc, Google Sheets: open it; pandas.read_excel(f, keep_default_na=False)",
};

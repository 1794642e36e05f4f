//! How high the lines of a sheet are: a hint for programs that do not measure wrapped text when they open a workbook.
//!
//! `rust_xlsxwriter` writes either no height, which LibreOffice takes for one line of text, or one that is set for good,
//! which no longer grows when a person types. What is wanted stands between: `ht` without `customHeight`.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write};

use super::super::pack::{Pack, Unpack};
use super::super::{Column, FormatError};

/// A line of text in points, and the highest that a line of a sheet can be.
const LINE_POINTS: usize = 15;
const MOST_POINTS: usize = 405;

/// How many lines a text takes in its column, roughly.
pub(super) fn lines(column: Column, text: &str) -> usize {
    let width = match column {
        Column::Fr | Column::En | Column::Was => 60,
        Column::Note | Column::Title | Column::Url => 28,
        _ => return 1,
    };
    if text.len() > MOST_POINTS * 60 {
        return MOST_POINTS / LINE_POINTS;
    }
    text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum()
}

/// Writes a workbook again with the heights of its lines: for each sheet, of each line after the header, in lines of text.
pub(super) fn hinted(workbook: Vec<u8>, sheets: &[Vec<u16>], out: &mut dyn Write) -> io::Result<()> {
    let told = |error: FormatError| io::Error::other(error.to_string());
    let mut unpack = Unpack::open(Box::new(Cursor::new(workbook)), "a workbook").map_err(told)?;
    let mut pack = Pack::in_memory();
    for name in unpack.names() {
        let bytes = unpack.part(&name).map_err(told)?.unwrap_or_default();
        let number = name.strip_prefix("xl/worksheets/sheet").and_then(|name| name.strip_suffix(".xml"));
        let heights =
            number.and_then(|number| number.parse::<usize>().ok()).and_then(|number| sheets.get(number - 1));
        match (heights, std::str::from_utf8(&bytes)) {
            (Some(heights), Ok(sheet)) => pack.part(&name, with_heights(sheet, heights).as_bytes())?,
            _ => pack.part(&name, &bytes)?,
        }
    }
    out.write_all(pack.into_inner()?.get_ref())
}

fn with_heights(sheet: &str, heights: &[u16]) -> String {
    const ROW: &str = "<row r=\"";
    let mut out = String::with_capacity(sheet.len() + heights.len() * 10);
    let mut rest = sheet;
    while let Some(at) = rest.find(ROW) {
        let (before, from) = rest.split_at(at + ROW.len());
        out.push_str(before);
        let end = from.find('>').unwrap_or(from.len());
        let number = from.split('"').next().and_then(|number| number.parse::<usize>().ok());
        out.push_str(&from[..end]);
        // The header is line 1.
        if let Some(lines) = number.and_then(|number| heights.get(number.checked_sub(2)?)) {
            let points = (usize::from(*lines) * LINE_POINTS + 2).min(MOST_POINTS);
            let _ = write!(out, " ht=\"{points}\"");
        }
        rest = &from[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_as_high_as_its_longest_cell_and_not_for_good() {
        let sheet = "<sheetData><row r=\"1\" spans=\"1:7\"><c/></row><row r=\"2\" spans=\"1:7\"><c/></row><row r=\"3\"/></sheetData>";
        assert_eq!(
            with_heights(&sheet.replace("<row r=\"3\"/>", ""), &[3]),
            "<sheetData><row r=\"1\" spans=\"1:7\"><c/></row><row r=\"2\" spans=\"1:7\" ht=\"47\"><c/></row></sheetData>"
        );
        assert_eq!(lines(Column::Fr, &"é".repeat(121)), 3);
        assert_eq!(lines(Column::En, "a\nb"), 2);
        assert_eq!(lines(Column::Id, &"é".repeat(121)), 1);
        assert_eq!(lines(Column::En, ""), 0);
    }
}

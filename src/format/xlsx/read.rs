//! The workbook that came back → what it says of units.
//!
//! Cells are taken one by one: a sheet that claims to be a million columns wide costs nothing.

use std::io::{Cursor, Read, Seek};

use calamine::{DataRef, Reader as _, SheetType, Xlsx, XlsxError};

use super::super::pack::{Pack, Unpack};
use super::super::{Column, FormatError, Place, Reader, Received, Seekable};

/// A header is looked for in as many lines of a sheet.
const HEADER_WITHIN: u32 = 20;

/// Reads every sheet that has a column `id`.
pub(super) struct Cells {
    lines: std::vec::IntoIter<Result<Received, FormatError>>,
    passed_over: Vec<String>,
}

impl Cells {
    /// Opens a workbook, and reads all of it.
    ///
    /// # Errors
    ///
    /// [`FormatError`]: it is no workbook, is damaged, goes beyond a limit, or has no sheet with a column `id`.
    pub fn open(input: Box<dyn Seekable + '_>) -> Result<Self, FormatError> {
        let mut workbook = Xlsx::new(checked(input)?).map_err(|error| unreadable(&error))?;
        let sheets: Vec<(String, bool)> = workbook
            .sheets_metadata()
            .iter()
            .map(|sheet| (sheet.name.clone(), sheet.typ == SheetType::WorkSheet))
            .collect();
        let (mut all, mut counts, mut passed_over) = (Vec::new(), Counts::default(), Vec::new());
        let mut found = false;
        for (name, _) in sheets.iter().filter(|(_, is_table)| *is_table) {
            match sheet(&mut workbook, name, &mut all, &mut counts, &mut passed_over)? {
                true => found = true,
                false => passed_over.push(format!("the sheet `{name}` (it has no column `id`)")),
            }
        }
        if !found {
            let names: Vec<String> = sheets.iter().map(|(name, _)| format!("`{name}`")).collect();
            return Err(FormatError::Unexpected {
                place: None,
                found: format!("no column `id` in the sheets {}", names.join(" ")),
                expected: "a sheet whose first line names the columns, `id` among them".to_owned(),
            });
        }
        if counts.numbers > 0 {
            passed_over.push(format!("how numbers are shown ({} cells, read as text)", counts.numbers));
        }
        if counts.beside > 0 {
            passed_over.push(format!("what stands beside the table ({} cells)", counts.beside));
        }
        Ok(Cells { lines: all.into_iter(), passed_over })
    }
}

impl Reader for Cells {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        match self.lines.next() {
            None => Ok(false),
            Some(Ok(received)) => {
                *into = received;
                Ok(true)
            }
            Some(Err(error)) => Err(error),
        }
    }

    fn has_ids(&self) -> bool {
        true
    }

    fn passed_over(&self) -> Vec<String> {
        self.passed_over.clone()
    }
}

/// The columns of a table by their places, from 0; none: a name that is no column's.
type Header = Vec<(u32, Option<Column>)>;

/// What was seen and not taken as it is.
#[derive(Default)]
struct Counts {
    numbers: u64,
    beside: u64,
}

/// Reads one sheet; whether it is a table of units.
fn sheet<R: Read + Seek>(
    workbook: &mut Xlsx<R>,
    name: &str,
    all: &mut Vec<Result<Received, FormatError>>,
    counts: &mut Counts,
    passed_over: &mut Vec<String>,
) -> Result<bool, FormatError> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    // The names that the lines before the table hold, by their columns, until one of them is `id`.
    let mut names: Vec<(u32, String)> = Vec::new();
    let mut header: Option<(u32, Header)> = None;
    let (mut at, mut received) = (None, Received::default());
    let mut fault = None;
    loop {
        let cell = cells.next_cell_with_formula_metadata().map_err(|error| unreadable(&error))?;
        let line = cell.as_ref().map(|cell| cell.pos.0);
        if at != line {
            match (&header, at) {
                (Some((first, _)), Some(at)) if at > *first => {
                    if let Some(error) = fault.take() {
                        all.push(Err(error));
                    } else if !received.is_empty() {
                        all.push(Ok(std::mem::take(&mut received)));
                    }
                }
                (None, Some(at)) if at < HEADER_WITHIN => {
                    header = columns(&names, passed_over)?.map(|columns| (at, columns));
                    names.clear();
                }
                _ => {}
            }
            let Some(line) = line else { break };
            if header.is_none() && line >= HEADER_WITHIN {
                return Ok(false);
            }
            at = Some(line);
            received.start(row(line));
        }
        let Some(cell) = cell else { break };
        let (line, place) = cell.pos;
        let Some((_, columns)) = &header else {
            if let Some(text) = text(&cell.value) {
                names.push((place, text.to_owned()));
            }
            continue;
        };
        if cell.value == DataRef::Empty && cell.formula.is_none() {
            continue;
        }
        let column = match columns.iter().find(|(known, _)| *known == place) {
            Some((_, Some(column))) => *column,
            Some((_, None)) => continue,
            None => {
                counts.beside += u64::from(text(&cell.value).is_none_or(|text| !text.trim().is_empty()));
                continue;
            }
        };
        let unexpected = |found: String| FormatError::Unit {
            place: row(line),
            found: format!("{found} in column {column}"),
            expected: "text".to_owned(),
        };
        let number;
        let text = match (&cell.value, cell.formula) {
            (_, Some(_)) => {
                fault = Some(unexpected("a formula".to_owned()));
                continue;
            }
            (value, None) => match value {
                DataRef::Int(value) => {
                    number = value.to_string();
                    counts.numbers += 1;
                    &number
                }
                DataRef::Float(value) => {
                    number = value.to_string();
                    counts.numbers += 1;
                    &number
                }
                DataRef::Bool(value) => {
                    fault = Some(unexpected(format!("the truth value {value}")));
                    continue;
                }
                DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
                    fault = Some(unexpected("a date".to_owned()));
                    continue;
                }
                DataRef::Error(error) => {
                    fault = Some(unexpected(format!("the error {error}")));
                    continue;
                }
                DataRef::Empty => continue,
                DataRef::String(text) => text.as_str(),
                DataRef::SharedString(text) => text,
            },
        };
        // Ids are not prose: a space that slipped in is none of theirs.
        let text = if column == Column::Id { text.trim() } else { text };
        if !text.trim().is_empty() {
            received.push(column, text);
        }
    }
    Ok(header.is_some())
}

/// The columns that a line names, if it is a header: those whose names are no column's are passed over.
fn columns(names: &[(u32, String)], passed_over: &mut Vec<String>) -> Result<Option<Header>, FormatError> {
    let columns: Header =
        names.iter().map(|(place, name)| (*place, name.trim().to_lowercase().parse().ok())).collect();
    if !columns.iter().any(|(_, column)| *column == Some(Column::Id)) {
        return Ok(None);
    }
    for (index, (_, column)) in columns.iter().enumerate() {
        match column {
            None => {
                let name = names[index].1.trim();
                if !name.is_empty() {
                    passed_over.push(format!("column `{name}`"));
                }
            }
            Some(column) if columns[..index].iter().any(|(_, earlier)| *earlier == Some(*column)) => {
                return Err(FormatError::Unexpected {
                    place: None,
                    found: format!("column `{column}` twice"),
                    expected: "it once".to_owned(),
                });
            }
            Some(_) => {}
        }
    }
    Ok(Some(columns))
}

fn text<'a>(value: &'a DataRef<'_>) -> Option<&'a str> {
    match value {
        DataRef::String(text) => Some(text),
        DataRef::SharedString(text) => Some(text),
        _ => None,
    }
}

/// A line as spreadsheets count them.
fn row(line: u32) -> Place {
    Place { what: "row", number: u64::from(line) + 1 }
}

/// The container again, its XML unpacked within limits: nothing in it can unpack to more than what was counted.
fn checked(input: Box<dyn Seekable + '_>) -> Result<Cursor<Vec<u8>>, FormatError> {
    let mut unpack = Unpack::open(input, "a workbook (.xlsx)")?;
    let names = unpack.names();
    if !names.iter().any(|name| name.eq_ignore_ascii_case("xl/workbook.xml")) {
        return Err(FormatError::Unexpected {
            place: None,
            found: "a zip file without `xl/workbook.xml`".to_owned(),
            expected: "a workbook (.xlsx)".to_owned(),
        });
    }
    let mut pack = Pack::in_memory();
    for name in names.iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        let part = unpack.part(name)?.unwrap_or_default();
        no_document_type(&part, name)?;
        pack.stored(name, &part).map_err(|source| FormatError::Input { place: None, source })?;
    }
    pack.into_inner().map_err(|source| FormatError::Input { place: None, source })
}

/// A document type is where entities are made, and a workbook has none.
fn no_document_type(part: &[u8], name: &str) -> Result<(), FormatError> {
    // It can only stand before the first element.
    let head = &part[..part.len().min(1 << 16)];
    if memchr::memmem::find(head, b"<!DOCTYPE").is_some() {
        return Err(FormatError::Unexpected {
            place: None,
            found: format!("a document type in `{name}`"),
            expected: "none".to_owned(),
        });
    }
    Ok(())
}

fn unreadable(error: &XlsxError) -> FormatError {
    FormatError::Unexpected {
        place: None,
        found: format!("a workbook that cannot be read ({error})"),
        expected: "a whole one, without a password".to_owned(),
    }
}

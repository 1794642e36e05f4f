//! The document that came back → what it says of units.

use std::collections::HashMap;
use std::io::Read as _;

use crate::bitext::UnitId;

use super::super::pack::Unpack;
use super::super::{Column, Decoded, FormatError, Place, Reader, Received, Seekable};
use super::walk::{Line, walk};

/// The columns of a table that lost its header.
const DEFAULT: [Option<Column>; 3] = [Some(Column::Id), Some(Column::Fr), Some(Column::En)];

/// Reads the tables of a document.
pub(super) struct Reviewed {
    lines: std::vec::IntoIter<Line>,
    comments: HashMap<String, String>,
    passed_over: Vec<String>,
    /// Lines that were seen.
    number: u64,
    table: Option<usize>,
    /// What stands in the columns of the table at hand; none: it is none of ours.
    under: Option<Vec<Option<Column>>>,
}

impl Reviewed {
    /// Opens a document, and reads all of it.
    ///
    /// # Errors
    ///
    /// [`FormatError`]: it is no Word document, is damaged, or goes beyond a limit.
    pub fn open(input: Box<dyn Seekable + '_>) -> Result<Self, FormatError> {
        let what = "a Word document (.docx)";
        let mut unpack = Unpack::open(input, what)?;
        // Word's editor in the browser calls it `document2.xml`.
        let own = |name: &&String| name.starts_with("word/document") && name.ends_with(".xml");
        let Some(name) = unpack.names().iter().find(own).cloned() else {
            return Err(FormatError::Unexpected {
                place: None,
                found: "a zip file without `word/document.xml`".to_owned(),
                expected: what.to_owned(),
            });
        };
        let document = part(&mut unpack, &name)?.unwrap_or_default();
        let walked = walk(&document, &name)?;
        drop(document);
        let comments = match part(&mut unpack, "word/comments.xml")? {
            Some(xml) => walk(&xml, "word/comments.xml")?.comments,
            None => Vec::new(),
        };
        let mut passed_over = Vec::new();
        if walked.tracked > 0 {
            let number = walked.tracked;
            passed_over
                .push(format!("what stood there before {number} tracked changes (they count as accepted)"));
        }
        Ok(Reviewed {
            lines: walked.lines.into_iter(),
            comments: comments.into_iter().collect(),
            passed_over,
            number: 0,
            table: None,
            under: None,
        })
    }

    /// What the columns of a table are, by its first line; whether that is a header.
    fn columns(&mut self, first: &Line) -> bool {
        let known: Vec<Option<Column>> = first.cells.iter().map(|cell| column(cell)).collect();
        if known.contains(&Some(Column::Id)) {
            self.under = Some(known);
            return true;
        }
        // A table that was parted in two has its header in the first only.
        let is_unit = |place: usize| first.cells.get(place).is_some_and(|cell| id(cell).is_some());
        let place_of_id =
            |under: &Vec<Option<Column>>| under.iter().position(|column| *column == Some(Column::Id));
        self.under = match self.under.take() {
            Some(under) if place_of_id(&under).is_some_and(is_unit) => Some(under),
            _ if is_unit(0) => Some(DEFAULT.to_vec()),
            _ => None,
        };
        if self.under.is_none() {
            let told = "a table (it has no column `id`)";
            if !self.passed_over.iter().any(|passed| passed == told) {
                self.passed_over.push(told.to_owned());
            }
        }
        false
    }
}

impl Reader for Reviewed {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        while let Some(line) = self.lines.next() {
            self.number += 1;
            if self.table != Some(line.table) {
                self.table = Some(line.table);
                if self.columns(&line) {
                    continue;
                }
            }
            let Some(under) = &self.under else { continue };
            into.start(Place { what: "table line", number: self.number });
            for (cell, column) in line.cells.iter().zip(under) {
                match column {
                    Some(Column::Id) => into.push(Column::Id, cell.trim()),
                    Some(column) if !cell.trim().is_empty() => into.push(*column, cell),
                    _ => {}
                }
            }
            let notes: Vec<&str> = line
                .comments
                .iter()
                .filter_map(|id| self.comments.get(id))
                .map(|note| note.trim())
                .filter(|note| !note.is_empty())
                .collect();
            into.push(Column::Note, &notes.join("\n"));
            if !into.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn has_ids(&self) -> bool {
        true
    }

    fn passed_over(&self) -> Vec<String> {
        self.passed_over.clone()
    }
}

/// The column that a header's cell names.
fn column(name: &str) -> Option<Column> {
    match name.trim().to_lowercase().as_str() {
        "français" | "francais" | "french" | "source" => Some(Column::Fr),
        "english" | "anglais" | "target" => Some(Column::En),
        name @ ("id" | "fr" | "en" | "note" | "status" | "article" | "edition") => name.parse().ok(),
        _ => None,
    }
}

fn id(cell: &str) -> Option<UnitId> {
    cell.trim().to_lowercase().parse().ok()
}

/// A part as text, whatever its encoding.
fn part(unpack: &mut Unpack<'_>, name: &str) -> Result<Option<String>, FormatError> {
    let Some(bytes) = unpack.part(name)? else { return Ok(None) };
    let mut text = String::new();
    match Decoded::new(&bytes[..]).and_then(|mut decoded| decoded.read_to_string(&mut text)) {
        Ok(_) => Ok(Some(text)),
        Err(error) => Err(FormatError::Unexpected {
            place: None,
            found: format!("`{name}`, which is no text ({error})"),
            expected: "XML".to_owned(),
        }),
    }
}

//! What was exported, read again and held against the corpus, unit by unit.

use std::path::Path;

use crate::bitext::{Stem, UnitId};
use crate::format::{Column, Dialect, Options, Place, Received};
use crate::store::Corpus;

use super::export::Export;
use super::input::{InputError, read_with};
use super::{DeskError, each, open};

/// What came of reading again.
#[derive(Debug, Default, PartialEq)]
pub struct Verified {
    /// Units that were found again.
    pub units: u64,
    /// Cells that are another, as the format says that they must be.
    pub changed: u64,
    /// What is not as it should be; the first hundred.
    pub differences: Vec<Difference>,
    /// How many there are in all.
    pub all_differences: u64,
}

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where in what was written; none where it is missing there.
    pub place: Option<Place>,
    /// The unit in the corpus; none where the file has more.
    pub unit: Option<(Stem, UnitId)>,
    /// What is different; none: the whole unit is missing, or too many.
    pub cell: Option<(Column, String, String)>,
}

/// More differences than this are only counted.
const MOST: usize = 100;

impl Export {
    /// Reads what was written to `path`, and compares it with the units of these articles.
    ///
    /// Cells are compared as far as the format carries them: one that is what the format makes of the unit's is
    /// changed, but no difference.
    ///
    /// # Errors
    ///
    /// [`DeskError::Input`] where the format is not read, or what was written is damaged.
    pub fn verify(&self, corpus: &Corpus, stems: &[Stem], path: &Path) -> Result<Verified, DeskError> {
        let carried = self.format.carried(&self.options);
        // It is known how it was written.
        let options =
            Options { dialect: self.options.dialect.or(Some(Dialect::Quoted)), ..self.options.clone() };
        read_with(path, self.format, &options, |reader| {
            let mut verified = Verified::default();
            let mut received = Received::default();
            let mut next = |into: &mut Received| reader.read(into).map_err(InputError::Format);
            let mut more = next(&mut received)?;
            each(
                stems,
                |stem| open(corpus, stem, self.edition.as_ref()),
                |stem, opened| {
                    // One that could not be read was told when it was to be written.
                    let Ok(opened) = opened else { return Ok(()) };
                    let units = opened.placed(self.edition.as_ref(), self.counts_paragraphs());
                    for placed in units.filter(|placed| self.which.has(placed.unit)) {
                        let unit = Some((stem.clone(), placed.unit.id));
                        let other = received.get(Column::Id).is_some_and(|id| id != placed.unit.id.as_str());
                        if !more || (other && carried.contains(&Column::Id)) {
                            verified.add(Difference { place: None, unit, cell: None });
                            continue;
                        }
                        verified.units += 1;
                        for column in &carried {
                            let expected = column.cell(&placed);
                            let found = received.get(*column).unwrap_or_default();
                            if found == expected {
                                continue;
                            }
                            if found == (self.format.through)(&expected) || blank(found, &expected) {
                                verified.changed += 1;
                                continue;
                            }
                            let cell = Some((*column, found.to_owned(), expected.into_owned()));
                            let place = Some(received.place);
                            verified.add(Difference { place, unit: unit.clone(), cell });
                        }
                        more = next(&mut received)?;
                    }
                    Ok::<(), InputError>(())
                },
            )?;
            while more {
                verified.add(Difference { place: Some(received.place), unit: None, cell: None });
                more = next(&mut received)?;
            }
            Ok(verified)
        })
    }
}

/// Whether a cell has nothing but white space, which a table reads as none.
fn blank(found: &str, expected: &str) -> bool {
    found.is_empty() && expected.trim().is_empty()
}

impl Verified {
    fn add(&mut self, difference: Difference) {
        self.all_differences += 1;
        if self.differences.len() < MOST {
            self.differences.push(difference);
        }
    }
}

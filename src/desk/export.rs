//! Units out of the corpus, as a table.

use std::io::{self, Write};
use std::str::FromStr;

use crate::bitext::{Edition, Status, Stem, Unit};
use crate::format::{Column, Columns, Table, Told};
use crate::quality::State;
use crate::store::Corpus;

use super::{DeskError, OpenState, each, open};

/// Which units go out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// Only these; none: all but orphans.
    pub standings: Vec<Standing>,
    /// Boilerplate too.
    pub boilerplate: bool,
}

/// How far a unit has come, or that its French is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has French and is in this state.
    State(State),
    /// Its French is gone.
    Orphan,
}

impl FromStr for Standing {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if name == "orphan" {
            return Ok(Standing::Orphan);
        }
        let state = State::ALL.into_iter().find(|state| state.as_str() == name);
        state.map(Standing::State).ok_or_else(|| {
            let known: Vec<&str> = State::ALL.iter().map(|state| state.as_str()).collect();
            format!("unknown status `{name}`: expected one of {}, orphan", known.join(", "))
        })
    }
}

impl Which {
    /// Whether this unit goes out.
    pub fn has(&self, unit: &Unit) -> bool {
        if !self.boilerplate && !unit.is_content() {
            return false;
        }
        if self.standings.is_empty() {
            return unit.status != Status::Orphan;
        }
        self.standings.contains(&State::of(unit).map_or(Standing::Orphan, Standing::State))
    }
}

/// How units are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// As which table.
    pub table: Table,
    /// With which columns.
    pub columns: Columns,
    /// Which units.
    pub which: Which,
    /// Of which edition.
    pub edition: Option<Edition>,
    /// A byte order mark before all else, for Excel.
    pub bom: bool,
}

/// What came of one article.
#[derive(Debug)]
pub enum Exported {
    /// It is written.
    Written {
        /// Whether it has changed since: the units are those of the former text.
        changed: bool,
    },
    /// It could not be read; nothing of it is written.
    Fault(DeskError),
}

impl Export {
    /// Writes the units of these articles in order; `seen` hears of each article.
    ///
    /// A fault in one article is for `seen`, and the work on the others goes on.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be written to.
    pub fn run(
        &self,
        corpus: &Corpus,
        stems: &[Stem],
        out: &mut impl Write,
        mut seen: impl FnMut(&Stem, Exported),
    ) -> io::Result<Told> {
        if self.bom {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        self.table.header(&self.columns, out)?;
        let mut all = Told::default();
        each(
            stems,
            |stem| self.article(corpus, stem),
            |stem, result| {
                match result {
                    Ok((lines, told, changed)) => {
                        out.write_all(&lines)?;
                        all += told;
                        seen(stem, Exported::Written { changed });
                    }
                    Err(error) => seen(stem, Exported::Fault(error)),
                }
                io::Result::Ok(())
            },
        )?;
        Ok(all)
    }

    /// The lines of one article, and whether it has changed.
    fn article(&self, corpus: &Corpus, stem: &Stem) -> Result<(Vec<u8>, Told, bool), DeskError> {
        let edition = self.edition.as_ref();
        let opened = open(corpus, stem, edition)?;
        let mut told = Told::default();
        let mut lines = Vec::with_capacity(opened.article.text.len() * 5 / 2);
        let paragraphs = self.columns.has(Column::Paragraph);
        for placed in opened.placed(edition, paragraphs).filter(|placed| self.which.has(placed.unit)) {
            self.table
                .unit(&self.columns, &placed, &mut lines, &mut told)
                .map_err(|source| DeskError::Write { source })?;
        }
        Ok((lines, told, opened.state == OpenState::SeedChanged))
    }
}

//! `enregard drop`: what has no French goes.

use std::cell::Cell;

use clap::Args;

use crate::bitext::Edition;
use crate::desk::{edit_all, in_edition};

use super::super::corpus::{author, open_corpus};
use super::super::{Failure, Outcome, Terminal};
use super::failed;

/// Drop orphans, and English that has no French beside it; never French.
///
/// Example: `enregard drop k7q2m9xd0v`
#[derive(Args)]
pub(in super::super) struct Drop {
    /// The units: ARTICLE:ID, or the id alone
    #[arg(required = true, value_name = "UNIT")]
    units: Vec<String>,
    /// The unit is that of this English edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
}

impl Drop {
    pub(in super::super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let what = format!("cannot drop {}", self.units.join(" "));
        let names: Vec<String> =
            self.units.iter().map(|name| in_edition(name, self.edition.as_ref())).collect();
        let dropped = Cell::new(0);
        edit_all(&corpus, author(&corpus), &names, |revision, id| {
            revision.drop_unit(id)?;
            dropped.set(dropped.get() + 1);
            Ok(())
        })
        .map_err(|error| failed(what, error))?;
        let units = if dropped.get() == 1 { "1 unit".to_owned() } else { format!("{} units", dropped.get()) };
        terminal.tell(format!("dropped {units}; `enregard undo` brings them back"));
        Ok(Outcome::Done)
    }
}

//! `enregard merge`: several units that follow each other as one.

use clap::Args;

use crate::bitext::Edition;
use crate::desk::{edit, in_edition};

use super::super::corpus::{author, open_corpus};
use super::super::{Failure, Outcome, Terminal};
use super::{failed, show};

/// Merge a unit with the next, or with those that are named.
///
/// French and English are put together; the first unit's id stays, and the others still lead to it. An orphan can be
/// merged into any unit of its article: that gets its English.
///
/// Example: `enregard merge k7q2m9xd0v`
#[derive(Args)]
pub(in super::super) struct Merge {
    /// The unit: ARTICLE:ID, or its id alone
    unit: String,
    /// The units that follow it [default: the next one]
    #[arg(value_name = "NEXT")]
    next: Vec<String>,
    /// The unit is that of this English edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
}

impl Merge {
    pub(in super::super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let what = format!("cannot merge {}", self.unit);
        let names = [vec![self.unit], self.next].concat();
        let names: Vec<String> = names.iter().map(|name| in_edition(name, self.edition.as_ref())).collect();
        let edited = edit(&corpus, author(&corpus), &names, |revision, ids| Ok(vec![revision.merge(ids)?]))
            .map_err(|error| failed(what, error))?;
        show(terminal, &[edited])
    }
}

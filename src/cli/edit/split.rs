//! `enregard split`: one unit as several.

use clap::Args;

use crate::bitext::Edition;
use crate::desk::{edit, in_edition};
use crate::revise::Cut;

use super::super::corpus::{author, open_corpus};
use super::super::{Failure, Outcome, Terminal};
use super::{failed, show};

/// Split a unit: into its sentences, or in two at a place that is given.
///
/// The English stays with the first part, unless --en-at says where to cut it. Units that were
/// merged get each their own again. The first part keeps the id; the ids of all are written out.
///
/// Example: `enregard split k7q2m9xd0v --at puis --en-at then`
#[derive(Args)]
pub(in super::super) struct Split {
    /// The unit: ARTICLE:ID, or its id alone
    unit: String,
    /// Cut the French before this text, within a sentence too [default: between its sentences]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    at: Option<String>,
    /// Cut the French after this many of the unit's sentences
    #[arg(long, value_name = "N", conflicts_with = "at")]
    after: Option<usize>,
    /// Cut the English before this text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    en_at: Option<String>,
    /// The unit is that of this English edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
}

impl Split {
    pub(in super::super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let what = format!("cannot split {}", self.unit);
        let name = in_edition(&self.unit, self.edition.as_ref());
        let cut = match (&self.at, self.after) {
            (Some(text), _) => Cut::Before(text),
            (None, Some(count)) => Cut::After(count),
            (None, None) => Cut::Sentences,
        };
        let edited = edit(&corpus, author(&corpus), &[name], |revision, ids| {
            revision.split(ids[0], cut, self.en_at.as_deref())
        })
        .map_err(|error| failed(what, error))?;
        show(terminal, &[edited])
    }
}

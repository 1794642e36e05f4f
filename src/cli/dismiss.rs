//! `enregard dismiss`: a finding that is none.

use clap::Args;

use super::corpus::{author, desk_failed, open_corpus};
use super::{Failure, Outcome, Terminal};
use crate::bitext::Edition;
use crate::desk::check::{check_names, rules};
use crate::desk::{edit_all, in_edition};

/// Dismiss what a check finds in a unit: `enregard check` says nothing of it again.
///
/// The dismissal stands in the alignment file and lapses when the unit's French or English changes. A unit is
/// named ARTICLE:ID or by its id alone, as `enregard check` shows it.
///
/// Example: `enregard dismiss k7q2m9xd0v names`
#[derive(Args)]
pub(super) struct Dismiss {
    /// The unit
    #[arg(value_name = "UNIT")]
    unit: String,
    /// The check, as `enregard check` names it; several are dismissed at once
    #[arg(value_name = "CHECK", required = true)]
    checks: Vec<String>,
    /// Take dismissals back
    #[arg(long)]
    recall: bool,
    /// The unit is that of this English edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
}

impl Dismiss {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let known = check_names(&rules(&corpus).map_err(|error| desk_failed("cannot dismiss", error))?);
        if let Some(other) = self.checks.iter().find(|check| !known.contains(check)) {
            return Err(Failure::new(format!("cannot dismiss: there is no check `{other}`"))
                .hint(format!("the checks are {}", known.join(", "))));
        }
        let name = in_edition(&self.unit, self.edition.as_ref());
        edit_all(&corpus, author(&corpus), &[name], |revision, id| {
            self.checks.iter().try_for_each(|check| {
                if self.recall { revision.recall(id, check) } else { revision.dismiss(id, check) }
            })
        })
        .map_err(|error| desk_failed(format!("cannot dismiss a finding of {}", self.unit), error))?;
        let what = if self.recall { "shown again" } else { "dismissed" };
        terminal.tell(format!("{}: {} {what}", self.unit, self.checks.join(", ")));
        Ok(Outcome::Done)
    }
}

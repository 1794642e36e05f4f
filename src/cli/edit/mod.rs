//! The commands that make one edit: `set`, `merge`, `split`, `move`, `drop`.

mod drop;
mod merge;
mod set;
mod shift;
mod split;

pub(super) use drop::Drop;
pub(super) use merge::Merge;
pub(super) use set::Set;
pub(super) use shift::Move;
pub(super) use split::Split;

use std::io::Write;

use crate::desk::{DeskError, Edited, OpenState};
use crate::revise::{EditError, Side};

use super::corpus::desk_failed;
use super::{Failure, Outcome, Terminal};

/// Names the units that an edit came to, one on a line, as they can be typed again.
fn show(terminal: &mut Terminal, edited: &[Edited]) -> Result<Outcome, Failure> {
    for one in edited {
        for unit in &one.units {
            let stale = if unit.is_stale() { ", stale" } else { "" };
            writeln!(terminal.out, "{}:{}\t{}{stale}", one.article, unit.id, unit.status)?;
        }
        if one.state == OpenState::SeedChanged {
            terminal.tell(format!(
                "warning: {0} has changed since its alignment file was written: run `enregard sync {0}`",
                one.article
            ));
        }
    }
    Ok(Outcome::Done)
}

/// What could not be done, with what to type next.
fn failed(what: impl Into<String>, error: DeskError) -> Failure {
    let hint = match &error {
        DeskError::NoUnit { name, article: None } if name.len() != 10 => Some(format!(
            "`{name}` is no unit id: type ARTICLE:ID, as `enregard export --columns article,id,fr` lists them"
        )),
        DeskError::NoUnit { article: None, .. } => {
            Some("type ARTICLE:ID; `enregard export --columns article,id,fr` lists the units".into())
        }
        DeskError::NoUnit { article: Some(article), .. } => {
            Some(format!("`enregard export {article} --columns id,kind,fr,en --boilerplate` lists its units"))
        }
        DeskError::ManyUnits { .. } => Some("type one of them, or more of the id".into()),
        DeskError::TwoArticles { .. } => {
            Some("units of one article are joined or parted, never of two".into())
        }
        DeskError::Edit { article, error } => hint(article, error),
        _ => None,
    };
    let failure = desk_failed(what, error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn hint(article: &str, error: &EditError) -> Option<String> {
    Some(match error {
        EditError::Blank(_) => "to take the English away, use `--clear`".into(),
        EditError::NothingLeft(id) => format!("`enregard drop {article}:{id}` drops the unit"),
        EditError::NeedsEnglish { .. } => "give the English as well, with `--en TEXT`".into(),
        EditError::HasEnglish { .. } => "`--clear` takes the English away at the same time".into(),
        EditError::OrphanByHand => "`--status skipped` leaves a sentence in French".into(),
        EditError::Orphan(id) => format!(
            "`enregard merge {article}:UNIT {id}` gives its English to another unit, `enregard drop {article}:{id}` drops it"
        ),
        EditError::NotNeighbours { .. } => "name the units between them, too".into(),
        EditError::Nowhere { side: Side::French, .. } | EditError::Several { side: Side::French, .. } => {
            "give some words as they stand in the French, enough to be there once".into()
        }
        EditError::Nowhere { .. } | EditError::Several { .. } => {
            "give some words as they stand in the English, enough to be there once".into()
        }
        EditError::EmptyPart { side: Side::English, .. } => {
            "`--en` moves all of it; without `--en-at` it stays with the first part".into()
        }
        EditError::EmptyPart { .. } => "give the words that the second part begins with".into(),
        EditError::TooFewSentences { has: 1, .. } => {
            "`enregard split UNIT --at TEXT` cuts a sentence before a text".into()
        }
        EditError::ManySentences { .. } => {
            "`--after N` says which of the sentences stay in the first part".into()
        }
        EditError::HasFrench(id) => {
            format!("to leave it untranslated, use `enregard set {article}:{id} --status skipped`")
        }
        _ => return None,
    })
}

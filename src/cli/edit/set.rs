//! `enregard set`: one unit's English, status, kind or note.

use std::io::{IsTerminal, Read};

use clap::Args;

use crate::bitext::{Edition, Kind, Status};
use crate::desk::{edit_all, in_edition};

use super::super::corpus::{author, open_corpus};
use super::super::{Failure, Outcome, Terminal};
use super::{failed, show};

/// Set the English, status, kind or note of a unit.
///
/// A unit is named ARTICLE:ID, where either may be cut short, or by its id alone; ARTICLE:12 is the
/// twelfth. All that is set at once is one step of `undo`. Other English than before is a
/// draft, unless --status says otherwise, and takes the place of whatever was there.
///
/// Examples: `enregard set k7q2m9xd0v --en "It’s raining." --status reviewed`, or
/// `enregard set 000:k7q 000:h9w --status skipped`
#[derive(Args)]
pub(in super::super) struct Set {
    /// The unit; several, where they are all to have the same status, kind or note
    #[arg(required = true, value_name = "UNIT")]
    units: Vec<String>,
    /// The English, as it is to stand; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    en: Option<String>,
    /// Take the English away
    #[arg(long)]
    clear: bool,
    /// draft, reviewed, skipped (left in French), or untranslated (takes skipped back)
    #[arg(long, value_name = "STATUS")]
    status: Option<Status>,
    /// body, heading, caption, label, byline, credit, copyright, widget, related or metadata
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,
    /// A remark in place of the one that is there; an empty one takes it away
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// The English of a stale unit fits the French as it is now
    #[arg(long)]
    keep: bool,
    /// The unit is that of this English edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
}

impl Set {
    pub(in super::super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let what = match &self.units[..] {
            few if few.len() <= 5 => format!("cannot set {}", few.join(" ")),
            many => format!("cannot set the {} units", many.len()),
        };
        let nothing = self.en.is_none()
            && self.status.is_none()
            && self.kind.is_none()
            && self.note.is_none()
            && !self.clear
            && !self.keep;
        if nothing {
            return Err(Failure::new(format!("{what}: nothing to set was given"))
                .hint("give one of --en, --status, --kind, --note, --keep, --clear"));
        }
        if self.en.is_some() && self.units.len() > 1 {
            return Err(Failure::new(format!("{what}: one English text cannot be that of several units")));
        }
        let english = match self.en.as_deref() {
            Some("-") => Some(standard_input(terminal)?),
            other => other.map(str::to_owned),
        };
        let blank = english.as_deref().is_none_or(|text| text.trim().is_empty());
        if self.clear && !blank {
            return Err(Failure::new(format!("{what}: --clear takes the English away, --en gives some")));
        }
        let corpus = open_corpus(terminal)?;
        let names: Vec<String> =
            self.units.iter().map(|name| in_edition(name, self.edition.as_ref())).collect();
        let edited = edit_all(&corpus, author(&corpus), &names, |revision, id| {
            if self.clear {
                revision.clear_english(id)?;
            } else if let Some(english) = &english {
                revision.set_english(id, english)?;
            }
            if let Some(status) = self.status {
                revision.set_status(id, status)?;
            }
            if self.keep {
                revision.keep(id)?;
            }
            if let Some(kind) = self.kind {
                revision.set_kind(id, kind)?;
            }
            if let Some(note) = &self.note {
                revision.set_note(id, note)?;
            }
            Ok(())
        })
        .map_err(|error| failed(what, error))?;
        show(terminal, &edited)
    }
}

/// All of standard input without its last line end.
fn standard_input(terminal: &Terminal) -> Result<String, Failure> {
    if std::io::stdin().is_terminal() {
        terminal.tell("the English, and then Ctrl-D on a line of its own:");
    }
    let mut bytes = Vec::new();
    let told = |error| Failure::because("cannot read the English from standard input", error);
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(told)?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        Failure::because("cannot read the English from standard input", error.utf8_error())
    })?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

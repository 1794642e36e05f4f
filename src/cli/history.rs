//! `enregard history`: what became of a unit.

use std::io::Write;

use clap::Args;

use crate::bitext::{Edition, Unit, joined};
use crate::desk::{in_edition, unit_id};
use crate::store::{Event, Past};

use super::corpus::{desk_failed, failed, open_corpus};
use super::lay::{Layout, Style};
use super::{Failure, Outcome, Terminal};

/// Show every change of a unit: when, by whom, by which command, before and after.
///
/// The oldest comes first. What was changed in an editor or came with git is not in it: for that,
/// `git log -p alignments/` is of use. A unit is named ARTICLE:ID, by its number (`000:12`), or by its id
/// alone, also where it is gone.
///
/// Example: `enregard history k7q2m9xd0v`
#[derive(Args)]
pub(super) struct History {
    /// The unit: ARTICLE:ID, or its id alone
    unit: String,
    /// Only what was changed in this edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
}

impl History {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let told = || format!("cannot show the history of {}", self.unit);
        // A number counts the units of that edition.
        let name = in_edition(&self.unit, self.edition.as_ref());
        let id = unit_id(&corpus, &name).map_err(|error| desk_failed(told(), error))?;
        let Past { mut events, unread } = corpus.history(id).map_err(|error| failed(told(), error))?;
        if self.edition.is_some() {
            events.retain(|event| event.edition == self.edition);
        }
        if events.is_empty() && unread.is_empty() {
            terminal.tell(format!("no command has changed {} in this corpus", self.unit));
        }
        let layout = Layout { columns: terminal.columns(), colours: terminal.colours_out() };
        for (index, event) in events.iter().enumerate() {
            if index > 0 {
                writeln!(terminal.out)?;
            }
            for line in shown(event, layout) {
                writeln!(terminal.out, "{line}")?;
            }
        }
        for line in &unread {
            terminal.tell(format!("warning: {line}: what this line says is not shown"));
        }
        Ok(if unread.is_empty() { Outcome::Done } else { Outcome::Partial })
    }
}

/// A change as lines: a heading, then a line for each field.
fn shown(event: &Event, layout: Layout) -> Vec<String> {
    let place = match &event.edition {
        None => event.stem.to_string(),
        Some(edition) => format!("{}@{edition}", event.stem),
    };
    let by = event.by.as_deref().unwrap_or("somebody");
    let heading = format!("{}  {by}  {place}  {}", event.at, event.command);
    let mut lines = layout.paragraph("", &[(Style::Bold, &heading)]);
    if event.after.is_none() {
        lines.push("  gone".to_owned());
    }
    let before = event.before.as_ref().map_or_else(Vec::new, fields);
    let after = event.after.as_ref().map_or_else(Vec::new, fields);
    for (index, name) in FIELDS.iter().enumerate() {
        let empty = String::new();
        let (old, new) = (before.get(index).unwrap_or(&empty), after.get(index).unwrap_or(&empty));
        if old != new {
            lines.extend(layout.paragraph(&format!("  {name}: "), &Layout::compared(old, new)));
        }
    }
    lines
}

const FIELDS: [&str; 9] = ["id", "fr", "en", "status", "kind", "was", "note", "origin", "merged"];

/// What a person may want to see of a unit, in the order of [`FIELDS`].
fn fields(unit: &Unit) -> Vec<String> {
    let merged: Vec<&str> = unit.more.was_ids.iter().map(|id| id.as_str()).collect();
    vec![
        unit.id.to_string(),
        unit.french(),
        unit.english(),
        unit.status.to_string(),
        unit.kind.to_string(),
        joined(&unit.more.was),
        unit.more.note.clone().unwrap_or_default(),
        unit.origin.map_or(String::new(), |origin| origin.to_string()),
        merged.join(" "),
    ]
}

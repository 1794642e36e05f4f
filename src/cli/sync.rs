//! `enregard sync`: the English carried over to articles that have changed.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::add::shown;
use super::corpus::{articles, author, desk_failed, failed, open_corpus};
use super::lay::{Layout, Style};
use super::progress::Progress;
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Unit};
use crate::desk::{Sync, Synced};
use crate::format::{Known, TextError, decode};
use crate::revise::{Carried, CarryReport, Fate};

/// Carry the English over to articles that have changed.
///
/// Old and new French are compared word by word. Unchanged sentences keep their English and
/// status, moved ones too; where the French is another now, the unit is stale until somebody
/// looks at it; where it is gone, the unit stays at the end as an orphan, with its English.
/// Nothing that a person typed is deleted, and one `undo` takes all of it back.
///
/// Examples:
///   enregard sync --dry-run
///   enregard sync 000 --from corrected.txt
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SyncCommand {
    /// Articles, by the beginning of their names [default: all that have changed]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Put this text in place of the article first; `-` reads it from standard input
    #[arg(long, value_name = "NEW.txt", requires = "articles")]
    from: Option<PathBuf>,
    /// Show what would come of it, and write nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Also where only the rules for sentences are newer than the units
    #[arg(long)]
    resegment: bool,
    /// Only the English of this edition
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    edition: Option<Edition>,
}

impl SyncCommand {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let what = "cannot carry the English over";
        if self.from.is_some() && self.articles.len() != 1 {
            return Err(Failure::new(format!(
                "{what}: --from takes one article, found {}",
                self.articles.len()
            )));
        }
        let corpus = open_corpus(terminal)?;
        let stems = articles(terminal, &corpus, &self.articles, self.edition.as_ref())
            .map_err(|error| failed(what, error))?;
        let from = self.from.as_deref().map(|path| text_of(path, terminal)).transpose()?;
        let mut sync = match self.dry_run {
            true => Sync::dry(&corpus, self.resegment),
            false => Sync::new(&corpus, author(&corpus), self.resegment),
        };
        if let Some(edition) = &self.edition {
            sync = sync.only(edition);
        }
        let outdated = if from.is_some() { stems } else { sync.outdated(&stems) };
        let layout = Layout { columns: terminal.columns(), colours: terminal.colours_out() };
        let mut progress = Progress::new(terminal, outdated.len());
        let (mut carried, mut faults) = (0, 0);
        for stem in &outdated {
            progress.step();
            let mut shown = Ok(());
            let done = sync.article(stem, from.as_deref(), |one| {
                carried += 1;
                if shown.is_ok() {
                    shown = progress.aside(|| show(&mut terminal.out, layout, &one));
                }
            });
            if let Err(error) = done {
                faults += 1;
                let failure = desk_failed(format!("cannot carry {stem} over"), error);
                progress.aside(|| terminal.report(&failure));
            }
            shown?;
        }
        drop(progress);
        sync.finish().map_err(|error| desk_failed(what, error))?;
        terminal.out.flush()?;
        if carried == 0 && faults == 0 {
            terminal.tell(match (&from, self.articles.is_empty()) {
                (Some(_), _) if !self.dry_run => "the text is in place; there was no English to carry over",
                (Some(_), _) => "there is no English to carry over",
                (None, true) => "no article has changed",
                (None, false) => "nothing there has changed",
            });
        } else if self.dry_run {
            terminal.tell("nothing was written: this was a trial (--dry-run)");
        }
        Ok(if faults > 0 { Outcome::Partial } else { Outcome::Done })
    }
}

/// The text of a file, in any encoding that `add` reads.
fn text_of(path: &Path, terminal: &Terminal) -> Result<String, Failure> {
    let told = || format!("cannot read the new text from {}", shown(path));
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::because(told(), error))?;
    let text = decode(bytes, None).map_err(|error| {
        let hint = match &error {
            TextError::Empty | TextError::Blank => "put the new text into the file first",
            TextError::Kind(_) => "save its text as plain text, and give that",
            _ => {
                "save it as UTF-8: `iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW` does that for most French texts"
            }
        };
        Failure::because(told(), error).hint(hint)
    })?;
    if text.known == Known::Guess {
        terminal.tell(format!(
            "note: {} is read as {}, a guess by its letters: look at the accents",
            shown(path),
            text.encoding
        ));
    }
    Ok(text.text)
}

/// What became of an article: the counts, and each unit that is not as it was.
fn show(out: &mut dyn Write, layout: Layout, synced: &Synced<'_>) -> std::io::Result<()> {
    let why = if synced.text_changed { "" } else { " (other sentences of the same text)" };
    writeln!(out, "{}: {}{why}", layout.word(Style::Bold, &synced.article), counts(&synced.report))?;
    for (place, unit) in synced.report.units.iter().enumerate() {
        let Some(name) = name(unit) else { continue };
        // What has vanished has no unit any more.
        let now = synced.units.get(place).map_or_else(String::new, Unit::french);
        let before = if unit.before.is_empty() { now.clone() } else { unit.before.join(" ") };
        let pieces = match unit.fate {
            Fate::New => vec![(Style::New, now.as_str())],
            Fate::Orphaned | Fate::Vanished => vec![(Style::Gone, before.as_str())],
            _ => Layout::compared(&before, &now),
        };
        for line in layout.paragraph(&format!("  {name:<9} {}  ", unit.id), &pieces) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// What is said of a unit in the list; nothing of those that are as they were, or only typed otherwise.
fn name(unit: &Carried) -> Option<&'static str> {
    Some(match unit.fate {
        Fate::Kept | Fate::Retyped if unit.moved => "moved",
        Fate::Kept | Fate::Retyped => return None,
        Fate::Changed => "changed",
        Fate::Stale => "stale",
        Fate::Restored => "restored",
        Fate::New => "new",
        Fate::Orphaned => "orphan",
        Fate::Vanished => "gone",
    })
}

/// `1 stale, 2 new; 20 kept`.
fn counts(report: &CarryReport) -> String {
    let names = [
        (Fate::Stale, "stale"),
        (Fate::Restored, "restored"),
        (Fate::Changed, "changed"),
        (Fate::New, "new"),
        (Fate::Orphaned, "orphaned"),
        (Fate::Vanished, "gone"),
        (Fate::Retyped, "typed otherwise"),
    ];
    let mut counts: Vec<String> = names
        .iter()
        .map(|(fate, name)| (report.count(*fate), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    if report.moved() > 0 {
        counts.push(format!("{} moved", report.moved()));
    }
    let kept = format!("{} kept", report.count(Fate::Kept));
    if counts.is_empty() { kept } else { format!("{}; {kept}", counts.join(", ")) }
}

//! `enregard import`: English that comes back in files.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use super::corpus::{author, desk_failed, failed, open_corpus};
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Status, Unit, flat};
use crate::desk::import::{self, Change, Imported, Problem, Tally};
use crate::desk::input::InputError;
use crate::format::{self, Dialect, Format, FormatError, TableError};
use crate::revise::{Refusal, Whose};

/// Take English from files into the corpus, by the units' ids, as one step of undo.
///
/// The files are what `enregard export` wrote, edited, in any format that is read back (`enregard formats`). A table has
/// the columns id and en, and, where they are there, article, fr, status, kind, note and rev; an empty cell or a missing
/// line changes nothing. All is checked first; where one unit cannot be taken, nothing is written. English of a French
/// that has changed since comes in as stale.
///
/// Examples:
///   enregard import for-anne.csv
///   enregard import --dry-run *.tsv
///   enregard import for-anne.csv --theirs
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Import {
    /// The files; - is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The article of lines that name none, by the beginning of its name
    #[arg(long)]
    article: Option<String>,
    /// The edition of lines that name none
    #[arg(long)]
    edition: Option<Edition>,
    /// The format's name, as `enregard formats` lists it [default: by the ending of FILE, else tsv]
    #[arg(long, value_name = "FORMAT", value_parser = format::named)]
    from: Option<&'static Format>,
    /// How TSV is written, where its cells do not tell: quoted or plain
    #[arg(long)]
    dialect: Option<Dialect>,
    /// Take what can be taken, although other lines cannot
    #[arg(long)]
    partial: bool,
    /// Where both sides changed the English, keep that of the corpus
    #[arg(long, conflicts_with = "theirs")]
    ours: bool,
    /// Where both sides changed the English, take that of the file
    #[arg(long)]
    theirs: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// More faults than this help nobody.
const MOST_FAULTS: usize = 50;

impl Import {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let told = "cannot import";
        let article = self.article.as_deref().map(|name| corpus.resolve(name)).transpose();
        let import = import::Import {
            files: self.files,
            article: article.map_err(|error| failed(told, error))?,
            edition: self.edition,
            from: self.from,
            dialect: self.dialect,
            partial: self.partial,
            whose: match (self.ours, self.theirs) {
                (true, _) => Some(Whose::Ours),
                (_, true) => Some(Whose::Theirs),
                _ => None,
            },
            dry_run: self.dry_run,
        };
        let mut shown = Ok(());
        let out = &mut terminal.out;
        let show_next = |change: Change<'_>| {
            if shown.is_ok() {
                shown = show(out, &change);
            }
        };
        let imported =
            import.run(&corpus, author(&corpus), show_next).map_err(|error| desk_failed(told, error))?;
        shown?;
        for (file, what) in &imported.passed_over {
            terminal.tell(format!("warning: {}: {what} is not read", import::called(file)));
        }
        let faults = tell_faults(terminal, &imported);
        if let Some(error) = imported.stopped {
            terminal.tell(format!("{}, entered before the fault", count(imported.changed)));
            return Err(desk_failed("cannot import the rest", error)
                .hint("`enregard undo` takes back what was entered"));
        }
        if faults > 0 && !self.partial {
            let plural = if faults == 1 { "" } else { "s" };
            let what = match self.dry_run {
                true => format!("{faults} fault{plural}: nothing would be imported"),
                false => format!("nothing is imported, because of {faults} fault{plural}"),
            };
            return Err(Failure { hint: hint(&imported).map(str::to_owned), ..Failure::new(what) });
        }
        let would = if self.dry_run { "would change: " } else { "" };
        terminal.tell(format!("{would}{}; {} lines read", count(imported.changed), imported.lines));
        if faults > 0 {
            terminal.tell(format!("{faults} lines were not taken"));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }
}

/// Reports the faults, and says how many there are.
fn tell_faults(terminal: &Terminal, imported: &Imported) -> usize {
    for fault in imported.faults.iter().take(MOST_FAULTS) {
        terminal.report(&Failure::new(fault.to_string()));
    }
    let more = imported.faults.len().saturating_sub(MOST_FAULTS);
    if more > 0 {
        terminal.report(&Failure::new(format!("and {more} lines more")));
    }
    imported.faults.len()
}

/// What to do about the first kind of fault that something can be done about.
fn hint(imported: &Imported) -> Option<&'static str> {
    let any = |wanted: fn(&Problem) -> bool| imported.faults.iter().any(|fault| wanted(&fault.problem));
    let input = |wanted: fn(&InputError) -> bool| {
        imported.faults.iter().any(|fault| matches!(&fault.problem, Problem::Input(error) if wanted(error)))
    };
    Some(if input(|error| matches!(error, InputError::Format(FormatError::Dialect { .. }))) {
        "say how the file is written: `--dialect quoted` (pandas, Excel) or `--dialect plain` (no quoting)"
    } else if input(|error| matches!(error, InputError::Format(FormatError::Table(TableError::Read(_))))) {
        "mend the file at that place, or save it again as UTF-8"
    } else if input(|error| {
        matches!(error, InputError::Format(FormatError::Table(_)) | InputError::SomethingElse { .. })
    }) {
        "the file must have a header with `id` and `en`, as `enregard export` writes it"
    } else if any(|problem| matches!(problem, Problem::Refused { refusal: Refusal::BothChanged { .. } })) {
        "`--ours` keeps the English of the corpus, `--theirs` takes that of the file"
    } else if any(|problem| matches!(problem, Problem::NoId)) {
        "lines go to units by their ids alone: keep the column `id` of the export"
    } else if any(|problem| matches!(problem, Problem::Input(_))) {
        return None;
    } else {
        "mend these lines, or let `--partial` take all the others"
    })
}

/// `12 units in 3 articles (9 with new English, 1 of them stale)`.
fn count(changed: Tally) -> String {
    let plural = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    let mut text = format!("{} in {}", plural(changed.units, "unit"), plural(changed.articles, "article"));
    if changed.units > 0 {
        text.push_str(&format!(" ({} with new English", changed.english));
        if changed.stale > 0 {
            text.push_str(&format!(", {} of them stale: their French has changed since", changed.stale));
        }
        text.push(')');
    }
    text
}

/// Shows one change: the unit's place, and each thing that is another, before and after.
fn show(out: &mut impl Write, change: &Change<'_>) -> io::Result<()> {
    let Change { before, after, .. } = change;
    let edition = change.edition.map(|edition| format!("@{edition}")).unwrap_or_default();
    let (file, place) = &change.place;
    writeln!(out, "{}{edition} {} ({}, {place})", change.stem, before.id, import::called(file))?;
    if before.en != after.en {
        let was = if after.is_stale() { after.more.was.join(" ") } else { after.french() };
        writeln!(out, "  fr: {}{}", flat(&was), if change.stale { " (a former one)" } else { "" })?;
        if before.has_english() {
            writeln!(out, "  -   {}", flat(&before.english()))?;
        }
        writeln!(out, "  +   {}", flat(&after.english()))?;
    }
    let note = |unit: &Unit| flat(unit.more.note.as_deref().unwrap_or("none")).into_owned();
    let status = |status: Status| status.to_string();
    for (name, old, new) in [
        ("status", status(before.status), status(after.status)),
        ("kind", before.kind.to_string(), after.kind.to_string()),
        ("note", note(before), note(after)),
    ] {
        if old != new {
            writeln!(out, "  {name}: {old} → {new}")?;
        }
    }
    Ok(())
}

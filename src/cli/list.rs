//! `enregard list`: the articles and how far they have come.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::corpus::{articles, desk_failed, failed, open_corpus};
use super::lay::visible;
use super::progress::Progress;
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Stem, flat};
use crate::desk::{DeskError, Listed, OpenState, list};
use crate::quality::State;

/// List the articles, with their sentences of content by state.
///
/// On a terminal a table; otherwise tabs between the cells, after a line with the columns' names.
///
/// Examples:
///   enregard list
///   enregard list --json 00
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct List {
    /// Articles, by the beginning of their names; here one beginning may mean several [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Of this edition: the articles that have it
    #[arg(long)]
    edition: Option<Edition>,
    /// JSON, with all that is known
    #[arg(long)]
    json: bool,
}

/// The counts that are shown, in order.
const COUNTS: [(&str, State); 5] = [
    ("reviewed", State::Reviewed),
    ("draft", State::Draft),
    ("stale", State::Stale),
    ("skipped", State::Skipped),
    ("untranslated", State::Untranslated),
];

impl List {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let edition = self.edition.as_ref();
        let told = |error| failed("cannot list the articles", error);
        let mut stems = articles(terminal, &corpus, &[], edition).map_err(told)?;
        let mut unknown = Vec::new();
        if !self.articles.is_empty() {
            let all = std::mem::take(&mut stems);
            unknown = self.articles.clone();
            unknown.retain(|name| !all.iter().any(|stem| stem.as_str().starts_with(name.as_str())));
            let asked =
                |stem: &Stem| self.articles.iter().any(|name| stem.as_str().starts_with(name.as_str()));
            stems = all.into_iter().filter(asked).collect();
        }
        for name in &unknown {
            terminal.report(
                &Failure::new(format!("no article's name begins with `{name}`"))
                    .hint("`enregard list` without a name lists all"),
            );
        }
        let mut faults = unknown.len();
        let mut listed = Vec::with_capacity(stems.len());
        let mut progress = Progress::new(terminal, stems.len());
        let done: Result<(), DeskError> = list(&corpus, &stems, edition, |stem, result| {
            progress.step();
            match result {
                Ok(one) => listed.push((stem.clone(), one)),
                Err(error) => {
                    faults += 1;
                    progress.aside(|| terminal.report(&desk_failed(format!("cannot read {stem}"), error)));
                }
            }
            Ok(())
        });
        done.map_err(|error| desk_failed("cannot list the articles", error))?;
        drop(progress);
        match terminal.columns() {
            _ if self.json => json(&mut terminal.out, &listed)?,
            Some(columns) => table(&mut terminal.out, &listed, columns)?,
            None => plain(&mut terminal.out, &listed)?,
        }
        if listed.is_empty() && faults == 0 {
            terminal.tell("no articles yet: `enregard add FILE` puts one in");
        }
        Ok(if faults > 0 { Outcome::Partial } else { Outcome::Done })
    }
}

fn file_state(state: OpenState) -> &'static str {
    match state {
        OpenState::New => "new",
        OpenState::Current => "current",
        OpenState::SeedChanged => "changed",
    }
}

fn counts(listed: &Listed) -> [u64; 6] {
    let of = |state| listed.coverage.size(state).sentences;
    let mut all = [listed.coverage.total().sentences; 6];
    for (count, (_, state)) in all[1..].iter_mut().zip(COUNTS) {
        *count = of(state);
    }
    all
}

fn plain(out: &mut impl Write, listed: &[(Stem, Listed)]) -> io::Result<()> {
    writeln!(
        out,
        "article\tsentences\treviewed\tdraft\tstale\tskipped\tuntranslated\tstate\teditions\ttitle"
    )?;
    for (stem, one) in listed {
        write!(out, "{stem}")?;
        for count in counts(one) {
            write!(out, "\t{count}")?;
        }
        let editions: Vec<&str> = one.editions.iter().map(Edition::as_str).collect();
        let title = flat(one.title().unwrap_or_default());
        writeln!(out, "\t{}\t{}\t{title}", file_state(one.state), editions.join(","))?;
    }
    Ok(())
}

fn table(out: &mut impl Write, listed: &[(Stem, Listed)], columns: usize) -> io::Result<()> {
    let heads = ["sentences", "reviewed", "draft", "stale", "skipped", "untranslated"];
    // A column that is nought everywhere says nothing.
    let used = |at: usize| at == 0 || listed.iter().any(|(_, one)| counts(one)[at] > 0);
    let kept: Vec<usize> = (0..heads.len()).filter(|at| used(*at)).collect();
    let widest = listed.iter().map(|(stem, _)| stem.as_str().width()).chain(["article".len()]).max();
    let name = widest.unwrap_or(0);
    write!(out, "{:name$}", "article")?;
    for at in &kept {
        write!(out, "  {}", heads[*at])?;
    }
    writeln!(out)?;
    for (stem, one) in listed {
        let mut line = format!("{stem}{}", " ".repeat(name - stem.as_str().width()));
        let all = counts(one);
        for at in &kept {
            line.push_str(&format!("  {:>1$}", all[*at], heads[*at].len()));
        }
        let mut more: Vec<String> = Vec::new();
        if one.state != OpenState::Current {
            more.push(format!("({})", file_state(one.state)));
        }
        more.extend(one.editions.iter().map(|edition| format!("@{edition}")));
        more.extend(one.title().map(visible));
        let mut more = more.join(" ");
        let room = columns.saturating_sub(line.width() + 2);
        while more.width() > room && more.pop().is_some() {}
        writeln!(out, "{}", format!("{line}  {more}").trim_end())?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Json<'l> {
    article: &'l str,
    state: &'static str,
    sentences: u64,
    reviewed: u64,
    draft: u64,
    stale: u64,
    skipped: u64,
    untranslated: u64,
    boilerplate: usize,
    orphans: u64,
    editions: Vec<&'l str>,
    about: serde_json::Map<String, serde_json::Value>,
}

fn json(out: &mut impl Write, listed: &[(Stem, Listed)]) -> io::Result<()> {
    let all = listed.iter().map(|(stem, one)| {
        let [sentences, reviewed, draft, stale, skipped, untranslated] = counts(one);
        Json {
            article: stem.as_str(),
            state: file_state(one.state),
            sentences,
            reviewed,
            draft,
            stale,
            skipped,
            untranslated,
            boilerplate: one.boilerplate,
            orphans: one.coverage.orphans,
            editions: one.editions.iter().map(Edition::as_str).collect(),
            about: one.about.iter().map(|(key, value)| (key.clone(), value.clone().into())).collect(),
        }
    });
    serde_json::to_writer_pretty(&mut *out, &all.collect::<Vec<_>>())?;
    out.write_all(b"\n")
}

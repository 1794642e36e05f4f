//! The coverage as Markdown, for a pull request: the total, and the articles in which something is to do.

use std::io::{self, Write};

use super::table::percent;
use super::{Measured, Numbers};
use crate::quality::{Of, State};

/// Articles that are written out before the rest is folded away.
const SHOWN: usize = 50;

/// Writes the total, and a table of the articles: first those that are not done, then, folded, those that are.
pub(super) fn write(out: &mut impl Write, measured: &[Measured], total: &Numbers, of: Of) -> io::Result<()> {
    let (done, all) = total.parts(of);
    let what = match of {
        Of::Sentences => "sentences have English that is not stale",
        Of::Words => "words stand in sentences with English that is not stale",
        Of::Reviewed => "sentences have English that a person confirmed",
    };
    writeln!(out, "### Coverage: {}\n\n{done} of {all} {what}.\n", percent(total.share(of)))?;
    writeln!(out, "| | sentences | words | characters |\n|---|---:|---:|---:|")?;
    for state in State::ALL {
        let size = total.size(state);
        if size.sentences > 0 {
            writeln!(out, "| {state} | {} | {} | {} |", size.sentences, size.words, size.chars)?;
        }
    }
    let size = total.total();
    writeln!(out, "| **all** | {} | {} | {} |", size.sentences, size.words, size.chars)?;
    let is_done = |one: &&Measured| {
        let (done, all) = one.article.coverage.parts(of);
        done == all && !one.article.changed
    };
    let (complete, open): (Vec<&Measured>, Vec<&Measured>) = measured.iter().partition(is_done);
    if !open.is_empty() {
        writeln!(out, "\nTo do:\n")?;
        table(out, &open[..open.len().min(SHOWN)], of)?;
        if open.len() > SHOWN {
            folded(out, &format!("{} more to do", open.len() - SHOWN), &open[SHOWN..], of)?;
        }
    }
    if !complete.is_empty() {
        folded(out, &format!("{} done", complete.len()), &complete, of)?;
    }
    Ok(())
}

fn folded(out: &mut impl Write, summary: &str, articles: &[&Measured], of: Of) -> io::Result<()> {
    writeln!(out, "\n<details><summary>{summary}</summary>\n")?;
    table(out, articles, of)?;
    writeln!(out, "\n</details>")
}

fn table(out: &mut impl Write, articles: &[&Measured], of: Of) -> io::Result<()> {
    writeln!(
        out,
        "| article | coverage | sentences | reviewed | draft | stale | untranslated |\n|---|---:|---:|---:|---:|---:|---:|"
    )?;
    for one in articles {
        let coverage = &one.article.coverage;
        let count = |state| coverage.size(state).sentences;
        let (done, all) = coverage.parts(of);
        // A pipe ends a cell, also in code.
        let name = one.stem.as_str().replace('|', "\\|");
        let changed = if one.article.changed { " (the article has changed)" } else { "" };
        writeln!(
            out,
            "| `{name}`{changed} | {} | {done}/{all} | {} | {} | {} | {} |",
            percent(coverage.share(of)),
            count(State::Reviewed),
            count(State::Draft),
            count(State::Stale),
            count(State::Untranslated)
        )?;
    }
    Ok(())
}

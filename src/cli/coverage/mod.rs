//! `enregard coverage`: how much has English, and what is missing.

mod json;
mod table;

use std::io::Write;

use clap::Args;

use super::corpus::{articles, desk_failed, failed, open_corpus};
use super::progress::Progress;
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Stem, flat};
use crate::desk::coverage::{ArticleCoverage, coverage};
use crate::quality::{Coverage as Numbers, Of};

/// Measure how much of the content has English, by article and in total.
///
/// Content is body, headings and captions. Covered is what has English that is not stale;
/// sentences that a person skipped are left out of the reckoning. On a terminal a table with
/// bars, otherwise without.
///
/// Examples:
///   enregard coverage
///   enregard coverage --list 000
///   enregard coverage --min 95 --of reviewed
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Coverage {
    /// Articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// What the share is of: sentences, words (between spaces), or reviewed (sentences)
    #[arg(long, default_value = "sentences", value_name = "MEASURE")]
    of: Of,
    /// End with exit code 1 where the total share is below this many per cent
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min: Option<f64>,
    /// List what is missing instead: place in the seed, unit, state, French
    #[arg(long)]
    list: bool,
    /// JSON, with every number and its definition
    #[arg(long)]
    json: bool,
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches('%').trim().parse::<f64>().ok();
    number
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| format!("found `{text}`, expected a number from 0 to 100"))
}

/// An article that was measured.
struct Measured {
    stem: Stem,
    article: ArticleCoverage,
}

impl Coverage {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let edition = self.edition.as_ref();
        let stems = articles(terminal, &corpus, &self.articles, edition)
            .map_err(|error| failed("cannot measure the coverage", error))?;
        let mut total = Numbers::default();
        let mut measured = Vec::new();
        let mut faults = 0;
        let mut progress = Progress::new(terminal, stems.len());
        coverage(&corpus, &stems, edition, self.list, |stem, result| {
            progress.step();
            match result {
                Ok(article) => {
                    if article.changed {
                        let told = format!(
                            "warning: the text of {stem} has changed: these are the numbers of the former one; \
                             `enregard sync {stem}` carries the English over"
                        );
                        progress.aside(|| terminal.tell(told));
                    }
                    total += article.coverage;
                    if self.list && !self.json {
                        return list(terminal, stem, &article);
                    }
                    measured.push(Measured { stem: stem.clone(), article });
                }
                Err(error) => {
                    faults += 1;
                    let failure = desk_failed(format!("cannot measure {stem}"), error);
                    progress.aside(|| terminal.report(&failure));
                }
            }
            Ok(())
        })?;
        drop(progress);
        if self.json {
            json::write(&mut terminal.out, &measured, &total, edition, self.of, self.list)?;
        } else if !self.list {
            table::write(terminal, &measured, &total, self.of)?;
        }
        if faults > 0 {
            terminal.tell(format!("{faults} of {} articles are not in these numbers", stems.len()));
            return Ok(Outcome::Partial);
        }
        let (done, all) = total.parts(self.of);
        match self.min.or(corpus.config().coverage.min) {
            // Whole numbers, so that 29 of 100 are 29 per cent.
            Some(min) if (done as f64) * 100.0 < min * all as f64 => {
                terminal.tell(format!(
                    "{} of {} is covered ({done} of {all}), below the {min} % asked",
                    table::percent(total.share(self.of)),
                    self.of.as_str(),
                ));
                Ok(Outcome::Findings)
            }
            _ => Ok(Outcome::Done),
        }
    }
}

/// What is missing of one article: a line for each unit, with tabs between the cells.
fn list(terminal: &mut Terminal, stem: &Stem, article: &ArticleCoverage) -> Result<(), Failure> {
    for missing in &article.missing {
        let line = missing.line.map(|line| format!(":{line}")).unwrap_or_default();
        let french = missing.unit.french();
        let french = terminal.safe(&flat(&french)).into_owned();
        let (id, state) = (missing.unit.id, missing.state);
        writeln!(terminal.out, "seeds/{stem}.txt{line}\t{id}\t{state}\t{french}")?;
    }
    Ok(())
}

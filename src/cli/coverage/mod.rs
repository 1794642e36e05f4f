//! `enregard coverage`: how much has English, and what is missing.

mod badge;
mod json;
mod markdown;
mod page;
mod table;
mod words;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::corpus::{articles, desk_failed, failed, open_corpus};
use super::former::Former;
use super::progress::Progress;
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Stem, flat};
use crate::desk::Output;
use crate::desk::check::{level, rules, usual_lengths};
use crate::desk::coverage::{ArticleCoverage, Ask, Progress as Dates, Subwords, details, measure};
use crate::quality::{Checker, Coverage as Numbers, Of, Vocabulary};
use crate::store::Corpus;

/// Measure how much of the content has English, by article and in total.
///
/// Content is body, headings and captions. Covered is what has English that is not stale;
/// sentences that a person skipped are left out of the reckoning. On a terminal a table with
/// bars, otherwise without. `--html` writes a page to look at, with every unit, progress over time, what is missing,
/// stale or failed a check, and the words that are new.
///
/// Examples:
///   enregard coverage
///   enregard coverage --list 000
///   enregard coverage --min 95 --of reviewed
///   enregard coverage --html coverage.html --badge coverage.svg
///   enregard coverage --words 000
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
    /// Markdown, for a pull request
    #[arg(long, conflicts_with_all = ["json", "list"])]
    markdown: bool,
    /// List the French words that stand in no translated unit instead, with their counts and where they stand first
    #[arg(long, conflicts_with_all = ["list", "markdown"])]
    words: bool,
    /// Write one page that a browser shows, with nothing from elsewhere
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// In the page, links into the editor that listens here (`enregard serve`)
    #[arg(long, value_name = "URL", requires = "html", value_parser = address)]
    editor: Option<String>,
    /// Write a badge for a README
    #[arg(long, value_name = "FILE")]
    badge: Option<PathBuf>,
    /// Count subword tokens, too, by this tokenizer.json [default: the one in the corpus folder, if there is one]
    #[arg(long, value_name = "FILE")]
    tokenizer: Option<PathBuf>,
}

/// An address that may stand in a link: of a web server, on this computer most likely.
fn address(text: &str) -> Result<String, String> {
    let fits =
        (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace);
    fits.then(|| text.to_owned()).ok_or_else(|| format!("found `{text}`, expected http://127.0.0.1:PORT"))
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
        let tokenizer = self.tokenizer(&corpus)?;
        let ask = Ask {
            missing: self.list,
            progress: self.html.is_some(),
            words: self.words || self.html.is_some(),
            tokens: tokenizer.as_ref(),
        };
        let mut all = All::default();
        let mut faults = 0;
        let mut former = Former::new("these are the numbers of the former one");
        let mut progress = Progress::new(terminal, stems.len());
        measure(&corpus, &stems, edition, ask, |stem, result| {
            progress.step();
            match result {
                Ok(mut article) => {
                    if article.changed {
                        progress.aside(|| former.warn(terminal, stem));
                    }
                    all.total += article.coverage;
                    all.words.add(std::mem::take(&mut article.words));
                    all.dates.add(std::mem::take(&mut article.progress));
                    if self.list && !self.json {
                        return list(terminal, stem, &article);
                    }
                    all.measured.push(Measured { stem: stem.clone(), article });
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
        former.end(terminal);
        let All { measured, total, .. } = &all;
        if let Some(file) = &self.html {
            self.page(&corpus, &all, tokenizer.is_some(), terminal)?;
            terminal.tell(format!("{} written", file.display()));
        }
        if let Some(file) = &self.badge {
            let told = |error| desk_failed("cannot write the badge", error);
            let mut output = Output::create(file, Some(&corpus)).map_err(told)?;
            badge::write(&mut output, total, self.of)?;
            output.finish().map_err(told)?;
            terminal.tell(format!("{} written", file.display()));
        }
        let files = self.html.is_some() || self.badge.is_some();
        if self.words && self.json {
            writeln!(terminal.out, "{:#}", words::json(&all.words, &stems))?;
        } else if self.words {
            words::write(&mut terminal.out, &all.words, &stems)?;
        } else if self.json {
            json::write(
                &mut terminal.out,
                measured,
                total,
                edition,
                self.of,
                self.list,
                tokenizer.is_some(),
            )?;
        } else if self.markdown {
            markdown::write(&mut terminal.out, measured, total, self.of)?;
        } else if !self.list && !files {
            table::write(terminal, measured, total, self.of)?;
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

/// What was measured, over all articles.
#[derive(Default)]
struct All {
    measured: Vec<Measured>,
    total: Numbers,
    words: Vocabulary,
    dates: Dates,
}

impl Coverage {
    /// The tokenizer that was named, or the corpus's own.
    fn tokenizer(&self, corpus: &Corpus) -> Result<Option<Subwords>, Failure> {
        let own = corpus.root().join("tokenizer.json");
        let file = match &self.tokenizer {
            Some(file) => file,
            None if own.is_file() && cfg!(feature = "tokens") => &own,
            None => return Ok(None),
        };
        Subwords::open(file).map(Some).map_err(|error| desk_failed("cannot count subword tokens", error))
    }

    /// Writes the page.
    fn page(&self, corpus: &Corpus, all: &All, tokens: bool, terminal: &Terminal) -> Result<(), Failure> {
        let Some(file) = &self.html else { return Ok(()) };
        let told = |error| desk_failed("cannot write the page", error);
        let edition = self.edition.as_ref();
        let chosen = page::chosen(&all.measured);
        if chosen.len() < all.measured.len() {
            terminal.tell(format!(
                "the page shows {} of {} articles unit by unit: those in which most is missing",
                chosen.len(),
                all.measured.len()
            ));
        }
        let checker = Checker::new(level(corpus).map_err(told)?)
            .with_rules(rules(corpus).map_err(told)?)
            .with_lengths(usual_lengths(corpus, &chosen, edition));
        // All of these could be measured: the page is whole, or is not written.
        let shown = details(corpus, &chosen, edition, &checker).map_err(told)?;
        let folder = std::fs::canonicalize(corpus.root()).unwrap_or_else(|_| corpus.root().to_owned());
        let name = folder.file_name().map_or_else(|| "corpus".into(), |name| name.to_string_lossy());
        let mut output = Output::create(file, Some(corpus)).map_err(told)?;
        let page = page::Page {
            name: &name,
            edition: edition.map(Edition::as_str),
            measured: &all.measured,
            total: &all.total,
            of: self.of,
            shown: &shown,
            progress: &all.dates,
            words: &all.words,
            tokens,
            editor: self.editor.as_deref(),
        };
        page.write(&mut output)?;
        output.finish().map_err(told)
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

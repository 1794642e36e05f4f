//! `enregard fmt`: put alignment files straight that were edited by hand.

use std::io::Write;

use clap::Args;

use crate::bitext::Edition;

use super::corpus::{author, failed, open_corpus};
use super::{Failure, Outcome, Terminal};

/// Put alignment files straight: the order of keys, line ends, blank lines.
///
/// Only the form changes, no unit does. The files that were changed are listed; with --check,
/// those that would be.
///
/// Example: `enregard fmt --check`
#[derive(Args)]
pub(super) struct Fmt {
    /// The articles [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Only the files of this edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
    /// Change nothing; exit code 1 where a file is not straight
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let mut files =
            corpus.alignment_files().map_err(|error| failed("cannot list the alignment files", error))?;
        if !self.articles.is_empty() {
            let mut asked = Vec::new();
            for name in &self.articles {
                let stem = corpus
                    .resolve(name)
                    .map_err(|error| failed(format!("cannot put {name} straight"), error))?;
                asked.push(stem);
            }
            files.retain(|(stem, _)| asked.contains(stem));
        }
        if self.edition.is_some() {
            files.retain(|(_, edition)| *edition == self.edition);
        }
        let mut outcome = Outcome::Done;
        for (stem, edition) in files {
            let edition = edition.as_ref();
            let changed = if self.check {
                corpus.is_straight(&stem, edition).map(|straight| !straight)
            } else {
                // Most files are straight: they are not locked for that.
                corpus.is_straight(&stem, edition).and_then(|straight| {
                    let mut step = corpus.begin(author(&corpus));
                    let changed = if straight {
                        false
                    } else {
                        let mut held = step.lock(&stem, edition)?;
                        step.straighten(&mut held)?
                    };
                    step.finish()?;
                    Ok(changed)
                })
            };
            match changed {
                Ok(false) => {}
                Ok(true) => {
                    let path = corpus.alignment_path(&stem, edition);
                    let path = path.strip_prefix(corpus.root()).unwrap_or(&path);
                    writeln!(terminal.out, "{}", path.display())?;
                    if self.check && outcome == Outcome::Done {
                        outcome = Outcome::Findings;
                    }
                }
                Err(error) => {
                    terminal.report(&failed(format!("cannot put {stem} straight"), error));
                    outcome = Outcome::Partial;
                }
            }
        }
        Ok(outcome)
    }
}

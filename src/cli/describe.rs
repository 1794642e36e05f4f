//! `enregard describe`: what is known of an article beside its text.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::add::{read_metadata, stem_of};
use super::corpus::{author, desk_failed, failed, open_corpus};
use super::lay::visible;
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Stem};
use crate::desk::about::{Values, describe};
use crate::desk::{chosen, open};
use crate::store::Corpus;

/// Say what is known of an article beside its text, or show it.
///
/// What is said goes into the header of the article's alignment file, and out with the formats that have a place for
/// it. An empty text takes a value away. Without an option, what is known is shown, a line for each value, with tabs.
///
/// Examples:
///   enregard describe 000 --title 'Nvidia en Chine' --publisher AFP --date 2026-01-14
///   enregard describe 000
///   enregard describe --metadata sources.tsv
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Describe {
    /// Articles, by the beginning of their names [default, where nothing is to be changed: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// The title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Where it was published
    #[arg(long, value_name = "TEXT")]
    url: Option<String>,
    /// Who published it
    #[arg(long, value_name = "TEXT")]
    publisher: Option<String>,
    /// Who wrote it
    #[arg(long, value_name = "TEXT")]
    author: Option<String>,
    /// When it was published: best as 2026-01-14
    #[arg(long, value_name = "TEXT")]
    date: Option<String>,
    /// Under which terms it may be used
    #[arg(long, alias = "license", value_name = "TEXT")]
    licence: Option<String>,
    /// Who translates it
    #[arg(long, value_name = "TEXT")]
    translator: Option<String>,
    /// What the English edition is called
    #[arg(long, value_name = "TEXT")]
    edition_name: Option<String>,
    /// Describe this English edition of the article
    #[arg(long)]
    edition: Option<Edition>,
    /// Take the values of many articles from a table: the column stem (or file), and any of title, url, publisher,
    /// author, date, licence, translator, edition; tabs between, or commas in a .csv
    #[arg(long, value_name = "FILE.tsv")]
    metadata: Option<PathBuf>,
}

impl Describe {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let values = self.values();
        if values.is_empty() && self.metadata.is_none() {
            return self.show(&corpus, terminal);
        }
        if self.articles.is_empty() && self.metadata.is_none() {
            return Err(Failure::new("cannot describe: no article is named")
                .hint("name one, as `enregard list` shows them"));
        }
        let mut changes: Vec<(Stem, Values)> = Vec::new();
        let mut missing = 0;
        if let Some(path) = &self.metadata {
            let mut metadata = read_metadata(terminal, path)?;
            let names: Vec<String> = metadata.names().map(str::to_owned).collect();
            for name in names {
                let stem = stem_of(&name).and_then(|stem| corpus.resolve(stem.as_str()).ok());
                let Some(stem) = stem else {
                    missing += 1;
                    terminal.report(&Failure::new(format!(
                        "cannot describe `{name}`: {} names it, and there is no such article",
                        path.display()
                    )));
                    continue;
                };
                let values = metadata.take(Some(std::path::Path::new(&name)), &stem);
                changes.push((stem, values));
            }
        }
        let stems = if self.articles.is_empty() {
            Vec::new()
        } else {
            chosen(&corpus, &self.articles, None).map_err(|error| failed("cannot describe", error))?
        };
        for stem in stems {
            match changes.iter_mut().find(|(own, _)| *own == stem) {
                Some((_, own)) => own.extend(values.clone()),
                None => changes.push((stem, values.clone())),
            }
        }
        let described = describe(&corpus, author(&corpus), &changes, self.edition.as_ref())
            .map_err(|error| desk_failed("cannot describe", error))?;
        for (stem, about) in described {
            write(terminal, &stem, &about)?;
        }
        Ok(if missing > 0 { Outcome::Partial } else { Outcome::Done })
    }

    fn values(&self) -> Values {
        let given = [
            ("title", &self.title),
            ("url", &self.url),
            ("publisher", &self.publisher),
            ("author", &self.author),
            ("date", &self.date),
            ("licence", &self.licence),
            ("translator", &self.translator),
            ("edition", &self.edition_name),
        ];
        let given = given.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.clone()?)));
        given.collect()
    }

    fn show(&self, corpus: &Corpus, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let edition = self.edition.as_ref();
        let stems = chosen(corpus, &self.articles, edition).map_err(|error| failed("cannot show", error))?;
        let mut outcome = Outcome::Done;
        let mut known = false;
        for stem in stems {
            match open(corpus, &stem, edition) {
                Ok(opened) => {
                    known |= !opened.alignment.header().about.is_empty();
                    write(terminal, &stem, &opened.alignment.header().about)?;
                }
                Err(error) => {
                    terminal.report(&desk_failed(format!("cannot read {stem}"), error));
                    outcome = Outcome::Partial;
                }
            }
        }
        if !known && outcome == Outcome::Done {
            terminal.tell(
                "nothing is known beside the texts; `enregard describe ARTICLE --title TEXT` says something",
            );
        }
        Ok(outcome)
    }
}

fn write(terminal: &mut Terminal, stem: &Stem, about: &Values) -> Result<(), Failure> {
    let watched = terminal.columns().is_some();
    for (key, value) in about {
        let value = if watched { visible(value) } else { value.clone() };
        writeln!(terminal.out, "{stem}\t{key}\t{value}")?;
    }
    Ok(())
}

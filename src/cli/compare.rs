//! `enregard compare`: two English versions of an article, word by word.

use std::io::Write;

use clap::Args;

use super::corpus::{desk_failed, failed, open_corpus};
use super::lay::{Layout, Style};
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Stem};
use crate::desk::beside::{Stretch, Version, beside};
use crate::store::Corpus;

/// Compare two English versions of an article, word by word.
///
/// They are joined at the smallest beads that both have. For each that differs: the French, and the English of the second
/// version with what it lacks of the first [-so-] and what it has more {+so+}. `main` is what is translated in
/// this corpus. Exit code 0, whatever differs.
///
/// Examples:
///   enregard compare 000 --edition published
///   enregard compare 000 --editions published,paperback --all
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Compare {
    /// The article, by the beginning of its name
    article: String,
    /// Compare `main` with this edition [default: the only one there is]
    #[arg(long, value_name = "NAME", conflicts_with = "editions")]
    edition: Option<Edition>,
    /// Compare these two; `main` is what is translated here
    #[arg(long, value_name = "OLD,NEW", value_delimiter = ',')]
    editions: Vec<Version>,
    /// Also what is the same, and what only one version has
    #[arg(long)]
    all: bool,
}

impl Compare {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let what = format!("cannot compare versions of {}", self.article);
        let stem = corpus.resolve(&self.article).map_err(|error| failed(&what, error))?;
        let versions = self.versions(&corpus, &stem)?;
        let stretches = beside(&corpus, &stem, &versions).map_err(|error| desk_failed(&what, error))?;
        let layout = Layout { columns: terminal.columns(), colours: terminal.colours_out() };
        let out = &mut terminal.out;
        let [old, new] = &versions[..] else { return Err(Failure::new(what)) };
        let (mut both, mut differ, mut first_only, mut second_only) = (0, 0, 0, 0);
        for (number, stretch) in (1..).zip(stretches.iter().filter(|stretch| stretch.content)) {
            let sides = (stretch.en[0].is_empty(), stretch.en[1].is_empty());
            let differs = match sides {
                (false, false) => {
                    both += 1;
                    let differs = stretch.en[0] != stretch.en[1];
                    differ += usize::from(differs);
                    differs
                }
                (false, true) => {
                    first_only += 1;
                    false
                }
                (true, false) => {
                    second_only += 1;
                    false
                }
                (true, true) => continue,
            };
            if differs || self.all {
                for line in shown(number, stretch, layout) {
                    writeln!(out, "{line}")?;
                }
                writeln!(out)?;
            }
        }
        out.flush()?;
        terminal.tell(format!(
            "{stem}: {differ} of {both} beads that both versions have differ; {first_only} only in {old}, {second_only} only in {new}"
        ));
        Ok(Outcome::Done)
    }

    /// The two versions that are meant.
    fn versions(&self, corpus: &Corpus, stem: &Stem) -> Result<Vec<Version>, Failure> {
        let what = format!("cannot compare versions of {stem}");
        let there = corpus.editions(stem).map_err(|error| failed(&what, error))?;
        let names: Vec<&str> = there.iter().map(Edition::as_str).collect();
        let versions = match (&self.edition, &self.editions[..]) {
            (Some(edition), _) => vec![Version::Main, Version::Edition(edition.clone())],
            (None, [_, _]) => self.editions.clone(),
            (None, []) => match &there[..] {
                [only] => vec![Version::Main, Version::Edition(only.clone())],
                [] => {
                    return Err(Failure::new(format!("{what}: it has no edition but main")).hint(format!(
                        "`enregard align {stem} ENGLISH.txt --edition NAME` brings another English in"
                    )));
                }
                _ => {
                    return Err(Failure::new(format!("{what}: it has several editions")).hint(format!(
                        "name one: `enregard compare {stem} --edition NAME`; there are {}",
                        names.join(", ")
                    )));
                }
            },
            (None, all) => {
                let told = format!("{what}: two are compared, found {}", all.len());
                return Err(Failure::new(told).hint("name two, as in `--editions main,published`"));
            }
        };
        let missing = versions.iter().filter_map(Version::edition).find(|edition| !there.contains(edition));
        match missing {
            Some(edition) => {
                let has = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                Err(Failure::new(format!("{what}: there is no edition `{edition}`"))
                    .hint(format!("its editions: {has}; `enregard list` shows those of all articles")))
            }
            None => Ok(versions),
        }
    }
}

/// The French, and the English with its differences.
fn shown(number: usize, stretch: &Stretch, layout: Layout) -> Vec<String> {
    let head = format!("{number} {}", stretch.id);
    let mut lines = vec![layout.word(Style::Dim, &head)];
    if !stretch.fr.is_empty() {
        lines.extend(layout.paragraph("fr  ", &[(Style::Dim, &stretch.fr)]));
    }
    lines.extend(layout.paragraph("en  ", &Layout::compared(&stretch.en[0], &stretch.en[1])));
    lines
}

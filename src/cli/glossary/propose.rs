//! `enregard glossary propose`: terms that the glossary may have.

use std::io::{self, Write};

use clap::Args;

use crate::bitext::{Edition, flat};
use crate::cli::corpus::{articles, desk_failed, failed, open_corpus};
use crate::cli::progress::Progress;
use crate::cli::{Failure, Outcome, Terminal};
use crate::desk::glossary::{Proposed, propose};
use crate::quality::Wanted;

/// Propose terms for the glossary, out of what has been translated: words and stretches that always have the same English.
///
/// Nothing is written to the glossary: look the list through, take out what you do not want, and give it to
/// `enregard glossary accept`; or let `--ask` show one after the other. A TSV, best first: French, English, units that have the
/// French, units that have both, what else stands for it, and a unit that shows it.
///
/// Examples:
///   enregard glossary propose
///   enregard glossary propose --least 5 --most 200 > new.tsv
///   enregard glossary propose --ask
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Propose {
    /// Out of these articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// The least number of units that a term stands in
    #[arg(long, value_name = "UNITS", default_value_t = 3, value_parser = clap::value_parser!(u32).range(2..))]
    least: u32,
    /// The most terms
    #[arg(long, value_name = "TERMS", default_value_t = 50)]
    most: usize,
    /// Ask of each: add it, change it, not now, or never
    #[arg(long, conflicts_with = "json")]
    ask: bool,
    /// JSON Lines, a term each
    #[arg(long)]
    json: bool,
}

impl Propose {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let edition = self.edition.as_ref();
        let stems = articles(terminal, &corpus, &self.articles, edition)
            .map_err(|error| failed("cannot propose terms", error))?;
        let wanted = Wanted { least: self.least, most: self.most };
        let mut progress = Progress::new(terminal, stems.len() * 2);
        let mut faults = Vec::new();
        let proposed = propose(
            &corpus,
            &stems,
            edition,
            wanted,
            || progress.step(),
            |stem, error| {
                faults.push(desk_failed(format!("cannot learn terms from {stem}"), error));
            },
        )
        .map_err(|error| desk_failed("cannot propose terms", error))?;
        drop(progress);
        for fault in &faults {
            terminal.report(fault);
        }
        let done = if faults.is_empty() { Outcome::Done } else { Outcome::Partial };
        if self.ask {
            return Ok(super::ask::ask(&corpus, &proposed, terminal)?.max(done));
        }
        if proposed.is_empty() {
            terminal.tell(format!(
                "nothing to propose: no term that stands in {} translated units always has the same English",
                self.least
            ));
        } else if !self.json {
            writeln!(terminal.out, "fr\ten\tunits\tboth\totherwise\texample\tits English\tunit")?;
        }
        for one in &proposed {
            if self.json { json(&mut terminal.out, one)? } else { tsv(&mut terminal.out, one)? }
        }
        Ok(done)
    }
}

/// What else stands for a term: `flea 1; microchip 2`.
pub(super) fn others(one: &Proposed) -> String {
    let each: Vec<String> =
        one.proposal.others.iter().map(|(english, units)| format!("{english} {units}")).collect();
    each.join("; ")
}

fn tsv(out: &mut impl Write, one: &Proposed) -> io::Result<()> {
    let (fr, en, place) = match &one.example {
        Some(example) => (flat(&example.fr), flat(&example.en), format!("{}:{}", example.stem, example.unit)),
        None => Default::default(),
    };
    let proposal = &one.proposal;
    writeln!(
        out,
        "{}\t{}\t{}\t{}\t{}\t{fr}\t{en}\t{place}",
        flat(&proposal.fr),
        flat(&proposal.en),
        proposal.units,
        proposal.both,
        flat(&others(one))
    )
}

fn json(out: &mut impl Write, one: &Proposed) -> io::Result<()> {
    let proposal = &one.proposal;
    let example = one.example.as_ref().map(|example| {
        serde_json::json!({
            "article": example.stem.as_str(), "unit": example.unit.as_str(), "fr": example.fr, "en": example.en,
        })
    });
    let others: Vec<serde_json::Value> = proposal
        .others
        .iter()
        .map(|(english, units)| serde_json::json!({ "en": english, "units": units }))
        .collect();
    let line = serde_json::json!({
        "fr": proposal.fr, "en": proposal.en, "units": proposal.units, "looked": proposal.looked, "both": proposal.both,
        "otherwise": others, "example": example,
    });
    writeln!(out, "{line}")
}

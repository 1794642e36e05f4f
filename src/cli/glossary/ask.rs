//! One proposed term after the other, for a person to decide.

use std::io::{self, BufRead, Write};

use super::accept::told;
use super::propose::others;
use crate::cli::corpus::{author, desk_failed};
use crate::cli::{Failure, Outcome, Terminal};
use crate::desk::glossary::{Accepted, Proposed, accept, refuse};
use crate::quality::Term;
use crate::store::Corpus;

/// Asks of each term; each answer is written at once.
pub(super) fn ask(
    corpus: &Corpus,
    proposed: &[Proposed],
    terminal: &mut Terminal,
) -> Result<Outcome, Failure> {
    let command = author(corpus).command;
    let failed = |error| desk_failed("cannot add to the glossary", error);
    let mut sum = Accepted::default();
    let mut lines = io::stdin().lock().lines();
    if proposed.is_empty() {
        terminal.tell("nothing to propose");
        return Ok(Outcome::Done);
    }
    terminal.tell("y add   n not now   x never   q quit   or type the English that it must have");
    'terms: for (number, one) in proposed.iter().enumerate() {
        let proposal = &one.proposal;
        let out = &mut terminal.out;
        let other = others(one);
        let other = if other.is_empty() { other } else { format!("; otherwise {other}") };
        writeln!(out, "\n{}/{}  {} = {}", number + 1, proposed.len(), proposal.fr, proposal.en)?;
        writeln!(out, "  {} of {} units{other}", proposal.both, proposal.looked)?;
        if let Some(example) = &one.example {
            writeln!(out, "  fr  {}\n  en  {}", terminal_text(&example.fr), terminal_text(&example.en))?;
        }
        let english = loop {
            write!(terminal.out, "> ")?;
            terminal.out.flush()?;
            let Some(line) = lines.next() else { break 'terms };
            match line?.trim() {
                "y" | "yes" => break proposal.en.clone(),
                "n" | "no" | "" => continue 'terms,
                "x" => {
                    refuse(corpus, &proposal.fr, &command).map_err(failed)?;
                    continue 'terms;
                }
                "q" => break 'terms,
                short if short.chars().count() == 1 => {
                    terminal
                        .tell("y add   n not now   x never   q quit   or type the English that it must have");
                }
                english => break english.to_owned(),
            }
        };
        let en: Vec<String> =
            english.split(';').map(|form| form.trim().to_owned()).filter(|form| !form.is_empty()).collect();
        if en.is_empty() {
            continue;
        }
        let accepted = accept(corpus, &[Term { fr: proposal.fr.clone(), en }], &command).map_err(failed)?;
        sum.added.extend(accepted.added);
        sum.there.extend(accepted.there);
        sum.otherwise.extend(accepted.otherwise);
    }
    writeln!(terminal.out)?;
    Ok(told(&sum, terminal))
}

/// A text as a terminal may show it.
fn terminal_text(text: &str) -> String {
    crate::cli::lay::visible(text).replace('\n', " ")
}

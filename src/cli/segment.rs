//! `enregard segment`: text to sentences, without a corpus.

use std::io::{BufReader, stdin};

use clap::Args;

use super::{Failure, Outcome, Terminal};
use crate::bitext::Lang;
use crate::desk::segment::JsonLines;
use crate::segment::Segmenter;

/// Split text into sentences.
///
/// Example: `enregard segment --jsonl < texts.jsonl > sentences.jsonl`
#[derive(Args)]
pub(super) struct Segment {
    /// JSON Lines from standard input, `{"id","text"}`, to JSON Lines, `{"id","sentences","spans"}`
    #[arg(long)]
    jsonl: bool,
    /// The text's language: fr or en
    #[arg(long, default_value = "fr")]
    lang: Lang,
    /// Spans in bytes instead of code points
    #[arg(long)]
    bytes: bool,
    /// Say for every mark which rule decided, and why
    #[arg(long)]
    explain: bool,
}

impl Segment {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let lines = JsonLines { segmenter: Segmenter::new(self.lang), bytes: self.bytes };
        let mut reports = Vec::new();
        let input = BufReader::with_capacity(1 << 20, stdin().lock());
        let faults = lines.run(input, &mut terminal.out, |line, why| reports.push((line, why)))?;
        for (line, why) in reports {
            terminal.report(&Failure::new(format!("line {line} of standard input is passed over: {why}")));
        }
        Ok(if faults > 0 { Outcome::Partial } else { Outcome::Done })
    }
}

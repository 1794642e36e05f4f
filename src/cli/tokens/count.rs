//! `enregard tokens count`: how many tokens the texts have.

use std::collections::BinaryHeap;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Side;
use crate::bitext::{Edition, Stem};
use crate::cli::corpus::{articles, desk_failed, failed, open_corpus};
use crate::cli::former::Former;
use crate::cli::lay::width;
use crate::cli::{Failure, Outcome, Terminal};
use crate::desk::tokens::{Amount, Counter, Histogram, Scope, Tokens, UnitTokens, count};

/// Count the texts' tokens with a `tokenizer.json`: per article and side, tokens per word, English per French, and the longest units.
///
/// Tokens that only mark a text's beginning and end are not counted.
///
/// Examples:
///   enregard tokens count tokenizer.json
///   enregard tokens count tokenizer.json 000 --longest 10
///   enregard tokens count tokenizer.json --units --tsv > tokens.tsv
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Count {
    /// The tokenizer: a file `tokenizer.json`
    #[arg(value_name = "TOKENIZER")]
    tokenizer: PathBuf,
    /// Articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// The French, the English, or both
    #[arg(long, default_value = "both")]
    side: Side,
    /// A line for each unit
    #[arg(long)]
    units: bool,
    /// So many of the longest units
    #[arg(long, value_name = "N", default_value_t = 5)]
    longest: usize,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// Boilerplate too: bylines, credits, widgets …
    #[arg(long)]
    boilerplate: bool,
    /// As JSON; with --units a line for each
    #[arg(long, conflicts_with = "tsv")]
    json: bool,
    /// As TSV with a header: articles, or with --units units
    #[arg(long)]
    tsv: bool,
}

/// What was counted.
#[derive(Default)]
struct Counted {
    articles: Vec<(Stem, Tokens)>,
    all: Tokens,
    histogram: Histogram,
    /// The longest, the shortest of them first to go.
    longest: BinaryHeap<std::cmp::Reverse<(u64, std::cmp::Reverse<String>)>>,
}

impl Count {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let what = "cannot count tokens";
        let corpus = open_corpus(terminal)?;
        let counter = Counter::open(&self.tokenizer).map_err(|error| {
            desk_failed(what, error)
                .hint("`enregard tokens train -o tokenizer.json` makes one from the corpus")
        })?;
        let edition = self.edition.as_ref();
        let stems =
            articles(terminal, &corpus, &self.articles, edition).map_err(|error| failed(what, error))?;
        let scope =
            Scope { sides: self.side.sides(), edition: self.edition.clone(), boilerplate: self.boilerplate };
        let mut counted = Counted::default();
        let mut faults = 0;
        let mut former = Former::new("counted is the former one");
        // The terminal is needed for messages while its output is written to.
        let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout());
        if self.units && !self.json {
            writeln!(out, "unit\tfr_tokens\ten_tokens")?;
        }
        count(&corpus, &stems, &scope, &counter, |stem, result| {
            let (mut tokens, changed) = match result {
                Ok(tokens) => tokens,
                Err(error) => {
                    faults += 1;
                    terminal.report(&desk_failed(format!("cannot count the tokens of {stem}"), error));
                    return io::Result::Ok(());
                }
            };
            if changed {
                former.warn(terminal, stem);
            }
            counted.all.add(&tokens);
            for unit in tokens.units.drain(..) {
                let cite = format!("{stem}:{}", unit.id);
                counted.histogram.add(&unit);
                if self.units {
                    writeln!(out, "{}", self.unit(&cite, &unit))?;
                }
                let most = unit.sides.into_iter().flatten().max().unwrap_or(0);
                counted.longest.push(std::cmp::Reverse((most, std::cmp::Reverse(cite))));
                if counted.longest.len() > self.longest {
                    counted.longest.pop();
                }
            }
            counted.articles.push((stem.clone(), tokens));
            Ok(())
        })?;
        former.end(terminal);
        if !self.units {
            out.write_all(self.told(counted).as_bytes())?;
        }
        out.flush()?;
        if faults > 0 {
            terminal.tell(format!("{faults} of {} articles could not be counted", stems.len()));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }

    fn unit(&self, cite: &str, unit: &UnitTokens) -> String {
        let [fr, en] = unit.sides;
        if self.json {
            return json!({"unit": cite, "fr_tokens": fr, "en_tokens": en}).to_string();
        }
        let cell = |tokens: Option<u64>| tokens.map(|tokens| tokens.to_string()).unwrap_or_default();
        format!("{cite}\t{}\t{}", cell(fr), cell(en))
    }

    fn told(&self, counted: Counted) -> String {
        let longest: Vec<(u64, String)> = {
            let mut all: Vec<_> = counted.longest.into_iter().map(|found| found.0).collect();
            all.sort_by(|a, b| b.cmp(a));
            all.into_iter().map(|(tokens, cite)| (tokens, cite.0)).collect()
        };
        if self.json {
            let side = |amount: &Amount| json!({"units": amount.units, "words": amount.words, "tokens": amount.tokens, "fertility": amount.fertility()});
            let tokens = |tokens: &Tokens| json!({"fr": side(&tokens.sides[0]), "en": side(&tokens.sides[1]), "ratio": tokens.ratio()});
            let articles: Vec<_> = counted
                .articles
                .iter()
                .map(|(stem, own)| json!({"article": stem.as_str(), "tokens": tokens(own)}))
                .collect();
            let steps: Vec<_> = counted
                .histogram
                .steps()
                .map(|(least, most, [fr, en])| json!({"least": least, "most": most, "fr": fr, "en": en}))
                .collect();
            let longest: Vec<_> =
                longest.iter().map(|(tokens, cite)| json!({"unit": cite, "tokens": tokens})).collect();
            let all = json!({"all": tokens(&counted.all), "articles": articles, "histogram": steps, "longest": longest});
            return format!("{all}\n");
        }
        let ratio =
            |number: Option<f64>| number.map_or_else(|| "–".to_owned(), |number| format!("{number:.2}"));
        let line = |name: &str, tokens: &Tokens| -> Vec<String> {
            let [fr, en] = tokens.sides;
            let mut cells = vec![name.to_owned()];
            for amount in [fr, en] {
                cells.extend([
                    amount.words.to_string(),
                    amount.tokens.to_string(),
                    ratio(amount.fertility()),
                ]);
            }
            cells.push(ratio(tokens.ratio()));
            cells
        };
        let head: &[&str] = match self.tsv {
            true => &[
                "article",
                "fr_words",
                "fr_tokens",
                "fr_fertility",
                "en_words",
                "en_tokens",
                "en_fertility",
                "ratio",
            ],
            false => {
                &["article", "fr words", "tokens", "per word", "en words", "tokens", "per word", "en per fr"]
            }
        };
        let mut lines: Vec<Vec<String>> = vec![head.iter().map(|cell| (*cell).to_owned()).collect()];
        lines.extend(counted.articles.iter().map(|(stem, tokens)| line(stem.as_str(), tokens)));
        if self.tsv {
            let rows = lines.iter().map(|line| line.join("\t").replace('–', "") + "\n");
            return rows.collect();
        }
        lines.push(line("all", &counted.all));
        let mut out = aligned(&lines);
        let mut steps = vec![["tokens of a text", "french", "english"].map(str::to_owned).to_vec()];
        steps.extend(counted.histogram.steps().map(|(least, most, [fr, en])| {
            vec![format!("{least} to {most}"), fr.to_string(), en.to_string()]
        }));
        if steps.len() > 1 {
            out.push_str(&format!("\n{}", aligned(&steps)));
        }
        if !longest.is_empty() {
            out.push_str("\nthe longest units\n");
            for (tokens, cite) in longest {
                out.push_str(&format!("{tokens:>8}  {cite}\n"));
            }
        }
        out
    }
}

/// Cells in columns: the first to the left, numbers to the right.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let wide: Vec<usize> = (0..columns)
        .map(|at| lines.iter().filter_map(|line| line.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for line in lines {
        for (at, cell) in line.iter().enumerate() {
            let fill = " ".repeat(wide[at] - width(cell));
            match at {
                0 => out.push_str(&format!("{cell}{fill}")),
                _ => out.push_str(&format!("  {fill}{cell}")),
            }
        }
        out.push('\n');
    }
    out
}

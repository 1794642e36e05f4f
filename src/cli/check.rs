//! `enregard check`: what a person may want to mend.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Write, stdin};

use clap::Args;

use super::corpus::{articles, desk_failed, failed, open_corpus};
use super::former::Former;
use super::lay::{Layout, Style, visible, width};
use super::progress::Progress;
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Severity, Span, Stem};
use crate::desk::check::pairs::{check_lines, write_finding};
use crate::desk::check::{Checked, Found, check_articles, level, rules, usual_lengths};
use crate::quality::Checker;

/// Check translations: numbers, dates, names, quotes, what is left in French …
///
/// Every finding names its check, its unit and its place in both texts. Exit code 1 where there are findings.
///
/// Examples:
///   enregard check
///   enregard check 000 --level note
///   enregard check --jsonl < pairs.jsonl > findings.jsonl
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Check {
    /// Articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// The least severity that is shown: note, warning or error
    ///
    /// [default: warning, or `level` under `[checks]` in enregard.toml]
    #[arg(long, value_name = "SEVERITY")]
    level: Option<Severity>,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// Findings as JSON Lines, one each
    #[arg(long)]
    json: bool,
    /// JSON Lines from standard input, `{"id","fr","en"}`, to JSON Lines, `{"id","findings"}`
    #[arg(long, conflicts_with_all = ["articles", "edition", "json"])]
    jsonl: bool,
}

impl Check {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        if self.jsonl {
            let checker = Checker::new(self.level.unwrap_or_default());
            return pairs(&checker, terminal);
        }
        let corpus = open_corpus(terminal)?;
        let told = |error| desk_failed("cannot check", error);
        let level = self.level.map_or_else(|| level(&corpus), Ok).map_err(told)?;
        let checker = Checker::new(level).with_rules(rules(&corpus).map_err(told)?);
        let stems = articles(terminal, &corpus, &self.articles, self.edition.as_ref())
            .map_err(|error| failed("cannot check", error))?;
        let lengths = usual_lengths(&corpus, &stems, self.edition.as_ref());
        let checker = &checker.with_lengths(lengths);
        let layout = Layout { columns: terminal.columns(), colours: terminal.colours_out() };
        let mut progress = Progress::new(terminal, stems.len());
        let mut totals = Totals::default();
        let mut former = Former::new("its units are those of the former one");
        let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout());
        check_articles(checker, &corpus, &stems, self.edition.as_ref(), |stem, checked| {
            progress.step();
            match checked {
                Checked::Fault(error) => {
                    totals.faults += 1;
                    progress.aside(|| terminal.report(&desk_failed(format!("cannot check {stem}"), error)));
                }
                Checked::Done { found, dismissed, units, changed } => {
                    if changed {
                        progress.aside(|| former.warn(terminal, stem));
                    }
                    totals.units += units;
                    totals.dismissed += dismissed;
                    for one in &found {
                        *totals.by_check.entry(one.finding.check.to_string()).or_default() += 1;
                        if self.json {
                            json(&mut out, stem, one)?;
                        } else {
                            text(&mut out, layout, stem, one)?;
                        }
                    }
                }
            }
            Ok::<(), io::Error>(())
        })?;
        out.flush()?;
        drop(progress);
        former.end(terminal);
        terminal.tell(totals.told());
        Ok(match (totals.faults, totals.by_check.is_empty()) {
            (0, true) => Outcome::Done,
            (0, false) => Outcome::Findings,
            _ => Outcome::Partial,
        })
    }
}

#[derive(Default)]
struct Totals {
    units: usize,
    dismissed: usize,
    faults: usize,
    by_check: BTreeMap<String, usize>,
}

impl Totals {
    fn told(&self) -> String {
        let all: usize = self.by_check.values().sum();
        let mut text = match all {
            0 => format!("no findings in {} units with English", self.units),
            1 => format!("1 finding in {} units with English", self.units),
            _ => format!("{all} findings in {} units with English", self.units),
        };
        let each: Vec<String> =
            self.by_check.iter().map(|(check, count)| format!("{check} {count}")).collect();
        if !each.is_empty() {
            text.push_str(&format!(" ({})", each.join(", ")));
        }
        if self.dismissed > 0 {
            text.push_str(&format!("; {} dismissed", self.dismissed));
        }
        text
    }
}

fn json(out: &mut impl Write, stem: &Stem, one: &Found) -> io::Result<()> {
    let mut line =
        format!("{{\"article\":\"{stem}\",\"unit\":\"{}\",\"place\":{},", one.unit, one.place).into_bytes();
    let mut finding = Vec::new();
    write_finding(&one.finding, &mut finding);
    line.extend_from_slice(&finding[1..]);
    line.push(b'\n');
    out.write_all(&line)
}

fn text(out: &mut impl Write, layout: Layout, stem: &Stem, one: &Found) -> io::Result<()> {
    let finding = &one.finding;
    let style = if finding.severity == Severity::Error { Style::Bold } else { Style::Plain };
    writeln!(
        out,
        "{stem}:{} {}  {} ({})",
        one.place,
        one.unit,
        layout.word(style, &finding.check),
        finding.severity
    )?;
    let mut message = finding.message.clone();
    if let Some(suggestion) = finding.suggestion.as_deref().filter(|text| !text.trim().is_empty()) {
        message.push_str(&format!("; perhaps `{suggestion}`"));
    }
    writeln!(out, "  {}", visible(&message))?;
    let columns = layout.columns.unwrap_or(100).max(40);
    for (label, text, span) in [("fr", &one.fr, finding.fr), ("en", &one.en, finding.en)] {
        let (shown, marks) = around(text, span, columns - 6);
        writeln!(out, "  {}  {shown}", layout.word(Style::Dim, label))?;
        if !marks.is_empty() {
            writeln!(out, "      {marks}")?;
        }
    }
    writeln!(out)
}

/// As much of the text around a place as has room, and the marks that go under the place.
fn around(text: &str, span: Option<Span>, room: usize) -> (String, String) {
    let span = span.unwrap_or(Span::new(0, 0));
    let flat = |text: &str| visible(text).replace('\n', " ");
    let (before, inside, after) = (flat(&text[..span.start]), flat(span.of(text)), flat(&text[span.end..]));
    let marked =
        width(&inside).clamp(usize::from(!inside.is_empty() || !before.is_empty()), room.saturating_sub(8));
    let spare = room.saturating_sub(marked + 2);
    let left = if width(&before) <= spare / 2 {
        width(&before)
    } else {
        (spare / 2).max(spare.saturating_sub(width(&after)))
    };
    let before = last_columns(&before, left);
    let inside = first_columns(&inside, room.saturating_sub(width(&before) + 2));
    let after = first_columns(&after, room.saturating_sub(width(&before) + width(&inside) + 1));
    let marks = if span == Span::new(0, 0) {
        String::new()
    } else {
        format!("{}{}", " ".repeat(width(&before)), "^".repeat(width(&inside).max(1)))
    };
    (format!("{before}{inside}{after}"), marks)
}

/// The text's beginning, with an ellipsis where something is left out.
fn first_columns(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) >= columns {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

/// The text's end, with an ellipsis where something is left out.
fn last_columns(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut start = text.len();
    for (at, _) in text.char_indices().rev() {
        if width(&text[at..]) >= columns {
            break;
        }
        start = at;
    }
    format!("…{}", &text[start..])
}

fn pairs(checker: &Checker, terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let mut told = Vec::new();
    let input = BufReader::with_capacity(1 << 20, stdin().lock());
    let report = check_lines(checker, input, &mut terminal.out, |line, why| {
        // The first tell what is wrong; a wrong file would tell it a million times.
        if told.len() < 20 {
            told.push(format!("line {line} of standard input is no pair: {why}"));
        }
    })?;
    let more = report.faults.saturating_sub(told.len() as u64);
    for what in told {
        terminal.report(&Failure::new(what));
    }
    if more > 0 {
        terminal.report(&Failure::new(format!("{more} more lines are no pairs")));
    }
    Ok(match (report.faults, report.found()) {
        (0, false) => Outcome::Done,
        (0, true) => Outcome::Findings,
        _ => Outcome::Partial,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_with_what_stands_around_it() {
        let text = "Il a douze ans et demi depuis hier.";
        assert_eq!(around(text, Some(Span::new(5, 10)), 80), (text.to_owned(), "     ^^^^^".to_owned()));
        let (shown, marks) = around(text, Some(Span::new(18, 22)), 20);
        let at = marks.find('^').unwrap();
        let under: String = shown.chars().skip(at).take(4).collect();
        assert!(shown.starts_with('…') && shown.ends_with('…') && width(&shown) <= 20, "{shown}");
        assert_eq!((under.as_str(), marks.trim()), ("demi", "^^^^"));
        assert_eq!(around(text, None, 20).1, "");
        assert!(around("日本語日本語日本語日本語", Some(Span::new(0, 36)), 14).0.chars().count() < 14);
    }
}

//! The coverage as a table: with bars on a terminal, as wide as that is; plain otherwise.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{Measured, Numbers};
use crate::cli::Terminal;
use crate::quality::{Of, Size, State};

/// A share in per cent, never rounded up: 100 means all.
pub(super) fn percent(share: f64) -> String {
    // The smallest step above what the division lost: 0.29 is 29.0, not 28.9.
    format!("{:.1} %", ((share * 1000.0 + 1e-9).floor()) / 10.0)
}

const BAR_COLUMNS: usize = 12;

/// The columns of the table of articles, without name and bar.
const HEADS: [&str; 8] =
    ["coverage", "sentences", "reviewed", "stale", "skipped", "untranslated", "words", "characters"];

/// Which of them are left out where there is no room, in order; coverage and sentences stay.
const FIRST_TO_GO: [usize; 6] = [7, 6, 4, 3, 2, 5];

fn cells(coverage: &Numbers, of: Of) -> [String; 8] {
    let (all, translated) = (coverage.total(), coverage.translated());
    let state = |state| coverage.size(state).sentences.to_string();
    [
        percent(coverage.share(of)),
        format!("{}/{}", translated.sentences, all.sentences),
        state(State::Reviewed),
        state(State::Stale),
        state(State::Skipped),
        state(State::Untranslated),
        format!("{}/{}", translated.words, all.words),
        format!("{}/{}", translated.chars, all.chars),
    ]
}

/// Writes the articles' table, the total in every measure, and what the numbers mean.
pub(super) fn write(
    terminal: &mut Terminal,
    measured: &[Measured],
    total: &Numbers,
    of: Of,
) -> io::Result<()> {
    let columns = terminal.columns();
    let out = &mut terminal.out;
    if measured.is_empty() {
        return writeln!(out, "no articles");
    }
    articles(out, measured, total, of, columns)?;
    writeln!(out)?;
    totals(out, total)?;
    writeln!(out)?;
    let done = match of {
        Of::Sentences => "sentences with English that is not stale",
        Of::Words => "words of sentences with English that is not stale",
        Of::Reviewed => "sentences with English that is reviewed and not stale",
    };
    writeln!(out, "coverage: {done}, of all that are not skipped")?;
    writeln!(out, "words: French, between spaces, with a letter or digit; split: l’IA is two")?;
    writeln!(out, "characters: French, spaces inside a sentence included")?;
    if total.orphans > 0 {
        writeln!(out, "orphans: {} translations whose French is gone, in no number above", total.orphans)?;
    }
    Ok(())
}

/// One line for each article, and one for all.
fn articles(
    out: &mut impl Write,
    measured: &[Measured],
    total: &Numbers,
    of: Of,
    columns: Option<usize>,
) -> io::Result<()> {
    let name_columns = measured
        .iter()
        .map(|measured| measured.stem.as_str().width())
        .chain(["article".len()])
        .max()
        .unwrap_or(0);
    let sum = cells(total, of);
    let widths: Vec<usize> = HEADS
        .iter()
        .zip(0..)
        .map(|(head, index)| {
            let own = measured.iter().map(|measured| cells(&measured.article.coverage, of)[index].width());
            own.chain([head.width(), sum[index].width()]).max().unwrap_or(0)
        })
        .collect();
    // What fits beside name and bar; piped, everything does.
    let mut shown = [true; HEADS.len()];
    let room = columns.unwrap_or(usize::MAX);
    for drop in FIRST_TO_GO {
        let wide: usize = (0..HEADS.len()).filter(|index| shown[*index]).map(|index| widths[index] + 2).sum();
        shown[drop] &= name_columns + 2 + BAR_COLUMNS + wide <= room;
    }
    let mut line = |name: &str, bar: Option<f64>, cells: &[String]| {
        let mut text = format!("{name}{}", " ".repeat(name_columns - name.width()));
        if columns.is_some() {
            text.push_str("  ");
            text.push_str(&bar.map_or(" ".repeat(BAR_COLUMNS), drawn));
        }
        for ((cell, width), _) in cells.iter().zip(&widths).zip(shown).filter(|(_, shown)| *shown) {
            text.push_str("  ");
            text.push_str(&" ".repeat(width - cell.width()));
            text.push_str(cell);
        }
        writeln!(out, "{}", text.trim_end())
    };
    line("article", None, &HEADS.map(str::to_owned))?;
    for Measured { stem, article } in measured {
        line(stem.as_str(), Some(article.coverage.share(of)), &cells(&article.coverage, of))?;
    }
    line("total", Some(total.share(of)), &sum)
}

/// A bar, in eighths of a column.
fn drawn(share: f64) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (share * (BAR_COLUMNS * 8) as f64).floor() as usize;
    let mut bar = "█".repeat(eighths / 8);
    bar.push_str(PARTS[eighths % 8]);
    bar.push_str(&"░".repeat(BAR_COLUMNS - bar.width()));
    bar
}

/// The total, in every measure and state.
fn totals(out: &mut impl Write, total: &Numbers) -> io::Result<()> {
    type Measure = (&'static str, fn(Size) -> u64);
    const MEASURES: [Measure; 4] = [
        ("sentences", |size| size.sentences),
        ("words", |size| size.words),
        ("words, split", |size| size.split_words),
        ("characters", |size| size.chars),
    ];
    let heads = ["translated", "reviewed", "draft", "stale", "skipped", "untranslated", "all"];
    let row = |measure: fn(Size) -> u64| {
        [
            total.translated(),
            total.size(State::Reviewed),
            total.size(State::Draft),
            total.size(State::Stale),
            total.size(State::Skipped),
            total.size(State::Untranslated),
            total.total(),
        ]
        .map(|size| measure(size).to_string())
    };
    let rows: Vec<[String; 7]> = MEASURES.iter().map(|(_, measure)| row(*measure)).collect();
    let widths: Vec<usize> = (0..heads.len())
        .map(|index| rows.iter().map(|row| row[index].len()).chain([heads[index].len()]).max().unwrap_or(0))
        .collect();
    let mut line = |name: &str, cells: &[String]| {
        let mut text = format!("{name:12}");
        for (cell, width) in cells.iter().zip(&widths) {
            text.push_str(&format!("  {cell:>width$}"));
        }
        writeln!(out, "{text}")
    };
    line("in total", &heads.map(str::to_owned))?;
    for ((name, _), row) in MEASURES.iter().zip(&rows) {
        line(name, row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_per_cent_means_all() {
        assert_eq!(percent(1.0), "100.0 %");
        assert_eq!(percent(0.9999), "99.9 %");
        assert_eq!(percent(0.29), "29.0 %");
        assert_eq!(percent(0.0), "0.0 %");
    }

    #[test]
    fn a_bar_is_always_as_wide() {
        for share in [0.0, 0.001, 0.33, 0.5, 0.999, 1.0] {
            assert_eq!(drawn(share).width(), BAR_COLUMNS, "{share}");
        }
        assert!(drawn(0.999).contains('▉') && drawn(1.0).chars().all(|c| c == '█'));
    }
}

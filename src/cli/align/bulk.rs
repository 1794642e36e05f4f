//! `enregard align --pairs` and `--french --english`: hundreds of pairs into the corpus.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::super::corpus::{author, desk_failed, failed, open_corpus};
use super::super::lay::{visible, width};
use super::super::progress::Progress;
use super::super::{Failure, Outcome, Terminal};
use super::Align;
use super::article::{breaks_told, moved_told, refused, tell_untaught};
use crate::desk::AddError;
use crate::desk::bring::{Bringing, Brought, Bulk, Couple, CoupleError, Summary, pair_folders, read_list};

impl Align {
    /// Brings many pairs in, and ends with a table.
    pub(super) fn bulk(&self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        if self.beads {
            return Err(Failure::new("cannot write beads by number of what is brought into the corpus")
                .hint(
                    "`--beads` is for files: `enregard align --sentences --beads --batch PAIRS.tsv -o DIR`",
                ));
        }
        let corpus = open_corpus(terminal)?;
        let mut faults = 0;
        let couples = self.couples(terminal, &mut faults)?;
        let bringing = Bringing::new(&corpus, self.options()?)
            .map_err(|error| refused("cannot align the pairs".to_owned(), error))?;
        tell_untaught(terminal, &bringing);
        let bulk = Bulk {
            bringing: &bringing,
            edition: self.edition.clone(),
            alone: self.alone,
            dry_run: self.dry_run,
        };
        let mut progress = Progress::new(terminal, couples.len());
        let mut done: Vec<Brought> = Vec::new();
        let told = bulk.run(&couples, &author(&corpus), |couple, result| {
            progress.step();
            match result {
                Ok(brought) => {
                    let summary = &brought.summary;
                    let (breaks, others) = breaks_told(&summary.gaps);
                    let told = breaks.chain(others).chain(summary.moved.iter().map(moved_told));
                    for told in told.filter(|_| !brought.there) {
                        progress.aside(|| terminal.tell(format!("{}: {told}", brought.stem)));
                    }
                    done.push(brought);
                }
                Err(error) => {
                    faults += 1;
                    progress.aside(|| terminal.report(&fault(couple, error)));
                }
            }
        });
        drop(progress);
        told.map_err(|error| failed("cannot align the pairs", error))?;
        let padded = terminal.columns().is_some();
        table(&mut terminal.out, &done, padded)?;
        terminal.out.flush()?;
        let there = done.iter().filter(|one| one.there).count();
        if there > 0 {
            terminal.tell(format!("{there} of {} pairs were there already", couples.len()));
        }
        if self.dry_run {
            terminal.tell("nothing was written: this was a trial (--dry-run)");
        }
        if faults > 0 {
            terminal.tell(format!(
                "{} not brought in; mend what is wrong, and run the command again: it goes on from there",
                if faults == 1 { "1 pair was".to_owned() } else { format!("{faults} pairs were") }
            ));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }

    /// The pairs of the list, or of the two folders.
    fn couples(&self, terminal: &Terminal, faults: &mut usize) -> Result<Vec<Couple>, Failure> {
        if let Some(list) = &self.pairs {
            let what = format!("cannot read the list {}", list.display());
            let (couples, bad) = read_list(list).map_err(|error| Failure::because(&what, error))?;
            *faults += bad.len();
            for (line, why) in bad {
                terminal.report(&Failure::new(format!("{}:{line}: {why}", list.display())));
            }
            return Ok(couples);
        }
        let (Some(french), Some(english)) = (&self.french, &self.english) else {
            return Err(Failure::new("cannot pair one folder: give `--french DIR` and `--english DIR`"));
        };
        let what = || format!("cannot pair {} with {}", french.display(), english.display());
        let (couples, alone) =
            pair_folders(french, english).map_err(|error| Failure::because(what(), error))?;
        for path in &alone {
            terminal.tell(format!("warning: {} has no partner of the same name", path.display()));
        }
        if couples.is_empty() {
            return Err(Failure::new(format!("{}: no file of the one is named as one of the other", what()))
                .hint("name them alike (a.txt and a.txt, or a.fr.txt and a.en.txt), or list them: `--pairs PAIRS.tsv`"));
        }
        Ok(couples)
    }
}

/// What could not be done for a pair, and why.
fn fault(couple: &Couple, error: CoupleError) -> Failure {
    let line = couple.line.map(|line| format!(" (line {line})")).unwrap_or_default();
    let what = format!("cannot bring in {} with {}{line}", shown(&couple.french), shown(&couple.english));
    match error {
        CoupleError::Bring(error) => refused(what, error),
        CoupleError::Add(AddError::Desk(error)) => desk_failed(what, error),
        error => Failure::because(what, error),
    }
}

fn shown(path: &Path) -> String {
    PathBuf::from(path).display().to_string()
}

/// A line for each pair and one for all: encodings, sentences, beads by type, what is left over, scores, breaks.
fn table(out: &mut dyn Write, done: &[Brought], padded: bool) -> std::io::Result<()> {
    let head = [
        "article", "state", "french", "english", "1-1", "1-n", "n-1", "n-n", "1-0", "0-1", "kept", "score",
        "gaps",
    ];
    let mut lines: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
    let mut total: [usize; 8] = [0; 8];
    let (mut sum, mut beads) = (0.0, 0.0);
    for one in done {
        let state = match (one.there, one.added) {
            (true, _) => "there",
            (false, true) => "added",
            (false, false) => "aligned",
        };
        let counts = counts(&one.summary);
        total.iter_mut().zip(counts).for_each(|(total, count)| *total += count);
        let number: usize = counts[..4].iter().sum();
        if let Some(mean) = one.summary.mean_score {
            sum += mean * number as f64;
            beads += number as f64;
        }
        let mut line = vec![
            visible(one.stem.as_str()),
            state.to_owned(),
            one.french.clone().unwrap_or("-".to_owned()),
            one.english.clone(),
        ];
        line.extend(cells(counts, one.summary.mean_score));
        lines.push(line);
    }
    let mut line = vec!["total".to_owned(), done.len().to_string(), String::new(), String::new()];
    line.extend(cells(total, (beads > 0.0).then(|| sum / beads)));
    lines.push(line);
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for line in &lines {
        for (at, cell) in line.iter().enumerate() {
            let widest = widths.entry(at).or_default();
            *widest = (*widest).max(width(cell));
        }
    }
    for line in &lines {
        if !padded {
            writeln!(out, "{}", line.join("\t"))?;
            continue;
        }
        let pad = |(at, cell): (usize, &String)| {
            let blank = " ".repeat(widths[&at] - width(cell));
            // Numbers to the right.
            if at < 4 { format!("{cell}{blank}") } else { format!("{blank}{cell}") }
        };
        let cells: Vec<String> = line.iter().enumerate().map(pad).collect();
        writeln!(out, "{}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

/// Beads 1-1, 1-n, n-1, n-n, 1-0, 0-1; units kept; breaks.
fn counts(summary: &Summary) -> [usize; 8] {
    let mut counts = [0; 8];
    for (&(fr, en), &count) in &summary.beads {
        let place = match (fr, en) {
            (_, 0) => 4,
            (0, _) => 5,
            (1, 1) => 0,
            (1, _) => 1,
            (_, 1) => 2,
            _ => 3,
        };
        counts[place] += count;
    }
    counts[6] = summary.known;
    counts[7] = summary.gaps.len();
    counts
}

fn cells(counts: [usize; 8], score: Option<f64>) -> Vec<String> {
    let mut cells: Vec<String> = counts[..7].iter().map(ToString::to_string).collect();
    cells.push(score.map_or("-".to_owned(), |score| format!("{score:.3}")));
    cells.push(counts[7].to_string());
    cells
}

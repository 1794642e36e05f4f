//! `enregard review`: units that want a person's eye, one after another.

mod keys;
mod show;

use std::io::{self, BufRead, IsTerminal, Write};

use clap::{ArgGroup, Args};

use super::corpus::{articles, author, desk_failed, failed, of_edition, open_corpus};
use super::lay::{Layout, Style};
use super::{Failure, Outcome, Terminal};
use crate::bitext::Edition;
use crate::desk::review::{Mode, Review, Said, queue};
use crate::store::{self, Author};

/// Go through units that want a person's eye: accept, merge, split, shift a boundary, cross out, edit.
///
/// Each thing done is on disk, and a step of `undo`, before the next unit is shown; leave and come back whenever you
/// like. `?` lists what can be typed: a (accept) m (merge) s (split) fr+ fr- en+ en- (shift) x (cross out) e TEXT (edit)
/// k (keep) d (dismiss) n (next) b (back) u (undo) q (quit). Where standard input is no terminal, commands are
/// read from it, one a line.
///
/// With --sample, beads of the aligner are drawn at random: what is accepted counts as right, what is merged, split,
/// shifted or crossed out as wrong; it ends with the precision and its 95 % interval (Wilson). Begun again with the same
/// numbers it goes on. Draw before you mend anything: a mended bead is no longer the aligner's.
///
/// Examples:
///   enregard review 000 --unsure
///   enregard review --findings
///   enregard review --sample 300 --seed 1
#[derive(Args)]
#[command(verbatim_doc_comment)]
#[command(group(ArgGroup::new("mode").required(true).args(["unsure", "stale", "findings", "sample"])))]
pub(super) struct ReviewCommand {
    /// Articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// What the aligner made and nobody has looked at, the least certain first
    #[arg(long)]
    unsure: bool,
    /// Units whose French has changed since their English was entered
    #[arg(long)]
    stale: bool,
    /// Units that `enregard check` finds something in
    #[arg(long)]
    findings: bool,
    /// So many of the aligner's beads, at random
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    sample: Option<u32>,
    /// What the sample is drawn by: the same number, the same sample
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// Of this English edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
}

impl ReviewCommand {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let told = "cannot review";
        let corpus = open_corpus(terminal)?;
        let stems = articles(terminal, &corpus, &self.articles, self.edition.as_ref())
            .map_err(|error| failed(told, error))?;
        if let Some(edition) = self.edition.as_ref().filter(|_| stems.is_empty()) {
            return Err(Failure::new(format!("{told}: no article has an edition `{edition}`")));
        }
        let mode = self.mode();
        let mut outcome = Outcome::Done;
        let list = queue(&corpus, &stems, self.edition.as_ref(), mode, |stem, error| {
            terminal.report(&desk_failed(format!("cannot review {stem}"), error));
            outcome = Outcome::Partial;
        });
        let list = list.map_err(|error| desk_failed(told, error))?;
        let review = match mode {
            Mode::Sample(count, seed) => {
                let edition = self.edition.clone();
                let begun = Review::sample(&corpus, edition, list, &stems, (count, seed));
                begun.map_err(|error| desk_failed(told, error))?
            }
            _ => Review::new(&corpus, self.edition.clone(), list),
        };
        if review.is_empty() {
            terminal.tell(nothing(mode));
            return Ok(outcome);
        }
        if self.sample.is_some_and(|count| review.len() < count as usize) {
            let all = review.len();
            terminal.tell(format!("there are only {all} beads of the aligner's: the sample has them all"));
        }
        let author = author(&corpus);
        let mut sitting = Sitting { terminal, review, author };
        let persons = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
        let typing = persons && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let ended = if typing { keys::run(&mut sitting) } else { sitting.lines() };
        sitting.leave(&self.again())?;
        ended.map(|()| outcome)
    }

    fn mode(&self) -> Mode {
        match self.sample {
            Some(count) => Mode::Sample(count as usize, self.seed),
            None if self.stale => Mode::Stale,
            None if self.findings => Mode::Findings,
            None => Mode::Unsure,
        }
    }

    /// The command that goes on.
    fn again(&self) -> String {
        let mut words = vec!["enregard review".to_owned()];
        words.extend(self.articles.iter().cloned());
        words.push(self.mode().as_str().to_owned());
        if let Some(count) = self.sample {
            words.push(format!("{count} --seed {}", self.seed));
        }
        words.join(" ") + &of_edition(self.edition.as_ref())
    }
}

/// What is said where there is no unit to go through.
fn nothing(mode: Mode) -> &'static str {
    match mode {
        Mode::Unsure | Mode::Sample(..) => {
            "nothing to review: there is no draft of the aligner; `enregard align ARTICLE ENGLISH.txt` makes some"
        }
        Mode::Stale => "nothing to review: no unit is stale",
        Mode::Findings => "nothing to review: the checks find nothing",
    }
}

/// The units, and where they are shown.
struct Sitting<'d> {
    terminal: &'d mut Terminal,
    review: Review<'d>,
    author: Author,
}

impl Sitting<'_> {
    fn layout(&self) -> Layout {
        Layout { columns: self.terminal.columns(), colours: self.terminal.colours_out() }
    }

    /// Shows the unit that is looked at; false where there is none.
    fn show(&mut self) -> Result<bool, Failure> {
        let layout = self.layout();
        let view = self.review.view().map_err(|error| desk_failed("cannot show the next unit", error))?;
        let Some(view) = view else { return Ok(false) };
        let lines = show::view(&view, layout);
        self.write(&lines);
        Ok(true)
    }

    /// Does what a line asks for; true where the person is done.
    fn line(&mut self, line: &str) -> Result<Result<bool, String>, Failure> {
        let author = Author { at: store::now(), ..self.author.clone() };
        let said = self.review.line(line, &author);
        match said.map_err(|error| desk_failed("cannot do that", error))? {
            Said::Show(done) => {
                self.done(done);
                Ok(Ok(!self.show()?))
            }
            Said::End(done) => {
                self.done(done);
                Ok(Ok(true))
            }
            Said::Help => {
                let lines = show::help(self.layout());
                self.write(&lines);
                Ok(Ok(false))
            }
            Said::Refused(why) => Ok(Err(why)),
            Said::Leave => Ok(Ok(true)),
        }
    }

    fn done(&mut self, done: Option<String>) {
        if let Some(done) = done {
            let line = self.layout().word(Style::Dim, &format!("        {done}"));
            self.write(&[line]);
        }
    }

    /// Commands from a pipe. Stops at the first that cannot be done: those after it may be meant for another unit.
    fn lines(&mut self) -> Result<(), Failure> {
        self.show()?;
        for (number, line) in (1..).zip(io::stdin().lock().lines()) {
            let line = line.map_err(|error| Failure::because("cannot read standard input", error))?;
            match self.line(&line)? {
                // What goes back may follow the last unit.
                Ok(_) if matches!(line.trim(), "q" | "quit" | ":q" | ":quit") => break,
                Ok(_) => {}
                Err(why) => {
                    return Err(Failure::new(format!("stopped at line {number} of standard input: {why}"))
                        .hint("what came before it is done; mend the line, and begin again from there"));
                }
            }
        }
        Ok(())
    }

    /// Writes lines where they are seen. Nobody may read them: what is typed is done all the same.
    fn write(&mut self, lines: &[String]) {
        let out = &mut self.terminal.out;
        let _ = lines.iter().try_for_each(|line| writeln!(out, "{line}")).and_then(|()| out.flush());
    }

    /// Says what was done, and what a sample comes to.
    fn leave(&mut self, again: &str) -> Result<(), Failure> {
        let tally = self.review.tally();
        if let Some(precision) = self.review.precision() {
            let of = self.review.len();
            writeln!(self.terminal.out, "{}", show::precision(precision, of))?;
        }
        self.terminal.out.flush()?;
        let mut told = format!("{} accepted, {} changed", tally.accepted, tally.changed);
        if tally.left > 0 {
            told.push_str(&format!("; {} left: `{again}` goes on", tally.left));
        }
        self.terminal.tell(told);
        Ok(())
    }
}

//! Standard output and standard error, and how a command's end is told.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::lay::visible;
use super::{Failure, Outcome};

/// Where a command's results and messages go.
pub struct Terminal {
    /// Results: standard output, buffered.
    pub out: BufWriter<Stdout>,
    /// Where `--corpus` points, if it was given.
    pub corpus: Option<PathBuf>,
    quiet: bool,
}

impl Terminal {
    pub(super) fn new(corpus: Option<PathBuf>, quiet: bool) -> Self {
        Terminal { out: BufWriter::with_capacity(1 << 16, io::stdout()), corpus, quiet }
    }

    /// Tells something that is no result: `what` on a line of standard error, unless `--quiet`.
    pub fn tell(&self, what: impl AsRef<str>) {
        if !self.quiet {
            say(&visible(what.as_ref()));
        }
    }

    /// Reports a fault, with its causes and hint. The command may go on.
    pub fn report(&self, failure: &Failure) {
        let mut text = format!("{} {}", self.mark("error:", "1;31"), visible(&failure.what));
        for cause in &failure.causes {
            text.push_str("\n  because ");
            text.push_str(&visible(cause));
        }
        if let Some(hint) = &failure.hint {
            text.push_str(&format!("\n{} {}", self.mark("hint:", "1;36"), visible(hint)));
        }
        say(&text);
    }

    /// Whether results may be coloured: a terminal, and no `NO_COLOR`.
    pub fn colours_out(&self) -> bool {
        io::stdout().is_terminal() && colour_wanted()
    }

    /// Whether a person watches standard error, so that progress is of use.
    pub fn watched(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// The columns of the terminal that results go to; none when piped. `COLUMNS` is believed first.
    pub fn columns(&self) -> Option<usize> {
        let set = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0);
        let asked =
            || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).filter(|n| *n > 0);
        io::stdout().is_terminal().then(|| set().or_else(asked).unwrap_or(80))
    }

    /// A text as it may be a result: on a terminal with what that would obey or hide made visible, else as it is.
    pub fn safe<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if io::stdout().is_terminal() { Cow::Owned(visible(text)) } else { Cow::Borrowed(text) }
    }

    fn mark(&self, word: &str, style: &str) -> String {
        if io::stderr().is_terminal() && colour_wanted() {
            format!("\x1b[{style}m{word}\x1b[0m")
        } else {
            word.to_owned()
        }
    }

    pub(super) fn finish(mut self, result: Result<Outcome, Failure>) -> ExitCode {
        let result = result.and_then(|outcome| {
            self.out.flush()?;
            Ok(outcome)
        });
        match result {
            Ok(Outcome::Done) => ExitCode::SUCCESS,
            Ok(Outcome::Findings) => ExitCode::from(1),
            Ok(Outcome::Partial) => ExitCode::from(2),
            Err(failure) if failure.closed_pipe => {
                // What is still buffered has no reader: it must not be flushed on drop.
                std::mem::forget(self.out);
                ExitCode::SUCCESS
            }
            Err(failure) => {
                let _ = self.out.flush();
                self.report(&failure);
                ExitCode::from(2)
            }
        }
    }
}

/// Standard error may be closed or full: that must not end the work.
fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

fn colour_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

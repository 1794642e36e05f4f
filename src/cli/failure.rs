//! How a command ends: what it may answer, and what it says when it cannot.

use std::error::Error;
use std::fmt::Display;
use std::io;

/// How a command that ran to its end ended, from good to worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Done.
    Done,
    /// Done, with findings, or below the threshold asked.
    Findings,
    /// Done in part; the faults were reported as they came.
    Partial,
}

/// What could not be done, why, and what to type next.
#[derive(Debug)]
pub struct Failure {
    /// What could not be done: `cannot export roy`.
    pub what: String,
    /// The causes, nearest first.
    pub causes: Vec<String>,
    /// What the person can type or do next.
    pub hint: Option<String>,
    /// Standard output was closed by its reader, which is no fault.
    pub closed_pipe: bool,
}

impl Failure {
    /// A failure without a cause.
    pub fn new(what: impl Into<String>) -> Self {
        Failure { what: what.into(), causes: Vec::new(), hint: None, closed_pipe: false }
    }

    /// `what` failed because of `error` and its sources.
    pub fn because(what: impl Into<String>, error: impl Error) -> Self {
        let mut failure = Failure::new(what);
        let mut cause: Option<&dyn Error> = Some(&error);
        while let Some(error) = cause {
            let text = error.to_string();
            // An error that is transparent to its source says the same twice.
            if failure.causes.last() != Some(&text) {
                failure.causes.push(text);
            }
            cause = error.source();
        }
        failure
    }

    /// The same, with what to do next.
    pub fn hint(mut self, hint: impl Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }
}

/// Writing results to standard output failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Failure { closed_pipe, ..Failure::because("cannot write the results to standard output", error) }
    }
}

//! Answers read line by line, where nobody edits them: for scripts, pipes and plain terminals.

use std::io::{self, BufRead};

use super::{Next, Sitting};
use crate::cli::{Failure, Outcome};

/// Takes each line of standard input as the answer to one sentence.
///
/// Stops at the first line that cannot be done: taken on, the lines after it might go to the
/// wrong sentences.
pub(super) fn run(sitting: &mut Sitting) -> Result<Outcome, Failure> {
    let mut input = io::stdin().lock();
    let mut bytes = Vec::new();
    let mut outcome = Outcome::Done;
    sitting.show();
    for number in 1.. {
        bytes.clear();
        let read = input.read_until(b'\n', &mut bytes);
        let read = read.map_err(|error| Failure::because("cannot read standard input", error))?;
        if read == 0 {
            break;
        }
        let stopped = |why: String| {
            Failure::new(format!("stopped at line {number} of standard input: {why}"))
                .hint("what came before it is entered; mend the line, and begin again from there")
        };
        let line =
            std::str::from_utf8(&bytes).map_err(|error| stopped(format!("it is no UTF-8 ({error})")))?;
        let line = if number == 1 { line.strip_prefix('\u{FEFF}').unwrap_or(line) } else { line };
        let line = line.trim_end_matches(['\n', '\r']);
        let reply = sitting.session.line(line);
        match sitting.answer(reply)? {
            Next::Show => {
                if sitting.session.view().is_some_and(|view| view.clash.is_some()) {
                    // Nobody can be asked, and the next line is meant for the next sentence.
                    sitting.show();
                    sitting.terminal.tell(format!(
                        "warning: line {number} is not entered: somebody else changed its sentence meanwhile"
                    ));
                    sitting.session.yield_to_theirs();
                    outcome = Outcome::Partial;
                }
                sitting.show();
            }
            Next::Refused(why) => return Err(stopped(why)),
            // Lines that go back may follow the last sentence.
            Next::Ask | Next::End => {}
            Next::Leave => break,
        }
    }
    Ok(outcome)
}

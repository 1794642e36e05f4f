//! `enregard completions`: shell completions.

use clap::Args;
use clap_complete::Shell;
use std::io::Write;

use super::{Failure, Outcome, Terminal};

/// Write the completions of a shell to standard output.
///
/// Example: `enregard completions bash > ~/.local/share/bash-completion/completions/enregard`
#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        // The generator panics on a write error, so it writes to memory first.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "enregard", &mut script);
        terminal.out.write_all(&script)?;
        Ok(Outcome::Done)
    }
}

//! `enregard tokens` in a program that was built without it.

use clap::Args;

use super::{Failure, Outcome, Terminal};

/// Learn a subword tokenizer from the corpus, or count the texts' tokens: not in this program.
///
/// It was built without the feature `tokens`: `cargo install enregard` has it.
///
/// Example: `enregard tokens count tokenizer.json`
#[derive(Args)]
#[command(disable_help_subcommand = true)]
pub(super) struct Tokens {
    /// What there would be to do
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    rest: Vec<String>,
}

impl Tokens {
    pub(super) fn run(self, _: &mut Terminal) -> Result<Outcome, Failure> {
        let asked = self.rest.first().map(|word| format!(" {word}")).unwrap_or_default();
        Err(Failure::new(format!(
            "cannot run tokens{asked}: this program was built without the feature `tokens`"
        ))
        .hint("build it with the default features, or with `--features tokens`"))
    }
}

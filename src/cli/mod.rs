//! The terminal: one file per command, which parses, calls the desk and shows what came of it.
//!
//! Results go to standard output and nothing else does. Exit code 0: done; 1: done, with
//! findings; 2: not done, wholly or in part.

mod align;
mod completions;
mod corpus;
mod coverage;
mod export;
mod failure;
mod fmt;
mod init;
mod lay;
mod man;
mod progress;
mod segment;
mod terminal;
mod translate;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

pub use failure::{Failure, Outcome};
pub use terminal::Terminal;

/// French articles and their English, sentence by sentence.
///
/// A corpus is a folder: French articles in `seeds/`, one file each, and their English in
/// `alignments/`. Every command finds it from the current folder upwards.
#[derive(Parser)]
#[command(name = "enregard", version, propagate_version = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Args)]
struct Global {
    /// The corpus folder [default: found from the current folder upwards]
    #[arg(long, global = true, value_name = "DIR", env = "ENREGARD_CORPUS")]
    corpus: Option<PathBuf>,
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true)]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    Align(align::Align),
    Completions(completions::Completions),
    Coverage(coverage::Coverage),
    Export(export::Export),
    Fmt(fmt::Fmt),
    Init(init::Init),
    Man(man::Man),
    Segment(segment::Segment),
    Translate(translate::Translate),
}

/// Runs the program with these arguments, the first being its own name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are results; all else is a fault of usage. Neither minds a closed pipe.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let mut terminal = Terminal::new(cli.global.corpus, cli.global.quiet);
    let result = match cli.command {
        Command::Align(command) => command.run(&mut terminal),
        Command::Completions(command) => command.run(&mut terminal),
        Command::Coverage(command) => command.run(&mut terminal),
        Command::Export(command) => command.run(&mut terminal),
        Command::Fmt(command) => command.run(&mut terminal),
        Command::Init(command) => command.run(&mut terminal),
        Command::Man(command) => command.run(&mut terminal),
        Command::Segment(command) => command.run(&mut terminal),
        Command::Translate(command) => command.run(&mut terminal),
    };
    terminal.finish(result)
}

/// The whole command line, for completions and man pages.
fn command() -> clap::Command {
    Cli::command()
}

//! The terminal: one file per command, which parses, calls the desk and shows what came of it.
//!
//! Results go to standard output and nothing else does. Exit code 0: done; 1: done, with
//! findings; 2: not done, wholly or in part.

mod add;
mod align;
mod check;
mod compare;
mod completions;
mod convert;
mod corpus;
mod coverage;
mod describe;
mod dismiss;
mod edit;
mod export;
mod failure;
mod find;
mod fmt;
mod formats;
mod former;
mod glossary;
mod help;
mod history;
mod import;
mod init;
mod lay;
mod lexicon;
mod list;
mod man;
mod overview;
mod progress;
mod review;
mod segment;
mod serve;
mod show;
mod sync;
mod terminal;
#[cfg(feature = "tokens")]
mod tokens;
#[cfg(not(feature = "tokens"))]
#[path = "tokens/unbuilt.rs"]
mod tokens;
mod translate;
mod undo;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

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
    command: Option<Command>,
}

/// What every command takes.
#[derive(Args)]
struct Global {
    /// The corpus folder [default: found from the current folder upwards]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "ENREGARD_CORPUS",
        help_heading = "With every command"
    )]
    corpus: Option<PathBuf>,
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true, help_heading = "With every command")]
    quiet: bool,
}

#[derive(Subcommand)]
enum Command {
    Add(add::Add),
    Align(align::Align),
    Check(check::Check),
    Compare(compare::Compare),
    Completions(completions::Completions),
    Convert(convert::Convert),
    Coverage(coverage::Coverage),
    Describe(describe::Describe),
    Dismiss(dismiss::Dismiss),
    Drop(edit::Drop),
    Export(export::Export),
    Find(find::Find),
    Fmt(fmt::Fmt),
    Formats(formats::Formats),
    Glossary(glossary::Glossary),
    History(history::History),
    Import(import::Import),
    Init(init::Init),
    Lexicon(lexicon::LexiconCommand),
    List(list::List),
    Man(man::Man),
    Merge(edit::Merge),
    Move(edit::Move),
    Redo(undo::Redo),
    Review(review::ReviewCommand),
    Segment(segment::Segment),
    Serve(serve::Serve),
    Set(edit::Set),
    Show(show::Show),
    Split(edit::Split),
    Sync(sync::SyncCommand),
    Tokens(tokens::Tokens),
    Translate(translate::Translate),
    Undo(undo::Undo),
}

/// Runs the program with these arguments, the first being its own name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = help::laid_out(command()).try_get_matches_from(arguments);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are results; all else is a fault of usage. Neither minds a closed pipe.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let mut terminal = Terminal::new(cli.global.corpus, cli.global.quiet);
    let Some(command) = cli.command else {
        let result = overview::run(&mut terminal);
        return terminal.finish(result);
    };
    let result = match command {
        Command::Add(command) => command.run(&mut terminal),
        Command::Align(command) => command.run(&mut terminal),
        Command::Check(command) => command.run(&mut terminal),
        Command::Compare(command) => command.run(&mut terminal),
        Command::Completions(command) => command.run(&mut terminal),
        Command::Convert(command) => command.run(&mut terminal),
        Command::Coverage(command) => command.run(&mut terminal),
        Command::Describe(command) => command.run(&mut terminal),
        Command::Dismiss(command) => command.run(&mut terminal),
        Command::Drop(command) => command.run(&mut terminal),
        Command::Export(command) => command.run(&mut terminal),
        Command::Find(command) => command.run(&mut terminal),
        Command::Fmt(command) => command.run(&mut terminal),
        Command::Formats(command) => command.run(&mut terminal),
        Command::Glossary(command) => command.run(&mut terminal),
        Command::History(command) => command.run(&mut terminal),
        Command::Import(command) => command.run(&mut terminal),
        Command::Init(command) => command.run(&mut terminal),
        Command::Lexicon(command) => command.run(&mut terminal),
        Command::List(command) => command.run(&mut terminal),
        Command::Man(command) => command.run(&mut terminal),
        Command::Merge(command) => command.run(&mut terminal),
        Command::Move(command) => command.run(&mut terminal),
        Command::Redo(command) => command.run(&mut terminal),
        Command::Review(command) => command.run(&mut terminal),
        Command::Segment(command) => command.run(&mut terminal),
        Command::Serve(command) => command.run(&mut terminal),
        Command::Set(command) => command.run(&mut terminal),
        Command::Show(command) => command.run(&mut terminal),
        Command::Split(command) => command.run(&mut terminal),
        Command::Sync(command) => command.run(&mut terminal),
        Command::Tokens(command) => command.run(&mut terminal),
        Command::Translate(command) => command.run(&mut terminal),
        Command::Undo(command) => command.run(&mut terminal),
    };
    terminal.finish(result)
}

/// The whole command line, for completions and man pages.
fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The commands of the help, those within others too.
    fn all(command: &clap::Command, path: &str, found: &mut Vec<(String, clap::Command)>) {
        for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
            let path = format!("{path} {}", inner.get_name());
            all(inner, &path, found);
            found.push((path, inner.clone()));
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example_that_can_be_typed() {
        let mut found = Vec::new();
        all(&help::laid_out(command()), "enregard", &mut found);
        let mut faults = Vec::new();
        for (path, command) in found {
            let help = command.clone().render_long_help().to_string();
            // In backquotes, or each on a line of its own.
            let lines = help.lines().map(str::trim);
            let mut examples: Vec<&str> = help.split('`').skip(1).step_by(2).chain(lines).collect();
            examples.retain(|code| code.starts_with(&path));
            if examples.is_empty() || !help.contains("Example") {
                faults.push(format!("{path}: no example"));
            }
            for example in examples {
                // What a shell does with the rest is not for us.
                let typed = example.split(['|', '<', '>', '&', ';', '#']).next().unwrap_or(example);
                if let Err(error) = Cli::try_parse_from(typed.replace(['\'', '"'], "").split_whitespace()) {
                    faults.push(format!("{example}: {error}"));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

//! What `enregard` says when it is asked nothing: what to type first.

use std::path::Path;

use crate::store::Corpus;

use super::{Failure, Outcome, Terminal};

/// What a person would type, in the order of the work, and what it does.
const FIRST: [(&str, &str, &str); 8] = [
    ("init", "enregard init my-corpus", "make a folder a corpus"),
    ("add", "enregard add article.txt", "put a French article into it"),
    ("list", "enregard list", "see the articles, by their names"),
    ("translate", "enregard translate ARTICLE", "type its English, sentence by sentence"),
    ("check", "enregard check", "see what may be wrong in it"),
    ("coverage", "enregard coverage", "see how much is translated"),
    ("sync", "enregard sync", "carry the English over to articles that changed"),
    ("export", "enregard export", "write the aligned sentences as TSV"),
];

/// Says what to type first: in a corpus what can be done with it, elsewhere how to make one.
pub(super) fn run(terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let corpus = match &terminal.corpus {
        Some(folder) => Corpus::open(folder),
        None => Corpus::find(Path::new(".")),
    };
    let there = match corpus.as_ref().map(Corpus::stems) {
        Ok(Ok(stems)) => match stems.len() {
            0 => "You are in a corpus without articles yet.".to_owned(),
            1 => "You are in a corpus of 1 article.".to_owned(),
            many => format!("You are in a corpus of {many} articles."),
        },
        _ => "You are in no corpus yet: `enregard init` makes a folder one.".to_owned(),
    };
    let mut text =
        format!("enregard: French articles and their English, sentence by sentence.\n\n{there}\n\n");
    let command = super::command();
    for (name, typed, what) in FIRST {
        if command.find_subcommand(name).is_some() && !(name == "init" && corpus.is_ok()) {
            text.push_str(&format!("  {typed:<28}{what}\n"));
        }
    }
    text.push_str("\n`enregard --help` lists all commands; `enregard COMMAND --help` tells more.\n");
    std::io::Write::write_all(&mut terminal.out, text.as_bytes())?;
    Ok(Outcome::Done)
}

//! `--editor`: the sentences as one text, in the person's own editor.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::bitext::Unit;
use crate::cli::corpus::{author, desk_failed, failed};
use crate::cli::{Failure, Outcome, Terminal};
use crate::desk::buffer::{Block, Reading, Unread, read, write};
use crate::desk::translate::{Which, places};
use crate::desk::{English, Missed, Place};
use crate::store::KeptBuffer;

/// Writes the sentences that `which` takes into a buffer, lets the person edit it, and enters what it says.
pub(super) fn run(
    terminal: &mut Terminal,
    place: Place,
    units: &[Unit],
    which: &Which,
) -> Result<Outcome, Failure> {
    let stem = place.stem;
    let told = format!("cannot translate {stem} in an editor");
    let (all, of) = places(units);
    let first = which.from.and_then(|from| from.place(units).ok()).unwrap_or(0);
    let blocks: Vec<Block> = all
        .iter()
        .filter(|(number, unit)| which.takes(unit) && *number >= first)
        .map(|(number, unit)| Block::of(unit, (*number, of)))
        .collect();
    if blocks.is_empty() {
        terminal.tell(format!("nothing to translate in {stem}; `--all` takes what is there"));
        return Ok(Outcome::Done);
    }
    let heading = format!("{stem}: {} of {of} sentences", blocks.len());
    let buffer = place
        .corpus
        .open_buffer(&place.name(), &write(&heading, &blocks))
        .map_err(|error| failed(&told, error))?;
    let shown = buffer.path.display().to_string();
    if buffer.earlier {
        terminal.tell(format!(
            "an earlier session left its buffer: you go on with it\nhint: to begin anew, remove {shown}"
        ));
    }
    edit(&buffer.path).map_err(|failure| kept(place, &buffer, failure))?;
    let edited = place.corpus.read_buffer(&buffer);
    let edited = edited.map_err(|error| kept(place, &buffer, failed(&told, error)))?;
    let reading = read(&buffer.written, &edited);
    enter(terminal, place, reading, &shown).map(|(told, outcome)| {
        terminal.tell(told);
        if let Err(error) = place.corpus.forget_buffer(&buffer) {
            terminal.report(&failed("cannot remove the buffer that was read", error));
        }
        outcome
    })
}

/// Enters what a buffer says. What it does not say clearly is put aside, and that is told.
fn enter(
    terminal: &Terminal,
    place: Place,
    reading: Reading,
    shown: &str,
) -> Result<(String, Outcome), Failure> {
    let Reading { changes, mut unread, remarks, untouched, gone } = reading;
    let asked = changes.len();
    let missed = match changes.is_empty() {
        true => Vec::new(),
        false => place.enter_all(author(place.corpus), changes).map_err(|error| {
            let failure = desk_failed(format!("cannot enter the English of {}", place.stem), error);
            failure.hint(format!("nothing is lost: run it again, and you go on with {shown}"))
        })?,
    };
    for (line, remark) in remarks {
        terminal.tell(format!("line {line} of the buffer: {remark}"));
    }
    let entered = asked - missed.len();
    unread.extend(missed.into_iter().map(clash));
    unread.sort_by_key(|unread| unread.line);
    let mut told = format!("{}: {entered} changed, {untouched} left as they were", place.stem);
    if !gone.is_empty() {
        told.push_str(&format!(", {} not in the buffer any more and left as they were", gone.len()));
    }
    if unread.is_empty() {
        return Ok((told, Outcome::Done));
    }
    let aside: Vec<String> =
        unread.iter().map(|part| format!("# line {}: {}\n{}\n", part.line, part.why, part.text)).collect();
    let path = place.corpus.keep_aside(&format!("{}.aside", place.name()), &aside.join("\n"));
    for Unread { line, why, .. } in &unread {
        terminal.tell(format!("warning: line {line} of the buffer is not entered: {why}"));
    }
    match path {
        Ok(path) => told.push_str(&format!("; what is not entered is kept in {}", path.display())),
        Err(error) => {
            terminal.report(&failed("cannot keep what is not entered in a file: it follows here", error));
            terminal.tell(aside.join("\n"));
        }
    }
    Ok((told, Outcome::Partial))
}

/// What is said of an answer whose sentence somebody else changed: both texts.
fn clash(missed: Missed) -> Unread {
    let Missed { change, now } = missed;
    let mine = match &change.answer.english {
        Some(English::Typed(text)) => text.clone(),
        _ => change.en.clone(),
    };
    let why = match &now {
        None => format!("{} is no longer in the article", change.id),
        Some(now) if now.english() == change.en => {
            format!("somebody else changed the French of {} meanwhile", change.id)
        }
        Some(now) => format!("somebody else changed {} meanwhile: theirs is `{}`", change.id, now.english()),
    };
    Unread {
        line: change.line,
        why,
        text: format!("## {}\n> {}\n{mine}", change.id, change.fr.replace('\n', "\n> ")),
    }
}

/// The same failure, with where the buffer is kept; one that nobody has touched is removed.
fn kept(place: Place, buffer: &KeptBuffer, failure: Failure) -> Failure {
    let untouched = place.corpus.read_buffer(buffer).is_ok_and(|text| text == buffer.written);
    match untouched && place.corpus.forget_buffer(buffer).is_ok() {
        true => failure,
        false => {
            let hint = match &failure.hint {
                Some(hint) => format!("{hint}\n      "),
                None => String::new(),
            };
            failure.hint(format!(
                "{hint}nothing is entered; the buffer is kept in {}: run it again, and you go on with it",
                buffer.path.display()
            ))
        }
    }
}

/// Opens a file in the person's editor, and waits for its end.
fn edit(path: &Path) -> Result<(), Failure> {
    let named = ["VISUAL", "EDITOR"].into_iter().find_map(|name| {
        let value = std::env::var(name).ok().filter(|value| !value.trim().is_empty())?;
        Some((name, value))
    });
    let Some((name, value)) = named else {
        for fallback in FALLBACKS {
            match Command::new(fallback).arg(path).status() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                ended => return judge(fallback, ended),
            }
        }
        return Err(Failure::new("found no editor: neither VISUAL nor EDITOR is set, and there is no nano or vi")
            .hint("set EDITOR (`export EDITOR=\"code --wait\"`), or leave out `--editor` and type sentence by sentence"));
    };
    let words = words(&value);
    let ended = Command::new(&words[0]).args(&words[1..]).arg(path).status();
    match ended {
        Err(error) => Err(Failure::because(format!("cannot start the editor `{value}`"), error)
            .hint(format!("{name} names it: set it to an editor that is installed"))),
        ended => judge(&value, ended),
    }
}

#[cfg(not(windows))]
const FALLBACKS: [&str; 2] = ["nano", "vi"];
#[cfg(windows)]
const FALLBACKS: [&str; 1] = ["notepad"];

fn judge(editor: &str, ended: io::Result<ExitStatus>) -> Result<(), Failure> {
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("the editor `{editor}` ended with {status}"))),
        Err(error) => Err(Failure::because(format!("cannot start the editor `{editor}`"), error)),
    }
}

/// The words of an editor's name and arguments: quotes hold them together, as in a shell.
///
/// A value that is a file as it stands is one word, so that a path with blanks needs no quotes.
fn words(value: &str) -> Vec<String> {
    let value = value.trim();
    if Path::new(value).is_file() {
        return vec![value.to_owned()];
    }
    let mut words = vec![String::new()];
    let mut quote: Option<char> = None;
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        let word = words.last_mut().expect("there is a first word");
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            // On Windows a backslash parts folders.
            (None | Some('"'), '\\') if !cfg!(windows) => word.extend(chars.next()),
            (None, c) if c.is_whitespace() => {
                while chars.next_if(|c| c.is_whitespace()).is_some() {}
                words.push(String::new());
            }
            (_, c) => word.push(c),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_may_have_arguments_quotes_and_blanks() {
        assert_eq!(words("code --wait"), ["code", "--wait"]);
        assert_eq!(words(" '/opt/my editor/ed'  -n \"a b\" "), ["/opt/my editor/ed", "-n", "a b"]);
        #[cfg(not(windows))]
        assert_eq!(words(r"/opt/my\ editor/ed"), ["/opt/my editor/ed"]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my editor");
        std::fs::write(&path, "").unwrap();
        assert_eq!(words(path.to_str().unwrap()), [path.to_str().unwrap()]);
    }
}

//! What the commands share: the corpus they work on, who types, and what to type next after a fault.

use std::io::ErrorKind;
use std::path::Path;

use crate::bitext::{Edition, Stem};
use crate::desk::{DeskError, chosen};
use crate::store::file::Fault;
use crate::store::{Author, Corpus, StoreError, Unread, now, person};

use super::{Failure, Terminal};

/// The corpus of `--corpus`, or the one that holds the current folder.
pub(super) fn open_corpus(terminal: &Terminal) -> Result<Corpus, Failure> {
    let corpus = match &terminal.corpus {
        Some(folder) => Corpus::open(folder),
        None => Corpus::find(Path::new(".")),
    }
    .map_err(|error| failed("cannot open the corpus", error))?;
    for key in &corpus.config().unknown {
        terminal.tell(format!("warning: enregard.toml: `{key}` is no key that this version knows"));
    }
    Ok(corpus)
}

/// The articles that a command is to work on: those named, else all, with a warning for each thing in
/// `seeds/` that can be none.
pub(super) fn articles(
    terminal: &Terminal,
    corpus: &Corpus,
    names: &[String],
    edition: Option<&Edition>,
) -> Result<Vec<Stem>, StoreError> {
    let stems = chosen(corpus, names, edition)?;
    if names.is_empty() {
        for odd in corpus.survey()?.odd {
            terminal.tell(format!("warning: {} is no article: {}", odd.path.display(), odd.why));
        }
    }
    Ok(stems)
}

/// Who types this command, and when.
pub(super) fn author(corpus: &Corpus) -> Author {
    let words: Vec<String> = std::env::args_os().skip(1).map(|word| shown(&word.to_string_lossy())).collect();
    let mut command: String = words.join(" ").chars().take(200).collect();
    if command.len() < words.join(" ").len() {
        command.push('…');
    }
    Author { by: person(corpus.config(), corpus.root()), at: now(), command }
}

/// A word as a shell would need it.
fn shown(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=@:,+%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''").replace(char::is_control, " "))
    }
}

/// `what` could not be done because of `error`, with what to do next.
pub(super) fn failed(what: impl Into<String>, error: StoreError) -> Failure {
    let hint = hint(&error);
    let failure = Failure::because(what, error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// The same for what the desk could not do.
pub(super) fn desk_failed(what: impl Into<String>, error: DeskError) -> Failure {
    match error {
        DeskError::Store(error) => failed(what, error),
        DeskError::OwnFolder { .. } => {
            Failure::because(what, error).hint("write it to another folder with `-o`")
        }
        DeskError::Outdated(stem) => {
            let hint = format!("run `enregard sync {stem}` first");
            Failure::because(what, DeskError::Outdated(stem)).hint(hint)
        }
        error => Failure::because(what, error),
    }
}

/// `EMFILE`, which the standard library has no kind for.
const TOO_MANY_OPEN_FILES: i32 = 24;

fn hint(error: &StoreError) -> Option<String> {
    let hint = match error {
        StoreError::NoCorpus { .. } | StoreError::NotACorpus { .. } => {
            "run `enregard init` in the folder that is to be a corpus, or point to one with `--corpus DIR`"
                .into()
        }
        StoreError::Unknown { articles: 0, .. } => {
            "the corpus is empty: `enregard add FILE` puts an article into it".into()
        }
        StoreError::Unknown { .. } => "run `enregard list` to see the articles".into(),
        StoreError::Ambiguous { .. } => "type more of the name".into(),
        StoreError::Nul { path, .. } | StoreError::NotUtf8 { path, .. } if path.starts_with("seeds") => {
            format!(
                "move {} out of the corpus, and run `enregard add` on it: it reads other encodings",
                path.display()
            )
        }
        StoreError::EmptySeed(path) => format!("put a text into {}, or remove it", path.display()),
        StoreError::Outside { path, .. } => format!("put a copy in place of {}", path.display()),
        StoreError::Changed { id, .. } => {
            format!("`enregard history {id}` shows what commands did to it; what stands there now is kept")
        }
        StoreError::ChangedOtherwise { .. } => {
            "`git diff` and `git log -p` show what else was changed".into()
        }
        StoreError::Meanwhile(_) => "run the command again: it will work on what is there now".into(),
        StoreError::Journal(Unread { path, line, .. }) => {
            format!("take line {line} of {} away: only what it says can then not be undone", path.display())
        }
        StoreError::Exists(stem) => {
            format!("give it another name, or run `enregard sync {stem} --from FILE`")
        }
        StoreError::Busy { .. } => "run the command again when the other has ended".into(),
        StoreError::Io { cause, .. } => match cause.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                "make room on the disk and run the command again: nothing is half written".into()
            }
            ErrorKind::PermissionDenied => "see who may write there (`ls -ld`), or work on a copy".into(),
            ErrorKind::ReadOnlyFilesystem => "work on a copy of the corpus".into(),
            // Windows has no such limit.
            _ if cfg!(unix) && cause.raw_os_error() == Some(TOO_MANY_OPEN_FILES) => {
                "name fewer articles at once, or allow more open files: `ulimit -n 4096`".into()
            }
            _ => return None,
        },
        StoreError::File(error) => match &error.fault {
            Fault::Version(_) => "update enregard".into(),
            Fault::OtherArticle { expected, .. } => {
                format!("if the article was renamed, write `{expected}` after `\"article\":`")
            }
            _ => format!(
                "mend that line in an editor, or take the last good state from git (`git restore {}`)",
                error.path.display()
            ),
        },
        _ => return None,
    };
    Some(hint)
}

/// ` --edition NAME`, for a command that a person is to type next; nothing where no edition is meant.
///
/// A name that a shell would take apart stands in quotation marks.
pub(super) fn of_edition(edition: Option<&Edition>) -> String {
    let Some(name) = edition.map(Edition::as_str) else { return String::new() };
    let plain = name.chars().all(|c| c.is_alphanumeric() || "-_.,+".contains(c));
    if plain { format!(" --edition {name}") } else { format!(" --edition '{}'", name.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_can_be_typed_as_it_is_written() {
        let of = |name: &str| of_edition(Some(&name.parse().unwrap()));
        assert_eq!(of("édition-2"), " --edition édition-2");
        assert_eq!(of("first draft"), " --edition 'first draft'");
        assert_eq!(of("Roy's"), r" --edition 'Roy'\''s'");
        assert_eq!(of_edition(None), "");
    }
}

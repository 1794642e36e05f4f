//! `enregard add`: French texts into the corpus.

use std::fs;
use std::io::{Read, Write, stdin};
use std::path::{Path, PathBuf};

use clap::Args;

use super::corpus::{author, desk_failed, failed, open_corpus};
use super::progress::Progress;
use super::{Failure, Outcome, Terminal};
use crate::bitext::Stem;
use crate::desk::about::{Metadata, MetadataError, Values};
use crate::desk::{AddError, Added, Adding, name_of, safe_name};
use crate::format::{Known, TextError, encoding_named};
use crate::store::Corpus;

/// Put French texts into the corpus, each as an article.
///
/// A text in UTF-8, UTF-16, Windows-1252 or Latin-1 becomes UTF-8; what it was is said, and kept with a hash of the
/// original in the article's header. The article is named as the file, or by --name. Nothing that is there is
/// replaced: a text or a name that the corpus has is refused, and the other files are still added.
///
/// Examples:
///   enregard add article.txt
///   enregard add *.txt --metadata sources.tsv
///   pbpaste | enregard add - --name lemonde-2026-01-14
///   enregard add old.txt --encoding macroman
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Add {
    /// The texts; - is standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The article's name [default: that of the file, made safe]
    #[arg(long)]
    name: Option<String>,
    /// The encoding of the texts, where it cannot be told: utf-8, utf-16, windows-1252, latin-1, latin-9, macroman …
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// What is known of the texts: a table with the column file (or stem) and any of title, url, publisher, author,
    /// date, licence, translator, edition; tabs between, or commas in a .csv
    #[arg(long, value_name = "FILE.tsv")]
    metadata: Option<PathBuf>,
}

/// An encoding and its name.
#[derive(Clone, Copy)]
pub(super) struct Encoding(pub(super) &'static encoding_rs::Encoding, pub(super) &'static str);

/// The encoding of this name.
pub(super) fn encoding(name: &str) -> Result<Encoding, String> {
    let known = "utf-8, utf-16, windows-1252, latin-1, latin-9, macroman, windows-1250 …";
    let found = encoding_named(name).map(|(encoding, shown)| Encoding(encoding, shown));
    found.ok_or_else(|| format!("no encoding is named `{name}`: expected one such as {known}"))
}

impl Add {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        if self.name.is_some() && self.files.len() > 1 {
            let what = format!("cannot add {} files under one name", self.files.len());
            return Err(Failure::new(what).hint("give --name with one file, or none and rename the files"));
        }
        let mut metadata = self.metadata.as_deref().map(|path| read_metadata(terminal, path)).transpose()?;
        let mut adding = Adding::begin(&corpus, author(&corpus))
            .map_err(|error| failed("cannot look at the articles that are there", error))?;
        let mut faults = 0;
        let mut progress = Progress::new(terminal, self.files.len());
        for path in &self.files {
            let result = self.add(path, &mut adding, metadata.as_mut(), terminal, &corpus);
            progress.step();
            match result {
                Ok(added) => {
                    writeln!(terminal.out, "{}", added.stem)?;
                    progress.aside(|| terminal.tell(told(path, &added)));
                }
                Err(failure) => {
                    faults += 1;
                    progress.aside(|| terminal.report(&failure));
                }
            }
        }
        drop(progress);
        adding.finish().map_err(|error| failed("cannot end the step", error))?;
        for (line, name) in metadata.iter().flat_map(Metadata::unused) {
            let path = self.metadata.as_deref().unwrap_or(Path::new("")).display();
            terminal.tell(format!("warning: {path}:{line}: `{name}` is none of the files that were added"));
        }
        if faults == 0 {
            return Ok(Outcome::Done);
        }
        if self.files.len() > 1 {
            terminal.tell(format!("{faults} of {} files were not added", self.files.len()));
        }
        Ok(Outcome::Partial)
    }

    fn add(
        &self,
        path: &Path,
        adding: &mut Adding,
        metadata: Option<&mut Metadata>,
        terminal: &Terminal,
        corpus: &Corpus,
    ) -> Result<Added, Failure> {
        let shown = shown(path);
        let what = || format!("cannot add {shown}");
        let given = match &self.name {
            Some(name) => name.clone(),
            None if path == Path::new("-") => {
                return Err(Failure::new(what()).hint("say how the article is to be named: `--name NAME`"));
            }
            None => name_of(path),
        };
        let stem = safe_name(&given)
            .map_err(|error| Failure::because(what(), error).hint("give another name with `--name NAME`"))?;
        if in_seeds(path, corpus) {
            let causes = vec!["found it in seeds/, where a file is an article already".into()];
            return Err(Failure { causes, ..Failure::new(what()) }.hint("`enregard list` shows the articles"));
        }
        let bytes = read(path)?;
        let values: Values = match metadata {
            Some(metadata) => metadata.take((path != Path::new("-")).then_some(path), &stem),
            None => Values::new(),
        };
        let encoding = self.encoding.map(|Encoding(encoding, name)| (encoding, name));
        let added = adding.add(bytes, &stem, encoding, &values).map_err(|error| refused(what(), error))?;
        if stem.as_str() != given {
            terminal.tell(format!("note: `{given}` is named `{stem}`, which every computer can write"));
        }
        Ok(added)
    }
}

pub(super) fn shown(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// Whether a file is one of the corpus's own articles.
fn in_seeds(path: &Path, corpus: &Corpus) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    let folder =
        path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    path != Path::new("-")
        && folder.and_then(whole).is_some_and(|folder| whole(&corpus.seeds()) == Some(folder))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let what = || format!("cannot add {}", shown(path));
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::because(what(), error))?;
        return Ok(bytes);
    }
    if path.is_dir() {
        let failure =
            Failure { causes: vec!["found a folder, expected a file".into()], ..Failure::new(what()) };
        return Err(failure.hint(format!("`enregard add {}/*.txt` adds what is in it", path.display())));
    }
    fs::read(path).map_err(|error| {
        let missing = error.kind() == std::io::ErrorKind::NotFound;
        let failure = Failure::because(what(), error);
        if missing {
            failure.hint("look at the name again: files are looked for from the current folder")
        } else {
            failure
        }
    })
}

fn refused(what: String, error: AddError) -> Failure {
    let hint = match &error {
        AddError::Text(TextError::Kind(_)) => "save its text as plain text, and add that".to_owned(),
        AddError::Text(TextError::Binary { .. }) => {
            "if it is text, name its encoding: `--encoding NAME`".to_owned()
        }
        AddError::Text(TextError::BrokenUtf8 { .. }) => {
            "mend that line in an editor; if it is another encoding, name it: `--encoding windows-1252`"
                .to_owned()
        }
        AddError::Text(TextError::NotSo(_)) => "leave `--encoding` out, or name another".to_owned(),
        AddError::Text(TextError::Blank | TextError::Empty) => "put a text into the file first".to_owned(),
        AddError::Twin(stem) => format!("`enregard show {stem}` shows it"),
        AddError::Named(stem) => format!(
            "give the new one another name with `--name NAME`; if it is a newer version, `enregard sync {stem} --from FILE`"
        ),
        AddError::Name(_) => "give another name with `--name NAME`".to_owned(),
        AddError::Desk(_) => {
            let AddError::Desk(error) = error else { return Failure::new(what) };
            return desk_failed(what, error);
        }
    };
    Failure::because(what, error).hint(hint)
}

fn told(path: &Path, added: &Added) -> String {
    let Added { stem, encoding, known, sentences, content } = added;
    let how = match known {
        Known::Guess => " (a guess by its letters: look at the accents, `--encoding NAME` names another)",
        Known::Mark => " with a byte order mark",
        Known::Proof | Known::Named => "",
    };
    let boilerplate = sentences - content;
    format!(
        "added {} as {stem}: {encoding}{how}, {content} sentence{} of content, {boilerplate} of boilerplate",
        shown(path),
        if *content == 1 { "" } else { "s" },
    )
}

/// The table, with a warning for columns that say nothing.
pub(super) fn read_metadata(terminal: &Terminal, path: &Path) -> Result<Metadata, Failure> {
    let metadata = Metadata::read(path).map_err(|error: MetadataError| {
        Failure::because("cannot read what is known of the texts", error).hint(
            "the first line names the columns: file, and any of title, url, publisher, author, date, licence",
        )
    })?;
    for column in &metadata.unknown {
        terminal
            .tell(format!("warning: {}: `{column}` is no column that this version knows", path.display()));
    }
    Ok(metadata)
}

/// The article that a line of a table is about, by its name.
pub(super) fn stem_of(name: &str) -> Option<Stem> {
    safe_name(&name_of(Path::new(name))).ok()
}

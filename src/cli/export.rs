//! `enregard export`: units out of the corpus.

mod english;

mod beside;
mod tokens;
mod verify;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::corpus::{articles, desk_failed, failed, open_corpus};
use super::former::Former;
use super::progress::Progress;
use super::{Failure, Outcome, Terminal};
use crate::bitext::Edition;
use crate::desk::DeskError;
use crate::desk::beside::Version;
use crate::desk::export::{self, Exported, Standing, Summary, To, Which};
use crate::format::{self, Columns, Dialect, Format, Options, Purpose, Told};
use crate::store::{Corpus, now};

/// Write the units with their English, as aligned TSV or in another format.
///
/// Formats to work in (TSV, CSV …) get all content in reading order; where there is no English yet, its cell is
/// empty. Formats to study or to train with leave out what is untranslated, stale or skipped. `enregard formats` lists
/// them. Quoted TSV is what pandas, Excel and Anki read; plain TSV has no quoting, for cut, awk and split('\t').
///
/// Examples:
///   enregard export > corpus.tsv
///   enregard export 000 --columns +status,note,rev -o for-anne.csv
///   enregard export --status untranslated,stale --dialect plain
///   enregard export -o memory.tmx --verify
///   enregard export --to omegat -o for-anne
///   enregard export --dataset corpus-hf --columns +status,licence
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Export {
    /// Articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// Columns, in order; `+status,note` adds to the default
    ///
    /// Known: id article edition fr en kind status stale was note origin score rev paragraph
    /// sentence at by title url publisher author date licence translator
    #[arg(long, value_name = "COLUMN,…", hide_possible_values = true)]
    columns: Option<Columns>,
    /// Only units that are: untranslated, draft, reviewed, stale, skipped, orphan
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',')]
    status: Vec<Standing>,
    /// Boilerplate too: bylines, credits, widgets …
    #[arg(long)]
    boilerplate: bool,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// Several English versions side by side, joined at the smallest beads that they have in common: a column
    /// en:NAME for each, `main` being what is translated here; as TSV or CSV
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', conflicts_with_all = ["edition", "columns", "status"])]
    editions: Vec<Version>,
    /// The format's name, as `enregard formats` lists it [default: by the ending of FILE, else tsv]
    #[arg(long, value_name = "FORMAT", value_parser = format::named)]
    to: Option<&'static Format>,
    /// The English alone, each article a clean document: text, docx or html
    ///
    /// While sentences are untranslated or stale it lists them, and writes nothing without --partial.
    #[arg(long, value_name = "SIDE")]
    side: Option<Alone>,
    /// With --side en: write it although English is missing, which is then […]
    #[arg(long, requires = "side")]
    partial: bool,
    /// How TSV is written: quoted or plain [default: quoted]
    #[arg(long)]
    dialect: Option<Dialect>,
    /// A byte order mark first, so that Excel sees UTF-8
    #[arg(long)]
    bom: bool,
    /// Read what was written again, and compare it with the corpus unit by unit
    #[arg(long, requires = "output", conflicts_with = "editions")]
    verify: bool,
    /// Write a dataset for Hugging Face into this folder: JSON Lines split by article, card and manifest
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["to", "output", "editions"])]
    dataset: Option<PathBuf>,
    /// Another seed puts other articles into a dataset's splits
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,
    /// A `tokenizer.json`, for --max-tokens and --tokenized
    #[arg(long, value_name = "FILE", conflicts_with_all = ["editions", "verify", "side"])]
    tokenizer: Option<PathBuf>,
    /// Leave out units with a side of more tokens
    #[arg(long, value_name = "N", requires = "tokenizer")]
    max_tokens: Option<usize>,
    /// The texts as their tokens, parted by spaces: for formats that do not come back, and tables without ids
    #[arg(long, requires = "tokenizer")]
    tokenized: bool,
    /// The file to write, or the folder for formats of several files [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// A language that can be written without the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Alone {
    /// The English.
    En,
}

impl Export {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        if self.side.is_some() {
            return self.english(&corpus, terminal);
        }
        let output = self.dataset.as_deref().or(self.output.as_deref());
        let path = output.filter(|path| *path != Path::new("-"));
        let to = match self.dataset {
            Some(_) => Some(format::named("dataset").expect("a dataset is always known")),
            None => self.to,
        };
        let format = format_of(to, path)?;
        let options = self.options(&corpus)?;
        fit(format, path)?;
        self.fit_tokens(format)?;
        let stems = articles(terminal, &corpus, &self.articles, self.edition.as_ref())
            .map_err(|error| failed("cannot export", error))?;
        if let Some(edition) = self.edition.as_ref().filter(|_| stems.is_empty()) {
            return Err(Failure::new(format!("cannot export: no article has an edition `{edition}`")));
        }
        if !self.editions.is_empty() {
            return self.beside(&corpus, &stems, format, &options, path, terminal);
        }
        #[cfg(feature = "tokens")]
        let tokens = self.tokens()?;
        #[cfg(not(feature = "tokens"))]
        self.tokens()?;
        let export = export::Export {
            #[cfg(feature = "tokens")]
            tokens,
            format,
            options,
            which: Which::of(format, self.status.clone(), self.boilerplate),
            edition: self.edition.clone(),
        };
        let mut progress = Progress::new(terminal, stems.len());
        let mut faults = 0;
        let mut former = Former::new("its units are those of the former one");
        let mut seen = |stem: &_, exported| {
            progress.step();
            progress.aside(|| match exported {
                Exported::Written { changed: false } => {}
                Exported::Written { changed: true } => former.warn(terminal, stem),
                Exported::Fault(error) => {
                    faults += 1;
                    terminal.report(&desk_failed(format!("cannot export {stem}"), error));
                }
            });
        };
        let summary = match path {
            None => {
                // The terminal is needed for messages while its output is written to.
                let mut out = io::BufWriter::with_capacity(1 << 18, io::stdout());
                let summary = export.run(&corpus, &stems, To::Stream(&mut out), &mut seen);
                let summary = summary.map_err(|error| match error {
                    DeskError::Write { source } => Failure::from(source),
                    error => desk_failed("cannot export", error),
                })?;
                out.flush()?;
                summary
            }
            Some(path) => {
                let shown = path.display();
                let summary = export
                    .run(&corpus, &stems, To::Path(path), &mut seen)
                    .map_err(|error| desk_failed(format!("cannot export to {shown}"), error))?;
                drop(progress);
                terminal.tell(format!("wrote {} units to {shown}", summary.told.units));
                summary
            }
        };
        former.end(terminal);
        notes(terminal, format, &export.options, &summary.told);
        left_out(terminal, format, &summary, self.status.is_empty());
        if let Some(most) = self.max_tokens {
            let units = if summary.too_long == 1 { "unit" } else { "units" };
            terminal.tell(format!("left out: {} {units} with more than {most} tokens", summary.too_long));
        }
        if let Some(path) = path.filter(|_| self.verify)
            && !verify::verify(terminal, &export, &corpus, &stems, path)?
        {
            return Ok(Outcome::Partial);
        }
        if faults > 0 {
            terminal.tell(format!("{faults} of {} articles are not in what was written", stems.len()));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }

    /// What a manifest says of the choice of units.
    fn chosen(&self) -> Vec<(String, String)> {
        let status: Vec<&str> = self.status.iter().map(|standing| standing.as_str()).collect();
        let mut chosen = Vec::new();
        for (name, value) in [
            ("articles", self.articles.join(" ")),
            ("status", status.join(",")),
            ("edition", self.edition.as_ref().map(Edition::to_string).unwrap_or_default()),
            ("boilerplate", if self.boilerplate { "true".to_owned() } else { String::new() }),
        ] {
            if !value.is_empty() {
                chosen.push((name.to_owned(), value));
            }
        }
        chosen
    }

    /// What the format is told: from the command line, else from the corpus.
    fn options(&self, corpus: &Corpus) -> Result<Options, Failure> {
        let config = corpus.config();
        let dialect = match (self.dialect, &config.export.dialect) {
            (Some(dialect), _) => Some(dialect),
            (None, None) => None,
            (None, Some(name)) => Some(name.parse().map_err(|error: String| {
                let mut failure = Failure::new("cannot export");
                failure.causes.push(format!("enregard.toml: export.dialect: {error}"));
                failure
            })?),
        };
        Ok(Options {
            columns: self.columns(),
            dialect,
            bom: self.bom,
            at: now(),
            seed: self.seed,
            chosen: self.chosen(),
            ..export::options(corpus)
        })
    }
}

/// The format that was asked for, else that of the file's ending.
pub(super) fn format_of(
    named: Option<&'static Format>,
    path: Option<&Path>,
) -> Result<&'static Format, Failure> {
    let tsv = format::named("tsv").expect("TSV is always known");
    let (None, Some(path)) = (named, path) else { return Ok(named.unwrap_or(tsv)) };
    // A device has no ending that means anything.
    let ending = path.extension().filter(|_| !path.starts_with("/dev"));
    let Some(ending) = ending.map(|ending| ending.to_string_lossy().into_owned()) else { return Ok(tsv) };
    format::by_ending(&ending).ok_or_else(|| {
        Failure::new(format!("cannot write {}", path.display())).hint(format!(
            "`.{ending}` is no format that can be written; say which with `--to`: `enregard formats` lists them"
        ))
    })
}

/// Whether the format can go where it is to go.
pub(super) fn fit(format: &Format, path: Option<&Path>) -> Result<(), Failure> {
    let (name, title) = (format.name, format.title);
    match (format.write, path) {
        (format::Write::Unbuilt, _) => {
            let feature = format.feature.unwrap_or_default();
            Err(Failure::new(format!("cannot write {title}: this program was built without it"))
                .hint(format!("`cargo install --path . --features {feature}` builds one with it")))
        }
        (format::Write::No, _) => Err(Failure::new(format!("{title} can be read, but not written"))
            .hint("`enregard formats` lists what can be written")),
        (format::Write::Folder(_), None) => {
            Err(Failure::new(format!("cannot write {title} to standard output: it is several files"))
                .hint(format!("say where with `--to {name} -o FOLDER`")))
        }
        (_, None) if format.binary && io::stdout().is_terminal() => {
            Err(Failure::new(format!("cannot write {title} to the terminal: it is no text"))
                .hint(format!("say where with `-o FILE.{}`", format.endings.first().unwrap_or(&"out"))))
        }
        _ => Ok(()),
    }
}

/// Says what was not written because of how far it has come.
pub(super) fn left_out(terminal: &Terminal, format: &Format, summary: &Summary, by_default: bool) {
    if summary.left_out.is_empty() || format.purpose != Purpose::Study || !by_default {
        return;
    }
    let numbers: Vec<String> =
        summary.left_out.iter().map(|(standing, number)| format!("{number} {standing}")).collect();
    terminal.tell(format!("left out: {} (`--status` chooses others)", numbers.join(", ")));
}

/// Says what writing changed, and how to read the file where readers differ.
pub(super) fn notes(terminal: &Terminal, format: &Format, options: &Options, told: &Told) {
    if told.spaces > 0 {
        let (number, plural) = (told.spaces, if told.spaces == 1 { "" } else { "s" });
        terminal.tell(format!("note: {number} tab{plural} or line end{plural} inside cells became a space"));
    }
    if told.like_missing > 0 {
        terminal.tell(format!(
            "note: {} cells are words that pandas takes for missing (NA, None …): read with keep_default_na=False",
            told.like_missing
        ));
    }
    for (what, times) in &told.lost {
        terminal.tell(format!("note: {times} {what}"));
    }
    if format.name != "tsv" {
        return;
    }
    let quotes = options.dialect.unwrap_or_default() == Dialect::Quoted;
    if quotes && told.quoted > 0 {
        terminal.tell(format!(
            "note: {} cells stand in quotes ({} begin with one): read with pandas.read_csv(f, sep=\"\\t\"); \
             cut and split('\\t') want --dialect plain",
            told.quoted, told.quote_first
        ));
    } else if !quotes && told.quote_first > 0 {
        terminal.tell(format!(
            "note: {} cells begin with a straight quote, and none is quoted: \
             read with pandas.read_csv(f, sep=\"\\t\", quoting=3)",
            told.quote_first
        ));
    }
}

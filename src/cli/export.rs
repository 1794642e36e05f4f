//! `enregard export`: units out of the corpus.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::corpus::{articles, desk_failed, failed, open_corpus};
use super::progress::Progress;
use super::{Failure, Outcome, Terminal};
use crate::bitext::Edition;
use crate::desk::export::{Exported, Standing, Which};
use crate::desk::{Output, export};
use crate::format::{Columns, Dialect, Table, Told, csv, tsv};
use crate::store::Corpus;

/// Write the units with their English as aligned TSV or CSV, one line each.
///
/// All content in reading order; where there is no English yet, its cell is empty. Quoted TSV is
/// what pandas, Excel and Anki read; plain TSV has no quoting, for cut, awk and split('\t').
///
/// Examples:
///   enregard export > corpus.tsv
///   enregard export 000 --columns +status,note,rev -o for-anne.csv
///   enregard export --status untranslated,stale --dialect plain
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
    #[arg(long, value_name = "COLUMN,…", default_value_t, hide_possible_values = true)]
    columns: Columns,
    /// Only units that are: untranslated, draft, reviewed, stale, skipped, orphan
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',')]
    status: Vec<Standing>,
    /// Boilerplate too: bylines, credits, widgets …
    #[arg(long)]
    boilerplate: bool,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// tsv or csv [default: by the ending of FILE, else tsv]
    #[arg(long, value_name = "FORMAT")]
    to: Option<To>,
    /// How TSV is written: quoted or plain [default: quoted]
    #[arg(long)]
    dialect: Option<Dialect>,
    /// A byte order mark first, so that Excel sees UTF-8
    #[arg(long)]
    bom: bool,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum To {
    Tsv,
    Csv,
}

impl Export {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let to = self.format()?;
        let dialect = self.dialect(&corpus)?;
        let stems = articles(terminal, &corpus, &self.articles, self.edition.as_ref())
            .map_err(|error| failed("cannot export", error))?;
        if let Some(edition) = self.edition.as_ref().filter(|_| stems.is_empty()) {
            return Err(Failure::new(format!("cannot export: no article has an edition `{edition}`")));
        }
        let table = match to {
            To::Tsv => tsv(dialect),
            To::Csv => csv(),
        };
        let export = export::Export {
            table,
            columns: self.columns,
            which: Which { standings: self.status, boilerplate: self.boilerplate },
            edition: self.edition,
            bom: self.bom,
        };
        let mut progress = Progress::new(terminal, stems.len());
        let mut faults = 0;
        let mut run = |out: &mut dyn Write, terminal: &Terminal| {
            export.run(&corpus, &stems, &mut &mut *out, |stem, exported| {
                progress.step();
                progress.aside(|| match exported {
                    Exported::Written { changed: false } => {}
                    Exported::Written { changed: true } => terminal.tell(format!(
                        "warning: the text of {stem} has changed: its units are those of the former one; \
                         `enregard sync {stem}` carries the English over"
                    )),
                    Exported::Fault(error) => {
                        faults += 1;
                        terminal.report(&desk_failed(format!("cannot export {stem}"), error));
                    }
                });
            })
        };
        let told = match self.output.as_deref().filter(|path| *path != Path::new("-")) {
            None => {
                // The terminal is needed for messages while its output is written to.
                let mut out = io::BufWriter::with_capacity(1 << 18, io::stdout());
                let told = run(&mut out, terminal)?;
                out.flush()?;
                told
            }
            Some(path) => {
                let shown = path.display();
                let told = |error| desk_failed(format!("cannot export to {shown}"), error);
                let mut out = Output::create(path, Some(&corpus)).map_err(told)?;
                let written = run(&mut out, terminal)
                    .map_err(|error| Failure::because(format!("cannot write {shown}"), error))?;
                out.finish().map_err(told)?;
                terminal.tell(format!("wrote {} units to {shown}", written.units));
                written
            }
        };
        drop(progress);
        notes(terminal, table, to, told);
        if faults > 0 {
            terminal.tell(format!("{faults} of {} articles are not in what was written", stems.len()));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }

    /// The format asked for, else that of the file's ending.
    fn format(&self) -> Result<To, Failure> {
        if let Some(to) = self.to {
            return Ok(to);
        }
        let Some(path) = &self.output else { return Ok(To::Tsv) };
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("tsv" | "tab" | "txt") | None => Ok(To::Tsv),
            Some("csv") => Ok(To::Csv),
            // A device has no ending that means anything.
            Some(_) if path.starts_with("/dev") => Ok(To::Tsv),
            Some(other) => Err(Failure::new(format!("cannot export to {}", path.display())).hint(format!(
                "`.{other}` is no format that can be written; say which with `--to tsv` or `--to csv`"
            ))),
        }
    }

    /// The dialect asked for, else that of the configuration.
    fn dialect(&self, corpus: &Corpus) -> Result<Dialect, Failure> {
        match (self.dialect, &corpus.config().export.dialect) {
            (Some(dialect), _) => Ok(dialect),
            (None, None) => Ok(Dialect::default()),
            (None, Some(name)) => name.parse().map_err(|error: String| {
                let mut failure = Failure::new("cannot export");
                failure.causes.push(format!("enregard.toml: export.dialect: {error}"));
                failure
            }),
        }
    }
}

/// Says what writing changed, and how to read the file where readers differ.
fn notes(terminal: &Terminal, table: Table, to: To, told: Told) {
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
    if to != To::Tsv {
        return;
    }
    if table.quotes && told.quoted > 0 {
        terminal.tell(format!(
            "note: {} cells stand in quotes ({} begin with one): read with pandas.read_csv(f, sep=\"\\t\"); \
             cut and split('\\t') want --dialect plain",
            told.quoted, told.quote_first
        ));
    } else if !table.quotes && told.quote_first > 0 {
        terminal.tell(format!(
            "note: {} cells begin with a straight quote, and none is quoted: \
             read with pandas.read_csv(f, sep=\"\\t\", quoting=3)",
            told.quote_first
        ));
    }
}

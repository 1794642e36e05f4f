//! `enregard convert`: from one format to another.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::corpus::desk_failed;
use super::export::{fit, left_out, notes};
use super::{Failure, Outcome, Terminal};
use crate::desk::DeskError;
use crate::desk::convert;
use crate::desk::export::{Standing, To, Which};
use crate::desk::import::called;
use crate::desk::input::InputError;
use crate::format::{self, Columns, Dialect, Format, FormatError, Options};
use crate::store::now;

/// Turn a file of one format into one of another, without a corpus.
///
/// In a stream where both formats allow it, so that a file may be larger than memory. Units keep their ids; those
/// without one get the id that a corpus would give them. What a format cannot hold is counted and said.
///
/// Examples:
///   enregard convert memory.tmx memory.tsv
///   enregard convert memory.tmx - --to tsv --columns fr,en
///   enregard convert corpus.csv corpus.tmx --status reviewed
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Convert {
    /// The file that is read; - is standard input
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// The file that is written, or the folder for formats of several files; - is standard output
    #[arg(value_name = "OUT")]
    output: PathBuf,
    /// The format that is read [default: by the ending of IN, else tsv]
    #[arg(long, value_name = "FORMAT", value_parser = format::named)]
    from: Option<&'static Format>,
    /// The format that is written [default: by the ending of OUT, else tsv]
    #[arg(long, value_name = "FORMAT", value_parser = format::named)]
    to: Option<&'static Format>,
    /// Columns of a table, in order; `+status,note` adds to the default
    #[arg(long, value_name = "COLUMN,…", hide_possible_values = true)]
    columns: Option<Columns>,
    /// Only units that are: untranslated, draft, reviewed, stale, skipped, orphan
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',')]
    status: Vec<Standing>,
    /// How TSV is written and read: quoted or plain [default: quoted, and found out]
    #[arg(long)]
    dialect: Option<Dialect>,
    /// A byte order mark first, so that Excel sees UTF-8
    #[arg(long)]
    bom: bool,
    /// The language of the first side, as the file names it
    #[arg(long, value_name = "LANGUAGE", default_value = "fr")]
    source: String,
    /// The language of the second side
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    target: String,
}

impl Convert {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let path = Some(self.output.as_path()).filter(|path| *path != Path::new("-"));
        let to = super::export::format_of(self.to, path)?;
        fit(to, path)?;
        let name = self.input.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let options = Options {
            columns: self.columns.clone().unwrap_or_default(),
            dialect: self.dialect,
            bom: self.bom,
            source: self.source.clone(),
            target: self.target.clone(),
            name: name.filter(|name| name != "-").unwrap_or_else(|| "input".to_owned()),
            at: now(),
            ..Options::default()
        };
        let convert = convert::Convert {
            from: self.from,
            to,
            options,
            which: Which::of(to, self.status.clone(), true),
        };
        let (from, shown) = (called(&self.input), self.output.display());
        let failed = |error| self.failed(error);
        let converted = match path {
            None => {
                let mut out = io::BufWriter::with_capacity(1 << 18, io::stdout());
                let converted = convert.run(&self.input, To::Stream(&mut out)).map_err(failed)?;
                out.flush()?;
                converted
            }
            Some(path) => {
                let converted = convert.run(&self.input, To::Path(path)).map_err(failed)?;
                terminal.tell(format!("wrote {} units to {shown}", converted.summary.told.units));
                converted
            }
        };
        for what in &converted.passed_over {
            terminal.tell(format!("warning: {from}: {what} is not read"));
        }
        notes(terminal, to, &convert.options, &converted.summary.told);
        left_out(terminal, to, &converted.summary, self.status.is_empty());
        for fault in &converted.faults {
            terminal.report(&Failure::new(format!("{from}: {fault}")));
        }
        if converted.all_faults > 0 {
            terminal.tell(format!(
                "{} of {} units are not in what was written",
                converted.all_faults,
                converted.read + converted.all_faults
            ));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }

    /// What to say where it cannot be done.
    fn failed(&self, error: DeskError) -> Failure {
        let what = format!("cannot convert {}", called(&self.input));
        match error {
            DeskError::Write { source } => Failure::from(source),
            DeskError::Input(InputError::Format(error @ FormatError::Dialect { .. })) => {
                Failure::because(what, error).hint("`--dialect quoted` (pandas, Excel) or `--dialect plain`")
            }
            DeskError::Input(InputError::SomethingElse { found, expected }) => {
                Failure::because(what, InputError::SomethingElse { found, expected })
                    .hint("say which format it is with `--from`: `enregard formats` lists them")
            }
            error => desk_failed(what, error),
        }
    }
}

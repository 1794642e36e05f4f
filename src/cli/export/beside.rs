//! `enregard export --editions`: several English versions side by side.

use std::io::{self, Write};
use std::path::Path;

use super::super::corpus::{desk_failed, failed};
use super::super::{Failure, Outcome, Terminal};
use super::{Export, notes};
use crate::bitext::Stem;
use crate::desk::beside::{Version, write_beside};
use crate::desk::{DeskError, Output};
use crate::format::{Format, Options, csv, tsv};
use crate::store::Corpus;

impl Export {
    /// Writes several versions side by side.
    pub(super) fn beside(
        &self,
        corpus: &Corpus,
        stems: &[Stem],
        format: &Format,
        options: &Options,
        path: Option<&Path>,
        terminal: &Terminal,
    ) -> Result<Outcome, Failure> {
        let table = match format.name {
            "tsv" => tsv(options.dialect.unwrap_or_default()),
            "csv" => csv(),
            _ => {
                return Err(Failure::new(format!("cannot write several editions as {}", format.title))
                    .hint("`--to tsv` and `--to csv` have a column for each"));
            }
        };
        let there = corpus.all_editions().map_err(|error| failed("cannot export", error))?;
        let unknown = self.editions.iter().filter_map(Version::edition);
        if let Some(edition) =
            unknown.into_iter().find(|own| !there.values().flatten().any(|one| one == *own))
        {
            return Err(Failure::new(format!("cannot export: no article has an edition `{edition}`"))
                .hint("`enregard list` shows the editions; `main` is what is translated here"));
        }
        let mut faults = 0;
        let seen = |stem: &Stem, fault: Option<DeskError>| {
            if let Some(error) = fault {
                faults += 1;
                terminal.report(&desk_failed(format!("cannot export {stem}"), error));
            }
        };
        let write = |out: &mut dyn Write| {
            if self.bom {
                out.write_all("\u{FEFF}".as_bytes())?;
            }
            write_beside(corpus, stems, &self.editions, self.boilerplate, table, out, seen)
        };
        let told = match path {
            None => {
                let mut out = io::BufWriter::with_capacity(1 << 18, io::stdout());
                let told = write(&mut out)?;
                out.flush()?;
                told
            }
            Some(path) => {
                let what = || format!("cannot export to {}", path.display());
                let mut out =
                    Output::create(path, Some(corpus)).map_err(|error| desk_failed(what(), error))?;
                let told = write(&mut out).map_err(|error| Failure::because(what(), error))?;
                out.finish().map_err(|error| desk_failed(what(), error))?;
                terminal.tell(format!("wrote {} lines to {}", told.units, path.display()));
                told
            }
        };
        notes(terminal, format, options, &told);
        Ok(if faults > 0 { Outcome::Partial } else { Outcome::Done })
    }
}

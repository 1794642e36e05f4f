//! `enregard export --side en`: the English alone, as a translator delivers it.

use std::io::{self, Write};
use std::path::Path;

use super::super::corpus::{articles, desk_failed, failed, of_edition};
use super::super::{Failure, Outcome, Terminal};
use super::{Export, fit, notes};
use crate::bitext::{Edition, Stem};
use crate::desk::DeskError;
use crate::desk::export::{self, Exported, Gap, To, Which};
use crate::format::{self, Format, Options, Side};
use crate::store::Corpus;

/// As many missing sentences are listed one by one.
const MOST_LISTED: usize = 40;

impl Export {
    pub(super) fn english(&self, corpus: &Corpus, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let path = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let format = self.english_format(path)?;
        let stems = articles(terminal, corpus, &self.articles, self.edition.as_ref())
            .map_err(|error| failed("cannot export", error))?;
        let to = destination(format, path, &stems)?;
        let export = export::Export {
            format,
            options: Options { side: Side::English, ..self.options(corpus)? },
            which: Which { standings: self.status.clone(), boilerplate: self.boilerplate, both_sides: false },
            edition: self.edition.clone(),
            #[cfg(feature = "tokens")]
            tokens: None,
        };
        let (gaps, faults) = export.gaps(corpus, &stems);
        for (stem, error) in faults {
            terminal.report(&desk_failed(format!("cannot export {stem}"), error));
        }
        if !gaps.is_empty() && !self.partial {
            return Err(incomplete(&gaps, self.edition.as_ref()));
        }
        let mut failures = 0;
        let mut seen = |_: &Stem, exported| {
            // What failed was reported above; a text that has changed has no other English than this.
            failures += usize::from(matches!(exported, Exported::Fault(_)));
        };
        let told = |error| match error {
            DeskError::Write { source } => Failure::from(source),
            error => desk_failed("cannot export the English", error),
        };
        let summary = match to {
            Destination::Stream => {
                let mut out = io::stdout().lock();
                let summary = export.run(corpus, &stems, To::Stream(&mut out), &mut seen).map_err(told)?;
                out.flush()?;
                summary
            }
            Destination::File(path) => {
                let summary = export.run(corpus, &stems, To::Path(path), &mut seen).map_err(told)?;
                terminal.tell(format!("wrote {} to {}", stems[0], path.display()));
                summary
            }
            Destination::Folder(path) => {
                let summary = export.apart(corpus, &stems, path, &mut seen).map_err(told)?;
                let number = stems.len() - failures;
                terminal.tell(format!("wrote {number} documents into {}", path.display()));
                summary
            }
        };
        if !gaps.is_empty() {
            let missing = gaps.iter().filter(|gap| gap.standing == "untranslated").count();
            terminal.tell(format!(
                "note: {missing} sentences have no English: they are `[…]`; {} translate a former French",
                gaps.len() - missing
            ));
        }
        notes(terminal, format, &export.options, &summary.told);
        if failures > 0 {
            terminal.tell(format!("{failures} of {} articles are not in what was written", stems.len()));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }

    /// Text, unless the format or the file's ending says otherwise.
    fn english_format(&self, path: Option<&Path>) -> Result<&'static Format, Failure> {
        let ending = path.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
        let format = match (self.to, ending.as_deref()) {
            (Some(format), _) => format,
            (None, None | Some("txt")) => format::named("text").expect("text is always known"),
            (None, Some(ending)) => format::by_ending(ending).ok_or_else(|| not_alone(ending))?,
        };
        if !matches!(format.name, "text" | "docx" | "html") {
            return Err(not_alone(format.name));
        }
        Ok(format)
    }
}

fn not_alone(name: &str) -> Failure {
    Failure::new(format!("cannot write the English alone as {name}"))
        .hint("`--to text`, `--to docx` and `--to html` can be written without the French")
}

/// Where the documents go.
enum Destination<'a> {
    Stream,
    File(&'a Path),
    Folder(&'a Path),
}

/// One article goes where it is told to; several want a folder.
fn destination<'a>(
    format: &Format,
    path: Option<&'a Path>,
    stems: &[Stem],
) -> Result<Destination<'a>, Failure> {
    let ending = *format.endings.first().unwrap_or(&"txt");
    let Some(path) = path else {
        if stems.len() == 1 {
            fit(format, None)?;
            return Ok(Destination::Stream);
        }
        return Err(Failure::new(format!("cannot write {} documents to standard output", stems.len()))
            .hint(format!("`-o FOLDER` writes one STEM.{ending} for each article")));
    };
    let is_folder = path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    let named = path.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending));
    match stems.len() {
        1 if !is_folder && named => Ok(Destination::File(path)),
        1 if !is_folder && path.extension().is_some() => Ok(Destination::File(path)),
        number if named && !is_folder => {
            Err(Failure::new(format!("cannot write {number} documents into one file, {}", path.display()))
                .hint(format!("`-o FOLDER` writes one STEM.{ending} for each article")))
        }
        _ => Ok(Destination::Folder(path)),
    }
}

/// What is missing, sentence by sentence.
fn incomplete(gaps: &[Gap], edition: Option<&Edition>) -> Failure {
    let mut failure = Failure::new(format!(
        "cannot deliver the English: {} {} not translated as the French is now",
        gaps.len(),
        if gaps.len() == 1 { "sentence is" } else { "sentences are" },
    ));
    let edition = of_edition(edition);
    for gap in gaps.iter().take(MOST_LISTED) {
        let mut french: String = gap.french.chars().take(60).collect();
        if french.len() < gap.french.len() {
            french.push('…');
        }
        let Gap { stem, place, standing, .. } = gap;
        failure
            .causes
            .push(format!("{stem}:{place} is {standing}: {}", french.replace(['\n', '\r', '\t'], " ")));
    }
    if gaps.len() > MOST_LISTED {
        let more = gaps.len() - MOST_LISTED;
        failure.causes.push(format!("and {more} more: `enregard coverage --list{edition}`"));
    }
    let stem = &gaps[0].stem;
    failure.hint(format!(
        "`enregard translate {stem}{edition}` goes through them; `--partial` writes it all the same"
    ))
}

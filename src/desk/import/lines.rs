//! Files → lines, each with its unit's id, grouped by article.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::bitext::{Edition, Kind, Status, Stem, UnitId};
use crate::format::{Column, Decoded, Dialect, Guess, Received, TableError, TableReader, guess, tsv};
use crate::store::Corpus;

use super::{Fault, From, Import, Imported, Problem};
use crate::desk::{DeskError, each, open};

/// What a line says, with every cell understood.
#[derive(Clone, Debug)]
pub(super) struct InLine {
    file: PathBuf,
    line: u64,
    article: Option<Stem>,
    edition: Option<Edition>,
    pub id: UnitId,
    pub fr: Option<String>,
    pub en: Option<String>,
    pub status: Option<Status>,
    pub kind: Option<Kind>,
    pub note: Option<String>,
    pub rev: Option<String>,
}

impl InLine {
    pub fn fault(&self, problem: Problem) -> Fault {
        Fault { file: self.file.clone(), line: Some(self.line), problem }
    }

    pub fn place(&self) -> (PathBuf, u64) {
        (self.file.clone(), self.line)
    }
}

/// The lines of one article, or of one of its editions.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub stem: Stem,
    pub edition: Option<Edition>,
    pub lines: Vec<InLine>,
}

impl Group {
    /// The article, as messages name it.
    pub fn name(&self) -> String {
        match &self.edition {
            None => self.stem.to_string(),
            Some(edition) => format!("{}@{edition}", self.stem),
        }
    }

    /// The fault that the article cannot be read, at its first line.
    pub fn unreadable(&self, error: &DeskError) -> Fault {
        self.lines[0].fault(Problem::Article(error.to_string()))
    }
}

impl Import {
    /// Reads all files, and puts their lines to their articles.
    pub(super) fn groups(&self, corpus: &Corpus, imported: &mut Imported) -> Result<Vec<Group>, DeskError> {
        let mut lines = Vec::new();
        for file in &self.files {
            if let Err(problem) = self.file(file, &mut lines, imported) {
                imported.faults.push(Fault { file: file.clone(), line: None, problem });
            }
        }
        let stems = corpus.stems()?;
        let known: HashSet<&Stem> = stems.iter().collect();
        let mut groups: BTreeMap<(Stem, Option<Edition>), Vec<InLine>> = BTreeMap::new();
        let mut homeless = Vec::new();
        for mut line in lines {
            let edition = line.edition.take().or_else(|| self.edition.clone());
            match line.article.take().or_else(|| self.article.clone()) {
                Some(stem) if known.contains(&stem) => groups.entry((stem, edition)).or_default().push(line),
                Some(stem) => {
                    let told = format!("found `{stem}`, expected an article of this corpus");
                    imported.faults.push(line.fault(Problem::Cell { column: Column::Article, told }));
                }
                None => homeless.push((line, edition)),
            }
        }
        if !homeless.is_empty() {
            let wanted: HashSet<UnitId> = homeless.iter().map(|(line, _)| line.id).collect();
            let homes = homes(corpus, &stems, self.edition.as_ref(), &wanted);
            for (line, edition) in homeless {
                match homes.get(&line.id) {
                    Some(stem) => groups.entry((stem.clone(), edition)).or_default().push(line),
                    None => imported.faults.push(line.fault(Problem::Nowhere(line.id))),
                }
            }
        }
        Ok(groups.into_iter().map(|((stem, edition), lines)| Group { stem, edition, lines }).collect())
    }

    /// Reads one file.
    fn file(&self, file: &Path, lines: &mut Vec<InLine>, imported: &mut Imported) -> Result<(), Problem> {
        let mut bytes = Vec::new();
        if file == Path::new("-") {
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(Problem::Unreadable)?;
        } else {
            bytes = fs::read(file).map_err(Problem::Unreadable)?;
        }
        not_a_table(&bytes)?;
        let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let from = match (self.from, ending.as_deref()) {
            (Some(from), _) => from,
            (None, Some("csv")) => From::Csv,
            (None, _) => From::Tsv,
        };
        let mut reader = match from {
            From::Csv => TableReader::csv(&bytes[..]),
            From::Tsv => self.tsv(&bytes)?,
        }
        .map_err(Problem::Table)?;
        imported.unknown_columns.extend(reader.unknown().map(|name| (file.to_owned(), name.to_owned())));
        loop {
            match reader.read() {
                Ok(None) => return Ok(()),
                Ok(Some(received)) => {
                    imported.lines += 1;
                    match line(file, &received) {
                        Ok(line) => lines.push(line),
                        Err(faults) => imported.faults.extend(faults),
                    }
                }
                Err(error) if error.can_go_on() => {
                    imported.faults.push(Fault {
                        file: file.to_owned(),
                        line: None,
                        problem: Problem::Table(error),
                    });
                }
                Err(error) => return Err(Problem::Table(error)),
            }
        }
    }

    /// Opens a TSV in the dialect that was told, or that its cells tell.
    fn tsv<'b>(&self, bytes: &'b [u8]) -> Result<Result<TableReader<&'b [u8]>, TableError>, Problem> {
        let mut text = Vec::new();
        Decoded::new(bytes)
            .and_then(|mut text_of| text_of.read_to_end(&mut text))
            .map_err(Problem::Unreadable)?;
        let text = String::from_utf8_lossy(&text);
        let header = text.lines().next().unwrap_or_default();
        if !header.contains('\t') && header.contains([',', ';']) {
            // Named `.tsv` or `.txt`, but a CSV all the same.
            return Ok(TableReader::csv(bytes));
        }
        let dialect = match (self.dialect, guess(&text)) {
            (Some(dialect), _) => dialect,
            (None, Guess::Quoted | Guess::Either) => Dialect::Quoted,
            (None, Guess::Plain) => Dialect::Plain,
            (None, Guess::Unclear(line)) => return Err(Problem::Dialect { line }),
        };
        Ok(TableReader::new(bytes, tsv(dialect)))
    }
}

/// Refuses what a person may take for a table, and is none.
fn not_a_table(bytes: &[u8]) -> Result<(), Problem> {
    let expected = "TSV or CSV: in a spreadsheet, save as \"CSV UTF-8\" or \"Unicode text\"";
    match bytes {
        [b'P', b'K', 3, 4, ..] => {
            Err(Problem::NotATable { found: "a workbook (.xlsx, .ods) or another zip file", expected })
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(Problem::NotATable { found: "an old workbook (.xls)", expected }),
        _ => Ok(()),
    }
}

/// Understands every cell of a line.
fn line(file: &Path, received: &Received) -> Result<InLine, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut fault =
        |problem| faults.push(Fault { file: file.to_owned(), line: Some(received.line), problem });
    fn cell<T: FromStr>(received: &Received, column: Column, fault: &mut impl FnMut(Problem)) -> Option<T>
    where
        T::Err: ToString,
    {
        let text = received.get(column)?.trim();
        // A status or kind may have got a capital on its way.
        let parsed = text.parse().or_else(|error| text.to_lowercase().parse().map_err(|_| error));
        parsed.map_err(|error: T::Err| fault(Problem::Cell { column, told: error.to_string() })).ok()
    }
    let id = match received.get(Column::Id) {
        Some(_) => cell(received, Column::Id, &mut fault),
        None => {
            fault(Problem::NoId);
            None
        }
    };
    let text = |column| received.get(column).map(str::to_owned);
    let line = InLine {
        file: file.to_owned(),
        line: received.line,
        article: cell(received, Column::Article, &mut fault),
        edition: cell(received, Column::Edition, &mut fault),
        // Only stands where there was a fault.
        id: id.unwrap_or(UnitId::NONE),
        fr: text(Column::Fr),
        en: text(Column::En),
        status: cell(received, Column::Status, &mut fault),
        kind: cell(received, Column::Kind, &mut fault),
        note: text(Column::Note),
        rev: text(Column::Rev),
    };
    if faults.is_empty() { Ok(line) } else { Err(faults) }
}

/// The articles that have these units. One that cannot be read has none; its lines say so.
fn homes(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    wanted: &HashSet<UnitId>,
) -> HashMap<UnitId, Stem> {
    let mut homes = HashMap::new();
    let ids = |stem: &Stem| -> Vec<UnitId> {
        let Ok(opened) = open(corpus, stem, edition) else { return Vec::new() };
        let units = opened.alignment.units().iter();
        let ids = units.flat_map(|unit| unit.was_ids.iter().chain([&unit.id]));
        ids.copied().filter(|id| wanted.contains(id)).collect()
    };
    let _ = each(stems, ids, |stem, ids| {
        homes.extend(ids.into_iter().map(|id| (id, stem.clone())));
        Ok::<(), ()>(())
    });
    homes
}

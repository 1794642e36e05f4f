//! Files → lines, each with its unit's id, grouped by article.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use crate::bitext::{Edition, Kind, Status, Stem, UnitId};
use crate::format::{Column, Options, Place, Received};
use crate::store::Corpus;
use crate::words::fold;

use super::{Fault, Import, Imported, Problem, by_french};
use crate::desk::input::{InputError, of_file, read_with};
use crate::desk::{DeskError, each, export, open};

/// What a line says, with every cell understood.
#[derive(Clone, Debug)]
pub(super) struct InLine {
    file: Arc<Path>,
    place: Place,
    /// Another program may have written it: its article may be none of ours.
    foreign: bool,
    /// None: its French tells which unit it is.
    pub id: Option<UnitId>,
    pub fr: Option<Box<str>>,
    pub en: Option<Box<str>>,
    pub status: Option<Status>,
    pub kind: Option<Kind>,
    rare: Option<Box<Rare>>,
}

/// What few lines say, apart from the line: there may be hundreds of thousands.
#[derive(Clone, Debug)]
struct Rare {
    note: Option<Box<str>>,
    rev: Option<Box<str>>,
}

impl Rare {
    fn new(note: Option<Box<str>>, rev: Option<Box<str>>) -> Option<Box<Rare>> {
        (note.is_some() || rev.is_some()).then(|| Box::new(Rare { note, rev }))
    }
}

impl InLine {
    /// A remark.
    pub fn note(&self) -> Option<&str> {
        self.rare.as_ref()?.note.as_deref()
    }

    /// The `rev` of the English that went out.
    pub fn rev(&self) -> Option<&str> {
        self.rare.as_ref()?.rev.as_deref()
    }

    pub fn fault(&self, problem: Problem) -> Fault {
        Fault { file: self.file.clone(), place: Some(self.place), problem }
    }

    /// The file and the place in it.
    pub fn place(&self) -> (Arc<Path>, Place) {
        (self.file.clone(), self.place)
    }
}

/// The article and the edition that a line names.
type Named = (Option<Stem>, Option<Edition>);

/// Lines put to their articles as they are read.
struct Sorted {
    known: HashSet<Stem>,
    groups: BTreeMap<(Stem, Option<Edition>), Vec<InLine>>,
    /// Lines whose article is to be found, with their editions.
    homeless: Vec<(InLine, Option<Edition>)>,
}

impl Sorted {
    /// Puts a line to its article, if that is known.
    fn put(&mut self, line: InLine, (article, edition): Named) -> Result<(), Fault> {
        match article {
            Some(stem) if self.known.contains(&stem) => {
                self.groups.entry((stem, edition)).or_default().push(line);
            }
            // What other programs call an article is a file's name at best.
            Some(stem) if !line.foreign => {
                let told = format!("found `{stem}`, expected an article of this corpus");
                return Err(line.fault(Problem::Cell { column: Column::Article, told }));
            }
            _ => self.homeless.push((line, edition)),
        }
        Ok(())
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
        let stems = corpus.stems()?;
        let known = stems.iter().cloned().collect();
        let mut sorted = Sorted { known, groups: BTreeMap::new(), homeless: Vec::new() };
        for file in &self.files {
            let file: Arc<Path> = Arc::from(file.as_path());
            if let Err(error) = self.file(corpus, &file, &mut sorted, imported) {
                imported.faults.push(Fault { file, place: None, problem: Problem::Input(error) });
            }
        }
        let Sorted { mut groups, homeless, .. } = sorted;
        self.bring_home(corpus, &stems, homeless, &mut groups, imported);
        Ok(groups.into_iter().map(|((stem, edition), lines)| Group { stem, edition, lines }).collect())
    }

    /// Finds the articles of lines that name none: by their ids, else by their French.
    fn bring_home(
        &self,
        corpus: &Corpus,
        stems: &[Stem],
        homeless: Vec<(InLine, Option<Edition>)>,
        groups: &mut BTreeMap<(Stem, Option<Edition>), Vec<InLine>>,
        imported: &mut Imported,
    ) {
        let wanted: HashSet<UnitId> = homeless.iter().filter_map(|(line, _)| line.id).collect();
        let french = |line: &InLine| fold(line.fr.as_deref().unwrap_or_default()).into_owned();
        let texts: HashSet<String> =
            homeless.iter().filter(|(line, _)| line.id.is_none()).map(|(line, _)| french(line)).collect();
        let by_id = match wanted.is_empty() {
            true => HashMap::new(),
            false => homes(corpus, stems, self.edition.as_ref(), &wanted),
        };
        let by_french = match texts.is_empty() {
            true => HashMap::new(),
            false => by_french::homes(corpus, stems, self.edition.as_ref(), &texts),
        };
        // A line stands where the one before it does, if it can.
        let mut last: Option<Stem> = None;
        for (line, edition) in homeless {
            let home = match line.id {
                Some(id) => by_id.get(&id).cloned().ok_or(Problem::Nowhere(id)),
                None => match by_french.get(&french(&line)).map_or(&[][..], Vec::as_slice) {
                    [] => Err(by_french::nowhere(&line)),
                    [one] => Ok(one.clone()),
                    several => match last.as_ref().filter(|last| several.contains(last)) {
                        Some(last) => Ok(last.clone()),
                        None => Err(Problem::InSeveral {
                            fr: by_french::short(&line),
                            articles: several.iter().map(Stem::to_string).collect(),
                        }),
                    },
                },
            };
            match home {
                Ok(stem) => {
                    last = Some(stem.clone());
                    groups.entry((stem, edition)).or_default().push(line);
                }
                Err(problem) => imported.faults.push(line.fault(problem)),
            }
        }
    }

    /// Reads one file.
    fn file(
        &self,
        corpus: &Corpus,
        file: &Arc<Path>,
        sorted: &mut Sorted,
        imported: &mut Imported,
    ) -> Result<(), InputError> {
        let options = Options { dialect: self.dialect, ..export::options(corpus) };
        read_with(file, of_file(file, self.from), &options, |reader| {
            let mut received = Received::default();
            loop {
                match reader.read(&mut received) {
                    Ok(false) => break,
                    Ok(true) => {
                        imported.lines += 1;
                        match line(file, &received, !reader.has_ids()) {
                            Ok((line, (article, edition))) => {
                                let article = article.or_else(|| self.article.clone());
                                let edition = edition.or_else(|| self.edition.clone());
                                imported.faults.extend(sorted.put(line, (article, edition)).err());
                            }
                            Err(faults) => imported.faults.extend(faults),
                        }
                    }
                    Err(error) if error.can_go_on() => {
                        let problem = Problem::Input(InputError::Format(error));
                        imported.faults.push(Fault { file: file.clone(), place: None, problem });
                    }
                    Err(error) => return Err(InputError::Format(error)),
                }
            }
            let passed_over = reader.passed_over().into_iter();
            imported.passed_over.extend(passed_over.map(|what| (file.to_path_buf(), what)));
            Ok(())
        })
    }
}

/// Understands every cell of a line. In a file that other programs may have written, what is no id of ours, no status
/// and no article is none.
fn line(file: &Arc<Path>, received: &Received, foreign: bool) -> Result<(InLine, Named), Vec<Fault>> {
    let mut faults = Vec::new();
    let mut fault = |problem| faults.push(Fault { file: file.clone(), place: Some(received.place), problem });
    fn cell<T: FromStr>(received: &Received, column: Column, fault: &mut impl FnMut(Problem)) -> Option<T>
    where
        T::Err: ToString,
    {
        let text = received.get(column)?.trim();
        // A status or kind may have got a capital on its way.
        let parsed = text.parse().or_else(|error| text.to_lowercase().parse().map_err(|_| error));
        parsed.map_err(|error: T::Err| fault(Problem::Cell { column, told: error.to_string() })).ok()
    }
    if foreign {
        let parsed = |column| received.get(column).map(str::trim);
        let id = parsed(Column::Id).and_then(|id| id.parse().ok());
        if id.is_none() && received.get(Column::Fr).is_none_or(|fr| fr.trim().is_empty()) {
            return Err(vec![Fault {
                file: file.clone(),
                place: Some(received.place),
                problem: Problem::Nameless,
            }]);
        }
        let article = parsed(Column::Article).and_then(article);
        let edition = parsed(Column::Edition).and_then(|edition| edition.parse().ok());
        let text = |column| received.get(column).map(Box::from);
        let line = InLine {
            file: file.clone(),
            place: received.place,
            foreign,
            id,
            fr: text(Column::Fr),
            en: text(Column::En),
            status: parsed(Column::Status).and_then(|status| status.to_lowercase().parse().ok()),
            kind: parsed(Column::Kind).filter(|_| id.is_some()).and_then(|kind| kind.parse().ok()),
            rare: Rare::new(text(Column::Note), None),
        };
        return Ok((line, (article, edition)));
    }
    let id = match received.get(Column::Id) {
        Some(_) => cell(received, Column::Id, &mut fault),
        None => {
            fault(Problem::NoId);
            None
        }
    };
    let named = (cell(received, Column::Article, &mut fault), cell(received, Column::Edition, &mut fault));
    let text = |column| received.get(column).map(Box::from);
    let line = InLine {
        file: file.clone(),
        place: received.place,
        foreign,
        id,
        fr: text(Column::Fr),
        en: text(Column::En),
        status: cell(received, Column::Status, &mut fault),
        kind: cell(received, Column::Kind, &mut fault),
        rare: Rare::new(text(Column::Note), text(Column::Rev)),
    };
    if faults.is_empty() { Ok((line, named)) } else { Err(faults) }
}

/// The article that a name or the path of a file names.
fn article(name: &str) -> Option<Stem> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.strip_suffix(".txt").unwrap_or(last).parse().ok()
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
        let ids = units.flat_map(|unit| unit.more.was_ids.iter().chain([&unit.id]));
        ids.copied().filter(|id| wanted.contains(id)).collect()
    };
    let _ = each(stems, ids, |stem, ids| {
        homes.extend(ids.into_iter().map(|id| (id, stem.clone())));
        Ok::<(), ()>(())
    });
    homes
}

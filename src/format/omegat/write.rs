//! Units as a project.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write as _};

use crate::bitext::is_break;
use crate::format::{Bitext, Column, Folder, Options, Out, Told, Writer};

use super::project::{FILTERS, MEMORY_END, glossary, memory_head, pair, project};
use super::{SAVE, UNITS, through};

pub(super) fn writer<'a>(options: &Options, folder: &'a mut dyn Folder) -> io::Result<Box<dyn Writer + 'a>> {
    let saved = folder.there(SAVE)?.is_some();
    folder.create("omegat.project")?.write_all(project(options).as_bytes())?;
    folder.create("omegat/filters.xml")?.write_all(FILTERS.as_bytes())?;
    folder.create("glossary/glossary.txt")?.write_all(glossary(&options.glossary).as_bytes())?;
    // OmegaT without its window wants these folders to be there.
    folder.create("target/.keep")?;
    folder.create("dictionary/.keep")?;
    let mut units = folder.create(UNITS)?;
    units.write_all(b"file\tid\tarticle\tedition\ten\n")?;
    let mut memory = folder.create("tm/memory.tmx")?;
    memory.write_all(memory_head(options).as_bytes())?;
    let mut text = String::new();
    for (french, english) in &options.memory {
        let (french, english) = (through(french), through(english));
        if !french.is_empty() && !english.is_empty() {
            text.clear();
            pair(options, &french, &english, None, &mut text);
            memory.write_all(text.as_bytes())?;
        }
    }
    Ok(Box::new(Project { folder, options: options.clone(), units, memory, saved, segments: Vec::new() }))
}

struct Project<'a> {
    folder: &'a mut dyn Folder,
    options: Options,
    units: Box<dyn Out>,
    memory: Box<dyn Out>,
    /// Somebody works in it: what OmegaT saved stays.
    saved: bool,
    segments: Vec<Segment>,
}

/// A segment with English, as the project's memory has it.
struct Segment {
    file: String,
    before: String,
    after: String,
    source: String,
    target: String,
}

impl Writer for Project<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        let article = bitext.head.article;
        let file = match bitext.head.edition {
            None => format!("{article}.txt"),
            Some(edition) => format!("{article}@{edition}.txt"),
        };
        let mut source = self.folder.create(&format!("source/{file}"))?;
        let lines: Vec<String> = bitext
            .units
            .iter()
            .map(|placed| {
                let french = Column::Fr.cell(placed);
                told.spaces += french.matches(is_break).count() as u64;
                through(&french).into_owned()
            })
            .collect();
        let segments: Vec<&String> = lines.iter().filter(|line| !line.is_empty()).collect();
        let (mut paragraph, mut at) = (None, 0_usize);
        // What stands in each place that OmegaT can tell from others.
        let mut there: HashMap<[&str; 3], String> = HashMap::new();
        for (placed, line) in bitext.units.iter().zip(&lines) {
            told.units += 1;
            let cell = Column::En.cell(placed);
            told.spaces += cell.matches(is_break).count() as u64;
            let english = through(&cell);
            // What no segment can hold goes beside: English without French, and English of a former French.
            let stale = placed.unit.is_stale();
            let neighbour = |place: Option<usize>| {
                place.and_then(|place| segments.get(place)).map_or("", |text| text.as_str())
            };
            let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
            // So does the English of a sentence with the same words and neighbours as another before it.
            let holds = !line.is_empty() && !stale && !english.is_empty();
            let other = holds
                && *there.entry([before, line, after]).or_insert_with(|| english.to_string()) != *english;
            let beside = if line.is_empty() || stale || other { &*english } else { "" };
            let edition = placed.edition.unwrap_or_default();
            writeln!(
                self.units,
                "{}\t{}\t{}\t{edition}\t{beside}",
                if line.is_empty() { "" } else { &file },
                placed.unit.id,
                placed.article
            )?;
            if line.is_empty() {
                continue;
            }
            // A blank line between paragraphs is no segment.
            if at > 0 && placed.paragraph != paragraph {
                source.write_all(b"\n")?;
            }
            paragraph = placed.paragraph;
            source.write_all(line.as_bytes())?;
            source.write_all(b"\n")?;
            if stale {
                let former = Column::Was.cell(placed);
                let mut text = String::new();
                pair(&self.options, &through(&former), &english, None, &mut text);
                self.memory.write_all(text.as_bytes())?;
            } else if holds && !other {
                self.segments.push(Segment {
                    file: file.clone(),
                    before: before.to_owned(),
                    after: after.to_owned(),
                    source: line.clone(),
                    target: english.into_owned(),
                });
            }
            at += 1;
        }
        source.flush()
    }

    fn finish(mut self: Box<Self>, told: &mut Told) -> io::Result<()> {
        self.memory.write_all(MEMORY_END.as_bytes())?;
        self.memory.flush()?;
        self.units.flush()?;
        if self.saved {
            told.lose("project was there: its translations stay (`enregard import --from omegat FOLDER` takes them)", 1);
            return Ok(());
        }
        let mut save = self.folder.create(SAVE)?;
        save.write_all(memory_head(&self.options).as_bytes())?;
        // The first English of a text is that of all its repetitions, unless they have another.
        let mut first: HashMap<&str, &str> = HashMap::new();
        let mut others: BTreeMap<usize, &Segment> = BTreeMap::new();
        let mut text = String::new();
        for (place, segment) in self.segments.iter().enumerate() {
            let english = first.entry(&segment.source).or_insert(&segment.target);
            if *english != segment.target {
                others.insert(place, segment);
            } else if std::ptr::eq(english.as_ptr(), segment.target.as_ptr()) {
                text.clear();
                pair(&self.options, &segment.source, &segment.target, None, &mut text);
                save.write_all(text.as_bytes())?;
            }
        }
        for segment in others.values() {
            let context = [segment.file.as_str(), &segment.before, &segment.after];
            text.clear();
            pair(&self.options, &segment.source, &segment.target, Some(context), &mut text);
            save.write_all(text.as_bytes())?;
        }
        save.write_all(MEMORY_END.as_bytes())?;
        save.flush()
    }
}

//! A project as what it says of its units.

use std::collections::{HashSet, VecDeque};
use std::io::BufRead;

use crate::format::{Column, FormatError, InputFolder, Options, Place, Reader, Received};

use super::save::{self, Saved};
use super::{SAVE, UNITS};

pub(super) fn reader<'a>(
    folder: &'a mut dyn InputFolder,
    options: &Options,
) -> Result<Box<dyn Reader + 'a>, FormatError> {
    let input = |source| FormatError::Input { place: None, source };
    let unexpected =
        |found: String, expected: String| FormatError::Unexpected { place: None, found, expected };
    if let Some(named) = folder.named().filter(|named| !["omegat.project", UNITS].contains(named)) {
        let expected = "the folder of a project (a memory alone is read as TMX)".to_owned();
        return Err(unexpected(format!("the file `{named}`"), expected));
    }
    let Some(units) = folder.open(UNITS).map_err(input)? else {
        let expected = "the folder that `enregard export --to omegat` made".to_owned();
        return Err(unexpected(format!("no `{UNITS}`"), expected));
    };
    let lines = units.lines().collect::<Result<Vec<String>, _>>().map_err(input)?;
    let saved = match folder.open(SAVE).map_err(input)? {
        Some(file) => save::read(file, options)?,
        None => Saved::default(),
    };
    Ok(Box::new(Project {
        folder,
        saved,
        lines,
        number: 1,
        file: String::new(),
        segments: VecDeque::new(),
        before: String::new(),
        seen: HashSet::new(),
    }))
}

struct Project<'a> {
    folder: &'a mut dyn InputFolder,
    saved: Saved,
    /// The lines of `enregard.tsv`, and which is next, from 0.
    lines: Vec<String>,
    number: usize,
    /// The source at hand, and the segments of it that are still to come.
    file: String,
    segments: VecDeque<String>,
    before: String,
    /// The places of the source at hand that came before: text before, text, text after.
    seen: HashSet<[String; 3]>,
}

impl Reader for Project<'_> {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        let Some(line) = self.lines.get(self.number) else {
            return self.ended().map(|()| false);
        };
        let line = line.clone();
        self.number += 1;
        let place = Place { what: "unit", number: self.number as u64 - 1 };
        into.start(place);
        let cells: Vec<&str> = line.split('\t').collect();
        let &[file, id, article, edition, beside] = &cells[..] else {
            return Err(FormatError::Unexpected {
                place: Some(place),
                found: format!("{} cells in {UNITS}", cells.len()),
                expected: "five, as `enregard export` writes them".to_owned(),
            });
        };
        into.push(Column::Id, id);
        into.push(Column::Article, article);
        into.push(Column::Edition, edition);
        if file.is_empty() {
            into.push(Column::En, beside);
            return Ok(true);
        }
        if file != self.file {
            self.ended()?;
            self.open(file)?;
        }
        let Some(segment) = self.segments.pop_front() else {
            return Err(FormatError::Unexpected {
                place: Some(place),
                found: format!("the end of source/{file}"),
                expected: "a line for each of its units: the sources are not edited".to_owned(),
            });
        };
        let after = self.segments.front().map_or("", String::as_str);
        // Where another before it has the same words and neighbours, OmegaT knows the English of that one only.
        let again = !self.seen.insert([self.before.clone(), segment.clone(), after.to_owned()]);
        let translation = match again && !beside.is_empty() {
            true => None,
            false => self.saved.get(file, &segment, &self.before, after),
        };
        into.push(Column::Fr, &segment);
        into.push(Column::En, translation.unwrap_or(beside));
        self.before = segment;
        Ok(true)
    }
}

impl Project<'_> {
    /// Opens a source: its lines that are not blank are segments.
    fn open(&mut self, file: &str) -> Result<(), FormatError> {
        let input = |source| FormatError::Input { place: None, source };
        let name = format!("source/{file}");
        let Some(source) = self.folder.open(&name).map_err(input)? else {
            let expected = "it beside the others: the sources are not moved".to_owned();
            return Err(FormatError::Unexpected { place: None, found: format!("no `{name}`"), expected });
        };
        self.segments.clear();
        for line in source.lines() {
            let line = line.map_err(input)?;
            let line = line.trim_start_matches('\u{FEFF}').trim();
            if !line.is_empty() {
                self.segments.push_back(line.to_owned());
            }
        }
        self.file = file.to_owned();
        self.before.clear();
        self.seen.clear();
        Ok(())
    }

    /// All of a source must have been taken.
    fn ended(&self) -> Result<(), FormatError> {
        match self.segments.front() {
            None => Ok(()),
            Some(_) => Err(FormatError::Unexpected {
                place: None,
                found: format!("more lines in source/{} than units", self.file),
                expected: "a line for each of its units: the sources are not edited".to_owned(),
            }),
        }
    }
}

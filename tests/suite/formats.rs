//! Every format that is both written and read: the awkward units go through it and come back.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex};

use enregard::bitext::{Kind, Status, Unit, UnitId};
use enregard::format::{
    self, Bitext, Column, Columns, FORMATS, Folder, Format, Head, InputFolder, Options, Out, Placed, Purpose,
    Reader, Received, Seekable, Told,
};

use proptest::prelude::*;

use crate::awkward;

/// A folder in memory.
#[derive(Default)]
pub struct Memory {
    files: BTreeMap<String, Arc<Mutex<Cursor<Vec<u8>>>>>,
}

impl Memory {
    /// The files of a folder.
    pub fn of(folder: &std::path::Path) -> Memory {
        let (mut memory, mut folders) = (Memory::default(), vec![folder.to_owned()]);
        while let Some(inside) = folders.pop() {
            for there in std::fs::read_dir(inside).unwrap() {
                let path = there.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                    memory.create(&name).unwrap().write_all(&std::fs::read(path).unwrap()).unwrap();
                }
            }
        }
        memory
    }

    /// The names of the files; `""` where it is one file only.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The bytes of a file.
    pub fn file(&self, name: &str) -> Vec<u8> {
        self.files[name].lock().unwrap().get_ref().clone()
    }
}

struct Shared(Arc<Mutex<Cursor<Vec<u8>>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.lock().unwrap().seek(to)
    }
}

impl Folder for Memory {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Out>> {
        let file = Arc::new(Mutex::new(Cursor::new(Vec::new())));
        assert!(self.files.insert(name.to_owned(), Arc::clone(&file)).is_none(), "{name} is written twice");
        Ok(Box::new(Shared(file)))
    }
    fn there(&mut self, _: &str) -> io::Result<Option<Vec<u8>>> {
        Ok(None)
    }
}

impl InputFolder for Memory {
    fn named(&self) -> Option<&str> {
        None
    }
    fn names(&mut self) -> io::Result<Vec<String>> {
        Ok(self.files.keys().cloned().collect())
    }
    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Seekable>>> {
        let Some(file) = self.files.get(name) else { return Ok(None) };
        Ok(Some(Box::new(Cursor::new(file.lock().unwrap().get_ref().clone()))))
    }
}

/// What a format wrote: one file under the name `""`, or several.
pub fn written(format: &Format, options: &Options, articles: &[(&str, &[Unit])]) -> (Memory, Told) {
    let (mut memory, mut told) = (Memory::default(), Told::default());
    let about = [("licence".to_owned(), "CC0-1.0".to_owned()), ("title".to_owned(), "R&D <1>".to_owned())];
    let mut all = Vec::new();
    for (article, units) in articles {
        let head = Head { article, edition: None, about: &about };
        let units: Vec<Placed<'_>> = units
            .iter()
            .enumerate()
            .map(|(index, unit)| Placed {
                about: &about,
                paragraph: Some(index as u32 / 3 + 1),
                sentence: Some(index as u32 + 1),
                ..Placed::new(unit, article)
            })
            .collect();
        all.push((head, units));
    }
    let bitexts: Vec<Bitext<'_>> = all.iter().map(|(head, units)| Bitext { head: *head, units }).collect();
    match format.write {
        format::Write::Text(writer) => {
            let writer = writer(options).unwrap();
            let mut out = Vec::new();
            writer.begin(&mut out).unwrap();
            for bitext in &bitexts {
                writer.article(bitext, &mut out, &mut told).unwrap();
            }
            writer.end(&mut out).unwrap();
            memory.create("").unwrap().write_all(&out).unwrap();
        }
        format::Write::File(writer) => {
            let mut out = Cursor::new(Vec::new());
            let mut writer = writer(options, &mut out).unwrap();
            for bitext in &bitexts {
                writer.article(bitext, &mut told).unwrap();
            }
            writer.finish(&mut told).unwrap();
            memory.create("").unwrap().write_all(out.get_ref()).unwrap();
        }
        format::Write::Folder(writer) => {
            let mut writer = writer(options, &mut memory).unwrap();
            for bitext in &bitexts {
                writer.article(bitext, &mut told).unwrap();
            }
            writer.finish(&mut told).unwrap();
        }
        format::Write::No | format::Write::Unbuilt => {}
    }
    (memory, told)
}

/// What a format reads of what it wrote.
pub fn read(format: &Format, options: &Options, memory: &mut Memory) -> Vec<Received> {
    if let format::Read::Folder(open) = format.read {
        return all(open(memory, options).unwrap());
    }
    let bytes = memory.files.get("").map(|_| memory.file("")).unwrap_or_default();
    read_bytes(format, options, &bytes)
}

/// What a format of one file reads of these bytes.
pub fn read_bytes(format: &Format, options: &Options, bytes: &[u8]) -> Vec<Received> {
    match format.read {
        format::Read::Stream(open) => all(open(Box::new(bytes), options).unwrap()),
        format::Read::File(open) => all(open(Box::new(Cursor::new(bytes)), options).unwrap()),
        format::Read::Folder(_) | format::Read::No | format::Read::Unbuilt => Vec::new(),
    }
}

fn all(mut reader: Box<dyn Reader + '_>) -> Vec<Received> {
    let (mut all, mut received) = (Vec::new(), Received::default());
    while reader.read(&mut received).unwrap() {
        all.push(received.clone());
    }
    all
}

/// The units that a format is meant for.
pub fn meant(format: &Format, units: Vec<Unit>) -> Vec<Unit> {
    let both = |unit: &Unit| !unit.fr.is_empty() && !unit.en.is_empty() && !unit.is_stale();
    units.into_iter().filter(|unit| format.purpose == Purpose::Work || both(unit)).collect()
}

/// The awkward units, with a status of each kind and notes as awkward as the texts.
pub fn units() -> Vec<Unit> {
    let mut units = awkward::units();
    units[0].status = Status::Reviewed;
    units[2].was = vec!["Une vieille\ttabulation & <b>.".to_owned()];
    units[3].note = Some("\"see\" <Anne> & co\n=1".to_owned());
    units[4].status = Status::Reviewed;
    units[4].was = vec!["Trois lignes.".to_owned()];
    units
}

#[test]
fn what_is_written_is_read_but_for_what_the_format_says_it_cannot_hold() {
    let all = Columns::default().to_string();
    let options =
        Options { columns: format!("{all} kind status was note").parse().unwrap(), ..Options::default() };
    for format in FORMATS.iter().filter(|format| format.writes() && format.reads()) {
        let name = format.name;
        let units = meant(format, units());
        let (first, second) = units.split_at(7);
        let (mut memory, told) = written(format, &options, &[("malaise", first), ("b & <c>", second)]);
        assert_eq!(told.units, units.len() as u64, "{name}");
        let received = read(format, &options, &mut memory);
        assert_eq!(received.len(), units.len(), "{name}");
        let carried = format.carried(&options);
        for (place, (unit, received)) in units.iter().zip(&received).enumerate() {
            let article = if place < 7 { "malaise" } else { "b & <c>" };
            let placed = Placed::new(unit, article);
            for column in carried.iter().filter(|column| options.columns.has(**column)) {
                let expected = column.cell(&placed);
                let expected = (format.through)(&expected);
                let found = received.get(*column).unwrap_or_default();
                let short = |text: &str| text.chars().take(200).collect::<String>();
                assert!(
                    found == expected,
                    "{name}: unit {} {column}: found {:?}, expected {:?}",
                    place + 1,
                    short(found),
                    short(&expected)
                );
            }
        }
    }
}

#[test]
fn a_format_writes_the_same_bytes_twice_and_nothing_of_no_article() {
    let options = Options::default();
    for format in FORMATS.iter().filter(|format| format.writes()) {
        let units = meant(format, units());
        let once = written(format, &options, &[("malaise", &units)]);
        let twice = written(format, &options, &[("malaise", &units)]);
        assert_eq!(once.1, twice.1, "{}", format.name);
        for name in once.0.files.keys() {
            assert!(once.0.file(name) == twice.0.file(name), "{}: {name}", format.name);
        }
        let (mut none, told) = written(format, &options, &[]);
        assert_eq!(told.units, 0, "{}", format.name);
        if format.reads() {
            assert_eq!(read(format, &options, &mut none), [], "{}", format.name);
        }
    }
}

/// The ids in a file that came back, in order.
#[test]
fn every_format_that_comes_back_brings_the_ids() {
    for format in FORMATS.iter().filter(|format| format.writes() && format.reads()) {
        for column in [Column::Id, Column::Fr, Column::En] {
            assert!(format.carries.contains(&column), "{} does not carry {column}", format.name);
        }
    }
}

/// A text with at least one letter: nothing but white space is no text to a table.
fn text() -> impl Strategy<Value = String> {
    let awkward = proptest::sample::select(vec![
        "\"", "\"\"", "'", "#", "=", ",", ";", " ", "  ", "\t", "\n", "\r", "\r\n", "\u{A0}", "\u{202F}",
        "«", "»", "’", "é", "e\u{301}", "&", "&amp;", "<", ">", "<b>", "]]>", "<!--", "{}", "\\", "\\n", "%",
        "\u{B}", "\u{1F}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}", "\u{FFFD}",
        "😀", "ש", "\u{202E}", "a",
    ]);
    let parts = proptest::collection::vec(awkward, 0..8);
    (parts.clone(), parts).prop_map(|(before, after)| format!("{}a{}", before.concat(), after.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Text formats, in which anything may stand; containers have tests of their own.
    #[test]
    fn any_text_comes_back_as_the_format_says(
        texts in proptest::collection::vec((text(), text(), proptest::option::of(text())), 1..6),
    ) {
        let stem = "malaise".parse().unwrap();
        let units: Vec<Unit> = texts
            .iter()
            .enumerate()
            .map(|(number, (fr, en, note))| {
                let mut unit = Unit::new(UnitId::of(&stem, &[fr], number), Kind::Body, vec![fr.clone()]);
                unit.en = vec![en.clone()];
                unit.status = Status::Draft;
                unit.note.clone_from(note);
                unit
            })
            .collect();
        for name in ["tsv", "csv", "tmx", "xliff", "xliff1", "xces"] {
            let format = format::named(name).unwrap();
            // A quoted file of few cells may look like a plain one: its dialect is told.
            let dialect = Some(format::Dialect::Quoted);
            let columns = "id article fr en".parse().unwrap();
            let options = Options { columns, dialect, ..Options::default() };
            let (mut memory, _) = written(format, &options, &[("malaise", &units)]);
            let received = read(format, &options, &mut memory);
            prop_assert_eq!(received.len(), units.len(), "{}", name);
            for (unit, received) in units.iter().zip(&received) {
                for (column, expected) in [(Column::Fr, &unit.fr[0]), (Column::En, &unit.en[0])] {
                    let expected = (format.through)(expected);
                    prop_assert_eq!(received.get(column).unwrap_or_default(), &*expected, "{}", name);
                }
            }
        }
    }
}

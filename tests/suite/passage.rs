//! A format there and back, in memory: what the tests and the fuzzers send units through.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex};

use enregard::bitext::{Kind, Status, Stem, Unit, UnitId};
use enregard::format::{
    self, Bitext, Column, Dialect, Folder, Format, Head, InputFolder, Options, Out, Placed, Purpose, Reader,
    Received, Seekable, Told,
};

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

    /// These files, by name.
    pub fn with(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Memory {
        let file = |(name, bytes): (String, Vec<u8>)| (name, Arc::new(Mutex::new(Cursor::new(bytes))));
        Memory { files: files.into_iter().map(file).collect() }
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

/// What a format reads of files that may be anything, up to the first fault that it cannot go on after. It must come to an end.
pub fn read_what_can(format: &Format, memory: &mut Memory) -> Vec<Received> {
    let options = Options::default();
    let bytes = memory.files.get("").map(|_| memory.file("")).unwrap_or_default();
    let most = memory.files.values().map(|file| file.lock().unwrap().get_ref().len()).sum::<usize>();
    let begun = match format.read {
        format::Read::Stream(open) => open(Box::new(&bytes[..]), &options),
        format::Read::File(open) => open(Box::new(Cursor::new(&bytes[..])), &options),
        format::Read::Folder(open) => open(memory, &options),
        format::Read::No | format::Read::Unbuilt => return Vec::new(),
    };
    let Ok(mut reader) = begun else { return Vec::new() };
    let (mut all, mut received) = (Vec::new(), Received::default());
    // A reader that could go on for ever after a fault would be one more.
    for _ in 0..=most {
        match reader.read(&mut received) {
            Ok(true) => all.push(received.clone()),
            Err(fault) if fault.can_go_on() => {}
            Ok(false) | Err(_) => return all,
        }
    }
    panic!("{}: more units than bytes", format.name);
}

/// Some of what was received, as units that the format can write.
pub fn units_of(format: &Format, received: &[Received]) -> Vec<Unit> {
    // Nothing but white space is no text to a table.
    let blank = |text: &str| (format.through)(text).trim().is_empty();
    let text = |received: &Received, column| received.get(column).unwrap_or_default().to_owned();
    let texts: Vec<(String, String)> = received
        .iter()
        .map(|received| (text(received, Column::Fr), text(received, Column::En)))
        .filter(|(fr, en)| !blank(fr) && !blank(en))
        .take(50)
        .collect();
    drafts(texts.iter().map(|(fr, en)| (fr.as_str(), en.as_str(), None)))
}

/// Draft units of an article `malaise` with these texts and notes.
pub fn drafts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str, Option<&'a str>)>) -> Vec<Unit> {
    let stem: Stem = "malaise".parse().unwrap();
    let unit = |(number, (fr, en, note)): (usize, (&str, &str, Option<&str>))| {
        let mut unit = Unit::new(UnitId::of(&stem, &[fr], number), Kind::Body, vec![fr.to_owned()]);
        unit.en = en.into();
        unit.status = Status::Draft;
        unit.more.note = note.map(str::to_owned);
        unit
    };
    texts.into_iter().enumerate().map(unit).collect()
}

/// Writes the units as this format, reads them again, and says what is not as the format promises: all of them, in order,
/// with the texts that [`Format::through`] makes of theirs.
pub fn comes_back(format: &Format, units: &[Unit]) -> Result<(), String> {
    // A quoted file of few cells may look like a plain one: its dialect is told.
    let options = Options { dialect: Some(Dialect::Quoted), ..Options::default() };
    let (mut memory, told) = written(format, &options, &[("malaise", units)]);
    let received = read(format, &options, &mut memory);
    if (told.units, received.len()) != (units.len() as u64, units.len()) {
        let (name, told, back) = (format.name, told.units, received.len());
        return Err(format!("{name}: of {} units {told} were written and {back} came back", units.len()));
    }
    for (unit, received) in units.iter().zip(&received) {
        let expected = |column: Column| column.cell(&Placed::new(unit, "malaise")).into_owned();
        for column in [Column::Id, Column::Fr, Column::En] {
            let (sent, back) = (expected(column), received.get(column).unwrap_or_default());
            if (format.through)(&sent) != back {
                return Err(format!("{}: {column} {sent:?} came back as {back:?}", format.name));
            }
        }
    }
    Ok(())
}

//! Plain parallel text, as Moses and OPUS have it: `X.fr` and `X.en`, whose lines translate each other, and `X.ids`.
//!
//! A line of `X.ids` is the unit's id, a tab, its article, and for another edition a tab and its name. Files of
//! others have none, or one of their own shape, and are read all the same.

use std::borrow::Cow;
use std::io::{self, Write as _};

use crate::bitext::{UnitId, flat, is_break};

use super::numbered::NumberedLines;
use super::{
    Bitext, Column, Folder, Format, FormatError, InputFolder, Options, Out, Place, Purpose, Read, Reader,
    Received, Seekable, Told, Write, Writer,
};

/// Plain parallel text.
pub(super) const FORMAT: Format = Format {
    name: "plain",
    title: "plain parallel text (Moses, OPUS)",
    endings: &[],
    purpose: Purpose::Study,
    binary: false,
    feature: None,
    write: Write::Folder(writer),
    read: Read::Folder(reader),
    columns: false,
    paragraphs: false,
    carries: &[Column::Id, Column::Article, Column::Edition, Column::Fr, Column::En],
    loses: "line ends, tabs and NULs inside a text become spaces, blanks and byte order marks at its ends go; status, notes and all else",
    through,
    opens: "paste X.fr X.en; zip(open(\"X.fr\"), open(\"X.en\")) in Python; Moses, OPUS, Marian, OpenNMT as it is",
};

/// What a text is after it went through: on one line, without white space at its ends, as the field's tools leave it;
/// nor a byte order mark there, which the first line of a file would lose.
fn through(text: &str) -> Cow<'_, str> {
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    // A file that begins with a NUL, or has one behind its first letter, looks like UTF-16.
    let text = match flat(text) {
        flat if flat.contains('\0') => Cow::Owned(flat.replace('\0', " ")),
        flat => flat,
    };
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(blank)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(blank).to_owned()),
    }
}

struct Plain {
    source: Box<dyn Out>,
    target: Box<dyn Out>,
    ids: Box<dyn Out>,
}

fn writer<'a>(options: &Options, folder: &'a mut dyn Folder) -> io::Result<Box<dyn Writer + 'a>> {
    let mut create = |ending: &str| folder.create(&format!("{}.{ending}", options.name));
    Ok(Box::new(Plain {
        source: create(&options.source)?,
        target: create(&options.target)?,
        ids: create("ids")?,
    }))
}

impl Writer for Plain {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        for placed in bitext.units {
            let (french, english) = (Column::Fr.cell(placed), Column::En.cell(placed));
            let (source, target) = (through(&french), through(&english));
            if source.is_empty() || target.is_empty() {
                told.lose("units without French or without English were left out: no line may be empty", 1);
                continue;
            }
            told.units += 1;
            told.spaces += breaks(&french) + breaks(&english);
            self.source.write_all(source.as_bytes())?;
            self.source.write_all(b"\n")?;
            self.target.write_all(target.as_bytes())?;
            self.target.write_all(b"\n")?;
            write!(self.ids, "{}\t{}", placed.unit.id, placed.article)?;
            match placed.edition {
                Some(edition) => writeln!(self.ids, "\t{edition}")?,
                None => self.ids.write_all(b"\n")?,
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _: &mut Told) -> io::Result<()> {
        self.source.flush()?;
        self.target.flush()?;
        self.ids.flush()
    }
}

/// How many characters inside a text become a space.
fn breaks(text: &str) -> u64 {
    match flat(text) {
        Cow::Borrowed(_) => 0,
        Cow::Owned(_) => text.trim().matches(is_break).count() as u64,
    }
}

/// Finds the files of one pair, and reads them side by side.
fn reader<'a>(
    folder: &'a mut dyn InputFolder,
    options: &Options,
) -> Result<Box<dyn Reader + 'a>, FormatError> {
    let (source, target) = (&options.source, &options.target);
    let input = |source| FormatError::Input { place: None, source };
    let unexpected =
        |found: String, expected: String| FormatError::Unexpected { place: None, found, expected };
    let base = match folder.named().map(str::to_owned) {
        Some(named) => {
            let base =
                [source, target, "ids"].iter().find_map(|ending| base(&named, ending).map(str::to_owned));
            base.ok_or_else(|| unexpected(format!("`{named}`"), format!("`X.{source}` beside `X.{target}`")))?
        }
        None => {
            let names = folder.names().map_err(input)?;
            let bases = names.iter().filter_map(|name| base(name, source));
            let mut pairs: Vec<&str> =
                bases.filter(|base| names.contains(&format!("{base}.{target}"))).collect();
            match pairs.len() {
                1 => pairs.remove(0).to_owned(),
                0 => {
                    return Err(unexpected(
                        "no such pair".to_owned(),
                        format!("`X.{source}` and `X.{target}`"),
                    ));
                }
                _ => {
                    let pairs = pairs.join(", ");
                    return Err(unexpected(
                        format!("several pairs: {pairs}"),
                        "one of them to be named".to_owned(),
                    ));
                }
            }
        }
    };
    let mut open = |ending: &str| -> Result<Option<Lines>, FormatError> {
        let name = format!("{base}.{ending}");
        let Some(file) = folder.open(&name).map_err(input)? else { return Ok(None) };
        Ok(Some(Lines { lines: NumberedLines::new(file)?, name }))
    };
    let missing =
        |ending: &str| unexpected(format!("no `{base}.{ending}`"), "it beside the other language".to_owned());
    Ok(Box::new(Pair {
        source: open(source)?.ok_or_else(|| missing(source))?,
        target: open(target)?.ok_or_else(|| missing(target))?,
        ids: open("ids")?,
    }))
}

/// `corpus` of `corpus.fr`.
fn base<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    name.strip_suffix(ending)?.strip_suffix('.').filter(|base| !base.is_empty())
}

/// The lines of one file.
struct Lines {
    lines: NumberedLines<Box<dyn Seekable>>,
    name: String,
}

impl Lines {
    /// The next line, without its end; none after the last.
    fn read(&mut self) -> Result<Option<&str>, FormatError> {
        if !self.lines.next()? {
            return Ok(None);
        }
        let (line, place) = (&self.lines.line, self.lines.place());
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let text = simdutf8::compat::from_utf8(line).map_err(|error| FormatError::Unexpected {
            place: Some(place),
            found: format!("byte 0x{:02X} in {}", line[error.valid_up_to()], self.name),
            expected: "UTF-8".to_owned(),
        })?;
        Ok(Some(text))
    }
}

struct Pair {
    source: Lines,
    target: Lines,
    ids: Option<Lines>,
}

impl Reader for Pair {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        let place = Place::line(self.source.lines.number() + 1);
        into.start(place);
        let names = [self.source.name.clone(), self.target.name.clone()];
        let (source, target) = (self.source.read()?, self.target.read()?);
        let ended = |which: usize| {
            let found = format!("the end of {}", names[which]);
            let expected =
                format!("a line beside that of {}: the files are of different lengths", names[1 - which]);
            Err(FormatError::Unexpected { place: Some(place), found, expected })
        };
        let id = match &mut self.ids {
            Some(ids) => ids.read()?,
            None => None,
        };
        match (source, target) {
            (None, None) => return Ok(false),
            (None, Some(_)) => return ended(0),
            (Some(_), None) => return ended(1),
            (Some(french), Some(english)) => {
                // OPUS has four names of its own here.
                let mut cells = id.unwrap_or_default().split('\t');
                let (id, article, edition) = (cells.next(), cells.next(), cells.next());
                if let Some(id) = id.filter(|id| cells.next().is_none() && id.parse::<UnitId>().is_ok()) {
                    into.push(Column::Id, id);
                    into.push(Column::Article, article.unwrap_or_default());
                    into.push(Column::Edition, edition.unwrap_or_default());
                }
                into.push(Column::Fr, french);
                into.push(Column::En, english);
            }
        }
        Ok(true)
    }
}

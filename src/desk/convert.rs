//! From one format to another, without a corpus: in a stream where both formats allow it.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::Path;

use crate::bitext::{Kind, Status, Stem, Texts, Unit, UnitId};
use crate::format::{
    Bitext, Column, Format, FormatError, Head, Options, Placed, Reader, Received, TextWriter, Told, Writer,
};

use super::DeskError;
use super::export::{Standing, Summary, To, Which};
use super::input::{InputError, of_file, read_with};
use super::sink::{Sink, write_with};

/// What to convert into what.
#[derive(Clone, Debug)]
pub struct Convert {
    /// The format that is read; none: by the file's ending.
    pub from: Option<&'static Format>,
    /// The format that is written.
    pub to: &'static Format,
    /// How both are read and written; its name is that of units without an article.
    pub options: Options,
    /// Which units go out.
    pub which: Which,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Converted {
    /// Units that were read.
    pub read: u64,
    /// What was written and left out.
    pub summary: Summary,
    /// Units that could not be taken; the first hundred.
    pub faults: Vec<FormatError>,
    /// How many there were in all.
    pub all_faults: u64,
    /// What the reader passed over.
    pub passed_over: Vec<String>,
}

/// A unit that is used again and again, with its place.
struct Slot {
    unit: Unit,
    article: String,
    edition: String,
    about: Vec<(String, String)>,
    paragraph: Option<u32>,
    sentence: Option<u32>,
}

/// The article whose units are written, with what its first unit told of it.
struct OpenArticle {
    article: String,
    edition: String,
    about: Vec<(String, String)>,
}

impl OpenArticle {
    fn of(slot: &Slot) -> OpenArticle {
        OpenArticle {
            article: slot.article.clone(),
            edition: slot.edition.clone(),
            about: slot.about.clone(),
        }
    }

    fn head(&self) -> Head<'_> {
        let edition = Some(self.edition.as_str()).filter(|edition| !edition.is_empty());
        Head { article: &self.article, edition, about: &self.about }
    }
}

/// Text waits until it is so long, and is then written.
const BUFFER_BYTES: usize = 1 << 18;
/// So many units are a piece, for writers that take an article in pieces.
const PIECE_UNITS: usize = 8192;
/// More faults than this are only counted.
const MOST_FAULTS: usize = 100;

impl Convert {
    /// Reads `input` (`-`: standard input) and writes all of it to `to`.
    ///
    /// # Errors
    ///
    /// [`DeskError::Input`] where the file cannot be read to its end; then nothing is put in the place of a path.
    pub fn run(&self, input: &Path, to: To<'_>) -> Result<Converted, DeskError> {
        let format = of_file(input, self.from);
        read_with(input, format, &self.options, |reader| {
            let mut converted = Converted::default();
            write_with(self.to, &self.options, to, None, |sink| match sink {
                Sink::Text(writer, out) => self.text(reader, writer, out, &mut converted),
                Sink::Whole(writer) => self.whole(reader, writer, &mut converted),
            })?;
            converted.passed_over = reader.passed_over();
            Ok(converted)
        })
    }

    /// Unit by unit, in a stream.
    fn text(
        &self,
        reader: &mut dyn Reader,
        writer: &dyn TextWriter,
        out: &mut dyn Write,
        converted: &mut Converted,
    ) -> Result<(), DeskError> {
        let failed = |source| DeskError::Write { source };
        let mut text = Vec::with_capacity(BUFFER_BYTES * 2);
        let mut taker = Taker::new(self);
        let mut slot = Slot::new();
        let mut open: Option<OpenArticle> = None;
        let mut told = Told::default();
        writer.begin(&mut text).map_err(failed)?;
        while taker.next(reader, &mut slot, converted)? {
            if open.as_ref().is_none_or(|open| open.article != slot.article || open.edition != slot.edition) {
                if let Some(open) = &open {
                    writer.close(&open.head(), &mut text, &mut told).map_err(failed)?;
                }
                let next = OpenArticle::of(&slot);
                writer.open(&next.head(), &mut text, &mut told).map_err(failed)?;
                open = Some(next);
            }
            let about = open.as_ref().map_or(&[][..], |open| &open.about);
            writer.unit(&slot.placed(about), &mut text, &mut told).map_err(failed)?;
            if text.len() >= BUFFER_BYTES {
                out.write_all(&text).map_err(failed)?;
                text.clear();
            }
        }
        if let Some(open) = &open {
            writer.close(&open.head(), &mut text, &mut told).map_err(failed)?;
        }
        writer.end(&mut text).map_err(failed)?;
        converted.summary.told += told;
        out.write_all(&text).map_err(failed)
    }

    /// Article by article.
    fn whole(
        &self,
        reader: &mut dyn Reader,
        mut writer: Box<dyn Writer + '_>,
        converted: &mut Converted,
    ) -> Result<(), DeskError> {
        let failed = |source| DeskError::Write { source };
        let mut taker = Taker::new(self);
        let mut article: Vec<Slot> = Vec::new();
        let mut told = Told::default();
        loop {
            let mut slot = Slot::new();
            let more = taker.next(reader, &mut slot, converted)?;
            let ends = article.first().is_some_and(|first| {
                !more
                    || first.article != slot.article
                    || first.edition != slot.edition
                    || (article.len() >= PIECE_UNITS && writer.in_pieces())
            });
            if ends {
                let about = &article[0].about;
                let units: Vec<Placed<'_>> = article.iter().map(|slot| slot.placed(about)).collect();
                let head = Head { article: &article[0].article, edition: article[0].edition(), about };
                writer.article(&Bitext { head, units: &units }, &mut told).map_err(failed)?;
                article.clear();
            }
            if !more {
                break;
            }
            article.push(slot);
        }
        writer.finish(&mut told).map_err(failed)?;
        converted.summary.told += told;
        Ok(())
    }
}

impl Slot {
    fn new() -> Slot {
        Slot {
            unit: Unit::new(UnitId::NONE, Kind::Body, Vec::new()),
            article: String::new(),
            edition: String::new(),
            about: Vec::new(),
            paragraph: None,
            sentence: None,
        }
    }

    fn edition(&self) -> Option<&str> {
        Some(self.edition.as_str()).filter(|edition| !edition.is_empty())
    }

    fn placed<'a>(&'a self, about: &'a [(String, String)]) -> Placed<'a> {
        Placed {
            unit: &self.unit,
            article: &self.article,
            edition: self.edition(),
            about,
            paragraph: self.paragraph,
            sentence: self.sentence,
        }
    }
}

/// Makes units of what a reader says.
struct Taker<'a> {
    convert: &'a Convert,
    received: Received,
    /// The stem that ids are made with, of the last article that needed one.
    stem: Option<(String, Stem)>,
    /// How often a French without an id has come in its article, by a hash of both.
    seen: HashMap<u64, u32>,
    hasher: RandomState,
    wants_ids: bool,
}

impl<'a> Taker<'a> {
    fn new(convert: &'a Convert) -> Self {
        Taker {
            convert,
            received: Received::default(),
            stem: None,
            seen: HashMap::new(),
            hasher: RandomState::new(),
            wants_ids: convert.to.carried(&convert.options).contains(&Column::Id),
        }
    }

    /// The next unit that goes out; false at the end.
    fn next(
        &mut self,
        reader: &mut dyn Reader,
        slot: &mut Slot,
        converted: &mut Converted,
    ) -> Result<bool, DeskError> {
        loop {
            match reader.read(&mut self.received) {
                Ok(false) => return Ok(false),
                Ok(true) => {}
                Err(error) if error.can_go_on() => {
                    converted.all_faults += 1;
                    if converted.faults.len() < MOST_FAULTS {
                        converted.faults.push(error);
                    }
                    continue;
                }
                Err(error) => return Err(InputError::Format(error).into()),
            }
            converted.read += 1;
            self.fill(slot, &mut converted.summary.told);
            if self.convert.which.has(&slot.unit) {
                return Ok(true);
            }
            let why = match slot.unit.fr.is_empty() {
                true => "without French",
                false => Standing::of(&slot.unit).as_str(),
            };
            *converted.summary.left_out.entry(why).or_default() += 1;
        }
    }

    /// Fills the slot with what was received.
    fn fill(&mut self, slot: &mut Slot, told: &mut Told) {
        let unit = &mut slot.unit;
        for texts in [&mut unit.fr, &mut unit.en, &mut unit.more.was] {
            // Kept for its allocation.
            match texts.only_mut() {
                Some(text) => text.clear(),
                None => *texts = Texts::new(),
            }
        }
        (unit.kind, unit.origin, unit.score) = (Kind::Body, None, None);
        (unit.more.note, unit.by, unit.at) = (None, None, None);
        (slot.paragraph, slot.sentence) = (None, None);
        slot.edition.clear();
        slot.about.clear();
        let (mut id, mut status, mut named) = (None, None, false);
        let mut unknown = 0;
        for (column, text) in self.received.cells() {
            match column {
                Column::Id => id = text.parse::<UnitId>().ok(),
                Column::Fr => put(&mut unit.fr, text),
                Column::En => put(&mut unit.en, text),
                Column::Was => put(&mut unit.more.was, text),
                Column::Article => {
                    named = true;
                    slot.article.clear();
                    slot.article.push_str(text);
                }
                Column::Edition => slot.edition.push_str(text),
                Column::Kind => match text.trim().parse() {
                    Ok(kind) => unit.kind = kind,
                    Err(_) => unknown += 1,
                },
                Column::Status => match text.trim().parse::<Status>() {
                    Ok(known) => status = Some(known),
                    Err(_) => unknown += 1,
                },
                Column::Origin => match text.trim().parse() {
                    Ok(origin) => unit.origin = Some(origin),
                    Err(_) => unknown += 1,
                },
                Column::Score => unit.score = text.trim().parse().ok(),
                Column::Note => unit.more.note = Some(text.to_owned()),
                Column::At => unit.at = Some(text.into()),
                Column::By => unit.by = Some(text.into()),
                Column::Paragraph => slot.paragraph = text.trim().parse().ok(),
                Column::Sentence => slot.sentence = text.trim().parse().ok(),
                Column::Stale | Column::Rev => {}
                Column::Title
                | Column::Url
                | Column::Publisher
                | Column::Author
                | Column::Date
                | Column::Licence
                | Column::Translator => slot.about.push((column.as_str().to_owned(), text.to_owned())),
            }
        }
        told.lose("kinds, statuses or origins were unknown and left out", unknown);
        for texts in [&mut unit.fr, &mut unit.en, &mut unit.more.was] {
            if texts.first().is_some_and(String::is_empty) {
                *texts = Texts::new();
            }
        }
        unit.status = match status {
            Some(Status::Untranslated | Status::Draft) | None => match unit.has_english() {
                true => Status::Draft,
                false => Status::Untranslated,
            },
            Some(status) => status,
        };
        if !named {
            slot.article.clear();
            slot.article.push_str(&self.convert.options.name);
        }
        // Else whatever stands there is not written.
        if self.wants_ids {
            unit.id = id.unwrap_or_else(|| self.id(&slot.article, &unit.fr));
        }
    }

    /// The id of a French that has none, as a corpus would give it.
    fn id(&mut self, article: &str, fr: &[String]) -> UnitId {
        if self.stem.as_ref().is_none_or(|(name, _)| name != article) {
            // A name that cannot be a stem still tells articles apart.
            let safe: String =
                article.chars().filter(|c| !c.is_control() && !"/\\:*?\"<>|@".contains(*c)).collect();
            let safe: String = safe.trim_matches([' ', '.']).chars().take(40).collect();
            let stem = article.parse().or_else(|_| safe.parse());
            let stem = stem.unwrap_or_else(|_| "article".parse().expect("a plain word is a stem"));
            self.stem = Some((article.to_owned(), stem));
        }
        let occurrence = self.seen.entry(self.hasher.hash_one((article, fr))).or_default();
        let (_, stem) = self.stem.as_ref().expect("it was just made");
        let id = UnitId::of(stem, fr, *occurrence as usize);
        *occurrence += 1;
        id
    }
}

/// Puts a text where there is none, or an empty one.
fn put(texts: &mut Texts, text: &str) {
    match texts.only_mut() {
        Some(only) => only.push_str(text),
        None => *texts = text.into(),
    }
}

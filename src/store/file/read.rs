//! Text of an alignment file → header and units.

use std::borrow::Cow;
use std::path::Path;
use std::str::FromStr;

use crate::bitext::{
    Alignment, CoverError, Decided, Dismissal, Extra, Header, Kind, Status, Texts, Unit, UnitId,
};

use super::error::{conflict, place};
use super::json::{At, Cursor};
use super::{ABOUT, Fault, FileError, VERSION};

/// An alignment file's header and units, not yet held against the article.
#[derive(Clone, Debug)]
pub struct Parsed<'t> {
    /// The header.
    pub header: Header,
    /// The units in the order of the file.
    pub units: Vec<Unit>,
    starts: Vec<usize>,
    text: &'t str,
}

/// Reads an alignment file; `path` is for the messages.
///
/// Takes what a person's editor or git may have made of it: CRLF, a byte order mark, blank lines or none,
/// any order of keys, indentation, no final line end, one string instead of an array of one. Nothing is
/// dropped: what is not understood is kept (unknown keys) or a fault.
///
/// # Errors
///
/// [`FileError`], with line, column, what was found and what was expected.
pub fn parse<'t>(bytes: &'t [u8], path: &Path) -> Result<Parsed<'t>, FileError> {
    // Ten times as fast as the standard library's, which then says where the fault is.
    let text = match simdutf8::basic::from_utf8(bytes).or_else(|_| std::str::from_utf8(bytes)) {
        Ok(text) => text,
        Err(error) => {
            let valid = &bytes[..error.valid_up_to()];
            let before = std::str::from_utf8(valid).unwrap_or("");
            let found = format!("the byte 0x{:02X}", bytes[valid.len()]);
            let fault = Fault::Found { found, expected: "UTF-8".to_owned() };
            return Err(FileError::at(path, before, before.len(), fault));
        }
    };
    let mut starts = Vec::new();
    match document(text, &mut starts) {
        Ok((header, units)) => Ok(Parsed { header, units, starts, text }),
        Err((at, fault)) => {
            // Marks of git are no JSON, so wherever they are, the reader has stumbled at them or before.
            if let Some((at, found)) = conflict(text) {
                return Err(FileError::at(path, text, at, Fault::Conflict(found)));
            }
            let fault = match fault {
                Fault::CutShort { expected, .. } => {
                    let since = place(text, starts.last().copied().unwrap_or(0)).0;
                    Fault::CutShort { expected, since }
                }
                fault => fault,
            };
            Err(FileError::at(path, text, at, fault))
        }
    }
}

impl Parsed<'_> {
    /// The alignment of the article whose text is `article`; of an article that has changed since, if none.
    ///
    /// # Errors
    ///
    /// [`FileError`] at the unit that is not in the article, or breaks a law of its own.
    pub fn into_alignment(self, article: Option<&str>, path: &Path) -> Result<Alignment, FileError> {
        let made = match article {
            Some(article) => Alignment::new(self.header, self.units, article),
            None => Alignment::of_changed(self.header, self.units).map_err(CoverError::Law),
        };
        made.map_err(|error| FileError::cover(path, self.text, &self.starts, error))
    }
}

fn document(text: &str, starts: &mut Vec<usize>) -> At<(Header, Vec<Unit>)> {
    let mut cursor = Cursor::new(text);
    if text.starts_with('\u{feff}') {
        cursor.at = '\u{feff}'.len_utf8();
    }
    cursor.skip_blank();
    if cursor.peek().is_none() {
        return Err((cursor.at, Fault::Empty));
    }
    let header_start = cursor.at;
    let header = header(&mut cursor)?;
    cursor.line_end()?;
    // No more units than lines: the guess only spares moving them.
    let mut units = Vec::with_capacity(memchr::memchr_iter(b'\n', text.as_bytes()).count() / 2);
    starts.reserve(units.capacity());
    loop {
        cursor.skip_blank();
        if cursor.peek().is_none() {
            return Ok((header, units));
        }
        starts.push(cursor.at);
        units.push(unit(&mut cursor).map_err(|(at, fault)| match fault {
            Fault::TwoHeaders { .. } => (at, Fault::TwoHeaders { first: place(text, header_start).0 }),
            fault => (at, fault),
        })?);
        cursor.line_end()?;
    }
}

/// Reads a header.
pub(crate) fn header(cursor: &mut Cursor) -> At<Header> {
    cursor.skip_blank();
    let start = cursor.at;
    let mut fields: Vec<(Cow<str>, usize, &str)> = Vec::new();
    cursor.object(|cursor, at, key| {
        if fields.iter().any(|(other, ..)| *other == key) {
            return Err((at, Fault::DuplicateKey(key.into_owned())));
        }
        cursor.skip_blank();
        let value = cursor.at;
        fields.push((key, value, cursor.raw()?));
        Ok(())
    })?;
    // The version first: what another version means by the other keys is not known.
    let Some((_, at, version)) = fields.iter().find(|(key, ..)| key == "enregard") else {
        return Err((start, Fault::NoHeader));
    };
    match version.parse::<u64>() {
        Ok(VERSION) => {}
        Ok(newer) if newer > VERSION => return Err((*at, Fault::Version((*version).to_owned()))),
        _ => return Err((*at, wrong(version, &format!("{VERSION}")))),
    }
    let string = |at: usize, json: &str| -> At<String> {
        serde_json::from_str::<String>(json).map_err(|_| (at, wrong(json, "a string")))
    };
    let required = |name: &str| -> At<String> {
        match fields.iter().find(|(key, ..)| key == name) {
            Some((_, at, json)) => string(*at, json),
            None => Err((
                start,
                Fault::Found { found: format!("a header without `{name}`"), expected: format!("`{name}`") },
            )),
        }
    };
    let mut header = Header {
        article: required("article")?,
        source: required("source")?,
        target: required("target")?,
        sha256: required("sha256")?,
        splitter: required("splitter")?,
        about: Vec::new(),
        extra: Vec::new(),
    };
    let sha256 = fields.iter().find(|(key, ..)| key == "sha256");
    if let Some((_, at, json)) = sha256
        && !(header.sha256.len() == 64
            && header.sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
    {
        return Err((*at, wrong(json, "64 hexadecimal digits in lower case")));
    }
    for name in ABOUT {
        if let Some((_, at, json)) = fields.iter().find(|(key, ..)| key == name) {
            header.about.push((name.to_owned(), string(*at, json)?));
        }
    }
    for (key, _, json) in &fields {
        if !["enregard", "article", "source", "target", "sha256", "splitter"].contains(&key.as_ref())
            && !ABOUT.contains(&key.as_ref())
        {
            header.extra.push(extra(key, json));
        }
    }
    Ok(header)
}

/// A unit's known keys, each with the bit that says it was seen.
fn bit(key: &str) -> u16 {
    const KEYS: [&str; 14] = [
        "id",
        "kind",
        "fr",
        "en",
        "status",
        "was",
        "set",
        "was_ids",
        "dismissed",
        "origin",
        "score",
        "note",
        "by",
        "at",
    ];
    KEYS.iter().position(|known| *known == key).map_or(0, |index| 1 << index)
}

/// Reads one unit.
pub(crate) fn unit(cursor: &mut Cursor) -> At<Unit> {
    // Taken out of the unit at the end: until then there is no id to make one with.
    let mut id: Option<UnitId> = None;
    let mut unit = Unit::new(UnitId::NONE, Kind::Body, Vec::new());
    let mut seen = 0u16;
    cursor.skip_blank();
    let start = cursor.at;
    cursor.object(|cursor, at, key| {
        let bit = bit(&key);
        if seen & bit != 0 || (bit == 0 && unit.more.extra.iter().any(|extra| extra.key == key)) {
            return Err((at, Fault::DuplicateKey(key.into_owned())));
        }
        seen |= bit;
        match key.as_ref() {
            "id" => id = Some(value(cursor)?),
            "kind" => unit.kind = value(cursor)?,
            "fr" => unit.fr = strings(cursor)?,
            "en" => {
                unit.en = strings(cursor)?;
                // A placeholder that somebody left by hand is no English.
                if unit.en.iter().any(|text| text.trim().is_empty()) {
                    unit.en.edit(|texts| texts.retain(|text| !text.trim().is_empty()));
                }
            }
            "status" => unit.status = value(cursor)?,
            "was" => unit.more.was = strings(cursor)?,
            "set" => unit.more.set = decided(cursor)?,
            "was_ids" => cursor.array("an array of ids", |cursor| {
                unit.more.was_ids.push(value(cursor)?);
                Ok(())
            })?,
            "dismissed" => cursor.array("an array of objects", |cursor| {
                unit.more.dismissed.push(dismissal(cursor)?);
                Ok(())
            })?,
            "origin" => unit.origin = Some(value(cursor)?),
            "score" => unit.score = Some(score(cursor)?),
            "note" => unit.more.note = Some(cursor.string("a string")?.into_owned()),
            "by" => unit.by = Some(cursor.string("a string")?.into()),
            "at" => unit.at = Some(cursor.string("a string")?.into()),
            "enregard" => return Err((start, Fault::TwoHeaders { first: 1 })),
            _ => {
                let json = cursor.raw()?;
                unit.more.extra.push(extra(&key, json));
            }
        }
        Ok(())
    })?;
    // What is derived is not stored.
    unit.status = match unit.status {
        Status::Untranslated if unit.has_english() => Status::Draft,
        Status::Draft if !unit.has_english() => Status::Untranslated,
        status => status,
    };
    match id {
        Some(id) => Ok(Unit { id, ..unit }),
        None => Err((
            start,
            Fault::Found { found: "a unit without `id`".to_owned(), expected: "`id`".to_owned() },
        )),
    }
}

/// A string that stands for a value of its own.
fn value<T: FromStr<Err = String>>(cursor: &mut Cursor) -> At<T> {
    cursor.skip_blank();
    let at = cursor.at;
    let text = cursor.string("a string")?;
    text.parse().map_err(|told| (at, Fault::Value(told)))
}

/// An array of strings, or one string that a person wrote for an array of one.
fn strings(cursor: &mut Cursor) -> At<Texts> {
    cursor.skip_blank();
    if cursor.peek() == Some(b'"') {
        return Ok(cursor.string("a string")?.into_owned().into());
    }
    let mut all = Vec::with_capacity(1);
    cursor.array("an array of strings", |cursor| {
        all.push(cursor.string("a string")?.into_owned());
        Ok(())
    })?;
    Ok(all.into())
}

fn decided(cursor: &mut Cursor) -> At<Decided> {
    let mut decided = Decided::default();
    for name in &strings(cursor)? {
        match name.as_str() {
            "kind" => decided.kind = true,
            "bounds" => decided.bounds = true,
            _ => decided.other.push(name.clone()),
        }
    }
    Ok(decided)
}

fn dismissal(cursor: &mut Cursor) -> At<Dismissal> {
    let mut check: Option<String> = None;
    let mut hash: Option<String> = None;
    let mut unknown: Vec<Extra> = Vec::new();
    cursor.skip_blank();
    let start = cursor.at;
    cursor.object(|cursor, at, key| {
        let twice = match key.as_ref() {
            "check" => check.replace(cursor.string("a string")?.into_owned()).is_some(),
            "hash" => hash.replace(cursor.string("a string")?.into_owned()).is_some(),
            _ => {
                let twice = unknown.iter().any(|extra| extra.key == key);
                let json = cursor.raw()?;
                unknown.push(extra(&key, json));
                twice
            }
        };
        if twice { Err((at, Fault::DuplicateKey(key.into_owned()))) } else { Ok(()) }
    })?;
    match (check, hash) {
        (Some(check), Some(hash)) => Ok(Dismissal { check, hash, extra: unknown }),
        _ => Err((start, wrong("an object without them", "`check` and `hash`"))),
    }
}

fn score(cursor: &mut Cursor) -> At<f64> {
    cursor.skip_blank();
    let at = cursor.at;
    let json = cursor.raw()?;
    match json.parse::<f64>() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        _ => Err((at, wrong(json, "a number from 0 to 1"))),
    }
}

/// An unknown key; line ends between a value's parts become spaces, since a unit has one line.
fn extra(key: &str, json: &str) -> Extra {
    Extra { key: key.to_owned(), json: json.replace(['\n', '\r'], " ") }
}

fn wrong(found: &str, expected: &str) -> Fault {
    let mut short: String = found.chars().take(40).collect();
    if short.len() < found.len() {
        short.push('…');
    }
    Fault::Found { found: format!("`{short}`"), expected: expected.to_owned() }
}

//! An alignment file gone through unit by unit, without making units: for looking things up in a million.
//!
//! Texts are borrowed from the file. A fault is told as [`parse`](super::parse()) tells it; what is not needed for looking
//! up is passed over, a key that stands twice is not noticed, and no law among units is held against the file.

use std::borrow::Cow;
use std::path::Path;

use crate::bitext::{Header, Kind, Status, UnitId};

use super::json::{At, Cursor};
use super::read::header;
use super::{Fault, FileError};

/// What a unit's line says of its texts.
#[derive(Clone, Debug)]
pub struct Sketch<'t> {
    /// The unit's id.
    pub id: UnitId,
    /// What its sentences are.
    pub kind: Kind,
    /// How far its translation has come, as it is written: a draft reads as untranslated where there is no English.
    pub status: Status,
    /// The French sentences.
    pub fr: Vec<Cow<'t, str>>,
    /// The English.
    pub en: Vec<Cow<'t, str>>,
    /// The French that stale English translates.
    pub was: Vec<Cow<'t, str>>,
}

/// Calls `each` with every unit of an alignment file, after `begin` has seen its header and asked for the units.
///
/// `path` is for the messages. What `each` is given is overwritten by the next unit.
///
/// # Errors
///
/// [`FileError`] at the first place that is no alignment file of this format; the units before it were seen.
pub fn scan(
    bytes: &[u8],
    path: &Path,
    begin: impl FnOnce(&Header) -> bool,
    mut each: impl FnMut(&Sketch<'_>),
) -> Result<(), FileError> {
    let text = match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => text,
        // The strict reader says where the fault is.
        Err(_) => return super::parse(bytes, path).map(|_| ()),
    };
    document(text, begin, &mut each).or_else(|(at, fault)| {
        super::parse(bytes, path)?;
        // What the strict reader takes, this one takes: so this is not reached.
        Err(FileError::at(path, text, at, fault))
    })
}

fn document<'t>(
    text: &'t str,
    begin: impl FnOnce(&Header) -> bool,
    each: &mut impl FnMut(&Sketch<'t>),
) -> At<()> {
    let mut cursor = Cursor::new(text);
    if text.starts_with('\u{feff}') {
        cursor.at = '\u{feff}'.len_utf8();
    }
    let header = header(&mut cursor)?;
    cursor.line_end()?;
    if !begin(&header) {
        return Ok(());
    }
    let mut sketch = Sketch {
        id: UnitId::NONE,
        kind: Kind::Body,
        status: Status::Untranslated,
        fr: Vec::new(),
        en: Vec::new(),
        was: Vec::new(),
    };
    loop {
        cursor.skip_blank();
        if cursor.peek().is_none() {
            return Ok(());
        }
        unit(&mut cursor, &mut sketch)?;
        cursor.line_end()?;
        each(&sketch);
    }
}

fn unit<'t>(cursor: &mut Cursor<'t>, sketch: &mut Sketch<'t>) -> At<()> {
    // Not the sketch's own: any id that means "none yet" is one that a unit may have.
    let mut id: Option<UnitId> = None;
    sketch.kind = Kind::Body;
    sketch.status = Status::Untranslated;
    sketch.fr.clear();
    sketch.en.clear();
    sketch.was.clear();
    let start = cursor.at;
    cursor.object(|cursor, _, key| {
        match key.as_ref() {
            "id" => id = Some(value(cursor)?),
            "fr" => strings(cursor, &mut sketch.fr)?,
            "en" => {
                strings(cursor, &mut sketch.en)?;
                sketch.en.retain(|text| !text.trim().is_empty());
            }
            "status" => sketch.status = value(cursor)?,
            "kind" => sketch.kind = value(cursor)?,
            "was" => strings(cursor, &mut sketch.was)?,
            "at" | "by" | "note" | "origin" => {
                cursor.string("a string")?;
            }
            _ => {
                cursor.skip_blank();
                cursor.raw()?;
            }
        }
        Ok(())
    })?;
    let Some(id) = id else {
        let fault = Fault::Found { found: "a unit without `id`".to_owned(), expected: "`id`".to_owned() };
        return Err((start, fault));
    };
    sketch.id = id;
    sketch.status = match sketch.status {
        Status::Untranslated if !sketch.en.is_empty() => Status::Draft,
        Status::Draft if sketch.en.is_empty() => Status::Untranslated,
        status => status,
    };
    Ok(())
}

fn value<T: std::str::FromStr<Err = String>>(cursor: &mut Cursor) -> At<T> {
    cursor.skip_blank();
    let at = cursor.at;
    let text = cursor.string("a string")?;
    text.parse().map_err(|told| (at, Fault::Value(told)))
}

fn strings<'t>(cursor: &mut Cursor<'t>, into: &mut Vec<Cow<'t, str>>) -> At<()> {
    cursor.skip_blank();
    if cursor.peek() == Some(b'"') {
        into.push(cursor.string("a string")?);
        return Ok(());
    }
    cursor.array("an array of strings", |cursor| {
        into.push(cursor.string("a string")?);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Texts;
    use crate::store::file::parse;

    const HEADER: &str = r#"{"enregard":1,"article":"roy","source":"fr","target":"en","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","splitter":"fr/1","publisher":"AFP"}"#;

    #[test]
    fn it_sees_what_the_reader_of_units_sees() {
        let text = format!(
            "{HEADER}\n\n{}\n\n{}\n\n{}\n\n{}\n",
            r#"{"id":"k7q2m9xd0v","kind":"heading","fr":["« Il \"pleut\". »","Oui."],"en":"Yes\u00e9.","status":"reviewed","set":["kind"],"at":"2026-11-20T08:00:00Z","x":{"a":[1]}}"#,
            r#"{"id":"h9w3c1tb5s","fr":["Non."],"en":[" "],"was":["Si."]}"#,
            // What the status is where the file does not say it, or says what cannot be.
            r#"{"id":"t7q2m9xd0v","fr":["Si."],"en":["If."]}"#,
            r#"{"id":"v7q2m9xd0v","fr":["Là."],"status":"draft"}"#
        );
        let path = Path::new("roy.jsonl");
        let mut seen = Vec::new();
        let begin = |header: &Header| header.about == [("publisher".to_owned(), "AFP".to_owned())];
        scan(text.as_bytes(), path, begin, |unit| {
            let texts = |texts: &[Cow<str>]| texts.iter().map(|text| text.to_string()).collect::<Texts>();
            seen.push((unit.id, unit.kind, unit.status, texts(&unit.fr), texts(&unit.en), texts(&unit.was)));
        })
        .unwrap();
        let parsed = parse(text.as_bytes(), path).unwrap();
        let expected: Vec<_> = parsed
            .units
            .into_iter()
            .map(|unit| (unit.id, unit.kind, unit.status, unit.fr, unit.en, unit.more.into_rare().was))
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn a_unit_may_have_the_first_of_all_ids() {
        let text = format!("{HEADER}\n\n{}\n", r#"{"id":"a000000000","fr":["Un."]}"#);
        let mut seen = Vec::new();
        scan(text.as_bytes(), Path::new("roy.jsonl"), |_| true, |unit| seen.push(unit.id)).unwrap();
        assert_eq!(seen, [UnitId::NONE]);
    }

    #[test]
    fn a_fault_is_told_as_the_reader_of_units_tells_it() {
        for bad in [
            "",
            "{\"enregard\":2}",
            &format!("{HEADER}\n{{\"id\":\"k7q2m9xd0v\",\"fr\":[\"a\"]"),
            &format!("{HEADER}\n{{\"fr\":[\"a\"]}}"),
        ] {
            let path = Path::new("roy.jsonl");
            let told = scan(bad.as_bytes(), path, |_| true, |_| ()).unwrap_err().to_string();
            assert_eq!(told, parse(bad.as_bytes(), path).unwrap_err().to_string());
        }
    }
}

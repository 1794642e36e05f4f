//! XLIFF 2.1 and 1.2, the exchange format of translation programs: a `file` for each article, a unit for each unit.
//!
//! Sources: OASIS, *XLIFF Version 2.1* (2018) and *XLIFF 1.2 Specification* (2008). How a status is written:
//!
//! | status | 2.1 `segment` | 1.2 `target` |
//! |---|---|---|
//! | untranslated | `state="initial"`, no `target` | no `target` |
//! | draft | `translated` | `translated` |
//! | reviewed | `reviewed` | `signed-off`, and `approved="yes"` on the unit |
//! | stale | `initial`, `subState="enregard:stale"` (reviewed before: `-reviewed`) | `needs-translation`, `x-stale` |
//! | skipped | `translate="no"` on the unit | the same |

use std::io::{self, BufRead};

use super::xliff_reader::XliffReader;
use super::xml::{attribute, text, text_with_cp};
use super::{
    Begun, Column, Format, Head, Options, PROGRAM, Placed, Purpose, Read, TextWriter, Told, Write, kept,
    through_xml,
};
use crate::bitext::{Kind, Status, Unit};

/// XLIFF 2.1.
pub(super) const FORMAT: Format = Format {
    name: "xliff",
    title: "XLIFF 2.1",
    endings: &["xlf", "xliff"],
    purpose: Purpose::Work,
    binary: false,
    feature: None,
    write: Write::Text(writer_2),
    read: Read::Stream(reader),
    columns: false,
    paragraphs: false,
    carries: &CARRIES,
    loses: "who changed a unit and when, origin and score; control characters in notes",
    through: kept,
    opens: "OmegaT (Okapi plugin), Weblate, Poedit, Swordfish; Python: xliff2.Xliff2File of translate-toolkit",
};

/// XLIFF 1.2.
pub(super) const FORMAT_1: Format = Format {
    name: "xliff1",
    title: "XLIFF 1.2",
    endings: &[],
    write: Write::Text(writer_1),
    loses: "who changed a unit and when, origin and score; control characters",
    through: through_xml,
    opens: "OmegaT, Virtaal, Poedit, memoQ, Trados; Python: xliff.xlifffile of translate-toolkit",
    ..FORMAT
};

const CARRIES: [Column; 16] = [
    Column::Id,
    Column::Article,
    Column::Edition,
    Column::Fr,
    Column::En,
    Column::Kind,
    Column::Status,
    Column::Was,
    Column::Note,
    Column::Title,
    Column::Url,
    Column::Publisher,
    Column::Author,
    Column::Date,
    Column::Licence,
    Column::Translator,
];

/// The keys of an article's header that go along as notes of its `file`.
pub(super) const ABOUT: [Column; 7] = [
    Column::Title,
    Column::Url,
    Column::Publisher,
    Column::Author,
    Column::Date,
    Column::Licence,
    Column::Translator,
];

fn reader<'a>(input: Box<dyn BufRead + 'a>, options: &Options) -> Begun<'a> {
    Ok(Box::new(XliffReader::new(input, options)?))
}

fn writer_2(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    let mut begin = Vec::new();
    begin.extend_from_slice(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
          <xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.1\"",
    );
    let mut told = Told::default();
    attribute("srcLang", &options.source, &mut begin, &mut told);
    attribute("trgLang", &options.target, &mut begin, &mut told);
    begin.extend_from_slice(b">\n");
    Ok(Box::new(Xliff2 { begin }))
}

fn writer_1(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    let (mut languages, mut told) = (Vec::new(), Told::default());
    attribute("source-language", &options.source, &mut languages, &mut told);
    attribute("target-language", &options.target, &mut languages, &mut told);
    attribute("date", &options.at, &mut languages, &mut told);
    Ok(Box::new(Xliff1 { languages }))
}

/// The article and its edition, as `original` names them: `roy@second`.
fn original(head: &Head<'_>) -> String {
    match head.edition {
        None => head.article.to_owned(),
        Some(edition) => format!("{}@{edition}", head.article),
    }
}

/// A `file`'s id: an NMTOKEN, another for each article.
fn file_id(original: &str) -> String {
    let mut id = "f-".to_owned();
    for c in original.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') => id.push(c),
            // `_` itself too, so that no two names give one id.
            c => id.push_str(&format!("_{:x}_", u32::from(c))),
        }
    }
    id
}

fn put(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// Sentences joined by one space.
fn joined(sentences: &[String], out: &mut Vec<u8>, mut write: impl FnMut(&str, &mut Vec<u8>)) {
    for (index, sentence) in sentences.iter().enumerate() {
        if index > 0 {
            out.push(b' ');
        }
        write(sentence, out);
    }
}

/// Sentences between tags, joined by one space.
fn texts(sentences: &[String], out: &mut Vec<u8>, told: &mut Told) {
    joined(sentences, out, |sentence, out| text(sentence, out, told));
}

struct Xliff2 {
    begin: Vec<u8>,
}

impl TextWriter for Xliff2 {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(&self.begin);
        Ok(())
    }

    fn open(&self, head: &Head<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        let original = original(head);
        put(out, "<file id=\"");
        put(out, &file_id(&original));
        out.push(b'"');
        attribute("original", &original, out, told);
        put(out, " xml:space=\"preserve\">\n");
        let about =
            || ABOUT.iter().filter_map(|column| Some((column.as_str(), head.about(column.as_str())?)));
        if about().next().is_some() {
            put(out, "<notes>\n");
            for (key, value) in about() {
                put(out, "<note category=\"");
                put(out, key);
                put(out, "\">");
                text(value, out, told);
                put(out, "</note>\n");
            }
            put(out, "</notes>\n");
        }
        Ok(())
    }

    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        let unit = placed.unit;
        told.units += 1;
        put(out, "<unit id=\"");
        put(out, unit.id.as_str());
        out.push(b'"');
        if unit.status == Status::Skipped {
            put(out, " translate=\"no\"");
        }
        if unit.kind != Kind::Body {
            put(out, " type=\"enregard:");
            put(out, unit.kind.as_str());
            out.push(b'"');
        }
        put(out, ">\n");
        if unit.more.note.is_some() || !unit.more.was.is_empty() {
            put(out, "<notes>\n");
            if let Some(note) = &unit.more.note {
                put(out, "<note>");
                text(note, out, told);
                put(out, "</note>\n");
            }
            if !unit.more.was.is_empty() {
                put(out, "<note category=\"was\">");
                texts(&unit.more.was, out, told);
                put(out, "</note>\n");
            }
            put(out, "</notes>\n");
        }
        put(out, "<segment");
        put(out, state_2(unit));
        put(out, ">\n<source>");
        joined(&unit.fr, out, text_with_cp);
        put(out, "</source>\n");
        if !unit.en.is_empty() {
            put(out, "<target>");
            joined(&unit.en, out, text_with_cp);
            put(out, "</target>\n");
        }
        put(out, "</segment>\n</unit>\n");
        Ok(())
    }

    fn close(&self, _: &Head<'_>, out: &mut Vec<u8>, _: &mut Told) -> io::Result<()> {
        put(out, "</file>\n");
        Ok(())
    }

    fn end(&self, out: &mut Vec<u8>) -> io::Result<()> {
        put(out, "</xliff>\n");
        Ok(())
    }

    /// A `file` must have a unit: an article without one has no `file`.
    fn takes_empty(&self) -> bool {
        false
    }
}

fn state_2(unit: &Unit) -> &'static str {
    match unit.status {
        Status::Orphan => " state=\"initial\" subState=\"enregard:orphan\"",
        Status::Reviewed if unit.is_stale() => " state=\"initial\" subState=\"enregard:stale-reviewed\"",
        _ if unit.is_stale() => " state=\"initial\" subState=\"enregard:stale\"",
        Status::Reviewed => " state=\"reviewed\"",
        Status::Draft => " state=\"translated\"",
        Status::Untranslated | Status::Skipped => " state=\"initial\"",
    }
}

struct Xliff1 {
    languages: Vec<u8>,
}

impl TextWriter for Xliff1 {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        put(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <xliff xmlns=\"urn:oasis:names:tc:xliff:document:1.2\" version=\"1.2\">\n",
        );
        Ok(())
    }

    fn open(&self, head: &Head<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        put(out, "<file");
        attribute("original", &original(head), out, told);
        out.extend_from_slice(&self.languages);
        put(out, " datatype=\"plaintext\" xml:space=\"preserve\">\n<header>\n");
        let (tool, version) = PROGRAM.split_once(' ').unwrap_or((PROGRAM, ""));
        put(out, "<tool");
        attribute("tool-id", tool, out, told);
        attribute("tool-name", tool, out, told);
        attribute("tool-version", version, out, told);
        put(out, "/>\n");
        for column in ABOUT {
            if let Some(value) = head.about(column.as_str()) {
                put(out, "<note from=\"");
                put(out, column.as_str());
                put(out, "\">");
                text(value, out, told);
                put(out, "</note>\n");
            }
        }
        put(out, "</header>\n<body>\n");
        Ok(())
    }

    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        let unit = placed.unit;
        told.units += 1;
        put(out, "<trans-unit id=\"");
        put(out, unit.id.as_str());
        out.push(b'"');
        match unit.status {
            Status::Skipped => put(out, " translate=\"no\""),
            Status::Reviewed if !unit.is_stale() => put(out, " approved=\"yes\""),
            _ => {}
        }
        if unit.kind != Kind::Body {
            put(out, " restype=\"x-");
            put(out, unit.kind.as_str());
            out.push(b'"');
        }
        put(out, ">\n<source>");
        texts(&unit.fr, out, told);
        put(out, "</source>\n");
        if !unit.en.is_empty() {
            put(out, "<target");
            put(out, state_1(unit));
            put(out, ">");
            texts(&unit.en, out, told);
            put(out, "</target>\n");
        }
        if let Some(note) = &unit.more.note {
            put(out, "<note>");
            text(note, out, told);
            put(out, "</note>\n");
        }
        if !unit.more.was.is_empty() {
            put(out, "<alt-trans alttranstype=\"previous-version\">\n<source>");
            texts(&unit.more.was, out, told);
            put(out, "</source>\n<target>");
            texts(&unit.en, out, told);
            put(out, "</target>\n</alt-trans>\n");
        }
        put(out, "</trans-unit>\n");
        Ok(())
    }

    fn close(&self, _: &Head<'_>, out: &mut Vec<u8>, _: &mut Told) -> io::Result<()> {
        put(out, "</body>\n</file>\n");
        Ok(())
    }

    fn end(&self, out: &mut Vec<u8>) -> io::Result<()> {
        put(out, "</xliff>\n");
        Ok(())
    }

    /// A `file` must have a unit: an article without one has no `file`.
    fn takes_empty(&self) -> bool {
        false
    }
}

fn state_1(unit: &Unit) -> &'static str {
    match unit.status {
        Status::Orphan => " state=\"needs-translation\" state-qualifier=\"x-orphan\"",
        Status::Reviewed if unit.is_stale() => {
            " state=\"needs-translation\" state-qualifier=\"x-stale-reviewed\""
        }
        _ if unit.is_stale() => " state=\"needs-translation\" state-qualifier=\"x-stale\"",
        Status::Reviewed => " state=\"signed-off\"",
        _ => " state=\"translated\"",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_ids_are_nmtokens_and_no_two_names_have_one() {
        assert_eq!(file_id("000_a2"), "f-000_5f_a2");
        assert_eq!(file_id("été à@b"), "f-_e9_t_e9__20__e0__40_b");
        assert_ne!(file_id("a b"), file_id("a_20_b"));
    }
}

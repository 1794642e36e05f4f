//! TMX 1.4b, the exchange format of translation memories: one `tu` for each unit, one `seg` for each language.
//!
//! Source: LISA OSCAR, *TMX 1.4b Specification* (2005); its DTD says `version="1.4"`. Written with required
//! header attributes, properties before the variants, dates in UTC. Read in a stream, with any order of languages.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use super::xml::{Token, Xml, attribute, text};
use super::{
    Begun, Column, Format, FormatError, Options, PROGRAM, Place, Placed, Purpose, Read, Reader, Received,
    TextWriter, Told, Write, language_fit, through_xml,
};

/// TMX.
pub(super) const FORMAT: Format = Format {
    name: "tmx",
    title: "TMX 1.4b",
    endings: &["tmx"],
    purpose: Purpose::Study,
    binary: false,
    feature: None,
    write: Write::Text(writer),
    read: Read::Stream(reader),
    columns: false,
    paragraphs: false,
    carries: &CARRIES,
    loses: "what is known of the article beside its name; control characters",
    through: through_xml,
    opens: "OmegaT: put it into the project's tm/; Python: tmxfile.parsefile(f) of translate-toolkit",
};

const CARRIES: [Column; 13] = [
    Column::Id,
    Column::Article,
    Column::Edition,
    Column::Fr,
    Column::En,
    Column::Kind,
    Column::Status,
    Column::Was,
    Column::Note,
    Column::Origin,
    Column::Score,
    Column::At,
    Column::By,
];

/// What is kept in `prop`, and its type there.
const PROPS: [(Column, &str); 7] = [
    (Column::Article, "x-article"),
    (Column::Edition, "x-edition"),
    (Column::Kind, "x-kind"),
    (Column::Status, "x-status"),
    (Column::Was, "x-was"),
    (Column::Origin, "x-origin"),
    (Column::Score, "x-score"),
];

struct TmxWriter {
    source: String,
    target: String,
    header: Vec<u8>,
}

fn writer(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    let (mut header, mut told) = (Vec::new(), Told::default());
    let (tool, version) = PROGRAM.split_once(' ').unwrap_or((PROGRAM, ""));
    header.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n<header");
    for (name, value) in [
        ("creationtool", tool),
        ("creationtoolversion", version),
        ("segtype", "sentence"),
        ("o-tmf", tool),
        ("adminlang", "en"),
        ("srclang", &options.source),
        ("datatype", "plaintext"),
        ("creationdate", &compact(&options.at)),
    ] {
        attribute(name, value, &mut header, &mut told);
    }
    header.extend_from_slice(b"/>\n<body>\n");
    let attribute_of = |language: &str| {
        let (mut value, mut told) = (Vec::new(), Told::default());
        attribute("xml:lang", language, &mut value, &mut told);
        String::from_utf8_lossy(&value).into_owned()
    };
    let (source, target) = (attribute_of(&options.source), attribute_of(&options.target));
    Ok(Box::new(TmxWriter { source, target, header }))
}

/// `2026-11-20T08:00:00Z` as TMX writes it: `20261120T080000Z`.
fn compact(at: &str) -> String {
    at.chars().filter(|c| !matches!(c, '-' | ':')).collect()
}

/// TMX's time as RFC 3339 has it; nothing where it is no time.
fn spread<'b>(at: &str, into: &'b mut [u8; 20]) -> &'b str {
    let at = at.as_bytes();
    let digits = |range: std::ops::Range<usize>| at[range].iter().all(u8::is_ascii_digit);
    if at.len() != 16 || at[8] != b'T' || at[15] != b'Z' || !digits(0..8) || !digits(9..15) {
        return "";
    }
    into.copy_from_slice(b"0000-00-00T00:00:00Z");
    for (from, to) in [(0, 0), (2, 2), (4, 5), (6, 8), (9, 11), (11, 14), (13, 17)] {
        into[to..to + 2].copy_from_slice(&at[from..from + 2]);
    }
    std::str::from_utf8(into).unwrap_or_default()
}

impl TextWriter for TmxWriter {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(&self.header);
        Ok(())
    }

    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        let unit = placed.unit;
        told.units += 1;
        out.extend_from_slice(b"<tu tuid=\"");
        out.extend_from_slice(unit.id.as_str().as_bytes());
        out.push(b'"');
        if let Some(at) = &unit.at {
            attribute("changedate", &compact(at), out, told);
        }
        if let Some(by) = &unit.by {
            attribute("changeid", by, out, told);
        }
        out.extend_from_slice(b">\n");
        if let Some(note) = &unit.more.note {
            out.extend_from_slice(b"<note>");
            text(note, out, told);
            out.extend_from_slice(b"</note>\n");
        }
        for (column, name) in PROPS {
            let cell = column.cell(placed);
            if !cell.is_empty() {
                out.extend_from_slice(b"<prop type=\"");
                out.extend_from_slice(name.as_bytes());
                out.extend_from_slice(b"\">");
                text(&cell, out, told);
                out.extend_from_slice(b"</prop>\n");
            }
        }
        for (language, sentences) in [(&self.source, &unit.fr), (&self.target, &unit.en)] {
            if sentences.is_empty() {
                continue;
            }
            out.extend_from_slice(b"<tuv");
            out.extend_from_slice(language.as_bytes());
            out.extend_from_slice(b"><seg>");
            for (index, sentence) in sentences.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                text(sentence, out, told);
            }
            out.extend_from_slice(b"</seg></tuv>\n");
        }
        out.extend_from_slice(b"</tu>\n");
        Ok(())
    }

    fn end(&self, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(b"</body>\n</tmx>\n");
        Ok(())
    }
}

fn reader<'a>(input: Box<dyn BufRead + 'a>, options: &Options) -> Begun<'a> {
    let mut xml = Xml::new(input)?;
    xml.root("tmx", "TMX")?;
    xml.spaces(false);
    Ok(Box::new(TmxReader {
        xml,
        source: options.source.clone(),
        target: options.target.clone(),
        number: 0,
        others: BTreeMap::new(),
        codes: 0,
        text: String::new(),
        french: Side::default(),
        english: Side::default(),
    }))
}

/// One language's text of a unit, and how well its code fits.
#[derive(Default)]
struct Side {
    text: String,
    fit: u8,
}

impl Side {
    /// Takes a text whose language fits better than what is there.
    fn offer(&mut self, text: &str, fit: u8) {
        if fit > self.fit {
            self.text.clear();
            self.text.push_str(text);
            self.fit = fit;
        }
    }
}

struct TmxReader<'a> {
    xml: Xml<'a>,
    source: String,
    target: String,
    number: u64,
    /// Languages that are not read, with the number of their texts.
    others: BTreeMap<String, u64>,
    /// Inline codes that were left out.
    codes: u64,
    // Used again and again.
    text: String,
    french: Side,
    english: Side,
}

impl Reader for TmxReader<'_> {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        loop {
            match self.xml.next()? {
                Token::Open(tag) if tag.name() == "tu" => {
                    self.number += 1;
                    let place = Place { what: "tu", number: self.number };
                    into.start(place);
                    tag.attributes(|name, value| match name {
                        "tuid" => into.push(Column::Id, &value),
                        "changeid" => into.push(Column::By, &value),
                        "changedate" => into.push(Column::At, spread(&value, &mut [0; 20])),
                        _ => {}
                    })
                    .map_err(|error| error.at(place))?;
                    self.unit(place, into).map_err(|error| error.at(place))?;
                    return Ok(true);
                }
                Token::Open(_) | Token::Close | Token::Text(_) | Token::Other => {}
                Token::End => return Ok(false),
            }
        }
    }

    fn passed_over(&self) -> Vec<String> {
        let mut told: Vec<String> = self
            .others
            .iter()
            .map(|(language, texts)| format!("language `{language}` ({texts} texts)"))
            .collect();
        if self.codes > 0 {
            told.push(format!("what stands in {} inline codes (bpt, ept, it, ph, ut)", self.codes));
        }
        told
    }
}

impl TmxReader<'_> {
    /// Reads to the end of a `tu`.
    fn unit(&mut self, place: Place, into: &mut Received) -> Result<(), FormatError> {
        let depth = self.xml.depth();
        (self.french.fit, self.english.fit) = (0, 0);
        let mut notes = String::new();
        let mut languages: Vec<String> = Vec::new();
        while self.xml.depth() >= depth {
            let Token::Open(tag) = self.xml.next()? else { continue };
            match tag.name() {
                "note" => {
                    self.gather()?;
                    if !notes.is_empty() {
                        notes.push('\n');
                    }
                    notes.push_str(&self.text);
                }
                "prop" => {
                    let kind = tag.attribute("type")?;
                    let column = kind.and_then(|kind| {
                        let kind = kind.strip_prefix("x-").unwrap_or(&kind);
                        PROPS.iter().find(|(_, name)| &name[2..] == kind).map(|(column, _)| *column)
                    });
                    self.gather()?;
                    if let Some(column) = column {
                        into.push(column, &self.text);
                    }
                }
                "tuv" => {
                    let language = match tag.attribute("xml:lang")? {
                        Some(language) => Some(language),
                        // Before TMX 1.3.
                        None => tag.attribute("lang")?,
                    };
                    let language = language.unwrap_or_default();
                    let (fr, en) =
                        (language_fit(&language, &self.source), language_fit(&language, &self.target));
                    if fr == 0 && en == 0 {
                        languages.push(language.into_owned());
                    }
                    self.variant(fr, en, &mut notes)?;
                }
                _ => self.xml.skip()?,
            }
        }
        into.push(Column::Note, &notes);
        if self.french.fit == 0 && self.english.fit == 0 {
            let found = match languages.is_empty() {
                true => "no text".to_owned(),
                false => format!("the languages {}", languages.join(" ")),
            };
            let expected = format!("{} and {}", self.source, self.target);
            return Err(FormatError::Unit { place, found, expected });
        }
        for language in languages {
            *self.others.entry(language).or_default() += 1;
        }
        if self.french.fit > 0 {
            into.push(Column::Fr, &self.french.text);
        }
        if self.english.fit > 0 {
            into.push(Column::En, &self.english.text);
        }
        Ok(())
    }

    /// Reads to the end of a `tuv`.
    fn variant(&mut self, fr: u8, en: u8, notes: &mut String) -> Result<(), FormatError> {
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            let Token::Open(tag) = self.xml.next()? else { continue };
            match tag.name() {
                "seg" => {
                    self.gather()?;
                    self.french.offer(&self.text, fr);
                    self.english.offer(&self.text, en);
                }
                "note" => {
                    self.gather()?;
                    if !notes.is_empty() {
                        notes.push('\n');
                    }
                    notes.push_str(&self.text);
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// Gathers the text of the element that has just begun, to its end: without inline codes, but with what `hi`
    /// marks.
    fn gather(&mut self) -> Result<(), FormatError> {
        let depth = self.xml.depth();
        self.text.clear();
        self.xml.spaces(true);
        while self.xml.depth() >= depth {
            match self.xml.next()? {
                Token::Open(tag) if tag.name() != "hi" => {
                    self.codes += 1;
                    self.xml.skip()?;
                }
                token => token.add_to(&mut self.text)?,
            }
        }
        self.xml.spaces(false);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(file: &str) -> (Vec<String>, Vec<String>) {
        let mut reader = reader(Box::new(file.as_bytes()), &Options::default()).unwrap();
        let (mut seen, mut received) = (Vec::new(), Received::default());
        loop {
            match reader.read(&mut received) {
                Ok(true) => seen.push(
                    received
                        .cells()
                        .map(|(column, text)| format!("{column}={text}"))
                        .collect::<Vec<_>>()
                        .join("|"),
                ),
                Ok(false) => break,
                Err(error) => {
                    seen.push(error.to_string());
                    if !error.can_go_on() {
                        break;
                    }
                }
            }
        }
        (seen, reader.passed_over())
    }

    #[test]
    fn languages_in_any_case_and_order_are_told_apart_and_a_third_is_said() {
        let (units, passed_over) = all(concat!(
            "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\"><header srclang=\"*all*\"/><body>",
            "<tu tuid='1'><tuv xml:lang='EN-us'><seg>Yes.</seg></tuv><tuv xml:lang='de'><seg>Ja.</seg></tuv>",
            "<tuv xml:lang='FR_FR'><seg>Oui.</seg></tuv></tu>",
            "<tu><tuv lang='en-GB'><seg>Colour</seg></tuv><tuv lang='en'><seg>Color</seg></tuv>",
            "<tuv lang='fr'><seg>Cou<hi>l<ph>&lt;b></ph></hi>eur <![CDATA[<&]]>&#233;&amp;</seg></tuv></tu>",
            "<tu><tuv xml:lang='frp'><seg>x</seg></tuv><tuv xml:lang='de'><seg>x</seg></tuv></tu>",
            "<tu><note>a</note><prop type='x-status'>draft</prop><prop type='domain'>x</prop>",
            "<tuv xml:lang='fr'><note>b</note><prop type='x-kind'>y</prop><seg/></tuv></tu>",
            "</body></tmx>"
        ));
        assert_eq!(
            units,
            [
                "id=1|fr=Oui.|en=Yes.",
                "fr=Couleur <&é&|en=Color",
                "tu 3: found the languages frp de, expected fr and en",
                "status=draft|note=a\nb",
            ]
        );
        assert_eq!(
            passed_over,
            ["language `de` (1 texts)", "what stands in 1 inline codes (bpt, ept, it, ph, ut)"]
        );
    }

    #[test]
    fn a_time_goes_there_and_back() {
        assert_eq!(spread(&compact("2026-11-20T08:05:59Z"), &mut [0; 20]), "2026-11-20T08:05:59Z");
        assert_eq!(spread("20261120", &mut [0; 20]), "");
        assert_eq!(spread("été 2026 à midi ", &mut [0; 20]), "");
    }
}

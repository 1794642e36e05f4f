//! JSON Lines in the shape that Hugging Face `datasets` calls Translation: one object for each unit.
//!
//! `{"id":"…","translation":{"fr":"…","en":"…"}}`, and after these whatever columns were asked for. Read are such
//! lines, and flat ones with `fr` and `en` of their own. Datasets with a card and splits are made elsewhere (`dataset.rs`).

use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, BufRead, Read as _};

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::{
    Column, Columns, Decoded, Format, FormatError, Options, Place, Placed, Purpose, Read, Reader, Received,
    TextWriter, Told, Write, json, kept, same_language,
};

/// JSON Lines.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    title: "JSON Lines, as Hugging Face's Translation",
    endings: &["jsonl", "ndjson"],
    purpose: Purpose::Study,
    binary: false,
    feature: None,
    write: Write::Text(writer),
    read: Read::Stream(reader),
    columns: true,
    paragraphs: false,
    carries: Column::ALL,
    loses: "nothing of the texts",
    through: kept,
    opens: "datasets.load_dataset(\"json\", data_files=\"f.jsonl\"); pandas.read_json(f, lines=True)",
};

/// The columns that stand beside `id` and `translation`: none where the columns are the default ones.
pub(super) fn beside(columns: &Columns) -> Vec<Column> {
    if *columns == Columns::default() {
        return Vec::new();
    }
    let inside = [Column::Id, Column::Fr, Column::En];
    columns.all().iter().copied().filter(|column| !inside.contains(column)).collect()
}

/// Writes units as JSON Lines.
pub(super) struct JsonLines {
    beside: Vec<Column>,
    /// `,"translation":{"fr":`, and `,"en":`.
    before: [Vec<u8>; 2],
}

impl JsonLines {
    pub fn new(options: &Options) -> Self {
        let mut source = b",\"translation\":{".to_vec();
        json::string(&options.source, &mut source);
        source.push(b':');
        let mut target = b",".to_vec();
        json::string(&options.target, &mut target);
        target.push(b':');
        JsonLines { beside: beside(&options.columns), before: [source, target] }
    }

    /// Writes one unit's line.
    pub fn line(&self, placed: &Placed<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"id\":");
        json::string(placed.unit.id.as_str(), out);
        out.extend_from_slice(&self.before[0]);
        json::string(&Column::Fr.cell(placed), out);
        out.extend_from_slice(&self.before[1]);
        json::string(&Column::En.cell(placed), out);
        out.push(b'}');
        for column in &self.beside {
            out.extend_from_slice(b",\"");
            out.extend_from_slice(column.as_str().as_bytes());
            out.extend_from_slice(b"\":");
            match (column, placed.unit.score) {
                (Column::Score, Some(score)) => out.extend_from_slice(format!("{score:?}").as_bytes()),
                _ => match &*column.cell(placed) {
                    "" => out.extend_from_slice(b"null"),
                    number if is_number(*column) => out.extend_from_slice(number.as_bytes()),
                    text => json::string(text, out),
                },
            }
        }
        out.extend_from_slice(b"}\n");
    }
}

/// Whether what stands in this column is a whole number.
pub(super) const fn is_number(column: Column) -> bool {
    matches!(column, Column::Paragraph | Column::Sentence)
}

/// The type of a column, as Arrow calls it.
pub(super) fn kind(column: Column) -> &'static str {
    match column {
        Column::Score => "float64",
        column if is_number(column) => "int32",
        _ => "string",
    }
}

fn writer(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    Ok(Box::new(JsonLines::new(options)))
}

impl TextWriter for JsonLines {
    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        told.units += 1;
        self.line(placed, out);
        Ok(())
    }
}

/// A longer line is taken for something else than JSON Lines.
const LONGEST_BYTES: u64 = 256 << 20;
/// So deep may values be that are passed over: the limit of `serde_json`.
const DEEPEST: u64 = 128;

struct JsonReader<R> {
    input: Decoded<R>,
    line: Vec<u8>,
    number: u64,
    source: String,
    target: String,
    passed_over: BTreeSet<String>,
}

fn reader<'a>(input: Box<dyn BufRead + 'a>, options: &Options) -> Result<Box<dyn Reader + 'a>, FormatError> {
    let input = Decoded::new(input).map_err(|source| FormatError::Input { place: None, source })?;
    Ok(Box::new(JsonReader {
        input,
        line: Vec::new(),
        number: 0,
        source: options.source.clone(),
        target: options.target.clone(),
        passed_over: BTreeSet::new(),
    }))
}

impl<R: BufRead> Reader for JsonReader<R> {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        loop {
            self.line.clear();
            self.number += 1;
            let place = Place::line(self.number);
            let read = (&mut self.input).take(LONGEST_BYTES).read_until(b'\n', &mut self.line);
            let bytes = read.map_err(|source| FormatError::Input { place: Some(place), source })?;
            if bytes == 0 {
                return Ok(false);
            }
            if bytes as u64 == LONGEST_BYTES {
                let found = format!("a line of more than {LONGEST_BYTES} bytes");
                return Err(FormatError::Limit {
                    place: Some(place),
                    found,
                    limit: "line",
                    most: LONGEST_BYTES,
                });
            }
            if self.line.trim_ascii().is_empty() {
                continue;
            }
            into.start(place);
            return self.object(place, into).map(|()| true);
        }
    }

    fn has_ids(&self) -> bool {
        false
    }

    fn passed_over(&self) -> Vec<String> {
        self.passed_over.iter().cloned().collect()
    }
}

impl<R> JsonReader<R> {
    /// Understands one line.
    fn object(&mut self, place: Place, into: &mut Received) -> Result<(), FormatError> {
        let expected = || "an object with `translation`, one on each line".to_owned();
        let text = simdutf8::compat::from_utf8(&self.line).map_err(|error| {
            let found = format!("byte 0x{:02X}", self.line[error.valid_up_to()]);
            FormatError::Unit { place, found, expected: "UTF-8".to_owned() }
        })?;
        if !text.trim_start().starts_with('{') {
            let found = format!("`{}`", text.trim().chars().take(24).collect::<String>());
            return Err(FormatError::Unexpected { place: Some(place), found, expected: expected() });
        }
        let languages = [self.source.as_str(), self.target.as_str()];
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let mut object =
            Object { languages, passed_over: &mut self.passed_over, into, seen: 0, others: Vec::new() };
        let told = (&mut deserializer).deserialize_map(&mut object).and_then(|()| deserializer.end());
        told.map_err(|error| fault(place, &error))
    }
}

/// What is wrong with a line, in the words of the house.
fn fault(place: Place, error: &serde_json::Error) -> FormatError {
    let told = error.to_string();
    let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
    if told == "recursion limit exceeded" {
        let found = "values inside each other".to_owned();
        return FormatError::Limit { place: Some(place), found, limit: "depth", most: DEEPEST };
    }
    if told == ALIGNMENT_FILE {
        let expected = "lines with `translation` (alignment files are put into `alignments/`)".to_owned();
        return FormatError::Unexpected { place: Some(place), found: told.to_owned(), expected };
    }
    let surrogate = told.contains("surrogate") || told.contains("hex escape");
    let told = if surrogate { "half of a surrogate pair" } else { told };
    let (found, expected) = match told.split_once(", expected ") {
        Some((found, expected)) => (found.trim_start_matches("invalid type: "), expected),
        None => (told, "a JSON object whole on its line, each key once"),
    };
    let found = format!("{found} (byte {})", error.column());
    FormatError::Unit { place, found, expected: expected.to_owned() }
}

const ALIGNMENT_FILE: &str = "the header of an alignment file";

/// An object as it is read: its cells go straight to `into`.
struct Object<'r> {
    languages: [&'r str; 2],
    passed_over: &'r mut BTreeSet<String>,
    into: &'r mut Received,
    /// The columns that were read, a bit for each.
    seen: u64,
    /// The other keys.
    others: Vec<String>,
}

impl Object<'_> {
    /// Notes that a column was read; it may be so once.
    fn once<E: de::Error>(&mut self, column: Column) -> Result<(), E> {
        let bit = 1 << column as u64;
        if self.seen & bit != 0 {
            return Err(E::custom(format_args!("the key `{column}` twice")));
        }
        self.seen |= bit;
        Ok(())
    }

    /// Notes a key that is no column.
    fn other<E: de::Error>(&mut self, key: String) -> Result<(), E> {
        if self.others.contains(&key) {
            return Err(E::custom(format_args!("the key `{key}` twice")));
        }
        self.others.push(key);
        Ok(())
    }
}

impl<'de> Visitor<'de> for &mut Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `translation`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            if key == "translation" {
                self.other(key.into_owned())?;
                map.next_value_seed(Translation(&mut *self))?;
            } else if let Ok(column) = key.parse::<Column>() {
                self.once(column)?;
                map.next_value_seed(Cell { column, into: self.into })?;
            } else if key == "enregard" {
                return Err(de::Error::custom(ALIGNMENT_FILE));
            } else {
                self.passed_over.insert(format!("key `{key}`"));
                self.other(key.into_owned())?;
                let Passed = map.next_value()?;
            }
        }
        Ok(())
    }
}

/// The object under `translation`: texts by language.
struct Translation<'o, 'r>(&'o mut Object<'r>);

impl<'de> de::DeserializeSeed<'de> for Translation<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Translation<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [source, target] = self.0.languages;
        write!(f, "an object with `{source}` and `{target}`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Translation(object) = self;
        while let Some(Key(key)) = map.next_key()? {
            let place = object.languages.iter().position(|language| same_language(language, &key));
            if let Some(place) = place {
                let column = [Column::Fr, Column::En][place];
                object.once(column)?;
                map.next_value_seed(Cell { column, into: object.into })?;
            } else {
                object.passed_over.insert(format!("language `{key}`"));
                object.other(key.into_owned())?;
                let Passed = map.next_value()?;
            }
        }
        Ok(())
    }
}

/// A key, borrowed where it can be.
struct Key<'k>(std::borrow::Cow<'k, str>);

impl<'de> de::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(key.into()))
            }
            fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(key.to_owned().into()))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// A value that goes to a column: text, a number, or nothing.
struct Cell<'r> {
    column: Column,
    into: &'r mut Received,
}

impl<'de> de::DeserializeSeed<'de> for Cell<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text for `{}`", self.column)
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.into.push(self.column, text);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<(), E> {
        self.visit_f64(number as f64)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<(), E> {
        self.visit_f64(number as f64)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<(), E> {
        if self.column == Column::Score || is_number(self.column) {
            self.into.push(self.column, &number.to_string());
            return Ok(());
        }
        Err(E::invalid_type(de::Unexpected::Float(number), &self))
    }
}

/// Any value, read to its end for the sake of its faults, and dropped.
struct Passed;

impl<'de> de::Deserialize<'de> for Passed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Passed)
    }
}

impl<'de> Visitor<'de> for Passed {
    type Value = Passed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_str<E>(self, _: &str) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_unit<E>(self) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Passed, A::Error> {
        while let Some(Passed) = seq.next_element()? {}
        Ok(Passed)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Passed, A::Error> {
        while let Some((Passed, Passed)) = map.next_entry()? {}
        Ok(Passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Cells = Vec<(Column, String)>;

    fn read(text: &[u8]) -> (Vec<Result<Cells, String>>, Vec<String>) {
        let mut reader = reader(Box::new(text), &Options::default()).unwrap();
        let (mut all, mut received) = (Vec::new(), Received::default());
        loop {
            match reader.read(&mut received) {
                Ok(false) => break,
                Ok(true) => all.push(Ok(received.cells().map(|(c, text)| (c, text.to_owned())).collect())),
                Err(error) => {
                    let last = !error.can_go_on();
                    all.push(Err(error.to_string()));
                    if last {
                        break;
                    }
                }
            }
        }
        (all, reader.passed_over())
    }

    fn fault(text: &[u8]) -> String {
        read(text).0.remove(0).unwrap_err()
    }

    #[test]
    fn both_shapes_are_read_and_what_is_unknown_is_passed_over_and_named() {
        let text = "\u{FEFF}{\"translation\":{\"EN-gb\":\"Yes.\",\"fr\":\"Oui.\",\"de\":\"Ja.\"},\"id\":\"a000000001\"}\r\n\n\
                    {\"fr\":\"Non.\",\"en\":null,\"score\":1,\"paragraph\":3,\"x\":[{\"y\":[1,null]}]}";
        let (all, passed_over) = read(text.as_bytes());
        let cells = |cells: &[(Column, &str)]| -> Result<Cells, String> {
            Ok(cells.iter().map(|(column, text)| (*column, (*text).to_owned())).collect())
        };
        assert_eq!(
            all,
            [
                cells(&[(Column::En, "Yes."), (Column::Fr, "Oui."), (Column::Id, "a000000001")]),
                cells(&[(Column::Fr, "Non."), (Column::Score, "1"), (Column::Paragraph, "3")]),
            ]
        );
        assert_eq!(passed_over, ["key `x`", "language `de`"]);
    }

    #[test]
    fn what_is_no_line_of_units_is_told_with_its_line() {
        for (text, told) in [
            (
                "{\"id\":\"a\"",
                "line 1: found EOF while parsing an object (byte {}), expected a JSON object whole on its line, each key once",
            ),
            (
                "\n{\"id\":\"a\",\"id\":\"b\"}",
                "line 2: found the key `id` twice (byte {}), expected a JSON object whole on its line, each key once",
            ),
            (
                "{\"fr\":\"a\",\"translation\":{\"fr\":\"b\"}}",
                "line 1: found the key `fr` twice (byte {}), expected a JSON object whole on its line, each key once",
            ),
            (
                "{\"fr\":\"\\ud800\"}",
                "line 1: found half of a surrogate pair (byte {}), expected a JSON object",
            ),
            ("{\"fr\":[\"a\"]}", "line 1: found sequence (byte {}), expected text for `fr`"),
            ("{\"fr\":3}", "line 1: found floating point `3.0` (byte {}), expected text for `fr`"),
            (
                "{\"translation\":\"a\"}",
                "line 1: found string \"a\" (byte {}), expected an object with `fr` and `en`",
            ),
            ("{} {}", "line 1: found trailing characters (byte {})"),
            (
                "[{\"fr\":\"a\"}]",
                "line 1: found `[{\"fr\":\"a\"}]`, expected an object with `translation`, one on each line",
            ),
            (
                "{\"enregard\":1}",
                "line 1: found the header of an alignment file, expected lines with `translation`",
            ),
        ] {
            let found = fault(text.as_bytes());
            let (before, after) = told.split_once("{}").unwrap_or((told, ""));
            assert!(found.starts_with(before) && found.contains(after), "{found}");
        }
        assert_eq!(fault(b"{\"fr\":\"\xE9\"}"), "line 1: found byte 0xE9, expected UTF-8");
        let deep = format!("{{\"x\":{}", "[".repeat(100_000));
        assert_eq!(
            fault(deep.as_bytes()),
            "line 1: found values inside each other, more than the limit `depth` of 128"
        );
    }

    #[test]
    fn a_faulty_line_leaves_the_others() {
        let (all, _) = read(b"{\"fr\":\"a\"\n{\"fr\":\"b\"}\n");
        assert!(all[0].is_err() && all[1].is_ok());
    }
}

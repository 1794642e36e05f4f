//! JSON Lines, a line at a time.

use std::collections::BTreeSet;
use std::io::BufRead;

use serde::de::Deserializer as _;

use super::object::{ALIGNMENT_FILE, Object};
use crate::format::numbered::NumberedLines;
use crate::format::{FormatError, Options, Place, Reader, Received};

/// So deep may values be that are passed over: the limit of `serde_json`.
const DEEPEST: u64 = 128;

struct JsonReader<R> {
    lines: NumberedLines<R>,
    source: String,
    target: String,
    passed_over: BTreeSet<String>,
}

pub(super) fn reader<'a>(
    input: Box<dyn BufRead + 'a>,
    options: &Options,
) -> Result<Box<dyn Reader + 'a>, FormatError> {
    Ok(Box::new(JsonReader {
        lines: NumberedLines::new(input)?,
        source: options.source.clone(),
        target: options.target.clone(),
        passed_over: BTreeSet::new(),
    }))
}

impl<R: BufRead> Reader for JsonReader<R> {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        while self.lines.next()? {
            if self.lines.line.trim_ascii().is_empty() {
                continue;
            }
            let place = self.lines.place();
            into.start(place);
            return self.object(place, into).map(|()| true);
        }
        Ok(false)
    }

    fn has_ids(&self) -> bool {
        false
    }

    fn passed_over(&self) -> Vec<String> {
        self.passed_over.iter().cloned().collect()
    }
}

impl<R: BufRead> JsonReader<R> {
    /// Understands one line.
    fn object(&mut self, place: Place, into: &mut Received) -> Result<(), FormatError> {
        let expected = || "an object with `translation`, one on each line".to_owned();
        let text = simdutf8::compat::from_utf8(&self.lines.line).map_err(|error| {
            let found = format!("byte 0x{:02X}", self.lines.line[error.valid_up_to()]);
            FormatError::Unit { place, found, expected: "UTF-8".to_owned() }
        })?;
        if !text.trim_start().starts_with('{') {
            let found = format!("`{}`", text.trim().chars().take(24).collect::<String>());
            return Err(FormatError::Unexpected { place: Some(place), found, expected: expected() });
        }
        let languages = [self.source.as_str(), self.target.as_str()];
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let mut object = Object::new(languages, &mut self.passed_over, into);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Column;

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

//! A PO file line by line, as entries.

use std::io::BufRead;

use crate::format::numbered::NumberedLines;
use crate::format::{FormatError, Options, Reader, Received};

use super::COMMENTS;
use super::entry::{Entry, Part};
use super::unescape::unescape;

pub(super) fn reader<'a>(
    input: Box<dyn BufRead + 'a>,
    options: &Options,
) -> Result<Box<dyn Reader + 'a>, FormatError> {
    Ok(Box::new(Po {
        lines: NumberedLines::new(input)?,
        again: false,
        target: options.target.clone(),
        entry: Entry::default(),
        obsolete: 0,
        contexts: 0,
    }))
}

struct Po<R> {
    lines: NumberedLines<R>,
    /// The line at hand belongs to the next entry.
    again: bool,
    target: String,
    entry: Entry,
    obsolete: u64,
    contexts: u64,
}

impl<R: BufRead> Reader for Po<R> {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        loop {
            if !self.entry()? {
                return Ok(false);
            }
            if self.entry.context.is_none() && self.entry.id.as_ref().is_some_and(Vec::is_empty) {
                self.entry.check_header(&self.target)?;
                continue;
            }
            self.entry.received(into, &mut self.contexts)?;
            return Ok(true);
        }
    }

    fn passed_over(&self) -> Vec<String> {
        let mut told = Vec::new();
        if self.obsolete > 0 {
            told.push(format!("{} lines of obsolete entries (`#~`)", self.obsolete));
        }
        if self.contexts > 0 {
            told.push(format!("{} contexts (`msgctxt`) that are no units' ids", self.contexts));
        }
        told
    }
}

impl<R: BufRead> Po<R> {
    /// Reads the next line; false at the end.
    fn next_line(&mut self) -> Result<bool, FormatError> {
        if std::mem::take(&mut self.again) {
            return Ok(true);
        }
        self.lines.next()
    }

    fn unexpected(&self, found: impl Into<String>, expected: &str) -> FormatError {
        let place = Some(self.lines.place());
        FormatError::Unexpected { place, found: found.into(), expected: expected.to_owned() }
    }

    /// Reads one entry; false at the end.
    fn entry(&mut self) -> Result<bool, FormatError> {
        self.entry.clear();
        let begun = |entry: &Entry| entry.context.is_some() || entry.id.is_some();
        while self.next_line()? {
            let line = std::mem::take(&mut self.lines.line);
            let told = self.take(line.trim_ascii());
            self.lines.line = line;
            if told? {
                // It belongs to the entry that follows.
                self.again = true;
                return Ok(true);
            }
        }
        if begun(&self.entry) && self.entry.text.is_none() && !self.entry.plural {
            return Err(self.unexpected("the end of the file", "`msgid` and `msgstr`: the file is cut short"));
        }
        Ok(self.entry.text.is_some() || self.entry.plural)
    }

    /// Takes one line into the entry; true where it is the next entry's.
    fn take(&mut self, line: &[u8]) -> Result<bool, FormatError> {
        let ended = self.entry.text.is_some() || self.entry.plural;
        if line.is_empty() {
            return Ok(false);
        }
        if line.starts_with(b"#~") {
            self.obsolete += 1;
            return Ok(false);
        }
        let starts = |keyword: &[u8]| line.starts_with(keyword);
        if ended && (starts(b"#") || starts(b"msgctxt") || (starts(b"msgid") && !starts(b"msgid_plural"))) {
            return Ok(true);
        }
        if self.entry.number == 0 {
            self.entry.number = self.lines.number();
        }
        if let Some(rest) = line.strip_prefix(b"#") {
            self.comment(rest)?;
            return Ok(false);
        }
        self.string(line)?;
        Ok(false)
    }

    fn comment(&mut self, rest: &[u8]) -> Result<(), FormatError> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes.trim_ascii()).into_owned();
        match rest {
            [b',', flags @ ..] => {
                self.entry.fuzzy |=
                    flags.split(|byte| *byte == b',').any(|flag| flag.trim_ascii() == b"fuzzy");
            }
            [b'.', extracted @ ..] => {
                let extracted = text(extracted);
                let known = COMMENTS.iter().zip(&mut self.entry.comments);
                for ((_, before), value) in known {
                    if let Some(said) = extracted.strip_prefix(before) {
                        *value = said.to_owned();
                    }
                }
            }
            [b'|', former @ ..] => {
                let former = former.trim_ascii_start();
                if former.starts_with(b"msgid") && !former.starts_with(b"msgid_plural") {
                    self.entry.part = Part::Former;
                    self.quoted(&former[b"msgid".len()..])?;
                } else if former.starts_with(b"\"") {
                    self.quoted(former)?;
                } else {
                    self.entry.part = Part::Passed;
                }
            }
            [b':' | b'=', ..] => {}
            note => {
                if !self.entry.note.is_empty() {
                    self.entry.note.push('\n');
                }
                self.entry.note.push_str(&text(note));
            }
        }
        Ok(())
    }

    /// Takes a line with a keyword, or one that goes on with the string before it.
    fn string(&mut self, line: &[u8]) -> Result<(), FormatError> {
        if line.starts_with(b"\"") {
            return self.quoted(line);
        }
        let end = line.iter().position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'));
        let (keyword, rest) = line.split_at(end.unwrap_or(line.len()));
        let entry = &mut self.entry;
        let (part, twice) = match keyword {
            b"msgctxt" => (Part::Context, entry.context.replace(Vec::new()).is_some()),
            b"msgid" => (Part::Id, entry.id.replace(Vec::new()).is_some()),
            b"msgstr" if rest.starts_with(b"[") => {
                entry.plural = true;
                (Part::Passed, false)
            }
            b"msgstr" => (Part::Text, entry.text.replace(Vec::new()).is_some()),
            b"msgid_plural" => {
                entry.plural = true;
                (Part::Passed, false)
            }
            _ => {
                let found: String = String::from_utf8_lossy(line).chars().take(24).collect();
                return Err(self.unexpected(format!("`{found}`"), "msgctxt, msgid, msgstr or a comment"));
            }
        };
        entry.part = part;
        let keyword = String::from_utf8_lossy(keyword).into_owned();
        if twice {
            return Err(self.unexpected(format!("`{keyword}` again"), "it once in an entry"));
        }
        if part == Part::Text && self.entry.id.is_none() {
            return Err(self.unexpected("`msgstr`", "`msgid` before it"));
        }
        let rest = match (rest, memchr::memchr(b']', rest)) {
            ([b'[', ..], Some(end)) => &rest[end + 1..],
            _ => rest,
        };
        self.quoted(rest)
    }

    /// Takes a string in quotes to where strings go now.
    fn quoted(&mut self, line: &[u8]) -> Result<(), FormatError> {
        let line = line.trim_ascii();
        let inside = line.strip_prefix(b"\"").ok_or("no opening quote");
        let told = match (inside, self.entry.strings()) {
            (Err(told), _) => Err(told),
            (Ok(_), None) => Err("a string without a keyword before it"),
            (Ok(inside), Some(into)) => unescape(inside, into),
        };
        told.map_err(|told| self.unexpected(told, "a string in quotes, whole on its line"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::rev_of;
    use crate::format::Column;

    type Cells = Vec<(Column, String)>;

    fn read(text: &[u8]) -> Result<(Vec<Cells>, Vec<String>), String> {
        let mut reader = reader(Box::new(text), &Options::default()).map_err(|error| error.to_string())?;
        let (mut all, mut received) = (Vec::new(), Received::default());
        while reader.read(&mut received).map_err(|error| error.to_string())? {
            all.push(received.cells().map(|(column, text)| (column, text.to_owned())).collect());
        }
        Ok((all, reader.passed_over()))
    }

    #[test]
    fn an_entry_in_every_way_of_writing_is_read() {
        let text = "msgid \"\"\r\nmsgstr \"\"\r\n\"Language: en_GB\\n\"\r\n\"Content-Type: text/plain; charset=UTF-8\\n\"\r\n\r\n\
                    # une\n#  note\n#. kind: heading\n#. of theirs\n#: a.c:3\n#, c-format, fuzzy\n#| msgctxt \"x\"\n#| msgid \"\"\n#| \"Il a \"\n#| \"plu.\"\n\
                    msgctxt \"a000000001\"\nmsgid \"\"\n  \"Il pleut\\n\"\n\"\\303\\251\\xC3\\xA9\\v\"\nmsgstr \"It \\\"rains\\\".\"\n\
                    msgctxt \"theirs\"\nmsgid \"Oui.\"\nmsgstr \"\"\n\n#~ msgid \"Non.\"\n#~ msgstr \"No.\"\n";
        let (all, passed_over) = read(text.as_bytes()).unwrap();
        let expected = [
            (Column::Id, "a000000001"),
            (Column::Fr, "Il pleut\néé\u{B}"),
            (Column::En, "It \"rains\"."),
            (Column::Stale, "stale"),
            (Column::Was, "Il a plu."),
            (Column::Note, "une\nnote"),
            (Column::Kind, "heading"),
        ];
        assert_eq!(all[0], expected.map(|(column, text)| (column, text.to_owned())));
        assert_eq!(all[1], [(Column::Fr, "Oui.".to_owned())]);
        assert_eq!(all.len(), 2);
        assert_eq!(
            passed_over,
            ["2 lines of obsolete entries (`#~`)", "1 contexts (`msgctxt`) that are no units' ids"]
        );
    }

    #[test]
    fn a_status_comes_back_only_with_the_english_that_it_was_given_to() {
        let entry = |english: &str| {
            let rev = rev_of("Yes.");
            let text = format!("#. status: reviewed\n#. rev: {rev}\nmsgid \"Oui.\"\nmsgstr \"{english}\"\n");
            read(text.as_bytes()).unwrap().0.remove(0)
        };
        let status = (Column::Status, "reviewed".to_owned());
        assert!(entry("Yes.").contains(&status));
        assert!(!entry("Yes!").contains(&status));
        assert!(!entry("").contains(&status));
    }

    #[test]
    fn what_is_no_po_is_told_with_its_line() {
        for (text, told) in [
            (
                "msgid \"a\"\n",
                "line 2: found the end of the file, expected `msgid` and `msgstr`: the file is cut short",
            ),
            (
                "msgid \"a\nmsgstr \"b\"\n",
                "line 1: found a string without its closing quote, expected a string in quotes, whole on its line",
            ),
            (
                "msgid \"a\" b\"\n",
                "line 1: found text after the closing quote, expected a string in quotes, whole on its line",
            ),
            (
                "msgid \"a\"\nmsgstr \"\\q\"\n",
                "line 2: found an unknown escape, expected a string in quotes, whole on its line",
            ),
            (
                "\"a\"\n",
                "line 1: found a string without a keyword before it, expected a string in quotes, whole on its line",
            ),
            ("msgid \"a\"\nmsgid \"b\"\n", "line 2: found `msgid` again, expected it once in an entry"),
            ("msgstr \"b\"\n", "line 1: found `msgstr`, expected `msgid` before it"),
            ("id\tfr\n", "line 1: found `id\tfr`, expected msgctxt, msgid, msgstr or a comment"),
            ("msgid \"\"\nmsgstr \"Language: de\\n\"\n", "line 1: found the language `de`, expected `en`"),
            (
                "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n",
                "line 1: found a file in iso-8859-1, expected UTF-8 (`msgconv -t UTF-8` makes it so)",
            ),
            (
                "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\nmsgstr[1] \"d\"\n",
                "line 1: found plural forms, expected entries without: a sentence has none",
            ),
        ] {
            assert_eq!(read(text.as_bytes()).unwrap_err(), told);
        }
        assert_eq!(
            read(b"msgid \"\xE9\"\nmsgstr \"\"\n").unwrap_err(),
            "line 1: found byte 0xE9, expected UTF-8 (`msgconv -t UTF-8` makes it so)"
        );
    }
}

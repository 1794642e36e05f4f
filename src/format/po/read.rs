//! Entries of a PO file as what they say of units.

use std::io::{BufRead, Read};

use crate::bitext::{UnitId, rev_of};
use crate::format::{Column, Decoded, FormatError, Options, Place, Reader, Received, same_language};

use super::COMMENTS;

/// A longer line is taken for something else than PO.
const LONGEST_BYTES: u64 = 256 << 20;

pub(super) fn reader<'a>(
    input: Box<dyn BufRead + 'a>,
    options: &Options,
) -> Result<Box<dyn Reader + 'a>, FormatError> {
    let input = Decoded::new(input).map_err(|source| FormatError::Input { place: None, source })?;
    Ok(Box::new(Po {
        input,
        line: Vec::new(),
        number: 0,
        again: false,
        target: options.target.clone(),
        entry: Entry::default(),
        obsolete: 0,
        contexts: 0,
    }))
}

struct Po<R> {
    input: Decoded<R>,
    /// The line at hand, without its end.
    line: Vec<u8>,
    number: u64,
    /// The line at hand belongs to the next entry.
    again: bool,
    target: String,
    entry: Entry,
    obsolete: u64,
    contexts: u64,
}

/// What the strings that follow are part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd)]
enum Part {
    #[default]
    Comments,
    Context,
    Id,
    Text,
    /// The former French, or a former context.
    Former,
    Passed,
}

/// One entry, as it is read. It is used again for the next.
#[derive(Debug, Default)]
struct Entry {
    /// Its first line.
    number: u64,
    part: Part,
    context: Option<Vec<u8>>,
    id: Option<Vec<u8>>,
    text: Option<Vec<u8>>,
    former: Vec<u8>,
    fuzzy: bool,
    plural: bool,
    note: String,
    /// By the order of [`COMMENTS`].
    comments: [String; 4],
    /// Takes what is passed over.
    passed: Vec<u8>,
}

impl Entry {
    fn clear(&mut self) {
        let mut own = std::mem::take(&mut self.comments);
        own.iter_mut().for_each(String::clear);
        *self = Entry { comments: own, ..Entry::default() };
    }

    /// Where strings go now.
    fn strings(&mut self) -> Option<&mut Vec<u8>> {
        match self.part {
            Part::Comments => None,
            Part::Context => self.context.as_mut(),
            Part::Id => self.id.as_mut(),
            Part::Text => self.text.as_mut(),
            Part::Former => Some(&mut self.former),
            Part::Passed => Some(&mut self.passed),
        }
    }
}

impl<R: BufRead> Reader for Po<R> {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        loop {
            if !self.entry()? {
                return Ok(false);
            }
            if self.entry.context.is_none() && self.entry.id.as_ref().is_some_and(Vec::is_empty) {
                self.header()?;
                continue;
            }
            self.received(into)?;
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
        self.line.clear();
        self.number += 1;
        let place = Some(Place::line(self.number));
        let read = (&mut self.input).take(LONGEST_BYTES).read_until(b'\n', &mut self.line);
        let bytes = read.map_err(|source| FormatError::Input { place, source })?;
        if bytes as u64 == LONGEST_BYTES {
            let found = format!("a line of more than {LONGEST_BYTES} bytes");
            return Err(FormatError::Limit { place, found, limit: "line", most: LONGEST_BYTES });
        }
        let length = self.line.trim_ascii_end().len();
        self.line.truncate(length);
        Ok(bytes > 0)
    }

    fn unexpected(&self, found: impl Into<String>, expected: &str) -> FormatError {
        let place = Some(Place::line(self.number));
        FormatError::Unexpected { place, found: found.into(), expected: expected.to_owned() }
    }

    /// Reads one entry; false at the end.
    fn entry(&mut self) -> Result<bool, FormatError> {
        self.entry.clear();
        let begun = |entry: &Entry| entry.context.is_some() || entry.id.is_some();
        while self.next_line()? {
            let line = std::mem::take(&mut self.line);
            let told = self.take(line.trim_ascii_start());
            self.line = line;
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
            self.entry.number = self.number;
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

    /// What the header says must be what is read: UTF-8, and the target language.
    fn header(&mut self) -> Result<(), FormatError> {
        let text = self.entry.text.take().unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let place = Some(Place::line(self.entry.number));
        let unexpected = |found, expected: &str| {
            Err(FormatError::Unexpected { place, found, expected: expected.to_owned() })
        };
        for line in text.lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-type") {
                let charset =
                    value.to_lowercase().split_once("charset=").map(|(_, charset)| charset.to_owned());
                if let Some(charset) = charset
                    && !["utf-8", "utf8", "us-ascii", "ascii", "charset"].contains(&charset.trim())
                {
                    let found = format!("a file in {charset}");
                    return unexpected(found, "UTF-8 (`msgconv -t UTF-8` makes it so)");
                }
            } else if name.eq_ignore_ascii_case("language")
                && !value.is_empty()
                && !same_language(&self.target, value)
            {
                return unexpected(format!("the language `{value}`"), &format!("`{}`", self.target));
            }
        }
        Ok(())
    }

    /// What the entry says, with its fields understood.
    fn received(&mut self, into: &mut Received) -> Result<(), FormatError> {
        let entry = &mut self.entry;
        let place = Place::line(entry.number);
        into.start(place);
        if entry.plural {
            let expected = "entries without: a sentence has none".to_owned();
            return Err(FormatError::Unit { place, found: "plural forms".to_owned(), expected });
        }
        let utf8 = |bytes: Option<Vec<u8>>| {
            String::from_utf8(bytes.unwrap_or_default()).map_err(|error| {
                let byte = error.as_bytes()[error.utf8_error().valid_up_to()];
                let found = format!("byte 0x{byte:02X}");
                FormatError::Unit {
                    place,
                    found,
                    expected: "UTF-8 (`msgconv -t UTF-8` makes it so)".to_owned(),
                }
            })
        };
        let context = utf8(entry.context.take())?;
        let (french, english) = (utf8(entry.id.take())?, utf8(entry.text.take())?);
        let former = utf8(Some(std::mem::take(&mut entry.former)))?;
        match context.parse::<UnitId>() {
            Ok(_) => into.push(Column::Id, &context),
            Err(_) => self.contexts += u64::from(!context.is_empty()),
        }
        into.push(Column::Fr, &french);
        into.push(Column::En, &english);
        if entry.fuzzy && !former.is_empty() {
            into.push(Column::Stale, "stale");
            into.push(Column::Was, &former);
        }
        into.push(Column::Note, &entry.note);
        let [article, kind, status, rev] = &entry.comments;
        into.push(Column::Article, article);
        // Not said of a body in a file of ours, and nothing at all in another.
        into.push(Column::Kind, if kind.is_empty() && !article.is_empty() { "body" } else { kind });
        // Whoever changed the English has not changed the comment: the status was given to another text.
        if rev.is_empty() == english.is_empty() && (rev.is_empty() || rev_of(&english) == *rev) {
            into.push(Column::Status, status);
        }
        into.push(Column::Rev, rev);
        Ok(())
    }
}

/// Undoes the escapes of a string, from after its first quote to its last.
fn unescape(inside: &[u8], into: &mut Vec<u8>) -> Result<(), &'static str> {
    let mut rest = inside;
    loop {
        let Some(at) = memchr::memchr2(b'"', b'\\', rest) else {
            return Err("a string without its closing quote");
        };
        into.extend_from_slice(&rest[..at]);
        if rest[at] == b'"' {
            return if rest.len() == at + 1 { Ok(()) } else { Err("text after the closing quote") };
        }
        rest = &rest[at + 1..];
        let Some((&escape, after)) = rest.split_first() else {
            return Err("a string without its closing quote");
        };
        let digits = |most: usize, base: u32, from: &[u8]| {
            let count = from.iter().take(most).take_while(|b| char::from(**b).is_digit(base)).count();
            let value = from[..count].iter().fold(0, |value: u32, digit| {
                value * base + char::from(*digit).to_digit(base).unwrap_or_default()
            });
            (count, value)
        };
        match escape {
            b'n' => into.push(b'\n'),
            b't' => into.push(b'\t'),
            b'r' => into.push(b'\r'),
            b'v' => into.push(0xB),
            b'f' => into.push(0xC),
            b'a' => into.push(7),
            b'b' => into.push(8),
            b'\\' | b'"' | b'\'' | b'?' => into.push(escape),
            b'0'..=b'7' => {
                let (count, value) = digits(3, 8, rest);
                into.push(u8::try_from(value).map_err(|_| "an escape beyond a byte")?);
                rest = &rest[count..];
                continue;
            }
            b'x' => {
                let (count, value) = digits(2, 16, after);
                if count == 0 {
                    return Err("`\\x` without digits");
                }
                into.push(u8::try_from(value).map_err(|_| "an escape beyond a byte")?);
                rest = &after[count..];
                continue;
            }
            _ => return Err("an unknown escape"),
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

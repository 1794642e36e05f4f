//! A strict reader of JSON text that knows its place: a cursor, without any meaning of the keys.
//!
//! Strings without escapes are borrowed from the text. What is rare (escapes, values of unknown
//! keys) is handed to `serde_json`, so that there is one grammar of JSON in the house.

use std::borrow::Cow;

use memchr::memchr2;
use serde_json::value::RawValue;

use super::Fault;

/// A fault and the byte at which it was found.
pub(crate) type At<T> = Result<T, (usize, Fault)>;

/// A place in a text, and what can be read from it.
pub(crate) struct Cursor<'t> {
    text: &'t str,
    /// The byte that is read next.
    pub at: usize,
}

impl<'t> Cursor<'t> {
    pub fn new(text: &'t str) -> Self {
        Cursor { text, at: 0 }
    }

    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over white space, line ends too.
    pub fn skip_blank(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// After an object: nothing may follow on its line.
    pub fn line_end(&mut self) -> At<()> {
        while let Some(b' ' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
        match self.peek() {
            None => Ok(()),
            Some(b'\n') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.unexpected("the end of the line")),
        }
    }

    /// The next byte that is not blank must be `wanted`.
    pub fn expect(&mut self, wanted: u8, told: &str) -> At<()> {
        self.skip_blank();
        if self.peek() != Some(wanted) {
            return Err(self.unexpected(told));
        }
        self.at += 1;
        Ok(())
    }

    /// Passes over `wanted` if it is what comes next.
    fn pass(&mut self, wanted: u8) -> bool {
        self.skip_blank();
        let there = self.peek() == Some(wanted);
        self.at += usize::from(there);
        there
    }

    /// Reads an object, calling `field` after each `"key":`; it must read the value.
    pub fn object(&mut self, mut field: impl FnMut(&mut Self, usize, Cow<'t, str>) -> At<()>) -> At<()> {
        self.expect(b'{', "`{`")?;
        if self.pass(b'}') {
            return Ok(());
        }
        loop {
            self.skip_blank();
            let start = self.at;
            let key = self.string("a key in double quotes")?;
            self.expect(b':', "`:`")?;
            field(self, start, key)?;
            if self.pass(b'}') {
                return Ok(());
            }
            self.expect(b',', "`,` or `}`")?;
        }
    }

    /// Reads an array, calling `item` for each of its values; it must read the value.
    pub fn array(&mut self, told: &str, mut item: impl FnMut(&mut Self) -> At<()>) -> At<()> {
        self.expect(b'[', told)?;
        if self.pass(b']') {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.pass(b']') {
                return Ok(());
            }
            self.expect(b',', "`,` or `]`")?;
        }
    }

    /// Reads a string.
    pub fn string(&mut self, told: &str) -> At<Cow<'t, str>> {
        self.expect(b'"', told)?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut escaped = false;
        let mut end = start;
        loop {
            match memchr2(b'"', b'\\', &bytes[end..]) {
                None => {
                    end = bytes.len();
                    break;
                }
                Some(offset) if bytes[end + offset] == b'"' => {
                    end += offset;
                    break;
                }
                Some(offset) => {
                    escaped = true;
                    end = (end + offset + 2).min(bytes.len());
                }
            }
        }
        // One pass without branches; where it finds something, the place is looked for again.
        let own = &bytes[start..end];
        if own.iter().fold(false, |any, byte| any | (*byte < 0x20)) {
            let control = own.iter().position(|byte| *byte < 0x20).unwrap_or(0);
            self.at = start + control;
            return Err(self.unexpected("`\"` at the end of the string, or an escaped control character"));
        }
        if end == bytes.len() {
            self.at = end;
            return Err(self.unexpected("`\"` at the end of the string"));
        }
        self.at = end + 1;
        if !escaped {
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        match serde_json::from_str::<String>(&self.text[start - 1..=end]) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => Err(self.foreign(start - 1, &error)),
        }
    }

    /// Reads any value and gives its text as it stands.
    pub fn raw(&mut self) -> At<&'t str> {
        self.skip_blank();
        if self.peek().is_none() {
            return Err(self.unexpected("a value"));
        }
        let start = self.at;
        let mut values = serde_json::Deserializer::from_str(&self.text[start..]).into_iter::<&RawValue>();
        match values.next() {
            Some(Ok(value)) => {
                self.at = start + values.byte_offset();
                Ok(value.get())
            }
            Some(Err(error)) => Err(self.foreign(start, &error)),
            None => Err(self.unexpected("a value")),
        }
    }

    /// The fault that something other than `expected` stands here.
    pub fn unexpected(&self, expected: &str) -> (usize, Fault) {
        (self.at, self.found(self.at, expected))
    }

    fn found(&self, at: usize, expected: &str) -> Fault {
        let found = match self.text[at..].chars().next() {
            None => return Fault::CutShort { expected: expected.to_owned(), since: 0 },
            Some('\n' | '\r') => "the end of the line".to_owned(),
            Some(c) if c.is_control() || c == '\u{feff}' => format!("U+{:04X}", u32::from(c)),
            Some(_) => format!("`{}`", beginning(&self.text[at..])),
        };
        Fault::Found { found, expected: expected.to_owned() }
    }

    /// A fault that `serde_json` found in a value that begins at `start`.
    fn foreign(&self, start: usize, error: &serde_json::Error) -> (usize, Fault) {
        let value = &self.text[start..];
        let before: usize = value.split_inclusive('\n').take(error.line() - 1).map(str::len).sum();
        let mut at = (start + before + error.column().saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        if error.is_eof() {
            return (
                self.text.len(),
                Fault::CutShort { expected: "the rest of a value".to_owned(), since: 0 },
            );
        }
        let told = error.to_string();
        let told = told.split(" at line ").next().unwrap_or(&told);
        (at, Fault::Json(told.to_owned()))
    }
}

/// The next word or sign, for a message.
fn beginning(text: &str) -> String {
    let line = text.split(['\n', '\r']).next().unwrap_or("");
    let mut short: String = line.chars().take(24).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

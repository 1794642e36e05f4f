//! XML as formats need it: texts escaped and held to XML 1.0's characters, and a reader that opens nothing,
//! expands nothing and swallows no bomb.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::decode::Decoded;
use super::limits::{TEXT_BYTES, XML_ATTRIBUTES, XML_DEPTH, XML_TOKEN_BYTES};
use super::{FormatError, Place, Told};

/// Whether XML 1.0 can hold this character (production 2, `Char`).
pub const fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// What a text is after it went through XML: a control that parts lines is a space, all else that XML cannot hold
/// is left out.
pub fn through_xml(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_xml) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(|c| if is_xml(c) { Some(c) } else { instead(c) }).collect())
}

/// What stands for a character that XML cannot hold.
const fn instead(c: char) -> Option<char> {
    match c {
        '\u{B}' | '\u{C}' | '\u{1C}'..='\u{1E}' => Some(' '),
        _ => None,
    }
}

/// How a loss of characters is told.
pub const LOST: &str = "control characters that XML cannot hold became a space or were left out";

/// Bytes that need something done in a text: controls, `&<>`, and 0xEF, with which U+FFFE and U+FFFF begin.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'&' as usize] = true;
    table[b'<' as usize] = true;
    table[b'>' as usize] = true;
    table[b'"' as usize] = true;
    table[0xEF] = true;
    table
};

/// Adds a text between tags.
pub fn text(text: &str, out: &mut Vec<u8>, told: &mut Told) {
    escaped(text, false, out, told);
}

/// Adds a text between tags, in which XLIFF 2's `<cp/>` stands for a character that XML cannot hold: nothing is
/// lost.
pub fn text_with_cp(text: &str, out: &mut Vec<u8>) {
    let mut rest = text;
    let mut told = Told::default();
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| !is_xml(*c)) {
        escaped(&rest[..at], false, out, &mut told);
        out.extend_from_slice(format!("<cp hex=\"{:04X}\"/>", u32::from(c)).as_bytes());
        rest = &rest[at + c.len_utf8()..];
    }
    escaped(rest, false, out, &mut told);
}

/// Adds an attribute's value, without its quotes; for `"` around it.
pub fn value(text: &str, out: &mut Vec<u8>, told: &mut Told) {
    escaped(text, true, out, told);
}

/// Adds an attribute with a space before it: ` name="value"`.
pub fn attribute(name: &str, text: &str, out: &mut Vec<u8>, told: &mut Told) {
    out.push(b' ');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"=\"");
    value(text, out, told);
    out.push(b'"');
}

fn escaped(text: &str, in_attribute: bool, out: &mut Vec<u8>, told: &mut Told) {
    let bytes = text.as_bytes();
    let mut from = 0;
    let mut lost = 0;
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| SPECIAL[usize::from(*byte)]) {
        at += next;
        let (instead, length): (&[u8], usize) = match bytes[at] {
            b'&' => (b"&amp;", 1),
            b'<' => (b"&lt;", 1),
            b'>' => (b"&gt;", 1),
            b'"' if in_attribute => (b"&quot;", 1),
            // A reader makes LF of CR, and a space of any in an attribute.
            b'\r' => (b"&#13;", 1),
            b'\n' if in_attribute => (b"&#10;", 1),
            b'\t' if in_attribute => (b"&#9;", 1),
            b'\n' | b'\t' | b'"' => (b"", 0),
            0xEF if bytes[at + 1] == 0xBF && bytes[at + 2] >= 0xBE => (b"", 3),
            0xEF => (b"", 0),
            _ => (b"", 1),
        };
        if length == 0 {
            at += 1;
            continue;
        }
        out.extend_from_slice(&bytes[from..at]);
        out.extend_from_slice(instead);
        if instead.is_empty() {
            lost += 1;
            if length == 1 && super::xml::instead(char::from(bytes[at])).is_some() {
                out.push(b' ');
            }
        }
        at += length;
        from = at;
    }
    out.extend_from_slice(&bytes[from..]);
    told.lose(LOST, lost);
}

/// A point in an XML file.
#[derive(Debug)]
pub enum Token<'t> {
    /// An element begins; one that is empty ends with the next token.
    Open(Tag<'t>),
    /// The innermost element ends.
    Close,
    /// Text, with every reference resolved; it may go on in the next token.
    Text(Cow<'t, str>),
    /// What says nothing: a comment, a processing instruction, the document type.
    Other,
    /// The file ends, as it may.
    End,
}

/// The beginning of an element.
#[derive(Debug)]
pub struct Tag<'t>(BytesStart<'t>);

impl Tag<'_> {
    /// Its name without a prefix.
    pub fn name(&self) -> &str {
        local(self.0.name())
    }

    /// Every attribute in order: its name, and its value.
    ///
    /// # Errors
    ///
    /// [`FormatError`] where the attributes are none, or too many.
    pub fn attributes(&self, mut take: impl FnMut(&str, Cow<'_, str>)) -> Result<(), FormatError> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        for (number, attribute) in (1..).zip(attributes) {
            XML_ATTRIBUTES.check(number, "attributes in one element", None)?;
            let attribute = attribute.map_err(no_xml)?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            take(attribute.key.as_ref(), value.map_err(|error| no_xml(entity(&error)))?);
        }
        Ok(())
    }

    /// An attribute by its name, with or without a prefix as it is asked for.
    ///
    /// # Errors
    ///
    /// [`FormatError`] where the attributes are none, or too many.
    pub fn attribute(&self, name: &str) -> Result<Option<Cow<'_, str>>, FormatError> {
        let mut attributes = self.0.attributes();
        // Two of one name are found out by no one, but cost the square of their number to find.
        attributes.with_checks(false);
        for (number, attribute) in (1..).zip(attributes) {
            XML_ATTRIBUTES.check(number, "attributes in one element", None)?;
            let attribute = attribute.map_err(no_xml)?;
            if attribute.key.as_ref() == name {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                return Ok(Some(value.map_err(|error| no_xml(entity(&error)))?));
            }
        }
        Ok(None)
    }
}

fn local(name: QName<'_>) -> &str {
    // The name lives as long as what it was read from, which its own method does not say.
    let name = name.into_inner();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Reads XML token by token.
///
/// The document type is passed over unread: nothing that it names is opened, no entity that it declares
/// is known. A reference to such an entity is a fault.
pub struct Xml<'a> {
    reader: quick_xml::Reader<Watched<'a>>,
    buffer: Vec<u8>,
    depth: u64,
    /// The root has begun.
    begun: bool,
}

impl<'a> Xml<'a> {
    /// Reads from `input`: UTF-8, UTF-16, or what its declaration names.
    ///
    /// # Errors
    ///
    /// As `input` has them, or where its encoding is unknown.
    pub fn new(input: Box<dyn BufRead + 'a>) -> Result<Xml<'a>, FormatError> {
        let told = |source| FormatError::Input { place: None, source };
        let mut input = Decoded::new(input).map_err(told)?;
        let mut first = Vec::new();
        (&mut input).take(256).read_to_end(&mut first).map_err(told)?;
        let named = declared(&first);
        let first = io::Cursor::new(first).chain(input);
        let input: Box<dyn Read + 'a> = match named {
            Some(name) => match encoding_rs::Encoding::for_label(name.as_bytes()) {
                // UTF-16 was decoded before its declaration could be read.
                Some(encoding) if encoding.is_ascii_compatible() && encoding != encoding_rs::UTF_8 => {
                    Box::new(Decoded::in_encoding(first, encoding))
                }
                Some(_) => Box::new(first),
                None => {
                    return Err(FormatError::Unexpected {
                        place: Some(Place::line(1)),
                        found: format!("the encoding `{name}`"),
                        expected: "UTF-8, UTF-16 or another that is known".to_owned(),
                    });
                }
            },
            None => Box::new(first),
        };
        let input = Watched {
            input,
            buffer: vec![0; BUFFER_BYTES],
            at: 0,
            end: 0,
            token: 0,
            past_limit: false,
            lines: 0,
        };
        let mut reader = quick_xml::Reader::from_reader(input);
        reader.config_mut().expand_empty_elements = true;
        Ok(Xml { reader, buffer: Vec::new(), depth: 0, begun: false })
    }

    /// Reads up to the root element, which must be `name`; returns nothing of it.
    ///
    /// # Errors
    ///
    /// As [`Xml::next`]; where the root is another element.
    pub fn root(&mut self, name: &str, title: &str) -> Result<(), FormatError> {
        loop {
            match self.next()? {
                Token::Open(tag) if tag.name() == name => return Ok(()),
                Token::Open(tag) => {
                    return Err(FormatError::Unexpected {
                        place: None,
                        found: format!("the element <{}>", tag.name()),
                        expected: format!("{title}, which begins with <{name}>"),
                    });
                }
                _ => {}
            }
        }
    }

    /// Passes over the rest of the element that has just begun.
    ///
    /// # Errors
    ///
    /// As [`Xml::next`].
    pub fn skip(&mut self) -> Result<(), FormatError> {
        let depth = self.depth;
        while self.depth >= depth {
            self.next()?;
        }
        Ok(())
    }

    /// Whether white space between tags is text, as it is unless said otherwise: what holds elements alone is read
    /// faster without.
    pub fn spaces(&mut self, are_text: bool) {
        self.reader.config_mut().trim_text_start = !are_text;
    }

    /// How many elements are open.
    pub fn depth(&self) -> u64 {
        self.depth
    }

    /// The next token.
    ///
    /// # Errors
    ///
    /// [`FormatError`]: not well-formed, cut short, or beyond a limit.
    pub fn next(&mut self) -> Result<Token<'_>, FormatError> {
        self.buffer.clear();
        let watched = self.reader.get_mut();
        watched.token = 0;
        watched.past_limit = false;
        Ok(match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                self.begun = true;
                self.depth += 1;
                if self.depth > XML_DEPTH.most {
                    let place = Some(Place::line(self.reader.get_ref().line()));
                    XML_DEPTH.check(self.depth, "elements within each other", place)?;
                }
                Token::Open(Tag(start))
            }
            Ok(Event::End(_)) => {
                self.depth -= 1;
                Token::Close
            }
            Ok(Event::Text(text)) => Token::Text(text.xml10_content()),
            Ok(Event::CData(text)) => Token::Text(text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => match resolved(&reference) {
                Ok(c) => Token::Text(Cow::Owned(c.into())),
                Err(error) => return Err(error.at(Place::line(self.reader.get_ref().line()))),
            },
            Ok(Event::Comment(_) | Event::PI(_) | Event::DocType(_) | Event::Decl(_)) => Token::Other,
            Ok(Event::Eof) if self.depth == 0 && self.begun => Token::End,
            Ok(Event::Eof) => {
                let found = match self.begun {
                    true => "the end of the file inside an element",
                    false => "no XML at all",
                };
                let place = Some(Place::line(self.reader.get_ref().line()));
                let (found, expected) = (found.to_owned(), "the rest: it is cut short".to_owned());
                return Err(FormatError::Unexpected { place, found, expected });
            }
            Err(error) => return Err(fault(error, self.reader.get_ref())),
        })
    }
}

impl Token<'_> {
    /// Adds its text to a text that is gathered; what is no text adds nothing.
    ///
    /// # Errors
    ///
    /// Where the whole is beyond its limit.
    pub fn add_to(&self, whole: &mut String) -> Result<(), FormatError> {
        if let Token::Text(text) = self {
            TEXT_BYTES.check((whole.len() + text.len()) as u64, "bytes in one text", None)?;
            whole.push_str(text);
        }
        Ok(())
    }
}

/// What a reference stands for: one of XML's own five, or a character by its number.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Result<char, FormatError> {
    let name: &str = reference;
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return match is_xml(c) {
            true => Ok(c),
            false => Err(FormatError::Unexpected {
                place: None,
                found: format!("`&{name};`"),
                expected: "a character that XML can hold".to_owned(),
            }),
        };
    }
    Ok(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let found = format!("`&{}`", name.chars().take(40).chain([';']).collect::<String>());
            return Err(no_xml(entity(&found)));
        }
    })
}

/// What is said of an entity that is not XML's own.
fn entity(found: &impl ToString) -> String {
    format!("{}: entities that a file declares are neither opened nor expanded", found.to_string())
}

fn no_xml(found: impl ToString) -> FormatError {
    FormatError::Unexpected {
        place: None,
        found: found.to_string(),
        expected: "well-formed XML with its own five entities only".to_owned(),
    }
}

fn fault(error: Error, input: &Watched<'_>) -> FormatError {
    let place = Some(Place::line(input.line()));
    if input.past_limit {
        let found = format!("{} bytes in one tag, text or document type", input.token);
        let (limit, most) = (XML_TOKEN_BYTES.name, XML_TOKEN_BYTES.most);
        return FormatError::Limit { place, found, limit, most };
    }
    match error {
        Error::Io(source) => {
            FormatError::Input { place, source: io::Error::new(source.kind(), source.to_string()) }
        }
        Error::Encoding(_) => FormatError::Unexpected {
            place,
            found: "bytes that are no UTF-8".to_owned(),
            expected: "the encoding that the file declares".to_owned(),
        },
        error => FormatError::Unexpected {
            place,
            found: error.to_string(),
            expected: "well-formed XML".to_owned(),
        },
    }
}

/// The encoding that an XML declaration names, in lower case.
fn declared(first: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(first);
    let declaration = text.strip_prefix("<?xml")?.split("?>").next()?;
    let rest = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(rest[1..].split(quote).next()?.to_lowercase())
}

/// What is read of a file: a buffer that counts lines, and the bytes since the last token began.
struct Watched<'a> {
    input: Box<dyn Read + 'a>,
    buffer: Vec<u8>,
    /// What is read of the buffer, and how far it is filled.
    at: usize,
    end: usize,
    token: u64,
    past_limit: bool,
    /// Line ends before the buffer.
    lines: u64,
}

const BUFFER_BYTES: usize = 1 << 16;

impl Watched<'_> {
    /// The line that is read, from 1.
    fn line(&self) -> u64 {
        1 + self.lines + memchr::memchr_iter(b'\n', &self.buffer[..self.at]).count() as u64
    }

    #[cold]
    #[inline(never)]
    fn fill(&mut self) -> io::Result<()> {
        if self.token > XML_TOKEN_BYTES.most {
            self.past_limit = true;
            return Err(io::Error::other("a token that is too long"));
        }
        self.lines += memchr::memchr_iter(b'\n', &self.buffer[..self.end]).count() as u64;
        (self.at, self.end) = (0, 0);
        self.end = loop {
            match self.input.read(&mut self.buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        Ok(())
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let read = bytes.len().min(into.len());
        into[..read].copy_from_slice(&bytes[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Watched<'_> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            self.fill()?;
        }
        Ok(&self.buffer[self.at..self.end])
    }

    #[inline]
    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
        self.token += bytes as u64;
    }
}

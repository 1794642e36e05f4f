//! Reads XML token by token, whatever its encoding.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use quick_xml::events::Event;

use super::token::{Tag, Token, fault, resolved};
use super::watched::Watched;
use crate::format::decode::Decoded;
use crate::format::limits::XML_DEPTH;
use crate::format::{FormatError, Place};

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
        let mut reader = quick_xml::Reader::from_reader(Watched::new(input));
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

/// The encoding that an XML declaration names, in lower case.
fn declared(first: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(first);
    let declaration = text.strip_prefix("<?xml")?.split("?>").next()?;
    let rest = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(rest[1..].split(quote).next()?.to_lowercase())
}

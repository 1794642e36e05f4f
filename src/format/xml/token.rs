//! What an XML file is made of, and what is said where it is not.

use std::borrow::Cow;
use std::io;

use quick_xml::errors::Error;
use quick_xml::events::{BytesRef, BytesStart};
use quick_xml::name::QName;

use super::is_xml;
use super::watched::Watched;
use crate::format::limits::{TEXT_BYTES, XML_ATTRIBUTES, XML_TOKEN_BYTES};
use crate::format::{FormatError, Place};

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
pub struct Tag<'t>(pub(super) BytesStart<'t>);

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
pub(super) fn resolved(reference: &BytesRef<'_>) -> Result<char, FormatError> {
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

pub(super) fn fault(error: Error, input: &Watched<'_>) -> FormatError {
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

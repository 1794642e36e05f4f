//! What a file that comes in may not exceed, so that a bomb is told and not swallowed. Each limit has a name.

use super::{FormatError, Place};

/// A limit: its name, and the most that may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// As messages name it.
    pub name: &'static str,
    /// The most that may be.
    pub most: u64,
}

/// Elements within elements.
pub const XML_DEPTH: Limit = Limit { name: "XML depth", most: 256 };
/// Attributes of one element.
pub const XML_ATTRIBUTES: Limit = Limit { name: "XML attributes", most: 256 };
/// Bytes of one tag, comment or document type.
pub const XML_TOKEN_BYTES: Limit = Limit { name: "XML token bytes", most: 64 << 20 };
/// Bytes of one line, where lines matter: a longer one is something else.
pub const LINE_BYTES: Limit = Limit { name: "line bytes", most: 256 << 20 };
/// Bytes of one text: a sentence, a note.
pub const TEXT_BYTES: Limit = Limit { name: "text bytes", most: 64 << 20 };

impl Limit {
    /// The error where `found` is more than the limit; `what` is counted.
    pub fn check(self, found: u64, what: &str, place: Option<Place>) -> Result<(), FormatError> {
        if found <= self.most {
            return Ok(());
        }
        let found = format!("{found} {what}");
        Err(FormatError::Limit { place, found, limit: self.name, most: self.most })
    }
}

//! One entry of a PO file, and what it says.

use crate::bitext::{UnitId, rev_of};
use crate::format::{Column, FormatError, Place, Received, same_language};

/// What the strings that follow are part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd)]
pub(super) enum Part {
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
pub(super) struct Entry {
    /// Its first line.
    pub number: u64,
    pub part: Part,
    pub context: Option<Vec<u8>>,
    pub id: Option<Vec<u8>>,
    pub text: Option<Vec<u8>>,
    pub former: Vec<u8>,
    pub fuzzy: bool,
    pub plural: bool,
    pub note: String,
    /// By the order of [`COMMENTS`](super::COMMENTS).
    pub comments: [String; 4],
    /// Takes what is passed over.
    pub passed: Vec<u8>,
}

impl Entry {
    /// Begins the next one.
    pub fn clear(&mut self) {
        let mut own = std::mem::take(&mut self.comments);
        own.iter_mut().for_each(String::clear);
        *self = Entry { comments: own, ..Entry::default() };
    }

    /// Where strings go now.
    pub fn strings(&mut self) -> Option<&mut Vec<u8>> {
        match self.part {
            Part::Comments => None,
            Part::Context => self.context.as_mut(),
            Part::Id => self.id.as_mut(),
            Part::Text => self.text.as_mut(),
            Part::Former => Some(&mut self.former),
            Part::Passed => Some(&mut self.passed),
        }
    }

    /// What the header says must be what is read: UTF-8, and the target language.
    pub fn check_header(&mut self, target: &str) -> Result<(), FormatError> {
        let text = self.text.take().unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let place = Some(Place::line(self.number));
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
                && !same_language(target, value)
            {
                return unexpected(format!("the language `{value}`"), &format!("`{target}`"));
            }
        }
        Ok(())
    }

    /// What it says of a unit. Where its context is no unit's id, that is counted in `contexts`.
    pub fn received(&mut self, into: &mut Received, contexts: &mut u64) -> Result<(), FormatError> {
        let place = Place::line(self.number);
        into.start(place);
        if self.plural {
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
        let context = utf8(self.context.take())?;
        let (french, english) = (utf8(self.id.take())?, utf8(self.text.take())?);
        let former = utf8(Some(std::mem::take(&mut self.former)))?;
        match context.parse::<UnitId>() {
            Ok(_) => into.push(Column::Id, &context),
            Err(_) => *contexts += u64::from(!context.is_empty()),
        }
        into.push(Column::Fr, &french);
        into.push(Column::En, &english);
        if self.fuzzy && !former.is_empty() {
            into.push(Column::Stale, "stale");
            into.push(Column::Was, &former);
        }
        into.push(Column::Note, &self.note);
        let [article, kind, status, rev] = &self.comments;
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

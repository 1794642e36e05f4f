//! An article's units in order, and the laws that hold among them.

use std::collections::HashSet;

use super::{Extra, Span, Status, Unit, UnitId, byte_order_mark};

/// What stands in the first line of an alignment file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The article's stem.
    pub article: String,
    /// The source language's code.
    pub source: String,
    /// The target language's code.
    pub target: String,
    /// SHA-256 of the seed that the units cover, in lower-case hexadecimal.
    pub sha256: String,
    /// The splitter that made the units, with its version (`fr/1`).
    pub splitter: String,
    /// `title url publisher author date licence translator edition` and the original file's
    /// `encoding` and `original_sha256`, where known; in that order.
    pub about: Vec<(String, String)>,
    /// Keys that this version does not know, in the order of the file.
    pub extra: Vec<Extra>,
}

impl Header {
    /// The header of an article of which nothing else is known: its stem, its languages' codes, source first, the
    /// seed's SHA-256, and the splitter with its version.
    pub fn new(article: &str, [source, target]: [&str; 2], sha256: &str, splitter: &str) -> Self {
        Header {
            article: article.to_owned(),
            source: source.to_owned(),
            target: target.to_owned(),
            sha256: sha256.to_owned(),
            splitter: splitter.to_owned(),
            about: Vec::new(),
            extra: Vec::new(),
        }
    }
}

/// An article's units in reading order: every sentence exactly once, orphans last.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    header: Header,
    units: Vec<Unit>,
}

/// A law that a list of units breaks, whatever its article says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// Two units have one id.
    #[error("id {id} stands at unit {first} and again at unit {second}")]
    DuplicateId {
        /// The id.
        id: UnitId,
        /// The first unit that has it, counted from 1.
        first: usize,
        /// The second.
        second: usize,
    },
    /// A unit has neither French nor English.
    #[error("unit {0} ({1}) has neither French nor English")]
    Empty(usize, UnitId),
    /// An orphan has French, or something that is no orphan comes after one.
    #[error("unit {0} ({1}): orphans have no French and stand after all other units")]
    OrphanPlace(usize, UnitId),
}

/// Where units and article part ways.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CoverError {
    /// The next thing in the article is not this unit's sentence.
    #[error(
        "unit {unit} ({id}) is nowhere in the article after byte {at}: found `{found}`, expected `{expected}`"
    )]
    Elsewhere {
        /// The unit, counted from 1.
        unit: usize,
        /// Its id.
        id: UnitId,
        /// Where it was looked for, in bytes.
        at: usize,
        /// The first characters of what stands there.
        found: String,
        /// The first characters of the unit's sentence.
        expected: String,
    },
    /// The article goes on after the last unit.
    #[error("the article goes on after its last unit, at byte {at}: `{found}`")]
    Uncovered {
        /// Where, in bytes.
        at: usize,
        /// The first characters there.
        found: String,
    },
    /// The units break a law of their own.
    #[error(transparent)]
    Law(#[from] LawError),
}

impl Alignment {
    /// The alignment of the article whose text is `text`.
    ///
    /// # Errors
    ///
    /// [`CoverError`] where the units are not every sentence exactly once, in order.
    pub fn new(header: Header, units: Vec<Unit>, text: &str) -> Result<Self, CoverError> {
        let alignment = Alignment::of_changed(header, units)?;
        alignment.covers(text)?;
        Ok(alignment)
    }

    /// The alignment of an article whose text has changed since: only the units' own laws are checked.
    ///
    /// # Errors
    ///
    /// [`LawError`].
    pub fn of_changed(header: Header, mut units: Vec<Unit>) -> Result<Self, LawError> {
        let mut orphans = false;
        for (index, unit) in units.iter_mut().enumerate() {
            // What is derived is not stored: English without status is a draft, and no other is.
            unit.status = match unit.status {
                Status::Untranslated if unit.has_english() => Status::Draft,
                Status::Draft if !unit.has_english() => Status::Untranslated,
                status => status,
            };
            if unit.fr.is_empty() && unit.en.is_empty() && unit.status != Status::Orphan {
                return Err(LawError::Empty(index + 1, unit.id));
            }
            let orphan = unit.status == Status::Orphan;
            if (orphan && !unit.fr.is_empty()) || (orphans && !orphan) {
                return Err(LawError::OrphanPlace(index + 1, unit.id));
            }
            orphans = orphan;
        }
        let mut seen = HashSet::with_capacity(units.len());
        if let Some(second) = units.iter().position(|unit| !seen.insert(unit.id)) {
            let id = units[second].id;
            let first = units.iter().position(|unit| unit.id == id).unwrap_or(second);
            return Err(LawError::DuplicateId { id, first: first + 1, second: second + 1 });
        }
        Ok(Alignment { header, units })
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The units in order.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The unit with this id (or that was merged from it), and its place.
    pub fn find(&self, id: UnitId) -> Option<(usize, &Unit)> {
        let own = self.units.iter().position(|unit| unit.id == id);
        let place = own.or_else(|| self.units.iter().position(|unit| unit.more.was_ids.contains(&id)))?;
        Some((place, &self.units[place]))
    }

    /// Its parts, to make another of.
    pub fn into_parts(self) -> (Header, Vec<Unit>) {
        (self.header, self.units)
    }

    /// Where each unit's sentences stand in `text`; a list for each unit, in order.
    ///
    /// One walk: between sentences the article has only white space. O(bytes).
    ///
    /// # Errors
    ///
    /// [`CoverError`] where `text` is not what the units cover.
    pub fn spans(&self, text: &str) -> Result<Vec<Vec<Span>>, CoverError> {
        let mut all: Vec<_> = self.units.iter().map(|unit| Vec::with_capacity(unit.fr.len())).collect();
        self.walk(text, |unit, span| all[unit].push(span))?;
        Ok(all)
    }

    /// Whether the units are every sentence of `text` exactly once, in order: [`Alignment::spans`] without the spans.
    ///
    /// # Errors
    ///
    /// As [`Alignment::spans`].
    pub fn covers(&self, text: &str) -> Result<(), CoverError> {
        self.walk(text, |_, _| {})
    }

    /// Goes through the text with the units; `seen` hears each unit's place among them and each sentence's in the text.
    fn walk(&self, text: &str, mut seen: impl FnMut(usize, Span)) -> Result<(), CoverError> {
        let mut at = byte_order_mark(text);
        for (index, unit) in self.units.iter().enumerate() {
            for sentence in &unit.fr {
                at += blank_bytes(&text[at..]);
                if sentence.is_empty() || !text.as_bytes()[at..].starts_with(sentence.as_bytes()) {
                    return Err(CoverError::Elsewhere {
                        unit: index + 1,
                        id: unit.id,
                        at,
                        found: beginning(&text[at..]),
                        expected: beginning(sentence),
                    });
                }
                seen(index, Span::new(at, at + sentence.len()));
                at += sentence.len();
            }
        }
        at += blank_bytes(&text[at..]);
        if at < text.len() {
            return Err(CoverError::Uncovered { at, found: beginning(&text[at..]) });
        }
        Ok(())
    }
}

fn blank_bytes(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The first words of the first line, for a message.
fn beginning(text: &str) -> String {
    let mut short: String = text.lines().next().unwrap_or("").chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Kind;

    fn alignment(text: &str) -> Result<Alignment, CoverError> {
        let stem = "roy".parse().unwrap();
        let sentences: [&[&str]; 2] = [&["« Été »", "À l’œuvre…"], &["Il pleut."]];
        let unit = |fr: &[&str]| {
            let owned: Vec<String> = fr.iter().map(|&sentence| sentence.to_owned()).collect();
            Unit::new(UnitId::of(&stem, fr, 0), Kind::Body, owned)
        };
        Alignment::new(Header::new("roy", ["fr", "en"], "", "fr/1"), sentences.map(unit).into(), text)
    }

    #[test]
    fn sentences_are_found_in_their_text_and_what_is_amiss_has_its_place() {
        let text = "\u{FEFF}« Été »\u{A0}À l’œuvre…\r\n\n Il pleut.\u{2028}";
        let spans = alignment(text).unwrap().spans(text).unwrap();
        let found: Vec<Vec<&str>> =
            spans.iter().map(|unit| unit.iter().map(|span| span.of(text)).collect()).collect();
        assert_eq!(found, [vec!["« Été »", "À l’œuvre…"], vec!["Il pleut."]]);
        let told = |text: &str| alignment(text).unwrap_err().to_string();
        assert_eq!(
            told(&format!("{text}Il vente.")),
            "the article goes on after its last unit, at byte 48: `Il vente.`"
        );
        assert!(told("« Été » À l’œuvre… Il vente.").contains("after byte 29: found `Il vente.`"));
        assert!(told("« Été » À l’œu").contains("expected `À l’œuvre…`"));
    }
}

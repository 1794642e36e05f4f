//! A unit: a bead with its texts, and all that people and program know of it.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::{Kind, More, Stem, Texts, flat};

/// Crockford's base 32 in lower case: no `i`, `l`, `o`, `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Whether a byte is one of [`ALPHABET`]: ids are read by the million.
const IN_ALPHABET: [bool; 256] = {
    let mut table = [false; 256];
    let mut index = 0;
    while index < ALPHABET.len() {
        table[ALPHABET[index] as usize] = true;
        index += 1;
    }
    table
};

/// A unit's name: a letter and nine characters of Crockford's base 32 in lower case.
///
/// The letter keeps spreadsheets from taking it for a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId([u8; 10]);

impl UnitId {
    /// No unit's id: what stands in a unit until it has one.
    pub(crate) const NONE: UnitId = UnitId(*b"a000000000");

    /// The id of the `occurrence`-th unit (from 0) of article `stem` whose sentences are `fr`.
    ///
    /// The first 49 bits that matter of SHA-256 over stem, sentences and occurrence, each
    /// followed by a line feed.
    pub fn of(stem: &Stem, fr: &[impl AsRef<str>], occurrence: usize) -> Self {
        let mut hash = Sha256::new();
        hash.update(stem.as_str());
        for sentence in fr {
            hash.update(b"\n");
            hash.update(sentence.as_ref());
        }
        hash.update(format!("\n{occurrence}\n"));
        let digest = hash.finalize();
        let mut id = [0; 10];
        // 22 letters: modulo 22 is a little uneven, which only makes collisions a little likelier.
        id[0] = ALPHABET[10 + usize::from(digest[0]) % 22];
        for (place, byte) in id[1..].iter_mut().zip(&digest[1..]) {
            *place = ALPHABET[usize::from(*byte) % 32];
        }
        UnitId(id)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("an id is made of ASCII")
    }
}

impl FromStr for UnitId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bytes: Option<[u8; 10]> = text.as_bytes().try_into().ok();
        bytes
            .filter(|id| id[0].is_ascii_alphabetic() && id.iter().all(|b| IN_ALPHABET[usize::from(*b)]))
            .map(UnitId)
            .ok_or_else(|| {
                format!("`{text}` is no unit id: expected a letter and nine of 0-9 a-z without i l o u")
            })
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How far a unit's translation has come.
///
/// Staleness is no status: a unit is stale if and only if it has `was`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// No English, and nobody said anything of it. Never written to a file.
    #[default]
    Untranslated,
    /// English that nobody has confirmed. Not written where there is English.
    Draft,
    /// English that a person has confirmed.
    Reviewed,
    /// A person said: leave it in French.
    Skipped,
    /// The French is gone; the English is kept until a person drops it.
    Orphan,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 5] =
        [Status::Untranslated, Status::Draft, Status::Reviewed, Status::Skipped, Status::Orphan];

    /// Its name in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Status::Untranslated => "untranslated",
            Status::Draft => "draft",
            Status::Reviewed => "reviewed",
            Status::Skipped => "skipped",
            Status::Orphan => "orphan",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Status {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Status::ALL.into_iter().find(|status| status.as_str() == name).ok_or_else(|| {
            let known: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
            format!("unknown status `{name}`: expected one of {}", known.join(", "))
        })
    }
}

/// Where a unit's English came from, when a person did not type it here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The aligner found it in a whole English text.
    Aligner,
    /// It was taken from the memory.
    Memory,
    /// It came in from a file.
    Import,
}

impl Origin {
    /// Its name in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Origin::Aligner => "aligner",
            Origin::Memory => "memory",
            Origin::Import => "import",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        [Origin::Aligner, Origin::Memory, Origin::Import]
            .into_iter()
            .find(|origin| origin.as_str() == name)
            .ok_or_else(|| format!("unknown origin `{name}`: expected aligner, memory or import"))
    }
}

/// French sentences, the English that translates them, and what is known of both.
///
/// The field's bead, TMX's `tu`. See `alignments/FORMAT.md` for how each field is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its name, kept for good.
    pub id: UnitId,
    /// What its sentences are in the article.
    pub kind: Kind,
    /// The French sentences, byte for byte. Empty: English that has no French beside it.
    pub fr: Texts,
    /// The English, verbatim. Several strings only where an aligner joined several sentences.
    pub en: Texts,
    /// How far the translation has come.
    pub status: Status,
    /// Where the English came from; absent when typed.
    pub origin: Option<Origin>,
    /// The aligner's certainty, 0 to 1.
    pub score: Option<f64>,
    /// Who changed it last.
    pub by: Option<Box<str>>,
    /// When it was changed last: RFC 3339 in UTC, to the second.
    pub at: Option<Box<str>>,
    /// What few units have.
    pub more: More,
}

impl Unit {
    /// An untranslated unit.
    pub fn new(id: UnitId, kind: Kind, fr: impl Into<Texts>) -> Self {
        Unit {
            id,
            kind,
            fr: fr.into(),
            en: Texts::new(),
            status: Status::Untranslated,
            origin: None,
            score: None,
            by: None,
            at: None,
            more: More::default(),
        }
    }

    /// Whether the French has changed since the English was entered.
    pub fn is_stale(&self) -> bool {
        !self.more.was.is_empty() && self.status != Status::Orphan
    }

    /// Whether its French is translated, covered and exported.
    pub fn is_content(&self) -> bool {
        self.kind.is_content()
    }

    /// Whether it has English.
    pub fn has_english(&self) -> bool {
        !self.en.is_empty()
    }

    /// The French as one text, sentences joined by one space.
    pub fn french(&self) -> String {
        joined(&self.fr)
    }

    /// The English as one text, sentences joined by one space.
    pub fn english(&self) -> String {
        joined(&self.en)
    }

    /// A digest of French and English, ten characters: what a dismissed finding was about.
    pub fn texts_hash(&self) -> String {
        let mut hash = Sha256::new();
        for (texts, end) in [(&self.fr, b"\n"), (&self.en, b"\r")] {
            for text in texts {
                hash.update(text);
                hash.update(end);
            }
        }
        hash.finalize()[..10].iter().map(|byte| char::from(ALPHABET[usize::from(*byte) % 32])).collect()
    }

    /// A digest of the English as it stands in a table, on one line: what `rev` is in exported files.
    ///
    /// A letter and nine characters, as an id. Taken over [`flat`] text, so that a file which comes back can
    /// be held against its own `rev`: see [`rev_of`].
    pub fn rev(&self) -> String {
        rev_of(&self.english())
    }
}

/// The `rev` of an English text: equal for texts that are equal on one line, spaces at its ends left out.
pub fn rev_of(english: &str) -> String {
    let digest = Sha256::digest(flat(english.trim()).as_bytes());
    let tail = digest[1..10].iter().map(|byte| ALPHABET[usize::from(*byte) % 32]);
    std::iter::once(ALPHABET[10 + usize::from(digest[0]) % 22]).chain(tail).map(char::from).collect()
}

/// Texts as one, joined by one space.
pub fn joined(texts: &[String]) -> String {
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rev_is_that_of_the_english_on_one_line_and_never_a_number() {
        let mut unit = Unit::new(UnitId::of(&"roy".parse().unwrap(), &["Oui."], 0), Kind::Body, Vec::new());
        unit.en = vec!["Yes.".to_owned(), "Of\ncourse.".to_owned()].into();
        assert_eq!(unit.rev(), rev_of(" Yes. Of course."));
        assert_ne!(unit.rev(), rev_of("Yes. Of\u{A0}course."));
        assert!(unit.rev().starts_with(|c: char| c.is_ascii_lowercase()) && unit.rev().len() == 10);
    }

    #[test]
    fn an_id_is_a_letter_and_nine_of_base_32_and_reads_back() {
        let stem: Stem = "roy".parse().unwrap();
        for occurrence in 0..if cfg!(miri) { 20 } else { 200 } {
            let id = UnitId::of(&stem, &["Il pleut."], occurrence);
            assert!(id.as_str().starts_with(|c: char| c.is_ascii_lowercase()));
            assert_eq!(id.as_str().parse::<UnitId>(), Ok(id));
        }
        assert_ne!(UnitId::of(&stem, &["a", "b"], 0), UnitId::of(&stem, &["a b"], 0));
        for bad in ["", "1234567890", "abcdefghij", "k7q2m9xd0", "K7Q2M9XD0V"] {
            assert!(bad.parse::<UnitId>().is_err(), "{bad}");
        }
    }
}

//! Putting texts into the corpus as articles: decoded, named, held against what is there, written as UTF-8.

use std::collections::HashMap;
use std::path::Path;

use encoding_rs::Encoding;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::bitext::{Alignment, Header, NameError, Stem};
use crate::format::{Known, Text, TextError, decode};
use crate::segment::try_each_sentence;
use crate::store::{Author, Corpus, Step, StoreError, sha256};

use super::DeskError;
use super::about::{Values, put};
use super::open::beginning;

/// Why a text was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// It is no text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// No article can be named so.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The same text is in the corpus.
    #[error("the same text is in the corpus already, as {0}")]
    Twin(Stem),
    /// An article of this name, or of one that is the same on some computers, is there.
    #[error("there is an article `{0}` already, with another text")]
    Named(Stem),
    /// The desk or the store could not.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl From<StoreError> for AddError {
    fn from(error: StoreError) -> Self {
        AddError::Desk(error.into())
    }
}

/// An article that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// Its name.
    pub stem: Stem,
    /// The original's encoding.
    pub encoding: String,
    /// How that is known.
    pub known: Known,
    /// How many sentences it has.
    pub sentences: usize,
    /// How many of them are content.
    pub content: usize,
}

/// Texts on their way into a corpus, all as one step of `undo`.
pub struct Adding<'c> {
    corpus: &'c Corpus,
    step: Step<'c>,
    /// The articles by what their texts say, spaces and line ends aside.
    texts: HashMap<[u8; 32], Stem>,
    /// By what their names are to a file system that knows neither capitals nor normal forms.
    names: HashMap<String, Stem>,
}

impl<'c> Adding<'c> {
    /// Begins; every article is read once, for twins.
    ///
    /// # Errors
    ///
    /// Where `seeds/` cannot be read. An article that cannot be read is nobody's twin.
    pub fn begin(corpus: &'c Corpus, author: Author) -> Result<Self, StoreError> {
        let mut adding =
            Adding { corpus, step: corpus.begin(author), texts: HashMap::new(), names: HashMap::new() };
        for stem in corpus.stems()? {
            if let Ok(article) = corpus.article(&stem) {
                adding.texts.entry(essence(&article.text)).or_insert_with(|| stem.clone());
            }
            adding.names.insert(folded(&stem), stem);
        }
        Ok(adding)
    }

    /// Adds one text; `values`: what is known of it.
    ///
    /// # Errors
    ///
    /// [`AddError`]; the corpus is then as it was.
    pub fn add(
        &mut self,
        bytes: Vec<u8>,
        stem: &Stem,
        encoding: Option<(&'static Encoding, &'static str)>,
        values: &Values,
    ) -> Result<Added, AddError> {
        let original = sha256(&bytes);
        let Text { text, encoding, known } = decode(bytes, encoding)?;
        let essence = essence(&text);
        if let Some(twin) = self.texts.get(&essence) {
            return Err(AddError::Twin(twin.clone()));
        }
        if let Some(named) = self.names.get(&folded(stem)) {
            return Err(AddError::Named(named.clone()));
        }
        let mut held = self.step.lock_new(stem)?;
        let about = |header: &mut Header| {
            put(&mut header.about, values);
            let original = [("encoding", encoding.clone()), ("original_sha256", original)];
            put(&mut header.about, &original.map(|(key, value)| (key.to_owned(), value)).to_vec());
        };
        let (mut sentences, mut content) = (0, 0);
        match held.stored().alignment.clone() {
            // An article of this name was here before: what is known of it stays.
            Some(kept) => {
                let (mut header, units) = kept.into_parts();
                about(&mut header);
                for unit in &units {
                    sentences += unit.fr.len();
                    content += if unit.is_content() { unit.fr.len() } else { 0 };
                }
                let alignment = Alignment::of_changed(header, units).map_err(DeskError::Law)?;
                self.step.replace_seed(&mut held, &text, Some(alignment))?;
            }
            None => {
                let (segmenter, mut header) = beginning(self.corpus, stem, &sha256(text.as_bytes()))?;
                about(&mut header);
                self.step.write_new(held, text, header, &mut |text, each| {
                    (sentences, content) = (0, 0);
                    try_each_sentence(text, &segmenter, |sentence| {
                        sentences += 1;
                        content += usize::from(sentence.kind.is_content());
                        each(sentence)
                    })
                })?;
            }
        }
        self.texts.insert(essence, stem.clone());
        self.names.insert(folded(stem), stem.clone());
        Ok(Added { stem: stem.clone(), encoding, known, sentences, content })
    }

    /// The article that has this text already, spaces and line ends aside.
    pub fn twin(&self, text: &str) -> Option<Stem> {
        self.texts.get(&essence(text)).cloned()
    }

    /// The article of this name, or of one that is the same on some computers.
    pub fn named(&self, stem: &Stem) -> Option<Stem> {
        self.names.get(&folded(stem)).cloned()
    }

    /// The step that it all belongs to, for what else is part of it.
    pub fn step(&mut self) -> &mut Step<'c> {
        &mut self.step
    }

    /// Ends the step.
    ///
    /// # Errors
    ///
    /// As the store has them.
    pub fn finish(self) -> Result<(), StoreError> {
        self.step.finish()
    }
}

/// A digest of a text's words: texts that differ only in spaces and line ends are one.
pub(super) fn essence(text: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for word in text.trim_start_matches('\u{feff}').split_whitespace() {
        hash.update(word);
        hash.update(b" ");
    }
    hash.finalize().into()
}

fn folded(stem: &Stem) -> String {
    stem.as_str().nfc().flat_map(char::to_lowercase).collect()
}

/// The article's name that a file gives: its stem in NFC, with `-` for what no file name may hold.
///
/// # Errors
///
/// Where nothing is left of it.
///
/// # Examples
///
/// ```
/// use enregard::desk::safe_name;
/// assert_eq!(safe_name("Où: aller?").unwrap().as_str(), "Où- aller");
/// assert_eq!(safe_name("CON").unwrap().as_str(), "CON-article");
/// assert!(safe_name("???").is_err());
/// ```
pub fn safe_name(name: &str) -> Result<Stem, NameError> {
    let composed: String = name.nfc().collect();
    let mut safe = String::with_capacity(composed.len());
    for c in composed.chars() {
        let odd = "/\\:*?\"<>|@".contains(c);
        let c = match c {
            _ if odd => '-',
            // What is invisible in a name can never be typed again.
            c if c.is_control()
                || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}') =>
            {
                continue;
            }
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if !(matches!(c, ' ' | '-') && safe.ends_with(c)) {
            safe.push(c);
        }
    }
    // A hyphen at the beginning would be an option to every command.
    let mut safe = safe.trim_matches(|c: char| matches!(c, ' ' | '.' | '-')).to_owned();
    if safe.len() > 180 {
        safe.truncate(safe.floor_char_boundary(180));
        safe.truncate(safe.trim_end_matches([' ', '.', '-']).len());
    }
    safe.parse().or_else(|error| {
        if safe.is_empty() {
            Err(NameError { name: name.to_owned(), ..error })
        } else {
            format!("{safe}-article").parse()
        }
    })
}

/// The name that a path gives: that of the file without its ending.
pub fn name_of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match path.extension().map(|end| end.to_string_lossy().to_lowercase()).as_deref() {
        Some("txt" | "text" | "md" | "asc" | "utf8" | "utf-8") => {
            path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or(name)
        }
        _ => name,
    }
}

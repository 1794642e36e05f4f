//! Many pairs of texts at once: French ones added where they are new, their English aligned with one lexicon over all.
//!
//! All is worked out before the first write, so that a pair with a fault leaves nothing behind. What an earlier run
//! brought in is known by the English text's hash and passed over, so a second run goes on.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::bitext::{Article, Edition, NameError, Stem};
use crate::format::{Text, TextError, decode};
use crate::store::{Author, StoreError, Stored, sha256};

use super::super::about::Values;
use super::super::add::essence;
use super::super::{AddError, Adding, DeskError, Opened, name_of, safe_name};
use super::{BringError, Bringing, Summary};

/// A French text and its English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Couple {
    /// The article's name; none: that of the French file.
    pub name: Option<String>,
    /// The French: a file, or else an article's name.
    pub french: PathBuf,
    /// The English file.
    pub english: PathBuf,
    /// The line of the list that says so, from 1; none where folders were paired.
    pub line: Option<usize>,
}

/// Why a couple was not brought in; nothing of it is written.
#[derive(Debug, thiserror::Error)]
pub enum CoupleError {
    /// A file cannot be read.
    #[error("cannot read {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The French file holds no text.
    #[error("{}", .path.display())]
    Text {
        /// The file.
        path: PathBuf,
        /// Why.
        source: TextError,
    },
    /// The article cannot be named so.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The French was not added.
    #[error(transparent)]
    Add(#[from] AddError),
    /// The English was not brought in.
    #[error(transparent)]
    Bring(#[from] BringError),
    /// Another couple has the same article.
    #[error("{0} is the article of another pair, too")]
    Twice(Stem),
}

impl From<StoreError> for CoupleError {
    fn from(error: StoreError) -> Self {
        CoupleError::Bring(BringError::Desk(error.into()))
    }
}

impl From<DeskError> for CoupleError {
    fn from(error: DeskError) -> Self {
        CoupleError::Bring(BringError::Desk(error))
    }
}

/// What became of a couple.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    /// The article.
    pub stem: Stem,
    /// The French text's encoding; none where an article of the corpus was named.
    pub french: Option<String>,
    /// The English text's encoding.
    pub english: String,
    /// Whether an earlier run had brought it in: then nothing was done.
    pub there: bool,
    /// Whether the article is new.
    pub added: bool,
    /// In numbers.
    pub summary: Summary,
}

/// A couple that is read, and not brought in yet.
struct Ready {
    stored: Stored,
    /// The French as it came, where it is to be added.
    new: Option<Vec<u8>>,
    french: Option<String>,
    english: Vec<u8>,
}

/// The articles of the couples so far, and their texts: one text is one article.
#[derive(Default)]
struct Taken {
    stems: HashSet<Stem>,
    texts: HashMap<[u8; 32], Stem>,
}

impl Taken {
    fn take(&mut self, article: &Article) -> Result<(), CoupleError> {
        let twin = self.texts.insert(essence(&article.text), article.stem.clone());
        if let Some(twin) = twin {
            return Err(CoupleError::Twice(twin));
        }
        let new = self.stems.insert(article.stem.clone());
        if new { Ok(()) } else { Err(CoupleError::Twice(article.stem.clone())) }
    }
}

enum State {
    There(Box<Brought>),
    Ready(Box<Ready>),
}

/// A line of a list that is none, from 1, and why.
pub type Bad = (usize, String);

/// Reads a list of couples: French file, English file, with tabs between; or a name before them. Blank lines and those that
/// begin with `#` are passed over, and a first line that names columns. Gives the lines that are none, with the reason.
///
/// # Errors
///
/// Where the list cannot be read.
pub fn read_list(list: &Path) -> io::Result<(Vec<Couple>, Vec<Bad>)> {
    let text = fs::read(list)?;
    let text = decode(text, None).map(|text| text.text).unwrap_or_default();
    let base = list.parent().unwrap_or(Path::new(""));
    let (mut couples, mut faults) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end_matches(['\r', '\t', ' ']);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        if at == 0 && fields.iter().any(|field| matches!(*field, "french" | "source" | "fr")) {
            continue;
        }
        let (name, french, english) = match fields[..] {
            [french, english] => (None, french, english),
            [name, french, english] => (Some(name.to_owned()), french, english),
            _ => {
                let told =
                    format!("{} fields, expected French and English, or a name and both", fields.len());
                faults.push((at + 1, told));
                continue;
            }
        };
        // What is no file beside the list may be an article.
        let beside = base.join(french);
        let french = if beside.exists() { beside } else { PathBuf::from(french) };
        couples.push(Couple { name, french, english: base.join(english), line: Some(at + 1) });
    }
    Ok((couples, faults))
}

/// Pairs the files of two folders by their stems, without `.fr` or `_fr`, `.en` or `_en` at their ends. Gives the files that have
/// no partner, too.
///
/// # Errors
///
/// Where a folder cannot be read.
pub fn pair_folders(french: &Path, english: &Path) -> io::Result<(Vec<Couple>, Vec<PathBuf>)> {
    let files = |folder: &Path, code: &str| -> io::Result<BTreeMap<String, Vec<PathBuf>>> {
        let mut found: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for file in fs::read_dir(folder)? {
            let path = file?.path();
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            if !path.is_file() || stem.starts_with('.') {
                continue;
            }
            let short = [".", "_", "-"].iter().find_map(|mark| stem.strip_suffix(&format!("{mark}{code}")));
            let short = short.filter(|short| !short.is_empty()).unwrap_or(&stem).to_owned();
            found.entry(short).or_default().push(path);
        }
        found.values_mut().for_each(|paths| paths.sort());
        Ok(found)
    };
    let (left, mut right) = (files(french, "fr")?, files(english, "en")?);
    let (mut couples, mut alone) = (Vec::new(), Vec::new());
    for (name, french) in left {
        match (&french[..], right.remove(&name)) {
            ([french], Some(english)) if english.len() == 1 => couples.push(Couple {
                name: Some(name),
                french: french.clone(),
                english: english[0].clone(),
                line: None,
            }),
            (_, english) => alone.extend(french.into_iter().chain(english.into_iter().flatten())),
        }
    }
    alone.extend(right.into_values().flatten());
    alone.sort();
    Ok((couples, alone))
}

/// How many couples are brought in.
pub struct Bulk<'b, 'c> {
    /// By which rules.
    pub bringing: &'b Bringing<'c>,
    /// Into which edition of each article.
    pub edition: Option<Edition>,
    /// Each pair learns from itself alone.
    pub alone: bool,
    /// Nothing is written.
    pub dry_run: bool,
}

impl Bulk<'_, '_> {
    /// Brings them in, all as one step of `undo`; `seen` hears of each, in order, when it is done.
    ///
    /// A fault in one is for `seen`, and the work on the others goes on.
    ///
    /// # Errors
    ///
    /// [`StoreError`], where the corpus's folders cannot be read.
    pub fn run(
        &self,
        couples: &[Couple],
        author: &Author,
        mut seen: impl FnMut(&Couple, Result<Brought, CoupleError>),
    ) -> Result<(), StoreError> {
        let corpus = self.bringing.corpus;
        let mut adding = Adding::begin(corpus, author.clone())?;
        let mut taken = Taken::default();
        let mut results: Vec<Option<Result<Brought, CoupleError>>> = Vec::new();
        let (mut ready, mut places) = (Vec::new(), Vec::new());
        for (at, couple) in couples.iter().enumerate() {
            results.push(match self.ready(couple, &adding, &mut taken) {
                Ok(State::There(brought)) => Some(Ok(*brought)),
                Ok(State::Ready(one)) => {
                    ready.push(*one);
                    places.push(at);
                    None
                }
                Err(error) => Some(Err(error)),
            });
        }
        let all: Vec<(Stored, Option<Edition>, &[u8])> =
            ready.iter().map(|one| (one.stored.clone(), self.edition.clone(), &one.english[..])).collect();
        let proposals = self.bringing.plan_many(all, self.alone, author);
        let mut done = ready.into_iter().zip(places).zip(proposals).peekable();
        for (at, couple) in couples.iter().enumerate() {
            if let Some(((one, _), proposal)) = done.next_if(|((_, place), _)| *place == at) {
                let brought = proposal.map_err(CoupleError::from).and_then(|proposal| {
                    let stem = one.stored.article.stem.clone();
                    let mut brought = Brought {
                        stem: stem.clone(),
                        french: one.french,
                        english: proposal.encoding.0.clone(),
                        there: false,
                        added: one.new.is_some(),
                        summary: proposal.summary.clone(),
                    };
                    if !self.dry_run {
                        if let Some(bytes) = one.new {
                            adding.add(bytes, &stem, None, &Values::new())?;
                        }
                        brought.summary = self.bringing.apply(adding.step(), proposal, author)?.summary;
                    }
                    Ok(brought)
                });
                seen(couple, brought);
            } else if let Some(result) = results[at].take() {
                seen(couple, result);
            }
        }
        adding.finish()
    }

    /// Reads a couple, and finds its article, or makes one.
    fn ready(&self, couple: &Couple, adding: &Adding<'_>, taken: &mut Taken) -> Result<State, CoupleError> {
        let corpus = self.bringing.corpus;
        let read = |path: &Path| {
            fs::read(path).map_err(|source| CoupleError::Read { path: path.to_owned(), source })
        };
        let english = read(&couple.english)?;
        let (stored, new, french) = match corpus.resolve(&couple.french.to_string_lossy()) {
            Ok(stem) if !couple.french.is_file() => (corpus.read(&stem, self.edition.as_ref())?, None, None),
            _ => {
                let bytes = read(&couple.french)?;
                let Text { text, encoding, .. } = decode(&bytes, None)
                    .map_err(|source| CoupleError::Text { path: couple.french.clone(), source })?;
                match adding.twin(&text) {
                    Some(stem) => (corpus.read(&stem, self.edition.as_ref())?, None, Some(encoding)),
                    None => {
                        let name = couple.name.clone().unwrap_or_else(|| name_of(&couple.french));
                        let stem = safe_name(&name)?;
                        if let Some(named) = adding.named(&stem) {
                            return Err(AddError::Named(named).into());
                        }
                        let article = Article { stem, sha256: sha256(text.as_bytes()), text };
                        let stored = Stored { article, alignment: None, changed: false };
                        (stored, Some(bytes), Some(encoding))
                    }
                }
            }
        };
        let stem = stored.article.stem.clone();
        taken.take(&stored.article)?;
        let about = |key: &str| {
            let header = stored.alignment.as_ref().map(crate::bitext::Alignment::header);
            let values = header.into_iter().flat_map(|header| &header.about);
            values.filter(|(own, _)| own == key).map(|(_, value)| value.clone()).next()
        };
        // A text that somebody took away is brought again.
        let is_there = || corpus.received(&stem, self.edition.as_ref()).map(|text| text.is_some());
        if !stored.changed && about("english_sha256").as_deref() == Some(&sha256(&english)) && is_there()? {
            let encoding = about("english_encoding").unwrap_or_default();
            let opened = Opened::of(corpus, stored)?;
            let summary = Summary::stored(&opened.alignment);
            return Ok(State::There(Box::new(Brought {
                stem,
                french,
                english: encoding,
                there: true,
                added: false,
                summary,
            })));
        }
        Ok(State::Ready(Box::new(Ready { stored, new, french, english })))
    }
}

//! Files → article and alignment. Nothing here writes, and nothing is locked: a rename makes reads whole.

use std::io;
use std::path::Path;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::bitext::{Alignment, Article, Edition, Header, Stem};

use super::file::{Fault, FileError, Sketch, parse, scan, write};
use super::fs::Node;
use super::{Corpus, StoreError};

/// An article and what its alignment file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The article as it stands in `seeds/`.
    pub article: Article,
    /// The alignment file's content; none where there is no file yet.
    pub alignment: Option<Alignment>,
    /// Whether the article has changed since: its hash is not the header's.
    pub changed: bool,
}

/// What the disk says of an article's two files without opening them: another mark, perhaps another content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark([Option<FileMark>; 2]);

/// Length, time of the last change, and which file it is.
type FileMark = (u64, Option<SystemTime>, u64);

fn mark_of(path: &Path) -> Option<FileMark> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.len(), metadata.modified().ok(), place_of(&metadata)))
}

impl Corpus {
    /// The mark of an article and of its alignment file, or that of an edition.
    ///
    /// A file that is not there, or cannot be looked at, has a mark too: reading it will say why.
    pub fn mark(&self, stem: &Stem, edition: Option<&Edition>) -> Mark {
        Mark([mark_of(&self.seed_path(stem)), mark_of(&self.alignment_path(stem, edition))])
    }

    /// The same of what a person keeps beside `enregard.toml`: `glossary.tsv` and `names.tsv`.
    pub fn mark_lists(&self) -> Mark {
        Mark(["glossary.tsv", "names.tsv"].map(|name| mark_of(&self.root().join(name))))
    }

    /// The article of this name, byte for byte.
    ///
    /// # Errors
    ///
    /// Where it is not there, no file, empty, or no text in UTF-8.
    pub fn article(&self, stem: &Stem) -> Result<Article, StoreError> {
        let path = self.seed_path(stem);
        let bytes = match self.bytes(&path)? {
            Some(bytes) => bytes,
            None => {
                let cause = io::ErrorKind::NotFound.into();
                return Err(StoreError::Io { doing: "read", path: self.shown(&path), cause });
            }
        };
        let sha256 = sha256(&bytes);
        // UTF-16 is most often told by its zeros, whatever else is wrong with it.
        if let Some(at) = memchr::memchr(0, &bytes) {
            return Err(StoreError::Nul { path: self.shown(&path), at });
        }
        // A copy costs less than the standard library's look at every byte, which says where the fault is.
        let text = simdutf8::basic::from_utf8(&bytes).map(str::to_owned);
        let text = text.or_else(|_| std::str::from_utf8(&bytes).map(str::to_owned)).map_err(|error| {
            let at = error.valid_up_to();
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count();
            StoreError::NotUtf8 { path: self.shown(&path), at, line, byte: bytes[at] }
        })?;
        self.check_text(stem, &text)?;
        Ok(Article { stem: stem.clone(), text, sha256 })
    }

    /// The text of a file that a person keeps in the corpus folder (`enregard.toml`, `glossary.tsv`, `names.tsv`); none where there is no such file.
    ///
    /// # Errors
    ///
    /// Where it cannot be read or is not UTF-8.
    pub fn read_list(&self, name: &str) -> Result<Option<String>, StoreError> {
        let path = self.root().join(name);
        let Some(bytes) = self.bytes(&path)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = 1 + memchr::memchr_iter(b'\n', &error.as_bytes()[..at]).count();
            StoreError::NotUtf8 { path: self.shown(&path), at, line, byte: error.as_bytes()[at] }
        })
    }

    /// Refuses a text that can be no article.
    pub(crate) fn check_text(&self, stem: &Stem, text: &str) -> Result<(), StoreError> {
        let path = || self.shown(&self.seed_path(stem));
        if let Some(at) = memchr::memchr(0, text.as_bytes()) {
            return Err(StoreError::Nul { path: path(), at });
        }
        if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
            return Err(StoreError::EmptySeed(path()));
        }
        Ok(())
    }

    /// The article, and what its alignment file (or that of an edition) says.
    ///
    /// # Errors
    ///
    /// Those of [`Corpus::article`]; [`StoreError::File`] where the alignment file has a fault.
    pub fn read(&self, stem: &Stem, edition: Option<&Edition>) -> Result<Stored, StoreError> {
        Ok(self.read_with_bytes(stem, edition)?.0)
    }

    /// Whether an alignment file is in its canonical form; true where there is none.
    ///
    /// # Errors
    ///
    /// As [`Corpus::read`].
    pub fn is_straight(&self, stem: &Stem, edition: Option<&Edition>) -> Result<bool, StoreError> {
        Ok(match self.read_with_bytes(stem, edition)? {
            (Stored { alignment: Some(alignment), .. }, Some(bytes)) => write(&alignment).as_bytes() == bytes,
            _ => true,
        })
    }

    /// Goes through the units of an alignment file as they stand, without its article: see [`scan`]. False where there is no file.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read, or has a fault; the units before the fault were seen.
    pub fn scan(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
        begin: impl FnOnce(&Header) -> bool,
        each: impl FnMut(&Sketch<'_>),
    ) -> Result<bool, StoreError> {
        let path = self.alignment_path(stem, edition);
        let Some(bytes) = self.bytes(&path)? else { return Ok(false) };
        scan(&bytes, &self.shown(&path), begin, each)?;
        Ok(true)
    }

    /// [`Corpus::read`], and the bytes of the alignment file.
    pub(crate) fn read_with_bytes(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
    ) -> Result<(Stored, Option<Vec<u8>>), StoreError> {
        self.read_beside(self.article(stem)?, edition)
    }

    /// What the alignment file beside an article says.
    pub(crate) fn read_beside(
        &self,
        article: Article,
        edition: Option<&Edition>,
    ) -> Result<(Stored, Option<Vec<u8>>), StoreError> {
        let path = self.alignment_path(&article.stem, edition);
        let Some(bytes) = self.bytes(&path)? else {
            return Ok((Stored { article, alignment: None, changed: false }, None));
        };
        let shown = self.shown(&path);
        let parsed = parse(&bytes, &shown)?;
        if parsed.header.article != article.stem.as_str() {
            let expected = article.stem.as_str().to_owned();
            let fault = Fault::OtherArticle { found: parsed.header.article, expected };
            return Err(FileError { path: shown, line: 1, column: 1, fault }.into());
        }
        let changed = parsed.header.sha256 != article.sha256;
        let text = (!changed).then_some(article.text.as_str());
        let alignment = Some(parsed.into_alignment(text, &shown)?);
        Ok((Stored { article, alignment, changed }, Some(bytes)))
    }

    /// A file's bytes, if it is there. A pipe is not waited for, a link out of the corpus not followed.
    pub(crate) fn bytes(&self, path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
        if !self.is_there(path)? {
            return Ok(None);
        }
        self.fs.read(path).map(Some).map_err(StoreError::io("read", self.shown(path)))
    }

    /// The SHA-256 of a file, if it is there; the file is not held.
    pub(crate) fn hash(&self, path: &Path) -> Result<Option<String>, StoreError> {
        if !self.is_there(path)? {
            return Ok(None);
        }
        let mut hash = Sha256::new();
        let read = self.fs.read_pieces(path, &mut |piece| hash.update(piece));
        read.map_err(StoreError::io("read", self.shown(path)))?;
        Ok(Some(hexadecimal(&hash.finalize())))
    }

    /// Whether there is a file that may be read.
    fn is_there(&self, path: &Path) -> Result<bool, StoreError> {
        let Some(node) = self.fs.node(path).map_err(StoreError::io("read", self.shown(path)))? else {
            return Ok(false);
        };
        if let Some(what) = no_file(path, node) {
            return Err(StoreError::NotAFile { path: self.shown(path), what });
        }
        if node == Node::Link {
            self.within(path)?;
        }
        Ok(true)
    }
}

/// What stands at `path`, where it is no file and no link to one.
fn no_file(path: &Path, node: Node) -> Option<&'static str> {
    match node {
        Node::File => None,
        Node::Link if std::fs::metadata(path).is_ok_and(|target| target.is_file()) => None,
        Node::Link => Some("a link to no file"),
        Node::Folder => Some("a folder"),
        Node::Other => Some("a pipe, socket or device"),
    }
}

/// Which file it is: a rename puts another in its place.
#[cfg(unix)]
fn place_of(metadata: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

/// Elsewhere the time and the length have to do.
#[cfg(not(unix))]
fn place_of(_: &std::fs::Metadata) -> u64 {
    0
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

//! An article and an English text, read and made ready to be aligned.

use std::collections::HashMap;

use crate::align::{Doubt, Pair, doubt};
use crate::bitext::{Alignment, Edition, Kind, Lang, Stem};
use crate::format::{Known, decode};
use crate::revise::{EnglishSentence, Frame};
use crate::segment::segment_with;
use crate::store::Stored;

use super::super::segment::segmenter;
use super::super::{DeskError, OpenState, Opened};
use super::{BringError, Bringing};

/// An article and an English text, ready to be aligned.
pub(super) struct Read {
    pub stem: Stem,
    pub edition: Option<Edition>,
    pub received: Vec<u8>,
    pub encoding: (String, Known),
    pub before: Alignment,
    pub text: String,
    pub frame: Frame,
    /// How many sentences the English has.
    pub english: usize,
}

impl Read {
    /// What is to be aligned, with what is known of it.
    pub fn pair(&self) -> Pair<'_> {
        let (source, target) = self.frame.breaks();
        Pair::new(self.frame.source(), self.frame.target())
            .breaks(source, target)
            .fixed(self.frame.fixed().to_vec())
            .expect("what is known is in order, and within the texts")
    }
}

impl Bringing<'_> {
    /// Decodes and splits the text, and holds it against the article.
    pub(super) fn read(
        &self,
        stored: Stored,
        edition: Option<&Edition>,
        received: &[u8],
    ) -> Result<Read, BringError> {
        let text = decode(received, self.options.encoding)?;
        let english = self.english(&text.text);
        let opened = Opened::of(self.corpus, stored)?;
        let stem = opened.article.stem.clone();
        if opened.state == OpenState::SeedChanged {
            return Err(BringError::Changed(stem));
        }
        self.doubt(&opened, &english)?;
        let count = english.len();
        let text_fr = &opened.article.text;
        let kinds = self.kinds(&opened)?;
        let frame = Frame::of(&opened.alignment, &stem, text_fr, english, |start| kinds.get(&start).copied());
        Ok(Read {
            frame: frame.map_err(DeskError::Cover)?,
            stem,
            edition: edition.cloned(),
            received: received.to_vec(),
            encoding: (text.encoding, text.known),
            before: opened.alignment,
            text: opened.article.text,
            english: count,
        })
    }

    /// What each French sentence is, by its first byte; only where units have several sentences.
    fn kinds(&self, opened: &Opened) -> Result<HashMap<usize, Kind>, DeskError> {
        if opened.alignment.units().iter().all(|unit| unit.fr.len() < 2) {
            return Ok(HashMap::new());
        }
        let lang: Lang = opened.alignment.header().source.parse().map_err(DeskError::Language)?;
        let found = segment_with(&opened.article.text, &segmenter(lang, self.corpus.config()));
        Ok(found.sentences().iter().map(|sentence| (sentence.span.start, sentence.kind)).collect())
    }

    /// The English sentences, with the kinds that the English rules give them.
    fn english(&self, text: &str) -> Vec<EnglishSentence> {
        if self.options.by_line {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let sentence =
                |line: &str| EnglishSentence { text: line.to_owned(), kind: Kind::Body, begins: false };
            return lines.map(sentence).collect();
        }
        let found = segment_with(text, &self.segmenter);
        let mut last = None;
        found
            .sentences()
            .iter()
            .map(|sentence| {
                let begins = last != Some(sentence.paragraph);
                last = Some(sentence.paragraph);
                let text = sentence.span.of(text).to_owned();
                EnglishSentence { text, kind: sentence.kind, begins }
            })
            .collect()
    }

    /// Refuses what does not look like a translation of the article's content.
    fn doubt(&self, opened: &Opened, english: &[EnglishSentence]) -> Result<(), BringError> {
        let units = opened.alignment.units().iter().filter(|unit| unit.is_content());
        let source: Vec<&str> = units.flat_map(|unit| &unit.fr).map(String::as_str).collect();
        let content = english.iter().filter(|sentence| sentence.kind.is_content());
        let target: Vec<&str> = content.map(|sentence| sentence.text.as_str()).collect();
        let languages = &self.corpus.config().corpus;
        match doubt(&Pair::new(source, target), primary(&languages.source), primary(&languages.target)) {
            Some(doubt) if !self.options.anyway || matches!(doubt, Doubt::Empty(_)) => {
                Err(BringError::Doubt(doubt))
            }
            _ => Ok(()),
        }
    }
}

/// `en` of `en-GB`.
fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

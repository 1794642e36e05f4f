//! A new article: its seed and its alignment file come as one change, sentence by sentence.

use std::path::PathBuf;

use crate::bitext::{Article, FirstIds, Header, Sentence, Stem, Unit, Walk};

use super::StoreError;
use super::commit::{Change, FileFate, Pieces, check_unit};
use super::file::{write_head, write_line, write_unit};
use super::flow::Flow;
use super::held::Held;
use super::journal::Turn;
use super::read::sha256;
use super::step::Step;

/// Hears of each sentence.
pub type EachSentence<'s> = &'s mut dyn FnMut(Sentence) -> Result<(), StoreError>;

/// Tells of each sentence of a text, in order; the same ones whenever it is asked.
pub type Sentences<'s> = &'s mut dyn FnMut(&str, EachSentence<'_>) -> Result<(), StoreError>;

impl Step<'_> {
    /// Locks the name of a new article. Its alignment file may be there, left by an article that is gone.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where an article of this name, or of one that is the same on some computers, is there;
    /// [`StoreError::Busy`].
    pub fn lock_new(&mut self, stem: &Stem) -> Result<Held, StoreError> {
        let corpus = self.corpus;
        let seeds = corpus.seeds();
        corpus.fs.make_folder(&seeds).map_err(StoreError::io("make the folder", corpus.shown(&seeds)))?;
        self.settle()?;
        let held = self.lock_any(stem, None)?;
        match corpus.twin(stem)? {
            Some(twin) => Err(StoreError::Exists(twin)),
            None => Ok(held),
        }
    }

    /// Writes a new article and its first units: one for each sentence, untranslated. All of it, or nothing.
    ///
    /// No more of the units is held than their ids: the sentences are gone through twice, for the alignment file and the journal.
    ///
    /// # Errors
    ///
    /// [`StoreError::EmptySeed`] or [`StoreError::Nul`] where `text` is no article; [`StoreError::Meanwhile`] where it has an
    /// alignment file; [`StoreError::Sentences`] where the sentences are not the text; [`StoreError::Io`].
    pub fn write_new(
        &mut self,
        mut held: Held,
        text: String,
        header: Header,
        sentences: Sentences<'_>,
    ) -> Result<(), StoreError> {
        self.corpus.check_text(&held.stem, &text)?;
        let article = Article { stem: held.stem.clone(), sha256: sha256(text.as_bytes()), text };
        if !held.absent || held.file_sha256.is_some() {
            return Err(StoreError::Meanwhile(self.shown_file(&held)));
        }
        self.check_meanwhile(&held)?;
        self.check_header(&held, &header)?;
        if header.sha256 != article.sha256 {
            return Err(self.read_back(&held, "its header has not the article's `sha256`"));
        }
        let change = Change {
            file: FileFate::New,
            header: Turn { before: None, after: Some(header.clone()) },
            seed: Some(&article),
            received: None,
        };
        let shown = self.shown_file(&held);
        let mut pieces = Fresh { article: &article, header: &header, shown, sentences };
        self.carry_out(&mut held, &change, &mut pieces).map(drop)
    }
}

/// An article's first units.
struct Fresh<'a, 's> {
    article: &'a Article,
    header: &'a Header,
    /// The alignment file's name for messages.
    shown: PathBuf,
    sentences: Sentences<'s>,
}

impl Fresh<'_, '_> {
    fn each_unit(&mut self, mut each: impl FnMut(&Unit) -> Result<(), StoreError>) -> Result<(), StoreError> {
        let Article { stem, text, .. } = self.article;
        let told = |cause| StoreError::Sentences { stem: stem.clone(), cause };
        let mut walk = Walk::along(text);
        let mut ids = FirstIds::of(stem);
        (self.sentences)(text, &mut |sentence| {
            walk.to(&sentence).map_err(told)?;
            let fr = sentence.span.of(text);
            each(&Unit::new(ids.next(fr), sentence.kind, vec![fr.to_owned()]))
        })?;
        walk.to_the_end().map_err(told)
    }
}

impl Pieces for Fresh<'_, '_> {
    fn file(&mut self, flow: &mut Flow<'_>) -> Result<(), StoreError> {
        write_head(flow.text(), self.header);
        let shown = self.shown.clone();
        self.each_unit(|unit| {
            check_unit(&shown, unit)?;
            write_line(flow.text(), unit);
            flow.pass_on()
        })
    }

    fn hunks(&mut self, flow: &mut Flow<'_>) -> Result<(), StoreError> {
        flow.text().push_str("{\"before\":[],\"after\":[");
        let mut first = true;
        self.each_unit(|unit| {
            flow.text().push_str(if first { "" } else { "," });
            first = false;
            write_unit(flow.text(), unit);
            flow.pass_on()
        })?;
        flow.text().push_str("]}");
        Ok(())
    }
}

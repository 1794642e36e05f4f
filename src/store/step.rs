//! The one door for every change: a step is what one command does, and what one `undo` takes back.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use crate::bitext::{Alignment, Article, Edition, Stem};

use super::file::write;
use super::held::{Held, Target};
use super::read::sha256;
use super::received::received_sha256;
use super::{Corpus, StoreError};

/// Who changes something, when, and by which command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The person's name, where it is known: see [`person`](super::person).
    pub by: Option<String>,
    /// The time in RFC 3339: see [`now`](super::now).
    pub at: String,
    /// The command, as it is shown by `history`: `set k7q2m9xd0v --en …`.
    pub command: String,
}

/// What one command changes, as one step of `undo`.
pub struct Step<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) author: Author,
    pub(super) id: String,
    pub(super) undoes: Option<String>,
    pub(super) redoes: Option<String>,
    pub(super) touched: HashSet<String>,
    shrink: bool,
    /// Whether it has been seen to that what was recorded last took place.
    settled: bool,
}

impl Corpus {
    /// Begins a step. Nothing is written or locked yet.
    pub fn begin(&self, author: Author) -> Step<'_> {
        Step {
            corpus: self,
            author,
            id: new_id(),
            undoes: None,
            redoes: None,
            touched: HashSet::new(),
            shrink: false,
            settled: false,
        }
    }

    /// Goes on with the step `id`, so that one `undo` takes back both, if nothing else was recorded since; else begins another.
    ///
    /// This is how an editor saves a sentence many times while it is typed.
    ///
    /// # Errors
    ///
    /// Where the list of steps cannot be read.
    pub fn begin_again(&self, author: Author, id: &str) -> Result<Step<'_>, StoreError> {
        let mut step = self.begin(author);
        if self.last_step()?.is_some_and(|last| last == id) {
            id.clone_into(&mut step.id);
        }
        Ok(step)
    }
}

impl Step<'_> {
    /// The step's name, by which [`Corpus::begin_again`] goes on with it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Lets this step take many translations away at once, as the person has asked for in so many words.
    pub fn may_shrink(mut self) -> Self {
        self.shrink = true;
        self
    }

    /// Locks an article, or one of its editions, and reads it. Several at once: in sorted order.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] where somebody else holds it for too long; those of [`Corpus::read`].
    pub fn lock(&mut self, stem: &Stem, edition: Option<&Edition>) -> Result<Held, StoreError> {
        self.settle()?;
        let held = self.lock_any(stem, edition)?;
        if held.absent {
            self.corpus.article(stem)?;
        }
        Ok(held)
    }

    /// Sees to it that no `undo` is recorded last that a crash prevented: what comes now would hide it.
    pub(super) fn settle(&mut self) -> Result<(), StoreError> {
        if !std::mem::replace(&mut self.settled, true) {
            self.corpus.drop_turn_without_change(&self.author)?;
        }
        Ok(())
    }

    /// [`Step::lock`] also where there is no seed, and nothing else is seen to.
    pub(super) fn lock_any(&mut self, stem: &Stem, edition: Option<&Edition>) -> Result<Held, StoreError> {
        let corpus = self.corpus;
        let journal = corpus.journal();
        corpus.within(&corpus.alignments())?;
        corpus.within(&journal)?;
        corpus.make_journal()?;
        if !corpus.swept.swap(true, Ordering::Relaxed) {
            corpus.sweep()?;
        }
        let lock = corpus.lock(stem, edition, &self.author.command)?;
        let seed = corpus.seed_path(stem);
        let absent = corpus.fs.node(&seed).map_err(StoreError::io("read", corpus.shown(&seed)))?.is_none();
        let (stored, bytes) = if absent {
            let article = Article { stem: stem.clone(), text: String::new(), sha256: String::new() };
            corpus.read_beside(article, edition)?
        } else {
            corpus.read_with_bytes(stem, edition)?
        };
        let file_sha256 = bytes.as_deref().map(sha256);
        Ok(Held { stem: stem.clone(), edition: edition.cloned(), stored, absent, file_sha256, lock })
    }

    /// Writes an alignment: the new file whole beside the old, flushed to the disk, and renamed.
    ///
    /// Nothing is written where it equals what is there.
    ///
    /// # Errors
    ///
    /// [`StoreError::Cover`] where the units are not the article's, [`StoreError::Shrink`] where many
    /// translations would go, [`StoreError::Meanwhile`] where an editor changed the file since it was
    /// read, [`StoreError::Io`] where the disk refuses: then the old file is as it was.
    pub fn write(&mut self, held: &mut Held, new: &Alignment) -> Result<(), StoreError> {
        self.write_with(held, Cow::Borrowed(new), None)
    }

    /// The same with an alignment that nobody needs afterwards: a large one is not held twice.
    ///
    /// # Errors
    ///
    /// As [`Step::write`].
    pub fn write_last(&mut self, held: &mut Held, new: Alignment) -> Result<(), StoreError> {
        self.write_with(held, Cow::Owned(new), None)
    }

    /// The same, with the bytes of the English text that the alignment was made from: the file in
    /// `alignments/texts/` becomes these, also where nothing else changes and somebody took it away. Its hash
    /// stands in the header, as `english_sha256`.
    ///
    /// # Errors
    ///
    /// As [`Step::write`]; [`StoreError::ReadBack`] where the header names another text.
    pub fn write_received(
        &mut self,
        held: &mut Held,
        new: &Alignment,
        received: &[u8],
    ) -> Result<(), StoreError> {
        if received_sha256(new.header()) != Some(&sha256(received)) {
            return Err(self.read_back(held, "its header names another English text"));
        }
        self.write_with(held, Cow::Borrowed(new), Some(received))?;
        self.corpus.bring_back_text(&held.stem, held.edition.as_ref(), received)
    }

    fn write_with(
        &mut self,
        held: &mut Held,
        new: Cow<'_, Alignment>,
        received: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        self.check_shrink(held, &new)?;
        // A seed that has changed may stay so for a while, but its hash is not invented.
        let old = held.stored.alignment.as_ref().map(|old| &old.header().sha256);
        if new.header().sha256 != held.stored.article.sha256 && old != Some(&new.header().sha256) {
            return Err(self.read_back(held, "its header has not the article's `sha256`"));
        }
        self.commit(held, Target { alignment: Some(new), seed: None, received })
    }

    /// Puts a new text in the place of an article, and the alignment that covers it in the place of the old one.
    ///
    /// The former bytes are kept under `.journal/seeds/`. Without `new` the alignment stays, if there is one.
    ///
    /// # Errors
    ///
    /// As [`Step::write`]; [`StoreError::EmptySeed`] or [`StoreError::Nul`] where `text` is no article.
    pub fn replace_seed(
        &mut self,
        held: &mut Held,
        text: &str,
        new: Option<Alignment>,
    ) -> Result<(), StoreError> {
        self.corpus.check_text(&held.stem, text)?;
        if let Some(new) = &new {
            self.check_shrink(held, new)?;
        }
        let alignment = new.or_else(|| held.stored.alignment.clone()).map(Cow::Owned);
        let seed = (text != held.stored.article.text).then_some(Some(text));
        self.commit(held, Target { alignment, seed, received: None })
    }

    /// Writes the alignment that is there in its canonical form; false where it is so already.
    ///
    /// The units stay as they are, so this is nothing that `undo` could take back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] where the disk refuses.
    pub fn straighten(&mut self, held: &mut Held) -> Result<bool, StoreError> {
        let Some(alignment) = &held.stored.alignment else { return Ok(false) };
        let text = write(alignment);
        let sha256 = sha256(text.as_bytes());
        if held.file_sha256.as_deref() == Some(&sha256) {
            return Ok(false);
        }
        let path = self.corpus.alignment_path(&held.stem, held.edition.as_ref());
        let temporary = self.corpus.temporary(&held.stem, held.edition.as_ref());
        self.check_meanwhile(held)?;
        self.corpus.replace(&path, &temporary, text.as_bytes())?;
        held.file_sha256 = Some(sha256);
        Ok(true)
    }

    /// Ends the step.
    ///
    /// # Errors
    ///
    /// None today: all that was written is on the disk already.
    pub fn finish(self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Refuses an alignment with far fewer translations than there are, unless that was asked for.
    fn check_shrink(&self, held: &Held, new: &Alignment) -> Result<(), StoreError> {
        let count =
            |alignment: &Alignment| alignment.units().iter().filter(|unit| unit.has_english()).count();
        let Some(old) = held.stored.alignment.as_ref().filter(|_| !self.shrink) else { return Ok(()) };
        let (before, after) = (count(old), count(new));
        let fewer = before.saturating_sub(after);
        let emptied = new.units().is_empty() && !old.units().is_empty();
        if emptied || (fewer >= 10 && fewer * 5 >= before) {
            return Err(StoreError::Shrink { path: self.shown_file(held), before, after });
        }
        Ok(())
    }

    /// Refuses where an editor, which asks for no lock, has changed the file since it was read.
    pub(super) fn check_meanwhile(&self, held: &Held) -> Result<(), StoreError> {
        let path = self.corpus.alignment_path(&held.stem, held.edition.as_ref());
        if self.corpus.hash(&path)? == held.file_sha256 {
            Ok(())
        } else {
            Err(StoreError::Meanwhile(self.shown_file(held)))
        }
    }

    /// The refusal of what would not read back as it was meant.
    pub(super) fn read_back(&self, held: &Held, told: &str) -> StoreError {
        StoreError::ReadBack { path: self.shown_file(held), told: told.to_owned() }
    }

    pub(super) fn shown_file(&self, held: &Held) -> PathBuf {
        self.corpus.shown(&self.corpus.alignment_path(&held.stem, held.edition.as_ref()))
    }
}

/// A name for a step that no other has: from the clock, the process and a count.
fn new_id() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    sha256(format!("{} {} {count}", time.as_nanos(), std::process::id()).as_bytes())[..12].to_owned()
}

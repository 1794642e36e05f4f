//! The one door for every change: a step is what one command does, and what one `undo` takes back.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use crate::bitext::{Alignment, Article, Edition, Stem, Unit};

use super::file::{header_reads_back, unit_reads_back, write};
use super::held::{Files, Held, Target};
use super::hunks::{Hunk, diff};
use super::journal::{self, Entry, Turn};
use super::read::sha256;
use super::received::received_sha256;
use super::steps::Touch;
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
    corpus: &'c Corpus,
    author: Author,
    id: String,
    pub(super) undoes: Option<String>,
    pub(super) redoes: Option<String>,
    touched: HashSet<String>,
    shrink: bool,
}

fn units(alignment: Option<&Alignment>) -> &[Unit] {
    alignment.map_or(&[], Alignment::units)
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
        let held = self.lock_any(stem, edition)?;
        if held.absent {
            self.corpus.article(stem)?;
        }
        Ok(held)
    }

    /// The same, also where there is no seed.
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
        Ok(Held { stem: stem.clone(), edition: edition.cloned(), stored, absent, bytes, file_sha256, lock })
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
    /// `alignments/texts/` becomes these. Its hash stands in the header, as `english_sha256`.
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
        self.write_with(held, Cow::Borrowed(new), Some(received))
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
            let told = "its header has not the article's `sha256`".to_owned();
            return Err(StoreError::ReadBack { path: self.shown_file(held), told });
        }
        self.commit(held, Target { alignment: Some(new), seed: None, received })
    }

    /// Puts a new text in the place of an article, and the alignment that covers it in the place of the old one.
    ///
    /// The former bytes are kept under `.journal/seeds/`. Where there is no alignment file, `new` may be none.
    ///
    /// # Errors
    ///
    /// As [`Step::write`]; [`StoreError::EmptySeed`] or [`StoreError::Nul`] where `text` is no article.
    pub fn replace_seed(
        &mut self,
        held: &mut Held,
        text: &str,
        new: Option<&Alignment>,
    ) -> Result<(), StoreError> {
        self.corpus.check_text(&held.stem, text)?;
        if let Some(new) = new {
            self.check_shrink(held, new)?;
        }
        let kept = held.stored.alignment.clone();
        let alignment = new.or(kept.as_ref()).map(Cow::Borrowed);
        let seed = (text != held.stored.article.text).then_some(Some(text));
        self.commit(held, Target { alignment, seed, received: None })
    }

    /// Puts a new article into the corpus, and holds it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] where it, or one whose name is the same on some computers, is there;
    /// [`StoreError::EmptySeed`] or [`StoreError::Nul`] where `text` is no article.
    pub fn add_article(&mut self, stem: &Stem, text: &str) -> Result<Held, StoreError> {
        let corpus = self.corpus;
        corpus.check_text(stem, text)?;
        let seeds = corpus.seeds();
        corpus.fs.make_folder(&seeds).map_err(StoreError::io("make the folder", corpus.shown(&seeds)))?;
        let mut held = self.lock_any(stem, None)?;
        if let Some(twin) = corpus.twin(stem)? {
            return Err(StoreError::Exists(twin));
        }
        let kept = held.stored.alignment.clone();
        let target = Target { alignment: kept.map(Cow::Owned), seed: Some(Some(text)), received: None };
        self.commit(&mut held, target)?;
        Ok(held)
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
        held.bytes = Some(text.into_bytes());
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
    fn check_meanwhile(&self, held: &Held) -> Result<(), StoreError> {
        let path = self.corpus.alignment_path(&held.stem, held.edition.as_ref());
        let now = self.corpus.bytes(&path)?;
        if now == held.bytes { Ok(()) } else { Err(StoreError::Meanwhile(self.shown_file(held))) }
    }

    /// Makes an article's files what `target` says: all of it, or nothing.
    ///
    /// In this order: the new files whole beside the old, flushed; the step's line, flushed; the journal's
    /// entry, flushed; the renames; the folders, flushed. A crash before the first rename leaves an
    /// entry that is not in force, for the file's hash is still the one before.
    pub(super) fn commit(&mut self, held: &mut Held, target: Target) -> Result<(), StoreError> {
        let corpus = self.corpus;
        let old = held.stored.alignment.as_ref();
        let new = target.alignment.as_deref();
        let hunks = diff(units(old), units(new));
        let header =
            Turn { before: old.map(|old| old.header().clone()), after: new.map(|new| new.header().clone()) };
        let same = hunks.is_empty() && header.before == header.after;
        if same && target.seed.is_none() {
            return Ok(());
        }
        // Where the seed stays as it is, so does the article.
        let replaced = target.seed.map(|seed| Article {
            stem: held.stem.clone(),
            text: seed.unwrap_or_default().to_owned(),
            sha256: seed.map(|text| sha256(text.as_bytes())).unwrap_or_default(),
        });
        let article = replaced.as_ref().unwrap_or(&held.stored.article);
        let text = match new {
            Some(alignment) if !same => Some(self.checked_text(held, alignment, &hunks, article)?),
            _ => None,
        };
        let file_after = match (&text, new) {
            (Some(text), _) => Some(sha256(text.as_bytes())),
            (None, Some(_)) => held.file_sha256.clone(),
            (None, None) => None,
        };
        let seed_after = (!article.sha256.is_empty()).then(|| article.sha256.clone());
        let entry = Entry {
            step: self.id.clone(),
            at: self.author.at.clone(),
            by: self.author.by.clone(),
            command: self.author.command.clone(),
            undoes: self.undoes.clone(),
            redoes: self.redoes.clone(),
            file: Turn { before: held.file_sha256.clone(), after: file_after.clone() },
            seed: target.seed.map(|_| Turn { before: held.seed_sha256(), after: seed_after }),
            hunks,
            header: (header.before != header.after).then_some(header),
        };
        self.check_meanwhile(held)?;
        let received = self.received_after(held, &target)?;
        let removed = new.is_none() && old.is_some();
        let files = Files { text, removed, file_after, received, entry: journal::line(&entry) };
        let done = self
            .prepare(held, &target, replaced.as_ref(), &files)
            .and_then(|()| self.perform(held, target, files));
        if done.is_err() {
            // What is not there any more needs no removal.
            let _ = corpus.fs.remove(&corpus.temporary(&held.stem, held.edition.as_ref()));
            let _ = corpus.fs.remove(&corpus.seed_temporary(&held.stem, held.edition.as_ref()));
            let _ = corpus.fs.remove(&corpus.text_temporary(&held.stem, held.edition.as_ref()));
            return done;
        }
        if let Some(article) = replaced {
            held.stored.article = article;
        }
        held.absent = held.stored.article.sha256.is_empty();
        let sha256 = &held.stored.article.sha256;
        held.stored.changed =
            held.stored.alignment.as_ref().is_some_and(|new| new.header().sha256 != *sha256);
        Ok(())
    }

    /// What the file of the received English is to hold, where the header names another text than before.
    fn received_after(&self, held: &Held, target: &Target) -> Result<Option<Option<Vec<u8>>>, StoreError> {
        let named = |alignment: Option<&Alignment>| {
            alignment.and_then(|alignment| received_sha256(alignment.header()).map(str::to_owned))
        };
        let after = named(target.alignment.as_deref());
        if after == named(held.stored.alignment.as_ref()) {
            return Ok(None);
        }
        let Some(hash) = after else { return Ok(Some(None)) };
        match target.received {
            Some(bytes) if sha256(bytes) == hash => Ok(Some(Some(bytes.to_vec()))),
            Some(_) => {
                let told = "its header names another English text".to_owned();
                Err(StoreError::ReadBack { path: self.shown_file(held), told })
            }
            None => Ok(Some(Some(self.corpus.kept_text(&hash)?))),
        }
    }

    /// All that comes before the first rename; a crash in it leaves the files as they were.
    fn prepare(
        &mut self,
        held: &mut Held,
        target: &Target,
        replaced: Option<&Article>,
        files: &Files,
    ) -> Result<(), StoreError> {
        let corpus = self.corpus;
        let edition = held.edition.as_ref();
        if let Some(seed) = target.seed {
            if !held.absent {
                corpus.keep_seed(&held.stored.article.text, &held.stored.article.sha256)?;
            }
            if let (Some(text), Some(article)) = (seed, replaced) {
                corpus.keep_seed(text, &article.sha256)?;
                let (path, beside) =
                    (corpus.seed_path(&held.stem), corpus.seed_temporary(&held.stem, held.edition.as_ref()));
                corpus.write_beside(&path, &beside, text.as_bytes())?;
            }
        }
        if let Some(received) = &files.received {
            corpus.prepare_text(&held.stem, edition, received.as_deref())?;
        }
        if let Some(text) = &files.text {
            let (path, beside) =
                (corpus.alignment_path(&held.stem, edition), corpus.temporary(&held.stem, edition));
            corpus.write_beside(&path, &beside, text.as_bytes())?;
        }
        let journal = corpus.shown(&corpus.journal_path(&held.stem, edition));
        self.touch(held)?;
        journal::append(&*corpus.fs, &mut held.lock.handle, corpus.root(), &files.entry)
            .map_err(StoreError::io("write", journal))
    }

    /// The renames.
    fn perform(&self, held: &mut Held, target: Target, files: Files) -> Result<(), StoreError> {
        let corpus = self.corpus;
        let path = corpus.alignment_path(&held.stem, held.edition.as_ref());
        // The text first: no alignment is in force whose text is not there.
        if let Some(received) = &files.received {
            corpus.place_text(&held.stem, held.edition.as_ref(), received.is_some())?;
        }
        if files.text.is_some() {
            corpus.put_in_place(&corpus.temporary(&held.stem, held.edition.as_ref()), &path)?;
        } else if files.removed {
            corpus.take_away(&path)?;
        }
        held.file_sha256 = files.file_after;
        held.bytes = match files.text {
            Some(text) => Some(text.into_bytes()),
            None if files.removed => None,
            None => held.bytes.take(),
        };
        held.stored.alignment = target.alignment.map(Cow::into_owned);
        let seed = corpus.seed_path(&held.stem);
        match target.seed {
            Some(Some(_)) => {
                corpus.put_in_place(&corpus.seed_temporary(&held.stem, held.edition.as_ref()), &seed)
            }
            Some(None) => corpus.take_away(&seed),
            None => Ok(()),
        }
    }

    /// The file's text: it covers the article, and what is new in it reads back as it was meant.
    fn checked_text(
        &self,
        held: &Held,
        new: &Alignment,
        hunks: &[Hunk<'_>],
        article: &Article,
    ) -> Result<String, StoreError> {
        if new.header().sha256 == article.sha256 {
            let cover = |cause| StoreError::Cover { stem: held.stem.clone(), cause };
            new.covers(&article.text).map_err(cover)?;
        }
        let unreadable = |told: String| StoreError::ReadBack { path: self.shown_file(held), told };
        if new.header().article != held.stem.as_str() || !header_reads_back(new.header()) {
            return Err(unreadable("the header".to_owned()));
        }
        // The other units were read from the file.
        match hunks.iter().flat_map(|hunk| hunk.after.iter()).find(|unit| !unit_reads_back(unit)) {
            Some(unit) => Err(unreadable(format!("unit {}", unit.id))),
            None => Ok(write(new)),
        }
    }

    /// Puts the step on the list, once for each article.
    fn touch(&mut self, held: &Held) -> Result<(), StoreError> {
        let file = held.name();
        if self.touched.contains(&file) {
            return Ok(());
        }
        self.corpus.touch(&Touch {
            step: self.id.clone(),
            file: file.clone(),
            at: self.author.at.clone(),
            by: self.author.by.clone(),
            command: self.author.command.clone(),
            undoes: self.undoes.clone(),
            redoes: self.redoes.clone(),
        })?;
        self.touched.insert(file);
        Ok(())
    }

    fn shown_file(&self, held: &Held) -> PathBuf {
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

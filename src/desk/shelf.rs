//! Articles kept open between one request and the next, for a front door that stays: the editor's.
//!
//! What is kept is only ever what stands in the files: each look asks the disk whether they are still the same ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::bitext::{Edition, Finding, Stem, Unit, UnitId};
use crate::quality::Checker;
use crate::store::{Corpus, Mark, sha256};

use super::check::{Checked, Found, check_articles, check_unit, level, rules};
use super::memory::{Glossary, Match, Own, Reading, TermFound};
use super::{DeskError, Now, Opened, open};

/// Units that are kept open at most, and at least one article.
const MOST_UNITS: usize = 300_000;

type Key = (Stem, Option<Edition>);

/// A corpus with the articles that were looked at last.
pub struct Shelf {
    corpus: Corpus,
    kept: Mutex<Kept>,
    /// One article at a time is read: whoever wants the same one meanwhile finds it on the shelf.
    reading: Mutex<()>,
    checker: Mutex<Option<(Mark, Arc<Checker>)>>,
    memory: Mutex<Option<Remembered>>,
}

/// The memory, and how much was learnt since it was read.
struct Remembered {
    reading: Reading,
    learnt: usize,
    read: Instant,
}

/// So much may be learnt, or so much time pass, before the memory is read again.
const LEARNT: usize = 300;
const OLD: Duration = Duration::from_secs(300);
/// How long a page waits for the memory to be read.
const WAIT: Duration = Duration::from_millis(300);

/// What helps to translate a unit.
#[derive(Clone, Debug, Default)]
pub struct Help {
    /// Its French, sentences joined by one space.
    pub french: String,
    /// Units like it, the most alike first.
    pub matches: Vec<Match>,
    /// The glossary's terms in it.
    pub terms: Vec<TermFound>,
    /// Whether the memory is still being read: there may be more matches.
    pub coming: bool,
}

#[derive(Default)]
struct Kept {
    articles: HashMap<Key, (Arc<Shelved>, u64)>,
    looks: u64,
    /// What is being written just now, by whom reads here.
    written: Option<Key>,
}

/// An article is being written as long as this is held.
pub struct Writing<'s>(&'s Shelf);

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.0.kept().written = None;
    }
}

/// An open article, and what is worked out of it when it is first asked for.
pub struct Shelved {
    /// The article with its units.
    pub opened: Opened,
    /// Which state of the files this is: another one, perhaps another content.
    pub stamp: String,
    /// The paragraph of each unit, from 1; 0 where the article has changed since, or a unit without French comes first.
    pub paragraphs: Vec<u32>,
    places: HashMap<UnitId, usize>,
    mark: Mark,
    findings: OnceLock<Arc<[Found]>>,
}

impl Shelved {
    fn of(opened: Opened, edition: Option<&Edition>, mark: Mark) -> Shelved {
        let mut last = 0;
        let paragraphs = opened
            .placed(edition, true)
            .map(|placed| {
                last = placed.paragraph.unwrap_or(last);
                last
            })
            .collect();
        let units = opened.alignment.units();
        let places = units.iter().enumerate().map(|(place, unit)| (unit.id, place)).collect();
        Shelved { paragraphs, places, ..Shelved::bare(opened, mark) }
    }

    fn bare(opened: Opened, mark: Mark) -> Shelved {
        let stamp = sha256(format!("{mark:?}").as_bytes())[..16].to_owned();
        let (paragraphs, places) = (Vec::new(), HashMap::new());
        Shelved { opened, stamp, paragraphs, places, mark, findings: OnceLock::new() }
    }

    /// The unit with this id, or that was merged from it: its place from 0.
    pub fn place(&self, id: UnitId) -> Option<usize> {
        self.places.get(&id).copied().or_else(|| self.opened.alignment.find(id).map(|(place, _)| place))
    }
}

impl Shelf {
    /// A shelf for this corpus, with nothing on it.
    pub fn new(corpus: Corpus) -> Self {
        Shelf {
            corpus,
            kept: Mutex::default(),
            reading: Mutex::default(),
            checker: Mutex::default(),
            memory: Mutex::default(),
        }
    }

    /// The corpus.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// An article as it stands in its files now.
    ///
    /// # Errors
    ///
    /// As [`open`].
    pub fn open(&self, stem: &Stem, edition: Option<&Edition>) -> Result<Arc<Shelved>, DeskError> {
        let key = (stem.clone(), edition.cloned());
        if let Some(article) = self.look(&key, self.corpus.mark(stem, edition)) {
            return Ok(article);
        }
        let _turn = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = self.corpus.mark(stem, edition);
        if let Some(article) = self.look(&key, mark) {
            return Ok(article);
        }
        // Where the files change while they are read, the next look finds another mark and reads again.
        let opened = open(&self.corpus, stem, edition)?;
        Ok(self.put(key, Shelved::of(opened, edition, mark)))
    }

    /// Takes note of an article as a change has left it: it need not be read again.
    pub fn keep(&self, stem: &Stem, edition: Option<&Edition>, now: Now) {
        let key = (stem.clone(), edition.cloned());
        let before = self.kept().articles.get(&key).map(|(article, _)| Arc::clone(article));
        let units = now.opened.alignment.units();
        let same = |before: &&Arc<Shelved>| {
            let own = before.opened.alignment.units();
            own.len() == units.len() && own.iter().zip(units).all(|(a, b)| a.id == b.id)
        };
        let article = match before.as_ref().filter(same) {
            Some(before) => Shelved {
                paragraphs: before.paragraphs.clone(),
                places: before.places.clone(),
                ..Shelved::bare(now.opened, now.mark)
            },
            None => Shelved::of(now.opened, edition, now.mark),
        };
        self.put(key, article);
    }

    /// Begins to write an article, one at a time: until that is told to [`Shelf::keep`] and ended, whoever looks for the article sees
    /// it as it was, if it is on the shelf. What is half done is read by nobody.
    pub fn writing(&self, stem: &Stem, edition: Option<&Edition>) -> Writing<'_> {
        self.kept().written = Some((stem.clone(), edition.cloned()));
        Writing(self)
    }

    /// The article, if it is on the shelf in this state.
    fn look(&self, key: &Key, mark: Mark) -> Option<Arc<Shelved>> {
        let mut kept = self.kept();
        kept.looks += 1;
        let now = kept.looks;
        let written = kept.written.as_ref() == Some(key);
        let (article, looked) = kept.articles.get_mut(key).filter(|(own, _)| written || own.mark == mark)?;
        *looked = now;
        Some(Arc::clone(article))
    }

    fn put(&self, key: Key, article: Shelved) -> Arc<Shelved> {
        let article = Arc::new(article);
        let mut kept = self.kept();
        let now = kept.looks;
        kept.articles.insert(key, (Arc::clone(&article), now));
        kept.trim();
        article
    }

    /// What the checks find in an article's units, but what was dismissed.
    ///
    /// # Errors
    ///
    /// As [`open`]; [`DeskError::Checks`] where the corpus's rules are not to be understood.
    pub fn findings(&self, stem: &Stem, edition: Option<&Edition>) -> Result<Arc<[Found]>, DeskError> {
        let article = self.open(stem, edition)?;
        if let Some(found) = article.findings.get() {
            return Ok(Arc::clone(found));
        }
        let checker = self.checker()?;
        let mut all: Arc<[Found]> = Arc::default();
        check_articles(&checker, &self.corpus, std::slice::from_ref(stem), edition, |_, checked| {
            match checked {
                Checked::Done { found, .. } => all = found.into(),
                Checked::Fault(error) => return Err(error),
            }
            Ok(())
        })?;
        Ok(Arc::clone(article.findings.get_or_init(|| all)))
    }

    /// What the checks find in one unit by itself, dismissed or not.
    ///
    /// # Errors
    ///
    /// As [`Shelf::checker`].
    pub fn check(&self, unit: &Unit) -> Result<Vec<Finding>, DeskError> {
        let checker = self.checker()?;
        Ok(check_unit(&checker, unit))
    }

    /// The checks with the corpus's rules, read again when its glossary or its names are others.
    ///
    /// # Errors
    ///
    /// [`DeskError::Checks`], [`DeskError::Store`].
    pub fn checker(&self) -> Result<Arc<Checker>, DeskError> {
        let mark = self.corpus.mark_lists();
        let mut kept = self.checker.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, checker)) = kept.as_ref().filter(|(own, _)| *own == mark) {
            return Ok(Arc::clone(checker));
        }
        let checker = Arc::new(Checker::new(level(&self.corpus)?).with_rules(rules(&self.corpus)?));
        let before = kept.replace((mark, Arc::clone(&checker)));
        drop(kept);
        if before.is_some() {
            // What was found by other rules is found again.
            self.kept().articles.clear();
        }
        Ok(checker)
    }

    /// What helps to translate a unit: units like it, and the glossary's terms.
    ///
    /// # Errors
    ///
    /// As [`open`]; [`DeskError::NoUnit`]; where the glossary cannot be read.
    pub fn help(&self, stem: &Stem, edition: Option<&Edition>, id: UnitId) -> Result<Help, DeskError> {
        let article = self.open(stem, edition)?;
        let none = || DeskError::NoUnit { name: id.to_string(), article: Some(stem.to_string()) };
        let unit = &article.opened.alignment.units()[article.place(id).ok_or_else(none)?];
        let french = unit.french();
        if french.is_empty() {
            return Ok(Help::default());
        }
        let terms = Glossary::read(&self.corpus)?.terms(&french);
        let mut kept = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.as_ref().is_none_or(|kept| kept.learnt > LEARNT || kept.read.elapsed() > OLD) {
            let reading = Reading::begin(&self.corpus, &[])?;
            *kept = Some(Remembered { reading, learnt: 0, read: Instant::now() });
        }
        let Some(kept) = kept.as_mut() else { return Ok(Help { french, terms, ..Help::default() }) };
        let own = Own { stem: stem.clone(), edition: edition.cloned(), id: unit.id };
        let memory = kept.reading.within(Some(WAIT));
        let matches = memory.map(|memory| memory.matches(&french, Some(&own))).unwrap_or_default();
        let coming = kept.reading.is_coming();
        Ok(Help { french, matches, terms, coming })
    }

    /// Takes note of a unit that a person has changed.
    pub fn learn(&self, stem: &Stem, edition: Option<&Edition>, unit: &Unit) {
        let mut kept = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(kept) = kept.as_mut() else { return };
        kept.learnt += 1;
        if let Some(memory) = kept.reading.within(Some(Duration::ZERO)).filter(|_| kept.learnt <= LEARNT) {
            memory.learn(Own { stem: stem.clone(), edition: edition.cloned(), id: unit.id }, unit);
        }
    }

    /// Forgets the memory, since many units are others now: it is read again when it is wanted.
    pub fn forget(&self) {
        *self.memory.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        // A panic elsewhere leaves the map whole: it is only ever filled and emptied.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Lets go of what was looked at longest ago, until no more than [`MOST_UNITS`] are held.
    fn trim(&mut self) {
        let units = |kept: &Kept| -> usize {
            kept.articles.values().map(|(article, _)| article.opened.alignment.units().len()).sum()
        };
        while self.articles.len() > 1 && units(self) > MOST_UNITS {
            let oldest = self.articles.iter().min_by_key(|(_, (_, looked))| *looked);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else { return };
            self.articles.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_an_article_is_written_it_is_seen_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("seeds")).unwrap();
        std::fs::write(folder.path().join("seeds/roy.txt"), "Il pleut.\n").unwrap();
        let shelf = Shelf::new(Corpus::open(folder.path()).unwrap());
        let stem: Stem = "roy".parse().unwrap();
        let before = shelf.open(&stem, None).unwrap();
        let writing = shelf.writing(&stem, None);
        std::fs::write(folder.path().join("seeds/roy.txt"), "Il vente.\n").unwrap();
        assert!(Arc::ptr_eq(&shelf.open(&stem, None).unwrap(), &before), "as it was");
        drop(writing);
        assert_eq!(shelf.open(&stem, None).unwrap().opened.article.text, "Il vente.\n");
    }
}

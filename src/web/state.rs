//! What all requests share: the corpus, who types, and who may ask.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Mutex, Semaphore, oneshot};

use crate::bitext::{Edition, Stem};
use crate::desk::{Amended, DeskError, How, Shelf, Shelved, Wish, amend_each};
use crate::store::{Author, Corpus, now, person, sha256};

use super::answer::Problem;
use super::guard::Access;

/// One corpus, served.
pub struct Site {
    pub(super) shelf: Shelf,
    pub(super) access: Access,
    /// What a page must send with every change; another one for each run.
    pub(super) secret: String,
    pub(super) by: Option<String>,
    /// One change at a time, first come, first served; other programs are kept away by the store's lock.
    pub(super) writing: Mutex<()>,
    /// As many readers at once as there are cores: more would only keep a writer from its turn.
    pub(super) readers: Semaphore,
    /// One reader alone while somebody writes: what is typed goes before what is looked at.
    alone: Semaphore,
    /// Changes that wait or are being made.
    changes: AtomicUsize,
    /// Wishes that wait for their article's turn; all of one article are granted in one turn of the disk.
    pub(super) waiting: std::sync::Mutex<Vec<Waiting>>,
}

/// A wish of a page, and where its answer goes.
pub(super) struct Waiting {
    pub place: Where,
    pub wish: Wish,
    pub again: Option<String>,
    pub answer: oneshot::Sender<Result<Amended, Problem>>,
}

/// An article, or an edition of it, that a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Where {
    pub stem: Stem,
    pub edition: Option<Edition>,
}

impl Where {
    pub(super) fn pair(&self) -> (&Stem, Option<&Edition>) {
        (&self.stem, self.edition.as_ref())
    }

    /// As it is typed: `ARTICLE` or `ARTICLE@EDITION`.
    pub(super) fn name(&self) -> String {
        match &self.edition {
            None => self.stem.to_string(),
            Some(edition) => format!("{}@{edition}", self.stem),
        }
    }
}

impl Site {
    /// A site for this corpus.
    pub fn new(corpus: Corpus, access: Access) -> Arc<Site> {
        let by = person(corpus.config(), corpus.root());
        Arc::new(Site {
            shelf: Shelf::new(corpus),
            access,
            secret: secret(),
            by,
            writing: Mutex::new(()),
            readers: Semaphore::new(cores()),
            alone: Semaphore::new(1),
            changes: AtomicUsize::new(0),
            waiting: Default::default(),
        })
    }

    /// The secret of this run.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    pub(super) fn corpus(&self) -> &Corpus {
        self.shelf.corpus()
    }

    pub(super) fn author(&self, command: impl Into<String>) -> Author {
        Author { by: self.by.clone(), at: now(), command: format!("serve: {}", command.into()) }
    }

    pub(super) fn open(&self, place: &Where) -> Result<Arc<Shelved>, DeskError> {
        self.shelf.open(&place.stem, place.edition.as_ref())
    }
}

/// Work that may wait for the disk, on a thread that may.
pub(super) async fn aside<T: Send + 'static>(
    site: &Arc<Site>,
    work: impl FnOnce(&Site) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let _reader = site.readers.acquire().await;
    let _alone = match site.changes.load(Ordering::Relaxed) {
        0 => None,
        _ => Some(site.alone.acquire().await),
    };
    apart(site, work).await
}

/// The same where a page waits for what came of its change: in the writers' lane, before all readers.
pub(super) async fn apart<T: Send + 'static>(
    site: &Arc<Site>,
    work: impl FnOnce(&Site) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let site = Arc::clone(site);
    match tokio::task::spawn_blocking(move || work(&site)).await {
        Ok(result) => result,
        Err(_) => Err(Problem::internal()),
    }
}

/// The same for what writes: one at a time.
pub(super) async fn change<T: Send + 'static>(
    site: &Arc<Site>,
    work: impl FnOnce(&Site) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    // The work goes on when whoever asked has gone: it is in a task of its own, with the turn that it waited for.
    let site = Arc::clone(site);
    let task = tokio::spawn(async move {
        let _changing = Changing::begin(&site.changes);
        let _turn = site.writing.lock().await;
        apart(&site, work).await
    });
    task.await.unwrap_or_else(|_| Err(Problem::internal()))
}

/// Counts a change for as long as it waits or is made.
struct Changing<'s>(&'s AtomicUsize);

impl<'s> Changing<'s> {
    fn begin(changes: &'s AtomicUsize) -> Self {
        changes.fetch_add(1, Ordering::Relaxed);
        Changing(changes)
    }
}

impl Drop for Changing<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Grants a wish together with all others of its article that wait by the time the disk is free: one turn costs as
/// much for many as for one, so that nobody waits for a queue.
pub(super) async fn grant(
    site: &Arc<Site>,
    place: Where,
    wish: Wish,
    again: Option<String>,
) -> Result<Amended, Problem> {
    let (answer, granted) = oneshot::channel();
    let first = {
        let mut waiting = site.waiting();
        let first = !waiting.iter().any(|one| one.place == place);
        waiting.push(Waiting { place: place.clone(), wish, again, answer });
        first
    };
    // Whoever waits first asks for the turn; those who come before it begins are taken along.
    if first {
        let site = Arc::clone(site);
        tokio::spawn(async move {
            change(&site, move |site| {
                let mut waiting = site.waiting();
                let (own, others): (Vec<Waiting>, Vec<Waiting>) =
                    std::mem::take(&mut *waiting).into_iter().partition(|one| one.place == place);
                *waiting = others;
                drop(waiting);
                site.grant_all(&place, own);
                Ok(())
            })
            .await
        });
    }
    granted.await.unwrap_or_else(|_| Err(Problem::internal()))
}

impl Site {
    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Writes what these pages want of one article, and answers each.
    fn grant_all(&self, place: &Where, all: Vec<Waiting>) {
        let Some(first) = all.first() else { return };
        let command = match (&all[..], &first.wish.seen[..]) {
            ([_], [(id, _)]) => format!("set {}:{id}", place.name()),
            _ => format!("set {} units of {}", all.len(), place.name()),
        };
        // Only one who is alone goes on with a step: nobody else's change becomes a part of it.
        let again = first.again.clone().filter(|_| all.len() == 1);
        let how = How { dry: false, again: again.as_deref() };
        let wishes: Vec<Wish> = all.iter().map(|one| one.wish.clone()).collect();
        // Until it is on the disk, whoever reads sees the article as it was, and need not read its files.
        let writing = self.shelf.writing(&place.stem, place.edition.as_ref());
        let answers: Vec<Result<Amended, Problem>> =
            match amend_each(self.corpus(), self.author(command), place.pair(), &wishes, how) {
                Ok((amended, now)) => {
                    if let Some(now) = now {
                        self.shelf.keep(&place.stem, place.edition.as_ref(), now);
                    }
                    amended.into_iter().map(Ok).collect()
                }
                Err(error) => {
                    let problem = Problem::from(error);
                    all.iter().map(|_| Err(problem.clone())).collect()
                }
            };
        drop(writing);
        for (waiting, answer) in all.into_iter().zip(answers) {
            // Nobody listens any more where the page was closed; what it wanted is done.
            let _ = waiting.answer.send(answer);
        }
    }
}

/// How many threads can run at once.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// 128 bits that nobody can guess: from the system's source of randomness; elsewhere from hash keys that the system seeds.
fn secret() -> String {
    let mut bytes = [0; 32];
    let from_system = std::fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    if from_system.is_err() {
        use std::hash::{BuildHasher, RandomState};
        for part in bytes.chunks_mut(8) {
            let random = RandomState::new().hash_one(std::process::id());
            part.copy_from_slice(&random.to_ne_bytes());
        }
    }
    sha256(&bytes)[..32].to_owned()
}

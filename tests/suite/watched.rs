//! What the store asks of the disk: how often, in how large pieces, and how much at once.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use enregard::bitext::Stem;
use enregard::store::fs::{Disk, Fs, Handle, Node};
use enregard::store::{Corpus, StoreError};

use crate::stored::{author, change, edit, folder, roy, undo};

/// The disk, which counts what is asked of it, and which another process seems to use for a while. It flushes nothing.
#[derive(Default)]
struct Watched {
    /// So many times a lock is another's.
    busy: AtomicUsize,
    asked: AtomicUsize,
    written: Mutex<Vec<usize>>,
    /// The articles that are locked, and how many were at once.
    held: Mutex<(usize, usize)>,
    /// Another process ends its work as soon as a folder was listed: its temporary files are gone.
    ends: AtomicBool,
}

impl Watched {
    fn is_article(path: &Path) -> bool {
        path.extension().is_some_and(|end| end == "holder")
            && !path.file_name().unwrap().to_string_lossy().starts_with('@')
    }
}

impl Fs for Watched {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Disk.read(path)
    }
    fn node(&self, path: &Path) -> io::Result<Option<Node>> {
        Disk.node(path)
    }
    fn read_only(&self, path: &Path) -> bool {
        Disk.read_only(path)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Node)>> {
        let listed = Disk.list(folder)?;
        let temporary = |name: &OsString| name.to_string_lossy().ends_with(".tmp");
        if self.ends.load(Ordering::Relaxed) {
            for (name, _) in listed.iter().filter(|(name, _)| temporary(name)) {
                fs::remove_file(folder.join(name))?;
            }
        }
        Ok(listed)
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        Disk.make_folder(path)
    }
    fn create_new(&self, path: &Path, like: &Path) -> io::Result<Handle> {
        let made = Disk.create_new(path, like)?;
        if Watched::is_article(path) {
            let mut held = self.held.lock().unwrap();
            *held = (held.0 + 1, held.1.max(held.0 + 1));
        }
        Ok(made)
    }
    fn open_append(&self, path: &Path) -> io::Result<Handle> {
        Disk.open_append(path)
    }
    fn write_all(&self, handle: &mut Handle, bytes: &[u8]) -> io::Result<()> {
        self.written.lock().unwrap().push(bytes.len());
        Disk.write_all(handle, bytes)
    }
    fn truncate(&self, handle: &mut Handle, bytes: u64) -> io::Result<()> {
        Disk.truncate(handle, bytes)
    }
    fn tail(&self, handle: &mut Handle, bytes: u64) -> io::Result<(u64, Vec<u8>)> {
        Disk.tail(handle, bytes)
    }
    fn sync_file(&self, _: &Handle) -> io::Result<()> {
        Ok(())
    }
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)?;
        if Watched::is_article(path) {
            self.held.lock().unwrap().0 -= 1;
        }
        Ok(())
    }
    fn try_lock(&self, handle: &Handle) -> io::Result<bool> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let busy = self.busy.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        if busy.is_ok() { Ok(false) } else { Disk.try_lock(handle) }
    }
}

fn watched(root: &Path, busy: usize) -> (Corpus, Arc<Watched>) {
    let disk = Arc::new(Watched { busy: busy.into(), ..Watched::default() });
    (Corpus::open_with(root, disk.clone()).unwrap(), disk)
}

#[test]
fn who_waits_for_an_article_gets_it_when_it_is_let_go() {
    let (folder, _, stem) = roy("Un.\n");
    let (corpus, _) = watched(folder.path(), 3);
    assert!(corpus.begin(author("edit")).lock(&stem, None).is_ok());
}

#[test]
fn who_waits_for_an_article_in_vain_asks_for_it_a_few_times_only() {
    let (folder, _, stem) = roy("Un.\n");
    let (corpus, disk) = watched(folder.path(), usize::MAX);
    let hasty = corpus.with_wait(Duration::from_millis(30));
    let told = hasty.begin(author("edit")).lock(&stem, None).map(drop);
    assert!(matches!(told, Err(StoreError::Busy { .. })), "{told:?}");
    let asked = disk.asked.load(Ordering::Relaxed);
    assert!(asked < 10, "asked {asked} times");
}

#[test]
fn a_temporary_file_that_is_put_in_its_place_meanwhile_is_not_missed() {
    let (folder, _, stem) = roy("Un.\n");
    edit(&Corpus::open(folder.path()).unwrap(), &stem, 0, "One.");
    let left = folder.path().join("alignments/.roy.jsonl.tmp");
    fs::write(&left, "half").unwrap();
    let (corpus, disk) = watched(folder.path(), 0);
    disk.ends.store(true, Ordering::Relaxed);
    edit(&corpus, &stem, 0, "Once.");
    assert!(!left.exists());
}

#[test]
fn the_configuration_says_how_long_to_wait() {
    let folder = folder(&[]);
    assert_eq!(Corpus::open(folder.path()).unwrap().wait(), Duration::from_secs(10));
    fs::write(folder.path().join("enregard.toml"), "[corpus]\nwait_seconds = 0.5\n").unwrap();
    assert_eq!(Corpus::open(folder.path()).unwrap().wait(), Duration::from_millis(500));
}

#[test]
fn a_large_file_goes_to_the_disk_in_large_pieces_and_never_as_a_whole() {
    let text: String = (0..4000).map(|number| format!("Phrase {number}.\n")).collect();
    let (folder, _, stem) = roy(&text);
    let (corpus, disk) = watched(folder.path(), 0);
    edit(&corpus, &stem, 0, "Sentence.");
    let written = disk.written.lock().unwrap();
    assert!(written.iter().all(|bytes| *bytes < 70_000), "{written:?}");
    assert!(written.len() < 20, "{} pieces", written.len());
}

#[test]
fn undo_holds_all_articles_of_a_step_at_once_but_no_more_than_64() {
    let names: Vec<String> = (0..65).map(|number| format!("a{number}")).collect();
    let folder = folder(&names.iter().map(|name| (name.as_str(), "Un.\n")).collect::<Vec<_>>());
    let stems: Vec<Stem> = names.iter().map(|name| name.parse().unwrap()).collect();
    let (corpus, disk) = watched(folder.path(), 0);
    for (count, at_once) in [(65, 1), (64, 64)] {
        change(&corpus, &stems[..count], |_| ());
        disk.held.lock().unwrap().1 = 0;
        undo(&corpus);
        assert_eq!(*disk.held.lock().unwrap(), (0, at_once), "{count} articles");
        assert_eq!(corpus.alignment_files().unwrap(), []);
    }
}

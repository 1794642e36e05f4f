//! Whatever step a crash, an error or a loss of power hits: the old content is whole or the new one is.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bitext::{Article, Stem};
use crate::store::{Corpus, StoreError, sha256};

use super::memory::{Fault, Memory};
use super::{alignment, author, by_lines, chances, header, tries, write_new};

type State = BTreeMap<PathBuf, String>;

const TEXT: &str = "Un.\nDeux.\n\nTrois.\n";

fn open(disk: &Arc<Memory>) -> Corpus {
    Corpus::open_with(Path::new("/c"), disk.clone()).unwrap()
}

/// Enters one unit's English.
fn set(corpus: &Corpus, unit: usize, english: &str) -> Result<(), StoreError> {
    let stem: Stem = "roy".parse().unwrap();
    let mut step = corpus.begin(author("set"));
    let mut held = step.lock(&stem, None)?;
    let article = held.stored().article.clone();
    let (header, mut units) = match held.stored().alignment.clone() {
        Some(alignment) => alignment.into_parts(),
        None => (header(&article), by_lines(&article, 0)),
    };
    units[unit].en = english.into();
    step.write(&mut held, &alignment(header, units, &article))?;
    step.finish()
}

fn replace_seed(corpus: &Corpus) -> Result<(), StoreError> {
    let stem: Stem = "roy".parse().unwrap();
    let mut step = corpus.begin(author("sync --from"));
    let mut held = step.lock(&stem, None)?;
    let text = "Un.\nDeux et demi.\n\nTrois.\n".to_owned();
    let article = Article { stem, sha256: sha256(text.as_bytes()), text };
    let (mut header, mut units) = held.stored().alignment.clone().unwrap().into_parts();
    header.sha256 = article.sha256.clone();
    units[1].more.was = std::mem::replace(&mut units[1].fr, "Deux et demi.".into());
    step.replace_seed(&mut held, &article.text, Some(alignment(header, units, &article)))
}

fn add(corpus: &Corpus) -> Result<(), StoreError> {
    write_new(corpus, "neuf", "Neuf.\nDix.\nOnze, douze et treize.\n")
}

/// Enters English from a text that was received whole.
fn receive(corpus: &Corpus, text: &str) -> Result<(), StoreError> {
    let mut step = corpus.begin(author("align"));
    let mut held = step.lock(&"roy".parse().unwrap(), None)?;
    let article = held.stored().article.clone();
    let (mut header, mut units) = match held.stored().alignment.clone() {
        Some(alignment) => alignment.into_parts(),
        None => (header(&article), by_lines(&article, 0)),
    };
    header.about.retain(|(key, _)| key != "english_sha256");
    header.about.push(("english_sha256".into(), sha256(text.as_bytes())));
    units[0].en = text.into();
    step.write_received(&mut held, &alignment(header, units, &article), text.as_bytes())
}

type Doing = fn(&Corpus) -> Result<(), StoreError>;

/// What is done, after what was done before it.
const CASES: [(&str, &[Doing], Doing); 11] = [
    ("the first edit", &[], |c| set(c, 0, "One.")),
    ("an edit", &[|c| set(c, 0, "One.")], |c| set(c, 1, "Two.")),
    ("a new seed", &[|c| set(c, 1, "Two.")], replace_seed),
    ("a new article", &[], add),
    ("undo of the first edit", &[|c| set(c, 0, "One.")], |c| c.undo(&author("undo")).map(drop)),
    ("undo", &[|c| set(c, 0, "One."), |c| set(c, 0, "1.")], |c| c.undo(&author("undo")).map(drop)),
    ("undo of a new seed", &[|c| set(c, 1, "Two."), replace_seed], |c| c.undo(&author("undo")).map(drop)),
    ("a received text", &[], |c| receive(c, "One.")),
    ("another received text", &[|c| receive(c, "One.")], |c| receive(c, "1.")),
    ("undo of a received text", &[|c| receive(c, "One."), |c| receive(c, "1.")], |c| {
        c.undo(&author("undo")).map(drop)
    }),
    ("redo", &[|c| set(c, 0, "One."), |c| set(c, 0, "1."), |c| c.undo(&author("undo")).map(drop)], |c| {
        c.redo(&author("redo")).map(drop)
    }),
];

/// The files before and after, and how many steps lie between.
fn prepared(before: &[Doing], doing: Doing) -> (Arc<Memory>, State, State, usize) {
    let disk = Arc::new(Memory::with_seeds(&[("roy.txt", TEXT)]));
    for doing in before {
        doing(&open(&disk)).unwrap();
    }
    let whole = Arc::new(disk.with_fault(Fault::Never));
    doing(&open(&whole)).unwrap();
    let (old, new) = (disk.state(), whole.state());
    assert_ne!(old, new);
    (disk, old, new, whole.steps())
}

/// Every file is as it was or as it should become; with `done`, the latter.
fn check(told: &str, disk: &Memory, old: &State, new: &State, done: bool) {
    let now = disk.state();
    if done {
        assert_eq!(&now, new, "{told}");
    }
    let files = old.keys().chain(new.keys()).chain(now.keys());
    for path in files.filter(|path| !path.to_string_lossy().ends_with(".tmp")) {
        let is = now.get(path);
        assert!(is == old.get(path) || is == new.get(path), "{told}: {} is {is:?}", path.display());
    }
}

/// After all of it the next command works, leaves no temporary file, and `undo` takes it back.
fn check_next(told: &str, disk: &Memory) {
    let disk = Arc::new(disk.with_fault(Fault::Never));
    let corpus = open(&disk);
    let stems = corpus.stems().unwrap();
    for stem in &stems {
        corpus.read(stem, None).unwrap_or_else(|error| panic!("{told}: {error}"));
    }
    let temporary = |state: &State| state.keys().any(|path| path.to_string_lossy().ends_with(".tmp"));
    set(&corpus, 2, "Three.").unwrap_or_else(|error| panic!("{told}: {error}"));
    for stem in &stems {
        corpus.begin(author("look")).lock(stem, None).map(drop).unwrap();
    }
    let before = disk.state();
    assert!(!temporary(&before), "{told}: {:?}", before.keys());
    set(&corpus, 2, "3.").unwrap();
    assert!(corpus.undo(&author("undo")).unwrap().is_some(), "{told}");
    assert_eq!(disk.state(), before, "{told}");
    assert!(corpus.undo(&author("undo")).unwrap().is_some(), "{told}");
}

#[test]
fn a_crash_at_any_step_leaves_the_old_content_or_the_new() {
    let mut points = 0;
    for (name, before, doing) in CASES {
        let (disk, old, new, steps) = prepared(before, doing);
        for step in 0..=steps {
            let told = format!("{name}, crash at step {step} of {steps}");
            let crashed = Arc::new(disk.with_fault(Fault::Crash(step)));
            let done = doing(&open(&crashed)).is_ok();
            check(&told, &crashed, &old, &new, done);
            check_next(&told, &crashed);
            points += 1;
        }
    }
    assert!(points > 100, "{points}");
}

#[test]
fn an_error_at_any_step_is_told_with_its_file_and_changes_nothing_or_all() {
    for (name, before, doing) in CASES {
        let (disk, old, new, steps) = prepared(before, doing);
        for kind in [ErrorKind::StorageFull, ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem] {
            for step in 0..steps {
                let told = format!("{name}, {kind} at step {step} of {steps}");
                let failing = Arc::new(disk.with_fault(Fault::Error(step, kind)));
                let done = doing(&open(&failing));
                check(&told, &failing, &old, &new, done.is_ok());
                if let Err(error) = done {
                    let StoreError::Io { path, cause, .. } = &error else { panic!("{told}: {error}") };
                    assert_eq!(cause.kind(), kind, "{told}");
                    let places = ["alignments", "seeds", "/c"];
                    assert!(places.iter().any(|place| path.starts_with(place)), "{told}: {error}");
                    // What the command made beside the file it has taken away again.
                    let left = failing.state();
                    assert!(!left.keys().any(|path| path.to_string_lossy().ends_with(".tmp")), "{told}");
                }
                check_next(&told, &failing);
            }
        }
    }
}

#[test]
fn what_a_crash_left_and_cannot_be_removed_is_told() {
    let (disk, _, _, steps) = prepared(&[], |c| set(c, 0, "One."));
    let left = |step: &usize| {
        let crashed = Arc::new(disk.with_fault(Fault::Crash(*step)));
        let _ = set(&open(&crashed), 0, "One.");
        Some(crashed).filter(|disk| disk.state().keys().any(|path| path.to_string_lossy().ends_with(".tmp")))
    };
    let disk = (0..steps).find_map(|step| left(&step)).unwrap();
    let told: Vec<String> = (0..20)
        .filter_map(|step| {
            let failing = Arc::new(disk.with_fault(Fault::Error(step, ErrorKind::PermissionDenied)));
            Some(add(&open(&failing)).err()?.to_string())
        })
        .collect();
    assert!(told.iter().any(|told| told.contains("remove") && told.contains(".roy.jsonl.tmp")), "{told:#?}");
}

#[test]
fn an_undo_or_redo_that_was_prevented_can_be_typed_again() {
    let mut prevented = 0;
    for (name, before, doing) in CASES.into_iter().filter(|(name, ..)| name.contains("do")) {
        let (disk, old, new, steps) = prepared(before, doing);
        let faults = |step| [Fault::Crash(step), Fault::Error(step, ErrorKind::StorageFull)];
        for (step, fault) in (0..=steps).flat_map(|step| faults(step).map(|fault| (step, fault))) {
            let told = format!("{name}, {fault:?} of {steps} steps");
            let failing = Arc::new(disk.with_fault(fault));
            let _ = doing(&open(&failing));
            let mut left = failing.state();
            left.retain(|path, _| !path.to_string_lossy().ends_with(".tmp"));
            if left != old {
                continue;
            }
            prevented += 1;
            let again = Arc::new(failing.with_fault(Fault::Never));
            doing(&open(&again)).unwrap_or_else(|error| panic!("{told} at {step}: {error}"));
            assert_eq!(again.state(), new, "{told}");
            if name.starts_with("undo") {
                // Nor is it passed over where something else was done first.
                let later = Arc::new(failing.with_fault(Fault::Never));
                set(&open(&later), 2, "Three.").unwrap();
                for state in [&old, &new] {
                    open(&later).undo(&author("undo")).unwrap();
                    assert_eq!(&later.state(), state, "{told}");
                }
            }
        }
    }
    assert!(prevented > 50, "{prevented}");
}

#[test]
fn a_loss_of_power_loses_nothing_that_was_acknowledged() {
    let mut chance = chances();
    let mut states = 0;
    for (name, before, doing) in CASES {
        let (disk, old, new, steps) = prepared(before, doing);
        for step in 0..=steps {
            let crashed = Arc::new(disk.with_fault(Fault::Crash(step)));
            let done = doing(&open(&crashed)).is_ok();
            for round in 0..tries() {
                states += 1;
                let told = format!("{name}, power lost at step {step} of {steps}, state {round}");
                let left = crashed.after_power_loss(&mut chance);
                check(&told, &left, &old, &new, done);
                check_next(&told, &left);
            }
        }
    }
    eprintln!("{states} states after a loss of power, all whole");
}

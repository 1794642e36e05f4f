//! What is kept beside the journal (an unfinished line, a buffer for an editor) is whole or absent, and there when that was said.

use std::path::Path;
use std::sync::Arc;

use crate::store::{Corpus, StoreError};

use super::memory::{Fault, Memory};
use super::{chances, tries};

fn open(disk: &Arc<Memory>) -> Corpus {
    Corpus::open_with(Path::new("/c"), disk.clone()).unwrap()
}

fn keep(corpus: &Corpus, text: &str) -> Result<(), StoreError> {
    corpus.keep("roy.unfinished.json", text).map(drop)
}

fn read(corpus: &Corpus) -> Option<String> {
    corpus.read_kept("roy.unfinished.json").unwrap().map(|bytes| String::from_utf8(bytes).unwrap())
}

/// Does it with every fault at every step; `check` sees the disk as it is then, and whether it was done.
fn at_every_step(
    before: fn(&Corpus) -> Result<(), StoreError>,
    doing: fn(&Corpus) -> Result<(), StoreError>,
    check: impl Fn(&str, &Corpus, bool),
) {
    let disk = Arc::new(Memory::with_seeds(&[("roy.txt", "Un.\n")]));
    before(&open(&disk)).unwrap();
    let whole = Arc::new(disk.with_fault(Fault::Never));
    doing(&open(&whole)).unwrap();
    let steps = whole.steps();
    let mut chance = chances();
    for step in 0..=steps {
        let failing = Arc::new(disk.with_fault(Fault::Error(step, std::io::ErrorKind::StorageFull)));
        let done = doing(&open(&failing)).is_ok();
        let after = Arc::new(failing.with_fault(Fault::Never));
        check(&format!("an error at step {step} of {steps}"), &open(&after), done);
        let crashed = Arc::new(disk.with_fault(Fault::Crash(step)));
        let done = doing(&open(&crashed)).is_ok();
        let after = Arc::new(crashed.with_fault(Fault::Never));
        check(&format!("killed at step {step} of {steps}"), &open(&after), done);
        for round in 0..tries() {
            let left = Arc::new(crashed.after_power_loss(&mut chance));
            check(&format!("power lost at step {step} of {steps}, state {round}"), &open(&left), done);
        }
    }
}

#[test]
fn an_unfinished_line_is_the_old_one_or_the_new() {
    at_every_step(
        |_| Ok(()),
        |c| keep(c, "new"),
        |told, corpus, done| {
            let is = read(corpus);
            assert!(is.as_deref() == Some("new") || (!done && is.is_none()), "{told}: {is:?}");
            keep(corpus, "next").unwrap_or_else(|error| panic!("{told}: {error}"));
            assert_eq!(read(corpus).as_deref(), Some("next"), "{told}");
        },
    );
    at_every_step(
        |c| keep(c, "old"),
        |c| keep(c, "new"),
        |told, corpus, done| {
            let is = read(corpus);
            assert!(
                is.as_deref() == Some("new") || (!done && is.as_deref() == Some("old")),
                "{told}: {is:?}"
            );
        },
    );
}

#[test]
fn what_is_put_aside_is_there_when_that_was_said() {
    let aside = |corpus: &Corpus| corpus.keep_aside("roy.aside", "typed").map(drop);
    at_every_step(
        |_| Ok(()),
        aside,
        |told, corpus, done| {
            let is = corpus.read_kept("roy.aside-1.txt").unwrap();
            assert!(!done || is.as_deref() == Some(b"typed"), "{told}: {is:?}");
            let next =
                corpus.keep_aside("roy.aside", "again").unwrap_or_else(|error| panic!("{told}: {error}"));
            assert_eq!(corpus.fs.read(&next).unwrap(), b"again", "{told}");
        },
    );
}

#[test]
fn a_buffer_is_whole_before_the_editor_sees_it() {
    const TEXT: &str = "# k7q2m9xd0v\nIl pleut.\nIt rains.\n";
    let buffer = |corpus: &Corpus| corpus.open_buffer("roy", TEXT).map(drop);
    at_every_step(
        |_| Ok(()),
        buffer,
        |told, corpus, done| {
            let first = corpus.read_kept("roy.buffer-1.txt").unwrap();
            assert!(!done || first.is_some(), "{told}");
            if let Some(first) = first {
                assert_eq!(String::from_utf8_lossy(&first), TEXT, "{told}");
            }
            let next = corpus.open_buffer("roy", TEXT).unwrap_or_else(|error| panic!("{told}: {error}"));
            assert_eq!(
                (next.written.as_str(), corpus.read_buffer(&next).unwrap().as_str()),
                (TEXT, TEXT),
                "{told}"
            );
            corpus.forget_buffer(&next).unwrap();
        },
    );
}

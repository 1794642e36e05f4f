//! What `init` said that it made is there, and what was there before is not lost.

use std::path::Path;
use std::sync::Arc;

use crate::store::fs::{Fs, Node};
use crate::store::{Corpus, StoreError};

use super::memory::{Fault, Memory};
use super::{chances, tries};

const OWN: &str = "/target\n";

fn init(disk: &Arc<Memory>) -> Result<Corpus, StoreError> {
    Corpus::init_with(Path::new("/c"), disk.clone()).map(|(corpus, _)| corpus)
}

/// The two folders, and what git is told; `kept` is what stood in `.gitignore` before.
fn check_all(told: &str, disk: &Memory, kept: &str) {
    for name in ["seeds", "alignments"] {
        assert_eq!(disk.node(&Path::new("/c").join(name)).unwrap(), Some(Node::Folder), "{told}: {name}");
    }
    let read = |name: &str| {
        let bytes = disk.read(&Path::new("/c").join(name));
        String::from_utf8(bytes.unwrap_or_else(|error| panic!("{told}: {name}: {error}"))).unwrap()
    };
    assert_eq!(read(".gitignore"), format!("{kept}alignments/.journal/\n"), "{told}");
    let attributes = "seeds/* -text\nalignments/*.jsonl eol=lf\nalignments/texts/* -text\n";
    assert_eq!(read(".gitattributes"), attributes, "{told}");
}

/// As [`check_all`] where it was acknowledged; in any case the next one makes what is lacking.
fn check(told: &str, disk: &Memory, kept: &str, done: bool) {
    if done {
        check_all(told, disk, kept);
    }
    if !kept.is_empty() {
        let own = disk.read(Path::new("/c/.gitignore")).unwrap();
        assert!(own.starts_with(kept.as_bytes()), "{told}");
    }
    let next = Arc::new(disk.with_fault(Fault::Never));
    init(&next).unwrap_or_else(|error| panic!("{told}: {error}"));
    check_all(told, &next, kept);
}

/// A name, the folders and the files that are there before.
type Scene = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

#[test]
fn what_init_has_acknowledged_is_there_after_a_loss_of_power() {
    let scenes: [Scene; 4] = [
        ("no folder", &[], &[]),
        ("an empty folder", &["/c"], &[]),
        ("a folder with seeds", &["/c", "/c/seeds"], &[]),
        ("a folder that git knows", &["/c"], &[("/c/.gitignore", OWN)]),
    ];
    let mut chance = chances();
    for (name, folders, files) in scenes {
        let kept = files.first().map_or("", |(_, text)| *text);
        let disk = Arc::new(Memory::with_folders(folders, files));
        let whole = Arc::new(disk.with_fault(Fault::Never));
        init(&whole).unwrap();
        let steps = whole.steps();
        for step in 0..=steps {
            let failing = Arc::new(disk.with_fault(Fault::Error(step, std::io::ErrorKind::StorageFull)));
            let done = init(&failing).is_ok();
            check(&format!("{name}, an error at step {step} of {steps}"), &failing, kept, done);
            let crashed = Arc::new(disk.with_fault(Fault::Crash(step)));
            let done = init(&crashed).is_ok();
            check(&format!("{name}, killed at step {step} of {steps}"), &crashed, kept, done);
            // Killed, and said again: what was there already is acknowledged too.
            let again = Arc::new(crashed.with_fault(Fault::Never));
            init(&again).unwrap();
            for round in 0..tries() {
                let told = format!("{name}, power lost at step {step} of {steps}, state {round}");
                check(&told, &crashed.after_power_loss(&mut chance), kept, done);
                // But for the corpus folder itself: its name stands elsewhere.
                let done = !folders.is_empty();
                check(&format!("{told}, again"), &again.after_power_loss(&mut chance), kept, done);
            }
        }
    }
}

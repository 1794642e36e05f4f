//! Real faults: the program is killed, refused its disk, crowded and fed rubbish, and nothing that a person typed is lost.
//!
//! `cargo test --test faults` runs a slice of everything; with `ENREGARD_FULL=1` all of it. What cannot run here (no `strace`, no leave to
//! mount) is skipped and says so; with `ENREGARD_REQUIRED=1` it fails instead. docs/RELIABILITY.md has the figures.

mod branches;
mod cases;
mod crowd;
mod disks;
mod errors;
mod kill;
mod many;
mod order;
mod rubbish;
mod scene;
mod serve;
mod traced;
mod ways;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether all fault points are wanted, not a slice of them.
fn full() -> bool {
    std::env::var_os("ENREGARD_FULL").is_some()
}

/// Says that a test could not run here, or fails where it has to.
fn skip(why: &str) {
    assert!(std::env::var_os("ENREGARD_REQUIRED").is_none(), "cannot run: {why}");
    eprintln!("skipped: {why}");
}

/// What came of some fault points.
#[derive(Default)]
struct Found {
    points: usize,
    faults: Vec<String>,
}

/// Does every case, as many at once as there are processors, and tells how far it has come. With `ENREGARD_CASE` only those
/// whose names begin so.
fn each_case(what: &str, work: impl Fn(&cases::Case) -> Found + Sync) -> Found {
    let only = std::env::var("ENREGARD_CASE").unwrap_or_default();
    let (next, all) = (AtomicUsize::new(0), Mutex::new(Found::default()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(case) = cases::CASES.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if !case.name.starts_with(&*only) {
                        continue;
                    }
                    let found = work(case);
                    for fault in &found.faults {
                        eprintln!("{what}: {fault}");
                    }
                    eprintln!(
                        "{what}: {}: {} points, {} violations",
                        case.name,
                        found.points,
                        found.faults.len()
                    );
                    let mut all = all.lock().unwrap();
                    all.points += found.points;
                    all.faults.extend(found.faults);
                }
            });
        }
    });
    let all = all.into_inner().unwrap();
    eprintln!("{what}: {} points, {} violations", all.points, all.faults.len());
    all
}

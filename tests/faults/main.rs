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
mod order;
mod rubbish;
mod scene;
mod traced;

/// Whether all fault points are wanted, not a slice of them.
fn full() -> bool {
    std::env::var_os("ENREGARD_FULL").is_some()
}

/// Says that a test could not run here, or fails where it has to.
fn skip(why: &str) {
    assert!(std::env::var_os("ENREGARD_REQUIRED").is_none(), "cannot run: {why}");
    eprintln!("skipped: {why}");
}

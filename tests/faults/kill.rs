//! `kill -9` at every system call of every command that writes.

use super::traced::{can_trace, counted, disturbed, recorded};
use super::{Found, each_case, full, skip};

/// Without `ENREGARD_FULL`, every so many-th point.
const STRIDE: usize = 29;

#[test]
fn killed_at_any_system_call_nothing_is_lost() {
    if !can_trace() {
        return skip("strace is not here, or may not trace");
    }
    let all = each_case("kill -9", |case| {
        let mut found = Found::default();
        let scene = case.scene();
        let states = case.states(&scene);
        // Another place to begin in each case, so that the slice is no pattern.
        let mut number = case.name.len();
        for (name, count) in counted(&recorded(case, &scene.copy())) {
            for nth in 1..=count {
                number += 1;
                if !full() && !number.is_multiple_of(STRIDE) {
                    continue;
                }
                let copy = scene.copy();
                let (ran, _) = disturbed(case, &copy, &name, nth, "signal=KILL");
                found.points += 1;
                let fault = case.fault(&copy, &states, &ran).or_else(|| case.fault_afterwards(&copy));
                if let Some(fault) = fault {
                    found.faults.push(format!("{}: killed at {name} {nth}: {fault}", case.name));
                }
            }
        }
        found
    });
    assert!(all.faults.is_empty(), "{}", all.faults.join("\n"));
}

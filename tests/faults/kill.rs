//! `kill -9` at every system call of every command that writes.

use super::cases::CASES;
use super::traced::{can_trace, counted, disturbed, recorded};
use super::{full, skip};

/// Without `ENREGARD_FULL`, every so many-th point.
const STRIDE: usize = 29;

#[test]
fn killed_at_any_system_call_nothing_is_lost() {
    if !can_trace() {
        return skip("strace is not here, or may not trace");
    }
    let (mut points, mut faults, mut number) = (0, Vec::new(), 0);
    for case in CASES {
        let scene = case.scene();
        let states = case.states(&scene);
        for (name, count) in counted(&recorded(case, &scene)) {
            for nth in 1..=count {
                number += 1;
                if !full() && number % STRIDE != 0 {
                    continue;
                }
                let copy = scene.copy();
                let (ran, _) = disturbed(case, &copy, &name, nth, "signal=KILL");
                points += 1;
                let fault = case.fault(&copy, &states, &ran).or_else(|| case.fault_afterwards(&copy));
                if let Some(fault) = fault {
                    faults.push(format!("{}: killed at {name} {nth}: {fault}", case.name));
                }
            }
        }
    }
    eprintln!("killed at {points} of {number} points: {} violations", faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

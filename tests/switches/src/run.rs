//! `switches run`: each mutant on the tests that reach it, the quickest first, until one fails.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crate::list::{Mutant, State};
use crate::outcome::{self, Line, Outcome};
use crate::process::{End, Scratch, Switch, run as run_tests};
use crate::tests::{self, Test, limit};
use crate::{Result, list};

/// How often each test caught a mutant of a file: such a test is tried before others that are as quick.
type Catches = Mutex<HashMap<(String, usize), u64>>;

pub fn run(package: &Path, range: Range<u32>, workers: usize) -> Result<()> {
    let package = &package.canonicalize()?;
    let mutants = list::read(package)?;
    outcome::write_unswitched(package, &mutants)?;
    let start = Instant::now();
    let tests = &tests::measured(package, workers)?;
    println!("{} tests measured after {:.0?}", tests.len(), start.elapsed());

    let done: HashSet<u32> = outcome::read(package)?.iter().map(|line| line.key).collect();
    let is_left = |each: &&Mutant| {
        each.state == State::Switched && range.contains(&each.key) && !done.contains(&each.key)
    };
    let left: Vec<&Mutant> = mutants.iter().filter(is_left).collect();
    let mut reaching: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, test) in tests.iter().enumerate() {
        for &key in &test.reach {
            reaching.entry(key).or_default().push(at);
        }
    }
    println!("{} mutants to try", left.len());

    let (next, writing, catches) = (AtomicUsize::new(0), Mutex::new(()), Catches::default());
    let work = |worker: usize| -> std::result::Result<(), String> {
        let text = |error: Box<dyn std::error::Error>| error.to_string();
        let scratch = Scratch::new(worker).map_err(text)?;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = left.get(at) else { return Ok(()) };
            let own = reaching.get(&mutant.key).map_or(&[][..], Vec::as_slice);
            let line = try_mutant(mutant, own, tests, &catches, &scratch).map_err(text)?;
            let _one_at_a_time = writing.lock().unwrap();
            if (at + 1).is_multiple_of(50) {
                println!("{} of {} after {:.0?}", at + 1, left.len(), start.elapsed());
            }
            outcome::append(package, &[line]).map_err(text)?;
        }
    };
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("a worker does not panic"))
    })?;
    println!("done after {:.0?}", start.elapsed());
    outcome::print_table(package)
}

/// Tries one mutant: more and more tests at a time, as the quick ones cost less than a process.
fn try_mutant(
    mutant: &Mutant,
    own: &[usize],
    tests: &[Test],
    catches: &Catches,
    scratch: &Scratch,
) -> Result<Line> {
    if own.is_empty() {
        return Ok(Line::new(mutant, Outcome::Unreached, ""));
    }
    let mut order: Vec<(u64, usize)> = {
        let catches = catches.lock().unwrap();
        let caught = |test| catches.get(&(mutant.file.clone(), test)).copied().unwrap_or_default();
        own.iter().map(|&test| (1000 * (tests[test].ms + 1) / (1 + caught(test)), test)).collect()
    };
    order.sort_unstable();
    let mut rest = order.iter().map(|&(_, test)| test).peekable();
    let mut budget_ms = 100;
    while rest.peek().is_some() {
        let (mut batch, mut ms) = (Vec::new(), 0);
        while let Some(test) = rest.next_if(|&test| batch.is_empty() || ms + tests[test].ms <= budget_ms) {
            ms += tests[test].ms;
            batch.push(test);
        }
        budget_ms *= 3;
        let (outcome, test) = match batch_end(&batch, tests, mutant.key, scratch)? {
            End::Passed => continue,
            End::Failed(names) => (Outcome::Caught, names.into_iter().next().unwrap_or_default()),
            End::TimedOut(name) => (Outcome::Timeout, name),
        };
        if let Some(at) = batch.iter().find(|&&at| tests[at].name == test) {
            *catches.lock().unwrap().entry((mutant.file.clone(), *at)).or_default() += 1;
        }
        return Ok(Line::new(mutant, outcome, &test));
    }
    Ok(Line::new(mutant, Outcome::Survived, ""))
}

/// Runs these tests, a process for each binary, until one does not pass.
fn batch_end(batch: &[usize], tests: &[Test], key: u32, scratch: &Scratch) -> Result<End> {
    let mut left = batch.to_vec();
    while let Some(&first) = left.first() {
        let binary = &tests[first].binary;
        let (now, later): (Vec<usize>, Vec<usize>) =
            left.iter().partition(|&&test| tests[test].binary == *binary);
        let names: Vec<&str> = now.iter().map(|&test| tests[test].name.as_str()).collect();
        let ms = now.iter().map(|&test| tests[test].ms).sum();
        let end = run_tests(binary, &names, Switch::Mutant(key), limit(ms), scratch)?;
        if !matches!(end, End::Passed) {
            return Ok(end);
        }
        left = later;
    }
    Ok(End::Passed)
}

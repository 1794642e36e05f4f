//! `switches try`: one mutant on all tests, those too that did not reach it or are new, and which of them fail.

use std::path::Path;

use crate::list::State;
use crate::process::{End, Scratch, Switch, run};
use crate::tests::{self, limit};
use crate::{Result, list};

/// As many milliseconds of tests as go into one process: one that does not end hides the rest of its process.
const TOGETHER_MS: u64 = 1000;

/// What a test without a known time is taken to need.
const UNKNOWN_MS: u64 = 1000;

pub fn try_one(package: &Path, mutant: &str) -> Result<()> {
    let package = &package.canonicalize()?;
    let mutants = list::read(package)?;
    let found = mutants.iter().find(|each| each.key.to_string() == mutant || each.name == mutant);
    let mutant = found.ok_or_else(|| format!("there is no mutant {mutant}"))?;
    println!("{}: {}", mutant.key, mutant.name);
    if mutant.state != State::Switched {
        return Err(format!("it is not switched: {}", mutant.why).into());
    }
    let known = tests::known(package);
    let scratch = Scratch::new(0)?;
    let mut caught = 0;
    for binary in tests::build(package)? {
        let names = tests::names(&binary)?;
        let mut left =
            names.iter().map(|name| (name, known.get(name).copied().unwrap_or(UNKNOWN_MS))).peekable();
        while left.peek().is_some() {
            let (mut batch, mut ms) = (Vec::new(), 0);
            while let Some((name, own)) = left.next_if(|(_, own)| batch.is_empty() || ms + own <= TOGETHER_MS)
            {
                batch.push(name.as_str());
                ms += own;
            }
            let failed = match run(&binary, &batch, Switch::Mutant(mutant.key), limit(ms), &scratch)? {
                End::Passed => continue,
                End::Failed(names) => names.into_iter().map(|name| format!("failed    {name}")).collect(),
                End::TimedOut(name) => vec![format!("timeout   {name}")],
            };
            caught += failed.len();
            failed.iter().for_each(|line| println!("{line}"));
        }
    }
    println!("{}", if caught == 0 { "survived" } else { "caught" });
    Ok(())
}

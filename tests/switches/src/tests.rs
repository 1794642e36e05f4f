//! The tests of a package: built once, then each run alone without a mutant, to know its time and which mutants it reaches.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::Result;
use crate::make::cargo;
use crate::process::{End, Scratch, Switch, run};

/// What measures time and depth, and takes half of the time: it would find what is slow, not what is wrong.
const SKIPPED: [&str; 4] = ["texts_of_one_thing", "depth_and_length", "long_stretches", "eight_writers"];

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Test {
    pub binary: PathBuf,
    pub name: String,
    pub ms: u64,
    /// The mutants it reaches, in order.
    pub reach: Vec<u32>,
}

/// As long as tests that took so many milliseconds may take with a mutant.
pub fn limit(ms: u64) -> Duration {
    Duration::from_millis(10_000 + 10 * ms)
}

/// Builds the tests; their binaries.
pub fn build(package: &Path) -> Result<Vec<PathBuf>> {
    #[derive(Deserialize)]
    struct Line {
        executable: Option<PathBuf>,
    }
    let mut command = cargo(
        package,
        &["test", "--no-run", "--lib", "--test", "suite", "--message-format=json-render-diagnostics"],
    );
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err("the tests do not compile".into());
    }
    let lines = output
        .stdout
        .split(|&byte| byte == b'\n')
        .filter_map(|line| serde_json::from_slice::<Line>(line).ok());
    Ok(lines.filter_map(|line| line.executable).collect())
}

/// The names of a binary's tests, without what is skipped.
pub fn names(binary: &Path) -> Result<Vec<String>> {
    let output = Command::new(binary).args(["--list", "--format", "terse"]).output()?;
    let ignored = Command::new(binary).args(["--list", "--format", "terse", "--ignored"]).output()?;
    let ignored = String::from_utf8(ignored.stdout)?;
    let text = String::from_utf8(output.stdout)?;
    let names = text.lines().filter(|line| !ignored.lines().any(|other| other == *line));
    let names = names
        .filter_map(|line| line.strip_suffix(": test"))
        .filter(|name| !SKIPPED.iter().any(|part| name.contains(part)));
    Ok(names.map(str::to_owned).collect())
}

#[derive(Serialize, Deserialize)]
struct Baseline {
    /// When the binaries were built, and which they are.
    built: Vec<(PathBuf, u64)>,
    tests: Vec<Test>,
}

/// All tests with their time and reach: as measured before, where the binaries are the same, or measured now.
pub fn measured(package: &Path, workers: usize) -> Result<Vec<Test>> {
    let binaries = build(package)?;
    let built = binaries.iter().map(|binary| {
        let at = std::fs::metadata(binary)?.modified()?.duration_since(std::time::UNIX_EPOCH)?;
        Ok((binary.clone(), at.as_secs()))
    });
    let mut built = built.collect::<Result<Vec<_>>>()?;
    built.sort();
    let path = package.join("baseline.json");
    let before = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Baseline>(&text).ok());
    if let Some(before) = before.filter(|before| before.built == built) {
        return Ok(before.tests);
    }
    let mut tests = Vec::new();
    for built in &binaries {
        // A copy: a build meanwhile (`try`) replaces the other.
        let kept = package.join("binaries");
        std::fs::create_dir_all(&kept)?;
        let binary = &kept.join(built.file_name().ok_or("a binary has a name")?);
        let _ = std::fs::remove_file(binary);
        std::fs::copy(built, binary)?;
        tests.extend(names(binary)?.into_iter().map(|name| (binary.clone(), name)));
    }
    println!("{} tests", tests.len());
    let tests = together(measure(tests, workers)?)?;
    if tests.iter().all(|test| test.reach.is_empty()) {
        return Err("no test reaches any mutant: are these the package's own binaries?".into());
    }
    std::fs::write(path, serde_json::to_vec(&Baseline { built, tests: tests.clone() })?)?;
    Ok(tests)
}

/// The known time of each test, to judge others by; a test that is not known yet has none.
pub fn known(package: &Path) -> HashMap<String, u64> {
    let before = std::fs::read(package.join("baseline.json")).ok();
    let before = before.and_then(|text| serde_json::from_slice::<Baseline>(&text).ok());
    before.map_or_else(HashMap::new, |before| {
        before.tests.into_iter().map(|test| (test.name, test.ms)).collect()
    })
}

/// Runs each test alone. One that fails without a mutant says nothing: it is named and left out.
fn measure(tests: Vec<(PathBuf, String)>, workers: usize) -> Result<Vec<Test>> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = |worker: usize| -> std::result::Result<(), String> {
        let text = |error: Box<dyn std::error::Error>| error.to_string();
        let scratch = Scratch::new(worker).map_err(text)?;
        let reach = scratch.file("reach");
        while let Some((binary, name)) = tests.get(next.fetch_add(1, Ordering::Relaxed)) {
            let _ = std::fs::remove_file(&reach);
            let start = Instant::now();
            let end = run(binary, &[name], Switch::Reach(&reach), Duration::from_secs(600), &scratch)
                .map_err(text)?;
            let ms = start.elapsed().as_millis() as u64;
            if !matches!(end, End::Passed) {
                println!("left out, as it fails without a mutant: {name}");
                continue;
            }
            let numbers = std::fs::read_to_string(&reach).unwrap_or_default();
            let mut reach: Vec<u32> = numbers.lines().filter_map(|line| line.parse().ok()).collect();
            reach.sort_unstable();
            reach.dedup();
            found.lock().unwrap().push(Test { binary: binary.clone(), name: name.clone(), ms, reach });
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("a worker does not panic"))
    })?;
    let mut found = found.into_inner().unwrap();
    found.sort_by(|a, b| (a.ms, &a.name).cmp(&(b.ms, &b.name)));
    Ok(found)
}

/// Leaves out the tests that fail without a mutant when others ran before them in the same process, as with a mutant they may.
fn together(mut tests: Vec<Test>) -> Result<Vec<Test>> {
    let scratch = Scratch::new(0)?;
    let binaries: BTreeSet<PathBuf> = tests.iter().map(|test| test.binary.clone()).collect();
    for binary in binaries {
        loop {
            let own: Vec<&Test> = tests.iter().filter(|test| test.binary == binary).collect();
            let names: Vec<&str> = own.iter().map(|test| test.name.as_str()).collect();
            let time = limit(own.iter().map(|test| test.ms).sum());
            let bad = match run(&binary, &names, Switch::None, time, &scratch)? {
                End::Passed => break,
                End::Failed(names) => names,
                End::TimedOut(name) => vec![name],
            };
            println!("left out, as they fail without a mutant after other tests: {bad:?}");
            let before = tests.len();
            tests.retain(|test| test.binary != binary || !bad.contains(&test.name));
            if tests.len() == before {
                return Err(format!("{} fails without a mutant", binary.display()).into());
            }
        }
    }
    Ok(tests)
}

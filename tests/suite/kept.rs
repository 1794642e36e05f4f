//! What fuzzing kept (`tests/data/fuzzed`, a zip for each target, made by `fuzz/keep`): all of it still holds, as it is and
//! changed a little. `ENREGARD_FUZZ` says how often each input is changed.

use std::fs;
use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use crate::fuzzed::{TARGETS, hold};
use crate::scripts::Random;

/// The inputs of a target, with their names.
fn kept(target: &str) -> Vec<(String, Vec<u8>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/fuzzed/{target}.zip"));
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut inputs = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut input = Vec::new();
        file.read_to_end(&mut input).unwrap();
        inputs.push((file.name().unwrap().into_owned(), input));
    }
    inputs
}

/// `input` with one to three of its stretches gone, doubled, overwritten, or put in from `other`.
fn changed(input: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(3) {
        let from = random.below(bytes.len() + 1);
        let to = (from + random.below(9)).min(bytes.len());
        match random.below(4) {
            0 => drop(bytes.drain(from..to)),
            1 => drop(bytes.splice(to..to, bytes[from..to].to_vec())),
            2 => bytes[from..to].iter_mut().for_each(|byte| *byte = random.next() as u8),
            _ => {
                let start = random.below(other.len() + 1);
                let end = (start + random.below(33)).min(other.len());
                drop(bytes.splice(from..to, other[start..end].iter().copied()));
            }
        }
    }
    bytes
}

#[test]
fn what_fuzzing_kept_still_holds_as_it_is_and_changed_a_little() {
    let times = std::env::var("ENREGARD_FUZZ").ok().and_then(|times| times.parse().ok()).unwrap_or(2);
    let mut broken = Vec::new();
    for (target, _) in TARGETS {
        let inputs = kept(target);
        assert!(!inputs.is_empty(), "{target}");
        let mut random = Random(7);
        let mut hold = |name: String, data: &[u8]| {
            if catch_unwind(AssertUnwindSafe(|| hold(target, data))).is_err() {
                broken.push(format!("{target}: {name}: {:?}", String::from_utf8_lossy(data)));
            }
        };
        for (name, input) in &inputs {
            hold(name.clone(), input);
            for time in 1..=times {
                let other = &inputs[random.below(inputs.len())].1;
                hold(format!("{name}, change {time}"), &changed(input, other, &mut random));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_target_is_built_for_the_fuzzer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut files: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, TARGETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

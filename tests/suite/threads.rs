//! The same input and options give the same bytes, whatever the number of threads.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::enregard_at;

/// Forty articles: those of the corpus eight times, with some English that lacks its numbers.
fn corpus() -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    for inner in ["seeds", "alignments"] {
        fs::create_dir(folder.path().join(inner)).unwrap();
    }
    for seed in fs::read_dir(root.join("seeds")).unwrap() {
        let seed = seed.unwrap().path();
        let stem = seed.file_stem().unwrap().to_str().unwrap();
        let alignment = fs::read_to_string(root.join(format!("alignments/{stem}.jsonl"))).unwrap();
        for number in 1..=8 {
            let name = format!("{stem}-{number}");
            fs::copy(&seed, folder.path().join(format!("seeds/{name}.txt"))).unwrap();
            let mut lines: Vec<String> = alignment.replace(stem, &name).lines().map(str::to_owned).collect();
            for line in lines.iter_mut().skip(1).step_by(number + 2) {
                if let Some((french, english)) = line.split_once("\"en\":") {
                    *line = format!("{french}\"en\":{}", english.replace(|c: char| c.is_ascii_digit(), "x"));
                }
            }
            fs::write(folder.path().join(format!("alignments/{name}.jsonl")), lines.join("\n")).unwrap();
        }
    }
    folder
}

/// What a command says, and the files there are then but for the journal, which tells the time.
fn after(folder: &Path, arguments: &[&str], threads: &str) -> (i32, Vec<u8>, BTreeMap<PathBuf, Vec<u8>>) {
    let mut command = enregard_at(folder, "1760000000");
    command.env("RAYON_NUM_THREADS", threads).args(arguments);
    let output = command.output().unwrap();
    let code = output.status.code().unwrap();
    assert!(code < 2, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    let (mut files, mut folders) = (BTreeMap::new(), vec![folder.join("out"), folder.join("alignments")]);
    while let Some(inside) = folders.pop() {
        for there in fs::read_dir(&inside).into_iter().flatten() {
            let path = there.unwrap().path();
            if path.is_dir() && !path.ends_with(".journal") {
                folders.push(path);
            } else if path.is_file() {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    (code, output.stdout, files)
}

#[test]
fn every_command_that_works_on_many_articles_says_and_writes_the_same_with_one_thread_and_with_five() {
    let folder = corpus();
    let seeds: Vec<String> = (0..40)
        .zip(fs::read_dir(folder.path().join("seeds")).unwrap())
        .map(|(_, seed)| seed.unwrap().path().to_str().unwrap().to_owned())
        .collect();
    let split: Vec<&str> = ["segment"].into_iter().chain(seeds.iter().map(String::as_str)).collect();
    let mut commands: Vec<Vec<&str>> = vec![
        split,
        vec!["list"],
        vec!["coverage"],
        vec!["check"],
        vec!["check", "--json"],
        vec!["find", "(?i)les? \\w+"],
        vec!["lexicon", "learn"],
        vec!["lexicon", "export"],
        vec!["export", "--dataset", "out/dataset"],
    ];
    if cfg!(feature = "tokens") {
        commands.push(vec!["tokens", "train", "-o", "out/tokenizer.json"]);
    }
    let formats: Vec<(&str, String)> = enregard::format::FORMATS
        .iter()
        .filter(|format| format.writes() && !matches!(format.name, "text" | "dataset"))
        .map(|format| (format.name, format!("out/{}", format.name)))
        .collect();
    for (name, path) in &formats {
        commands.push(vec!["export", "--to", name, "-o", path]);
    }
    for command in commands {
        let run = |threads| {
            let _ = fs::remove_dir_all(folder.path().join("out"));
            fs::create_dir(folder.path().join("out")).unwrap();
            after(folder.path(), &command, threads)
        };
        let (one, five) = (run("1"), run("5"));
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!((one.0, names(&one.2)), (five.0, names(&five.2)), "{command:?}");
        assert!(one.1 == five.1, "{command:?} says another thing");
        let other = one.2.iter().find(|(name, bytes)| five.2[*name] != **bytes);
        assert!(other.is_none(), "{command:?} writes another {:?}", other.map(|(name, _)| name));
    }
}

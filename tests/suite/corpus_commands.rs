//! `init`, `fmt`, `undo`, `redo`, `history` as real processes.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

const FILE: &str = concat!(
    r#"{"enregard":1,"article":"roy","source":"fr","target":"en","sha256":"SHA","splitter":"fr/1"}"#,
    "\n\n",
    r#"{"id":"k7q2m9xd0v","fr":["Il pleut."],"en":["It's raining."],"status":"reviewed"}"#,
    "\n\n",
    r#"{"id":"h9w3c1tb5s","fr":["Il vente."]}"#,
    "\n"
);

fn enregard(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder).env_clear();
    command
}

/// A corpus with one article and its alignment file.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = "Il pleut.\nIl vente.\n";
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::create_dir_all(folder.path().join("alignments")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), text).unwrap();
    let file = FILE.replace("SHA", &enregard::store::sha256(text.as_bytes()));
    fs::write(folder.path().join("alignments/roy.jsonl"), file).unwrap();
    folder
}

#[test]
fn init_makes_a_corpus_in_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    enregard(folder.path()).arg("init").assert().success().stdout("");
    assert!(folder.path().join("seeds").is_dir());
    enregard(folder.path()).arg("fmt").assert().success().stdout("").stderr("");
}

#[test]
fn no_corpus_is_told_with_what_to_type() {
    let folder = tempfile::tempdir().unwrap();
    let told = enregard(folder.path()).arg("fmt").assert().code(2).stdout("");
    let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(told.starts_with("error: cannot open the corpus\n  because no corpus in "), "{told}");
    assert!(told.contains("\nhint: run `enregard init` in the folder"), "{told}");
}

#[test]
fn fmt_puts_a_hand_edited_file_straight() {
    let folder = corpus();
    let path = folder.path().join("alignments/roy.jsonl");
    let straight = fs::read_to_string(&path).unwrap();
    enregard(folder.path()).args(["fmt", "--check"]).assert().success().stdout("");
    fs::write(&path, straight.replace('\n', "\r\n")).unwrap();
    enregard(folder.path()).args(["fmt", "--check"]).assert().code(1).stdout("alignments/roy.jsonl\n");
    enregard(folder.path()).args(["fmt", "ro"]).assert().success().stdout("alignments/roy.jsonl\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), straight);
}

#[test]
fn a_fault_in_one_file_is_told_and_the_others_are_put_straight() {
    let folder = corpus();
    let path = folder.path().join("alignments/roy.jsonl");
    let file = fs::read_to_string(&path).unwrap();
    fs::write(folder.path().join("seeds/abc.txt"), "Il neige.").unwrap();
    fs::write(folder.path().join("alignments/abc.jsonl"), "<<<<<<< HEAD\n").unwrap();
    fs::write(&path, file.trim_end()).unwrap();
    let told = enregard(folder.path()).arg("fmt").assert().code(2).stdout("alignments/roy.jsonl\n");
    let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(
        told.starts_with("error: cannot put abc straight\n  because alignments/abc.jsonl:1:1: git left"),
        "{told}"
    );
}

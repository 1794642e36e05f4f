//! `init`, `fmt`, `undo`, `redo`, `history` as real processes.

use std::fs;
use std::path::Path;

use enregard::bitext::Alignment;
use enregard::store::{Author, Corpus};

use crate::program::enregard;

const FILE: &str = concat!(
    r#"{"enregard":1,"article":"roy","source":"fr","target":"en","sha256":"SHA","splitter":"fr/1"}"#,
    "\n\n",
    r#"{"id":"k7q2m9xd0v","fr":["Il pleut."],"en":["It's raining."],"status":"reviewed"}"#,
    "\n\n",
    r#"{"id":"h9w3c1tb5s","fr":["Il vente."]}"#,
    "\n"
);

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

/// Enters English through the library, as a command would.
fn edit(folder: &Path, unit: usize, english: &str) {
    let corpus = Corpus::open(folder).unwrap();
    let stem = corpus.resolve("roy").unwrap();
    let command = format!("set {unit} --en '{english}'");
    let mut step =
        corpus.begin(Author { by: Some("Ève".into()), at: "2026-11-20T08:00:00Z".into(), command });
    let mut held = step.lock(&stem, None).unwrap();
    let article = held.stored().article.text.clone();
    let (header, mut units) = held.stored().alignment.clone().unwrap().into_parts();
    units[unit].en = english.into();
    step.write(&mut held, &Alignment::new(header, units, &article).unwrap()).unwrap();
    step.finish().unwrap();
}

#[test]
fn undo_and_redo_take_commands_back_and_do_them_again() {
    let folder = corpus();
    let path = folder.path().join("alignments/roy.jsonl");
    let state = || fs::read_to_string(&path).unwrap();
    let first = state();
    edit(folder.path(), 1, "It is windy.");
    let second = state();
    enregard(folder.path())
        .arg("undo")
        .assert()
        .success()
        .stdout("")
        .stderr("undid: set 1 --en 'It is windy.' (Ève, 2026-11-20T08:00:00Z), in roy\n");
    assert_eq!(state(), first);
    enregard(folder.path()).arg("undo").assert().code(2).stderr("error: there is nothing to undo\n");
    enregard(folder.path()).arg("redo").assert().success();
    assert_eq!(state(), second);
    enregard(folder.path())
        .args(["undo", "--list"])
        .assert()
        .success()
        .stdout("2026-11-20T08:00:00Z\tÈve\troy\tset 1 --en 'It is windy.'\n");
}

#[test]
fn undo_of_a_unit_that_was_changed_by_hand_shows_both_texts() {
    let folder = corpus();
    edit(folder.path(), 1, "It is windy.");
    let path = folder.path().join("alignments/roy.jsonl");
    let by_hand = fs::read_to_string(&path).unwrap().replace("It is windy.", "Windy.");
    fs::write(&path, &by_hand).unwrap();
    enregard(folder.path()).arg("undo").assert().code(2).stdout("").stderr(
        "error: cannot undo the last command\n  because unit h9w3c1tb5s of roy was changed since by other means: \
         found `Windy.`, expected `It is windy.`\nhint: `enregard history h9w3c1tb5s` shows what commands did to \
         it; what stands there now is kept\n",
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), by_hand);
}

#[test]
fn history_shows_the_changes_of_a_unit() {
    let folder = corpus();
    edit(folder.path(), 1, "It is windy.");
    edit(folder.path(), 1, "It is very windy.");
    enregard(folder.path()).args(["history", "h9w3c1tb5s"]).assert().success().stdout(concat!(
        "2026-11-20T08:00:00Z  Ève  roy  set 1 --en 'It is windy.'\n",
        "  en: {+It is windy.+}\n",
        "  status: [-untranslated-]{+draft+}\n",
        "\n",
        "2026-11-20T08:00:00Z  Ève  roy  set 1 --en 'It is very windy.'\n",
        "  en: It is {+very +}windy.\n",
    ));
    enregard(folder.path())
        .args(["history", "k7q2m9xd0v"])
        .assert()
        .success()
        .stdout("")
        .stderr("no command has changed k7q2m9xd0v in this corpus\n");
    enregard(folder.path()).args(["history", "x"]).assert().code(2);
}

#[test]
fn history_tells_a_line_of_the_journal_that_cannot_be_read() {
    let folder = corpus();
    edit(folder.path(), 1, "It is windy.");
    let journal = folder.path().join("alignments/.journal/roy.jsonl");
    let line = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, format!("{}{line}", line.replacen("\"step\"", "\"step", 1))).unwrap();
    let ran = enregard(folder.path()).args(["history", "h9w3c1tb5s"]).assert().code(2);
    let told = String::from_utf8_lossy(&ran.get_output().stderr).into_owned();
    assert!(told.starts_with("warning: alignments/.journal/roy.jsonl:1: "), "{told}");
    assert!(told.ends_with(": what this line says is not shown\n"), "{told}");
    assert!(String::from_utf8_lossy(&ran.get_output().stdout).contains("en: {+It is windy.+}"));
}

/// Eight processes at once, each with this many edits; `ENREGARD_EDITS` says how many.
#[test]
fn eight_processes_at_once_lose_nothing() {
    let edits: usize = std::env::var("ENREGARD_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("seeds")).unwrap();
    let text: String = (0..8 * edits).map(|number| format!("La phrase est la {number}.\n\n")).collect();
    fs::write(root.join("seeds/roy.txt"), text).unwrap();
    fs::write(root.join("enregard.toml"), "[corpus]\nwait_seconds = 60\n").unwrap();
    let exported = enregard(root).args(["export", "--columns", "id"]).assert().success();
    let ids = String::from_utf8(exported.get_output().stdout.clone()).unwrap();
    let ids: Vec<&str> = ids.lines().skip(1).collect();
    assert_eq!(ids.len(), 8 * edits);
    std::thread::scope(|scope| {
        for own in ids.chunks(edits) {
            scope.spawn(move || {
                for id in own {
                    enregard(root)
                        .args(["import", "-", "--article", "roy"])
                        .write_stdin(format!("id\ten\n{id}\tSentence {id}.\n"))
                        .assert()
                        .success();
                }
            });
        }
    });
    let file = fs::read_to_string(root.join("alignments/roy.jsonl")).unwrap();
    for id in &ids {
        assert!(file.contains(&format!("Sentence {id}.")), "{id}");
    }
    assert_eq!(Corpus::open(root).unwrap().steps().unwrap().len(), 8 * edits);
}

#[test]
fn a_byte_order_mark_at_the_head_of_a_seed_belongs_to_no_sentence() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), "\u{FEFF}Il pleut.\nIl vente.\n").unwrap();
    enregard(folder.path()).args(["set", "roy:1", "--en", "It’s raining."]).assert().success();
    enregard(folder.path())
        .args(["export", "--columns", "fr,en"])
        .assert()
        .success()
        .stdout("fr\ten\nIl pleut.\tIt’s raining.\nIl vente.\t\n");
    // Saved again without the mark, by another editor: nothing of the French has changed.
    fs::write(folder.path().join("seeds/roy.txt"), "Il pleut.\nIl vente.\n").unwrap();
    enregard(folder.path()).arg("sync").assert().success();
    enregard(folder.path())
        .args(["export", "--columns", "fr,en,stale"])
        .assert()
        .success()
        .stdout("fr\ten\tstale\nIl pleut.\tIt’s raining.\t\nIl vente.\t\t\n");
}

#[test]
fn what_can_be_no_article_is_said_and_the_others_go_out() {
    let folder = corpus();
    fs::create_dir(folder.path().join("seeds/box.txt")).unwrap();
    for command in ["export", "coverage", "check", "list"] {
        let done = enregard(folder.path()).arg(command).assert().success();
        let told = String::from_utf8(done.get_output().stderr.clone()).unwrap();
        assert!(told.contains("warning: seeds/box.txt is no article: it is a folder"), "{command}: {told}");
    }
}

//! `set`, `merge`, `split`, `move`, `drop` as real processes.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::program::enregard_at;

fn enregard(folder: &Path) -> Command {
    enregard_at(folder, "1763625600")
}

/// A corpus of two articles without alignment files.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), "Il pleut.\n\nIl vente, dit l’homme. Il neige.\n")
        .unwrap();
    fs::write(folder.path().join("seeds/abc.txt"), "Le chat dort.\n").unwrap();
    fs::write(folder.path().join("enregard.toml"), "[person]\nby = \"Ann\"\n").unwrap();
    folder
}

/// What a command writes, if it is done.
fn out(folder: &Path, arguments: &[&str]) -> String {
    let ran = enregard(folder).args(arguments).assert().code(0);
    String::from_utf8(ran.get_output().stdout.clone()).unwrap()
}

/// What a command says that is not done.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let ran = enregard(folder).args(arguments).assert().code(2).stdout("");
    String::from_utf8(ran.get_output().stderr.clone()).unwrap()
}

fn ids(folder: &Path, article: &str) -> Vec<String> {
    out(folder, &["export", article, "--columns", "id", "--boilerplate"])
        .lines()
        .skip(1)
        .map(str::to_owned)
        .collect()
}

/// French and English of an article, and the status.
fn table(folder: &Path, article: &str) -> Vec<String> {
    let table = out(folder, &["export", article, "--columns", "fr,en,status", "--dialect", "plain"]);
    table.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_first_edit_of_an_article_makes_its_alignment_file() {
    let folder = corpus();
    let folder = folder.path();
    let ids = ids(folder, "roy");
    assert!(!folder.join("alignments/roy.jsonl").exists());
    let told = out(folder, &["set", &ids[0], "--en", "It’s raining.", "--status", "reviewed"]);
    assert_eq!(told, format!("roy:{}\treviewed\n", ids[0]));
    let file = fs::read_to_string(folder.join("alignments/roy.jsonl")).unwrap();
    assert!(file.contains("\"en\":[\"It’s raining.\"],\"status\":\"reviewed\""), "{file}");
    assert!(file.contains("\"by\":\"Ann\",\"at\":\"2025-11-20T08:00:00Z\""), "{file}");
    assert!(!folder.join("alignments/abc.jsonl").exists());
}

#[test]
fn a_unit_is_named_in_full_in_short_by_number_and_alone() {
    let folder = corpus();
    let folder = folder.path();
    let ids = ids(folder, "roy");
    for name in [format!("ro:{}", &ids[1][..5]), "roy:2".into(), ids[1].clone(), ids[1][..6].into()] {
        assert_eq!(out(folder, &["set", &name, "--note", &name]), format!("roy:{}\tuntranslated\n", ids[1]));
    }
    // With an alignment file as well as without one.
    assert_eq!(out(folder, &["set", &ids[2], "--status", "skipped"]), format!("roy:{}\tskipped\n", ids[2]));
    let told = refused(folder, &["set", "roy:9", "--en", "x"]);
    assert!(told.contains("no unit `9` in roy\nhint: "), "{told}");
    let told = refused(folder, &["set", "zzzzzzzzzz", "--en", "x"]);
    assert!(told.contains("no unit `zzzzzzzzzz` in the corpus\nhint: "), "{told}");
    let told = refused(folder, &["set", "nix:1", "--en", "x"]);
    assert!(told.contains("hint: run `enregard list`"), "{told}");
}

#[test]
fn several_options_and_units_are_one_step_of_undo() {
    let folder = corpus();
    let folder = folder.path();
    out(folder, &["set", "roy:1", "--en", "Rain.", "--note", "short", "--kind", "heading"]);
    out(folder, &["set", "roy:2", "abc:1", "roy:3", "--status", "skipped"]);
    assert_eq!(table(folder, "abc"), ["Le chat dort.\t\tskipped"]);
    out(folder, &["undo"]);
    assert_eq!(table(folder, "abc"), ["Le chat dort.\t\tuntranslated"]);
    assert_eq!(table(folder, "roy")[1], "Il vente, dit l’homme.\t\tuntranslated");
    assert_eq!(table(folder, "roy")[0], "Il pleut.\tRain.\tdraft");
    out(folder, &["undo"]);
    assert_eq!(table(folder, "roy")[0], "Il pleut.\t\tuntranslated");
}

#[test]
fn english_comes_from_standard_input_verbatim() {
    let folder = corpus();
    let folder = folder.path();
    enregard(folder).args(["set", "roy:1", "--en", "-"]).write_stdin(" “It rains.”\n").assert().code(0);
    let file = fs::read_to_string(folder.join("alignments/roy.jsonl")).unwrap();
    assert!(file.contains("\"en\":[\" “It rains.”\"]"), "{file}");
    out(folder, &["set", "roy:1", "--en", "- dash"]);
    assert_eq!(table(folder, "roy")[0], "Il pleut.\t- dash\tdraft");
}

#[test]
fn empty_english_is_refused_unless_it_is_to_be_cleared() {
    let folder = corpus();
    let folder = folder.path();
    out(folder, &["set", "roy:1", "--en", "Rain."]);
    let told = refused(folder, &["set", "roy:1", "--en", ""]);
    assert!(told.starts_with("error: cannot set roy:1\n  because roy: the English for unit "), "{told}");
    assert!(told.ends_with("is blank\nhint: to take the English away, use `--clear`\n"), "{told}");
    let told = refused(folder, &["set", "roy:1", "--status", "skipped"]);
    assert!(told.contains("hint: `--clear`"), "{told}");
    out(folder, &["set", "roy:1", "--clear", "--status", "skipped"]);
    assert_eq!(table(folder, "roy")[0], "Il pleut.\t\tskipped");
    let told = refused(folder, &["set", "roy:1", "--status", "reviewed"]);
    assert!(told.contains("it has no English\nhint: give the English as well, with `--en TEXT`"), "{told}");
    let told = refused(folder, &["set", "roy:1"]);
    assert!(told.contains("nothing to set was given"), "{told}");
    let told = refused(folder, &["set", "roy:1", "--kind", "poem"]);
    assert!(told.contains("expected one of body, heading"), "{told}");
}

#[test]
fn units_are_merged_split_and_moved() {
    let folder = corpus();
    let folder = folder.path();
    let ids = ids(folder, "roy");
    out(folder, &["set", "roy:2", "--en", "It’s windy, the man says."]);
    out(folder, &["set", "roy:3", "--en", "It’s snowing."]);
    assert_eq!(out(folder, &["merge", &ids[1]]), format!("roy:{}\tdraft\n", ids[1]));
    assert_eq!(
        table(folder, "roy")[1],
        "Il vente, dit l’homme. Il neige.\tIt’s windy, the man says. It’s snowing.\tdraft"
    );
    // The merged id leads to the unit.
    let parts = out(folder, &["split", &ids[2]]);
    assert!(parts.starts_with(&format!("roy:{}\tdraft\nroy:", ids[1])), "{parts}");
    assert_eq!(table(folder, "roy")[2], "Il neige.\tIt’s snowing.\tdraft");
    out(folder, &["split", &ids[1], "--at", "dit l'homme", "--en-at", "the man"]);
    assert_eq!(
        table(folder, "roy"),
        [
            "Il pleut.\t\tuntranslated",
            "Il vente,\tIt’s windy,\tdraft",
            "dit l’homme.\tthe man says.\tdraft",
            "Il neige.\tIt’s snowing.\tdraft"
        ]
    );
    out(folder, &["move", "roy:3", "previous", "--en"]);
    out(folder, &["move", "roy:3", "previous"]);
    assert_eq!(table(folder, "roy")[1], "Il vente, dit l’homme.\tIt’s windy, the man says.\tdraft");
    let told = refused(folder, &["split", "roy:1"]);
    assert!(told.contains("has 1 French sentence\nhint: `enregard split UNIT --at TEXT`"), "{told}");
    let told = refused(folder, &["merge", "roy:1", "abc:1"]);
    assert!(told.contains("the units are of two articles: roy and abc"), "{told}");
    let told = refused(folder, &["merge", "roy:1", "roy:3"]);
    assert!(told.contains("is not next to unit"), "{told}");
    let told = refused(folder, &["drop", "roy:1"]);
    assert!(told.contains("has French, which stands in the article\nhint: "), "{told}");
}

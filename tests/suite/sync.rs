//! `sync` as a real process: articles that change, and what becomes of their English.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::program::enregard_at;

const OLD: &str = "Il pleut.\n\nIl vente, dit l’homme. Il neige fort.\n\nLe chat dort.\n";

fn enregard(folder: &Path) -> Command {
    enregard_at(folder, "1763625600")
}

fn out(folder: &Path, arguments: &[&str]) -> String {
    let ran = enregard(folder).args(arguments).assert().code(0);
    String::from_utf8(ran.get_output().stdout.clone()).unwrap()
}

fn told(folder: &Path, arguments: &[&str], code: i32) -> String {
    let ran = enregard(folder).args(arguments).assert().code(code);
    String::from_utf8(ran.get_output().stderr.clone()).unwrap()
}

/// A corpus of one article, all of it reviewed.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), OLD).unwrap();
    for (number, english) in
        ["It’s raining.", "It’s windy, the man says.", "It’s snowing hard.", "The cat is asleep."]
            .iter()
            .enumerate()
    {
        let unit = format!("roy:{}", number + 1);
        out(folder.path(), &["set", &unit, "--en", english, "--status", "reviewed"]);
    }
    folder
}

fn change(folder: &Path, text: &str) {
    fs::write(folder.join("seeds/roy.txt"), text).unwrap();
}

fn table(folder: &Path) -> Vec<String> {
    let columns = ["export", "--columns", "fr,en,status,stale", "--dialect", "plain"];
    out(folder, &columns).lines().skip(1).map(str::to_owned).collect()
}

/// The lines of the list without the ids.
fn listed(text: &str) -> Vec<String> {
    let line = |line: &str| match line.strip_prefix("  ") {
        Some(rest) => format!("{} {}", rest[..9].trim(), &rest[22..]),
        None => line.to_owned(),
    };
    text.lines().map(line).collect()
}

#[test]
fn what_changed_is_shown_word_by_word_and_the_rest_is_kept() {
    let folder = corpus();
    let folder = folder.path();
    change(folder, "Le chat dort.\n\nIl vente, dit l'homme. Il ne neige pas fort. Il fait froid.\n");
    let warned = told(folder, &["export"], 0);
    assert!(warned.contains("`enregard sync roy`"), "{warned}");

    let before = fs::read(folder.join("alignments/roy.jsonl")).unwrap();
    let trial = out(folder, &["sync", "--dry-run"]);
    assert_eq!(fs::read(folder.join("alignments/roy.jsonl")).unwrap(), before);
    let shown = out(folder, &["sync"]);
    assert_eq!(shown, trial);
    assert_eq!(
        listed(&shown),
        [
            "roy: 1 stale, 1 new, 1 orphaned, 1 typed otherwise, 1 moved; 1 kept",
            "moved Le chat dort.",
            "stale Il {+ne +}neige {+pas +}fort.",
            "new {+Il fait froid.+}",
            "orphan [-Il pleut.-]"
        ]
    );
    assert_eq!(
        table(folder),
        [
            "Le chat dort.\tThe cat is asleep.\treviewed\t",
            "Il vente, dit l'homme.\tIt’s windy, the man says.\treviewed\t",
            "Il ne neige pas fort.\tIt’s snowing hard.\treviewed\tstale",
            "Il fait froid.\t\tuntranslated\t",
        ]
    );
    let file = fs::read_to_string(folder.join("alignments/roy.jsonl")).unwrap();
    assert!(file.contains(r#""was":["Il neige fort."]"#), "{file}");
    assert!(file.ends_with("\n") && file.contains(r#""status":"orphan","was":["Il pleut."]"#), "{file}");
    assert_eq!(told(folder, &["sync"], 0), "no article has changed\n");
    assert_eq!(told(folder, &["export"], 0), "");

    out(folder, &["undo"]);
    assert_eq!(fs::read(folder.join("alignments/roy.jsonl")).unwrap(), before);
}

#[test]
fn from_puts_a_new_text_in_place_and_undo_brings_the_old_one_back() {
    let folder = corpus();
    let folder = folder.path();
    fs::write(folder.join("new.txt"), OLD.replace("pleut", "pleut encore")).unwrap();
    let shown = out(folder, &["sync", "ro", "--from", "new.txt"]);
    assert_eq!(listed(&shown), ["roy: 1 stale; 3 kept", "stale Il pleut{+ encore+}."]);
    assert_eq!(
        fs::read_to_string(folder.join("seeds/roy.txt")).unwrap(),
        OLD.replace("pleut", "pleut encore")
    );
    out(folder, &["undo"]);
    assert_eq!(fs::read_to_string(folder.join("seeds/roy.txt")).unwrap(), OLD);
    assert!(table(folder)[0].starts_with("Il pleut.\tIt’s raining.\treviewed\t"));

    // The way back is the same: what is as it was is no longer stale.
    out(folder, &["redo"]);
    fs::write(folder.join("old.txt"), OLD).unwrap();
    let shown = out(folder, &["sync", "roy", "--from", "old.txt"]);
    assert_eq!(listed(&shown), ["roy: 1 restored; 3 kept", "restored Il pleut[- encore-]."]);
    assert!(table(folder)[0].starts_with("Il pleut.\tIt’s raining.\treviewed\t"));
}

#[test]
fn a_sentence_that_comes_back_is_reviewed_as_it_was() {
    let folder = corpus();
    let folder = folder.path();
    let before = fs::read(folder.join("alignments/roy.jsonl")).unwrap();
    change(folder, "Le chat dort.\n");
    out(folder, &["sync"]);
    assert_eq!(table(folder).len(), 1);
    change(folder, OLD);
    out(folder, &["sync"]);
    assert_eq!(
        String::from_utf8(fs::read(folder.join("alignments/roy.jsonl")).unwrap()),
        String::from_utf8(before)
    );
}

#[test]
fn every_edition_is_carried_over_with_its_article() {
    let folder = corpus();
    let folder = folder.path();
    let file = folder.join("alignments/roy.jsonl");
    let own = fs::read_to_string(&file).unwrap();
    fs::write(folder.join("alignments/roy@paper.jsonl"), own.replace("hard", "heavily")).unwrap();
    fs::write(folder.join("new.txt"), OLD.replace("fort", "peu")).unwrap();
    let shown = out(folder, &["sync", "roy", "--from", "new.txt"]);
    assert_eq!(
        listed(&shown),
        [
            "roy: 1 stale; 3 kept",
            "stale Il neige [-fort-]{+peu+}.",
            "roy@paper: 1 stale; 3 kept",
            "stale Il neige [-fort-]{+peu+}."
        ]
    );
    out(folder, &["undo"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), own);
    assert_eq!(fs::read_to_string(folder.join("seeds/roy.txt")).unwrap(), OLD);
}

#[test]
fn what_cannot_be_carried_over_is_told_and_the_others_are() {
    let folder = corpus();
    let folder = folder.path();
    fs::write(folder.join("seeds/abc.txt"), "Il neige.\n").unwrap();
    fs::write(folder.join("alignments/abc.jsonl"), "{\"enregard\":1\n").unwrap();
    change(folder, &OLD.replace("fort", "peu"));
    let fault = told(folder, &["sync"], 2);
    assert!(fault.starts_with("error: cannot carry abc over\n  because alignments/abc.jsonl:"), "{fault}");
    assert!(fs::read_to_string(folder.join("alignments/roy.jsonl")).unwrap().contains("\"was\""));

    assert!(told(folder, &["sync", "nix"], 2).contains("hint: run `enregard list`"));
    let fault = told(folder, &["sync", "--from", "new.txt"], 2);
    assert!(fault.contains("<ARTICLE>"), "{fault}");
    let fault = told(folder, &["sync", "roy", "--from", "nix.txt"], 2);
    assert!(fault.starts_with("error: cannot read the new text from nix.txt\n  because "), "{fault}");
    for (bytes, hint) in
        [(&b"Il a neig\x00.\n"[..], "save it as UTF-8"), (b"\n \n", "put the new text into the file")]
    {
        fs::write(folder.join("old.txt"), bytes).unwrap();
        let fault = told(folder, &["sync", "roy", "--from", "old.txt"], 2);
        assert!(fault.starts_with("error: cannot read the new text from old.txt\n"), "{fault}");
        assert!(fault.contains(&format!("hint: {hint}")), "{fault}");
    }
    assert!(fs::read_to_string(folder.join("seeds/roy.txt")).unwrap().contains("chat"));
}

#[test]
fn an_article_without_english_is_simply_replaced() {
    let folder = corpus();
    let folder = folder.path();
    fs::write(folder.join("seeds/abc.txt"), "Il neige.\n").unwrap();
    let ran =
        enregard(folder).args(["sync", "abc", "--from", "-"]).write_stdin("Il gèle.\n").assert().code(0);
    assert!(ran.get_output().stdout.is_empty());
    assert_eq!(fs::read_to_string(folder.join("seeds/abc.txt")).unwrap(), "Il gèle.\n");
}

#[test]
fn two_sentences_made_one_keep_their_units_where_only_one_has_english() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    change(folder.path(), "Il pleut sur la ville. Le vent du nord souffle fort depuis deux jours entiers.\n");
    out(folder.path(), &["set", "roy:1", "--en", "It is raining on the town."]);
    change(folder.path(), "Il pleut sur la ville, le vent du nord souffle fort depuis deux jours entiers.\n");
    out(folder.path(), &["sync"]);
    // The larger share of the sentence is that of the unit without English; it does not take the other's.
    assert_eq!(
        table(folder.path()),
        [
            "Il pleut sur la ville,\tIt is raining on the town.\tdraft\tstale",
            "le vent du nord souffle fort depuis deux jours entiers.\t\tuntranslated\t"
        ]
    );
}

#[test]
fn a_unit_whose_words_are_scattered_over_others_sentences_has_none_of_its_own_and_keeps_its_english() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    change(
        folder.path(),
        "Un gros chat noir dort bien dehors depuis midi. Une pluie froide tombe sur Lyon. Les trains partent tous vers Nantes.\n",
    );
    for (unit, english) in [("roy:1", "One."), ("roy:2", "Two."), ("roy:3", "Three.")] {
        out(folder.path(), &["set", unit, "--en", english]);
    }
    change(
        folder.path(),
        "Un gros chat, une pluie froide tombe sur Lyon, noir dort bien, les trains partent tous vers Nantes, dehors depuis midi.\n",
    );
    out(folder.path(), &["sync"]);
    assert_eq!(
        table(folder.path()),
        [
            "Un gros chat, une pluie froide tombe sur Lyon, noir dort bien,\tTwo.\tdraft\tstale",
            "les trains partent tous vers Nantes, dehors depuis midi.\tThree.\tdraft\tstale",
        ]
    );
    let file = fs::read_to_string(folder.path().join("alignments/roy.jsonl")).unwrap();
    assert!(file.contains(r#""en":["One."],"status":"orphan""#), "{file}");
}

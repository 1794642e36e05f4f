//! `coverage` as a real process.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::store::sha256;

fn enregard(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder).env_clear();
    command
}

fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.assert().get_output().stdout.clone()).unwrap()
}

/// Five sentences: one reviewed, one stale, one skipped, one untranslated, and a byline.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = "L’IA dort.\nIl neige ici.\n\nSic transit.\nEt après ?\nafp/abc\n";
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::create_dir_all(folder.path().join("alignments")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), text).unwrap();
    let file = format!(
        "{{\"enregard\":1,\"article\":\"roy\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{}\",\"splitter\":\"fr/1\"}}\n{}",
        sha256(text.as_bytes()),
        concat!(
            r#"{"id":"k7q2m9xd0v","fr":["L’IA dort."],"en":["AI sleeps."],"status":"reviewed"}"#,
            "\n",
            r#"{"id":"h9w3c1tb5s","fr":["Il neige ici."],"en":["It rains."],"was":["Il pleut."]}"#,
            "\n",
            r#"{"id":"a000000001","fr":["Sic transit."],"status":"skipped"}"#,
            "\n",
            r#"{"id":"a000000002","fr":["Et après ?"]}"#,
            "\n",
            r#"{"id":"a000000003","kind":"byline","fr":["afp/abc"]}"#,
            "\n",
        )
    );
    fs::write(folder.path().join("alignments/roy.jsonl"), file).unwrap();
    folder
}

#[test]
fn the_table_counts_content_by_state_and_defines_its_numbers() {
    let folder = corpus();
    let told = stdout(enregard(folder.path()).arg("coverage"));
    let expected = "\
article  coverage  sentences  reviewed  stale  skipped  untranslated  words  characters
roy        33.3 %        1/4         1      1        1             1    2/9       10/45
total      33.3 %        1/4         1      1        1             1    2/9       10/45

in total      translated  reviewed  draft  stale  skipped  untranslated  all
sentences              1         1      0      1        1             1    4
words                  2         2      0      3        2             2    9
words, split           3         3      0      3        2             2   10
characters            10        10      0     13       12            10   45

coverage: sentences with English that is not stale, of all that are not skipped
words: French, between spaces, with a letter or digit; split: l’IA is two
characters: French, spaces inside a sentence included
";
    assert_eq!(told, expected);
}

#[test]
fn below_the_threshold_the_exit_code_is_one() {
    let folder = corpus();
    enregard(folder.path()).args(["coverage", "--min", "33"]).assert().code(0);
    let told =
        enregard(folder.path()).args(["coverage", "--min", "34", "--of", "sentences"]).assert().code(1);
    let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert_eq!(told, "33.3 % of sentences is covered (1 of 3), below the 34 % asked\n");
    enregard(folder.path()).args(["coverage", "--min", "28", "--of", "words"]).assert().code(0);
    enregard(folder.path()).args(["coverage", "--min", "101"]).assert().code(2);
}

#[test]
fn the_list_says_what_is_missing_and_where() {
    let folder = corpus();
    assert_eq!(
        stdout(enregard(folder.path()).args(["coverage", "--list"])),
        "seeds/roy.txt:2\th9w3c1tb5s\tstale\tIl neige ici.\n\
         seeds/roy.txt:5\ta000000002\tuntranslated\tEt après ?\n"
    );
}

#[test]
fn json_has_every_number_and_what_is_missing() {
    let folder = corpus();
    let told = stdout(enregard(folder.path()).args(["coverage", "--json", "--list"]));
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["total"]["sentences"]["translated"], 1);
    assert_eq!(told["total"]["split_words"]["all"], 10);
    assert_eq!(told["articles"][0]["missing"][0]["line"], 2);
    assert_eq!(told["articles"][0]["seed_changed"], false);
}

#[test]
fn an_article_without_file_is_untranslated_and_a_fault_in_one_leaves_the_others() {
    let folder = corpus();
    fs::write(folder.path().join("seeds/neuf.txt"), "Un. Deux.\n").unwrap();
    fs::write(folder.path().join("seeds/vide.txt"), " \n").unwrap();
    let told = enregard(folder.path()).arg("coverage").assert().code(2);
    let out = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(out.contains("\nneuf ") && out.contains("\nroy "), "{out}");
    let err = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(err.starts_with("error: cannot measure vide\n"), "{err}");
    assert!(err.ends_with("1 of 3 articles are not in these numbers\n"), "{err}");
}

#[test]
fn a_changed_seed_is_told() {
    let folder = corpus();
    fs::write(folder.path().join("seeds/roy.txt"), "Autre chose.\n").unwrap();
    let told = enregard(folder.path()).arg("coverage").assert().code(0);
    let err = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(err.starts_with("warning: the text of roy has changed"), "{err}");
}

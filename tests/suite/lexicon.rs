//! `enregard lexicon` as a process: learning, showing, exporting, explaining, and input that is none.

use std::fs;

use assert_cmd::Command;

use crate::program::enregard;

const PAIRS: &str = "La puce chauffe.\tThe chip is getting hot.\t0.9\nUne puce coûte cher.\tA chip is expensive.\nCette puce est petite.\tThis chip is small.\nLe chien a une puce.\tThe dog has a flea.\n\tNobody said this.\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pairs.tsv"), PAIRS).unwrap();
    folder
}

fn out(command: &mut Command, code: i32) -> String {
    String::from_utf8(command.assert().code(code).get_output().stdout.clone()).unwrap()
}

#[test]
fn what_is_learnt_is_read_shown_and_exported_again() {
    let folder = folder();
    let path = folder.path();
    let learn = ["lexicon", "learn", "--pairs", "pairs.tsv", "-o", "mine.tsv"];
    let ran = enregard(path).args(learn).assert().code(0).stdout("");
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(told.contains("from 4 translations"), "{told}");
    let shown = out(enregard(path).args(["lexicon", "show", "--lexicon", "mine.tsv", "puces", "Puce"]), 0);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(
        lines.iter().any(|line| line.starts_with("Puce\tchip\t") && line.ends_with("\tmine.tsv")),
        "{shown}"
    );
    assert!(lines.iter().any(|line| line.ends_with("\tbundled")), "{shown}");
    let all = out(enregard(path).args(["lexicon", "export", "--lexicon", "mine.tsv"]), 0);
    assert!(all.contains("\ngouvernement\tn\t") && all.contains("\npuce\tchip\t"));
    fs::write(path.join("all.tsv"), all).unwrap();
    fs::write(path.join("fr.txt"), "La puce dort.\n").unwrap();
    fs::write(path.join("en.txt"), "The chip sleeps.\n").unwrap();
    let args = ["align", "--sentences", "--beads", "--lexicon", "all.tsv", "fr.txt", "en.txt"];
    assert!(out(enregard(path).args(args), 0).starts_with("[0]:[0]:"));
}

#[test]
fn two_texts_teach_also_of_other_languages() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("de.txt"), "Der Hund schläft.\nDer Hund frisst.\nEin Hund bellt.\n".repeat(3))
        .unwrap();
    fs::write(path.join("en.txt"), "The dog sleeps.\nThe dog eats.\nA dog barks.\n".repeat(3)).unwrap();
    let args = ["lexicon", "learn", "--sentences", "--source", "de", "--target", "en", "de.txt", "en.txt"];
    let learnt = out(enregard(path).args(args), 0);
    assert!(learnt.lines().any(|line| line.starts_with("hund\tdog\t")), "{learnt}");
    assert!(learnt.lines().any(|line| line.starts_with("schläft\tsleeps\t")), "{learnt}");
}

#[test]
fn a_word_is_explained_with_sentences() {
    let folder = folder();
    let args = ["lexicon", "explain", "--pairs", "pairs.tsv", "puce", "chip", "--examples", "1"];
    let told = out(enregard(folder.path()).args(args), 0);
    assert!(told.starts_with("puce → chip"), "{told}");
    assert!(told.contains("pairs.tsv:1") && told.contains("La puce chauffe."), "{told}");
    let args = ["lexicon", "explain", "--pairs", "pairs.tsv", "puce", "river"];
    assert_eq!(out(enregard(folder.path()).args(args), 1), "");
}

#[test]
fn a_corpus_teaches_what_people_typed() {
    let folder = folder();
    let path = folder.path();
    enregard(path).args(["init"]).assert().code(0);
    let ran = enregard(path).args(["lexicon", "learn"]).assert().code(2);
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(told.contains("no sentence stands beside its translation") && told.contains("hint:"), "{told}");
    fs::write(path.join("seeds/a.txt"), "La puce chauffe beaucoup trop. La puce coûte assez cher.\n")
        .unwrap();
    for (unit, en) in [("a:1", "The chip is getting far too hot."), ("a:2", "The chip is rather expensive.")]
    {
        enregard(path).args(["set", unit, "--en", en]).assert().code(0);
    }
    let told = out(enregard(path).args(["lexicon", "explain", "puce", "chip"]), 0);
    assert!(told.contains("(corpus, count") && told.contains("a:1"), "{told}");
}

#[test]
fn bad_input_is_told() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("none.tsv"), "no tab at all\n").unwrap();
    fs::write(path.join("wrong.tsv"), "chien\tq\tdog\n").unwrap();
    fs::write(path.join("binary.tsv"), b"\x00\xff\xfe\x01").unwrap();
    for (args, said) in [
        (&["learn", "--pairs", "none.tsv"][..], "none.tsv:1 is passed over"),
        (&["learn", "--pairs", "missing.tsv"], "cannot read the table missing.tsv"),
        (&["learn", "--pairs", "binary.tsv"], "cannot read the table binary.tsv"),
        (&["learn", "one.txt"], "TARGET"),
        (&["learn", "--least=-1", "--pairs", "pairs.tsv"], "least"),
        (&["show", "--lexicon", "wrong.tsv", "chien"], "the class `q`"),
        (&["show", "le chien"], "is not one word"),
        (&["export", "--no-bundled"], "nothing to export"),
        (&["learn"], "cannot open the corpus"),
    ] {
        let ran = enregard(path).arg("lexicon").args(args).assert().code(2).stdout("");
        let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(told.contains(said), "{args:?}: {told}");
    }
    let ran = enregard(path).args(["lexicon", "show", "xyzzy"]).assert().code(1).stdout("");
    assert!(String::from_utf8(ran.get_output().stderr.clone()).unwrap().contains("`xyzzy`"));
}

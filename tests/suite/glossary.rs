//! `enregard glossary` as a person runs it: list, propose, accept, one by one.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::program::enregard_at;

fn enregard(folder: &Path) -> Command {
    enregard_at(folder, "1000000000")
}

fn run(folder: &Path, arguments: &[&str], input: &str, code: i32) -> (String, String) {
    let output = enregard(folder).args(arguments).write_stdin(input).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (out, told) = (text(output.stdout), text(output.stderr));
    assert_eq!(output.status.code(), Some(code), "{out}\n{told}");
    (out, told)
}

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    let pairs = [
        ("Le droit de veto existe depuis longtemps.", "The veto power has existed for a long time."),
        ("Les puces électroniques manquent partout.", "Computer chips are lacking everywhere."),
        ("Un droit de veto protège chaque pays.", "A veto power protects each country."),
        ("Une puce électronique coûte cher.", "A computer chip is expensive."),
        ("Sans puces électroniques, rien ne roule.", "Without computer chips, nothing runs."),
        ("La Russie use de son droit de veto.", "Russia uses its right of veto."),
        ("Il invoque un droit de veto absolu.", "He invokes an absolute veto power."),
    ];
    let french: Vec<&str> = pairs.iter().map(|(fr, _)| *fr).collect();
    fs::write(folder.path().join("seeds/roy.txt"), french.join(" ") + "\n").unwrap();
    let english: String = pairs.iter().map(|(_, en)| format!("{en}\n")).collect();
    run(folder.path(), &["translate", "roy"], &english, 0);
    folder
}

#[test]
fn proposals_are_accepted_listed_checked_and_not_proposed_again() {
    let folder = corpus();
    let path = folder.path();
    assert!(run(path, &["glossary"], "", 0).1.contains("there is no term in glossary.tsv"));
    let (proposed, _) = run(path, &["glossary", "propose"], "", 0);
    let line =
        proposed.lines().find(|line| line.starts_with("droit de veto\tveto power\t4\t3\t")).expect(&proposed);
    assert!(line.ends_with(|c: char| c.is_ascii_alphanumeric()) && line.contains("\troy:"), "{line}");
    assert!(!path.join("glossary.tsv").exists(), "proposing writes nothing");

    fs::write(path.join("new.tsv"), &proposed).unwrap();
    run(path, &["glossary", "accept", "new.tsv"], "", 0);
    let written = fs::read_to_string(path.join("glossary.tsv")).unwrap();
    assert!(written.contains("droit de veto\tveto power\n"), "{written}");
    let (listed, _) = run(path, &["glossary"], "", 0);
    assert!(listed.contains("droit de veto\tveto power\t3 of 4 units\n"), "{listed}");
    assert!(run(path, &["check"], "", 1).0.contains("the glossary has `veto power` for `droit de veto`"));
    assert!(!run(path, &["glossary", "propose"], "", 0).0.contains("droit de veto"));

    // What is there stays, and what is otherwise there is told.
    let (_, told) = run(path, &["glossary", "accept", "-"], "droit de veto\tright of veto\nroi\tking\n", 1);
    assert!(
        told.contains("not added: `droit de veto` has `veto power`") && told.contains("1 term added"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(path.join("glossary.tsv")).unwrap(), written + "roi\tking\n");
    let (_, told) = run(path, &["glossary", "accept", "-"], "roi king\n", 2);
    assert!(told.contains("line 1: expected"), "{told}");
    run(path, &["glossary", "accept", "absent.tsv"], "", 2);
}

#[test]
fn one_by_one_a_person_adds_changes_and_refuses() {
    let folder = corpus();
    let path = folder.path();
    let count = run(path, &["glossary", "propose", "--json"], "", 0).0.lines().count();
    assert!(count >= 2);
    // The first is given English of its own, the second is never asked again.
    let (asked, told) = run(path, &["glossary", "propose", "--ask"], "my English; another\nx\nq\n", 0);
    assert!(asked.contains("1/") && told.contains("1 term added"), "{asked}{told}");
    let written = fs::read_to_string(path.join("glossary.tsv")).unwrap();
    assert!(written.lines().next().unwrap().ends_with("\tmy English; another"), "{written}");
    assert!(written.lines().nth(1).unwrap().starts_with("#no "), "{written}");
    assert_eq!(run(path, &["glossary", "propose", "--json"], "", 0).0.lines().count(), count - 2);
}

#[test]
fn an_article_that_cannot_be_read_is_told_and_the_others_have_their_say() {
    let folder = corpus();
    let path = folder.path();
    fs::write(path.join("glossary.tsv"), "absolu\tabsolute\n").unwrap();
    fs::write(path.join("seeds/worn.txt"), "Le temps presse.\n").unwrap();
    fs::write(path.join("alignments/worn.jsonl"), "worn\n").unwrap();
    let told_once = |told: &str| told.matches("because alignments/worn.jsonl:1:1").count() == 1;
    let (proposed, told) = run(path, &["glossary", "propose"], "", 2);
    assert!(proposed.contains("droit de veto\t") && told.contains("cannot learn terms from worn"), "{told}");
    assert!(told_once(&told), "{told}");
    let (_, told) = run(path, &["glossary", "propose", "--ask"], "y\n", 2);
    assert!(told_once(&told) && told.contains("1 term added"), "{told}");
    let (listed, told) = run(path, &["glossary"], "", 2);
    assert!(listed.contains("absolu\tabsolute\t1 of 1 units"), "{listed}");
    assert!(told_once(&told) && told.contains("cannot count in worn"), "{told}");
}
